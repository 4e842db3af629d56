"""`briefing verify`: check a brief against its articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.options import GpuLayers, Model, Quiet, Server, Threads, settings_of
from briefing.cli.printing import put, watched
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from briefing.app import Report


def verify(
    brief: Annotated[Path, typer.Argument(metavar="BRIEF", help="The DATE.json of a brief.")],
    sources: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="Where the articles are now; may be repeated.  [default: where they were]"),
    ] = None,
    judge: Annotated[bool, typer.Option("--judge", help="Ask the model about every claim, too.")] = False,
    pages: Annotated[bool, typer.Option("--pages", help="Read the kept pages of fetched articles again, and say what differs.")] = False,
    model: Model = None,
    server: Server = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as one JSON document.")] = False,
    quiet: Quiet = False,
) -> None:
    """Check a brief against its articles.

    Every citation is looked up in its file again, and every claim is checked against its quotations. The exit code is 1
    if anything is found.
    """
    from briefing import app as application

    settings = settings_of(model=model, server=server, threads=threads, gpu_layers=gpu_layers)
    with watched(quiet) as progress:
        report = application.verify(brief, sources or [], settings, judge=judge, pages=pages, progress=progress)
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
        import json

        found = [finding.model_dump() for finding in report.findings]
        put(json.dumps({"ok": not found, **counts, "findings": found}, indent=1, ensure_ascii=False))
        return
    from briefing.console import plain

    for finding in report.findings:
        put(plain(f"{finding.claim or 'brief'}: {finding.check}: {finding.detail}"))
    if not report.findings:
        put(f"ok: {', '.join(f'{number} {noun}' for noun, number in counts.items())}: all as the sources have it")
