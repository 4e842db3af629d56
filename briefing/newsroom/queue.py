"""The queue of a newsroom: procrastinate, in the database that is there anyway. The only module that knows it.

A job is a stage, a run and a part of it. What is put in comes out again until it ended, whatever becomes of its worker. What a job does,
and whether it is done again, is not decided here.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import LiteralString, cast

import procrastinate
import psycopg
import psycopg_pool
from procrastinate import exceptions, jobs, manager, retry, sql
from procrastinate.schema import SchemaManager
from procrastinate.sync_psycopg_connector import SyncPsycopgConnector
from procrastinate.worker import Worker

from briefing.address import PostgresAddress
from briefing.errors import StorageError
from briefing.postgres.connection import Connection, Row

_LOG = logging.getLogger(__name__)
QUEUE = "briefing/1"
"""The queue, by the form of its jobs: a worker of another version leaves those alone that it would not understand."""

PRIORITIES = {"sweep": 4, "send": 3, "brief": 2, "read": 1, "fetch": 0, "index": -1}
"""The kinds of jobs; what was begun is ended first."""

_LOCK = 0x42524651  # "BRFQ"
_PAUSE = 10.0  # seconds
_HINT = "is the database running?"
_DAYS = 30  # that ended jobs are kept
Db = psycopg.Connection[Row]
"""A connection of psycopg, inside a transaction."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its number, how many attempts were before, and what it is for."""

    id: int
    attempt: int
    stage: str
    run: int
    part: str


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: between two signs of life of a worker, until one without any counts as lost, between two looks into the queue, and about."""

    heartbeat: float = 5.0
    lost: float = 30.0
    poll: float = 2.0
    look: float = 15.0


class AgainError(Exception):
    """A job that is to be done again, after some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:.0f} s")
        self.seconds = seconds


class OverError(Exception):
    """A job that failed, and is not done again."""


@contextmanager
def border(address: PostgresAddress) -> Iterator[None]:
    """Translate what the queue says of a database that cannot be reached."""
    try:
        yield
    except (exceptions.ConnectorException, psycopg.OperationalError, psycopg_pool.PoolTimeout) as error:
        raise StorageError(f"{address}: the queue cannot be reached", _HINT) from error


class _Told(logging.Handler):
    """Tells what the libraries of the queue log as this program's own log, a line each: where nobody listens it is not said."""

    def emit(self, record: logging.LogRecord) -> None:
        """Tell one record."""
        _LOG.info("%s: %s", record.name, (record.getMessage().splitlines() or [""])[0])


def _listen() -> None:
    for name in ("procrastinate", "psycopg"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [_Told()], False


# Inside a transaction of the caller's


def defer(db: Db, stage: str, run: int, parts: Sequence[str]) -> None:
    """Put jobs into the queue. A feed is fetched by one worker at a time, whoever wants it."""
    queued = [
        jobs.Job(
            id=None,
            queue=QUEUE,
            task_name=stage,
            priority=PRIORITIES[stage],
            lock=f"feed {part}" if stage == "fetch" else None,
            queueing_lock=None,
            task_kwargs={"run": run, "part": part},
        )
        for part in parts
    ]
    manager.JobManager(SyncPsycopgConnector()).batch_defer_jobs(queued, connection=db)


def lost(db: Db, seconds: float) -> list[Job]:
    """Return the jobs whose worker is gone, or gave no sign of life for so long; nobody else gets them in this transaction."""
    return list(map(_job, db.execute(_LOST, (seconds, QUEUE)).fetchall()))


def again(db: Db, job: Job, seconds: float) -> None:
    """Give a job that somebody had in hand back to the queue, to be done after some seconds."""
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    db.execute(sql.queries["retry_job"], {"job_id": job.id, "retry_at": at, "new_priority": None, "new_queue_name": None, "new_lock": None})


def give_up(db: Db, job: Job) -> None:
    """End a job that somebody had in hand as failed."""
    db.execute(sql.queries["finish_job"], {"job_id": job.id, "status": "failed", "delete_job": False})


def tidy(db: Db, seconds: float) -> None:
    """Forget workers that gave no sign of life for so long, and jobs that ended a month ago."""
    db.execute(sql.queries["prune_stalled_workers"], {"seconds_since_heartbeat": seconds})
    ended = {"nb_hours": 24 * _DAYS, "queue": QUEUE, "statuses": ["succeeded", "failed", "aborted", "cancelled"]}
    db.execute(sql.queries["delete_old_jobs"], ended)


def in_hand(db: Db, worker: int) -> list[Job]:
    """Return what a worker has in hand."""
    return list(map(_job, db.execute(_IN_HAND, (worker,)).fetchall()))


def _job(row: Row) -> Job:
    number, attempt, stage, arguments = row
    return Job(number, attempt, stage, arguments["run"], arguments["part"])


def dismiss(db: Db, worker: int) -> None:
    """Forget a worker that is gone: what it has in hand is lost."""
    db.execute(sql.queries["unregister_worker"], {"worker_id": worker})


# The tables


def prepare(address: PostgresAddress) -> None:
    """Bring the tables of the queue to the version that is installed. Raises StorageError where that may not be done."""
    connection = Connection(address, all_desks=True)
    try:
        connection.transaction(_prepare)
    finally:
        connection.close()


def _prepare(db: Db) -> None:
    folder = files("procrastinate.sql").joinpath("migrations")
    known = sorted(one.name for one in folder.iterdir() if one.name.endswith(".sql"))
    if _version(db) == known[-1]:
        return
    db.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    version = _version(db)  # another process may have done it meanwhile
    if version > known[-1]:
        raise StorageError("the queue of this database was begun by a newer procrastinate", "update briefing on this machine")
    if version == known[-1]:
        return
    scripts: list[LiteralString] = (
        [folder.joinpath(name).read_text(encoding="utf-8") for name in known if name > version] if version else [SchemaManager.get_schema()]
    )
    for script in scripts:
        db.execute(script)
    db.execute("INSERT INTO queue_version (migration) VALUES (%s)", (known[-1],))
    db.execute(_GRANT)


def _version(db: Db) -> str:
    row = db.execute("SELECT max(migration) FROM queue_version").fetchone()
    return str(row[0]) if row and row[0] else ""


# Taking jobs out


class _Retry(retry.BaseRetryStrategy):
    """Does everything again but what is over: of any other error, a database that is gone for one, nobody could take note."""

    def get_retry_decision(self, *, exception: BaseException, job: jobs.Job) -> retry.RetryDecision | None:
        """Return when a job is done again; None for never."""
        del job
        if isinstance(exception, OverError):
            return None
        seconds = exception.seconds if isinstance(exception, AgainError) else _PAUSE
        return retry.RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=seconds))


