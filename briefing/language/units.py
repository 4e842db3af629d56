"""Units in one spelling: of measure, of time, of money and whose, and for how much of what ("a tonne", "per hour")."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "ruble", "₴": "hryvnia"}
_PREFIXES = {
    "US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "NZ": "NZD", "HK": "HKD", "S": "SGD", "SG": "SGD",
    "NT": "TWD", "R": "BRL",
}  # fmt: skip
_CODES: dict[str, tuple[str, tuple[str, ...]]] = {
    code: (words.split()[0], tuple(word.replace("_", " ") for word in words.split()[1:]))
    for code, words in tomllib.loads((files("briefing.language") / "data" / "money.toml").read_text(encoding="utf-8")).items()
}
_SYMBOLS = {
    "km": "kilometre", "kms": "kilometre", "cm": "centimetre", "mm": "millimetre", "kg": "kilogram", "ha": "hectare", "kw": "kilowatt",
    "ft": "foot", "lb": "pound", "lbs": "pound", "oz": "ounce", "km²": "square-kilometre", "m²": "square-metre", "m³": "cubic-metre",
    "mw": "megawatt", "gw": "gigawatt", "tw": "terawatt", "kwh": "kilowatt-hour", "mwh": "megawatt-hour", "gwh": "gigawatt-hour",
    "twh": "terawatt-hour", "mph": "mile", "kph": "kilometre", "kmh": "kilometre", "hr": "hour", "hrs": "hour", "pc": "%",
}  # fmt: skip
_SPELT = _SYMBOLS | {
    "kilometer": "kilometre", "meter": "metre", "m": "metre", "ton": "tonne", "litre": "liter", "usd": "dollar", "eur": "euro",
    "gbp": "pound", "rouble": "ruble", "krona": "crown", "kronor": "crown", "krone": "crown", "kroner": "crown", "koruna": "crown",
    "renminbi": "yuan", "lei": "leu", "leva": "lev", "reais": "real", "percent": "%", "c": "degree", "°": "degree", "°c": "degree",
    "°f": "degree", "feet": "foot", "inches": "inch", "knots": "knot", "nautical": "nautical-mile",
    "men": "man", "women": "woman", "people": "person", "children": "child",
}  # fmt: skip
_HOURLY = frozenset({"mph", "kph", "kmh"})
MONEY = frozenset({"crown", "peso"} | {unit for unit, _ in _CODES.values()}) - {"real"}
SPANS = frozenset("second minute hour day week month year decade".split())
LENGTHS = frozenset("metre kilometre centimetre millimetre mile yard foot inch".split())
MEASURES = (
    MONEY
    | SPANS
    | frozenset(_SYMBOLS.values())
    | LENGTHS
    | frozenset(f"{power}-{length}" for power in ("square", "cubic") for length in LENGTHS)
    | frozenset("% point nautical-mile knot acre gram tonne ounce liter gallon barrel degree watt".split())
)

CODE = "|".join(_CODES)
"""A pattern of the codes of currencies."""
PREFIX = "|".join(_PREFIXES)
"""A pattern of what stands before a dollar sign and says whose dollars."""
GLUED = "|".join(_SYMBOLS)
"""A pattern of the symbols that are written without a space behind their number."""

_WHOSE = {word: code for code, (_, words) in _CODES.items() for word in words}
_ISSUED = re.compile(
    rf"[ \u00a0-](?P<whose>{'|'.join(map(re.escape, sorted(_WHOSE, key=len, reverse=True)))})[ -](?P<unit>[a-z]+)\b", re.IGNORECASE
)
_CODED = re.compile(rf"[ \u00a0]?({CODE})\b")
_PER = re.compile(
    r"(?:[ \u00a0-]?°?[^\W\d_]+(?: of [^\W\d_]+)?)?(?:(?: [^\W\d_]+)? per (?:metric )?|/|(?P<article> an? ))(?P<what>[^\W\d_]+)",
    re.IGNORECASE,
)
_WARMTH = re.compile(
    r"[ \u00a0-]?(?:°|(?i:degrees?)[ \u00a0-])?(?:(?P<celsius>C|(?i:celsius|centigrade))|(?P<fahrenheit>F|(?i:fahrenheit)))\b"
)
_CHANGED = re.compile(
    r"\b(?:r[io]s\w+|f[ae]ll\w*|drop\w*|climb\w*|(?:in|de)creas\w+|warm\w*|cool\w*|heat\w*|chang\w+|differ\w+|jump\w*)(?: up| down)?"
    r"(?: of| by)?(?: [a-z]+){0,2}? $",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\W+(?:[^\W\d]+\W+){0,2}?(?:above|below|of warming|(?:warm|cool|hott|cold|high|low)er|more|less)\b", re.IGNORECASE)
_WARMING = re.compile(r"\bwarming\b[^,;]*$", re.IGNORECASE)
_TO = re.compile(r"\b(?:from|to|at|as) (?:[a-z]+ ){0,2}$", re.IGNORECASE)
SCALES = frozenset({"celsius", "centigrade", "fahrenheit"})
"""Names of persons in units: who writes one names nobody."""

_WHAT = {"capita": "person", "head": "person", "annum": "year", "h": "hour", "t": "tonne", "l": "liter"}


def issued(text: str, start: int) -> tuple[str, str]:
    """Return the unit and the code of money whose name stands at `text[start:]` with its country ("Australian dollars", "AUD"), or ""."""
    if coded := _CODED.match(text, start):
        return unit_of(coded[1]), coded[1]
    found = _ISSUED.match(text, start)
    unit = singular(found["unit"]) if found else ""
    if not found or (unit not in MONEY and unit != "real"):
        return "", ""
    words = found["whose"].casefold()
    return unit, next((code for code, (name, whose) in _CODES.items() if name == unit and words in whose), "")


def prefixed(prefix: str) -> str:
    """Return the code of the money that a dollar sign means behind a prefix ("A" of "A$5"), or ""."""
    return _PREFIXES.get(prefix.upper(), "")


def unit_of(code: str) -> str:
    """Return the unit of money with a code."""
    return _CODES[code][0]


@cache
def _article(what: str) -> bool:
    """Return whether "a" before a word can mean "per": "40 euros a tonne", not "5 people a reporter met"."""
    return what in MEASURES or what in {"person", "share", "piece"}


def per(text: str, start: int) -> str:
    """Return for how much of what a quantity is, whose number ends at `start`: "tonne" of "40 euros a tonne", or "".

    Of degrees it is the scale: "celsius".
    """
    if warmth := _WARMTH.match(text, start):
        return warmth.lastgroup or ""
    symbol = re.match(r"[ \u00a0]?([a-z]+)", text[start:], re.IGNORECASE)
    if symbol and symbol[1].casefold() in _HOURLY:
        return "hour"
    found = _PER.match(text, start)
    what = singular(found["what"]) if found else ""
    return "" if not found or what == "cent" or (found["article"] and not _article(what)) else _WHAT.get(what, what)


def apart(text: str, start: int, end: int) -> bool:
    """Return whether degrees, whose number is `text[start:end]`, say how far two temperatures are apart: "rose 2 degrees"."""
    before = text[:start]
    changed = _CHANGED.search(before) is not None and not _TO.search(before)
    return changed or _COMPARED.match(text, end) is not None or _WARMING.search(before) is not None


def singular(word: str) -> str:
    """Return the form in which what is counted is compared: one of several, in one spelling."""
    low = word.casefold()
    if low in _SPELT:
        return _SPELT[low]
    low = (
        f"{low[:-3]}y"
        if len(low) > 4 and low.endswith("ies")
        else low[:-1]
        if len(low) > 3 and low.endswith("s") and not low.endswith("ss")
        else low
    )
    return _SPELT.get(low, low)
