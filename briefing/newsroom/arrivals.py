"""An article arrives once: it is a copy of one that is known, it joins an event, or it opens one. Nothing is clustered anew.

article ─ signature ─► a copy? its original's event
          └─ no ─► weightiest words, vector of its opening ─► events of its days that share rare words ─ mean likeness ─► the likest

Likeness is what it is in `stages.cluster`, to the mean of an event's articles, so that an event is as large to look at as one article. No
parse is needed: words stand for lemmas. An event is never split or joined to another, so a number once given holds. A copy only saves
reading: what may be cited of it is for `stages.copies` and `stages.align` to say, which read its sentences.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from briefing.language.base import Parse
from briefing.newsroom.signature import NEAR, Signature, likeness, signature
from briefing.register import Arrival, Counts, Event, Known, Register
from briefing.similarity import Rarity, Terms, Weights, terms
from briefing.stages import cluster
from briefing.text.names import OPENERS
from briefing.types import Article, Role

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

Embed = Callable[[Sequence[str]], "Vectors"]

OPENING = 20
"""Words that the vector is made of, beside the title: half of the time of a batch's 60; 30 and 40 measured alike."""

_WEIGHTIEST = 60  # words an article is known by; of 25 a register that knows few articles yet makes too many events
_DAYS_KEPT = 14  # how long after it came an article is known
_LOOKED_AT = 1000  # words of events that are read for one article, from the rarest on: so an hour with a thousand open events is not slower
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
            before = known.arrivals(contents)
            return [one for one in came if not (one.article.content in before or _copied(known, one).event)]

        new = self._register.read(unknown)
        vectors = self._vectors(new)
        spread = Counter(word for one in new for word in one.words)

        def work(known: Known) -> list[Arrival]:
            known.count(len(new), spread)
            found = known.arrivals(contents)
            for one in came:
                if one.article.content not in found:
                    found[one.article.content] = self._placed(known, one, vectors)
            return [found[content] for content in contents]

        return self._register.turn(work)

    def _vectors(self, some: Sequence[_New]) -> dict[str, Vectors]:
        """Return vectors by content."""
        if not some:
            return {}
        made = self._embed([cluster.head(one.article, OPENING) for one in some])
        return {one.article.content: vector for one, vector in zip(some, made, strict=True)}

    def _placed(self, known: Known, one: _New, vectors: Mapping[str, Vectors]) -> Arrival:
        """Write an article down, with its event."""
        content, copy = one.article.content, _copied(known, one)
        if copy.event is not None:
            number = known.keep_event(_spread(copy.event, one), {})
        else:
            number = _join(known, one, vectors[content] if content in vectors else self._vectors([one])[content])
        arrival = Arrival(content, number, copy.original, copy.likeness, copy.same)
        mark = one.signature or Signature(b"", b"", ())
        known.keep(arrival, mark.said, mark.minima, () if copy.original else mark.bands)
        return arrival


# Copies


class _Copy(NamedTuple):
    """What an article copies, as in `Arrival`, and the event of that; None where that is of other days, or nothing is copied."""

    original: str = ""
    likeness: float = 0.0
    same: bool = False
    event: Event | None = None


def _copied(known: Known, one: _New) -> _Copy:
    """Return what an article is a copy of: of one with the same words, else of the likest."""
    if one.signature is None:
        return _Copy()
    before = known.same(one.signature.said)
    if before is not None:
        return _Copy(before.content, 1.0, True, _reached(known, before, one))
    shares = {name: likeness(one.signature.minima, minima) for name, minima in known.banded(one.signature.bands).items()}
    near = min(((-share, name) for name, share in shares.items() if share >= NEAR), default=None)
    if near is None:
        return _Copy()
    return _Copy(near[1], -near[0], False, _reached(known, known.arrivals([near[1]])[near[1]], one))


def _reached(known: Known, before: Arrival, one: _New) -> Event | None:
    """Return the event of an article if one of another day may belong to it."""
    event = known.events([before.event]).get(before.event)
    return event if event and _moved(one.day, -cluster.DAYS) <= event.first and event.last <= _moved(one.day, cluster.DAYS) else None


# Events


def _join(known: Known, one: _New, vector: Vectors) -> int:
    """Let an article join the likest event, or open one; return its number."""
    counts = known.counts(one.words)
    own = Rarity.of(counts.number, counts.articles).vector(one.words, _WEIGHTIEST)
    event = _likest(known, one, own, vector, counts)
    if event is None:
        event = Event(0, 0, 0, one.day, one.day, vector * 0)
    return known.keep_event(_spread(event._replace(size=event.size + 1, meaning=event.meaning + vector), one, more=1), own)


def _likest(known: Known, one: _New, own: Weights, vector: Vectors, counts: Counts) -> Event | None:
    asked: list[str] = []
    rows = 0
    for word in sorted(own, key=lambda word: (counts.events.get(word, 0), word)):
        rows += counts.events.get(word, 0)
        if asked and rows > _LOOKED_AT:
            break
        asked.append(word)
    near = known.holders(asked, _moved(one.day, -cluster.DAYS), _moved(one.day, cluster.DAYS))
    likely = sorted(near, key=lambda number: (-_dot(own, near[number]), number))[:_CANDIDATES]
    events = known.events(likely)
    shared = near if len(asked) == len(own) else known.weights(likely, own)
    scores = ((_likeness(event, one, vector, _dot(own, shared[number])), number) for number, event in events.items())
    best = min(((-score, number) for score, number in scores if score >= cluster.CUT), default=None)
    return events[best[1]] if best else None


def _likeness(event: Event, one: _New, vector: Vectors, common: float) -> float:
    """Return the mean likeness of an article to those of an event: `common` is what their words have in common, summed over these."""
    undated = (event.size - event.dated) / event.size if one.dated else 1.0
    meant = max(0.0, float(vector @ event.meaning)) / event.size
    return common / event.size + cluster.MEANING * meant - cluster.UNDATED * undated


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
