"""Fit what labels add to the probe of what may be printed, and say what that is worth on days it has not seen.

    python -m tests.benchmarks.onto DAYS [--states FILE] [--fit]

DAYS holds the days of the labels, and those of US news that `tests.benchmarks.press` makes (`tests/quality/lines.tsv`, `behind.tsv`). The
weights and coefficients that are there stay as they are, and what is added to them is fitted, shrunk towards nothing: so a little that was
read in news of another kind counts, and nothing that was learned before is lost. A probe that reads the last token alone is added to as
one that reads the mean, too. By day, six parts; nothing is fitted on the days in HELD, nor on those that `tests.benchmarks.probes` holds
out, nor on invented articles (DAYS may be `tests/quality/invented`). Cross-validated are the days of US news: the probe that is added to
knows the others.

A probe says which days were added to it, as the shipped one does: they are not added again, and it is measured on days never fitted on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing import pipeline
from briefing.model import probes
from briefing.model.probes import Probe
from briefing.resources import resource
from briefing.stages.printing import TASK
from briefing.stages.traits import Traits
from briefing.stages.worth import CRITERIA, HEADS, Criterion, Printing
from briefing.stages.worth import read as worth
from tests.benchmarks.probes import HELD as OTHERS
from tests.benchmarks.probes import lines, states, write_printing
from tests.benchmarks.scoring import area, moved
from tests.model_here import default_model, reported

HELD = frozenset(f"us-{day}" for day in "2013-08-28 2015-05-26 2017-08-01 2018-04-13 2018-05-16 2018-08-03 2020-02-24 2020-06-12".split())
"""Days that nothing is fitted on; of the OTHERS, of other news, neither."""

INVENTED = "invented-"
"""How the folders of invented articles begin: nothing is fitted on them, what they add costs real news more than it gives."""

FEW = frozenset({"repeats"})
"""Of what these labels say too little: 42 sentences say what the head of their article says."""

PARTS = 6
WEIGHTS, BESIDE = 5e-4, 0.2
"""Inverse strength of the shrinking of what is added to a probe's weights, and to the coefficients beside it."""

_SEEN = (30, 60, 100, 150, 200)  # of the likeliest sentences
Floats = NDArray[np.float64]


def added(x: Floats, labels: NDArray[np.int64], odds: Floats, rows: NDArray[np.bool_]) -> list[tuple[float, Floats]]:
    """Return what is added to each head, an intercept and weights of the states `x` as the probe scales them, fitted on some `rows`."""
    found = []
    for head, y in enumerate(labels):
        known = rows & (y >= 0)
        if HEADS[head] in FEW:
            found.append((0.0, np.zeros(x.shape[1])))
            continue
        found.append(moved(x[known], y[known], odds[known, head], WEIGHTS))
    return found


def beside(printing: Printing, odds: Floats, traits: Floats, labels: NDArray[np.int64], rows: NDArray[np.bool_]) -> Printing:
    """Return the criteria with what is added to their coefficients, fitted on some `rows`."""
    scale = np.concatenate([odds, traits], axis=1).std(axis=0) + 1e-6
    x = np.concatenate([odds, traits], axis=1) / scale
    found: dict[str, Criterion] = {}
    for name in CRITERIA:
        one: Criterion = getattr(printing, name)
        y = labels[HEADS.index(name)]
        known = rows & (y >= 0)
        if name in FEW:
            found[name] = one
            continue
        intercept, slopes = moved(x[known], y[known], decided(one, odds[known], traits[known]), BESIDE)
        slopes = slopes / scale
        found[name] = Criterion(
            intercept=round(one.intercept + intercept, 4),
            heads=tuple(round(a + float(b), 4) for a, b in zip(one.heads, slopes, strict=False)),
            traits={key: round(one.traits[key] + float(b), 4) for key, b in zip(Traits._fields, slopes[len(HEADS) :], strict=True)},
        )
    return printing.model_copy(update=found)


