"""`briefing show`: what one article gave to a brief."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing.cli.complete import articles, briefs
from briefing.cli.options import AsJson, settings_of
from briefing.cli.printing import put_exact, put_json


def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A file ID, or the beginning of one.", autocompletion=articles)],
    brief: Annotated[
        str,
        typer.Option(metavar="DATE[.NAME]|FILE", help="In which brief.  [default: the last one that has it]", autocompletion=briefs),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show what one article gave to a brief: its claims, their edits, and what was left out and why."""
    from briefing import history
    from briefing.render_article import render_article

    found, text = history.summary(article, brief, settings_of())
    if as_json:
        put_json(found)
    else:
        put_exact(render_article(found, text), end="")
