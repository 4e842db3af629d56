"""`briefing ask`: answer questions from the articles, one from the command line or many at a prompt."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.complete import briefs
from briefing.cli.options import (
    OTHER_FILE,
    Desk,
    Excerpts,
    FollowLinks,
    GpuLayers,
    Insecure,
    Model,
    PageFile,
    Quiet,
    Server,
    Template,
    Threads,
    Verbose,
    day_of,
    settings_of,
)
from briefing.cli.printing import json_of, put_exact, put_file, say, say_error, watched
from briefing.errors import BriefingError, UsageError

if TYPE_CHECKING:
    from briefing.records import Answer


def ask(
    question: Annotated[str, typer.Argument(metavar="[QUESTION]", help="What you want to know.  [default: ask at a prompt]")] = "",
    sources: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="The articles, or folders of them; may be repeated.  [default: all that briefs were made of]"),
    ] = None,
    brief: Annotated[str, typer.Option(metavar="DATE[.NAME]|FILE", help="Ask the articles of this brief.", autocompletion=briefs)] = "",
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Only articles of this day or later.")] = "",
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Only articles of this day or earlier.")] = "",
    desk: Desk = None,
    follow_links: FollowLinks = False,
    page: PageFile = None,
    excerpts: Excerpts = False,
    model: Model = None,
    server: Server = None,
    insecure: Insecure = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    template: Template = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one JSON document.")] = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Answer a question from the articles alone.

    The answer is made of claims, each cited and checked as in a brief. Where the articles do not answer, that is said, with the sentences
    that come closest, and the exit code is 1. Without a question, a prompt takes one after the other; an empty line ends it.
    """
    from briefing.api import Briefing
    from briefing.render_answer import render_answer

    settings = settings_of(desk=desk, model=model, server=server, insecure=insecure, threads=threads, gpu_layers=gpu_layers)
    first, last = (day_of(given, f"--{name}") if given else "" for name, given in (("since", since), ("until", until)))
    if page and not question.strip():
        raise UsageError("a page is of one question", '`briefing ask "QUESTION" --page FILE`')
    if not question.strip() and not sys.stdin.isatty():
        raise UsageError("no question", '`briefing ask "QUESTION"`, or at a terminal without one')

    def shown(found: Answer) -> str:
        return json_of(found) if as_json else render_answer(found, template)

    with (
        watched(quiet, verbose) as progress,
        Briefing(settings, progress=progress) as briefing,
        briefing.asking(sources or [], brief=brief, since=first, until=last, follow_links=follow_links) as answer,
    ):
        if question.strip():
            found = answer(question)
            if as_json or not page:
                put_exact(shown(found), flush=True)
        else:
            _converse(lambda told: shown(answer(told)), settings.questions)
    if not question.strip():
        return
    if page:
        from briefing import output, pages
        from briefing.web.html import html

        output.write({page: html(pages.of_answer(found, settings, excerpts=excerpts))}, OTHER_FILE)
        put_file(page, as_json=as_json)
    if not found.answerable:
        raise typer.Exit(BriefingError.exit_code)


def _converse(answer: Callable[[str], str], history: Path) -> None:
    """Answer what is typed. What fails of one question is said, and the next is asked; where the program fails twice in a row, it ends."""
    failed = False
    for question in _typed(history):
        try:
            told = answer(question)
        except UsageError as error:
            say_error(str(error), error.hint)
        except BriefingError as error:
            if failed:
                raise
            failed = True
            say_error(str(error), error.hint)
        else:
            failed = False
            put_exact(told, flush=True)


def _typed(history: Path) -> Iterator[str]:
    """Yield the questions that are typed, until an empty line or the end of input; those of earlier days can be called back."""
    with suppress(ImportError, OSError):
        import readline

        history.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        history.touch(mode=0o600)
        readline.read_history_file(history)
        readline.set_history_length(500)
    while True:
        try:
            told = input("? ").strip()
        except EOFError:
            return
        except UnicodeDecodeError:
            say("error: the question is not UTF-8")
            continue
        if not told:
            return
        with suppress(ImportError, OSError, NameError):
            readline.write_history_file(history)
        yield told
