"""What texts have in common: the stems of their words, their numbers by value, their names by whom they mean."""

from briefing.text.forms import entities
from briefing.text.names import OPENERS
from briefing.text.numbers import numbers
from briefing.text.words import Word, fold, words

_STEM = 5  # letters by which words of a paraphrase are compared


def terms(text: str) -> frozenset[str]:
    """Return what two claims are compared by: stems, numbers by value, names by whom they mean."""
    return content(text) | {f"={value}" for value in numbers(text)} | {f"@{key}" for key in entities(text)}


def content(text: str) -> frozenset[str]:
    """Return the stems of the words of `text` that carry meaning (no function words, first six letters)."""
    return frozenset(f[:6] for w in words(text) if len(f := fold(w.text)) > 2 and f not in OPENERS)


def stems(text: str) -> set[str]:
    """Return the words of `text` that carry meaning, cut so that forms of one word are mostly equal."""
    return {f[:_STEM] for word in words(text) if _carries(word) and (f := fold(word.text)) not in OPENERS}


def _carries(word: Word) -> bool:
    """Return whether a word names, counts or tells something, by its form."""
    return len(word.text) > 3 or word.text[0].isupper() or any(char.isdigit() for char in word.text)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the smaller set that is in both, 0..1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
