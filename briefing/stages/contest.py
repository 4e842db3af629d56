"""Claims that cannot both be true as they stand: another value for the same quantity, or a denial of what the other says.

claims of one event, of days that can be the same ─ another value: each, with the other's, would be what the other says (gates, judge)
                                                   └ opposed facts, an answer, another age, by parse ─ judge: do they contradict? ─► each
                                                     names the other

Nothing is decided between them: both stand in the brief, with who says it. None is better than a wrong one: a pair without a sign is not
asked about, and a sign alone marks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.language.base import Parse
from briefing.language.bounds import opening
from briefing.language.quantities import Quantity, quantities, shown
from briefing.stages.align import OTHERS, content
from briefing.stages.certainty import answers
from briefing.stages.counts import counted_otherwise
from briefing.stages.figures import exclude
from briefing.stages.judging import Judge
from briefing.stages.opposed import countered, of_a_part, opposed
from briefing.stages.plain import refused
from briefing.stages.shared import aged_otherwise
from briefing.stages.summarize import Chosen, Made
from briefing.stages.support import asked
from briefing.text import terms
from briefing.text.dates import apart, differ
from briefing.text.words import fold, words
from briefing.types import Claim

_SURE = 0.7
"""Probability from which the judge's yes to "do they contradict each other?" counts, where one denies what the other says."""

_LIKELY = 0.6
"""That probability where the facts of both contradict each other, by parse: of 16 such pairs of ours it calls all 0.62 or more."""

_ALIKE = 0.5  # share of the smaller claim's words in both claims of a pair
_NEAR = 0.25  # that share where their facts contradict each other: these have a party in common
_DAYS = 1  # between articles: later ones bring later values of the same thing


def contested(made: Sequence[Made], events: Sequence[Sequence[str]], *, judge: Judge, least: float) -> list[Made]:
    """Return the claims, each with the IDs of those it is in conflict with.

    From the probability `least` on a claim with the other's value counts as what the other says.
    """
    home = {name: n for n, event in enumerate(events) for name in event}
    groups: dict[int, list[int]] = {}
    for n, one in enumerate(made):
        groups.setdefault(home[one.home], []).append(n)
    together = ((a, b) for group in groups.values() for k, a in enumerate(group) for b in group[k + 1 :])
    pairs = [(a, b) for a, b in together if _comparable(made[a], made[b])]
    values = [(a, b) for a, b in pairs if _valued(made[a], made[b])]
    found = set(_other_values(made, values, judge, least))
    found.update(_denials(made, [pair for pair in pairs if pair not in found], judge))
    against: dict[int, list[str]] = {}
    for pair in sorted(found):
        for n, m in (pair, pair[::-1]):
            against.setdefault(n, []).append(made[m].claim.id)
    return [
        one._replace(claim=one.claim.model_copy(update={"conflicts": tuple(against[n])})) if n in against else one
        for n, one in enumerate(made)
    ]


def sign(one: Made, other: Made) -> bool:
    """Return whether plain code sees a sign that two claims could contradict each other."""
    if not _comparable(one, other):
        return False
    return _each_way(one, other) or bool(_needed(one, other))


def _each_way(one: Made, other: Made, unit: str = "") -> bool:
    """Return whether plain code would take a value of each of two claims for one of the other: of that unit, if one is asked for."""
    return _valued(one, other) and all(any(swapped(*both, unit)) for both in ((one, other), (other, one)))


def _comparable(first: Made, second: Made) -> bool:
    """Return whether two claims can speak of the same days, and are of two articles or of two speakers in one."""
    one, other = first.claim, second.claim
    if not (_of_two(first, second) or (one.speaker and other.speaker and _strangers(one, other))):
        return False
    return comparable(one, other, days=_DAYS)


def comparable(one: Claim, other: Claim, *, days: int) -> bool:
    """Return whether two claims can be compared by when they speak of (see `of_one_time`); without a date, nobody knows."""
    return of_one_time(one, other, days=days) and bool(one.published) == bool(other.published)


def of_one_time(one: Claim, other: Claim, *, days: int) -> bool:
    """Return whether two claims can be of the same days, by their own dates and by those of their articles, at most `days` apart."""
    return not differ(one.date, other.date) and apart(one.published, other.published) <= days


def of_one_thing(one: Claim, other: Claim) -> bool:
    """Return whether two claims have so many words in common that they can speak of the same thing."""
    return _alike(one, other) >= _ALIKE


def _alike(one: Claim, other: Claim) -> float:
    """Return the share of the words of the smaller claim of two that both have."""
    return terms.overlap(terms.content(one.text), terms.content(other.text))


