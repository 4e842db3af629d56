"""Constituents that marks set off: whether a parse has one there on which nothing else hangs, and whether a sentence goes on without it.

What kind it is and whether its words may go is not decided here.
"""

from __future__ import annotations

from typing import NamedTuple

from briefing.language.base import Parse
from briefing.language.verbs import FINITE, SUBJECTS

_BODIES = frozenset(
    "agency company group firm organization organisation department bank team university party institute it its they their".split()
)


class Cut(NamedTuple):
    """`text[start:end]` may go, with the marks that go with it; `reason` names the kind of constituent."""

    start: int
    end: int
    reason: str


def closed(parse: Parse, n: int) -> tuple[int, int] | None:
    """Return the tokens (half open) of a constituent between a comma and a comma or the end, on which nothing outside hangs; or None."""
    tokens = parse.tokens
    below = parse.subtree(n)
    while below and tokens[below[-1]].pos == "PUNCT":
        below.pop()
    while below and tokens[below[0]].pos == "PUNCT":
        below.pop(0)
    if not below:
        return None
    first, last = below[0], below[-1] + 1
    if below != list(range(first, last)) or first < 2 or parse.word(first - 1) != "," or last >= len(tokens):
        return None
    final = all(tokens[m].pos == "PUNCT" and parse.word(m) in ".!" for m in range(last, len(tokens)))
    if not final and parse.word(last) != ",":
        return None
    outside = {tokens[m].head for m in range(len(tokens)) if not first <= m < last and tokens[m].pos != "PUNCT"}
    return None if outside.intersection(range(first, last)) else (first, last)


def goes_on(parse: Parse, anchor: int, first: int, last: int) -> bool:
    """Return whether a sentence goes on without a constituent as it should.

    The verb that follows is above what is described, and no "the agency" or "it" stands for a body that only the constituent names.
    """
    tokens = parse.tokens
    above = {anchor}
    n = anchor
    while tokens[n].head != n:
        n = tokens[n].head
        above.add(n)
    if last + 1 < len(tokens) and parse.word(last) == "," and not _fits(parse, last + 1, above):
        return False
    named = any(tokens[m].entity in {"ORG", "GPE", "NORP"} for m in range(first, last))
    rest = {parse.word(m).casefold() for m in range(last, len(tokens))}
    return not (named and rest & _BODIES)


def _fits(parse: Parse, n: int, above: set[int]) -> bool:
    """Return whether token `n` goes on with what is above a constituent: its verb, or a subject of that. Other nouns may be a list."""
    token = parse.tokens[n]
    if token.tag in FINITE:
        return bool(above & {n, token.head if token.dep[:3] == "aux" else n})
    while token.dep in {"det", "amod", "compound", "nummod", "poss", "case", "nmod"} and token.head > n:
        n = token.head
        token = parse.tokens[n]
    return token.pos not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"} or (token.dep in SUBJECTS and token.head in above)


def next_to(parse: Parse, anchor: int, first: int) -> bool:
    """Return whether a constituent follows what it describes: no mark stands between the two but the comma before it."""
    return anchor < first - 1 and all(parse.tokens[n].pos != "PUNCT" or parse.word(n) == "-" for n in range(anchor, first - 1))


def needed(parse: Parse, first: int, last: int) -> bool:
    """Return whether the comma after a constituent is needed without it: what is before leads in the clause, or another clause follows."""
    tokens = parse.tokens
    n = first - 2
    while tokens[n].head != n:
        if tokens[n].head >= last:
            return tokens[n].dep not in SUBJECTS
        n = tokens[n].head
    following = last + 1
    while following < len(tokens) and tokens[following].pos == "ADV":
        following += 1
    return following >= len(tokens) or not (
        tokens[following].tag in {"VBD", "VBZ", "VBP", "MD", "TO", "IN"} and tokens[following].pos != "SCONJ"
    )


def free(parse: Parse, outer: int, end: int, first: int, last: int) -> bool:
    """Return whether tokens `first` to `last`, inside the marks `outer` to `end`, are one constituent on which nothing hangs."""
    tokens = parse.tokens
    hanging = [m for m in range(first, last) if not first <= tokens[m].head < last]
    outside = any(first <= t.head < last for m, t in enumerate(tokens) if not outer <= m < end and t.pos != "PUNCT")
    heads = [m for m in hanging if tokens[m].pos != "PUNCT"]
    kinds = {tokens[m].dep for m in heads}
    fit = not kinds & {"ROOT", "nsubj", "nsubjpass", "aux", "auxpass", "attr", "conj", "cc", "pobj", "pcomp", "xcomp", "prt", "neg"}
    return len({tokens[m].head for m in heads}) <= 1 and fit and not outside


def between(parse: Parse, first: int, last: int, reason: str) -> Cut:
    """Return the cut of tokens `first` to `last` with the comma before, and with the one after where the sentence goes on without it."""
    tokens = parse.tokens
    start = tokens[first - 1].start
    if last >= len(tokens) or parse.word(last) != ",":
        return Cut(start, tokens[last - 1].end, reason)
    return Cut(start, tokens[last - 1].end if needed(parse, first, last) else tokens[last].end, reason)
