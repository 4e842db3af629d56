"""The embedded engine: answers many small requests at once from one GGUF file, on this machine alone.

It promises the model protocol: replies as they finish, each index once, failures of single requests as values; the
same request gets the same reply in any batch but for ties that rounding decides. It does not promise speed to a
single request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from briefing.errors import ModelError, ModelUnsuitableError
from briefing.model.base import Call, Identity, Judgement, Prompt, Question, Reply
from briefing.model.cores import available_threads
from briefing.model.llama.chat import Chat
from briefing.model.llama.constraint import Constraints
from briefing.model.llama.context import Context, Shape
from briefing.model.llama.scheduler import Scheduler
from briefing.model.llama.weights import Log, Weights, total_memory
from briefing.model.llama.work import Done, Request

SEQUENCES = 32
CONTEXT = 16384
PREFIXES = 16
STEP = 512
CHUNK = 512
FILLED = 96
_SHARE_OF_MEMORY = 8
_NO_STATE = "the model's state is not a number"
_Asked = TypeVar("_Asked", Call, Question)
_YES = ("yes", "Yes", "YES", " yes", " Yes", " YES")
_NO = ("no", "No", "NO", " no", " No", " NO")


class LlamaModel:
    """A GGUF model in this process. `name` and `sha256` are its identity; the file is not hashed here."""

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        sha256: str,
        threads: int | None = None,
        gpu_layers: int = 0,
        sequences: int | None = None,
        context: int | None = None,
    ) -> None:
        self._identity = Identity(name, sha256)
        self._log = Log()
        self._weights: Weights | None = None
        self._context: Context | None = None
        try:
            self._open(Path(path), threads or available_threads(), gpu_layers, sequences or SEQUENCES, context)
        except BaseException:
            self.close()
            raise

    def _open(self, path: Path, threads: int, gpu_layers: int, sequences: int, cells: int | None) -> None:
        weights = self._weights = Weights(path, gpu_layers, self._log)
        self._chat = Chat(weights.template(), weights.specials(), weights)
        self._plain = weights.plain
        self._tokenizer = weights.matcher_tokenizer()
        self._constraints = Constraints(self._tokenizer)
        self._answers = _answers(weights.plain, _YES), _answers(weights.plain, _NO)
        shape = Shape(
            cells=_possible(cells, weights.cell_bytes) if cells else _affordable(weights.cell_bytes),
            sequences=sequences + PREFIXES,
            rows=STEP,
            chunk=CHUNK,
            outputs=sequences + PREFIXES + FILLED,  # llama.cpp wants at least one a sequence
            threads=threads,
        )
        self._context = Context(weights, shape, self._log)
        self._steps_in_order = weights.can_go_back
        longest = min(self._context.cells, weights.trained)
        self._scheduler = Scheduler(self._context, sequences, longest, FILLED, weights.enders)

    @property
    def identity(self) -> Identity:
        """Return the name and hash the model was opened with."""
        return self._identity

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        """Answer calls, yielding each reply as it ends."""
        scheduler = self._ready()
        shared = Counter(_group(call.prompt) for call in calls)
        requests = [
            Request(
                index=n,
                tokens=partial(self._chat.tokens, call.prompt),
                matcher=partial(self._constraints.matcher, call.constraint),
                source=partial(self._plain, f" {call.prompt.shared}{call.prompt.text}"),
                limit=call.max_tokens,
                grouped=shared[_group(call.prompt)] > 1,
            )
            for n, call in _by_group(calls)
        ]
        for done in scheduler.run(requests):
            yield done.index, self._reply(done)

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        """Answer yes/no questions, yielding each probability as it ends."""
        scheduler = self._ready()
        yes, no = self._answers
        if not yes or not no or yes & no:
            raise ModelUnsuitableError("the model has no single tokens for yes and no", "take another instruct model for judgements")
        tokens = np.array([*sorted(yes), *sorted(no)])

        def read(logits: NDArray[np.float32]) -> float:
            wanted = logits[tokens].astype(np.float64)
            weights = np.exp(wanted - wanted.max())
            return float(weights[: len(yes)].sum() / weights.sum())

        if not self._steps_in_order and any(question.layer is not None for question in questions):
            raise ModelUnsuitableError("a recurrent model has no state between layers for every token", "take another model for judgements")
        shared = Counter(_group(question.prompt) for question in questions)
        requests = [
            Request(
                index=n,
                tokens=partial(self._chat.tokens, question.prompt),
                read=read if question.layer is None else None,
                grouped=shared[_group(question.prompt)] > 1,
                state=question.state and question.layer is None,
                layer=question.layer,
                pooled=question.pooled and question.layer is not None,
            )
            for n, question in _by_group(questions)
        ]
        for done in scheduler.run(requests):
            lost = done.state is not None and not np.isfinite(done.state).all()
            yield done.index, Judgement(done.value, done.usage, done.milliseconds, _NO_STATE if lost else done.error, done.state)

    def stop_at(self, moment: float) -> None:
        """End what is computed at this moment, in the middle of a step."""
        if self._context is not None:
            self._context.until = moment

    def drain(self) -> None:
        """Answer what is begun, and nothing else."""
        if self._context is not None:
            self._scheduler.drain()

    def close(self) -> None:
        """Free the model. Safe to call twice."""
        if self._context is not None:
            self._context.close()
            self._context = None
        if self._weights is not None:
            self._weights.close()
            self._weights = None
            self._log.close()

    def _ready(self) -> Scheduler:
        if self._context is None:
            raise ModelError("the model is closed")
        return self._scheduler

    def _reply(self, done: Done) -> Reply:
        text = self._tokenizer.decode_bytes(list(done.tokens)).decode("utf-8", "replace")
        return Reply(text, done.finish, done.usage, done.milliseconds, done.error)


def _affordable(cell_bytes: int) -> int:
    """Return how many tokens of context this machine's memory affords."""
    memory = total_memory()
    if not memory:
        return CONTEXT
    return max(2048, min(CONTEXT, memory // _SHARE_OF_MEMORY // cell_bytes))


def _possible(cells: int, cell_bytes: int) -> int:
    """Return the context that is wanted, or raise ModelUnsuitableError where this machine has no memory for it."""
    memory = total_memory()
    if memory and cells * cell_bytes > memory:
        needed = f"{cells * cell_bytes / 1e9:,.0f} GB of memory, and this machine has {memory / 1e9:,.0f} GB"
        raise ModelUnsuitableError(f"a context of {cells} tokens needs {needed}", "set a smaller `context`, or 0 to let the engine choose")
    return cells


def _group(prompt: Prompt) -> tuple[str, tuple[tuple[str, str], ...], str] | None:
    return (prompt.system, prompt.examples, prompt.shared) if prompt.shared else None


def _by_group(asked: Sequence[_Asked]) -> list[tuple[int, _Asked]]:
    """Bring requests that share a beginning together, the groups in the order in which they first appear."""
    order: dict[object, dict[str, list[tuple[int, _Asked]]]] = {}
    for n, one in enumerate(asked):
        prompt = one.prompt
        order.setdefault((prompt.system, prompt.examples), {}).setdefault(prompt.shared, []).append((n, one))
    return [pair for groups in order.values() for members in groups.values() for pair in members]


def _answers(plain: Callable[[str], tuple[int, ...]], words: tuple[str, ...]) -> frozenset[int]:
    return frozenset(tokens[0] for word in words if len(tokens := plain(word)) == 1)
