"""The benchmark of the main job runs, and sees what it is there to see; answers come from the tape, so no time means much."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from briefing.brief import Brief
from briefing.config import Settings
from briefing.engines import known_models
from briefing.language.base import Parser
from tests.benchmarks import generate
from tests.properties import ROOT, SEEDS
from tests.taped import RECORD, TAPE

RECORDED = Brief.model_validate_json(RECORD.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_it_measures_both_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, models_folder: Path, parser: Parser) -> None:
    monkeypatch.chdir(ROOT)
    (tmp_path / "models").mkdir()
    for path in models_folder.glob(f"{known_models().parser[0].place}*"):  # the parser's files, and nothing else
        (tmp_path / "models" / path.name).symlink_to(path)
    settings = Settings(model=str(TAPE), models=tmp_path / "models")
    figures = generate.measure(SEEDS, settings, [sys.executable, "-m", "tests.taped"])
    assert figures["claims"] == len(RECORDED.claims)
    assert figures["citations"] == sum(len(claim.citations) for claim in RECORDED.claims)
    assert figures["tokens"] == RECORDED.run.tokens.model_dump()
    assert figures["machine"]["cores"] >= 1
    reached = {target["name"]: target["reached"] for target in figures["targets"]}
    assert reached.pop("second run, seconds") in (True, False)
    assert set(reached.values()) == {True}, figures
    said = generate.table(figures)
    assert f"claims{len(RECORDED.claims):>28}" in said
    assert f"{generate.COLD_SECONDS}\n" in said


def test_a_broken_brief_misses_its_targets(monkeypatch: pytest.MonkeyPatch) -> None:
    first = RECORDED.claims[0]
    false = first.model_copy(update={"text": "The regime sent 7,777 drones."})
    wrong = RECORDED.model_copy(update={"claims": (false, *RECORDED.claims[1:])})
    monkeypatch.setattr(generate, "run", lambda *_: generate.Run(wrong, 200.0, None))
    figures = generate.measure(SEEDS, Settings())
    missed = {target["name"] for target in figures["targets"] if not target["reached"]}
    assert {"first run, seconds", "peak memory, bytes"} <= missed
    broken = {
        "every claim and headline is its sentence with its edits",
        "every number is in the quotations",
        "no loaded term outside quotations",
    }
    assert {f"{name}: exceptions" for name in broken} <= missed
    assert broken <= set(figures["exceptions"])
    assert "MISSED first run, seconds" in generate.table(figures)
