"""The judge: yes/no questions of tasks, answered with probabilities; and what a run spent, and what its gates said.

questions ─ model ─► its yes and one of its states ─ probe of the task ─► probability
a model without a probe: its yes alone ─ line of the task, where there is one ─► probability
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field, RootModel

from briefing.model.base import LATE, Judgement, Model, Question, Reply, Usage
from briefing.model.probes import Probe, log_odds, probability
from briefing.model.task import Task
from briefing.types import Gate

_SPREAD = 0.15  # half of what the answers to both orders of a question differ by at most, 19 times in 20


class Line(BaseModel):
    """From the log-odds of a model's own yes to the log-odds of being right: intercept and slope."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    intercept: float
    slope: float = Field(gt=0)

    def probability(self, yes: float) -> float:
        """Return the probability of being right, 0..1, for a probability of yes."""
        return probability(self.intercept + self.slope * log_odds(yes))


class Calibration(RootModel[dict[str, Line]]):
    """The line of each task, by its name. It was fitted on the yes of another model: near enough for one that nobody fitted probes for."""

    model_config = ConfigDict(frozen=True)


@dataclass
class Tally:
    """What a run spent and what its gates said: per gate the claims that reached it and those that passed.

    Of the `asked` requests, `failed` got no answer, for the `problem` that came first, and `late` were not reached in time.
    """

    usage: Usage = field(default_factory=Usage)
    asked: int = 0
    failed: int = 0
    late: int = 0
    problem: str = ""
    reached: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)

    def add(self, answer: Reply | Judgement) -> None:
        """Count what an answer cost, and whether it is one."""
        self.usage += answer.usage
        self.asked += 1
        if answer.error == LATE:
            self.late += 1
        elif answer.error:
            self.failed += 1
            self.problem = self.problem or answer.error

    def count(self, gates: Sequence[Gate]) -> None:
        """Count what the gates said of one claim."""
        for gate in gates:
            self.reached[gate.name] += 1
            self.passed[gate.name] += gate.passed


@dataclass(frozen=True)
class Judge:
    """Whoever is asked: the model, its tasks by name, the probes that were fitted for it, and the lines of tasks that have no probe."""

    model: Model
    tasks: Mapping[str, Task]
    probes: Mapping[str, Probe] = field(default_factory=dict)
    lines: Mapping[str, Line] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def ask(self, name: str, asked: Sequence[Mapping[str, str]]) -> list[float]:
        """Return the probabilities of yes, in order, 0..1; `asked` are the fields of the task's prompt. No answer is a no: 0."""
        return [0.0 if p is None else p for p in self.answers(name, asked)]

    def answers(self, name: str, asked: Sequence[Mapping[str, str]]) -> list[float | None]:
        """Return the probabilities of yes, in order, None where no answer could be had; what they cost is counted."""
        said, probe, line = self._said(name, asked), self.probes.get(name), self.lines.get(name)
        if probe is not None:
            return [probe.probability(judgement) for judgement in said]
        sound = [p if (p := judgement.probability) is not None and 0 <= p <= 1 else None for judgement in said]
        return sound if line is None else [None if p is None else line.probability(p) for p in sound]

    def readings(self, name: str, asked: Sequence[Mapping[str, str]]) -> list[tuple[float, ...] | None]:
        """Return the log-odds of each head of the task's probe, in order; None where no state came, or nobody has fitted a probe.

        Without a probe nothing is asked: the yes alone does not tell these things apart.
        """
        probe = self.probes.get(name)
        if probe is None:
            return [None] * len(asked)
        return [probe.odds(judgement) if judgement.state is not None else None for judgement in self._said(name, asked)]

    def _said(self, name: str, asked: Sequence[Mapping[str, str]]) -> list[Judgement]:
        task, probe = self.tasks[name], self.probes.get(name)
        plain = [Question(task.name, task.prompt(**fields)) for fields in asked]
        questions = plain if probe is None else [probe.reading(question) for question in plain]
        said = sorted(self.model.judge(questions), key=lambda pair: pair[0])
        for _, judgement in said:
            self.tally.add(judgement)
        return [judgement for _, judgement in said]

    def both_ways(self, name: str, enough: Mapping[tuple[int, int], float], texts: Sequence[str]) -> dict[tuple[int, int], float]:
        """Ask a question about pairs of texts in both orders; return those whose mean probability is `enough`, with it.

        The second order is asked about only where the first leaves it open. Without an answer it is no.
        """

        def asked(orders: Sequence[tuple[int, int]]) -> list[float]:
            return self.ask(name, [{"one": texts[a], "other": texts[b]} for a, b in orders])

        there = {pair: p for pair, p in zip(enough, asked(list(enough)), strict=True) if p >= enough[pair] - _SPREAD}
        back = asked([(other, one) for one, other in there])
        means = {pair: (p + here) / 2 if here else 0.0 for (pair, p), here in zip(there.items(), back, strict=True)}
        return {pair: mean for pair, mean in means.items() if mean >= enough[pair]}
