"""What the default model says of the gold questions about the seeds, as a tape; and the vectors that candidates are found by.

    rm tests/quality/asking.jsonl tests/quality/asking.npz; python -m tests.quality.asking

asks the models and writes both anew; needed when the prompts `answers` or `holds`, the finding of candidates, or the questions were
changed on purpose.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from briefing import pipeline
from briefing.config import load_settings
from briefing.engines import embedder
from briefing.model.base import Model
from briefing.model.tape import TapeRecorder
from briefing.model.vectors import Embedder
from briefing.progress import Silent
from tests.benchmarks.ask import Measured, measured, seeds
from tests.model_here import default_model, reported

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

TAPE = Path(__file__).parent / "asking.jsonl"
VECTORS = Path(__file__).parent / "asking.npz"


class Recorder:
    """An embedder that keeps what it gave."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder, self.sha256 = embedder, embedder.sha256
        self.kept: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Ask the real one."""
        found = self._embedder.embed(texts)
        self.kept.update(zip(texts, found, strict=True))
        return found

    def save(self) -> None:
        """Write the vectors, in halves: what candidates are found by does not need more."""
        np.savez_compressed(VECTORS, texts=np.array(list(self.kept)), vectors=np.array(list(self.kept.values()), np.float16))


class Recorded:
    """An embedder that gives what was kept, and knows no other text."""

    sha256 = "ef" * 32

    def __init__(self) -> None:
        with np.load(VECTORS) as kept:
            self._kept = dict(zip(kept["texts"].tolist(), kept["vectors"].astype(np.float32), strict=True))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return the kept vectors. Raises KeyError for a text that was not kept."""
        return np.array([self._kept[text] for text in texts], np.float32)


def told(model: Model, vectors: Embedder) -> list[Measured]:
    """Consider every gold question as `ask` does."""
    with tempfile.TemporaryDirectory() as folder:
        return measured(seeds(), model, pipeline.answering(), vectors, Path(folder) / "index.sqlite3")


def record() -> None:
    """Ask and write. An interrupted run goes on where it was: answers are kept in the user's cache."""
    vectors = Recorder(embedder(load_settings(), Silent()))
    with default_model() as model:
        recorder = TapeRecorder(model, TAPE)
        found = told(recorder, vectors)
        recorder.save()
    vectors.save()
    sys.stdout.write(f"{len(found)} questions\n")


if __name__ == "__main__":
    sys.exit(reported(record))
