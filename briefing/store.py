"""What is kept between runs, as protocols: the store (what was paid for, and what was written) and the index (what can be made again).

`briefing.opening` opens both, from the setting `database`: a path is two SQLite files (`briefing.sqlite`), an address is PostgreSQL
(`briefing.postgres`). Whoever implements them promises what stands here, and the same tests are asked of both (tests/storage).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from briefing.calls import CallRow
from briefing.types import Article

if TYPE_CHECKING:
    from briefing.model.vectors import Embedder, Vectors
    from briefing.model.wording import Coloured, WordReader


@dataclass(frozen=True, slots=True)
class StoredBrief:
    """A brief as it was written: its date, its file, the SHA-256 of its JSON text, that text, and when (ISO, UTC)."""

    date: str
    path: str
    sha256: str
    json: str
    saved: str


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A call as it is kept: its row, when it was made (ISO, UTC), and the JSON texts of what was asked and answered."""

    row: int
    created: str
    request: str
    reply: str


class Store(Protocol):
    """Every model call (log and cache in one), parses, articles and briefs. Every method raises StorageError, with a hint.

    Each write is a transaction of its own, committed before the method returns: what a call reported as kept outlives the process.
    What is damaged is refused, never repaired; only a parse, which can be made again, counts as not kept then.
    """

    def __enter__(self) -> Self:
        """Return the store itself."""

    def __exit__(self, *_: object) -> None:
        """Close it."""

    def close(self) -> None:
        """Close it. Safe to call twice."""

    # Calls

    def replies(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the reply JSON of each key that has a servable call: the oldest one, so that a reply never changes."""

    def keep_call(self, row: CallRow) -> None:
        """Write one finished call; when this returns, it outlives the process."""

    def claim(self, keys: Sequence[str]) -> set[str]:
        """Take requests as the caller's to answer, and return those that no other process has taken: as many as may be asked at once.

        They stay the caller's until `release`, or until its process ends. Where there is one process, that is all of them.
        """

    def release(self, keys: Collection[str]) -> None:
        """Give back requests that were claimed, answered or not."""

    def wait(self, key: str, seconds: float) -> None:
        """Return when whoever has claimed a request gives it back, or after some seconds (math.inf: however long that takes)."""

    # Parses

    def parses(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return what is kept under these keys, but for what is damaged: it can be made again."""

    def keep_parses(self, parses: Mapping[bytes, bytes]) -> None:
        """Write them, all or nothing; what was under the same keys is replaced."""

    # Articles and briefs

    def save_brief(self, date: str, path: str, json: str, articles: Iterable[Article]) -> None:
        """Keep a brief's record and its articles, all or nothing. It replaces one of the same date and path (and desk)."""

    def brief(self, date: str) -> StoredBrief | None:
        """Return the brief of a date, the one saved last if there are several; None where there is none."""

    def briefs(self) -> list[StoredBrief]:
        """Return every brief, by date, then by when it was saved."""

    def article(self, content: str) -> Article | None:
        """Return the article with this content (its `content`: mostly the SHA-256 of its file); None where no brief was made of one."""

    def articles(self) -> list[Article]:
        """Return every stored article, by ID, then by content."""

    # Forgetting

    def calls(self) -> Iterator[StoredCall]:
        """Yield every call, whatever became of it, a batch at a time: what is written meanwhile may be missed."""

    def saved(self) -> dict[str, str]:
        """Return when each article was last part of a brief that was written (ISO, UTC), by content."""

    def forget(self, articles: Collection[str], briefs: Collection[StoredBrief], calls: Collection[int], parses: Collection[bytes]) -> int:
        """Delete articles by content, briefs, calls by row, and every parse but `parses`; return how many parses. All or nothing.

        What was deleted may still be read from the files of the database until `compact` has returned.
        """

    def compact(self) -> None:
        """Leave no byte of what was deleted in the tables. Raises StorageError where that cannot be."""


class Hit(NamedTuple):
    """A sentence that shares terms with a query: the number of its article, its own number, and how well it fits (more is better)."""

    article: int
    sentence: int
    score: float


class Index(Protocol):
    """What was read before, so that it can be searched: articles, the words of their sentences, and what a network makes of a text.

    All of it can be made again from the files: what is damaged counts as not kept, and what cannot be kept only costs time.
    """

    def __enter__(self) -> Self:
        """Return the index itself."""

    def __exit__(self, *_: object) -> None:
        """Close it."""

    def close(self) -> None:
        """Close it. Safe to call twice."""

    def find(self, content: str, name: str, path: str) -> Article | None:
        """Return the article of this content and ID as it was read before, or None."""

    def add(self, articles: Iterable[Article]) -> list[int]:
        """Take articles into the search, keep those that are not kept, and return their numbers, in order: they last until it is closed."""

    def search(self, query: Collection[str], articles: Collection[int], most: int) -> list[Hit]:
        """Return the sentences of these articles that share terms with the query, best first (BM25, over these articles alone)."""

    def vectors(self, texts: Sequence[str], embedder: Embedder) -> Vectors:
        """Return the vectors of texts, those that are known without asking."""

    def wording(self, texts: Sequence[str], reader: WordReader) -> list[tuple[Coloured, ...]]:
        """Return the words of texts with their odds, those that are known without reading them."""

    def articles(self) -> list[Article]:
        """Return every article that is kept and sound, by key."""

    def keep_only(self, articles: Collection[str], vectors: Collection[bytes]) -> int:
        """Delete all articles but these, by content, all vectors but these, by key, and all wording; return how many vectors went.

        No byte of what went stays in the tables. Raises StorageError where that cannot be.
        """


class Archive(Protocol):
    """Every sentence of every article that briefs of a desk were made of, where these are too many to be read for each question."""

    def __enter__(self) -> Self:
        """Return the archive itself."""

    def __exit__(self, *_: object) -> None:
        """Close it."""

    def close(self) -> None:
        """Close it. Safe to call twice."""

    def holds(self, since: str, until: str) -> bool:
        """Return whether there is an article of these days (ISO; "" for any): its own date, or those of the briefs it stands in."""

    def nearest(self, terms: Collection[str], vector: Vectors, model: str, *, since: str, until: str, most: int) -> list[tuple[str, int]]:
        """Return the sentences of these days nearest to a question, by words and by meaning together: content of the article, number.

        `terms` are the question's, `vector` is its own (SIZE numbers), `model` the SHA-256 of what made it.
        """

    def unembedded(self, model: str, most: int) -> list[tuple[str, int]]:
        """Return sentences that no vector of this model is kept of: they are found by their words alone. Content, number."""

    def resplit(self, articles: Iterable[Article]) -> bool:
        """Keep the sentences of articles as they are split in them, whoever split them before; return whether any were kept otherwise."""


def text_key(model: str, text: str) -> bytes:
    """Return the key of what a model makes of a text: SHA-256 of both, so that the text cannot be read from it."""
    return hashlib.sha256(f"{model}\n{text}".encode(errors="surrogatepass")).digest()
