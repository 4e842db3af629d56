"""The register of arrivals in PostgreSQL, one for all machines; a private desk has its own, and finds nothing of another's in it.

One turn is one transaction under an advisory lock, so that two workers never open the same event. All that is read for an article is read
by an index, in statements too small for a wrong plan, so the time of a turn does not grow with the day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, LiteralString, TypeVar

import psycopg

from briefing.address import PostgresAddress
from briefing.postgres.connection import Connection, Row
from briefing.register import Arrival, Counts, Event, Kept, Known

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

T = TypeVar("T")

_MOST = 200_000  # articles that are counted: then all counts are halved, so that words fade and the table stays as small

_OWNER = "SELECT owner_of_session()"
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('briefing arrivals'), hashtext(%s))"
_ARRIVAL = "SELECT content, event, original, likeness, same FROM arrivals WHERE private_to = %s AND "
_SAME = """
    SELECT content, event, original, likeness, same, said FROM arrivals
    WHERE private_to = %s AND said = ANY (%s) AND said <> '' ORDER BY came
"""
_BANDED = "SELECT DISTINCT content FROM bands WHERE band = ANY (%s) AND private_to = %s"
_SIGNATURES = "SELECT content, signature FROM arrivals WHERE content = ANY (%s) AND private_to = %s"
_COUNTS = "SELECT word, articles, events FROM word_counts WHERE word = ANY (%s) AND private_to = %s"
_HOLDERS = """
    SELECT event, word, weight FROM event_words JOIN events ON number = event
    WHERE word = ANY (%s) AND event_words.private_to = %s AND first >= %s AND last <= %s
"""
_WEIGHTS = "SELECT event, word, weight FROM event_words WHERE event = ANY (%s) AND word = ANY (%s) AND private_to = %s"
_EVENTS = "SELECT number, size, dated, first, last, meaning FROM events WHERE number = ANY (%s) AND private_to = %s"
_OPEN = "INSERT INTO events (size, dated, first, last, meaning) VALUES (%s, %s, %s, %s, %s) RETURNING number"
_WIDEN = "UPDATE events SET size = %s, dated = %s, first = %s, last = %s, meaning = %s WHERE number = %s"
_WORDS = """
    INSERT INTO event_words (word, event, private_to, weight)
    SELECT word, %s, %s, weight FROM unnest(%s::text[], %s::float8[]) AS one (word, weight)
    ON CONFLICT (word, event) DO UPDATE SET weight = event_words.weight + excluded.weight
    RETURNING word, xmax = 0
"""
_MORE = "UPDATE word_counts SET events = events + 1 WHERE word = ANY (%s) AND private_to = %s"
_COUNT = """
    INSERT INTO word_counts (word, private_to, articles) SELECT word, %s, number FROM unnest(%s::text[], %s::int[]) AS one (word, number)
    ON CONFLICT (word, private_to) DO UPDATE SET articles = word_counts.articles + excluded.articles
"""
_KEEP = """
    INSERT INTO arrivals (content, event, original, likeness, same, said, signature, came)
    SELECT content, event, original, likeness, same, said, signature, statement_timestamp() + n * interval '1 microsecond'
    FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::float8[], %s::bool[], %s::bytea[], %s::bytea[]) WITH ORDINALITY
        AS one (content, event, original, likeness, same, said, signature, n)
"""
_KEEP_BANDS = """
    INSERT INTO bands (band, content, private_to)
    SELECT band, content, %s FROM unnest(%s::bytea[], %s::text[]) AS one (band, content) ON CONFLICT DO NOTHING
"""


class PostgresRegister:
    """An open register, for one thread. Every method raises StorageError."""

    def __init__(self, address: PostgresAddress, desk: str = "") -> None:
        self._connection = Connection(address, desk)

    def close(self) -> None:
        """Close the connection. Safe to call twice."""
        self._connection.close()

    def read(self, work: Callable[[Known], T]) -> T:
        """Return what some work reads; others may write meanwhile."""
        return self._connection.run(lambda db: work(_Known(db)))

    def turn(self, work: Callable[[Known], T]) -> T:
        """Do work while nobody else has the turn."""

        def alone(db: psycopg.Connection[Row]) -> T:
            known = _Known(db)
            db.execute(_LOCK, (known.owner,))
            return work(known)

        return self._connection.transaction(alone)

    def sweep(self, days: int) -> int:
        """Forget the articles that came more than so many days ago, and the events that have no other; return how many articles."""

        def work(db: psycopg.Connection[Row]) -> int:
            owner = _Known(db).owner
            db.execute(_LOCK, (owner,))
            rows = db.execute(_SWEEP, (days, owner)).fetchall()
            if rows:
                contents, events = zip(*rows, strict=True)
                db.execute("DELETE FROM bands WHERE content = ANY (%s) AND private_to = %s", (list(contents), owner))
                _forget_events(db, _ENDED, list(events))
                _fade(db, owner)
            return len(rows)

        return self._connection.transaction(work)


def forget(db: psycopg.Connection[Row], contents: Sequence[str]) -> None:
    """Delete what is kept of articles, inside a transaction of the database's owner, with the words of every event that they are part of.

    Other articles of such an event keep its number, and none joins them any more.
    """
    _forget_events(db, "SELECT DISTINCT event FROM arrivals WHERE content = ANY (%s)", contents)
    for table in ("arrivals", "bands"):
        db.execute(f"DELETE FROM {table} WHERE content = ANY (%s)", (contents,))  # noqa: S608 - our own names
    db.execute(_UNTOLD)
    db.execute("DELETE FROM word_counts WHERE NOT EXISTS (SELECT FROM arrivals)")


TABLES = ("arrivals", "bands", "events", "event_words", "word_counts")
"""What is written anew after `forget`, so that no byte of it stays."""


def _fade(db: psycopg.Connection[Row], owner: str) -> None:
    """Halve all counts once they are of more than some hundred thousand articles."""
    row = db.execute("SELECT articles FROM word_counts WHERE word = '' AND private_to = %s", (owner,)).fetchone()
    if row and row[0] > _MOST:
        db.execute("UPDATE word_counts SET articles = articles / 2 WHERE private_to = %s", (owner,))
        db.execute("DELETE FROM word_counts WHERE articles = 0 AND events = 0 AND private_to = %s", (owner,))


def _forget_events(db: psycopg.Connection[Row], which: LiteralString, some: Sequence[object]) -> None:
    """Delete the events that a query finds by some values, with the words they are known by."""
    numbers = [number for (number,) in db.execute(which, (list(some),))]
    db.execute(_FEWER, (numbers,))
    db.execute("DELETE FROM events WHERE number = ANY (%s)", (numbers,))


_SWEEP = "DELETE FROM arrivals WHERE came < clock_timestamp() - make_interval(days => %s) AND private_to = %s RETURNING content, event"
_ENDED = "SELECT number FROM events WHERE number = ANY (%s) AND NOT EXISTS (SELECT FROM arrivals WHERE event = number)"
# Words that no event is known by any more, but for those that say nothing, because one article in a hundred has them.
_UNTOLD = """
    DELETE FROM word_counts USING word_counts AS whole
    WHERE whole.word = '' AND whole.private_to = word_counts.private_to AND word_counts.word <> ''
      AND word_counts.events = 0 AND word_counts.articles < greatest(3, whole.articles / 100)
