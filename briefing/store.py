"""The SQLite database: every model call (log and cache in one), articles, briefs and parses. A call kept is never lost.

Each write is a transaction of its own, committed before the method returns, so a killed process loses at most the
write it was in; only a power cut can take the last seconds (WAL, synchronous=NORMAL), and never the database. Several
processes may use one file. A file that is damaged, newer or another program's is refused, never repaired, emptied or
deleted: it may hold what somebody paid for. Only a parse costs nothing but time: a damaged one counts as not kept.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from briefing.calls import CallRow
from briefing.errors import StorageError
from briefing.types import Article

APPLICATION_ID = 0x42524647  # "BRFG": how a database says whose it is
BUSY_SECONDS = 30.0
_KEYS_PER_QUERY = 500

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
    "CREATE TABLE parses (key BLOB PRIMARY KEY, data BLOB NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;",
)


@dataclass(frozen=True, slots=True)
class StoredBrief:
    """A brief as it was written: its date, its file, the SHA-256 of its JSON text, that text, and when (ISO, UTC)."""

    date: str
    path: str
    sha256: str
    json: str
    saved: str


class Store:
    """An open database. Every method raises StorageError, with a hint, when the file cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._prefixes: dict[str, int] = {}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{path.parent}: cannot make the folder of the database: {error.strerror}", _HINT_FOLDER) from error
        with self._border():
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            with self._border():
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        self._db.close()

    # Calls

    def replies(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the reply JSON of each key that has a servable call: the oldest one, so that a reply never changes."""
        found: dict[str, str] = {}
        unique = list(dict.fromkeys(keys))
        with self._border():
            for start in range(0, len(unique), _KEYS_PER_QUERY):
                some = unique[start : start + _KEYS_PER_QUERY]
                marks = ",".join("?" * len(some))
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
        with self._border():
            self._db.execute(_INSERT_CALL, values)

    def _prefix(self, json: str) -> int:
        """Return the row number of a prefix, which is written once however many calls share it."""
        if json not in self._prefixes:
            sha256 = _sha256(json)
            with self._border():
                self._db.execute("INSERT OR IGNORE INTO prefixes (sha256, json) VALUES (?, ?)", (sha256, json))
                ((number,),) = self._db.execute("SELECT id FROM prefixes WHERE sha256 = ?", (sha256,))
            self._prefixes[json] = number
        return self._prefixes[json]

    # Parses

    def parses(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return what is kept under these keys, but for what is damaged: it can be made again."""
        found: dict[bytes, bytes] = {}
        with self._border():
            for start in range(0, len(keys), _KEYS_PER_QUERY):
                some = keys[start : start + _KEYS_PER_QUERY]
                marks = ",".join("?" * len(some))
                # Cast: what is damaged may be of any type, and text that is not UTF-8 cannot even be read.
                query = f"SELECT key, CAST(data AS BLOB), CAST(checksum AS INTEGER) FROM parses WHERE key IN ({marks})"  # noqa: S608 - only marks
                rows = self._db.execute(query, some)
                found |= {key: data for key, data, checksum in rows if zlib.crc32(data, zlib.crc32(key)) == checksum}
        return found

    def keep_parses(self, parses: Mapping[bytes, bytes]) -> None:
        """Write them, all or nothing; what was under the same keys is replaced."""
        with self._transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO parses (key, data, checksum) VALUES (?, ?, ?)",
                ((key, data, zlib.crc32(data, zlib.crc32(key))) for key, data in parses.items()),
            )

    # Articles and briefs

    def save_brief(self, date: str, path: str, json: str, articles: Iterable[Article]) -> None:
        """Keep a brief's record and its articles, all or nothing. It replaces one of the same date and path."""
        with self._transaction():
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
        with self._border():
            stored = [StoredBrief(*row) for row in self._db.execute(query, values)]
        for brief in stored:
            if not isinstance(brief.json, str) or _sha256(brief.json) != brief.sha256:
                raise self._damaged(f"the brief of {brief.date} is not what was written")
        return stored

    def article(self, content: str) -> Article | None:
        """Return the article with this content (its `content`: mostly the SHA-256 of its file); None where no brief was made of one."""
        with self._border():
            rows = self._db.execute("SELECT sha256, json, checksum FROM articles WHERE sha256 = ?", (content,)).fetchall()
        return next(iter(self._read(rows)), None)

    def articles(self) -> list[Article]:
        """Return every stored article, by ID, then by content."""
        with self._border():
            rows = self._db.execute("SELECT sha256, json, checksum FROM articles ORDER BY id, sha256").fetchall()
        return self._read(rows)

    def _read(self, rows: Sequence[tuple[object, str, object]]) -> list[Article]:
        if not all(_sound(*row) for row in rows):
            raise self._damaged("a stored article is not what was written")
        try:
            return [Article.model_validate_json(json) for _, json, _ in rows]
        except ValidationError as error:
            raise self._damaged("a stored article cannot be read") from error

    # The file

    def _prepare(self) -> None:
        """Check whose file it is, bring it to this version, and set how it is written."""
        version, mine = self._pragma("user_version"), self._pragma("application_id") == APPLICATION_ID
        if not mine and (version or self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]):
            raise StorageError(f"{self._path}: this database belongs to another program", _HINT_OTHER)
        if version > len(MIGRATIONS):
            raise StorageError(
                f"{self._path}: the database was written by a newer version of briefing",
                "update briefing, or move the file away",
            )
        self._write_ahead()
        if version < len(MIGRATIONS) or not mine:
            self._migrate()

    def _write_ahead(self) -> None:
        """Turn on WAL; SQLite does not wait for another process that does so at the same moment, so wait here."""
        until = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                mode = self._db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
                break
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)
        # Some network folders cannot do WAL; without it only FULL keeps the file sound through a power cut.
        self._db.execute(f"PRAGMA synchronous = {'NORMAL' if mode == 'wal' else 'FULL'}")

    def _migrate(self) -> None:
        with self._transaction():
            for number, script in enumerate(MIGRATIONS, start=1):
                if number > self._pragma("user_version"):  # read under the lock: another process may have done it
                    for statement in filter(str.strip, script.split(";")):
                        self._db.execute(statement)
                    self._db.execute(f"PRAGMA user_version = {number}")
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    def _pragma(self, name: str) -> int:
        return int(self._db.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._border():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _border(self) -> Iterator[None]:
        """Translate what SQLite says about the file; mistakes of ours (ProgrammingError, IntegrityError) stay bugs."""
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
            raise
        except UnicodeDecodeError as error:  # even SQLite's own message may quote damaged bytes
            raise self._damaged("its text is not UTF-8") from error
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "")
            for start, (what, hint) in _BORDER.items():
                if name.startswith(start):
                    raise StorageError(f"{self._path}: {what}", hint) from error
            raise StorageError(f"{self._path}: the database cannot be used: {error}", _HINT_DAMAGED) from error

    def _damaged(self, detail: str) -> StorageError:
        return StorageError(f"{self._path}: the database is damaged: {detail}", _HINT_DAMAGED)


_HINT_DAMAGED = "move the file away to start afresh; `sqlite3 FILE .recover` may save what it holds"
_HINT_FOLDER = "choose a folder that can be written with BRIEFING_HOME or `home` in briefing.toml"
_HINT_OTHER = "choose another file with `database` in briefing.toml"
_HINT_SPACE = "free some space and run again; what was paid for before is kept"

# By the start of SQLite's error name.
_BORDER: dict[str, tuple[str, str]] = {
    "SQLITE_NOTADB": ("the file is damaged, or no database", _HINT_DAMAGED),
    "SQLITE_CORRUPT": ("the database is damaged", _HINT_DAMAGED),
    "SQLITE_FULL": ("the disk is full", _HINT_SPACE),
    "SQLITE_IOERR": ("the disk cannot be read or written", _HINT_SPACE),
    "SQLITE_READONLY": ("the database cannot be written", _HINT_FOLDER),
    "SQLITE_CANTOPEN": ("the database cannot be opened", _HINT_FOLDER),
    "SQLITE_PERM": ("the database cannot be opened", _HINT_FOLDER),
    "SQLITE_BUSY": (f"another program has kept the database locked for {BUSY_SECONDS:.0f} s", "end it, and run again"),
}

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
