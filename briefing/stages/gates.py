"""The gates that need no model: they ask whether everything in a claim is in its cited sentences.

Each gate fails closed: what it cannot establish is a refusal with its reason. The same gates check drafts, saved briefs and headlines.
A gate may refuse a true claim; it may not pass a false one that it was made to see.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefing.text.attribution import attributions
from briefing.text.loaded import loaded
from briefing.text.names import name_words
from briefing.text.numbers import numbers
from briefing.text.quotations import quoted_parts, stands_in, without_quotations
from briefing.text.signals import doubtful, modal, negated, refusing
from briefing.text.words import fold, fold_text, words
from briefing.types import Gate

_SHORTEST = 3  # words of a claim
_PLURAL = re.compile(r"\b(?:their|they|them|both (?:leaders|sides|men)|the two (?:leaders|sides|men|countries))\b", re.IGNORECASE)
_ANY_PLURAL = re.compile(r"\b(?:\w{3,}[^s’'\W]s|people|police|[A-Z][\w.’]+ and|\w+ and)\b|[A-Z]\w+[^.]* [A-Z]\w+ [A-Z]\w+.* [A-Z]")


class Material(NamedTuple):
    """What a gate sees: the claim, the quotes of its citations, the full texts of the cited articles, who is said to speak."""

    text: str
    quotes: Sequence[str]
    articles: Sequence[str]
    speaker: str
    verbatim: bool

    @property
    def cited(self) -> str:
        """Return the cited sentences as one text."""
        return "\n".join(self.quotes)


def check(text: str, quotes: Sequence[str], article_texts: Sequence[str], *, speaker: str = "", verbatim: bool = False) -> tuple[Gate, ...]:
    """Return what every gate says of a claim, in fixed order. A gate that breaks is a gate that refuses."""
    material = Material(text, quotes, article_texts, speaker, verbatim)
    return tuple(_run(name, gate, material) for name, gate in GATES.items())


def _run(name: str, gate: Callable[[Material], str], material: Material) -> Gate:
    try:
        detail = gate(material)
    except Exception as error:
        detail = f"the check itself failed: {type(error).__name__}"
    return Gate(name=name, passed=not detail, detail=detail)


def _whole(m: Material) -> str:
    """Refuse fragments, several lines, and quotation marks that do not pair."""
    if len(words(m.text)) < _SHORTEST:
        return "too short to say anything"
    if "\n" in m.text or not m.quotes:
        return "not one cited sentence"
    if m.text.count("“") != m.text.count("”") or m.text.count('"') % 2:
        return "quotation marks do not pair"
    lone = _PLURAL.search(m.text)
    if lone and not m.verbatim and not _ANY_PLURAL.search(m.text[: lone.start()]):
        return f"does not say whom “{lone.group()}” means"
    return ""


def _quotation(m: Material) -> str:
    """Refuse words in quotation marks that are not in the cited sentences to the letter."""
    wrong = [part for part in quoted_parts(m.text) if not any(stands_in(part, quote) for quote in m.quotes)]
    if wrong:
        return f"“{wrong[0]}” is not in the cited sentences"
    return "a verbatim claim without a quotation" if m.verbatim and not quoted_parts(m.text) else ""


def _numbers(m: Material) -> str:
    """Refuse a number that no cited sentence names."""
    missing = numbers(m.text, vague=False) - numbers(m.cited)
    return f"{min(missing)} is not in the cited sentences" if missing else ""


def _names(m: Material) -> str:
    """Refuse a name that is in none of the cited articles."""
    known = {fold(word.text) for article in m.articles for word in words(article)}
    first = words(m.text)[0].text if words(m.text) else ""
    missing = {n for n in name_words(m.text) if n not in known and not all(part in known for part in n.split("-"))}
    missing -= {fold(first)} if not first.isupper() and _common(first, m) else set()
    return f"{min(missing)} is not named in the cited articles" if missing else ""


def _common(word: str, m: Material) -> bool:
    return any(re.search(rf"\b{re.escape(word.lower())}\b", article) for article in m.articles)


def _negation(m: Material) -> str:
    """Refuse a claim that denies what its sentences do not deny, or lost a denial whose words it otherwise repeats."""
    if m.verbatim:
        return ""
    source, claim = negated(m.cited), negated(m.text)
    if claim and not source and not refusing(m.cited):
        return "denies something that the cited sentences do not deny"
    if source and not claim and not refusing(m.text) and (lost := _lost(m, negated)):
        return f"lost the negation in “{lost}”"
    if refusing(m.cited) and not refusing(m.text) and not claim and (lost := _lost(m, refusing)):
        return f"lost the refusal in “{lost}”"
    return ""


def _doubt(m: Material) -> str:
    """Refuse a claim that states as certain what its sentences report as said, alleged or possible."""
    if m.verbatim:
        return ""
    hedged = doubtful(m.text) or bool(attributions(m.text))
    if doubtful(m.cited) and not hedged and (lost := _lost(m, doubtful)):
        return f"lost the doubt in “{lost}”"
    if modal(m.cited) and not modal(m.text) and (lost := _lost(m, lambda t: bool(modal(t)))):
        return f"lost the “{min(modal(lost))}” in “{lost}”"
    return ""


def _lost(m: Material, holds: Callable[[str], bool]) -> str:
    """Return the part of a cited sentence that holds such a word and whose other words the claim repeats, or ""."""
    said = {fold(word.text) for word in words(m.text)}
    for part in re.split(
        r"[,;:—–\n]|\s(?:but|while|though|although|who|which|due to|despite|because|amid|after|during|until|unless)\s",
        without_quotations(m.cited),
    ):
        if holds(part):
            content = {fold(word.text) for word in words(part) if len(word.text) > 3 and not holds(word.text)}
            if content and len(content & said) >= 0.4 * len(content):
                return " ".join(part.split())
    return ""


def _speaker(m: Material) -> str:
    """Refuse a speaker who is not in the article, and a claim that dropped the speaker of its sentence."""
    if m.speaker and not any(
        fold_text(m.speaker).casefold() in fold_text(article).casefold() or _both(m.speaker, article) for article in m.articles
    ):
        return f"the speaker “{m.speaker}” is not in the cited articles"
    if m.speaker:
        said = {fold(word.text) for word in words(m.text)}
        if not any(fold(word.text) in said for word in words(m.speaker)):
            return f"does not say that {m.speaker} said it"
        return ""
    return "" if m.verbatim or attributions(m.text) or not attributions(m.quotes[0] if m.quotes else "") else "lost who said it"


def _both(speaker: str, article: str) -> bool:
    """Return whether a speaker such as "Trump and Putin" is made of names of the article."""
    return " and " in speaker and all(part in article for part in speaker.split(" and "))


def _actors(m: Material) -> str:
    """Refuse names in another order than in the sentence (who did it to whom), but for the speaker's and for those named twice."""
    if m.verbatim:
        return ""
    moved = {fold(word.text) for word in words(m.speaker)}
    moved |= {fold(w.text) for a in attributions(m.text) for w in words(a.speaker)}
    source = _order(m.quotes[0] if m.quotes else "")
    claim = [n for n in _order(m.text) if n in source and n not in moved]
    for before, after in pairwise(claim):
        places = [i for i, n in enumerate(source) if n == before], [i for i, n in enumerate(source) if n == after]
        if min(places[0]) > max(places[1]):
            return f"{before} and {after} stand in another order than in the sentence"
    return ""


def _order(text: str) -> list[str]:
    known = name_words(text)
    return [folded for word in words(text) if (folded := fold(word.text)) in known and word.text[0].isupper()]


def _neutral(m: Material) -> str:
    """Refuse loaded words outside quotation marks."""
    hits = loaded(m.text)
    return f"loaded wording: “{m.text[hits[0].start : hits[0].end]}”" if hits else ""


GATES: dict[str, Callable[[Material], str]] = {
    "whole": _whole,
    "quotation": _quotation,
    "numbers": _numbers,
    "names": _names,
    "negation": _negation,
    "doubt": _doubt,
    "speaker": _speaker,
    "actors": _actors,
    "neutral": _neutral,
}
"""Every gate by the name that stands in the record, in the order in which they are asked."""
