"""Quantities of a sentence as values with their unit, what they count and how they are bounded, in whatever notation.

"$7.5m", "7.5 million dollars" and "7,500,000 dollars" are one quantity; "10 000", "5,00,000" and "1.127,54" are read as those who write
so mean them. Units stay what they are: `conversions` compares those of one measure. Days and years are no quantities. In a sentence that
was not parsed, the word after a number is what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from briefing.language.base import Parse, remembered
from briefing.language.clock import clock
from briefing.language.units import CODE, GLUED, LENGTHS, MEASURES, PREFIX, SIGNS, SPANS, apart, issued, per, prefixed, singular, unit_of
from briefing.text.calendar import AGE

Bound = Literal["", "up", "down", "near"]

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_WORDS = {name: Decimal(n) for n, name in enumerate(_ONES.split())} | {
    name: Decimal(10 * n) for n, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "crore": 10**7, "dozen": 12,
    "k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
_SKIPPED = frozenset("more other new additional further the and for from with per than has was will who that are were have had".split())
_MONTHS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|(?:Oct|Nov|Dec)\w*)\b\.?"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTHS}(?:,? \d{{4}}\b)?|"
    rf"\b{_MONTHS} \d{{1,2}}\b(?![.,:]?\d)(?:st|nd|rd|th)?(?:,? (?:19|20)\d\d\b)?|\b\d{{1,2}}:\d\d\b|"
    rf"\b{AGE}s?\b(?![.,]\d)(?! ?[%$€£]| percent| people| (?!(?:as|was|has|does|its|his|this|is|games|elections)\b)[a-z]+s\b)"
)
DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:['’]\d{3})+(?!\d)|\d+(?:[.,]\d+)*"
_NAMES = "|".join(sorted(_WORDS, key=len, reverse=True))  # "fourteen" before "four"
_NAMED = rf"(?:{_NAMES})(?:[- ](?:{_NAMES}))*(?: hundred(?:(?: and)? (?:{_NAMES})(?:-(?:{_NAMES}))?)?)?"
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_SIGNS_OF_PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}
_SHARES = r"an?[ -]half|(?:an?|one|three)[ -]quarters?|(?:an?|one|two)[ -]thirds?"
_BIG = "hundred|thousand|million|billion|trillion|lakh|crore|dozen"
_NUMBER = re.compile(
    rf"(?<![\w.])(?<!\d,)(?P<sign>(?<![^\s(])[-−–](?=[$€£¥₹₽₴\d])|minus )?"
    rf"(?:(?P<code>(?-i:{CODE}))(?:[ \u00a0](?=\d)|(?=\d[\d.,]{2}))|(?P<prefix>{PREFIX})?(?P<money>[$€£¥₹₽₴])[ \u00a0]?)?"
    rf"(?P<value>(?P<part>(?:half|{_SHARES})(?:(?:[ -]of)?[ -]an?)?(?=[ -](?:{_BIG})\b))|{DIGITS}|{_NAMED}|a(?= (?:{_BIG})\b))"
    rf"(?P<rest>[ \u00a0]?[½¼¾⅓⅔]|[ -]and[ -](?:{_SHARES})(?!s?[ -](?:of|to)\b))?"
    rf"(?P<scales>(?:(?:[ \u00a0-](?:{_BIG}|mn|mln|bn|trn)s?|(?:mn|mln|bn|tn|m|k))\b)*)(?P<late>[ -]and[ -]a[ -]half(?! of\b))?"
    r"(?![\d_])(?P<percent>[ \u00a0-]?(?:%|per ?cent\b)|[ \u00a0-]percentage[ -]points?\b)?",
    re.IGNORECASE,
)
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_ORDINAL = re.compile(rf"\b(?:(\d+)(?:st|nd|rd|th)|(?<!split )({'|'.join(_ORDINALS)})(?! of| half))\b(?! {_MONTHS})", re.IGNORECASE)
_FRACTION = re.compile(
    rf"(?<!and )\b(?:(?P<many>an?|one|two|three|four|five|seven|nine)[ -](?P<part>{'|'.join(_PARTS)})s?(?= of\b)|"
    rf"(?P<half>half)(?= of\b| (?:the|its|their|all) (?:\w{{3,}}s|people)\b))"
    rf"(?! of (?:an?|\d|(?:the|this|that|last|next) (?:{'|'.join(SPANS)}))\b)",
    re.IGNORECASE,
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
    rf"(?P<word>twice|thrice)(?={_THAN})|(?P<half>half)(?= as [a-z]+)|(?P<fold>{'|'.join([*_WORDS])}|hundred)fold)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(rf"(?:-?fold\b| times(?={_THAN}))", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?P<tens>tens of |hundreds of (?=thousands))?(?P<word>dozens|hundreds|thousands|millions|billions)\b", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\b(?:(?P<up>more than|over|above|exceed\w*|upwards of|in excess of)|(?P<least>at least|no(?:t)? (?:fewer|less) than|a minimum of)|"
    r"(?P<down>(?:fewer|less) than|under|below|nearly|almost)|"
    r"(?P<most>up to|within|at most|no(?:t)? more than|a maximum of|as many as|as much as)|"
    r"(?P<near>about|around|some|roughly|approximately|an estimated|close to))(?: (?:a|an|the|half))? $",
    re.IGNORECASE,
)
_REACH = 24  # characters before a number in which what bounds it stands
_AFTER = re.compile(r"(?: \w+)? (?:(?P<least>or more|at least)|(?P<most>at most|or (?:fewer|less)))\b", re.IGNORECASE)
_CONTINENTAL = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+,\d|\d+,\d{1,2}(?![\d,])(?! ?\d{4})(?=\W)|\d{1,3}(?:\.\d{3}){2,}\b)",
)
_GLUED = re.compile(rf"(?:{GLUED})\b", re.IGNORECASE)
_AFTER_NUMBER = re.compile(r"[ \u00a0-]?(?:(?P<power>square|sq|cubic)\.?[ \u00a0-])?(?P<word>°[CF]?|[^\W\d_]+)", re.IGNORECASE)
_FEET = re.compile(r"[ -]?(?:feet|foot|ft)[.,]?[ -](?:and )?", re.IGNORECASE)
_INCHES = 12
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


def continental(text: str) -> bool:
    """Return whether a text writes decimals with a comma and thousands with a full stop, by a number that can be read in one way only."""
    return _CONTINENTAL.search(text) is not None


def opening(text: str, one: Quantity) -> int:
    """Return where a quantity begins in its text with the words that bound it: "more than 40"."""
    near = max(0, one.start - _REACH)
    found = _BEFORE.search(text[near : one.start])
    return near + found.start() if found else one.start


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
    text = parse.text
    clocks = list(clock(text))
    dates = [*(m.span() for m in _DATE.finditer(text)), *((time.start, time.end) for time in clocks)]
    shares = [m.span() for m in _FRACTION.finditer(text) if m["many"]]
    for m in [*_NUMBER.finditer(text)]:
        start, end = m.start("value"), m.end()
        if any(a <= start < b for a, b in (*dates, *shares)) or (
            m["value"].casefold() in {"one", "a"} and not (m["scales"] or m["percent"]) and _idle(text, start, end)
        ):
            continue
        glued = _GLUED.match(text, end)
        times = _TIMES.match(text, end)
        if (re.match(r"[A-Za-z]", text[end : end + 1]) and not glued and not times) or (
            text[start - 1 : start] == "-" and start > 1 and text[start - 2].isalpha()
        ):
            continue  # "12th", "MH17", "COVID-19"
        value = _share(m["value"]) if m["part"] else valued(m["value"], comma)
        value += _share(m["rest"] or m["late"]) if m["rest"] or m["late"] else 0
        scales = re.findall(r"[a-z]+", (m["scales"] or "").casefold())
        metres = (
            scales == ["m"] and not m["money"] and not re.match(r" (?!(?:in|of|for|and|to|at|on|from|the|with|by)\b)[a-z]{3,}", text[end:])
        )
        for scale in [] if metres else scales:
            value *= _SCALES[scale.removesuffix("s") if scale not in _SCALES else scale]
        last = m.end("scales") if m["part"] else m.end("value")
        n = parse.at(last - 1) if parse.tokens else -1
        unit, code = _money(m, text)
        unit, noun, way = _counted(parse, n, end, unit)
        if m["percent"]:
            unit, noun = ("point" if "point" in m["percent"] else "%"), noun if noun not in {"%", "percent", "point"} else ""
        elif metres:
            unit = "metre"
        elif times:
            unit, noun = "times", ""
        if unit == "degree" and apart(text, m.start(), end):
            way = "by"
        bound, strict = _bound(text, m.start(), end)
        if bound == "up" and unit in SPANS and re.search(r"\bover(?: (?:a|the))? $", text[: m.start()], re.IGNORECASE):
            bound = ""  # "over ten years" is how long it takes
        value = -value if m["sign"] else value
        yield Quantity(value, value, unit, noun, bound, strict, way, n, m.start(), end, code, per(text, end))
    for m in _ORDINAL.finditer(text):
        if not any(a <= m.start() < b for a, b in dates):
            value = Decimal(m[1]) if m[1] else Decimal(_ORDINALS.index(m[2].casefold()) + 2)
            n = parse.at(m.start()) if parse.tokens else -1
            yield Quantity(value, value, "th", "", "", False, "", n, m.start(), m.end())
    for m in _FRACTION.finditer(text):
        if m["half"] and _HALVES.search(text[: m.start()]):
            continue
        n = parse.at(m.start("half" if m["half"] else "part")) if parse.tokens else -1
        of = (
            [k for p in parse.below(n, "prep") if parse.word(p) == "of" for k in parse.below(p, "pobj")]
            if 0 <= n < len(parse.tokens)
            else []
        )
        noun = singular(parse.tokens[of[0]].lemma) if of and parse.tokens[of[0]].pos == "NOUN" else ""
        value = 100 * _share(m[0])
        yield Quantity(value, value, "%", noun, *_bound(text, m.start(), m.end()), "", n, m.start(), m.end())
    for m in _AND_A_HALF.finditer(text):
        n = parse.at(m.start("unit")) if parse.tokens else -1
        value = Decimal("1.5")
        yield Quantity(value, value, singular(m["unit"]), "", *_bound(text, m.start(), m.end()), "", n, m.start(), m.end())
    for m in _FACTOR.finditer(text):
        n = parse.at(m.start()) if parse.tokens else -1
        verb = m["ending"] in {"ed", "ing"} or re.match(_THAN, text[m.end() :]) or (parse.tokens and parse.tokens[n].pos == "VERB")
        if not m["verb"] or verb:
            fold = (m["fold"] or "").casefold()
            value = Decimal(_FACTORS[(m["verb"] or m["word"] or m["half"]).casefold()]) if not fold else _WORDS.get(fold, Decimal(100))
            yield Quantity(value, value, "times", "", *_bound(text, m.start(), m.end()), "", n, m.start(), m.end())
    for low, high, zone, near, start, end in clocks:
        n = parse.at(start) if parse.tokens else -1
        yield Quantity(Decimal(low), Decimal(high), "clock", zone, "near" if near else "", False, "", n, start, end)
    for m in _VAGUE.finditer(text):
        least = 2 * _SCALES[m["word"].casefold()[:-1]] * (10 if (m["tens"] or "")[:1] in "tT" and m["tens"] else 100 if m["tens"] else 1)
        n = parse.at(m.start("word")) if parse.tokens else -1
        named = re.match(r" of (?:\w+ )?(\w+)", text[m.end() :])
        yield Quantity(
            Decimal(least), Decimal(least * 50), "", singular(named[1]) if named else "", "near", False, "", n, m.start(), m.end()
        )


def _idle(text: str, start: int, end: int) -> bool:
    """Return whether "one" counts nothing: "one of them", "no one", "the one who"."""
    return (
        text[:start].casefold().endswith(("no ", "any ", "the ", "every "))
        or re.match(r" (?!of\b|who\b|that\b|is\b|was\b|has\b|another\b)[a-z]{3,}", text[end:]) is None
    )


def _share(text: str) -> Decimal:
    """Return what "three quarters", "half a" and "and a third" are of one, and "½"."""
    if text.strip() in _SIGNS_OF_PARTS:
        return _SIGNS_OF_PARTS[text.strip()]
    words = re.findall(r"[a-z]+", text.casefold())
    part = next(_PARTS[word.removesuffix("s")] for word in words if word.removesuffix("s") in _PARTS)
    return next((_WORDS[word] for word in words if word in _WORDS), Decimal(1)) / part


def _money(m: re.Match[str], text: str) -> tuple[str, str]:
    """Return the unit of money that a number stands with, and its code where its country is named."""
    if m["code"]:
        return unit_of(m["code"]), m["code"]
    if m["money"]:
        code = prefixed(m["prefix"] or "") if m["money"] == "$" else ""
        return (unit_of(code) if code else SIGNS[m["money"]]), code
    return issued(text, m.end())


def valued(text: str, comma: bool) -> Decimal:
    """Return the value of digits in any notation, or of number words."""
    if text[0].isdigit():
        plain = re.sub(r"[ \u00a0\u202f'’]", "", text)
        marks = [char for char in plain if char in ".,"]
        if marks and (len(set(marks)) == 2 or len(marks) == 1):
            last = max(plain.rfind("."), plain.rfind(","))
            after = len(plain) - last - 1
            decimal = (
                len(set(marks)) == 2
                or after != 3
                or (plain[last] == "." and not comma)
                or (plain[last] == "," and comma and plain[0] == "0")
            )
            whole, rest = (plain[:last], plain[last + 1 :]) if decimal else (plain, "")
            return Decimal(re.sub(r"[.,]", "", whole) + (f".{rest}" if rest else ""))
        return Decimal(re.sub(r"[.,]", "", plain))
    total = Decimal(0)
    for word in re.findall(r"[a-z]+", text.casefold()):
        total = total * 100 if word == "hundred" else total + _WORDS.get(word, Decimal(0))
    return total if text.casefold() != "a" else Decimal(1)


def _bound(text: str, start: int, end: int) -> tuple[Bound, bool]:
    found = _BEFORE.search(re.sub(r"(?:US|A|C)?[$€£¥₹]$", "", text[max(0, start - _REACH) : start]))
    kind = (found.lastgroup if found else None) or (m.lastgroup if (m := _AFTER.match(text[end:])) else None) or ""
    if kind in {"up", "least"}:
        return "up", kind == "up"
    if kind in {"down", "most"}:
        return "down", kind == "down"
    return ("near", False) if kind == "near" else ("", False)


def _measure(power: str, unit: str) -> str:
    """Return a unit of length with its power: "square-mile" of "sq miles"; what is none as the word that stands behind the number."""
    if not power:
        return unit
    return f"{'cubic' if power.casefold() == 'cubic' else 'square'}-{unit}" if unit in LENGTHS else singular(power)


def _counted(parse: Parse, n: int, end: int, money: str) -> tuple[str, str, str]:
    """Return the unit of the number at token `n`, the noun that it counts, and the preposition before; `money` is its unit if known."""
    after = _AFTER_NUMBER.match(parse.text, end)
    following = money or (_measure(after["power"] or "", singular(after["word"])) if after else "")
    if following.endswith("watt") and re.match(r"[ \u00a0-]?[a-z]+[ -]hours?\b", parse.text[end:], re.IGNORECASE):
        following += "-hour"
    if not 0 <= n < len(parse.tokens):
        named = re.match(r" [A-Z]\w+ ([a-z]{3,})", parse.text[end:])  # "92 Ukrainian drones"
        noun = singular(named[1]) if named else following if after and after["word"].islower() and len(following) > 2 else ""
        return (following, "", "") if money or following in MEASURES else ("", "" if noun in _SKIPPED else noun, "")
    head = n
    while (
        parse.tokens[head].dep in {"nummod", "compound", "quantmod", "nmod", "dep", "punct", "npadvmod", "advmod"}
        and parse.tokens[head].head != head
    ):
        if parse.tokens[parse.tokens[head].head].pos in {"VERB", "AUX"}:
            break
        head = parse.tokens[head].head
    lemma = singular(parse.tokens[head].lemma if parse.tokens[head].pos in {"NOUN", "PROPN"} else "")
    unit = following if money or following in MEASURES else lemma if lemma in MEASURES else ""
    above = parse.tokens[head].head if parse.tokens[head].dep in {"pobj", "appos"} else head
    way = parse.word(above).casefold() if parse.tokens[head].dep == "pobj" else ""
    if not unit:
        beside = parse.at(end + 1)
        counts = beside < len(parse.tokens) and parse.tokens[beside].pos in {"NOUN", "PROPN", "ADJ"}
        return "", lemma if head != n and lemma and lemma not in _SCALES else following if counts else "", way
    if money and parse.tokens[head].start >= end and lemma not in {*MEASURES, *_SCALES, money, ""}:  # "a $5 million loan"
        return unit, lemma, way
    for m in [*parse.children[head]]:  # "40 million crowns of debt"
        if parse.word(m) == "of" and parse.below(m, "pobj"):
            return unit, singular(parse.tokens[parse.below(m, "pobj")[0]].lemma), way
    over = parse.tokens[above].head if way == "of" else -1  # "a loss of 40 million crowns"
    return unit, singular(parse.tokens[over].lemma) if over >= 0 and parse.tokens[over].pos == "NOUN" else "", way
