"""Which model is used, and how it is opened: a file of the catalog, the user's own file, or servers.

It promises that a file is there, and is what the catalog says, before it is loaded, and that it is loaded at the first question that was
not answered before, the parser at the first sentence. It touches the network only to fetch a model that is not there, or to ask the
servers that the user named.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.config import Settings, possible
from briefing.errors import ModelCorruptError, ModelMissingError, UsageError
from briefing.language.base import Parser
from briefing.language.cached import CachedParser
from briefing.model import catalog, files, prebuilt, proxies
from briefing.model.base import Draining, Identity, Model
from briefing.model.cached import CachedModel
from briefing.model.catalog import Catalog, Entry
from briefing.model.vectors import Reader
from briefing.model.wording import Wording, WordingProbe, nothing_read
from briefing.model.wrapped import Wrapped
from briefing.progress import Progress
from briefing.resources import resource
from briefing.store import Index, Store

if TYPE_CHECKING:
    from briefing.model.embedder import MiniLM
    from briefing.model.server.address import Address
    from briefing.model.vectors import Pieces, Vectors

_LOG = logging.getLogger(__name__)
WRITERS = ("default", "chat", "test")

Engine = Callable[[Path, Identity, Settings], Model]
"""Loads the weights of a model file."""

Around = Callable[[Model], Model]
"""Puts something around the model that is loaded, or asked as a server; it stays the same model."""


def bare(model: Model) -> Model:
    """Return a model as it is: nothing stands around it."""
    return model


@dataclass(frozen=True, slots=True)
class Choice:
    """The model to use: one of the catalog, or else the file the user names."""

    entry: Entry | None
    path: Path


class Loaded:
    """Loads each model file once, by `engine` or as a run would, for many runs: what it lends stays loaded until `close`."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine
        self._models: dict[tuple[Path, str], Model] = {}

    def __call__(self, path: Path, identity: Identity, settings: Settings) -> Model:
        """Lend the model of a file."""
        key = path, identity.sha256
        if key not in self._models:
            self._models[key] = (self._engine or llama)(path, identity, settings)
        model = self._models[key]
        return _LentDraining(model) if isinstance(model, Draining) else _Lent(model)

    def close(self) -> None:
        """Free the models. Safe to call twice; what is asked afterwards loads them again."""
        while self._models:
            self._models.popitem()[1].close()


class _Lent(Wrapped):
    """A model that whoever borrows it cannot close."""

    def close(self) -> None:
        pass


class _LentDraining(_Lent):
    """The same of one that can be told to begin nothing more."""

    def drain(self) -> None:
        if isinstance(self._model, Draining):
            self._model.drain()


def known_models() -> Catalog:
    """Return what models.txt lists."""
    return catalog.load(resource("models.txt"))


def choose(settings: Settings) -> Choice:
    """Return the model that the settings name, as far as it can be known without reading or fetching a file."""
    known, name = known_models(), settings.model
    listed = next((entry for entry in known.entries if entry.name == name), None)
    path = Path(os.path.expanduser(name))  # noqa: PTH111 - Path.expanduser raises where there is no home
    if not possible(path):
        raise ModelMissingError(f"{name[:60]}…: no file can be called so", "--model takes a GGUF file, or a name of `briefing models list`")
    if name and listed is None and (path.suffix == ".gguf" or path.name != name or path.exists()):
        if not path.is_file():
            what = "is not a file" if path.exists() else "no such file"
            raise ModelMissingError(f"{path}: {what}", "--model takes a GGUF file, or a name of `briefing models list`")
        return Choice(None, path)
    entry = listed or (known.find(name) if name else known.default)
    if entry.role not in WRITERS:
        writers = ", ".join(other.name for other in known.entries if other.role in WRITERS)
        raise UsageError(f"the model {entry.name} cannot write", f"one of {writers}; or the path of a GGUF file")
    return Choice(entry, settings.models / entry.file)


def chosen(settings: Settings) -> Choice | None:
    """Return the model to use, as `choose` does, or None where servers are asked. Raises UsageError for servers that cannot be."""
    if not settings.server:
        return choose(settings)
    _addresses(settings)
    if not settings.model.isprintable():
        raise UsageError(f"--model: no server has a model called {settings.model!r}", "it is a name that the server knows")
    return None


@contextmanager
def opened(
    choice: Choice | None, settings: Settings, store: Store, progress: Progress, engine: Engine, around: Around = bare
) -> Iterator[CachedModel]:
    """Give a model that is loaded, or a server that is asked, at the first question nobody asked before.

    Without a choice it is a server. The file of a chosen one is had now, fetched if need be.
    """
    if choice is None:
        with closing(_served(settings, store, progress, around)) as model:
            yield model
        return
    if choice.entry is not None:
        path = files.ensure(choice.entry, settings.models, progress)
        identity = Identity(choice.entry.name, choice.entry.sha256)
    else:
        path = choice.path
        with suppress(OSError):
            settings.models.mkdir(parents=True, exist_ok=True)
        identity = Identity(os.fsencode(path.stem).decode("utf-8", "replace"), files.fingerprint(path, settings.models, progress))
    _LOG.info("model %s, sha256 %s, in %s", identity.name, identity.sha256, path)

    def load() -> Model:
        if choice.entry is None and files.fingerprint(path, settings.models, progress) != identity.sha256:
            raise ModelCorruptError(f"{path}: was changed while it was in use", "run again")
        if choice.entry is not None:
            files.ensure(choice.entry, settings.models, progress)  # minutes may have passed since
        return around(engine(path, named, settings))

    named = prebuilt.identity(identity) if prebuilt.wanted() else identity
    with closing(CachedModel(load, named, store, progress)) as model:
        yield model


