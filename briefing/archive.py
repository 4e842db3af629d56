"""The archive of a newsroom, for a question: which few of some hundred thousand articles are read for it. And its vectors, made beforehand.

question ─ terms, vector ─► archive.nearest ─► sentences ─► their articles, the last editions ─► as where articles are named (asking)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from briefing import engines
from briefing.config import Settings
from briefing.model.vectors import Embedder
from briefing.opening import open_archive, open_index, open_store
from briefing.progress import Progress
from briefing.sources.editions import earlier
from briefing.store import Archive, Index, Store
from briefing.text.rows import passage
from briefing.text.terms import terms
from briefing.types import Article

PLACES = 40
"""Sentences that the archive is asked for: of a desk with a fortieth of all, as many thousands are walked past."""
_ARTICLES = 12  # that a question is put to: as many as have their sentences compared by meaning
_BATCH = 256


def near(question: str, archive: Archive, store: Store, index: Index, embedder: Embedder, since: str, until: str) -> list[Article]:
    """Return the articles of these days whose sentences come nearest to a question, nearest first; their IDs are all different."""
    (vector,) = index.vectors([question], embedder)
    places = archive.nearest(terms(question), vector, embedder.sha256, since=since, until=until, most=PLACES)
    contents = islice(dict.fromkeys(content for content, _ in places), _ARTICLES)
    found: dict[str, Article] = {}
    for article in filter(None, map(store.article, contents)):
        name = article.id
        while name in found:
            name += "~"
        found[name] = article.model_copy(update={"id": name})
    gone = earlier(list(found.values()))
    return [article for article in found.values() if article.id not in gone]


def fill(settings: Settings, progress: Progress, most: int = 10_000) -> int:
    """Make the vectors of sentences that have none yet, some at most; return how many sentences these are.

    Until then a sentence is found by its words alone. Raises StorageError; without an archive there is nothing to do.
    """
    archive = open_archive(settings)
    if archive is None:
        return 0
    embedder = engines.embedder(settings, progress)
    with closing(archive), closing(open_store(settings)) as store, closing(open_index(settings)) as index:
        missing = archive.unembedded(embedder.sha256, most)
        if archive.resplit(filter(None, map(store.article, dict.fromkeys(content for content, _ in missing)))):
            missing = archive.unembedded(embedder.sha256, most)
        progress.stage("reading for the archive", len(missing), "sentences")
        texts = _texts(missing, store)
        while batch := list(islice(texts, _BATCH)):
            index.vectors(batch, embedder)
            progress.advance(len(batch))
    return len(missing)


def _texts(places: list[tuple[str, int]], store: Store) -> Iterator[str]:
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for content, number in places:
        numbers[content].append(number)
    for content, several in numbers.items():
        article = store.article(content)
        yield from (passage(article, number) for number in several if number <= len(article.sentences)) if article else ()
