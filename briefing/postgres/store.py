"""The store in PostgreSQL: what every machine of a newsroom shares. No two processes that claim a request answer it at once.

A claim is an advisory lock on the request's key: it ends with the connection, so a machine that dies holds nothing back. Briefs belong to
the desk that the settings name; calls, parses and articles are everybody's, but for what a private desk brings.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256

import psycopg
from psycopg import errors as codes
from pydantic import ValidationError

from briefing.address import PostgresAddress
from briefing.calls import CallRow
from briefing.errors import StorageError
from briefing.postgres import register
from briefing.postgres.archive import keep_sentences
from briefing.postgres.connection import QUERY_SECONDS, Connected, Connection, Row
from briefing.store import StoredBrief, StoredCall
from briefing.types import Article

CLAIMS = 256
"""Requests that one process claims at a time: each is a lock, of which a server has some thousands for all."""

_REPLIES = "SELECT DISTINCT ON (key) key, reply FROM calls WHERE servable AND key = ANY (%s) ORDER BY key, id"
_PREFIX = "INSERT INTO prefixes (sha256, json) VALUES (%s, %s) ON CONFLICT (sha256) DO NOTHING"
_PREFIX_ID = "SELECT id FROM prefixes WHERE sha256 = %s"
_CALL = """
    INSERT INTO calls (key, verb, task, model, model_sha256, prefix, request, reply, finish, servable,
                       prompt_tokens, cached_tokens, generated_tokens, milliseconds)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_CLAIM = """
    SELECT key FROM (SELECT key, pg_try_advisory_lock(lock) AS taken FROM unnest(%s::text[], %s::bigint[]) AS one (key, lock)) AS tried
    WHERE taken LIMIT %s
"""
_RELEASE = "SELECT pg_advisory_unlock(lock) FROM unnest(%s::bigint[]) AS one (lock)"
_PARSES = "SELECT DISTINCT ON (key) key, data FROM parses WHERE key = ANY (%s) ORDER BY key, private_to"
_PARSE = "INSERT INTO parses (key, data) VALUES (%s, %s) ON CONFLICT (key, private_to) DO UPDATE SET data = excluded.data"
_ARTICLE = """
    INSERT INTO articles (content, id, path, published, json) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (content, private_to) DO UPDATE
    SET id = excluded.id, path = excluded.path, published = excluded.published, json = excluded.json, saved = excluded.saved
"""
_BRIEF = """
    INSERT INTO briefs (date, path, sha256, json) VALUES (%s, %s, %s, %s)
    ON CONFLICT (desk, date, path) DO UPDATE SET sha256 = excluded.sha256, json = excluded.json, saved = excluded.saved
"""
_BRIEFED = "INSERT INTO briefed (content, date) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_BRIEFS = """
    SELECT date, path, sha256, json, saved FROM briefs
    WHERE (%(all)s OR desk = %(desk)s) AND (%(date)s::text IS NULL OR date = %(date)s) ORDER BY date, saved, id
"""
_ARTICLES = """
    SELECT DISTINCT ON (id, content) json FROM articles
    WHERE %(all)s OR content IN (SELECT content FROM briefed WHERE desk = %(desk)s) ORDER BY id, content, private_to
