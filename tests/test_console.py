"""Progress can be read on a terminal and in a log, can be silenced, stays off stdout, and no article can steer it."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.console import Bars, Lines, Quiet, plain, plain_json, terminal, watcher
from briefing.progress import Progress


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Broken(io.StringIO):
    """A stderr whose reader has gone."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


def on_terminal(code: str, *, term: str = "xterm-256color", timeout: float = 30) -> tuple[str, str]:
    """Run code with stderr on a terminal of its own; return what came on stderr and on stdout."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        stderr=slave,
        env={**os.environ, "TERM": term, "COLUMNS": "120"},
    )
    os.close(slave)
    seen, until = b"", time.monotonic() + timeout
    while time.monotonic() < until:
        ready, _, _ = select.select([master], [], [], 0.1)
        if not ready:
            continue
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other end is closed: on Linux that is an error
            break
        if not piece:
            break
        seen += piece
    out, _ = process.communicate(timeout=timeout)
    os.close(master)
    assert process.returncode == 0
    return seen.decode(), out.decode()


# plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kyiv, “quoted” – Київ 東京 [bold]", "Kyiv, “quoted” – Київ 東京 [bold]"),
        ("\x1b[31mred\x1b]0;title\x07", r"\x1b[31mred\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u202eb\u2066c\u200fd\ufeff", r"a\u202eb\u2066c\u200fd\ufeff"),
        ("one\ntwo\r\nthree\tfour\rfive", r"one two three four\rfive"),
        ("a\u2028b\x85c\x00", r"a\u2028b\x85c\x00"),
        ("\ud83d", r"\ud83d"),
        ("tag \U000e0041", r"tag \U000e0041"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("35\u00a0nations, so\u00adlong", "35\u00a0nations, so\u00adlong"),
        ("", ""),
    ],
)
def test_plain_leaves_text_and_disarms_the_rest(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_plain_keeps_lines_if_asked() -> None:
    assert plain("a\r\n\tb\x1b", lines=True) == "a\n\tb\\x1b"


def test_nothing_unprintable_is_left_of_any_character() -> None:
    shown = plain("".join(map(chr, range(0x3000))))
    shown.encode()
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in shown)


@given(st.dictionaries(st.text(max_size=9), st.text(max_size=40) | st.lists(st.text(max_size=9))), st.sampled_from([None, 1]))
def test_json_steers_nothing_and_means_the_same(value: object, indent: int | None) -> None:
    document = json.dumps(value, ensure_ascii=False, indent=indent)
    shown = plain_json(document)
    assert json.loads(shown) == value
    assert plain(shown, lines=True) == shown


def test_json_is_escaped_as_text_is() -> None:
    document = json.dumps({"a": "\x9b31m \u202e Київ \x7f \U000e0041 می\u200cخواهم"}, ensure_ascii=False, indent=1)
    assert plain_json(document) == '{\n "a": "\\u009b31m \\u202e Київ \\u007f \\udb40\\udc41 می\u200cخواهم"\n}'


# Lines


def run(progress: Progress, clock: Clock) -> None:
    progress.stage("reading", 3, "articles")
    for _ in range(3):
        progress.advance()
    progress.stage("drafting", 48, "sentences")
    for _ in range(48):
        clock.now += 1.5
        progress.advance()
    progress.stage("fetching", 1_117_320_768, "bytes")
    clock.now += 10
    progress.advance(279_330_192)
    progress.warn("one\nline")
    progress.stage("loading")
    clock.now += 3700
    progress.close()
    progress.close()


def test_lines_at_the_ends_of_a_stage_and_every_five_seconds() -> None:
    clock, stream = Clock(), io.StringIO()
    run(Lines(stream, clock), clock)
    lines = stream.getvalue().splitlines()
    assert lines[:4] == [
        "reading: 3 articles",
        "reading: 3 of 3 articles in 0:00",
        "drafting: 48 sentences",
        "drafting: 4 of 48 sentences",
    ]
    assert "drafting: 16 of 48 sentences, less than a minute left" not in lines
    assert "drafting: 16 of 48 sentences, about 1 min left" in lines
    assert lines[-8:] == [
        "drafting: 48 of 48 sentences",
        "drafting: 48 of 48 sentences in 1:12",
        "fetching: 1,117.3 MB",
        "fetching: 279.3 MB of 1,117.3 MB",
        "warning: one line",
        "fetching: 279.3 MB of 1,117.3 MB in 0:10",
        "loading",
        "loading: in 1:01:40",
    ]
    assert sum(line.startswith("drafting") for line in lines) == 14


def test_quiet_says_warnings_only() -> None:
    clock, stream = Clock(), io.StringIO()
    run(Quiet(stream), clock)
    assert stream.getvalue() == "warning: one line\n"


def test_what_an_article_is_called_cannot_steer_the_terminal() -> None:
    stream = io.StringIO()
    progress = Lines(stream)
    progress.stage("\x1b[2Jevil\r")
    progress.warn("[red]\x1b]0;x\x07[/red]")
    assert stream.getvalue() == "\\x1b[2Jevil\\r\nwarning: [red]\\x1b]0;x\\x07[/red]\n"


@pytest.mark.parametrize("kind", [Lines, Quiet])
def test_a_broken_stderr_stops_nothing(kind: type[Lines | Quiet]) -> None:
    run(kind(Broken()), Clock())
    closed = io.StringIO()
    closed.close()
    run(kind(closed), Clock())
    ascii_only = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    kind(ascii_only).warn("Київ")


def test_bars_on_a_broken_stderr_stop_nothing() -> None:
    for stream in (Broken(), io.TextIOWrapper(io.BytesIO(), encoding="ascii")):
        run(Bars(terminal(stream, force=True)), Clock())


def test_the_stream_decides() -> None:
    assert type(watcher(stream=io.StringIO())) is Lines
    assert type(watcher(stream=io.StringIO(), quiet=True)) is Quiet
    shown = io.StringIO()
    shown.isatty = lambda: True  # type: ignore[method-assign]
    assert type(watcher(stream=shown, lines=True)) is Lines


# Bars

SHOW = """
    import time
    from briefing.console import watcher
    progress = watcher()
    progress.stage("read[bold]ing\\x1b[2J", 4, "articles")
    for _ in range(4):
        progress.advance()
    progress.stage("fetching", 2_000_000, "bytes")
    progress.advance(1_000_000)
    time.sleep(0.5)
    progress.warn("[red]slow[/red] :smile: \\x1b[31m")
    progress.stage("thinking")
    time.sleep(0.3)
    progress.close()
    progress.close()
