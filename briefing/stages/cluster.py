"""Which articles tell of the same event: average-link clustering of whole articles by their words and their meaning.

articles ─ shared rare terms ─► pairs ─ likeness, days that can be the same ─► groups that hang together ─ average link (scipy) ─► events

Likeness is the cosine of the articles' terms plus half that of the vectors of their titles and first words. Articles of different days
are never one event, however alike; one without a date joins by what it tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from briefing.language.document import Document
from briefing.similarity import Rarity, Terms, cosine, neighbours, terms
from briefing.types import Article, Role

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

CUT = 0.35
"""Mean likeness from which two groups are one event; measured on five weeks of three outlets (see the README)."""

MEANING = 0.5  # weight of the vectors beside the terms
DAYS = 3  # between the dates of two articles that tell of the same days
UNDATED = 0.25  # likeness that two articles lose where one has no date: a topic that goes on for months is no event
_OPENING = 60  # words of an article that its vector is made of, beside its title
LONGEST = 40  # body sentences whose terms count: an event is told at the head


def opening(document: Document) -> str:
    """Return what the vector of an article is made of: its title and its first words."""
    return head(document.article, _OPENING)


def head(article: Article, words: int) -> str:
    """Return the title of an article and so many of its first words."""
    told = " ".join(article.quote(s.number) for s in article.sentences if s.role is Role.BODY)
    return f"{article.title}. {' '.join(told.split()[:words])}"


def events(documents: Sequence[Document], vectors: Vectors) -> list[list[str]]:
    """Return the article IDs by event, in the order of the articles; `vectors` are of their openings."""
    counted = [_terms(document) for document in documents]
    rarity = Rarity(counted)
    weighed = [rarity.vector(found) for found in counted]
    near: dict[tuple[int, int], float] = {}
    for n, m in neighbours(weighed):
        if _same_days(documents[n], documents[m]):
            likeness = cosine(weighed[n], weighed[m]) + MEANING * max(0.0, float(vectors[n] @ vectors[m]))
            likeness -= UNDATED * (not (documents[n].article.published and documents[m].article.published))
            if likeness >= CUT / 2:
                near[n, m] = likeness
    found = [group for members in connected(len(documents), near) for group in _average(members, near, documents)]
    return [[documents[n].article.id for n in group] for group in sorted(found)]


def _terms(document: Document) -> Terms:
    """Return the terms of an article: of its title, twice, and of the sentences at its head."""
    titles = [s.number for s in document.article.sentences if s.role is Role.TITLE]
    found = Terms()
    for number in (*titles, *titles, *list(document.body())[:LONGEST]):
        found.update(terms(document.parse(number)))
    return found


def _same_days(one: Document, other: Document) -> bool:
    from briefing.text.dates import apart

    return apart(one.article.published, other.article.published) <= DAYS


def connected(number: int, near: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of 0 to `number` - 1 that pairs connect, each in order."""
    home = list(range(number))

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for n, m in near:
        home[root(m)] = root(n)
    groups: dict[int, list[int]] = {}
    for n in range(number):
        groups.setdefault(root(n), []).append(n)
    return list(groups.values())


def _average(members: Sequence[int], near: dict[tuple[int, int], float], documents: Sequence[Document]) -> list[list[int]]:
    """Return the members in groups whose mean likeness is CUT or more."""
    if len(members) == 1:
        return [list(members)]
    import numpy as np  # slow to import, and a brief of one article needs neither
    from scipy.cluster.hierarchy import fcluster, linkage

    distances = [
        2.0 - near.get((n, m), 0.0) if _same_days(documents[n], documents[m]) else _NEVER
        for k, n in enumerate(members)
        for m in members[k + 1 :]
    ]
    labels = fcluster(linkage(np.array(distances), method="average"), t=2.0 - CUT, criterion="distance")
    groups: dict[int, list[int]] = {}
    for n, label in zip(members, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(n)
    return list(groups.values())


_NEVER = 1e6  # distance of articles of other days: no mean that holds it is under the cut
