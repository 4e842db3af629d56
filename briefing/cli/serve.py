"""`briefing serve`: the days' pages and a field for questions, on this machine alone."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing.cli.options import GpuLayers, Insecure, Model, Server, Threads, settings_of
from briefing.cli.printing import put


def serve(
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port.  [default: a free one]")] = 0,
    model: Model = None,
    server: Server = None,
    insecure: Insecure = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    open_it: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> None:
    """Show the days' pages and answer questions, in the browser.

    Its address is printed; only this machine reaches it, and only who has the address. Ctrl-C ends it.
    """
    from briefing.serving import serving

    with serving(settings_of(model=model, server=server, insecure=insecure, threads=threads, gpu_layers=gpu_layers), port) as running:
        put(running.address, flush=True)
        if open_it:
            import webbrowser

            webbrowser.open(running.address)
        running.run()