def _served(settings: Settings, store: Store, progress: Progress, around: Around) -> CachedModel:
    """Return the servers as one model; they are asked which model that is, unless the settings say so."""
    from briefing.model.server.fleet import ServerModel, discover  # only where a server is used

    addresses = _addresses(settings)
    for address in addresses:
        if not proxies.is_local(address.url):
            used = proxies.through(address.url)
            progress.warn(f"{address.url}: not this machine; the articles' sentences are sent there{f' ({used})' if used else ''}")
    identity = discover(addresses, settings.model)
    _LOG.info("model %s of %d servers", identity.name, len(addresses))
    return CachedModel(lambda: around(ServerModel(addresses, identity, progress.warn)), identity, store, progress)


def _addresses(settings: Settings) -> list[Address]:
    from briefing.model.server.address import PARALLEL, addresses

    return addresses(
        settings.server,
        key=settings.server_key,
        insecure=settings.insecure,
        timeout=float(settings.server_timeout),
        parallel=settings.sequences or PARALLEL,
        rate=settings.server_rate,
    )


def llama(path: Path, identity: Identity, settings: Settings) -> Model:
    """Load a GGUF file into this process, by the engine that is installed. Raises ModelError where there is none."""
    if prebuilt.wanted():
        return _xllama(path, identity, settings)
    try:
        from briefing.model.llama.engine import LlamaModel  # slow to import, and not needed when all is cached
    except ModuleNotFoundError as error:
        if error.name != "llama_cpp":
            raise
        raise prebuilt.missing() from error

    return LlamaModel(
        path,
        name=identity.name,
        sha256=identity.sha256,
        threads=settings.threads or None,
        gpu_layers=settings.gpu_layers,
        sequences=settings.sequences or None,
        context=settings.context or None,
    )


def _xllama(path: Path, identity: Identity, settings: Settings) -> Model:
    """Load a GGUF file by the engine that needs no compiler."""
    return prebuilt.PrebuiltModel(
        path,
        identity,
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
    """Fetch every file of a model, or replace those that are wrong; return where they are: files, or a model's folder.

    For "" it is what a run without options needs: the default model and the parser.
    """
    known = known_models()
    wanted = [known.files(name)] if name else [known.files(known.default.name), known.parser]
    for entries in wanted:
        files.pull_all(entries, settings.models, progress)
    return list(dict.fromkeys(settings.models / entry.place for entries in wanted for entry in entries))


def parser(settings: Settings, store: Store, progress: Progress) -> CachedParser:
    """Return the parser of English. Its files are had, and loaded, when the first sentence comes that was not parsed before."""
    from briefing.language import english

    entries = known_models().parser
    identity = english.identity(entries[0].name, [entry.sha256 for entry in entries])

    def load() -> Parser:
        files.ensure_all(entries, settings.models, progress)
        return english.SpacyParser(settings.models / entries[0].place, identity)

    return CachedParser(load, identity, store, progress)


def embedder(settings: Settings, progress: Progress) -> Reader:
    """Return the model that makes sentence vectors and reads words. Its files are had, and loaded, when the first text comes."""
    return _Embedder(known_models(), settings, progress)


class _Embedder:
    """MiniLM, loaded at the first text."""

    def __init__(self, known: Catalog, settings: Settings, progress: Progress) -> None:
        entry = next(entry for entry in known.entries if entry.role == "embed")
        self.name, self.sha256 = entry.name, entry.sha256
        self._parts = known.files(entry.name)
        self._settings, self._progress = settings, progress
        self._model: MiniLM | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length one for each text."""
        return self._loaded().embed(texts)

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """Return the word pieces of each text."""
        return self._loaded().pieces(texts)

    def _loaded(self) -> MiniLM:
        if self._model is None:
            from briefing.model.embedder import MiniLM  # numpy, and two libraries that nothing else needs

            weights, tokenizer = files.ensure_all(self._parts, self._settings.models, self._progress)
            self._model = MiniLM(weights, tokenizer, self.sha256)
        return self._model


def wording(reader: Reader, index: Index) -> Wording:
    """Return what reads which words are coloured, and keeps it: nothing, where this network has no probe. UsageError for a broken one."""
    path = resource("prompts") / "probes" / reader.name / "wording.npz"
    if not path.is_file():
        return nothing_read
    probe = WordingProbe(path, reader)
    return lambda texts: index.wording(texts, probe)
