"""Fit the probe that says whether two outlets' sentences tell the same news, and say what it can do on events that it has not seen.

    python -m tests.benchmarks.reports DAYS [--states FILE] [--fit]

It reads `tests/quality/reports.tsv`: pairs of sentences of two articles of one event, by article and number, which a reader called the same
news (1) or not (0): who did what is the same, whatever else each of them tells. The sentences themselves stay in the folder DAYS; a pair
whose sentences are read otherwise than they were is left out. Pairs of one event are held out together. `--fit` writes the probe to
`prompts/probes/MODEL/reports.npz`; the curve is that of `prompts/thresholds.toml`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from briefing import pipeline
from briefing.sources.files import read
from briefing.stages.shared import TASK, asked_of
from tests.benchmarks.probes import LABELS, Asked, fit, said, write
from tests.benchmarks.scoring import POINTS, area, curve
from tests.model_here import default_model, reported

LEAST = 0.85


def pairs(days: Path) -> Asked:
    """Return the labelled pairs, each in the order in which it is asked about."""
    fields, labels, groups = [], [], []
    known: dict[str, dict[str, Any]] = {}
    with (LABELS / "reports.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            day = row["day"]
            if day not in known:
                found = [outcome.article for outcome in read([days / day]) if outcome.article is not None]
                known[day] = {"-".join(article.id.split("-")[:2]): article for article in found}
            one, other = (known[day][row[name]].quote(int(row[number])) for name, number in (("article", "sentence"), ("other", "number")))
            if digest(one, other) == row["text"]:
                fields.append(asked_of(one, other))
                labels.append(int(row["same"]))
                groups.append(f"{day}-{row['article'].split('-')[0]}")
    return Asked(fields, ("same",), np.array([labels]), groups, np.zeros(len(labels), bool))


def digest(one: str, other: str) -> str:
    """Return what says whether two sentences are still read as when they were labelled."""
    return hashlib.sha256(f"{one}\n{other}".encode()).hexdigest()[:8]


def main() -> None:
    """Ask, measure, print, and perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--states", type=Path, help="where answers of the model are kept (default: the user's database)")
    parser.add_argument("--fit", action="store_true", help="write the probe")
    options = parser.parse_args()
    task, asked = pipeline.tasks((TASK,))[TASK], pairs(options.folder)
    with default_model(options.states) as model:
        told = said(asked, task, model)
        parts, odds, areas = fit(asked, told)
        y = asked.labels[0]
        likely = 1 / (1 + np.exp(-odds[:, 0].astype(float)))
        precision = {str(p): [int((likely >= p).sum()), round(float(y[likely >= p].mean()), 3)] for p in (0.5, 0.7, 0.8, LEAST, 0.9)}
        figures = {
            "heads": areas,
            "events": len(set(asked.groups)),
            "pairs told, and right": precision,
            "curve": curve(likely, y, (*POINTS, LEAST)),
        }
        sys.stdout.write(json.dumps(figures | {"yes alone": round(area(told.yes, y), 3)}, indent=1) + "\n")
        if options.fit:
            write(parts, asked, areas, task, model, f"{len(y)} pairs of sentences of {len(set(asked.groups))} events")


if __name__ == "__main__":
    sys.exit(reported(main))
