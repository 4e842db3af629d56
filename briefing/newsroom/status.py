"""What the workers of a newsroom are doing, as one record, for `briefing status`. Reads ledger and queue; changes nothing."""

from __future__ import annotations

from typing import Any, LiteralString

from pydantic import BaseModel, ConfigDict, Field

from briefing.address import PostgresAddress
from briefing.newsroom.queue import QUEUE, Db
from briefing.postgres.connection import Connection

_MINUTES = 10  # over which it is counted how fast it goes


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Waiting(_Record):
    """Jobs of one kind: how many wait, and how many workers have in hand."""

    kind: str
    waiting: int
    working: int


class Worker(_Record):
    """One worker: its machine and process, the version of the program, the seconds since its last sign of life, its job ("" when idle)."""

    host: str
    process: int
    version: str
    seen: float
    job: str


class RunState(_Record):
    """A brief that is made or was: its stage, how many of its parts are over, its files, why there is none; times are ISO."""

    desk: str
    date: str
    stage: str
    over: int
    parts: int
    articles: int
    error: str
    begun: str
    ended: str


class Failure(_Record):
    """A job whose last attempt failed: `failed` for good, `again` when it is made again; why, and when (ISO)."""

    state: str
    kind: str
    desk: str
    date: str
    part: str
    error: str
    at: str


class Rates(_Record):
    """How much was done a minute, over the last ten: articles read, requests to a model answered, briefs made."""

    articles: float
    calls: float
    briefs: float


class Status(_Record):
    """All of it. `other` jobs wait for workers of another version; `left` tells how long the rest will take, `seconds` too, or None."""

    queue: tuple[Waiting, ...]
    other: int
    workers: tuple[Worker, ...]
    runs: tuple[RunState, ...]
    failures: tuple[Failure, ...]
    rates: Rates
    seconds: float | None = Field(description="Until nothing is left to do, as far as it can be known.")
    left: str


def status(address: PostgresAddress) -> Status:
    """Return what the workers are doing. Raises StorageError."""
    connection = Connection(address)
    try:
        return connection.transaction(_status)
    finally:
        connection.close()


