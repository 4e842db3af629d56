"""Files and folders to articles: every article of every file found ends in exactly one Outcome, and none costs the others.

paths ─ find ─► Found (with its ID) ─ read one ─ decode, or its reader ─ article ─► Outcome
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from briefing.errors import SourceError
from briefing.sources import names
from briefing.sources.bounded import LIMIT, contents
from briefing.sources.decode import decode
from briefing.sources.highlights import no_article
from briefing.sources.readers.apart import Apart
from briefing.sources.readers.base import UnreadableError, label
from briefing.sources.readers.table import PLAIN, kind, reader
from briefing.text.articles import article
from briefing.text.sentences import WHITE
from briefing.text.words import flat
from briefing.types import Article, Outcome, Role, Status, content_key

_MARKDOWN = frozenset({".md", ".markdown"})


Known = Callable[[str, str, str], Article | None]
"""Returns the article of a content (see `Article.content`), an ID and a path as it was read before, or None."""

PART = "+"
"""Between a file's ID and the number of an article in it."""

AWAY = "a link that leads out of its folder, and is not followed without --follow-links"
"""Why such a link is left out."""


class Found(NamedTuple):
    """A file to read. `named` says that the user named it, not only a folder above it; `away`, that it is a link that is not followed."""

    id: str
    path: Path
    named: bool
    away: bool = False


def find(paths: Iterable[str | Path], *, follow_links: bool = False) -> list[Found]:
    """Return the files under `paths`, folders in sorted order, each file once, with their IDs.

    Hidden files and folders are left out. What is named is read wherever it leads. Links inside a folder are followed, folders once, where
    they stay in it; one that leads out is found and not read, but with `follow_links`. Raises SourceError for a path that does not exist
    and for a folder that cannot be listed.
    """
    entries: dict[str, tuple[str, str, Path, bool, bool]] = {}
    for given in map(Path, paths):
        try:
            kind = given.stat().st_mode
        except (OSError, ValueError) as error:
            if not is_link(given):
                raise SourceError(
                    f"no such file or folder: {names.printable(given)}"
                    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError)
                    else f"cannot be read: {names.printable(given)} ({_why(error)})",
                    "name a folder of articles, or the files themselves",
                ) from error
            kind = 0  # a link to nothing: found, and failed when it is read
        if stat.S_ISDIR(kind):
            home = os.path.realpath(given)
            for path, named, away in _walk(given, home, follow_links):
                inside = path.relative_to(given).as_posix()
                entries.setdefault(os.path.join(home, inside), (os.path.basename(home), inside, path, named, away))  # noqa: PTH118, PTH119
        else:
            parent = os.path.realpath(given.parent)
            place = os.path.join(parent, given.name)  # noqa: PTH118 - not resolved further: a link has its own name
            folder, inside = entries[place][:2] if place in entries else (os.path.basename(parent), given.name)  # noqa: PTH119
            entries[place] = (folder, inside, given, True, False)
    ids = names.assign([entry[:2] for entry in entries.values()])
    return [Found(name, *entry[2:]) for name, entry in zip(ids, entries.values(), strict=True)]


def read(paths: Iterable[str | Path], limit: int = LIMIT) -> Iterator[Outcome]:
    """Read the articles under `paths`: one Outcome per article of the files that `find` finds, in its order.

    The files are found at once (SourceError as in `find`) and read one by one. `used` comes with the article; `skipped`
    (empty, binary, a duplicate, too large, no text file) and `failed` (cannot be read) come with a reason. No
    file at all yields nothing: what that means is the caller's to say. `limit` is in bytes.
    """
    return read_found(find(paths), limit)


def read_found(files: Sequence[Found], limit: int = LIMIT, known: Known | None = None) -> Iterator[Outcome]:
    """Read files that `find` has found: one Outcome each, or where a file holds several articles, one for each of them.

    No file makes it raise. What is `known` is not read for its sentences.
    """
    seen: dict[str, str] = {}
    names = {file.id for file in files}
    with Apart() as apart:
        for file in files:
            yield from _outcomes(file, limit, seen, names, known, apart)


def read_part(identity: str, path: Path, part: int, apart: Apart | None = None) -> Outcome:
    """Read one article of a file, its only one for 0, and give it the ID `identity`. A file without that part ends in its first Outcome.

    By itself it is no copy of another one, not even in its own file. Who reads many gives what reads them `apart`, for to start that takes
    a second.
    """
    file = Found(whole(identity, part), path, named=True)
    with nullcontext(apart) if apart else Apart() as child:
        outcomes = list(_outcomes(file, LIMIT, _Forgetful(), {file.id}, None, child))
    one = outcomes[part - 1 if 0 < part <= len(outcomes) else 0]
    article = one.article.model_copy(update={"id": identity}) if one.article else None
    return one.model_copy(update={"id": identity, "article": article})


class _Forgetful(dict[str, str]):
    """What was seen where nothing is compared."""

    def __setitem__(self, key: str, value: str) -> None:
        """Keep nothing."""


def whole(identity: str, part: int) -> str:
    """Return the ID of the file whose article `part` has the ID `identity`; 0 is all of it."""
    return identity.rstrip(PART).removesuffix(f"{PART}{part}") if part else identity


