"""Quantities of a sentence as values with their unit, what they count and how they are bounded, in whatever notation.

sentence ─ numerals ─► values ─ what each counts (`counting`), what bounds it (`bounds`) ─► quantities

"$7.5m", "7.5 million dollars" and "7,500,000 dollars" are one quantity. Units stay what they are: `conversions` compares those of one
measure. Days and years are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from briefing.language.base import Parse, remembered
from briefing.language.bounds import Bound, bounded
from briefing.language.clock import clock
from briefing.language.counting import what
from briefing.language.numerals import BIG, DIGITS, NAMED, PARTS, SCALES, SHARES, WORDS, continental, share, valued
from briefing.language.units import CODE, GLUED, MEASURES, PREFIX, SIGNS, SPANS, apart, issued, per, prefixed, singular, unit_of
from briefing.text.calendar import AGE

_MONTHS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|(?:Oct|Nov|Dec)\w*)\b\.?"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:, | and | or | to |[-–])){{0,6}}\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTHS}(?:,? \d{{4}}\b)?|"
    rf"\b{_MONTHS} \d{{1,2}}\b(?![.,:]?\d)(?:st|nd|rd|th)?(?:,? (?:19|20)\d\d\b)?|\b\d{{1,2}}:\d\d\b|"
    rf"\b{AGE}s?\b(?![.,]\d)(?! ?[%$€£]| percent| people| (?!(?:as|was|has|does|its|his|this|is|games|elections)\b)[a-z]+s\b)"
)
_NUMBER = re.compile(
    rf"(?<![\w.])(?<!\d,)(?P<sign>(?<![^\s(])[-−–](?=[$€£¥₹₽₴\d])|minus )?"
    rf"(?:(?P<code>(?-i:{CODE}))(?:[ \u00a0](?=\d)|(?=\d[\d.,]{2}))|(?P<prefix>{PREFIX})?(?P<money>[$€£¥₹₽₴])[ \u00a0]?)?"
    rf"(?P<value>(?P<part>(?:half|{SHARES})(?:(?:[ -]of)?[ -]an?)?(?=[ -](?:{BIG})\b))|{DIGITS}|{NAMED}|a(?= (?:{BIG})\b))"
    rf"(?P<rest>[ \u00a0]?[½¼¾⅓⅔]|[ -]and[ -](?:{SHARES})(?!s?[ -](?:of|to)\b))?"
    rf"(?P<scales>(?:(?:[ \u00a0-](?:{BIG}|mn|mln|bn|trn)s?|(?:mn|mln|bn|tn|m|k))\b)*)(?P<late>[ -]and[ -]a[ -]half(?! of\b))?"
    r"(?![\d_])(?P<percent>[ \u00a0-]?(?:%|per ?cent\b)|[ \u00a0-]percentage[ -]points?\b)?",
    re.IGNORECASE,
)
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_ORDINAL = re.compile(rf"\b(?:(\d+)(?:st|nd|rd|th)|(?<!split )({'|'.join(_ORDINALS)})(?! of| half))\b(?! {_MONTHS})", re.IGNORECASE)
_FRACTION = re.compile(
    rf"(?<!and )\b(?:(?P<many>an?|one|two|three|four|five|seven|nine)[ -](?P<part>{'|'.join(PARTS)})s?(?= of\b)|"
    rf"(?P<half>half)(?= of\b| (?:the|its|their|all) (?:\w{{3,}}s|people)\b))"
    rf"(?! of (?:an?|\d|(?:the|this|that|last|next) (?:{'|'.join(SPANS)}))\b)",
    re.IGNORECASE,
)
_IN = re.compile(
    rf"\b(?P<some>{NAMED}|\d+) (?:in|out of)(?: every)? (?P<all>{NAMED}|\d+)(?= (?!{'|'.join(SPANS)})[a-z]+s?\b)", re.IGNORECASE
)
_HALVES = re.compile(r"\b(?:first|second|last|latter|other|final|top|bottom|upper|lower|\w+ern|early|late|and an?) $", re.IGNORECASE)
_AND_A_HALF = re.compile(rf"\ban? (?P<unit>{'|'.join(sorted(MEASURES - {'%'}))}) and a half\b(?! of\b)", re.IGNORECASE)
_FACTORS: dict[str, Decimal | int] = {
    "doubl": 2,
    "tripl": 3,
    "trebl": 3,
    "quadrupl": 4,
    "halv": Decimal("0.5"),
    "twice": 2,
    "thrice": 3,
    "half": Decimal("0.5"),
}
_THAN = r" (?:as\b|the\b|its\b|their\b|his\b|her\b|what\b|that\b|more\b|[a-z]{2,}er\b(?= than\b))"
_FACTOR = re.compile(
    rf"\b(?:(?P<verb>doubl|tripl|trebl|quadrupl|halv)(?P<ending>es?|ed|ing)(?! (?:as|up|over|down|back)\b)|"
    rf"(?P<word>twice|thrice)(?={_THAN})|(?P<half>half)(?= as [a-z]+)|(?P<fold>{'|'.join([*WORDS])}|hundred)fold)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(rf"(?:-?fold\b| times(?={_THAN}))", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?P<tens>tens of |hundreds of (?=thousands))?(?P<word>dozens|hundreds|thousands|millions|billions)\b", re.IGNORECASE
)
_GLUED = re.compile(rf"(?:{GLUED})\b", re.IGNORECASE)
_FEET = re.compile(r"[ -]?(?:feet|foot|ft)[.,]?[ -](?:and )?", re.IGNORECASE)
_INCHES = 12
_PERCENT = frozenset({"%", "percent", "point", "cent"})
_CELL = re.compile(r"; (?:[^:;]* )?([^\W\d_]+): $")  # before a number of a row of a table: "Played: 14; Points: 47"
_GAP = re.compile(r"(?: to | and |[-–—]| – )(?:[-−$€£₹])?")


class Quantity(NamedTuple):
    """`low` to `high` (equal where it is one value) of `unit` ("%", "point", "dollar", "times", "" where it is none of measure).

    A time of day has the unit "clock", is told in minutes, and has its zone as `noun`. Else `noun` is the lemma of what is counted or
    measured, "" where no word says so. `bound` is "up" for "more than" and "at least", "down" for "fewer than" and "up to", "near" for
    "about"; `strict` for "more than" and "fewer than". `way` is the preposition before it ("from", "to", "by"); "by" of all degrees that
    tell a difference. `token` is where it stands in the parse, and `text[start:end]` shows it with its scale. `money` is the code of a
    currency where its country is named, `per` what it is told for ("tonne", "hour"), of degrees their scale.
    """

    low: Decimal
    high: Decimal
    unit: str
    noun: str
    bound: Bound
    strict: bool
    way: str
    token: int
    start: int
    end: int
    money: str = ""
    per: str = ""

    @property
    def value(self) -> str:
        """Return a single value in its plainest decimal form."""
        text = f"{self.low:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"

    @property
    def key(self) -> tuple[str, str]:
        """Name the value with its unit."""
        return self.value, self.unit


@remembered
def quantities(parse: Parse, *, comma: bool = False) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence, in order; "250th" and "third" have the unit "th". `comma`: its article writes decimals so."""
    found: list[Quantity] = []
    for one in sorted(_each(parse, comma or continental(parse.text)), key=lambda one: one.start):
        last = found[-1] if found else None
        gap = parse.text[last.end : one.start] if last else ""
        if last and (last.unit, one.unit) == ("foot", "inch") and _FEET.fullmatch(gap):  # "six feet two inches"
            found[-1] = last._replace(low=_INCHES * last.low + one.low, high=_INCHES * last.high + one.high, unit="inch", end=one.end)
            continue
        between = last is not None and re.search(r"\b(?:between|from)\b[^.]{0,14}$", parse.text[: last.start], re.IGNORECASE)
        if (
            last
            and _GAP.fullmatch(gap)
            and (between or (gap != " and " and last.low < one.low))
            and (last.unit in {"", one.unit})
            and last.low == last.high
        ):
            found[-1] = one._replace(
                low=last.low, high=one.high, start=last.start, bound=last.bound, strict=last.strict, way="" if gap == " and " else last.way
            )
        else:
            found.append(one)
    return tuple(found)


