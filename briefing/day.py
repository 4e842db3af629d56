"""Days as they come from outside: ISO dates of years that can be reckoned with, or an error that names what was given."""

from __future__ import annotations

import datetime
from contextlib import suppress

from briefing.errors import UsageError

_FIRST = 1000  # a year before it is a slip of the pen, and dates beside the first of all cannot be reckoned with
_LAST = 9000


def today() -> str:
    """Return the day that it is here, as an ISO date."""
    return datetime.datetime.now().astimezone().date().isoformat()


def checked(given: str, name: str) -> str:
    """Return an ISO date as it is given. Raises UsageError, naming what it was given for, for anything else."""
    with suppress(ValueError):
        found = datetime.date.fromisoformat(given)
        if found.isoformat() == given and _FIRST <= found.year <= _LAST:
            return given
    raise UsageError(f"{name}: {given!r} is no date", "write it as YYYY-MM-DD")
