"""The options that several commands have, and what is read from their values. Not what they do."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing import day
from briefing.cli import complete
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.config import Settings

Model = Annotated[
    str | None,
    typer.Option(metavar="NAME|PATH", help="A model that `models list` shows, or a GGUF file.", autocompletion=complete.models),
]
Server = Annotated[
    list[str] | None,
    typer.Option(metavar="URL", help="Ask an OpenAI-compatible server instead of loading a model; may be repeated."),
]
Desk = Annotated[str | None, typer.Option(metavar="NAME", help="The desk that is meant, in a database of many.")]
Insecure = Annotated[bool | None, typer.Option("--insecure", help="Let the server's key travel in plain text to another machine.")]
Threads = Annotated[int | None, typer.Option(metavar="N", help="Processor threads.  [default: one a physical core]")]
GpuLayers = Annotated[int | None, typer.Option(metavar="N", help="Layers moved to the GPU; -1: all.  [default: 0]")]
FollowLinks = Annotated[bool, typer.Option("--follow-links", help="Follow links that lead out of a folder of articles.")]
OTHER_FILE = "name another file, in a folder that can be written"
"""The hint where a file that was named for a page, a plot or a feed cannot be written."""

AsJson = Annotated[bool, typer.Option("--json", help="Print the record as one JSON document.")]


def _template(file: Path | None) -> Path | None:
    """Return a template that can be read; what is wrong with it is said before anything is spent."""
    if file is not None:
        from briefing.page import own

        own(file)
    return file


Template = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A Jinja template of your own for the Markdown; docs/templates.md says what it gets.",
        callback=_template,
    ),
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Log on stderr what is decided, and how long it takes; never the text of articles.")
]
PageFile = Annotated[Path | None, typer.Option("--page", metavar="FILE", help="Write it as a page for the browser instead of printing it.")]
PageTemplate = Annotated[Path | None, typer.Option("--template", metavar="FILE", help="A Jinja template of your own for the page.")]
Excerpts = Annotated[bool, typer.Option("--excerpts", help="Of articles, only cited sentences and their neighbours are on the page.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress, only warnings and errors.")]


def settings_of(**flags: object) -> Settings:
    """Return the settings with what the command line gave; an option that may be repeated and was not given is an empty list."""
    from briefing.config import load_settings

    return load_settings({name: None if value == [] else value for name, value in flags.items()})


def seconds_of(text: str, option: str = "--budget") -> float:
    """Return the seconds of "90s", "20m", "1h30m" or "2d", without end for "". Raises a usage error for anything else."""
    found = re.fullmatch(r"(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?", text.strip())
    seconds = sum(int(number or 0) * unit for number, unit in zip(found.groups(), (86400, 3600, 60, 1), strict=True)) if found else 0
    if text and not seconds:
        raise UsageError(f"{option}: '{text}' is no length of time", f"as in {option} 20m, 1h30m or 2d")
    return float(seconds) if text else math.inf


def day_of(given: str, option: str = "--date") -> str:
    """Return the day that is given, today for "" and "today", the day before for "yesterday". Raises a usage error for what is no day."""
    if given in ("", "today", "yesterday"):
        return day.yesterday() if given == "yesterday" else day.today()
    return day.checked(given, option)
