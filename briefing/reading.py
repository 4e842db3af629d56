"""Reading sources, files or articles given as text, while somebody watches: what all commands say of those that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from briefing.errors import SourceError
from briefing.progress import Progress
from briefing.sources import files, given
from briefing.sources.files import Found, Known, read_found
from briefing.types import ArticleRecord, Outcome

Source = Path | given.Article
"""What articles are had from: a file, a folder of files, or an article given as text."""

_SHOWN = 3  # reasons that a message names


class Gathered(NamedTuple):
    """What some sources hold: files, and articles given as text. No two have the same ID."""

    files: list[Found]
    given: list[given.Article]

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.files or self.given)


def gather(sources: Iterable[Source]) -> Gathered:
    """Return what sources hold, unread. Raises what `files.find` and `given.unique` raise."""
    several = list(sources)
    found = files.find(source for source in several if isinstance(source, Path))
    told = [source for source in several if isinstance(source, given.Article)]
    return Gathered(found, given.unique(told, (file.id for file in found)))


def read_all(found: Gathered, sources: Sequence[Source], progress: Progress, known: Known | None = None) -> list[Outcome]:
    """Read everything, but files that are `known`; raise SourceError if none is an article. Files that failed cost a warning."""
    progress.stage("reading articles", total=len(found.files) + len(found.given), unit="articles")
    outcomes = []
    for outcome in chain(read_found(found.files, known=known), given.read(found.given)):
        outcomes.append(outcome)
        progress.advance()
    unread = [outcome for outcome in outcomes if outcome.article is None]
    reasons = "; ".join(f"{Path(outcome.path).name or outcome.id}: {outcome.reason}" for outcome in unread[:_SHOWN])
    reasons += f"; and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
    if len(unread) == len(outcomes):
        raise SourceError(f"no article could be read in {named(sources)} ({reasons})", HINT)
    if any(outcome.status == "failed" for outcome in unread):
        progress.warn(f"{len(unread)} of {len(outcomes)} files are left out ({reasons})")
    return outcomes


def named(sources: Sequence[Source]) -> str:
    """Return sources as a message names them."""
    return ", ".join(source.id if isinstance(source, given.Article) else str(source) for source in sources)


HINT = "briefing reads .txt and .md files, and looks for them in folders"


def why(error: OSError | ValueError) -> str:
    """Return in a word or two why a text file cannot be read."""
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else "not UTF-8"


def at_its_path(record: ArticleRecord) -> Outcome | None:
    """Read the file a record names, None where there is none; relative paths are relative to the working folder."""
    path = Path(record.path)
    if not record.path or not path.exists():  # without a path it was given as text
        return None
    (outcome,) = read_found([Found(record.id, path, named=True)])
    return outcome
