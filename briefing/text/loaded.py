"""Loaded wording in a text: words that judge what they report, scare quotes, and the text without them.

A word inside quotation marks is somebody's and stays theirs; titles and names by which a person or a thing is known ("Supreme Leader",
"Ivan the Terrible", "Serbian Radical Party") are left alone. The list itself is in `lexicon`.
"""

import re
from functools import cache
from typing import NamedTuple

from briefing.text.attribution import attributions
from briefing.text.lexicon import HARMLESS, HONOURS, PRAISE, RULERS, TERMS, Term
from briefing.text.names import OPENERS
from briefing.text.quotations import Quotation, quotations, without_quotations
from briefing.text.words import fold, fold_text, words

_NEAR = 120  # characters around a term that are looked at
_LONGEST = 48  # characters of a scare quote
_DOUBTED = re.compile(r"\b(?:so-called|self-styled|supposed)\s$", re.IGNORECASE)
_MARKS = "“”\"‘’'"
_SINGLE = re.compile(r"(?<!\w)[‘'](?=[a-z])([^‘’'“”\"]{2,40})[’'](?!\w)")
_NAMING = re.compile(
    r"(?<![\w-])(?:known as|call(?:s|ed|ing)?|dubbed|nicknamed|named|titled|entitled|label\w+|brand\w+|termed|describ\w+|translat\w+|means?|reads?|"
    r"words?|terms?|phrases?|slogans?|songs?|films?|books?|series|plays?|games?|albums?|rating|campaign|votes?)\b",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"\b(?:is|are|was|were|be|been|being|seem(?:s|ed)?|appear(?:s|ed)?|look(?:s|ed)?|prov(?:es|ed)|becomes?|became|remain(?:s|ed)?|"
    r"sound(?:s|ed)?|fe(?:els?|lt))\s(?:not\s|so\s|very\s|too\s|more\s|most\s|quite\s|also\s|now\s|still\s|\w+ly\s)*(?:(?:a|an|the|nothing but)\s)?$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?<![\w-])(?:(?:call|brand|label|dub|deem|consider|term)(?:s|ed|ing|led|ling)?\s(?!on\b|for\b)[^.,;:]{0,60}?|"
    r"(?:describ|denounc|regard|condemn|portray|see)\w*\s[^.,;:]{0,60}?(?=\bas\s)|being\s)"
    r"(?P<as>\b(?:as an?|as|an?)\s)?$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:^|\b(?:a|an|the|this|that|these|those|his|her|its|their|of|in|by|for|with|and)|[’']s)\s?$", re.IGNORECASE)
_JOINING = frozenset(["and", "or", "but", "yet"])
_SHARED_ARTICLE = re.compile(r"(\b(?:a|an)\s+\w+)\s+(?:and|or|but)\s+$", re.IGNORECASE)
_LISTED = re.compile(r"((?:\b(?:a|an|the|his|her|its|their)|[’']s)\s\w+),\s*$", re.IGNORECASE)
_VOWEL = re.compile(r"(?:[aeio]|u(?!ni|s[ei]|k\b)|hour|honest|heir)(?!ne\b|nce\b)", re.IGNORECASE)
_AFTER = frozenset("after before by to as at than enough against without within upon toward towards over under between among about".split())


class Found(NamedTuple):
    """A loaded term at `text[start:end]` outside quotation marks, or a quotation that mocks what it quotes."""

    start: int
    end: int
    term: Term


@cache
def _pattern() -> re.Pattern[str]:
    found = sorted((t.word for t in TERMS), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(w).replace("\\ ", r"\s+") for w in found) + r")(?![\w-])", re.IGNORECASE)


@cache
def _harmless() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(HARMLESS) + r")\b", re.IGNORECASE)


@cache
def _by_word() -> dict[str, Term]:
    return {t.word: t for t in TERMS}


def loaded(text: str) -> list[Found]:
    """Return the loaded terms of `text` outside double quotation marks, and its scare quotes, in order."""
    quoted = quotations(text)
    scare = _scare_quotes(text, quoted)
    spans = [(q.start, q.end) for q in quoted] + [(s.start, s.end) for s in scare] + [m.span() for m in _harmless().finditer(text)]
    found = [
        Found(m.start(), m.end(), _by_word()[fold_text(m.group()).casefold()])
        for m in _pattern().finditer(text)
        if not any(start <= m.start() and m.end() <= end for start, end in spans) and not _in_a_name(text, m)
    ]
    return sorted(found + scare)


def _in_a_name(text: str, m: re.Match[str]) -> bool:
    """Return whether a listed word is part of a name, by its capital and that of the word beside it: "Mr Butcher", "Resident Evil"."""
    if not m.group()[0].isupper() or _by_word()[fold_text(m.group()).casefold()] in RULERS:
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
    spoken = attributions(text)
    return [hit for hit in found if all(hit.start <= a.start < hit.end for a in spoken)]


