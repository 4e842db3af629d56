"""How clustering grows with the pile: seconds and memory of 1,000, 3,000 and 10,000 articles, and how good the events are.

    python -m tests.benchmarks.clustering [--sizes 1000,3000,10000]

The articles are invented, always the same ones: words by Zipf's law, a tenth of the events on each of ten days, one to thirty articles an
event, four of five on its first day, events in fields that share words, as sport or courts do. Vectors are made up beside them: of one
event 0.7 alike, of one field 0.3. Words, vectors and days of an event are as in 60 real ones of three outlets each. They come parsed:
reading, parsing and embedding are not in the seconds. Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from briefing.language.base import Parse, ParserIdentity, Token
from briefing.language.document import Document
from briefing.stages import cluster
from briefing.types import Article, Role, Sentence
from tests.benchmarks.apart import apart
from tests.benchmarks.arrivals import b_cubed
from tests.benchmarks.generate import machine

_WORDS = 60_000  # of the language
_FIELDS = 100
_DAYS = 10
_MOST = 30  # articles of an event
_SENTENCES = (8, 40)
_CONTENT = 9  # content words of a sentence
_LATER = (0.8, 0.15, 0.05)  # share of the articles of an event on its first, second and third day
_OF_FIELD, _OF_EVENT = 0.12, 0.25  # share of the words that a field, or an event, has for its own
_COMMON, _FIELD, _EVENT = 0.1, 0.2, 0.4  # of the square of a vector: what all articles, those of a field and those of an event share
_FIRST = date(2026, 11, 16)

Floats = npt.NDArray[np.float64]


class Pile(NamedTuple):
    """Parsed articles, the vectors of their openings, and the event of each by its ID."""

    documents: list[Document]
    vectors: npt.NDArray[np.float32]
    gold: dict[str, str]


class _Spaced:
    """Parses a text of content words with a space between them: each is a noun."""

    identity = ParserIdentity("spaced", "0" * 64)

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Return the parse of each text."""
        return [Parse(text, tuple(_tokens(text))) for text in texts]


class _English(Document):
    """A document that need not be asked whether it is English: it has content words only."""

    english = True  # the other one is a property


def _tokens(text: str) -> Iterator[Token]:
    start = 0
    for n, word in enumerate(text.split(" ")):
        yield Token(start, start + len(word), sys.intern(word), "NOUN", "NN", "dep", n)
        start += len(word) + 1


def invented(count: int) -> Pile:
    """Return `count` parsed articles, in a mixed order."""
    chance = np.random.default_rng(14)
    zipf = 1 / (np.arange(_WORDS) + 2.7)
    common = np.cumsum(zipf / zipf.sum())
    fields = [chance.integers(200, _WORDS // 10, 80) for _ in range(_FIELDS)]
    meant = chance.normal(size=(_FIELDS + 1, 384)) / 384**0.5
    parser = _Spaced()
    documents: list[Document] = []
    vectors: list[Floats] = []
    gold: dict[str, str] = {}
    event = 0
    while len(documents) < count:
        event += 1
        field, first = int(chance.integers(_FIELDS)), int(chance.integers(_DAYS))
        own = np.concatenate([chance.integers(1000, _WORDS, 30), chance.choice(fields[field], 10)])
        matter = chance.normal(size=384) / 384**0.5
        for _ in range(min(count - len(documents), _size(chance))):
            name = f"a{len(documents):05}"
            day = _FIRST + timedelta(days=first + int(chance.choice(3, p=_LATER)))
            article = _article(name, day, _sentences(chance, common, fields[field], own))
            document = _English(article, parser)
            document.parse(1)
            documents.append(document)
            parts = zip((_COMMON, _FIELD, _EVENT), (meant[-1], meant[field], matter), strict=True)
            noise = (1 - _COMMON - _FIELD - _EVENT) ** 0.5 * chance.normal(size=384) / 384**0.5
            vector = sum((share**0.5 * part for share, part in parts), noise)
            vectors.append(vector / np.linalg.norm(vector))
            gold[name] = str(event)
    order = chance.permutation(count)
    return Pile([documents[n] for n in order], np.array(vectors, np.float32)[order], gold)


def _size(chance: np.random.Generator) -> int:
    """Return how many articles tell an event: mostly one, at most thirty, two and a half on average."""
    return min(_MOST, int(chance.zipf(2.0)))


def _sentences(chance: np.random.Generator, common: Floats, field: npt.NDArray[np.int64], own: npt.NDArray[np.int64]) -> list[str]:
    """Return a title and the sentences of an article, in made-up words."""
    number = int(chance.integers(*_SENTENCES)) + 1
    size = (number, _CONTENT)
    words = np.searchsorted(common, chance.random(size))
    share = chance.random(size)
    words = np.where(share < _OF_FIELD, chance.choice(field, size), words)
    words = np.where(share > 1 - _OF_EVENT, own[np.minimum(len(own) - 1, chance.exponential(10, size).astype(int))], words)
    return [" ".join(f"w{word}" for word in row) for row in words.tolist()]


def _article(name: str, day: date, told: Sequence[str]) -> Article:
    """Return the article of a title and its sentences, a line each."""
    text = "\n".join(told)
    sentences: list[Sentence] = []
    start = 0
    for n, one in enumerate(told, start=1):
        sentences.append(Sentence(number=n, start=start, end=start + len(one), paragraph=n, role=Role.TITLE if n == 1 else Role.BODY))
        start += len(one) + 1
    fields: dict[str, Any] = {"title": told[0], "published": day.isoformat(), "sentences": tuple(sentences)}
    return Article(id=name, path=f"{name}.txt", sha256="0" * 64, text=text, **fields)


def measure(count: int) -> dict[str, Any]:
    """Cluster so many articles in this process."""
    pile = invented(count)
    before = _peak()
    began, worked = time.monotonic(), time.process_time()
    found = cluster.events(pile.documents, pile.vectors)
    seconds, worked = time.monotonic() - began, time.process_time() - worked
    return {
        "articles": count,
        "seconds": round(seconds, 1),
        "processor seconds": round(worked, 1),
        "memory of the articles, MB": before,
        "memory that clustering adds, MB": _peak() - before,
        "events": len(found),
        "made of": len(set(pile.gold.values())),
        "B-cubed F1": round(b_cubed(found, pile.gold), 3),
    }


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)


def main() -> None:
    """Print the machine, then the figures of every size, one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,3000,10000")
    options = parser.parse_args()
    sys.stdout.write(json.dumps(machine()) + "\n")
    for size in map(int, options.sizes.split(",")):
        sys.stdout.write(json.dumps(apart(measure, size)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
