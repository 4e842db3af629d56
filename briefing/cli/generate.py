"""`briefing generate`: write one brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import FollowLinks, GpuLayers, Insecure, Model, Quiet, Server, Threads, day_of, seconds_of, settings_of
from briefing.cli.printing import put, watched
from briefing.errors import ModelError


def generate(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCES", help="Articles (.txt, .md), or folders of them.")],
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The date of the brief.  [default: today]")] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="Keep it beside others of this date, as DATE.NAME.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the brief is written.  [default: briefs]")] = None,
    budget: Annotated[
        str,
        typer.Option(metavar="TIME", help="How long it may take, as 90s, 20m or 1h: the weightiest matters first.  [default: no limit]"),
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Give every article its own share of the brief, however many there are.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the brief that stands there, whatever it was made of.")] = False,
    follow_links: FollowLinks = False,
    model: Model = None,
    server: Server = None,
    insecure: Insecure = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    quiet: Quiet = False,
) -> None:
    """Write one brief from many articles.

    The brief is DIR/DATE.md; DIR/DATE.json is the record it is made from. Both paths are printed. A brief of other articles that stands
    there is not replaced unasked.
    """
    day = day_of(date)
    seconds = seconds_of(budget)
    from briefing import app as application
    from briefing.pipeline import HINT_UNJUDGED

    settings = settings_of(out=out, model=model, server=server, insecure=insecure, threads=threads, gpu_layers=gpu_layers)
    with watched(quiet) as progress:
        written = application.generate(
            sources,
            settings,
            date=day,
            name=name,
            replace=replace,
            progress=progress,
            budget=seconds,
            every=every,
            follow_links=follow_links,
        )
    put(written.view)
    put(written.record)
    run = written.brief.run
    if run.unjudged:
        raise ModelError(f"the brief is written, and nothing in it was judged: {run.model.name}: {run.problem}", HINT_UNJUDGED)
