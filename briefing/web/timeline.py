"""The page of a timeline as data: what was new or other on each day, and the values that moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing import arrange
from briefing.brief import ArticleRecord
from briefing.page import day
from briefing.plot import svg
from briefing.records import Entry, Thread, Timeline
from briefing.text.escape import visible
from briefing.types import Citation
from briefing.web.claims import Claims
from briefing.web.data import Day, ShownEntry, ShownSeries, ShownThread, ShownValue, TimelinePage
from briefing.web.shelf import Shelf, Text

Records = Callable[[str, str], ArticleRecord]
"""Gives the record of an article, by the date of a brief and the file ID."""


def timeline_page(timeline: Timeline, records: Records, text: Text, *, excerpts: bool = False) -> TimelinePage:
    """Return the page of some stories, with the articles that they cite."""
    shelf = Shelf(text, whole=not excerpts)
    shown = _Days(timeline, records, shelf)
    headline = timeline.threads[0].headline if len(timeline.threads) == 1 else timeline.topic
    return TimelinePage(
        schema="briefing-page/1",
        title=visible(headline or "Stories"),
        warnings=tuple(map(visible, timeline.warnings)),
        threads=tuple(shown.thread(thread) for thread in timeline.threads),
        excerpts=excerpts,
        articles=shelf.articles(),
    )


class _Days:
    """Shows claims of several days: each cites the articles of its own brief."""

    def __init__(self, timeline: Timeline, records: Records, shelf: Shelf) -> None:
        cited: dict[str, set[str]] = {}
        for date, citation in _cited(timeline):
            cited.setdefault(date, set()).add(citation.article)
        self._claims = {
            date: Claims(shelf, [records(date, name) for name in sorted(names)], day(date), f"d{n}c")
            for n, (date, names) in enumerate(sorted(cited.items()), start=1)
        }

    def thread(self, thread: Thread) -> ShownThread:
        """Return a story."""
        return ShownThread(
            id=visible(thread.id),
            headline=visible(thread.headline),
            span=arrange.told_over(thread),
            series=tuple(
                ShownSeries(
                    what=visible(series.what),
                    plot=svg([series]),
                    points=tuple(
                        ShownValue(
                            day=day(point.date),
                            shown=visible(point.shown),
                            cites=tuple(self._claims[point.date].near(citation) for citation in point.citations),
                        )
                        for point in series.points
                    ),
                )
                for series in thread.series
            ),
            days=tuple(Day(day=day(date), entries=tuple(map(self._entry, entries))) for date, entries in arrange.by_day(thread.entries)),
        )

    def _entry(self, entry: Entry) -> ShownEntry:
        return ShownEntry(tag=arrange.step(entry), detail=visible(entry.detail), claim=self._claims[entry.date].show(entry.claim))


def _cited(timeline: Timeline) -> Iterator[tuple[str, Citation]]:
    for thread in timeline.threads:
        yield from ((entry.date, citation) for entry in thread.entries for citation in entry.claim.citations)
        yield from ((point.date, citation) for series in thread.series for point in series.points for citation in point.citations)
