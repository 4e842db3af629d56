"""Where everything is put together: settings → model, store, files. The only module that names concrete classes.

generate: sources ─ gather ─ read ─► outcomes ─ pipeline (cached model) ─► brief ─ since the last ─ write ─► DATE.json, .md, .html, store
check:    claims, sources ─ gather ─ read ─► articles ─ check (cached model) ─► verdicts
verify:   brief, or its file ─ load ─► brief ─ verify (its files, or sources) ─► report

Sources are files, folders and articles given as text, in any mixture.

It promises that what costs no model time is tried first: sources, database, output folder, then the model. It prints
nothing, and touches the network only to fetch a model that is not there.
"""

from __future__ import annotations

import dataclasses
import logging
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from briefing import engines, history, pipeline
from briefing import pages as web_pages
from briefing import verify as checks
from briefing.brief import ArticleRecord, Brief
from briefing.check import Asked, Sources, no_sources
from briefing.check import check as judge_claims
from briefing.check import read_claims as parse_claims
from briefing.config import Settings
from briefing.engines import Around, Choice, Engine, bare, chosen, opened
from briefing.errors import NothingToBriefError, SourceError, StorageError, UsageError
from briefing.fetching.pages import reread
from briefing.lookback import Archive
from briefing.model.base import Model
from briefing.opening import open_index, open_store
from briefing.output import Written, record_text, settle
from briefing.progress import Progress
from briefing.reading import HINT, Gathered, Source, at_its_path, gather, named, read_all, read_as, sha256_of, text_of, why
from briefing.sources import given
from briefing.sources.files import Found, read_found, whole
from briefing.sources.readers.apart import Apart
from briefing.stages import support
from briefing.stages.support import asked, verdict
from briefing.store import Store
from briefing.target import Target, key_of, parted
from briefing.types import Article, Claim, Finding, Gate, Outcome, Verdict

_LOG = logging.getLogger(__name__)
_BATCH = 64  # claims that are checked together: enough to fill the model, few enough to see them come


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found; `brief` is None where the record breaks its own format."""

    brief: Brief | None
    findings: tuple[Finding, ...]


# generate


def generate(
    sources: Sequence[Source],
    settings: Settings,
    *,
    date: str,
    name: str = "",
    replace: bool = False,
    progress: Progress,
    budget: float = math.inf,
    every: bool = False,
    follow_links: bool = False,
    page: bool = False,
    engine: Engine | None = None,
    around: Around = bare,
) -> Written:
    """Write the brief of `date` from the articles under `sources`, and keep it. What was answered before is not asked again.

    With a `name`, it is kept beside others of that date. A brief of other articles is only replaced with `replace`; without it that is a
    UsageError. `budget` is in seconds, reading included. `every` article has its share of the brief, however many there are.
    A `page` is written with it where that is asked for, or where one stands there; where it cannot be, the brief is, and says so.
    """
    until = time.monotonic() + budget
    key = key_of(date, name)
    found = _something(sources, follow_links)
    choice = chosen(settings)
    with closing(open_store(settings)) as store:
        outcomes = read_all(found, sources, progress)
        texts = history.Texts(store, settings.out / key)
        target = Target(settings.out, key, outcomes, texts, replace=replace, template=settings.template)
        make = _Maker(choice, settings, store, progress, engine or engines.llama, around, follows=True)
        brief = make(outcomes, date, until, every)
        articles = [outcome.article for outcome in outcomes if outcome.article is not None]
        known = {article.content: article for article in articles}
        brief = history.since(brief, known, store, engines.parser(settings, store, progress), progress, name)
        text = record_text(brief)

        def shown() -> str:
            return web_pages.beside(brief, lambda record: known.get(record.content), target.page, asked=page, progress=progress)

        written = target.write(brief, text, shown)
        try:
            store.save_brief(date, str(written.record.absolute()), text, articles)
        except StorageError as error:
            progress.warn(f"{error}; the brief is written, but the database does not know of it ({error.hint})")
    return written


def brief(
    sources: Sequence[Source],
    settings: Settings,
    *,
    date: str,
    progress: Progress,
    budget: float = math.inf,
    every: bool = False,
    follow_links: bool = False,
    engine: Engine | None = None,
) -> Brief:
    """Return the brief that `generate` would write. It is not written, not kept, and says nothing of what is new since another one."""
    until = time.monotonic() + budget
    key_of(date)
    found = _something(sources, follow_links)
    choice = chosen(settings)
    with closing(open_store(settings)) as store:
        make = _Maker(choice, settings, store, progress, engine or engines.llama)
        return make(read_all(found, sources, progress), date, until, every)


def _something(sources: Sequence[Source], follow_links: bool) -> Gathered:
    found = gather(sources, follow_links=follow_links)
    _LOG.info("%d files and %d texts", len(found.files), len(found.given))
    if not found:
        raise NothingToBriefError(f"nothing to brief: no articles in {named(sources)}", HINT)
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes a brief of what was read: puts the pipeline together."""

    choice: Choice | None
    settings: Settings
    store: Store
    progress: Progress
    engine: Engine
    around: Around = bare
    follows: bool = False  # what is told is held against the days before

    def __call__(self, outcomes: Sequence[Outcome], date: str, until: float, every: bool) -> Brief:
        """Return the brief, made by the moment `until` of the monotonic clock."""
        settings, progress = self.settings, self.progress
        parser, embedder = engines.parser(settings, self.store, progress), engines.embedder(settings, progress)
        with (
            closing(open_index(settings)) as index,
            opened(self.choice, settings, self.store, progress, self.engine, self.around) as model,
        ):
            return pipeline.generate(
                outcomes,
                parser=parser,
                embed=lambda texts: index.vectors(texts, embedder),
                wording=engines.wording(embedder, index),
                model=model,
                date=date,
                progress=progress,
                budget=until - time.monotonic(),
                every=every,
                archive=Archive(self.store, index, date, progress) if self.follows else None,
            )


