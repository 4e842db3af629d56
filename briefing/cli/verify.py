"""`briefing verify`: check a brief against its articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.complete import briefs
from briefing.cli.options import FollowLinks, GpuLayers, Insecure, Model, Quiet, Server, Template, Threads, Verbose, settings_of
from briefing.cli.printing import put, put_json, watched
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from briefing.app import Report


def verify(
    brief: Annotated[
        Path,
        typer.Argument(
            metavar="BRIEF", help="The DATE.json of a brief, or DATE[.NAME] of one in the folder of briefs.", autocompletion=briefs
        ),
    ],
    sources: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="Where the articles are now; may be repeated.  [default: where they were]"),
    ] = None,
    judge: Annotated[bool, typer.Option("--judge", help="Ask the model about every claim, too.")] = False,
    follow_links: FollowLinks = False,
    pages: Annotated[bool, typer.Option("--pages", help="Read the kept pages of fetched articles again, and say what differs.")] = False,
    model: Model = None,
    server: Server = None,
    insecure: Insecure = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    template: Template = None,
    page_template: Annotated[Path | None, typer.Option(metavar="FILE", help="The template of your own that its page was made by.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as one JSON document.")] = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Check a brief against its articles.

    Every citation is looked up in its file again, and every claim is checked against its quotations. The exit code is 1
    if anything is found.
    """
    from briefing.api import Briefing

    settings = settings_of(template=template, model=model, server=server, insecure=insecure, threads=threads, gpu_layers=gpu_layers)
    with watched(quiet, verbose) as progress, Briefing(settings, progress=progress) as briefing:
        report = briefing.verify(brief, sources or [], judge=judge, pages=pages, follow_links=follow_links, page_template=page_template)
    _print_report(report, as_json)
    if report.findings:
        number = len(report.findings)
        raise BriefingError(f"{brief}: {number} finding{'' if number == 1 else 's'}")


def _print_report(report: Report, as_json: bool) -> None:
    claims = report.brief.claims if report.brief else ()
    counts = {
        "claims": len(claims),
        "citations": sum(len(claim.citations) for claim in claims),
        "articles": sum(article.status == "used" for article in report.brief.articles) if report.brief else 0,
    }
    if as_json:
        found = [finding.model_dump() for finding in report.findings]
        put_json({"ok": not found, **counts, "findings": found})
        return
    for finding in report.findings:
        put(f"{finding.claim or 'brief'}: {finding.check}: {finding.detail}")
    if not report.findings:
        put(f"ok: {', '.join(f'{number} {noun}' for noun, number in counts.items())}: all as the sources have it")
