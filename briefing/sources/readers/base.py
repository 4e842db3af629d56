"""What a reader is: bytes to the texts of articles, each with what the file says of it. Third parties give one by an entry point.

An entry point of the group `briefing.readers` is named after a suffix without its dot ("epub") and gives an object that is a Reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one article, and what its file says of it.

    The fields are `title`, `source`, `published` (an ISO date) and `url`, plain text in one line each; what is not known has no field.
    `lacking` says why it is not to be briefed ("only the beginning is there"); "" where nothing is wrong with it.
    """

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    lacking: str = ""


class UnreadableError(Exception):
    """A file that a reader cannot read; the message says why, in a few words."""


class Reader(Protocol):
    """Reads one kind of file. `apart` says that it may only run in a process of its own, with limits of time and memory."""

    @property
    def name(self) -> str:
        """Return the name that the record keeps ("pdf")."""

    @property
    def version(self) -> str:
        """Return the version of what extracts; the same bytes and the same version give the same extracts."""

    @property
    def apart(self) -> bool:
        """Return whether it runs in a process of its own."""

    def read(self, data: bytes, address: str = "") -> list[Extract]:
        """Return the articles of a file in their order, none where it holds none. `address` is where it came from, if known.

        Raises UnreadableError; whatever else it raises fails the file too.
        """


def label(reader: Reader) -> str:
    """Return what the record says of a reader: its name and version."""
    return f"{reader.name} {reader.version}"
