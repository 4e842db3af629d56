"""Where a brief is kept: DATE or DATE.NAME in a folder. Promises that no brief of other articles is replaced there unasked.

Making a Target proves, before anything is spent, that its files can be written, and by what template, and finishes what a killed run left
there.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from briefing import output
from briefing.brief import ArticleRecord, Brief
from briefing.day import DAYS
from briefing.errors import StorageError, UsageError
from briefing.identity import Articles, Text, same
from briefing.output import Written
from briefing.page import own
from briefing.reading import why
from briefing.render import render
from briefing.types import Outcome
from briefing.verify import load

_LOG = logging.getLogger(__name__)
_KEY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.((?!(?i:json|md|html)\Z)[^\W_][\w-]{0,39}))?")
_SAME = 0.5  # share of a brief's articles that are among the new ones, from which the new brief is made of the same sources
_OUT = "choose another folder with --out"
_ASK = "keep both with --name NAME or --out DIR, or give it up with --replace"


def key_of(date: str, name: str = "") -> str:
    """Return what the files of a brief are called. Raises UsageError for a day out of DAYS and a name that is none for a file."""
    if not DAYS[0] <= date <= DAYS[1]:
        raise UsageError(f"{date!r} is no day for a brief", f"from {DAYS[0]} to {DAYS[1]}")
    key = f"{date}.{name}" if name else date
    if not _KEY.fullmatch(key):
        raise UsageError(f"--name: {name!r} is no name", "letters, digits, - and _, 40 of them at most, as in --name sports")
    return key


def parted(key: str) -> tuple[str, str] | None:
    """Return the date and the name that a key consists of, the name "" where it has none; None for what is no key."""
    found = _KEY.fullmatch(key)
    return (found[1], found[2] or "") if found else None


class Target:
    """The files of a brief of `outcomes`: record, view, and perhaps a page.

    `text` gives what the articles of another brief said; `replace` allows any to be replaced. The Markdown is made by a
    `template` of one's own if it is named. Raises UsageError where the brief of other articles stands, or what is no brief, and for a
    template that is none, StorageError where nothing can be written.
    """

    def __init__(
        self, folder: Path, key: str, outcomes: Iterable[Outcome], text: Text, *, replace: bool = False, template: Path | None = None
    ) -> None:
        self._template = template
        if template is not None:
            own(template)
        self._record, self._view, self.page = (folder / f"{key}{end}" for end in (".json", ".md", ".html"))
        self._articles = {outcome.id: outcome.article for outcome in outcomes if outcome.article is not None}
        self._text, self._replace = text, replace
        output.writable(folder, _OUT)
        output.settle(self._record)
        for path in (self._record, self._view):
            if path.exists() and not path.is_file():
                raise StorageError(f"{path}: cannot be written: it is not a file", _OUT)
        self._checked = self._state()
        self._check()

    def write(self, brief: Brief, text: str, page: Callable[[], str] = str) -> Written:
        """Write the files, together or not at all; the page unless it is "". One that cannot be made or written costs the others nothing.

        What another run put there in the meantime is looked at first, as at the beginning.
        """
        files = {self._record: text, self._view: render(brief, self._template)}
        unpaged: StorageError | None = None
        try:
            made = page()
        except Exception as error:  # whatever it is: the brief is dearer than its page
            _LOG.info("the page of %s was not made", self._record, exc_info=True)
            made, unpaged = "", self._unpaged(str(error) or type(error).__name__)
        if made:
            try:
                output.write({**files, self.page: made}, _OUT, self._before)
                return Written(brief, self._record, self._view, self.page)
            except StorageError as error:  # if it is not the page's doing, the others tell
                unpaged = self._unpaged(self._why(error))
        output.write(files, _OUT, self._before)
        return Written(brief, self._record, self._view, unpaged=unpaged)

    def _before(self) -> None:
        if self._state() != self._checked:
            self._check()

    def _why(self, error: StorageError) -> str:
        if self.page.exists() and not self.page.is_file():
            return "it is not a file"
        return why(error.__cause__) if isinstance(error.__cause__, OSError) else str(error)

    def _unpaged(self, reason: str) -> StorageError:
        old = ", and a page of another one stands there" if self.page.is_file() else ""
        return StorageError(
            f"{self.page}: the page cannot be written: {reason}; the brief is written{old}",
            f"`briefing page {self._record.stem}` writes the page when that is mended",
        )

    def _check(self) -> None:
        if self._replace or not self._state():
            return
        standing = self._standing()
        used = [record for record in standing.articles if record.status == "used"]
        fresh = [
            ArticleRecord(
                id=a.id,
                path=a.path,
                sha256=a.sha256,
                title=a.title,
                source=a.source,
                url=a.url,
                reader=a.reader,
                part=a.part,
                status="used",
            )
            for a in self._articles.values()
        ]
        here = Articles(standing.model_copy(update={"articles": tuple(fresh), "claims": ()}), lambda record: self._articles[record.id])
        again = len(same(Articles(standing, self._text), here))
        if again < _SAME * len(used):
            told = "none of its" if not again else f"{again} of its"
            raise UsageError(f"{self._record}: a brief of other articles stands there ({told} {len(used)} are among these)", _ASK)

    def _standing(self) -> Brief:
        try:
            found = load(self._record.read_text(encoding="utf-8"), str(self._record))
        except FileNotFoundError as error:
            raise UsageError(f"{self._view}: a file stands there, and no record of a brief beside it", _ASK) from error
        except (OSError, ValueError, UsageError):
            found = ()
        if not isinstance(found, Brief):
            raise UsageError(f"{self._record}: a file stands there that is no brief", _ASK)
        return found

    def _state(self) -> tuple[str, ...]:
        """Return what stands there: a hash of each file's bytes."""
        found = []
        for path in (self._record, self._view):
            try:
                found.append(hashlib.sha256(path.read_bytes()).hexdigest())
            except FileNotFoundError:
                continue
            except OSError:
                found.append("unreadable")
        return tuple(found)
