"""How rightly two briefs are compared: pairs of article sets with the changes that a reader expects, with recorded answers of the model.

The cases were made by hand without knowing the code. What the briefs do not have (a sentence that no claim was made of, a conflict that
was not marked) is counted apart: it says how rightly a brief is written, not how rightly two are compared.
"""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

import pytest

from briefing.diff import changed
from briefing.language.base import Parser
from briefing.records import Diff
from tests.quality.diffs import ABSENT, ANSWERS, CASES, Scored, briefs, cases, compared, day, rates, scored
from tests.stages.fakes import Lent
from tests.tape import TapeModel

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["diff"]


@pytest.fixture(scope="module", autouse=True)
def lent(parser: Parser) -> None:
    """Lend the session's parser to the functions below."""
    Lent.parser = parser


@cache
def found() -> dict[str, Diff]:
    """Return the diff of every case, by name."""
    model = TapeModel(ANSWERS)
    made = {case["name"]: compared(case, model, Lent.parser) for case in cases()}
    model.check_used_up()
    return made


@cache
def rows() -> list[Scored]:
    """Return every expected and every found change."""
    return [row for case in cases() for row in scored(case, found()[case["name"]])]


@cache
def figures() -> dict[str, float]:
    """Return everything that has a floor."""
    told = {f"{state} {name}": value for state, rate in rates(rows()).items() for name, value in rate.items() if name != "wanted"}
    expected = [row for row in rows() if row.wanted != "unchanged"]
    return told | {"in the briefs": sum(row.found != ABSENT for row in expected) / len(expected)}


@pytest.mark.slow
def test_the_cases_are_those_of_the_floors() -> None:
    assert hashlib.sha256(CASES.read_bytes()).hexdigest() == FLOORS["fingerprint"]
    assert {day(case, side).key for case in cases() for side in ("old", "new")} == briefs().keys()


@pytest.mark.parametrize("name", sorted(FLOORS["right"]))
def test_it_holds_its_floor(name: str) -> None:
    assert round(figures()[name], 3) >= FLOORS["right"][name], [row for row in rows() if row.wanted != row.found]


@pytest.mark.parametrize("name", ["same-set-twice", "same-set-shuffled"])
def test_the_same_set_is_unchanged(name: str) -> None:
    assert not changed(found()[name])


def test_no_change_of_a_value_is_missed() -> None:
    assert [row for row in rows() if row.wanted == "changed" and row.found not in {"changed", ABSENT}] == []
