"""`briefing desks`, `worker` and `status` as a user meets them, without a server: what a desk makes, and every mistake in one line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing import cli
from briefing.config import load_settings
from briefing.errors import SourceError
from briefing.fetching.outcome import Page, UnfetchedError
from briefing.fetching.web import Web
from briefing.newsroom import work
from briefing.newsroom.desks import Desk, Desks
from briefing.progress import Silent
from tests.newsroom import hardships
from tests.newsroom.room import DATE, equal, untimed, written

Run = Callable[..., int]
SECRET = "https://example.org/feed?token=hunter2"
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>
<item><title>Berths</title><link>https://example.org/berths</link></item></channel></rss>"""
TOLD = (
    "The council of Aster opened 12 new berths on Monday after a dispute of many months about who would have to pay for them.",
    "Mayor Ines Calder said that 300 workers of the port of Aster are back, and that the ferries to Brell will sail again.",
    "The bridge of Torv was closed in the same week after 40 bolts broke, and nine welders were sent to mend it before winter.",
    "A ferry carried 85 passengers to the island of Brell on Tuesday, which was the first crossing since the end of summer.",
)
PAGE = f"<html><head><title>Berths</title></head><body><article><h1>Berths</h1>{''.join(f'<p>{one}</p>' for one in TOLD)}</article></body>"


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[None]:
    with hardships.by_hand():
        yield


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    (tmp_path / "some.gguf").write_bytes(b"GGUF weights")
    (tmp_path / "desks.toml").write_text(
        '[[desk]]\nname = "torv"\nfolders = ["wires"]\ntopics = ["Torv"]\n[[desk]]\nname = "all"\nfolders = ["wires"]\nat = "06:30"\n'
    )
    written(tmp_path / "wires" / DATE, 8, seed=3)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_DESKS", "desks.toml")
    monkeypatch.setenv("BRIEFING_MODEL", str(tmp_path / "some.gguf"))
    return lambda *arguments: cli.run(list(arguments))


def record(path: str) -> dict[str, Any]:
    return equal(Path(path).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["torv", "all"])
def test_a_desk_makes_the_brief_that_generate_makes_of_the_same_files(run: Run, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("desks", "run", name, "--date", DATE, "--quiet") == 0
    assert capsys.readouterr().out.split() == [f"briefs/{DATE}.{name}.md", f"briefs/{DATE}.{name}.json"]
    made = record(f"briefs/{DATE}.{name}.json")
    used = [article["path"] for article in made["articles"]] if name == "torv" else [f"wires/{DATE}"]
    assert name == "all" or 0 < len(used) < 8
    assert run("generate", *used, "--date", DATE, "--name", name, "--out", "alone", "--quiet") == 0
    assert record(f"alone/{DATE}.{name}.json") == made
    assert untimed(Path(f"alone/{DATE}.{name}.md").read_text()) == untimed(Path(f"briefs/{DATE}.{name}.md").read_text())


def test_a_second_run_takes_the_place_of_the_first(run: Run, tmp_path: Path) -> None:
    assert run("desks", "run", "all", "--date", DATE, "--quiet") == 0
    for file in (tmp_path / "wires" / DATE).iterdir():
        file.unlink()
    written(tmp_path / "wires" / DATE, 7, seed=99)
    assert run("desks", "run", "all", "--date", DATE, "--quiet") == 0
    assert len(record(f"briefs/{DATE}.all.json")["articles"]) == 7


def test_mistakes(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def said(*arguments: str) -> tuple[int, str]:
        code = run(*arguments)
        return code, capsys.readouterr().err

    assert said("desks", "run", "sports") == (2, "error: no desk is called 'sports'\nhint: the desks are torv, all\n")
    code, error = said("desks", "run", "torv", "--date", "2026-11-25", "--quiet")
    assert code == 1
    assert "nothing to brief: desk torv has no article of 2026-11-25" in error
    for command in (["worker"], ["status"], ["desks", "run", "all", "--queue"]):
        code, error = said(*command)
        assert code == 2
        assert "workers share a PostgreSQL database, and `database` is" in error
    (tmp_path / "desks.toml").write_text('[[desk]]\nname = "torv"\nfolders = ["wires"]\nprivate = true\n')
    code, error = said("desks", "run", "torv", "--date", DATE, "--quiet")
    assert code == 2
    assert "only a PostgreSQL database keeps a desk private" in error
    assert said("desks", "check", "--desks", "none.toml")[1].startswith("error: none.toml: no such file\n")


def test_check_shows_every_fault_and_what_is_not_set(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("desks", "check") == 0
    assert capsys.readouterr().out.splitlines() == ["torv  by hand  1 folder, 1 topic", "all  06:30  1 folder"]
    (tmp_path / "desks.toml").write_text('[[desk]]\nname = "A"\nfolders = ["wires"]\nat = "noon"\n')
    assert run("desks", "check") == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.split(": should")[0] for line in said[:2]] == ["desks.toml: line 2: desk A: name", "desks.toml: line 4: desk A: at"]
    assert said[2] == "error: desks.toml: 2 faults"
    (tmp_path / "desks.toml").write_text('[[desk]]\nname = "a"\nfeeds = ["$PAID"]\nrecipients = ["$MAIL"]\n')
    assert run("desks", "check") == 0
    assert capsys.readouterr().err.splitlines() == [f"warning: desk a: ${name} is not set in this environment" for name in ("PAID", "MAIL")]


def test_a_unit_for_systemd(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("worker", "--server", "http://127.0.0.1:8000", "--desks", "100%.toml", "--systemd") == 0
    unit = capsys.readouterr().out
    assert "Restart=always" in unit
    assert f"WorkingDirectory={tmp_path}" in unit
    (command,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    assert command.endswith('"-P" "-m" "briefing" "worker" "--desks" "100%%.toml" "--server" "http://127.0.0.1:8000"')


# Feeds


@pytest.fixture
def room(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> work.Room:
    monkeypatch.setenv("PAID", SECRET)
    settings = load_settings()
    return work.Room(Desks(desk=(Desk(name="paid", feeds=("$PAID",)),)), settings, Silent())


def test_a_feed_is_fetched_into_a_folder_of_its_own_and_briefed(room: work.Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def get(_: Web, url: str) -> Page:
        if url == SECRET:
            return Page(url, url, FEED, "application/rss+xml")
        return Page(url, url, PAGE.encode(), "text/html")

    monkeypatch.setattr(Web, "get", get)
    (desk,) = room.desks.desk
    today = room.desks.now().date().isoformat()
    found = work.everything(desk, today, room)
    (article,) = found.brief.articles
    assert Path(article.path).parent == work.shelf("$PAID", room.settings) / today
    assert "PAID" in article.path
    everything = b"".join(file.read_bytes() for file in Path().rglob("*") if file.is_file() and "web.sqlite3" not in file.name)
    assert b"hunter2" not in everything
    assert json.loads(found.record.read_text())["articles"][0]["source"]


def test_no_message_has_an_address_that_is_secret(room: work.Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def get(_: Web, url: str) -> Page:
        raise UnfetchedError(f"404 for {url}")

    monkeypatch.setattr(Web, "get", get)
    with pytest.raises(SourceError) as raised:
        work.fetch("$PAID", room)
    assert "hunter2" not in f"{raised.value} {raised.value.hint}"
    assert "$PAID" in str(raised.value)
