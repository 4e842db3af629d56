"""How often `check` is right on labelled claims, and the coefficients of its score: SummEdits, and the adversarial edits of the seeds.

    python -m tests.benchmarks.support FOLDER [--records N] [--each N] [--every N] [--fit] [--signals FILE]

FOLDER holds `summedits_*.json` (Salesforce's factualNLG): documents, summaries, labels. Without numbers everything is read, which takes
hours; `--records 30 --each 6` takes six records of each of five documents a domain, always the same ones. Prints balanced accuracy a
domain, cross-validated (five folds by document: the coefficients, and nothing else, are fitted on the other four), the area under the
curve, and a reliability curve; then the share of the edited claims about the seeds that are judged rightly. `--fit` writes
`prompts/calibration.toml`, fitted on everything that was read. Answers of the model are kept in FILE (default: a file in the temporary
folder), so that a second run asks only what is new.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from briefing import pipeline
from briefing.check import Asked, Sources, signals
from briefing.resources import resource
from briefing.sources.files import read
from briefing.stages.support import Calibration
from tests.model_here import default_model, default_parser

SEEDS = Path(__file__).parents[2] / "seeds"
ADVERSARIAL = Path(__file__).parents[1] / "quality" / "adversarial.jsonl"
RAW = Calibration(intercept=0, judged=1, weakest=0, mean=0, novelty=0, threshold=0.5)
SIGNALS = ("judged", "weakest", "mean", "novelty")
BATCH = 64
FOLDS = 5
RIDGE = 5.0  # of signals in units of their spread

Array = NDArray[np.float64]


class Labelled(NamedTuple):
    """A claim with its label: `group` is its document (or the true claim it was edited from), `domain` where it comes from."""

    domain: str
    group: str
    asked: Asked
    true: bool


def summedits(folder: Path, records: int | None, each: int | None) -> list[Labelled]:
    """Return about `records` of every domain, `each` of a document (None: all), the documents in a fixed random order."""
    found: list[Labelled] = []
    for path in sorted(folder.glob("summedits_*.json")):
        domain = path.stem.removeprefix("summedits_")
        documents: dict[str, list[Any]] = defaultdict(list)
        for record in json.loads(path.read_text(encoding="utf-8")):
            documents[record["doc"]].append(record)
        order = sorted(documents)
        random.Random(0).shuffle(order)
        taken = 0
        for n, document in enumerate(order):
            some = (
                documents[document] if each is None else random.Random(n).sample(documents[document], min(each, len(documents[document])))
            )
            if records is None or taken < records:
                taken += len(some)
                found += [Labelled(domain, f"{domain}-{n}", Asked(str(r["id"]), r["summary"], document), bool(r["label"])) for r in some]
    if not found:
        sys.exit(f"error: {folder}: no summedits_*.json in it")
    return found


def adversarial() -> list[Labelled]:
    """Return the true claims about the seeds and their edits."""
    cases = [json.loads(line) for line in ADVERSARIAL.read_text(encoding="utf-8").splitlines()]
    return [Labelled(case["kind"], case.get("of", case["id"]), Asked(case["id"], case["claim"]), case["kind"] == "true") for case in cases]


class Measured(NamedTuple):
    """What came of some claims: `x` has a row a claim, its SIGNALS; `refused`: by gates, whatever the score."""

    x: Array
    refused: NDArray[np.bool_]
    seconds: float


def measured(asked: Sequence[Labelled], given: Sources | None, kept: Path) -> Measured:
    """Check claims and return what their scores are made of."""
    rows, refused = [], []
    started = time.monotonic()
    parser = default_parser()
    with default_model(kept) as model:
        for start in range(0, len(asked), BATCH):
            batch = [one.asked for one in asked[start : start + BATCH]]
            for found, bound in signals(batch, given, parser=parser, model=model, task=pipeline.tasks()["support"], calibration=RAW):
                rows.append([getattr(found, name) for name in SIGNALS])
                refused.append(bound)
            sys.stderr.write(f"\r{min(start + BATCH, len(asked))} of {len(asked)}")
    sys.stderr.write("\n")
    return Measured(np.array(rows), np.array(refused), time.monotonic() - started)


def fitted(x: Array, y: Array) -> Array:
    """Return the coefficients of a logistic model, the intercept first; classes weigh alike, signals are shrunk by their spread."""
    weight = np.where(y == 1, 0.5 / max(y.mean(), 1e-9), 0.5 / max(1 - y.mean(), 1e-9))
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    design = np.c_[np.ones(len(x)), (x - mean) / spread]
    beta = np.zeros(design.shape[1])
    ridge = np.eye(len(beta)) * RIDGE
    ridge[0, 0] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (weight * (y - p)) - ridge @ beta
        hessian = (design * (weight * p * (1 - p))[:, None]).T @ design + ridge
        beta += np.linalg.solve(hessian, gradient)
    slopes = beta[1:] / spread
    return np.array([beta[0] - slopes @ mean, *slopes])


def scores(x: Array, beta: Array) -> Array:
    """Return the fitted probabilities."""
    out: Array = 1 / (1 + np.exp(-np.clip(beta[0] + x @ beta[1:], -30, 30)))
    return out


def balanced(told: NDArray[np.bool_], y: Array) -> float:
    """Return the mean of the shares of true claims passed and of false ones refused."""
    return float((told[y == 1].mean() + (~told[y == 0]).mean()) / 2)


def area(score: Array, y: Array) -> float:
    """Return the area under the ROC curve."""
    true, false = score[y == 1][:, None], score[y == 0][None, :]
    return float(((true > false) + 0.5 * (true == false)).mean())


def cross_validated(x: Array, y: Array, groups: Sequence[str]) -> Array:
    """Return each claim's score from coefficients that never saw its document."""
    order = sorted(set(groups))
    random.Random(0).shuffle(order)
    fold = {group: n % FOLDS for n, group in enumerate(order)}
    places = np.array([fold[group] for group in groups])
    out = np.zeros(len(y))
    for n in range(FOLDS):
        out[places == n] = scores(x[places == n], fitted(x[places != n], y[places != n]))
    return out


