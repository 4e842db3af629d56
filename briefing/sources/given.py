"""Articles that a program gives as text: what it knows of them itself counts for more than what their text says. No file is touched.

An article ─ read ─► Outcome, as a file's: its `path` is empty, and its SHA-256 is that of its text in UTF-8.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefing import day
from briefing.errors import UsageError
from briefing.sources import names
from briefing.text.articles import article
from briefing.text.sentences import WHITE
from briefing.text.words import flat
from briefing.types import Outcome, Role

GIVEN = "given "
"""Stands before the ID where such articles are kept among those of files: no file's ID has a space."""

_ID = 16  # hex digits of the text's SHA-256 that name an article which brings no ID


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as text. Every citation of it is a place `text[start:end]`, in characters.

    `id` names it in footnotes and records: letters, digits and any of `-._/+~,=@`; one that is given none is named by its content. `title`,
    `outlet`, `date` (ISO, of publication) and `url` are read from the text where they are not given. With `markdown`, the marks of
    Markdown in the text are read as such. Raises UsageError for an ID or a date that is none.
    """

    text: str
    id: str = ""
    title: str = ""
    outlet: str = ""
    date: str = ""
    url: str = ""
    markdown: bool = False

    def __post_init__(self) -> None:
        clean: dict[str, str] = {name: " ".join(_clean(getattr(self, name)).split()) for name in ("title", "outlet", "url")}
        clean["text"] = _clean(self.text)
        clean["id"] = self.id or hashlib.sha256(clean["text"].encode()).hexdigest()[:_ID]
        for name, value in clean.items():
            object.__setattr__(self, name, value)
        if self.id != names.safe(self.id):
            raise UsageError(f"{self.id!r} cannot name an article", f"as in {names.safe(self.id)!r}: letters, digits, and any of -._/+~,=@")
        if self.date:
            day.checked(self.date, "the date of an article", day.PRINTED)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def unique(articles: Sequence[Article], taken: Iterable[str] = ()) -> list[Article]:
    """Return the articles. Raises UsageError where two have one ID, in any case, or one has an ID that is taken."""
    known = Counter((*(one.id.casefold() for one in articles), *(name.casefold() for name in taken)))
    twice = next((one.id for one in articles if known[one.id.casefold()] > 1), None)
    if twice is not None:
        raise UsageError(f"two articles have the ID {twice!r}", "give each its own, or none")
    return list(articles)


def read(articles: Sequence[Article], before: Iterable[Outcome] = ()) -> Iterator[Outcome]:
    """Yield exactly one Outcome for each article: `used` with its sentences, or `skipped` (empty, a duplicate, no text) with a reason.

    The text of a file that was read `before` is a duplicate, too.
    """
    seen = {flat(one.article.text): one.id for one in before if one.article is not None} if articles else {}
    for given in articles:
        same = flat(given.text)
        outcome = _skipped(given, f"same text as {seen[same]}") if same in seen else read_one(given)
        if outcome.article is not None:
            seen[same] = given.id
        yield outcome


def read_one(given: Article) -> Outcome:
    """Return what becomes of one article."""
    if not given.text.strip(WHITE):
        return _skipped(given, "only white space" if given.text else "empty text")
    told: dict[str, Any] = {"title": given.title, "source": given.outlet, "published": given.date, "url": given.url}
    found = article(given.id, "", given.sha256, given.text, markdown=given.markdown)
    found = found.model_copy(update={name: value for name, value in told.items() if value})
    if not any(sentence.role is Role.BODY for sentence in found.sentences):
        return _skipped(given, "no article text found")
    return Outcome(id=given.id, path="", sha256=given.sha256, status="used", article=found)


def _skipped(given: Article, reason: str) -> Outcome:
    return Outcome(id=given.id, path="", sha256=given.sha256, status="skipped", reason=reason)


def _clean(text: str) -> str:
    """Return a text that can be encoded, as long as before: a lone surrogate becomes "?"."""
    return text.encode("utf-8", "replace").decode()
