"""Which words of a sentence an editor would strike as coloured, read from what a small network makes of them in their sentence.

texts ─ MiniLM ─► states of the word pieces ─ mean over each word ─ linear ─► log-odds that the word is coloured

`prompts/probes/MODEL/wording.npz` holds `weights` (the size of a state, float32), `intercept`, and `about`, JSON text: the SHA-256 of the
network that it was fitted with, on what, and what it measured. Fitting is `tests/benchmarks/wording.py`.
"""

from __future__ import annotations

import io
import json
import math
import re
import struct
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from zipfile import BadZipFile

from briefing.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from briefing.model.vectors import Pieces, Reader

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
"""What is read as one word."""


class Coloured(NamedTuple):
    """A word, `text[start:end]`, and the log-odds that an editor would strike it or mark it as coloured."""

    start: int
    end: int
    odds: float


Wording = Callable[[Sequence[str]], Sequence[tuple[Coloured, ...]]]
"""Reads texts: of each its words with their odds."""


class WordReader(Protocol):
    """Whoever reads the words of texts. `sha256` says by which network and which probe."""

    sha256: str

    def __call__(self, texts: Sequence[str]) -> Sequence[tuple[Coloured, ...]]:
        """Return the words of each text with their odds."""
        ...


def nothing_read(texts: Sequence[str]) -> list[tuple[Coloured, ...]]:
    """Return what is read where nobody can read words: nothing of each text."""
    return [()] * len(texts)


def states(text: str, pieces: Pieces) -> list[tuple[int, int, NDArray[np.float32]]]:
    """Return the words of a text with their states: the mean over the pieces of each."""
    found: list[tuple[int, int, NDArray[np.float32]]] = []
    for m in WORD.finditer(text):
        own = [n for n, (start, end) in enumerate(pieces.spans) if start < m.end() and m.start() < end]
        if own:
            found.append((*m.span(), pieces.states[own].mean(axis=0)))
    return found


def packed(text: str, read: Sequence[Coloured]) -> bytes:
    """Return what was read of a text as bytes, to be kept: the odds of each of its words, no number where one was not read."""
    odds = {word.start: word.odds for word in read}
    found = [odds.get(m.start(), math.nan) for m in WORD.finditer(text)]
    return struct.pack(f"<{len(found)}d", *found)


def unpacked(text: str, data: bytes) -> tuple[Coloured, ...] | None:
    """Return what was read of a text from its bytes, None where they are not of so many words."""
    words = list(WORD.finditer(text))
    if len(data) != 8 * len(words):
        return None
    odds = struct.unpack(f"<{len(words)}d", data)
    return tuple(Coloured(*m.span(), one) for m, one in zip(words, odds, strict=True) if not math.isnan(one))


class WordingProbe:
    """Reads the words of texts by a probe that was fitted on marked sentences."""

    def __init__(self, path: Path, reader: Reader) -> None:
        """Load a probe. Raises UsageError for a file that is none, or was fitted with another network."""
        import numpy as np  # slow to import, and a run that reads no words does without

        try:
            content = path.read_bytes()
            with np.load(io.BytesIO(content), allow_pickle=False) as held:
                about = json.loads(str(held["about"]))
                self._weights, self._intercept = held["weights"].astype(np.float32), float(held["intercept"])
            fitted = about["model"]
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
            raise UsageError(f"{path}: not a probe: {error}") from error
        if self._weights.ndim != 1:
            raise UsageError(f"{path}: not a probe: its parts do not fit together")
        if fitted != reader.sha256:
            raise UsageError(f"{path}: fitted with another model than is used", "fit it anew (see the README's section on measuring)")
        self._reader = reader
        self.sha256 = sha256(reader.sha256.encode() + content).hexdigest()

    def __call__(self, texts: Sequence[str]) -> list[tuple[Coloured, ...]]:
        """Return the words of each text with their odds."""
        read = self._reader.pieces(texts)
        return [tuple(self._odds(text, pieces)) for text, pieces in zip(texts, read, strict=True)]

    def _odds(self, text: str, pieces: Pieces) -> list[Coloured]:
        found = states(text, pieces)
        return [Coloured(start, end, float(state @ self._weights) + self._intercept) for start, end, state in found]
