"""The index in PostgreSQL: articles as they were read, the words of their sentences, sentence vectors, odds of words, for every machine.

What it cannot keep costs only time: of a database that takes no more, the store says so where it matters.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, LiteralString

import psycopg

from briefing.address import PostgresAddress
from briefing.errors import StorageError
from briefing.index import FORM, RowsIndex
from briefing.postgres.archive import said
from briefing.postgres.connection import Connection, Row
from briefing.postgres.store import rewrite
from briefing.store import text_key

if TYPE_CHECKING:
    from pgvector import HalfVector

_TABLES: dict[str, LiteralString] = {"articles": "readings", "terms": "words", "wording": "wording"}
_VECTOR = "INSERT INTO vectors (key, model, said, vector) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"


class PostgresIndex(RowsIndex):
    """An Index in a PostgreSQL database. With `all_desks` it sees what private desks brought, too: its owner's right, for forgetting."""

    def __init__(self, address: PostgresAddress, desk: str = "", *, all_desks: bool = False) -> None:
        """Connect. Raises StorageError."""
        super().__init__()
        self._connection = Connection(address, desk, all_desks=all_desks)
        self._registered = False

    def close(self) -> None:
        """Close it. Safe to call twice."""
        self._connection.close()

    def _get(self, name: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        if not keys:
            return {}
        if name == "vectors":
            self._register()
            statement: LiteralString = "SELECT DISTINCT ON (key) key, vector FROM vectors WHERE key = ANY (%s) ORDER BY key, private_to"
            return {key: _floats(vector) for key, vector in self._connection.query(statement, (list(keys),))}
        statement = (
            f"SELECT DISTINCT ON (key) key, data FROM {_TABLES[name]} "  # noqa: S608 - our own names
            "WHERE key = ANY (%s) AND form = %s ORDER BY key, private_to"
        )
        return dict(self._connection.query(statement, (list(keys), FORM)))

    def _keys(self, name: str) -> list[bytes]:
        return [key for (key,) in self._connection.query(f"SELECT DISTINCT key FROM {_TABLES.get(name, 'vectors')}")]  # noqa: S608

    def _put(self, tables: Mapping[str, Mapping[bytes, bytes]]) -> None:
        if not any(tables.values()):
            return

        def write(db: psycopg.Connection[Row]) -> None:
            for name, rows in tables.items():
                statement: LiteralString = (
                    f"INSERT INTO {_TABLES[name]} (key, form, data) VALUES (%s, %s, %s) "  # noqa: S608 - our own names
                    "ON CONFLICT (key, private_to) DO UPDATE SET form = excluded.form, data = excluded.data"
                )
                db.cursor().executemany(statement, [(key, FORM, data) for key, data in sorted(rows.items())])

        with suppress(StorageError):
            self._connection.transaction(write)

    def _put_vectors(self, model: str, rows: Mapping[str, bytes]) -> None:
        told = sorted((text_key(model, text), model, said(text), _vector(data)) for text, data in rows.items())
        with suppress(StorageError):
            self._connection.transaction(lambda db: db.cursor().executemany(_VECTOR, told))

    def _drop(self, tables: Mapping[str, Collection[bytes]]) -> None:
        names = {_TABLES.get(name, "vectors"): list(keys) for name, keys in tables.items()}

        def delete(db: psycopg.Connection[Row]) -> None:
            db.execute("SET LOCAL statement_timeout = 0")
            for name, keys in names.items():
                db.execute(f"DELETE FROM {name} WHERE key = ANY (%s)", (keys,))  # noqa: S608 - our own names

        self._connection.transaction(delete)
        rewrite(self._connection, names)

    def _register(self) -> None:
        """Let the connection speak of vectors. It takes numpy, and not every command asks for one."""
        if not self._registered:
            from pgvector.psycopg import register_vector

            self._connection.prepare(register_vector)
            self._registered = True


def _vector(data: bytes) -> HalfVector:
    import numpy as np
    from pgvector import HalfVector

    return HalfVector(np.frombuffer(data, np.float16))


def _floats(vector: HalfVector) -> bytes:
    return vector.to_numpy().astype("<f2").tobytes()
