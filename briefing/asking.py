"""Questions to articles: finds the articles, has them in the index, and opens the model for one question or a conversation.

files, a brief, or everything stored ─► articles ─ index ─► documents ─ pipeline.ask (cached model) ─► Answer

What was read before is not read again, and what was asked before is not asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from briefing import engines, pipeline
from briefing.config import Settings
from briefing.engines import Engine, chosen, opened
from briefing.errors import SourceError, UsageError
from briefing.history import named, source
from briefing.index import Index
from briefing.language.document import Document
from briefing.progress import Progress
from briefing.reading import read_all
from briefing.records import Answer
from briefing.sources.editions import earlier
from briefing.sources.files import find
from briefing.store import Store
from briefing.text.questions import followed
from briefing.types import Article

Ask = Callable[[str], Answer]
"""Answers a question. One that follows another may be short: "what about Germany?"."""

_LONGEST = 500  # characters of a question


@contextmanager
def asking(
    settings: Settings,
    *,
    sources: Sequence[Path] = (),
    brief: str = "",
    since: str = "",
    until: str = "",
    progress: Progress,
    engine: Engine | None = None,
) -> Iterator[Ask]:
    """Give what answers questions from the articles under `sources`, of a `brief` (a date or a file), or from all that are stored.

    `since` and `until` are ISO dates: of an article, or where it has none, of the briefs that it stands in. Raises SourceError where there
    is nothing to ask. A question that is empty or longer than _LONGEST characters raises UsageError.
    """
    choice = chosen(settings)
    with closing(Store(settings.database)) as store, closing(Index(settings.database.with_name("index.sqlite3"))) as index:
        articles = _within(_articles(sources, brief, store, index, progress), store, since, until)
        if not articles:
            raise SourceError("no articles to ask" + (" of these days" if since or until else ""), _HINT)
        parser = engines.parser(settings, store, progress)
        documents = {number: Document(article, parser) for number, article in zip(index.add(articles), articles, strict=True)}
        embedder = engines.embedder(settings, progress)
        before = ""
        with opened(choice, settings, store, progress, engine or engines.llama) as model:

            def ask(question: str) -> Answer:
                nonlocal before
                told = " ".join(question.split())
                if not told or len(told) > _LONGEST:
                    raise UsageError(f"a question has 1 to {_LONGEST} characters, not {len(told)}")
                before = followed(told, before)
                return pipeline.ask(before, documents, index, embedder, parser=parser, model=model, progress=progress)

            yield ask


def _articles(sources: Sequence[Path], brief: str, store: Store, index: Index, progress: Progress) -> list[Article]:
    """Return the articles that are asked, their IDs all different."""
    if sources and brief:
        raise UsageError("sources and a brief are named", "ask one or the other")
    if brief:
        one = source(brief, store)
        texts = [(record.path, one.text(record)) for record in one.brief.articles if record.status == "used"]
        gone = [path for path, article in texts if article is None]
        if gone:
            progress.warn(f"{len(gone)} of {len(texts)} articles are not known any more ({', '.join(gone[:3])})")
        return [article for _, article in texts if article is not None]
    if sources:
        found = find(sources)
        outcomes = read_all(found, sources, progress, index.find) if found else []
        return [outcome.article for outcome in outcomes if outcome.article is not None]
    return _stored(store)


def _stored(store: Store) -> list[Article]:
    """Return the articles of all briefs, the last ones first, each file as the last brief saw it.

    Files of one ID are told apart by the date of the brief.
    """
    kept = {article.content: article for article in store.articles()}
    by_path: dict[tuple[str, int], Article] = {}
    taken: set[str] = set()
    for stored in reversed(store.briefs()):
        for record in named(stored).articles:
            article = kept.get(record.content)
            place = (record.path, record.part)
            if article is not None and place not in by_path:
                name = record.id if record.id not in taken else f"{record.id}@{stored.date}"
                taken.add(name)
                by_path[place] = article.model_copy(update={"id": name, "path": record.path})
    once: dict[str, Article] = {}
    for article in by_path.values():
        once.setdefault(article.content, article)
    gone = earlier(list(once.values()))
    return [article for article in once.values() if article.id not in gone]


def _within(articles: Sequence[Article], store: Store, since: str, until: str) -> list[Article]:
    """Return the articles of these days; one without a date has those of the briefs it stands in, and stands in none of other days."""
    if not (since or until):
        return list(articles)
    briefed = _dates(store)
    dates = [[article.published] if article.published else briefed.get(article.content, []) for article in articles]
    inside = [any(since <= date <= (until or "9999") for date in several) for several in dates]
    return [article for article, within in zip(articles, inside, strict=True) if within]


def _dates(store: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for stored in store.briefs():
        for record in named(stored).articles:
            found.setdefault(record.content, []).append(stored.date)
    return found


_HINT = "name them with --sources, or make a brief first: `briefing generate SOURCES`"
