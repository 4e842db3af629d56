"""How long it takes to find a question's sentences in the archive of a newsroom: milliseconds, over some hundred thousand sentences.

    python -m tests.benchmarks.archive [--sentences 500000] [--made 100000] [--questions 40]

A PostgreSQL server of its own is started (tests/postgres.py). The first articles are made from the sentences of the seeds, with other
names and numbers, none twice, and their words are cut as everywhere; the server makes the others of these, each with a word of its own.
Forty desks have a fortieth each, and one desk has all. Vectors are those of the seeds' sentences with as much noise as two sentences of one
matter differ by, since true ones would take an hour, and means of two such for the others. The questions are those of
`tests/quality/ask.json`. `recall` is the share of the ten nearest in meaning, by a look at every vector, that the graph found too, and the
mean cosine of both.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import psutil
import psycopg
from pgvector import HalfVector
from pgvector.psycopg import register_vector

from briefing import archive
from briefing.address import PostgresAddress
from briefing.config import Settings, load_settings
from briefing.engines import embedder
from briefing.model.vectors import SIZE, Embedder
from briefing.opening import open_index, open_store
from briefing.postgres.archive import PostgresArchive, said
from briefing.postgres.store import PostgresStore
from briefing.progress import Silent
from briefing.sources.files import read
from briefing.store import text_key
from briefing.text.terms import terms
from briefing.types import Article, Role, Sentence
from tests.benchmarks.scale import NAMES, PLACES, varied
from tests.postgres import Server
from tests.properties import SEEDS

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

MEMORY = "shared_buffers = 1GB\nmaintenance_work_mem = 1500MB\nmax_wal_size = 8GB\n"
DESKS, DAYS, EVERY = 40, 30, "all"
SENTENCES = 12  # of an article
BATCH = 500  # articles of a brief
NOISE = 0.6


def sentences() -> list[str]:
    """Return the sentences of the seeds."""
    articles = [outcome.article for outcome in read([SEEDS]) if outcome.article is not None]
    return [" ".join(one.quote(s.number).split()) for one in articles for s in one.sentences if s.role is Role.BODY]


def recombined(told: list[str], count: int) -> Iterator[tuple[Article, list[int]]]:
    """Yield articles with `count` sentences in all, each with the numbers of the sentences that it was made from."""
    chance, seen = random.Random(7), 0
    while seen < count:
        other = {place: f"{chance.choice(NAMES)}{chance.choice(('', ' Bay', ' Hill', 'ton', 'burg'))}" for place in PLACES}
        numbers = [chance.randrange(len(told)) for _ in range(SENTENCES)]
        texts = [f"{varied(told[n], other, chance)[:-1]}, case {seen + k}." for k, n in enumerate(numbers)]
        spans: list[Sentence] = []
        at = 0
        for k, text in enumerate(texts, start=1):
            spans.append(Sentence(number=k, start=at, end=at + len(text), paragraph=k))
            at += len(text) + 2
        seen += len(texts)
        day = f"2026-11-{chance.randint(1, DAYS):02}"
        name = f"a{seen:07}"
        text, place = "\n\n".join(texts), f"{name}.txt"
        yield Article(id=name, path=place, sha256=f"{seen:064x}", text=text, published=day, sentences=tuple(spans)), numbers


def keep(address: PostgresAddress, told: list[str], vectors: Vectors, model: str, count: int) -> dict[str, float]:
    """Fill the archive; return how long which part of it took, in seconds."""
    chance = np.random.default_rng(7)
    rest = recombined(told, count)
    stores = [PostgresStore(address, f"desk{n}") for n in range(DESKS)]
    seconds = {"articles, words": 0.0, "vectors": 0.0}
    with psycopg.connect(address.url, autocommit=True) as db:
        register_vector(db)
        db.execute("DROP INDEX briefing.vectors_by_meaning")  # made at the end, which is quicker
        for n, batch in enumerate(iter(lambda: list(islice(rest, BATCH)), [])):
            begun = time.perf_counter()
            stores[n % DESKS].save_brief(f"2026-11-{n % DAYS + 1:02}", f"{n}.json", "{}", [article for article, _ in batch])
            seconds["articles, words"] += time.perf_counter() - begun
            begun = time.perf_counter()
            near = vectors[[number for _, numbers in batch for number in numbers]]
            near = near + NOISE * chance.standard_normal(near.shape, np.float32) / np.sqrt(SIZE)
            near /= np.linalg.norm(near, axis=1, keepdims=True)
            texts = [article.quote(sentence.number) for article, _ in batch for sentence in article.sentences]
            with db.cursor() as cursor, cursor.copy("COPY briefing.vectors (key, model, said, private_to, vector) FROM STDIN") as copy:
                for text, vector in zip(texts, near, strict=True):
                    copy.write_row((text_key(model, text), model, said(text), "", HalfVector(vector)))
            seconds["vectors"] += time.perf_counter() - begun
    for store in stores:
        store.close()
    return {name: round(value, 1) for name, value in seconds.items()}


def multiply(address: PostgresAddress, count: int) -> float:
    """Let the server make articles of those that are there until there are `count` sentences; return the seconds."""
    begun, turn = time.perf_counter(), 0
    with psycopg.connect(address.url, autocommit=True) as db:
        ((made,),) = db.execute("SELECT count(*) FROM briefing.articles").fetchall()
        db.execute("CREATE TEMP TABLE made AS SELECT content, row_number() OVER (ORDER BY content) AS place FROM briefing.articles")
        db.execute(
            "CREATE TEMP TABLE meant AS SELECT said, model, vector, row_number() OVER (ORDER BY said) AS place FROM briefing.vectors"
        )
        db.execute("CREATE INDEX ON meant (place); CREATE INDEX ON meant (said); ANALYZE made, meant")
        left = count // SENTENCES - made
        while left > 0:
            turn += 1
            for statement in _MULTIPLY:
                db.execute(statement, {"turn": str(turn), "most": min(made, left)})
            left -= made
        assert db.execute(_BARE).fetchone() == (0,)
    return round(time.perf_counter() - begun, 1)


_BARE = "SELECT count(*) FROM briefing.sentences WHERE NOT EXISTS (SELECT FROM briefing.vectors WHERE vectors.said = sentences.said)"
_MULTIPLY = (
    """
    INSERT INTO briefing.articles (content, private_to, id, path, published, json)
    SELECT encode(sha256((content || %(turn)s::text)::bytea), 'hex'), '', id || '-' || %(turn)s::text, path, published, json
    FROM briefing.articles JOIN made USING (content) WHERE place <= %(most)s
    """,
    """
    INSERT INTO briefing.vectors (key, private_to, model, said, vector)
    SELECT sha256(one.said || convert_to(%(turn)s::text, 'UTF8')), '', one.model, sha256(one.said || convert_to(%(turn)s::text, 'UTF8')),
           l2_normalize(one.vector + other.vector)
    FROM briefing.sentences JOIN made USING (content) JOIN meant AS one USING (said)
    JOIN meant AS other ON other.place = 1 + (one.place * 31 + 7 * %(turn)s::text::int) %% (SELECT max(place) FROM meant)
    WHERE made.place <= %(most)s
    """,
    """
    INSERT INTO briefing.sentences (content, number, private_to, published, said, words)
    SELECT encode(sha256((content || %(turn)s::text)::bytea), 'hex'), number, '', published,
           sha256(said || convert_to(%(turn)s::text, 'UTF8')), words || ('of' || place || 'of' || number || 'of' || %(turn)s::text)
    FROM briefing.sentences JOIN made USING (content) WHERE place <= %(most)s
    """,
    """
    INSERT INTO briefing.briefed (desk, private_to, content, date)
    SELECT desk, '', encode(sha256((content || %(turn)s::text)::bytea), 'hex'), date
    FROM briefing.briefed JOIN made USING (content) WHERE place <= %(most)s
    """,
)


def ready(address: PostgresAddress) -> float:
    """Give one desk all articles, and make the graph of vectors; return the seconds of that."""
    with psycopg.connect(address.url, autocommit=True) as db:
        db.execute("INSERT INTO briefing.briefed SELECT %s, '', content, date FROM briefing.briefed", (EVERY,))
        begun = time.perf_counter()
        db.execute("CREATE INDEX vectors_by_meaning ON briefing.vectors USING hnsw (vector halfvec_cosine_ops)")
        seconds = time.perf_counter() - begun
        db.execute("VACUUM ANALYZE")
    return round(seconds, 1)


def timed(action: Callable[[str], object], questions: list[str], opened: PostgresArchive) -> dict[str, float]:
    """Return how many milliseconds an action takes, after one round that fills the memory, and how many of them a processor works for it.

    On a machine that others use, the first figure tells of them; the second is this process and the server's, together.
    """
    for question in questions:
        action(question)
    server = psutil.Process(opened.backend)
    taken, before = [], time.process_time() + sum(server.cpu_times()[:2])
    for question in questions:
        begun = time.perf_counter()
        action(question)
        taken.append(1000 * (time.perf_counter() - begun))
    worked = time.process_time() + sum(server.cpu_times()[:2]) - before
    return {
        "processor, mean": round(1000 * worked / len(questions), 1),
        "median": round(statistics.median(taken), 1),
        "of 20, the slowest": round(statistics.quantiles(taken, n=20)[-1], 1),
    }


def recall(address: PostgresAddress, opened: PostgresArchive, vectors: list[Vectors], model: str) -> dict[str, float]:
    """Return what share of the ten nearest in meaning the archive's own way finds, and how near those are that it finds instead."""
    found, right, instead = 0, 0.0, 0.0
    nearest = "SELECT said, 1 - (vector <=> %s) AS near FROM briefing.vectors WHERE model = %s ORDER BY vector <=> %s LIMIT 10"
    of = "SELECT vectors.said, 1 - (vector <=> %s) FROM briefing.vectors JOIN briefing.sentences USING (said) WHERE (content, number) IN "
    with psycopg.connect(address.url) as db:
        register_vector(db)
        db.execute("SET enable_indexscan = off")
        for vector in vectors:
            one = HalfVector(vector)
            exact: dict[bytes, float] = dict(db.execute(nearest, (one, model, one)).fetchall())
            places = opened.nearest([], vector, model, since="", until="", most=10)
            contents, numbers = [content for content, _ in places], [number for _, number in places]
            told: dict[bytes, float] = dict(
                db.execute(f"{of} (SELECT * FROM unnest(%s::text[], %s::int[]))", (one, contents, numbers)).fetchall()
            )
            found += len(exact.keys() & told.keys())
            right, instead = right + sum(exact.values()), instead + sum(told.values())
    total = 10 * len(vectors)
    return {"share": round(found / total, 2), "likeness": round(instead / total, 3), "of the nearest": round(right / total, 3)}