def _walk(top: Path, home: str, follow: bool) -> Iterator[tuple[Path, bool, bool]]:
    """Yield the files below a folder (`home` is where it really is), sorted, hidden ones left out, each with `named` and `away` of Found.

    A folder that is reached twice through links is entered once. One further down that cannot be listed is yielded in the place of its
    files, as if it had been named, so that it ends in an Outcome of its own; so is what cannot even be looked at.
    """
    entered: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        here = waiting.pop()
        if here != top and not follow and is_link(here) and not Path(os.path.realpath(here)).is_relative_to(home):
            yield here, False, True
            continue
        listed = False
        try:
            status = here.stat()
            listed = stat.S_ISDIR(status.st_mode)
            if not listed:
                yield here, False, False
                continue
            entries = [] if (status.st_dev, status.st_ino) in entered else sorted(here.iterdir(), reverse=True)
            entered.add((status.st_dev, status.st_ino))
        except OSError as error:
            if here != top:
                yield here, listed or not here.suffix, False
                continue
            raise SourceError(
                f"the folder cannot be listed: {names.printable(here)} ({_why(error)})",
                "check its permissions, or name other sources",
            ) from error
        waiting += [entry for entry in entries if not entry.name.startswith(".")]


def is_link(path: Path) -> bool:
    """Return whether a path is a link, wherever it leads; what may not be looked at is none."""
    try:
        return stat.S_ISLNK(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def _why(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or type(error).__name__).lower()


def _outcomes(file: Found, limit: int, seen: dict[str, str], taken: set[str], known: Known | None, apart: Apart) -> Iterator[Outcome]:
    """Read one file; `seen` maps the hashes of bytes and of normalised text to the ID that had them first, `taken` are the files' IDs."""
    data = _data(file, limit, seen)
    if isinstance(data, Outcome):
        yield data
        return
    path, sha256, name = names.printable(file.path), hashlib.sha256(data).hexdigest(), kind(file.path)
    seen[sha256] = file.id
    if not name:
        text, _, binary = decode(data)
        if text is None:
            reason = f"binary file ({binary})" if binary else "binary file"
            yield Outcome(id=file.id, path=path, sha256=sha256, status="skipped", reason=reason)
            return
        markdown = file.path.suffix.lower() in _MARKDOWN
        if reason := no_article(text) if markdown else "":
            yield Outcome(id=file.id, path=path, sha256=sha256, status="skipped", reason=reason)
            return
        yield _article(file.id, path, sha256, text, seen, known, markdown=markdown)
        return
    try:
        its = reader(name)
        extracts = apart.read(name, its, data)
    except UnreadableError as error:
        yield Outcome(id=file.id, path=path, sha256=sha256, status="failed", reason=str(error))
        return
    if not extracts:
        yield Outcome(id=file.id, path=path, sha256=sha256, status="skipped", reason="no article text found")
    for number, extract in enumerate(extracts, start=1):
        part = number if len(extracts) > 1 else 0
        identity = f"{file.id}{PART}{part}" if part else file.id
        while part and identity in taken:
            identity += PART
        if extract.lacking:
            yield Outcome(id=identity, path=path, sha256=sha256, part=part, status="skipped", reason=extract.lacking)
            continue
        yield _article(identity, path, sha256, extract.text, seen, known, fields=extract.fields, reader=label(its), part=part)


def _article(
    identity: str,
    path: str,
    sha256: str,
    text: str,
    seen: dict[str, str],
    known: Known | None,
    *,
    markdown: bool = False,
    fields: Mapping[str, str] | None = None,
    reader: str = "",
    part: int = 0,
) -> Outcome:
    """Return what becomes of one text."""

    def ends(reason: str) -> Outcome:
        return Outcome(id=identity, path=path, sha256=sha256, part=part, status="skipped", reason=reason)

    if not text.strip(WHITE):
        return ends("only white space")
    same = f"text {hashlib.sha256(flat(text).encode()).hexdigest()}"  # its bytes may have the same hash
    if same in seen:
        return ends(f"same text as {seen[same]}")
    read = known(content_key(sha256, reader, part), identity, path) if known else None
    read = read or article(identity, path, sha256, text, markdown=markdown, fields=fields, reader=reader, part=part)
    if not any(sentence.role is Role.BODY for sentence in read.sentences):
        return ends("no article text found")
    seen[same] = identity
    return Outcome(id=identity, path=path, sha256=sha256, part=part, status="used", article=read)


def _data(file: Found, limit: int, seen: Mapping[str, str]) -> bytes | Outcome:
    """Return the bytes of a file that is worth reading, else what becomes of it."""
    path = names.printable(file.path)

    def ends(status: Status, reason: str, sha256: str = "") -> Outcome:
        return Outcome(id=file.id, path=path, sha256=sha256, status=status, reason=reason)

    if file.away:
        return ends("skipped", AWAY)
    suffix = file.path.suffix.lower()
    if not file.named and suffix not in PLAIN and not kind(file.path):
        return ends("skipped", f"not a text file ({names.printable(Path(suffix)) if suffix else 'no suffix'})")
    try:
        data = contents(file.path, limit)
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
    return data
