"""What the default model says of pairs of sentences that a reader labelled: the same fact, two facts, or a conflict.

    rm tests/quality/merging.jsonl; python -m tests.quality.merging

asks the model and writes the tape anew; needed when the prompts `support`, `reports` or `conflict`, the comparison or the pairs were
changed on purpose. Every pair is aligned and contested as two claims of one event are: two articles of a sentence each, or two sentences
of the seeds.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from briefing.language.attribution import attributions
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model.base import Model
from briefing.sources.files import read
from briefing.stages import support
from briefing.stages.align import align
from briefing.stages.contest import contested
from briefing.stages.edits import Rewrite
from briefing.stages.rank import Ranker
from briefing.stages.summarize import Chosen, Made, claim_of
from briefing.text.articles import article
from briefing.types import Place
from tests.model_here import default_model, default_parser, reported
from tests.probed import Probed, unread
from tests.properties import ROOT
from tests.tape import TapeRecorder

CASES = Path(__file__).parent / "merging.json"
ANSWERS = Path(__file__).parent / "merging.jsonl"
TASKS = ("support", "whole", "reports", "conflict")


class Compared(NamedTuple):
    """A labelled pair: `label` is "same", "different" or "conflict", `kind` the group it is counted in; `ranker` knows both articles."""

    claims: tuple[Made, Made]
    ranker: Ranker
    label: str
    kind: str


@cache
def gold() -> dict[str, Any]:
    """Return the labels as they lie in the file."""
    found: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8"))
    return found


def documents(parser: Parser) -> dict[str, Document]:
    """Return the seeds by file ID."""
    return {outcome.article.id: Document(outcome.article, parser) for outcome in read([ROOT / "seeds"]) if outcome.article is not None}


def told(document: Document, number: int) -> Made:
    """Return a sentence as the claim that it is, whether or not a brief would tell it."""
    said = next((a.speaker for a in attributions(document.parse(number))), "")
    whole = Rewrite(number, (number,), (), (), said, "statement" if said else "fact", verbatim=False, day="")
    chosen = Chosen(document, whole, 1.0)
    return Made(chosen, claim_of(chosen))


def place(one: list[Any]) -> Place:
    """Return a sentence of the file as a place."""
    return str(one[0]), int(one[1])


def pairs(parser: Parser) -> list[Compared]:
    """Return every labelled pair."""
    seeds = documents(parser)
    ranker = Ranker(list(seeds.values()))
    found: list[Compared] = []
    for kind, label in (("same", "same"), ("different", "different"), ("conflicts", "conflict"), ("not_conflicts", "different")):
        for case in gold()[kind]:
            (a, n), (b, m) = place(case["a"]), place(case["b"])
            found.append(Compared((told(seeds[a], n), told(seeds[b], m)), ranker, label, f"seeds: {kind}"))
    for k, case in enumerate(gold()["made"]):
        one, other = (Document(article(f"{side}{k}", "", "0" * 64, case[side]), parser) for side in "ab")
        label = "conflict" if "conflict" in case["label"] else case["label"]
        found.append(Compared((told(one, 1), told(other, 1)), Ranker([one, other]), label, f"made: {case['label']}"))
    return found


def verdict(pair: Compared, model: Model) -> str:
    """Return what becomes of a pair: "same" where one claim cites both or says what the other one says, "conflict" or "different"."""
    judge = unread(model, TASKS)
    by_id = {one.chosen.document.article.id: one.chosen.document for one in pair.claims}
    events = [list(by_id)]
    enough = support.thresholds()
    aligned = align(
        pair.claims,
        events,
        by_id,
        pair.ranker,
        judge=judge,
        least=enough.reported.least,
        shared=enough.shared.least,
        once=enough.once.least,
    )
    places = [(one.chosen.document.article.id, one.chosen.rewrite.number) for one in pair.claims]
    cited = [{(c.article, c.sentence) for c in one.claim.citations} for one in aligned.made]
    if len(aligned.made) == 1 or any(set(places) <= found for found in cited):
        return "same"
    found = contested(aligned.made, events, judge=judge, least=enough.contested.least)
    return "conflict" if any(one.claim.conflicts for one in found) else "different"


def record() -> None:
    """Ask and write. An interrupted run goes on where it was: answers are kept in the user's cache."""
    with default_model() as model:
        recorder, known = TapeRecorder(Probed(model, TASKS), ANSWERS), pairs(default_parser())
        right = sum(verdict(pair, recorder) == pair.label for pair in known)
        recorder.save()
    sys.stdout.write(f"{right} of {len(known)} pairs\n")


if __name__ == "__main__":
    sys.exit(reported(record))
