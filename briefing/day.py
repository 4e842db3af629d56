"""Days as they come from outside: ISO dates of years that can be reckoned with, or an error that names what was given."""

from __future__ import annotations

import datetime
from contextlib import suppress

from briefing.errors import UsageError

DAYS = ("1900-01-01", "2199-12-31")
"""The first and the last day of which a brief can be: far from where the calendar ends, so that every day has others around it."""

PRINTED = ("1000-01-01", "8999-12-31")
"""The same of an article: a year before is a slip of the pen, and dates beside the first of all cannot be reckoned with."""


def today() -> str:
    """Return the day that it is here, as an ISO date."""
    return datetime.datetime.now().astimezone().date().isoformat()


def yesterday() -> str:
    """Return the day before, as an ISO date."""
    return (datetime.datetime.now().astimezone().date() - datetime.timedelta(days=1)).isoformat()


def checked(given: str, name: str, within: tuple[str, str] = DAYS) -> str:
    """Return an ISO date as it is given. Raises UsageError, naming what it was given for, for anything else, and for days out of bounds."""
    with suppress(ValueError):
        if datetime.date.fromisoformat(given).isoformat() == given:
            if within[0] <= given <= within[1]:
                return given
            raise UsageError(f"{name}: {given} is out of bounds", f"from {within[0]} to {within[1]}")
    raise UsageError(f"{name}: {given!r} is no date", "write it as YYYY-MM-DD")
