"""Files read within bounds: regular ones alone, and no more of one than a limit, also of what is packed."""

from __future__ import annotations

import gzip
import io
import stat
from pathlib import Path

LIMIT = 20_000_000
"""Bytes. No news article is longer, no page and no list of feeds."""


def contents(path: Path, limit: int = LIMIT) -> bytes | None:
    """Return the bytes of a file, `limit` + 1 of them at most; None for what is no regular file: never opened. Raises OSError."""
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        next(path.iterdir(), None)  # says why it could not be listed
    if not stat.S_ISREG(kind):
        return None
    with path.open("rb") as stream:
        return stream.read(limit + 1)


def unpacked(data: bytes, limit: int = LIMIT) -> bytes:
    """Return what gzip packed, `limit` + 1 bytes of it at most. Raises OSError, EOFError or zlib.error for what it did not."""
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        return stream.read(limit + 1)
