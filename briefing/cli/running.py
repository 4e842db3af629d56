"""The command line as a whole: parse → run → exit code. The only module that exits, or catches the root of our errors."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from traceback import walk_tb
from typing import Annotated

import typer

from briefing.cli.ask import ask
from briefing.cli.check import check
from briefing.cli.desks import check_desks, run_desk
from briefing.cli.diff import diff
from briefing.cli.feed import feed
from briefing.cli.fetch import fetch
from briefing.cli.forget import forget
from briefing.cli.generate import generate
from briefing.cli.models import list_models, pull_model, verify_models
from briefing.cli.page import page
from briefing.cli.printing import put, put_exact, say, say_error, unwritable
from briefing.cli.schedule import schedule
from briefing.cli.schema import schema
from briefing.cli.send import send
from briefing.cli.serve import serve
from briefing.cli.show import show
from briefing.cli.status import status
from briefing.cli.timeline import timeline
from briefing.cli.verify import verify
from briefing.cli.worker import worker
from briefing.errors import BriefingError, StorageError, UsageError

INTERRUPTED = 130
BROKEN_PIPE = 141
_COMPLETING = "_BRIEFING_COMPLETE"  # set by the script of the shell, when Tab is pressed
_INSTALL = "--install-completion"
COMMANDS: tuple[Callable[..., None], ...] = (
    *(fetch, generate, verify, check, ask, show, page, diff, timeline, serve),
    *(send, feed, schedule, worker, status, forget, schema),
)
MODEL_COMMANDS: dict[str, Callable[..., None]] = {"list": list_models, "pull": pull_model, "verify": verify_models}
DESK_COMMANDS: dict[str, Callable[..., None]] = {"check": check_desks, "run": run_desk}


def main() -> None:
    """Run the program: the entry point of the command `briefing`. stdout is UTF-8 everywhere, file names stay bytes."""
    _occupy()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    sys.exit(run(sys.argv[1:]))


def _occupy() -> None:
    """Put something in the place of a stream that the caller closed: else a database gets its number, and what a library says goes in."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, this one
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the program runs


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code. Whatever a user can meet is said here, in one line and a hint."""
    code = _guarded(lambda: _invoke(arguments))
    return _guarded(lambda: put_exact(end="", flush=True)) or code


def _invoke(arguments: Sequence[str]) -> None:
    command = typer.main.get_command(_program())
    if _COMPLETING in os.environ:
        command.main(list(arguments), prog_name="briefing")  # answers the shell, and leaves
    try:
        with command.make_context("briefing", list(arguments)) as context:
            command.invoke(context)
    except OSError as error:
        if _INSTALL in arguments:
            raise StorageError(f"completion cannot be installed: {error}", "--show-completion prints the script") from error
        if not isinstance(error, BrokenPipeError) and _by_typer(error):
            raise unwritable(error) from error
        raise


def _by_typer(error: OSError) -> bool:
    """Return whether it was the help, or the script of a shell, that could not be written: what typer prints by itself."""
    *_, (frame, _) = walk_tb(error.__traceback__)
    return str(frame.f_globals.get("__name__")).startswith("typer.")


def _program() -> typer.Typer:
    """Return the commands, put together in the order in which the help lists them."""
    program = typer.Typer(
        help="One neutral, checkable brief from many news articles, written on your own laptop by a local model.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    program.callback(invoke_without_command=True)(_briefing)
    for command in COMMANDS:
        program.command()(command)
    models = typer.Typer(help="List, fetch and check the model files.")
    for name, action in MODEL_COMMANDS.items():
        models.command(name)(action)
    program.add_typer(models, name="models")
    desks = typer.Typer(help="Check desks.toml, and write the brief of one desk.")
    for name, action in DESK_COMMANDS.items():
        desks.command(name)(action)
    program.add_typer(desks, name="desks")
    return program


def _guarded(action: Callable[[], None]) -> int:
    try:
        action()
    except typer.Exit as leaving:
        return leaving.exit_code
    except SystemExit as leaving:  # typer's own way out, once it has answered a shell
        return int(leaving.code or 0)
    except BriefingError as error:
        return _fail(str(error), error.hint, error.exit_code)
    except typer.TyperException as error:
        return _fail(_lower(error.format_message()), _usage_hint(error), error.exit_code)
    except KeyboardInterrupt:
        say("interrupted; run the same command again to continue")
        return INTERRUPTED
    except BrokenPipeError:
        return BROKEN_PIPE
    return 0


def _briefing(context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Print the version or the help where no command is named."""
    if version:
        from briefing import __version__

        put(f"briefing {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        say(context.get_help(), lines=True)
        raise typer.Exit(UsageError.exit_code)


def _fail(message: str, hint: str, code: int) -> int:
    say_error(message, hint)
    return code


def _usage_hint(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f"`{context.command_path} --help` shows how it is used" if context is not None else ""


def _lower(message: str) -> str:
    message = message.replace(": Value error, ", ": ")  # pydantic's, by way of typer
    return f"{message[:1].lower()}{message[1:]}".rstrip(".")
