"""How many independent sources a claim has: files that pass on the same report, or copy each other, count once.

cited sentences ─ the outlets they pass on, or their article itself ─► joined by an outlet or by long runs of the same words ─► origins
"""

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from briefing.stages.ground import Grounded
from briefing.text.forms import unified
from briefing.text.outlets import is_outlet, outlets
from briefing.text.reference import Reader
from briefing.text.signals import hedges
from briefing.text.words import fold, words
from briefing.types import Citation, Claim, Place, Story, cited_articles

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_RUN = 4  # words in a row by which copying is told from chance
_COPIED = 0.5  # share of the runs of the shorter sentence from which it is a copy
_HEARD = 4  # sentences before a "reportedly" in which the outlet stands that reports it
_NEAR = 1  # sentences either way in which "the report, detailed by X" still speaks of the one cited


class Origins(NamedTuple):
    """How many there are, and the outlets whose reports are passed on, as they are named there."""

    number: int
    outlets: tuple[str, ...]


def origins(citations: Sequence[Citation], readers: Mapping[str, Reader], chosen: Mapping[str, str]) -> Origins:
    """Return the origins of a claim with these citations. `chosen` are the forms of names (see `forms`)."""
    found: dict[Place, list[str]] = {}
    for name in cited_articles(citations):
        cited = [citation for citation in citations if citation.article == name]
        passed = {(name, c.sentence): [unified(outlet, chosen) for outlet in _passed_on(c, readers[name])] for c in cited}
        found.update({place: told for place, told in passed.items() if told} or {(name, cited[0].sentence): []})
    quotes = {(citation.article, citation.sentence): citation.quote for citation in citations}
    group = joined({place: (*told, readers[place[0]].article.source) for place, told in found.items()}, quotes)
    named = {_key(outlet): _ARTICLE.sub("", outlet) for told in found.values() for outlet in told}
    return Origins(len(set(group.values())), tuple(named.values()))


def joined(told: Mapping[Place, Sequence[str]], quotes: Mapping[Place, str]) -> dict[Place, Place]:
    """Return for each place the first one of its origin: places are of one origin that name the same outlet, or copy each other."""
    keys = {place: {_key(outlet) for outlet in named if outlet} for place, named in told.items()}
    group = {place: place for place in told}
    for one, other in combinations(told, 2):
        if keys[one] & keys[other] or (one[0] != other[0] and _copies(quotes[one], quotes[other])):
            gone, into = group[other], group[one]
            group = {place: into if root == gone else root for place, root in group.items()}
    return group


def _key(outlet: str) -> str:
    return fold(_ARTICLE.sub("", outlet))


def attributed(grounded: Sequence[Grounded], readers: Mapping[str, Reader], chosen: Mapping[str, str]) -> list[Grounded]:
    """Return the claims with the number of their origins, and the outlets that they are passed on from."""
    found: list[Grounded] = []
    for one in grounded:
        number, passed_on = origins(one.claim.citations, readers, chosen)
        found.append(one._replace(claim=one.claim.model_copy(update={"origins": number, "passed_on": passed_on})))
    return found


def of_stories(stories: Sequence[Story], claims: Sequence[Claim], readers: Mapping[str, Reader], chosen: Mapping[str, str]) -> list[Story]:
    """Return the stories with the number of their origins, and the outlets that they are passed on from."""
    cited = {claim.id: claim.citations for claim in claims}
    found: list[Story] = []
    for story in stories:
        number, passed_on = origins([citation for name in story.claims for citation in cited[name]], readers, chosen)
        found.append(story.model_copy(update={"origins": number, "passed_on": passed_on}))
    return found


def _passed_on(citation: Citation, reader: Reader) -> list[str]:
    """Return the outlets that an article passes on in a cited sentence; a quotation of an outlet over several sentences is one."""
    first = citation.sentence
    voice = reader.voice(first)
    found = [*outlets(reader.text(first)), *([voice.name] if voice and is_outlet(voice.name) else [])]
    if found:
        return list(dict.fromkeys(found))
    if hedges(reader.text(first)):
        before = (outlets(reader.text(number)) for number in range(first - 1, max(0, first - 1 - _HEARD), -1))
        if heard := next(filter(None, before), None):
            return heard
    home = reader.article.sentences[first - 1].paragraph
    near = [
        s.number for s in reader.article.sentences[max(0, first - 1 - _NEAR) : first + _NEAR] if s.paragraph == home or s.number > first
    ]
    return [outlet for number in near if _points_back(reader.text(number)) for outlet in outlets(reader.text(number))]


def _points_back(text: str) -> bool:
    """Return whether a sentence speaks of what the one beside it told: "The discussion, detailed by Bild"."""
    return text.startswith(("The ", "This ", "That ", "These "))


def _copies(one: str, other: str) -> bool:
    """Return whether two sentences have long runs of words in common."""
    said = [[fold(word.text) for word in words(text)] for text in (one, other)]
    runs = [{tuple(told[n : n + _RUN]) for n in range(len(told) - _RUN + 1)} for told in said]
    return bool(runs[0] and runs[1]) and len(runs[0] & runs[1]) >= _COPIED * min(map(len, runs))
