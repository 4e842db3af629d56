"""What is done for a desk, one function a job: fetch a feed, read articles, make the brief, send it. Knows no queue and no other worker.

    feeds ─ fetch ─► articles/feeds/FEED/DATE ┐
                                      folders ┴─ sources (topics) ─► files ─ read ─► parses, vectors   kept for every desk
                                                                     files ─ brief ─► DATE.DESK.json ─ send ─► recipients

The brief is the one that `generate` makes of the same files: what `read` kept only makes it quick.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import app, engines, sending
from briefing.address import PostgresAddress
from briefing.config import Settings
from briefing.engines import Around, Engine, bare
from briefing.errors import BriefingError, NothingToBriefError, SourceError, UsageError
from briefing.fetching.addresses import host, shown
from briefing.fetching.fetch import feeds_of
from briefing.fetching.fetch import fetch as fetch_named
from briefing.fetching.web import Web
from briefing.language.document import Document
from briefing.newsroom.desks import Desk, Desks, address
from briefing.opening import open_index, open_store
from briefing.output import Written
from briefing.progress import Progress
from briefing.sources import files
from briefing.sources.files import Found, whole
from briefing.sources.readers.apart import Apart
from briefing.stages import cluster
from briefing.target import key_of
from briefing.types import Article

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

FEEDS = "feeds"
_REMEMBERED = 14  # days
_SINCE = timedelta(hours=26)  # how old an entry of a feed may be: a day, and what a morning may be late


@dataclass(frozen=True, slots=True)
class Room:
    """What the work is done with. `stopped` says that it is to end; it is asked between articles."""

    desks: Desks
    settings: Settings
    progress: Progress
    engine: Engine | None = None
    around: Around = bare
    stopped: Callable[[], bool] = lambda: False

    def of(self, desk: Desk) -> Room:
        """Return the desk's own room: with its template, and in a database of many desks for it alone. Raises UsageError."""
        own: dict[str, object] = {"template": desk.template} if desk.template else {}
        if not isinstance(self.settings.database, PostgresAddress):
            if desk.private:
                raise UsageError(f"desk {desk.name}: only a PostgreSQL database keeps a desk private", '`database = "postgresql://…"`')
        else:
            own["desk"] = desk.name
        return replace(self, settings=self.settings.model_copy(update=own))


# Fetching


def feeds(desk: Desk) -> list[str]:
    """Return the feeds of a desk: addresses, each once, and $NAMEs as they are. Raises UsageError for an OPML file that is none."""
    found: list[str] = []
    for one in desk.feeds:
        found += [one] if "://" in one or one.startswith("$") else feeds_of(Path(one))
    return list(dict.fromkeys(found))


def shelf(feed: str, settings: Settings) -> Path:
    """Return the folder of a feed's articles, whichever desk reads it. A feed that is named as $NAME is called so."""
    name = feed[1:] if feed.startswith("$") else host(feed)
    return settings.articles / FEEDS / f"{name}-{hashlib.sha256(feed.encode()).hexdigest()[:8]}"


def fetch(feed: str, room: Room) -> str:
    """Fetch what is new in a feed today; return why it could not be read, "" where it was. No message has an address that is secret.

    Raises SourceError where nothing can be had, and nothing was today.
    """
    url, folder = shown(address(feed)), shelf(feed, room.settings)
    progress = _Masked(room.progress, url, feed)
    with Web(room.settings.web) as web, Apart() as apart:
        try:
            report = fetch_named([url], folder, web.get, apart, now=room.desks.now(), since=_SINCE, progress=progress)
        except BriefingError as error:
            raise type(error)(str(error).replace(url, feed), error.hint.replace(url, feed)) from None
    return next((reason.replace(url, feed) for reason in report.feeds.values() if reason), "")


class _Masked:
    """A Progress that never hears an address that is secret."""

    def __init__(self, inner: Progress, secret: str, name: str) -> None:
        self._inner, self._secret, self._name = inner, secret, name

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Hand it on."""
        self._inner.stage(name, total, unit)

    def advance(self, amount: int = 1) -> None:
        """Hand it on."""
        self._inner.advance(amount)

    def warn(self, message: str) -> None:
        """Hand it on, without the address."""
        self._inner.warn(message.replace(self._secret, self._name))

    def close(self) -> None:
        """Hand it on."""
        self._inner.close()


# Reading


def folders(desk: Desk, date: str, settings: Settings) -> list[Path]:
    """Return the folders where the articles of a day lie: its own, and those of its feeds that brought any."""
    fetched = [shelf(feed, settings) / date for feed in feeds(desk)]
    return [*desk.inside(date), *(folder for folder in fetched if folder.is_dir())]


def found(desk: Desk, date: str, room: Room) -> list[Found]:
    """Return the files of a desk's day, unread, whatever they are about."""
    return files.find(folders(desk, date, room.settings))


