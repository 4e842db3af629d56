"""What the default model says of pairs of sentences that a reader labelled: the same fact, two facts, or a conflict.

    rm tests/quality/merging.jsonl; python -m tests.quality.merging

asks the model and writes the tape anew; needed when the prompts `same`, `conflict` or `support`, the comparison or the pairs were changed
on purpose. Every pair is merged and contested as in a brief, two articles of a sentence each, or two sentences of the seeds.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from briefing import pipeline
from briefing.model.base import Model, Question
from briefing.model.tape import TapeRecorder
from briefing.sources.files import read
from briefing.stages import merge
from briefing.stages.conflicts import contested
from briefing.stages.ground import Grounded, Tally
from briefing.stages.plan import Plan
from briefing.stages.select import Pick
from briefing.text.articles import article
from briefing.text.dates import date_of
from briefing.text.reference import Reader
from briefing.types import Claim, Place
from tests.model_here import default_model, reported
from tests.properties import ROOT

CASES = Path(__file__).parent / "merging.json"
ANSWERS = Path(__file__).parent / "merging.jsonl"


class Compared(NamedTuple):
    """A labelled pair: `label` is "same", "different" or "conflict", `kind` the group it is counted in."""

    claims: tuple[Grounded, Grounded]
    label: str
    kind: str


@cache
def gold() -> dict[str, Any]:
    """Return the labels as they lie in the file."""
    found: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8"))
    return found


@cache
def readers() -> dict[str, Reader]:
    """Return the seeds by file ID."""
    return {outcome.article.id: Reader(outcome.article) for outcome in read([ROOT / "seeds"]) if outcome.article is not None}


def told(reader: Reader, number: int) -> Grounded:
    """Return a sentence as the claim that it is."""
    text = reader.text(number)
    said = next((a.speaker for a in reader.attributions(number)), "")
    pick = Pick(reader, Plan(number, (number,), text, (), said, "fact", direct=False), 1.0)
    published = reader.article.published
    claim = Claim(
        id=f"{reader.article.id}-s{number}",
        text=text,
        kind="fact",
        support=1.0,
        citations=(reader.article.cite(number),),
        published=published,
        date=date_of(text, published),
    )
    return Grounded(pick, claim)


def place(one: list[Any]) -> Place:
    """Return a sentence of the file as a place."""
    return str(one[0]), int(one[1])


@cache
def pairs() -> list[Compared]:
    """Return every labelled pair."""
    found: list[Compared] = []
    for kind, label in (("same", "same"), ("different", "different"), ("conflicts", "conflict"), ("not_conflicts", "different")):
        for case in gold()[kind]:
            (a, n), (b, m) = place(case["a"]), place(case["b"])
            found.append(Compared((told(readers()[a], n), told(readers()[b], m)), label, f"seeds: {kind}"))
    for k, case in enumerate(gold()["made"]):
        one, other = (Reader(article(f"{side}{k}", "", "0" * 64, case[side])) for side in "ab")
        label = "conflict" if "conflict" in case["label"] else case["label"]
        found.append(Compared((told(one, 1), told(other, 1)), label, f"made: {case['label']}"))
    return found


def verdict(pair: Compared, model: Model) -> str:
    """Return what becomes of a pair: "same", "conflict" or "different"."""
    known = pipeline.tasks()
    articles = {one.pick.reader.article.id: one.pick.reader.article for one in pair.claims}
    merged = merge.merge(
        pair.claims, articles, model=model, same=known["same"], support=known["support"], calibration=pipeline.calibration(), tally=Tally()
    )
    if len(merged.grounded) == 1:
        return "same"
    found = contested(merged.grounded, merged.alike, model=model, task=known["conflict"], tally=Tally())
    return "conflict" if any(one.claim.conflicts for one in found) else "different"


def record() -> None:
    """Ask and write. An interrupted run goes on where it was: answers are kept in the user's cache."""
    with default_model() as model:
        _ask_at_once(model)
        recorder = TapeRecorder(model, ANSWERS)
        right = sum(verdict(pair, recorder) == pair.label for pair in pairs())
        recorder.save()
    sys.stdout.write(f"{right} of {len(pairs())} pairs\n")


def _ask_at_once(model: Model) -> None:
    """Ask about all pairs in one batch, so that the cache has the answers when they are asked one by one."""
    known = pipeline.tasks()
    texts = [(a.claim.text, b.claim.text) for a, b in (pair.claims for pair in pairs())]
    orders = [order for one, other in texts if merge.pairs([one, other]) for order in ((one, other), (other, one))]
    for name in ("same", "conflict"):
        list(model.judge([Question(name, known[name].prompt(one=one, other=other)) for one, other in orders]))


if __name__ == "__main__":
    sys.exit(reported(record))
