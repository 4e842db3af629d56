"""The command line with a tape in the place of the weights: `python -m tests.taped generate seeds --model TAPE`.

The tape is named as the model file would be, and the vectors of articles are recorded as well; the parser and everything else is the
program as it is installed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing import cli, engines
from briefing.config import Settings
from briefing.model import probes
from briefing.model.base import Call, Identity, Judgement, Question, Reply
from briefing.model.probes import Probe, load
from briefing.model.task import Task
from briefing.progress import Progress
from tests.tape import TapeModel
from tests.vectors import RecordedEmbedder

TAPES = Path(__file__).parent / "tapes"
TAPE = TAPES / "seeds.jsonl"
RECORD = TAPES / "seeds.json"
VECTORS = TAPES / "seeds.npz"
DATE = "2026-11-22"


class Taped:
    """A tape under the name that it was opened with: the cache makes sure that it gets the model that was announced."""

    def __init__(self, path: Path, identity: Identity) -> None:
        self.tape = TapeModel(path)
        self.identity = identity

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        return self.tape.generate(calls)

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        return self.tape.judge(questions)

    def stop_at(self, moment: float) -> None:
        pass

    def close(self) -> None:
        self.tape.close()


def engine(path: Path, identity: Identity, settings: Settings) -> Taped:
    """Open a tape where the program would load weights."""
    return Taped(path, identity)


def probe(folder: Path, task: Task, identity: Identity) -> Probe | None:
    """Load the probes of the model that was recorded, under whatever name (`identity`) its tape was opened."""
    del identity
    return load(folder, task, TapeModel(TAPE).identity)


def embedder(settings: Settings, progress: Progress) -> RecordedEmbedder:
    """Open the recorded vectors where the program would load MiniLM."""
    return RecordedEmbedder(VECTORS)


if __name__ == "__main__":
    engines.llama, engines.embedder, probes.load = engine, embedder, probe
    sys.argv[0] = "briefing"
    cli.main()
