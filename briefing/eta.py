"""How long a stage will still take, said only once that means something. It knows counts and a clock, and draws nothing.

The first steps of a stage tell little: a model is loading, or all that was kept comes at once. So the first third of the time gone by is
never counted, and nothing is said before the other two thirds agree with each other.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable

WAIT = 10.0
"""Seconds that a stage goes on before anything is said: a shorter one needs no telling."""

_STEPS = 6  # advances, at different moments
_SHARE = 0.05  # of the whole that is done
_AGREE = 1.5  # how many times faster one third may be than the other
_MINUTES = 90  # up to which it is told in minutes
_APART = 0.25  # seconds between two moments that are remembered


class Eta:
    """The end of one stage of `total` units, told from when how many were done; a `total` of None or 0 is never told."""

    def __init__(self, total: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total or 0
        self._clock = clock
        self._times = [clock()]
        self._done = [0]

    def advance(self, amount: int) -> None:
        """Count units that are done."""
        now, done = self._clock(), self._done[-1] + amount
        if len(self._times) > 1 and now - self._times[-2] < _APART:  # as good as the same moment
            self._times[-1], self._done[-1] = now, done
        else:
            self._times.append(now)
            self._done.append(done)

    def seconds(self) -> float | None:
        """Return how long it will still take, None where that cannot be said yet, or there is nothing left."""
        now, start, done = self._clock(), self._times[0], self._done[-1]
        elapsed = now - start
        if elapsed < WAIT or len(self._times) <= _STEPS or not _SHARE * self._total <= done < self._total:
            return None
        first, middle = (self._at(start + elapsed * part / 3) for part in (1, 2))
        earlier, later = middle - first, done - middle
        if not earlier or not later or not 1 / _AGREE <= later / earlier <= _AGREE:
            return None
        return (self._total - done) * (elapsed * 2 / 3) / (earlier + later)

    def told(self) -> str:
        """Return "about 3 min left", as exactly as it can be known, or "" where it cannot."""
        left = self.seconds()
        if left is None:
            return ""
        minutes = round(left / 60)
        if not minutes:
            return "less than a minute left"
        return f"about {minutes} min left" if minutes <= _MINUTES else f"about {round(minutes / 60)} h left"

    def _at(self, moment: float) -> int:
        return self._done[bisect_right(self._times, moment) - 1]
