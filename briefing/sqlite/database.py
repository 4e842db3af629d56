"""One SQLite file of ours: whose it is, who may read it, that a write is whole, that no query goes on for ever, what its errors mean.

A new file is readable by its owner alone and is created in one exclusive transaction, so two processes may begin it at once. A file of
another program is refused before anything is written. It keeps what it is given: what a row means, and what is done about a damaged one,
is its user's matter.
"""

from __future__ import annotations

import math
import os
import re
import sqlite3
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import DamagedError, StorageError

BUSY_SECONDS = 30.0
QUERY_SECONDS = 60.0
"""A query that takes longer than this goes round in a damaged file."""

_STEPS = 100_000  # of SQLite's machine between two looks at the clock
_KEYS_PER_QUERY = 500
_SAID = 100  # characters of what is said about a damaged file
_QUOTING = re.compile(r" - | with text ")  # what SQLite puts before a part of the file that it quotes
_SIDES = ("-wal", "-shm", "-journal")  # what SQLite puts beside a file


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is for: how messages name it, its application ID, its version, and how another version becomes this one.

    `migrate` gets the connection, inside a transaction, and the version of the file (0 for a new one); it raises StorageError where it
    cannot. `former` are the tables of a file of ours that was made before files said whose they are; `damaged` is what a user may do.
    """

    noun: str
    application_id: int
    version: int
    migrate: Callable[[sqlite3.Connection, int, Path], None]
    damaged: str
    former: frozenset[str] = frozenset()


class Database:
    """An open file. What is asked of `db` is asked inside `border` or `transaction`; both raise StorageError, with a hint."""

    def __init__(self, path: Path, kind: Kind) -> None:
        self._path, self._kind = path, kind
        self._until = math.inf
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{path.parent}: cannot make the folder of the {kind.noun}: {error.strerror}", _HINT_FOLDER) from error
        with suppress(OSError):  # one that is there keeps its rights, and SQLite says why there can be none
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with self.border():
            self.db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            with self.border():
                self._prepare()
        except BaseException:
            self.db.close()
            raise

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        self.db.close()

    @contextmanager
    def transaction(self, how: str = "IMMEDIATE") -> Iterator[None]:
        """Write all of what is inside, or nothing."""
        with self.border():
            self.db.execute(f"BEGIN {how}")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    @contextmanager
    def border(self, seconds: float | None = None) -> Iterator[None]:
        """Translate what SQLite says about the file; mistakes of ours (ProgrammingError, IntegrityError) stay bugs."""
        self._until = time.monotonic() + (QUERY_SECONDS if seconds is None else seconds)
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
            raise
        except UnicodeDecodeError as error:  # even SQLite's own message may quote damaged bytes
            raise self.damaged("its text is not UTF-8") from error
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "")
            if name == "SQLITE_NOTADB":
                raise DamagedError(f"{self._path}: the file is damaged, or no database", self._kind.damaged) from error
            if name == "SQLITE_INTERRUPT":
                raise self.damaged(f"a query did not end within {QUERY_SECONDS:.0f} s") from error
            for start, (what, hint) in _BORDER.items():
                if name.startswith(start):
                    raise StorageError(f"{self._path}: the {what.format(noun=self._kind.noun)}", hint) from error
            raise self.damaged(_QUOTING.split(str(error), maxsplit=1)[0]) from error

    def damaged(self, detail: str) -> DamagedError:
        """Return the error that says so, in one line: what a damaged file holds may be a whole article."""
        said = " ".join(detail.split())[:_SAID]
        return DamagedError(f"{self._path}: the {self._kind.noun} is damaged: {said}", self._kind.damaged)

    def sound(self) -> bool:
        """Return whether SQLite finds the file's structure whole. It reads all of it."""
        with self.border():
            return bool(self.db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))

    def compact(self) -> None:
        """Write the file anew without what was deleted, and empty its log: no byte of a deleted row stays in either.

        Raises StorageError where there is no room for that, or where another process still reads what was there.
        """
        with self.border(math.inf):
            self.db.execute("VACUUM")
            busy = self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StorageError(f"{self._path}: what was deleted can still be read: another process has it open", _HINT_AGAIN)

    # Opening

    def _prepare(self) -> None:
        """Check whose file it is, bring it to this version, and set how it is written. What is true of it is read in one transaction."""
        self.db.set_progress_handler(lambda: time.monotonic() > self._until, _STEPS)
        self.db.execute("PRAGMA secure_delete = ON")
        self.db.execute("BEGIN")
        ready = self._version() == self._kind.version
        self.db.execute("COMMIT")
        if not ready:
            with self.transaction("EXCLUSIVE"):
                version = self._version()  # another process may have done it meanwhile
                if version != self._kind.version:
                    self._kind.migrate(self.db, version, self._path)
                    self.db.execute(f"PRAGMA user_version = {self._kind.version}")
                    self.db.execute(f"PRAGMA application_id = {self._kind.application_id}")
        self._write_ahead()

    def _version(self) -> int:
        """Return the version of the file, 0 for one that is empty; refuse a file that is not ours."""
        version, owner = (int(self.db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("user_version", "application_id"))
        if owner != self._kind.application_id:
            tables = {str(name) for (name,) in self.db.execute("SELECT name FROM sqlite_schema WHERE type <> 'index'")}
            if version or owner or (tables and tables != self._kind.former):
                raise StorageError(f"{self._path}: this database belongs to another program", _HINT_OTHER)
        return version

    def _write_ahead(self) -> None:
        """Turn on WAL; SQLite does not wait for another process that does so at the same moment, so wait here."""
        until = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                mode = self.db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
                break
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)
        # Some network folders cannot do WAL; without it only FULL keeps the file sound through a power cut.
        self.db.execute(f"PRAGMA synchronous = {'NORMAL' if mode == 'wal' else 'FULL'}")


