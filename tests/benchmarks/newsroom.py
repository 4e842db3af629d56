"""How much two workers do in the time of one, what is lost, and what an article costs: processor seconds, requests, bytes of the database.

    python -m tests.benchmarks.newsroom [--articles 240] [--answer 20] [--model FILE.gguf]

Desks of articles made by chance, read by the real parser. The model is one made by hand whose answers take `--answer` milliseconds each, as
those of a server do; with `--model`, that file behind llama_cpp.server on this machine.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from briefing import engines, pipeline
from briefing.config import load_settings
from briefing.language.cached import CachedParser
from tests.llama_server import serving
from tests.newsroom.hardships import opened
from tests.postgres import Server
from tests.stages.fakes import FakeEmbedder

DESKS = 6


@contextmanager
def places() -> Iterator[None]:
    """Give the parser that the user's model files are, loaded once for all workers, and vectors made by hand."""
    from briefing.progress import Silent

    class Nothing:
        def parses(self, keys: object) -> dict[bytes, bytes]:
            return {}

        def keep_parses(self, parses: object) -> None:
            pass

    real = engines.parser(load_settings(), Nothing(), Silent())  # type: ignore[arg-type]
    real.parse(["The port is open."])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "parser", lambda _, store, progress: CachedParser(lambda: real, real.identity, store, progress))
        patch.setattr(engines, "embedder", lambda _settings, _progress: FakeEmbedder())
        patch.setattr(pipeline, "PROBED", {})
        yield


def measured(server: Server, workers: int, articles: int, answer: float, model: str) -> None:
    """Make the briefs of all desks with so many workers, and print what it took."""
    database = server.begin()
    address = server.address(database)
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder), address, desks=DESKS, articles=articles // DESKS, seconds=answer / 1000) as news,
    ):
        if model:
            news.settings = news.settings.model_copy(update={"server": (model,), "model": "", "sequences": 2})
        began = [news.work() for _ in range(workers)]
        while len(news.status().workers) < workers:
            time.sleep(0.1)
        with psycopg.connect(address.url, autocommit=True) as db:
            size = "SELECT pg_database_size(current_database())"
            ((before,),) = db.execute(size).fetchall()
            start, spent = time.monotonic(), os.times().children_user + os.times().children_system
            news.begin()
            found = news.wait(3600)
            seconds = time.monotonic() - start
            db.execute("VACUUM FULL")
            ((after,),) = db.execute(size).fetchall()
            ((calls, read, written, unique),) = db.execute(
                "SELECT count(*), sum(prompt_tokens + cached_tokens), sum(generated_tokens), count(DISTINCT key) FROM briefing.calls"
            ).fetchall()
        for worker in began:
            news.stop(worker)
        spent = os.times().children_user + os.times().children_system - spent
        done = sum(run.stage == "done" for run in found.runs)
        print(
            f"{workers} worker{'s' * (workers > 1)}: {articles} articles, {done} of {DESKS} briefs in {seconds:.0f} s, "
            f"{articles / seconds * 60:.0f} articles a minute; {len(found.failures)} jobs failed, {calls - unique} requests asked twice; "
            f"an article: {spent / articles:.2f} processor s, {calls / articles:.1f} requests of {read / calls:.0f} tokens read and "
            f"{written / calls:.1f} written, {(after - before) / articles / 1000:.0f} kB",
            flush=True,
        )
    server.end(database)


def main() -> None:
    """Measure one worker, then two."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=240)
    options.add_argument("--answer", type=float, default=20.0, help="milliseconds")
    options.add_argument("--model", type=Path)
    given = options.parse_args()
    server = Server()
    try:
        with places():
            for workers in (1, 2):
                if given.model:
                    with serving(given.model, "--logits_all", "true", "--n_ctx", "4096") as url:
                        measured(server, workers, given.articles, given.answer, url)
                else:
                    measured(server, workers, given.articles, given.answer, "")
    finally:
        server.close()


if __name__ == "__main__":
    main()
