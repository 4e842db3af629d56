"""`briefing worker`: do the work of the desks, on this machine, with any number of others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.desks import File
from briefing.cli.options import GpuLayers, Insecure, Model, Quiet, Server, Threads, Verbose, settings_of
from briefing.cli.printing import put_exact, watched


def worker(
    desks: File = None,
    model: Model = None,
    server: Server = None,
    insecure: Insecure = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    unit: Annotated[bool, typer.Option("--systemd", help="Print a unit for systemd that keeps a worker running, and end.")] = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Make the briefs that are due, until it is stopped.

    Any number of workers on any number of machines share the work through one PostgreSQL database, the setting `database`. A worker that is
    stopped ends the request in hand and gives its job back; what a dead one had is done by the others.
    """
    settings = settings_of(desks=desks, model=model, server=server, insecure=insecure, threads=threads, gpu_layers=gpu_layers)
    if unit:
        from briefing.schedule import worker_unit

        one = {"--desks": desks, "--model": model, "--threads": threads, "--gpu-layers": gpu_layers}
        given = [part for name, value in one.items() if value is not None for part in (name, str(value))]
        given += [part for url in server or () for part in ("--server", url)] + ["--insecure"] * bool(insecure)
        command = [sys.executable, "-P", "-m", "briefing", "worker", *given]  # -P: nothing of the working folder is imported
        put_exact(worker_unit(command, Path.cwd()), end="")
        return
    from briefing.newsroom.room import working

    with watched(quiet, verbose) as progress:
        working(settings, progress)
