"""The folder of fetched articles: what is there, and what is written.

An article is DIR/DATE/OUTLET-slug.md, the page it came from is gzipped in DIR/DATE/.pages. The .md is what is cited; it is written once and
never changed. A page that changed is a second edition, beside the first or in the folder of its day. Nothing else keeps what was fetched:
what is deleted here is fetched again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from briefing import output
from briefing.errors import StorageError
from briefing.fetching.addresses import same
from briefing.sources.bounded import LIMIT, contents
from briefing.text import markup, metadata

PAGES = ".pages"
_DAYS = 60  # folders that are looked through for earlier editions
_OUTLET, _TITLE = 30, 60  # characters of a file's name
_NUMBER = r"\.\d+$"
_HINT = "choose another folder with --out"
_MARK = re.compile(r"^(?=[#>|<\[=~`*+-]|\d{1,3}[.)]\s)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition that was fetched: its file, its number, the SHA-256 of its page, and that of its text."""

    path: Path
    edition: int
    sha256: str
    text: str


class Shelf:
    """The articles under a folder, by address. Raises StorageError for a folder that cannot be read or written."""

    def __init__(self, folder: Path, date: str) -> None:
        self.folder = folder / date
        self._last: dict[str, Kept] = {}
        self._taken: set[str] = set()
        home = os.path.realpath(folder)
        try:
            days = sorted(day for day in folder.iterdir() if _DATE.fullmatch(day.name) and day.is_dir()) if folder.is_dir() else []
            for day in days[-_DAYS:]:
                for path in sorted(day.glob("*.md")):
                    if not path.is_symlink() or (path.exists() and Path(os.path.realpath(path)).is_relative_to(home)):
                        self._add(path)
            self._taken = {path.stem.casefold() for path in self.folder.glob("*.md")}
        except OSError as error:
            raise StorageError(f"{folder}: cannot be read: {(error.strerror or str(error)).lower()}", _HINT) from error

    def last(self, url: str) -> Kept | None:
        """Return the last edition of an address, None where none was fetched."""
        return self._last.get(same(url))

    def unchanged(self, url: str, page: bytes, text: str) -> bool:
        """Return whether an address gives what it gave before: the same bytes, or the same text in a page that is another around it."""
        before = self.last(url)
        return before is not None and (before.sha256 == hashlib.sha256(page).hexdigest() or before.text == _hash(told(text)))

    def write(self, url: str, outlet: str, fields: Mapping[str, str], text: str, page: bytes, suffix: str) -> Path:
        """Write an article and its page; return the path of the article. Its edition is one more than that of the last."""
        before = self.last(url)
        edition = before.edition + 1 if before else 1
        front = {**fields, "sha256": hashlib.sha256(page).hexdigest(), **({"edition": str(edition)} if edition > 1 else {})}
        lines = [f"{name}: {_value(value)}" for name, value in front.items() if value]
        name = before.path.stem if before else f"{_slug(outlet, _OUTLET)}-{_slug(fields.get('title') or urlsplit(url).path, _TITLE)}"
        path = self.folder / f"{self._name(name, edition)}.md"
        try:
            (self.folder / PAGES).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{self.folder}: cannot be made: {(error.strerror or str(error)).lower()}", _HINT) from error
        article = "---\n" + "\n".join(lines) + f"\n---\n\n{told(text)}\n"
        output.write({raw(path, suffix): gzip.compress(page, mtime=0)}, _HINT)
        output.write({path: article}, _HINT)  # last: what is there has its page
        self._last[same(url)] = Kept(path, edition, front["sha256"], _hash(told(text)))
        return path

    def _name(self, wanted: str, edition: int) -> str:
        """Return a name that no other file of the folder has, upper and lower case aside."""
        name, number = wanted, max(2, edition)
        while name.casefold() in self._taken:
            name = f"{re.sub(_NUMBER, '', wanted)}.{number}"
            number += 1
        self._taken.add(name.casefold())
        return name

    def _add(self, path: Path) -> None:
        """Remember one edition; a file that is not one of ours is none, nor what is no file or longer than any article."""
        data = contents(path)
        if data is None or len(data) > LIMIT:
            return
        text = data.decode("utf-8", "replace")
        marks = markup.plain(text)
        url, edition = marks.front.get("url", ""), metadata.edition(marks.front)
        if not url or "fetched" not in marks.front:
            return
        if same(url) not in self._last or self._last[same(url)].edition <= edition:
            self._last[same(url)] = Kept(path, edition, marks.front.get("sha256", ""), _hash(body(text)))


def body(text: str) -> str:
    """Return the text of an article's file behind its front matter."""
    return text.split("\n---\n", 1)[-1].strip() if text.startswith("---\n") else text.strip()


def told(text: str) -> str:
    """Return an extracted text as the file has it: what would be a mark of Markdown is escaped."""
    return "\n\n".join(_MARK.sub(r"\\", paragraph) for paragraph in text.split("\n\n"))


def raw(path: Path, suffix: str = "") -> Path:
    """Return where the page of an article is kept; without a suffix, the one that is there."""
    folder = path.parent / PAGES
    if suffix:
        return folder / f"{path.stem}{suffix}.gz"
    return next(
        (one for one in (folder / f"{path.stem}{end}.gz" for end in (".html", ".pdf")) if one.is_file()), folder / f"{path.stem}.html.gz"
    )


def _value(value: str) -> str:
    """Return a value of front matter, quoted where YAML would read it otherwise."""
    return value if re.fullmatch(r"[\w./+][\w ./+:%?&=~,()-]*", value) and ": " not in value else json.dumps(value, ensure_ascii=False)


def _slug(text: str, most: int) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    cut = words[:most].rsplit("-", 1)[0] if len(words) > most and "-" in words[:most] else words[:most]
    return cut.strip("-") or hashlib.sha256(text.encode()).hexdigest()[:8]


def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
