"""An article arrives once: it is a copy of one that is known, it joins an event, or it opens one. Nothing is clustered anew.

article ─ signature ─► a copy? its original's event
          └─ no ─► weightiest words, vector of its opening ─► events of its days that share rare words ─ mean likeness ─► the likest

Likeness is what it is in `stages.cluster`, to the mean of an event's articles, so that an event is as large to look at as one article; how
crowded it is around them is not asked. No parse is needed: words stand for lemmas. An event is never split or joined to another, so a
number once given holds. A copy only saves reading: what may be cited of it is for `stages.copies` and `stages.align` to say, which read
its sentences.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from briefing.language.base import Parse
from briefing.newsroom.signature import NEAR, Signature, banded, likeness, signature
from briefing.register import Arrival, Event, Kept, Known, Register
from briefing.similarity import Rarity, Terms, Weights, terms
from briefing.stages import cluster
from briefing.text.names import OPENERS
from briefing.types import Article, Role

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

Embed = Callable[[Sequence[str]], "Vectors"]

OPENING = 20
"""Words that the vector is made of, beside the title: half of the time of a batch's 60; 30 and 40 measured alike."""

_CUT = 0.45  # likeness from which an article joins an event; less than a batch's, as shorter openings are less alike
_WEIGHTIEST = 60  # words an article is known by; of 25 a register that knows few articles yet makes too many events
_DAYS_KEPT = 14  # how long after it came an article is known
_LOOKED_AT = 500  # words of events that are read for one article, from the rarest on: of 1000 hardly an article comes into another event
_CANDIDATES = 12  # events whose likeness is computed


class _New(NamedTuple):
    """An article that came, with what is needed of it."""

    article: Article
    signature: Signature | None
    words: Terms
    day: str
    dated: bool


class Arrivals:
    """Finds what each article is beside those of the last two weeks; what came earlier is forgotten. Processes may share a register."""

    def __init__(self, register: Register, embed: Embed) -> None:
        self._register, self._embed = register, embed

    def arrive(self, articles: Sequence[Article], today: str) -> list[Arrival]:
        """Return what each article is, in order, and write it down; of one that came before, what was found then.

        `today` (ISO) is the day of those that have no date. Raises StorageError.
        """
        self._register.sweep(_DAYS_KEPT)
        came = [_New(article, signature(article), heading(article), *_day(article, today)) for article in articles]
        contents = [article.content for article in articles]

        def unknown(known: Known) -> list[_New]:
            before, copies = known.arrivals(contents), _Copies(known, came)
            return [one for one in came if not (one.article.content in before or copies.of(one).event)]

        new = self._register.read(unknown)
        vectors = self._vectors(new)
        spread = Counter(word for one in new for word in one.words)

        def work(known: Known) -> list[Arrival]:
            known.count(len(new), spread)
            found, kept = known.arrivals(contents), []
            copies, counts = _Copies(known, came), known.counts({word for one in came for word in one.words})
            rarity = Rarity.of(counts.number, counts.articles)
            for one in came:
                content = one.article.content
                if content in found:
                    continue
                copy = copies.of(one)
                if copy.event is None:
                    vector = vectors[content] if content in vectors else self._vectors([one])[content]
                    number = _join(known, one, rarity.vector(one.words, _WEIGHTIEST), vector, counts.events)
                else:
                    number = known.keep_event(_spread(copy.event, one), {})
                found[content] = Arrival(content, number, copy.original, copy.likeness, copy.same)
                kept.append(copies.came(one, found[content]))
            known.keep(kept)
            return [found[content] for content in contents]

        return self._register.turn(work)

    def _vectors(self, some: Sequence[_New]) -> dict[str, Vectors]:
        """Return vectors by content."""
        if not some:
            return {}
        made = self._embed([cluster.head(one.article, OPENING) for one in some])
        return {one.article.content: vector for one, vector in zip(some, made, strict=True)}


# Copies


class _Copy(NamedTuple):
    """What an article copies, as in `Arrival`, and the event of that; None where that is of other days, or nothing is copied."""

    original: str = ""
    likeness: float = 0.0
    same: bool = False
    event: Event | None = None


