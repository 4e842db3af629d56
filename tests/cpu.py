"""How long something may take: in seconds of this process's own processor time, which a busy machine does not stretch."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Assert that what is done inside takes less processor time than this. What it costs on an idle machine should be a fifth of it."""
    started = time.process_time()
    yield
    taken = time.process_time() - started
    assert taken < seconds, f"{taken:.1f} s of processor time"
