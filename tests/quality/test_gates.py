"""How many false claims the gates that need no model refuse, by kind, and how many true ones they pass.

The cases were made by hand: true claims as drafts make them of the seeds, and the same claims edited to say something false. A floor may be
raised by an ordinary commit; lowering one, or changing a case, shows in `floors.toml`.
"""

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from briefing.language.base import Parser
from briefing.sources.files import read
from briefing.stages.plain import refusals
from briefing.types import Article

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
CASES = HERE / "cases.jsonl"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


class Case(NamedTuple):
    """A claim about sentences of an article; `kind` is "true" or what was made false in it."""

    kind: str
    article: str
    sentences: list[int]
    speaker: str
    claim: str


@cache
def cases() -> list[Case]:
    return [Case(**json.loads(line)) for line in CASES.read_text(encoding="utf-8").splitlines()]


@cache
def articles() -> dict[str, Article]:
    return {outcome.id: outcome.article for outcome in read([SEEDS]) if outcome.article is not None}


def passes(case: Case, parser: Parser) -> bool:
    article = articles()[case.article]
    claim, *quotes = parser.parse([case.claim, *(article.quote(n) for n in case.sentences)])
    return all(gate.passed for gate in refusals(claim, quotes, article.text))


@pytest.fixture(scope="module")
def missed(parser: Parser) -> dict[str, list[str]]:
    """Return by kind the claims that were judged wrongly. All are parsed in one batch, which takes half the time."""
    parser.parse([text for case in cases() for text in (case.claim, *(articles()[case.article].quote(n) for n in case.sentences))])
    return {
        kind: [case.claim for case in cases() if case.kind == kind and passes(case, parser) != (kind == "true")] for kind in FLOORS["right"]
    }


@pytest.mark.slow
def test_the_cases_are_those_of_the_floors() -> None:
    assert hashlib.sha256(CASES.read_bytes()).hexdigest() == FLOORS["fingerprint"]
    assert set(FLOORS["right"]) == {case.kind for case in cases()}
    assert len({(case.article, case.claim, case.speaker) for case in cases()}) == len(cases())


@pytest.mark.parametrize("kind", sorted(FLOORS["right"]))
def test_no_kind_falls_below_its_floor(kind: str, missed: dict[str, list[str]]) -> None:
    count = sum(case.kind == kind for case in cases())
    assert 1 - len(missed[kind]) / count >= FLOORS["right"][kind], "\n".join(missed[kind])
