"""What the scheduler moves about: requests as they are asked, made ready, at work, and done."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from briefing.model.base import Finish, Usage
from briefing.model.llama.chat import Tokens
from briefing.model.llama.constraint import Matcher
from briefing.model.llama.lookahead import Lookahead
from briefing.model.llama.prefixes import Prefix


@dataclass(frozen=True, slots=True)
class Request:
    """What a run asks: its place in the batch, and how to get its tokens and matcher when its turn comes.

    Without a matcher, `read` is given the logits after the prompt, and nothing is generated. `source` is where a reply is
    looked up to guess its next tokens. `grouped` says that its shared part is worth keeping apart, because others have it too.
    With `state`, the last state is read beside the logits; with a `layer`, the state after that one, and nothing beyond it is computed;
    if `pooled`, the mean over the prompt's own tokens stands behind it.
    """

    index: int
    tokens: Callable[[], Tokens]
    matcher: Callable[[], Matcher] | None = None
    read: Callable[[NDArray[np.float32]], float] | None = None
    source: Callable[[], tuple[int, ...]] | None = None
    limit: int = 0
    grouped: bool = False
    state: bool = False
    layer: int | None = None
    pooled: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a request."""

    index: int
    finish: Finish
    tokens: tuple[int, ...] = ()
    value: float | None = None
    usage: Usage = field(default_factory=Usage)
    milliseconds: int = 0
    error: str = ""
    state: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A request whose turn has come: tokenised, its matcher past the tokens that are forced from the start."""

    request: Request
    tokens: Tokens
    matcher: Matcher | None
    forced: list[int]


@dataclass(slots=True, eq=False)
class Run:
    """One batch of requests being worked on. `next` is the first of those waiting, made ready."""

    waiting: deque[Request]
    finished: deque[Done] = field(default_factory=deque)
    open: int = 0
    next: Ready | None = None


@dataclass(slots=True, eq=False)
class Work:
    """A request that has a place. `feed` is to be computed next, from position `at`, and after it the guess `ahead`.

    `logits` are the rows of the step whose logits are to be read: after the feed, and after each guessed token. Of a request to be pooled
    `own` are the rows of the step that hold tokens of its own, and `total` is the sum of the states of those before.
    """

    run: Run
    ready: Ready
    sequence: int
    prefix: Prefix | None
    feed: list[int]
    at: int
    cells: int
    usage: Usage
    out: list[int]
    lookahead: Lookahead
    started: float = field(default_factory=time.monotonic)
    joined: bool = False
    logits: list[int] = field(default_factory=list)
    own: range = range(0)
    total: NDArray[np.float64] | None = None
    ahead: list[int] = field(default_factory=list)

    @property
    def due(self) -> bool:
        """True when all is read but the last token of a prompt whose state is wanted: it is computed in a step of such tokens."""
        return self.joined and self.ready.request.state and len(self.feed) == 1

    @property
    def writing(self) -> bool:
        """True once the prompt has been read."""
        return len(self.feed) <= len(self.out)
