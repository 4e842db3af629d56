"""The gates that need no model: they ask whether everything in a claim is in its cited sentences.

Each gate fails closed: what it cannot establish is a refusal with its reason. The same gates check drafts, saved briefs and headlines.
A gate may refuse a true claim; it may not pass a false one that it was made to see.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from briefing.text.attribution import VERBS, attributions
from briefing.text.clauses import without_filler
from briefing.text.loaded import loaded, neutral
from briefing.text.names import OPENERS, name_words
from briefing.text.numbers import numbers
from briefing.text.quotations import quotations, quoted_parts, stands_in, without_quotations
from briefing.text.signals import doubts, negations, possibilities, refusals
from briefing.text.words import Word, fold, fold_text, words
from briefing.types import Gate

_SHORTEST = 3  # words of a claim
_BOUNDS = {"over", "about", "around", "nearly", "almost", "least", "most", "than", "up", "under", "below", "approximately", "roughly"}
_PRONOUNS = {"he", "she", "it", "they", "who"}
_PARTS = re.compile(  # what a claim may leave out whole
    r"[,;:—–\n]|\s(?:but|while|though|although|who|which|due to|despite|because|amid|after|during|until|unless)\s"
)
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
    if missing:
        return f"{min(missing)} is not in the cited sentences"
    bare, exact = _limited(m.cited)
    lost = _limited(m.text)[1] & (bare - exact) if not m.verbatim else set()
    return f"lost the “over”, “nearly” or the like before “{min(lost)}”" if lost else ""


def _limited(text: str) -> tuple[set[str], set[str]]:
    """Return the counting words of `text` that stand after "over", "nearly" and the like, and those that stand without."""
    found = [fold(word.text) for word in words(text)]
    counting = [n for n, word in enumerate(found) if numbers(word, vague=False) or word in {"every", "all"}]
    bounded = {n for n in counting if set(found[max(0, n - 2) : n]) & _BOUNDS}
    return {found[n] for n in bounded}, {found[n] for n in counting if n not in bounded}


def _names(m: Material) -> str:
    """Refuse a name that no cited sentence names; around a quotation, the article may name it (its outlet, its speaker)."""
    known = {fold(word.text) for text in (m.articles if m.verbatim else m.quotes) for word in words(text)}
    first = words(m.text)[0].text if words(m.text) else ""
    missing = {n for n in name_words(m.text) if n not in known and not all(part in known for part in n.split("-"))}
    missing -= {fold(first)} if not first.isupper() and _common(first, m) else set()
    return f"{min(missing)} is not named in the cited sentences" if missing else ""


def _common(word: str, m: Material) -> bool:
    return any(re.search(rf"\b{re.escape(word.lower())}\b", article) for article in m.articles)


def _negation(m: Material) -> str:
    """Refuse a claim that denies what its sentences do not deny, or lost a denial whose words it otherwise repeats."""
    if m.verbatim:
        return ""
    if gained := _denials(without_quotations(m.text)) - _denials(m.cited):
        return f"“{min(gained)}” denies something that the cited sentences do not deny"
    lost = _lost(m, _denials)
    return f"lost the negation in “{lost}”" if lost else ""


def _denials(text: str) -> set[str]:
    return negations(text) | refusals(text)


def _doubt(m: Material) -> str:
    """Refuse a claim that states as certain what its sentences report as alleged, possible, planned or wanted."""
    if m.verbatim:
        return ""
    if lost := _lost(m, doubts):
        return f"lost the doubt in “{lost}”"
    lost = _lost(m, possibilities)
    return f"lost the possibility in “{lost}”" if lost else ""


def _lost(m: Material, signals: Callable[[str], set[str]]) -> str:
    """Return the part of the drafted sentence that holds a signal that the claim lost while it repeats the part, or ""."""
    held = signals(m.text)
    said = {fold(word.text) for word in words(m.text)}
    source = without_filler(m.quotes[0]) if m.quotes else ""
    bare = list(without_quotations(source, closed_only=True))
    for q in quotations(source):
        if q.inside(source).endswith(","):  # American commas stand inside the marks
            bare[q.end - 1] = ","
    for part in _PARTS.split("".join(bare)):
        wanted = signals(part)
        if wanted - held:
            content = {f for word in words(part) if len(word.text) > 3 and (f := fold(word.text)) not in wanted | OPENERS}
            if content and len(content & said) >= 0.4 * len(content):
                return " ".join(part.split())
    return ""


def _speaker(m: Material) -> str:
    """Refuse a speaker who is not in the article, a claim that dropped the speaker of its sentence, and one that names another."""
    if m.speaker and not any(
        fold_text(m.speaker).casefold() in fold_text(article).casefold() or _both(m.speaker, article) for article in m.articles
    ):
        return f"the speaker “{m.speaker}” is not in the cited articles"
    first = next((a.speaker for a in attributions(neutral(m.quotes[0])) if fold(a.speaker) not in _PRONOUNS), "") if m.quotes else ""
    if m.speaker and not (_shares(m.speaker, [m.text]) and (m.verbatim or not first or _tells(m.text))):
        return f"does not say that {m.speaker} said it"
    if m.verbatim:
        return ""
    if first and not m.speaker and not _shares(first, [m.text]):
        return f"lost that {first} said it"
    said = {a.speaker: m.text[a.start : a.end] for a in attributions(m.text) if fold(a.speaker) not in _PRONOUNS}
    if not _tells(m.text) and not said and any(attributions(quote) for quote in m.quotes[:1]):
        return "lost who said it"
    sources = [a.speaker for quote in m.quotes for a in attributions(neutral(quote))] + [m.speaker] * bool(m.speaker)
    other = [s for s in said if not _shares(s, [*sources, *m.quotes[1:]]) and not any(_shares(source, [said[s]]) for source in sources)]
    return f"“{other[0]}” says nothing in the cited sentences" if other else ""


def _tells(text: str) -> bool:
    """Return whether `text` holds words of saying, outside its quotations."""
    return any(word.text in VERBS or fold(word.text) == "according" for word in words(without_quotations(text)))


def _shares(speaker: str, others: Sequence[str]) -> bool:
    """Return whether one of `others` has the last word of `speaker` (the name, the noun) and at least half of its words."""
    wanted = [fold(word.text) for word in words(speaker)]
    for other in others:
        told = {fold(word.text) for word in words(other)}
        if wanted and wanted[-1] in told and sum(word in told for word in wanted) >= 0.5 * len(wanted):
            return True
    return False


def _both(speaker: str, article: str) -> bool:
    """Return whether a speaker such as "Trump and Putin" is made of names of the article."""
    return " and " in speaker and all(part in article for part in speaker.split(" and "))


def _actors(m: Material) -> str:
    """Refuse names, numbers and other words that carry meaning in another order than in the sentence: order is who did what to whom.

    A claim is made of its sentence's words in their order (see `briefing.stages.draft`). What may stand elsewhere is the attribution,
    and at the head of the claim a name from another cited sentence, in place of a pronoun.
    """
    if m.verbatim or not m.quotes:
        return ""
    source = [fold(word.text) for word in words(m.quotes[0])]
    known = set(source)
    told = [word for word in words(m.text) if (f := fold(word.text)) in known and f not in OPENERS and _carries(word)]
    if _out_of_order(told, source) is None:
        return ""
    spans = [(a.start - len(_titles(m.text[: a.start])), a.end) for a in attributions(m.text)]
    context = {fold(word.text) for quote in m.quotes[1:] for word in words(quote)}
    head = next((word.start for word in words(m.text) if not (word.text[0].isupper() and fold(word.text) in context)), 0)
    rest = [word for word in told if word.start >= head and not any(start <= word.start < end for start, end in spans)]
    wrong = _out_of_order(rest, source)
    return f"“{wrong.text}” stands in another order than in the sentence" if wrong else ""


def _titles(before: str) -> str:
    """Return the capitalised words at the end of `before`: "Mayor " before "Ines Calder said"."""
    kept = len(before)
    for word in reversed(words(before)):
        if not word.text[0].isupper() or before[word.end : kept].strip():
            break
        kept = word.start
    return before[kept:]


def _carries(word: Word) -> bool:
    """Return whether a word names, counts or tells something, by its form."""
    return len(word.text) > 3 or word.text[0].isupper() or any(char.isdigit() for char in word.text)


def _out_of_order(told: Sequence[Word], source: Sequence[str]) -> Word | None:
    """Return the first of `told` that cannot be found in `source` after the ones before it."""
    rest = iter(source)
    return next((word for word in told if fold(word.text) not in rest), None)


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
