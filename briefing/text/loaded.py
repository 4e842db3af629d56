"""Loaded wording in a text: words that judge what they report, and scare quotes. They are found here, and never replaced.

A word inside quotation marks is somebody's and stays theirs; titles and names by which a person or a thing is known ("Supreme Leader",
"Ivan the Terrible", "Serbian Radical Party") are left alone. The list itself is in `lexicon`.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from briefing.text.attribution import says
from briefing.text.lexicon import HONOURS, PRAISE, REGIME, RULERS, TERMS, Term
from briefing.text.quotations import Quotation, quotations, without_quotations
from briefing.text.words import fold, words

_NEAR = 120  # characters around a term that are looked at
_LONGEST = 48  # characters of a scare quote
_DOUBTED = re.compile(r"\b(?:so-called|self-styled|supposed)\s$", re.IGNORECASE)
_SINGLE = re.compile(r"(?<!\w)[‘'](?=[a-z])([^‘’'“”\"]{2,40})[’'](?!\w)")
_NAMING = re.compile(
    r"(?<![\w-])(?:known as|call(?:s|ed|ing)?|dubbed|nicknamed|named|titled|entitled|label\w+|brand\w+|termed|describ\w+|translat\w+|means?|reads?|"
    r"words?|terms?|phrases?|slogans?|songs?|films?|books?|series|plays?|games?|albums?|rating|campaign|votes?)\b",
    re.IGNORECASE,
)
_RULES = re.compile(
    r"(?:^|[.!?:]\s|\b(?:the|this|that|a|an|his|her|its|their|old|new|between|and)\s|[’']s\s|[’']\s|(?-i:[A-Z])[\w-]*\s)$", re.IGNORECASE
)
_OF_PLACE = re.compile(r"\s(?:of|in)\s(?:the\s)?[A-Z]")
_OF_THINGS = re.compile(r"\sof\s(?:the\s)?[a-z]")


class Found(NamedTuple):
    """A loaded term at `text[start:end]` outside quotation marks, or a quotation that mocks what it quotes."""

    start: int
    end: int
    term: Term


@cache
def _patterns() -> tuple[tuple[Term, re.Pattern[str]], ...]:
    found = [(term, re.compile(rf"(?<![\w-])(?i:{term.pattern})(?![\w-])")) for term in TERMS]
    return (*found, (REGIME, re.compile(rf"(?<![\w-])(?i:{REGIME.pattern})(?![\w-])")))


@lru_cache(maxsize=1 << 13)  # a sentence is looked at when it is weighed, told and checked
def loaded(text: str) -> tuple[Found, ...]:
    """Return the loaded terms of `text` outside double quotation marks, and its scare quotes, in order."""
    quoted = quotations(text)
    scare = _scare_quotes(text, quoted)
    spans = [(q.start, q.end) for q in quoted] + [(s.start, s.end) for s in scare]
    found = [
        Found(m.start(), m.end(), term)
        for term, pattern in _patterns()
        for m in pattern.finditer(text)
        if not any(start <= m.start() and m.end() <= end for start, end in spans) and not _in_a_name(text, m, term)
        if term is not REGIME or _rules(text, m)
    ]
    outermost = (h for h in found + scare if not any(other != h and other.start <= h.start and h.end <= other.end for other in found))
    return tuple(sorted(outermost))


def _rules(text: str, m: re.Match[str]) -> bool:
    """Return whether a regime rules a place or is somebody's: "the Velm regime", "the old regime of Brell"; not "the tax regime"."""
    if _OF_PLACE.match(text, m.end()):
        return True
    return bool(_RULES.search(text[max(0, m.start() - _NEAR) : m.start()])) and not _OF_THINGS.match(text, m.end())


def _in_a_name(text: str, m: re.Match[str], term: Term) -> bool:
    """Return whether a listed word is part of a name, by its capital and that of the word beside it: "Mr Butcher", "Resident Evil"."""
    if not m.group()[0].isupper() or term in RULERS or term is REGIME:
        return False
    before, after = text[max(0, m.start() - _NEAR) : m.start()], text[m.end() : m.end() + _NEAR]
    if not before.strip(" “\"‘'") or re.search(r"[.!?:]\s*$", before):
        return False
    return bool(re.search(r"\b[A-Z][\w.]*\s$", before) or re.match(r"\s[A-Z]", after))


def _scare_quotes(text: str, quoted: list[Quotation]) -> list[Found]:
    """Find the quotations of one to three words that mock what they quote, in a sentence in which nobody speaks or names anything."""
    bare = without_quotations(text)
    spans = sorted([(q.start, q.end) for q in quoted if q.closed] + [m.span() for m in _SINGLE.finditer(bare)])
    found = [hit for start, end in spans if end - start <= _LONGEST and (hit := _mocked(text, start, end))]
    if not found or _NAMING.search(bare):
        return []
    return [] if says(text) else found


def _mocked(text: str, start: int, end: int) -> Found | None:
    """Return the quotation if it holds praise or an office, or has "so-called" before it; names ("Coalition of the Willing") are not mocked."""
    inside = text[start + 1 : end - 1].strip()
    said = [fold(word.text) for word in words(inside)]
    doubted = _DOUBTED.search(text[max(0, start - _LONGEST) : start])
    name = inside[:1].isupper() and bool(text[:start].strip())
    if not 1 <= len(said) <= 3 or name or inside[-1:] in ".,;:!?" or not (said[-1] in HONOURS or said[0] in PRAISE or doubted):
        return None
    begin = start - len(doubted.group()) if doubted else start
    return Found(begin, end, Term(text[begin:end], "mocks a name by putting it in quotation marks"))
