"""How many claims about invented articles the gates alone judge rightly, by kind: no model is asked.

`plain.jsonl` holds claims and their evidence; those of a kind "trial …" are about the small inputs with difficulties that people met
elsewhere, the others were written before the gates that read parses were tuned. A claim passes if no gate refuses it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from briefing.language.base import Parser
from briefing.stages.plain import refusals
from briefing.text.sentences import split

HERE = Path(__file__).parent
CASES = HERE / "plain.jsonl"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["plain"]


class Case(NamedTuple):
    """A claim about its evidence, and whether it follows from it."""

    kind: str
    evidence: str
    claim: str
    label: bool


def cases() -> list[Case]:
    return [Case(**json.loads(line)) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def rates(parser: Parser) -> dict[str, float]:
    """Return the share judged rightly, of the true and of the false, in the trial and in the own cases."""
    right: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    told = [(case, [case.evidence[span.start : span.end] for span in split(case.evidence)]) for case in cases()]
    parser.parse([text for case, sentences in told for text in (case.claim, *sentences)])  # in one batch: half the time
    for case, sentences in told:
        claim, *evidence = parser.parse([case.claim, *sentences])
        passed = all(gate.passed for gate in refusals(claim, evidence, case.evidence))
        name = f"{case.kind.split()[0] if case.kind.startswith('trial') else 'own'}, {'true' if case.label else 'false'}"
        counts[name] += 1
        right[name] += passed == case.label
    return {name: right[name] / counts[name] for name in counts}


def test_the_claims_are_those_of_the_floors() -> None:
    assert hashlib.sha256(CASES.read_bytes()).hexdigest() == FLOORS["fingerprint"]
    told = cases()
    assert len({(case.evidence, case.claim) for case in told}) == len(told)


@pytest.mark.parametrize("name", sorted(FLOORS["right"]))
def test_it_holds_its_floor(name: str, rates: dict[str, float]) -> None:
    assert round(rates[name], 3) >= FLOORS["right"][name]
