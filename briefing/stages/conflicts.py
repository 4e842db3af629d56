"""Claims that cannot both be true as they stand: another value for the same quantity, or the opposite of what another says.

claims ─ pairs with much in common (see `merge`), of days that can be the same ─ a sign of contradiction: other numbers, a denial, opposite
words, two speakers ─► judge: do they contradict each other? ─► each names the other

Nothing is decided between them: both stand in the brief, with who says it. The judge alone takes much that is merely alike for a conflict,
and signs alone take different quantities for one; what passes both is seldom wrong. A pair without a sign is not asked about.
"""

from collections.abc import Collection, Sequence

from briefing.model.base import Model
from briefing.model.task import Task
from briefing.stages.ground import Grounded, Tally
from briefing.stages.merge import both_ways, pairs
from briefing.text.attribution import attributions
from briefing.text.cues import contrary
from briefing.text.dates import differ
from briefing.text.forms import entities
from briefing.text.numbers import numbers
from briefing.text.signals import denials, negations, refusals
from briefing.text.terms import content, overlap
from briefing.text.words import fold

_SURE = {"value": 0.6, "denial": 0.7, "voices": 0.8}
"""Probability from which the judge's yes counts, by the sign that the pair shows."""

_ALIKE = 0.2  # share of the weight of the smaller claim, as in `merge`, but opposite sides use fewer of the same words
_SHARED = 0.5  # of the smaller claim's words, in both claims of a pair with other values or a denial


def contested(
    grounded: Sequence[Grounded], alike: Collection[tuple[str, str]], *, model: Model, task: Task, tally: Tally
) -> list[Grounded]:
    """Return the claims, each with the IDs of those it is in conflict with. Pairs that are `alike` (see `Merged`) are in none."""
    claims = [one.claim for one in grounded]
    texts = [claim.text for claim in claims]
    enough = {
        (p.one, p.other): _SURE[sign]
        for p in pairs(texts, _ALIKE)
        if (claims[p.one].id, claims[p.other].id) not in alike and (sign := _sign(grounded[p.one], grounded[p.other]))
    }
    against: dict[int, list[str]] = {}
    for pair in both_ways(enough, texts, model=model, task=task, tally=tally):
        for one, other in (pair, pair[::-1]):
            against.setdefault(one, []).append(claims[other].id)
    return [
        one._replace(claim=one.claim.model_copy(update={"conflicts": tuple(against[n])})) if n in against else one
        for n, one in enumerate(grounded)
    ]


def _sign(one: Grounded, other: Grounded) -> str:
    """Return the strongest sign that two claims could contradict each other, or "" where there is none."""
    first, second = one.claim, other.claim
    if differ(first.date, second.date) or differ(first.published, second.published):
        return ""
    alike = overlap(content(first.text), content(second.text)) >= _SHARED
    if alike and _other_values(first.text, second.text):
        return "value"
    if bool(first.published) != bool(second.published):  # who knows whether they speak of the same days
        return ""
    if alike and _opposed(first.text, second.text):
        return "denial"
    speakers = [{fold(a.speaker) for a in attributions(text)} for text in (first.text, second.text)]
    apart = all(speakers) and not speakers[0] & speakers[1]
    return ("denial" if alike else "voices") if apart else ""


def _other_values(one: str, other: str) -> bool:
    """Return whether each has a number that the other has not, and neither is about somebody or a place that the other does not name."""
    first, second = numbers(one, vague=False), numbers(other, vague=False)
    named, meant = entities(one), entities(other)
    return bool(first - second and second - first) and not (named - meant and meant - named)


def _opposed(one: str, other: str) -> bool:
    """Return whether only one of two texts denies or refuses something, or whether they hold words of opposite meaning."""
    denies = [bool(negations(text) | denials(text) | refusals(text)) for text in (one, other)]
    return denies[0] != denies[1] or contrary(one, other) is not None or contrary(other, one) is not None
