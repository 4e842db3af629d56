"""Claims that cannot both be true as they stand: another value for the same quantity, or a denial of what the other says.

claims of one event, of days that can be the same ─ another value: with the other's value it would be what the other says (gates, judge)
                                                   └ a denial, by parse ─ judge: do they contradict? ─► each names the other

Nothing is decided between them: both stand in the brief, with who says it. None is better than a wrong one: a pair without a sign is not
asked about, and a sign alone marks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.language.quantities import quantities
from briefing.stages.align import OTHERS, content
from briefing.stages.certainty import denies
from briefing.stages.figures import exclude
from briefing.stages.judging import Judge
from briefing.stages.plain import refused
from briefing.stages.summarize import Made
from briefing.stages.support import asked
from briefing.text import terms
from briefing.text.dates import apart, differ

_SURE = 0.7
"""Probability from which the judge's yes to "do they contradict each other?" counts, where one denies what the other says."""

_ALIKE = 0.5  # share of the smaller claim's words in both claims of a pair
_APART = OTHERS | {"quantity"}  # gates that say nothing of a value: "only 54 percent" is another value than 61 percent, "only" or not
_DAYS = 1  # between articles: later ones bring later values of the same thing


def contested(made: Sequence[Made], events: Sequence[Sequence[str]], *, judge: Judge, least: float) -> list[Made]:
    """Return the claims, each with the IDs of those it is in conflict with.

    From the probability `least` on a claim with the other's value counts as what the other says.
    """
    home = {name: n for n, event in enumerate(events) for name in event}
    groups: dict[int, list[int]] = {}
    for n, one in enumerate(made):
        groups.setdefault(home[one.claim.citations[0].article], []).append(n)
    together = ((a, b) for group in groups.values() for k, a in enumerate(group) for b in group[k + 1 :])
    pairs = [(a, b) for a, b in together if _comparable(made[a], made[b])]
    found = {*_other_values(made, pairs, judge, least), *_denials(made, pairs, judge)}
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
    return _comparable(one, other) and (
        any(True for _ in _swapped(one, other)) or any(True for _ in _swapped(other, one)) or _deny(one, other)
    )


def _comparable(first: Made, second: Made) -> bool:
    """Return whether two claims can speak of the same days and the same thing, and are of two articles: one tells its newest value."""
    one, other = first.claim, second.claim
    if first.chosen.document is second.chosen.document or differ(one.date, other.date):
        return False
    if apart(one.published, other.published) > _DAYS or bool(one.published) != bool(other.published):  # without a date, nobody knows
        return False
    return terms.overlap(terms.content(one.text), terms.content(other.text)) >= _ALIKE


def _other_values(made: Sequence[Made], pairs: Sequence[tuple[int, int]], judge: Judge, least: float) -> list[tuple[int, int]]:
    """Return the pairs of which each is what the other says but for a value: both, with the other's value, are supported by the other."""
    questions: list[dict[str, str]] = []
    places: list[tuple[int, int]] = []
    for a, b in pairs:
        for one, other in ((made[a], made[b]), (made[b], made[a])):
            for swapped in _swapped(one, other):
                questions.append(asked(swapped, [content(other)]))
                places.append((a, b))
    said: dict[tuple[int, int], list[float]] = {}
    for pair, probability in zip(places, judge.ask("whole", questions), strict=True):
        said.setdefault(pair, []).append(probability)
    return [pair for pair, several in said.items() if min(several) >= least]


def _swapped(one: Made, other: Made) -> Iterator[str]:
    """Yield a claim with a value of the other one in the place of its own, where no gate then refuses it beside the other."""
    read = one.chosen.document.read
    own, there = read(content(one)), read(content(other))
    mine, theirs = quantities(own), quantities(there)
    for a in mine:
        for b in theirs:
            if not exclude(a, b, mine, theirs):
                continue
            text = f"{own.text[: a.start]}{there.text[b.start : b.end]}{own.text[a.end :]}"
            if not refused(read(text), [there], there.text, but=_APART):
                yield text


def _denials(made: Sequence[Made], pairs: Sequence[tuple[int, int]], judge: Judge) -> list[tuple[int, int]]:
    """Return the pairs of which one denies what the other says, and which the judge calls a contradiction in both orders."""
    enough = {(a, b): _SURE for a, b in pairs if _deny(made[a], made[b])}
    return list(judge.both_ways("conflict", enough, [one.claim.text for one in made]))


def _deny(one: Made, other: Made) -> bool:
    """Return whether one claim denies what the other tells."""
    first, second = one.chosen.parse, other.chosen.parse
    return denies(first, second) or denies(second, first)
