"""`briefing fetch`: bring articles in from feeds and pages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.options import Quiet, Verbose, seconds_of, settings_of
from briefing.cli.printing import put_path, say, watched

if TYPE_CHECKING:
    from briefing.fetching.fetch import Report


_OLDEST = 9999 * 86400.0  # seconds: as far as --since can be told


def fetch(
    named: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FEEDS.opml | URL]", help="Lists of feeds, and addresses of feeds or pages.  [default: the setting `feeds`]"
        ),
    ] = None,
    since: Annotated[str, typer.Option(metavar="TIME", help="How old an entry of a feed may be, as 12h or 3d.")] = "1d",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the articles are written.  [default: articles]")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask machines of your own network, too: an intranet, this computer.")
    ] = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Bring in articles from feeds and pages.

    Each is written to DIR/DATE/OUTLET-slug.md, with its page beside it in a hidden folder; what is there already is not read again, and a
    page that changed becomes a second edition. The folder of the day is printed.
    """
    import datetime

    from briefing.fetching.fetch import fetch as fetched
    from briefing.fetching.web import Web
    from briefing.sources.readers.apart import Apart

    settings = settings_of(articles=out)
    age = datetime.timedelta(seconds=min(seconds_of(since, "--since"), _OLDEST))
    now = datetime.datetime.now().astimezone()
    with watched(quiet, verbose) as progress, Web(settings.web, private=allow_private) as web, Apart() as apart:
        report = fetched(named or settings.feeds, settings.articles, web.get, apart, now=now, since=age, progress=progress)
    _say_report(report)
    if report.folder.is_dir():
        put_path(report.folder)


def _say_report(report: Report) -> None:
    """Say what became of each feed, then of what was left out."""
    rows = [("feed", "new", "changed", "unchanged", "left out")]
    for feed in (*report.feeds, ""):
        states = Counter(one.state for one in report.fetched if one.entry.feed == feed)
        if feed or states:
            left = str(states["skipped"] + states["failed"]) if not report.feeds.get(feed) else report.feeds[feed]
            rows.append((feed or "pages", str(states["new"]), str(states["edition"]), str(states["unchanged"]), left))
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    for row in rows:
        say("  ".join([f"{row[0]:{widths[0]}}", *(f"{row[n]:>{widths[n]}}" for n in (1, 2, 3)), row[4]]))
    for one in report.fetched:
        if one.reason:
            say(f"{one.state}: {one.entry.url}: {one.reason}")
