"""How many independent sources a claim has: files that pass on the same report, or copy each other, count once.

cited sentences ─ the outlets they pass on, or their article itself ─► joined by an outlet or by long runs of the same words ─► origins
"""

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from briefing.brief import Story
from briefing.language.document import Document
from briefing.language.speakers import voice
from briefing.stages.summarize import Made
from briefing.text.outlets import is_outlet, outlets
from briefing.text.signals import hedges
from briefing.text.words import fold, words
from briefing.types import Citation, Claim, Place, cited_articles

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_RUN = 4  # words in a row by which copying is told from chance
_COPIED = 0.5  # share of the runs of the shorter sentence from which it is a copy
_HEARD = 4  # sentences before a "reportedly" in which the outlet stands that reports it
_NEAR = 1  # sentences either way in which "the report, detailed by X" still speaks of the one cited


class Origins(NamedTuple):
    """How many there are, and the outlets whose reports are passed on, as they are named there."""

    number: int
    outlets: tuple[str, ...]


def origins(citations: Sequence[Citation], documents: Mapping[str, Document]) -> Origins:
    """Return the origins of a claim with these citations."""
    found: dict[Place, list[str]] = {}
    for name in cited_articles(citations):
        cited = [citation for citation in citations if citation.article == name]
        passed = {(name, c.sentence): _passed_on(c, documents[name]) for c in cited}
        found.update({place: told for place, told in passed.items() if told} or {(name, cited[0].sentence): []})
    quotes = {citation.place: citation.quote for citation in citations}
    group = joined({place: (*told, documents[place[0]].article.source) for place, told in found.items()}, quotes)
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
    """Return the key of an outlet: of a name of several words its initials, by which it is often called ("NYT")."""
    name = _ARTICLE.sub("", outlet)
    initials = [word[0] for word in name.split() if word[0].isupper()]
    return fold("".join(initials) if len(initials) > 1 else name)


def attributed(made: Sequence[Made], documents: Mapping[str, Document]) -> list[Made]:
    """Return the claims with the number of their origins, and the outlets that they are passed on from."""
    found: list[Made] = []
    for one in made:
        number, passed_on = origins(one.claim.citations, documents)
        found.append(one._replace(claim=one.claim.model_copy(update={"origins": number, "passed_on": passed_on})))
    return found


def of_stories(stories: Sequence[Story], claims: Sequence[Claim], documents: Mapping[str, Document]) -> list[Story]:
    """Return the stories with the number of their origins, and the outlets that they are passed on from."""
    cited = {claim.id: claim.citations for claim in claims}
    found: list[Story] = []
    for story in stories:
        number, passed_on = origins([citation for name in story.claims for citation in cited[name]], documents)
        found.append(story.model_copy(update={"origins": number, "passed_on": passed_on}))
    return found


def _passed_on(citation: Citation, document: Document) -> list[str]:
    """Return the outlets that an article passes on in a cited sentence; a quotation of an outlet over several sentences is one."""
    first = citation.sentence
    speaking = voice(document, first)
    found = [*outlets(document.text(first)), *([speaking.name] if speaking and is_outlet(speaking.name) else [])]
    if found:
        return list(dict.fromkeys(found))
    if hedges(document.text(first)):
        before = (outlets(document.text(number)) for number in range(first - 1, max(0, first - 1 - _HEARD), -1))
        if heard := next(filter(None, before), None):
            return heard
    home = document.article.sentences[first - 1].paragraph
    near = [
        s.number for s in document.article.sentences[max(0, first - 1 - _NEAR) : first + _NEAR] if s.paragraph == home or s.number > first
    ]
    return [outlet for number in near if _points_back(document.text(number)) for outlet in outlets(document.text(number))]


def _points_back(text: str) -> bool:
    """Return whether a sentence speaks of what the one beside it told: "The discussion, detailed by Bild"."""
    return text.startswith(("The ", "This ", "That ", "These "))


def _copies(one: str, other: str) -> bool:
    """Return whether two sentences have long runs of words in common."""
    said = [[fold(word.text) for word in words(text)] for text in (one, other)]
    runs = [{tuple(told[n : n + _RUN]) for n in range(len(told) - _RUN + 1)} for told in said]
    return bool(runs[0] and runs[1]) and len(runs[0] & runs[1]) >= _COPIED * min(map(len, runs))
