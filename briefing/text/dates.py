"""Times that a text names ("4 September", "on Monday", "last year"), as dates that can be compared.

A time that can be read in two ways ("next Monday", "a week ago") is found but not resolved, and a name ("Black Friday") is no time at all.
A day or month without its year is the latest that was not after the article, even in a sentence about the future; dates of numbers
only ("04/05/2025"), durations ("over the past week") and what "today" means to a speaker who is quoted are not read.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from briefing.text.calendar import DAYS, FULL, NUMBERED, OF_EVENTS, SHORT, YEAR

_WEEKDAYS = {name: n for n, name in enumerate(DAYS.split("|"))}
_S = r"(?:[^\S\n]|\n(?!\n)){1,4}"  # bounded, as everything here, so that a long text takes linear time
_MONTH = rf"(?:(?:{FULL}|{FULL.upper()})\b|(?:{SHORT}|{SHORT.upper()})\b\.?)"
_D = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_D_S = rf"{_D}(?:(?:,{_S}{_D}){{0,5}}(?:{_S})?(?:[-–]|,?{_S}and|to|and|or)(?:{_S})?{_D})?"  # "4", "4-6", "4, 5 and 6"
_TIME = re.compile(
    rf"""(?<!\w)(?:
    (?<![./-])(?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?![0-9-])
  | (?:(?:{DAYS}),?{_S}(?:the{_S})?(?=[0-9]|{_MONTH}{_S}[0-9]{{1,2}}\b))?
    (?:(?<![.,:/$€£])(?<![A-Z0-9]-)(?P<first>{_D_S}){_S}(?:of{_S})?)?(?P<month>{_MONTH})
    (?(first)|(?:{_S}(?P<then>{_D_S})(?![\w%]|[.,:/-][0-9]|{_S}(?:hundred|thousand|[mbtr]+illion|per(?:{_S})?cent)))?)
    (?:(?:(?:{_S})?,)?{_S}(?:of{_S})?(?:(?:earlier|later){_S})?(?:(?P<year>{YEAR})(?!\w|[.,:][0-9])|(?P<told>last|this|next|that|the{_S}(?:same|previous|following|next)){_S}year\b))?
  | (?P<weekday>{DAYS})\b(?:{_S}(?:morning|afternoon|evening|night|(?:Morning|Afternoon|Evening|Night)(?!{_S}[A-Z]))\b)?
    (?P<week>,?{_S}(?:of{_S})?(?:last|this|next|that){_S}week\b)?
  | (?P<only>{YEAR})(?P<span>[-–/][0-9]{{2,4}})?(?!\w|[-–.,:/][0-9]|
    (?:{_S})?(?:%|(?:percent|GMT|UTC|hours|hrs|local|km|kilomet|met[er]|miles|people|soldiers|troops|tons|tonnes|dollars|euros|men\b)))
  | (?P<near>(?:[Tt]he{_S})?day{_S}(?:before{_S}yesterday|after{_S}tomorrow)|[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow
    |[Tt]his{_S}(?:morning|afternoon|evening)|[Ll]ast{_S}(?:night|evening))\b(?:{_S}(?:morning|afternoon|evening|night)\b)?
  | (?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]hat|[Tt]he{_S}(?:next|following|previous)){_S}
    (?P<unit>day|week|weekend|month|quarter|year|spring|summer|autumn|fall|winter)\b(?!{_S}of\b)
  | (?:(?P<count>[0-9]{{1,3}}(?:[-–][0-9]{{1,3}})?|[Aa]n?|[Oo]ne|[Tt](?:wo|hree|en)|[Ff](?:our|ive)|[Ss](?:ix|even|everal|ome)|[Ee]ight|[Nn]ine
    |[Aa]{_S}few|[Aa]{_S}couple{_S}of){_S})?(?P<ago>[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear|[Dd]ecade)s?{_S}(?:(?P<exact>ago)|earlier|later)\b
    )""",
    re.VERBOSE,
)
_CAPITAL = re.compile(rf"{_S}(?!{_MONTH})([A-Z]\w*)")
_JOINT = re.compile(r"\s*(?:,|,?\s(?:and|or|to|until|till|through)\s|[-–—])\s*")
_CALENDAR = re.compile(rf"{_MONTH}|{YEAR}")
_BEFORE = 40  # characters before a time that say what it is
_IN = set("in since by from until till through throughout during before after of between around early late mid end".split())
_OF_YEAR = _IN | {"year", "spring", "summer", "autumn", "fall", "winter"}
_TURNING = {"last", "this", "next", "coming", "following", "previous"}  # "last Monday", "next May": of which week or year?
_OWNED = set("the a his her its their my our your whose every past".split())  # "the last year" is a length of time
_NAMED = set("black good super palm easter bloody ash cyber giving fat maundy holy shrove girl every each most".split())  # "Good Friday"
_PEOPLE = {4, 5, 6, 8}  # months that are also first names or surnames
_EVENT_DAYS = 31  # how long such a day is the latest one all the same
_LOOSE = set("about around nearly almost over than some least roughly approximately or to and".split())
_NEAR = {"yesterday": -1, "last": -1, "tomorrow": 1, "before": -2, "after": 2}
_COUNTS = {"a": 1, **{name: n for n, name in enumerate("one two three four five six seven eight nine ten".split(), start=1)}}


class Moment(NamedTuple):
    """A time that a text names: `text[start:end]`; `date` is ISO ("2025-05-19", "2025-05" or "2025"), "" where it cannot be resolved."""

    start: int
    end: int
    date: str


def moments(text: str, published: str = "") -> list[Moment]:
    """Return the expressions of calendar time in `text` in order, resolved against the ISO date of its article ("" = unknown)."""
    try:
        day = date.fromisoformat(published)
    except ValueError:
        day = None
    found: list[Moment] = []
    following: Moment | None = None  # "between September and November 2023": the year stands with the last
    for m in reversed(list(_TIME.finditer(text))):
        before = text[max(0, m.start() - _BEFORE) : m.start()]
        if m["month"]:
            joined = following and _JOINT.fullmatch(text, m.end(), following.start)
            moment = _calendar(m, before, day, following if joined else None)
            following = moment or following
        else:
            resolved = _weekday(m, before, day) if m["weekday"] else _year(m, before) if m["only"] else _relative(m, before, day)
            moment = None if resolved is None else Moment(m.start(), m.end(), resolved)
        if moment:
            found.append(moment)
    return found[::-1]


def apart(one: str, other: str) -> int:
    """Return the days between two ISO dates, 0 where one is not a whole date."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return 0


def differ(one: str, other: str) -> bool:
    """Return whether two ISO dates (of any precision, "" = unknown) cannot be the same time: "2025-05" and "2025-05-19" can."""
    return bool(one and other) and any(a != b for a, b in zip(one.split("-"), other.split("-"), strict=False))


def _calendar(m: re.Match[str], before: str, published: date | None, following: Moment | None) -> Moment | None:
    """Read what has a month; several days of it ("4-6 May") are that month. None: a name or a verb."""
    month, end, word = NUMBERED[m["month"][:3].lower()], m.end(), _last(before)
    days = [int(n) for n in re.findall("[0-9]+", m["first"] or m["then"] or "")]
    if m["then"] and word == "in" and not (m["year"] or m["told"]):  # "in May 20 people died"
        days, end = [], m.end("month")
    day = days[0] if days else None
    if not (days or m["year"] or m["told"]):
        short = len(m["month"]) <= len("Jan") and month != NUMBERED["may"]
        if short or (month in _PEOPLE and _CAPITAL.match(m.string, end)) or not (word in _IN | _TURNING or _continues(before)):
            return None
    year = int(m["year"] or 0)
    if m["told"] and published:
        year = published.year + {"last": -1, "this": 0, "next": 1}.get(m["told"], -published.year)
    elif following and following.date and not year:
        year = int(following.date[:4]) - ((month, day or 0) > tuple(int(n) for n in [*following.date.split("-"), "99"][1:3]))
    if year or m["told"] or following or not published or word in _TURNING:
        resolved = _iso(year, month, day)
    else:
        resolved = next((d for n in range(9) if (d := _iso(published.year - n, month, day)) and d <= published.isoformat()), "")
        if resolved and day and (month, day) in OF_EVENTS and (published - date.fromisoformat(resolved)).days > _EVENT_DAYS:
            resolved = ""
    return Moment(m.start(), end, resolved[:7] if len(days) > 1 else resolved)


def _weekday(m: re.Match[str], before: str, published: date | None) -> str | None:
    word, name = _last(before), _CAPITAL.match(m.string, m.end())
    show = name and (word not in {"on", "since", "until", "late", "early"} or name[1] in {"Morning", "Afternoon", "Evening", "Night"})
    if show or word in _NAMED:  # "the Sunday Times", "Black Friday"; "on Monday Ukraine said" is a day
        return None
    if not published or m["week"] or word in _TURNING:
        return ""
    return _shift(published, -((published.weekday() - _WEEKDAYS[m["weekday"]]) % 7))


def _year(m: re.Match[str], before: str) -> str | None:
    word = _last(before)
    if not (word in _OF_YEAR or _continues(before)) or (word not in {"in", "since"} and _CAPITAL.match(m.string, m.end())):
        return None
    return "" if m["span"] else _iso(int(m["only"]))


def _relative(m: re.Match[str], before: str, published: date | None) -> str | None:
    """Read what only the day of its writing explains; an ISO date stands here too, as the one that needs no explanation."""
    if m["iso"]:
        return _iso(*(int(n) for n in m["iso"].split("-"))) or None
    opens = not before.strip() or before.rstrip()[-1] in ".!?:;\"“”'‘’—–-()[]*•>|"
    if (m[0][0].isupper() and not opens) or (m["which"] and _last(before) in _OWNED):  # "Russia Today", "over the last year"
        return None
    if not published:
        return ""
    if m["near"]:
        return _shift(published, next((_NEAR[word] for word in m["near"].lower().split() if word in _NEAR), 0))
    if m["ago"]:
        count = (m["count"] or "").lower()
        days = int(count) if count.isdecimal() else _COUNTS.get(count)
        known = days and m["exact"] and m["ago"].lower() == "day" and _last(before) not in _LOOSE and not before.endswith("-")
        return _shift(published, -days) if days and known else ""
    step = {"last": -1, "this": 0, "next": 1}.get(m["which"].lower())
    if step is None or m["unit"] not in {"month", "year"}:
        return ""
    year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
    return _iso(year, month + 1) if m["unit"] == "month" else _iso(published.year + step)


def _last(before: str) -> str:
    """Return the word that leads to a time, without the bracket or quote it follows."""
    return (before.split() or [""])[-1].strip("([“\"'‘—–-").lower()


def _continues(before: str) -> bool:
    """Return whether a list of months or years goes on here: "from March to", "in 2014 and"."""
    said = before.split()[-2:]
    return len(said) > 1 and said[1] in {"and", "or", "to", "through"} and bool(_CALENDAR.fullmatch(said[0].strip(".,")))


def _iso(year: int, month: int = 0, day: int | None = None) -> str:
    """Return the date as precisely as it is given, "" if there is none such."""
    try:
        whole = date(year, month or 1, 1 if day is None else day).isoformat()
    except ValueError:
        return ""
    return whole[: 10 if day is not None else 7 if month else 4]


def _shift(published: date, days: int) -> str:
    try:
        return (published + timedelta(days)).isoformat()
    except OverflowError:
        return ""
