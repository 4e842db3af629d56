"""What a long job tells its watcher. The shapes only: `briefing.console` draws them, `Logged` logs them, `Silent` ignores them."""

import logging
import time
from collections.abc import Callable
from typing import Protocol

_LOG = logging.getLogger("briefing")


class Progress(Protocol):
    """Receives the stages of a job, in order, one at a time. No method may raise."""

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Begin the next stage; `total` counts `unit`s ("articles", "bytes"), None where it is not known."""

    def advance(self, amount: int = 1) -> None:
        """Say that so many more units of the current stage are done."""

    def warn(self, message: str) -> None:
        """Say one line that the user should see even in a quiet run."""

    def close(self) -> None:
        """End the last stage."""


class Silent:
    """A Progress that nobody watches."""

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Ignore the stage."""

    def advance(self, amount: int = 1) -> None:
        """Ignore the step."""

    def warn(self, message: str) -> None:
        """Ignore the warning."""

    def close(self) -> None:
        """Do nothing."""


class Logged:
    """A Progress that logs how long each stage took, and hands everything on to another one; without one, warnings are logged, too."""

    def __init__(self, inner: Progress | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._inner = inner
        self._clock = clock
        self._name = self._unit = ""
        self._done = 0
        self._start = 0.0

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Log how long the last stage took, and begin to count."""
        self._end()
        self._name, self._unit, self._done, self._start = name, unit, 0, self._clock()
        if self._inner is not None:
            self._inner.stage(name, total, unit)

    def advance(self, amount: int = 1) -> None:
        """Count."""
        self._done += amount
        if self._inner is not None:
            self._inner.advance(amount)

    def warn(self, message: str) -> None:
        """Hand the warning on, or log it."""
        if self._inner is not None:
            self._inner.warn(message)
        else:
            _LOG.warning("%s", message)

    def close(self) -> None:
        """Log how long the last stage took."""
        self._end()
        if self._inner is not None:
            self._inner.close()

    def _end(self) -> None:
        if self._name:
            count = f"{self._done:,} {self._unit}" if self._unit else "done"
            _LOG.info("%s: %s in %.2f s", self._name, count, self._clock() - self._start)
            self._name = ""
