"""`briefing send`: a brief to where its reader is."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing.cli.complete import briefs
from briefing.cli.options import day_of, settings_of
from briefing.cli.printing import say


def send(
    brief: Annotated[
        str,
        typer.Argument(
            metavar="DATE[.NAME]|FILE",
            help="A date (or today, yesterday), and a name; or the DATE.json of a brief.",
            autocompletion=briefs,
        ),
    ],
    to: Annotated[list[str], typer.Option(metavar="URL", help="An address as apprise writes them; may be repeated.")],
) -> None:
    """Send what is new in a brief, by mail, chat or to a phone.

    If nothing is new since the brief before, nothing is sent. Needs the extra `send`.
    """
    from briefing import sending

    name = day_of(brief) if brief in ("today", "yesterday") else brief
    if not sending.send(name, to, settings_of()):
        say("nothing new, nothing sent")
