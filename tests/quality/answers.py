"""What the default model said of the adversarial claims, as a tape.

    rm tests/quality/answers.jsonl; python -m tests.quality.answers

asks the model and writes the tape anew; needed when the prompt `support`, the evidence, or the claims were changed on purpose.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from briefing import pipeline
from briefing.check import Asked, Sources, check
from briefing.language.base import Parser
from briefing.model.base import Model
from briefing.sources.files import read
from briefing.stages import support
from briefing.types import Verdict
from tests.model_here import default_model, default_parser, reported
from tests.probed import Probed, unread
from tests.properties import ROOT
from tests.tape import TapeRecorder

CASES = Path(__file__).parent / "adversarial.jsonl"
ANSWERS = Path(__file__).parent / "answers.jsonl"
EVERY = 3  # of the claims, this one is asked about: a third of them


def cases() -> list[dict[str, str]]:
    """Return the claims that are asked about."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()][::EVERY]


def sources() -> Sources:
    """Return the seeds, all five: a claim's sentences have to be found."""
    return Sources([outcome.article for outcome in read([ROOT / "seeds"]) if outcome.article is not None])


def verdicts(model: Model, parser: Parser) -> list[Verdict]:
    """Check every claim against the seeds, as the command does."""
    asked = [Asked(case["id"], case["claim"]) for case in cases()]
    judge = unread(model, pipeline.CHECKED)
    return list(check(asked, sources(), parser=parser, judge=judge, thresholds=support.thresholds()))


def record() -> None:
    """Ask and write. An interrupted run goes on where it was: answers are kept in the user's cache."""
    with default_model() as model:
        recorder = TapeRecorder(Probed(model, pipeline.CHECKED), ANSWERS)
        found = verdicts(recorder, default_parser())
        recorder.save()
    sys.stdout.write(f"{len(found)} claims\n")


if __name__ == "__main__":
    sys.exit(reported(record))
