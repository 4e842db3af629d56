"""The SQLite database: every model call (log and cache in one), articles, briefs and parses. A call kept is never lost.

Each write is a transaction of its own, committed before the method returns, so a killed process loses at most the
write it was in; only a power cut can take the last seconds (WAL, synchronous=NORMAL), and never the database. Several
processes may use one file. A file that is damaged, newer or another program's is refused, never repaired, emptied or
deleted: it may hold what somebody paid for. Only a parse costs nothing but time: a damaged one counts as not kept.
Nothing is deleted but by `forget`.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from briefing.calls import CallRow
from briefing.errors import DamagedError, StorageError
from briefing.sqlite.database import Database, Kind, Table, batches
from briefing.store import StoredBrief, StoredCall
from briefing.types import Article

APPLICATION_ID = 0x42524647  # "BRFG": how a database says whose it is

# Append only: the number of entries applied is the file's user_version.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE prefixes (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, json TEXT NOT NULL);
    CREATE TABLE calls (
        id INTEGER PRIMARY KEY, created TEXT NOT NULL, key TEXT NOT NULL, verb TEXT NOT NULL, task TEXT NOT NULL,
        model TEXT NOT NULL, model_sha256 TEXT NOT NULL, prefix INTEGER NOT NULL REFERENCES prefixes (id),
        request TEXT NOT NULL, reply TEXT NOT NULL, finish TEXT NOT NULL, servable INTEGER NOT NULL,
        prompt_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, generated_tokens INTEGER NOT NULL,
        milliseconds INTEGER NOT NULL, checksum INTEGER NOT NULL
    );
    CREATE INDEX calls_by_key ON calls (key) WHERE servable;
    CREATE TABLE articles (
        sha256 TEXT PRIMARY KEY, id TEXT NOT NULL, path TEXT NOT NULL, json TEXT NOT NULL, checksum INTEGER NOT NULL,
        saved TEXT NOT NULL
    );
    CREATE TABLE briefs (
        id INTEGER PRIMARY KEY, date TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, json TEXT NOT NULL,
        saved TEXT NOT NULL, UNIQUE (date, path)
    );
    """,
    f"CREATE TABLE parses {Table.FORM};",
)


