"""The benchmark of the diff runs, and what it compares has the changes that were put into it."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from tests.benchmarks import diff
from tests.quality.diffs import cases


@pytest.mark.slow
def test_it_measures_quality_and_cost(parser: Parser) -> None:
    figures = diff.quality(parser)
    assert figures["cases"] == len(cases())
    assert diff.table(figures).count("\n") >= 9
    found = diff.cost(120, parser)
    assert found["claims"] == [120, 120]
    assert found["states"]["changed"] >= 2  # numbers glued to the names of made-up places are no values
    assert found["states"]["unchanged"] >= 60
    assert found["seconds"] < diff.SECONDS
