"""Fit the probes of the judge on labelled data, and say what they can do: areas under the curve on documents that were held out.

    python -m tests.benchmarks.probes print DAYS [--states FILE] [--fit] [--yes]
    python -m tests.benchmarks.probes support EVAL --claims FILE [--each N] [--states FILE] [--fit] [--yes]
    python -m tests.benchmarks.probes whole EVAL [--each N] [--states FILE] [--fit] [--yes]
    python -m tests.benchmarks.probes answers EVAL [--records N] [--states FILE] [--fit] [--yes]

`print` reads `tests/quality/lines.tsv`: sentences of the days in the folder DAYS, by article and number, labelled by readers (stands
alone
0 or 1, news 0 to 3, neutral 0 or 1, the kind of fault), and `tests/quality/behind.tsv`: the same sentences as they would stand behind
another one of their article (understood then 0 or 1, says nothing that the other does not say 0 or 1), and `tests/quality/again.tsv`:
sentences behind two others of their article, its head and one more (says nothing that these do not say 0 or 1). The sentences themselves
stay where they are. A sentence that the program tells in other words than it did when it was labelled is left out. Days that are named in
HELD are never fitted on; the others are cross-validated by day. `--fit` writes the probe to `prompts/probes/MODEL/TASK.npz` and the
coefficients beside the prompts, and of every probe what a yes is worth without it to `prompts/calibration.toml`.

`support` learns from claims about one to three sentences that `tests.benchmarks.edits` made by program (FILE), at most N of a kind (three
times as many whole sentences), and says by kind how well each is told from true ones; documents of the days in HELD are never fitted on. It
is tried on EVAL/language/swaps.json, claims made by hand. `whole` learns from SummEdits (EVAL/support), N true and N false claims of a
document, and tells each domain by a probe that never saw it, and claims about news that it is not fitted on
(`tests/quality/news_claims.jsonl`: agents wrote them, true ones and false ones with one fault, about articles of the days in EVAL/days).
`answers` learns from the sentences that `ask` would put before the judge: of every second gold question about the seeds, and of N questions
of each file of EVAL/qa (ClapNQ), those about half of its documents (see `tests.benchmarks.ask`). States are kept in FILE (default: the
user's own database), so that a second run asks the model nothing. With `--yes` the model's own yes is asked for, too, which takes all of
its layers, and what it is worth without a state is fitted anew; without, that stays as it is.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing import pipeline
from briefing.config import load_settings
from briefing.engines import embedder
from briefing.language.document import Document
from briefing.model.base import Judgement, Model, Prompt, Question
from briefing.model.probes import Probe
from briefing.model.task import Task
from briefing.progress import Silent
from briefing.resources import resource
from briefing.sources.files import read
from briefing.stages import cluster
from briefing.stages.again import AGAIN, SURELY
from briefing.stages.answer import asked_of, passages
from briefing.stages.copies import copies
from briefing.stages.evidence import window
from briefing.stages.plain import FORM, refusals
from briefing.stages.printing import TASK, Candidate
from briefing.stages.rank import Ranker
from briefing.stages.select import can_be_told
from briefing.stages.summarize import Chosen
from briefing.stages.support import asked as fields_of
from briefing.stages.traits import Traits
from briefing.stages.worth import CRITERIA, HEADS, Criterion, Printing
from briefing.stages.worth import read as worth
from tests.benchmarks import ask
from tests.benchmarks.scoring import STRENGTH, area, balanced, coefficients, curve, fitted, line, reliability
from tests.benchmarks.support import summedits
from tests.model_here import default_model, default_parser, reported

Floats = NDArray[np.float32]
LABELS = Path(__file__).parents[1] / "quality"
HELD = frozenset({"2026-06-16", "2026-06-17", "2026-06-19", "three-outlets-2021-09-13"})
"""Days that nothing is fitted on."""

LAYERS = {"print": 18, "whole": 18, "reports": 18, "answers": 18, "support": 18}
"""The layer, counted from 0, after which the state of a task is read; of other tasks it is the last state."""

POOLED = frozenset({"print", "reports", "answers", "support", "whole"})
"""Tasks of which the mean of the states over the prompt's own text is read, too."""