class _Copies:
    """Finds what articles copy: what is known when they come, and those of them that came before."""

    def __init__(self, known: Known, some: Sequence[_New]) -> None:
        marks = [one.signature for one in some if one.signature]
        self._known = known
        self._same = known.same({mark.said for mark in marks})
        minima = known.banded({band for mark in marks for band in mark.bands})
        self._near = {content: (one, frozenset(banded(one))) for content, one in minima.items()}
        self._came: dict[str, Arrival] = {}

    def of(self, one: _New) -> _Copy:
        """Return what an article is a copy of: of one with the same words, else of the likest that shares a band."""
        if one.signature is None:
            return _Copy()
        before = self._same.get(one.signature.said)
        if before is not None:
            return _Copy(before.content, 1.0, True, _reached(self._known, before, one))
        near = [(content, minima) for content, (minima, bands) in self._near.items() if not bands.isdisjoint(one.signature.bands)]
        shares = [(likeness(one.signature.minima, minima), content) for content, minima in near]
        best = min(((-share, content) for share, content in shares if share >= NEAR), default=None)
        if best is None:
            return _Copy()
        original = self._came.get(best[1]) or self._known.arrivals([best[1]]).get(best[1])
        if original is None:  # forgotten since it was looked for
            return _Copy()
        return _Copy(best[1], -best[0], False, _reached(self._known, original, one))

    def came(self, one: _New, arrival: Arrival) -> Kept:
        """Return an article as it is to be written down; those of the same batch that come after it may be copies of it."""
        mark = one.signature or Signature(b"", b"", ())
        bands = () if arrival.original else mark.bands
        if mark.said:
            self._same.setdefault(mark.said, arrival)
        if bands:
            self._near[arrival.content], self._came[arrival.content] = (mark.minima, frozenset(bands)), arrival
        return Kept(arrival, mark.said, mark.minima, bands)


def _reached(known: Known, before: Arrival, one: _New) -> Event | None:
    """Return the event of an article if one of another day may belong to it."""
    event = known.events([before.event]).get(before.event)
    return event if event and _moved(one.day, -cluster.DAYS) <= event.first and event.last <= _moved(one.day, cluster.DAYS) else None


# Events


def _join(known: Known, one: _New, own: Weights, vector: Vectors, spread: Mapping[str, int]) -> int:
    """Let an article with these words join the likest event, or open one; return its number. `spread`: how many events have each word."""
    event = _likest(known, one, own, vector, spread)
    if event is None:
        event = Event(0, 0, 0, one.day, one.day, vector * 0)
    return known.keep_event(_spread(event._replace(size=event.size + 1, meaning=event.meaning + vector), one, more=1), own)


def _likest(known: Known, one: _New, own: Weights, vector: Vectors, spread: Mapping[str, int]) -> Event | None:
    asked: list[str] = []
    rows = 0
    for word in sorted(own, key=lambda word: (spread.get(word, 0), word)):
        rows += spread.get(word, 0)
        if asked and rows > _LOOKED_AT:
            break
        asked.append(word)
    near = known.holders(asked, _moved(one.day, -cluster.DAYS), _moved(one.day, cluster.DAYS))
    likely = sorted(near, key=lambda number: (-_dot(own, near[number]), number))[:_CANDIDATES]
    events = known.events(likely)
    shared = near if len(asked) == len(own) else known.weights(likely, own)
    scores = ((_likeness(event, one, vector, _dot(own, shared[number])), number) for number, event in events.items())
    best = min(((-score, number) for score, number in scores if score >= _CUT), default=None)
    return events[best[1]] if best else None


def _likeness(event: Event, one: _New, vector: Vectors, common: float) -> float:
    """Return the mean likeness of an article to those of an event: `common` is what their words have in common, summed over these."""
    undated = (event.size - event.dated) / event.size if one.dated else 1.0
    meant = max(0.0, float(vector @ event.meaning)) / event.size
    apart = _apart(one.day, event) if one.dated and event.dated else 0
    return meant + cluster.WORDS * common / event.size - cluster.APART * apart - cluster.UNDATED * undated


def _dot(own: Weights, sums: Mapping[str, float]) -> float:
    return math.fsum(own[word] * weight for word, weight in sums.items())


def heading(article: Article) -> Terms:
    """Return the words an article is known by: of its title, twice, and of the sentences at its head; none that only joins others."""
    titles = [s.number for s in article.sentences if s.role is Role.TITLE]
    body = [s.number for s in article.sentences if s.role is Role.BODY][: cluster.LONGEST]
    found = Terms()
    for number in (*titles, *titles, *body):
        found.update(terms(Parse(article.quote(number))))
    return Terms({word: often for word, often in found.items() if word not in OPENERS})


# Days


def _day(article: Article, today: str) -> tuple[str, bool]:
    """Return the day of an article, and whether it says so itself."""
    try:
        return date.fromisoformat(article.published).isoformat(), True
    except ValueError:
        return today, False


def _apart(day: str, event: Event) -> int:
    """Return how many days lie between a day and the next one of an event."""
    told, first, last = (date.fromisoformat(one).toordinal() for one in (day, event.first, event.last))
    return max(0, first - told, told - last)


def _moved(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except OverflowError:
        return day


def _spread(event: Event, one: _New, *, more: int = 0) -> Event:
    """Return an event with the day of one article more; `more` is 0 for a copy, which is not counted."""
    if not one.dated:
        return event
    first, last = (min(event.first, one.day), max(event.last, one.day)) if event.dated else (one.day, one.day)
    return event._replace(dated=event.dated + more, first=first, last=last)
