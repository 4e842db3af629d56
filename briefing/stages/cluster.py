"""Which articles tell of the same event: average-link clustering of whole articles by their words and their meaning.

articles ─ shared rare terms ─► pairs ─ likeness, days that can be the same ─ average link ─► events

Likeness is the cosine of the vectors of the articles' titles and first words plus half that of their terms, less for each day between
them, and less in a crowd: where many articles tell of one matter, all are alike, and those of one event are more alike than that. Articles
of days that cannot be the same are never one event, however alike; one without a date joins by what it tells.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from heapq import heapify, heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from briefing.language.document import Document
from briefing.similarity import Rarity, Terms, neighbours, terms
from briefing.types import Article, Role

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

Days = frozenset[int]
"""The days of articles, by number; none where they give none."""

CUT = 0.5
"""Mean likeness from which two groups are one event; measured on five weeks of three outlets and fourteen days (see the README)."""

WORDS = 0.5  # weight of the terms beside the vectors
DAYS = 3  # between the dates of two articles that tell of the same days
APART = 0.13  # likeness that two articles lose for each day between them: what goes on tells something else the next day
UNDATED = 0.3  # likeness that two articles lose where one has no date: a topic that goes on for months is no event
_NEAREST = 5  # articles whose meaning tells how crowded it is around one
_CROWDED = 0.5  # their mean likeness in meaning from which on it is
_CROWD = 0.16  # likeness that a crowd costs at most: what many outlets tell stays one event
_OPENING = 60  # words of an article that its vector is made of, beside its title
_ROWS = 200  # articles whose vectors are compared with all others' at once
LONGEST = 40  # body sentences whose terms count: an event is told at the head


def opening(document: Document) -> str:
    """Return what the vector of an article is made of: its title and its first words."""
    return head(document.article, _OPENING)


def head(article: Article, words: int) -> str:
    """Return the title of an article and so many of its first words."""
    told = " ".join(article.quote(s.number) for s in article.sentences if s.role is Role.BODY)
    return f"{article.title}. {' '.join(told.split()[:words])}"


def events(documents: Sequence[Document], vectors: Vectors) -> list[list[str]]:
    """Return the article IDs by event, in the order of the articles; `vectors` are of their openings."""
    days = [days_of(document.article) for document in documents]
    groups = average(_near(documents, days, vectors), days, _same_days, CUT)
    return [[documents[n].article.id for n in group] for group in groups]


def _near(documents: Sequence[Document], days: Sequence[Days], vectors: Vectors) -> list[dict[int, float]]:
    """Return for each article the later ones of days that can be the same that it is like, and how much, from half of the cut on."""
    import numpy as np  # slow to import

    counted = [head_terms(document) for document in documents]
    rarity = Rarity(counted)
    crowd = _crowds(vectors)
    near: list[dict[int, float]] = [{} for _ in documents]
    day = np.array([min(told, default=np.nan) for told in days])
    undated = np.array([not document.article.published for document in documents])
    start = end = 0
    for n, others, cosines in neighbours(rarity.vector(found) for found in counted):
        if n >= end:
            start, end = n, n + _ROWS
            meant = np.maximum(0, vectors[start:end] @ vectors.T)
        apart = np.nan_to_num(abs(day[others] - day[n]))  # one without a day fits any
        fits = apart <= DAYS
        others, cosines, apart = others[fits], cosines[fits], apart[fits]
        likeness = meant[n - start, others] + WORDS * cosines - (crowd[others] + crowd[n]) / 2
        likeness -= APART * apart + UNDATED * (undated[others] | undated[n])
        enough = likeness >= CUT / 2
        near[n] = dict(zip(others[enough].tolist(), likeness[enough].tolist(), strict=True))
    return near


def _crowds(vectors: Vectors) -> Vectors:
    """Return for each article how far its nearest ones are more alike than other news is."""
    import numpy as np

    found = np.zeros(len(vectors), vectors.dtype)
    most = max(0, len(vectors) - _NEAREST)
    for start in range(0, len(vectors), _ROWS):
        meant = np.maximum(0, vectors[start : start + _ROWS] @ vectors.T)
        meant[range(len(meant)), range(start, start + len(meant))] = 0  # to itself
        found[start : start + _ROWS] = np.partition(meant, most)[:, most:].sum(axis=1)
    return np.clip(found / _NEAREST - _CROWDED, 0, _CROWD)


def days_of(article: Article) -> Days:
    """Return the number of the day of an article; none where it gives no whole date."""
    try:
        return frozenset((date.fromisoformat(article.published).toordinal(),))
    except ValueError:
        return frozenset()


def _same_days(one: Days, other: Days) -> bool:
    """Return whether days that are told of can be the same."""
    both = one | other
    return not both or max(both) - min(both) <= DAYS


def head_terms(document: Document) -> Terms:
    """Return the terms of an article: of its title, twice, and of the sentences at its head."""
    titles = [s.number for s in document.article.sentences if s.role is Role.TITLE]
    found = Terms()
    for number in (*titles, *titles, *list(document.body())[:LONGEST]):
        found.update(terms(document.parse(number)))
    return found


def connected(number: int, near: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of 0 to `number` - 1 that pairs connect, each in order."""
    home = list(range(number))

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for n, m in near:
        home[root(m)] = root(n)
    groups: dict[int, list[int]] = {}
    for n in range(number):
        groups.setdefault(root(n), []).append(n)
    return list(groups.values())