"""


@pytest.mark.slow
def test_bars_on_a_terminal_and_nothing_on_stdout() -> None:
    seen, out = on_terminal(SHOW)
    assert out == ""
    assert "read[bold]ing\\x1b[2J" in seen
    assert "4/4" in seen
    assert "articles" in seen
    assert "1.0/2.0 MB" in seen
    assert "warning: [red]slow[/red] :smile: \\x1b[31m" in seen
    assert "\x1b[2J" not in seen
    assert seen.count("\x1b[?25l") == seen.count("\x1b[?25h")  # the cursor is given back


@pytest.mark.slow
def test_a_dumb_terminal_gets_lines() -> None:
    seen, out = on_terminal(SHOW, term="dumb")
    assert out == ""
    assert "reading" not in seen
    assert "fetching: 1.0 MB of 2.0 MB in 0:0" in seen
    assert "\x1b" not in seen


def test_the_screen_is_left_in_order_after_ctrl_c() -> None:
    seen, _ = on_terminal(
        """
        import os, signal
        from briefing.console import watcher
        progress = watcher()
        try:
            progress.stage("drafting", 9, "sentences")
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            progress.close()
        """
    )
    assert "drafting" in seen
    assert seen.rindex("\x1b[?25h") > seen.rindex("\x1b[?25l")


def test_what_others_print_during_a_bar_goes_where_they_say() -> None:
    seen, out = on_terminal(
        """
        from briefing.console import watcher
        progress = watcher()
        progress.stage("drafting", 9, "sentences")
        print("the product")
        progress.close()
        """
    )
    assert out == "the product\n"
    assert "product" not in seen
