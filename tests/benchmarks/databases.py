"""SQLite files against a PostgreSQL database, for one laptop's day: seconds of one brief with an empty cache, and again with a full one.

    python -m tests.benchmarks.databases [--articles 15] [--rounds 3]

Articles are recombined from the seeds (`tests.benchmarks.scale`). The parser and the sentence vectors are the true ones; answers are made
up at once, so that all the time there is to lose shows: with a model that takes minutes, what a database adds is lost in it. The server
runs on this machine, as it comes: each commit is on the disk before it is reported. Rounds take turns; medians are told, and their ratio.
`processor` is this process and the server's together.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import psutil

from briefing import app
from briefing.address import PostgresAddress
from briefing.config import Settings, load_settings
from briefing.model.base import Identity, Model, Prompt, Question
from briefing.model.cached import CachedModel
from briefing.opening import open_store
from briefing.progress import Silent
from tests.benchmarks.scale import DATE, write
from tests.postgres import Server
from tests.stages.fakes import FakeModel

CALLS = 1000


def engine(path: Path, identity: Identity, settings: Settings) -> Model:
    """Load a model that answers at once."""

    class Made(FakeModel):
        @property
        def identity(self) -> Identity:
            return identity

    return Made()


def processor(server: psutil.Process) -> float:
    """Return the seconds that this process and the server's have worked, those that ended among them."""
    known = [server, *server.children(recursive=True)]
    return time.process_time() + sum(sum(one.cpu_times()[:4]) if one is server else sum(one.cpu_times()[:2]) for one in known)


def seconds(articles: Path, folder: Path, database: Path | PostgresAddress, server: psutil.Process) -> dict[str, float]:
    """Return what the brief takes that is made first, and what the same one again."""
    folder.mkdir()
    weights = folder / "some.gguf"
    weights.write_bytes(b"GGUF weights")
    settings = load_settings().model_copy(update={"database": database, "out": folder / "briefs", "model": str(weights)})
    found: dict[str, float] = {}
    for name in ("first", "again"):
        begun, worked = time.perf_counter(), processor(server)
        app.generate([articles], settings, date=DATE, replace=True, progress=Silent(), engine=engine)
        found |= {name: time.perf_counter() - begun, f"{name}, processor": processor(server) - worked}
    return found


def kept(database: Path | PostgresAddress) -> dict[str, float]:
    """Return how many milliseconds it takes to look for an answer, have it and keep it, of many small ones in one batch."""
    asked = [Question("support", Prompt("Yes or no.", (), "Source. ", f"claim {n} {200 * 'x'}")) for n in range(CALLS)]
    with open_store(Settings(database=database)) as store:
        model = CachedModel(FakeModel, FakeModel().identity, store, Silent())
        begun = time.perf_counter()
        assert len(list(model.judge(asked))) == CALLS
        first = time.perf_counter()
        assert len(list(model.judge(asked))) == CALLS
        return {"ms to keep an answer": 1000 * (first - begun) / CALLS, "ms to find one": 1000 * (time.perf_counter() - first) / CALLS}


def measure(count: int, rounds: int) -> dict[str, object]:
    """Make the brief so often in each database; return the medians and their ratios."""
    taken: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    server = Server("fsync = on\nfull_page_writes = on\n")
    try:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            articles = folder / "articles"
            articles.mkdir()
            write(articles, count)
            for n in range(rounds + 1):
                for kind in ("sqlite", "postgres"):
                    database = server.address(server.begin()) if kind == "postgres" else folder / f"kept{n}" / "briefing.sqlite3"
                    told = seconds(articles, folder / f"{kind}{n}", database, psutil.Process(server.pid))
                    told |= kept(database)
                    for name, value in told.items() if n else ():  # the first round loads the libraries
                        taken[kind][name].append(value)
    finally:
        server.close()
    medians = {kind: {name: round(statistics.median(values), 2) for name, values in told.items()} for kind, told in taken.items()}
    ratios = {name: round(value / medians["sqlite"][name], 2) for name, value in medians["postgres"].items()}
    return {"articles": count, **medians, "postgres / sqlite": ratios}


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=15)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    sys.stdout.write(json.dumps(measure(options.articles, options.rounds), indent=1) + "\n")


if __name__ == "__main__":
    main()
