"""Where everything is put together: settings → model, store, files. The only module that names concrete classes.

generate: sources ─ find ─ read ─► outcomes ─ pipeline (cached model) ─► brief ─ write ─► DATE.json, DATE.md, store
check:    claims, sources ─ find ─ read ─► articles ─ check (cached model) ─► verdicts
verify:   brief file ─ load ─► brief ─ verify (files, or --sources) ─► report

It promises that what costs no model time is tried first: sources, database, output folder, then the model. It prints
nothing, and touches the network only to fetch a model that is not there.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from briefing import pipeline
from briefing import verify as checks
from briefing.check import Asked, Sources, no_sources
from briefing.check import check as judge_claims
from briefing.check import read_claims as parse_claims
from briefing.config import Settings
from briefing.errors import ModelMissingError, NothingToBriefError, SourceError, StorageError, UsageError
from briefing.model import catalog, files
from briefing.model.base import Identity, Model
from briefing.model.cached import CachedModel
from briefing.model.catalog import Catalog, Entry
from briefing.progress import Progress
from briefing.render import render
from briefing.resources import resource
from briefing.sources.files import Found, find, read_found
from briefing.stages.support import Statement, assess
from briefing.store import Store
from briefing.types import ArticleRecord, Brief, Claim, Finding, Frozen, Gate, Outcome, Verdict

_SHOWN = 3  # reasons that a message names
_BATCH = 64  # claims that are checked together: enough to fill the model, few enough to see them come
_WRITERS = ("default", "chat", "test")

Engine = Callable[[Path, Identity, Settings], Model]
"""Loads the weights of a model file."""


@dataclass(frozen=True, slots=True)
class Written:
    """A brief, and the files it was written to."""

    brief: Brief
    record: Path
    view: Path


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
        raise NothingToBriefError(f"nothing to brief: no articles in {_named(sources)}", _HINT_SOURCES)
    chosen = _chosen(settings)
    with closing(Store(settings.database)) as store:
        outcomes = _read(found, sources, progress)
        target = _Target(settings.out, date)
        with _model(chosen, settings, store, progress, engine or llama) as model:
            left = budget - (time.monotonic() - started)
            brief = pipeline.generate(outcomes, model=model, date=date, progress=progress, budget=left, every=every)
        text = record_text(brief)
        written = target.write(brief, text)
        articles = [outcome.article for outcome in outcomes if outcome.article is not None]
        try:
            store.save_brief(date, str(written.record.absolute()), text, articles)
        except StorageError as error:
            progress.warn(f"{error}; the brief is written, but the database does not know of it ({error.hint})")
    return written


def record_text(brief: Brief) -> str:
    """Return the record as it is kept: JSON, one space a level, every script as it is."""
    return json.dumps(brief.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False) + "\n"


def _read(found: Sequence[Found], sources: Sequence[Path], progress: Progress) -> list[Outcome]:
    """Read every file; raise SourceError if none of them is an article."""
    progress.stage("reading articles", total=len(found), unit="articles")
    outcomes = []
    for outcome in read_found(found):
        outcomes.append(outcome)
        progress.advance()
    unread = [outcome for outcome in outcomes if outcome.article is None]
    reasons = "; ".join(f"{Path(outcome.path).name}: {outcome.reason}" for outcome in unread[:_SHOWN])
    reasons += f"; and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
    if len(unread) == len(outcomes):
        raise SourceError(f"no article could be read in {_named(sources)} ({reasons})", _HINT_SOURCES)
    if any(outcome.status == "failed" for outcome in unread):
        progress.warn(f"{len(unread)} of {len(outcomes)} files are left out ({reasons})")
    return outcomes


def _named(sources: Sequence[Path]) -> str:
    return ", ".join(map(str, sources))


_HINT_SOURCES = "briefing reads .txt and .md files, and looks for them in folders"


class _Target:
    """The two files of a brief. Making it proves that they can be written, before anything is spent."""

    def __init__(self, folder: Path, date: str) -> None:
        self._record, self._view = folder / f"{date}.json", folder / f"{date}.md"
        with _writing(folder, "cannot be written"):
            folder.mkdir(parents=True, exist_ok=True)
            probe = _beside(folder / date)
            try:
                probe.write_bytes(b"")
            finally:
                with suppress(OSError):
                    probe.unlink()
        for path in (self._record, self._view):
            if path.exists() and not path.is_file():
                raise StorageError(f"{path}: cannot be written: it is not a file", _HINT_OUT)

    def write(self, brief: Brief, text: str) -> Written:
        """Write both files whole or not at all, each in one step that cannot be seen half done."""
        contents = {self._record: text, self._view: render(brief)}
        fresh = {path: _beside(path) for path in contents}
        try:
            for path, content in contents.items():
                with _writing(path, "cannot be written"), fresh[path].open("w", encoding="utf-8", newline="\n") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            for path in contents:
                with _writing(path, "cannot be written"):
                    fresh[path].replace(path)
        finally:
            for path in fresh.values():
                with suppress(OSError):
                    path.unlink()
        return Written(brief, self._record, self._view)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


@contextmanager
def _writing(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"{path}: {what}: {(error.strerror or str(error)).lower()}", _HINT_OUT) from error


_HINT_OUT = "choose another folder with --out"


# The model


@dataclass(frozen=True, slots=True)
class Choice:
    """The model to use: one of the catalog, or else the file the user names."""

    entry: Entry | None
    path: Path


def known_models() -> Catalog:
    """Return what models.txt lists."""
    return catalog.load(resource("models.txt"))


def choose(settings: Settings) -> Choice:
    """Return the model that the settings name, as far as it can be known without reading or fetching a file."""
    known, name = known_models(), settings.model
    listed = next((entry for entry in known.entries if entry.name == name), None)
    path = Path(name).expanduser()
    if name and listed is None and (path.suffix == ".gguf" or path.name != name or path.exists()):
        if not path.is_file():
            what = "is not a file" if path.exists() else "no such file"
            raise ModelMissingError(f"{path}: {what}", "--model takes a GGUF file, or a name of `briefing models list`")
        return Choice(None, path)
    entry = listed or (known.find(name) if name else known.default)
    if entry.role not in _WRITERS:
        writers = ", ".join(other.name for other in known.entries if other.role in _WRITERS)
        raise UsageError(f"the model {entry.name} cannot write", f"one of {writers}; or the path of a GGUF file")
    return Choice(entry, settings.models / entry.file)


def _chosen(settings: Settings) -> Choice | None:
    return None if settings.server else choose(settings)


@contextmanager
def _model(choice: Choice | None, settings: Settings, store: Store, progress: Progress, engine: Engine) -> Iterator[CachedModel]:
    """Give a model that is loaded, or a server that is asked, at the first question nobody asked before.

    Without a choice it is a server. The file of a chosen one is had now, fetched if need be.
    """
    if choice is None:
        with closing(_served(settings, store, progress)) as model:
            yield model
        return
    if choice.entry is not None:
        path = files.ensure(choice.entry, settings.models, progress)
        identity = Identity(choice.entry.name, choice.entry.sha256)
    else:
        path = choice.path
        with suppress(OSError):
            settings.models.mkdir(parents=True, exist_ok=True)
        identity = Identity(path.stem, files.fingerprint(path, settings.models, progress))
    with closing(CachedModel(lambda: engine(path, identity, settings), identity, store, progress)) as model:
        yield model


def _served(settings: Settings, store: Store, progress: Progress) -> CachedModel:
    """Return the servers as one model; they are asked which model that is, unless the settings say so."""
    from briefing.model.server.endpoint import PARALLEL, Address, is_local  # only where a server is used
    from briefing.model.server.fleet import ServerModel, discover

    key, timeout, parallel = settings.server_key, float(settings.server_timeout), settings.sequences or PARALLEL
    addresses = [Address(url, key, timeout, parallel) for url in dict.fromkeys(settings.server)]
    for address in addresses:
        if not is_local(address.url):
            progress.warn(f"{address.url}: not this machine; the articles' sentences are sent there")
    identity = discover(addresses, settings.model)
    return CachedModel(lambda: ServerModel(addresses, identity, progress.warn), identity, store, progress)


def llama(path: Path, identity: Identity, settings: Settings) -> Model:
    """Load a GGUF file into this process."""
    from briefing.model.llama.engine import LlamaModel  # slow to import, and not needed when all is cached

    return LlamaModel(
        path,
        name=identity.name,
        sha256=identity.sha256,
        threads=settings.threads or None,
        gpu_layers=settings.gpu_layers,
        sequences=settings.sequences or None,
        context=settings.context or None,
    )


def models(settings: Settings) -> tuple[files.Finding, ...]:
    """Say of each known model file what can be said without reading it."""
    return files.status(known_models().entries, settings.models)


def check_models(settings: Settings, progress: Progress) -> tuple[files.Finding, ...]:
    """Read every known model file that is there, and say whether it is what models.txt says."""
    return files.verify(known_models().entries, settings.models, progress)


def pull(name: str, settings: Settings, progress: Progress) -> list[Path]:
    """Fetch every file of a model (the default one for ""), or replace those that are wrong; return their paths."""
    known = known_models()
    return [files.pull(entry, settings.models, progress) for entry in known.files(name or known.default.name)]


# verify


def verify(
    brief: Path,
    sources: Sequence[Path],
    settings: Settings,
    *,
    judge: bool = False,
    progress: Progress,
    engine: Engine | None = None,
) -> Report:
    """Check a brief file, and the Markdown file beside it, against its articles: those it names, or under `sources`.

    With `judge`, a model is asked about every claim as well; what it was asked before is not asked again.
    """
    loaded = checks.load(_text(brief, "the file of a brief"), str(brief))
    if not isinstance(loaded, Brief):
        return Report(None, loaded)
    read = _Sources(find(sources)).read if sources else _at_their_paths
    used = sum(article.status == "used" for article in loaded.articles)
    progress.stage("checking articles", total=used, unit="articles")

    def counted(record: ArticleRecord) -> Outcome | None:
        progress.advance()
        return read(record)

    beside = brief.with_suffix(".md")
    view = _text(beside, "the Markdown file") if beside != brief and beside.is_file() else None
    if not judge:
        return Report(loaded, checks.verify(loaded, counted, view=view))
    chosen = _chosen(settings)
    with (
        closing(Store(settings.database)) as store,
        _model(chosen, settings, store, progress, engine or llama) as model,
    ):
        return Report(loaded, checks.verify(loaded, counted, _judge(model, progress), view=view))


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
    chosen = _chosen(settings)
    given = None
    if sources:
        found = find(sources)
        if not found:
            raise SourceError(f"no articles in {_named(sources)}", _HINT_SOURCES)
        given = Sources([outcome.article for outcome in _read(found, sources, progress) if outcome.article is not None])
    task, calibration = pipeline.tasks()["support"], pipeline.calibration()
    with (
        closing(Store(settings.database)) as store,
        _model(chosen, settings, store, progress, engine or llama) as model,
    ):
        progress.stage("checking claims", total=len(asked), unit="claims")
        for batch in _batches(asked):
            for verdict in judge_claims(batch, given, model=model, task=task, calibration=calibration):
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
        raise UsageError(f"{path}: cannot be read: {_why(error)}") from error
    return parse_claims(text, str(path))


def _judge(model: Model, progress: Progress) -> checks.Judge:
    task, calibration = pipeline.tasks()["support"], pipeline.calibration()

    def ask(claims: Sequence[Claim]) -> list[Gate]:
        progress.stage("judging claims", total=len(claims), unit="claims")
        quotes = [[citation.quote for citation in claim.citations] for claim in claims]
        statements = [Statement(claim.text, cited, cited, cited, claim.speaker) for claim, cited in zip(claims, quotes, strict=True)]
        return [found.gates[-1] for found in assess(statements, model=model, task=task, calibration=calibration, every=True)]

    return ask


def _text(path: Path, what: str) -> str:
    hint = "name the DATE.json that `briefing generate` wrote"
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file", hint) from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {what} cannot be read: {_why(error)}", hint) from error


def _why(error: OSError | ValueError) -> str:
    """Return in a word or two why a text file cannot be read."""
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else "not UTF-8"


def _at_their_paths(record: ArticleRecord) -> Outcome | None:
    """Read the file a record names; relative paths are relative to the working folder."""
    path = Path(record.path)
    if not path.exists():
        return None
    (outcome,) = read_found([Found(record.id, path, named=True)])
    return outcome


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
        (outcome,) = read_found([Found(record.id, same.path, named=True)])
        return outcome

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


RECORDS: dict[str, type[Frozen]] = {"brief": Brief, "verdict": Verdict}
"""The records that are printed or kept, by name."""


def record_schema(name: str) -> dict[str, object]:
    """Return the JSON Schema of a record. Raises UsageError for a name that none has."""
    if name not in RECORDS:
        raise UsageError(f"there is no record called {name!r}", f"`briefing schema {' | '.join(RECORDS)}`")
    return RECORDS[name].model_json_schema(mode="serialization")