"""


class PostgresStore(Connected):
    """A Store in a PostgreSQL database. With `all_desks` it sees the briefs of all desks: its owner's right, for forgetting."""

    def __init__(self, address: PostgresAddress, desk: str = "", *, all_desks: bool = False) -> None:
        """Connect. Raises StorageError."""
        self._connection = Connection(address, desk, all_desks=all_desks)
        self._desk, self._all = desk, all_desks
        self._prefixes: dict[str, int] = {}

    # Calls

    def replies(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the reply JSON of each key that has a servable call: the oldest one, so that a reply never changes."""
        return dict(self._connection.query(_REPLIES, (list(keys),))) if keys else {}

    def keep_call(self, row: CallRow) -> None:
        """Write one finished call; when this returns, it outlives the process."""
        values = (
            *(row.key, row.verb, row.task, row.model, row.model_sha256, self._prefix(row.prefix), row.request, row.reply),
            *(row.finish, row.servable, row.prompt_tokens, row.cached_tokens, row.generated_tokens, row.milliseconds),
        )
        self._connection.query(_CALL, values)

    def _prefix(self, json: str) -> int:
        """Return the row number of a prefix, which is written once however many calls share it."""
        if json not in self._prefixes:
            digest = _sha256(json)
            self._connection.query(_PREFIX, (digest, json))
            ((number,),) = self._connection.query(_PREFIX_ID, (digest,))
            self._prefixes[json] = number
        return self._prefixes[json]

    def claim(self, keys: Sequence[str]) -> set[str]:
        """Take requests as the caller's to answer, and return those that no other process has taken: CLAIMS of them at most."""
        unique = list(dict.fromkeys(keys))
        rows = self._connection.query(_CLAIM, (unique, list(map(_lock, unique)), CLAIMS))
        return {key for (key,) in rows}

    def release(self, keys: Collection[str]) -> None:
        """Give back requests that were claimed, answered or not; where the connection is lost, its end has done so."""
        if not keys:
            return
        with suppress(StorageError):
            self._connection.query(_RELEASE, (list(map(_lock, keys)),))

    def wait(self, key: str, seconds: float) -> None:
        """Return when whoever has claimed a request gives it back, or after some seconds."""
        until = "0" if math.isinf(seconds) else str(max(1, round(seconds * 1000)))

        def locked(db: psycopg.Connection[Row]) -> None:
            with suppress(codes.LockNotAvailable), db.transaction():
                db.execute("SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', '0', true)", (until,))
                db.execute("SELECT pg_advisory_xact_lock(%s)", (_lock(key),))

        self._connection.run(locked)

    # Parses

    def parses(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return what is kept under these keys."""
        return dict(self._connection.query(_PARSES, (list(keys),))) if keys else {}

    def keep_parses(self, parses: Mapping[bytes, bytes]) -> None:
        """Write them, all or nothing; what was under the same keys is replaced."""
        rows = sorted(parses.items())  # in one order, so that no two wait for each other
        self._connection.transaction(lambda db: db.cursor().executemany(_PARSE, rows))

    # Articles and briefs

    def save_brief(self, date: str, path: str, json: str, articles: Iterable[Article]) -> None:
        """Keep a brief's record and its articles, all or nothing. It replaces one of the same desk, date and path."""
        given = sorted({article.content: article for article in articles}.items())
        told = [(content, one.id, one.path, one.published, one.model_dump_json()) for content, one in given]

        def write(db: psycopg.Connection[Row]) -> None:
            with db.cursor() as cursor:
                cursor.executemany(_ARTICLE, told)
                keep_sentences(db, (one for _, one in given))
                cursor.executemany(_BRIEFED, [(content, date) for content, _ in given])
                cursor.execute(_BRIEF, (date, path, _sha256(json), json))

        self._connection.transaction(write)

    def brief(self, date: str) -> StoredBrief | None:
        """Return the brief of a date, the one saved last if there are several; None where there is none."""
        found = self._briefs(date)
        return found[-1] if found else None

    def briefs(self) -> list[StoredBrief]:
        """Return every brief of the desk, by date, then by when it was saved."""
        return self._briefs(None)

    def _briefs(self, date: str | None) -> list[StoredBrief]:
        rows = self._connection.query(_BRIEFS, {"all": self._all, "desk": self._desk, "date": date})
        found = [StoredBrief(day, place, digest, json, _moment(saved)) for day, place, digest, json, saved in rows]
        wrong = next((one for one in found if _sha256(one.json) != one.sha256), None)
        if wrong is not None:
            raise self._connection.damaged(f"the brief of {wrong.date} is not what was written")
        return found

    def article(self, content: str) -> Article | None:
        """Return the article with this content; None where no brief that may be seen was made of one."""
        rows = self._connection.query("SELECT json FROM articles WHERE content = %s ORDER BY private_to LIMIT 1", (content,))
        return next(iter(self._read(rows)), None)

    def articles(self) -> list[Article]:
        """Return every article that briefs of the desk were made of, by ID, then by content."""
        return self._read(self._connection.query(_ARTICLES, {"all": self._all, "desk": self._desk}))

    def _read(self, rows: Iterable[Row]) -> list[Article]:
        try:
            return [Article.model_validate_json(json) for (json,) in rows]
        except ValidationError as error:
            raise self._connection.damaged("a stored article cannot be read") from error

    # Forgetting

    def calls(self) -> Iterator[StoredCall]:
        """Yield every call, whatever became of it, a batch at a time: what is written meanwhile may be missed."""
        last = 0
        while rows := self._connection.query("SELECT id, created, request, reply FROM calls WHERE id > %s ORDER BY id LIMIT 1000", (last,)):
            yield from (StoredCall(row, _moment(created), request, reply) for row, created, request, reply in rows)
            last = rows[-1][0]

    def saved(self) -> dict[str, str]:
        """Return when each article was last part of a brief that was written (ISO, UTC), by content."""
        rows = self._connection.query("SELECT content, max(saved) FROM articles GROUP BY content")
        return {content: _moment(saved) for content, saved in rows}

    def forget(self, articles: Collection[str], briefs: Collection[StoredBrief], calls: Collection[int], parses: Collection[bytes]) -> int:
        """Delete articles by content, briefs, calls by row, and every parse but `parses`; return how many parses. All or nothing.

        What was deleted may still be read from the files of the database until `compact` has returned.
        """
        gone, rows, kept = list(articles), list(calls), list(parses)

        def delete(db: psycopg.Connection[Row]) -> int:
            db.execute("SET LOCAL statement_timeout = 0")
            for table in ("articles", "sentences", "briefed"):
                db.execute(f"DELETE FROM {table} WHERE content = ANY (%s)", (gone,))  # noqa: S608 - our own names
            register.forget(db, gone)
            db.cursor().executemany("DELETE FROM briefs WHERE date = %s AND path = %s", [(one.date, one.path) for one in briefs])
            db.execute("DELETE FROM calls WHERE id = ANY (%s)", (rows,))
            db.execute("DELETE FROM files")  # what was fetched is on disk, and is kept again when a feed is fetched
            db.execute("DELETE FROM prefixes WHERE NOT EXISTS (SELECT FROM calls WHERE calls.prefix = prefixes.id)")
            return db.execute("DELETE FROM parses WHERE NOT key = ANY (%s)", (kept,)).rowcount

        self._prefixes.clear()
        return self._connection.transaction(delete)

    def compact(self) -> None:
        """Write the tables anew without what was deleted. The server's own log and its backups keep it for as long as they are kept."""
        tables = ("articles", "sentences", "briefed", "briefs", "calls", "prefixes", "parses", "files", *register.TABLES)
        rewrite(self._connection, tables)


def rewrite(connection: Connection, tables: Iterable[str]) -> None:
    """Write tables anew, so that no byte of a deleted row stays in them; nobody else can use one meanwhile. Only its owner may."""

    def work(db: psycopg.Connection[Row]) -> None:
        db.execute("SET statement_timeout = 0")
        for table in tables:
            db.execute(f"VACUUM (FULL) {table}")
        db.execute("SELECT set_config('statement_timeout', %s, false)", (str(round(QUERY_SECONDS * 1000)),))

    connection.run(work)


def _lock(key: str) -> int:
    """Return the number of a request's lock: 63 bits of its key, which is a SHA-256."""
    return int.from_bytes(sha256(key.encode()).digest()[:8], "big") >> 1


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="milliseconds")
