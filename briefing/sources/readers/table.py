"""Which reader reads which file: ours by suffix, then those that other packages give by an entry point. Plain text has none."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from briefing.sources.readers.base import Reader, UnreadableError

PLAIN = frozenset({".txt", ".md", ".markdown", ".text"})
"""What is read in a folder as plain text; a file that is named itself is tried whatever its suffix."""

GROUP = "briefing.readers"
_OURS = {
    ".html": "page", ".htm": "page", ".xhtml": "page", ".pdf": "pdf", ".eml": "mail", ".mbox": "mail", ".docx": "docx",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv",
}  # fmt: skip


def kind(path: Path) -> str:
    """Return the name by which `reader` gives the reader of a file, "" for plain text and for what nobody reads."""
    suffix = path.suffix.lower()
    if suffix in _OURS:
        return _OURS[suffix]
    if path.parent.name in {"cur", "new"} and all((path.parent.parent / name).is_dir() for name in ("cur", "new", "tmp")):
        return "mail"
    return suffix if suffix and suffix not in PLAIN and suffix[1:] in _others() else ""


@cache
def _others() -> frozenset[str]:
    """Return the suffixes, without their dots, for which other packages give a reader."""
    return frozenset(entry_points(group=GROUP).names)


def reader(name: str) -> Reader:
    """Return a reader by its name. Raises UnreadableError for one of another package that cannot be loaded."""
    if name.startswith("."):
        return _foreign(name[1:])
    if name == "page":
        from briefing.sources.readers.page import PageReader

        return PageReader()
    if name == "pdf":
        from briefing.sources.readers.pdf import PdfReader

        return PdfReader()
    if name == "mail":
        from briefing.sources.readers.mail import MailReader

        return MailReader()
    if name == "feed":
        from briefing.sources.readers.feed import FeedReader

        return FeedReader()
    if name == "docx":
        from briefing.sources.readers.word import WordReader

        return WordReader()
    from briefing.sources.readers.rows import CsvReader, JsonLinesReader

    return CsvReader() if name == "csv" else JsonLinesReader()


def _foreign(suffix: str) -> Reader:
    try:
        found = next(iter(entry_points(group=GROUP, name=suffix))).load()
    except Exception as error:  # another package's code: whatever it does wrong is its file's loss
        raise UnreadableError(f"the reader of .{suffix} cannot be loaded ({type(error).__name__})") from error
    given: Reader = found() if isinstance(found, type) else found
    return given
