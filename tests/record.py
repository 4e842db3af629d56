"""Record what the default model says of `seeds/`: `python -m tests.record` writes the tape, the vectors, and the brief that came of it.

    rm tests/tapes/seeds.*; python -m tests.record; python -m tests.readme

Other recordings are made anew in the same way, each after its files were removed, by the modules of `tests/quality` (`merging`, `asking`,
`diffs`, `answers`) and by `tests.model.server.cassette`.

Needed when prompts, the choice of sentences or what may be cut were changed on purpose; it takes a minute. It never overwrites a tape.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from briefing import app, engines
from briefing.config import Settings, load_settings
from briefing.console import watcher
from briefing.model.base import Identity, Model
from briefing.output import record_text
from briefing.progress import Progress
from tests.model_here import reported
from tests.properties import ROOT
from tests.tape import TapeRecorder
from tests.taped import DATE, RECORD, TAPE, VECTORS
from tests.vectors import RecordingEmbedder


def record() -> None:
    """Make the brief with the real model, from an empty cache; write the tape, the vectors and the record, or none if the run fails."""
    os.chdir(ROOT)  # the record names its articles as seeds/…
    recorders: list[TapeRecorder] = []

    def recording(path: Path, identity: Identity, settings: Settings) -> Model:
        recorders.append(TapeRecorder(engines.llama(path, identity, settings), TAPE))
        return recorders[-1]

    TAPE.parent.mkdir(exist_ok=True)
    models = load_settings().models
    real, vectors = engines.embedder, []

    def keeping(settings: Settings, progress: Progress) -> RecordingEmbedder:
        vectors.append(RecordingEmbedder(real(settings, progress)))
        return vectors[-1]

    engines.embedder = keeping
    with tempfile.TemporaryDirectory() as folder, closing(watcher()) as progress:
        settings = Settings(home=Path(folder), models=models, out=Path(folder) / "briefs")
        written = app.generate([Path("seeds")], settings, date=DATE, progress=progress, engine=recording)
        recorders[0].save()
        vectors[0].save(VECTORS)
        RECORD.write_text(record_text(written.brief), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(reported(record))
