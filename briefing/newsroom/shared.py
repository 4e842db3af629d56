"""Fetched articles for every machine: a folder's files, a week in the database, written where they are not. Nothing is replaced."""

from __future__ import annotations

from pathlib import Path

from briefing import output
from briefing.address import PostgresAddress
from briefing.postgres.connection import Connection

_HINT = "choose another folder with `articles`"
_KEEP = "INSERT INTO files (folder, name, data) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_OLD = "DELETE FROM files WHERE kept < now() - interval '7 days'"
_NAMES = "SELECT DISTINCT name FROM files WHERE folder = %s"
_DATA = "SELECT data FROM files WHERE folder = %s AND name = %s ORDER BY private_to LIMIT 1"


def keep(address: PostgresAddress, desk: str, name: str, folder: Path) -> int:
    """Keep the articles that lie in a folder under a name, for the desk that fetched them; return how many were new."""
    connection = Connection(address, desk)
    try:
        known = {one for (one,) in connection.query(_NAMES, (name,))}
        new = [path for path in sorted(folder.glob("*.md")) if path.name not in known]
        rows = [(name, path.name, path.read_bytes()) for path in new]
        connection.transaction(lambda db: db.cursor().executemany(_KEEP, rows))
        connection.query(_OLD)
        return len(new)
    finally:
        connection.close()


def bring(address: PostgresAddress, desk: str, name: str, folder: Path) -> int:
    """Write the articles that are kept under a name into a folder, but for those that are there; return how many. Raises StorageError."""
    connection = Connection(address, desk)
    try:
        known = [one for (one,) in connection.query(_NAMES, (name,)) if "/" not in one and not one.startswith(".")]
        missing = [one for one in known if not (folder / one).exists()]
        for one in missing:
            ((data,),) = connection.query(_DATA, (name, one))
            folder.mkdir(parents=True, exist_ok=True)
            output.write({folder / one: bytes(data)}, _HINT)
        return len(missing)
    finally:
        connection.close()
