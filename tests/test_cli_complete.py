"""Tab in a shell: the scripts come out, and what they ask is answered without anything heavy, and without a trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefing import cli
from briefing.cli import complete
from briefing.cli.schema import Record
from briefing.output import record_text
from briefing.schemas import RECORDS
from briefing.sqlite.store import SqliteStore
from tests import briefs
from tests.test_lazy import HEAVY

SHELLS = ["bash", "zsh", "fish", "powershell"]


def tab(*words: str, modules: bool = False) -> list[str]:
    """Return what Tab offers for the last of the words, as bash asks for it."""
    code = "import sys\nfrom briefing.cli import main\ntry:\n main()\nfinally:\n " + ("print(*sys.modules)" if modules else "pass")
    asked = {"_BRIEFING_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(("briefing", *words)), "COMP_CWORD": str(len(words))}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ, **asked})
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_comes_out(shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    assert cli.run(["--show-completion", shell]) == 0
    said = capsys.readouterr()
    assert "_BRIEFING_COMPLETE" in said.out
    assert f"complete_{shell}" in said.out
    assert said.err == ""


def test_a_script_that_cannot_be_installed_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    home = tmp_path / "no-folder"
    home.write_text("a file where the home folder should be", encoding="utf-8")
    monkeypatch.setenv("HOME", str(home))
    assert cli.run(["--install-completion", "zsh"]) == 5
    said = capsys.readouterr()
    assert said.err.startswith("error: completion cannot be installed: ")
    assert said.err.splitlines()[1] == "hint: --show-completion prints the script"


@pytest.mark.slow
def test_commands_records_and_models_are_offered_and_nothing_heavy_is_imported() -> None:
    assert {"generate", "verify", "ask", "models"} <= set(tab(""))
    assert tab("schema", "") == list(RECORDS)
    assert tab("schema", "a") == ["answer", "article"]
    assert tab("models", "pull", "en") == ["en-core-web-sm"]
    offered = tab("generate", "--model", "", modules=True)
    assert "smollm2-135m" in offered
    assert "en-core-web-sm" not in offered
    assert HEAVY & set(offered) == set()


def test_the_names_of_records_are_those_that_have_a_schema() -> None:
    assert [record.value for record in Record] == list(RECORDS)


def test_days_and_articles_of_stored_briefs_are_offered(own_home: Path, tmp_path: Path) -> None:
    assert complete.briefs("") == []
    assert not list(own_home.rglob("*.sqlite3"))  # to look is not to make
    brief = briefs.example(tmp_path / "articles")
    with SqliteStore(own_home / "briefing.sqlite3") as store:
        for key in ("2026-11-20", "2026-11-21.sports", "2026-11-21", "2025-01-02"):
            date = key[:10]
            store.save_brief(date, f"/briefs/{key}.json", record_text(brief.model_copy(update={"date": date})), [])
    assert complete.briefs("2026") == ["2026-11-21", "2026-11-21.sports", "2026-11-20"]
    assert complete.briefs("1") == []
    ids = [article.id for article in brief.articles]
    assert [name for name, _ in complete.articles("")] == ids
    assert [name for name, _ in complete.articles(ids[0][:3])] == [ids[0]]


def test_a_damaged_database_offers_nothing(own_home: Path) -> None:
    own_home.mkdir(exist_ok=True)
    (own_home / "briefing.sqlite3").write_bytes(b"not a database, but text of some length" * 50)
    assert complete.briefs("") == []
    assert complete.articles("") == []
