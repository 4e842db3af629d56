"""`briefing status`: what the workers of a newsroom are doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.cli.options import AsJson, settings_of
from briefing.cli.printing import put, put_json

if TYPE_CHECKING:
    from briefing.newsroom.status import Status


def status(as_json: AsJson = False) -> None:
    """Show what the workers of a newsroom are doing.

    The queue, briefs, workers and failures, how fast it goes and how long it will take.
    """
    from briefing.newsroom.room import shown

    found = shown(settings_of())
    if as_json:
        put_json(found)
        return
    for line in _lines(found):
        put(line)


def _lines(found: Status) -> list[str]:
    waiting = (
        ", ".join(f"{one.waiting} {one.kind}" + (f" ({one.working} in hand)" if one.working else "") for one in found.queue) or "nothing"
    )
    lines = [f"queue: {waiting}"]
    if found.other:
        lines.append(f"queue: {found.other} jobs wait for workers of another version")
    lines.append(f"left: {found.left}" if found.left else "left: not known yet" if found.queue else "left: nothing")
    rates = found.rates
    lines.append(f"a minute: {rates.articles:.1f} articles read, {rates.calls:.1f} requests answered, {rates.briefs:.2f} briefs")
    lines += [f"worker {one.host}:{one.process} ({one.version}), seen {one.seen:.0f} s ago: {one.job or 'idle'}" for one in found.workers]
    lines += ["" if found.workers else "no worker"] * (not found.workers)
    for run in found.runs:
        parts = f" {run.over} of {run.parts}" if run.parts and run.stage not in ("done", "failed") else ""
        lines.append(f"{run.date} {run.desk}: {run.stage}{parts}, {run.articles} files" + (f": {run.error}" if run.error else ""))
    lines += [f"{one.state}: {one.kind} of {one.desk} {one.date} {one.part}: {one.error}" for one in found.failures]
    return lines