class Table:
    """Rows of a table that can be made again: bytes by key, each with its checksum. A damaged row counts as not kept."""

    FORM = "(key BLOB PRIMARY KEY, data BLOB NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID"

    def __init__(self, database: Database, name: str) -> None:
        self._database, self._name = database, name

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return what is kept under these keys."""
        found: dict[bytes, bytes] = {}
        for marks, some in batches(keys):
            # Cast: what is damaged may be of any type, and text that is not UTF-8 cannot even be read.
            query = f"SELECT key, CAST(data AS BLOB), CAST(checksum AS INTEGER) FROM {self._name} WHERE key IN ({marks})"  # noqa: S608 - only marks
            with self._database.border():
                rows = self._database.db.execute(query, some)
                found |= {key: data for key, data, checksum in rows if checksum == _checksum(key, data)}
        return found

    def put(self, rows: Mapping[bytes, bytes]) -> None:
        """Write rows inside a transaction of the caller's; what was under the same keys is replaced."""
        query = f"INSERT OR REPLACE INTO {self._name} (key, data, checksum) VALUES (?, ?, ?)"  # noqa: S608 - our own name
        self._database.db.executemany(query, ((key, data, _checksum(key, data)) for key, data in rows.items()))

    def keys(self) -> list[bytes]:
        """Return every key."""
        with self._database.border():
            return [key for (key,) in self._database.db.execute(f"SELECT key FROM {self._name}")]  # noqa: S608 - our own name

    def drop(self, keys: Collection[bytes]) -> None:
        """Delete rows inside a transaction of the caller's."""
        self._database.db.executemany(f"DELETE FROM {self._name} WHERE key = ?", ((key,) for key in keys))  # noqa: S608 - our own name


def batches(keys: Sequence[Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield as many keys as one query takes, with a question mark for each."""
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        some = keys[start : start + _KEYS_PER_QUERY]
        yield ",".join("?" * len(some)), some


def is_ours(path: Path, kind: Kind) -> bool:
    """Return whether a file, however damaged, begins as one of this kind does."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(72)
        return head[:16] == b"SQLite format 3\0" and int.from_bytes(head[68:72], "big") == kind.application_id
    return False


def remove(path: Path) -> None:
    """Delete a file with what SQLite put beside it. Raises OSError."""
    for end in ("", *_SIDES):
        path.with_name(path.name + end).unlink(missing_ok=True)


def interrupted(path: Path) -> bool:
    """Return whether a process may have ended while it wrote to the file; or one writes to it now."""
    try:
        return any(path.with_name(path.name + end).exists() for end in _SIDES)
    except OSError:  # a folder that is closed: who opens the file is told
        return False


def _checksum(key: bytes, data: bytes) -> int:
    return zlib.crc32(data, zlib.crc32(key))


_HINT_FOLDER = "choose a folder that can be written with BRIEFING_HOME or `home` in briefing.toml"
_HINT_OTHER = "choose another place with `database` in briefing.toml"
_HINT_SPACE = "free some space and run again; what was paid for before is kept"
_HINT_AGAIN = "end it, and forget again: `--before` with any date does"

# By the start of SQLite's error name.
_BORDER: dict[str, tuple[str, str]] = {
    "SQLITE_FULL": ("disk is full", _HINT_SPACE),
    "SQLITE_IOERR": ("disk cannot be read or written", _HINT_SPACE),
    "SQLITE_READONLY": ("{noun} cannot be written", _HINT_FOLDER),
    "SQLITE_CANTOPEN": ("{noun} cannot be opened", _HINT_FOLDER),
    "SQLITE_PERM": ("{noun} cannot be opened", _HINT_FOLDER),
    "SQLITE_BUSY": (f"{{noun}} is locked: another program has kept it for {BUSY_SECONDS:.0f} s", "end it, and run again"),
}
