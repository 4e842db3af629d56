"""The judge: how probable the model finds it that a claim is supported by its cited sentences.

One short prompt and no writing. It sees numbers and inventions; it hardly sees swapped actors and lost speakers, which the gates see.
"""

from collections.abc import Sequence

from briefing.model.base import Judgement, Model, Question
from briefing.model.task import Task

THRESHOLD = 0.7
"""Below this a claim is refused. Chosen on the seeds (see tests/benchmarks/judge.py): true claims stay above it."""


def question(task: Task, claim: str, quotes: Sequence[str]) -> Question:
    """Return the question whether `claim` is supported by the cited sentences; they are the part that questions can share."""
    source = " ".join(" ".join(quote.split()) for quote in quotes)
    return Question(task.name, task.prompt(source=source, claim=claim))


def support(model: Model, task: Task, claims: Sequence[tuple[str, Sequence[str]]]) -> list[Judgement]:
    """Return a judgement for each (claim, quotes), in order."""
    found = dict(model.judge([question(task, text, quotes) for text, quotes in claims]))
    return [found[n] for n in range(len(claims))]