def by_domain(labelled: Sequence[Labelled], score: Array, refused: NDArray[np.bool_], y: Array) -> dict[str, Any]:
    """Return the figures of each domain and their mean: of the score, and of what `check` says, gates and all."""
    domains = np.array([one.domain for one in labelled])
    rows = {
        str(d): {
            "records": int((domains == d).sum()),
            "check": round(balanced(((score >= 0.5) & ~refused)[domains == d], y[domains == d]), 3),
            "score": round(balanced((score >= 0.5)[domains == d], y[domains == d]), 3),
            "area": round(area(score[domains == d], y[domains == d]), 3),
        }
        for d in sorted(set(domains))
    }
    return {**rows, "mean": {key: round(float(np.mean([row[key] for row in rows.values()])), 3) for key in ("check", "score", "area")}}


def reliability(score: Array, y: Array) -> list[dict[str, float]]:
    """Return, for tenths of the score, how many claims are there, their mean score and the share that is true."""
    bins = np.minimum((score * 10).astype(int), 9)
    return [
        {"claims": int((bins == n).sum()), "score": round(float(score[bins == n].mean()), 2), "true": round(float(y[bins == n].mean()), 2)}
        for n in range(10)
        if (bins == n).any()
    ]


def by_kind(cases: Sequence[Labelled], edits: Measured, calibration: Calibration) -> dict[str, Any]:
    """Return, for each kind of edit, the share judged rightly: by the score alone, and by score and gates together."""
    right: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for case, p, refused in zip(cases, scores(edits.x, coefficients(calibration)), edits.refused, strict=True):
        likely = bool(p >= calibration.threshold)
        right[case.domain].append((likely == case.true, (likely and not refused) == case.true))
    every = [told for kind, several in right.items() if kind != "true" for told in several]
    rows = {**dict(sorted(right.items())), "all edits": every}
    return {
        kind: {
            "claims": len(told),
            "score": round(sum(a for a, _ in told) / len(told), 3),
            "check": round(sum(b for _, b in told) / len(told), 3),
        }
        for kind, told in rows.items()
    }


def main() -> None:
    """Measure, print, and perhaps fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, help="about how many records a domain (default: all)")
    parser.add_argument("--each", type=int, help="at most so many records of a document (default: all)")
    parser.add_argument("--every", type=int, default=1, help="take every Nth of the edited claims (default: all)")
    parser.add_argument("--fit", action="store_true", help="write prompts/calibration.toml")
    parser.add_argument("--signals", type=Path, default=Path(tempfile.gettempdir()) / "briefing-support.sqlite3")
    options = parser.parse_args()
    labelled = summedits(options.folder, options.records, options.each)
    cases = adversarial()[:: options.every]
    given = Sources([outcome.article for outcome in read([SEEDS]) if outcome.article is not None])
    edits = measured(cases, given, options.signals)
    news = measured(labelled, None, options.signals)
    y = np.array([float(one.true) for one in labelled])
    score = cross_validated(news.x, y, [one.group for one in labelled])
    calibration = calibrated(fitted(news.x, y))
    figures = {
        "domains": by_domain(labelled, score, news.refused, y),
        "reliability": reliability(score, y),
        "seconds a claim": {"SummEdits": round(news.seconds / len(labelled), 2), "edits": round(edits.seconds / len(cases), 2)},
        "edits of the seeds": by_kind(cases, edits, calibration),
        "calibration": calibration.model_dump(),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    if options.fit:
        write(calibration, len(labelled))


def calibrated(beta: Array) -> Calibration:
    """Return the coefficients by name."""
    values = [round(float(value), 3) for value in beta]
    return Calibration(**dict(zip(("intercept", *SIGNALS), values, strict=True)), threshold=RAW.threshold)


def coefficients(calibration: Calibration) -> Array:
    """Return the coefficients in the order of a row of `Measured`."""
    return np.array([calibration.intercept, *(getattr(calibration, name) for name in SIGNALS)])


def write(calibration: Calibration, records: int) -> None:
    """Write the coefficients where the program reads them."""
    lines = [
        "# The coefficients of the support score (see briefing/stages/support.py): one for each signal.",
        f"# Fitted by `python -m tests.benchmarks.support FOLDER --fit` on {records} claims; reviewed by eye, not edited by hand.",
        f"intercept = {calibration.intercept}",
        *(f"{name} = {getattr(calibration, name)}" for name in SIGNALS),
        f"threshold = {calibration.threshold}",
    ]
    (resource("prompts") / "calibration.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
