"""One notion of likeness: texts as sparse vectors of their terms, weighed by how rare these are, and sentence vectors where they are had.

Terms are lemmas where a parse is at hand, else folded words; names and numbers count as they stand. Cosines are 0..1.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefing.language.base import Parse
from briefing.text.terms import terms as claim_terms
from briefing.text.words import fold, words

Terms = Counter[str]
Weights = dict[str, float]

_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "X", "SYM"}
_LEAST = 3  # letters of a term where there is no parse that knows what it is
_MEETING = 200  # texts that hold a term from which on it finds no neighbours


def terms(parse: Parse) -> Terms:
    """Return what a text is compared by, each with how often it stands there."""
    if not parse.tokens:
        return Counter(folded for word in words(parse.text) if len(folded := fold(word.text)) >= _LEAST)
    return Counter(
        fold(token.lemma or parse.word(n)) for n, token in enumerate(parse.tokens) if token.pos in _CONTENT and token.end > token.start
    )


class Rarity:
    """How rare each term is among some texts: inverse document frequency, smoothed."""

    def __init__(self, texts: Iterable[Terms]) -> None:
        self._spread: Counter[str] = Counter()
        self._number = 0
        for held in texts:
            self._number += 1
            self._spread.update(held.keys())

    @classmethod
    def of(cls, number: int, spread: Mapping[str, int]) -> Rarity:
        """Return it for so many texts, of which each term stands in so many."""
        made = cls(())
        made._number, made._spread = number, Counter(spread)
        return made

    def vector(self, held: Terms, most: int | None = None) -> Weights:
        """Return the unit vector of a text, of its weightiest terms if only so many are wanted (of equal ones the first in `held`).

        It is empty where the text has no term.
        """
        raw = {term: (1 + math.log(n)) * math.log((1 + self._number) / (1 + self._spread[term]) + 1) for term, n in held.items()}
        raw = dict(sorted(raw.items(), key=lambda one: -one[1])[:most])
        size = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
        return {term: weight / size for term, weight in sorted(raw.items())} if size else {}


def cosine(one: Weights, other: Weights) -> float:
    """Return how alike two unit vectors are."""
    small, large = sorted((one, other), key=len)
    return math.fsum(weight * large[term] for term, weight in small.items() if term in large)


def held(one: Weights, other: Weights) -> float:
    """Return the share of a vector's weight whose terms the other has too: how much of a text stands in another one."""
    whole = math.fsum(weight * weight for weight in one.values())
    return math.fsum(weight * weight for term, weight in one.items() if term in other) / whole if whole else 0.0


def neighbours(vectors: Sequence[Weights]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of texts that share a term which not too many of them have, each once, in order."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for n, vector in enumerate(vectors):
        for term in vector:
            holders[term].append(n)
    near: defaultdict[int, set[int]] = defaultdict(set)
    for members in holders.values():
        if len(members) <= _MEETING:
            for k, n in enumerate(members):
                near[n].update(members[k + 1 :])
    for n in sorted(near):
        yield from ((n, m) for m in sorted(near[n]))


# Claims of two briefs, which have no parse

ALIKE = 0.25
"""Share of the weight of the smaller claim that two claims must have in common to be taken for one."""

_PAIRS = 1.5  # for each claim, the likest of all: the model's time grows with the brief
_PARTNERS = 6  # that a claim is compared with at most
_COMMON = 60  # claims that hold a word from which on it finds no partners


class Pair(NamedTuple):
    """Two claims by their index, the first before the second, and how much of the smaller one they share."""

    one: int
    other: int
    likeness: float


def pairs(texts: Sequence[str], least: float = ALIKE, *, first: int = 0) -> list[Pair]:
    """Return the pairs that share at least so much of the weight of their rarer terms, a few for each text.

    With `first`, only pairs of one of the first so many texts with one of the others.
    """
    known = [claim_terms(text) for text in texts]
    spread = Counter(term for found in known for term in found)
    weight = {term: math.log(1 + len(texts) / n) for term, n in spread.items()}
    size = [math.fsum(weight[term] for term in found) for found in known]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found: set[Pair] = set()
    for n, own in enumerate(known):
        shared: defaultdict[int, float] = defaultdict(float)
        for term in sorted(own):
            if spread[term] <= _COMMON:
                for other in holders[term] if n >= first else ():
                    shared[other] += weight[term]
                if n < first or not first:
                    holders[term].append(n)
        near = sorted(((-common / (min(size[n], size[m]) or 1.0), m) for m, common in shared.items()))[:_PARTNERS]
        found.update(Pair(m, n, -score) for score, m in near if -score >= least)
    likest = sorted(found, key=lambda pair: (-pair.likeness, pair))[: math.ceil(_PAIRS * len(texts))]
    return sorted(likest)
