"""Which stories go on about one topic: events of other days, alike in words and meaning, under a name that all their titles have.

groups ─ events of one story, with news ─ likeness of whole events ─ average link, no day twice ─ a name in a title of each ─► topics

A heading is never written: it is a name that the articles tell of, as a title of each event spells it. Where none is, there is no topic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.language.document import Document
from briefing.similarity import Rarity, Terms, neighbours
from briefing.stages.cluster import LONGEST, Days, average, days_of, head_terms
from briefing.stages.compose import Group
from briefing.text.loaded import loaded

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

CUT = 0.4
"""Likeness from which events of two days are of one topic: the eight that it finds on five weeks of three outlets are; on 14 days none."""

_MEANING = 0.5  # weight of the vectors beside the terms
_NAMES = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "LAW"})
_LEAST = 2  # events of a topic
_KNOWN = 0.5  # share of the other articles that tell of a name, above which it names nothing


def of_topics(groups: Sequence[Group], documents: Mapping[str, Document], vectors: Vectors) -> list[Group]:
    """Return the groups with their topics; `vectors` are of the openings of all documents, in order."""
    able = may_go_on(groups)
    found = list(groups)
    taken: set[str] = set()
    events = [groups[n].event for n in able]
    for members in average(_near(events, documents, vectors), [days(event, documents) for event in events], other_days, CUT):
        name, sharing = heading([events[k] for k in members], documents)
        if name and name not in taken:
            taken.add(name)
            for k in sharing:
                found[able[members[k]]] = groups[able[members[k]]]._replace(topic=name)
    return found


def may_go_on(groups: Sequence[Group]) -> list[int]:
    """Return which stories can be of a topic: they have news, and are no items of a round-up."""
    stories = Counter(group.event for group in groups)
    return [n for n, group in enumerate(groups) if stories[group.event] == 1 and not all(one.claim.earlier for one in group.claims)]


def days(event: Sequence[str], documents: Mapping[str, Document]) -> Days:
    """Return the days of the articles of an event."""
    return frozenset(day for name in event for day in days_of(documents[name].article))


def other_days(one: Days, other: Days) -> bool:
    """Return whether both are known, and no day is in both."""
    return bool(one and other) and not one & other


def heading(events: Sequence[Sequence[str]], documents: Mapping[str, Document]) -> tuple[str, list[int]]:
    """Return the name that titles of most of these events have, and which have it; "" and none where it is not two of them.

    Of several such names it is the one that they tell of most and others least; what most of the other articles tell of too names nothing.
    """
    named = [set(_in_titles([documents[name] for name in event])) for event in events]
    ranked: list[tuple[int, float, str]] = []
    for name, number in Counter(name for names in named for name in names).items():
        if number < _LEAST or loaded(name):
            continue
        having = [event for event, names in zip(events, named, strict=True) if name in names]
        inside = {article for event in having for article in event}
        told = {article: _times(document.article.text, name) for article, document in documents.items()}
        outside = [told[article] > 0 for article in told if article not in inside]
        known = sum(outside) / max(1, len(outside))
        if known <= _KNOWN:
            least = min(sum(told[article] for article in event) / len(event) for event in having)
            ranked.append((-number, -least * (1 - known), name))
    best = min(ranked, default=(0, 0.0, ""))[2]
    return best, [n for n, names in enumerate(named) if best in names]


def disagreements(groups: Sequence[Group], documents: Mapping[str, Document]) -> Iterator[str]:
    """Yield how the topics of stories, in their order, are none: they do not stand together, or are not of other days, or of that name."""
    able = may_go_on(groups)
    for name in dict.fromkeys(group.topic for group in groups if group.topic):
        places = [n for n, group in enumerate(groups) if group.topic == name]
        members = [groups[n] for n in places]
        if places[-1] - places[0] >= len(places):
            yield f"{name}: its stories do not stand behind each other"
        if not set(places) <= set(able):
            yield f"{name}: a story of it has no news, or is an item of a round-up"
        told = [days(group.event, documents) for group in members]
        if not all(other_days(*pair) for pair in combinations(told, 2)):
            yield f"{name}: its stories are not of other days"
        if heading([group.event for group in members], documents) != (name, [*range(len(members))]):
            yield f"{name}: not the name that the titles of its stories have"


def _in_titles(event: Sequence[Document]) -> Iterator[str]:
    """Yield the names that articles of an event tell of and that one of its titles has."""
    titles = [document.article.title for document in event]
    for document in event:
        for number in list(document.body())[:LONGEST]:
            parse = document.parse(number)
            for entity in parse.entities:
                name = re.sub(r"^[Tt]he\s+|['’]s?$", "", parse.text[entity.start : entity.end])
                if entity.kind in _NAMES and name[:1].isupper() and any(_times(title, name) for title in titles):
                    yield name


def _times(text: str, name: str) -> int:
    """Return how often a name stands in a text, as whole words."""
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _near(events: Sequence[Sequence[str]], documents: Mapping[str, Document], vectors: Vectors) -> list[dict[int, float]]:
    """Return for each event the later ones that it is like, and how much."""
    import numpy as np  # slow to import

    row = {name: n for n, name in enumerate(documents)}
    counted = {name: head_terms(document) for name, document in documents.items()}
    rarity = Rarity(counted.values())
    told = [sum((counted[name] for name in event), Terms()) for event in events]
    meant = [vectors[[row[name] for name in event]].mean(axis=0) for event in events]
    near: list[dict[int, float]] = [{} for _ in events]
    for n, others, cosines in neighbours(rarity.vector(terms) for terms in told):
        for m, cosine in zip(others.tolist(), cosines.tolist(), strict=True):
            sizes = float(np.linalg.norm(meant[n]) * np.linalg.norm(meant[m]))
            likeness = cosine + _MEANING * max(0.0, float(meant[n] @ meant[m]) / sizes if sizes else 0.0)
            if likeness >= CUT / 2:
                near[n][m] = likeness
    return near