class SqliteStore:
    """A Store in one file. Every method raises StorageError, with a hint, when the file cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self._prefixes: dict[str, int] = {}
        self._file = Database(path, KIND)
        self._db = self._file.db
        self._parses = Table(self._file, "parses")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        self._file.close()

    # Calls

    def replies(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the reply JSON of each key that has a servable call: the oldest one, so that a reply never changes."""
        found: dict[str, str] = {}
        unique = list(dict.fromkeys(keys))
        for marks, some in batches(unique):
            with self._file.border():
                rows = self._db.execute(
                    f"SELECT key, reply, checksum FROM calls WHERE servable AND key IN ({marks}) ORDER BY id",  # noqa: S608 - only marks
                    some,
                )
                for key, reply, checksum in rows:
                    if not _sound(key, reply, checksum):
                        raise self._damaged("a stored reply is not what was written")
                    found.setdefault(key, reply)
        return found

    def keep_call(self, row: CallRow) -> None:
        """Write one finished call; when this returns, it outlives the process."""
        values = (
            *(_now(), row.key, row.verb, row.task, row.model, row.model_sha256),
            *(self._prefix(row.prefix), row.request, row.reply, row.finish, row.servable),
            *(row.prompt_tokens, row.cached_tokens, row.generated_tokens, row.milliseconds),
            _checksum(row.key, row.reply),
        )
        with self._file.border():
            self._db.execute(_INSERT_CALL, values)

    def claim(self, keys: Sequence[str]) -> set[str]:
        """Return all of them: several processes may use the file, and two may then pay for one answer."""
        return set(keys)

    def release(self, keys: Collection[str]) -> None:
        """Do nothing."""

    def wait(self, key: str, seconds: float) -> None:
        """Do nothing: nobody else has claimed it."""

    def _prefix(self, json: str) -> int:
        """Return the row number of a prefix, which is written once however many calls share it."""
        if json not in self._prefixes:
            sha256 = _sha256(json)
            with self._file.border():
                self._db.execute("INSERT OR IGNORE INTO prefixes (sha256, json) VALUES (?, ?)", (sha256, json))
                ((number,),) = self._db.execute("SELECT id FROM prefixes WHERE sha256 = ?", (sha256,))
            self._prefixes[json] = number
        return self._prefixes[json]

    # Parses

    def parses(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return what is kept under these keys, but for what is damaged: it can be made again."""
        return self._parses.get(keys)

    def keep_parses(self, parses: Mapping[bytes, bytes]) -> None:
        """Write them, all or nothing; what was under the same keys is replaced."""
        with self._file.transaction():
            self._parses.put(parses)

    # Articles and briefs

    def save_brief(self, date: str, path: str, json: str, articles: Iterable[Article]) -> None:
        """Keep a brief's record and its articles, all or nothing. It replaces one of the same date and path."""
        with self._file.transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO articles (sha256, id, path, json, checksum, saved) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (a.content, a.id, a.path, text, _checksum(a.content, text), _now())
                    for a, text in ((a, a.model_dump_json()) for a in articles)
                ),
            )
            self._db.execute(
                "INSERT OR REPLACE INTO briefs (date, path, sha256, json, saved) VALUES (?, ?, ?, ?, ?)",
                (date, path, _sha256(json), json, _now()),
            )

    def brief(self, date: str) -> StoredBrief | None:
        """Return the brief of a date, the one saved last if there are several; None where there is none."""
        found = self._briefs("WHERE date = ?", date)
        return found[-1] if found else None

    def briefs(self) -> list[StoredBrief]:
        """Return every brief, by date, then by when it was saved."""
        return self._briefs("")

    def _briefs(self, where: str, *values: str) -> list[StoredBrief]:
        query = f"SELECT date, path, sha256, json, saved FROM briefs {where} ORDER BY date, saved, id"  # noqa: S608 - our own words
        with self._file.border():
            stored = [StoredBrief(*row) for row in self._db.execute(query, values)]
        for brief in stored:
            if not isinstance(brief.json, str) or _sha256(brief.json) != brief.sha256:
                raise self._damaged(f"the brief of {brief.date} is not what was written")
        return stored

    def article(self, content: str) -> Article | None:
        """Return the article with this content (its `content`: mostly the SHA-256 of its file); None where no brief was made of one."""
        with self._file.border():
            rows = self._db.execute("SELECT sha256, json, checksum FROM articles WHERE sha256 = ?", (content,)).fetchall()
        return next(iter(self._read(rows)), None)

    def articles(self) -> list[Article]:
        """Return every stored article, by ID, then by content."""
        with self._file.border():
            rows = self._db.execute("SELECT sha256, json, checksum FROM articles ORDER BY id, sha256").fetchall()
        return self._read(rows)

    def _read(self, rows: Sequence[tuple[object, str, object]]) -> list[Article]:
        if not all(_sound(*row) for row in rows):
            raise self._damaged("a stored article is not what was written")
        try:
            return [Article.model_validate_json(json) for _, json, _ in rows]
        except ValidationError as error:
            raise self._damaged("a stored article cannot be read") from error

    # Forgetting

    def calls(self) -> Iterator[StoredCall]:
        """Yield every call, whatever became of it, a batch at a time: what is written meanwhile may be missed."""
        query = "SELECT id, created, request, reply FROM calls WHERE id > ? ORDER BY id LIMIT 1000"
        last = 0
        while True:
            with self._file.border():
                rows = self._db.execute(query, (last,)).fetchall()
            if not rows:
                return
            yield from (StoredCall(*row) for row in rows)
            last = rows[-1][0]

    def saved(self) -> dict[str, str]:
        """Return when each article was last part of a brief that was written (ISO, UTC), by SHA-256."""
        with self._file.border():
            return dict(self._db.execute("SELECT sha256, saved FROM articles"))

    def forget(self, articles: Collection[str], briefs: Collection[StoredBrief], calls: Collection[int], parses: Collection[bytes]) -> int:
        """Delete articles by SHA-256, briefs, calls by row, and every parse but `parses`; return how many parses. All or nothing.

        What was deleted may still be read from the file until `compact` has returned.
        """
        dropped = set(self._parses.keys()).difference(parses)
        with self._file.transaction():
            self._db.executemany("DELETE FROM articles WHERE sha256 = ?", ((sha256,) for sha256 in articles))
            self._db.executemany("DELETE FROM briefs WHERE date = ? AND path = ?", ((brief.date, brief.path) for brief in briefs))
            self._db.executemany("DELETE FROM calls WHERE id = ?", ((row,) for row in calls))
            self._db.execute("DELETE FROM prefixes WHERE id NOT IN (SELECT prefix FROM calls)")
            self._parses.drop(dropped)
        self._prefixes.clear()
        return len(dropped)

    def compact(self) -> None:
        """Leave no byte of what was deleted in the file or its log. Raises StorageError where that cannot be."""
        self._file.compact()

    def _damaged(self, detail: str) -> DamagedError:
        return self._file.damaged(detail)


def _migrate(db: sqlite3.Connection, version: int, path: Path) -> None:
    if version > len(MIGRATIONS):
        raise StorageError(f"{path}: the database was written by a newer version of briefing", "update briefing, or move the file away")
    for script in MIGRATIONS[version:]:
        for statement in filter(str.strip, script.split(";")):
            db.execute(statement)


KIND = Kind(
    noun="database",
    application_id=APPLICATION_ID,
    version=len(MIGRATIONS),
    migrate=_migrate,
    damaged="move the file away to start afresh; `sqlite3 FILE .recover` may save what it holds",
)

_INSERT_CALL = (
    "INSERT INTO calls (created, key, verb, task, model, model_sha256, prefix, request, reply, finish, servable, "
    "prompt_tokens, cached_tokens, generated_tokens, milliseconds, checksum) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)


def _checksum(key: str, text: str) -> int:
    return zlib.crc32(text.encode(), zlib.crc32(key.encode()))


def _sound(key: object, text: object, checksum: object) -> bool:
    """Return whether a text is what was written; SQLite itself does not notice a changed byte inside a row."""
    return isinstance(key, str) and isinstance(text, str) and _checksum(key, text) == checksum


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
