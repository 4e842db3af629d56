"""Does a record list what it does not tell as its articles give it? The sentences left out, each with its reason, and the loaded terms.

So does it say what each article gave. What depends on an event that is in no record is not looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from briefing.brief import Brief, Omission
from briefing.language.document import Document
from briefing.stages import align, select
from briefing.stages.check import check
from briefing.stages.compose import language
from briefing.stages.findings import of_brief, shown
from briefing.stages.printing import UNPRINTED
from briefing.stages.summarize import Chosen, claim_of
from briefing.types import Finding, Place

_LEFT = frozenset({select.LIGHT, *UNPRINTED})  # why a sentence that can be told is not, by weight or by the model


def listed(
    brief: Brief, documents: Mapping[str, Document], candidates: Mapping[str, Sequence[Chosen]], left: Sequence[Omission]
) -> Iterator[Finding]:
    """Yield what is wrong with the loaded terms, with the sentences that are left out, and with what each article gave.

    `candidates` are the sentences of each article that can be told, `left` the others.
    """
    yield from _terms(brief, documents)
    untold = {(o.article, o.sentence): o.reason for o in left}
    home = {name: event for event in dict.fromkeys(story.event for story in brief.stories) for name in event}
    yield from _omitted(brief, documents, home, {one.place: one for found in candidates.values() for one in found}, untold)
    yield from _summaries(brief, documents, home, candidates, untold)


def _terms(brief: Brief, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """Yield the loaded terms that the articles have otherwise than the record."""
    terms = tuple(term for document in documents.values() for term in language(document))
    said, stands = Counter(brief.language), Counter(terms)
    for term in (said - stands) | (stands - said):
        times = f"{said[term]} times in the record, {stands[term]} times in the file"
        yield of_brief("language", f"{term.article}, sentence {term.sentence}: the loaded term “{term.term}” is {times}")
    if brief.language != terms and said == stands:
        yield of_brief("language", "the loaded terms are out of order")


def _summaries(
    brief: Brief,
    documents: Mapping[str, Document],
    home: Mapping[str, Sequence[str]],
    candidates: Mapping[str, Sequence[Chosen]],
    untold: Mapping[Place, str],
) -> Iterator[Finding]:
    """Yield the articles that gave other claims than the record says, or have their sentences in another order."""
    little: dict[str, list[int]] = {}
    for (name, number), reason in untold.items():
        if reason == select.LITTLE:
            little.setdefault(name, []).append(number)
    for record in brief.articles:
        if record.id not in documents:
            continue
        order = tuple(one.place[1] for one in sorted(candidates[record.id], key=select.heavy))
        if record.id not in home:  # what weighs enough there depends on its event
            able = {*order, *little.get(record.id, ())}
            order = tuple(number for number in dict.fromkeys(record.summary.sentences) if number in able)
        claims = tuple(claim.id for claim in brief.claims if claim.citations[0].article == record.id)
        if record.summary.claims != claims:
            yield of_brief("summary", f"{record.id} gave {shown(claims)}, not {shown(record.summary.claims)}")
        if record.summary.sentences != order:
            told = f"{shown(order)}, not {shown(record.summary.sentences)}"
            yield of_brief("summary", f"{record.id}: its sentences by their weight are {told}")


def _omitted(
    brief: Brief,
    documents: Mapping[str, Document],
    home: Mapping[str, Sequence[str]],
    able: Mapping[Place, Chosen],
    untold: Mapping[Place, str],
) -> Iterator[Finding]:
    """Yield the sentences that are neither told nor left out, or both, or for a reason that is not theirs.

    `able` are those that can be told, `untold` the others with their reasons, `home` is the event of each article that is in one.
    """
    cited = {citation.place for claim in brief.claims for citation in claim.citations}
    every = [(name, s.number) for name, document in documents.items() for s in document.article.sentences]
    places = [(omission.article, omission.sentence) for omission in brief.omitted]
    if places != [place for place in every if place not in cited]:
        for place in sorted({*every} ^ {*places, *cited}):
            yield of_brief("omitted", f"{place[0]}, sentence {place[1]} is neither told nor left out, or not there")
        for place in sorted({*places} & cited):
            yield of_brief("omitted", f"{place[0]}, sentence {place[1]} is told and left out")
        yield of_brief("omitted", "what is left out is not every sentence that is not told, once, in order")
        return
    light = {place for place, reason in untold.items() if reason == select.LITTLE and place[0] not in home}
    likely = {(place[0], str(place[1])) for place in (*able, *light)}  # what weighs enough depends on an event that may not be known
    for omission in brief.omitted:
        place, reason = (omission.article, omission.sentence), omission.reason
        fine = reason == untold.get(place)
        if place in able or place in light:
            little = reason == select.LITTLE and place[0] not in home
            other = _other(reason)
            again = other in likely and other != (place[0], str(place[1])) and home.get(other[0]) is home.get(place[0])
            fine = fine or little or again or reason in _LEFT or (place in able and reason in _refusals(able[place]))
        if not fine:
            yield of_brief("omitted", f"{place[0]}, sentence {place[1]} is not left out for {shown(omission.reason)}")


def _refusals(one: Chosen) -> set[str]:
    """Return the reasons for which the gates refuse a sentence as a whole."""
    gates = check(claim_of(one), {one.document.article.id: one.document})
    return {f"{gate.name}: {gate.detail}" for gate in gates if not gate.passed}


def _other(reason: str) -> tuple[str, str]:
    """Return the article and the number of the sentence that another one is left out for, as it says the same; "" where there is none."""
    forms = (re.escape(form).replace(r"\{\}", "(.+)") for form in (select.TOLD_AGAIN, align.SAID))
    said = next((told for form in forms if (told := re.fullmatch(form, reason))), None)
    return (said[1], said[2]) if said else ("", "")
