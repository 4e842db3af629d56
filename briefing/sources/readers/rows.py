"""Rows to articles: .jsonl and .csv, an article a row, as news archives and data sets are kept.

The text is the column called text, body, content or article; title, source, date and url are taken from the usual names.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from briefing.sources.decode import decode
from briefing.sources.readers.base import Extract, UnreadableError
from briefing.sources.readers.page import line

_TEXT = ("text", "body", "content", "article", "maintext", "full_text")
_NAMES = {
    "title": ("title", "headline"),
    "source": ("source", "outlet", "publisher", "publication", "source_name", "site"),
    "published": ("published", "date", "published_at", "publish_date", "date_publish", "pubdate"),
    "url": ("url", "link", "address"),
}
_MOST = 10_000  # rows of one file


class JsonLinesReader:
    """Reads .jsonl: an object a line."""

    name = "jsonl"
    version = "1"
    apart = False

    def read(self, data: bytes, address: str = "") -> list[Extract]:  # noqa: ARG002 - what it is said to be, its rows say
        """Return an article for each line. Raises UnreadableError, naming the line, for one that is no object of JSON."""
        return _articles(_objects(_text(data)))


class CsvReader:
    """Reads .csv: a first line of names, then an article a row."""

    name = "csv"
    version = "1"
    apart = False

    def read(self, data: bytes, address: str = "") -> list[Extract]:  # noqa: ARG002 - what it is said to be, its rows say
        """Return an article for each row. Raises UnreadableError where no column is a text."""
        csv.field_size_limit(max(csv.field_size_limit(), len(data) + 1))
        text = _text(data)
        try:
            dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:2000].splitlines()[0], ",;\t")
        except (csv.Error, IndexError):
            dialect = csv.excel
        try:
            return _articles(csv.DictReader(io.StringIO(text), dialect=dialect, doublequote=True))
        except csv.Error as error:
            raise UnreadableError(f"not valid CSV: {error}") from error


def _text(data: bytes) -> str:
    text = decode(data).text
    if text is None:
        raise UnreadableError("a binary file")
    return text


def _objects(text: str) -> Iterable[Mapping[str, object]]:
    for number, told in enumerate(text.split("\n"), start=1):
        if told.strip():
            try:
                value = json.loads(told)
            except (ValueError, RecursionError) as error:
                raise UnreadableError(f"line {number} is no JSON") from error
            if not isinstance(value, dict):
                raise UnreadableError(f"line {number} is no object")
            yield value


def _articles(rows: Iterable[Mapping[str, object]]) -> list[Extract]:
    found: list[Extract] = []
    for number, row in enumerate(rows, start=1):
        if number > _MOST:
            raise UnreadableError(f"more than {_MOST:,} rows")
        values = {str(name).strip().lower(): value for name, value in row.items() if isinstance(value, str) and value.strip()}
        text = next((values[name] for name in _TEXT if name in values), "")
        if number == 1 and not any(str(name).strip().lower() in _TEXT for name in row):
            raise UnreadableError(f"no column is called {', '.join(_TEXT[:4])}")
        if text:
            told = {field: line(values[name]) for field, names in _NAMES.items() for name in reversed(names) if name in values}
            found.append(Extract(text.strip(), told))
    return found
