"""The benchmark of the parser runs, and its second run loads nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import load_settings
from briefing.language.base import Parser
from tests.benchmarks import parser as benchmark


@pytest.mark.slow
def test_it_measures_both_runs(tmp_path: Path, models_folder: Path, parser: Parser) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(
        "The mayor of Orvane said that the council will not pay.\n\nIt is not for sale, she said to the guild.\n"
    )
    settings = load_settings({"models": models_folder})
    cost = benchmark.load(settings)
    assert 10 < cost["model MB"] < 20
    assert cost["packages MB"]["spacy"] > 10
    runs = [benchmark.measure([tmp_path / "articles"], tmp_path / "parses.sqlite3", settings) for _ in range(2)]
    assert [(run["articles"], run["sentences"]) for run in runs] == [(1, 2)] * 2
    assert runs[1]["load seconds"] < runs[0]["load seconds"]
