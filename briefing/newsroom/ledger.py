"""What is to be done for each desk and day, in the database: runs, their parts, attempts that failed, workers. Decides what comes next.

A run goes through its stages: fetch, read, brief, send, index; each has parts, one a job, and the next begins when the last part is over,
however it ended. Each step is one transaction, with the jobs that follow from it: a worker may die between any two, and nothing is lost or
done twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefing.address import PostgresAddress
from briefing.newsroom import queue
from briefing.newsroom.desks import Desks
from briefing.newsroom.queue import Db, Job
from briefing.postgres.connection import Connection

STAGES = ("fetch", "read", "brief", "send", "index")
ATTEMPTS = 2
"""How often a job may fail by its own fault. What it was when its worker was lost, or the database or all servers, is not its fault."""

LOSSES = 20
"""How often a job may be lost with its worker, or find no database or server, until it is given up all the same."""

_AGAIN, _LONGEST = 5.0, 300.0  # seconds before a second attempt; the longest pause for what is away


class Run(NamedTuple):
    """One brief that is to be made: of a desk and a day, and in which stage it is."""

    id: int
    desk: str
    date: str
    stage: str


class Ledger:
    """The runs of a database, for one thread. Every method raises StorageError."""

    def __init__(self, address: PostgresAddress) -> None:
        self._connection = Connection(address)

    def close(self) -> None:
        """Close the connection. Safe to call twice."""
        self._connection.close()

    def know(self, desks: Desks) -> None:
        """Let the database know the desks, and which are private: it guards their rows by that."""
        rows = [(desk.name, desk.private) for desk in desks.desk]
        self._connection.transaction(lambda db: db.cursor().executemany(_DESK, rows))

    # Runs

    def begin(self, desk: str, date: str, *, again: bool) -> bool:
        """Begin the brief of a desk and a day, and return True; False where one is under way, or was made and not wanted `again`."""

        def work(db: Db) -> bool:
            made = db.execute(_BEGIN, (desk, date)).fetchone()
            if made is None:
                standing = db.execute(_STANDING, (desk, date)).fetchone()
                if standing is None or standing[1] is None or not again:
                    return False
                db.execute("DELETE FROM runs WHERE id = %s", (standing[0],))
                made = db.execute(_BEGIN, (desk, date)).fetchone()
            if made is not None:
                queue.defer(db, "sweep", made[0], ("",))
            return made is not None

        return self._connection.transaction(work)

    def run(self, number: int) -> Run | None:
        """Return a run; None where it was begun anew under another number."""
        rows = self._connection.query("SELECT id, desk, date, stage FROM runs WHERE id = %s", (number,))
        return Run(*rows[0]) if rows else None

    def is_over(self, run: Run, job: Job) -> bool:
        """Return whether nothing is left to do of a job: it was done before its worker could say so, or by one that was taken for lost."""
        if job.stage == "sweep":
            return run.stage not in STAGES
        done = self._connection.query("SELECT over FROM parts WHERE run = %s AND stage = %s AND name = %s", (run.id, job.stage, job.part))
        return run.stage != job.stage or not done or done[0][0] is not None

    def opened(self, run: Run) -> bool:
        """Return whether the stage of a run has its parts."""
        return bool(self._connection.query("SELECT 1 FROM parts WHERE run = %s AND stage = %s LIMIT 1", (run.id, run.stage)))

    def open(self, run: Run, names: Sequence[str], articles: int = 0) -> Run | None:
        """Give the stage of a run its parts, and put their jobs into the queue; without any, go on to the next stage.

        Return the run where it is in another stage then, whose parts are wanted; None where there is nothing left to open.
        """

        def work(db: Db) -> Run | None:
            row = db.execute(_LOCKED, (run.id,)).fetchone()
            if row is None or row[0] != run.stage:
                return None
            if articles:
                db.execute("UPDATE runs SET articles = %s WHERE id = %s", (articles, run.id))
            if not names:
                following = _following(run.stage)
                _enter(db, run.id, following, "")
                return run._replace(stage=following) if following in STAGES else None
            db.cursor().executemany(_PART, [(run.id, run.stage, name) for name in names])
            queue.defer(db, run.stage, run.id, names)
            return None

        return self._connection.transaction(work)

    def over(self, run: Run, part: str, error: str = "", *, failed: bool = False) -> None:
        """Say that a part is over, with why nothing came of it. After the last one comes the next stage, but where no brief was made."""
        self._connection.transaction(lambda db: _over(db, run.id, run.stage, part, error, failed=failed))

    # Attempts

    def failed(self, job: Job, error: str, *, own: bool) -> float | None:
        """Note that an attempt failed, by its `own` fault or not; return after how many seconds it is made again.

        None: never, it was the last one, and its part is over.
        """

        def work(db: Db) -> float | None:
            pause = _noted(db, job, error, own=own)
            if pause is None:
                _over(db, job.run, job.stage, job.part, error, failed=True)
            return pause

        return self._connection.transaction(work)

    def rescue(self, seconds: float) -> int:
        """Give back to the queue what workers had in hand that are gone, or gave no sign of life for so long; return how many jobs."""

        def work(db: Db) -> int:
            found = queue.lost(db, seconds)
            for job in found:
                pause = _noted(db, job, "its worker was lost", own=False)
                if pause is not None:
                    queue.again(db, job, pause)
                else:
                    row = db.execute("SELECT error FROM failures WHERE job = %s ORDER BY attempt DESC LIMIT 1", (job.id,)).fetchone()
                    _over(db, job.run, job.stage, job.part, row[0] if row else "", failed=True)
                    queue.give_up(db, job)
            return len(found)

        return self._connection.transaction(work)

    # Workers

    def enlist(self, worker: int, host: str, process: int, version: str, seconds: float) -> None:
        """Say who a worker of the queue is, and forget those that are gone: they gave no sign of life for so long."""

        def work(db: Db) -> None:
            queue.tidy(db, seconds)
            db.execute("DELETE FROM workers WHERE NOT EXISTS (SELECT FROM procrastinate_workers AS one WHERE one.id = workers.id)")
            db.execute("DELETE FROM failures WHERE NOT EXISTS (SELECT FROM procrastinate_jobs AS one WHERE one.id = failures.job)")
            db.execute(_ENLIST, (worker, host, process, version))

        self._connection.transaction(work)

    def dismiss(self, host: str, process: int, error: str) -> None:
        """Say that a worker's process ended in the middle of its work: what it had in hand failed by that, and is free for others."""

        def work(db: Db) -> None:
            for (worker,) in db.execute("DELETE FROM workers WHERE host = %s AND process = %s RETURNING id", (host, process)).fetchall():
                for job in queue.in_hand(db, worker):
                    _noted(db, job, error, own=True)
                queue.dismiss(db, worker)

        self._connection.transaction(work)


