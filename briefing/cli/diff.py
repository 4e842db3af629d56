"""`briefing diff`: what changed from one brief to another."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing.cli.options import AsJson, Excerpts, GpuLayers, Model, PageFile, Quiet, Server, Threads, settings_of
from briefing.cli.printing import put, watched
from briefing.errors import BriefingError


def diff(
    old: Annotated[str, typer.Argument(metavar="[OLD]", help="A date, or the DATE.json of a brief.  [default: the last but one]")] = "",
    new: Annotated[str, typer.Argument(metavar="[NEW]", help="The same.  [default: the last]")] = "",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything changed.")] = False,
    page: PageFile = None,
    excerpts: Excerpts = False,
    model: Model = None,
    server: Server = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say what changed from one brief to another.

    Every claim is new, changed, newly corroborated, newly disputed, dropped or as before, with the sentences of both sides. The model is
    asked only where plain code cannot tell whether two claims report the same.
    """
    from briefing import history
    from briefing.diff import changed

    settings = settings_of(model=model, server=server, threads=threads, gpu_layers=gpu_layers)
    with watched(quiet) as progress:
        found = history.compare(old, new, settings, progress=progress)
    if page:
        from briefing import output, pages
        from briefing.web.html import html

        output.write({page: html(pages.of_diff(found, settings, excerpts=excerpts))})
        put(page)
    if as_json:
        put(found.model_dump_json(indent=1, by_alias=True))
    elif not page:
        from briefing.render_diff import render_diff

        put(render_diff(found), end="")
    if exit_code and changed(found):
        raise typer.Exit(BriefingError.exit_code)
