"""What goes wrong under the files that are kept: kills at any moment, ends at any step, races on a new database, damaged bytes.

    python -m tests.faults

runs the long form, some minutes: 60 kills, an end at every step of `generate`, `ask` and `forget`, 150 races of four, 160 damaged files of
each kind. tests/test_faults.py runs a few of each. Every process is a fork of this one, with a model, a parser and vectors made by hand.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from briefing import app, engines, pipeline
from briefing.asking import asking
from briefing.config import Settings
from briefing.errors import BriefingError, StorageError, UsageError
from briefing.forget import forget_articles, forget_before
from briefing.language.base import Parse, ParserIdentity
from briefing.language.cached import CachedParser
from briefing.opening import open_index, open_store
from briefing.progress import Silent
from briefing.records import Answer
from tests.kept import file_of
from tests.stages.fakes import FakeEmbedder
from tests.test_ask import SURE, Engine

DATE = "2026-11-24"
MARKER = "xylophonists"
TEXTS = {
    "port": "The port of Aster reopened on Monday after 12 days. Mayor Ines Calder said that 300 workers of the port are back.\n",
    "ferry": f"A ferry carried 85 passengers to the island of Brell on Monday. The {MARKER} of Quuxham were aboard, Norline said.\n",
    "bridge": "The bridge at Torv was closed on Tuesday after 40 bolts broke. The council of Torv wants it repaired by 9 welders.\n",
}
QUESTION = "How many workers are back?"
KILLED = 9
LINE = 300  # characters of an error, a path among them
SECONDS = 120.0  # after which a child hangs


class PlainParser:
    """A parser that finds no tokens: every sentence is quoted, and nothing has to be loaded."""

    identity = ParserIdentity("plain", "0" * 64)

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Return the texts with nothing in them."""
        return [Parse(text) for text in texts]


@contextmanager
def by_hand() -> Iterator[None]:
    """Put what is made by hand in the place of the model, the parser and the vectors."""
    with pytest.MonkeyPatch.context() as patch:
        plain = PlainParser()
        patch.setattr(engines, "llama", Engine())
        patch.setattr(engines, "parser", lambda _, store, progress: CachedParser(lambda: plain, plain.identity, store, progress))
        patch.setattr(engines, "embedder", lambda _settings, _progress: FakeEmbedder())
        patch.setattr(pipeline, "answering", lambda: SURE)
        yield


def prepared(folder: Path) -> Settings:
    """Write the articles into a folder, and return settings that keep everything there."""
    (folder / "articles").mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "some.gguf").write_bytes(b"GGUF weights")
    return Settings(home=folder / "home", out=folder / "briefs", model=str(folder / "some.gguf"))


def generate(settings: Settings) -> None:
    """Make the brief."""
    app.generate([settings.out.parent / "articles"], settings, date=DATE, progress=Silent())


def ask(settings: Settings, sources: bool = True) -> Answer:
    """Ask the articles, or what is stored."""
    with asking(settings, sources=[settings.out.parent / "articles"] if sources else [], progress=Silent()) as answer:
        return answer(QUESTION)


def forget(settings: Settings) -> None:
    """Forget one article, or finish what was begun."""
    try:
        forget_articles(["ferry"], settings)
    except UsageError:
        forget_before("2000-01-01", settings)


WORK: dict[str, Callable[[Settings], object]] = {"generate": generate, "ask": ask, "forget": forget}


# Children


def child(work: Callable[[], object]) -> int:
    """Begin work in a fork of this process; return its ID. It ends with 0, 1 where a failure is one short line, 2 with a traceback."""
    started = os.fork()
    if started:
        return started
    code = 2
    try:
        work()
        code = 0
    except BriefingError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        code = 1 if len(str(error)) < LINE and "\n" not in str(error) else 2
    except BaseException as error:
        print(f"TRACEBACK {error!r}", file=sys.stderr)
    finally:
        os._exit(code)


