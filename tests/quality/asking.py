"""What the default model says of the gold questions about the seeds, as a tape; and the vectors that candidates are found by.

    rm tests/quality/asking.jsonl tests/quality/asking.npz; python -m tests.quality.asking

asks the models and writes both anew; needed when the prompt or the probe of `answers`, the finding of candidates, or
the questions were changed on purpose.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from briefing import pipeline
from briefing.config import load_settings
from briefing.engines import embedder
from briefing.language.base import Parser
from briefing.model.base import Model
from briefing.model.vectors import Embedder
from briefing.progress import Silent
from tests.benchmarks.ask import Measured, measured, seeds
from tests.model_here import default_model, default_parser, reported
from tests.probed import Probed, unread
from tests.tape import TapeRecorder
from tests.vectors import RecordingEmbedder

TAPE = Path(__file__).parent / "asking.jsonl"
VECTORS = Path(__file__).parent / "asking.npz"


def told(model: Model, vectors: Embedder, parser: Parser) -> list[Measured]:
    """Consider every gold question as `ask` does; the probabilities of `model` are taken as they are."""
    with tempfile.TemporaryDirectory() as folder:
        return measured(seeds(), unread(model, pipeline.ASKED), pipeline.answering(), vectors, parser, Path(folder) / "index.sqlite3")


def record() -> None:
    """Ask and write. An interrupted run goes on where it was: answers are kept in the user's cache."""
    vectors = RecordingEmbedder(embedder(load_settings(), Silent()))
    with default_model() as model:
        recorder = TapeRecorder(Probed(model, pipeline.ASKED), TAPE)
        found = told(recorder, vectors, default_parser())
        recorder.save()
    vectors.save(VECTORS)
    sys.stdout.write(f"{len(found)} questions\n")


if __name__ == "__main__":
    sys.exit(reported(record))