@lru_cache(maxsize=1 << 13)  # a claim is compared with several others
def counted(text: str) -> tuple[Quantity, ...]:
    """Return the single values of a text that is not parsed. Their `unit` is what they count, too, and their span holds it."""
    found = (one for one in quantities(Parse(text)) if one.low == one.high and one.unit != "th")
    return tuple(one._replace(unit=one.unit or one.noun, end=one.start + len(shown(text, one))) for one in found)


def shown(text: str, one: Quantity) -> str:
    """Return a quantity as it stands in its text, with the word after it that says what it counts."""
    after = re.match(r"[ \u00a0-]?(?:[A-Z]\w+ )?([^\W\d_]+)", text[one.end :])
    told = after is not None and singular(after[1]) in {one.unit, one.noun, singular(one.noun)} - {""}
    return text[one.start : one.end + (after.end() if after and told else 0)]


def _each(parse: Parse, comma: bool) -> Iterator[Quantity]:
    """Yield the quantities of a sentence, by the form in which each is told."""
    clocks = list(clock(parse.text))
    dates = [*(m.span() for m in _DATE.finditer(parse.text)), *((time.start, time.end) for time in clocks)]
    yield from _numbers(parse, comma, dates)
    yield from _ordinals(parse, dates)
    yield from _fractions(parse)
    yield from _factors(parse)
    for low, high, zone, near, start, end in clocks:
        yield Quantity(Decimal(low), Decimal(high), "clock", zone, "near" if near else "", False, "", _token(parse, start), start, end)
    yield from _several(parse)