def average(near: Sequence[Mapping[int, float]], days: Sequence[Days], fit: Callable[[Days, Days], bool], cut: float) -> list[list[int]]:
    """Return 0 to `len(near)` - 1 in groups whose mean likeness is `cut` or more: average link.

    `near` gives for each the later ones that it is like at all. The two groups that are most alike become one, unless their days do not
    `fit`, until none are alike enough. As no mean is higher than all that it is made of, only pairs from the cut on wait for their turn.
    """
    groups = {n: [n] for n in range(len(near))}
    told = dict(enumerate(days))
    sums: dict[int, dict[int, float]] = {n: {} for n in groups}  # of the likeness of all pairs between two groups
    for n, others in enumerate(near):
        for m, likeness in others.items():
            sums[n][m] = sums[m][n] = likeness
    waiting = [(-likeness, n, m) for n, others in enumerate(near) for m, likeness in others.items() if likeness >= cut]
    waiting = [(likeness, n, m) for likeness, n, m in waiting if fit(days[n], days[m])]
    heapify(waiting)
    for made in count(len(near)):
        pair = _next(waiting, groups)
        if pair is None:
            break
        n, m = pair
        groups[made], told[made] = groups.pop(n) + groups.pop(m), told.pop(n) | told.pop(m)
        sums[made] = _joined(sums, n, m)
        for other, likeness in sums[made].items():
            sums[other][made] = likeness
            mean = likeness / (len(groups[made]) * len(groups[other]))
            if mean >= cut and fit(told[made], told[other]):
                heappush(waiting, (-mean, other, made))
    return sorted(sorted(group) for group in groups.values())


def _next(waiting: list[tuple[float, int, int]], groups: Container[int]) -> tuple[int, int] | None:
    """Take the most alike of the pairs that wait and whose groups are still there."""
    while waiting:
        _, n, m = heappop(waiting)
        if n in groups and m in groups:
            return n, m
    return None


def _joined(sums: dict[int, dict[int, float]], n: int, m: int) -> dict[int, float]:
    """Take two groups out of the sums, and return those of both together."""
    both = sums.pop(n)
    for other, likeness in sums.pop(m).items():
        both[other] = both.get(other, 0.0) + likeness
    del both[n], both[m]
    for other in both:
        sums[other].pop(n, None)
        sums[other].pop(m, None)
    return both
