"""Opens what is kept, where the setting `database` says: two SQLite files, or a PostgreSQL database. The only place that knows both.

Nothing else asks which it is. psycopg is imported for an address alone.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from briefing.config import Settings
from briefing.errors import UsageError
from briefing.sqlite.database import is_ours, remove
from briefing.sqlite.index import SqliteIndex
from briefing.sqlite.store import KIND, SqliteStore
from briefing.store import Archive, Index, Store


def open_store(settings: Settings, *, all_desks: bool = False) -> Store:
    """Open, or begin, the store. Raises StorageError, and UsageError where the settings do not fit.

    With `all_desks` it shows what private desks brought, too, which is the right of the database's owner.
    """
    where = settings.database
    if isinstance(where, Path):
        return SqliteStore(_alone(settings, where))
    _needed()
    from briefing.postgres.store import PostgresStore

    return PostgresStore(where, settings.desk, all_desks=all_desks)


def open_index(settings: Settings, *, all_desks: bool = False) -> Index:
    """Open, or begin, the index, as `open_store` opens the store."""
    where = settings.index
    if isinstance(where, Path):
        return SqliteIndex(_alone(settings, where))
    _needed()
    from briefing.postgres.index import PostgresIndex

    return PostgresIndex(where, settings.desk, all_desks=all_desks)


def open_archive(settings: Settings) -> Archive | None:
    """Open the archive of a desk, where there is one: a database of files has none, and its articles are all read."""
    where = settings.database
    if isinstance(where, Path):
        return None
    _needed()
    from briefing.postgres.archive import PostgresArchive

    return PostgresArchive(where, settings.desk)


def begun(settings: Settings) -> bool:
    """Return whether there is a database already, as far as can be known without asking another machine."""
    return isinstance(settings.database, Path) and settings.database.is_file()


def discard(settings: Settings) -> bool:
    """Delete a damaged database as a file, and return True; False where it is not one of ours, or no file. Raises OSError."""
    if not isinstance(settings.database, Path) or not is_ours(settings.database, KIND):
        return False
    remove(settings.database)
    return True


def _alone(settings: Settings, path: Path) -> Path:
    if settings.desk:
        raise UsageError(f"desk {settings.desk!r}: only a PostgreSQL database has desks, and `database` is {path}", _HINT)
    return path


def _needed() -> None:
    """Raise UsageError, saying how they are installed, where the libraries are not that a PostgreSQL database needs."""
    missing = [name for name in ("psycopg", "pgvector") if find_spec(name) is None]
    if missing:
        raise UsageError(f"a PostgreSQL database needs {' and '.join(missing)}", "pip install 'citebrief[postgres]'")


_HINT = "set it to postgresql://USER@HOST/NAME"
