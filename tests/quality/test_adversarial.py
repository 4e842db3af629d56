"""How many edits of true claims about the seeds `check` refuses, by kind, and how many true claims it passes.

The claims and their edits were written by hand from reading the seeds, by two people who did not see the gates. A third of them
is checked here as the command does it, their sentences looked for in all five articles, with recorded answers of the default model;
the gates alone are held to all of them.
"""

import hashlib
import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from briefing.language.base import Parser
from briefing.stages.plain import FORM, refusals
from tests.quality.answers import ANSWERS, CASES, cases, sources, verdicts
from tests.tape import TapeModel

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["adversarial"]


@pytest.fixture(scope="module")
def parsing(parser: Parser) -> Parser:
    """Return the parser, which has parsed all claims and sentences in one batch: one by one that takes twice as long."""
    claims = [json.loads(line)["claim"] for line in CASES.read_text(encoding="utf-8").splitlines()]
    parser.parse([*claims, *(article.quote(s.number) for article in sources().articles for s in article.sentences)])
    return parser


@pytest.fixture(scope="module")
def checked(parsing: Parser) -> dict[str, float]:
    """Return by kind the share that the command judges rightly, and of all edits together."""
    model = TapeModel(ANSWERS)
    right: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for case, verdict in zip(cases(), verdicts(model, parsing), strict=True):
        for kind in (case["kind"], "true" if case["kind"] == "true" else "all edits"):
            counts[kind] += 1
            right[kind] += verdict.supported == (case["kind"] == "true")
    model.check_used_up()
    return {kind: right[kind] / counts[kind] for kind in counts}


@pytest.fixture(scope="module")
def gated(parsing: Parser) -> dict[str, float]:
    """Return by kind the share that the gates alone judge rightly, over all claims, given the sentences that they are about."""
    articles = {article.id: article for article in sources().articles}
    right: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for line in CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        article = articles[case["article"]]
        claim, *quotes = parsing.parse([case["claim"], *(article.quote(n) for n in case["sentences"])])
        passed = all(gate.passed or gate.name in FORM for gate in refusals(claim, quotes, article.text))
        counts[case["kind"]] += 1
        right[case["kind"]] += passed == (case["kind"] == "true")
    return {kind: right[kind] / counts[kind] for kind in counts}


def test_the_claims_are_those_of_the_floors() -> None:
    assert hashlib.sha256(CASES.read_bytes()).hexdigest() == FLOORS["fingerprint"]
    lines = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    assert len({line["claim"] for line in lines}) == len(lines)
    assert sum(line["kind"] != "true" for line in lines) >= 300


@pytest.mark.parametrize("kind", sorted(FLOORS["check"]))
@pytest.mark.slow
def test_the_command_holds_its_floor(kind: str, checked: dict[str, float]) -> None:
    assert round(checked[kind], 3) >= FLOORS["check"][kind], kind


@pytest.mark.parametrize("kind", sorted(FLOORS["gates"]))
def test_the_gates_alone_hold_their_floor(kind: str, gated: dict[str, float]) -> None:
    assert round(gated[kind], 3) >= FLOORS["gates"][kind], kind
