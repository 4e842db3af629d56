"""`briefing forget`: delete what is kept of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.options import day_of, settings_of
from briefing.cli.printing import put
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.forget import Forgotten


def forget(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ARTICLE]...", help="File IDs, beginnings of them, or paths of files.", show_default=False),
    ] = None,
    before: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="Everything of briefs of earlier days, and of calls made on earlier days.")
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Everything that is kept, but for the model files.")] = False,
) -> None:
    """Delete what is kept of articles: their text, prompts and answers, stored briefs that name them, what finds them, typed questions.

    What is kept of other articles stays in use. The files of articles and briefs are yours: those that are left are printed.
    """
    if sum(map(bool, (articles, before, everything))) != 1:
        raise UsageError("what is to be forgotten?", "name articles, or --before DATE, or --all")
    day = day_of(before, "--before") if before else ""
    from briefing import forget as forgetting

    settings = settings_of()
    if everything:
        done = forgetting.forget_all(settings)
    elif day:
        done = forgetting.forget_before(day, settings)
    else:
        done = forgetting.forget_articles(articles or [], settings)
    _print(done)


def _print(done: Forgotten) -> None:
    counts = {
        "article": done.articles,
        "stored brief": done.briefs,
        "prompt and answer": done.calls,
        "parse": done.parses,
        "vector": done.vectors,
        "typed question": done.questions,
    }
    told = [f"{number:,} {noun if number == 1 else _several(noun)}" for noun, number in counts.items() if number]
    put(f"forgotten: {', '.join(told) or 'nothing: none of it is kept'}")
    for path in done.left:
        put(f"left: {path}")


def _several(noun: str) -> str:
    return "prompts and answers" if noun == "prompt and answer" else f"{noun}s"
