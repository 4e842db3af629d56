"""One notion of likeness: texts as sparse vectors of their terms, weighed by how rare these are, and sentence vectors where they are had.

Terms are lemmas where a parse is at hand, else folded words; names and numbers count as they stand. Cosines are 0..1.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.language.base import Parse
from briefing.text.words import fold, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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


def neighbours(vectors: Iterable[Weights]) -> Iterator[tuple[int, NDArray[np.intp], NDArray[np.float64]]]:
    """Yield for each text the later ones that share a term with it which not too many of them have, in order, and how alike they are.

    Texts without any are left out. What meets grows with the terms of the texts, and memory holds the neighbours of one text at a time.
    """
    import numpy as np  # slow to import, and most texts are compared with one other

    numbers: dict[str, int] = {}
    ends, terms, weights = [0], array("q"), array("d")
    for vector in vectors:
        terms.extend(numbers.setdefault(term, len(numbers)) for term in vector)
        weights.extend(vector.values())
        ends.append(len(terms))
    term, weight = np.array(terms, np.intp), np.array(weights)
    spread = np.bincount(term, minlength=len(numbers))
    by_term = term.argsort(kind="stable")
    holders, theirs = np.repeat(np.arange(len(ends) - 1), np.diff(ends))[by_term], weight[by_term]
    last = spread.cumsum()
    first = last - spread  # of each term its first holder that is still to come
    for n, (start, end) in enumerate(pairwise(ends)):
        own = term[start:end]
        first[own] += 1
        many = last[own] - first[own]
        at = np.arange(many.sum()) + np.repeat(first[own] - many.cumsum() + many, many)
        later = holders[at]
        others = np.flatnonzero(np.bincount(later[np.repeat(spread[own] <= _MEETING, many)]))
        if len(others):
            cosines = np.bincount(later, np.repeat(weight[start:end], many) * theirs[at])
            yield n, others, np.asarray(cosines[others], np.float64)
