"""Files and folders to articles: every file found ends in exactly one Outcome, and none costs the others.

paths ─ find ─► Found (with its ID) ─ read one ─ decode ─ article ─► Outcome
"""

import hashlib
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from briefing.errors import SourceError
from briefing.sources import names
from briefing.sources.decode import decode
from briefing.text.articles import article
from briefing.text.sentences import WHITE
from briefing.types import Article, Outcome, Role, Status

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
"""What is read in a folder; a file that is named itself is tried whatever its suffix."""

LIMIT = 20_000_000
"""Bytes. A larger file is skipped unread: no news article is that long."""

_MARKDOWN = frozenset({".md", ".markdown"})


Known = Callable[[str, str, str], Article | None]
"""Returns the article of a content (SHA-256 of its bytes), an ID and a path as it was read before, or None."""


class Found(NamedTuple):
    """A file to read. `named` says that the user named it, not only a folder above it."""

    id: str
    path: Path
    named: bool


def find(paths: Iterable[str | Path]) -> list[Found]:
    """Return the files under `paths`, folders in sorted order, each file once, with their IDs.

    Hidden files and folders are left out, links to folders are followed once. Raises SourceError for a path that does
    not exist and for a folder that cannot be listed.
    """
    entries: dict[Path, tuple[str, str, Path, bool]] = {}
    for given in map(Path, paths):
        try:
            kind = given.stat().st_mode
        except (OSError, ValueError) as error:
            if not given.is_symlink():
                raise SourceError(
                    f"no such file or folder: {names.printable(given)}"
                    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError)
                    else f"cannot be read: {names.printable(given)} ({_why(error)})",
                    "name a folder of .txt or .md articles, or the files themselves",
                ) from error
            kind = 0  # a link to nothing: found, and failed when it is read
        if stat.S_ISDIR(kind):
            folder = given.resolve().name
            for path, named in _walk(given):
                entries.setdefault(path.absolute(), (folder, path.relative_to(given).as_posix(), path, named))
        else:
            earlier = entries.get(given.absolute())
            folder, inside = earlier[:2] if earlier else (given.absolute().parent.name, given.name)
            entries[given.absolute()] = (folder, inside, given, True)
    ids = names.assign([(folder, inside) for folder, inside, _, _ in entries.values()])
    return [Found(name, path, named) for name, (_, _, path, named) in zip(ids, entries.values(), strict=True)]


def read(paths: Iterable[str | Path], limit: int = LIMIT) -> Iterator[Outcome]:
    """Read the articles under `paths`: one Outcome per file that `find` finds, in its order.

    The files are found at once (SourceError as in `find`) and read one by one. `used` comes with the article; `skipped`
    (empty, binary, a duplicate, too large, no text file) and `failed` (cannot be read) come with a reason. No
    file at all yields nothing: what that means is the caller's to say. `limit` is in bytes.
    """
    return read_found(find(paths), limit)


def read_found(files: Sequence[Found], limit: int = LIMIT, known: Known | None = None) -> Iterator[Outcome]:
    """Read files that `find` has found: exactly one Outcome each. No file makes it raise. What is `known` is not read for its sentences."""
    seen: dict[str, str] = {}
    for file in files:
        yield _outcome(file, limit, seen, known)


def _walk(top: Path) -> Iterator[tuple[Path, bool]]:
    """Yield the files below a folder, sorted, hidden ones left out; one reached twice through links is entered once.

    A folder further down that cannot be listed is yielded in the place of its files, as if it had been named (True), so
    that it ends in an Outcome of its own.
    """
    entered: set[tuple[int, int]] = set()

    def enter(here: Path) -> Iterator[tuple[Path, bool]]:
        try:
            status = here.stat()
            entries = [] if (status.st_dev, status.st_ino) in entered else sorted(here.iterdir())
            entered.add((status.st_dev, status.st_ino))
        except OSError as error:
            if here != top:
                yield here, True
                return
            raise SourceError(
                f"the folder cannot be listed: {names.printable(here)} ({_why(error)})",
                "check its permissions, or name other sources",
            ) from error
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from enter(entry)
            else:
                yield entry, False

    yield from enter(top)


def _why(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or type(error).__name__).lower()


def _outcome(file: Found, limit: int, seen: dict[str, str], known: Known | None) -> Outcome:
    """Read one file; `seen` maps the hashes of bytes and of normalised text to the ID that had them first."""
    path = names.printable(file.path)

    def ends(status: Status, reason: str, sha256: str = "") -> Outcome:
        return Outcome(id=file.id, path=path, sha256=sha256, status=status, reason=reason)

    suffix = file.path.suffix.lower()
    if not file.named and suffix not in SUFFIXES:
        return ends("skipped", f"not a text file ({names.printable(Path(suffix)) if suffix else 'no suffix'})")
    try:
        data = _bytes(file.path, limit)
    except OSError as error:
        return ends("failed", f"cannot be read ({_why(error)})")
    if data is None:
        return ends("skipped", "not a regular file")
    if len(data) > limit:
        return ends("skipped", f"larger than {limit / 1e6:g} MB")
    sha256 = hashlib.sha256(data).hexdigest()
    if not data:
        return ends("skipped", "empty file", sha256)
    if sha256 in seen:
        return ends("skipped", f"same text as {seen[sha256]}", sha256)
    text, _, kind = decode(data)
    if text is None:
        return ends("skipped", f"binary file ({kind})" if kind else "binary file", sha256)
    if not text.strip(WHITE):
        return ends("skipped", "only white space", sha256)
    same = hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()
    if same in seen:
        return ends("skipped", f"same text as {seen[same]}", sha256)
    seen[sha256] = seen[same] = file.id
    read = known(sha256, file.id, path) if known else None
    read = read or article(file.id, path, sha256, text, markdown=suffix in _MARKDOWN)
    if not any(sentence.role is Role.BODY for sentence in read.sentences):
        return ends("skipped", "no article text found", sha256)
    return Outcome(id=file.id, path=path, sha256=sha256, status="used", article=read)


def _bytes(path: Path, limit: int) -> bytes | None:
    """Return the bytes of a file, `limit` + 1 of them at most; None for what is no regular file: never opened."""
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        next(path.iterdir(), None)  # says why it could not be listed
    if not stat.S_ISREG(kind):
        return None
    with path.open("rb") as stream:
        return stream.read(limit + 1)
