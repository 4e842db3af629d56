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
_ROWS = 200  # texts whose neighbours are looked for at once


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


def neighbours(vectors: Iterable[Weights]) -> Iterator[tuple[int, NDArray[np.int32], NDArray[np.float64]]]:
    """Yield for each text the later ones that share a term with it which not too many of them have, in order, and how alike they are.

    Texts without any are left out. What meets grows with the terms of the texts, and memory holds the neighbours of a few texts at a time.
    """
    import numpy as np  # slow to import, and most texts are compared with one other
    from scipy import sparse

    columns: dict[str, int] = {}
    ends, terms, weights = [0], array("i"), array("d")
    for vector in vectors:
        terms.extend(columns.setdefault(term, len(columns)) for term in vector)
        weights.extend(vector.values())
        ends.append(len(terms))
    whole = sparse.csr_array((np.array(weights), np.array(terms), ends), shape=(len(ends) - 1, len(columns)))
    met = whole[:, np.bincount(whole.indices, minlength=len(columns)) <= _MEETING]
    whole_by_term, met_by_term = whole.T.tocsr(), met.T.tocsr()
    for start in range(0, len(ends) - 1, _ROWS):
        meeting = (met[start : start + _ROWS] @ met_by_term).sign()
        found = meeting.multiply(whole[start : start + _ROWS] @ whole_by_term).tocsr()
        found.sort_indices()
        for n, (first, last) in enumerate(pairwise(found.indptr.tolist()), start):
            others, cosines = found.indices[first:last], found.data[first:last]
            later = others.searchsorted(n, "right")
            if later < len(others):
                yield n, others[later:], cosines[later:]
