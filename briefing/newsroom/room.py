"""The newsroom as commands use it: a worker, a brief that is left to the workers, what they are doing. Puts the parts together.

It promises that what is wrong is said at once: desks, database, queue, and model are looked at before anything is begun.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from briefing.address import PostgresAddress
from briefing.config import Settings
from briefing.engines import chosen
from briefing.errors import UsageError
from briefing.newsroom.desks import Desks
from briefing.newsroom.file import load
from briefing.opening import open_store
from briefing.progress import Progress

if TYPE_CHECKING:
    from briefing.newsroom.status import Status


def working(settings: Settings, progress: Progress) -> None:
    """Work for all desks until SIGTERM or Ctrl-C. Raises UsageError, StorageError, ModelError for what is wrong from the start."""
    address = _prepared(settings)
    desks = load(settings.desks)
    chosen(settings)
    from briefing.newsroom.ledger import Ledger
    from briefing.newsroom.supervise import supervise
    from briefing.newsroom.worker import serve

    with closing(Ledger(address)) as ledger:
        ledger.know(desks)
    supervise(lambda: serve(settings.desks, settings, address, progress), address, progress)


def begun(name: str, date: str, desks: Desks, settings: Settings) -> bool:
    """Leave the brief of a desk and a day to the workers, made or not before; return False where it is being made. Raises StorageError."""
    address = _prepared(settings)
    from briefing.newsroom.ledger import Ledger

    with closing(Ledger(address)) as ledger:
        ledger.know(desks)
        return ledger.begin(name, date, again=True)


def shown(settings: Settings) -> Status:
    """Return what the workers are doing. Raises UsageError where `database` is no PostgreSQL database, StorageError."""
    address = _prepared(settings)
    from briefing.newsroom.status import status

    return status(address)


def _prepared(settings: Settings) -> PostgresAddress:
    """Return the address of the database, with its tables and those of the queue there."""
    address = settings.database
    if not isinstance(address, PostgresAddress):
        raise UsageError(f"workers share a PostgreSQL database, and `database` is {address}", "set it to postgresql://USER@HOST/NAME")
    open_store(settings).close()  # which says so where psycopg is not installed
    try:
        from briefing.newsroom.queue import prepare
    except ImportError as error:
        missing = (error.name or "procrastinate").partition(".")[0]
        raise UsageError(f"{missing} is not installed, which workers need", "pip install 'citebrief[newsroom]'") from error
    prepare(address)
    return address
