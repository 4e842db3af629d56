"""A model's state as text: 16-bit floats in base 64, as it is kept beside a probability."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def packed(state: NDArray[np.float32]) -> str:
    """Return a state as text: little-endian 16-bit floats in base 64."""
    return base64.b64encode(state.astype("<f2").tobytes()).decode()


def unpacked(text: str) -> NDArray[np.float32]:
    """Return the state that `packed` made a text of: float32, rounded to 16 bits. Raises ValueError for any other text."""
    import numpy as np  # slow to import, and a run that asks for no state does without

    return np.frombuffer(base64.b64decode(text, validate=True), dtype="<f2").astype(np.float32)
