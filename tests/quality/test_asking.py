"""How often the gold questions about the seeds are answered and refused rightly, with recorded answers of the model.

The questions and their answers are one reader's, made from the seeds without knowing the code; a third of them has no answer there. Every
second one was used for fitting the coefficients: floors are of the others.
"""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing import pipeline
from briefing.language.base import Parser
from tests.benchmarks.ask import GOLD, figures
from tests.quality.asking import TAPE, VECTORS, told
from tests.tape import TapeModel
from tests.vectors import RecordedEmbedder

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["asking"]
RATES = [name for name in FLOORS if name != "fingerprint"]


@pytest.fixture(scope="module")
def held_out(parser: Parser) -> dict[str, Any]:
    model = TapeModel(TAPE)
    found = told(model, RecordedEmbedder(VECTORS), parser)
    model.check_used_up()
    return figures([one for one in found if not one.asked.fit], pipeline.answering())


@pytest.mark.parametrize("name", RATES)
@pytest.mark.slow
def test_a_rate_does_not_fall(name: str, held_out: dict[str, Any]) -> None:
    assert held_out[name] >= FLOORS[name], held_out


def test_the_questions_are_those_of_the_floors() -> None:
    assert hashlib.sha256(GOLD.read_bytes()).hexdigest() == FLOORS["fingerprint"]
