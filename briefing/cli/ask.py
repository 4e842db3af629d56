"""`briefing ask`: answer questions from the articles, one from the command line or many at a prompt."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import Excerpts, GpuLayers, Model, PageFile, Quiet, Server, Threads, day_of, settings_of
from briefing.cli.printing import put, watched
from briefing.errors import BriefingError, UsageError


def ask(
    question: Annotated[str, typer.Argument(metavar="[QUESTION]", help="What you want to know.  [default: ask at a prompt]")] = "",
    sources: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="The articles, or folders of them; may be repeated.  [default: all that briefs were made of]"),
    ] = None,
    brief: Annotated[str, typer.Option(metavar="DATE|FILE", help="Ask the articles of this brief.")] = "",
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Only articles of this day or later.")] = "",
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Only articles of this day or earlier.")] = "",
    page: PageFile = None,
    excerpts: Excerpts = False,
    model: Model = None,
    server: Server = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one JSON document.")] = False,
    quiet: Quiet = False,
) -> None:
    """Answer a question from the articles alone.

    The answer is made of claims, each cited and checked as in a brief. Where the articles do not answer, that is said, with the sentences
    that come closest, and the exit code is 1. Without a question, a prompt takes one after the other; an empty line ends it.
    """
    from briefing.asking import asking
    from briefing.render_answer import render_answer

    settings = settings_of(model=model, server=server, threads=threads, gpu_layers=gpu_layers)
    first, last = (day_of(given, f"--{name}") if given else "" for name, given in (("since", since), ("until", until)))
    if page and not question.strip():
        raise UsageError("a page is of one question", '`briefing ask "QUESTION" --page FILE`')
    if not question.strip() and not sys.stdin.isatty():
        raise UsageError("no question", '`briefing ask "QUESTION"`, or at a terminal without one')
    with (
        watched(quiet) as progress,
        asking(settings, sources=sources or [], brief=brief, since=first, until=last, progress=progress) as answer,
    ):
        for told in [question] if question.strip() else _typed(settings.home / "questions"):
            found = answer(told)
            if as_json or not page:
                put(found.model_dump_json(indent=1, by_alias=True) if as_json else render_answer(found), end="\n", flush=True)
    if page:
        from briefing import output, pages
        from briefing.web.html import html

        output.write({page: html(pages.of_answer(found, settings, excerpts=excerpts))})
        put(page)
    if question.strip() and not found.answerable:
        raise typer.Exit(BriefingError.exit_code)


def _typed(history: Path) -> Iterator[str]:
    """Yield the questions that are typed, until an empty line or the end of input; those of earlier days can be called back."""
    with suppress(ImportError, OSError):
        import readline

        history.parent.mkdir(parents=True, exist_ok=True)
        history.touch()
        readline.read_history_file(history)
        readline.set_history_length(500)
    while True:
        try:
            told = input("? ").strip()
        except EOFError:
            return
        if not told:
            return
        with suppress(ImportError, OSError, NameError):
            readline.write_history_file(history)
        yield told
