"""The default model and the parser, as benchmarks and recordings use them: pulled if need be, answers kept over an interruption."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from briefing.config import load_settings
from briefing.console import watcher
from briefing.engines import choose, known_models, llama
from briefing.errors import BriefingError
from briefing.language import english
from briefing.language.base import Parser
from briefing.model.base import Identity
from briefing.model.cached import CachedModel
from briefing.model.files import ensure, ensure_all
from briefing.opening import open_store


@contextmanager
def default_model(kept: Path | None = None) -> Iterator[CachedModel]:
    """Open the default model with a cache in `kept` (None: the user's own)."""
    settings = load_settings()
    entry = choose(settings).entry
    if entry is None:
        sys.exit("error: the default model is asked for")
    identity = Identity(entry.name, entry.sha256)
    with closing(watcher()) as progress, closing(open_store(settings.model_copy(update={"database": kept}) if kept else settings)) as store:
        path = ensure(entry, settings.models, progress)
        with closing(CachedModel(lambda: llama(path, identity, settings), identity, store, progress)) as model:
            yield model


def default_parser() -> Parser:
    """Load the parser of English."""
    entries = known_models().parser
    folder = load_settings().models
    with closing(watcher()) as progress:
        ensure_all(entries, folder, progress)
    return english.SpacyParser(folder / entries[0].place, english.identity(entries[0].name, [entry.sha256 for entry in entries]))


def reported(job: Callable[[], object]) -> int:
    """Run a job; an error is one line and a hint, as the command says it. Return the exit code."""
    try:
        job()
    except BriefingError as error:
        sys.stderr.write(f"error: {error}\nhint: {error.hint}\n")
        return error.exit_code
    return 0
