"""Fit the probe of coloured words on marked sentences, and say what it can do on days that it has not seen.

    python -m tests.benchmarks.wording DAYS [--fit]

It reads `tests/quality/wording.tsv`: words of sentences of the days in the folder DAYS, by article, number and place, which readers (agents
of another language model in the role of a copy editor) would strike (2) or let pass as mild colour (1), and sentences without any (0).
The sentences stay where they are. The labelled sentences of `tests/quality/lines.tsv` that nobody marked, because a first reading saw
nothing in them and its reader called them neutral, count as plain. Days that are named in HELD are never fitted on; the others are
cross-validated by day. `--fit` writes the probe to `prompts/probes/MODEL/wording.npz`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from briefing.config import load_settings
from briefing.engines import embedder
from briefing.language.document import Document
from briefing.model.wording import states
from briefing.progress import Silent
from briefing.resources import resource
from briefing.sources.files import read
from briefing.stages.wording import CUT, voices
from tests.benchmarks.probes import HELD, LABELS, labels, short
from tests.benchmarks.scoring import area
from tests.model_here import default_parser, reported

Floats = NDArray[np.float32]
FOLDS = 6
STRENGTH = 0.003  # of the shrinking; 0.001 measured alike, 0.0003 worse by 0.01
MILD = 0.5  # what a word counts that many would let pass
NEUTRAL = 0.75  # share of readers that call a sentence neutral


class Words(NamedTuple):
    """The words in the articles' own voice: states, marks (0, 1, 2), the sentence each stands in, and the day of each sentence."""

    x: Floats
    marks: NDArray[np.int64]
    sentence: NDArray[np.int64]
    days: list[str]
    neutral: NDArray[np.float64]


def digest(text: str) -> str:
    """Return what says whether a sentence still is the one that was marked."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def marked() -> dict[tuple[str, str, int], list[dict[str, str]]]:
    """Return the rows of marks by day, article and sentence."""
    found: dict[tuple[str, str, int], list[dict[str, str]]] = {}
    with (LABELS / "wording.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault((row["day"], row["article"], int(row["sentence"])), []).append(row)
    return found


def sentences(days: Path) -> Iterator[tuple[str, Any, list[tuple[int, int, int]], float]]:
    """Yield each sentence that was labelled: its day, its parse, its marks, and the share of readers that call it neutral."""
    known, parser = marked(), default_parser()
    read_word_by_word = {day for day, _, _ in known}
    for day, own_labels in sorted((day, rows) for day, rows in labels("lines.tsv").items() if day in read_word_by_word):
        documents = {short(o.article.id, day): Document(o.article, parser) for o in read([days / day]) if o.article is not None}
        for (article, number), rows in sorted(own_labels.items()):
            if article not in documents:
                continue
            parse = documents[article].parse(number)
            own_marks = known.get((day, article, number), [])
            if all(row["text"] == digest(parse.text) for row in own_marks):
                spans = [(int(row["start"]), int(row["end"]), int(row["grade"])) for row in own_marks]
                yield day, parse, spans, float(np.mean([int(row["neutral"]) for row in rows]))


def words(days: Path) -> Words:
    """Return the words of all labelled sentences, read by the network."""
    reader = embedder(load_settings(), Silent())
    told = list(sentences(days))
    x, marks, sentence = [], [], []
    for n, (pieces, (_, parse, spans, _)) in enumerate(zip(reader.pieces([parse.text for _, parse, _, _ in told]), told, strict=True)):
        less = voices(parse)
        for start, end, state in states(parse.text, pieces):
            if (at := parse.at(start)) < len(less) and not less[at]:
                x.append(state)
                marks.append(max((grade for a, b, grade in spans if start < b and a < end and end - start > 2), default=0))
                sentence.append(n)
    neutral = np.array([share for *_, share in told])
    return Words(np.array(x, np.float32), np.array(marks), np.array(sentence), [day for day, *_ in told], neutral)


def fitted(x: Floats, marks: NDArray[np.int64]) -> tuple[Floats, float]:
    """Return the weights and the intercept that tell marked words from others."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=400)
    model.fit((x - mean) / scale, marks > 0, sample_weight=np.where(marks == 1, MILD, 1.0))
    weights = (model.coef_[0] / scale).astype(np.float32)
    return weights, float(model.intercept_[0] - mean @ weights)


def unseen(found: Words) -> Floats:
    """Return each word's log-odds by a probe that never saw its day."""
    free = sorted(set(found.days) - HELD)
    fold = np.array([-1 if found.days[n] in HELD else free.index(found.days[n]) % FOLDS for n in found.sentence])
    out = np.zeros(len(fold), np.float32)
    for n in range(-1, FOLDS):
        weights, intercept = fitted(found.x[(fold != n) & (fold >= 0)], found.marks[(fold != n) & (fold >= 0)])
        out[fold == n] = found.x[fold == n] @ weights + intercept
    return out


def measured(found: Words, odds: Floats) -> dict[str, Any]:
    """Return the areas under the curve by words and by sentences, and what is right of the words from some odds on."""
    told: dict[str, Any] = {}
    held = np.array([found.days[n] in HELD for n in found.sentence])
    for name, rows in (("cross-validated", ~held), ("never fitted on", held)):
        most = {int(n): float(odds[rows & (found.sentence == n)].max()) for n in np.unique(found.sentence[rows])}
        strict = {n: found.marks[found.sentence == n].max() == 2 for n in most}
        biased = np.array([found.neutral[n] < NEUTRAL for n in most], np.float64)
        highest = np.array(list(most.values()))
        told[name] = {
            "words": int(rows.sum()),
            "marked": [int((found.marks[rows] == grade).sum()) for grade in (1, 2)],
            "area, a word is marked": round(area(odds[rows], (found.marks[rows] > 0).astype(float)), 3),
            "area, a word is struck": round(area(odds[rows], (found.marks[rows] == 2).astype(float)), 3),
            "area, a sentence has a struck word": round(area(highest, np.array(list(strict.values()), np.float64)), 3),
            "area, readers call a sentence not neutral": round(area(highest, biased), 3),
        }
    for least in (CUT, -1.0, -0.5, 0.0, 1.0):
        chosen = odds >= least
        told[f"from {least}"] = {
            "words": int(chosen.sum()),
            "marked": round(float((found.marks[chosen] > 0).mean()), 2),
            "found of the struck": round(float((chosen & (found.marks == 2)).sum() / (found.marks == 2).sum()), 2),
        }
    return told


def main() -> None:
    """Measure, and fit where that is asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("days", type=Path)
    options.add_argument("--fit", action="store_true")
    given = options.parse_args()
    found = words(given.days)
    told = measured(found, unseen(found))
    json.dump(told, sys.stdout, indent=1)
    print()
    if given.fit:
        free = np.array([found.days[n] not in HELD for n in found.sentence])
        weights, intercept = fitted(found.x[free], found.marks[free])
        reader = embedder(load_settings(), Silent())
        about = {
            "model": reader.sha256,
            "fitted": f"{int(free.sum())} words of {len(set(found.sentence[free]))} sentences",
            "measured": told,
        }
        path = resource("prompts") / "probes" / reader.name / "wording.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, weights=weights, intercept=np.float32(intercept), about=np.array(json.dumps(about)))


if __name__ == "__main__":
    sys.exit(reported(main))