def _status(db: Db) -> Status:
    db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")  # all of one moment

    def rows(statement: LiteralString, *values: object) -> list[dict[str, Any]]:
        cursor = db.execute(statement, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    workers = tuple(Worker(**row) for row in rows(_WORKERS))
    (rates,) = rows(_RATES, *[_MINUTES] * 3)
    ((other,),) = db.execute(_OTHER, (QUEUE,)).fetchall()
    seconds = _left(rows(_LEFT, QUEUE), rows(_RUNS_LEFT)[0]["briefs"], len(workers))
    return Status(
        queue=tuple(Waiting(**row) for row in rows(_QUEUE, QUEUE)),
        other=other,
        workers=workers,
        runs=tuple(RunState(**row) for row in rows(_RUNS)),
        failures=tuple(Failure(**row) for row in rows(_FAILURES)),
        rates=Rates(**{name: float(value or 0) / _MINUTES for name, value in rates.items()}),
        seconds=seconds,
        left="" if seconds is None or not seconds else told(seconds),
    )


def _left(kinds: list[dict[str, Any]], briefs: int, workers: int) -> float | None:
    """Return how long it will take: each kind's jobs, briefs that are still to come among them, at the mean of its last ones.

    None where there is no worker, or a kind of which none was done yet.
    """
    open_jobs = {row["kind"]: row["open"] for row in kinds}
    open_jobs["brief"] = open_jobs.get("brief", 0) + briefs
    means = {row["kind"]: row["mean"] for row in kinds}
    wanted = {kind: number for kind, number in open_jobs.items() if number}
    if not wanted:
        return 0.0
    if not workers or any(means.get(kind) is None for kind in wanted):
        return None
    return sum((number * float(means[kind]) for kind, number in wanted.items()), 0.0) / workers


def told(seconds: float) -> str:
    """Return a length of time as exactly as it can be known."""
    if seconds < 90:
        return "about a minute"
    return f"about {round(seconds / 60)} min" if seconds < 5400 else f"about {round(seconds / 3600)} h"


_QUEUE: LiteralString = """
    SELECT task_name AS kind, count(*) FILTER (WHERE status = 'todo') AS waiting, count(*) FILTER (WHERE status = 'doing') AS working
    FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name = %s GROUP BY task_name ORDER BY task_name
"""
_OTHER: LiteralString = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND queue_name <> %s"
_WORKERS: LiteralString = """
    SELECT coalesce(known.host, '') AS host, coalesce(known.process, 0) AS process, coalesce(known.version, '') AS version,
           extract(epoch FROM now() - one.last_heartbeat)::float AS seen,
           coalesce((SELECT concat_ws(' ', job.task_name, run.desk, run.date, job.args ->> 'part') FROM procrastinate_jobs AS job
                     LEFT JOIN runs AS run ON run.id = (job.args ->> 'run')::bigint
                     WHERE job.worker_id = one.id AND job.status = 'doing' LIMIT 1), '') AS job
    FROM procrastinate_workers AS one LEFT JOIN workers AS known USING (id) ORDER BY host, process
"""
_RUNS: LiteralString = """
    SELECT desk, date, stage, articles, error, begun::text, coalesce(ended::text, '') AS ended,
           (SELECT count(*) FROM parts WHERE run = runs.id AND parts.stage = runs.stage) AS parts,
           (SELECT count(over) FROM parts WHERE run = runs.id AND parts.stage = runs.stage) AS over
    FROM runs WHERE ended IS NULL OR ended > now() - interval '1 day' ORDER BY date, desk
"""
_FAILURES: LiteralString = """
    SELECT DISTINCT ON (job.id) CASE job.status WHEN 'failed' THEN 'failed' ELSE 'again' END AS state, job.task_name AS kind,
           run.desk, run.date, job.args ->> 'part' AS part, failures.error, failures.at::text
    FROM failures JOIN procrastinate_jobs AS job ON job.id = failures.job JOIN runs AS run ON run.id = (job.args ->> 'run')::bigint
    WHERE job.status IN ('failed', 'todo', 'doing') ORDER BY job.id, failures.attempt DESC
"""
_RATES: LiteralString = """
    SELECT (SELECT sum(runs.articles::float / nullif((SELECT count(*) FROM parts AS one WHERE one.run = runs.id AND one.stage = 'read'), 0))
            FROM parts JOIN runs ON runs.id = parts.run
            WHERE parts.stage = 'read' AND parts.error = '' AND over > now() - make_interval(mins => %s)) AS articles,
           (SELECT count(*) FROM calls WHERE created > now() - make_interval(mins => %s)) AS calls,
           (SELECT count(*) FROM parts WHERE stage = 'brief' AND error = '' AND over > now() - make_interval(mins => %s)) AS briefs
"""
_LEFT: LiteralString = """
    WITH ended AS (
        SELECT job.task_name AS kind, extract(epoch FROM done.at - (
                   SELECT max(begun.at) FROM procrastinate_events AS begun WHERE begun.job_id = job.id AND begun.type = 'started'
               )) AS seconds, row_number() OVER (PARTITION BY job.task_name ORDER BY done.at DESC) AS back
        FROM procrastinate_events AS done JOIN procrastinate_jobs AS job ON job.id = done.job_id
        WHERE done.type = 'succeeded' AND done.at > now() - interval '7 days'
    ), means AS (SELECT kind, avg(seconds) AS mean FROM ended WHERE back <= 50 GROUP BY kind),
    waiting AS (
        SELECT task_name AS kind, count(*) AS open FROM procrastinate_jobs
        WHERE status IN ('todo', 'doing') AND queue_name = %s GROUP BY task_name
    )
    SELECT kind, mean, coalesce(open, 0) AS open FROM means FULL JOIN waiting USING (kind)
"""
_RUNS_LEFT: LiteralString = "SELECT count(*) AS briefs FROM runs WHERE stage IN ('fetch', 'read')"
