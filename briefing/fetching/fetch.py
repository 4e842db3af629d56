"""Feeds and pages to a folder of articles.

named ─ OPML ─► feeds, pages; feeds ─ get ─ read ─► entries since
entries, pages ─ get ─ read (apart) ─► article ─► new | edition | unchanged | skipped | failed

Hosts are asked side by side, each for one thing at a time; pages are read as they come. One address that fails costs the others nothing:
it ends in the report with its reason. Only what is new is written.
"""

from __future__ import annotations

import os
import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date as calendar
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Literal

from briefing.errors import SourceError, UsageError
from briefing.fetching.addresses import Address, host, same, shown
from briefing.fetching.outcome import Page, UnfetchedError
from briefing.fetching.shelf import Shelf
from briefing.progress import Progress
from briefing.sources.bounded import LIMIT, contents
from briefing.sources.readers.apart import Apart
from briefing.sources.readers.base import Extract, UnreadableError, label
from briefing.sources.readers.feed import is_feed
from briefing.sources.readers.table import reader

HOSTS = 8
"""How many hosts are asked at once."""

_MOST = 200  # entries of one feed
_NO_TEXT = ("image", "video", "audio", "font")
_HINT = "`briefing fetch FEEDS.opml`, or the addresses of feeds and pages"

State = Literal["new", "edition", "unchanged", "skipped", "failed"]
Get = Callable[[str], Page]
"""Returns the page at an address, or raises UnfetchedError; called from several threads."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An address to fetch, as it may be shown, and what its feed says of it; `feed` is that of the feed, "" for a page that was named."""

    url: str
    feed: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address: the file where one was written, else the reason."""

    entry: Entry
    state: State
    reason: str = ""
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: the folder of its day, its feeds with the reason of those that failed ("" else), every address, and warnings."""

    folder: Path
    feeds: Mapping[str, str]
    fetched: tuple[Fetched, ...]


def fetch(named: Sequence[str], folder: Path, get: Get, apart: Apart, *, now: datetime, since: timedelta, progress: Progress) -> Report:
    """Fetch what is new in feeds and pages into `folder`/DATE. `now` has a time zone: its date is DATE.

    Raises UsageError where nothing is named or a file of feeds cannot be read, SourceError where no feed and no page could be had and
    the folder of the day has none of an earlier run.
    """
    listed, addresses = _named(named)
    shelf = Shelf(folder, now.date().isoformat())
    progress.stage("reading feeds", total=len(listed) + len(addresses), unit="feeds")
    entries: dict[str, Entry] = {}
    feeds: dict[str, str] = {}
    pages: list[tuple[Entry, Page | UnfetchedError]] = []
    for one, page in _got([Entry(url) for url in dict.fromkeys((*listed, *addresses))], get):
        if one.url in listed or (isinstance(page, Page) and is_feed(page.data)):
            found, feeds[one.url] = _entries(one.url, page, apart, now - since)
            for entry in found:
                entries.setdefault(same(entry.url), entry)
        else:
            pages.append((one, page))
        progress.advance()
    progress.stage("fetching articles", total=len(entries) + len(pages), unit="articles")
    fetched: list[Fetched] = []
    for one, page in chain(pages, _got(list(entries.values()), get)):
        fetched.append(_article(one, page, shelf, apart, now, since, progress))
        progress.advance()
    if all(feeds.values()) and all(one.state == "failed" for one in fetched):
        told = [*feeds.items(), *((one.entry.url, one.reason) for one in fetched)]
        message = f"nothing could be fetched ({'; '.join(f'{url}: {reason}' for url, reason in told[:3])})"
        if not any(shelf.folder.glob("*.md")):
            raise SourceError(message, _HINT)
        progress.warn(f"{message}; what was fetched before is in {shelf.folder}")
    return Report(shelf.folder, feeds, tuple(fetched))