def sources(desk: Desk, date: str, room: Room) -> list[Path]:
    """Return what a desk's brief is made of: its folders, or with topics, the files in them that have an article about one of those.

    Raises NothingToBriefError where there is nothing.
    """
    where = folders(desk, date, room.settings)
    if not desk.topics:
        if not where:
            raise _nothing(desk, date)
        return where
    there = files.find(where)
    with closing(open_index(room.settings)) as index:
        read = files.read_found(there, known=index.find)
        wanted = {whole(one.id, one.part) for one in read if one.article is not None and desk.wants(one.article)}
    chosen = [file.path for file in there if file.id in wanted]
    if not chosen:
        raise _nothing(desk, date)
    return chosen


def _nothing(desk: Desk, date: str) -> NothingToBriefError:
    return NothingToBriefError(
        f"nothing to brief: desk {desk.name} has no article of {date}", "its feeds, folders and topics say what it reads"
    )


def read(desk: Desk, date: str, some: Sequence[Found], room: Room) -> int:
    """Read and parse the articles of some files that the desk wants, so that no brief has to; return how many there were.

    In a database of many desks it is written down of each whether it is a copy, and of which event (`newsroom.arrivals`).
    """
    settings = room.settings
    with closing(open_store(settings)) as store, closing(open_index(settings)) as index:
        parser, embedder = engines.parser(settings, store, room.progress), engines.embedder(settings, room.progress)
        read: list[Article] = []
        openings: list[str] = []
        for outcome in files.read_found(some, known=index.find):
            if room.stopped():
                break
            if outcome.article is None or not desk.wants(outcome.article):
                continue
            index.add([outcome.article])
            document = Document(outcome.article, parser)
            if outcome.article.sentences:
                document.parse(1)
            openings.append(cluster.opening(document))
            read.append(outcome.article)
        if read:
            index.vectors(openings, embedder)
            if isinstance(settings.database, PostgresAddress):
                _arrived(read, date, settings.database, settings.desk, lambda texts: index.vectors(texts, embedder))
    return len(read)


def _arrived(
    articles: Sequence[Article], date: str, address: PostgresAddress, desk: str, embed: Callable[[Sequence[str]], Vectors]
) -> None:
    from briefing.newsroom.arrivals import Arrivals  # needs a library that only a newsroom has
    from briefing.postgres.register import PostgresRegister

    with closing(PostgresRegister(address, desk)) as register:
        Arrivals(register, embed).arrive(articles, date)


def fade(desk: Desk, address: PostgresAddress) -> int:
    """Forget articles that arrived long ago, for nothing is compared with them any more; return how many."""
    from briefing.postgres.register import PostgresRegister

    with closing(PostgresRegister(address, desk.name)) as register:
        return register.sweep(_REMEMBERED)


# The brief


def brief(desk: Desk, date: str, room: Room) -> Written:
    """Make the brief of a desk and a day, DATE.DESK, in the place of one that stands there. Raises what `generate` raises."""
    key_of(date, desk.name)
    return app.generate(
        sources(desk, date, room),
        room.settings,
        date=date,
        name=desk.name,
        replace=True,
        progress=room.progress,
        engine=room.engine,
        around=room.around,
    )


def send(desk: Desk, date: str, recipient: str, room: Room) -> bool:
    """Send a desk's brief to one recipient; return whether there was anything new in it. Raises what `sending.send` raises."""
    return sending.send(key_of(date, desk.name), [address(recipient)], room.settings)


def everything(desk: Desk, date: str, room: Room) -> Written:
    """Do all of it here and now but the sending: for `desks run`. A feed that fails costs a warning; of another day none is fetched."""
    mine = room.of(desk)
    if date == room.desks.now().date().isoformat():
        for feed in feeds(desk):
            try:
                why = fetch(feed, mine)
            except SourceError as error:
                why = str(error)
            if why:
                room.progress.warn(f"{feed}: {why}")
    return brief(desk, date, mine)
