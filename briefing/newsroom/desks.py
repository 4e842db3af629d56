"""What a desk is: what it reads, what of it belongs to it, when its brief is due, and to whom it goes. Fetches and makes nothing.

Nothing secret is in it: addresses that may hold a password are named as $NAME, and read from the environment when they are needed.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from briefing.config import Folder, secret
from briefing.errors import UsageError
from briefing.page import own
from briefing.text.terms import content, terms
from briefing.types import Article, Role

TELLING = re.compile(r"pass|pwd|secret|token|credential|auth|signature|apikey|(^|[^a-z])(key|sig|pat)([^a-z]|$)", re.IGNORECASE)
"""What a key is called whose value is secret."""

ENVIRONMENT = "what is secret comes from the environment: write $NAME, and set NAME there"
_VARIABLE = re.compile(r"\$[A-Za-z_][A-Za-z0-9_]*")
_NAME = re.compile(r"(?!(json|md)\Z)[a-z0-9][a-z0-9_-]{0,39}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _named(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError("should be small letters, digits, - and _, 40 of them at most: its briefs are called DATE.NAME")
    return value


def _feed(value: str) -> str:
    """Return the address of a feed, the path of an OPML file, or the $NAME of an address."""
    if value.startswith("$"):
        return _variable(value)
    if "://" not in value:
        return value
    try:
        parts = urlsplit(value)
    except ValueError:
        raise ValueError("is no address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is no address of the web")
    if "@" in parts.netloc or any(TELLING.search(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise ValueError(f"holds a password or a token; {ENVIRONMENT}")
    return value


def _variable(value: str) -> str:
    if not _VARIABLE.fullmatch(value):
        raise ValueError(f"an address to send to may hold a password; {ENVIRONMENT}")
    return value


def _topic(value: str) -> str:
    if not _words(value):
        raise ValueError(f"{value!r} has no word that could be looked for")
    return value


def _time(value: object) -> object:
    if isinstance(value, datetime.time):  # TOML has times of its own
        return value.strftime("%H:%M")
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError('should be a time of day, as "06:30"')
    return value


def _zone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise ValueError('should be a time zone, as "Europe/Vienna"') from None
    return value


def _template(value: Path) -> Path:
    try:
        own(value)
    except UsageError as error:
        raise ValueError(str(error)) from None
    return value


Feed = Annotated[str, AfterValidator(_feed)]
Recipient = Annotated[str, AfterValidator(_variable)]
Topic = Annotated[str, AfterValidator(_topic)]


class Desk(BaseModel):
    """One desk. `name` is the name of its briefs; `at` is when they are due ("": when somebody says so), in the zone of the file.

    It reads `feeds` (addresses, OPML files, or $NAME of an address) and `folders`. With `topics`, only articles whose title or text has
    one of them. `recipients` are $NAMEs of addresses as apprise writes them. What a `private` desk reads is no other desk's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, AfterValidator(_named)]
    feeds: tuple[Feed, ...] = ()
    folders: tuple[Folder, ...] = ()
    topics: tuple[Topic, ...] = ()
    template: Annotated[Folder, AfterValidator(_template)] | None = None
    recipients: tuple[Recipient, ...] = ()
    at: Annotated[str, BeforeValidator(_time)] = ""
    private: bool = False

    @model_validator(mode="after")
    def _reads(self) -> Desk:
        if not (self.feeds or self.folders):
            raise ValueError("reads nothing: it needs `feeds` or `folders`")
        return self

    def wants(self, article: Article) -> bool:
        """Return whether an article belongs to the desk: its title or a sentence has all words of a topic; without topics, any does."""
        if not self.topics:
            return True
        wanted = [_words(topic) for topic in self.topics]
        texts = (article.title, *(article.quote(sentence.number) for sentence in article.sentences if sentence.role is Role.BODY))
        return any(one <= held for held in map(terms, texts) for one in wanted)

    def inside(self, date: str) -> list[Path]:
        """Return its folders of a day: of a folder that has folders of days, that of this day, if it is there; else the folder itself."""
        found = []
        for folder in self.folders:
            days = {one.name for one in folder.iterdir() if _DAY.fullmatch(one.name) and one.is_dir()} if folder.is_dir() else set()
            found += [folder / date] if date in days else [] if days else [folder]
        return found


def _several(value: tuple[Desk, ...]) -> tuple[Desk, ...]:
    """Return desks that can be told apart by their names, and are any."""
    if not value:
        raise ValueError("there is none")
    names = [desk.name for desk in value]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two have one name: {', '.join(twice)}")
    return value


class Desks(BaseModel):
    """All desks of a file, and the time zone of their days and times."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    desk: Annotated[tuple[Desk, ...], AfterValidator(_several)]

    def named(self, name: str) -> Desk:
        """Return the desk of that name. Raises UsageError where there is none."""
        for desk in self.desk:
            if desk.name == name:
                return desk
        raise UsageError(f"no desk is called {name!r}", f"the desks are {', '.join(desk.name for desk in self.desk)}")

    def now(self) -> datetime.datetime:
        """Return the time that it is, in the zone of the desks."""
        return datetime.datetime.now(zoneinfo.ZoneInfo(self.zone))

    def due(self, now: datetime.datetime) -> list[Desk]:
        """Return the desks whose time of day is over at this moment of the zone's day."""
        return [desk for desk in self.desk if desk.at and desk.at <= now.strftime("%H:%M")]


def address(name: str) -> str:
    """Return the address that a $NAME stands for; anything else as it is. Raises UsageError where the environment has none."""
    if not name.startswith("$"):
        return name
    found = secret(name[1:])
    if not found:
        raise UsageError(f"{name} is not set in this environment", "set it where the worker runs; nothing secret belongs into desks.toml")
    return found


def _words(topic: str) -> frozenset[str]:
    """Return the words of a topic as the index has them; of one that only has a name or a number, that."""
    return content(topic) or terms(topic)
