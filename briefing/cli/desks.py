"""`briefing desks`: what desks.toml says, and one desk's brief now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.options import GpuLayers, Insecure, Model, Quiet, Server, Threads, Verbose, day_of, settings_of
from briefing.cli.printing import put, say, watched
from briefing.cli.written import put_written
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.config import Settings
    from briefing.newsroom.desks import Desks

File = Annotated[Path | None, typer.Option("--desks", metavar="FILE", help="The file of the desks.  [default: the setting `desks`]")]


def check_desks(desks: File = None) -> None:
    """Say of desks.toml what is wrong with it, line by line.

    Each desk is listed with what it reads and when it is due; an address that has to be in the environment and is not costs a warning.
    """
    from briefing.config import secret
    from briefing.newsroom.desks import Desks
    from briefing.newsroom.file import checked

    file = settings_of(desks=desks).desks
    found = checked(file)
    if not isinstance(found, Desks):
        for fault in found:
            say(f"{file}: {fault}")
        raise UsageError(f"{file}: {len(found)} {'fault' if len(found) == 1 else 'faults'}", "docs/newsroom.md says what belongs there")
    for desk in found.desk:
        kinds = (("feed", desk.feeds), ("folder", desk.folders), ("topic", desk.topics))
        reads = [f"{len(some)} {kind}{'s' * (len(some) > 1)}" for kind, some in kinds if some]
        put("  ".join([desk.name, desk.at or "by hand", ", ".join(reads), *(["private"] if desk.private else [])]))
    for desk in found.desk:
        for name in (*desk.feeds, *desk.recipients):
            if name.startswith("$") and not secret(name[1:]):
                say(f"warning: desk {desk.name}: {name} is not set in this environment")


def run_desk(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The desk.")],
    date: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="The day; today and yesterday are days, too.  [default: today, in the desks' zone]")
    ] = "",
    desks: File = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the brief is written.  [default: briefs]")] = None,
    send: Annotated[bool, typer.Option("--send", help="Send it to the desk's recipients, too.")] = False,
    queue: Annotated[bool, typer.Option("--queue", help="Leave it to the workers, who send it, too.")] = False,
    model: Model = None,
    server: Server = None,
    insecure: Insecure = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Write the brief of one desk now.

    Its feeds are fetched if the day is today. The brief is DIR/DATE.NAME.md, the same that `generate` would write of the same articles.
    """
    from briefing.newsroom.file import load

    settings = settings_of(desks=desks, out=out, model=model, server=server, insecure=insecure, threads=threads, gpu_layers=gpu_layers)
    found = load(settings.desks)
    desk = found.named(name)
    day = day_of(date) if date else found.now().date().isoformat()
    if queue:
        _queued(name, day, found, settings)
        return
    from briefing.newsroom.work import Room, everything
    from briefing.newsroom.work import send as sent

    with watched(quiet, verbose) as progress:
        room = Room(found, settings, progress)
        written = everything(desk, day, room)
        for recipient in desk.recipients if send else ():
            if not sent(desk, day, recipient, room.of(desk)):
                say(f"{recipient}: nothing new, nothing sent")
    put_written(written)


def _queued(name: str, day: str, desks: Desks, settings: Settings) -> None:
    from briefing.newsroom.room import begun

    if not begun(name, day, desks, settings):
        raise UsageError(f"the brief of {name} for {day} is being made already", "`briefing status` shows how far it is")
    say(f"the brief of {name} for {day} is left to the workers; `briefing status` shows how far it is")