NEWS = "news"
"""The domain of the claims about articles of news, which nothing is fitted on."""

FOLDS = 8
BESIDE = 0.03  # inverse strength of the shrinking of a criterion's coefficients; 0.01 to 0.1 measured alike
LEAST, BEHIND, ONLY = 0.6, 0.55, 0.35
PLAIN, PLAIN_BEHIND = 0.7, 0.8
FEW, FEW_BEHIND, FEW_PLAIN = 0.06, 0.4, 0.5
"""How sure it must be that a sentence may be printed by itself, or behind another; how probable, in each case, that it is neutral, whatever
else is true of it; how sure of the one line of an event that nothing else would tell; how sure of few articles, and how probable it must be
there that it is neutral."""


@dataclass(frozen=True)
class Asked:
    """Questions of one task with their labels: a row of `labels` is a head's, -1 where nobody knows; `groups` are held out together."""

    fields: list[dict[str, str]]
    heads: tuple[str, ...]
    labels: NDArray[np.int64]
    groups: list[str]
    held: NDArray[np.bool_]


@dataclass(frozen=True)
class Said:
    """The states, one a row, and the log-odds of the model's own yes, where it was asked for."""

    states: Floats
    yes: Floats | None = None


def states(asked: Asked, task: Task, model: Model) -> Floats:
    """Ask the model for the state by which a task is judged, a row each. Raises SystemExit where it gives none."""
    how = Question(task.name, Prompt(""), state=True, layer=LAYERS.get(task.name), pooled=task.name in POOLED)
    questions = [replace(how, prompt=task.prompt(**fields)) for fields in asked.fields]
    found = dict(model.judge(questions))
    rows = [found[n].state for n in range(len(questions))]
    if any(row is None for row in rows):
        sys.exit("error: the model gave no state")
    return np.array(rows, np.float32)


def said(asked: Asked, task: Task, model: Model, *, yes: bool = False) -> Said:
    """Ask the model for the state by which it is judged, and for its `yes` if that is wanted. Raises SystemExit where it gives none."""
    if not yes:
        return Said(states(asked, task, model))
    questions = [Question(task.name, task.prompt(**fields), state=True) for fields in asked.fields]
    found = dict(model.judge(questions))
    told = [found[n].probability for n in range(len(questions))]
    if any(probability is None for probability in told):
        sys.exit("error: the model gave no answer")
    p = np.clip(np.array(told, np.float64), 1e-4, 1 - 1e-4)
    return Said(states(asked, task, model), np.log(p / (1 - p)).astype(np.float32))


def unseen(x: Any, y: Any, groups: Sequence[str], held: NDArray[np.bool_], strength: float = STRENGTH) -> Floats:
    """Return each row's log-odds by a model that never saw its group; those held out by one that saw all the others."""
    order = {group: n % FOLDS for n, group in enumerate(sorted({g for g, h in zip(groups, held, strict=True) if not h}))}
    fold = np.array([-1 if h else order[g] for g, h in zip(groups, held, strict=True)])
    out = np.zeros(len(y), np.float32)
    for n in sorted(set(fold)):
        others = (fold != n) & ~held & (y >= 0)
        out[fold == n] = fitted(x[others], y[others], strength).decision_function(x[fold == n])
    return out


