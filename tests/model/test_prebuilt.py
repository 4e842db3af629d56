"""The engine that needs no compiler: used only where the other is not there, under an identity of its own, and it answers as servers do."""

from __future__ import annotations

import builtins
import importlib.util
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing import engines
from briefing.config import Settings
from briefing.errors import ModelError
from briefing.model import files, prebuilt
from briefing.model.base import Call, Constraint, Identity, Prompt, Question
from briefing.progress import Silent
from briefing.sqlite.store import SqliteStore
from tests.properties import ROOT

FILE = Identity("small", "ab" * 32)


def without(monkeypatch: pytest.MonkeyPatch, *missing: str) -> None:
    """Let Python find no such packages."""
    find = importlib.util.find_spec
    load = builtins.__import__

    def loaded(name: str, *rest: Any, **options: Any) -> Any:
        if name.partition(".")[0] in missing or name == "briefing.model.llama.engine":
            raise ModuleNotFoundError(f"No module named {missing[0]!r}", name=missing[0])
        return load(name, *rest, **options)

    monkeypatch.setattr(importlib.util, "find_spec", lambda name, package=None: None if name in missing else find(name, package))
    monkeypatch.setattr(builtins, "__import__", loaded)


def test_it_is_used_only_where_the_other_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not prebuilt.wanted()
    without(monkeypatch, "llama_cpp")
    assert prebuilt.wanted()
    without(monkeypatch, "llama_cpp", "xllamacpp")
    assert not prebuilt.wanted()


def test_without_any_engine_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without(monkeypatch, "llama_cpp", "xllamacpp")
    with pytest.raises(ModelError, match="no engine is installed"):
        engines.llama(tmp_path / "x.gguf", FILE, Settings())


def test_the_list_for_pip_is_what_the_program_needs_but_for_the_engine() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = [line for line in (ROOT / "prebuilt.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    needed = [one for one in project["dependencies"] if not one.startswith("llama-cpp-python")]
    assert listed == [*needed, *project["optional-dependencies"]["prebuilt"]]


def test_its_answers_are_not_those_of_the_other_engine() -> None:
    mine = prebuilt.identity(FILE)
    assert (mine.name, len(mine.sha256)) == ("small, xllamacpp", 64)
    assert mine.sha256 != FILE.sha256
    assert mine == prebuilt.identity(FILE)


@pytest.mark.real
def test_it_answers_under_a_schema_and_says_how_sure_it_is(small_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prebuilt, "wanted", lambda: True)
    settings = Settings(home=tmp_path, model=str(small_model), sequences=2)
    schema = json.dumps(
        {"type": "object", "properties": {"claim": {"enum": ["one", "two"]}}, "required": ["claim"], "additionalProperties": False}
    )
    choice = engines.choose(settings)
    with SqliteStore(tmp_path / "a.sqlite3") as store, engines.opened(choice, settings, store, Silent(), engines.llama) as model:
        assert model.identity.sha256 != files.fingerprint(small_model, tmp_path, Silent())
        calls = [Call("t", Prompt("", text=f"Say {word}."), Constraint(schema), 40) for word in ("one", "two", "one two")]
        replies = dict(model.generate(calls))
        judged = dict(model.judge([Question("t", Prompt("", text="Is ice cold? Answer yes or no."), state=True)]))
    assert {reply.finish for reply in replies.values()} == {"stop"}
    assert all(json.loads(reply.text)["claim"] in ("one", "two") for reply in replies.values())
    probability = judged[0].probability
    assert probability is not None
    assert 0 <= probability <= 1
    assert judged[0].state is None


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot load it"):
        prebuilt.PrebuiltModel(tmp_path / "x.gguf", FILE)