def measure(count: int, made: int, asked: int) -> dict[str, object]:
    """Fill an archive and ask it; return what was measured."""
    vectors_of = embedder(load_settings(), Silent())
    server = Server(MEMORY)
    try:
        address = server.address(server.begin())
        told = sentences()
        seconds = keep(address, told, vectors_of.embed(told), vectors_of.sha256, min(count, made))
        seconds["made by the server"] = multiply(address, count)
        seconds["graph of vectors"] = ready(address)
        return {"seconds to keep": seconds, **ask(address, asked, vectors_of)}
    finally:
        server.close()


def ask(address: PostgresAddress, asked: int, vectors_of: Embedder) -> dict[str, object]:
    """Ask an archive that is filled; return what was measured."""
    cases = json.loads((Path(__file__).parents[1] / "quality" / "ask.json").read_text(encoding="utf-8"))
    questions = [str(one["question"]) for one in cases][:asked]
    asked_of = dict(zip(questions, vectors_of.embed(questions), strict=True))
    found: dict[str, object] = {}
    with psycopg.connect(address.url) as db:
        ((rows,),) = db.execute("SELECT count(*) FROM briefing.sentences").fetchall()
        ((size,),) = db.execute("SELECT pg_database_size(current_database())").fetchall()
        found |= {"sentences": rows, "GB on the disk": round(size / 1e9, 2)}
    for desk, since in ((EVERY, ""), (EVERY, "2026-11-29"), ("desk7", "")):
        with PostgresArchive(address, desk) as opened:

            def nearest(question: str, opened: PostgresArchive = opened, since: str = since) -> object:
                return opened.nearest(terms(question), asked_of[question], vectors_of.sha256, since=since, until="", most=archive.PLACES)

            name = f"{'all articles' if desk == EVERY else 'a fortieth of them'}{', of two days' if since else ''}"
            found[f"ms, {name}"] = timed(nearest, questions, opened)
            if (desk, since) == (EVERY, ""):
                found["recall"] = recall(address, opened, list(asked_of.values())[:20], vectors_of.sha256)
    settings = Settings(database=address, desk=EVERY)
    with open_store(settings) as store, open_index(settings) as index, PostgresArchive(address, EVERY) as opened:

        def near(question: str) -> object:
            return index.add(archive.near(question, opened, store, index, vectors_of, "", ""))

        found["ms, with the vector of the question, and its articles read"] = timed(near, questions, opened)
    return found


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=500_000)
    parser.add_argument("--made", type=int, default=100_000, help="of them from the seeds; the server makes the others of these")
    parser.add_argument("--questions", type=int, default=40)
    options = parser.parse_args()
    sys.stdout.write(json.dumps(measure(options.sentences, options.made, options.questions), indent=1) + "\n")


if __name__ == "__main__":
    main()
