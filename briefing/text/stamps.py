"""The times over the entries of a live blog: "16:40 GMT - Toll rises", "Posted at 4.05pm", "**13:10** The army sent…", "2 hours ago".

One notion for all who ask. Whether an article is a live blog is for `genre` to say.
"""

import re
from typing import NamedTuple

from briefing.text.calendar import MONTHS, WEEKDAYS

_MONTH = "|".join(f"{name[:3]}[a-z]*" for name in MONTHS)
_DAY = rf"(?:(?:\d{{1,2}} (?i:{_MONTH})|(?i:{_MONTH})\.? \d{{1,2}})(?:,? \d{{4}})?,?(?: at| [-–|])? )?"
_ZONE = r"(?: ?\(?(?:[A-Z]{1,4}T|UTC|MSK)(?:[+−-]\d{1,2})?\b\)?)?"
_NOON = r" ?(?i:[ap]\.m\.|[ap]m\b)"
_TIME = rf"(?:\d{{1,2}}[:.h]\d\d(?!\d|[.,:]\d)(?:{_NOON})?|\d{{1,2}}{_NOON}){_ZONE}"
_AGO = r"(?i:(?:\d+|an?|one|two|three) ?(?:s|secs?|m|mins?|h|hrs?|d|seconds?|minutes?|hours?|days?) ago|just now)"
_BEFORE = r"[-–—*_\s\[(]{0,3}(?i:(?:updated|posted|published)(?::| at)? |at )?"
_STAMP = re.compile(rf"{_BEFORE}(?:(?P<clock>{_DAY}{_TIME})|{_AGO})[*_\])]{{0,3}}(?P<after>\s*[-–—:|·]\s*|\s+|\.?$)[*_]{{0,2}}")
_LED = re.compile(r"[-–—*_\s\[(]*at ", re.IGNORECASE)
_ON_DAY = re.compile(rf"(?:on )?(?:{'|'.join(WEEKDAYS)}|{_MONTH}|\d{{1,2}} {_MONTH})\b", re.IGNORECASE)


class Stamp(NamedTuple):
    """A time at the head of a line: `clock` as it stands ("" for "2 hours ago"), and how many characters come before what it heads."""

    clock: str
    end: int


def stamp(line: str) -> Stamp | None:
    """Return the time that a line is, or that stands before a headline or before the entry itself; None where there is none."""
    found = _STAMP.match(line)
    if found is None:
        return None
    rest = line[found.end() :]
    begins = not rest or rest[0].isupper() or not rest[0].isalpha()
    told = rest and not found["after"].strip() and (_LED.match(line) or _ON_DAY.match(rest))  # "At 8 a.m. Monday, the polls opened"
    return Stamp(found["clock"] or "", found.end()) if (begins and not told) or found["after"].strip() else None
