"""Pairs of article sets with the changes that a reader expects, the briefs that the default model makes of them, and its answers to `diff`.

    rm tests/quality/diff.jsonl tests/quality/diff_briefs.jsonl; python -m tests.quality.diffs

makes the briefs and asks anew; needed when choosing, shortening, aligning or the judge was changed on purpose, and the first file alone
where only what is asked was. The briefs are kept as they were made, so that what is measured is the comparing of two briefs, whatever
becomes of the writing of one.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from briefing import pipeline
from briefing.brief import Brief
from briefing.config import load_settings
from briefing.diff import STATES, diff
from briefing.engines import embedder
from briefing.language.base import Parser
from briefing.model.base import Model
from briefing.model.vectors import Embedder
from briefing.progress import Silent
from briefing.records import Change, Diff
from briefing.stages.retold import Source, teller
from briefing.stages.support import thresholds
from briefing.text.articles import article
from briefing.text.words import fold_text
from briefing.types import Article, Claim, Outcome, State
from tests.model_here import default_model, default_parser, reported
from tests.properties import SEEDS
from tests.tape import TapeRecorder

CASES = Path(__file__).parent / "diff.json"
BRIEFS = Path(__file__).parent / "diff_briefs.jsonl"
ANSWERS = Path(__file__).parent / "diff.jsonl"


class Day(NamedTuple):
    """One side of a case: its date and its articles, in the order in which they are listed."""

    date: str
    articles: tuple[Article, ...]

    @property
    def key(self) -> str:
        """Name the brief of these articles, at this date."""
        return hashlib.sha256(json.dumps([self.date, [[one.id, one.sha256] for one in self.articles]]).encode()).hexdigest()[:16]


@cache
def cases() -> list[dict[str, Any]]:
    """Return the cases as they lie in the file."""
    found: list[dict[str, Any]] = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    return found


def day(case: dict[str, Any], side: str) -> Day:
    """Return one side of a case."""
    return Day(case[f"{side}_date"], tuple(_article(one) for one in case[side]))


def _article(one: dict[str, Any]) -> Article:
    name = one.get("name") or f"{one['seed']}.txt"
    text = one["text"] if "text" in one else (SEEDS / name).read_bytes().decode("utf-8")
    for before, after in one.get("replace", ()):
        text = _once(text, before, after)
    for part in one.get("remove", ()):
        text = _once(text, part, "")
    for part in one.get("add", ()):
        text = f"{text.rstrip()}\n\n{part}\n"
    return article(Path(name).stem, name, hashlib.sha256(text.encode()).hexdigest(), text, markdown=name.endswith(".md"))


def _once(text: str, before: str, after: str) -> str:
    if text.count(before) != 1:
        raise ValueError(f"it stands {text.count(before)} times: {before!r}")
    return text.replace(before, after)


def make(one: Day, model: Model, parser: Parser, embedder: Embedder) -> Brief:
    """Make the brief of one side, as `generate` does."""
    outcomes = [Outcome(id=a.id, path=a.path, sha256=a.sha256, status="used", article=a) for a in one.articles]
    brief = pipeline.generate(outcomes, parser=parser, embed=embedder.embed, model=model, date=one.date, progress=Silent())
    run = brief.run.model_copy(update={"seconds": 0.0})
    return brief.model_copy(update={"run": run, "language": ()})


@cache
def briefs() -> dict[str, Brief]:
    """Return the briefs that were made, by their key."""
    found = map(json.loads, BRIEFS.read_text(encoding="utf-8").splitlines())
    return {one["key"]: Brief.model_validate(one["brief"]) for one in found}


def compared(case: dict[str, Any], model: Model | None, parser: Parser) -> Diff:
    """Compare the two briefs of a case, as `diff` does; without a model, what is left open stays apart."""
    sides = [day(case, side) for side in ("old", "new")]
    texts = {one.sha256: one for side in sides for one in side.articles}
    old, new = (Source(briefs()[side.key], "", lambda record: texts.get(record.sha256)) for side in sides)
    if model is None:
        return diff(old, new, parser)
    judge = pipeline.judge(model, ("whole",), Silent())
    return diff(old, new, parser, teller(parser, lambda: judge, thresholds().earlier.least))


class Scored(NamedTuple):
    """An expected or a found change of a case: what was wanted ("" for nothing) and what was found ("" for nothing)."""

    case: str
    wanted: str
    found: str
    what: str


ABSENT = "not in the brief"
"""What is said of an expected change whose sentence no claim was made of, and of a claim whose sentence is old and was picked anew."""


def scored(case: dict[str, Any], found: Diff) -> list[Scored]:
    """Return every expected change with what became of it, then every found one that nobody expected."""
    met: set[int] = set()
    rows = [_expected(case, expected, found, met) for expected in case["expect"]]
    stood = {side: {fold_text(one.quote(s.number)) for one in day(case, side).articles for s in one.sentences} for side in ("old", "new")}
    for n, change in enumerate(found.changes):
        if n in met:
            continue
        one, side = (change.new, "old") if change.new else (change.old, "new")
        what = one.text if one else ""
        picked = change.state in {"new", "dropped"} and one is not None and fold_text(one.citations[0].quote) in stood[side]
        rows.append(Scored(case["name"], ABSENT if picked else "unchanged", change.state, what))
    return rows


def _expected(case: dict[str, Any], expected: dict[str, Any], found: Diff, met: set[int]) -> Scored:
    """Find what became of an expected change: that of the claims which cite its sentences."""
    sides: list[set[int]] = []
    for side in ("old", "new"):
        if expected[side] is None:
            continue
        name, words = expected[side]
        cited = {
            n
            for n, change in enumerate(found.changes)
            for claim in _claims(change, side)
            if any(
                c.article == name and words in c.quote
                for c in (claim.citations if expected["state"] == "corroborated" else claim.citations[:1])
            )
        }
        sides.append(cited)
    what = json.dumps([expected["old"], expected["new"]])
    if not all(sides) or ("against" in expected and not _marked(case, expected)):
        return Scored(case["name"], expected["state"], ABSENT, what)
    both = set.intersection(*sides)
    met |= both or set.union(*sides)
    states = {found.changes[n].state for n in both}
    got = expected["state"] if expected["state"] in states else min(states, default="apart")
    if got == "changed" == expected["state"]:
        details = " ".join(found.changes[n].detail for n in both)
        got = got if all(value in details for value in expected["values"]) else "another value"
    return Scored(case["name"], expected["state"], got, what)


def _claims(change: Change, side: str) -> list[Claim]:
    first, more = (change.old, change.also_old) if side == "old" else (change.new, change.also_new)
    return [*([first] if first else []), *more]


def _marked(case: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Return whether the new brief marks the conflict that is expected, between these two sentences."""
    brief = briefs()[day(case, "new").key]
    (one, words), (other, more) = expected["new"], expected["against"]
    known = {claim.id: claim.citations[0] for claim in brief.claims}
    first = [claim for claim in brief.claims if (c := known[claim.id]).article == one and words in c.quote]
    return any((c := known[name]).article == other and more in c.quote for claim in first for name in claim.conflicts)


