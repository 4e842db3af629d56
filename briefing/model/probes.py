"""Probes: linear readings of a model's state, fitted on labelled data, one for a task and a model. Data, never code.

`prompts/probes/MODEL/TASK.npz` holds, for each of its heads (a task has one, or asks several things of one state): `weights` (heads ×
the model's width, float32), `line` (heads × 2, intercept and slope: from the reading to log-odds) and `yes` (the same from the log-odds
of the model's own yes, for a judgement that came without its state); `mean` and `scale` of the states (width); and `about`, JSON text:
the `heads` by name, the `layer` after which the state is read (counted from 0; none: the last state), whether it is `pooled` (the mean
over the tokens of the prompt's own text stands behind the last one's: twice the width), the SHA-256 of the prompt and of the model that it
was fitted with, on what, and what it measured. A file whose prompt or model differ is refused: its numbers mean nothing
there. Fitting is `tests/benchmarks/probes.py`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from briefing.errors import UsageError
from briefing.model.base import Identity, Judgement, Question
from briefing.model.task import Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EDGE = 1e-4  # probabilities are not taken for surer than this
_SAFE = 30.0


@dataclass(frozen=True, slots=True)
class Probe:
    """What turns a judgement into probabilities that were fitted on labels, one for each of its `heads`."""

    weights: NDArray[np.float32]
    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    line: NDArray[np.float32]
    yes: NDArray[np.float32]
    heads: tuple[str, ...]
    about: dict[str, Any]

    def reading(self, question: Question) -> Question:
        """Return a question with the state wanted that is read here."""
        return replace(question, state=True, layer=self.about.get("layer"), pooled=self.about.get("pooled", False))

    def odds(self, judgement: Judgement) -> tuple[float, ...] | None:
        """Return the log-odds of each head; of a judgement without its state by the model's own yes; None where it has neither."""
        if judgement.state is not None and judgement.state.shape == self.mean.shape:
            read = self.weights @ ((judgement.state - self.mean) / self.scale)
            found = self.line[:, 0] + self.line[:, 1] * read
        elif judgement.probability is not None and 0 <= judgement.probability <= 1:
            found = self.yes[:, 0] + self.yes[:, 1] * log_odds(judgement.probability)
        else:
            return None
        told = tuple(float(value) for value in found)
        return told if all(map(math.isfinite, told)) else None

    def probability(self, judgement: Judgement) -> float | None:
        """Return the probability of a yes, 0..1, by the first head; None where there is no answer."""
        told = self.odds(judgement)
        return None if told is None else probability(told[0])


def load(folder: Path, task: Task, identity: Identity) -> Probe | None:
    """Return the probe of a task for a model, or None where nobody has fitted one.

    Raises UsageError, one line, for a file that is no probe, or one that was fitted with another prompt or another model.
    """
    known = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
    home = known.get(identity.name)  # looked up, never joined: the name may come from a server, or from a file, and be any path
    path = (home or folder) / f"{task.name}.npz"
    if home is None or not path.is_file():
        return None
    import numpy as np  # slow to import, and a run that judges nothing does without

    try:
        with np.load(path, allow_pickle=False) as held:
            about = json.loads(str(held["about"]))
            weights, mean, scale, line, yes = (held[name].astype(np.float32) for name in ("weights", "mean", "scale", "line", "yes"))
        fitted, heads = (about["prompt"], about["model"]), tuple(about["heads"])
        sound = weights.shape == (len(heads), *mean.shape) and mean.ndim == 1 and mean.shape == scale.shape and bool((scale > 0).all())
        sound = sound and bool(heads) and line.shape == yes.shape == (len(heads), 2)
        sound = sound and (about.get("layer") is None or (type(about["layer"]) is int and about["layer"] >= 0))
        sound = sound and type(about.get("pooled", False)) is bool
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise UsageError(f"{path}: not a probe: {error}") from error
    if not sound:
        raise UsageError(f"{path}: not a probe: its parts do not fit together")
    if fitted != (task.sha256, identity.sha256):
        what = "prompt" if fitted[0] != task.sha256 else "model"
        raise UsageError(f"{path}: fitted with another {what} than is used", "fit it anew (see the README's section on measuring)")
    return Probe(weights, mean, scale, line, yes, heads, about)


def probability(odds: float) -> float:
    """Return the probability of these log-odds, to three places."""
    return round(1 / (1 + math.exp(-max(-_SAFE, min(_SAFE, odds)))), 3)


def log_odds(probability: float) -> float:
    """Return the logarithm of p / (1 - p), bounded."""
    p = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(p / (1 - p))