def _over(db: Db, number: int, stage: str, part: str, error: str, *, failed: bool) -> None:
    row = db.execute(_LOCKED, (number,)).fetchone()
    if row is None or (row[0] != stage and stage != "sweep"):
        return  # it was begun anew, or another worker has said so already
    if stage == "sweep":
        _enter(db, number, "failed", error)
        return
    db.execute(_OVER, (error, number, stage, part))
    if db.execute(_LEFT, (number, stage)).fetchone() is not None:
        return
    following = _following(stage)
    if stage == "brief" and error:
        following = "failed" if failed else "done"
    _enter(db, number, following, error if stage == "brief" else "")
    if following in STAGES:
        queue.defer(db, "sweep", number, (following,))


def _enter(db: Db, number: int, stage: str, error: str) -> None:
    db.execute(_STAGE, (stage, stage in STAGES, error, number))


def _noted(db: Db, job: Job, error: str, *, own: bool) -> float | None:
    """Note a failure, once an attempt; return after how many seconds the next is made, None for never."""
    db.execute(_NOTE, (job.id, job.attempt, own, error))
    row = db.execute(_NOTED, (job.id,)).fetchone()
    owns, losses, last = row or (0, 0, own)
    if owns >= ATTEMPTS or losses >= LOSSES:
        return None
    return _AGAIN if last else min(_LONGEST, 2.0 ** (losses - 1) - 1)


def _following(stage: str) -> str:
    return STAGES[STAGES.index(stage) + 1] if stage != STAGES[-1] else "done"


def told(error: BaseException) -> str:
    """Return an error as it is kept: one line."""
    text = " ".join(str(error).split())[:500].replace("\x00", "")
    return text.encode("utf-8", "replace").decode()


_DESK = "INSERT INTO desks (name, private) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET private = excluded.private"
_BEGIN = "INSERT INTO runs (desk, date, stage) VALUES (%s, %s, 'fetch') ON CONFLICT DO NOTHING RETURNING id"
_STANDING = "SELECT id, ended FROM runs WHERE desk = %s AND date = %s FOR UPDATE"
_LOCKED = "SELECT stage FROM runs WHERE id = %s FOR UPDATE"
_PART = "INSERT INTO parts (run, stage, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_OVER = "UPDATE parts SET over = clock_timestamp(), error = %s WHERE run = %s AND stage = %s AND name = %s AND over IS NULL"
_LEFT = "SELECT 1 FROM parts WHERE run = %s AND stage = %s AND over IS NULL LIMIT 1"
_STAGE = "UPDATE runs SET stage = %s, ended = CASE WHEN %s THEN NULL ELSE clock_timestamp() END, error = %s WHERE id = %s"
_NOTE = "INSERT INTO failures (job, attempt, own, error) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
_NOTED = """
    SELECT count(*) FILTER (WHERE own), count(*) FILTER (WHERE NOT own), (array_agg(own ORDER BY attempt DESC))[1]
    FROM failures WHERE job = %s
"""
_ENLIST = """
    INSERT INTO workers (id, host, process, version) VALUES (%s, %s, %s, %s)
    ON CONFLICT (id) DO UPDATE SET host = excluded.host, process = excluded.process, version = excluded.version
"""
