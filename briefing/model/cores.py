"""How many processors this process may use."""

from __future__ import annotations

import os
from collections.abc import Callable


def available_threads() -> int:
    """Return how many processors this process may use."""
    count: Callable[[], int | None] | None = getattr(os, "process_cpu_count", None)
    if count is not None:
        return count() or 1
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1
