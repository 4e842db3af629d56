"""Does what a clause of a claim says stand together in the evidence? Of two sentences, each true, a claim may not make a third thing.

claim ─ clauses ─► parts (who, what, to whom, where) ─ each beside the sentence that holds most of the rest ─► a part from elsewhere, or ""

A claim of two clauses may rest on two sentences; a clause rests on one. Refused is only a part that has another one in its place there, and
not where either sentence points to the other: by "he", "the call", "the minister", or by a verb that leaves out what it is about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from briefing.language.base import CONTENT, TIMES, VERBS, Parse, remembered
from briefing.language.parties import joined
from briefing.language.phrases import SUBJECTS, human, lemmas
from briefing.language.subjects import subject_of
from briefing.stages.compared import Pair
from briefing.text.variants import Known, country, known
from briefing.text.words import fold

_APART = frozenset("advcl conj parataxis".split())  # clauses that may rest on another sentence than the one they hang on
_CLAUSES = _APART | {"ccomp", "relcl", "acl"}
_PARTS = frozenset({*SUBJECTS, "dobj", "dative", "prep", "agent", "attr"})
_MORE = frozenset("prep relcl acl amod compound".split())  # what says by itself which one is meant
_BARE = frozenset("aux neg mark punct advmod cc".split())
_DEFINITE = frozenset("the this these those both".split())
_WHERE = frozenset("in at over across near throughout inside outside above around through along off".split())
_STEM = 5  # letters by which words are compared
_MOST = 0.5  # share of the words of a part, or of the rest of its clause, that a sentence holds

Words = frozenset[int]


class _Part(NamedTuple):
    """A part of a clause: its head, its place there, the verb or noun that governs it, its words and those of the rest of the clause."""

    n: int
    place: str
    under: str
    words: Words
    rest: Words


def elsewhere(pair: Pair) -> str:
    """Return why a clause of a claim is put together of two sentences, or ""."""
    claim = pair.claim
    if len(set(pair.evidence)) == 1:
        return ""
    held = {parse: _held(claim, range(len(claim.tokens)), parse) for parse in pair.evidence}
    for part in _parts(claim):
        best = max(len(part.rest & found) for found in held.values())
        homes = [parse for parse, found in held.items() if len(part.rest & found) == best]
        others = [parse for parse, found in held.items() if _holds(part.words, found) and not _holds(part.rest, found)]
        lost = len(part.rest) > 1 and all(_holds(part.rest, held[one]) and _replaced(claim, part, one, held[one]) for one in homes)
        introduced = any(_introduced(claim, part, one, other) for one in homes for other in others)
        if lost and not introduced and not all(_leaning(claim, part, one) for one in others):
            inside = list(_phrase(claim, part.n))
            return f"“{claim.span(min(inside), max(inside) + 1)}” stands in another of the cited sentences than the rest"
    return ""


def _holds(some: Words, found: Words) -> bool:
    return bool(some) and len(some & found) >= _MOST * len(some)


def _replaced(claim: Parse, part: _Part, parse: Parse, found: Words) -> bool:
    """Return whether a sentence lacks a part, and has quite something else in its place, beside what the rest of the clause says."""
    if _holds(part.words, found) or _head(claim, part.n) in found:
        return False
    every = range(len(parse.tokens))
    back, told = _held(parse, every, claim, part.rest), _held(parse, every, claim, part.rest | part.words)
    alike = [m for m in every if _place(parse, m) == part.place]
    own = [m for m in alike if _above(parse, m) == part.under]
    there = own or [m for m in alike if ({parse.tokens[m].head, *parse.children[parse.tokens[m].head]} - {m}) & back]
    if any(_pointing(parse, _head(parse, m)) for m in there):
        return False
    return any(not _content(parse, _phrase(parse, m)) & told for m in there)


def _introduced(claim: Parse, part: _Part, home: Parse, other: Parse) -> bool:
    """Return whether a part is the name, as a later sentence has it, of whom the first one tells without: "A ferry company was fined"."""
    named = _held(other, range(len(other.tokens)), claim, part.words) if claim.tokens[part.n].pos == "PROPN" else frozenset[int]()
    unnamed = (m for m in range(len(home.tokens)) if _place(home, m) == part.place and _above(home, m) == part.under)
    return any(other.tokens[m].dep in SUBJECTS for m in named) and any(_indefinite(home, _head(home, m)) for m in unnamed)


def _indefinite(parse: Parse, m: int) -> bool:
    """Return whether a noun tells of somebody, or of a body, that it does not name: "a man", "a ferry company"."""
    token = parse.tokens[m]
    some = any(parse.word(k).casefold() in {"a", "an"} for k in parse.below(m, "det"))
    sort = human(token.lemma) or token.lemma in lemmas("offices")
    return some and sort and token.pos == "NOUN" and not token.entity and not parse.below(m, "appos")


def _above(parse: Parse, n: int) -> str:
    return fold(parse.tokens[parse.tokens[n].head].lemma)


def _leaning(claim: Parse, part: _Part, parse: Parse) -> bool:
    """Return whether a sentence tells a part of what another one names: "he said that …", "the call, told by …", "Kell agreed"."""
    for n in _held(parse, range(len(parse.tokens)), claim, part.words):
        if parse.tokens[n].dep in SUBJECTS and all(parse.tokens[m].dep in _BARE for m in parse.children[parse.tokens[n].head] if m != n):
            return True
        while parse.tokens[n].head != n and parse.tokens[n].dep not in {"advcl", "parataxis"}:
            n = parse.tokens[n].head
            if any(_pointing(parse, k) for k in (n, *parse.below(n, *SUBJECTS))):
                return True
    return False


def _pointing(parse: Parse, m: int) -> bool:
    """Return whether a word may mean somebody or something that another sentence names: "he", "the plan", "the new mayor"."""
    token = parse.tokens[m]
    if token.pos in {"PRON", "DET"}:
        return True
    definite = any(parse.word(k).casefold() in _DEFINITE for k in parse.below(m, "det"))
    if not token.entity and (human(token.lemma) or token.lemma in lemmas("offices")):
        return definite or bool(parse.below(m, "poss"))
    return token.pos == "NOUN" and definite and not parse.below(m, *_MORE)


def _place(parse: Parse, n: int) -> str:
    """Return the place of a part in its clause, as of the active: "s", "o", "where", another preposition, or ""."""
    dep, word = parse.tokens[n].dep, parse.word(n).casefold()
    if dep == "prep":
        timed = any(parse.tokens[m].entity in TIMES for m in parse.below(n, "pobj"))
        return "where" if word in _WHERE and not timed else word
    if dep == "nsubjpass":  # of "Velm is said to have paid" it is who pays
        return "s" if parse.below(parse.tokens[n].head, "xcomp") else "o"
    return {"agent": "s", "nsubj": "s", "dobj": "o", "attr": "o"}.get(dep, "")


def _head(parse: Parse, n: int) -> int:
    return next(iter(parse.below(n, "pobj", "pcomp")), n)


@remembered
def _parts(parse: Parse) -> tuple[_Part, ...]:
    """Return the parts of each clause of a sentence, the subject that it shares with another clause among them."""
    found: list[_Part] = []
    for n, token in enumerate(parse.tokens):
        if token.pos not in VERBS or not (token.head == n or token.dep in _CLAUSES):
            continue
        inside = frozenset(_inside(parse, n))
        heads = [m for m in sorted(inside) if parse.tokens[m].dep in _PARTS and _place(parse, m)]
        several = [(k, m) for m in heads for k in (m, *(k for k in joined(parse, m) if parse.tokens[k].pos == "PROPN"))]
        parts = [(k, _place(parse, k), _above(parse, m), _content(parse, _phrase(parse, k))) for k, m in several]
        words = _content(parse, inside)
        plain = token.dep == "relcl" or (token.dep in {"conj", "advcl"} and parse.below(token.head, *SUBJECTS))
        shared = subject_of(parse, n) if plain else -1
        if shared >= 0 and shared not in inside:
            parts.append((shared, "s", fold(token.lemma), _content(parse, _phrase(parse, shared)) - inside))
            words |= parts[-1][-1]
        found += [_Part(*part, words - part[-1]) for part in parts if part[-1]]
    return tuple(found)


def _inside(parse: Parse, n: int) -> Iterator[int]:
    """Yield the tokens of a clause without those of the clauses that may rest on another sentence."""
    yield n
    for m in parse.children[n]:
        if parse.tokens[m].dep not in _APART or parse.tokens[m].pos not in VERBS:
            yield from _inside(parse, m)


def _phrase(parse: Parse, n: int) -> Iterator[int]:
    """Yield a token and what hangs on it, without the names that are joined to it."""
    yield n
    for m in parse.children[n]:
        if parse.tokens[m].dep != "conj" or parse.tokens[m].pos != "PROPN":
            yield from _phrase(parse, m)


def _content(parse: Parse, some: Iterator[int] | Collection[int]) -> Words:
    return frozenset(m for m in some if parse.tokens[m].pos in CONTENT)


def _held(parse: Parse, some: Collection[int], other: Parse, among: Collection[int] | None = None) -> Words:
    """Return which tokens of a sentence another one has, in whatever form; `among`: which tokens of the other are looked at."""
    looked = range(len(other.tokens)) if among is None else sorted(among)
    there = {fold(form)[:_STEM] for n in looked for form in (other.tokens[n].lemma, other.word(n))}
    names = known(other.text) if among is None else Known(" ".join(other.word(n) for n in looked))
    return frozenset(
        m
        for m in some
        if {fold(parse.tokens[m].lemma)[:_STEM], fold(parse.word(m))[:_STEM]} & there
        or ((parse.tokens[m].pos == "PROPN" or country(fold(parse.word(m)))) and names.holds(fold(parse.word(m))))
    )
