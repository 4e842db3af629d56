"""`briefing generate`: write one brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import AsJson, GpuLayers, Model, Quiet, Server, Template, Threads, Verbose, day_of, seconds_of, settings_of
from briefing.cli.printing import put, put_json, say, watched


def generate(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCES", help="Articles (.txt, .md), or folders of them.")],
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The date of the brief.  [default: today]")] = "",
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
    template: Template = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Write one brief from many articles.

    The brief is DIR/DATE.md; DIR/DATE.json is the record it is made from. Both paths are printed; with --json it is the record that is
    printed, and the paths go to stderr.
    """
    day = day_of(date)
    seconds = seconds_of(budget)
    from briefing.api import Briefing

    settings = settings_of(out=out, template=template, model=model, server=server, threads=threads, gpu_layers=gpu_layers)
    with watched(quiet, verbose) as progress, Briefing(settings, progress=progress) as briefing:
        written = briefing.write(sources, date=day, budget=seconds, every=every)
    if as_json:
        put_json(written.brief)
        if not quiet:
            say(f"written: {written.view}, {written.record}")
        return
    put(written.view)
    put(written.record)
