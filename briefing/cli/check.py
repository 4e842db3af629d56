"""`briefing check`: check a claim against articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.options import FollowLinks, GpuLayers, Insecure, Model, Quiet, Server, Threads, Verbose, settings_of
from briefing.cli.printing import put, put_json, watched
from briefing.errors import BriefingError, UsageError

if TYPE_CHECKING:
    from briefing.types import Verdict


def check(
    sentence: Annotated[str, typer.Argument(metavar="[SENTENCE]", help="The claim, of one sentence or more.")] = "",
    sources: Annotated[list[Path] | None, typer.Option(metavar="PATH", help="The articles, or folders of them; may be repeated.")] = None,
    claims: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help='Many claims: lines {"id", "claim"}, or with the text of their "source".'),
    ] = None,
    follow_links: FollowLinks = False,
    model: Model = None,
    server: Server = None,
    insecure: Insecure = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as one JSON document.")] = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Check a claim against articles.

    Prints the verdict, the score, what each gate says, and the sentences that carry the claim or come closest. The exit code is 1
    if it is not supported. With --claims, one line of JSON is printed for each claim.
    """
    if bool(sentence.strip()) == (claims is not None):
        raise UsageError("one claim or a file of them is needed", '`briefing check "SENTENCE" --sources PATH`, or --claims FILE')
    if claims is None and not sources:
        raise UsageError("no sources to check it against", "name them with --sources")
    from briefing.api import Briefing
    from briefing.app import read_claims
    from briefing.check import Asked

    settings = settings_of(model=model, server=server, insecure=insecure, threads=threads, gpu_layers=gpu_layers)
    asked = read_claims(claims) if claims is not None else [Asked("1", sentence)]
    with watched(quiet, verbose) as progress, Briefing(settings, progress=progress) as briefing:
        for verdict in briefing.check_all(asked, sources or [], follow_links=follow_links):
            if claims is not None:
                put_json(verdict, line=True)
    if claims is None:
        _print_verdict(verdict, as_json)
        if not verdict.supported:
            raise typer.Exit(BriefingError.exit_code)


def _print_verdict(verdict: Verdict, as_json: bool) -> None:
    if as_json:
        put_json(verdict)
        return
    put(f"{verdict.relation}, support {'unknown' if verdict.support is None else f'{verdict.support:.2f}'}")
    refused = "doubted" if verdict.free and verdict.supported else "REFUSED"
    for gate in verdict.gates:
        put(f"  {'passed ' if gate.passed else refused}  {gate.name}{': ' if gate.detail else ''}{gate.detail}")
    put("carried by:" if verdict.supported else "closest:" if verdict.sentences else "no sentence comes close")
    for found in verdict.sentences:
        put(f"  {found.article}, sentence {found.sentence}: “{' '.join(found.quote.split())}”")
