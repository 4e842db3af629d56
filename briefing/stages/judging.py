"""Asking the judge, and counting what a run spent and what its gates said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefing.model.base import Model, Question, Usage
from briefing.model.task import Task
from briefing.types import Gate

SAME = 0.5
"""Probability from which the judge's yes to "do these report the same fact?" counts, where plain code says no other thing."""

_SPREAD = 0.05  # by which the two orders of a question differ at most, nearly always


@dataclass
class Tally:
    """What a run spent and what its gates said: per gate the claims that reached it and those that passed."""

    usage: Usage = field(default_factory=Usage)
    reached: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)

    def count(self, gates: Sequence[Gate]) -> None:
        """Count what the gates said of one claim."""
        for gate in gates:
            self.reached[gate.name] += 1
            self.passed[gate.name] += gate.passed


def believed(questions: Sequence[Question], model: Model, tally: Tally) -> list[float]:
    """Return the judge's probabilities, in order, and count what they cost. No answer, and what is no probability, is a no."""
    said = sorted(model.judge(questions))
    tally.usage += sum((judgement.usage for _, judgement in said), Usage())
    return [p if (p := judgement.probability) is not None and 0 <= p <= 1 else 0.0 for _, judgement in said]


def both_ways(
    enough: Mapping[tuple[int, int], float], texts: Sequence[str], *, model: Model, task: Task, tally: Tally
) -> dict[tuple[int, int], float]:
    """Ask a question about pairs of texts in both orders; return those whose mean probability is `enough`, with it.

    The second order is asked about only where the first leaves it open. Without an answer it is no.
    """

    def asked(orders: Sequence[tuple[int, int]]) -> list[float]:
        return believed([Question(task.name, task.prompt(one=texts[a], other=texts[b])) for a, b in orders], model, tally)

    there = {pair: p for pair, p in zip(enough, asked(list(enough)), strict=True) if p >= enough[pair] - _SPREAD}
    back = asked([(other, one) for one, other in there])
    means = {pair: (p + here) / 2 if here else 0.0 for (pair, p), here in zip(there.items(), back, strict=True)}
    return {pair: mean for pair, mean in means.items() if mean >= enough[pair]}
