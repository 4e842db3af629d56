"""A feed to its entries: RSS and Atom by feedparser, JSON Feed by hand. An entry says where an article is and what is known of it.

The text of an extract is the entry's own summary; its fields have `when` too (ISO, UTC), and `feed`, the title of the feed.
"""

from __future__ import annotations

import calendar
import io
import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import metadata
from urllib.parse import urljoin

from briefing.sources.readers.base import Extract, UnreadableError
from briefing.sources.readers.page import line

_TAGS = re.compile(r"<[^<>]{0,2000}>")
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)\b", re.IGNORECASE)
_JSON = "https://jsonfeed.org/version/"


def is_feed(data: bytes) -> bool:
    """Return whether the bytes of a page are those of a feed, as far as their beginning tells."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return (head.startswith(b"{") and b"jsonfeed.org/version" in head) or bool(_FEED.search(head) and b"<html" not in head.lower())


class FeedReader:
    """Reads a feed: an extract an entry that has an address."""

    name = "feed"
    apart = True

    @property
    def version(self) -> str:
        """Return the version of feedparser, and of our own part behind it."""
        return f"{metadata.version('feedparser')}+1"

    def read(self, data: bytes, address: str = "") -> list[Extract]:
        """Return the entries in their order. Raises UnreadableError for what is no feed."""
        return _json(data, address) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _xml(data, address)


def _json(data: bytes, address: str) -> list[Extract]:
    try:
        told = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError("no feed: not valid JSON") from error
    if not isinstance(told, dict) or not str(told.get("version", "")).startswith(_JSON):
        raise UnreadableError("no feed")
    items = told.get("items")
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return [
        _extract(
            str(item.get("url") or item.get("external_url") or ""),
            address,
            str(item.get("summary") or item.get("content_text") or ""),
            {"title": str(item.get("title") or ""), "feed": str(told.get("title") or "")},
            _iso(str(item.get("date_published") or item.get("date_modified") or "")),
        )
        for item in entries
        if item.get("url") or item.get("external_url")
    ]


def _xml(data: bytes, address: str) -> list[Extract]:
    import feedparser

    told = feedparser.parse(io.BytesIO(data))  # a stream: of bytes it would ask whether they name a file
    if not told.entries and not told.version:
        raise UnreadableError("no feed")
    feed = str(told.feed.get("title", ""))
    found = []
    for entry in told.entries:
        link = str(entry.get("link", ""))
        when = entry.get("published_parsed") or (entry.get("updated_parsed") if "updated_parsed" in entry else None)
        source = entry.get("source") or {}
        fields = {
            "title": str(entry.get("title", "")),
            "feed": feed,
            "source": str(source.get("title", "")) if isinstance(source, Mapping) else "",
        }
        if link:
            found.append(_extract(link, address, str(entry.get("summary", "")), fields, _time(when) if when else None))
    return found


def _extract(link: str, address: str, text: str, fields: Mapping[str, str], when: datetime | None) -> Extract:
    told = {name: line(_TAGS.sub("", value)) for name, value in fields.items()}
    told |= {"url": _joined(address, link.strip()), "when": when.isoformat() if when else ""}
    return Extract(line(_TAGS.sub(" ", text)), {name: value for name, value in told.items() if value})


def _joined(address: str, link: str) -> str:
    """Return where a link of a feed leads; one that leads nowhere as it is, to be told of when it is asked for."""
    try:
        return urljoin(address, link)
    except ValueError:
        return link


def _time(when: time.struct_time) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(when), UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _iso(value: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(value)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
