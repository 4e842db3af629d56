"""Records as web pages, with the texts of their articles: finds the texts in the database, or in files that did not change since.

Makes data (`briefing.web.data`); `briefing.web.html` makes HTML of it. Nothing is asked of a model, and nothing is written.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from briefing.config import Settings
from briefing.history import Texts, called, named, source
from briefing.opening import open_store
from briefing.records import Answer, Diff, Timeline
from briefing.target import key_of
from briefing.types import ArticleRecord
from briefing.web.answer import answer_page
from briefing.web.brief import brief_page
from briefing.web.data import AnswerPage, BriefPage, DiffPage, TimelinePage
from briefing.web.diff import diff_page
from briefing.web.timeline import timeline_page


def of_brief(brief: str, settings: Settings, *, excerpts: bool = False) -> tuple[BriefPage, Path]:
    """Return the page of a brief (a date or a file), and where it belongs: beside the record. Raises UsageError where there is none."""
    with closing(open_store(settings)) as store:
        one = source(brief, store)
        record = Path(one.path) if one.path else settings.out / f"{one.brief.date}.json"
        return brief_page(one.brief, one.text, excerpts=excerpts), record.with_suffix(".html")


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
