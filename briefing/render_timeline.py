"""How stories went, as Markdown with footnotes, and as a plot of every value that moved.

As in a brief, nothing of the record becomes Markdown or HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing import arrange
from briefing.page import Edition, Markdown, Note, day, editions, marks, page, said
from briefing.plot import svg
from briefing.records import Entry, Point, Thread, Timeline
from briefing.types import Citation

TEMPLATE = "templates/timeline.md.j2"


@dataclass(frozen=True, slots=True)
class _Line:
    """An entry, or a value, with its footnote marks."""

    text: Markdown
    marks: Markdown
    tag: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Thread:
    """A story: when it was told, what was new on each day, and its values by date."""

    id: str
    headline: str
    first: str
    last: str
    count: int
    span: str
    days: list[tuple[str, list[_Line]]]
    dates: list[str]
    series: list[tuple[str, list[_Line]]]


def render_timeline(timeline: Timeline, template: Path | None = None) -> str:
    """Return the Markdown view of a timeline, by a template of one's own if it is named. The same record gives the same text."""
    return page(template or TEMPLATE, _view(timeline), timeline)


def render_plots(timeline: Timeline) -> str:
    """Return one SVG of everything that moved; "" where nothing did."""
    series = [one for thread in timeline.threads for one in thread.series]
    return svg(series) if series else ""


def _view(timeline: Timeline) -> dict[str, object]:
    cited = list(_cited(timeline))
    labels = editions(cited)
    first = {(c.article, c.sentence, c.quote): c for _, c in cited}
    return {
        "opened": int(bool(timeline.topic or timeline.story)),
        "threads": [_thread(thread, labels) for thread in timeline.threads],
        "warnings": list(timeline.warnings),
        "notes": [Note(Markdown(label), first[key].article, first[key].sentence, "", first[key].quote) for key, label in labels.items()],
    }


def _cited(timeline: Timeline) -> Iterator[tuple[str, Citation]]:
    for thread in timeline.threads:
        yield from ((entry.date, citation) for entry in thread.entries for citation in entry.claim.citations)
        yield from ((point.date, citation) for series in thread.series for point in series.points for citation in point.citations)


def _thread(thread: Thread, labels: dict[Edition, str]) -> _Thread:
    dates = list(dict.fromkeys(point.date for series in thread.series for point in series.points))
    dates.sort()
    first, last, count = day(thread.dates[0]), day(thread.dates[-1]), len(thread.dates)
    return _Thread(
        id=thread.id,
        headline=thread.headline,
        first=first,
        last=last,
        count=count,
        span=arrange.told_over(thread),
        days=[(day(date), [_entry(entry, labels) for entry in entries]) for date, entries in arrange.by_day(thread.entries)],
        dates=dates,
        series=[(series.what, _cells(series.points, dates, labels)) for series in thread.series],
    )


def _entry(entry: Entry, labels: dict[Edition, str]) -> _Line:
    return _Line(said(entry.claim.text), marks(entry.claim.citations, labels), _tag(entry), entry.detail)


def _tag(entry: Entry) -> str:
    step = arrange.step(entry)
    if not entry.claim.conflicts or entry.state == "disputed":
        return step
    return f"{step}, contested" if step else "Contested"


def _cells(points: Sequence[Point], dates: Sequence[str], labels: dict[Edition, str]) -> list[_Line]:
    known = {point.date: _Line(said(point.shown), marks(point.citations, labels)) for point in points}
    nothing = _Line(Markdown(""), Markdown(""))
    return [known.get(date, nothing) for date in dates]
