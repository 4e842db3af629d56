"""What the default model said of the adversarial claims: probabilities by the key of the whole request, nothing else.

    python -m tests.quality.answers

asks the model and writes the file anew; needed when the prompt `support`, the evidence, or the claims were changed on purpose.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from briefing import pipeline
from briefing.app import choose, llama
from briefing.check import Asked, Sources, check
from briefing.config import load_settings
from briefing.console import watcher
from briefing.errors import ModelError
from briefing.model.base import Call, Identity, Judgement, Model, Question, Reply, request_key
from briefing.model.cached import CachedModel
from briefing.model.files import ensure
from briefing.sources.files import read
from briefing.store import Store
from briefing.types import Verdict
from tests.properties import ROOT

CASES = Path(__file__).parent / "adversarial.jsonl"
ANSWERS = Path(__file__).parent / "answers.json"
EVERY = 3  # of the claims, this one is asked about: a third of them
_BATCH = 64


def cases() -> list[dict[str, str]]:
    """Return the claims that are asked about."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()][::EVERY]


def sources() -> Sources:
    """Return the seeds, all five: a claim's sentences have to be found."""
    return Sources([outcome.article for outcome in read([ROOT / "seeds"]) if outcome.article is not None])


def verdicts(model: Model) -> list[Verdict]:
    """Check every claim against the seeds, as the command does."""
    found: list[Verdict] = []
    given = sources()
    for start in range(0, len(cases()), _BATCH):
        asked = [Asked(case["id"], case["claim"]) for case in cases()[start : start + _BATCH]]
        found += check(asked, given, model=model, task=pipeline.tasks()["support"], calibration=pipeline.calibration())
    return found


class Recorded:
    """A model that knows the recorded answers and fails for any other question."""

    def __init__(self) -> None:
        kept = json.loads(ANSWERS.read_text(encoding="utf-8"))
        self.identity = Identity(kept["model"]["name"], kept["model"]["sha256"])
        self._answers: dict[str, float] = kept["answers"]
        self.unasked = set(self._answers)

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        """Write nothing: checking never writes."""
        raise ModelError("nothing is written in a check")

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        """Answer as recorded."""
        for n, question in enumerate(questions):
            key = request_key(question, self.identity)
            if key not in self._answers:
                raise ModelError("no recorded answer", "python -m tests.quality.answers")
            self.unasked.discard(key)
            yield n, Judgement(self._answers[key])

    def close(self) -> None:
        """Nothing to free."""


class _Recorder:
    """The real model, its probabilities kept by request."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.answers: dict[str, float] = {}

    @property
    def identity(self) -> Identity:
        return self._model.identity

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        return self._model.generate(calls)

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        for n, judgement in self._model.judge(questions):
            if judgement.probability is not None:
                self.answers[request_key(questions[n], self.identity)] = round(judgement.probability, 4)
            yield n, judgement

    def close(self) -> None:
        self._model.close()


def main() -> None:
    """Ask and write. An interrupted run goes on where it was: answers are kept in the cache beside the models."""
    settings = load_settings({})
    entry = choose(settings).entry
    if entry is None:
        sys.exit("error: the default model is recorded")
    identity = Identity(entry.name, entry.sha256)
    path = ensure(entry, settings.models, watcher())
    with closing(Store(settings.database)) as store, closing(watcher()) as progress:
        recorder = _Recorder(CachedModel(lambda: llama(path, identity, settings), identity, store, progress))
        with closing(recorder):
            found = verdicts(recorder)
    kept = {"model": {"name": identity.name, "sha256": identity.sha256}, "answers": dict(sorted(recorder.answers.items()))}
    ANSWERS.write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(found)} claims, {len(recorder.answers)} answers\n")


if __name__ == "__main__":
    main()
