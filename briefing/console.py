"""Progress for a human, on stderr: bars on a terminal, plain lines elsewhere, only warnings if quiet. Never stdout.

Article-derived text passes through `plain`, or as JSON through `plain_json`, so that no file can steer the terminal. A stderr that is
closed or full stops nothing.
"""

from __future__ import annotations

import json
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from briefing.eta import Eta
from briefing.progress import Progress
from briefing.text.characters import hidden

if TYPE_CHECKING:
    import rich.console
    import rich.progress

LINE_SECONDS = 5.0
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))  # controls, formats (bidi), surrogates, line and paragraph separators
_HARMLESS = "\u200c\u200d\u00ad"  # joiners, without which Persian or Hindi is misspelt (elsewhere they are hidden), and the soft hyphen


def plain(text: str, *, lines: bool = False) -> str:
    r"""Return text that cannot steer a terminal: control, escape, bidi and hidden characters become `\x1b`, `\u202e`.

    Newlines and tabs become spaces, or stay if `lines`. Markup is left alone: nothing here interprets any.
    """
    text = text.replace("\r\n", "\n")
    steering = _steering(text)
    if not steering:  # most text has none
        return text
    return "".join(c if n not in steering else _blank(c, lines) if c in "\n\t" else _escaped(c) for n, c in enumerate(text))


def plain_json(document: str) -> str:
    r"""Return a JSON document that cannot steer a terminal either: the same characters are escaped as JSON does, and it means the same."""
    return "\n".join(map(_plain_line, document.split("\n")))


def _plain_line(line: str) -> str:
    steering = _steering(line)  # most lines have none
    return "".join(c if n not in steering or c == "\t" else json.dumps(c)[1:-1] for n, c in enumerate(line)) if steering else line


def _steering(text: str) -> set[int]:
    """Return where text holds what is not to be printed as it is; no JSON has such a character but in its strings, line breaks apart."""
    unseen = {n for n in hidden(text) if text[n] != "\u00ad"}
    if not unseen and text.isprintable():
        return unseen
    return unseen | {n for n, c in enumerate(text) if unicodedata.category(c) in _HIDDEN and c not in _HARMLESS}


def _blank(character: str, lines: bool) -> str:
    return character if lines else " "


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def watcher(*, quiet: bool = False, lines: bool = False, stream: TextIO | None = None) -> Progress:
    """Return the Progress that suits the stream (stderr): bars, or where `lines` are wanted lines, or warnings alone."""
    stream = stream or sys.stderr
    if quiet:
        return Quiet(stream)
    if stream.isatty() and not lines:
        console = terminal(stream)
        if console.is_terminal and not console.is_dumb_terminal:
            return Bars(console)
    return Lines(stream)


def terminal(stream: TextIO, *, force: bool | None = None) -> rich.console.Console:
    """Return a rich console that interprets no markup and outlives its reader; `force` says what the stream is."""
    from rich.console import Console

    class Terminal(Console):
        """Rich's own answer to a broken pipe is to close stdout and leave the program."""

        def on_broken_pipe(self) -> None:
            """Say no more."""
            self.quiet = True

    return Terminal(file=stream, force_terminal=force, markup=False, highlight=False, emoji=False)


class Quiet:
    """Says warnings, and nothing else."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Ignore the stage."""

    def advance(self, amount: int = 1) -> None:
        """Ignore the step."""

    def warn(self, message: str) -> None:
        """Print `warning: message`."""
        self._say(f"warning: {message}")

    def close(self) -> None:
        """Do nothing."""

    def _say(self, line: str) -> None:
        with _harmless():
            print(plain(line), file=self._stream, flush=True)


