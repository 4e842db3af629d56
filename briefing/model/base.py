"""The two things a model is asked, and the protocol of whoever answers.

Many small requests at once are the normal case, so both verbs take a batch. Prompts are parts, not strings: an engine computes what
requests share once, and article text (always data) can never become a special token of the model's template.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEY_VERSION = "briefing-call/1"


@dataclass(frozen=True, slots=True)
class Identity:
    """Which model answers: its name and the SHA-256 of its file (for a server: of its URL and model name)."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A chat prompt in parts: system message, worked examples as (user, assistant) turns, then the last user message `shared + text`.

    Requests with equal `system` and `examples`, and further those with equal `shared`, share that prefix in the engine. The parts are
    tokenised apart, so the same prompt gives the same tokens in any batch.
    """

    system: str
    examples: tuple[tuple[str, str], ...] = ()
    shared: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a reply may be: a JSON Schema, as JSON text. A string's `pattern` can hold a reply to the words of one sentence."""

    schema: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request for text. `task` names the task it belongs to, for the log; `max_tokens` bounds what is generated."""

    task: str
    prompt: Prompt
    constraint: Constraint
    max_tokens: int = 192


Finish = Literal["stop", "length", "error"]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request: read anew, taken from a shared prefix or a cache, and generated (forced ones included)."""

    prompt: int = 0
    cached: int = 0
    generated: int = 0

    def __add__(self, other: Usage) -> Usage:
        """Add up, part by part."""
        return Usage(self.prompt + other.prompt, self.cached + other.cached, self.generated + other.generated)


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a Call. `finish` is "stop" when the grammar ended, "length" when the limit cut it, "error" with `error` set."""

    text: str
    finish: Finish
    usage: Usage = field(default_factory=Usage)
    milliseconds: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A yes/no question; the answer is read from the probabilities of the first answer token.

    With `state`, the model's last state is wanted too: what it knows before it answers. With a `layer`, counted from 0, the state after
    that one is all that is wanted, so that a model that gives it needs to compute no further, and answers without a probability. If it is
    to be `pooled`, the mean of the states after that layer is wanted behind it, over the prompt's own text (`text`) to its end.
    """

    task: str
    prompt: Prompt
    state: bool = False
    layer: int | None = None
    pooled: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """P(yes) / (P(yes) + P(no)) in 0..1; None beside the state of a layer, or with `error` set where no answer could be had.

    `state` is a state of the prompt's last token, after the final norm or after the layer that was asked for: float32 of the model's
    width, a pooled one of twice the width, rounded to 16 bits so that a kept one equals a new one. None where it was not wanted, or by a
    model that gives none.
    """

    probability: float | None
    usage: Usage = field(default_factory=Usage)
    milliseconds: int = 0
    error: str = ""
    state: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)


LATE = "not reached in time"
"""The error of a request that was not answered before the moment that `stop_at` named. Nothing is wrong with it."""


LATE_REPLY = Reply("", "error", error=LATE)
LATE_JUDGEMENT = Judgement(None, error=LATE)


class Model(Protocol):
    """Whoever answers. Replies come as (index into the batch, answer), as they finish; each index exactly once.

    A failure of one request is a value (finish "error", probability None). An exception means the model itself is gone: ModelError.
    Leaving the iterator early, or KeyboardInterrupt, stops the work that is still open.
    """

    @property
    def identity(self) -> Identity:
        """Return which model this is; part of every cache key and of the record."""

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        """Answer calls, yielding each reply as it ends."""

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        """Answer yes/no questions, yielding each probability as it ends."""

    def stop_at(self, moment: float) -> None:
        """Answer nothing after this moment of time.monotonic(), inf for never: what is open then ends with the error LATE."""

    def close(self) -> None:
        """Free the model. Safe to call twice."""


@runtime_checkable
class Draining(Protocol):
    """A model that works on several requests at once, and can be told to begin no more of them."""

    def drain(self) -> None:
        """Answer what is begun, and nothing else any more: that ends with the error LATE. From any thread; for good."""


def request_parts(request: Call | Question) -> dict[str, Any]:
    """Return what decides the answer to a request, by name; of a state only what is wanted, so that other keys stay what they were."""
    parts = asdict(request)
    del parts["task"]
    return {name: value for name, value in parts.items() if value is not None and value is not False}


def request_key(request: Call | Question, identity: Identity) -> str:
    """Return the SHA-256 of everything that decides the answer: model, prompt parts, constraint, limits; not the name of the task."""
    named = {"version": KEY_VERSION, "verb": type(request).__name__, "model": identity.sha256, **request_parts(request)}
    return hashlib.sha256(json.dumps(named, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
