"""The files of a brief: both are written whole or not at all, and what cannot be written is known before anything is spent."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import StorageError
from briefing.render import render
from briefing.types import Brief


@dataclass(frozen=True, slots=True)
class Written:
    """A brief, and the files it was written to."""

    brief: Brief
    record: Path
    view: Path


def record_text(brief: Brief) -> str:
    """Return the record as it is kept: JSON, one space a level, every script as it is."""
    return json.dumps(brief.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False) + "\n"


class Target:
    """The two files of a brief. Making it proves that they can be written, before anything is spent."""

    def __init__(self, folder: Path, date: str) -> None:
        self._record, self._view = folder / f"{date}.json", folder / f"{date}.md"
        with _writing(folder, "cannot be written", _HINT_OUT):
            folder.mkdir(parents=True, exist_ok=True)
            probe = _beside(folder / date)
            try:
                probe.write_bytes(b"")
            finally:
                with suppress(OSError):
                    probe.unlink()
        for path in (self._record, self._view):
            if path.exists() and not path.is_file():
                raise StorageError(f"{path}: cannot be written: it is not a file", _HINT_OUT)

    def write(self, brief: Brief, text: str) -> Written:
        """Write both files whole or not at all, each in one step that cannot be seen half done."""
        write({self._record: text, self._view: render(brief)}, _HINT_OUT)
        return Written(brief, self._record, self._view)


def write(contents: Mapping[Path, str | bytes], hint: str = "") -> None:
    """Write files whole or not at all, each in one step that cannot be seen half done. Raises StorageError."""
    fresh = {path: _beside(path) for path in contents}
    try:
        for path, content in contents.items():
            with _writing(path, "cannot be written", hint), fresh[path].open("wb") as file:
                file.write(content if isinstance(content, bytes) else content.encode())
                file.flush()
                os.fsync(file.fileno())
        for path in contents:
            with _writing(path, "cannot be written", hint):
                fresh[path].replace(path)
    finally:
        for path in fresh.values():
            with suppress(OSError):
                path.unlink()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.tmp")


@contextmanager
def _writing(path: Path, what: str, hint: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"{path}: {what}: {(error.strerror or str(error)).lower()}", hint) from error


_HINT_OUT = "choose another folder with --out"