class Consumer:
    """Takes jobs from the queue, one at a time, and lets `work` do each in a thread; it may raise AgainError and OverError."""

    def __init__(self, address: PostgresAddress, times: Times, work: Callable[[Job], None]) -> None:
        self._work, self._address = work, address
        _listen()
        options = {"options": "-c search_path=briefing,public", "application_name": "briefing-queue"}
        self._app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(conninfo=address.url, kwargs=options, min_size=1, max_size=2)
        )
        for name in PRIORITIES:
            self._app.task(name=name, queue=QUEUE, retry=_Retry(), pass_context=True)(self._task)
        self._times = times

    def _task(self, context: procrastinate.JobContext, *, run: int, part: str) -> None:
        job = context.job
        self._work(Job(cast("int", job.id), job.attempts, job.task_name, run, part))

    async def run(self, begun: Callable[[int], None], look: Callable[[], None], stopping: Callable[[], None]) -> None:
        """Work until a signal comes; then `stopping` is called, and what is in hand is waited for.

        `begun` gets the number of this worker, and `look` is called every so often; both in threads. What they raise ends the worker, and
        so does a database that is gone: StorageError.
        """
        told = False
        async with self._app.open_async():
            worker = Worker(
                self._app,
                queues=[QUEUE],
                install_signal_handlers=False,
                fetch_job_polling_interval=self._times.poll,
                update_heartbeat_interval=self._times.heartbeat,
                stalled_worker_timeout=self._times.lost,
            )

            def end() -> None:
                stopping()
                worker.stop()  # type: ignore[no-untyped-call]

            def signalled() -> None:
                nonlocal told
                told = True
                end()

            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, signalled)
            working = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]
            watching = asyncio.create_task(self._watch(worker, begun, look))
            await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
            end()
            watching.cancel()
            await working
            with suppress(asyncio.CancelledError):
                await watching
        if not told:  # it could give no sign of life any more
            raise StorageError(f"{self._address}: the queue was lost", _HINT)

    async def _watch(self, worker: Worker, begun: Callable[[int], None], look: Callable[[], None]) -> None:
        while worker.worker_id is None:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(begun, worker.worker_id)
        while True:
            await asyncio.to_thread(look)
            await asyncio.sleep(self._times.look)


_LOST: LiteralString = """
    SELECT job.id, job.attempts, job.task_name, job.args FROM procrastinate_jobs AS job
    WHERE job.status = 'doing' AND NOT EXISTS (
        SELECT FROM procrastinate_workers AS one WHERE one.id = job.worker_id AND one.last_heartbeat > now() - make_interval(secs => %s)
    ) AND job.queue_name = %s
    ORDER BY job.id FOR UPDATE OF job SKIP LOCKED
"""
_IN_HAND: LiteralString = (
    "SELECT id, attempts, task_name, args FROM procrastinate_jobs WHERE worker_id = %s AND status = 'doing' FOR UPDATE"
)
_GRANT: LiteralString = """
    DO $$
    DECLARE one record;
    BEGIN
        FOR one IN SELECT oid::regclass AS name, relkind FROM pg_class
            WHERE relnamespace = 'briefing'::regnamespace AND starts_with(relname, 'procrastinate_') AND relkind IN ('r', 'S')
        LOOP
            IF one.relkind = 'r' THEN EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO briefing_worker', one.name);
            ELSE EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO briefing_worker', one.name); END IF;
        END LOOP;
    END $$
"""
