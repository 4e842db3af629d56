"""The times of day of a text, in minutes after midnight: "5:30 p.m.", "16:00", "8pm", "noon".

Without "a.m." or "p.m." a time up to 12:59 is one of two. "3:16" is a time only where a preposition or a zone says so. Zones are named,
never converted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NOON, _DAY = 12 * 60, 24 * 60
_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()
_ALONE = r"(?<![\w.,:$€£])"
_TIME = re.compile(
    rf"{_ALONE}(?:(?P<hour>\d{{1,2}}|{'|'.join(_HOURS)})(?:[:.](?P<minute>[0-5]\d))?[ \u00a0-]?(?P<half>[ap])\.?m\b(?:\.(?!$))?|"
    r"(?P<bare>\d{1,2}):(?P<past>[0-5]\d)(?![\d:]|[.,]\d)|(?P<name>noon|midnight)\b)",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"{_ALONE}(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))?(?= ?[-–—] ?$| to $)|(?<=between )(\d{{1,2}})(?= and $)")
_LED = re.compile(r"\b(?:at|by|before|after|until|till|from|since|between|past|to|about|around)(?: (?:about|around))? $", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?:about|around|roughly|approximately|nearly|almost|(?:just|shortly|soon|right|immediately) (?:after|before|past)) $", re.IGNORECASE
)
_ZONE = re.compile(r" \(?((?:[A-Z]{1,3}T|GMT|UTC|MSK)\b|(?:local|[A-Z]\w+)(?: standard| daylight| summer)?(?= time\b))")
_ABOUT = 30  # minutes by which two times are apart at most, one of which is "about"


class Clock(NamedTuple):
    """Minutes after midnight: `low` and `high` of a time that may be either. `zone` in capitals, whether it is only `near`, its span."""

    low: int
    high: int
    zone: str
    near: bool
    start: int
    end: int


def clock(text: str) -> Iterator[Clock]:
    """Yield the times of day of a text, in order. The first of "4 to 6 p.m." is of the same half of the day, or of the one before."""
    for m in _TIME.finditer(text):
        before, zone = text[: m.start()], _ZONE.match(text, m.end())
        named, near = (zone[1].upper() if zone else ""), _NEAR.search(before) is not None
        if m["half"]:
            value = _minutes(m["hour"], m["minute"], m["half"])
            first = _FIRST.search(before)
            if first:
                began = _minutes(first["hour"] or first[3], first["minute"], m["half"])
                began = began if began < value else (began + _NOON) % _DAY
                yield Clock(began, began, named, near=False, start=first.start(), end=first.end())
            yield Clock(value, value, named, near, m.start(), m.end())
        elif m["name"] and (_LED.search(before) or near):
            value = _NOON if m["name"].casefold() == "noon" else 0
            yield Clock(value, value, named, near, m.start(), m.end())
        elif m["bare"] and int(m["bare"]) <= _DAY // 60:
            value = _minutes(m["bare"], m["past"])
            sure = m["bare"].startswith("0") or value >= _NOON + 60
            if sure or zone or _LED.search(before):
                yield Clock(*((value, value) if sure else (value % _NOON, value % _NOON + _NOON)), named, near, m.start(), m.end())


def _minutes(hour: str, minute: str | None, half: str = "") -> int:
    """Return the minutes after midnight of a time as it is written."""
    number = int(hour) if hour.isdigit() else _HOURS.index(hour.casefold()) + 1
    hours = number % 12 + 12 * (half.casefold() == "p") if half and number <= 12 else number
    return (60 * hours + int(minute or 0)) % _DAY


def same_time(one: tuple[int, int], other: tuple[int, int], *, near: bool) -> bool:
    """Return whether two times, each from its lowest to its highest, can be one; a span from one time to another is only itself."""
    if all(high - low not in {0, _NOON} for low, high in (one, other)):
        return one == other
    apart = min((a - b) % _DAY for pair in ((one, other), (other, one)) for a in pair[0] for b in pair[1])
    return apart <= (_ABOUT if near else 0)
