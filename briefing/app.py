"""Where everything is put together: settings → model, store, files. The only module that names concrete classes.

generate: sources ─ find ─ read ─► outcomes ─ pipeline (cached model) ─► brief ─ since the last ─ write ─► DATE.json, DATE.md, store
check:    claims, sources ─ find ─ read ─► articles ─ check (cached model) ─► verdicts
verify:   brief file ─ load ─► brief ─ verify (files, or --sources) ─► report

It promises that what costs no model time is tried first: sources, database, output folder, then the model. It prints
nothing, and touches the network only to fetch a model that is not there.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from briefing import engines, history, pipeline
from briefing import verify as checks
from briefing.check import Asked, Sources, no_sources
from briefing.check import check as judge_claims
from briefing.check import read_claims as parse_claims
from briefing.config import Settings
from briefing.engines import Engine, chosen, opened
from briefing.errors import NothingToBriefError, SourceError, StorageError, UsageError
from briefing.fetching.pages import reread
from briefing.index import Index
from briefing.language.base import Parser
from briefing.model.base import Model
from briefing.output import Target, Written, record_text
from briefing.progress import Progress
from briefing.reading import HINT, at_its_path, named, read_all, why
from briefing.records import Answer, ArticleSummary, Diff, Timeline
from briefing.sources.files import Found, find, read_part
from briefing.stages.support import Statement, assess
from briefing.store import Store
from briefing.types import ArticleRecord, Brief, Claim, Finding, Frozen, Gate, Outcome, Verdict

_BATCH = 64  # claims that are checked together: enough to fill the model, few enough to see them come


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found; `brief` is None where the record breaks its own format."""

    brief: Brief | None
    findings: tuple[Finding, ...]


# generate


def generate(
    sources: Sequence[Path],
    settings: Settings,
    *,
    date: str,
    progress: Progress,
    budget: float = math.inf,
    every: bool = False,
    engine: Engine | None = None,
) -> Written:
    """Write the brief of `date` from the articles under `sources`. What was answered before is not asked again.

    `budget` is in seconds, reading included. `every` article has its share of the brief, however many there are.
    """
    started = time.monotonic()
    found = find(sources)
    if not found:
        raise NothingToBriefError(f"nothing to brief: no articles in {named(sources)}", HINT)
    choice = chosen(settings)
    with closing(Store(settings.database)) as store, closing(Index(settings.database.with_name("index.sqlite3"))) as index:
        outcomes = read_all(found, sources, progress)
        target = Target(settings.out, date)
        parser, embedder = engines.parser(settings, store, progress), engines.embedder(settings, progress)
        with opened(choice, settings, store, progress, engine or engines.llama) as model:
            left = budget - (time.monotonic() - started)
            brief = pipeline.generate(
                outcomes,
                parser=parser,
                embed=lambda texts: index.vectors(texts, embedder),
                model=model,
                date=date,
                progress=progress,
                budget=left,
                every=every,
            )
        articles = [outcome.article for outcome in outcomes if outcome.article is not None]
        brief = history.since(brief, {article.content: article for article in articles}, store, progress)
        text = record_text(brief)
        written = target.write(brief, text)
        try:
            store.save_brief(date, str(written.record.absolute()), text, articles)
        except StorageError as error:
            progress.warn(f"{error}; the brief is written, but the database does not know of it ({error.hint})")
    return written


# verify


def verify(
    brief: Path,
    sources: Sequence[Path],
    settings: Settings,
    *,
    judge: bool = False,
    pages: bool = False,
    progress: Progress,
    engine: Engine | None = None,
) -> Report:
    """Check a brief file, and the Markdown file beside it, against its articles: those it names, or under `sources`.

    With `judge`, a model is asked about every claim as well; what it was asked before is not asked again. With `pages`, the pages that
    fetched articles came from are read again.
    """
    loaded = checks.load(_text(brief, "the file of a brief"), str(brief))
    if not isinstance(loaded, Brief):
        return Report(None, loaded)
    read = _Sources(find(sources)).read if sources else at_its_path
    used = sum(article.status == "used" for article in loaded.articles)
    progress.stage("checking articles", total=used, unit="articles")

    paths: dict[str, Path] = {}

    def counted(record: ArticleRecord) -> Outcome | None:
        progress.advance()
        outcome = read(record)
        if outcome is not None and outcome.article is not None:
            paths[record.id] = Path(outcome.path)
        return outcome

    beside = brief.with_suffix(".md")
    view = _text(beside, "the Markdown file") if beside != brief and beside.is_file() else None
    choice = chosen(settings) if judge else None
    with closing(Store(settings.database)) as store, ExitStack() as stack:
        parser = engines.parser(settings, store, progress)
        asked = None
        if judge:
            asked = _judge(stack.enter_context(opened(choice, settings, store, progress, engine or engines.llama)), parser, progress)
        findings = checks.verify(loaded, counted, asked, parser=parser, view=view)
        return Report(loaded, (*findings, *(reread(loaded, paths, progress) if pages else ())))


