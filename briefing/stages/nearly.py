"""Two sentences that are word for word the same but for a word or two: what differs is then what is told, and neither stands for the other.

"Approved" and "disapproved", "he" and "she", "every" and "no", who shot whom, with and without "allegedly", "planned" or "fake": to a
measure of likeness these are one sentence, and to a model nearly. Sentences that differ in more than a few words are not judged here.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from briefing.language.base import Parse
from briefing.language.phrases import TITLES
from briefing.stages.compared import crossed
from briefing.text.numbers import numbers
from briefing.text.variants import known
from briefing.text.words import fold

_ALIKE = 0.7  # share of the words of the longer sentence that stand in the other one, in the same order
_TELLING = frozenset("NOUN PROPN VERB ADJ ADV NUM PRON ADP".split())
_MODIFYING = frozenset("amod advmod neg compound nummod aux predet acomp quantmod nmod".split())
_ALIKE_WORDS = frozenset(
    "in at on this that these those also too now then however meanwhile later earlier early late further moreover therefore thus".split()
)  # that may stand for each other, or be missing
_AMOUNTS = {
    **dict.fromkeys("no none neither".split(), "none"),
    **dict.fromkeys("all every each both".split(), "all"),
    **dict.fromkeys("some any either".split(), "some"),
}
_SAID = frozenset("say tell state report announce reporter journalist".split())


def apart(one: Parse, other: Parse) -> bool:
    """Return whether two sentences are nearly the same and tell different things; False where either was not parsed."""
    first, second, matcher = _matched(one, other)
    if matcher.real_quick_ratio() < _ALIKE:
        return False
    if _told(one, first) == _told(other, second) and (crossed(one, other) or crossed(other, one)):  # the same words in another order
        return True
    if not _alike(first, second, matcher):
        return False
    for kind, a, b, c, d in matcher.get_opcodes():
        mine, theirs = first[a:b], second[c:d]
        if kind == "replace" and _other(one, mine, other, theirs):
            return True
        if kind in ("insert", "delete") and (_modifies(one, mine) or _modifies(other, theirs)):
            return True
    return False


def nearly(one: Parse, other: Parse) -> bool:
    """Return whether two sentences are word for word the same but for a few words; False where either was not parsed."""
    return _alike(*_matched(one, other))


def _alike(first: Sequence[int], second: Sequence[int], matcher: SequenceMatcher[str]) -> bool:
    return sum(block.size for block in matcher.get_matching_blocks()) >= _ALIKE * max(len(first), len(second), 1)


def _matched(one: Parse, other: Parse) -> tuple[list[int], list[int], SequenceMatcher[str]]:
    first, second = _words(one), _words(other)
    return first, second, SequenceMatcher(None, [_key(one, n) for n in first], [_key(other, n) for n in second], autojunk=False)


def _words(parse: Parse) -> list[int]:
    return [n for n, token in enumerate(parse.tokens) if token.pos not in {"PUNCT", "SPACE", "X"} and any(map(str.isalnum, parse.word(n)))]


def _key(parse: Parse, n: int) -> str:
    return fold(parse.word(n))


def _other(one: Parse, mine: Sequence[int], other: Parse, theirs: Sequence[int]) -> bool:
    """Return whether words in the same place tell different things, and are not one number, name or way of saying in two forms."""
    told, given = _told(one, mine), _told(other, theirs)
    amounts = _amounts(one, mine), _amounts(other, theirs)
    if amounts[0] != amounts[1] and (all(amounts) or "none" in amounts[0] | amounts[1]):
        return True
    if told == given or told | given <= _SAID or _together(one, mine) == _together(other, theirs):
        return False
    if not told or not given:
        return True
    text, others = one.span(mine[0], mine[-1] + 1), other.span(theirs[0], theirs[-1] + 1)
    if numbers(text) and numbers(text) == numbers(others):
        return False
    names = known(others)
    return not all(names.holds(word) for word in told)


def _together(parse: Parse, part: Sequence[int]) -> str:
    """Return words written as one, without article, hyphens and spaces: "an e-mail" is "email", "health care" is "healthcare"."""
    return "".join(char for n in part if parse.tokens[n].dep not in {"det", "neg"} for char in _key(parse, n) if char.isalnum())


def _told(parse: Parse, part: Sequence[int]) -> set[str]:
    """Return the lemmas of the words that tell something."""
    found = {fold(parse.tokens[n].lemma) for n in part if parse.tokens[n].pos in _TELLING or parse.tokens[n].tag == "MD"}
    return found - _ALIKE_WORDS


def _amounts(parse: Parse, part: Sequence[int]) -> set[str]:
    """Return of how many the determiners among some words speak: "no", "every" and "all", "some"."""
    return {kind for n in part if parse.tokens[n].pos in {"DET", "CCONJ", "PRON"} and (kind := _AMOUNTS.get(_key(parse, n)))}


def _modifies(parse: Parse, part: Sequence[int]) -> bool:
    """Return whether words that only one sentence has change what a word says that both have: an adverb, a denial, a preposition."""
    for n in part:
        token = parse.tokens[n]
        word = _key(parse, n)
        harmless = word in _ALIKE_WORDS or word in TITLES or (token.dep == "compound" and token.pos == "PROPN")
        denies = token.head not in part and _amounts(parse, [n]) == {"none"}
        leads = token.pos == "ADP" and any(m not in part for m in parse.children[n])
        if not harmless and (leads or denies or (token.dep in _MODIFYING and token.head not in part)):
            return True
    return False
