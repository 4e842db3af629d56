"""Titles and what makes another one of each: "former", "acting", "deputy", "elect"; a deputy mayor is no mayor.

An outgoing mayor still is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefing.language.base import Parse
from briefing.language.phrases import lemmas
from briefing.language.referents import SHORT
from briefing.language.verbs import tense
from briefing.stages.compared import Pair
from briefing.text.words import fold

_HYPHENS = frozenset("-‑–")
_STILL = frozenset({"outgoing"})
_BEHIND = frozenset({"elect", "designate", "emeritus"})
_SAME = {
    "then": "former",
    "ex": "former",
    "formerly": "former",
    "onetime": "former",
    "interim": "acting",
    "caretaker": "acting",
    "ousted": "former",
    "retired": "former",
}


class Title(NamedTuple):
    """A noun at token `n` that may be a title, the words that make another one of it, and those of the name beside it."""

    n: int
    noun: str
    changing: frozenset[str]
    name: frozenset[str]


def titles(pair: Pair) -> str:
    """Refuse a title without its "former", "acting", "deputy" and the like, or with one that it does not have."""
    given = [title for parse in pair.evidence for title in titled(parse)]
    for n, noun, changing, name in titled(pair.claim):
        there = [title for title in given if title.noun == noun]
        there = [title for title in there if name & title.name] or [title for title in there if not title.name] or there
        changing |= {"former"} if _over(pair.claim, n) and any("former" in title.changing for title in there) else set()
        if there and all(title.changing - (_STILL - changing) != changing for title in there):
            lost = sorted(there[0].changing - changing)
            return f"“{lost[0]} {noun}” lost its “{lost[0]}”" if lost else f"“{noun}” has no “{min(changing)}” in the cited sentences"
    return ""


def _over(parse: Parse, n: int) -> bool:
    """Return whether a title is told as one of the past: who "was the treasurer" is the former one."""
    above = parse.tokens[n].head
    used = parse.tokens[above].dep == "xcomp" and parse.word(parse.tokens[above].head).casefold() == "used"
    return parse.tokens[n].dep == "attr" and (used or tense(parse, above) == "past")


def titled(parse: Parse) -> Iterator[Title]:
    """Yield each noun that may be a title."""
    for n, token in enumerate(parse.tokens):
        if token.pos not in {"NOUN", "PROPN"} or token.entity == "PERSON" or fold(parse.word(n)) in lemmas("changing"):
            continue
        found: set[str] = set()
        m = n - 1
        while (
            m >= 0
            and n - m < 6
            and (parse.tokens[m].pos in {"NOUN", "PROPN", "ADJ", "ADV", "VERB", "NUM"} or parse.word(m) in _HYPHENS)
            and parse.tokens[m].entity != "PERSON"
        ):
            if parse.tokens[m].pos == "VERB" and parse.tokens[m].dep not in {"amod", "compound"}:
                break
            if fold(parse.word(m)) != "then" or _then(parse, m):
                found |= {_SAME.get(word, word) for word in lemmas("changing") & {fold(parse.word(m))}}
            m -= 1
        found |= _behind(parse, n + 1)
        noun = fold(token.lemma).rstrip(".")
        yield Title(n, SHORT.get(noun, noun), frozenset(found), _beside(parse, n))


def _then(parse: Parse, n: int) -> bool:
    """Return whether "then" belongs to a title: "the then mayor", "then-mayor"; not "and then Mayor Lund spoke"."""
    return parse.word(n + 1) in _HYPHENS or (n > 0 and parse.tokens[n - 1].pos in {"DET", "PRON"})


def _behind(parse: Parse, n: int) -> frozenset[str]:
    """Return "elect" where "elect" or "-elect" stands at token `n`, and is no verb: "the council to elect a chair" is no title."""
    if n >= len(parse.tokens):
        return frozenset()
    joined = parse.word(n) in _HYPHENS and n + 1 < len(parse.tokens)
    return _BEHIND & {fold(parse.word(n + joined))} if joined or parse.tokens[n].pos != "VERB" else frozenset()


def _beside(parse: Parse, n: int) -> frozenset[str]:
    """Return the words of the person that a title stands beside."""
    people = [e for e in parse.entities if e.kind == "PERSON"]
    near = [
        e for e in people if e.first - 3 <= n < e.first or (e.last <= n and n - e.last < 8 and parse.tokens[n].dep in {"appos", "attr"})
    ]
    return frozenset(fold(parse.word(k)) for e in near[:1] for k in range(e.first, e.last))
