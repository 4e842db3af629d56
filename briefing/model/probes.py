"""Probes: linear readings of a model's last state, fitted on labelled data, one for a task and a model. Data, never code.

`prompts/probes/MODEL/TASK.npz` holds `weights`, `mean` and `scale` (float32 of the model's width), `line` (intercept and slope: from the
reading to log-odds) and `yes` (the same from the log-odds of the model's own yes, for a judgement that came without its state), and
`about`, JSON text: the SHA-256 of the prompt and of the model that it was fitted with, on what, and what it measured. A file whose
prompt or model differ is refused: its numbers mean nothing there. Fitting is `tests/benchmarks/probes.py`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from briefing.errors import UsageError
from briefing.model.base import Identity, Judgement
from briefing.model.task import Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EDGE = 1e-4  # probabilities are not taken for surer than this
_SAFE = 30.0


@dataclass(frozen=True, slots=True)
class Probe:
    """What turns a judgement into a probability that was fitted on labels."""

    weights: NDArray[np.float32]
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    line: tuple[float, float]
    yes: tuple[float, float]
    about: dict[str, Any]

    def probability(self, judgement: Judgement) -> float | None:
        """Return the probability of a yes, 0..1; of a judgement without its state by the model's own yes; None where it has neither."""
        if judgement.state is not None and judgement.state.shape == self.weights.shape:
            read = float(((judgement.state - self.mean) / self.scale) @ self.weights)
            odds = self.line[0] + self.line[1] * read
            return probability(odds) if math.isfinite(odds) else None
        if judgement.probability is None or not 0 <= judgement.probability <= 1:
            return None
        return probability(self.yes[0] + self.yes[1] * log_odds(judgement.probability))


def load(folder: Path, task: Task, identity: Identity) -> Probe | None:
    """Return the probe of a task for a model, or None where nobody has fitted one.

    Raises UsageError, one line, for a file that is no probe, or one that was fitted with another prompt or another model.
    """
    path = folder / identity.name / f"{task.name}.npz"
    if not path.is_file():
        return None
    import numpy as np  # slow to import, and a run that judges nothing does without

    try:
        with np.load(path, allow_pickle=False) as held:
            about = json.loads(str(held["about"]))
            numbers = [held[name].astype(np.float32) for name in ("weights", "mean", "scale")]
            lines = [tuple(float(number) for number in held[name]) for name in ("line", "yes")]
        weights, mean, scale = numbers
        line, yes = ((intercept, slope) for intercept, slope in lines)
        fitted = about["prompt"], about["model"]
        sound = weights.ndim == 1 and weights.shape == mean.shape == scale.shape and bool((scale > 0).all())
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise UsageError(f"{path}: not a probe: {error}") from error
    if not sound:
        raise UsageError(f"{path}: not a probe: its parts do not fit together")
    if fitted != (task.sha256, identity.sha256):
        what = "prompt" if fitted[0] != task.sha256 else "model"
        raise UsageError(f"{path}: fitted with another {what} than is used", "fit it anew (see the README's section on measuring)")
    return Probe(weights, mean, scale, line, yes, about)


def probability(odds: float) -> float:
    """Return the probability of these log-odds, to three places."""
    return round(1 / (1 + math.exp(-max(-_SAFE, min(_SAFE, odds)))), 3)


def log_odds(probability: float) -> float:
    """Return the logarithm of p / (1 - p), bounded."""
    p = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(p / (1 - p))
