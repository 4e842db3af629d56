"""Parts of a sentence by which an outlet can judge in its own voice: what stands beside the main clause, and a contrast at the end.

"…, even though he had promised it", "in his latest embrace of the plan, …", "…, which hurts the poor". Such a part may go where it tells
nobody's words, no number and no harm. Whether it judges is not decided here, but for what "even" sets against the main clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.language.base import Parse, remembered
from briefing.language.beside import behind, bounded, leading, phrase_before, says_any, within
from briefing.language.constituents import Cut
from briefing.language.cuts import cuts
from briefing.language.kept import DENYING
from briefing.language.modifiers import Modifier, modifiers
from briefing.language.verbs import SAYING, quoted, states

_EVEN = re.compile(r"[\s,–—―-]*even though\b", re.IGNORECASE)
_CONTRASTS = re.compile(r"[\s,–—―-]*(?:(?:even |al)?though|even (?:as|when|while|after))\b", re.IGNORECASE)
_EVENTS = frozenset("as after when because since before following amid during while".split())  # what such a part at the end tells is news
_LEAST = 6  # words that are left
_VIEWS = frozenset(
    "accord claim criticism objection opposition demand order recommend plea warning call protest vote evidence find ruling".split()
)  # what others hold, or what was found, is told beside what it meets


@remembered
def asides(parse: Parse) -> tuple[Modifier, ...]:
    """Return the parts that may go, in order; they may lie in each other."""
    if not states(parse):
        return ()
    found = {*leading(parse), *phrase_before(parse), *behind(parse), *within(parse), *_contrasts(parse)}
    found |= {cut for cut in cuts(parse) if cut.reason in {"relative clause", "aside"}}
    return tuple(dict.fromkeys(Modifier(cut.start, cut.end, "") for cut in sorted(found) if _may_go(parse, cut)))


def dispensable(parse: Parse) -> tuple[Modifier, ...]:
    """Return all that may go for its colour: words that only describe, and parts beside the main clause."""
    return (*modifiers(parse), *asides(parse))


def insinuates(parse: Parse, part: Modifier) -> bool:
    """Return whether a part sets something against the main clause with "even though" and the like."""
    return _EVEN.match(parse.text[part.start : part.end]) is not None


def _may_go(parse: Parse, cut: Cut) -> bool:
    """Return whether a part tells nobody's words, no denial and no number, and leaves enough."""
    inside = [n for n, token in enumerate(parse.tokens) if cut.start <= token.start < cut.end]
    counted = any(parse.tokens[n].entity in {"MONEY", "PERCENT", "QUANTITY", "CARDINAL"} for n in inside)
    first = next((n for n in inside if parse.tokens[n].pos != "PUNCT"), 0)
    tells = parse.tokens[first].tag == "TO" or (cut.start > 0 and parse.word(first).casefold() in _EVENTS)
    told = tells or says_any(parse, inside, SAYING | DENYING | _VIEWS)
    spoken = any(start < cut.end and cut.start < end for start, end in quoted(parse.text))
    return not (counted or told or spoken) and len((parse.text[: cut.start] + parse.text[cut.end :]).split()) >= _LEAST


def _contrasts(parse: Parse) -> Iterator[Cut]:
    """Yield a clause of contrast at the end: "…, even though …", "… – although …"."""
    for n, token in enumerate(parse.tokens):
        first = bounded(parse, n) if token.dep == "advcl" else 0
        if first > 2 and token.head < first:
            before = first - 1
            while before and parse.tokens[before].pos == "PUNCT":
                before -= 1
            end = len(parse.text.rstrip(".! "))
            if _CONTRASTS.match(parse.text[parse.tokens[before].end :]):
                yield Cut(parse.tokens[before].end, end, "contrast")