def fit(asked: Asked, told: Said) -> tuple[dict[str, Any], Floats, dict[str, Any]]:
    """Return the parts of a probe, each row's log-odds by heads that never saw its group, and the areas of each head."""
    free = ~asked.held
    mean, scale = told.states[free].mean(axis=0), told.states[free].std(axis=0) + 1e-6
    parts: dict[str, list[Any]] = {"weights": [], "line": []} | ({} if told.yes is None else {"yes": []})
    columns, areas = [], {}
    for head, y in zip(asked.heads, asked.labels, strict=True):
        known = y >= 0
        odds = unseen(told.states, y, asked.groups, asked.held)
        intercept, slope = line(odds[free & known], y[free & known])
        whole = fitted((told.states[free & known] - mean) / scale, y[free & known], scaled=True)
        parts["weights"].append(whole.coef_[0])
        parts["line"].append((intercept + slope * float(whole.intercept_[0]), slope))
        if told.yes is not None:
            parts["yes"].append(line(told.yes[free & known], y[free & known]))
        columns.append(intercept + slope * odds)
        areas[head] = {"records": int(known.sum()), "true": round(float(y[known].mean()), 3)}
        for name, rows in (("cross-validated", free & known), ("held out", asked.held & known)):
            if rows.any():
                areas[head] |= {name: round(area(odds[rows], y[rows]), 3), **yes_alone(told, y, rows, f"yes alone, {name}")}
    found = {name: np.array(rows, np.float32) for name, rows in parts.items()}
    return found | {"mean": mean, "scale": scale}, np.array(columns).T, areas


def yes_alone(told: Said, y: NDArray[np.int64], rows: NDArray[np.bool_], name: str = "yes alone") -> dict[str, float]:
    """Return what the model's own yes is worth on some rows, by a name; nothing where it was not asked for."""
    return {} if told.yes is None else {name: round(area(told.yes[rows].astype(float), y[rows].astype(float)), 3)}


def write(parts: Mapping[str, Any], asked: Asked, areas: Mapping[str, Any], task: Task, model: Model, what: str) -> Path:
    """Write a probe where the program reads it; what a yes is worth stays if it was not asked. The same data give the same bytes."""
    path = resource("prompts") / "probes" / model.identity.name / f"{task.name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    if "yes" not in parts:
        with np.load(path, allow_pickle=False) as before:
            parts = {**parts, "yes": before["yes"]}
    fitted_with = {"prompt": task.sha256, "model": model.identity.sha256, "layer": LAYERS.get(task.name), "pooled": task.name in POOLED}
    about = {"heads": list(asked.heads), **fitted_with, "fitted": what, "areas": areas}
    np.savez(path, **parts, about=json.dumps(about))
    (resource("prompts") / "calibration.toml").write_text(calibration(path.parent), encoding="utf-8")
    return path


def calibration(folder: Path) -> str:
    """Return the file of what a yes is worth without a probe: the `yes` of each of a model's probes that answers its task by one head."""
    told = [
        "# What the yes of a model without probes is worth (see briefing/stages/judging.py): from its log-odds to those of being right.",
        f"# Read off the probes of {folder.name} by `python -m tests.benchmarks.probes … --fit`, which fits them; not edited by hand.",
    ]
    for path in sorted(folder.glob("*.npz")):
        with np.load(path, allow_pickle=False) as held:
            if len(held["yes"]) == 1:
                intercept, slope = (float(value) for value in held["yes"][0])
                told += ["", f"[{path.stem}]", f"intercept = {intercept:.4f}", f"slope = {slope:.4f}"]
    return "\n".join(told) + "\n"


# What may be printed


