"""A context of llama.cpp: rows in, logits out; sequences share cells, steps can be interrupted, failures are raised.

It knows tokens, positions and sequences; requests, prompts and grammars are the scheduler's.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from briefing.errors import ModelError, ModelUnsuitableError
from briefing.model.llama.layers import Layers
from briefing.model.llama.weights import Log, Weights

_NO_SLOT, _ABORTED = 1, 2


class LateError(Exception):
    """A step was ended since its time was over. Never leaves this package."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a context is. `chunk` rows of a step are computed together; `outputs` of them may have logits."""

    cells: int
    sequences: int
    rows: int
    chunk: int
    outputs: int
    threads: int


Row = tuple[int, int, int, bool]
"""Token, position, sequence, whether its logits are wanted."""


class Context:
    """The state of one model: cells by sequence. Not for more than one thread."""

    def __init__(self, weights: Weights, shape: Shape, log: Log) -> None:
        self.shape = shape
        self._words = weights.size
        self._width = weights.width
        self.can_go_back = weights.can_go_back
        self._log = log
        self._interrupted = False
        self.until = math.inf  # the moment of time.monotonic() at which every step ends
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = shape.cells
        params.n_batch = shape.rows
        params.n_ubatch = shape.chunk
        params.n_seq_max = shape.sequences
        params.n_outputs_max = shape.outputs
        params.n_threads = params.n_threads_batch = shape.threads
        params.kv_unified = True  # one pool of cells, so that a prefix can be shared
        params.no_perf = True
        self._abort = llama_cpp.ggml_abort_callback(lambda _: self._interrupted or time.monotonic() >= self.until)
        params.abort_callback = self._abort
        self._layers = Layers(weights.width)
        params.cb_eval = self._layers.callback
        self.handle: Any = llama_cpp.llama_init_from_model(weights.handle, params)
        if not self.handle:
            raise ModelUnsuitableError(
                f"no context of {shape.cells} tokens can be made: {log.last() or 'out of memory'}",
                "choose a smaller model or a smaller context",
            )
        self._memory: Any = llama_cpp.llama_get_memory(self.handle)
        self._batch: Any = llama_cpp.llama_batch_init(shape.rows, 0, 1)
        self.cells: int = llama_cpp.llama_n_ctx(self.handle)

    def decode(self, rows: list[Row], *, states: bool = False, layer: int | None = None) -> None:
        """Compute one step. KeyboardInterrupt ends it early, as the moment `until` does; after any exception the cells cannot be trusted.

        With `states`, every row is an output and has its state beside its logits: llama.cpp knows it only so. With a `layer` the step ends
        there: the states are those after it, there are no logits, and the cells are good for nothing but steps to the same layer.
        """
        llama_cpp.llama_set_embeddings(self.handle, states)
        self._layers.stop_after(layer, len(rows))
        batch = self._batch
        batch.n_tokens = len(rows)
        for k, (token, position, sequence, wanted) in enumerate(rows):
            batch.token[k] = token
            batch.pos[k] = position
            batch.n_seq_id[k] = 1
            batch.seq_id[k][0] = sequence
            batch.logits[k] = wanted
        with _Interruptible(self._interrupt) as again:
            code = llama_cpp.llama_decode(self.handle, batch)
        self._interrupted = False
        again()
        if code == _ABORTED and time.monotonic() >= self.until:
            raise LateError
        if code == _NO_SLOT:
            raise ModelError("llama.cpp found no room for a step", "this is a bug: the engine counts the room it uses")
        if code != 0:
            raise ModelError(f"llama.cpp failed ({code}): {self._log.last() or 'no reason given'}")

    def logits(self, row: int) -> NDArray[np.float32]:
        """Return the logits after a row of the last step; valid until the next one."""
        pointer = llama_cpp.llama_get_logits_ith(self.handle, row)
        if not pointer:
            raise ModelError("llama.cpp gave no logits")
        return np.ctypeslib.as_array(pointer, shape=(self._words,))

    def state(self, row: int) -> NDArray[np.float32]:
        """Return a copy of the state after a row of the last step, which was asked for states or a layer; rounded to 16 bits."""
        if self._layers.layer is not None:
            return rounded(self._layers.states(range(row, row + 1))[0])
        pointer = llama_cpp.llama_get_embeddings_ith(self.handle, row)
        if not pointer:
            raise ModelError("llama.cpp gave no state")
        return rounded(np.ctypeslib.as_array(pointer, shape=(self._width,)))

    def total(self, rows: range) -> NDArray[np.float64]:
        """Return the sum of the states after some rows of the last step, which was asked for a layer."""
        found: NDArray[np.float64] = self._layers.states(rows).sum(axis=0, dtype=np.float64)
        return found

    def share(self, source: int, target: int) -> None:
        """Let a sequence begin with all the cells of another."""
        llama_cpp.llama_memory_seq_cp(self._memory, source, target, -1, -1)

    def drop(self, sequence: int, start: int = -1) -> None:
        """Give back a sequence's cells, all or, in a model that can go back, those from a position on."""
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, start, -1)

    def clear(self) -> None:
        """Give back all cells."""
        llama_cpp.llama_memory_clear(self._memory, False)

    def close(self) -> None:
        """Free the context. Safe to call twice."""
        if self.handle:
            llama_cpp.llama_batch_free(self._batch)
            llama_cpp.llama_free(self.handle)
            self.handle = None

    def _interrupt(self) -> None:
        self._interrupted = True


def rounded(state: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return a state as it is kept: rounded to 16 bits."""
    with np.errstate(over="ignore"):
        return state.astype(np.float16).astype(np.float32)


class _Interruptible:
    """While llama.cpp computes, Ctrl-C sets a mark that its abort callback reads; afterwards it is what it was."""

    def __init__(self, interrupt: Callable[[], None]) -> None:
        self._interrupt = interrupt
        self._previous: Any = None
        self._caught: tuple[int, FrameType | None] | None = None

    def __enter__(self) -> Callable[[], None]:
        if threading.current_thread() is threading.main_thread():
            previous = signal.getsignal(signal.SIGINT)
            if callable(previous):
                self._previous = previous
                signal.signal(signal.SIGINT, self._catch)
        return self._again

    def __exit__(self, *_: object) -> None:
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)

    def _catch(self, number: int, frame: FrameType | None) -> None:
        self._caught = (number, frame)
        self._interrupt()

    def _again(self) -> None:
        """Hand a caught signal to whoever was to have it: as a rule, KeyboardInterrupt."""
        if self._caught is not None:
            self._previous(*self._caught)