def _of_two(first: Made, second: Made) -> bool:
    """Return whether two claims are of two articles: one article tells its newest value."""
    return first.chosen.document is not second.chosen.document


def _strangers(one: Claim, other: Claim) -> bool:
    """Return whether the names of two speakers have no word in common."""
    return not {fold(word.text) for word in words(one.speaker)} & {fold(word.text) for word in words(other.speaker)}


def _other_values(made: Sequence[Made], pairs: Sequence[tuple[int, int]], judge: Judge, least: float) -> list[tuple[int, int]]:
    """Return the pairs of which each is what the other says but for a value: both, with the other's value, are supported by the other."""
    questions: list[dict[str, str]] = []
    places: list[tuple[int, int]] = []
    for a, b in pairs:
        both = {(one, other): [s.text for s in swapped(made[one], made[other])] for one, other in ((a, b), (b, a))}
        for (one, other), texts in both.items() if all(both.values()) else ():
            questions += [asked(text, [content(made[other])]) for text in texts]
            places += [(one, other)] * len(texts)
    said: dict[tuple[int, int], list[float]] = {}
    for place, probability in zip(places, judge.ask("whole", questions), strict=True):
        said.setdefault(place, []).append(probability)
    return [(a, b) for a, b in pairs if (a, b) in said and min(*said[a, b], *said[b, a]) >= least]


class Swapped(NamedTuple):
    """What a claim says with a value of another one, `theirs`, for its own, `mine`, each shown with what it counts."""

    text: str
    mine: str
    theirs: str


def swapped(one: Made, other: Made, unit: str = "") -> Iterator[Swapped]:
    """Yield a claim with a value of the other one for its own and its adverb, where no gate then refuses it beside the other.

    With a `unit`, only values of that one.
    """
    read = one.chosen.document.read
    own, there = read(content(one)), read(content(other))
    mine, theirs = quantities(own), quantities(there)
    for a in mine:
        for b in theirs:
            if unit not in {"", a.unit} or not exclude(a, b, mine, theirs) or of_a_part(own, a.token, there, b.token):
                continue
            text = f"{own.text[: _start(own, a)]}{there.text[_start(there, b) : b.end]}{own.text[a.end :]}"
            if not refused(read(text), [there], there.text, but=OTHERS):
                yield Swapped(text, shown(own.text, a), shown(there.text, b))


def _start(parse: Parse, one: Quantity) -> int:
    """Return where a value begins with what bounds it and an adverb on its number: "only 54 percent" is another value than "61 percent"."""
    first = parse.at(opening(parse.text, one.start))
    before = parse.tokens[first - 1] if first else None
    head = parse.tokens[before.head] if before else None
    counts = before and head and before.pos == "ADV" and (one.start <= head.start < one.end or parse.tokens[one.token].head == before.head)
    return before.start if before and counts else opening(parse.text, one.start)


def _denials(made: Sequence[Made], pairs: Sequence[tuple[int, int]], judge: Judge) -> list[tuple[int, int]]:
    """Return the pairs of which one denies what the other says, or its contrary, which the judge calls a contradiction in both orders."""
    enough = {(a, b): least for a, b in pairs if (least := _needed(made[a], made[b]))}
    return list(judge.both_ways("conflict", enough, [one.claim.text for one in made]))


def _needed(one: Made, other: Made) -> float:
    """Return from which probability on the judge's yes counts, by what opposes two claims; 0 where nothing does.

    That their facts do, that one answers what the other blames, or that they count the same dead of a day otherwise, is a stronger sign
    than a denial in much the same words, another age or another time of day.
    """
    both = (one.chosen, other.chosen), (other.chosen, one.chosen)
    first, second = one.chosen.parse, other.chosen.parse
    if _alike(one.claim, other.claim) >= _NEAR and opposed(first, second):
        return _LIKELY
    if any(countered(a.parse, b.parse, next_to=_right_behind(a, b)) for a, b in both):
        return _LIKELY
    much = of_one_thing(one.claim, other.claim)
    of_a_day = bool(one.claim.published) and one.claim.published == other.claim.published and _of_two(one, other)
    if much and of_a_day and counted_otherwise(first, second):  # of another day it is the newer count
        return _LIKELY
    denied = much and (answers(first, second) or answers(second, first) or aged_otherwise(first, second))
    return _SURE if denied or _each_way(one, other, "clock") else 0


def _right_behind(one: Chosen, other: Chosen) -> bool:
    """Return whether one sentence stands right behind another one of its article."""
    return one.document is other.document and one.rewrite.number == other.rewrite.number + 1


def _valued(one: Made, other: Made) -> bool:
    """Return whether two claims may give two values of one thing."""
    return _of_two(one, other) and of_one_thing(one.claim, other.claim)
