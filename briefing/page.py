"""Markdown pages: the environment of the templates, and the names of footnotes. Promises that no string becomes Markdown or HTML.

Every string that a template prints is escaped, unless it was made here or by a view as `Markdown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb
from types import CodeType

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefing.brief import ArticleRecord
from briefing.errors import UsageError
from briefing.resources import resource
from briefing.text.characters import seen
from briefing.text.escape import escape
from briefing.types import Citation, Frozen

_MONTHS = (  # as `calendar` has them, but in English everywhere
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
VERSION = 1
"""Of what templates get, as docs/templates.md has it. Names may be added to it; those there keep their meaning."""

_PAGES = frozenset((".html", ".htm", ".xhtml", ".svg", ".xml"))
_TEMPLATES = frozenset(("<template>", "<unknown>"))  # what Jinja calls the file of a template that it was given as text
_END = ".j2"
OURS = "it is one of the program's own files: undo what was changed in it, or install the program again"
"""The hint where a template of the program itself cannot be used."""
_LARGEST = 1 << 20  # bytes of a template
_HINT = "docs/templates.md says what a template gets"
_UNSAFE = re.compile(r"[^\w.-]")

CitedSpan = tuple[str, int, int, int]
"""A cited place of an article: the file ID, the number of the sentence, its start and end."""

Edition = tuple[str, int, str]
"""A cited sentence by its file ID, its number and its words, where an article may have been edited."""


class Markdown(str):
    """Text that is Markdown already. What is joined to it is a plain string again, and is escaped."""

    __slots__ = ()


def page(template: str | Path, view: Mapping[str, object], record: Frozen) -> str:
    """Return a template filled with a view of a record: one of ours, by its path among the resources, or the file of a user's own.

    Every template runs in a sandbox, where it reaches neither files nor the program. It gets the names of the view, `record` as JSON has
    it, and `view`, the version of what it gets (docs/templates.md). Raises UsageError, with the line, for one that cannot be filled.
    """
    data = {**view, "record": record.model_dump(mode="json", by_alias=True), "view": VERSION}
    if isinstance(template, Path):
        with told(template, _HINT):
            return own(template).render(data)
    ours = resource(template)
    with told(ours, OURS):
        return _compiled(ours.read_text(encoding="utf-8")).render(data)


def own(path: Path) -> Template:
    """Return a user's own template of Markdown. Raises UsageError for one that cannot be read, or is not as Jinja has it."""
    if path.suffix.lower() in _PAGES or path.with_suffix("").suffix.lower() in _PAGES:
        raise UsageError(f"{path}: a template of HTML, and this view is Markdown: what it prints is escaped as that", _HINT)
    source = template_text(path, _HINT)
    with told(path, _HINT):
        return _compiled(source)


def template_text(path: Path, hint: str) -> str:
    """Return the text of a user's own template. Raises UsageError, with the hint, for one that cannot be read."""
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise UsageError(f"{path}: the template cannot be read: it is not a file", hint)
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise UsageError(f"{path}: too large for a template", hint)
        return data.decode()
    except (OSError, ValueError) as error:
        why = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "not UTF-8"
        raise UsageError(f"{path}: the template cannot be read: {why}", hint) from error


@contextmanager
def told(path: Path, hint: str) -> Iterator[None]:
    """Tell whatever goes wrong inside a template in one line, with its own, and the hint; of those that it extends, which it is."""
    try:
        yield
    except UsageError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        places = [(error.filename or "", error.lineno)] if isinstance(error, TemplateSyntaxError) else []
        places += [(frame.f_code.co_filename, number) for frame, number in walk_tb(error.__traceback__) if _of_template(frame.f_code)]
        if places:
            name, number = places[-1]
            raise UsageError(f"{name if name.endswith(_END) else path}, line {number}: {reason}", hint) from error
        if isinstance(error, TemplateError | OSError | UnicodeError):
            raise UsageError(f"{path}: the template cannot be read: {reason}", hint) from error
        raise  # not of its doing


def _of_template(code: CodeType) -> bool:
    return code.co_filename in _TEMPLATES or code.co_filename.endswith(_END)