# check


def check(
    asked: Sequence[Asked], sources: Sequence[Path], settings: Settings, *, progress: Progress, engine: Engine | None = None
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
        found = find(sources)
        if not found:
            raise SourceError(f"no articles in {named(sources)}", HINT)
        given = Sources([outcome.article for outcome in read_all(found, sources, progress) if outcome.article is not None])
    task, calibration = pipeline.tasks()["support"], pipeline.calibration()
    with (
        closing(Store(settings.database)) as store,
        opened(choice, settings, store, progress, engine or engines.llama) as model,
    ):
        parser = engines.parser(settings, store, progress)
        progress.stage("checking claims", total=len(asked), unit="claims")
        for batch in _batches(asked):
            for verdict in judge_claims(batch, given, parser=parser, model=model, task=task, calibration=calibration):
                progress.advance()
                yield verdict


def _batches(asked: Sequence[Asked]) -> Iterator[list[Asked]]:
    """Yield the claims in batches; `itertools.batched` is not in Python 3.11."""
    rest = iter(asked)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def read_claims(path: Path) -> list[Asked]:
    """Read a claims file. Raises UsageError for one that cannot be read or is not as it should be."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file", "name a file with one JSON object a line") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read: {why(error)}") from error
    return parse_claims(text, str(path))


def _judge(model: Model, parser: Parser, progress: Progress) -> checks.Judge:
    task, calibration = pipeline.tasks()["support"], pipeline.calibration()

    def ask(claims: Sequence[Claim]) -> list[Gate]:
        progress.stage("judging claims", total=len(claims), unit="claims")
        quotes = [[citation.quote for citation in claim.citations] for claim in claims]
        statements = [Statement(claim.text, cited, cited, cited) for claim, cited in zip(claims, quotes, strict=True)]
        return [found.gates[-1] for found in assess(statements, parser=parser, model=model, task=task, calibration=calibration, every=True)]

    return ask


def _text(path: Path, what: str) -> str:
    hint = "name the DATE.json that `briefing generate` wrote"
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file", hint) from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {what} cannot be read: {why(error)}", hint) from error


class _Sources:
    """The files under the folders a user names: matched by ID and content, else by content, else by ID."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._by_id = {file.id: file for file in found}
        self._found = found
        self._by_hash: dict[str, Found] | None = None

    def read(self, record: ArticleRecord) -> Outcome | None:
        """Read the file that is, or was, this article; None where there is none."""
        same = self._by_id.get(record.id)
        if same is None or _sha256(same.path) != record.sha256:
            same = self._hashes().get(record.sha256, same)
        if same is None:
            return None
        return read_part(record.id, same.path, record.part)

    def _hashes(self) -> dict[str, Found]:
        if self._by_hash is None:
            self._by_hash = {_sha256(file.path): file for file in reversed(self._found)}
        return self._by_hash


def _sha256(path: Path) -> str:
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


# schema


RECORDS: dict[str, type[Frozen]] = {
    "brief": Brief,
    "verdict": Verdict,
    "answer": Answer,
    "diff": Diff,
    "timeline": Timeline,
    "article": ArticleSummary,
}
"""The records that are printed or kept, by name."""


def record_schema(name: str) -> dict[str, object]:
    """Return the JSON Schema of a record. Raises UsageError for a name that none has."""
    if name not in RECORDS:
        raise UsageError(f"there is no record called {name!r}", f"`briefing schema {' | '.join(RECORDS)}`")
    return RECORDS[name].model_json_schema(mode="serialization")
