"""`briefing generate`: write one brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import GpuLayers, Model, Quiet, Server, Threads, day_of, seconds_of, settings_of
from briefing.cli.printing import put, watched


def generate(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCES", help="Articles (text, pages, PDF, mail, …), or folders of them.")],
    date: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="The date of the brief; today and yesterday are dates, too.  [default: today]")
    ] = "",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the brief is written.  [default: briefs]")] = None,
    budget: Annotated[
        str,
        typer.Option(metavar="TIME", help="How long it may take, as 90s, 20m or 1h: the weightiest matters first.  [default: no limit]"),
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Give every article its own share of the brief, however many there are.")] = False,
    model: Model = None,
    server: Server = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    quiet: Quiet = False,
) -> None:
    """Write one brief from many articles.

    The brief is DIR/DATE.md; DIR/DATE.json is the record it is made from. Both paths are printed.
    """
    day = day_of(date)
    seconds = seconds_of(budget)
    from briefing import app as application

    settings = settings_of(out=out, model=model, server=server, threads=threads, gpu_layers=gpu_layers)
    with watched(quiet) as progress:
        written = application.generate(sources, settings, date=day, progress=progress, budget=seconds, every=every)
    put(written.view)
    put(written.record)
