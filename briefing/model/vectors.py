"""What a model of sentence vectors is for those who ask one. Light: numpy is loaded by whoever computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

SIZE = 384
"""Numbers of a vector."""


class Pieces(NamedTuple):
    """The word pieces of a text: where each stands in it (characters, half open), and its state: shape (pieces, a model's own size)."""

    spans: tuple[tuple[int, int], ...]
    states: Vectors


class Embedder(Protocol):
    """Whoever turns texts into vectors. `sha256` is of its weights."""

    sha256: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length one for each text: shape (texts, SIZE)."""
        ...


class Reader(Embedder, Protocol):
    """Whoever reads texts piece by piece as well. `name` is what the model is called."""

    name: str

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """Return the word pieces of each text, up to the length that it can read."""
        ...
