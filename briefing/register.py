"""What has arrived so far, as a protocol: articles by their words, the bands of their signatures, events and the words they are known by.

`briefing.newsroom.arrivals` decides, and is its only user; `briefing.postgres.register` keeps it. Sums, hashes and single words are kept,
and no sentence of any article.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

T = TypeVar("T")


class Arrival(NamedTuple):
    """What an article is beside those that came before it: which event it tells of, and what it is a copy of.

    `content` names its text (see `Article.content`). `event` is a number that never changes. Of a copy, `original` is the content of the
    article that was there before, `likeness` which share of the runs of words of both stands in both (0..1, estimated), and `same` whether
    its sentences are those of the other word for word; nobody may be cited for what only a near-copy says.
    """

    content: str
    event: int
    original: str = ""
    likeness: float = 0.0
    same: bool = False


class Event(NamedTuple):
    """The articles of one event in sums: `size` articles, copies not counted, `dated` of which say their day.

    `first` and `last` are ISO dates: of the articles that have one, else when they came. `meaning` is the sum of their vectors. A number
    of 0 is one that no register has given yet.
    """

    number: int
    size: int
    dated: int
    first: str
    last: str
    meaning: Vectors


class Counts(NamedTuple):
    """How many articles came, but for copies of what came before; how many of them have each word, how many events are known by it."""

    number: int
    articles: dict[str, int]
    events: dict[str, int]


class Kept(NamedTuple):
    """An article as it is written down: the hash of its words, its signature, and the bands by which its copies are found.

    A copy has no bands: copies are found by their original.
    """

    arrival: Arrival
    said: bytes
    signature: bytes
    bands: Sequence[bytes]


class Known(Protocol):
    """What may be asked and written down in one turn. Every method raises StorageError."""

    def arrivals(self, contents: Sequence[str]) -> dict[str, Arrival]:
        """Return what was found of these articles when they came; those that never came are missing."""

    def same(self, said: Collection[bytes]) -> dict[bytes, Arrival]:
        """Return the first article with the words of each of these hashes; hashes that no article has are missing."""

    def banded(self, bands: Collection[bytes]) -> dict[str, bytes]:
        """Return the signatures of the articles that share one of these bands, by content."""

    def counts(self, words: Collection[str]) -> Counts:
        """Return the counts of these words; those that nobody has are missing."""

    def holders(self, words: Collection[str], first: str, last: str) -> dict[int, dict[str, float]]:
        """Return the events known by any of these words that lie within two days: none begins before the first or ends after the last.

        Each with these words, and the sum of what they weigh in its articles.
        """

    def weights(self, events: Collection[int], words: Collection[str]) -> dict[int, dict[str, float]]:
        """Return what these words weigh in these events; an event that has none of them is missing."""

    def events(self, numbers: Collection[int]) -> dict[int, Event]:
        """Return events by number."""

    def keep_event(self, event: Event, words: Mapping[str, float]) -> int:
        """Write an event down, in the place of the one of its number, and add weights to its words; return its number."""

    def count(self, number: int, words: Mapping[str, int]) -> None:
        """Count so many articles more, and how many of them have each word."""

    def keep(self, some: Sequence[Kept]) -> None:
        """Write articles down, as some that come now, one after the other."""


class Register(Protocol):
    """Where arrivals are kept."""

    def read(self, work: Callable[[Known], T]) -> T:
        """Return what some work reads; others may write meanwhile."""

    def turn(self, work: Callable[[Known], T]) -> T:
        """Do work while nobody else has the turn. It is kept whole or not at all, and may be begun twice."""

    def sweep(self, days: int) -> int:
        """Forget the articles that came more than so many days ago, and the events that have no other; return how many articles."""
