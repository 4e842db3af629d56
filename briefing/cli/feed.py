"""`briefing feed`: the briefs as an Atom feed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import OTHER_FILE, settings_of
from briefing.cli.printing import put_exact, put_path

NEWEST = 30


def feed(
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to a file instead of printing it.")] = None,
) -> None:
    """Print the last briefs as an Atom feed."""
    from briefing import atom, history, output

    text = atom.feed(history.newest(NEWEST, settings_of()))
    if out is None:
        put_exact(text, end="")
    else:
        output.write({out: text}, OTHER_FILE)
        put_path(out)
