"""What comes of asking for an address: a page, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass


class UnfetchedError(Exception):
    """An address that gave nothing; the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Page:
    """The body of an address: `asked` for at one, found at `url` after redirects. `data` is decompressed, `kind` its media type."""

    asked: str
    url: str
    data: bytes
    kind: str
