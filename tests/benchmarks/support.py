"""How often `check` is right on the adversarial claims about the seeds, with the probes as they are shipped; and labelled data to fit on.

    python -m tests.benchmarks.support [--every N] [--states FILE]

Prints, by kind of edit, the share of claims that is judged rightly: by the judge alone, and by judge and gates together; and a reliability
curve. Of SummEdits `python -m tests.benchmarks.probes whole` tells more: each domain by a probe that never saw it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from briefing import pipeline
from briefing.check import Asked, Sources, check
from briefing.progress import Silent
from briefing.sources.files import read
from briefing.stages import support
from briefing.types import Verdict
from tests.benchmarks.scoring import reliability
from tests.model_here import default_model, default_parser, reported

SEEDS = Path(__file__).parents[2] / "seeds"
ADVERSARIAL = Path(__file__).parents[1] / "quality" / "adversarial.jsonl"


class Labelled(NamedTuple):
    """A claim with its label: `group` is its document (or the true claim it was edited from), `domain` where it comes from."""

    domain: str
    group: str
    asked: Asked
    true: bool


def summedits(folder: Path, each: int | None) -> list[Labelled]:
    """Return the records of FOLDER/summedits_*.json (Laban et al. 2023), of a document `each` true and `each` false ones (None: all)."""
    found: list[Labelled] = []
    for path in sorted(folder.glob("summedits_*.json")):
        domain = path.stem.removeprefix("summedits_")
        documents: dict[str, list[Any]] = defaultdict(list)
        for record in json.loads(path.read_text(encoding="utf-8")):
            documents[record["doc"]].append(record)
        for n, document in enumerate(sorted(documents)):
            drawn = random.Random(n)
            for label in (1, 0):
                several = [record for record in documents[document] if record["label"] == label]
                drawn.shuffle(several)
                found += [
                    Labelled(domain, f"{domain}-{n}", Asked(str(r["id"]), r["summary"], document), bool(label)) for r in several[:each]
                ]
    if not found:
        sys.exit(f"error: {folder}: no summedits_*.json in it")
    return found


def adversarial() -> list[Labelled]:
    """Return the true claims about the seeds and their edits."""
    cases = [json.loads(line) for line in ADVERSARIAL.read_text(encoding="utf-8").splitlines()]
    return [Labelled(case["kind"], case.get("of", case["id"]), Asked(case["id"], case["claim"]), case["kind"] == "true") for case in cases]


def by_kind(cases: Sequence[Labelled], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return, for each kind of edit, the share judged rightly: by the judge alone, and by judge and gates together."""
    right: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for case, verdict in zip(cases, verdicts, strict=True):
        right[case.domain].append((verdict.gates[-1].passed == case.true, verdict.supported == case.true))
    every = [told for kind, several in right.items() if kind != "true" for told in several]
    rows = {**dict(sorted(right.items())), "all edits": every}
    return {
        kind: {
            "claims": len(told),
            "judge": round(sum(a for a, _ in told) / len(told), 3),
            "check": round(sum(b for _, b in told) / len(told), 3),
        }
        for kind, told in rows.items()
    }


def main() -> None:
    """Check, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take every Nth of the edited claims (default: all)")
    parser.add_argument("--states", type=Path, help="where answers of the model are kept (default: the user's database)")
    options = parser.parse_args()
    cases = adversarial()[:: options.every]
    given = Sources([outcome.article for outcome in read([SEEDS]) if outcome.article is not None])
    english = default_parser()
    with default_model(options.states) as model:
        judge = pipeline.judge(model, pipeline.CHECKED, Silent())
        started = time.monotonic()
        asked = [case.asked for case in cases]
        verdicts = list(check(asked, given, parser=english, judge=judge, thresholds=support.thresholds()))
        seconds = time.monotonic() - started
    scores = np.array([verdict.support or 0.0 for verdict in verdicts])
    figures = {
        "edits of the seeds": by_kind(cases, verdicts),
        "reliability": reliability(scores, np.array([float(case.true) for case in cases])),
        "seconds a claim": round(seconds / len(cases), 2),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(reported(main))
