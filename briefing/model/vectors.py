"""What a model of sentence vectors is for those who ask one. Light: numpy is loaded by whoever computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

SIZE = 384
"""Numbers of a vector."""


class Embedder(Protocol):
    """Whoever turns texts into vectors. `sha256` is of its weights."""

    sha256: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length one for each text: shape (texts, SIZE)."""
