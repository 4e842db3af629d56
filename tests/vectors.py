"""Vectors that the real embedder gave once, as a file: what articles are put together by, and sentences found by, without it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from briefing.model.vectors import Embedder, Pieces

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors


class _Wordless:
    """Reads no words: nobody fitted a probe for it."""

    name = "recorded"

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """Raise NotImplementedError: without a probe nobody asks."""
        raise NotImplementedError


class RecordingEmbedder(_Wordless):
    """An embedder that keeps what it gave."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder, self.sha256 = embedder, embedder.sha256
        self._kept: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Ask the real one."""
        found = self._embedder.embed(texts)
        self._kept.update(zip(texts, found, strict=True))
        return found

    def save(self, path: Path) -> None:
        """Write the vectors, in halves, as the index keeps them."""
        np.savez_compressed(path, texts=np.array(list(self._kept)), vectors=np.array(list(self._kept.values()), np.float16))


class RecordedEmbedder(_Wordless):
    """An embedder that gives what was kept, and knows no other text."""

    sha256 = "ef" * 32

    def __init__(self, path: Path) -> None:
        with np.load(path) as kept:
            self._kept = dict(zip(kept["texts"].tolist(), kept["vectors"].astype(np.float32), strict=True))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return the kept vectors. Raises KeyError for a text that was not kept."""
        return np.array([self._kept[text] for text in texts], np.float32)