def _named(named: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the feeds of the OPML files, and the addresses that are named: feeds or pages, which shows when they are read."""
    if not named:
        raise UsageError("no feeds and no pages", f'{_HINT}; or `feeds = "feeds.opml"` in your own briefing.toml')
    feeds: list[str] = []
    pages: list[str] = []
    for one in named:
        if "://" in one:
            pages.append(shown(one))
        else:
            feeds += feeds_of(Path(os.path.expanduser(one)))  # noqa: PTH111 - Path.expanduser raises where there is no home
    return list(dict.fromkeys(feeds)), list(dict.fromkeys(pages))


def feeds_of(path: Path) -> list[str]:
    """Return the addresses of the feeds in an OPML file, as they may be shown. Raises UsageError where it cannot be read or has none."""
    import listparser

    try:
        data = contents(path)
    except OSError as error:
        what = "no such file" if isinstance(error, FileNotFoundError) else f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise UsageError(f"{path}: {what}", _HINT) from error
    if data is None or len(data) > LIMIT:
        raise UsageError(f"{path}: {'not a regular file' if data is None else f'larger than {LIMIT / 1e6:g} MB'}", _HINT)
    found = [shown(str(feed.url)) for feed in listparser.parse(data).feeds if feed.url]
    if not found:
        raise UsageError(f"{path}: no list of feeds", "an OPML file, as feed readers export it")
    return found


def _got(entries: Sequence[Entry], get: Get) -> Iterator[tuple[Entry, Page | UnfetchedError]]:
    """Yield each entry with its page, or the reason, as they come: hosts side by side, each one's addresses in order."""
    hosts: dict[tuple[str, int | None], list[Entry]] = defaultdict(list)
    for entry in entries:
        try:
            address = Address.of(entry.url)
        except UnfetchedError as error:
            yield entry, error
        else:
            hosts[address.host, address.port].append(entry)
    done: queue.SimpleQueue[tuple[Entry, Page | UnfetchedError | BaseException]] = queue.SimpleQueue()
    stopped = threading.Event()

    def ask(some: Iterable[Entry]) -> None:
        for entry in some:
            if stopped.is_set():
                return
            try:
                done.put((entry, get(entry.url)))
            except UnfetchedError as error:
                done.put((entry, error))
            except BaseException as error:  # a fault of the program: raised where the entries are taken
                done.put((entry, error))
                return

    with ThreadPoolExecutor(HOSTS) as pool:
        try:
            for some in hosts.values():
                pool.submit(ask, some)
            for _ in chain(*hosts.values()):
                entry, page = done.get()
                if not isinstance(page, Page | UnfetchedError):
                    raise page
                yield entry, page
        finally:
            stopped.set()
            pool.shutdown(cancel_futures=True)


def _entries(url: str, page: Page | UnfetchedError, apart: Apart, after: datetime) -> tuple[list[Entry], str]:
    """Return the entries of a feed that are not older, those without a time among them, and why there are none ("" where it was read)."""
    if isinstance(page, UnfetchedError):
        return [], str(page)
    try:
        found = apart.read("feed", reader("feed"), page.data, page.url)
    except UnreadableError as error:
        return [], str(error)
    fresh = [one for one in found if not one.fields.get("when") or datetime.fromisoformat(one.fields["when"]) >= after]
    return [Entry(shown(one.fields["url"]), url, one.fields) for one in fresh[:_MOST]], ""


def _article(
    entry: Entry, page: Page | UnfetchedError, shelf: Shelf, apart: Apart, now: datetime, since: timedelta, progress: Progress
) -> Fetched:
    """Return what becomes of one page: written if it is new, or other than before."""
    if isinstance(page, UnfetchedError):
        return Fetched(entry, "failed", str(page))
    if page.kind.partition("/")[0] in _NO_TEXT:
        return Fetched(entry, "skipped", f"no text: {page.kind}")
    name = "pdf" if page.data.startswith(b"%PDF") else "page"
    its = reader(name)
    try:
        found = apart.read(name, its, page.data, page.url)
    except UnreadableError as error:
        return Fetched(entry, "failed", str(error))
    if not found or found[0].lacking:
        return Fetched(entry, "skipped", found[0].lacking if found else "no article text found")
    extract = found[0]
    url = same(page.url)
    if shelf.unchanged(url, page.data, extract.text):
        return Fetched(entry, "unchanged")
    published, warning = dated(entry.fields.get("when", ""), extract.fields.get("published", ""), now)
    if entry.feed and "when" not in entry.fields and published and calendar.fromisoformat(published) < (now - since).date():
        return Fetched(entry, "skipped", f"of {published}: older than asked for")
    if warning:
        progress.warn(f"{url}: {warning}")
    outlet = _outlet(entry, extract, url)
    fields = {
        "title": extract.fields.get("title") or entry.fields.get("title", ""),
        "source": outlet,
        "published": published,
        "url": url,
        "fetched": now.isoformat(timespec="seconds"),
        "extractor": label(its),
    }
    edition = shelf.last(url) is not None
    path = shelf.write(url, outlet, fields, extract.text, page.data, ".pdf" if name == "pdf" else ".html")
    return Fetched(entry, "edition" if edition else "new", "", path)


def _outlet(entry: Entry, extract: Extract, url: str) -> str:
    """Return the outlet: as the page has it, else the entry, else the feed, else the host."""
    named = extract.fields.get("source") or entry.fields.get("source") or entry.fields.get("feed")
    return named or host(url).removeprefix("www.")


def dated(feed: str, page: str, now: datetime) -> tuple[str, str]:
    """Return the date of publication by its two witnesses, and a warning where they differ by over a day: then the earlier counts.

    `feed` is a time (ISO), `page` a date; a date after the day of `now` is not believed.
    """
    told = [calendar.fromisoformat(page)] if page else []
    told += [datetime.fromisoformat(feed).astimezone(now.tzinfo).date()] if feed else []
    known = sorted(day for day in told if day <= now.date())
    if not known:
        return "", "dated after today; taken as undated" if told else ""
    apart = known[-1] - known[0] > timedelta(days=1)
    return known[0].isoformat(), f"its feed and its page give two dates, {known[-1]} and {known[0]}; the earlier is taken" if apart else ""
