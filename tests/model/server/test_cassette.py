"""The whole command against the recorded answers of a real `llama_cpp.server`: no weights, no server, every request as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing import cli
from briefing.brief import Brief
from tests.model.server.cassette import ARTICLE, CASSETTE, play

pytestmark = pytest.mark.usefixtures("offline")

URL = "http://127.0.0.1:8000"  # nobody listens there


@pytest.fixture(autouse=True)
def as_said() -> None:
    """Calibrate, as a run does: these are a real model's answers."""


def test_a_brief_from_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert play(URL, "none", tmp_path) == 0
    brief = Brief.model_validate_json((tmp_path / "briefs" / "2026-11-22.json").read_text(encoding="utf-8"))
    assert brief.run.model.name == "qwen2.5-coder-1.5b-instruct-q4_k_m"
    assert len(brief.claims) >= 3
    for claim in brief.claims:
        assert claim.support is not None
        assert claim.support >= 0.5
        assert all(ARTICLE[citation.start : citation.end] == citation.quote for citation in claim.citations)
    assert brief.run.tokens.generated > 0
    (warned,) = capsys.readouterr().err.splitlines()  # it offers all that is asked of a server, and no states
    assert "no probe was fitted for this model" in warned


def test_a_second_run_asks_the_server_nothing_but_its_name(tmp_path: Path) -> None:
    assert play(URL, "none", tmp_path) == 0
    article = tmp_path / "brell.txt"
    code = cli.run(
        [
            "generate",
            str(article),
            "--server",
            URL,
            "--model",
            "qwen2.5-coder-1.5b-instruct-q4_k_m",
            "--out",
            str(tmp_path / "again"),
            "--quiet",
        ]
    )
    assert code == 0  # with the name given, nobody has to answer at all


def test_a_request_that_was_not_recorded_is_not_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert play(URL, "none", tmp_path) == 0
    other = tmp_path / "other.txt"
    other.write_text("The minister of Aster said that 31 ships sank in the harbour.\n" * 3, encoding="utf-8")
    code = cli.run(["generate", str(other), "--server", URL, "--out", str(tmp_path / "b"), "--quiet", "--model", "x"])
    assert code == 4
    error, hint = capsys.readouterr().err.strip().splitlines()[-2:]
    assert error.startswith("error: no server answers")
    assert hint.startswith("hint: start the server")


def test_the_cassette_names_no_place_of_the_machine_it_was_made_on() -> None:
    text = CASSETTE.read_text(encoding="utf-8")
    assert "/tmp" not in text
    assert "/home" not in text
    assert json.dumps(ARTICLE)[1:20] not in text  # sentences are sent, not files
