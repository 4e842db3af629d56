"""`briefing diff`: what changed from one brief to another."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing.cli.complete import briefs
from briefing.cli.options import (
    OTHER_FILE,
    AsJson,
    Excerpts,
    GpuLayers,
    Insecure,
    Model,
    PageFile,
    Quiet,
    Server,
    Template,
    Threads,
    Verbose,
    settings_of,
)
from briefing.cli.printing import put_exact, put_file, put_json, watched
from briefing.errors import BriefingError


def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="[OLD]", help="DATE[.NAME], or the DATE.json of a brief.  [default: the last but one]", autocompletion=briefs
        ),
    ] = "",
    new: Annotated[str, typer.Argument(metavar="[NEW]", help="The same.  [default: the last]", autocompletion=briefs)] = "",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything changed.")] = False,
    page: PageFile = None,
    excerpts: Excerpts = False,
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
    """Say what changed from one brief to another.

    Every claim is new, changed, newly corroborated, newly disputed, dropped or as before, with the sentences of both sides. The model is
    asked only where plain code cannot tell whether two claims report the same.
    """
    from briefing.api import Briefing
    from briefing.diff import changed

    settings = settings_of(model=model, server=server, insecure=insecure, threads=threads, gpu_layers=gpu_layers)
    with watched(quiet, verbose) as progress, Briefing(settings, progress=progress) as briefing:
        found = briefing.diff(old, new)
    if as_json:
        put_json(found)
    if page:
        from briefing import output, pages
        from briefing.web.html import html

        output.write({page: html(pages.of_diff(found, settings, excerpts=excerpts))}, OTHER_FILE)
        put_file(page, as_json=as_json)
    if not (as_json or page):
        from briefing.render_diff import render_diff

        put_exact(render_diff(found, template), end="")
    if exit_code and changed(found):
        raise typer.Exit(BriefingError.exit_code)
