"""Expressions of calendar time in a text, and the dates they mean beside the day of an article, given where their verb looks.

Which verb that is, is not decided here.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from briefing.language.verbs import Tense
from briefing.text.calendar import FULL, MONTHS, OF_EVENTS, SHORT, WEEKDAYS, YEAR

_MONTHS = tuple(name[:3] for name in MONTHS)
_MONTH = rf"(?P<month>(?:{FULL})\b|(?:{SHORT})\b\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\d%:]|[.,]\d)"
_PART = r"(?:\s(?:morning|afternoon|evening|night)\b)?"
TIME = re.compile(
    rf"""(?<![\w’'/.-])(?:
    (?P<iso>\d{{4}}-\d\d-\d\d)(?![\d-])
  | (?:(?P<named>{"|".join(WEEKDAYS)}),?\s)?(?:the\s)?(?:(?P<first>{_DAY})\s(?:of\s)?)?{_MONTH}
    (?(first)|(?:\s(?P<then>{_DAY})(?!\s(?:percent|per\scent|people|million|billion)))?)(?:,?\s(?P<year>{YEAR})(?![\d,.]\d|\w))?
  | (?P<weekday>{"|".join(WEEKDAYS)})\b{_PART}
  | (?P<near>today|tonight|yesterday|tomorrow|this\s(?:morning|afternoon|evening)|last\s(?:night|evening))\b{_PART}
  | (?P<count>\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten)\sdays\sago\b
  | (?P<which>last|this|next)\s(?P<unit>month|year)\b
  | (?P<only>{YEAR})(?!\w|[-–,.:/]\d)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NEAR = {"yesterday": -1, "last": -1, "tomorrow": 1}
_RANGE = re.compile(r"\s*(?:[-–—/]|to\b|through\b|and\b|or\b|until\b)\s*", re.IGNORECASE)
_NEARBY = 92  # days: of what is further off than a quarter and in another year, a paper gives the year
ON = frozenset(["", "on", "in", "at", "early", "late"])  # "until Monday", "since May", "by 2030" are not the day of what is told


def spelt(day: str) -> str:
    """Return a whole ISO date as it is read: "24 November 2026"."""
    return f"{int(day[8:])} {date.fromisoformat(day):%B %Y}"


def full_date(text: str) -> str:
    """Return the ISO date that a text is, whole and nothing else ("November 26, 1986"), or ""."""
    m = TIME.fullmatch(text)
    return resolve(m, text, None, looks="", preposition="", alone=True) if m and m["year"] and (m["first"] or m["then"]) else ""


def resolve(m: re.Match[str], text: str, today: date | None, *, looks: Tense, preposition: str, alone: bool) -> str:
    """Return the date of a match of TIME in a text, "" where it is not certain.

    `looks` is the direction of the verb it belongs to, `alone` says that there is none.
    """
    if m["iso"]:
        return _iso(*map(int, m["iso"].split("-")))
    if m["only"]:
        return m["only"]
    day = int(re.sub(r"\D", "", m["first"] or m["then"] or "0"))
    ranged = _RANGE.match(text, m.end()) and re.match(r"\s*\S+\s?\d|[-–—/]", text[m.end() : m.end() + 8])
    if m["year"]:
        return _iso(int(m["year"]), _number(m["month"]), 0 if ranged else day)
    if today is None or ranged or _joined(text, m):
        return ""
    forwards, backwards = _sides(preposition, looks)
    if m["month"]:
        return _without_year(_number(m["month"]), day, today, forwards=forwards, backwards=backwards)
    if m["weekday"]:
        return _weekday(text, m, today, forwards=forwards, backwards=backwards)
    if m["near"]:
        step = _NEAR.get(m["near"].lower().split()[0], 0)
        known = not alone and (step or looks in {"past", "future"} or m["near"].lower() == "tonight")
        return (today + timedelta(step)).isoformat() if known and not (step < 0 and forwards) and not (step > 0 and backwards) else ""
    if m["count"]:
        about = (text[: m.start()].split() or [""])[-1].lower()
        count = int(m["count"]) if m["count"].isdecimal() else _COUNTS.index(m["count"].lower()) + 2
        return "" if about in {"about", "some", "around", "than", "nearly", "least"} else (today - timedelta(count)).isoformat()
    return _unit(text, m, today)


def _sides(preposition: str, looks: Tense) -> tuple[bool, bool]:
    """Return whether a time lies ahead, and whether it lies behind; neither where that is in doubt."""
    if preposition == "since":
        return False, True
    if preposition in {"until", "till", "by", "through", "before", "after", "for"}:
        return looks in {"future", "present"}, False
    if preposition in ON | {"from"}:
        return looks in {"future", "present"}, looks == "past"
    return False, False


_SIX = 6
"""Days ago that no weekday of the past lies: a day of that name that is tomorrow says that the date of the article is a day early."""


def _weekday(text: str, m: re.Match[str], today: date, *, forwards: bool, backwards: bool) -> str:
    before = text[: m.start()].split()[-1:]
    if (before and before[0].lower() in {"last", "next", "this", "that", "a", "one", "the"}) or re.match(
        r",? (?:of )?(?:last|this|next|that) week", text[m.end() :]
    ):
        return ""
    wanted = WEEKDAYS.index(m["weekday"].lower())
    if backwards:
        ago = (today.weekday() - wanted) % 7
        return (today - timedelta(ago)).isoformat() if ago < _SIX else ""
    step = (wanted - today.weekday()) % 7
    return (today + timedelta(step)).isoformat() if forwards and step else ""  # on a Monday "will meet on Monday" may be either


def _without_year(month: int, day: int, today: date, *, forwards: bool, backwards: bool) -> str:
    if (month, day) in OF_EVENTS or forwards == backwards or (not day and month == today.month):
        return ""
    key = (month, day) if day else (month, 0)
    now = (today.month, today.day) if day else (today.month, 0)
    year = today.year + (1 if forwards and key < now else -1 if backwards and key > now else 0)
    found = _iso(year, month, day)
    if not found:
        return ""
    off = abs((date.fromisoformat(found if day else f"{found}-15") - today).days)
    return found if year == today.year or off <= _NEARBY else ""


def _unit(text: str, m: re.Match[str], today: date) -> str:
    before = text[: m.start()].split()[-1:]
    if before and before[0].lower() in {"the", "a", "of"}:  # "the last year" is a length of time
        return ""
    step = {"last": -1, "this": 0, "next": 1}[m["which"].lower()]
    if m["unit"].lower() == "year":
        return str(today.year + step)
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    return _iso(year, month + 1, 0)


def _joined(text: str, m: re.Match[str]) -> bool:
    """Return whether a weekday or a month is one end of a span or of a list: "Monday to Friday", "Saturday and Sunday"."""
    after = re.match(r"\s*(?:to|through|and|or|until|[-–—/])\s*(\w+)", text[m.end() :])
    before = re.search(r"(\w+)\.?\s*(?:to|through|and|or|until|[-–—/])\s*$", text[: m.start()])
    names = [found[1].lower()[:3] for found in (after, before) if found]
    return any(name in _MONTHS or name in {day[:3] for day in WEEKDAYS} for name in names)


def _number(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1


def _iso(year: int, month: int, day: int) -> str:
    """Return a date as precisely as it is given, "" if there is none such."""
    try:
        whole = date(year, month, day or 1).isoformat()
    except ValueError:
        return ""
    return whole if day else whole[:7]