@lru_cache(maxsize=16)  # to compile one takes longer than to fill it
def _compiled(text: str) -> Template:
    environment = ImmutableSandboxedEnvironment(  # it is Markdown: `_finalize` does the escaping
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(text)


def _finalize(value: object) -> object:
    match value:
        case Markdown() | Undefined() | int() | float():
            return value
        case str():
            return Markdown(escape(value))
    raise TypeError(f"a template prints strings and numbers, not {type(value).__name__}")


def said(text: str) -> Markdown:
    """Return a text that footnote marks follow at once."""
    shown = escape(text)
    return Markdown(f"{shown[:-1]}\\!" if shown.endswith("!") else shown)  # or with the mark it would begin an image


def day(iso: str) -> str:
    """Return an ISO date as it is read: "21 November 2026", "May 2025"; anything else as it is."""
    if re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", iso):
        return f"{_MONTHS[int(iso[5:]) - 1]} {iso[:4]}"
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 file", "2 stories"."""
    return f"{number:,} {noun if number == 1 else 'stories' if noun == 'story' else f'{noun}s'}"


def line(text: str) -> str:
    """Return a text on one line, without what steers a reader's eye or a terminal. It is not escaped."""
    return "".join(c for c in " ".join(seen(text).split()) if c.isprintable())


# Footnotes


def span(citation: Citation) -> CitedSpan:
    """Return the place of a citation."""
    return citation.article, citation.sentence, citation.start, citation.end


@dataclass(frozen=True, slots=True)
class Note:
    """One footnote: a sentence of an article, and what is known of the article."""

    label: Markdown
    article: str
    sentence: int
    about: str
    quote: str


def notes(articles: Iterable[ArticleRecord], labels: Mapping[CitedSpan, str], citations: Iterable[Citation]) -> Iterator[Note]:
    """Yield a footnote for each cited place, with the outlet of its article and its date."""
    about = {article.id: ", ".join(filter(None, (article.source, article.published))) for article in articles}
    for citation in once(citations):
        yield Note(Markdown(labels[span(citation)]), citation.article, citation.sentence, about[citation.article], citation.quote)


def referred(citations: Iterable[Citation], labels: Mapping[CitedSpan, str]) -> Markdown:
    """Return the footnote marks of some citations, each place once."""
    return Markdown("".join(f"[^{labels[span(citation)]}]" for citation in once(citations)))


def once(citations: Iterable[Citation]) -> list[Citation]:
    """Return the citations, each place once, in order."""
    return list({span(citation): citation for citation in citations}.values())


def footnotes(articles: Iterable[str], citations: Iterable[Citation]) -> dict[CitedSpan, str]:
    """Name each cited place ID-sN, in characters that every renderer takes; no two alike in any case."""
    taken: set[str] = set()
    names = {name: free(_UNSAFE.sub("_", name) or "_", taken) for name in articles}
    return {span(citation): free(f"{names[citation.article]}-s{citation.sentence}", taken) for citation in once(citations)}


def editions(cited: Iterable[tuple[str, Citation]]) -> dict[Edition, str]:
    """Name each cited sentence ID-sN as `footnotes` does, with the edition it is from in front where two editions differ in that sentence.

    `cited` are citations with the edition they belong to ("old" and "new", or dates).
    """
    first: dict[Edition, str] = {}
    quotes: dict[tuple[str, int], set[str]] = {}
    for edition, citation in cited:
        first.setdefault((citation.article, citation.sentence, citation.quote), edition)
        quotes.setdefault(citation.place, set()).add(citation.quote)
    taken: set[str] = set()
    names = {name: free(_UNSAFE.sub("_", name) or "_", taken) for name in dict.fromkeys(name for name, _, _ in first)}
    found: dict[Edition, str] = {}
    for (article, number, quote), edition in first.items():
        prefix = f"{edition}-" if len(quotes[article, number]) > 1 else ""
        found[article, number, quote] = free(f"{prefix}{names[article]}-s{number}", taken)
    return found


def marks(citations: Iterable[Citation], labels: Mapping[Edition, str]) -> Markdown:
    """Return the footnote marks of some citations, each once."""
    named = dict.fromkeys(labels[citation.article, citation.sentence, citation.quote] for citation in citations)
    return Markdown("".join(f"[^{label}]" for label in named))


def free(name: str, taken: set[str]) -> str:
    """Return the name, or with a number where it is taken; and take it."""
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found.casefold())
    return found
