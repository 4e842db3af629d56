"""The schema of a PostgreSQL database of ours, brought to this version by numbered SQL files: all of them, or none.

It promises that two who begin at once do it once, and that a schema of a newer version is refused, never changed.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, LiteralString

import psycopg
from psycopg import errors as codes

from briefing.errors import StorageError

_LOCK = 0x42524647  # "BRFG"
_PGVECTOR = (0, 8)  # the first that goes on looking where a filter leaves too few

# Asked of the tables themselves: a name that was looked up before another process made it may still count as none.
_KNOWN = "SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = 'briefing' AND tablename = 'migrations')"
_APPLIED = "SELECT coalesce(max(number), 0) FROM briefing.migrations"
_BEGIN = """
    CREATE SCHEMA IF NOT EXISTS briefing;
    CREATE TABLE IF NOT EXISTS briefing.migrations (
        number integer PRIMARY KEY, name text NOT NULL, applied timestamptz NOT NULL DEFAULT clock_timestamp()
    )
"""


def scripts() -> list[tuple[str, LiteralString]]:
    """Return the migrations, in order: name and SQL text. The first is number 1."""
    folder = files("briefing.postgres") / "migrations"
    return [
        (one.name, one.read_text(encoding="utf-8")) for one in sorted(folder.iterdir(), key=lambda one: one.name) if one.name[:1].isdigit()
    ]


def migrate(db: psycopg.Connection[Any], name: str) -> None:
    """Bring the schema to this version. Raises StorageError, naming the database, for a newer one and where that may not be done."""
    known = scripts()
    if _version(db) == len(known):
        return
    with db.transaction():
        db.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        version = _version(db)  # another process may have done it meanwhile
        if version > len(known):
            raise StorageError(f"{name}: the database was written by a newer version of briefing", "update briefing on this machine")
        try:
            if not version:
                _extension(db, name)
                db.execute(_BEGIN)
            for number, (script, text) in enumerate(known[version:], start=version + 1):
                db.execute(text)
                db.execute("INSERT INTO briefing.migrations (number, name) VALUES (%s, %s)", (number, script))
        except codes.InsufficientPrivilege as error:
            what = "is of an older version, and this user may not" if version else "is new, and this user may not begin"
            raise StorageError(f"{name}: the database {what} change it" if version else f"{name}: the database {what} it", _HINT) from error


def _version(db: psycopg.Connection[Any]) -> int:
    """Return how many migrations were applied; 0 for a new database."""
    if db.execute(_KNOWN).fetchone() != (True,):
        return 0
    ((number,),) = db.execute(_APPLIED).fetchall()
    return int(number)


def _extension(db: psycopg.Connection[Any], name: str) -> None:
    try:
        db.execute("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
    except (codes.FeatureNotSupported, codes.UndefinedFile) as error:
        raise StorageError(f"{name}: this server has no pgvector", "install the extension: https://github.com/pgvector/pgvector") from error
    ((version,),) = db.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'").fetchall()
    if tuple(int(part) for part in version.split(".")[:2]) < _PGVECTOR:
        raise StorageError(f"{name}: pgvector {version} is too old", "0.8 or later is needed")


_HINT = "let its owner run any command once; the owner needs CREATEROLE, and may need help with `CREATE EXTENSION vector`"
