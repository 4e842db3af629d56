"""`briefing timeline`: how a story went over the stored briefs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import OTHER_FILE, AsJson, Excerpts, Template, settings_of
from briefing.cli.printing import put_exact, put_file, put_json, watched
from briefing.errors import BriefingError, UsageError


def timeline(
    topic: Annotated[str, typer.Argument(metavar="[TOPIC]", help="Words or names that the story is about.  [default: list all]")] = "",
    story: Annotated[str, typer.Option(metavar="ID", help="The ID of one story, as the list shows it.")] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="Only the briefs of this name.  [default: all]")] = "",
    page: Annotated[
        Path | None, typer.Option("--page", "--html", metavar="FILE", help="Write it as a page for the browser, with plots.")
    ] = None,
    excerpts: Excerpts = False,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the plots of the values that moved, instead of printing.")] = None,
    template: Template = None,
    as_json: AsJson = False,
) -> None:
    """Show how a story went over the stored briefs.

    What was new or other on each day, every entry cited, and the values that moved. The language model is not asked.
    """
    if topic and story:
        raise UsageError("a topic and the ID of a story", "name one of them")
    if (page or svg) and not (topic or story):
        raise UsageError("a page is of one story", "name a topic, or --story ID")
    from briefing import history, output, render_timeline

    settings = settings_of()
    with watched(quiet=False) as progress:
        found = history.stories(topic, story, settings, name, progress=progress)
    if as_json:
        put_json(found)
    if page:
        from briefing import pages
        from briefing.web.html import html

        output.write({page: html(pages.of_timeline(found, settings, name=name, excerpts=excerpts))}, OTHER_FILE)
        put_file(page, as_json=as_json)
    if svg:
        plots = render_timeline.render_plots(found)
        if not plots:
            raise BriefingError(f"{svg}: not written: no value of it moved", "`briefing timeline` shows the story without plots")
        output.write({svg: plots}, OTHER_FILE)
        put_file(svg, as_json=as_json)
    if not (as_json or page or svg):
        put_exact(render_timeline.render_timeline(found, template), end="")
