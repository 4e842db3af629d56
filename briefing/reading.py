"""Reading sources, files or articles given as text, while somebody watches: what all commands say of those that cannot be read.

And where the file of a record is now.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from briefing.brief import ArticleRecord
from briefing.errors import SourceError
from briefing.progress import Progress
from briefing.sources import files, given
from briefing.sources.editions import latest
from briefing.sources.files import AWAY, Found, Known, is_link, read_found, read_part
from briefing.sources.names import printable
from briefing.sources.readers.apart import Apart
from briefing.types import Outcome

Source = Path | given.Article
"""What articles are had from: a file, a folder of files, or an article given as text."""

_SHOWN = 3  # reasons that a message names
_LARGEST = 200_000_000  # bytes of a record: some thousand articles are a tenth of it
_ALIKE = 100  # files that are looked at because their names look alike


class Gathered(NamedTuple):
    """What some sources hold: files, and articles given as text. No two have the same ID."""

    files: list[Found]
    given: list[given.Article]

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.files or self.given)


def gather(sources: Iterable[Source], *, follow_links: bool = False) -> Gathered:
    """Return what sources hold, unread. Raises what `files.find` and `given.unique` raise."""
    several = list(sources)
    found = files.find((source for source in several if isinstance(source, Path)), follow_links=follow_links)
    told = [source for source in several if isinstance(source, given.Article)]
    return Gathered(found, given.unique(told, (file.id for file in found)))


def read_all(found: Gathered, sources: Sequence[Source], progress: Progress, known: Known | None = None) -> list[Outcome]:
    """Read everything, but files that are `known`; raise SourceError if none is an article. Files that failed cost a warning.

    Of the editions of one page only the last is used.
    """
    progress.stage("reading articles", total=len(found.files) + len(found.given), unit="articles")
    outcomes: list[Outcome] = []
    for several in (read_found(found.files, known=known), given.read(found.given, outcomes)):
        for outcome in several:
            outcomes.append(outcome)
            progress.advance()
    outcomes = latest(outcomes)
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


HINT = "briefing reads .txt, .md, .html, .pdf, .docx, .eml, .mbox, .jsonl and .csv files, and looks for them in folders"


def why(error: OSError | ValueError) -> str:
    """Return in a word or two why a text file cannot be read."""
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else "not UTF-8"


def text_of(path: Path, encoding: str = "utf-8") -> str:
    """Return the text of a file that is no article. Raises OSError, ValueError where it is not UTF-8; of an endless one too."""
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise OSError(errno.EFBIG, f"larger than {_LARGEST // 1_000_000} MB")
    return data.decode(encoding)


def at_its_path(record: ArticleRecord, brief: Path | None = None, apart: Apart | None = None) -> Outcome | None:
    """Read the file a record names; None where there is none, as for an article that was given as text.

    A relative path is looked for in the working folder, then beside the file of the `brief` and in the folders above it, for that is where
    it was made; beside what it links to as well. What is as the record has it comes before what only has its name.
    """
    if not record.path:
        return None
    beside = (brief.absolute(), brief.resolve()) if brief is not None and not Path(record.path).is_absolute() else ()
    folders = dict.fromkeys((Path(), *(folder for one in beside for folder in one.parents)))
    there = [path for folder in folders for path in _called(folder, record.path)]
    if not there:
        return None
    return read_as(record, next((path for path in there[1:] and there if _as_it_was(record, path, apart)), there[0]), apart)


def read_as(record: ArticleRecord, path: Path, apart: Apart | None) -> Outcome:
    """Read the article of a record in a file. A link that was not followed for the brief is not followed now."""
    if record.reason == AWAY and is_link(path):
        return Outcome(id=record.id, path=printable(path), status="skipped", reason=AWAY)
    return read_part(record.id, path, record.part, apart)


def _as_it_was(record: ArticleRecord, path: Path, apart: Apart | None) -> bool:
    """Return whether a file has the content that a record says, or where nobody read it, ends as the record says."""
    return sha256_of(path) == record.sha256 if record.sha256 else read_as(record, path, apart).reason == record.reason


def _called(folder: Path, name: str) -> Iterator[Path]:
    """Yield what a path of a record may stand for: itself, or where signs of it cannot be shown, files whose paths look the same."""
    if _there(folder / name):
        yield folder / name
    elif "\ufffd" in name:
        found = [folder]
        for part in Path(name).parts:
            found = [path for here in found for path in _parts(here, part)][:_ALIKE]
        yield from found


def _parts(folder: Path, part: str) -> Iterator[Path]:
    """Yield what is called so in a folder, or looks so."""
    if "\ufffd" not in part:
        if _there(folder / part):
            yield folder / part
        return
    try:
        yield from islice((path for path in folder.iterdir() if printable(Path(path.name)) == part), _ALIKE)
    except OSError:
        return


def _there(path: Path) -> bool:
    """Return whether anything is there: a link to nothing, and what may not be looked at, count, so that it is said."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; "" for what is no regular file, or cannot be read."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