"""
_FEWER = """
    UPDATE word_counts SET events = events - gone.number
    FROM (SELECT word, private_to, count(*) AS number FROM event_words WHERE event = ANY (%s) GROUP BY word, private_to) AS gone
    WHERE word_counts.word = gone.word AND word_counts.private_to = gone.private_to
"""


class _Known:
    """What `Known` promises, in a transaction."""

    def __init__(self, db: psycopg.Connection[Row]) -> None:
        self._db = db
        ((self.owner,),) = db.execute(_OWNER).fetchall()

    def arrivals(self, contents: Sequence[str]) -> dict[str, Arrival]:
        rows = self._db.execute(f"{_ARRIVAL} content = ANY (%s)", (self.owner, list(contents)))
        return {row[0]: Arrival(*row) for row in rows}

    def same(self, said: Collection[bytes]) -> dict[bytes, Arrival]:
        rows = self._db.execute(_SAME, (self.owner, list(said))).fetchall() if said else ()
        return {bytes(row[-1]): Arrival(*row[:-1]) for row in reversed(rows)}

    def banded(self, bands: Collection[bytes]) -> dict[str, bytes]:
        contents = [content for (content,) in self._db.execute(_BANDED, (list(bands), self.owner))] if bands else []
        return {content: bytes(data) for content, data in self._db.execute(_SIGNATURES, (contents, self.owner))} if contents else {}

    def counts(self, words: Collection[str]) -> Counts:
        rows = self._db.execute(_COUNTS, (["", *words], self.owner)).fetchall()
        articles = {word: number for word, number, _ in rows if word}
        number = next((number for word, number, _ in rows if not word), 0)
        return Counts(number, articles, {word: number for word, _, number in rows if word and number})

    def holders(self, words: Collection[str], first: str, last: str) -> dict[int, dict[str, float]]:
        return _by_event(self._db.execute(_HOLDERS, (list(words), self.owner, first, last)).fetchall())

    def weights(self, events: Collection[int], words: Collection[str]) -> dict[int, dict[str, float]]:
        return _by_event(self._db.execute(_WEIGHTS, (list(events), list(words), self.owner)).fetchall())

    def events(self, numbers: Collection[int]) -> dict[int, Event]:
        rows = self._db.execute(_EVENTS, (list(numbers), self.owner)) if numbers else ()
        return {row[0]: Event(*row)._replace(meaning=_vector(row[-1])) for row in rows}

    def keep_event(self, event: Event, words: Mapping[str, float]) -> int:
        number, *values, meaning = event
        data = meaning.astype("<f4").tobytes()
        if number:
            self._db.execute(_WIDEN, (*values, data, number))
        else:
            ((number,),) = self._db.execute(_OPEN, (*values, data)).fetchall()
        if words:
            rows = self._db.execute(_WORDS, (number, self.owner, list(words), list(words.values()))).fetchall()
            self._db.execute(_MORE, ([word for word, new in rows if new], self.owner))
        return int(number)

    def count(self, number: int, words: Mapping[str, int]) -> None:
        self._db.execute(_COUNT, (self.owner, ["", *words], [number, *words.values()]))

    def keep(self, some: Sequence[Kept]) -> None:
        if some:
            columns = zip(*((*one.arrival, one.said, one.signature) for one in some), strict=True)
            self._db.execute(_KEEP, [list(column) for column in columns])
        if bands := [(band, one.arrival.content) for one in some for band in one.bands]:
            self._db.execute(_KEEP_BANDS, (self.owner, *map(list, zip(*bands, strict=True))))


def _by_event(rows: Sequence[Row]) -> dict[int, dict[str, float]]:
    found: dict[int, dict[str, float]] = {}
    for event, word, weight in rows:
        found.setdefault(event, {})[word] = weight
    return found


def _vector(data: bytes) -> Vectors:
    import numpy as np

    return np.frombuffer(data, "<f4")