# verify


def verify(
    brief: Path | Brief,
    sources: Sequence[Source],
    settings: Settings,
    *,
    judge: bool = False,
    follow_links: bool = False,
    pages: bool = False,
    page_template: Path | None = None,
    progress: Progress,
    engine: Engine | None = None,
) -> Report:
    """Check a brief, or its file with the Markdown file and the page beside it, against its articles: those it names, or under `sources`.

    A brief that is named as DATE or DATE.NAME is the one in the folder of briefs. With `judge`, a model is asked about every claim as well;
    what it was asked before is not asked again. With `pages`, the pages that fetched articles came from are read again. A page is held
    against our template, or one of the user's own; without the Markdown file there is a warning.
    """
    file: Path | None = None
    loaded: Brief | tuple[Finding, ...]
    if isinstance(brief, Brief):
        loaded = brief
    else:
        file = settings.out / f"{brief}.json" if parted(str(brief)) else brief
        settle(file)
        loaded = checks.load(_text(file, "the file of a brief"), str(file))
    if not isinstance(loaded, Brief):
        return Report(None, loaded)
    apart = Apart()
    read = _Sources(gather(sources, follow_links=follow_links), apart).read if sources else partial(at_its_path, brief=file, apart=apart)
    used = sum(article.status == "used" for article in loaded.articles)
    progress.stage("checking articles", total=used, unit="articles")

    paths: dict[str, Path] = {}
    texts: dict[str, Article] = {}

    def counted(record: ArticleRecord) -> Outcome | None:
        progress.advance(record.status == "used")
        outcome = read(record)
        if outcome is not None and outcome.article is not None:
            texts[record.id] = outcome.article
            if outcome.path:
                paths[record.id] = Path(outcome.path)
        return outcome

    unkept: set[str] = set()

    def archived(content: str) -> Article | None:
        article = store.article(content)
        if article is None:
            unkept.add(content)
        return article

    def followed(loaded: Brief, articles: Mapping[str, Article]) -> Brief:
        again = history.followed(loaded, articles, store, parser)
        if again is None:
            progress.warn(f"what is new since the brief of {loaded.before} is not checked: that brief, or a text of it, is not kept here")
        return again or loaded

    view = _beside(file, ".md", "the Markdown file")
    page = _beside(file, ".html", "the page")
    if file is not None and view is None:
        progress.warn(f"{file.with_suffix('.md')}: no such file: the record is checked, and no view of it")
    choice = chosen(settings) if judge else None
    with closing(open_store(settings)) as store, apart, ExitStack() as stack:
        parser = engines.parser(settings, store, progress)
        judged = None
        if judge:
            judged = _judge(stack.enter_context(opened(choice, settings, store, progress, engine or engines.llama)), progress)
        findings = checks.verify(
            loaded, counted, judged, parser=parser, view=view, follow=followed, archived=archived, template=settings.template
        )
        if unkept:
            progress.warn(f"what articles of earlier days told is not all checked: texts that are not kept here: {len(unkept)}")
        if page is not None and all(finding.check == "view" for finding in findings):  # else it shows what is wrong already
            findings += tuple(web_pages.check(loaded, lambda record: texts.get(record.id), page, page_template))
        return Report(loaded, (*findings, *(reread(loaded, paths, progress) if pages else ())))


