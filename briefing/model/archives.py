"""Single files out of zips. Promises that a zip which holds several files of a model is had once, and that none outlives the fetch.

A zip is data: only the one member that is wanted is streamed out of it, its names are never paths, and nothing of it is installed,
imported or run. What comes out is not trusted here: whoever called checks the SHA-256.
"""

from __future__ import annotations

import lzma
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Self

from briefing.model import download
from briefing.model.catalog import Member
from briefing.model.part import Part, UnavailableError, storing
from briefing.progress import Progress

_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_DAMAGED = (
    zipfile.BadZipFile,
    *(zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, ArithmeticError, LookupError, RuntimeError, TypeError),  # bz2 has no error of its own
)
"""What reading a damaged zip raises, by what is damaged in it. What fails in writing is a StorageError before it gets here."""


class Shelf:
    """Where the zips of one model lie while it is fetched; all of them are removed at the end, like those that a killed run left.

    Whoever opens it holds the model's lock. A zip that could not be had is not asked for a second time.
    """

    def __init__(self, folder: Path, model: str) -> None:
        self._folder = folder
        self._prefix = f"{model}.zips-"
        self._kept: dict[str, Path | UnavailableError] = {}

    def __enter__(self) -> Self:
        self._clear()
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def take(self, name: str, get: Callable[[Path], Path]) -> Path:
        """Return the zip called `name`, which `get` puts into a fresh folder the first time; raise UnavailableError each time it failed."""
        if name not in self._kept:
            try:
                self._kept[name] = get(self._fresh())
            except UnavailableError as error:
                self._kept[name] = error
        found = self._kept[name]
        if isinstance(found, UnavailableError):
            raise found
        return found

    @contextmanager
    def room(self) -> Iterator[Path]:
        """Yield a fresh folder on the disk of the models for a zip that nobody else wants."""
        work = self._fresh()
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _fresh(self) -> Path:
        with storing(self._folder):
            return Path(tempfile.mkdtemp(prefix=self._prefix, dir=self._folder))

    def _clear(self) -> None:
        for folder in self._folder.glob(f"{self._prefix}*"):
            shutil.rmtree(folder, ignore_errors=True)


def fetch(source: Member, part: Part, progress: Progress, shelf: Shelf) -> None:
    """Complete `part` from a zip that is one download, or raise UnavailableError."""
    part.need()
    file = shelf.take(source.archive.text, lambda folder: download.whole(source.archive, folder, part.entry, progress))
    part.discard()  # what another source began; from a zip that is there, going on is no gain
    try:
        join(file, source.label, source.path, part, 0)
    except UnavailableError:
        part.discard()
        raise


def join(file: Path, label: str, member: str, part: Part, at: int) -> int:
    """Stream the one file of a zip that matches `member` to byte `at` of `part`; return where it ends."""
    room = part.entry.bytes - at
    try:
        with zipfile.ZipFile(file) as archive:
            info = _member(archive, label, member)
            if info.file_size > room:
                raise UnavailableError(f"{label} holds {info.file_size} bytes where {room} are missing")
            with archive.open(info) as stream, part.append(at) as write:
                copied = 0
                while chunk := stream.read(_CHUNK):
                    copied += len(chunk)
                    if copied > room:
                        raise UnavailableError(f"{label} unpacks to more than it declares")
                    write(chunk)
    except _DAMAGED as error:
        raise UnavailableError(f"the archive of {label} is damaged: {' '.join(str(error).split())[:120]}") from error
    return at + copied


def _member(archive: zipfile.ZipFile, label: str, member: str) -> zipfile.ZipInfo:
    wanted = member.split("/")
    found = [item for item in archive.infolist() if not item.is_dir() and _matches(item.filename, wanted)]
    if len(found) != 1:
        raise UnavailableError(f"{label} holds {len(found)} files {member}, not one")
    if found[0].flag_bits & _ENCRYPTED:
        raise UnavailableError(f"{label} is encrypted")
    return found[0]


def _matches(name: str, wanted: list[str]) -> bool:
    """Compare folder by folder, so that * never spans a slash."""
    given = name.split("/")
    return len(given) == len(wanted) and all(fnmatchcase(*pair) for pair in zip(given, wanted, strict=True))
