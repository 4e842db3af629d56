"""`briefing generate`: write one brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import (
    AsJson,
    FollowLinks,
    GpuLayers,
    Insecure,
    Model,
    Quiet,
    Server,
    Template,
    Threads,
    Verbose,
    day_of,
    seconds_of,
    settings_of,
)
from briefing.cli.printing import watched
from briefing.cli.written import put_written


def generate(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCES", help="Articles (text, pages, PDF, mail, …), or folders of them.")],
    date: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="The date of the brief; today and yesterday are dates, too.  [default: today]")
    ] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="Keep it beside others of this date, as DATE.NAME.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the brief is written.  [default: briefs]")] = None,
    budget: Annotated[
        str,
        typer.Option(metavar="TIME", help="How long it may take, as 90s, 20m or 1h: the weightiest matters first.  [default: no limit]"),
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Give every article its own share of the brief, however many there are.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the brief that stands there, whatever it was made of.")] = False,
    follow_links: FollowLinks = False,
    page: Annotated[
        bool, typer.Option("--page", help="Write DATE.html as well, a page for the browser. One that stands there is always written again.")
    ] = False,
    model: Model = None,
    server: Server = None,
    insecure: Insecure = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    template: Template = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Write one brief from many articles.

    The brief is DIR/DATE.md; DIR/DATE.json is the record it is made from. Their paths are printed; with --json it is the record that is
    printed, and the paths go to stderr. A brief of other articles that stands there is not replaced unasked.
    """
    day = day_of(date)
    seconds = seconds_of(budget)
    from briefing.api import Briefing

    settings = settings_of(
        out=out, template=template, model=model, server=server, insecure=insecure, threads=threads, gpu_layers=gpu_layers
    )
    with watched(quiet, verbose) as progress, Briefing(settings, progress=progress) as briefing:
        written = briefing.write(
            sources, date=day, name=name, replace=replace, budget=seconds, every=every, follow_links=follow_links, page=page
        )
    put_written(written, as_json=as_json, quiet=quiet)
