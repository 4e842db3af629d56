"""The index as an SQLite file: what was read before, kept so that it can be searched.

All of it can be made again from the files, and every row has a checksum: what is damaged counts as not kept, a file that is damaged as a
whole is made again, and what cannot be kept only costs time. What somebody paid for is in the store, never here. The file of another
program is refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from briefing.errors import DamagedError, StorageError
from briefing.index import FORM, TABLES, RowsIndex
from briefing.sqlite.database import Database, Kind, Table, interrupted, is_ours, remove
from briefing.store import text_key


class SqliteIndex(RowsIndex):
    """An index in one SQLite file. Writes are transactions; several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises StorageError where it cannot be had at all."""
        super().__init__()
        self._path = path
        doubtful = interrupted(path)
        self._file = self._opened()
        if doubtful and not self._whole():
            self._renew()

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        self._file.close()

    # The file

    def _table(self, name: str) -> Table:
        return Table(self._file, name)

    def _get(self, name: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        try:
            return self._table(name).get(keys)
        except DamagedError:
            self._renew()
            return {}

    def _keys(self, name: str) -> list[bytes]:
        try:
            return self._table(name).keys()
        except DamagedError:
            self._renew()
            return []

    def _put(self, tables: Mapping[str, Mapping[bytes, bytes]]) -> None:
        if not any(tables.values()):
            return
        try:
            with self._file.transaction():
                for name, rows in tables.items():
                    self._table(name).put(rows)
        except DamagedError:
            self._renew()
        except StorageError:  # a disk that is full, say: the store says so where it matters
            return

    def _put_vectors(self, model: str, rows: Mapping[str, bytes]) -> None:
        self._put({"vectors": {text_key(model, text): row for text, row in rows.items()}})

    def _drop(self, tables: Mapping[str, Collection[bytes]]) -> None:
        with self._file.transaction():
            for name, keys in tables.items():
                self._table(name).drop(keys)
        self._file.compact()

    def _opened(self) -> Database:
        """Open the file; a damaged one of ours is begun anew. One that is merely in use is waited for, and never taken for damaged."""
        try:
            return Database(self._path, KIND)
        except DamagedError:
            if not is_ours(self._path, KIND):
                raise
        remove(self._path)
        return Database(self._path, KIND)

    def _renew(self) -> None:
        self._file.close()
        remove(self._path)
        self._file = Database(self._path, KIND)

    def _whole(self) -> bool:
        try:
            return self._file.sound()
        except DamagedError:
            return False


def _migrate(db: sqlite3.Connection, version: int, path: Path) -> None:
    """Drop what another version wrote, and make the tables of this one."""
    del version, path
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'").fetchall():
        db.execute(f"DROP TABLE {name}")
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
        db.execute(f"DROP TABLE {name}")
    for name in TABLES:
        db.execute(f"CREATE TABLE {name} {Table.FORM}")


KIND = Kind(
    noun="index",
    application_id=0x42524649,  # "BRFI"
    version=FORM,
    migrate=_migrate,
    damaged="it can be made again: delete it, if it is briefing's",
    former=frozenset(("form", "articles", "sentences", "vectors", "terms", "terms_data", "terms_idx", "terms_docsize", "terms_config")),
)