def lines(days: Path) -> tuple[Asked, list[Traits]]:
    """Return the labelled sentences of the days that are there, as the program tells them, and what is counted of each."""
    alone, behind, again = (labels(f"{name}.tsv") for name in ("lines", "behind", "again"))
    parser, vectors = default_parser(), embedder(load_settings(), Silent())
    fields, rows, groups, counted = [], [], [], []
    for day, known in sorted(alone.items()):
        if not (days / day).is_dir():
            continue
        documents = [Document(outcome.article, parser) for outcome in read([days / day]) if outcome.article is not None]
        events = cluster.events(documents, vectors.embed([cluster.opening(document) for document in documents]))
        candidates, _ = can_be_told(documents, events, copies(documents), Ranker(documents))
        for name, several in candidates.items():
            by_number = {one.rewrite.number: one for one in several}
            order = sorted(several, key=lambda one: (-one.weight, one.rewrite.number))
            for rank, one in enumerate(order):
                place = short(name, day), one.rewrite.number
                by_itself = {row["reader"]: row for row in known.get(place, ())}
                told = [(Candidate(one, rank), row, _labels(row, row)) for row in by_itself.values()]
                following = ((row, by_itself.get(row["reader"])) for row in behind.get(day, {}).get(place, ()))
                told += [(Candidate(one, rank, _above(by_number, row)), row, _labels(row, label)) for row, label in following if label]
                told += [(Candidate(one, rank, _above(by_number, row)), row, _labels(row, {})) for row in again.get(day, {}).get(place, ())]
                for candidate, row, label in told:
                    if row["text"] == digest(candidate):
                        fields.append(candidate.fields)
                        rows.append(label)
                        groups.append(day)
                        counted.append(candidate.traits)
    held = np.array([group in HELD for group in groups])
    return Asked(fields, HEADS, np.array(rows, np.int64).T, groups, held), counted


def _labels(row: Mapping[str, str], by_itself: Mapping[str, str]) -> tuple[int, ...]:
    """Return the label of each head, -1 where nobody said: of a sentence where it stands, and as it was labelled by itself."""
    news, neutral = int(by_itself.get("news", -1)), int(by_itself.get("neutral", -1))
    told = tuple(-1 if news < 0 else int(news >= least) for least in (1, 2, 3))
    return int(row.get("stands", -1)), *told, neutral, int(row.get("repeats", -1))


def _above(by_number: Mapping[int, Chosen], row: Mapping[str, str]) -> str:
    """Return the lines that a sentence was labelled behind: the head of its article, and perhaps one more. "" if they are told no more."""
    numbers = [int(row[name]) for name in ("head", "after") if name in row]
    if not all(number in by_number for number in numbers):
        return ""
    head, *more = (by_number[number] for number in numbers)
    first = Candidate(head, 0).text
    return " ".join([first, *(Candidate(one, 0, first).text for one in more)])


def weekly(day: str) -> bool:
    """Return whether a day is a week of events, each told by three outlets."""
    return day.startswith("three")


def short(article: str, day: str) -> str:
    """Return how an article is called in the files of labels: of a week by its event and outlet, of a day by its number."""
    return "-".join(article.split("-")[: 2 if weekly(day) else 1])


def digest(candidate: Candidate) -> str:
    """Return what says whether a sentence, and what it stands behind, are still told as when they were labelled."""
    return hashlib.sha256(f"{candidate.before}\n{candidate.text}".encode()).hexdigest()[:8]


