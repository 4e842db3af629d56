"""A newsroom of the tests: desks with articles, workers that are forks of this process, a model made by hand that notes what it was asked.

Every brief is compared with the one that `generate` makes of the same files in one process, with SQLite.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from briefing import app
from briefing.address import PostgresAddress
from briefing.brief import Brief
from briefing.config import Settings
from briefing.model.base import Call, Identity, Judgement, Model, Question, Reply, request_key
from briefing.newsroom import queue, room, work
from briefing.newsroom.file import load
from briefing.newsroom.queue import Times
from briefing.newsroom.status import Status, status
from briefing.newsroom.supervise import supervise
from briefing.newsroom.worker import serve
from briefing.progress import Silent
from tests import faults
from tests.stages.fakes import FakeModel

DATE = "2026-11-24"
QUICK = Times(heartbeat=0.5, lost=4.0, poll=0.2, look=0.3)
PLACES = ("Aster", "Brell", "Torv", "Quuxham", "Norline", "Velmar")


class Noting:
    """Loads a model made by hand that takes its time, and notes each request in a file before it answers."""

    def __init__(self, note: Path, seconds: float) -> None:
        self.note, self.seconds = note, seconds

    def __call__(self, path: Path, identity: Identity, settings: Settings) -> Model:
        """Return the model."""
        noting = self

        class Made(FakeModel):
            @property
            def identity(self) -> Identity:
                return identity

            def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
                for n, call in enumerate(calls):
                    noting.asked(request_key(call, identity))
                    yield n, next(super().generate([call]))[1]

            def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
                for n, question in enumerate(questions):
                    noting.asked(request_key(question, identity))
                    yield n, next(super().judge([question]))[1]

        return Made()

    def asked(self, key: str) -> None:
        """Note a request, and take the time of an answer."""
        handle = os.open(self.note, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{key}\n".encode())
        os.close(handle)
        time.sleep(self.seconds)

    def counts(self) -> Counter[str]:
        """Return how often each request was asked."""
        return Counter(self.note.read_text().split()) if self.note.exists() else Counter()


class Newsroom:
    """Desks in a folder and a database. Workers are ended by their number; `close` ends all of them."""

    def __init__(self, folder: Path, address: PostgresAddress, *, desks: int = 2, articles: int = 6, seconds: float = 0.005) -> None:
        self.folder = folder
        self.noting = Noting(folder / "asked", seconds)
        self.workers: list[int] = []
        text = ""
        for n in range(desks):
            written(folder / "wires" / f"desk{n}" / DATE, articles, seed=n)
            text += f'[[desk]]\nname = "desk{n}"\nfolders = ["{folder}/wires/desk{n}"]\n'
        (folder / "desks.toml").write_text(text, encoding="utf-8")
        (folder / "some.gguf").write_bytes(b"GGUF weights")
        self.settings = Settings(
            home=folder / "home",
            database=address,
            desks=folder / "desks.toml",
            out=folder / "briefs",
            articles=folder / "articles",
            model=str(folder / "some.gguf"),
        )
        self.address = address
        queue.prepare(address)

    @property
    def names(self) -> list[str]:
        """Return the names of the desks."""
        return [desk.name for desk in load(self.settings.desks).desk]

    def begin(self, *names: str) -> None:
        """Leave briefs to the workers."""
        desks = load(self.settings.desks)
        for name in names or self.names:
            assert room.begun(name, DATE, desks, self.settings), name

    def work(self, settings: Settings | None = None) -> int:
        """Begin a worker; return the number of its process."""
        own = settings or self.settings

        def working() -> None:
            os.setpgrp()
            supervise(lambda: serve(own.desks, own, self.address, Silent(), self.noting, QUICK), self.address, Silent())

        self.workers.append(faults.child(working))
        return self.workers[-1]

    def kill(self, worker: int) -> None:
        """End a worker as a power cut does."""
        os.killpg(worker, signal.SIGKILL)
        assert faults.ended(worker) == -signal.SIGKILL
        self.workers.remove(worker)

    def stop(self, worker: int) -> None:
        """Tell a worker to stop, and wait until it has."""
        os.kill(worker, signal.SIGTERM)
        assert faults.ended(worker) == 0
        self.workers.remove(worker)

    def close(self) -> None:
        """End all workers."""
        for worker in list(self.workers):
            self.kill(worker)

    def status(self) -> Status:
        """Return what is going on."""
        return status(self.address)

    def wait(self, seconds: float = 900.0) -> Status:
        """Wait until nothing is left to do."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self.status()
            if not found.queue and all(run.ended for run in found.runs):
                return found
            time.sleep(0.05)
        raise AssertionError(self.status().model_dump_json(indent=1))

    def made(self, name: str) -> dict[str, Any]:
        """Return the record of a desk's brief, as far as every run of it must be equal."""
        return equal(Path(self.settings.out / f"{DATE}.{name}.json").read_text(encoding="utf-8"))

    def view(self, name: str) -> str:
        """Return the Markdown of a desk's brief."""
        return Path(self.settings.out / f"{DATE}.{name}.md").read_text(encoding="utf-8")

    def alone(self, name: str) -> tuple[dict[str, Any], str]:
        """Return record and Markdown of a brief that one process makes of the same files, in a database of its own."""
        home = self.folder / f"alone-{name}"
        settings = self.settings.model_copy(update={"home": home, "database": home / "briefing.sqlite3", "out": home / "briefs"})
        desks = load(settings.desks)
        sources = work.sources(desks.named(name), DATE, work.Room(desks, settings, Silent()))
        engine = Noting(home / "asked", 0.0)
        found = app.generate(sources, settings, date=DATE, name=name, progress=Silent(), engine=engine)
        return equal(found.record.read_text(encoding="utf-8")), found.view.read_text(encoding="utf-8")

    def same(self, *names: str) -> None:
        """Check that these briefs, or all, are those that a single process makes."""
        for name in names or self.names:
            record, view = self.alone(name)
            assert self.made(name) == record, name
            assert untimed(self.view(name)) == untimed(view), name


def equal(text: str) -> dict[str, Any]:
    """Return a record without what it cost: how long it took, and how many tokens were not kept from before."""
    Brief.model_validate_json(text)
    record: dict[str, Any] = json.loads(text)
    tokens = record["run"].pop("tokens")
    record["run"]["tokens"] = sum(tokens.values())
    del record["run"]["seconds"]
    return record


def untimed(view: str) -> str:
    """Return a view without the line that says what it cost."""
    lines = view.splitlines()
    told = [line for line in lines if "; tokens: " not in line]
    assert len(told) == len(lines) - 1
    return "\n".join(told)


def written(folder: Path, number: int, seed: int) -> None:
    """Write articles that were made by chance."""
    rnd = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        place, other = rnd.sample(PLACES, 2)
        lines = [
            f"The council of {place} opened {rnd.randrange(2, 90)} new berths on Monday.",
            f"A ferry carried {rnd.randrange(20, 400)} passengers from {place} to {other} on Tuesday.",
            f"Mayor Ines Calder said that {rnd.randrange(100, 900)} workers of the port of {place} are back.",
            f"The bridge of {other} was closed after {rnd.randrange(3, 60)} bolts broke.",
        ]
        rnd.shuffle(lines)
        (folder / f"wire-{seed}-{n}.txt").write_text(f"News of {place} {n}\n\n{' '.join(lines)}\n", encoding="utf-8")
