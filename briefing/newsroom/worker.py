"""A worker: takes jobs from the queue and does them, until it is told to stop. Promises that no job is lost with it.

    supervise ─ fork ─► one process: queue ─ job ─► work ─► over | again | failed
        └─ it ended in the middle of a job: that attempt failed, and another process begins

What kills the process by its own fault (an article that crashes the parser) counts as an attempt of the job; what takes the whole machine
does not: then others find the job without a sign of life, and do it again. A stopped worker ends the request in hand, keeps the answer, and
gives the job back.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from briefing import __version__
from briefing.address import PostgresAddress
from briefing.archive import fill
from briefing.config import Settings
from briefing.engines import Engine, Loaded
from briefing.errors import BriefingError, ModelAwayError, NothingToBriefError, StorageError, UsageError
from briefing.newsroom import queue, shared, work
from briefing.newsroom.desks import Desk, Desks
from briefing.newsroom.file import load
from briefing.newsroom.ledger import Ledger, Run, told
from briefing.newsroom.queue import AgainError, Consumer, Job, OverError, Times
from briefing.newsroom.stopping import Stop, Stoppable, StoppedError
from briefing.newsroom.work import Room
from briefing.progress import Progress

_LOG = logging.getLogger(__name__)
_CHUNK = 50  # files that one job reads


@dataclass(frozen=True, slots=True)
class Hands:
    """Does the jobs of a queue. `file` are the desks, read anew for each job; `settings` name the database and the model."""

    file: Path
    settings: Settings
    address: PostgresAddress
    progress: Progress
    engine: Engine
    stop: Stop

    def do(self, job: Job) -> None:
        """Do a job, or what is left of it. Raises AgainError where it is to be done again, OverError where it failed for good."""
        with closing(Ledger(self.address)) as ledger:
            run = ledger.run(job.run)
            if run is None or ledger.is_over(run, job):
                return
        try:
            error = self._done(job, run)
        except StoppedError:
            raise AgainError(0.0) from None
        except Exception as failure:
            self._failed(job, run, failure)
        else:
            if job.stage != "sweep":
                with closing(Ledger(self.address)) as ledger:
                    ledger.over(run, job.part, error)

    def _failed(self, job: Job, run: Run, failure: Exception) -> NoReturn:
        """Note why a job failed, and raise what becomes of it."""
        own = not isinstance(failure, StorageError | ModelAwayError)
        text = told(failure) if isinstance(failure, BriefingError) else f"{type(failure).__name__}: {told(failure)}"
        _LOG.info("%s of %s %s failed: %s", job.stage, run.desk, run.date, text)
        with closing(Ledger(self.address)) as ledger:
            pause = ledger.failed(job, text, own=own)
        raise (OverError(text) if pause is None else AgainError(pause)) from failure

    def _done(self, job: Job, run: Run) -> str:
        """Do a job; return why nothing came of it, "" where something did."""
        if self.stop.is_set():
            raise StoppedError
        desks = load(self.file)
        desk = desks.named(run.desk)
        room = self._room(desks).of(desk)
        if job.stage == "sweep":
            with closing(Ledger(self.address)) as ledger:
                self._sweep(run, desk, room, ledger)
        elif job.stage == "fetch":
            return self._fetch(job.part, desk, run, room)
        elif job.stage == "read":
            self._bring(desk, run, room)
            number, of = map(int, job.part.split("/"))
            work.read(desk, run.date, work.found(desk, run.date, room)[number - 1 :: of], room)
            if self.stop.is_set():
                raise StoppedError
        elif job.stage == "brief":
            self._bring(desk, run, room)
            try:
                written = work.brief(desk, run.date, room)
                if written.unpaged:
                    room.progress.warn(f"{written.unpaged} ({written.unpaged.hint})")
            except NothingToBriefError as error:
                return str(error)
        elif job.stage == "send":
            work.send(desk, run.date, job.part, room)
        else:
            fill(room.settings, room.progress)
        return ""

    def _room(self, desks: Desks) -> Room:
        stop = self.stop
        return Room(
            desks,
            self.settings,
            self.progress,
            engine=self.engine,
            around=lambda model: Stoppable(model, stop),
            stopped=stop.is_set,
        )

    def _sweep(self, run: Run, desk: Desk, room: Room, ledger: Ledger) -> None:
        """Open the stage that a run is in: find its parts. Stages without any are passed over."""
        at: Run | None = run
        while at is not None and not ledger.opened(at):
            names: Sequence[str] = ()
            articles = 0
            if at.stage == "fetch":
                names = work.feeds(desk) if run.date == room.desks.now().date().isoformat() else ()
            elif at.stage == "read":
                self._bring(desk, run, room)
                articles = len(work.found(desk, run.date, room))
                jobs = -(-articles // _CHUNK)
                names = [f"{n}/{jobs}" for n in range(1, jobs + 1)]
            elif at.stage == "brief":
                work.fade(desk, self.address)
                names = (desk.name,)
            elif at.stage == "send":
                names = tuple(dict.fromkeys(desk.recipients))
            else:
                names = (desk.name,)
            at = ledger.open(at, names, articles)

    def _fetch(self, feed: str, desk: Desk, run: Run, room: Room) -> str:
        folder = work.shelf(feed, room.settings)
        kept = f"{folder.name}/{run.date}"
        shared.bring(self.address, desk.name, kept, folder / run.date)
        why = work.fetch(feed, room)
        shared.keep(self.address, desk.name, kept, folder / run.date)
        return why

    def _bring(self, desk: Desk, run: Run, room: Room) -> None:
        for feed in work.feeds(desk):
            folder = work.shelf(feed, room.settings)
            shared.bring(self.address, desk.name, f"{folder.name}/{run.date}", folder / run.date)


class _Lookout:
    """What a worker does beside its jobs, every so often: briefs that are due are begun, jobs of lost workers are given back."""

    def __init__(self, hands: Hands, times: Times) -> None:
        self._hands, self._times = hands, times

    def begun(self, worker: int) -> None:
        """Say who this worker is."""
        with closing(Ledger(self._hands.address)) as ledger:
            ledger.enlist(worker, socket.gethostname(), os.getpid(), __version__, self._times.lost)

    def look(self) -> None:
        """Look once. A desks.toml that is being edited costs a warning."""
        with closing(Ledger(self._hands.address)) as ledger:
            ledger.rescue(self._times.lost)
            try:
                desks = load(self._hands.file)
            except UsageError as error:
                self._hands.progress.warn(f"{error}; no brief is begun until that is mended")
                return
            ledger.know(desks)
            now = desks.now()
            for desk in desks.due(now):
                if ledger.begin(desk.name, now.date().isoformat(), again=False):
                    _LOG.info("the brief of %s is due", desk.name)


def serve(
    file: Path, settings: Settings, address: PostgresAddress, progress: Progress, engine: Engine | None = None, times: Times | None = None
) -> None:
    """Take jobs and do them, in this process, until SIGTERM or Ctrl-C. Raises StorageError where the database is gone for long."""
    stop, spans = Stop(), times or Times()
    hands = Hands(file, settings, address, progress, Loaded(engine), stop)
    lookout = _Lookout(hands, spans)
    with queue.border(address):
        asyncio.run(Consumer(address, spans, hands.do).run(lookout.begun, lookout.look, stop.set))
