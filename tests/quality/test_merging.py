"""How well claims are merged, contested and counted: pairs that a reader labelled, and the stories of the recorded brief.

The labels are one reader's, made from the seeds and from sentences of fictional towns, without knowing the code. Precision is of what
was merged or marked, recall of what should have been. Events are scored with B-cubed over the claims of the recorded brief.
"""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from briefing.brief import Brief
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.stages.origins import origins
from tests.quality.merging import ANSWERS, CASES, documents, gold, pairs, place, verdict
from tests.tape import TapeModel
from tests.taped import RECORD

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["merging"]


def to_come(name: str) -> list[pytest.MarkDecorator]:
    """Return the mark of a floor that does not hold yet."""
    return [pytest.mark.xfail(reason=reason)] if (reason := FLOORS["to come"].get(name)) else []


Verdicts = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def verdicts(parser: Parser) -> Verdicts:
    """Return for each pair its kind, its label and what became of it."""
    model = TapeModel(ANSWERS)
    found = [(pair.kind, pair.label, verdict(pair, model)) for pair in pairs(parser)]
    model.check_used_up()
    return found


def rates(verdicts: Verdicts, label: str, kinds: str = "") -> tuple[float, float]:
    """Return precision and recall of a label, over the pairs whose kind begins with `kinds`."""
    told = [(wanted, got) for kind, wanted, got in verdicts if kind.startswith(kinds)]
    right = sum(wanted == got == label for wanted, got in told)
    return right / max(1, sum(got == label for _, got in told)), right / max(1, sum(wanted == label for wanted, _ in told))


@cache
def b_cubed() -> tuple[float, float]:
    """Return precision and recall of the stories of the recorded brief against the events of the gold, over its claims."""
    brief = Brief.model_validate_json(RECORD.read_text(encoding="utf-8"))
    event = {place(one): n for n, found in enumerate(gold()["events"]) for one in found["sentences"]}
    lead = {claim.id: (claim.citations[0].article, claim.citations[0].sentence) for claim in brief.claims}
    story = {name: n for n, found in enumerate(brief.stories) for name in found.claims}
    names = sorted(lead)
    precision, recall = [], []
    for name in names:
        together = {other for other in names if story[other] == story[name]}
        meant = {other for other in names if event[lead[other]] == event[lead[name]]}
        precision.append(len(together & meant) / len(together))
        recall.append(len(together & meant) / len(meant))
    return sum(precision) / len(precision), sum(recall) / len(recall)


def counted(seeds: Mapping[str, Document]) -> float:
    """Return the share of the groups of sentences whose origins are counted rightly."""
    right = Counter(
        origins([seeds[a].article.cite(n) for a, n in map(place, group["sentences"])], seeds).number == group["origins"]
        for group in gold()["origins"]
    )
    return right[True] / right.total()


@pytest.fixture(scope="module")
def figures(verdicts: Verdicts, parser: Parser) -> dict[str, float]:
    """Return everything that has a floor."""
    same, conflict, events = rates(verdicts, "same"), rates(verdicts, "conflict"), b_cubed()
    return {
        "same precision": same[0],
        "same recall": same[1],
        "same recall, made": rates(verdicts, "same", "made")[1],
        "conflict precision": conflict[0],
        "conflict recall": conflict[1],
        "conflict recall, made": rates(verdicts, "conflict", "made")[1],
        "story F1": 2 * events[0] * events[1] / (events[0] + events[1]),
        "story precision": events[0],
        "origins": counted(documents(parser)),
    }


def test_the_pairs_are_those_of_the_floors() -> None:
    assert hashlib.sha256(CASES.read_bytes()).hexdigest() == FLOORS["fingerprint"]


@pytest.mark.parametrize("name", [pytest.param(name, marks=to_come(name)) for name in sorted(FLOORS["right"])])
def test_it_holds_its_floor(name: str, figures: dict[str, float]) -> None:
    assert round(figures[name], 3) >= FLOORS["right"][name], name


def test_no_two_calls_of_different_months_are_one_claim(verdicts: Verdicts) -> None:
    wrong = [kind for kind, wanted, got in verdicts if wanted == "different" and got == "same"]
    assert len(wrong) <= FLOORS["wrong merges"]
