"""What an arrival costs, and how far events that grow article by article are those that a whole day is clustered into.

    python -m tests.benchmarks.arrivals [--articles 20000] [--vectors 200]         on a PostgreSQL server of its own
    python -m tests.benchmarks.arrivals --events FOLDER... [--kept FILE]           B-cubed F1 beside the batch's; files EVENT-….md

The articles are made from the sentences of the seeds, recombined, always the same ones: events of one to fifty articles over four days,
each with words of its own drawn from a long list as a language's are (Zipf), one article in seven a copy or nearly. They show cost, not
quality. Vectors cost most: they are timed apart, on --vectors articles, and made up in the run. Seconds are the processor's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from briefing.config import load_settings
from briefing.engines import embedder, parser
from briefing.language.document import Document
from briefing.newsroom.arrivals import OPENING, Arrivals
from briefing.newsroom.signature import signature
from briefing.opening import open_store
from briefing.postgres.register import PostgresRegister
from briefing.progress import Silent
from briefing.sources.files import read
from briefing.stages import cluster
from briefing.text.articles import article
from briefing.types import Article, Role
from tests.newsroom.registers import MemoryRegister
from tests.postgres import started
from tests.stages.fakes import FakeEmbedder, seeds

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

T = TypeVar("T")
DAYS = ("2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24")
TODAY = DAYS[-1]
_WORDS = 60_000  # of the list
_COPIED = 1 / 7
_TITLE = 10  # words
_BATCH = 16  # articles that arrive together, as a worker reads them
_ORDERS = 3  # in which the articles of a folder arrive, by day


# Articles


def recombined(count: int) -> Iterator[tuple[str, Article]]:
    """Yield so many articles, day by day, each with the name of its event."""
    chance = random.Random(7)
    pool = [" ".join(one.quote(s.number).split()) for one in seeds() for s in one.sentences if s.role is Role.BODY]
    for day, date in enumerate(DAYS):
        texts: list[tuple[str, str]] = []
        due = [f"{day}.{n}" for n in range(count) for _ in range(min(50, int(chance.paretovariate(1.1))))][: count // len(DAYS)]
        told = {name: _event(name, pool) for name in dict.fromkeys(due)}
        chance.shuffle(due)
        for number, name in enumerate(due):
            if texts and chance.random() < _COPIED:
                name, text = chance.choice(texts[-2000:])
                text = text if chance.random() < 0.5 else f"{chance.choice(told[name])}\n\n{text}"
            else:
                own = chance.choice(pool)
                text = "\n\n".join([*chance.sample(told[name], chance.randint(10, 20)), own])
            texts.append((name, text))
            title = f"{' '.join(told[name][0].split()[:_TITLE])}"
            yield name, _article(f"{day}-{number:05}", f"{title}\n\n{text}", date)


def _event(name: str, pool: Sequence[str]) -> list[str]:
    """Return the sentences of an event: half of their longer words are words of its own."""
    chance = random.Random(name)
    other: dict[str, str] = {}
    found = []
    for sentence in chance.sample(pool, 24):
        words = []
        for word in sentence.split():
            bare = word.strip(".,;:’s“”").casefold()
            if len(bare) > 4 and bare not in other:
                other[bare] = f"w{int(_WORDS ** chance.random())}" if chance.random() < 0.5 else bare
            words.append(word.casefold().replace(bare, other[bare]) if other.get(bare, bare) != bare else word)
        found.append(" ".join(words))
    return found


def _article(name: str, text: str, date: str) -> Article:
    digest = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
    return article(name, f"{name}.txt", digest, text, markdown=False).model_copy(update={"published": date})


# What it costs


def cost(count: int, openings: int) -> Iterator[dict[str, object]]:
    """Let the articles arrive, and yield what that costs: after every quarter, and in all."""
    server = started()
    address = server.address(server.begin())
    fake = FakeEmbedder()
    spent: defaultdict[str, float] = defaultdict(float)

    def embed(texts: Sequence[str]) -> Vectors:
        return _timed(spent, "vectors made up", lambda: fake.embed(texts))

    with closing(server), closing(PostgresRegister(address)) as register:
        arrivals = Arrivals(register, embed)
        backend = register.read(lambda known: _process(known))
        events: dict[str, int] = {}
        gold: dict[str, str] = {}
        copies = 0
        begun = _seconds(backend)
        batch: list[Article] = []
        for number, (name, one) in enumerate(recombined(count), start=1):
            gold[one.content] = name
            batch.append(one)
            if len(batch) == _BATCH or number == count:
                found = _timed(spent, "arriving", partial(arrivals.arrive, batch, TODAY))
                events |= {arrival.content: arrival.event for arrival in found}
                copies += sum(bool(arrival.original) for arrival in found)
                batch = []
            if number % max(1, count // 4) == 0 or number == count:
                yield {
                    "articles": number,
                    "copies": copies,
                    "events": len(set(events.values())),
                    "made of": len(set(gold.values())),
                    "B-cubed F1": round(b_cubed(_groups(events), gold), 3),
                    "seconds here": round(spent["arriving"] - spent["vectors made up"], 1),
                    "seconds of the database": round(_seconds(backend) - begun, 1),
                    "vectors": len(fake.asked),
                    "peak memory here, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
                    "memory of the database's process, MB": _memory(backend),
                }
        sign, vector = _each(openings)
        yield {
            "milliseconds a signature": round(sign * 1000, 2),
            "milliseconds a vector": round(vector * 1000, 1),
            "seconds of all vectors": round(vector * len(fake.asked)),
        }


def _process(known: object) -> int:
    """Return the number of the server's process that works for this connection."""
    from briefing.postgres.register import _Known

    assert isinstance(known, _Known)
    ((number,),) = known._db.execute("SELECT pg_backend_pid()").fetchall()
    return int(number)


