"""Numerals as values, and patterns of them: digits in whatever notation, number words, parts of one.

"10 000", "5,00,000" and "1.127,54" are read as those who write so mean them. What a number counts is for `quantities` to say.
"""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
WORDS = {name: Decimal(n) for n, name in enumerate(_ONES.split())} | {
    name: Decimal(10 * n) for n, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
"""What number words up to ninety say."""

SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "crore": 10**7, "dozen": 12,
    "k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
"""By how much a word or its short form multiplies."""

PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_SIGNS_OF_PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}
DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:['’]\d{3})+(?!\d)|\d+(?:[.,]\d+)*"
_NAMES = "|".join(sorted(WORDS, key=len, reverse=True))  # "fourteen" before "four"
NAMED = rf"(?:{_NAMES})(?:[- ](?:{_NAMES}))*(?: hundred(?:(?: and)? (?:{_NAMES})(?:-(?:{_NAMES}))?)?)?"
SHARES = r"an?[ -]half|(?:an?|one|three)[ -]quarters?|(?:an?|one|two)[ -]thirds?"
BIG = "hundred|thousand|million|billion|trillion|lakh|crore|dozen"
"""Patterns of digits, of number words, of parts of one, and of words that multiply."""

_CONTINENTAL = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+,\d|\d+,\d{1,2}(?![\d,])(?! ?\d{4})(?=\W)|\d{1,3}(?:\.\d{3}){2,}\b)",
)


def continental(text: str) -> bool:
    """Return whether a text writes decimals with a comma and thousands with a full stop, by a number that can be read in one way only."""
    return _CONTINENTAL.search(text) is not None


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
        total = total * 100 if word == "hundred" else total + WORDS.get(word, Decimal(0))
    return total if text.casefold() != "a" else Decimal(1)


def share(text: str) -> Decimal:
    """Return what "three quarters", "half a" and "and a third" are of one, and "½"."""
    if text.strip() in _SIGNS_OF_PARTS:
        return _SIGNS_OF_PARTS[text.strip()]
    words = re.findall(r"[a-z]+", text.casefold())
    part = next(PARTS[word.removesuffix("s")] for word in words if word.removesuffix("s") in PARTS)
    return next((WORDS[word] for word in words if word in WORDS), Decimal(1)) / part