class Lines(Quiet):
    """Says a line when a stage begins and ends, and every five seconds between, with the time left once that is known."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(stream)
        self._clock = clock
        self._name = ""
        self._total: int | None = None
        self._unit = ""
        self._done = 0
        self._start = self._last = 0.0
        self._eta = Eta(None, clock)

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Say how the last stage ended and that this one begins."""
        self.close()
        self._name, self._total, self._unit, self._done = name, total, unit, 0
        self._start = self._last = self._clock()
        self._eta = Eta(total, self._clock)
        self._say(f"{name}{f': {_amount(total, unit)}' if total is not None else ''}")

    def advance(self, amount: int = 1) -> None:
        """Count, and say so if five seconds have gone by."""
        self._done += amount
        self._eta.advance(amount)
        now = self._clock()
        if self._name and now - self._last >= LINE_SECONDS:
            self._last = now
            left = self._eta.told()
            self._say(f"{self._name}: {self._count()}{', ' if left else ''}{left}")

    def close(self) -> None:
        """Say how the last stage ended."""
        if self._name:
            count = f"{self._count()} " if self._total is not None or self._done else ""
            self._say(f"{self._name}: {count}in {_clock(self._clock() - self._start)}")
            self._name = ""

    def _count(self) -> str:
        if self._total is None:
            return _amount(self._done, self._unit)
        done = f"{_amount(self._done, self._unit)} of" if self._unit == "bytes" else f"{self._done:,} of"
        return f"{done} {_amount(self._total, self._unit)}"


class Bars:
    """Draws a bar a stage, with counts and the time left once that is known; finished ones stay on the screen."""

    def __init__(self, console: rich.console.Console) -> None:
        self._console = console
        self._bar: rich.progress.Progress | None = None
        self._task: rich.progress.TaskID | None = None
        self._total: int | None = None
        self._eta = Eta(None)

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """End the last bar and begin one: bytes with their speed, anything else as a count."""
        self.close()
        with _harmless():
            self._eta = Eta(total)
            self._bar = self._progress(unit)
            self._total = total
            self._task = self._bar.add_task(plain(name), total=total, unit=plain(unit))
            self._bar.start()

    def advance(self, amount: int = 1) -> None:
        """Move the bar."""
        self._eta.advance(amount)
        with _harmless():
            if self._bar is not None and self._task is not None:
                self._bar.advance(self._task, amount)

    def warn(self, message: str) -> None:
        """Print `warning: message` above the bar."""
        with _harmless():
            self._console.print(f"warning: {plain(message)}", style="yellow", soft_wrap=True)

    def close(self) -> None:
        """End the last bar; one of unknown length stops moving."""
        bar, task, self._bar = self._bar, self._task, None
        if bar is not None and task is not None:
            with _harmless():
                if self._total is None:
                    done = bar.tasks[0].completed
                    bar.update(task, total=done or 1, completed=done or 1)
            with _harmless():
                bar.stop()

    def _progress(self, unit: str) -> rich.progress.Progress:
        from rich import progress
        from rich.text import Text

        eta = self._eta

        class Left(progress.ProgressColumn):
            """The time left; rich's own is a guess from the first step on."""

            max_refresh = 1.0

            def render(self, _: progress.Task) -> Text:
                return Text(eta.told(), style="progress.remaining")

        name = progress.TextColumn("{task.description}", markup=False)
        if unit == "bytes":
            count: list[progress.ProgressColumn] = [progress.DownloadColumn(), progress.TransferSpeedColumn()]
        else:
            count = [progress.MofNCompleteColumn(), progress.TextColumn("{task.fields[unit]}", markup=False)]
        return progress.Progress(
            *(name, progress.BarColumn(bar_width=24), *count, progress.TimeElapsedColumn()),
            Left(),
            console=self._console,
            refresh_per_second=5,
            redirect_stdout=False,
            redirect_stderr=False,
        )


@contextmanager
def _harmless() -> Iterator[None]:
    """Let a stderr that is closed, full or of another encoding stop nothing."""
    try:
        yield
    except (OSError, ValueError):
        return


def _amount(number: int, unit: str) -> str:
    if unit == "bytes":
        return f"{number / 1e6:,.1f} MB"
    return f"{number:,} {unit}".strip()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
