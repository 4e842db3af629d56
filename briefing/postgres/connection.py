"""One connection to a PostgreSQL database of ours: its schema brought to this version, its role taken, what its errors mean.

A connection that is lost is made anew and the work done again, once: all that is done here is one statement, or one transaction. What
other sessions may see of a row is the database's own matter (migrations, row-level security).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString, Self, TypeVar

import psycopg
from psycopg import errors as codes
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from briefing.address import PostgresAddress
from briefing.errors import DamagedError, StorageError, UsageError
from briefing.postgres.migrate import migrate

CONNECT_SECONDS = 10
QUERY_SECONDS = 60.0
AGAIN_SECONDS = 30.0
"""How long a server that went away is waited for: it may be restarting."""

_STAYS = "BR001"  # our own code: what a desk is, is not changed any more

T = TypeVar("T")
Row = tuple[Any, ...]
Work = Callable[["psycopg.Connection[Row]"], T]

_SETUP = """
    SELECT set_config('search_path', 'briefing, public', false), set_config('briefing.desk', %(desk)s, false),
           set_config('statement_timeout', %(milliseconds)s, false), set_config('tcp_keepalives_idle', '60', false)
"""
_ROLE = "SELECT pg_has_role(session_user, 'briefing_worker', 'MEMBER')"


class Connection:
    """An open connection, for one thread. With `all_desks` it keeps the rights of who connects; else it takes the role of a worker.

    A login that may not take that role, a reader's, keeps its own.
    """

    def __init__(self, address: PostgresAddress, desk: str = "", *, all_desks: bool = False) -> None:
        """Connect, and bring the schema to this version. Raises StorageError, and UsageError for an address that libpq cannot read."""
        self.address, self._desk, self._all_desks = address, desk, all_desks
        self._prepared: list[Work[None]] = []
        self._info = _info(address)
        with self._border():
            self._db = self._connected()

    def close(self) -> None:
        """Close it. Safe to call twice."""
        self._db.close()

    @property
    def backend(self) -> int:
        """Return the process ID of the server's side."""
        return self._db.info.backend_pid

    def prepare(self, work: Work[None]) -> None:
        """Do this now, and on every connection that is made anew."""
        self._prepared.append(work)
        self.run(work)

    def query(self, statement: LiteralString, values: Sequence[object] | dict[str, object] = ()) -> list[Row]:
        """Return the rows of one statement, which is its own transaction."""
        return self.run(lambda db: _rows(db.execute(statement, values)))

    def sized(self, options: Mapping[str, str], statement: LiteralString, values: dict[str, object]) -> list[Row]:
        """Return the rows of one statement, run with settings of the server's that are for it alone."""

        def work(db: psycopg.Connection[Row]) -> list[Row]:
            for name, value in options.items():
                db.execute("SELECT set_config(%s, %s, true)", (name, value))
            return _rows(db.execute(statement, values))

        return self.transaction(work)

    def transaction(self, work: Work[T]) -> T:
        """Do work that is kept whole or not at all; it may be begun twice."""

        def whole(db: psycopg.Connection[Row]) -> T:
            with db.transaction():
                return work(db)

        return self.run(whole)

    def run(self, work: Work[T]) -> T:
        """Do work on the connection, once more where it was lost or stood in another's way."""
        with self._border():
            try:
                return work(self._db)
            except (codes.DeadlockDetected, codes.SerializationFailure):
                return work(self._db)
            except psycopg.OperationalError:
                if not self._db.broken:
                    raise
            self._db = self._patiently()
            return work(self._db)

    def damaged(self, detail: str) -> DamagedError:
        """Return the error that says so."""
        return DamagedError(f"{self.address}: the database is damaged: {detail}", "restore it from a backup")

    # Connecting

    def _patiently(self) -> psycopg.Connection[Row]:
        until = time.monotonic() + AGAIN_SECONDS
        while True:
            try:
                return self._connected()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)

    def _connected(self) -> psycopg.Connection[Row]:
        db: psycopg.Connection[Row] = psycopg.connect(self._info, autocommit=True)
        try:
            db.execute(_SETUP, {"desk": self._desk, "milliseconds": str(round(QUERY_SECONDS * 1000))})
            migrate(db, str(self.address))
            if not self._all_desks and db.execute(_ROLE).fetchone() == (True,):
                db.execute("SET ROLE briefing_worker")
            for work in self._prepared:
                work(db)
        except BaseException:
            db.close()
            raise
        return db

    @contextmanager
    def _border(self) -> Iterator[None]:
        """Translate what the server says; mistakes of ours (a wrong statement, a broken constraint) stay bugs."""
        try:
            yield
        except psycopg.Error as error:
            if error.sqlstate == _STAYS:
                raise UsageError(f"{error.diag.message_primary}", "give the other one another name, or forget what it brought") from error
            for kinds, (what, hint) in _BORDER:
                if isinstance(error, kinds):
                    raise StorageError(f"{self.address}: the database {what}", hint) from error
            if isinstance(error, psycopg.OperationalError):
                raise StorageError(f"{self.address}: the database cannot be reached: {self._reason(error)}", _HINT_REACH) from None
            raise

    def _reason(self, error: psycopg.Error) -> str:
        """Return what libpq said, without user and password, and without where: the address is told already."""
        said = str(error).strip().partition("\n")[0]
        return self.address.hidden(said.rpartition(" failed: ")[2].removeprefix("FATAL:").strip())


def _info(address: PostgresAddress) -> str:
    try:
        known = conninfo_to_dict(address.url)
        seconds, name = known.get("connect_timeout", CONNECT_SECONDS), known.get("application_name", "briefing")
        return make_conninfo(address.url, connect_timeout=seconds, application_name=name)
    except psycopg.ProgrammingError:  # its message repeats what is wrong
        raise UsageError(f"database: {address} is no address that can be read", "such as postgresql://USER@HOST/NAME") from None


def _rows(cursor: psycopg.Cursor[Row]) -> list[Row]:
    return cursor.fetchall() if cursor.description else []


_HINT_REACH = "is it running, and is `database` its address? A password belongs into PGPASSWORD or ~/.pgpass"
_HINT_ROLE = "a worker's login is a member of briefing_worker, a reader's of briefing_reader; `forget` needs the owner's: docs/newsroom.md"
_HINT_SPACE = "free some space and run again; what was paid for before is kept"

_BORDER: tuple[tuple[tuple[type[psycopg.Error], ...], tuple[str, str]], ...] = (
    ((codes.InsufficientPrivilege,), ("does not let this user do that", _HINT_ROLE)),
    ((codes.DiskFull,), ("has no room left", _HINT_SPACE)),
    ((codes.OutOfMemory,), ("has no memory left", "with many workers, raise max_locks_per_transaction")),
    ((codes.TooManyConnections,), ("has no connection left", "end some, or raise max_connections")),
    ((codes.QueryCanceled,), (f"did not answer within {QUERY_SECONDS:.0f} s", "run again when it is less busy")),
    ((codes.DeadlockDetected, codes.SerializationFailure), ("is written to by too many at once", "run again")),
    ((codes.ReadOnlySqlTransaction,), ("is read-only", "name the one that is written to, not a copy of it")),
    (
        (codes.UndefinedTable, codes.UndefinedColumn, codes.UndefinedFunction),
        ("is damaged: a table is missing", "restore it from a backup"),
    ),
)


class Connected:
    """What works over one connection, in a `with` or without, and closes it."""

    _connection: Connection

    def __enter__(self) -> Self:
        """Return it itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the connection. Safe to call twice."""
        self._connection.close()
