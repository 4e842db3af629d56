"""What every index does alike, wherever its rows are: what is kept of an article, BM25 over those that are asked, vectors and odds by text.

An implementation gives and takes rows of bytes by key, in four tables; a row that is damaged it does not give.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from sys import intern
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from pydantic import ValidationError

from briefing import __version__
from briefing.model.vectors import SIZE, Embedder
from briefing.model.wording import packed, unpacked
from briefing.store import Hit, text_key
from briefing.text.terms import terms
from briefing.types import Article, Role

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors
    from briefing.model.wording import Coloured, WordReader

T = TypeVar("T", tuple[int, int], tuple[str, int])

TABLES = ("articles", "terms", "vectors", "wording")
FORM = zlib.crc32(f"5 {__version__}".encode()) >> 1 or 1
"""The form of what is kept, and the program that read the articles: what another one read is read again."""

_LEVEL = 10  # by which the first places of orders that are fused are levelled
K1, B = 1.2, 0.75  # of BM25, as everywhere
LEAST = 1e-6  # what a term counts that half of the sentences have
_WORD = re.compile(r"[0-9A-Za-z=#@_\x80-\U0010ffff]+")


class _Place(NamedTuple):
    """A sentence or row of an article that was added, and the words of its terms: of "@black-sea" there are two, and either finds it."""

    article: int
    sentence: int
    words: list[str]

    def holds(self, run: list[str]) -> int:
        """Return how often words stand in it in a row."""
        if len(run) == 1:
            return self.words.count(run[0])
        return sum(self.words[n : n + len(run)] == run for n in range(len(self.words)))


class RowsIndex(ABC):
    """An Index over rows of bytes. It is searched in memory: what is asked at once are some thousand articles, not an archive."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}  # of articles, by key
        self._missed: set[bytes] = set()  # articles that were looked for and not found
        self._places: list[_Place] = []
        self._holders: defaultdict[str, list[int]] = defaultdict(list)  # the places of each word

    def __enter__(self) -> Self:
        """Return the index itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Close it. Safe to call twice."""

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
        """Take articles into the search, keep those that are not kept, and return their numbers, in order: they last until it is closed.

        Each is searched as it is split. One that another version split is kept beside how this one does, which alone `find` gives.
        """
        given = [(_split_key(article), article) for article in articles]
        new = {key: article for key, article in given if key not in self._numbers}
        held = {key: _unpacked(data) for key, data in self._get("terms", list(new)).items()}
        fresh = {key: words_of(article) for key, article in new.items() if key not in held}
        read = {one: article.model_dump_json().encode() for key, article in new.items() if (one := self._kept_as(key, article, fresh))}
        self._put({"articles": read, "terms": {key: _packed(sentences) for key, sentences in fresh.items()}})
        for key in new:
            self._numbers[key] = number = len(self._numbers) + 1
            for sentence, words in held.get(key) or fresh.get(key, []):
                for word in set(words):
                    self._holders[word].append(len(self._places))
                self._places.append(_Place(number, sentence, list(map(intern, words))))
        return [self._numbers[key] for key, _ in given]

    def _kept_as(self, key: bytes, article: Article, fresh: Collection[bytes]) -> bytes:
        """Return the key to keep an article under: of one that `find` missed its own, for it was just read; b"" where it is kept."""
        own = _key(article.content, article.id)
        return own if own in self._missed else key if key in fresh else b""

    def search(self, query: Collection[str], articles: Collection[int], most: int) -> list[Hit]:
        """Return the sentences of these articles that share terms with the query, best first (BM25, over these articles alone)."""
        within = set(articles)
        lengths = [len(place.words) for place in self._places if place.article in within]
        mean = sum(lengths) / len(lengths) if lengths else 0.0
        scores: defaultdict[int, float] = defaultdict(float)
        for term in sorted(query):
            run = in_words(term)
            near = [n for n in self._holders.get(run[0], ()) if self._places[n].article in within] if run else []
            there = {n: often for n in near if (often := self._places[n].holds(run))}
            rarity = max(math.log((len(lengths) - len(there) + 0.5) / (len(there) + 0.5)), LEAST)
            for n, often in there.items():
                scores[n] += rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * len(self._places[n].words) / mean))
        hits = (Hit(self._places[n].article, self._places[n].sentence, score) for n, score in scores.items())
        return sorted(hits, key=lambda hit: (-hit.score, hit.article, hit.sentence))[:most]

    # What a network makes of a text

    def vectors(self, texts: Sequence[str], embedder: Embedder) -> Vectors:
        """Return the vectors of texts, those that are known without asking."""
        import numpy as np  # slow to import, and only a question needs it

        keys = [text_key(embedder.sha256, text) for text in texts]
        known = {key: row for key, row in self._get("vectors", list(dict.fromkeys(keys))).items() if len(row) == 2 * SIZE}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            made = embedder.embed(list(new.values())).astype(np.float16)
            known |= {key: row.tobytes() for key, row in zip(new, made, strict=True)}
            self._put_vectors(embedder.sha256, {text: known[key] for key, text in new.items()})
        found = np.frombuffer(b"".join(known[key] for key in keys), np.float16).reshape(len(keys), SIZE)
        return found.astype(np.float32)

    def wording(self, texts: Sequence[str], reader: WordReader) -> list[tuple[Coloured, ...]]:
        """Return the words of texts with their odds, those that are known without reading them."""
        by_key = {text_key(reader.sha256, text): text for text in texts}
        kept = {by_key[key]: unpacked(by_key[key], row) for key, row in self._get("wording", list(by_key)).items()}
        known = {text: words for text, words in kept.items() if words is not None}
        new = {key: text for key, text in by_key.items() if text not in known}
        if new:
            known |= zip(new.values(), reader(list(new.values())), strict=True)
            self._put({"wording": {key: packed(text, known[text]) for key, text in new.items()}})
        return [known[text] for text in texts]

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
        """Delete all articles but these, by content, all vectors but these, by key, and all wording; return how many vectors went.

        No byte of what went stays in the tables. Raises StorageError where that cannot be. Wording is of sentences as they would be told:
        nothing says which article a row is of, and all of it can be read again.
        """
        kept = [article for article in self.articles() if article.content in articles]
        sound = {key for article in kept for key in (_key(article.content, article.id), _split_key(article))}
        stays: dict[str, Collection[bytes]] = {"articles": sound, "terms": sound, "vectors": vectors, "wording": ()}
        gone = {name: set(self._keys(name)).difference(stays[name]) for name in TABLES}
        self._drop(gone)
        return len(gone["vectors"])

    # Rows

    @abstractmethod
    def _get(self, name: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return what a table keeps under these keys and is sound."""

    @abstractmethod
    def _keys(self, name: str) -> list[bytes]:
        """Return every key of a table."""

    @abstractmethod
    def _put(self, tables: Mapping[str, Mapping[bytes, bytes]]) -> None:
        """Keep rows, all or nothing. Where they cannot be kept they are made again, which only takes time."""

    @abstractmethod
    def _put_vectors(self, model: str, rows: Mapping[str, bytes]) -> None:
        """Keep vectors of a model (its SHA-256) by their texts, as `_put` does: SIZE little-endian 16-bit floats each."""

    @abstractmethod
    def _drop(self, tables: Mapping[str, Collection[bytes]]) -> None:
        """Delete rows, all or nothing, so that no byte of them stays. Raises StorageError where that cannot be."""


def _key(sha256: str, name: str) -> bytes:
    return f"{sha256}\n{name}".encode(errors="surrogatepass")


def _split_key(article: Article) -> bytes:
    """Return the key of an article as it is split: by where its sentences stand, and what each of them is."""
    split = zlib.crc32(repr([(s.start, s.end, s.role.value) for s in article.sentences]).encode())
    return _key(article.content, article.id) + b"\n%08x" % split


def fused(*orders: Sequence[T]) -> list[T]:
    """Return what stands in several orders in one, what stands first in them first (reciprocal rank fusion, Cormack et al. 2009)."""
    scores: dict[T, float] = {}
    for order in orders:
        for rank, place in enumerate(order):
            scores[place] = scores.get(place, 0.0) + 1 / (_LEVEL + rank)
    return sorted(scores, key=lambda place: (-scores[place], place))


def words_of(article: Article) -> list[tuple[int, list[str]]]:
    """Return the body sentences and the rows of tables by number, each with the words of its terms; a row without its header's."""
    found = [s.number for s in article.sentences if s.role in {Role.BODY, Role.ROW}]
    return [(number, in_words(" ".join(sorted(terms(article.quote(number)))))) for number in found]


def in_words(text: str) -> list[str]:
    """Return the words of a term: of "@black-sea" there are two."""
    return _WORD.findall(text)


def _packed(sentences: list[tuple[int, list[str]]]) -> bytes:
    return json.dumps(sentences, separators=(",", ":")).encode()


def _unpacked(data: bytes) -> list[tuple[int, list[str]]]:
    return [(number, words) for number, words in json.loads(data)]
