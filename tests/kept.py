"""Where the files of what is kept are, for tests that look into them."""

from __future__ import annotations

from pathlib import Path

from briefing.address import PostgresAddress


def file_of(where: Path | PostgresAddress) -> Path:
    """Return the path of a database or an index that is known to be a file."""
    assert isinstance(where, Path)
    return where
