"""Words as exact spans, and the form in which two of them are compared."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.,](?=\d)\d+)*(?:[’'\-‑][^\W_]+)*", re.UNICODE)
_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‑": "-", "\u00a0": " "})

_SHORT = 1000  # characters of a text whose words are kept


class Word(NamedTuple):
    """A word `text[start:end]`; "U.S.", "Trump's", "30-day" and "1,000.5" are one word each."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of `text` in order, without punctuation."""
    return list(_found(text)) if len(text) <= _SHORT else _find(text)


@lru_cache(maxsize=1 << 13)  # a sentence is asked for its words by every gate
def _found(text: str) -> tuple[Word, ...]:
    return tuple(_find(text))


def _find(text: str) -> list[Word]:
    return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


def base(word: str) -> str:
    """Return `word` without a possessive ending."""
    return _POSSESSIVE.sub("", word)


@lru_cache(maxsize=1 << 16)  # the same few thousand words come again and again
def fold(word: str) -> str:
    """Return the form in which words are compared: no case, no possessive, no accents, no dots ("U.S.'s" -> "us")."""
    plain = unicodedata.normalize("NFKD", base(word).translate(_FOLD))
    return "".join(c for c in plain if not unicodedata.combining(c)).replace(".", "").casefold()


def flat(text: str) -> str:
    """Return text as copies are compared: without case, white space made plain."""
    return " ".join(text.casefold().split())


def fold_text(text: str) -> str:
    """Return text with typographic quotes and white space made plain, for literal search; offsets are not kept."""
    return " ".join(text.translate(_FOLD).split())