def _mocked(text: str, start: int, end: int) -> Found | None:
    """Return the quotation if it holds praise or an office, or has "so-called" before it; names ("Coalition of the Willing") are not mocked."""
    inside = text[start + 1 : end - 1].strip()
    said = [fold(word.text) for word in words(inside)]
    doubted = _DOUBTED.search(text[max(0, start - _LONGEST) : start])
    name = inside[:1].isupper() and bool(text[:start].strip())
    if not 1 <= len(said) <= 3 or name or inside[-1:] in ".,;:!?" or not (said[-1] in HONOURS or said[0] in PRAISE or doubted):
        return None
    kept = "" if said[-1] in HONOURS else " ".join(w for w in inside.split() if fold(w) not in PRAISE)
    begin = start - len(doubted.group()) if doubted else start
    return Found(begin, end, Term(text[begin:end], "" if kept == inside else kept, "mocks a name by putting it in quotation marks"))


def _can_go(text: str, hit: Found) -> bool:
    """Return whether a sentence stays a sentence, and as true, when the term is replaced or left out.

    It does not where the term is what the sentence says ("The raid was brutal", "called him a dictator"), or where it stands for a noun.
    """
    before, after = text[max(0, hit.start - _NEAR) : hit.start], text[hit.end : hit.end + _NEAR]
    described = _describes(before, after)
    if hit.term in TERMS and not hit.term.word.endswith(("ed", "that")):
        called = _CALLED.search(before)
        if _COPULA.search(before) or (called and (called["as"] or not (described or _DETERMINED.search(before)))):
            return False
    if hit.term.instead or text[hit.start : hit.end].casefold().endswith(("ly", "-called", "-styled", "-proclaimed")):
        return True
    joined = re.search(r"(\w+)\s+(?:and|or|but)\s+$", before)
    if joined and not _SHARED_ARTICLE.search(before) and not (joined[1].endswith("s") or joined[1][0].isupper()):
        return False
    return described and (hit.term in TERMS or (fold(hit.term.word.strip(_MARKS)) in PRAISE and not re.match(r"\s\w+ed\b", after)))


def _describes(before: str, after: str) -> bool:
    """Return whether what stands between two texts describes the noun that follows, alone or with another word ("brutal and long war")."""
    following = re.match(r"\s+(?P<word>[\w’'-]+|[“\"‘])", after)
    if following and fold(following["word"]) not in _JOINING:
        return fold(following["word"]) not in OPENERS | _AFTER
    another = re.match(r"(?:\s+(?:and|or|but|yet)|,)\s+(?P<word>[\w’'-]+)(?:\s+(?P<noun>\w+))?", after)
    if another is None or fold(another["word"]) in OPENERS | _AFTER:
        return False
    noun = not after.startswith(",") and fold(another["noun"] or "the") not in OPENERS | _AFTER
    return noun or bool(_DETERMINED.search(before))


def neutral(text: str) -> str:
    """Return `text` with its loaded terms replaced or left out. Quotations stay, and so do terms that it cannot do without."""
    for hit in reversed(loaded(text)):
        if not _can_go(text, hit):
            continue
        instead = hit.term.instead
        if instead and text[hit.start].isupper() and hit.start == 0:
            instead = instead[0].upper() + instead[1:]
        near = max(0, hit.start - _NEAR)
        before, after = text[near : hit.start], text[hit.end :]
        joined = _fitting(before, instead + after) if instead else _joined(before, after, adverb=text.endswith("ly", 0, hit.end))
        text = text[:near] + joined
    return text.strip()


def _joined(before: str, after: str, *, adverb: bool) -> str:
    """Join what stood around a word that is left out: one space, no comma or "and" too many, a capital at the start."""
    if not before.strip():
        after = re.sub(r"^\s*(?:,|and\b|or\b)?\s*", "", after)
        return after[:1].upper() + after[1:]
    if before.rstrip().endswith(",") and after.lstrip().startswith(","):
        return before.rstrip()[:-1] + after.lstrip()[1:]
    if adverb:
        before = re.sub(r"(?<=ly)\s+(?:and|or|but)\s+$", " ", before)
        after = re.sub(r"^\s(?:and|or|but)\b(?=\s\w+ly\b)", "", after)
    else:
        before = _LISTED.sub(r"\g<1> ", _SHARED_ARTICLE.sub(r"\g<1> ", before))
        after = re.sub(r"^(?:,|\s(?:and|or|but|yet)\b)(?=\s\w)", "", after) if before[-1:].isspace() else after
    if after.lstrip()[:1] in {",", ".", ";", ":"}:
        return before.rstrip() + after.lstrip()
    return _fitting(before, after.lstrip(" \t") if before[-1].isspace() else after)


def _fitting(before: str, after: str) -> str:
    """Join two texts, "a" or "an" at the end of the first made to fit the second."""
    fit = "an" if _VOWEL.match(after) else "a"
    return re.sub(r"\b([Aa])n?(\s+)$", lambda m: m[1] + fit[1:] + m[2], before) + after
