"""Words that only describe: adjectives and adverbs without which a sentence says less and nothing else.

"A fierce debate" is a debate, and who "staunchly defended" it defended it. Where a word tells which one is meant, counts, denies, doubts or
limits, where the noun means them all, or where something denies the whole, it may not go. Whether one goes is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefing.language.base import Parse, remembered
from briefing.language.kept import holds
from briefing.language.verbs import quoted, sound, within

_NOT_SO = frozenset(
    """
    false fake mock proposed planned attempted failed unsuccessful partial temporary draft virtual artificial pretend unofficial informal
    tentative future past old new other same different such own main sole first last next right wrong
    """.split()
)  # without these another thing is meant
_HOW_MANY = frozenset("no any all every each few many much more most both either neither enough some several".split())
_CONSONANTS = frozenset("bcdfgjklmnpqrstvwxyz")
_TAGS = frozenset(["JJ", "VBG", "VBN"])
_DESCRIBING = frozenset(["advmod", "npadvmod", "punct", "compound", "amod"])


class Modifier(NamedTuple):
    """`text[start:end]` may become `text`: nothing, or the article that the next word needs."""

    start: int
    end: int
    text: str


@remembered
def modifiers(parse: Parse) -> tuple[Modifier, ...]:
    """Return the words that may go, one by one and, where a comma joins two before their noun, both at once."""
    if not sound(parse) or parse.text.rstrip()[-1:] == "?":
        return ()
    spoken = quoted(parse.text)
    found: list[Modifier] = []
    for n, token in enumerate(parse.tokens):
        if token.dep == "amod" and token.head > n:
            found += _adjective(parse, n)
        elif token.dep == "advmod" and token.tag == "RB":
            found += _adverb(parse, n)
    return tuple(one for one in found if not any(within(place, spoken) for place in range(one.start, one.end)))


def _adjective(parse: Parse, n: int) -> Iterator[Modifier]:
    """Yield the cut of an adjective before a noun that is one thing, or things that something tells apart."""
    below = parse.subtree(n)
    first, last = below[0], below[-1] + 1
    beside = all(parse.tokens[m].dep in _DESCRIBING for m in below if m != n)
    if below != list(range(first, last)) or last != n + 1 or not beside or parse.tokens[n].tag not in _TAGS:
        return
    if not _one(parse, parse.tokens[n].head) or not _describes(parse, first, last):
        return
    following = parse.word(last) if last < len(parse.tokens) else ""
    if following == "," and last + 1 < len(parse.tokens) and parse.tokens[last + 1].dep == "amod":
        yield from _without(parse, first, last + 1)
        second = parse.subtree(last + 1)
        end = second[-1] + 1
        if second == list(range(last + 1, end)) and parse.word(end) not in {",", "and", "or"} and _describes(parse, last + 1, end):
            yield from _without(parse, first, end)
    elif following in {",", "and", "or", "but"}:
        return
    elif first > 1 and parse.word(first - 1) == ",":
        if parse.tokens[first - 2].dep == "amod":
            yield Modifier(parse.tokens[first - 2].end, parse.tokens[last - 1].end, "")
    elif not first or parse.word(first - 1).casefold() not in {"and", "or", "but"}:
        yield from _without(parse, first, last)


def _without(parse: Parse, first: int, last: int) -> Iterator[Modifier]:
    """Yield the cut of tokens `first` to `last`, with the article before them where it has to change with the word that follows."""
    tokens = parse.tokens
    article = parse.word(first - 1) if first else ""
    if article.casefold() not in {"a", "an"}:
        yield Modifier(tokens[first].start, tokens[last].start, "")
        return
    needed = _article(parse.word(last))
    if article.casefold() == needed:
        yield Modifier(tokens[first].start, tokens[last].start, "")
    elif needed:
        told = needed.capitalize() if article[0].isupper() else needed
        yield Modifier(tokens[first - 1].start, tokens[last].start, f"{told} ")


def _article(word: str) -> str:
    """Return the article that a word needs, or "" where its letters do not tell: "hour", "union", "FBI"."""
    if word[:1] in _CONSONANTS:
        return "a"
    doubtful = word.startswith(("eu", "ew", "one", "once"))
    return "an" if word[:1] in {"a", "e", "i", "o"} and not doubtful else ""


def _one(parse: Parse, noun: int) -> bool:
    """Return whether a noun means one thing or several that are told apart, of which nothing is denied or counted out."""
    token = parse.tokens[noun]
    said = {parse.word(m).casefold() for m in parse.children[noun]}
    if token.pos != "NOUN" or token.entity or token.dep in {"attr", "acomp"} or said & _HOW_MANY:
        return False
    if any(parse.tokens[m].tag in {"JJS", "JJR"} for m in parse.children[noun]):
        return False
    if token.tag == "NNS" and not parse.below(noun, "det", "poss", "nummod"):
        return False
    return not _denied(parse, noun)


def _denied(parse: Parse, n: int) -> bool:
    """Return whether something above a token, or what introduces it, denies it."""
    while True:
        if parse.below(n, "neg") or any(parse.word(m).casefold() in _HOW_MANY for m in parse.below(n, "det")):
            return True
        if parse.word(n).casefold() in {"without", "if", "unless"}:
            return True
        if parse.tokens[n].head == n:
            return False
        n = parse.tokens[n].head


def _adverb(parse: Parse, n: int) -> Iterator[Modifier]:
    """Yield the cut of an adverb of manner beside its verb."""
    token, tokens = parse.tokens[n], parse.tokens
    verb = token.head
    fit = parse.word(n).endswith("ly") and not parse.children[n] and tokens[verb].pos == "VERB" and 0 < n < len(tokens) - 1
    if not fit or not _describes(parse, n, n + 1) or _denied(parse, verb):
        return
    beside = {parse.word(n - 1), parse.word(n + 1)}
    if beside & {",", "and", "or", "but", "-", "–", "—"} or tokens[n + 1].pos in {"ADJ", "ADV"}:
        return
    if n < verb or any(m > n and tokens[m].pos != "PUNCT" for m in parse.children[verb]):
        yield Modifier(token.start, tokens[n + 1].start, "")


def _describes(parse: Parse, first: int, last: int) -> bool:
    """Return whether words say nothing that must stay, and no other thing is meant without them."""
    said = {part for n in range(first, last) for part in (parse.word(n).casefold(), parse.tokens[n].lemma.casefold())}
    named = any(parse.tokens[n].entity or parse.word(n)[:1].isupper() for n in range(first, last))
    return not named and not said & _NOT_SO and not holds(parse, first, last)
