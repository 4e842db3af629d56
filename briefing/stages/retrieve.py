"""Which sentences could answer a question: found by words and by meaning together, without the writing model. Never a verdict.

question ─ terms ─► FTS5 ─► sentences, and the articles they stand in ─ vectors ─► nearest in meaning
                                                   └ both orders fused ─► the first few

Words find names and numbers, vectors find what is said in other words; each misses what the other finds. Only the sentences of articles
that share words with the question get vectors, so that asking a thousand articles costs little more than asking ten. A row of a table is
found by its own words alone, so that a long table costs no more than a short one; its vector is that of the row with its header.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from briefing.index import fused
from briefing.language.document import Document
from briefing.model.vectors import Embedder
from briefing.store import Index
from briefing.text.questions import subjects
from briefing.text.rows import passage
from briefing.text.terms import terms
from briefing.text.variants import known
from briefing.text.words import fold, words

MOST = 8
"""Sentences that are put before the judge."""

_HITS = 100
_ARTICLES = 12  # whose sentences are compared by meaning
_SENTENCES = 400


class Candidate(NamedTuple):
    """A sentence that could answer: sentence `number` of the article; `likeness` is the cosine of its vector and the question's."""

    document: Document
    number: int
    likeness: float


def retrieve(question: str, index: Index, documents: Mapping[int, Document], embedder: Embedder, most: int = MOST) -> list[Candidate]:
    """Return the sentences nearest to a question, nearest first. `documents` are by the article's number in the index.

    Of sentences that are word for word the same, that of the first article stands for all.
    """
    hits = index.search(terms(question), documents.keys(), _HITS)
    best: dict[int, float] = {}
    for hit in hits:
        best.setdefault(hit.article, hit.score)
    chosen = sorted(best, key=lambda n: -best[n])[:_ARTICLES] or sorted(documents)[:_ARTICLES]
    by_words = [(hit.article, hit.sentence) for hit in hits]
    near = [(n, number) for n in chosen for number in _body(documents[n])]
    places = list(dict.fromkeys([*by_words, *near]))[:_SENTENCES]
    vectors = index.vectors([passage(documents[n].article, number) for n, number in places], embedder)
    likeness = dict(zip(places, (vectors @ index.vectors([question], embedder)[0]).tolist(), strict=True))
    by_meaning = sorted(places, key=lambda place: (-likeness[place], place))
    order = {n: place for place, n in enumerate(documents)}
    first: dict[str, tuple[int, int]] = {}
    for n, number in sorted(places, key=lambda place: (order[place[0]], place[1])):
        first.setdefault(passage(documents[n].article, number), (n, number))
    told = dict.fromkeys(first[passage(documents[n].article, number)] for n, number in fused(by_words, by_meaning))
    return [Candidate(documents[n], number, likeness[n, number]) for n, number in islice(told, most)]


def _body(document: Document) -> list[int]:
    return list(document.body())


def unnamed(question: str, index: Index, documents: Mapping[int, Document], candidates: Sequence[Candidate]) -> str:
    """Return a name of the question that no article has in any of its forms, or ""."""
    there = known("\n".join({one.document.article.id: one.document.article.text for one in candidates}.values()))
    for name in subjects(question):
        capitals = [fold(word.text) for word in words(name) if word.text[0].isupper()]
        if not any(there.holds(word) for word in capitals) and not index.search(terms(name), documents.keys(), 1):
            return name
    return ""
