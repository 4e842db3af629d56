"""Small words that turn the meaning of a sentence: negation, doubt."""

import re

from briefing.text.words import fold, words

_NEGATORS = {
    "no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "hardly", "unlikely", "barely",
}  # fmt: skip
_DOUBTS = {
    "reportedly", "allegedly", "alleged", "alleges", "alleging", "purportedly", "supposedly", "apparently", "rumored", "rumoured",
    "unconfirmed", "believed", "thought", "suspected", "appears", "appeared", "seems", "seemed", "accused", "charged",
}  # fmt: skip
_HEDGES = re.compile(
    r"\b(?:(?:is|are|was|were|been) (?:said|alleged|reported|thought|believed|understood|rumou?red|quoted|described|cited) (?:to|as|by|of|that)|"
    r"according to|reports?|allegation\w*|allegedly|reportedly|apparently|claims?|seemingly|seem\w*|appear\w*|suspected)\b",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)


def _hits(text: str, among: set[str]) -> set[str]:
    return {folded for word in words(text) if (folded := fold(word.text)) in among}


def negations(text: str) -> set[str]:
    """Return the words of `text` that deny, "not" for "n't"."""
    return _hits(text, _NEGATORS) | ({"not"} if _CONTRACTED.search(text) else set())


def doubts(text: str) -> set[str]:
    """Return the words of `text` that mark something as not established."""
    return _hits(text, _DOUBTS)


def as_sure(one: str, other: str) -> bool:
    """Return whether two texts deny and doubt alike: both something, or both nothing."""
    return bool(negations(one)) == bool(negations(other)) and bool(doubts(one)) == bool(doubts(other))


def _found(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match.group().casefold() for match in pattern.finditer(text)}


def hedges(text: str) -> set[str]:
    """Return the words of `text` that leave open whether something is so, by themselves or as hearsay ("was said to")."""
    return doubts(text) | _found(_HEDGES, text)
