"""Reading files while somebody watches: what all commands say of sources that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.errors import SourceError
from briefing.progress import Progress
from briefing.sources.editions import latest
from briefing.sources.files import Found, Known, read_found, read_part
from briefing.types import ArticleRecord, Outcome

_SHOWN = 3  # reasons that a message names


def read_all(found: Sequence[Found], sources: Sequence[Path], progress: Progress, known: Known | None = None) -> list[Outcome]:
    """Read every file, but what is `known`; raise SourceError if none of them is an article. Files that failed cost a warning.

    Of the editions of one page only the last is used.
    """
    progress.stage("reading articles", total=len(found), unit="articles")
    outcomes = []
    for outcome in read_found(found, known=known):
        outcomes.append(outcome)
        progress.advance()
    outcomes = latest(outcomes)
    unread = [outcome for outcome in outcomes if outcome.article is None]
    reasons = "; ".join(f"{Path(outcome.path).name}: {outcome.reason}" for outcome in unread[:_SHOWN])
    reasons += f"; and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
    if len(unread) == len(outcomes):
        raise SourceError(f"no article could be read in {named(sources)} ({reasons})", HINT)
    if any(outcome.status == "failed" for outcome in unread):
        progress.warn(f"{len(unread)} of {len(outcomes)} files are left out ({reasons})")
    return outcomes


def named(sources: Sequence[Path]) -> str:
    """Return sources as a message names them."""
    return ", ".join(map(str, sources))


HINT = "briefing reads .txt, .md, .html, .pdf, .docx, .eml, .mbox, .jsonl and .csv files, and looks for them in folders"


def why(error: OSError | ValueError) -> str:
    """Return in a word or two why a text file cannot be read."""
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else "not UTF-8"


def at_its_path(record: ArticleRecord) -> Outcome | None:
    """Read the file a record names; relative paths are relative to the working folder."""
    path = Path(record.path)
    if not path.exists():
        return None
    return read_part(record.id, path, record.part)
