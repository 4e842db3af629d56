"""Claims that cannot both be true as they stand: another value for the same quantity, or the opposite of what another says.

claims ─ pairs with much in common (see `merge`), of days that can be the same, and a rebuttal with what stands just before it ─ a sign of
contradiction: other numbers, a denial, opposite words, two speakers, "countered" ─► judge: do they contradict? ─► each names the other

Nothing is decided between them: both stand in the brief, with who says it. The judge alone takes much that is merely alike for a conflict,
and signs alone take different quantities for one; what passes both is seldom wrong. A pair without a sign is not asked about.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from briefing.model.base import Model
from briefing.model.task import Task
from briefing.stages.ground import Grounded, Tally
from briefing.stages.merge import both_ways, pairs
from briefing.text.attribution import attributions
from briefing.text.dates import apart, differ
from briefing.text.forms import entities
from briefing.text.numbers import numbers
from briefing.text.signals import opposed
from briefing.text.terms import content, overlap
from briefing.text.words import fold

_SURE = {"value": 0.6, "denial": 0.7, "voices": 0.8, "rebuttal": 0.55}
"""Probability from which the judge's yes counts, by the sign that the pair shows."""

_ALIKE = 0.2  # share of the weight of the smaller claim, as in `merge`, but opposite sides use fewer of the same words
_SHARED = 0.5  # of the smaller claim's words, in both claims of a pair with other values or a denial


_REBUTS = re.compile(r"\b(?:counter(?:ed|s)|rebut(?:ted|s)|refut(?:ed|es)|den(?:ied|ies)|disput(?:ed|es)|dismiss(?:ed|es))\b")
_OPPOSES = re.compile(r"\b(?:contend(?:ed|s)|insist(?:ed|s)|argu(?:ed|es)) that\b")
_NOT = re.compile(r"\bnot (?P<rest>(?:\w+ ){0,2}?[\d.,]*\d(?: (?:thousand|million|billion))?|[a-z-]+)", re.IGNORECASE)
_BEFORE = 3  # sentences before a rebuttal that it may answer
_DAYS = 3  # between articles that may answer each other


def contested(
    grounded: Sequence[Grounded], alike: Collection[tuple[str, str]], *, model: Model, task: Task, tally: Tally
) -> list[Grounded]:
    """Return the claims, each with the IDs of those it is in conflict with. Pairs that are `alike` (see `Merged`) are in none."""
    claims = [one.claim for one in grounded]
    texts = [claim.text for claim in claims]
    near = {(p.one, p.other) for p in pairs(texts, _ALIKE)} | set(_answered(grounded))
    enough = {
        (one, other): _SURE[sign]
        for one, other in sorted(near)
        if (claims[one].id, claims[other].id) not in alike and (sign := _sign(grounded[one], grounded[other]))
    }
    against: dict[int, list[str]] = {}
    for pair in both_ways(enough, texts, model=model, task=task, tally=tally):
        for one, other in (pair, pair[::-1]):
            against.setdefault(one, []).append(claims[other].id)
    return [
        one._replace(claim=one.claim.model_copy(update={"conflicts": tuple(against[n])})) if n in against else one
        for n, one in enumerate(grounded)
    ]


def _answered(grounded: Sequence[Grounded]) -> Iterator[tuple[int, int]]:
    """Yield the claims that stand in their article just before a rebuttal, each with it."""
    for other, rebuttal in enumerate(grounded):
        for one in range(max(0, other - _BEFORE), other):
            before = grounded[one].pick
            near = before.reader is rebuttal.pick.reader and 0 < rebuttal.pick.plan.sentence - before.plan.sentence <= _BEFORE
            if near and _REBUTS.search(rebuttal.claim.text):
                yield one, other


def _sign(one: Grounded, other: Grounded) -> str:
    """Return the strongest sign that two claims could contradict each other, or "" where there is none."""
    first, second = one.claim, other.claim
    if apart(first.published, second.published) > _DAYS:
        return ""
    alike = overlap(content(first.text), content(second.text)) >= _SHARED
    if alike and (_corrects(first.text, second.text) or _corrects(second.text, first.text)):
        return "value"
    speakers = [{fold(a.speaker).split()[-1] for a in attributions(text) if a.speaker.strip()} for text in (first.text, second.text)]
    if not speakers[0] & speakers[1] and (_answers(one, other, speakers[1], alike) or _answers(other, one, speakers[0], alike)):
        return "rebuttal"
    if differ(first.date, second.date) or differ(first.published, second.published):  # what is said of one day does not contradict another
        return ""
    if alike and _other_values(first.text, second.text):
        return "value"
    if bool(first.published) != bool(second.published):  # who knows whether they speak of the same days
        return ""
    if alike and opposed(first.text, second.text):
        return "denial"
    if not all(speakers) or speakers[0] & speakers[1]:
        return ""
    if one.pick.reader is other.pick.reader and _OPPOSES.search(second.text):
        return "rebuttal"
    return "denial" if alike else "voices"


def _answers(one: Grounded, rebuttal: Grounded, speakers: Collection[str], alike: bool) -> bool:
    """Return whether somebody rebuts a claim: what is much like it, or what stands just before it in the same article."""
    if not (speakers and _REBUTS.search(rebuttal.claim.text)):
        return False
    before = rebuttal.pick.plan.sentence - one.pick.plan.sentence
    return (0 < before <= _BEFORE or (alike and before > 0)) if one.pick.reader is rebuttal.pick.reader else alike


def _corrects(one: str, other: str) -> bool:
    """Return whether a text says of a number of the other that it is not so: "14 workers and not 9", "did not give 4.5 million"."""
    denied = {value for m in _NOT.finditer(other) for value in numbers(m["rest"], vague=False)}
    return bool(denied & numbers(one, vague=False) and numbers(other, vague=False) - numbers(one, vague=False))


def _other_values(one: str, other: str) -> bool:
    """Return whether each has a number that the other has not, and neither is about somebody or a place that the other does not name."""
    first, second = numbers(one, vague=False), numbers(other, vague=False)
    named, meant = entities(one), entities(other)
    return bool(first - second and second - first) and not (named - meant and meant - named)
