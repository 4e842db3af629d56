"""Files that are written whole or not at all, several of them together, never through a link, and for their owner alone.

contents ─ each beside its place, under a random name, on the disk ─► a note of them ─► each in its place, the first one last ─► no note

A run that is killed before the note has changed nothing; after it, whoever comes next, to read or to write, puts the rest in place.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: writers there are not kept apart, and what killed ones left is not cleared away
    fcntl = None  # type: ignore[assignment]

from briefing.brief import Brief
from briefing.console import plain_json
from briefing.durable import sync_folder
from briefing.errors import StorageError

_PREFIX, _END, _NOTE = ".briefing-", ".tmp", ".pending"
_OURS = re.compile(rf"{re.escape(_PREFIX)}\w+{re.escape(_END)}", re.ASCII)
_PARTS = (".html", ".md", ".json")
"""The ends of the files of one brief, in the order in which they are put in place: what a note may speak of."""

_WAIT = 10.0  # seconds for another run to write its files


@dataclass(frozen=True, slots=True)
class Written:
    """A brief, and the files it was written to; `page` where it has one, `unpaged` why not where it should."""

    brief: Brief
    record: Path
    view: Path
    page: Path | None = None
    unpaged: StorageError | None = None

    @property
    def files(self) -> list[Path]:
        """Return what was written, what is read first."""
        return [self.view, self.record, *filter(None, [self.page])]


def record_text(brief: Brief) -> str:
    """Return the record as it is kept: JSON, one space a level, every script as it is, what could steer a terminal escaped."""
    return plain_json(json.dumps(brief.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False)) + "\n"


def write(contents: Mapping[Path, str | bytes], hint: str = "", before: Callable[[], None] | None = None) -> None:
    """Write files of one folder whole or not at all, together; several are those of one brief, their names alike but for the end.

    Who sees the first of them new sees the others new. `before` is called when no other run writes there any more, and may raise. A new
    file is its owner's alone; one that is replaced keeps its permissions. No device, pipe or folder is ever replaced. Raises StorageError.
    """
    first, *more = contents
    fresh: dict[Path, str] = {}
    try:
        for path in contents:
            with _writing(path, hint):
                _file_or_nothing(path)
        with _writing(first, hint), _alone(first.parent):
            if before is not None:
                before()
            for path, content in contents.items():
                with _writing(path, hint):
                    fresh[path] = _written(path, content)
            if more:
                _together(fresh, first.with_name(_PREFIX + first.stem + _NOTE))
            else:
                Path(fresh[first]).replace(first)
            sync_folder(first.parent)
    finally:
        for name in fresh.values():
            with suppress(OSError):
                Path(name).unlink()


def settle(path: Path) -> None:
    """Put a brief's files in place that a killed run left beside it; where they cannot be, `verify` tells that they do not fit."""
    with suppress(OSError, ValueError):
        if path.with_name(_PREFIX + path.stem + _NOTE).is_file():
            with _alone(path.parent):
                pass


def writable(folder: Path, hint: str) -> None:
    """Make a folder, and prove that it can be written. Raises StorageError."""
    with _writing(folder, hint):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(_END, _PREFIX, folder)
        os.close(descriptor)
        Path(name).unlink()


def _file_or_nothing(path: Path) -> None:
    """Raise OSError where anything else stands, or a link leads to it: a file would take the place of /dev/null for the whole machine."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return  # nothing, or a link to nothing
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "Is a directory")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "It is not a file")


def _written(path: Path, content: str | bytes) -> str:
    """Write a new file beside `path`, with a name that nobody could know before, and return it when it is on the disk."""
    descriptor, name = tempfile.mkstemp(_END, _PREFIX, path.parent)  # O_EXCL, O_NOFOLLOW, mode 0600
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
            with suppress(FileNotFoundError):
                known = path.lstat().st_mode
                if stat.S_ISREG(known) and hasattr(os, "fchmod"):
                    os.fchmod(file.fileno(), stat.S_IMODE(known) & 0o777)
            file.write(content if isinstance(content, bytes) else content.encode())
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return name


def _together(fresh: Mapping[Path, str], note: Path) -> None:
    """Put files in their places: from the moment when the note is there, all of them; on an error, none."""
    told = _written(note, json.dumps({path.suffix: Path(name).name for path, name in fresh.items()}))
    try:
        Path(told).replace(note)
    finally:
        with suppress(OSError):
            Path(told).unlink()
    sync_folder(note.parent)
    done: list[tuple[Path, Path | None]] = []
    try:
        for path in reversed(list(fresh)):
            done.append((path, _kept(path)))
            Path(fresh[path]).replace(path)
        sync_folder(note.parent)
    except OSError:
        for path, kept in reversed(done):
            if kept is not None:
                kept.replace(path)
            elif Path(fresh[path]).exists():
                continue  # not replaced yet
            else:
                path.unlink()
        note.unlink()
        raise
    finally:
        for _, kept in done:
            if kept is not None:
                with suppress(OSError):
                    kept.unlink()
    note.unlink()


def _kept(path: Path) -> Path | None:
    """Give what stands at a place a second name, so that it can be put back; None where nothing does."""
    try:
        path.lstat()
    except FileNotFoundError:
        return None
    descriptor, name = tempfile.mkstemp(_END, _PREFIX, path.parent)
    os.close(descriptor)
    Path(name).unlink()
    os.link(path, name, follow_symlinks=False)
    return Path(name)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other runs from writing in a folder, and finish or clear away what killed ones left there."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + _WAIT
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
        _recover(folder)
        yield
    finally:
        os.close(descriptor)


def _recover(folder: Path) -> None:
    for note in folder.glob(f"{_PREFIX}*{_NOTE}"):
        told = _told(note)
        if told is None:
            continue
        for end in sorted(told, key=_PARTS.index):
            left, place = (note.with_name(name) for name in (told[end], note.name.removeprefix(_PREFIX).removesuffix(_NOTE) + end))
            if _plain(left) and not (end == _PARTS[0] and place.is_dir()):  # a page that has no place is given up: it can be made again
                left.replace(place)
        sync_folder(folder)
        note.unlink()
    for left in folder.glob(f"{_PREFIX}*{_END}"):
        if _OURS.fullmatch(left.name) and _plain(left):
            with suppress(OSError):
                left.unlink()


def _told(note: Path) -> dict[str, str] | None:
    """Return the names of the files that a note speaks of, by the end of their places; None for what is no note of ours."""
    if not _plain(note):
        return None
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    fit = isinstance(told, dict) and set(told) <= {*_PARTS} and all(isinstance(n, str) and _OURS.fullmatch(n) for n in told.values())
    return told if fit else None


def _plain(path: Path) -> bool:
    """Return whether a file stands there, and no link to one."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


@contextmanager
def _writing(path: Path, hint: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        busy = isinstance(error, BlockingIOError)
        told = "another run is writing there" if busy else (error.strerror or str(error)).lower()
        raise StorageError(f"{path}: cannot be written: {told}", "wait for it to end" if busy else hint) from error