def ended(process: int) -> int:
    """Wait for a child; return its exit code, or minus the signal. One that hangs is ended, and said."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    raise AssertionError("a process hangs")


def dying(work: Callable[[], object], step: int) -> Callable[[], int]:
    """Return work that dies at its `step`-th operation on files or databases, and that otherwise returns how many there were."""

    def run() -> int:
        done = 0

        def count(event: str = "", _: object = None) -> None:
            nonlocal done
            if event in ("", "open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect"):
                done += 1
                if done == step:
                    os._exit(KILLED)

        class Connection(sqlite3.Connection):
            def execute(self, *arguments: Any) -> sqlite3.Cursor:
                count()
                return super().execute(*arguments)

            def executemany(self, *arguments: Any) -> sqlite3.Cursor:
                count()
                return super().executemany(*arguments)

        connect = sqlite3.connect
        sqlite3.connect = lambda *given, **named: connect(*given, **named, factory=Connection)  # type: ignore[assignment]
        sys.addaudithook(count)
        work()
        return done

    return run


# What must hold after whatever happened


def whole(settings: Settings) -> None:
    """Check that both files are sound, that what is kept can be read, and that files of briefs are complete."""
    for path in map(file_of, (settings.database, settings.index)):
        if path.exists():
            with closing(sqlite3.connect(path)) as db:
                assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path
    with closing(open_store(settings)) as store, closing(open_index(settings)) as index:
        assert {article.text for article in [*store.articles(), *index.articles()]} <= set(TEXTS.values())
        assert all(brief.json.endswith("}\n") for brief in store.briefs())
        for call in store.calls():
            assert call.reply.startswith("{")


def calls(settings: Settings) -> int:
    """Return how many calls are kept."""
    with closing(open_store(settings)) as store:
        return sum(1 for _ in store.calls())


def kept_words(settings: Settings) -> bool:
    """Return whether the word that only the forgotten article has stands in any file of the data folder."""
    return any(MARKER.encode() in file.read_bytes() for file in settings.home.rglob("*") if file.is_file())


# The four kinds


def kills(folder: Path, number: int, seed: int = 1) -> None:
    """Kill processes that generate, ask and forget at random moments; what was kept before is there after, and the work can be done."""
    rnd, settings = random.Random(seed), prepared(folder)
    spans = {}
    for name, work in WORK.items():
        start = time.monotonic()
        assert ended(child(lambda work=work: work(settings))) == 0  # type: ignore[misc]
        spans[name] = time.monotonic() - start
    for n in range(number):
        name = rnd.choice([*WORK])
        if rnd.random() < 0.4:
            shutil.rmtree(settings.home)
        before = calls(settings) if file_of(settings.database).exists() else 0
        process = child(lambda name=name: WORK[name](settings))  # type: ignore[misc]
        time.sleep(rnd.uniform(0, spans[name] * 1.05))
        os.kill(process, signal.SIGKILL)
        assert ended(process) in (0, 1, -signal.SIGKILL)
        whole(settings)
        assert name == "forget" or calls(settings) >= before
        if n % 4 == 0:
            generate(settings)
            assert ask(settings, sources=False).answerable
            forget(settings)
            assert not kept_words(settings)


def crash_points(folder: Path, name: str, only: Sequence[int] = ()) -> int:
    """End a process at each of its steps in turn (or at `only` some, as shares of 100); return how many steps there are."""
    settings = prepared(folder)
    if name == "forget":
        generate(settings)
        ask(settings)
    shutil.copytree(folder, start := folder.with_name(f"{folder.name}-start"))
    reading, writing = os.pipe()
    assert ended(child(lambda: os.write(writing, str(dying(lambda: WORK[name](settings), 0)()).encode()))) == 0
    steps = int(os.read(reading, 20))
    os.close(reading)
    os.close(writing)
    for step in sorted({steps * share // 100 + 1 for share in only}) if only else range(1, steps + 1):
        shutil.rmtree(folder)
        shutil.copytree(start, folder)
        assert ended(child(dying(lambda: WORK[name](settings), step))) in (KILLED, 0), (name, step)
        whole(settings)
        WORK[name](settings)
        assert name != "forget" or not kept_words(settings), step
        assert ask(settings).answerable, (name, step)
    return steps


def races(folder: Path, number: int, together: int = 4) -> None:
    """Let processes open a new database and a new index at the same moment, and write to both."""
    text = "The port is open."

    def begin(settings: Settings, start: float) -> None:
        while time.monotonic() < start:
            pass
        with closing(open_store(settings)) as store, closing(open_index(settings)) as index:
            store.keep_parses({os.getpid().to_bytes(8, "big"): b"x"})
            assert index.vectors([text], FakeEmbedder()).shape == (1, 384)

    for n in range(number):
        settings = Settings(home=folder / str(n))
        start = time.monotonic() + 0.02
        processes = [child(lambda settings=settings, start=start: begin(settings, start)) for _ in range(together)]  # type: ignore[misc]
        assert [ended(process) for process in processes] == [0] * together, n
        with closing(open_store(settings)) as store:
            assert len(store.parses([process.to_bytes(8, "big") for process in processes])) == together, n


def damaged(folder: Path, number: int, seed: int = 5) -> None:
    """Overwrite bytes of either file: an answer is right, or a line says that the database is damaged; none hangs."""
    rnd, settings = random.Random(seed), prepared(folder)
    generate(settings)
    right = ask(settings)
    assert right.answerable
    shutil.copytree(settings.home, start := folder / "start")
    for file in map(file_of, (settings.index, settings.database)):
        content = (start / file.name).read_bytes()
        for n in range(number):
            shutil.rmtree(settings.home)
            shutil.copytree(start, settings.home)
            bad = bytearray(content)
            for _ in range(rnd.choice([1, 1, 4, 32, 512])):
                at, length = rnd.randrange(len(bad)), rnd.choice([1, 1, 2, 16, 256])
                bad[at : at + length] = rnd.randbytes(min(length, len(bad) - at))
            file.write_bytes(bad)

            def work(n: int = n) -> None:
                found = ask(settings, sources=bool(n % 2))
                assert not found.claims or found.claims == right.claims, found
                assert all(citation.quote in "".join(TEXTS.values()) for citation in found.nearest)

            assert ended(child(work)) in (0, 1), (file.name, n)


def foreign(folder: Path) -> None:
    """Put another program's database, and what is none, in the place of either file: it is refused, and not a byte of it changes."""
    for number, name in enumerate(("briefing.sqlite3", "index.sqlite3")):
        for content in ("database", "text"):
            settings = prepared(folder / f"{number}-{content}")
            settings.home.mkdir()
            path = settings.home / name
            if content == "text":
                path.write_bytes(b"my own notes\n" * 1000)
            else:
                with closing(sqlite3.connect(path)) as db, db:
                    db.execute("CREATE TABLE bookmarks (x)")
            before = path.read_bytes()
            for work in WORK.values():
                with pytest.raises(StorageError):
                    work(settings)
                assert path.read_bytes() == before


def main() -> None:
    """Run the long form in a folder that is deleted at the end."""
    with tempfile.TemporaryDirectory() as name, by_hand():
        folder = Path(name)
        steps: list[tuple[str, Callable[[], object]]] = [
            ("another program's files", lambda: foreign(folder / "foreign")),
            ("150 races of four", lambda: races(folder / "races", 150)),
            ("60 kills", lambda: kills(folder / "kills", 60)),
            *((f"an end at every step of {work}", lambda work=work: crash_points(folder / work, work)) for work in WORK),
            ("160 damaged files of each kind", lambda: damaged(folder / "damaged", 160)),
        ]
        for what, run in steps:
            start = time.monotonic()
            found = run()
            print(f"{what}: nothing lost{f', {found} steps' if found else ''}, {time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
