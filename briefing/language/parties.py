"""Who or what a noun phrase means, as words that can be compared: the name or noun itself, and what hangs on it.

"the city of Kessin" is Kessin, "two of the ministers" are ministers; "the son of Marn" is a son, with Marn hanging on him.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from briefing.language.base import Parse
from briefing.language.phrases import human, lemmas
from briefing.text.variants import country
from briefing.text.words import fold

_PARTS = frozenset(
    """
    some all most many both half each one handful group number majority dozen dozens hundreds thousands percent cent % minority rest
    """.split()
)

Kind = Literal["", "person", "body", "thing"]


class Party(NamedTuple):
    """Who or what stands in a place: the folded words of the name or noun, those of what hangs on it (`of`), and what it is.

    `vague`: it only points ("he", "it"). `kind` is what it certainly is, "" where that is not plain.
    """

    words: frozenset[str]
    of: frozenset[str]
    named: bool
    vague: bool
    plural: bool
    kind: Kind
    shown: str


def party(parse: Parse, n: int) -> Party:
    """Return who or what the phrase of a noun means."""
    token = parse.tokens[n]
    if token.tag in {"WP", "WDT"}:
        return Party(frozenset(), frozenset(), named=False, vague=True, plural=False, kind="", shown=parse.word(n))
    core, of = {n}, set[int]()
    for m in parse.children[n]:
        child = parse.tokens[m]
        if child.dep in {"compound", "flat", "nmod"} and child.pos in {"PROPN", "NOUN"}:
            core |= {m, *(k for k in parse.subtree(m) if parse.tokens[k].pos in {"PROPN", "NOUN"})}
        elif child.dep == "appos":
            core |= {m, *parse.below(m, "compound")}
        elif child.dep == "prep" and parse.word(m) == "of" and _whole(parse, n):
            core |= {j for k in parse.below(m, "pobj") for i in (k, *joined(parse, k)) for j in (i, *parse.below(i, "compound"))}
        if child.dep not in {"relcl", "acl", "advcl", "ccomp", "xcomp"}:
            of |= {k for k in parse.subtree(m) if not _clause(parse, k, n)}
    of -= core
    heads = [n, *parse.below(n, "appos"), *([m for m in core if m != n] if _whole(parse, n) else [])]
    names = {m for m in heads if parse.tokens[m].pos == "PROPN" or parse.tokens[m].entity in {"PERSON", "ORG", "GPE", "NORP"}}
    vague = (token.pos == "PRON" and len(core) == 1) or token.pos == "DET"
    plural = any(parse.tokens[m].tag in {"NNS", "NNPS"} for m in (core if _whole(parse, n) else {n})) or bool(parse.below(n, "conj"))
    body = token.entity in {"ORG", "GPE", "NORP"}
    person = human(token.lemma) if token.pos == "NOUN" else token.entity == "PERSON" and len(core) > 1
    thing = token.pos == "NOUN" and not token.entity and token.lemma.casefold() not in lemmas("offices") | lemmas("documents")
    kind: Kind = "body" if body else "person" if person else "thing" if thing else ""
    return Party(_words(parse, core), _words(parse, of), bool(names), vague, plural, kind, parse.span(min(core), max(core) + 1))


def _whole(parse: Parse, n: int) -> bool:
    """Return whether what stands behind "of" is what a word means: "the city of Velm", "two of the ministers"."""
    token = parse.tokens[n]
    counts = fold(parse.word(n)) in _PARTS or token.pos == "NUM" or (token.pos == "PRON" and token.tag != "PRP")
    return counts or token.lemma.casefold() in lemmas("places")


def _clause(parse: Parse, k: int, n: int) -> bool:
    """Return whether token `k` stands in a clause below `n`."""
    while k != n:
        if parse.tokens[k].dep in {"relcl", "acl", "advcl", "ccomp", "xcomp"}:
            return True
        k = parse.tokens[k].head
    return False


def _words(parse: Parse, some: set[int]) -> frozenset[str]:
    found: set[str] = set()
    for m in some:
        found |= {f"#{k}" for k in country(f"{fold(parse.word(m - 1))}-{fold(parse.word(m))}")} if m else set()
        if parse.tokens[m].pos in {"PROPN", "NOUN", "ADJ", "NUM", "VERB", "X"}:
            word = fold(parse.word(m))
            found |= {word, word if parse.tokens[m].pos == "PROPN" else fold(parse.tokens[m].lemma)} | {f"#{k}" for k in country(word)}
    return frozenset(found)


def same(one: Party, other: Party) -> bool:
    """Return whether two parties can be one: a word in common, and of two full names not only the surname."""
    shared = one.words & other.words
    if not shared:
        return False
    least = min(len(one.words), len(other.words))
    return len(shared) * 2 >= least if one.named and other.named else True


def joined(parse: Parse, n: int) -> list[int]:
    """Return the tokens joined to one by "and"."""
    found = []
    for m in parse.below(n, "conj"):
        found += [m, *joined(parse, m)]
    return found
