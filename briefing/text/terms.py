"""What texts have in common: the stems of their words, their numbers by value, their names by whom they mean."""

from briefing.text.forms import entities
from briefing.text.names import OPENERS
from briefing.text.numbers import numbers
from briefing.text.words import fold, words


def terms(text: str) -> frozenset[str]:
    """Return what two claims are compared by: stems, numbers by value, names by whom they mean."""
    return content(text) | {f"={value}" for value in numbers(text)} | {f"@{key}" for key in entities(text)}


def content(text: str) -> frozenset[str]:
    """Return the stems of the words of `text` that carry meaning (no function words, first six letters)."""
    return frozenset(f[:6] for w in words(text) if len(f := fold(w.text)) > 2 and f not in OPENERS)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the smaller set that is in both, 0..1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