def _beside(record: Path | None, end: str, what: str) -> str | None:
    """Return the text of the file with this end beside the record of a brief; None where there is none."""
    path = record.with_suffix(end) if record is not None else None
    return _text(path, what) if path is not None and path != record and path.is_file() else None


# check


def check(
    asked: Sequence[Asked],
    sources: Sequence[Source],
    settings: Settings,
    *,
    follow_links: bool = False,
    progress: Progress,
    engine: Engine | None = None,
) -> Iterator[Verdict]:
    """Yield a verdict for each claim, in order: supported by the articles under `sources` (or by its own text), or not.

    What was asked before is not asked again. Raises SourceError where `sources` are named and none of them can be read.
    """
    bare = next((one for one in asked if not one.source), None)
    if bare is not None and not sources:
        raise no_sources(bare)
    choice = chosen(settings)
    given = None
    if sources:
        files = gather(sources, follow_links=follow_links)
        if not files:
            raise SourceError(f"no articles in {named(sources)}", HINT)
        given = Sources([outcome.article for outcome in read_all(files, sources, progress) if outcome.article is not None])
    thresholds = support.thresholds()
    with (
        closing(open_store(settings)) as store,
        opened(choice, settings, store, progress, engine or engines.llama) as model,
    ):
        parser = engines.parser(settings, store, progress)
        judge = pipeline.judge(model, pipeline.CHECKED, progress)
        progress.stage("checking claims", total=len(asked), unit="claims")
        for batch in _batches(asked):
            for found in judge_claims(batch, given, parser=parser, judge=judge, thresholds=thresholds):
                progress.advance()
                yield found


def _batches(asked: Sequence[Asked]) -> Iterator[list[Asked]]:
    """Yield the claims in batches; `itertools.batched` is not in Python 3.11."""
    rest = iter(asked)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def read_claims(path: Path) -> list[Asked]:
    """Read a claims file. Raises UsageError for one that cannot be read or is not as it should be."""
    try:
        text = text_of(path, "utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file", "name a file with one JSON object a line") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read: {why(error)}") from error
    return parse_claims(text, str(path))


def _judge(model: Model, progress: Progress) -> checks.Judge:
    judge, threshold = pipeline.judge(model, ("support",), progress), support.thresholds().support

    def ask(claims: Sequence[Claim]) -> list[Gate]:
        progress.stage("judging claims", total=len(claims), unit="claims")
        quotes = [[citation.quote for citation in claim.citations if citation.article not in claim.partly] for claim in claims]
        answers = judge.answers("support", [asked(claim.text, cited) for claim, cited in zip(claims, quotes, strict=True)])
        return [verdict([answer], threshold)[1] for answer in answers]

    return ask


def _text(path: Path, what: str) -> str:
    hint = "name the DATE.json that `briefing generate` wrote"
    try:
        return text_of(path)
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file", hint) from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {what} cannot be read: {why(error)}", hint) from error


class _Sources:
    """The files under the folders a user names, and the articles given as text: matched by ID and content, else by content, else by ID."""

    def __init__(self, found: Gathered, apart: Apart) -> None:
        self._apart = apart
        self._found: list[Found | given.Article] = [*found.files, *found.given]
        self._by_id = {one.id: one for one in self._found}
        self._by_hash: dict[str, Found | given.Article] | None = None

    def read(self, record: ArticleRecord) -> Outcome | None:
        """Read what is, or was, this article; None where there is none."""
        same = self._by_id.get(whole(record.id, record.part))
        if record.sha256 and (same is None or _sha256(same) != record.sha256):
            same = self._hashes().get(record.sha256, same)
        if same is None:
            return None
        if isinstance(same, given.Article):
            return given.read_one(dataclasses.replace(same, id=record.id))
        return next(read_found([same._replace(id=record.id)])) if same.away else read_as(record, same.path, self._apart)

    def _hashes(self) -> dict[str, Found | given.Article]:
        if self._by_hash is None:
            self._by_hash = {_sha256(one): one for one in reversed(self._found)}
        return self._by_hash


def _sha256(source: Found | given.Article) -> str:
    """Return the SHA-256 of what may be read; "" for a link that is not followed."""
    if isinstance(source, given.Article):
        return source.sha256
    return "" if source.away else sha256_of(source.path)
