"""A brief in few lines: sent where something is new, as a feed, and what makes the computer do it every morning."""

from __future__ import annotations

import datetime
import json
import os
import plistlib
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from briefing.atom import feed
from briefing.brief import Brief
from briefing.cli import run
from briefing.cli.options import day_of
from briefing.digest import digest, is_new
from briefing.errors import UsageError
from briefing.output import record_text
from briefing.schedule import KINDS, schedule, worker_unit
from briefing.sending import message
from briefing.sqlite.store import SqliteStore
from tests.editions import HARBOUR, HOSPITAL, edition

BRIEF = edition({"harbour": HARBOUR, "hospital": HOSPITAL}, outlets={"harbour": "Aster Post"}).brief


def with_states(*states: str) -> Brief:
    claims = tuple(claim.model_copy(update={"state": state}) for claim, state in zip(BRIEF.claims, states, strict=True))
    return BRIEF.model_copy(update={"claims": claims, "before": "2026-11-19", "top": (BRIEF.claims[0].id,)})


def test_a_digest_says_everything_once_with_who_reports_it() -> None:
    found = digest(with_states(*["unchanged"] * 5))
    assert [part.heading for part in found] == ["In short", HARBOUR[0].rstrip("."), HOSPITAL[0].rstrip(".")]
    assert [line.text for part in found for line in part.lines] == [*HARBOUR, *HOSPITAL]
    assert {line.sources for part in found for line in part.lines} == {"Aster Post", "hospital"}


def test_a_message_has_only_what_is_new() -> None:
    title, body = message(with_states("unchanged", "changed", "unchanged", "unchanged", "new"))
    assert title == "Brief of 20 November 2026, since 19 November 2026"
    assert [line for line in body.splitlines() if line.startswith("- ")] == [f"- {HARBOUR[1]} (Aster Post)", f"- {HOSPITAL[1]} (hospital)"]
    assert is_new(BRIEF)
    assert not is_new(with_states(*["unchanged"] * 5))


def test_nothing_of_a_brief_becomes_markup() -> None:
    claim = BRIEF.claims[0].model_copy(update={"text": "He <b>said</b> [this](http://x.example) \x1b[31m & left."})
    brief = BRIEF.model_copy(update={"claims": (claim, *BRIEF.claims[1:])})
    _, body = message(brief)
    assert "<b>" not in body
    assert r"\[this\](http\:" in body
    text = feed([(brief, "", "2026-11-20T07:00:00Z")])
    assert "&lt;b&gt;" in text
    assert "\x1b" not in text


def test_the_feed_is_atom_and_keeps_its_ids() -> None:
    later = BRIEF.model_copy(update={"date": "2026-11-21"})
    root = ET.fromstring(feed([(later, "", "2026-11-21T07:00:00Z"), (BRIEF, "", "2026-11-20T07:00:00Z")]))
    space = {"a": "http://www.w3.org/2005/Atom", "x": "http://www.w3.org/1999/xhtml"}
    assert [entry.findtext("a:title", "", space) for entry in root.findall("a:entry", space)] == [
        "Brief of 21 November 2026",
        "Brief of 20 November 2026",
    ]
    ids = [element.text for element in root.iterfind(".//a:id", space)]
    assert len(set(ids)) == 3
    assert ET.fromstring(feed([(BRIEF, "", "x")])).findtext("a:entry/a:id", "", space) == ids[2]
    assert root.findtext("a:updated", "", space) == "2026-11-21T07:00:00Z"
    assert len(root.findall("a:entry[1]/a:content/x:div/x:ul/x:li", space)) == 5


