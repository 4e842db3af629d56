"""The commands: parse → run → print. The only module that prints, exits, or catches the root of our errors.

stdout carries the product or its path and nothing else; everything said about it goes to stderr. Only typer is
imported at once, so that help is quick: what a command needs is imported in the command.
"""

from __future__ import annotations

import io
import itertools
import math
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.errors import BriefingError, ModelCorruptError, StorageError, UsageError

if TYPE_CHECKING:
    from briefing.app import Report
    from briefing.config import Settings
    from briefing.model.files import Finding as ModelFinding
    from briefing.progress import Progress
    from briefing.types import Verdict

INTERRUPTED = 130
BROKEN_PIPE = 141

app = typer.Typer(
    help="One neutral, checkable brief from many news articles, written on your own laptop by a local model.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(help="List, fetch and check the model files.")
app.add_typer(models_app, name="models")

Model = Annotated[str | None, typer.Option(metavar="NAME|PATH", help="A model that `models list` shows, or a GGUF file.")]
Server = Annotated[
    list[str] | None,
    typer.Option(metavar="URL", help="Ask an OpenAI-compatible server instead of loading a model; may be repeated."),
]
Threads = Annotated[int | None, typer.Option(metavar="N", help="Processor threads.  [default: one a physical core]")]
GpuLayers = Annotated[int | None, typer.Option(metavar="N", help="Layers moved to the GPU; -1: all.  [default: 0]")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress, only warnings and errors.")]


def main() -> None:
    """Run the program: the entry point of the command `briefing`. stdout is UTF-8 everywhere, file names stay bytes."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code. Whatever a user can meet is said here, in one line and a hint."""
    code = _guarded(lambda: _invoke(arguments))
    return _guarded(lambda: _print(end="", flush=True)) or code


def _invoke(arguments: Sequence[str]) -> None:
    command = typer.main.get_command(app)
    with command.make_context("briefing", list(arguments)) as context:
        command.invoke(context)


def _guarded(action: Callable[[], None]) -> int:
    try:
        action()
    except typer.Exit as leaving:
        return leaving.exit_code
    except BriefingError as error:
        return _fail(str(error), error.hint, error.exit_code)
    except typer.TyperException as error:
        return _fail(_lower(error.format_message()), _usage_hint(error), error.exit_code)
    except KeyboardInterrupt:
        _say("interrupted; run the same command again to continue")
        return INTERRUPTED
    except BrokenPipeError:
        return BROKEN_PIPE
    return 0


@app.callback(invoke_without_command=True)
def briefing(context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Print the version or the help where no command is named."""
    if version:
        from briefing import __version__

        _print(f"briefing {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        _say(context.get_help(), lines=True)
        raise typer.Exit(UsageError.exit_code)


@app.command()
def generate(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCES", help="Articles (.txt, .md), or folders of them.")],
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The date of the brief.  [default: today]")] = "",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the brief is written.  [default: briefs]")] = None,
    budget: Annotated[
        str,
        typer.Option(metavar="TIME", help="How long it may take, as 90s, 20m or 1h: the weightiest matters first.  [default: no limit]"),
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Give every article its own share of the brief, however many there are.")] = False,
    model: Model = None,
    server: Server = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    quiet: Quiet = False,
) -> None:
    """Write one brief from many articles.

    The brief is DIR/DATE.md; DIR/DATE.json is the record it is made from. Both paths are printed.
    """
    day = _date(date)
    seconds = _duration(budget)
    from briefing import app as application

    settings = _settings(out=out, model=model, server=server, threads=threads, gpu_layers=gpu_layers)
    with _watched(quiet) as progress:
        written = application.generate(sources, settings, date=day, progress=progress, budget=seconds, every=every)
    _print(written.view)
    _print(written.record)


@app.command()
def verify(
    brief: Annotated[Path, typer.Argument(metavar="BRIEF", help="The DATE.json of a brief.")],
    sources: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="Where the articles are now; may be repeated.  [default: where they were]"),
    ] = None,
    judge: Annotated[bool, typer.Option("--judge", help="Ask the model about every claim, too.")] = False,
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

    settings = _settings(model=model, server=server, threads=threads, gpu_layers=gpu_layers)
    with _watched(quiet) as progress:
        report = application.verify(brief, sources or [], settings, judge=judge, progress=progress)
    _print_report(report, as_json)
    if report.findings:
        number = len(report.findings)
        raise BriefingError(f"{brief}: {number} finding{'' if number == 1 else 's'}")


@app.command()
def check(
    sentence: Annotated[str, typer.Argument(metavar="[SENTENCE]", help="The claim, of one sentence or more.")] = "",
    sources: Annotated[list[Path] | None, typer.Option(metavar="PATH", help="The articles, or folders of them; may be repeated.")] = None,
    claims: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help='Many claims: lines {"id", "claim"}, or with the text of their "source".'),
    ] = None,
    model: Model = None,
    server: Server = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as one JSON document.")] = False,
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
    from briefing import app as application
    from briefing.check import Asked

    settings = _settings(model=model, server=server, threads=threads, gpu_layers=gpu_layers)
    asked = application.read_claims(claims) if claims is not None else [Asked("1", sentence)]
    with _watched(quiet) as progress:
        for verdict in application.check(asked, sources or [], settings, progress=progress):
            if claims is not None:
                _print(verdict.model_dump_json(), flush=True)
    if claims is None:
        _print_verdict(verdict, as_json)
        if not verdict.supported:
            raise typer.Exit(BriefingError.exit_code)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="[QUESTION]", help="What you want to know.  [default: ask at a prompt]")] = "",
    sources: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="The articles, or folders of them; may be repeated.  [default: all that briefs were made of]"),
    ] = None,
    brief: Annotated[str, typer.Option(metavar="DATE|FILE", help="Ask the articles of this brief.")] = "",
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Only articles of this day or later.")] = "",
    until: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Only articles of this day or earlier.")] = "",
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

    settings = _settings(model=model, server=server, threads=threads, gpu_layers=gpu_layers)
    first, last = (_date(given, f"--{name}") if given else "" for name, given in (("since", since), ("until", until)))
    if not question.strip() and not sys.stdin.isatty():
        raise UsageError("no question", '`briefing ask "QUESTION"`, or at a terminal without one')
    with (
        _watched(quiet) as progress,
        asking(settings, sources=sources or [], brief=brief, since=first, until=last, progress=progress) as answer,
    ):
        for told in [question] if question.strip() else _typed(settings.home / "questions"):
            found = answer(told)
            _print(found.model_dump_json(indent=1, by_alias=True) if as_json else render_answer(found), end="\n", flush=True)
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


@app.command()
def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A file ID, or the beginning of one.")],
    brief: Annotated[str, typer.Option(metavar="DATE|FILE", help="In which brief.  [default: the last one that has it]")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as one JSON document.")] = False,
) -> None:
    """Show what one article gave to a brief: its claims, their edits, and what was left out and why."""
    from briefing import history
    from briefing.render_article import render_article

    found, text = history.summary(article, brief, _settings())
    _print(found.model_dump_json(indent=1, by_alias=True) if as_json else render_article(found, text), end="")


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="[OLD]", help="A date, or the DATE.json of a brief.  [default: the last but one]")] = "",
    new: Annotated[str, typer.Argument(metavar="[NEW]", help="The same.  [default: the last]")] = "",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything changed.")] = False,
    model: Model = None,
    server: Server = None,
    threads: Threads = None,
    gpu_layers: GpuLayers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as one JSON document.")] = False,
    quiet: Quiet = False,
) -> None:
    """Say what changed from one brief to another.

    Every claim is new, changed, newly corroborated, newly disputed, dropped or as before, with the sentences of both sides. The model is
    asked only where plain code cannot tell whether two claims report the same.
    """
    from briefing import history
    from briefing.diff import changed

    settings = _settings(model=model, server=server, threads=threads, gpu_layers=gpu_layers)
    with _watched(quiet) as progress:
        found = history.compare(old, new, settings, progress=progress)
    if as_json:
        _print(found.model_dump_json(indent=1, by_alias=True))
    else:
        from briefing.render_diff import render_diff

        _print(render_diff(found), end="")
    if exit_code and changed(found):
        raise typer.Exit(BriefingError.exit_code)


@app.command()
def timeline(
    topic: Annotated[str, typer.Argument(metavar="[TOPIC]", help="Words or names that the story is about.  [default: list all]")] = "",
    story: Annotated[str, typer.Option(metavar="ID", help="The ID of one story, as the list shows it.")] = "",
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it as an HTML page, with plots, instead of printing it.")] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the plots of the values that moved, instead of printing.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as one JSON document.")] = False,
) -> None:
    """Show how a story went over the stored briefs.

    What was new or other on each day, every entry cited, and the values that moved. No model is needed.
    """
    if topic and story:
        raise UsageError("a topic and the ID of a story", "name one of them")
    if (html or svg) and not (topic or story):
        raise UsageError("a page is of one story", "name a topic, or --story ID")
    from briefing import history, output, render_timeline

    found = history.stories(topic, story, _settings())
    if html:
        output.write({html: render_timeline.render_page(found)})
        _print(html)
    if svg:
        plots = render_timeline.render_plots(found)
        if not plots:
            raise BriefingError(f"{svg}: not written: no value of it moved", "`briefing timeline` shows the story without plots")
        output.write({svg: plots})
        _print(svg)
    if as_json:
        _print(found.model_dump_json(indent=1, by_alias=True))
    elif not (html or svg):
        _print(render_timeline.render_timeline(found), end="")


@models_app.command("list")
def list_models() -> None:
    """List the models: name, role, size, state."""
    from briefing import engines

    _print_models(engines.models(_settings()))


@models_app.command("pull")
def pull_model(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="The model.  [default: the default model and the parser]")] = "",
    quiet: Quiet = False,
) -> None:
    """Fetch a model.

    Files that are there and damaged are replaced. The path of each file is printed, of a model of many files its folder.
    """
    from briefing import engines

    with _watched(quiet) as progress:
        paths = engines.pull(name, _settings(), progress)
    for path in paths:
        _print(path)


@models_app.command("verify")
def verify_models(quiet: Quiet = False) -> None:
    """Check the SHA-256 of every file."""
    from briefing import engines

    with _watched(quiet) as progress:
        findings = engines.check_models(_settings(), progress)
    _print_models(findings)
    wrong = [finding for finding in findings if finding.wrong]
    if wrong:
        names = ", ".join(f"{finding.entry.name} ({finding.detail})" for finding in wrong)
        hint = f"`briefing models pull {wrong[0].entry.name.partition(':')[0]}` fetches it again"
        raise ModelCorruptError(f"not what models.txt says: {names}", hint)


@app.command()
def schema(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="Which record: brief, verdict, answer, diff or timeline.")],
) -> None:
    """Print the JSON Schema of a record."""
    import json

    from briefing import app as application

    _print(json.dumps(application.record_schema(record), indent=2))


def _settings(**flags: object) -> Settings:
    """Return the settings with what the command line gave; an option that may be repeated and was not given is an empty list."""
    from briefing.config import load_settings

    return load_settings({name: None if value == [] else value for name, value in flags.items()})


def _duration(text: str) -> float:
    """Return the seconds of "90s", "20m" or "1h30m", without end for "". Raises a usage error for anything else."""
    found = re.fullmatch(r"(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?", text.strip())
    seconds = sum(int(number or 0) * unit for number, unit in zip(found.groups(), (3600, 60, 1), strict=True)) if found else 0
    if text and not seconds:
        raise UsageError(f"--budget: '{text}' is no length of time", "as in --budget 20m, 90s or 1h30m")
    return float(seconds) if text else math.inf


def _date(given: str, option: str = "--date") -> str:
    import datetime

    if not given:
        return datetime.datetime.now().astimezone().date().isoformat()
    with suppress(ValueError):
        if datetime.date.fromisoformat(given).isoformat() == given:
            return given
    raise UsageError(f"{option}: {given!r} is no date", "write it as YYYY-MM-DD")


@contextmanager
def _watched(quiet: bool) -> Iterator[Progress]:
    from briefing.console import watcher

    progress = watcher(quiet=quiet)
    try:
        yield progress
    finally:
        progress.close()


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
        _print(json.dumps({"ok": not found, **counts, "findings": found}, indent=1, ensure_ascii=False))
        return
    from briefing.console import plain

    for finding in report.findings:
        _print(plain(f"{finding.claim or 'brief'}: {finding.check}: {finding.detail}"))
    if not report.findings:
        _print(f"ok: {', '.join(f'{number} {noun}' for noun, number in counts.items())}: all as the sources have it")


def _print_verdict(verdict: Verdict, as_json: bool) -> None:
    if as_json:
        _print(verdict.model_dump_json(indent=1))
        return
    from briefing.console import plain

    _print(f"{verdict.relation}, support {'unknown' if verdict.support is None else f'{verdict.support:.2f}'}")
    refused = "doubted" if verdict.free and verdict.supported else "REFUSED"
    for gate in verdict.gates:
        _print(plain(f"  {'passed ' if gate.passed else refused}  {gate.name}{': ' if gate.detail else ''}{gate.detail}"))
    _print("carried by:" if verdict.supported else "closest:" if verdict.sentences else "no sentence comes close")
    for found in verdict.sentences:
        _print(plain(f"  {found.article}, sentence {found.sentence}: “{' '.join(found.quote.split())}”"))


def _print_models(findings: Sequence[ModelFinding]) -> None:
    """Print a table: columns two spaces or more apart, and no such gap inside one. A folder of files is one row."""
    from briefing.model.files import combined

    rows = [("name", "role", "size", "state")]
    for _, group in itertools.groupby(findings, key=lambda finding: finding.entry.place):
        some = list(group)
        size = sum(finding.entry.bytes for finding in some)
        rows.append((some[0].entry.name, some[0].entry.role, f"{size / 1e6:.1f} MB", combined(some)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, role, amount, state in rows:
        _print(f"{name:{widths[0]}}  {role:{widths[1]}}  {amount:>{widths[2]}}  {state}")


def _print(text: object = "", *, end: str = "\n", flush: bool = False) -> None:
    """Print on stdout. Once that fails, nothing more is written: neither here nor when the program ends."""
    try:
        print(text, end=end, flush=flush)
    except OSError as error:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise
        raise StorageError(f"stdout cannot be written: {(error.strerror or str(error)).lower()}") from error


def _fail(message: str, hint: str, code: int) -> int:
    _say(f"error: {' '.join(message.split())}")
    if hint:
        _say(f"hint: {' '.join(hint.split())}")
    return code


def _say(text: str, *, lines: bool = False) -> None:
    """Print on stderr what cannot steer the terminal."""
    from briefing.console import plain

    with suppress(OSError, ValueError):
        print(plain(text, lines=lines), file=sys.stderr, flush=True)


def _usage_hint(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f"`{context.command_path} --help` shows how it is used" if context is not None else ""


def _lower(message: str) -> str:
    return f"{message[:1].lower()}{message[1:]}".rstrip(".")
