"""The whole command with a server: what it says, what it leaves, and that a key goes nowhere it was not meant for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing import cli
from briefing.brief import Brief
from briefing.config import config_files
from tests.model.server.fake import FakeServer
from tests.model.server.hostile import HostileServer, address
from tests.model.server.test_address import SECRET

pytestmark = pytest.mark.usefixtures("offline")

ARTICLE = "Mayor Ines Calder said that 300 workers returned to the port of Aster.\n\nThe ferry company of Brell sold 40 ships to Dorn.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "aster.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def server() -> Iterator[FakeServer]:
    made = FakeServer()
    yield made
    made.stop()


def generate(*options: str) -> int:
    return cli.run(["generate", "aster.txt", "--date", "2026-11-22", "--quiet", *options])


def test_a_server_that_answers_nothing_leaves_a_brief_that_says_so_and_exits_with_4(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = HostileServer()
    code = generate("--server", address(hostile, "400-late"))
    hostile.stop()
    said = capsys.readouterr()
    assert code == 4
    assert said.out.splitlines() == ["briefs/2026-11-22.md", "briefs/2026-11-22.json"]
    *warnings, error, hint = said.err.splitlines()
    assert any(line.startswith("warning: the model gave no answer to ") for line in warnings)
    assert error.startswith("error: the brief is written, and nothing in it was judged: fake-1: 400: ")
    assert hint.startswith("hint: ")
    assert "\x1b" not in said.err
    brief = Brief.model_validate_json((folder / "briefs/2026-11-22.json").read_text(encoding="utf-8"))
    assert brief.run.unjudged
    assert brief.claims
    assert "**Nothing in this brief was judged" in (folder / "briefs/2026-11-22.md").read_text(encoding="utf-8")
    assert cli.run(["verify", "briefs/2026-11-22.json"]) == 0


@pytest.mark.parametrize("given", SECRET)
def test_a_secret_in_an_address_is_nowhere(given: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate("--server", given) == 2
    assert "hush" not in "".join(capsys.readouterr())
    assert not (folder / "briefs").exists()


def test_a_key_is_sent_and_kept_nowhere(
    server: FakeServer, folder: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.key = "hush-hush"
    monkeypatch.setenv("BRIEFING_SERVER_KEY", "hush-hush")
    assert generate("--server", server.url) == 0
    assert "hush" not in "".join(capsys.readouterr())
    kept = [path for top in (folder, own_home) for path in top.rglob("*") if path.is_file()]
    assert len(kept) >= 4
    assert not any(b"hush" in path.read_bytes() for path in kept)


def test_a_folder_sends_neither_articles_nor_a_key_anywhere(
    server: FakeServer, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRIEFING_SERVER_KEY", "hush-hush")
    (folder / "briefing.toml").write_text(f'server = ["{server.url}"]\n', encoding="utf-8")
    assert generate() == 2
    error, hint = capsys.readouterr().err.splitlines()
    assert error == "error: briefing.toml of the working folder may not set `server`"
    assert str(config_files()[0]) in hint
    assert server.asked == []


def test_a_server_on_this_machine_is_asked_past_every_proxy(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert generate("--server", server.url) == 0


def test_a_key_in_plain_text_is_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BRIEFING_SERVER_KEY", "hush-hush")
    assert generate("--server", "http://news.example") == 2
    error, hint = capsys.readouterr().err.splitlines()
    assert error == "error: http://news.example/v1: the key would travel there in plain text"
    assert "--insecure" in hint


def test_elsewhere_is_reached_through_the_proxy_which_is_said_once(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The proxy is the server itself: it is asked with the whole address, and takes the key that may travel so."""
    server.key = "hush-hush"
    monkeypatch.setenv("BRIEFING_SERVER_KEY", "hush-hush")
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", server.url.replace("http://", "http://me:sesame@"))
    assert generate("--server", "http://news.example", "--insecure") == 0
    said = capsys.readouterr().err
    assert said.count("is reached through the proxy 127.0.0.1:") == 1
    assert "not this machine; the articles' sentences are sent there" in said
    assert "sesame" not in said
    assert "hush" not in said


@pytest.mark.parametrize("model", [os.fsdecode(b"\xff\xfe"), "a\0b", "x\x1b[31m", "a" * 300 + ".gguf", "b/" * 3000 + "c.gguf"])
def test_names_of_models_that_no_model_has(model: str, server: FakeServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate("--model", model) in (2, 4)
    assert generate("--model", model, "--server", server.url) in (0, 2, 4)
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "\x1b" not in said
