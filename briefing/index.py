"""What was read before, kept so that it can be searched: articles, the words of their sentences, and sentence vectors.

All of it can be made again from the files, and every row has a checksum: what is damaged counts as not kept, a file that is damaged as a
whole is made again, and what cannot be kept only costs time. What somebody paid for is in the store, never here. The file of another
program is refused.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, NamedTuple, Self

from pydantic import ValidationError

from briefing import __version__
from briefing.database import Database, Kind, Table, interrupted, is_ours, remove
from briefing.errors import DamagedError, StorageError
from briefing.model.vectors import SIZE, Embedder
from briefing.text.terms import terms
from briefing.types import Article, Role

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

_TABLES = ("articles", "terms", "vectors")
_K1, _B = 1.2, 0.75  # of BM25, as everywhere
_WORD = re.compile(r"[0-9A-Za-z=#@_\x80-\U0010ffff]+")
_LEAST = 1e-6  # what a term counts that half of the sentences have


class Hit(NamedTuple):
    """A sentence that shares terms with a query: the number of its article, its own number, and how well it fits (more is better)."""

    article: int
    sentence: int
    score: float


class _Place(NamedTuple):
    """A body sentence of an article that was added, and the words of its terms: of "@black-sea" there are two, and either finds it."""

    article: int
    sentence: int
    words: list[str]

    def holds(self, run: list[str]) -> int:
        """Return how often words stand in it in a row."""
        if len(run) == 1:
            return self.words.count(run[0])
        return sum(self.words[n : n + len(run)] == run for n in range(len(self.words)))


class Index:
    """An index in one SQLite file. Writes are transactions; several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises StorageError where it cannot be had at all."""
        self._path = path
        self._numbers: dict[bytes, int] = {}  # of articles, by key
        self._missed: set[bytes] = set()  # articles that were looked for and not found
        self._places: list[_Place] = []
        self._holders: defaultdict[str, list[int]] = defaultdict(list)  # the places of each word
        doubtful = interrupted(path)
        self._file = self._opened()
        if doubtful and not self._whole():
            self._renew()

    def __enter__(self) -> Self:
        """Return the index itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        self._file.close()

    # Articles

    def find(self, content: str, name: str, path: str) -> Article | None:
        """Return the article of this content and ID as it was read before, or None."""
        key = _key(content, name)
        found = self._get("articles", [key]).get(key)
        with suppress(ValidationError):
            if found is not None:
                return Article.model_validate_json(found).model_copy(update={"path": path})
        self._missed.add(key)
        return None

    def add(self, articles: Iterable[Article]) -> list[int]:
        """Take articles into the search, keep those that are not kept, and return their numbers, in order: they last until it is closed."""
        given = [(_key(article.content, article.id), article) for article in articles]
        new = {key: article for key, article in given if key not in self._numbers}
        held = {key: _unpacked(data) for key, data in self._get("terms", list(new)).items()}
        fresh = {key: _held(article) for key, article in new.items() if key not in held}
        read = {key: article.model_dump_json().encode() for key, article in new.items() if key in fresh or key in self._missed}
        self._put({"articles": read, "terms": {key: _packed(sentences) for key, sentences in fresh.items()}})
        for key in new:
            self._numbers[key] = number = len(self._numbers) + 1
            for sentence, words in held.get(key) or fresh.get(key, []):
                for word in set(words):
                    self._holders[word].append(len(self._places))
                self._places.append(_Place(number, sentence, list(map(intern, words))))
        return [self._numbers[key] for key, _ in given]

    def search(self, query: Collection[str], articles: Collection[int], most: int) -> list[Hit]:
        """Return the sentences of these articles that share terms with the query, best first (BM25, over these articles alone)."""
        within = set(articles)
        lengths = [len(place.words) for place in self._places if place.article in within]
        mean = sum(lengths) / len(lengths) if lengths else 0.0
        scores: defaultdict[int, float] = defaultdict(float)
        for term in sorted(query):
            run = _words(term)
            near = [n for n in self._holders.get(run[0], ()) if self._places[n].article in within] if run else []
            there = {n: often for n in near if (often := self._places[n].holds(run))}
            rarity = max(math.log((len(lengths) - len(there) + 0.5) / (len(there) + 0.5)), _LEAST)
            for n, often in there.items():
                scores[n] += rarity * often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * len(self._places[n].words) / mean))
        hits = (Hit(self._places[n].article, self._places[n].sentence, score) for n, score in scores.items())
        return sorted(hits, key=lambda hit: (-hit.score, hit.article, hit.sentence))[:most]

    # Vectors

    def vectors(self, texts: Sequence[str], embedder: Embedder) -> Vectors:
        """Return the vectors of texts, those that are known without asking."""
        import numpy as np  # slow to import, and only a question needs it

        keys = [vector_key(embedder.sha256, text) for text in texts]
        known = {key: row for key, row in self._get("vectors", list(dict.fromkeys(keys))).items() if len(row) == 2 * SIZE}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            made = embedder.embed(list(new.values())).astype(np.float16)
            rows = {key: row.tobytes() for key, row in zip(new, made, strict=True)}
            known |= rows
            self._put({"vectors": rows})
        found = np.frombuffer(b"".join(known[key] for key in keys), np.float16).reshape(len(keys), SIZE)
        return found.astype(np.float32)

    # Forgetting

    def articles(self) -> list[Article]:
        """Return every article that is kept and sound, by key."""
        keys = sorted(self._keys("articles"))
        kept = (data for start in range(0, len(keys), 100) for data in self._get("articles", keys[start : start + 100]).values())
        found = []
        for data in kept:
            with suppress(ValidationError):
                found.append(Article.model_validate_json(data))
        return found

    def keep_only(self, articles: Collection[str], vectors: Collection[bytes]) -> int:
        """Delete all articles but these, by SHA-256, and all vectors but these, by key; return how many vectors went.

        No byte of what went stays in the file. Raises StorageError where that cannot be.
        """
        sound = {_key(article.content, article.id) for article in self.articles() if article.content in articles}
        gone = {name: set(self._keys(name)).difference(vectors if name == "vectors" else sound) for name in _TABLES}
        with self._file.transaction():
            for name, keys in gone.items():
                self._table(name).drop(keys)
        self._file.compact()
        return len(gone["vectors"])

    # The file

    def _table(self, name: str) -> Table:
        return Table(self._file, name)

    def _get(self, name: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        try:
            return self._table(name).get(keys)
        except DamagedError:
            self._renew()
            return {}

    def _keys(self, name: str) -> list[bytes]:
        try:
            return self._table(name).keys()
        except DamagedError:
            self._renew()
            return []

    def _put(self, tables: Mapping[str, Mapping[bytes, bytes]]) -> None:
        """Keep rows, all or nothing. Where they cannot be kept they are made again, which only takes time."""
        if not any(tables.values()):
            return
        try:
            with self._file.transaction():
                for name, rows in tables.items():
                    self._table(name).put(rows)
        except DamagedError:
            self._renew()
        except StorageError:  # a disk that is full, say: the store says so where it matters
            return

    def _opened(self) -> Database:
        """Open the file; a damaged one of ours is begun anew. One that is merely in use is waited for, and never taken for damaged."""
        try:
            return Database(self._path, KIND)
        except DamagedError:
            if not is_ours(self._path, KIND):
                raise
        remove(self._path)
        return Database(self._path, KIND)

    def _renew(self) -> None:
        self._file.close()
        remove(self._path)
        self._file = Database(self._path, KIND)

    def _whole(self) -> bool:
        try:
            return self._file.sound()
        except DamagedError:
            return False


def vector_key(model: str, text: str) -> bytes:
    """Return the key of a text's vector: SHA-256 of both, so that the text cannot be read from it."""
    return hashlib.sha256(f"{model}\n{text}".encode(errors="surrogatepass")).digest()


def _key(sha256: str, name: str) -> bytes:
    return f"{sha256}\n{name}".encode(errors="surrogatepass")


def _held(article: Article) -> list[tuple[int, list[str]]]:
    """Return the body sentences of an article by number, each with the words of its terms."""
    return [(s.number, _words(" ".join(sorted(terms(article.quote(s.number)))))) for s in article.sentences if s.role is Role.BODY]


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _packed(sentences: list[tuple[int, list[str]]]) -> bytes:
    return json.dumps(sentences, separators=(",", ":")).encode()


def _unpacked(data: bytes) -> list[tuple[int, list[str]]]:
    return [(number, words) for number, words in json.loads(data)]


def _migrate(db: sqlite3.Connection, version: int, path: Path) -> None:
    """Drop what another version wrote, and make the tables of this one."""
    del version, path
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'").fetchall():
        db.execute(f"DROP TABLE {name}")
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
        db.execute(f"DROP TABLE {name}")
    for name in _TABLES:
        db.execute(f"CREATE TABLE {name} {Table.FORM}")


KIND = Kind(
    noun="index",
    application_id=0x42524649,  # "BRFI"
    version=zlib.crc32(f"2 {__version__}".encode()) >> 1 or 1,  # its form, and the program that read the articles
    migrate=_migrate,
    damaged="it can be made again: delete it, if it is briefing's",
    former=frozenset(("form", "articles", "sentences", "vectors", "terms", "terms_data", "terms_idx", "terms_docsize", "terms_config")),
)
