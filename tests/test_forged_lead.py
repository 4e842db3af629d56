"""A forged lead does not verify: its words, its citations and what it is said to tell are decided again from the record and the files."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from briefing.brief import Brief
from briefing.language.base import Parser
from briefing.output import record_text
from briefing.pipeline import generate
from briefing.progress import Silent
from briefing.render import render
from briefing.types import Article, Outcome
from briefing.verify import load, verify
from tests.honest import Remembering
from tests.stages.fakes import FakeModel, embed, made, outcome, shortest_lead

Record = dict[str, Any]
Forge = Callable[[Record], None]

TEXTS = {
    "herald": """President Anna Reth of Velm met Prime Minister Jo Marn in Tarn on Wednesday, after a week of quarrels over grain.

The two leaders of Velm and Tarn opened a bridge near the town of Aster on Wednesday, as 300 people cheered on both banks of the river.""",
    "lens": """President Anna Reth of Velm plans to sign the law on grain in May, after bakers in Tarn went on strike.

Prime Minister Jo Marn of Tarn visited 12 mills on Wednesday.""",
    "comet": "A comet of 2 kilometres passed the planet Venus in October, astronomers wrote. A telescope with a mirror of 7 metres saw it.",
}
DATE = "2026-11-26"


@pytest.fixture(scope="module")
def parsing(parser: Parser) -> Parser:
    return Remembering(parser)


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = [made(text, name, source=name.title(), published=DATE) for name, text in TEXTS.items()]
    return {one.id: one.model_copy(update={"sha256": f"{n:064x}"}) for n, one in enumerate(found)}


@pytest.fixture(scope="module")
def honest(parsing: Parser, articles: dict[str, Article]) -> Brief:
    model = FakeModel(
        lead=shortest_lead, believe=lambda question: 0.8 if question.task == "support" and "plans" in question.prompt.text else 0.1
    )
    given = [outcome(article) for article in articles.values()]
    found = generate(given, parser=parsing, embed=embed, model=model, date=DATE, progress=Silent(), every=True)
    assert len(found.leads) == 1
    return found


@pytest.fixture
def checks(parsing: Parser, articles: dict[str, Article]) -> Callable[[Record], set[str]]:
    def found(record: Record) -> set[str]:
        brief = load(json.dumps(record), "forged.json")
        if not isinstance(brief, Brief):
            return {one.check for one in brief}

        def read(of: Any) -> Outcome | None:
            return outcome(articles[of.id])

        return {one.check for one in verify(brief, read, parser=parsing, view=render(brief))}

    return found


def saying(was: str, now: str) -> Forge:
    def forge(record: Record) -> None:
        assert was in record["leads"][0]["text"]
        record["leads"][0]["text"] = record["leads"][0]["text"].replace(was, now)

    return forge


def setting(**fields: Any) -> Forge:
    return lambda record: record["leads"][0].update(fields)


def other_sentence(record: Record) -> None:
    """Cite the sentence of another claim in the place of one of the lead's."""
    cited = record["leads"][0]["citations"]
    every = [citation for claim in record["claims"] for citation in claim["citations"]]
    cited[1] = next(copy.deepcopy(c) for c in every if c not in cited and c["article"] == "lens")


def moved(record: Record) -> None:
    record["leads"][0]["citations"][0]["start"] += 1
    record["leads"][0]["citations"][0]["end"] += 1


def dropped(record: Record) -> None:
    record["leads"][0]["citations"].pop()


def second(record: Record) -> None:
    """Give a story a lead more, of words that its claims have."""
    record["leads"].append({**copy.deepcopy(record["leads"][0]), "id": "story-1-lead-2", "text": "President Anna Reth visited 12 mills."})
    record["stories"][0]["lead"].append("story-1-lead-2")


def homeless(record: Record) -> None:
    record["stories"][0]["lead"] = []


def elsewhere(record: Record) -> None:
    record["stories"][1]["lead"], record["stories"][0]["lead"] = record["stories"][0]["lead"], []
    record["stories"][0]["told"] = []


def hiding(record: Record) -> None:
    """Say that a lead tells a claim whole, so that it is not shown."""
    record["stories"][0]["told"] = [record["stories"][0]["claims"][-1]]


FORGED: dict[str, tuple[Forge, str]] = {
    "another name": (saying("Reth", "Calder"), "lead"),
    "exchanged roles": (saying("Anna Reth of Velm met Prime Minister Jo Marn", "Jo Marn met Prime Minister Anna Reth of Velm"), "lead"),
    "told as done": (saying("plans to sign", "signed"), "lead"),
    "another day": (saying("Wednesday [25 November 2026]", "Wednesday [24 November 2026]"), "edits"),
    "no day": (saying(" on Wednesday [25 November 2026]", ""), "lead"),
    "a number put in": (saying("the law", "12 laws"), "lead"),
    "another claim's verb": (saying("plans to sign the law on grain in May", "visited 12 mills"), "lead"),
    "a denial": (saying("plans", "does not plan"), "lead"),
    "a judging word": (saying("the law", "the sham law"), "lead"),
    "another sentence cited": (other_sentence, "citation"),
    "a place that moved": (moved, "citation"),
    "a citation less": (dropped, "citation"),
    "an origin more": (setting(origins=2), "counts"),
    "support below the least": (setting(support=0.3), "support"),
    "support above its claims": (setting(support=1.0, gates=["lead"]), "gates"),
    "not written": (setting(written=False), "edits"),
    "edits": (setting(edits=[{"start": 0, "end": 1, "text": "", "reason": "aside"}]), "licensed"),
    "a conflict": (setting(conflicts=["lens-s2"]), "conflicts"),
    "told before": (setting(earlier=[{"date": "2026-11-20", "article": "old", "content": "a" * 64, "sentences": [1]}]), "state"),
    "told in part": (setting(partly=["lens"]), "citation"),
    "an ID of its own": (setting(id="story-1-lead-9"), "record"),
    "its outlets": (setting(passed_on=["Reuters"]), "counts"),
    "another speaker": (setting(speaker="Jo Marn"), "speaker"),
    "a sentence more": (second, "lead"),
    "a lead of no story": (homeless, "record"),
    "a lead of another story": (elsewhere, "lead"),
    "a claim hidden": (hiding, "lead"),
}


def test_the_honest_lead_passes(honest: Brief, checks: Callable[[Record], set[str]]) -> None:
    assert checks(json.loads(record_text(honest))) == set()
    assert honest.leads[0].text == (
        "President Anna Reth of Velm met Prime Minister Jo Marn in Tarn on Wednesday [25 November 2026]"
        " and plans to sign the law on grain in May."
    )


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_lead_is_refused(honest: Brief, checks: Callable[[Record], set[str]], name: str) -> None:
    forge, check = FORGED[name]
    record = json.loads(record_text(honest))
    forge(record)
    assert record != json.loads(record_text(honest))
    assert check in checks(record)


def test_a_lead_stands_once_and_with_its_footnotes(honest: Brief) -> None:
    text = render(honest)
    (lead,) = honest.leads
    assert text.count("and plans to sign the law on grain in May") == 1
    line = next(line for line in text.splitlines() if "and plans to sign" in line)
    assert line.endswith("[^herald-s1][^lens-s1]")
    assert honest.in_short()[0].text == lead.text
    shown = {claim.id for story in honest.stories for claim in honest.rest(story)}
    told = {name for story in honest.stories for name in story.told}
    assert {claim.id for claim in honest.claims} - {*honest.top} <= shown | told
