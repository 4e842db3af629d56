"""`briefing page`: a stored brief, or a brief file, as a page for the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.complete import briefs
from briefing.cli.options import OTHER_FILE, Excerpts, PageTemplate, settings_of
from briefing.cli.printing import put_path


def page(
    brief: Annotated[
        str, typer.Argument(metavar="DATE[.NAME]|FILE", help="The date of a brief, and its name; or its DATE.json.", autocompletion=briefs)
    ],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where it is written.  [default: beside the brief's record]")] = None,
    excerpts: Excerpts = False,
    template: PageTemplate = None,
    open_it: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> None:
    """Write a brief as a page for the browser.

    It is one file that asks for nothing: every citation shows its sentence in the article, beside the brief. Its path is printed.
    """
    from briefing import output, pages
    from briefing.web.html import html

    made, beside = pages.of_brief(brief, settings_of(), excerpts=excerpts)
    target = out or beside
    output.write({target: html(made, template)}, OTHER_FILE)
    put_path(target)
    if open_it:
        import webbrowser

        webbrowser.open(target.absolute().as_uri())
