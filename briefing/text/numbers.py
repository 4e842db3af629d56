"""Numbers in text, as values that can be compared: "thirty-five", "35" and "35th" name the same one."""

import re
from functools import lru_cache

from briefing.text.words import words

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_WORDS = {
    **{name: str(n) for n, name in enumerate(_UNITS)},
    **{name: str(10 * n) for n, name in enumerate(_TENS, start=2)},
    **{name: str(n) for n, name in enumerate(_ORDINALS, start=1)},
    "dozen": "12", "dozens": "12", "hundred": "100", "hundreds": "100", "thousand": "1000", "thousands": "1000",
    "million": "1000000", "millions": "1000000", "mln": "1000000", "bn": "1000000000", "billion": "1000000000", "billions": "1000000000",
    "half": "0.5", "twice": "2", "double": "2", "triple": "3",
}  # fmt: skip
_PAIRED = re.compile(rf"\b({'|'.join(_TENS)}) ({'|'.join(_UNITS[1:10])})\b", re.IGNORECASE)
_VAGUE = {"one", "first", "second", "half"}
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def numbers(text: str, *, vague: bool = True) -> set[str]:
    """Return the values named in `text` as plain decimal strings.

    `vague=False` leaves out words that often are no number ("one of them", "a second later"): ask for the claim without them and for its
    source with them, and a claim is never refused for a pronoun.
    """
    found: set[str] = set()
    for word in words(_PAIRED.sub(r"\1-\2", text)):
        found |= _values(word.text, vague)
    return found


@lru_cache(maxsize=1 << 14)  # the same few thousand words come again and again
def _values(word: str, vague: bool) -> frozenset[str]:
    parts = word.casefold().split("-")
    found = {_plain(d) for part in parts for d in _DIGITS.findall(part)}
    named = [part for part in parts if part in _WORDS and (vague or part not in _VAGUE)]
    if len(named) == 2 and named[0] in _TENS and named[1] in _UNITS:
        found.add(str(int(_WORDS[named[0]]) + int(_WORDS[named[1]])))
    else:
        found.update(_WORDS[part] for part in named)
    return frozenset(found)


def _plain(digits: str) -> str:
    """Read "1,000" and "1.000" as a thousand, "3.5" and "3,5" as a decimal, "007" as seven."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        return _whole(re.sub(r"[.,]", "", digits))
    whole, _, fraction = digits.replace(",", ".").partition(".")
    return _whole(whole) + (f".{fraction}" if fraction else "")


def _whole(digits: str) -> str:
    """Return decimal digits of any script and length as plain ones, without leading zeros ("٠٧" and "007" are "7")."""
    return "".join(str(int(digit)) for digit in digits).lstrip("0") or "0"
