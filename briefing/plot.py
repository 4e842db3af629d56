"""A small plot of values over dates, as SVG that needs nothing else: a line, its values, and words for those who do not see it.

Promises that every text in it is escaped, and that the same series give the same plot.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from briefing.page import day, line
from briefing.records import Series

_WIDTH, _HEIGHT = 640, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 40, 46, 44
_INSET = 24  # from the axis to the first date, and from the last date to the end
_TITLE = 86  # characters of a plot's title


def svg(series: Sequence[Series]) -> str:
    """Return one SVG with a plot for each series, one below the other."""
    plots = "\n".join(_plot(one, n) for n, one in enumerate(series))
    height = _HEIGHT * len(series)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" '
        f'fill="currentColor" font-family="sans-serif" font-size="12">\n{plots}\n</svg>\n'
    )


def _plot(series: Series, number: int) -> str:
    days = [date.fromisoformat(point.date).toordinal() for point in series.points]
    values = [point.value for point in series.points]
    low, high = min(values), max(values)
    margin = (high - low) * 0.1 or 1.0
    low, high = low - margin, high + margin

    def across(at: int) -> float:
        span = max(days) - min(days)
        return _LEFT + _INSET + (_WIDTH - _LEFT - _RIGHT - 2 * _INSET) * ((at - min(days)) / span if span else 0.5)

    def up(value: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * (value - low) / (high - low)

    places = [(across(at), up(value)) for at, value in zip(days, values, strict=True)]
    title = _text(series.what if len(series.what) <= _TITLE else f"{series.what[: _TITLE - 1]}…")
    told = "; ".join(f"{day(point.date)}: {point.shown}" for point in series.points)
    base = _HEIGHT - _BOTTOM
    parts = [
        f'<g transform="translate(0,{_HEIGHT * number})" role="img">',
        f"<title>{_text(series.what)}</title><desc>{_text(told)}</desc>",
        f'<text x="{_LEFT}" y="18" font-weight="bold">{title}</text>',
        f'<text x="14" y="{(_TOP + base) / 2:.0f}" transform="rotate(-90 14 {(_TOP + base) / 2:.0f})" text-anchor="middle">'
        f"{_text(series.unit or 'number')}</text>",
        f'<path d="M{_LEFT} {_TOP - 10}V{base}H{_WIDTH - _RIGHT}" fill="none" stroke="#888888"/>',
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2:.0f}" y="{_HEIGHT - 8}" text-anchor="middle">date of the brief</text>',
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}" fill="none" stroke="#3d85c6" stroke-width="2"/>',
    ]
    for (x, y), point in zip(places, series.points, strict=True):
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#3d85c6"/>',
            f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{_text(f"{point.value:,.10g}")}</text>',
            f'<text x="{x:.1f}" y="{base + 16}" text-anchor="middle">{_text(point.date)}</text>',
        ]
    return "\n".join([*parts, "</g>"])


def _text(text: str) -> str:
    """Return a text as it may stand in SVG: escaped, without control characters or marks that turn its direction."""
    return escape(line(text))
