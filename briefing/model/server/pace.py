"""How many requests a minute a server gets from this process: evenly, whoever sends them. Counts nothing that another process sends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """Lets requests pass at `rate` a minute, one after the other; 0 lets all pass at once."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._apart = 60 / rate if rate else 0.0
        self._clock = clock
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self, stop: threading.Event) -> None:
        """Return when the next request may be sent, or `stop` is set."""
        if not self._apart:
            return
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + self._apart
        stop.wait(turn - now)