@contextmanager
def listening() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Listen on loopback for what apprise sends as JSON."""
    heard: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200 if "/taken" in self.path else 500)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"json://user:secret@127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.filterwarnings("ignore:'imghdr'")  # by apprise
@pytest.mark.slow
def test_send_says_what_is_new_and_nothing_where_nothing_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new, old = tmp_path / "new.json", tmp_path / "old.json"
    new.write_text(record_text(BRIEF), encoding="utf-8")
    old.write_text(record_text(with_states(*["unchanged"] * 5)), encoding="utf-8")
    with listening() as (url, heard):
        assert run(["send", str(new), "--to", f"{url}/taken"]) == 0
        (told,) = heard
        assert told["title"] == "Brief of 20 November 2026"
        assert HARBOUR[0] in told["message"]
        assert run(["send", str(old), "--to", f"{url}/taken"]) == 0
        assert len(heard) == 1
        assert "nothing new, nothing sent" in capsys.readouterr().err
        assert run(["send", str(new), "--to", f"{url}/taken", "--to", f"{url}/refused"]) == 1
        told_error = capsys.readouterr().err
    assert "not sent to 1 of 2 addresses (number 2)" in told_error
    assert "secret" not in told_error
    assert run(["send", str(new), "--to", "nonsense://user:secret@x"]) == 2
    assert "secret" not in capsys.readouterr().err


def test_feed_prints_the_stored_briefs(tmp_path: Path, capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    assert run(["feed"]) == 1
    with SqliteStore(own_home / "briefing.sqlite3") as store:
        store.save_brief(BRIEF.date, str(tmp_path / "a.json"), record_text(BRIEF), [])
    capsys.readouterr()
    assert run(["feed"]) == 0
    assert "Brief of 20 November 2026" in capsys.readouterr().out
    assert run(["feed", "--out", str(tmp_path / "feed.xml")]) == 0
    assert ET.parse(tmp_path / "feed.xml").getroot().tag.endswith("feed")


ROOT = Path(__file__).parents[1]
FOLDER = Path("/home/o'neil/100% news")


@pytest.mark.parametrize("kind", KINDS)
def test_a_schedule_runs_fetch_then_generate_in_its_folder(kind: str) -> None:
    text = schedule(kind, 6, 5, ["/usr/bin/python3", "-m", "briefing"], ["feeds & more.opml"], FOLDER / "articles", FOLDER)
    if kind == "cron":
        minute, hour, *rest, script = text.rstrip("\n").split(" ", 5)
        assert (minute, hour, rest) == ("5", "6", ["*", "*", "*"])
        assert "%" not in script.replace("\\%", "")
        script = script.replace("\\%", "%")
    elif kind == "systemd":
        assert "OnCalendar=*-*-* 06:05:00\nPersistent=true" in text
        line = text.partition("ExecStart=/bin/sh -c ")[2].partition("\n")[0]
        script = line[1:-1].replace("$$", "$").replace("%%", "%").replace('\\"', '"').replace("\\\\", "\\")
    else:
        told = plistlib.loads(text.encode())
        assert told["StartCalendarInterval"] == {"Hour": 6, "Minute": 5}
        script = told["ProgramArguments"][2]
    words = shlex.split(script)
    assert words[:3] == ["cd", str(FOLDER), "&&"]
    assert words[3:9] == ["/usr/bin/python3", "-m", "briefing", "fetch", "-q", "feeds & more.opml"]
    assert words[9:13] == ["&&", "/usr/bin/python3", "-m", "briefing"]
    assert words[13:] == ["generate", "-q", "--date", "today", f"{FOLDER}/articles/$(date +%F)"]


def test_schedule_is_asked_for_by_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", "feeds.opml", "--at", "7:15", "--for", "cron"]) == 0
    assert capsys.readouterr().out.startswith("15 7 * * * cd ")
    assert run(["schedule", "feeds.opml", "--at", "25:00"]) == 2
    assert run(["schedule", "feeds.opml", "--for", "windows"]) == 2
    assert run(["schedule"]) == 2


ACTING = ["d\n* * * * * touch pwned", "d\r", "d\x1b]0;x\x07", "d\x9b31m", "d\u2028", "d\u202e"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ACTING)
def test_no_name_becomes_a_line_of_a_schedule(kind: str, name: str) -> None:
    command, good = ["python3", "-P", "-m", "briefing"], Path("/home/ада/news “today” %100")
    assert "news" in schedule(kind, 6, 5, command, ["feeds.opml"], good, good)
    assert "news" in worker_unit(command, good)
    every: tuple[Callable[[], str], ...] = (
        lambda: schedule(kind, 6, 5, [name, *command[1:]], ["feeds.opml"], good, good),
        lambda: schedule(kind, 6, 5, command, ["feeds.opml", name], good, good),
        lambda: schedule(kind, 6, 5, command, ["feeds.opml"], good / name, good),
        lambda: schedule(kind, 6, 5, command, ["feeds.opml"], good, good / name),
        lambda: worker_unit([*command, "--desks", name], good),
        lambda: worker_unit(command, good / name),
    )
    for one in every:
        with pytest.raises(UsageError, match="a control or bidi character") as caught:
            one()
        assert str(caught.value).isprintable()


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("schedule", "http://a.example/f", "--for", "cron"), ("worker", "--systemd")])
def test_what_is_scheduled_runs_nothing_of_its_folder(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "typer.py").write_text("open('pwned', 'w').close()\n")
    assert run([*arguments]) == 0
    said = capsys.readouterr().out
    (line,) = [one for one in said.splitlines() if "briefing" in one and "-m" in one]
    command = shlex.split(line.partition(" && " if arguments[0] == "schedule" else "=")[2])
    assert command[:4] == [sys.executable, "-P", "-m", "briefing"]
    done = subprocess.run([*command[:4], "--version"], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert not (tmp_path / "pwned").exists()


def test_today_and_yesterday_are_dates() -> None:
    today = datetime.date.fromisoformat(day_of("today"))
    assert day_of("") == day_of("today")
    assert today - datetime.date.fromisoformat(day_of("yesterday")) == datetime.timedelta(days=1)
    with pytest.raises(UsageError):
        day_of("tomorrow")
