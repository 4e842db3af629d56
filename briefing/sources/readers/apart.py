"""Readers in a process of their own: what a damaged or hostile file does to one costs that file and nothing else.

One child reads file after file; it is ended when a file takes too long, and started again for the next. It may use 2 GB of
memory, write no file and say nothing. On Windows there is no limit of memory, only of time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import BinaryIO, Self

from briefing.sources.readers.base import Extract, Reader, UnreadableError

SECONDS = 60.0
MEMORY = 2_000_000_000
_CHILD = "from briefing.sources.readers.apart import serve; serve()"


class Apart:
    """A child that reads. It is started at the first file, and ended with the block. One thread at a time may ask it."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._late = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, name: str, reader: Reader, data: bytes, address: str = "") -> list[Extract]:
        """Return what a reader makes of a file, in the child if it must run apart. Raises UnreadableError with the reason."""
        if not reader.apart:
            return _read(reader, data, address)
        child = self._child = self._child or _start()
        self._late = False
        clock = threading.Timer(self._seconds, self._expire)
        clock.start()
        try:
            head = json.dumps({"name": name, "address": address, "bytes": len(data)}).encode()
            answer = _asked(child, head, data)
        except OSError:
            answer = b""
        finally:
            clock.cancel()
        if not answer:
            self._end()
            raise UnreadableError(f"its reader took longer than {self._seconds:g} s" if self._late else "its reader broke down")
        told = json.loads(answer)
        if "error" in told:
            raise UnreadableError(told["error"])
        return [Extract(*one) for one in told["extracts"]]

    def _expire(self) -> None:
        self._late = True
        if self._child is not None:
            self._child.kill()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    _closed(stream)
            child.wait()


def _closed(stream: BinaryIO | object) -> None:
    try:
        stream.close()  # type: ignore[union-attr]
    except OSError:
        return


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-c", _CHILD]  # -P: nothing of the working folder is imported
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _asked(child: subprocess.Popen[bytes], head: bytes, data: bytes) -> bytes:
    assert child.stdin is not None  # noqa: S101 - for the type checker: both are pipes
    assert child.stdout is not None  # noqa: S101
    child.stdin.write(head + b"\n" + data)
    child.stdin.flush()
    return child.stdout.readline()


def _read(reader: Reader, data: bytes, address: str) -> list[Extract]:
    try:
        return list(reader.read(data, address))
    except UnreadableError:
        raise
    except MemoryError as error:
        raise UnreadableError("its reader needs more memory than it may have") from error
    except Exception as error:  # a library's own errors have no common root
        raise UnreadableError(f"its reader failed ({type(error).__name__})") from error


# In the child


def serve() -> None:
    """Read files from stdin until it ends, each a line of JSON and its bytes; answer with a line of JSON each."""
    import os

    from briefing.sources.readers.table import reader

    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes nowhere
    _limit()
    while head := sys.stdin.buffer.readline():
        asked = json.loads(head)
        data = sys.stdin.buffer.read(asked["bytes"])
        try:
            found = _read(reader(asked["name"]), data, asked["address"])
            answer: dict[str, object] = {"extracts": [(_sound(one.text), _sound_fields(one), _sound(one.lacking)) for one in found]}
        except UnreadableError as error:
            answer = {"error": " ".join(str(error).split())[:200]}
        out.write(json.dumps(answer).encode() + b"\n")
        out.flush()


def _sound(text: str) -> str:
    """Return a text that can be encoded: no lone surrogate."""
    return text.encode("utf-8", "replace").decode()


def _sound_fields(one: Extract) -> dict[str, str]:
    return {str(name): _sound(str(value)) for name, value in one.fields.items()}


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limits: Sequence[tuple[int, int]] = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0))
    for what, most in limits:
        _, hard = resource.getrlimit(what)
        ours = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (ours, hard))
        except (OSError, ValueError):  # macOS refuses some limits
            continue
