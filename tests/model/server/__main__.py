"""`python -m tests.model.server`: the whole command against a server that answers badly in every way known; minutes, no model.

It needs the parser (BRIEFING_HOME or BRIEFING_MODELS). Each command is a fork of this process, which has loaded it; vectors are made
by hand. Each must end in one of the exit codes, a minute after one that meets a good server at the latest, without a traceback or an escape
of the terminal, and what it wrote must verify. The exit code is 1 where one does not. WAY… tries these alone.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from briefing import cli, engines
from briefing.language.base import Parser
from briefing.language.cached import CachedParser
from tests.model.server.fake import FakeServer
from tests.model.server.hostile import WAYS, HostileServer, address
from tests.model_here import default_parser
from tests.stages.fakes import FakeEmbedder

_ARTICLES = {
    "one": "Mayor Ines Calder said on Monday that 300 workers, who had been on strike for 12 days over pay and over the hours that they "
    "are made to work at night, returned to the port of Aster.\n\nThe ferry company of Brell sold 40 ships to Dorn.\n",
    "two": "About 300 workers returned to the port of Aster on Monday, Mayor Ines Calder said.\n\nThe road to Brell is closed.\n",
}
_CODES = {0, 1, 2, 4}
_MINUTE = 60.0


class _Done(NamedTuple):
    """How a command ended: its exit code or minus a signal, and what it said."""

    code: int
    out: str
    err: str


def _command(folder: Path, limit: float, *arguments: object) -> _Done | None:
    """Run the program in a fork of this process; None where it does not end within `limit` seconds."""
    child = os.fork()
    if not child:
        code = 1
        try:
            for number, name in ((1, "out"), (2, "err")):
                os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
            code = cli.run([str(one) for one in arguments])
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    until, hung = time.monotonic() + limit, False
    while not (ended := os.waitpid(child, os.WNOHANG))[0]:
        if not hung and time.monotonic() > until:
            hung = True
            os.kill(child, signal.SIGKILL)
        time.sleep(0.01)
    said = [(folder / name).read_text(encoding="utf-8", errors="replace") for name in ("out", "err")]
    return None if hung else _Done(os.waitstatus_to_exitcode(ended[1]), *said)


def fault(url: str, folder: Path, limit: float) -> str:
    """Run the command once; return what was wrong with how it ended, "" where nothing was."""
    sources = folder / "articles"
    sources.mkdir(parents=True)
    for name, text in _ARTICLES.items():
        (sources / f"{name}.txt").write_text(text, encoding="utf-8")
    os.environ |= {"BRIEFING_HOME": str(folder / "home"), "BRIEFING_SERVER_TIMEOUT": "3"}
    flags = ["--date", "2026-11-22", "--quiet", "--out", folder / "briefs", "--server", url]
    done = _command(folder, limit, "generate", sources, *flags)
    if done is None:
        return "did not end"
    if "Traceback" in done.err:
        return f"a traceback: {done.err.splitlines()[-1]}"
    if "\x1b" in done.out + done.err:
        return "an escape of the terminal"
    if done.code not in _CODES:
        return f"ended with {done.code}"
    record = folder / "briefs" / "2026-11-22.json"
    checked = _command(folder, limit, "verify", record) if record.exists() else None
    return f"wrote what does not verify: {checked.out.splitlines()[:1]}" if checked and checked.code else ""


@contextmanager
def _by_hand(parser: Parser) -> Iterator[None]:
    """Put what is loaded, or made by hand, in the place of what each command would load."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "parser", lambda _, store, progress: CachedParser(lambda: parser, parser.identity, store, progress))
        patch.setattr(engines, "embedder", lambda _settings, _progress: FakeEmbedder())
        yield


def main(ways: list[str]) -> int:
    """Run these ways, or all, early and late."""
    parser = default_parser()
    parser.parse([" ".join(_ARTICLES.values())])
    good, server, faults = FakeServer(), HostileServer(), 0
    with tempfile.TemporaryDirectory() as folder, _by_hand(parser):
        started = time.monotonic()
        if found := fault(good.url, Path(folder, "good"), 60 * _MINUTE):
            sys.exit(f"error: a good server: {found}")
        limit = _MINUTE + 5 * (time.monotonic() - started)  # a busy machine is slow
        wanted = ways or [f"{way}{late}" for late in ("", "-late") for way in WAYS]
        for n, way in enumerate(wanted):
            started = time.monotonic()
            found = fault(address(server, way), Path(folder, str(n)), limit)
            faults += bool(found)
            sys.stdout.write(f"{time.monotonic() - started:5.1f} s  {way}{': FAILED, ' if found else ''}{found}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(wanted)} ways, {faults} failed\n")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
