"""Nothing is said twice: of claims of one article that report the same, the weightier stays.

Candidates share words; the judge decides. Only claims of the same article are compared: two articles may report two
events in the same words.
"""

from collections.abc import Sequence
from itertools import combinations, groupby

from briefing.model.base import Model, Question
from briefing.model.task import Task
from briefing.stages.ground import Grounded, Tally
from briefing.stages.select import content, overlap
from briefing.types import Omission

THRESHOLD = 0.7
_SHARED = 0.34  # of the smaller claim's content words, from which two claims are worth comparing


def distinct(grounded: Sequence[Grounded], *, model: Model, task: Task, tally: Tally) -> tuple[list[Grounded], list[Omission]]:
    """Return the claims that stay, in order, and the others as omissions that name the claim which says it already."""
    pairs = _pairs(grounded)
    asked = [Question(task.name, task.prompt(one=grounded[a].claim.text, other=grounded[b].claim.text)) for a, b in pairs]
    again: dict[int, int] = {}
    answers = sorted(model.judge(asked))
    for (a, b), (_, judgement) in zip(pairs, answers, strict=True):
        tally.usage += judgement.usage
        if judgement.probability is None or judgement.probability < THRESHOLD or a in again or b in again:
            continue
        heavier, lighter = (a, b) if grounded[a].pick.weight >= grounded[b].pick.weight else (b, a)
        again[lighter] = heavier
    omitted = [
        Omission(
            article=grounded[n].pick.reader.article.id,
            sentence=grounded[n].pick.plan.sentence,
            reason=f"says again what sentence {grounded[kept].pick.plan.sentence} says",
        )
        for n, kept in sorted(again.items())
    ]
    return [g for n, g in enumerate(grounded) if n not in again], omitted


def _pairs(grounded: Sequence[Grounded]) -> list[tuple[int, int]]:
    """Return the pairs worth comparing: of one article, with words in common."""
    stems = [content(g.claim.text) for g in grounded]
    found: list[tuple[int, int]] = []
    for _, group in groupby(range(len(grounded)), key=lambda n: grounded[n].pick.reader.article.id):
        found.extend((a, b) for a, b in combinations(group, 2) if overlap(stems[a], stems[b]) >= _SHARED)
    return found
