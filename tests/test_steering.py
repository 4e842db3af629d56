"""No command prints what steers a terminal, whatever a file, a folder, a machine or a brief is called and says."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from briefing import app, engines
from briefing.cli import run
from briefing.cli.printing import put, put_exact, put_path
from briefing.cli.running import COMMANDS, DESK_COMMANDS, MODEL_COMMANDS
from briefing.console import plain
from briefing.fetching.outcome import Page
from briefing.fetching.web import Web
from briefing.newsroom import room, work
from briefing.newsroom.status import Failure, Rates, RunState, Status, Waiting, Worker
from briefing.output import Written
from briefing.stages.retold import Source
from tests.editions import HARBOUR, HOSPITAL, edition
from tests.test_ask import WORKERS
from tests.test_ask import engine as engine
from tests.test_history import FIRST, SECOND, keep
from tests.test_threads import TODAY

ODD = "x\x1b]0;pwned\x07\x9b31m\x7f\u2028\u202e\u2066\u200f"
ADDRESS = "https://example.org/a"
PAGE = f"<html><head><title>{ODD}</title></head><body><article>{''.join(f'<p>{one}</p>' for one in (*HARBOUR, *HOSPITAL))}</article></body>"
STATUS = Status(
    queue=(Waiting(kind=ODD, waiting=1, working=1),),
    other=0,
    workers=(Worker(host=ODD, process=1, version=ODD, seen=1, job=ODD),),
    runs=(RunState(desk=ODD, date=ODD, stage=ODD, over=0, parts=1, articles=1, error=ODD, begun="", ended=""),),
    failures=(Failure(state=ODD, kind=ODD, desk=ODD, date=ODD, part=ODD, error=ODD, at=""),),
    rates=Rates(articles=0, calls=0, briefs=0),
    seconds=None,
    left=ODD,
)
ODD_DESKS = f'[[desk]]\nname = {json.dumps(ODD)}\nfolders = ["wires"]\n'.replace("\x7f", "\\u007f")  # which TOML has only escaped
DESKS = '[[desk]]\nname = "all"\nfolders = ["wires"]\n'


def odd(source: Source) -> Source:
    """Return a brief whose words are odd wherever they come from an article."""
    brief = source.brief
    fields = {
        "claims": tuple(claim.model_copy(update={"text": f"{claim.text} {ODD}", "speaker": ODD}) for claim in brief.claims),
        "stories": tuple(story.model_copy(update={"headline": ODD}) for story in brief.stories),
        "articles": tuple(one.model_copy(update={"title": ODD, "source": ODD, "url": ODD, "path": f"{ODD}/a"}) for one in brief.articles),
    }
    return Source(brief.model_copy(update=fields), source.path, source.text)


@pytest.fixture
def kept(engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two briefs and a folder of articles, all of them odd; what fetches, loads or asks elsewhere is made by hand."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_MODEL", str(tmp_path / "some.gguf"))
    (tmp_path / "some.gguf").write_bytes(b"GGUF weights")
    (tmp_path / "desks.toml").write_text(DESKS, encoding="utf-8")
    monkeypatch.setenv("BRIEFING_DESKS", "desks.toml")
    (tmp_path / ODD).mkdir()
    (tmp_path / ODD / "desks.toml").write_text(ODD_DESKS, encoding="utf-8")
    (tmp_path / ODD / "a.txt").write_text(f"{ODD}\n\n{' '.join(HARBOUR)} 300 workers are back, {ODD}.\n", encoding="utf-8")
    second = odd(edition(TODAY, SECOND))
    keep(odd(edition({"harbour": HARBOUR, "hospital": HOSPITAL}, FIRST)), Path(ODD))
    keep(second, Path(ODD))
    written = Written(second.brief, Path(ODD, "d.json"), Path(ODD, "d.md"))
    monkeypatch.setattr(app, "generate", lambda *_, **__: written)
    monkeypatch.setattr(work, "everything", lambda *_: written)
    monkeypatch.setattr(room, "shown", lambda _: STATUS)
    monkeypatch.setattr(engines, "pull", lambda *_: [Path(ODD, "m.gguf")])
    monkeypatch.setattr(Web, "get", lambda _, url: Page(url, url, PAGE.encode(), "text/html"))


SILENT = {"schema", "models list", "models verify"}
"""What says nothing that comes from elsewhere."""

CALLS = {
    "fetch": [[ADDRESS, "--out", ODD], [f"{ADDRESS}/{ODD}"]],
    "generate": [[ODD], [ODD, "--json"], [f"{ODD}/none", "--template", ODD]],
    "verify": [[f"{ODD}/{SECOND}.json"], [f"{ODD}/{SECOND}.json", "--json"], [ODD]],
    "check": [[f"300 workers {ODD}.", "--sources", ODD], [f"300 workers {ODD}.", "--sources", ODD, "--json"]],
    "ask": [
        [f"{WORKERS} {ODD}", "--sources", ODD],
        [f"{WORKERS} {ODD}", "--sources", ODD, "--json"],
        [WORKERS, "--sources", ODD, "--page", f"{ODD}/q.html"],
    ],
    "show": [["harbour"], ["harbour", "--json"], [ODD]],
    "page": [[SECOND], [SECOND, "--out", f"{ODD}/p.html"], [ODD]],
    "diff": [[], ["--json"], ["--page", f"{ODD}/d.html"], [ODD, ODD]],
    "timeline": [[], ["--json"], ["port"], ["port", "--page", f"{ODD}/t.html"], ["ships", "--svg", f"{ODD}/t.svg"], [ODD]],
    "send": [[SECOND, "--to", ODD], [ODD, "--to", "json://x"]],
    "feed": [[], ["--out", f"{ODD}/feed.xml"]],
    "schedule": [[ODD], [ODD, "--for", ODD], [ODD, "--at", ODD]],
    "worker": [["--systemd", "--desks", ODD]],
    "status": [[], ["--json"]],
    "forget": [["--all"], [ODD]],
    "schema": [["brief"]],
    "models list": [[], ["--json"]],
    "models pull": [[], ["--json"], [ODD]],
    "models verify": [["--quiet"]],
    "desks check": [["--desks", ODD], ["--desks", f"{ODD}/desks.toml"]],
    "desks run": [["all"], [ODD]],
}


def test_every_command_is_called() -> None:
    names = (
        {command.__name__ for command in COMMANDS}
        | {f"models {name}" for name in MODEL_COMMANDS}
        | {f"desks {name}" for name in DESK_COMMANDS}
    )
    assert {*CALLS, "serve"} == names  # which prints its own address, and goes on


@pytest.mark.filterwarnings("ignore:'imghdr'")  # by apprise
@pytest.mark.parametrize("command", CALLS)
def test_no_command_steers_the_terminal(command: str, kept: None, capsys: Any) -> None:
    said = ""
    for arguments in CALLS[command]:
        code = run([*command.split(), *arguments])
        out, err = capsys.readouterr()
        assert 0 <= code < 6
        for text in (out, err):
            assert plain(text, lines=True) == text, arguments
        said += out + err
    assert ("pwned" in said) == (command not in SILENT)


def test_a_path_is_what_a_script_needs_unless_it_steers(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ["briefs/a b.md", "Новини/“дня”.md", "bad\udcff\udc9b/d.md", f"{ODD}/d.md", "two\nlines.md"]
    monkeypatch.setattr("sys.stdout", io.StringIO())
    for path in paths:
        put_path(Path(path))
    put(f"{ODD}\nand more")
    put_exact("# A page\n\n- a claim\n", end="")
    shown = r"x\x1b]0;pwned\x07\x9b31m\x7f\u2028\u202e\u2066\u200f"
    lines = [*paths[:3], f"{shown}/d.md", "two lines.md", f"{shown} and more", "# A page", "", "- a claim", ""]
    assert sys.stdout.getvalue() == "\n".join(lines)  # type: ignore[union-attr]
