"""What colours a sentence: words of the article's own voice that an editor would strike. What only describes is cut; the rest counts.

sentences ─ read word by word ─ own voice? ─ modifiers that may go ─► edits; the likeliest word that stays ─► how sure it is neutral

What somebody is said to say may be coloured: its predicate is theirs ("said that the plan is reckless"). What only describes in it may be
theirs or the article's ("announced that he leaves days after a bombshell letter") and counts less. The verb of saying is the article's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from briefing.language.asides import asides, insinuates
from briefing.language.attribution import attributions
from briefing.language.base import Parse, remembered
from briefing.language.document import Document
from briefing.language.headlines import stands
from briefing.language.modifiers import Modifier, described, modifiers
from briefing.language.phrases import lemmas
from briefing.language.verbs import quoted, within
from briefing.model.probes import probability
from briefing.model.wording import Coloured, Wording
from briefing.stages.edits import COLOUR, apart, meet
from briefing.stages.summarize import Chosen, claim_of
from briefing.types import Edit

CUT = -1.0
"""Log-odds from which a word of the article's own that may go is cut: of those, readers mark 59 in 100."""

PART = 0.0
"""Log-odds from which such a word takes the part of the sentence that it stands in with it, where that may go and the word may not."""

_PLAIN = 0.12
"""Probability of being struck up to which a word counts as plain: of sentences with no likelier one, readers call 97 in 100 neutral."""

_THEIRS = 1.0
"""Log-odds that a word counts less which describes something in what somebody is said to say."""

_SAID = ("ccomp", "xcomp", "pcomp", "prep", "parataxis")
_DESCRIBING = frozenset(["amod", "advmod", "compound", "appos", "nmod", "npadvmod"])


@remembered
def voices(parse: Parse) -> tuple[float, ...]:
    """Return for each token what its log-odds count less for whose voice it is in: nothing in the article's own, infinitely in others'."""
    spoken = quoted(parse.text)
    theirs: set[int] = set()
    for one in attributions(parse):
        for clause in parse.below(one.verb, *_SAID):
            theirs.update(parse.subtree(clause))
        theirs -= {*range(one.first, one.last), one.verb}
    for n, token in enumerate(parse.tokens):
        if token.lemma.casefold() in lemmas("say"):  # whoever it is: "the pilot left, said he lied"
            theirs.update(m for clause in parse.below(n, "ccomp") if clause > n for m in parse.subtree(clause))
    said = [_THEIRS if token.dep in _DESCRIBING else math.inf for token in parse.tokens]
    said = [0.0 if described(parse, n) else less for n, less in enumerate(said)]
    return tuple(math.inf if within(token.start, spoken) else said[n] if n in theirs else 0.0 for n, token in enumerate(parse.tokens))


def coloured(parse: Parse, read: Sequence[Coloured]) -> list[Coloured]:
    """Return what was read of the words that are the article's, or may be."""
    less = voices(parse)
    known = [(one, parse.at(one.start)) for one in read]
    told = [one._replace(odds=one.odds - less[n]) for one, n in known if n < len(less)]
    return [one for one in told if one.odds > -math.inf]


def colours(told: Sequence[tuple[Document, str]], wording: Wording) -> list[bool]:
    """Return of texts, each with its document, whether one of their own words is coloured."""
    read = zip(told, wording([text for _, text in told]), strict=True)
    return [any(word.odds >= CUT for word in coloured(document.read(text), words)) for (document, text), words in read]


def plainer(several: Sequence[Chosen], wording: Wording) -> list[tuple[Chosen, float]]:
    """Return sentences without the coloured words that only describe, each with how likely one of its other words is struck."""
    texts = list(dict.fromkeys(one.parse.text for one in several))  # a sentence that may be told in two ways is read once
    read = dict(zip(texts, wording(texts), strict=True))
    return [_plainer(one, coloured(one.parse, read[one.parse.text])) for one in several]


def _plainer(one: Chosen, read: Sequence[Coloured]) -> tuple[Chosen, float]:
    less = voices(one.parse)
    hits = [word for word in read if word.odds >= CUT and not less[one.parse.at(word.start)]]
    licences = [licence for licence in modifiers(one.parse) if _all_struck(one.parse, licence, hits)]
    cut = toned(one, [*licences, *_judging(one, licences, hits)])
    start = one.document.sentence(one.rewrite.number).start
    gone = [(edit.start - start, edit.end - start) for edit in cut.rewrite.needed if edit.end > edit.start]
    left = [word.odds for word in read if not within(word.start, gone)]
    struck = probability(max(left)) if left else 0.0
    return cut, max(0.0, struck - _PLAIN) / (1 - _PLAIN)


def _judging(one: Chosen, licences: Sequence[Modifier], hits: Sequence[Coloured]) -> list[Modifier]:
    """Return the parts that judge, the smallest of each word that cannot go by itself, of which a whole statement is left."""
    left = [word for word in hits if word.odds >= PART and not within(word.start, [(cut.start, cut.end) for cut in licences])]
    found: list[Modifier] = []
    for part in sorted(asides(one.parse), key=lambda part: part.end - part.start):
        judges = any(part.start <= word.start < part.end for word in left) or insinuates(one.parse, part)
        if not judges or any(voices(one.parse)[n] for n in _inside(one.parse, part)):
            continue
        if stands(one.document.read(claim_of(toned(one, [*licences, *found, part])).text)):
            found.append(part)
            left = [word for word in left if not part.start <= word.start < part.end]
    return found


def _inside(parse: Parse, part: Modifier) -> range:
    return range(parse.at(part.start), parse.at(part.end))


def _all_struck(parse: Parse, licence: Modifier, hits: Sequence[Coloured]) -> bool:
    """Return whether a cut takes coloured words out, and no plain one that stands beside them."""
    inside = _inside(parse, licence)
    cut = [parse.tokens[n] for n in inside if parse.tokens[n].dep in {"amod", "advmod"} and parse.tokens[n].head not in inside]
    return all(any(word.start < token.end and token.start < word.end for word in hits) for token in cut)


def toned(one: Chosen, licences: Sequence[Modifier]) -> Chosen:
    """Return a sentence with these words and parts cut, but for those that meet another edit it needs."""
    told = one.rewrite
    start = one.document.sentence(told.number).start
    edits = apart(Edit(start=start + a, end=start + b, text=text, reason=COLOUR) for a, b, text in licences)
    kept = [edit for edit in edits if not any(meet(edit, other) for other in told.needed)]
    if not kept or told.verbatim:
        return one
    optional = tuple(edit for edit in told.optional if not any(cut.start <= edit.start and edit.end <= cut.end for cut in kept))
    return one._replace(rewrite=told._replace(needed=(*told.needed, *kept), optional=optional))
