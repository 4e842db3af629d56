"""Records as web pages, with the texts of their articles: finds the texts in the database, or in files that did not change since.

Makes data (`briefing.web.data`), of which `briefing.web.html` makes HTML. Nothing is asked of a model, and nothing is written.

A page that stands beside a brief stays one of it: who writes the brief again writes it again, whole or in excerpts as it was.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from briefing import __version__
from briefing.brief import ArticleRecord, Brief
from briefing.config import Settings
from briefing.history import Texts, called, named, source
from briefing.opening import open_store
from briefing.progress import Progress
from briefing.reading import text_of
from briefing.records import Answer, Diff, Timeline
from briefing.target import key_of
from briefing.types import Finding
from briefing.web.answer import answer_page
from briefing.web.brief import brief_page
from briefing.web.data import AnswerPage, BriefPage, DiffPage, TimelinePage
from briefing.web.diff import diff_page
from briefing.web.html import html
from briefing.web.shelf import Text
from briefing.web.timeline import timeline_page

_OURS = '<body class="brief"'
_EXCERPTS = "<li>Of the articles only the cited sentences are on this page"  # as templates/brief.html.j2 says it; no article's "<" is one


def of_brief(brief: str, settings: Settings, *, excerpts: bool = False) -> tuple[BriefPage, Path]:
    """Return the page of a brief (a date or a file), and where it belongs: beside the record. Raises UsageError where there is none."""
    with closing(open_store(settings)) as store:
        one = source(brief, store)
        record = Path(one.path) if one.path else settings.out / f"{one.brief.date}.json"
        return brief_page(one.brief, one.text, excerpts=excerpts), record.with_suffix(".html")


def beside(brief: Brief, text: Text, place: Path, *, asked: bool, progress: Progress) -> str:
    """Return the page that is written with a brief, "" for none: where it is asked for, and where one stands already, as that one is.

    One in excerpts stays so. A file there that is no page of a brief is replaced only where a page is asked for, else left with a warning.
    """
    if not place.exists():
        return html(brief_page(brief, text)) if asked else ""
    try:
        standing = text_of(place) if place.is_file() else ""
    except (OSError, ValueError):
        standing = ""
    if _OURS not in standing and not asked:
        progress.warn(f"{place}: not a page of `briefing page`, and left as it is; it does not tell the new brief")
        return ""
    return html(brief_page(brief, text, excerpts=_EXCERPTS in standing))


def check(brief: Brief, text: Text, page: str, template: Path | None = None) -> list[Finding]:
    """Compare the page of a brief with what the record and its articles give today, whole or in excerpts, by a template of one's own."""
    plain = page.replace("\r\n", "\n")
    if any(plain == html(brief_page(brief, text, excerpts=excerpts), template).replace("\r\n", "\n") for excerpts in (False, True)):
        return []
    detail = "the page differs from the record and its articles, or is by another template"
    if brief.run.version != __version__:
        detail += f" (or only from how version {__version__} writes it; the brief was made by {brief.run.version})"
    return [Finding(claim="", check="page", detail=detail)]


def of_diff(diff: Diff, settings: Settings, *, excerpts: bool = False) -> DiffPage:
    """Return the page of what changed."""
    with closing(open_store(settings)) as store:
        return diff_page(diff, Texts(store), excerpts=excerpts)


def of_answer(answer: Answer, settings: Settings, *, excerpts: bool = False) -> AnswerPage:
    """Return the page of an answer."""
    with closing(open_store(settings)) as store:
        return answer_page(answer, Texts(store), excerpts=excerpts)


def of_timeline(timeline: Timeline, settings: Settings, *, name: str = "", excerpts: bool = False) -> TimelinePage:
    """Return the page of some stories over the stored briefs, or those of a name alone."""
    with closing(open_store(settings)) as store:
        told = [one for one in store.briefs() if not name or called(one) == key_of(one.date, name)]
        known = {(one.date, record.id): record for one in told for record in named(one).articles}

        def record_of(date: str, name: str) -> ArticleRecord:
            return known.get((date, name)) or ArticleRecord(id=name, path="", status="used")

        return timeline_page(timeline, record_of, Texts(store), excerpts=excerpts)
