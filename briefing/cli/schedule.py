"""`briefing schedule`: what makes the computer brief every morning."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import settings_of
from briefing.cli.printing import put_exact
from briefing.errors import UsageError


def schedule(
    named: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FEEDS.opml | URL]", help="What `fetch` is to read.  [default: the setting `feeds`]"),
    ] = None,
    at: Annotated[str, typer.Option(metavar="HH:MM", help="When, by the clock of this computer.")] = "06:30",
    kind: Annotated[
        str, typer.Option("--for", metavar="KIND", help="cron, systemd or launchd.  [default: launchd on macOS, else systemd]")
    ] = "",
) -> None:
    """Print what runs fetch and generate every morning.

    A line for cron, a timer for systemd or a job for launchd, for the working folder. Nothing is installed.
    """
    from briefing.fetching.addresses import Address, shown
    from briefing.fetching.outcome import UnfetchedError
    from briefing.schedule import KINDS
    from briefing.schedule import schedule as made

    time = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", at)
    if time is None:
        raise UsageError(f"--at: {at!r} is no time of day", "as in --at 06:30")
    kind = kind or ("launchd" if sys.platform == "darwin" else "systemd")
    if kind not in KINDS:
        raise UsageError(f"--for: {kind!r} is none of {', '.join(KINDS)}")
    settings = settings_of()
    feeds = [one if "://" in one else str(Path(os.path.expanduser(one)).absolute()) for one in named or ()]  # noqa: PTH111 - see config
    for one in filter(lambda one: "://" in one, feeds):
        try:
            Address.of(one)
        except UnfetchedError as error:
            raise UsageError(f"{shown(one)}: {error}") from error
    if not feeds and not settings.feeds:
        raise UsageError("no feeds and no pages", '`briefing schedule FEEDS.opml`, or `feeds = "feeds.opml"` in your own briefing.toml')
    command = [sys.executable, "-P", "-m", "briefing"]  # -P: nothing of the working folder is imported
    put_exact(made(kind, int(time[1]), int(time[2]), command, feeds, settings.articles.absolute(), Path.cwd()), end="")
