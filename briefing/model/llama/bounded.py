"""Templates that came with a model file, run no further than a number of steps and of bytes: jinja's sandbox alone bounds neither.

Compiling counts, too, since constants are computed then. Where the system tells no process its memory, only the steps are bounded.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

RENDERING, COMPILING = 300_000, 20_000_000  # lines of Python; a template of 2,500 characters takes 3,000 and 160,000
_MEMORY = 256 << 20  # bytes beyond what the process has
_LARGEST = 1_000_000  # a factor, and characters of a text made by multiplying


class EndlessError(BaseException):
    """The template was stopped. Not an Exception: nothing that a template runs may catch it."""


class Bounded(ImmutableSandboxedEnvironment):
    """The sandbox without powers, and with products of a sane size: one step of those can take hours."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute a product, or refuse to."""
        size = 1.0
        for value in (left, right):
            size *= min(abs(value), _LARGEST) + 1 if isinstance(value, int | float) else len(value)
        if operator == "**" or size > _LARGEST:
            raise SecurityError("it computes something huge")
        return super().call_binop(context, operator, left, right)


@contextmanager
def bounded(steps: int) -> Iterator[None]:
    """Run what is inside for so many steps; raise EndlessError, or MemoryError, where it goes on."""
    left = steps

    def step(_frame: FrameType, _event: str, _value: object) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise EndlessError
        return step

    before = sys.gettrace()
    with _little_memory():
        sys.settrace(step)
        try:
            yield
        finally:
            sys.settrace(before)


@contextmanager
def _little_memory() -> Iterator[None]:
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - a file of the system
            now = int(file.read().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    except (ImportError, OSError, ValueError):
        yield
        return
    wanted = now + _MEMORY
    if soft != resource.RLIM_INFINITY and soft < wanted:
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