def _seconds(process: int) -> float:
    """Return the processor seconds of another process."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _memory(process: int) -> int:
    """Return what a process holds for itself, without what the server's share."""
    known = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines() if ":" in line)
    return round(int(known["RssAnon"].split()[0]) / 1e3)


def _each(number: int) -> tuple[float, float]:
    """Return the processor seconds of one article's signature and of its vector, over so many; the vectors are of the seeds' own words."""
    some = [one for _, one in recombined(max(number, len(DAYS)))]
    words = " ".join(one.quote(s.number) for one in seeds() for s in one.sentences if s.role is Role.BODY).split()
    size = _TITLE + OPENING
    texts = [" ".join(words[n : n + size]) for n in range(0, min(len(words), number * size), size)]
    model = embedder(load_settings(), Silent())
    model.embed([""])
    signature(some[0])
    began = time.process_time()
    for one in some:
        signature(one)
    signed = time.process_time()
    for start in range(0, len(texts), _BATCH):
        model.embed(texts[start : start + _BATCH])
    return (signed - began) / len(some), (time.process_time() - signed) / len(texts)


def _timed(spent: defaultdict[str, float], name: str, work: Callable[[], T]) -> T:
    before = time.process_time()
    found = work()
    spent[name] += time.process_time() - before
    return found


# How good the events are


def b_cubed(groups: Iterable[Iterable[str]], gold: Mapping[str, str]) -> float:
    """Return the B-cubed F1 of groups of names against the event of each name."""
    of = {name: frozenset(group) for group in map(list, groups) for name in group}
    true: defaultdict[str, set[str]] = defaultdict(set)
    for name in of:
        true[gold[name]].add(name)
    both = [(len(of[name] & true[gold[name]]), name) for name in of]
    precision = statistics.fmean(number / len(of[name]) for number, name in both)
    recall = statistics.fmean(number / len(true[gold[name]]) for number, name in both)
    return 2 * precision * recall / (precision + recall)


def _groups(events: Mapping[str, int]) -> list[list[str]]:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for name, event in events.items():
        groups[event].append(name)
    return list(groups.values())


def quality(folders: Sequence[Path], kept: Path | None) -> Iterator[dict[str, object]]:
    """Yield how the articles of each folder come into events: one by one, by a new register and by one that knows the other folders."""
    settings = load_settings()
    texts: dict[str, Vectors] = {}
    model = embedder(settings, Silent())

    def embed(some: Sequence[str]) -> Vectors:
        import numpy as np

        new = [text for text in dict.fromkeys(some) if text not in texts]
        texts.update(zip(new, model.embed(new), strict=True))
        return np.array([texts[text] for text in some])

    read_in = {folder: [outcome.article for outcome in read([folder]) if outcome.article is not None] for folder in folders}
    scores: list[tuple[float, ...]] = []
    where = settings if kept is None else settings.model_copy(update={"database": kept})
    with closing(open_store(where)) as store:
        english = parser(settings, store, Silent())
        for folder, articles in read_in.items():
            gold = {one.id: one.id.partition("-")[0] for one in articles}
            documents = [Document(one, english) for one in articles]
            whole = cluster.events(documents, embed([cluster.opening(one) for one in documents]))
            as_batch = {name: group[0] for group in whole for name in group}
            others = [one for other, some in read_in.items() if other != folder for one in some]
            grown = [_grown(articles, known, embed, order) for known in ([], others) for order in range(_ORDERS)]
            found = [statistics.fmean(b_cubed(groups, gold) for groups in some) for some in (grown[:_ORDERS], grown[_ORDERS:])]
            agreed = statistics.fmean(b_cubed(groups, as_batch) for groups in grown[_ORDERS:])
            scores.append((b_cubed(whole, gold), *found, agreed))
            yield _scores(folder.name, len(articles), scores[-1])
    yield _scores("mean", sum(map(len, read_in.values())), [statistics.fmean(column) for column in zip(*scores, strict=True)])


def _scores(name: str, articles: int, scores: Sequence[float]) -> dict[str, object]:
    names = ("batch", "one by one, of a new register", "one by one", "one by one against the batch")
    return {"folder": name, "articles": articles} | {name: round(score, 3) for name, score in zip(names, scores, strict=True)}


def _grown(articles: Sequence[Article], known: Sequence[Article], embed: Callable[[Sequence[str]], Vectors], order: int) -> list[list[str]]:
    """Return the events into which articles come day by day, within a day in some order."""
    arrivals = Arrivals(MemoryRegister(), embed)
    arrivals.arrive(known, TODAY)
    shuffled = random.Random(order).sample(list(articles), len(articles))
    coming = sorted(shuffled, key=lambda one: one.published)
    found = arrivals.arrive(coming, TODAY)
    return _groups({one.id: arrival.event for one, arrival in zip(coming, found, strict=True)})


def main() -> None:
    """Print one JSON object a line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--vectors", type=int, default=200)
    options.add_argument("--events", type=Path, nargs="+", metavar="FOLDER")
    options.add_argument("--kept", type=Path, help="the database where parses are kept (default: the user's)")
    given = options.parse_args()
    for line in quality(given.events, given.kept) if given.events else cost(given.articles, given.vectors):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
