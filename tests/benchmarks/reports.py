"""Fit the probe that says whether two outlets' sentences tell the same news, and say what it can do on events that it has not seen.

    python -m tests.benchmarks.reports DAYS [--states FILE] [--fit] [--yes]

It reads `tests/quality/reports.tsv`: pairs of sentences of two articles of one event, by article and number, which readers called the
same news (1) or not (0): who did what is the same, whatever else each of them tells. Where two readers looked, 1 is what both said. The
sentences themselves stay in the folder DAYS; a pair whose sentences are read otherwise than they were, or are not taken for reports any
more, is left out, as those of days that are not there. Pairs of one event of a week, or of one day, are told by a probe that never saw
them; nothing is fitted on the days that `tests.benchmarks.probes` and `tests.benchmarks.onto` hold out. `--fit` writes the probe to
`prompts/probes/MODEL/reports.npz`, `prompts/reporting.toml`, and the line of `prompts/calibration.toml`; the curve is that of
`prompts/thresholds.toml`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing import pipeline
from briefing.language.document import Document
from briefing.resources import resource
from briefing.sources.files import read
from briefing.stages.rank import Ranker
from briefing.stages.shared import TASK, Common, asked_of, common
from tests.benchmarks.onto import HELD as PRESS
from tests.benchmarks.probes import HELD, LABELS, Asked, fit, said, short, weekly, write
from tests.benchmarks.scoring import POINTS, area, coefficients, curve
from tests.model_here import default_model, default_parser, reported

BESIDE = 0.3  # inverse strength of the shrinking of the coefficients


def pairs(days: Path) -> tuple[Asked, list[Common]]:
    """Return the labelled pairs, each in the order in which it is asked about, and what the two have in common."""
    fields, labels, groups, counted = [], [], [], []
    parser, known = default_parser(), ""
    with (LABELS / "reports.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            day = row["day"]
            if not (days / day).is_dir():
                continue
            if day != known:
                read_off = [Document(outcome.article, parser) for outcome in read([days / day]) if outcome.article is not None]
                by_id, names = {one.article.id: one for one in read_off}, {short(one.article.id, day): one.article.id for one in read_off}
                known, ranker = day, Ranker(read_off)
            both = (names[row["article"]], int(row["sentence"])), (names[row["other"]], int(row["number"]))
            one, other = (by_id[name].text(number) for name, number in both)
            if digest(one, other) == row["text"] and all(number in ranker.vectors[name] for name, number in both):
                counted.append(common(*both, by_id, ranker))
                fields.append(asked_of(one, other))
                labels.append(int(row["same"]))
                groups.append(f"{day}-{row['article'].split('-')[0]}" if weekly(day) else day)
    held = np.array([group.rpartition("-")[0] in HELD or group in HELD or group in PRESS for group in groups])
    return Asked(fields, ("same",), np.array([labels]), groups, held), counted


def digest(one: str, other: str) -> str:
    """Return what says whether two sentences are still read as when they were labelled."""
    return hashlib.sha256(f"{one}\n{other}".encode()).hexdigest()[:8]


def main() -> None:
    """Ask, measure, print, and perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--states", type=Path, help="where answers of the model are kept (default: the user's database)")
    parser.add_argument("--fit", action="store_true", help="write the probe")
    parser.add_argument("--yes", action="store_true", help="ask for the model's own yes, too")
    options = parser.parse_args()
    task = pipeline.tasks((TASK,))[TASK]
    asked, counted = pairs(options.folder)
    y, free = asked.labels[0], ~asked.held
    with default_model(options.states) as model:
        told = said(asked, task, model, yes=options.yes)
        parts, odds, areas = fit(asked, told)
        x = np.concatenate([odds, np.array(counted)], axis=1)
        intercept, slopes = coefficients(x[free], y[free], BESIDE)
        likely = 1 / (1 + np.exp(-intercept - x @ slopes))
        figures: dict[str, Any] = {"heads": areas}
        for name, rows in (("cross-validated", free), ("held out", asked.held)):
            figures[name] = {
                "groups": len({group for group, here in zip(asked.groups, rows, strict=True) if here}),
                "area, with what is counted": round(area(likely[rows], y[rows].astype(float)), 3),
                "pairs told, and right": {str(p): told_and_right(likely[rows] >= p, y[rows]) for p in (0.5, 0.6, 0.65, 0.7, 0.8, 0.9)},
                "curve": curve(likely[rows], y[rows], (*POINTS, 0.9)),
            }
        sys.stdout.write(json.dumps(figures, indent=1) + "\n")
        if options.fit:
            known = f"{int(free.sum())} pairs of sentences of {figures['cross-validated']['groups']} events and days"
            write(parts, asked, areas, task, model, known)
            write_coefficients(intercept, slopes.tolist(), known)


def told_and_right(told: NDArray[np.bool_], y: NDArray[np.int64]) -> tuple[int, float | None]:
    """Return how many pairs are told as one, and the share of them that are."""
    return int(told.sum()), round(float(y[told].mean()), 3) if told.any() else None


def write_coefficients(intercept: float, slopes: Sequence[float], known: str) -> None:
    """Write the coefficients where the program reads them."""
    lines = [
        "# Whether two sentences tell the same news (see briefing/stages/shared.py): of the judge's log-odds, and of what is counted.",
        f"# Fitted by `python -m tests.benchmarks.reports DAYS --fit` on {known}; reviewed by eye, not edited by hand.",
        f"intercept = {intercept:.4f}",
        *(f"{name} = {value:.4f}" for name, value in zip(("judged", *Common._fields), slopes, strict=True)),
    ]
    (resource("prompts") / "reporting.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(reported(main))
