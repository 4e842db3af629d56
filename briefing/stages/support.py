"""Is a claim supported? Gates, judge and swapped names, brought together in one score: the same for drafts, `check` and `verify`.

statements ─ gates ─► judge (the claim, and where its order differs the claim with names exchanged) ─ calibration ─► assessments

The score is a probability that was fitted on labelled data (see `prompts/calibration.toml`); what was asked and answered stays visible in
the gates. Nothing passes unjudged: a question without an answer is a refusal.
"""

import math
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.errors import UsageError
from briefing.model.base import Judgement, Model, Question, Usage
from briefing.model.task import Task
from briefing.stages import gates
from briefing.stages.material import Material, stems
from briefing.stages.voices import alternatives
from briefing.types import Gate

JUDGE = "judge"
_EDGE = 1e-4  # probabilities are not taken for surer than this


class Signals(NamedTuple):
    """What a score is made of: the judge's log-odds for the claim, and the gates that refuse it.

    `novelty` is the share of the claim's words that the judge did not see in the sentences.
    """

    judged: float
    novelty: float
    refused: frozenset[str]


class Calibration(BaseModel):
    """The coefficients of the score, a logistic one: one for each signal, and one for each gate that refuses.

    The judge gives less to words that it does not see in the sentences, whether they are true or not: `novelty` makes up for it.
    `threshold` is of the score. `margin` is by how much (in log-odds) a claim must be likelier than itself with two names exchanged.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    intercept: float
    judged: float = Field(ge=0)
    novelty: float
    gates: dict[str, float]
    threshold: float = Field(gt=0, lt=1)
    margin: float

    def score(self, signals: Signals) -> float:
        """Return the probability that a claim is supported, to three places."""
        z = self.intercept + self.judged * signals.judged + self.novelty * signals.novelty
        z += sum(self.gates.get(name, 0.0) for name in sorted(signals.refused))
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, z)))), 3)

    def verdict(self, signals: Signals) -> tuple[float, Gate]:
        """Return the score with the gate that it passes, or not."""
        support = self.score(signals)
        passed = support >= self.threshold
        return support, Gate(name=JUDGE, passed=passed, detail="" if passed else f"support {support:.2f}")


def together(several: Sequence[Signals]) -> Signals:
    """Return the signals of a claim of several sentences: the worst of the judge's, the most of the others."""
    return Signals(
        judged=min(one.judged for one in several),
        novelty=max(one.novelty for one in several),
        refused=frozenset().union(*(one.refused for one in several)),
    )


class Statement(NamedTuple):
    """A claim to assess: `quotes` are what it rests on, `context` what the judge reads; the rest is as in `Material`."""

    text: str
    quotes: Sequence[str]
    articles: Sequence[str]
    context: Sequence[str]
    speaker: str = ""
    verbatim: bool = False


class Assessment(NamedTuple):
    """What came of a statement. `support` is None where it was not judged; `gates` holds every gate, the judge's last if it was asked."""

    gates: tuple[Gate, ...]
    support: float | None
    usage: Usage
    signals: Signals | None = None

    @property
    def refused(self) -> Gate | None:
        """Return the first gate that refuses, or None: the statement is supported."""
        return next((gate for gate in self.gates if not gate.passed), None)


def load_calibration(path: Path) -> Calibration:
    """Read the coefficients. Raises UsageError, one line, for a file that holds something else."""
    try:
        return Calibration.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise UsageError(f"{path}: not a calibration: {str(error).splitlines()[0]}") from error


def log_odds(probability: float) -> float:
    """Return the logarithm of p / (1 - p), bounded."""
    p = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(p / (1 - p))


def assess(statements: Sequence[Statement], *, model: Model, task: Task, calibration: Calibration, every: bool = False) -> list[Assessment]:
    """Assess statements, in order. Only those that no other gate refuses are judged, unless `every` one is to have its score.

    Names are exchanged only where no other gate refuses; with `every`, those about a claim's form do not count.
    """
    materials = [Material(s.text, s.quotes, s.articles, s.speaker, s.verbatim) for s in statements]
    first = [gates.run(material) for material in materials]
    asked: list[tuple[int, str]] = []
    for n, material in enumerate(materials):
        exchanged = alternatives(material)
        sound = all(gate.passed or (gate.name == "actors" and exchanged) or (every and gate.name in gates.FORM) for gate in first[n])
        if every or sound:
            asked += [(n, text) for text in (material.text, *(exchanged if sound else ()))]
    judged = dict(model.judge([question(task, text, statements[n].context) for n, text in asked]))
    answers: dict[int, list[Judgement]] = {}
    for k, (n, _) in enumerate(asked):
        answers.setdefault(n, []).append(judged[k])
    return [
        _assessment(materials[n], statements[n].context, found, answers[n], calibration)
        if n in answers
        else Assessment(found, None, Usage())
        for n, found in enumerate(first)
    ]


def question(task: Task, claim: str, context: Sequence[str]) -> Question:
    """Return the question whether `claim` is supported by the sentences; they are the part that questions can share."""
    source = " ".join(" ".join(sentence.split()) for sentence in context)
    return Question(task.name, task.prompt(source=source, claim=claim))


def _assessment(
    material: Material, context: Sequence[str], found: Sequence[Gate], answers: Sequence[Judgement], calibration: Calibration
) -> Assessment:
    """Bring together what the gates and the judge said of one statement. One question without an answer, and there is no score."""
    usage = sum((judgement.usage for judgement in answers), Usage())
    failed = next((judgement for judgement in answers if not _answered(judgement)), None)
    if failed is not None:
        return Assessment((*found, Gate(name=JUDGE, passed=False, detail=failed.error or "no answer")), None, usage)
    own, *exchanged = (log_odds(judgement.probability or 0.0) for judgement in answers)
    if exchanged:
        roles = own - max(exchanged) > calibration.margin
        found = [gates.ask("actors", material, roles) if gate.name == "actors" else gate for gate in found]
    signals = Signals(own, _novelty(material.text, context), frozenset(gate.name for gate in found if not gate.passed))
    support, verdict = calibration.verdict(signals)
    return Assessment((*found, verdict), support, usage, signals)


def _novelty(text: str, context: Sequence[str]) -> float:
    told, given = stems(text), stems("\n".join(context))
    return len(told - given) / len(told) if told else 0.0


def _answered(judgement: Judgement) -> bool:
    """Return whether a judgement is a probability: neither missing nor, from an engine gone wrong, no number."""
    return judgement.probability is not None and 0 <= judgement.probability <= 1
