"""A model around another one: everything is handed on, until somebody changes a part of it."""

from collections.abc import Iterator, Sequence

from briefing.model.base import Call, Identity, Judgement, Model, Question, Reply


class Wrapped:
    """Hands every request on to `_model`. It has no `drain`: one that has says so itself."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @property
    def identity(self) -> Identity:
        """Return which model it is."""
        return self._model.identity

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        """Answer calls, yielding each reply as it ends."""
        return self._model.generate(calls)

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        """Answer yes/no questions, yielding each probability as it ends."""
        return self._model.judge(questions)

    def stop_at(self, moment: float) -> None:
        """Answer nothing after this moment of time.monotonic()."""
        self._model.stop_at(moment)

    def close(self) -> None:
        """Free the model. Safe to call twice."""
        self._model.close()
