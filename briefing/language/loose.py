"""What a lead can do without beside what any claim can (see `cuts`): parts whose loss leaves a sentence true, if it says less.

Phrases and clauses that commas set off, and at the end of a sentence a clause of time. None that denies, limits, doubts or says
who says it. Whether what is left still says what its sentence says is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.base import TIMES, Parse
from briefing.language.constituents import closed, needed
from briefing.language.kept import holds
from briefing.language.verbs import quoted, states, within

_SET_OFF = frozenset("advcl acl prep relcl".split())  # an apposition may be one of a list, a measure a condition
BINDING = frozenset(
    """
    exception exemption excepting excluding exclude apart aside barring bar save minus
    pending subject provided providing assuming contingent depending depend conditional
    """.split()
)
"""What is excepted, and on what it hangs whether it is so: “all, with the exception of”, “may open, pending a permit”."""

_LAST = frozenset("as after".split())  # words that begin a last clause of time; "while" may set one side against the other
_BESIDES = frozenset("add note".split())  # "said so, adding that": what is said besides; "sued, claiming that" tells what a suit is about


def loose(parse: Parse) -> list[tuple[int, int]]:
    """Return the parts as spans of the text, in order; they may lie in each other. None of a sentence that was not parsed well."""
    if not states(parse):
        return []
    spoken = quoted(parse.text)
    found = [(parse.tokens[first].start, end) for first, end in (*_set_off(parse), *_last(parse))]
    spans = [(start - len(parse.text[:start]) + len(parse.text[:start].rstrip()), end) for start, end in found]
    return sorted({span for span in spans if not any(within(place, spoken) for place in range(*span))})


def _set_off(parse: Parse) -> Iterator[tuple[int, int]]:
    """Yield what commas set off: the token of its first comma, and where it ends."""
    for n, token in enumerate(parse.tokens):
        span = closed(parse, n) if token.dep in _SET_OFF else None
        adding = token.dep == "advcl" and token.tag == "VBG" and token.lemma in _BESIDES
        if token.dep == "advcl" and not adding and parse.below(n, "ccomp"):
            continue
        if span and not _binds(parse, *span) and not holds(parse, *span, counted=False, spoken=not adding):
            final = parse.word(span[1]) != "," or needed(parse, *span)
            yield span[0] - 1, parse.tokens[span[1] - final].end


def _last(parse: Parse) -> Iterator[tuple[int, int]]:
    """Yield a clause of time that stands last, with the comma before it."""
    end = len(parse.tokens)
    while end and parse.tokens[end - 1].pos == "PUNCT":
        end -= 1
    for n, token in enumerate(parse.tokens):
        inside = [m for m in parse.subtree(n) if m < end] if token.dep == "advcl" else []
        whole = inside and inside == list(range(inside[0], end)) and inside[0] > token.head
        fit = whole and parse.word(inside[0]).casefold() in _LAST and not _binds(parse, inside[0], end)
        if fit and not holds(parse, inside[0] + 1, end, counted=False):
            yield inside[0] - (parse.word(inside[0] - 1) == ","), parse.tokens[end - 1].end


def _binds(parse: Parse, first: int, last: int) -> bool:
    """Return whether a part excepts or conditions something, or is a date."""
    if all(parse.tokens[n].entity in TIMES or parse.tokens[n].pos == "PUNCT" for n in range(first, last)):
        return True
    return any({parse.word(n).casefold(), parse.tokens[n].lemma.casefold()} & BINDING for n in range(first, last))
