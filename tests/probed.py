"""A model that answers as its probes read it, without states: so that a tape holds what the judge said, and not what it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from briefing import pipeline
from briefing.model.base import Judgement, Model, Question
from briefing.model.probes import Probe
from briefing.model.wrapped import Wrapped
from briefing.progress import Silent
from briefing.stages import shared
from briefing.stages.judging import Judge

_ONE = np.ones(1, np.float32)
_LINE = np.array([[0, 1]], np.float32)
READ = Probe(_ONE[None], 0 * _ONE, _ONE, _LINE, _LINE, ("yes",), {})
"""A probe that takes a probability for what it is."""


class Probed(Wrapped):
    """What a task's probe reads off its state is the probability that comes back."""

    def __init__(self, model: Model, names: Sequence[str]) -> None:
        super().__init__(model)
        self._probes = pipeline.judge(model, names, Silent()).probes

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        asked = [self._probes[one.task].reading(one) if one.task in self._probes else replace(one, state=False) for one in questions]
        for n, said in self._model.judge(asked):
            probe = self._probes.get(questions[n].task)
            yield n, said if probe is None else replace(said, probability=probe.probability(said), state=None)


def unread(model: Model, names: Sequence[str]) -> Judge:
    """Return the judge that takes a model's probabilities as they are: those of a tape, or of a Probed model."""
    return Judge(model, pipeline.tasks(names), {name: READ for name in names if name == shared.TASK})