def decided(one: Criterion, odds: Floats, traits: Floats) -> Floats:
    """Return the log-odds of a criterion, by the log-odds of the heads and the traits of some sentences."""
    weights = np.array([one.traits[name] for name in Traits._fields])
    z: Floats = one.intercept + odds @ np.array(one.heads) + traits @ weights
    return z


def right(labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which sentences may be printed: understood, any news, neutral, and nothing told before."""
    stands, tells, _, _, neutral, repeats = labels
    good: NDArray[np.bool_] = (stands > 0) & (tells > 0) & (neutral > 0) & (repeats <= 0)
    return good


def figures(
    printings: Sequence[Printing], odds: Floats, traits: Floats, labels: NDArray[np.int64], rows: NDArray[np.bool_]
) -> dict[str, Any]:
    """Return, alone and behind another line, how well the sentences that may be printed are told; each row by its own `printings`."""
    told = [worth(list(odds[n]), Traits(*traits[n]), printings[n]) for n in range(len(odds))]
    likely, neutral, good = np.array([one.likely for one in told]), np.array([one.neutral for one in told]), right(labels)
    follows = traits[:, Traits._fields.index("follows")] > 0
    found: dict[str, Any] = {}
    said = rows & (labels[HEADS.index("stands")] >= 0)
    for name, which in (("alone", said & ~follows), ("behind", said & follows)):
        order = np.argsort(-likely[which])
        best = {f"of the likeliest {n}": round(float(good[which][order[:n]].mean()), 2) for n in _SEEN if n <= which.sum()}
        from_on = {}
        for p in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8):
            above = which & (likely >= p)
            from_on[str(p)] = (int(above.sum()), round(float(good[above].mean()), 2) if above.any() else None)
        one = printings[int(np.flatnonzero(which)[0])]
        least, plain = (one.behind, one.plain_behind) if name == "behind" else (one.least, one.plain)
        printed = which & (likely >= least) & (neutral >= plain)
        found[name] = {
            "sentences": int(which.sum()),
            "printed, and right": (int(printed.sum()), round(float(good[printed].mean()), 2) if printed.any() else None),
            "right": round(float(good[which].mean()), 3),
            "area": round(area(likely[which], good[which].astype(int)), 3),
            **best,
            "told from, and right": from_on,
        }
    for head, name in enumerate(HEADS):
        known = rows & (labels[head] >= 0)
        found[name] = round(area(odds[known, head], labels[head][known]), 3)
    return found


def main() -> None:
    """Fit on the days but one part, tell that part, and so on; then fit on all, and perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--states", type=Path, help="where answers of the model are kept (default: the user's database)")
    parser.add_argument("--fit", action="store_true", help="write the probe and the coefficients")
    options = parser.parse_args()
    asked, counted = lines(options.folder)
    groups, traits, labels = np.array(asked.groups), np.array(counted, np.float64), asked.labels
    task, shipped = pipeline.tasks((TASK,))[TASK], pipeline.printing()
    with default_model(options.states) as model:
        probe = probes.load(resource("prompts") / "probes", task, model.identity)
        if probe is None:
            sys.exit("error: there is no probe to add to")
        other, held = np.isin(groups, sorted(OTHERS)), np.isin(groups, sorted(HELD))
        invented = np.array([day.startswith(INVENTED) for day in asked.groups])
        days = sorted({*groups[~invented].tolist()} - HELD - OTHERS - {*probe.about.get("added", ())})
        free = np.isin(groups, days)
        read_off = states(asked, task, model).astype(np.float64)
        probe = widened(probe, read_off[free])
        x: Floats = (read_off - probe.mean) / probe.scale
        odds: Floats = probe.line[:, 0] + probe.line[:, 1] * (x @ probe.weights.T)
        ways: dict[str, tuple[list[Printing], Floats]] = {"as shipped": ([shipped] * len(odds), odds)}
        if days:
            part = np.array([days.index(day) % PARTS if day in days else -1 for day in asked.groups])
            ways["with these"] = crosswise(shipped, x, odds, traits, labels, part)
        press = free & np.array([day.startswith("us-") for day in asked.groups])
        parts = (
            ("US news, cross-validated", press),
            ("US news, never fitted on", held),
            ("other news, never fitted on", other),
            ("invented articles, never fitted on", invented),
        )
        for name, rows in parts:
            if rows.any():
                told = {way: figures(printings, found, traits, labels, rows) for way, (printings, found) in ways.items()}
                sys.stdout.write(json.dumps({name: told}) + "\n")
        if options.fit and not days:
            sys.exit("error: the shipped probe knows these days")
        if options.fit:
            write(probe, added(x, labels, odds, free), days, int(free.sum()), model.identity.name)
            more = f"Added to by `python -m tests.benchmarks.onto DAYS --fit` on {int(free.sum())} labels of {len(days)} days"
            write_printing(beside(shipped, ways["with these"][1], traits, labels, free), f"Fitted on {probe.about['fitted']}", more)


def widened(probe: Probe, read_off: Floats) -> Probe:
    """Return a probe of states as wide as these: one that reads the last token alone as one that makes nothing of what stands behind it."""
    known, width = len(probe.mean), read_off.shape[1]
    if known == width:
        return probe
    beyond = read_off[:, known:]
    weights = np.concatenate([probe.weights, np.zeros((len(probe.weights), width - known), np.float32)], axis=1)
    mean = np.concatenate([probe.mean, beyond.mean(axis=0)]).astype(np.float32)
    scale = np.concatenate([probe.scale, beyond.std(axis=0) + 1e-6]).astype(np.float32)
    return replace(probe, weights=weights, mean=mean, scale=scale, about=probe.about | {"pooled": True})


def crosswise(
    shipped: Printing, x: Floats, odds: Floats, traits: Floats, labels: NDArray[np.int64], part: NDArray[np.int64]
) -> tuple[list[Printing], Floats]:
    """Return, for each row, the criteria and the log-odds of the heads by a fit that never saw its `part`; part -1 is never fitted on."""
    found, printings = odds.copy(), [shipped] * len(odds)
    for k in {*part.tolist()}:
        rows = (part != k) & (part >= 0)
        inner = odds.copy()
        for m in range(PARTS):
            here = part == m
            inner[here] = odds[here] + _sum(x[here], added(x, labels, odds, rows & ~here))
        here = part == k
        found[here] = odds[here] + _sum(x[here], added(x, labels, odds, rows))
        changed = beside(shipped, inner, traits, labels, rows)
        printings = [changed if own else one for own, one in zip(here, printings, strict=True)]
    return printings, found


def _sum(x: Floats, steps: Sequence[tuple[float, Floats]]) -> Floats:
    total: Floats = np.array([intercept + x @ weights for intercept, weights in steps]).T
    return total


def write(probe: Probe, steps: Sequence[tuple[float, Floats]], days: Sequence[str], records: int, model: str) -> None:
    """Write the probe with what was added to its weights, and which days it knows."""
    slopes, starts = probe.line[:, 1], probe.line[:, 0]
    weights = np.array([slope * old + new for slope, old, (_, new) in zip(slopes, probe.weights, steps, strict=True)], np.float32)
    line = np.array([(start + intercept, 1.0) for start, (intercept, _) in zip(starts, steps, strict=True)], np.float32)
    fitted = f"{probe.about['fitted']}; then {records} labels of {len(days)} days"
    about = probe.about | {"fitted": fitted, "added": sorted({*probe.about.get("added", ()), *days})}
    path = resource("prompts") / "probes" / model / f"{TASK}.npz"
    np.savez(path, weights=weights, mean=probe.mean, scale=probe.scale, line=line, yes=probe.yes, about=json.dumps(about))


if __name__ == "__main__":
    sys.exit(reported(main))
