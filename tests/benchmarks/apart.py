"""Figures in a process of their own, so that the peak memory of one has nothing of another."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any


def apart(job: Callable[..., Any], *arguments: object) -> Any:
    """Return what a job gives in a new process, which knows nothing of this one; `job` is a function of a module."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(job, arguments)
