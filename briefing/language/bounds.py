"""What bounds a number in its text: "more than 40", "up to", "about", "or fewer"."""

from __future__ import annotations

import re
from typing import Literal

Bound = Literal["", "up", "down", "near"]

_BEFORE = re.compile(
    r"\b(?:(?P<up>more than|over|above|exceed\w*|upwards of|in excess of)|(?P<least>at least|no(?:t)? (?:fewer|less) than|a minimum of)|"
    r"(?P<down>(?:fewer|less) than|under|below|nearly|almost)|"
    r"(?P<most>up to|within|at most|no(?:t)? more than|a maximum of|as many as|as much as)|"
    r"(?P<near>about|around|some|roughly|approximately|an estimated|close to))(?: (?:a|an|the|half))? $",
    re.IGNORECASE,
)
_REACH = 24  # characters before a number in which what bounds it stands
_AFTER = re.compile(r"(?: \w+)? (?:(?P<least>or more|at least)|(?P<most>at most|or (?:fewer|less)))\b", re.IGNORECASE)


def bounded(text: str, start: int, end: int) -> tuple[Bound, bool]:
    """Return how the number `text[start:end]` is bounded, and whether it is itself left out."""
    found = _BEFORE.search(re.sub(r"(?:US|A|C)?[$€£¥₹]$", "", text[max(0, start - _REACH) : start]))
    kind = (found.lastgroup if found else None) or (m.lastgroup if (m := _AFTER.match(text[end:])) else None) or ""
    if kind in {"up", "least"}:
        return "up", kind == "up"
    if kind in {"down", "most"}:
        return "down", kind == "down"
    return ("near", False) if kind == "near" else ("", False)


def opening(text: str, start: int) -> int:
    """Return where a quantity that begins at `start` begins with the words that bound it: "more than 40"."""
    near = max(0, start - _REACH)
    found = _BEFORE.search(text[near:start])
    return near + found.start() if found else start
