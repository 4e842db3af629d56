"""What a sentence speaks of as known because its article brought it up before: "the crash", "this plan", Lind of two who are called so.

A reader who was not told of it does not know which is meant. What everybody knows stands with "the" from the first: "the economy".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from briefing.language.base import Parse
from briefing.language.phrases import phrase
from briefing.language.pronouns import NOW, UNIQUE

_NOUNS = frozenset(["NOUN", "PROPN"])
_POINTERS = frozenset(["the", "this", "that", "these", "those"])


def points_back(parse: Parse, earlier: Iterable[Parse], gone: Collection[int] = ()) -> set[str]:
    """Return the nouns that a sentence speaks of as known ("the film") because `earlier` sentences, nearest first, brought them up as new.

    Of labelled sentences that would be printed by themselves such a one fails to stand ten times as often as it stands, of those behind
    another line six times. What is spoken of as known where it is named first ("the region") is mostly known to everybody, and is none.
    Tokens that are `gone` are not looked at.
    """
    known = {parse.tokens[n].lemma.casefold() for n in _definite(parse) if n not in gone}
    return {lemma for lemma in known if _new(lemma, earlier)} if known else set()


def _definite(parse: Parse) -> Iterator[int]:
    """Yield the nouns with "the" or a pointing word that nothing behind them, no name and nobody whose they are tells apart."""
    for n, token in enumerate(parse.tokens):
        if token.pos != "NOUN" or token.entity:
            continue
        first, last = phrase(parse, n)
        lemma, pointer = token.lemma.casefold(), parse.word(first).casefold()
        closed = last == n + 1 or (last > n + 1 and parse.word(n + 1) == "(")  # nothing behind it says which
        if first == n or not closed or pointer not in _POINTERS or lemma in UNIQUE or (pointer == "this" and lemma in NOW):
            continue
        between = [parse.tokens[m] for m in range(first, n)]
        if not parse.below(n, "poss") and not any(one.pos in {"PROPN", "NUM"} or one.entity for one in between):
            yield n


def _new(lemma: str, earlier: Iterable[Parse]) -> bool:
    """Return whether the first of `earlier` sentences, nearest first, that has a noun, or a name with it, has it as something new."""
    mentions = [(one, n) for one in earlier if (n := _mention(one, lemma)) >= 0]
    if not mentions:
        return False
    one, n = mentions[-1]
    return one.tokens[n].pos == "PROPN" or one.word(phrase(one, n)[0]).casefold() not in _POINTERS


def _mention(parse: Parse, lemma: str) -> int:
    return next((n for n, token in enumerate(parse.tokens) if token.pos in _NOUNS and token.lemma.casefold() == lemma), -1)
