"""How a worker stops: what a model has in hand ends and is kept, nothing else is begun. Stops no job; it only says so."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TypeVar

from briefing.model.base import LATE, Call, Draining, Judgement, Model, Question, Reply
from briefing.model.wrapped import Wrapped

A = TypeVar("A", Reply, Judgement)


class StoppedError(Exception):
    """The worker is to stop, and what was asked is kept."""


class Stop:
    """Whether a worker is to stop. Models that work on several requests at once begin no more from that moment on."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._models: list[Draining] = []

    def set(self) -> None:
        """Say so. Safe to call twice, from any thread."""
        self._event.set()
        for model in self._models:
            model.drain()

    def is_set(self) -> bool:
        """Return whether it was said."""
        return self._event.is_set()

    def tell(self, model: Draining) -> None:
        """Let a model know when it is said."""
        self._models.append(model)
        if self.is_set():
            model.drain()


class Stoppable(Wrapped):
    """A model that ends what is in hand when it is to stop, so that whoever asked can keep it, and then says so."""

    def __init__(self, model: Model, stop: Stop) -> None:
        super().__init__(model)
        self._stop = stop
        if isinstance(model, Draining):
            stop.tell(model)

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        """Answer calls. Raises StoppedError, after what is in hand."""
        return self._answers(self._model.generate(calls))

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        """Answer questions. Raises StoppedError, after what is in hand."""
        return self._answers(self._model.judge(questions))

    def _answers(self, answers: Iterator[tuple[int, A]]) -> Iterator[tuple[int, A]]:
        if self._stop.is_set():
            raise StoppedError
        for number, answer in answers:
            if not self._stop.is_set() or answer.error != LATE:
                yield number, answer  # whoever gets it keeps it
            if self._stop.is_set() and not isinstance(self._model, Draining):
                break  # it has one request in hand at a time
        if self._stop.is_set():
            raise StoppedError
