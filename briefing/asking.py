"""Questions to articles: finds the articles, has them in the index, and opens the model for one question or a conversation.

files, a brief, or everything stored ─► articles ─ index ─► documents ─ pipeline.ask (cached model) ─► Answer
what many desks stored in one database ─ question ─ archive ─► its nearest articles ─ index ─► and on as above

What was read before is not read again, and what was asked before is not asked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager

from briefing import engines, pipeline
from briefing.archive import near
from briefing.brief import Brief
from briefing.config import Settings
from briefing.engines import Engine, chosen, opened
from briefing.errors import SourceError, UsageError
from briefing.history import named, source
from briefing.identity import edited, places, told
from briefing.language.document import Document
from briefing.opening import open_archive, open_index, open_store
from briefing.progress import Progress
from briefing.reading import Source, gather, read_all
from briefing.records import Answer
from briefing.sources.editions import earlier
from briefing.sources.given import GIVEN
from briefing.store import Index, Store
from briefing.text.questions import followed
from briefing.types import Article

Ask = Callable[[str], Answer]
"""Answers a question. One that follows another may be short: "what about Germany?"."""

_LONGEST = 500  # characters of a question
_EDITIONS = 20  # later articles of one place that an article may be an older edition of


@contextmanager
def asking(
    settings: Settings,
    *,
    sources: Sequence[Source] = (),
    brief: str | Brief = "",
    since: str = "",
    until: str = "",
    follow_links: bool = False,
    progress: Progress,
    engine: Engine | None = None,
) -> Iterator[Ask]:
    """Give what answers questions from the articles under `sources`, of a `brief` (DATE, DATE.NAME, a file, or itself), or from all stored.

    `since` and `until` are ISO dates: of an article, or where it has none, of the briefs that it stands in. Raises SourceError where there
    is nothing to ask. A question that is empty, longer than _LONGEST characters or not UTF-8 raises UsageError; others can be asked.
    """
    choice = chosen(settings)
    with closing(open_store(settings)) as store, closing(open_index(settings)) as index, ExitStack() as stack:
        archive = None if sources or brief else open_archive(settings)
        if archive is None:
            articles = _within(_articles(sources, brief, store, index, progress, follow_links), store, since, until)
            there = bool(articles)
        else:
            articles, there = [], stack.enter_context(closing(archive)).holds(since, until)
        if not there:
            raise SourceError("no articles to ask" + (" of these days" if since or until else ""), _HINT)
        parser, embedder = engines.parser(settings, store, progress), engines.embedder(settings, progress)

        def read(articles: Sequence[Article]) -> dict[int, Document]:
            numbers = index.add(map(_indexed, articles))
            return {number: Document(article, parser) for number, article in zip(numbers, articles, strict=True)}

        documents = read(articles)
        before = ""
        with opened(choice, settings, store, progress, engine or engines.llama) as model:

            def ask(question: str) -> Answer:
                nonlocal before, documents
                asked = " ".join(question.split())
                if not asked or len(asked) > _LONGEST:
                    raise UsageError(f"a question has 1 to {_LONGEST} characters, not {len(asked)}")
                if any("\ud800" <= character <= "\udfff" for character in asked):
                    raise UsageError("the question is not UTF-8")
                before = followed(asked, before)
                if archive is not None:
                    documents = read(near(before, archive, store, index, embedder, since, until))
                return pipeline.ask(before, documents, index, embedder, parser=parser, model=model, progress=progress)

            yield ask


def _indexed(article: Article) -> Article:
    """Return an article as the index keeps it: one given as text, of which more is known than it says, under a name that no file has."""
    return article if article.path else article.model_copy(update={"id": f"{GIVEN}{article.id}"})


def _articles(
    sources: Sequence[Source], brief: str | Brief, store: Store, index: Index, progress: Progress, follow_links: bool
) -> list[Article]:
    """Return the articles that are asked, their IDs all different."""
    if sources and brief:
        raise UsageError("sources and a brief are named", "ask one or the other")
    if brief:
        one = source(brief, store)
        texts = [(record.path, one.text(record)) for record in one.brief.articles if record.status == "used"]
        gone = [path for path, article in texts if article is None]
        if gone:
            progress.warn(f"{len(gone)} of {len(texts)} articles are not known any more ({', '.join(gone[:3])})")
        return list({article.content: article for _, article in texts if article is not None}.values())
    if sources:
        found = gather(sources, follow_links=follow_links)
        outcomes = read_all(found, sources, progress, index.find) if found else []
        return [outcome.article for outcome in outcomes if outcome.article is not None]
    return _stored(store)


def _stored(store: Store) -> list[Article]:
    """Return the articles of all briefs, the last ones first, each as the last brief saw it: what was edited since is asked once.

    Then come those whose brief was forgotten.

    Articles of one ID are told apart by the date of the brief.
    """
    kept = {article.content: article for article in store.articles()}
    once: dict[str, Article] = {}
    seen: defaultdict[str, list[Article]] = defaultdict(list)
    taken: set[str] = set()
    for stored in reversed(store.briefs()):
        for record in named(stored).articles:
            article = kept.pop(record.content, None) if record.status == "used" else None
            here = places(record)
            if article is None or _is_older(article, [other for place in sorted(here) for other in seen[place][:_EDITIONS]]):
                continue
            name = record.id if record.id not in taken else f"{record.id}@{stored.date}"
            while name in taken:
                name += "~"
            taken.add(name)
            once[record.content] = article.model_copy(update={"id": name, "path": record.path})
            for place in here:
                seen[place].append(article)
    for article in kept.values():
        if article.id not in taken:
            taken.add(article.id)
            once[article.content] = article
    gone = earlier(list(once.values()))
    return [article for article in once.values() if article.id not in gone]


def _is_older(article: Article, later: Sequence[Article]) -> bool:
    """Return whether an article is an earlier edition of one of these."""
    return any(edited(told(article), told(other)) for other in later)


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