def _numbers(parse: Parse, comma: bool, dates: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """Yield what digits and number words tell."""
    text = parse.text
    shares = [m.span() for m in _FRACTION.finditer(text) if m["many"]] + [span for span, _ in _parts_in(text)]
    for m in _NUMBER.finditer(text):
        start, end = m.start("value"), m.end()
        if any(a <= start < b for a, b in (*dates, *shares)) or _no_number(m, text):
            continue
        metres = _metres(m, text)
        value = _size(m, comma, scaled=not metres)
        n = _token(parse, (m.end("scales") if m["part"] else m.end("value")) - 1)
        unit, code = _money(m, text)
        unit, noun, way = what(parse, n, end, unit or ("%" if m["percent"] else ""))
        if m["percent"]:
            unit, noun = ("point" if "point" in m["percent"] else "%"), noun if noun not in _PERCENT else ""
        elif metres:
            unit = "metre"
        elif _TIMES.match(text, end):
            unit, noun = "times", ""
        elif not (unit or noun) and (cell := _CELL.search(text, 0, m.start())) and text.count(";") > 1:
            unit, noun = (label, "") if (label := singular(cell[1])) in MEASURES else ("", label)
        if unit == "degree" and apart(text, m.start(), end):
            way = "by"
        bound, strict = bounded(text, m.start(), end)
        if bound == "up" and unit in SPANS and re.search(r"\bover(?: (?:a|the))? $", text[: m.start()], re.IGNORECASE):
            bound = ""  # "over ten years" is how long it takes
        yield Quantity(value, value, unit, noun, bound, strict, way, n, m.start(), end, code, per(text, end))


def _no_number(m: re.Match[str], text: str) -> bool:
    """Return whether a number is none: "one of them", "12th", "MH17", "COVID-19"."""
    start, end = m.start("value"), m.end()
    if m["value"].casefold() in {"one", "a"} and not (m["scales"] or m["percent"]) and _idle(text, start, end):
        return True
    goes_on = re.match(r"[A-Za-z]", text[end : end + 1]) and not _GLUED.match(text, end) and not _TIMES.match(text, end)
    return bool(goes_on) or (text[start - 1 : start] == "-" and start > 1 and text[start - 2].isalpha())


def _metres(m: re.Match[str], text: str) -> bool:
    """Return whether the "m" behind a number stands for metres, not for millions."""
    counts = re.match(r" (?!(?:in|of|for|and|to|at|on|from|the|with|by)\b)[a-z]{3,}", text[m.end() :])
    return _scales(m) == ["m"] and not m["money"] and not counts


def _scales(m: re.Match[str]) -> list[str]:
    return re.findall(r"[a-z]+", (m["scales"] or "").casefold())


def _size(m: re.Match[str], comma: bool, *, scaled: bool) -> Decimal:
    """Return the value of a number with its parts of one, its scales, if they are such, and its sign."""
    value = share(m["value"]) if m["part"] else valued(m["value"], comma)
    value += share(m["rest"] or m["late"]) if m["rest"] or m["late"] else 0
    for scale in _scales(m) if scaled else []:
        value *= SCALES[scale.removesuffix("s") if scale not in SCALES else scale]
    return -value if m["sign"] else value


def _ordinals(parse: Parse, dates: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """Yield "250th" and "third"."""
    text = parse.text
    for m in _ORDINAL.finditer(text):
        if not any(a <= m.start() < b for a, b in dates):
            value = Decimal(m[1]) if m[1] else Decimal(_ORDINALS.index(m[2].casefold()) + 2)
            n = _token(parse, m.start())
            yield Quantity(value, value, "th", "", "", False, "", n, m.start(), m.end())


def _fractions(parse: Parse) -> Iterator[Quantity]:
    """Yield "two thirds of", in percent, and "a year and a half"."""
    text = parse.text
    for m in _FRACTION.finditer(text):
        if m["half"] and _HALVES.search(text[: m.start()]):
            continue
        n = _token(parse, m.start("half" if m["half"] else "part"))
        of = (
            [k for p in parse.below(n, "prep") if parse.word(p) == "of" for k in parse.below(p, "pobj")]
            if 0 <= n < len(parse.tokens)
            else []
        )
        noun = singular(parse.tokens[of[0]].lemma) if of and parse.tokens[of[0]].pos == "NOUN" else ""
        value = 100 * share(m[0])
        yield Quantity(value, value, "%", noun, *bounded(text, m.start(), m.end()), "", n, m.start(), m.end())
    for (start, end), value in _parts_in(text):
        n = _token(parse, end + 1)
        yield Quantity(value, value, "%", _noun_at(parse, n), *bounded(text, start, end), "", _token(parse, start), start, end)
    for m in _AND_A_HALF.finditer(text):
        n = _token(parse, m.start("unit"))
        value = Decimal("1.5")
        yield Quantity(value, value, singular(m["unit"]), "", *bounded(text, m.start(), m.end()), "", n, m.start(), m.end())


def _parts_in(text: str) -> Iterator[tuple[tuple[int, int], Decimal]]:
    """Yield each "nine in ten buses" with its value in percent; "two in five days" counts what happened, and is none."""
    for m in _IN.finditer(text):
        some, every = (valued(m[name], comma=False) for name in ("some", "all"))
        if some < every:
            yield m.span(), 100 * some / every


def _noun_at(parse: Parse, n: int) -> str:
    return singular(parse.tokens[n].lemma) if 0 <= n < len(parse.tokens) and parse.tokens[n].pos == "NOUN" else ""


def _factors(parse: Parse) -> Iterator[Quantity]:
    """Yield by what something is multiplied: "doubled", "twice as", "tenfold"."""
    text = parse.text
    for m in _FACTOR.finditer(text):
        n = _token(parse, m.start())
        verb = m["ending"] in {"ed", "ing"} or re.match(_THAN, text[m.end() :]) or (parse.tokens and parse.tokens[n].pos == "VERB")
        if not m["verb"] or verb:
            fold = (m["fold"] or "").casefold()
            value = Decimal(_FACTORS[(m["verb"] or m["word"] or m["half"]).casefold()]) if not fold else WORDS.get(fold, Decimal(100))
            yield Quantity(value, value, "times", "", *bounded(text, m.start(), m.end()), "", n, m.start(), m.end())


def _several(parse: Parse) -> Iterator[Quantity]:
    """Yield "dozens", "tens of thousands"."""
    text = parse.text
    for m in _VAGUE.finditer(text):
        least = 2 * SCALES[m["word"].casefold()[:-1]] * (10 if (m["tens"] or "")[:1] in "tT" and m["tens"] else 100 if m["tens"] else 1)
        n = _token(parse, m.start("word"))
        named = re.match(r" of (?:\w+ )?(\w+)", text[m.end() :])
        yield Quantity(
            Decimal(least), Decimal(least * 50), "", singular(named[1]) if named else "", "near", False, "", n, m.start(), m.end()
        )


def _token(parse: Parse, offset: int) -> int:
    """Return the token at a place of the text; -1 where it was not parsed."""
    return parse.at(offset) if parse.tokens else -1


def _idle(text: str, start: int, end: int) -> bool:
    """Return whether "one" counts nothing: "one of them", "no one", "the one who"."""
    return (
        text[:start].casefold().endswith(("no ", "any ", "the ", "every "))
        or re.match(r" (?!of\b|who\b|that\b|is\b|was\b|has\b|another\b)[a-z]{3,}", text[end:]) is None
    )


def _money(m: re.Match[str], text: str) -> tuple[str, str]:
    """Return the unit of money that a number stands with, and its code where its country is named."""
    if m["code"]:
        return unit_of(m["code"]), m["code"]
    if m["money"]:
        code = prefixed(m["prefix"] or "") if m["money"] == "$" else ""
        return (unit_of(code) if code else SIGNS[m["money"]]), code
    return issued(text, m.end())
