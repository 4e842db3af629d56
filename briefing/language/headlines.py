"""What a headline does without beside what any claim does (see `cuts`): it is a sentence's main clause, and twenty words or so.

What leads up to the main clause goes always; what stands behind or within it, set off, goes from the end on while the headline is too long,
and who somebody is last of all; then, on what day and in what statement it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.language.base import VERBS, Parse
from briefing.language.beside import DAYS, IN, SAID_IN, behind, denied, known, leading, now, relative, times, within
from briefing.language.constituents import Cut
from briefing.language.pronouns import open_references
from briefing.language.verbs import SAYING, SUBJECTS, quoted, sound, states, tense

LONGEST = 20
"""Words from which on a headline is too long."""

SMALL = frozenset({"day", "where it was said", "party"})
"""Reasons of cuts that are made only beside another one: without them alone a headline would say again what its claim says."""

_PARTS = frozenset("morning afternoon evening night late early".split())
_LEAST = 5  # words of a headline
_PARTY = re.compile(r"(?<=\w) \([A-Z](?:-[A-Z][\w. ]{0,12})?\)")


def shorter(parse: Parse) -> Iterator[Cut]:
    """Yield what a headline of this text may do without next: what goes first, first. What is left by a cut has to be read anew."""
    if not states(parse):
        return
    spoken, small = quoted(parse.text), (*_parties(parse), *_said_in(parse), *_days(parse))
    room = LONGEST + sum(len(parse.text[cut.start : cut.end].split()) for cut in small)
    more = (*behind(parse), *times(parse), *within(parse), *known(parse)) if len(parse.text.split()) > room else ()
    able = (*leading(parse), *more, *small)
    yield from (cut for cut in able if not _through(cut, spoken) and _left(parse, cut) >= _LEAST)


def stands(parse: Parse) -> bool:
    """Return whether a text is a whole statement, by its own parse, and nothing in it points out of it."""
    return sound(parse) and not open_references(parse)


def _through(cut: Cut, spoken: Sequence[tuple[int, int]]) -> bool:
    """Return whether a cut takes part of a quotation."""
    return any(start < cut.end and cut.start < end and not (cut.start <= start and end <= cut.end) for start, end in spoken)


def _left(parse: Parse, cut: Cut) -> int:
    return len((parse.text[: cut.start] + parse.text[cut.end :]).split())


# When and where it was said


def _parties(parse: Parse) -> Iterator[Cut]:
    """Yield the sign of a party behind a name: "(D)", "(R-Wisc.)"."""
    yield from (
        Cut(m.start(), m.end(), "party") for m in _PARTY.finditer(parse.text) if parse.tokens[parse.at(m.start() - 1)].pos == "PROPN"
    )


def _said_in(parse: Parse) -> Iterator[Cut]:
    """Yield "in a statement", "in an interview with the station", beside the main verb."""
    tokens = parse.tokens
    for n in parse.below(parse.root, "prep") + [m for k in parse.below(parse.root, *SUBJECTS) for m in parse.below(k, "prep")]:
        below = parse.subtree(n)
        first, last = below[0], below[-1] + 1
        objects = [m for m in parse.below(n, "pobj") if tokens[m].lemma.casefold() in SAID_IN]
        whole = below == list(range(first, last)) and first == n > 0 and last < len(tokens)
        if parse.word(n) not in IN or not objects or not whole or denied(parse, parse.root):
            continue
        apart = parse.word(first - 1) == "," == parse.word(last)
        if apart or (tokens[n].head == parse.root and parse.word(first - 1) != "," and tokens[parse.root].lemma in SAYING):
            yield Cut(tokens[first - 1 - apart].end, tokens[last - 1 + apart].end, "where it was said")


def _days(parse: Parse) -> Iterator[Cut]:
    """Yield "on Monday", "late Tuesday", "this week" beside the main verb, where it is the one day of what happened.

    Of what is to come a day that is told from that of the article goes, too: "will vote tomorrow".
    """
    days = [n for n in range(len(parse.tokens)) if parse.word(n).casefold() in DAYS or now(parse, n)]
    looks = tense(parse, parse.root)
    if len(days) != 1 or denied(parse, parse.root) or not (looks == "past" or (looks == "future" and relative(parse, days[0]))):
        return
    first, last = days[0] - now(parse, days[0]), days[0] + 1
    while last < len(parse.tokens) and parse.word(last) in _PARTS:
        last += 1
    while first and parse.word(first - 1) in _PARTS | {"on", "earlier", "later"}:
        first -= 1
    heads = {parse.tokens[n].head for n in range(first, last)} - {*range(first, last)}
    beside = {parse.word(n) for n in (first - 1, last) if 0 <= n < len(parse.tokens)}
    outside = any(first <= token.head < last for n, token in enumerate(parse.tokens) if not first <= n < last and token.pos != "PUNCT")
    above = {parse.root, *heads}
    while above - {parse.root} and (higher := {parse.tokens[n].head for n in above}) != above:
        if any(parse.tokens[n].pos in VERBS for n in above - {parse.root}):
            return
        above = higher
    if first and heads and not outside and not beside & {",", "until", "since", "by", "from", "between"}:
        yield Cut(parse.tokens[first - 1].end, parse.tokens[last - 1].end, "day")