def rates(rows: Sequence[Scored]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of each state but "unchanged", and over all; what is not in the briefs does not count."""
    counted = [row for row in rows if ABSENT not in (row.wanted, row.found)]
    return {state: _rates(counted, {state}) for state in STATES} | {"all": _rates(counted, set(STATES) - {"unchanged"})}


def _rates(rows: Sequence[Scored], states: set[State] | set[str]) -> dict[str, float]:
    right = sum(row.wanted == row.found for row in rows if row.wanted in states)
    wanted, found = (sum(one in states for one in (getattr(row, name) for row in rows)) for name in ("wanted", "found"))
    precision, recall = right / found if found else 1.0, right / wanted if wanted else 1.0
    return {"precision": precision, "recall": recall, "F1": 2 * precision * recall / ((precision + recall) or 1.0), "wanted": wanted}


def record() -> None:
    """Make the briefs that are not made yet, ask what `diff` asks of them, and write both. An interrupted run goes on where it was."""
    with default_model() as model:
        sides = {one.key: one for case in cases() for one in (day(case, "old"), day(case, "new"))}
        known = briefs() if BRIEFS.exists() else {}
        parser, vectors = default_parser(), embedder(load_settings(), Silent())
        made = {key: known.get(key) or make(one, model, parser, vectors) for key, one in sides.items()}
        kept = [{"key": key, "brief": brief.model_dump(mode="json", by_alias=True)} for key, brief in made.items()]
        lines = [json.dumps(one, ensure_ascii=False) for one in kept]
        BRIEFS.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        briefs.cache_clear()
        recorder = TapeRecorder(model, ANSWERS)
        rows = [row for case in cases() for row in scored(case, compared(case, recorder, parser))]
        recorder.save()
    sys.stdout.write(f"{json.dumps(rates(rows), indent=1)}\n")


if __name__ == "__main__":
    sys.exit(reported(record))
