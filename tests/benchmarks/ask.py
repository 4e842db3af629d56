"""How often `ask` answers rightly, and how often it refuses rightly: gold questions about the seeds, and ClapNQ; with its coefficients.

    python -m tests.benchmarks.ask [FOLDER] [--records N] [--fit] [--kept FILE]

FOLDER holds `clapnq_answerable.jsonl` and `clapnq_unanswerable.jsonl` (Rosenthal et al. 2024): questions, each with one passage. Of the
seeds (`tests/quality/ask.json`) every second question is for fitting, of ClapNQ the questions about half of its documents; nothing is
fitted on the others, the probe of `answers` neither. Whether the sources answer at all is fitted on questions about several articles.
`--records 50` takes so many of each file, evenly spread. `--fit` writes `prompts/answering.toml`. Answers of the model are kept in FILE
(default: a file in the temporary folder), so that a second run asks only what is new.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from briefing import pipeline
from briefing.check import one_text
from briefing.config import load_settings
from briefing.engines import embedder
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model.vectors import Embedder
from briefing.progress import Silent
from briefing.resources import resource
from briefing.sources.files import read
from briefing.sqlite.index import SqliteIndex
from briefing.stages.answer import Answering, Consideration, choose, consider
from briefing.stages.judging import Judge
from briefing.stages.retrieve import Candidate, retrieve, unnamed
from briefing.text.words import fold_text
from briefing.types import Article, Place
from tests.benchmarks.scoring import area, coefficients
from tests.model_here import default_model, default_parser

SEEDS = Path(__file__).parents[2] / "seeds"
GOLD = Path(__file__).parents[1] / "quality" / "ask.json"
FILES = ("clapnq_answerable.jsonl", "clapnq_unanswerable.jsonl")
SENTENCE = ("judged", "likeness", "covered", "lacking")


class Asked(NamedTuple):
    """A question with its sources. `points` are what a whole answer says, each as the sentences that say it; without any, there is none."""

    question: str
    articles: Sequence[Article]
    points: list[set[Place]]
    fit: bool


class Measured(NamedTuple):
    """What came of a question: what was considered, and which candidates carry a point."""

    asked: Asked
    found: Consideration
    right: list[bool]


def seeds() -> list[Asked]:
    """Return the gold questions about the seeds."""
    articles = [outcome.article for outcome in read([SEEDS]) if outcome.article is not None]
    cases = json.loads(GOLD.read_text(encoding="utf-8"))
    return [
        Asked(case["question"], articles, [{(name, n) for name, n in point["sentences"]} for point in case["points"]], fit=k % 2 == 0)
        for k, case in enumerate(cases)
    ]


def clapnq(folder: Path, records: int | None) -> list[Asked]:
    """Return `records` questions of each file (None: all)."""
    found: list[Asked] = []
    for name in FILES:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        step = max(1, len(lines) // records) if records else 1
        for record in map(json.loads, lines[::step][: records or None]):
            (article,) = one_text(record["passages"][0]["text"]).articles
            chosen = [fold_text(s) for output in record["output"] for s in output.get("selected_sentences") or []]
            places = {(article.id, s.number) for s in article.sentences if any(_meet(article.quote(s.number), one) for one in chosen)}
            points = [places] if name == FILES[0] else []
            found.append(Asked(record["input"], [article], points, fit=_first_half(record["passages"][0]["title"])))
    return found


def _first_half(title: str) -> bool:
    """Return whether a document is one that is fitted on, whatever others are taken."""
    return hashlib.sha256(title.encode()).digest()[0] % 2 == 0


def _meet(quote: str, chosen: str) -> bool:
    told = fold_text(quote)
    return told in chosen or chosen in told


class Near(NamedTuple):
    """A question with the candidates that `ask` would put before the judge."""

    asked: Asked
    candidates: list[Candidate]

    def right(self, one: Candidate) -> bool:
        """Return whether a candidate carries a point of the answer."""
        return (one.document.article.id, one.number) in set().union(*self.asked.points)


def retrieved(asked: Iterable[Asked], vectors: Embedder, parser: Parser, path: Path) -> Iterator[Near]:
    """Yield every question with its candidates, none where nobody is named so, with an index in `path`."""
    with SqliteIndex(path) as index:
        documents: dict[int, Document] = {}
        for one in asked:
            numbers = index.add(one.articles)
            for number, article in zip(numbers, one.articles, strict=True):
                documents.setdefault(number, Document(article, parser))
            asked_of = {n: documents[n] for n in numbers}
            near = retrieve(one.question, index, asked_of, vectors)
            yield Near(one, [] if unnamed(one.question, index, asked_of, near) else near)


def measured(
    asked: Iterable[Asked], judge: Judge, coefficients: Answering, vectors: Embedder, parser: Parser, path: Path
) -> list[Measured]:
    """Consider the candidates of every question as `ask` does, with an index in `path`."""
    found: list[Measured] = []
    for near in retrieved(asked, vectors, parser, path):
        considered = consider(near.asked.question, near.candidates, judge=judge, coefficients=coefficients)
        found.append(Measured(near.asked, considered, [near.right(one.candidate) for one in considered.order]))
    return found


def fit(several: Sequence[Measured], old: Answering) -> Answering:
    """Return coefficients fitted on these questions: of sentences on those that have an answer, of the sources on all."""
    rows, labels = [], []
    for one in several:
        if any(one.right):
            rows += [[c.judged, c.candidate.likeness, c.covered, float(bool(c.missing))] for c in one.found.order]
            labels += one.right
    intercept, slopes = coefficients(np.array(rows), np.array(labels, float), even=True)
    values = dict(zip(("sentence", *SENTENCE), (intercept, *slopes.tolist()), strict=True))
    whole = [one for one in several if one.found.whole() and len(one.asked.articles) > 1]
    x = np.array([[one.found.some()] for one in whole])
    intercept, slopes = coefficients(x, np.array([float(bool(one.asked.points)) for one in whole]), even=True)
    values |= {"sources": intercept, "some": float(slopes[0])}
    return old.model_copy(update={name: round(value, 3) for name, value in values.items()})


def figures(several: Sequence[Measured], coefficients: Answering) -> dict[str, Any]:
    """Return how often questions are answered and refused rightly, and how often what is cited carries the answer."""
    chosen = [choose(one.asked.question, one.found, coefficients) for one in several]
    has = np.array([bool(one.asked.points) for one in several])
    told = np.array([bool(one.chosen) for one in chosen])
    cited = [
        [(p.document.article.id, p.rewrite.number) in set().union(*one.asked.points) for p in c.chosen]
        for one, c in zip(several, chosen, strict=True)
        if one.asked.points
    ]
    points = [
        any(place in {(p.document.article.id, p.rewrite.number) for p in c.chosen} for place in point)
        for one, c in zip(several, chosen, strict=True)
        for point in one.asked.points
    ]
    correct = [any(right) for right in cited]
    among = [right for one in cited for right in one]
    return {
        "questions": len(several),
        "answered when they should be": _share(told[has].tolist()),
        "answered with a right citation": _share(correct),
        "refused when they should be": _share((~told[~has]).tolist()),
        "balanced accuracy": round((float(told[has].mean()) + float((~told[~has]).mean())) / 2, 3),
        "area": round(area(np.array([c.confidence for c in chosen]), has.astype(float)), 3),
        "citations that carry the answer": _share(among),
        "points told": _share(points),
        "citations an answer": round(len(among) / max(1, sum(map(bool, cited))), 2),
    }


def halves(several: Sequence[Measured], coefficients: Answering) -> dict[str, Any]:
    """Return the figures of the questions that coefficients are fitted on, and of the others."""
    return {
        name: figures([one for one in several if one.asked.fit is fitted_on], coefficients)
        for name, fitted_on in (("fitted", True), ("held out", False))
    }


def watched(asked: Sequence[Asked]) -> Iterator[Asked]:
    """Yield the questions, and say on stderr how many were taken."""
    for n, one in enumerate(asked, start=1):
        sys.stderr.write(f"\r{n} of {len(asked)}")
        yield one
    sys.stderr.write("\n")


def _share(told: Sequence[bool]) -> float:
    return round(sum(told) / max(1, len(told)), 3)


def main() -> None:
    """Measure, perhaps fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--records", type=int, help="how many questions of each ClapNQ file (default: all)")
    parser.add_argument("--fit", action="store_true", help="write prompts/answering.toml")
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "briefing-ask.sqlite3")
    options = parser.parse_args()
    answering = pipeline.answering()
    sets = {"seeds": seeds()} | ({"ClapNQ": clapnq(options.folder, options.records)} if options.folder else {})
    started = time.monotonic()
    vectors, english = embedder(load_settings(), Silent()), default_parser()
    with default_model(options.kept) as model, tempfile.TemporaryDirectory() as folder:
        judge = pipeline.judge(model, pipeline.ASKED, Silent())
        found = {
            name: measured(watched(asked), judge, answering, vectors, english, Path(folder) / f"{name}.sqlite3")
            for name, asked in sets.items()
        }
    if options.fit:
        answering = fit([one for several in found.values() for one in several if one.asked.fit], answering)
        write(answering)
    report: dict[str, Any] = {
        name: {half: figures([one for one in several if one.asked.fit == (half == "fitted")], answering) for half in ("fitted", "held out")}
        for name, several in found.items()
    }
    report["seconds"] = round(time.monotonic() - started, 1)
    report["coefficients"] = answering.model_dump()
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


def write(coefficients: Answering) -> None:
    """Write the coefficients where the program reads them."""
    lines = [
        "# The coefficients of answers (see briefing/stages/answer.py).",
        "# Fitted by `python -m tests.benchmarks.ask FOLDER --fit`; reviewed by eye, not edited by hand.",
        *(f"{name} = {value}" for name, value in coefficients.model_dump().items()),
    ]
    (resource("prompts") / "answering.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