def labels(name: str) -> dict[str, dict[tuple[str, int], list[dict[str, str]]]]:
    """Return the rows of a file of labels by day, then by article and sentence."""
    found: dict[str, dict[tuple[str, int], list[dict[str, str]]]] = {}
    with (LABELS / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault(row["day"], {}).setdefault((row["article"], int(row["sentence"])), []).append(row)
    return found


def criteria(asked: Asked, odds: Floats, counted: Sequence[Traits]) -> Printing:
    """Return the coefficients that bring the heads together with the traits, for each criterion."""
    x = np.concatenate([odds, np.array(counted, np.float32)], axis=1)
    free = ~asked.held
    found: dict[str, Criterion] = {}
    for name in CRITERIA:
        y = asked.labels[asked.heads.index(name)]
        known = free & (y >= 0)
        intercept, slopes = coefficients(x[known], y[known], BESIDE)
        values = [round(float(value), 4) for value in slopes]
        found[name] = Criterion(
            intercept=round(intercept, 4),
            heads=tuple(values[: len(HEADS)]),
            traits=dict(zip(Traits._fields, values[len(HEADS) :], strict=True)),
        )
    thresholds = {"least": LEAST, "behind": BEHIND, "only": ONLY, "few": FEW, "few_behind": FEW_BEHIND, "few_plain": FEW_PLAIN}
    return Printing(**found, **thresholds, plain=PLAIN, plain_behind=PLAIN_BEHIND)


def shares(asked: Asked, odds: Floats, counted: Sequence[Traits], printing: Printing) -> dict[str, Any]:
    """Return, for several thresholds, how many sentences are printed and how many of them may be, and how many say a thing again."""
    told = [worth([float(v) for v in row], one, printing) for row, one in zip(odds, counted, strict=True)]
    likely, neutral_enough = np.array([one.likely for one in told]), np.array([one.neutral for one in told])
    stands, news, neutral = (asked.labels[asked.heads.index(head)] for head in ("stands", "tells", "neutral"))
    may = (stands > 0) & (news > 0) & (neutral > 0)
    follows = np.array([bool(one.follows) for one in counted])
    found: dict[str, Any] = {}
    parts = (("fitted on", (stands >= 0) & ~asked.held), ("held out", (stands >= 0) & asked.held))
    for name, rows in (
        (f"{name}, {how}", rows & where) for name, rows in parts for how, where in (("alone", ~follows), ("behind", follows))
    ):
        found[name] = {"sentences": int(rows.sum()), "may be printed": round(float(may[rows].mean()), 3)}
        if rows.any():
            found[name]["area"] = round(area(likely[rows], may[rows].astype(float)), 3)
        for least in (0.5, 0.6, 0.65, 0.7, LEAST, 0.8):
            chosen = rows & (likely >= least) & (neutral_enough >= np.where(follows, PLAIN_BEHIND, PLAIN))
            found[name][str(least)] = {"printed": int(chosen.sum()), "right": round(float(may[chosen].mean()), 3) if chosen.any() else None}
    old, repeats = asked.labels[asked.heads.index("repeats")] > 0, np.array([one.repeats for one in told])
    for name, rows in (("fitted on", (stands < 0) & ~asked.held), ("held out", (stands < 0) & asked.held)):
        found[f"{name}, behind two"] = {"sentences": int(rows.sum()), "say it again": int((rows & old).sum())} | {
            str(least): {"found": int((rows & old & (repeats >= least)).sum()), "wrongly": int((rows & ~old & (repeats >= least)).sum())}
            for least in (0.2, 0.25, AGAIN, 0.4, SURELY)
        }
    return found


def write_printing(printing: Printing, *known: str) -> None:
    """Write the coefficients where the program reads them, with what is `known` of how they were fitted."""
    told = [
        "# Which sentences may be printed (see briefing/stages/printing.py): coefficients of each criterion, and the thresholds.",
        *(f"# {line}; reviewed by eye, not edited by hand." for line in known),
        f"least = {printing.least}",
        f"behind = {printing.behind}",
        f"only = {printing.only}",
        f"few = {printing.few}",
        f"few_behind = {printing.few_behind}",
        f"few_plain = {printing.few_plain}",
        f"plain = {printing.plain}",
        f"plain_behind = {printing.plain_behind}",
    ]
    for name in CRITERIA:
        one = getattr(printing, name)
        told += ["", f"[{name}]", f"intercept = {one.intercept}", f"heads = {list(one.heads)}", "", f"[{name}.traits]"]
        told += [f"{key} = {value}" for key, value in one.traits.items()]
    (resource("prompts") / "printing.toml").write_text("\n".join(told) + "\n", encoding="utf-8")


# Support by one to three sentences


def made(path: Path, each: int) -> tuple[Asked, list[str]]:
    """Return claims made by program, and the kind of each; those about the same sentences stand together."""
    by_context: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        claim = json.loads(text)
        by_context.setdefault(tuple(claim["context"]), []).append(claim)
    learned = [several for several in by_context.values() if not _held(several[0])]
    random.Random(4).shuffle(learned)
    counts: Counter[str] = Counter()
    chosen: list[dict[str, Any]] = []
    for claim in (claim for several in learned for claim in several):
        counts[claim["kind"]] += 1
        if counts[claim["kind"]] <= each * (3 if claim["kind"] == "whole" else 1):
            chosen.append(claim)
    chosen += [claim for several in by_context.values() if _held(several[0]) for claim in several]
    fields = [fields_of(claim["claim"], claim["context"]) for claim in chosen]
    groups = [claim["document"] for claim in chosen]
    held = np.array([_held(claim) for claim in chosen])
    return Asked(fields, ("supported",), np.array([[claim["label"] for claim in chosen]]), groups, held), [c["kind"] for c in chosen]


def _held(claim: Mapping[str, Any]) -> bool:
    return claim["document"].split("/")[0] in HELD


def by_kind(asked: Asked, odds: Floats, kinds: Sequence[str]) -> dict[str, Any]:
    """Return, for each kind of false claim, its area against all true ones and the share refused where one true claim in ten is."""
    y, told = asked.labels[0], np.array(kinds)
    found: dict[str, Any] = {}
    for name, rows in (("cross-validated", ~asked.held), ("held out", asked.held)):
        if not rows.any():
            continue
        true = odds[rows & (y == 1)]
        bound = np.quantile(true, 0.1)
        for kind in sorted(set(told[rows & (y == 0)])):
            false = odds[rows & (y == 0) & (told == kind)]
            scores, labels_of = np.concatenate([true, false]), np.r_[np.ones(len(true)), np.zeros(len(false))]
            found.setdefault(kind, {})[name] = {
                "claims": len(false),
                "area": round(area(scores, labels_of), 3),
                "refused": round(float((false < bound).mean()), 3),
            }
    return found


def swaps(path: Path) -> Asked:
    """Return the claims of swaps.json: sixty with exchanged roles, sixty faithful ones."""
    cases = json.loads(path.read_text(encoding="utf-8"))
    fields = [fields_of(case["claim"], [case["source"]]) for case in cases]
    labelled = np.array([[int(case["label"] != "swapped") for case in cases]])
    return Asked(fields, ("supported",), labelled, ["swaps"] * len(cases), np.ones(len(cases), bool))


def refused_by_gates(asked: Asked) -> NDArray[np.bool_]:
    """Return which claims the gates of `check` refuse, form aside."""
    parser = default_parser()
    found = []
    for fields in asked.fields:
        claim, source = parser.parse([fields["claim"], fields["source"]])
        found.append(any(not gate.passed for gate in refusals(claim, [source], fields["source"]) if gate.name not in FORM))
    return np.array(found)


def rates(refused: NDArray[np.bool_], y: NDArray[np.int64]) -> dict[str, float]:
    """Return the shares of false and of true claims that are refused."""
    return {"false refused": round(float(refused[y == 0].mean()), 3), "true refused": round(float(refused[y == 1].mean()), 3)}


def read_by(parts: Mapping[str, Any], told: Said, heads: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the log-odds of the first head of a probe, as the program reads them."""
    probe = Probe(**{"yes": parts["line"], **parts}, heads=heads, about={})
    return np.array([(probe.odds(Judgement(None, state=state)) or (np.nan,))[0] for state in told.states])


# Support by a stretch of text


def texts(folder: Path, each: int) -> tuple[Asked, list[str]]:
    """Return claims of SummEdits, each with the stretch of its document that `check` would read, and the domain of each."""
    several = summedits(folder / "support", each)
    fields = [fields_of(" ".join(one.asked.claim.split()), [window(one.asked.source, one.asked.claim)]) for one in several]
    labelled = np.array([[int(one.true) for one in several]])
    return Asked(fields, ("supported",), labelled, [one.group for one in several], np.zeros(len(several), bool)), [
        o.domain for o in several
    ]


def claims(days: Path) -> Asked:
    """Return the claims about articles of the folder `days`, each with the stretch of its article that `check` would read."""
    known: dict[str, dict[str, str]] = {}
    fields, labelled, groups = [], [], []
    for text in (LABELS / "news_claims.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(text)
        day = claim["day"]
        if day not in known:
            known[day] = {Path(one.path).name: one.article.text for one in read([days / day]) if one.article is not None}
        fields.append(fields_of(claim["claim"], [window(known[day][claim["article"]], claim["claim"])]))
        labelled.append(claim["label"])
        groups.append(f"{day}/{claim['article']}")
    return Asked(fields, ("supported",), np.array([labelled]), groups, np.ones(len(fields), bool))


def domains(asked: Asked, told: Said, names: Sequence[str]) -> tuple[Floats, dict[str, Any]]:
    """Return each claim's log-odds by a probe that never saw its domain, its line fitted on the others; and the figures of each domain."""
    y, domain = asked.labels[0], np.array(names)
    groups = np.array(asked.groups)
    odds = np.zeros(len(y), np.float32)
    figures: dict[str, Any] = {}
    for name in sorted(set(names)):
        rows = domain == name
        others = ~rows & ~asked.held
        own = unseen(told.states[others], y[others], list(groups[others]), np.zeros(int(others.sum()), bool))
        intercept, slope = line(own, y[others])
        odds[rows] = intercept + slope * fitted(told.states[others], y[others]).decision_function(told.states[rows])
        figures[name] = {
            "claims": int(rows.sum()),
            "balanced": round(balanced(odds[rows] >= 0, y[rows]), 3),
            "area": round(area(odds[rows], y[rows]), 3),
            **yes_alone(told, y, rows),
        }
    several = [figure for name, figure in figures.items() if name != NEWS]
    figures["mean, but for news"] = {key: round(float(np.mean([one[key] for one in several])), 3) for key in several[0]}
    return odds, figures


def whole(options: argparse.Namespace) -> None:
    """Fit and measure the probe of support by a stretch of text."""
    task = pipeline.tasks(("whole",))["whole"]
    other, names = texts(options.folder, options.each)
    news = claims(options.folder / "days")
    labelled, held = np.concatenate([other.labels, news.labels], axis=1), np.concatenate([other.held, news.held])
    asked = Asked(other.fields + news.fields, other.heads, labelled, other.groups + news.groups, held)
    with default_model(options.states) as model:
        told = said(asked, task, model, yes=options.yes)
        odds, figures = domains(asked, told, [*names, *[NEWS] * len(news.fields)])
        likely, y = 1 / (1 + np.exp(-odds[~held].astype(float))), labelled[0][~held]
        figures |= {"curve": curve(likely, y), "reliability": reliability(likely, y)}
        parts, _, areas = fit(asked, told)
        sys.stdout.write(json.dumps(figures | {"heads": areas}, indent=1) + "\n")
        if options.fit:
            write(parts, asked, areas, task, model, f"{len(other.fields)} claims of SummEdits, {len(set(other.groups))} documents")


# Answers


def candidates(folder: Path, records: int) -> tuple[Asked, NDArray[np.bool_]]:
    """Return the candidates of the gold questions about the seeds and of `records` questions of each ClapNQ file, and which are seeds'.

    Held out is what `tests.benchmarks.ask` holds out: every second question about the seeds, half of the documents of ClapNQ.
    """
    vectors, parser = embedder(load_settings(), Silent()), default_parser()
    fields, rows, groups, held, own = [], [], [], [], []
    for name, several in (("seeds", ask.seeds()), ("clapnq", ask.clapnq(folder / "qa", records))):
        with tempfile.TemporaryDirectory() as scratch:
            for k, near in enumerate(ask.retrieved(several, vectors, parser, Path(scratch) / "index.sqlite3")):
                for one, _, text in passages(near.candidates):
                    fields.append(asked_of(near.asked.question, text))
                    rows.append(int(near.right(one)))
                    groups.append(f"{name}-{k}")
                    held.append(not near.asked.fit)
                    own.append(name == "seeds")
    return Asked(fields, ("answers",), np.array([rows]), groups, np.array(held)), np.array(own)


def answers(options: argparse.Namespace) -> None:
    """Fit and measure the probe of answers: that a sentence states what a question asks."""
    task = pipeline.tasks(("answers",))["answers"]
    asked, own = candidates(options.folder, options.records)
    with default_model(options.states) as model:
        told = said(asked, task, model, yes=options.yes)
        parts, odds, areas = fit(asked, told)
        y, free = asked.labels[0], ~asked.held
        figures: dict[str, Any] = {"heads": areas}
        halves = (("held out", ~free), ("cross-validated", free))
        for name, rows in ((f"{name}, {how}", rows & of) for name, of in (("seeds", own), ("ClapNQ", ~own)) for how, rows in halves):
            figures[name] = {
                "candidates": int(rows.sum()),
                "area": round(area(odds[rows, 0].astype(float), y[rows].astype(float)), 3),
                **yes_alone(told, y, rows),
            }
        sys.stdout.write(json.dumps(figures, indent=1) + "\n")
        if options.fit:
            write(parts, asked, areas, task, model, f"{int(free.sum())} candidates of {len(set(asked.groups))} questions")


def support(options: argparse.Namespace) -> None:
    """Fit and measure the probe of support by one to three sentences."""
    task = pipeline.tasks(("support",))["support"]
    asked, kinds = made(options.claims, options.each)
    with default_model(options.states) as model:
        parts, odds, areas = fit(asked, said(asked, task, model, yes=options.yes))
        figures: dict[str, Any] = {"heads": areas, "kinds": by_kind(asked, odds[:, 0], kinds)}
        likely = 1 / (1 + np.exp(-odds[asked.held, 0].astype(float)))
        figures["curve, held out"] = curve(likely, asked.labels[0][asked.held])
        path = options.folder / "language" / "swaps.json"
        if path.is_file():
            hand = swaps(path)
            scores, y = read_by(parts, said(hand, task, model), asked.heads), hand.labels[0]
            gates = refused_by_gates(hand)
            figures["swaps"] = {"area": round(area(scores, y.astype(float)), 3), "gates": rates(gates, y)}
            for least in (0.2, 0.3, 0.4, 0.5):
                unlikely = 1 / (1 + np.exp(-scores)) < least
                figures["swaps"] |= {f"probe at {least}": rates(unlikely, y), f"gates and probe at {least}": rates(gates | unlikely, y)}
        sys.stdout.write(json.dumps(figures, indent=1) + "\n")
        if options.fit:
            write(parts, asked, areas, task, model, f"{int((~asked.held).sum())} claims made by tests.benchmarks.edits")


def printed(options: argparse.Namespace) -> None:
    """Fit and measure the probe of what may be printed."""
    task = pipeline.tasks((TASK,))[TASK]
    asked, counted = lines(options.folder)
    with default_model(options.states) as model:
        parts, odds, areas = fit(asked, said(asked, task, model, yes=options.yes))
        printing = criteria(asked, odds, counted)
        figures = {"heads": areas, "printed": shares(asked, odds, counted, printing)}
        sys.stdout.write(json.dumps(figures, indent=1) + "\n")
        if options.fit:
            write(parts, asked, areas, task, model, f"{int((~asked.held).sum())} sentences of tests/quality/lines.tsv")
            write_printing(
                printing, f"Fitted by `python -m tests.benchmarks.probes print DAYS --fit` on {int((~asked.held).sum())} sentences"
            )


def main() -> None:
    """Ask, measure, print, and perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["print", "support", "whole", "answers"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=Path, help="what tests.benchmarks.edits wrote")
    parser.add_argument("--each", type=int, default=80, help="at most so many claims of a kind")
    parser.add_argument("--records", type=int, default=50, help="questions of each ClapNQ file")
    parser.add_argument("--states", type=Path, help="where answers of the model are kept (default: the user's database)")
    parser.add_argument("--fit", action="store_true", help="write the probe and its coefficients")
    parser.add_argument("--yes", action="store_true", help="ask for the model's own yes, too")
    options = parser.parse_args()
    if options.task == "support" and options.claims is None:
        parser.error("support needs --claims")
    {"support": support, "print": printed, "whole": whole, "answers": answers}[options.task](options)


if __name__ == "__main__":
    sys.exit(reported(main))
