"""Quantities in text as values with what they count, in whatever notation.

"1.2 million tonnes" and "1,200,000 tonnes" are the same one, and so are "$2.5 billion" and "2.5 billion dollars". Numbers inside dates are no quantities (see `dates`), nor are words that often count nothing ("one of them"). Units are compared, never
converted: miles stay miles.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from briefing.text.dates import moments
from briefing.text.numbers import numbers
from briefing.text.words import Word, fold, words

_SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "millions": 10**6, "mln": 10**6, "billion": 10**9, "billions": 10**9,
    "bn": 10**9, "trillion": 10**12, "trn": 10**12,
}  # fmt: skip
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₽": "rouble", "₴": "hryvnia"}
_UNITS = {
    "km": "kilometre", "kms": "kilometre", "kilometer": "kilometre", "kilometers": "kilometre", "m": "metre", "meter": "metre",
    "meters": "metre", "cm": "centimetre", "kg": "kilogram", "kgs": "kilogram", "ton": "tonne", "tons": "tonne", "eur": "euro",
    "usd": "dollar", "gbp": "pound", "pc": "percent", "people": "person", "persons": "person", "men": "man", "women": "woman",
    "children": "child", "ruble": "rouble", "rubles": "rouble", "hrs": "hour", "mins": "minute",
}  # fmt: skip
_BOUND = re.compile(
    r"\b(?:(?P<up>more than|over|at least|above|exceeding|upwards of)|(?P<down>fewer than|less than|under|below|up to|nearly|almost))\s$",
    re.IGNORECASE,
)
_REACH = 16  # characters before a number in which its bound stands
_SHORT = re.compile(r"(\d+(?:\.\d+)?)(m|mn|bn|tn|k)")  # "$5m"
_SUFFIXES = {"m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "k": 1000}
_SIGN = re.compile(r"(?:US|A|C)?([$€£¥₽₴])\s?$")
_PERCENT = re.compile(r"\s?%")
_PER_CENT = re.compile(r"\s+per\s+cent\b", re.IGNORECASE)
_SKIPPED = frozenset("more other new additional further of the at or and to in by for from on with per as than".split())
_CODE = re.compile(r"(?=[^\W\d_]*\d)(?=\d*[^\W\d_])[^\W_]{2,6}")  # letters and digits


class Quantity(NamedTuple):
    """A value in its plainest decimal form, what it counts ("" where no word says so), and the span that shows it, its unit included.

    `bound` is "up" for "more than 500", "down" for "nearly 500", else "".
    """

    value: str
    unit: str
    start: int
    end: int
    bound: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Name the value with its unit."""
        return self.value, self.unit


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text, in order."""
    return list(_quantities(text))


@lru_cache(maxsize=1 << 13)  # a claim is compared with several others
def _quantities(text: str) -> tuple[Quantity, ...]:
    told = words(text)
    spans = [(moment.start, moment.end) for moment in moments(text)]
    found: list[Quantity] = []
    n = 0
    while n < len(told):
        word = told[n]
        value = None if any(start <= word.start < end for start, end in spans) else _value(word, text)
        n += 1
        if value is None:
            continue
        end = word.end
        while n < len(told) and (scale := _SCALES.get(fold(told[n].text))) and text[end : told[n].start] in {" ", "-", "\u00a0", "\n"}:
            value *= scale
            end, n = told[n].end, n + 1
        inside, start = _inside(word), word.start
        unit, end, start = (inside, end, start) if inside else _unit(text, told, n, start, end)
        bounds = [m.lastgroup or "" for m in _BOUND.finditer(text[max(0, start - _REACH) : start])]
        found.append(Quantity(_plain(value), unit, start, end, bounds[-1] if bounds else ""))
    return tuple(found)


def _value(word: Word, text: str) -> Decimal | None:
    if _code(word.text):
        return None
    if (short := _SHORT.fullmatch(word.text)) and (len(short[2]) > 1 or _SIGN.search(text, max(0, word.start - 4), word.start)):
        return Decimal(short[1]) * _SUFFIXES[short[2]]
    held = numbers(word.text, vague=False)
    if len(held) != 1:
        return None
    try:
        return Decimal(next(iter(held)))
    except InvalidOperation:
        return None


def _code(word: str) -> bool:
    """Return whether a word with digits is a name ("A4", "MH17"): letters first."""
    return bool(_CODE.fullmatch(word)) and word[0].isalpha()


def _inside(word: Word) -> str:
    """Return the unit of "30-day"."""
    tail = word.text.rpartition("-")[2]
    return unit_of(tail) if "-" in word.text and not numbers(tail) else ""


def _unit(text: str, told: Sequence[Word], n: int, start: int, end: int) -> tuple[str, int, int]:
    """Return what the number before word `n` counts, and the span that shows both."""
    if sign := _SIGN.search(text, max(0, start - 4), start):
        return _SIGNS[sign[1]], end, sign.start()
    if percent := _PERCENT.match(text, end) or _PER_CENT.match(text, end):
        return "percent", percent.end(), start
    if n + 1 < len(told) and told[n].text[0].isupper() and text[end : told[n].start] == " " == text[told[n].end : told[n + 1].start]:
        if not told[n + 1].text[0].islower() or fold(told[n + 1].text) in _SKIPPED:
            return "", end, start
        n, end = n + 1, told[n].end  # "92 Ukrainian drones"
    if n < len(told) and text[end : told[n].start] in {" ", "\u00a0", "\n", "-"} and told[n].text[0].islower():
        following = told[n]
        if fold(following.text) in _SKIPPED:
            return "", end, start
        points = fold(following.text) == "percentage" and n + 1 < len(told)
        return unit_of(following.text), (told[n + 1] if points else following).end, start
    return "", end, start


def unit_of(word: str) -> str:
    """Return the form in which what is counted is compared: singular, in one spelling."""
    folded = fold(word)
    if folded in _UNITS:
        return _UNITS[folded]
    if len(folded) > 4 and folded.endswith("ies"):
        return f"{folded[:-3]}y"
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss") else folded


def _plain(value: Decimal) -> str:
    """Return a decimal without an exponent or trailing zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
