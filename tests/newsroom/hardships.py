"""What a newsroom has to outlive: killed workers, a database that crashes, servers that die, articles that crash, 50 who ask at once.

    python -m tests.newsroom

runs the long form, some minutes; tests/newsroom/test_workers.py runs a little of each. After each every brief is there, and is the one that
a single process makes; no request was asked twice but the one that a killed worker had in hand.
"""

from __future__ import annotations

import faulthandler
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from briefing import engines, pipeline
from briefing.address import PostgresAddress
from briefing.asking import asking
from briefing.language.base import Parse
from briefing.language.cached import CachedParser
from briefing.model.server import endpoint
from briefing.newsroom import supervise
from briefing.progress import Silent
from tests import faults
from tests.model.server.fake import FakeServer
from tests.newsroom.room import DATE, Newsroom
from tests.postgres import Server

CRASHING = "It ends whoever reads it."


@contextmanager
def opened(*given: Any, **options: Any) -> Iterator[Newsroom]:
    """Give a newsroom, and end its workers."""
    made = Newsroom(*given, **options)
    try:
        yield made
    finally:
        made.close()


def kills(folder: Path, address: PostgresAddress, number: int, seed: int = 1) -> int:
    """Kill one of two workers at random moments, and begin another; return how many requests were asked twice."""
    rnd = random.Random(seed)
    with opened(folder, address, desks=max(2, number // 3), seconds=0.1) as news:
        news.begin()
        for _ in range(2):
            news.work()
        for _ in range(number):
            if all(run.ended for run in news.status().runs):  # all done before the last kill: again, with other articles
                for name in news.names:
                    more(news, name, rnd)
                news.begin()
            wanted = sum(news.noting.counts().values()) + rnd.randrange(1, 6)
            until(lambda wanted=wanted: sum(news.noting.counts().values()) >= wanted or all(run.ended for run in news.status().runs))  # type: ignore[misc]
            time.sleep(rnd.uniform(0, 0.2))
            news.kill(rnd.choice(news.workers))
            news.work()
        news.wait()
        twice = sum(count - 1 for count in news.noting.counts().values())
        assert twice <= number, (twice, number)
        news.same()
        return twice


def more(news: Newsroom, name: str, rnd: random.Random) -> None:
    """Write another article for a desk."""
    place = f"Harbour {rnd.randrange(10_000)}"
    folder = news.folder / "wires" / name / DATE
    told = f"The council of {place} opened {rnd.randrange(90)} new berths on Monday. Then {rnd.randrange(900)} ships came."
    (folder / f"more-{rnd.randrange(10_000)}.txt").write_text(f"News of {place}\n\n{told}\n", encoding="utf-8")


def restarts(folder: Path, address: PostgresAddress, server: Server, number: int) -> int:
    """Crash the database while briefs are made, and start it again; return how many requests were asked twice."""
    with opened(folder, address, desks=2, seconds=0.05) as news:
        news.begin()
        workers = [news.work() for _ in range(2)]
        for _ in range(number):
            before = sum(news.noting.counts().values())
            until(lambda before=before: sum(news.noting.counts().values()) > before + 5 or all(one.ended for one in news.status().runs))  # type: ignore[misc]
            server.kill()
            time.sleep(0.5)
            server.start()
        news.wait()
        assert [os.waitpid(one, os.WNOHANG) for one in workers] == [(0, 0)] * 2  # both still work
        twice = sum(count - 1 for count in news.noting.counts().values())
        assert twice <= number * len(workers), twice
        news.same()
        return twice


class ModelServer:
    """A model server in a process of its own, which can die. Each request is noted in a file, by a byte."""

    def __init__(self, note: Path, port: int = 0) -> None:
        reading, writing = os.pipe()

        def serving() -> None:
            server = FakeServer(port)
            server.script = self._script
            os.write(writing, f"{server.server_address[1]:8}".encode())
            time.sleep(3600)

        self._note = note
        self._process = faults.child(serving)
        self.port = int(os.read(reading, 8))
        self.url = f"http://127.0.0.1:{self.port}"
        for end in (reading, writing):
            os.close(end)

    def _script(self, body: dict[str, Any]) -> None:
        with self._note.open("ab") as file:
            file.write(b".")
        time.sleep(0.02)

    @property
    def asked(self) -> int:
        """Return how many requests came, over all servers of the file."""
        return self._note.stat().st_size if self._note.exists() else 0

    def kill(self) -> None:
        """Die."""
        os.kill(self._process, signal.SIGKILL)
        faults.ended(self._process)


def servers(folder: Path, address: PostgresAddress) -> None:
    """Let one of two model servers die in the middle, then the other, and that come back: each brief is that of a process with both."""
    with pytest.MonkeyPatch.context() as patch, opened(folder, address, desks=3, articles=12) as news:
        patch.setattr(endpoint, "_FIRST_PAUSE", 0.01)
        first, second = ModelServer(folder / "first"), ModelServer(folder / "second")
        news.settings = news.settings.model_copy(update={"server": (first.url, second.url), "model": "fake-1", "sequences": 1})
        alone = {name: news.alone(name)[0] for name in news.names}
        (before,) = {first.asked + second.asked}
        news.begin()
        news.work()
        until(lambda: first.asked + second.asked > before + 10)
        first.kill()
        alive = second.asked
        until(lambda: second.asked > alive + 5)
        second.kill()
        until(lambda: news.status().failures)
        second = ModelServer(folder / "second", second.port)
        found = news.wait()
        second.kill()
        assert all(failure.state == "again" for failure in found.failures)
        assert {name: news.made(name) for name in news.names} == alone


def until(happened: Callable[[], object], seconds: float = 900.0) -> None:
    """Wait until something has happened."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def crashing(folder: Path, address: PostgresAddress) -> None:
    """Let an article end every process that parses it: its desk has no brief and says why, the others have theirs."""

    class Crashing(faults.PlainParser):
        def parse(self, texts: Sequence[str]) -> list[Parse]:
            if any(CRASHING in text for text in texts):
                faulthandler.disable()  # it would say much
                signal.raise_signal(signal.SIGSEGV)
            return super().parse(texts)

    with pytest.MonkeyPatch.context() as patch, opened(folder, address, desks=3) as news:
        patch.setattr(supervise, "_FIRST_PAUSE", 0.05)
        parser = Crashing()
        patch.setattr(engines, "parser", lambda _, store, progress: CachedParser(lambda: parser, parser.identity, store, progress))
        bad = news.folder / "wires" / "desk1" / DATE / "bad.txt"
        bad.write_text(f"A bad one\n\nThe port was closed on Monday. {CRASHING}\n", encoding="utf-8")
        news.begin()
        news.work()
        found = {run.desk: run for run in news.wait().runs}
        assert {name: run.stage for name, run in found.items()} == {"desk0": "done", "desk1": "failed", "desk2": "done"}
        assert "ended by signal 11" in found["desk1"].error
        failed = [(one.kind, one.desk, one.state) for one in news.status().failures]
        assert failed == [("read", "desk1", "failed"), ("brief", "desk1", "failed")]
        for name in ("desk0", "desk2"):
            assert news.made(name) == news.alone(name)[0]
        bad.unlink()
        news.begin("desk1")  # the article is gone: the brief is made
        assert all(run.stage == "done" for run in news.wait().runs)
        news.same()


def askers(folder: Path, address: PostgresAddress, number: int) -> None:
    """Let many ask one archive at once while briefs are made: each gets an answer that cites."""
    with opened(folder, address, desks=2, seconds=0.01) as news:
        news.begin("desk0")
        news.work()
        news.wait()
        news.begin("desk1")
        answers: list[bool] = []
        errors: list[BaseException] = []

        def ask() -> None:
            settings = news.settings.model_copy(update={"desk": "desk0"})
            try:
                with asking(settings, progress=Silent(), engine=news.noting) as answer:
                    found = answer("How many workers of the port are back?")
                    answers.append(found.answerable and all(claim.citations for claim in found.claims))
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=ask) for _ in range(number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(900)
        assert errors == []
        assert answers == [True] * number
        news.wait()
        news.same()


ALL: dict[str, Callable[[Path, PostgresAddress, Server], object]] = {
    "20 kills": lambda folder, address, _: kills(folder, address, 20),
    "5 crashes of the database": lambda folder, address, server: restarts(folder, address, server, 5),
    "model servers that die": lambda folder, address, _: servers(folder, address),
    "an article that crashes": lambda folder, address, _: crashing(folder, address),
    "50 askers": lambda folder, address, _: askers(folder, address, 50),
}


@contextmanager
def by_hand() -> Iterator[None]:
    """Put what is made by hand in the place of the model, the parser and the vectors."""
    with faults.by_hand(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "PROBED", {})  # that this model has no probe is said elsewhere
        yield
