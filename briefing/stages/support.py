"""Is a claim supported? Gates and judge, brought together: the same for `check` and `verify`.

statements ─ parser ─► gates (see `plain`) ─► judge (the claim, and of a free one its fragments) ─ calibration ─► assessments

The score is a probability that was fitted on labelled data (see `prompts/calibration.toml`); what was asked and answered stays visible in
the gates. Nothing passes unjudged: a question without an answer is a refusal.
"""

import math
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.errors import UsageError
from briefing.language.base import Parse, Parser
from briefing.language.document import english
from briefing.model.base import Judgement, Model, Question, Usage
from briefing.model.probes import log_odds, probability
from briefing.model.task import Task
from briefing.stages.plain import refusals
from briefing.text.terms import stems
from briefing.types import Gate

JUDGE = "judge"
Coefficients = TypeVar("Coefficients", bound=BaseModel)
_Form = Literal["whole", "fragment"]
_CUT = re.compile(
    r"(?<=[,;:])\s+|"
    r"\s+(?=(?:and|but|while|who|which|that|because|with|after|before|despite|including|such as|as well as|to|for|by|in order)\s)"
)
_FEW = 20  # words of claim and sources that do not tell which language they are in
_FRAGMENT, _LAST = 6, 4  # words that a fragment has at least, and the last one


class Signals(NamedTuple):
    """What a score is made of: the judge's log-odds for the claim and for its fragments, and how much of it is new.

    `weakest` and `mean` are of the fragments; of a claim that was not cut they are those of the whole.
    `novelty` is the share of the claim's words that the judge did not see in the sentences.
    """

    judged: float
    weakest: float
    mean: float
    novelty: float


class Calibration(BaseModel):
    """The coefficients of the score, a logistic one: one for each signal.

    The judge gives less to words that it does not see in the sentences, whether they are true or not: `novelty` makes up for it.
    `threshold` is of the score.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    intercept: float
    judged: float
    weakest: float
    mean: float
    novelty: float
    threshold: float = Field(gt=0, lt=1)

    def score(self, signals: Signals) -> float:
        """Return the probability that a claim is supported, to three places."""
        z = self.intercept + self.judged * signals.judged + self.weakest * signals.weakest + self.mean * signals.mean
        z += self.novelty * signals.novelty
        return probability(z)

    def verdict(self, signals: Signals) -> tuple[float, Gate]:
        """Return the score with the gate that it passes, or not."""
        support = self.score(signals)
        passed = support >= self.threshold
        return support, Gate(name=JUDGE, passed=passed, detail="" if passed else f"support {support:.2f}")


def together(several: Sequence[Signals]) -> Signals:
    """Return the signals of a claim of several sentences: the worst of the judge's, the most of the others."""
    return Signals(
        judged=min(one.judged for one in several),
        weakest=min(one.weakest for one in several),
        mean=min(one.mean for one in several),
        novelty=max(one.novelty for one in several),
    )


class Statement(NamedTuple):
    """A claim to assess: `quotes` are the sentences that it rests on, `articles` the texts they are from.

    `context` is what the judge reads. A `free` claim is said in other words than its quotes, or only in part by them.
    """

    text: str
    quotes: Sequence[str]
    articles: Sequence[str]
    context: Sequence[str]
    free: bool = False


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


def load_coefficients(path: Path, form: type[Coefficients]) -> Coefficients:
    """Read fitted coefficients. Raises UsageError, one line, for a file that holds something else."""
    try:
        return form.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise UsageError(f"{path}: not a file of coefficients: {str(error).splitlines()[0]}") from error


def assess(
    statements: Sequence[Statement], *, parser: Parser, model: Model, task: Task, calibration: Calibration, every: bool = False
) -> list[Assessment]:
    """Assess statements, in order. Only those that no gate refuses are judged, unless `every` one is to have its score."""
    first = _gates(statements, parser)
    asked: list[tuple[int, _Form, str]] = []
    for n, statement in enumerate(statements):
        if every or all(gate.passed for gate in first[n]):
            asked.append((n, "whole", statement.text))
            asked += [(n, "fragment", text) for text in (fragments(statement.text) if statement.free else [])]
    judged = dict(model.judge([question(task, text, statements[n].context) for n, _, text in asked]))
    answers: dict[int, list[tuple[_Form, Judgement]]] = {}
    for k, (n, form, _) in enumerate(asked):
        answers.setdefault(n, []).append((form, judged[k]))
    return [
        _assessment(statements[n], found, answers[n], calibration) if n in answers else Assessment(found, None, Usage())
        for n, found in enumerate(first)
    ]


def _gates(statements: Sequence[Statement], parser: Parser) -> list[tuple[Gate, ...]]:
    """Return what the gates say of each statement. What is in another language than English has no parse."""
    whole = [" ".join((one.text, *one.articles)) for one in statements]
    read = [english(text) or len(text.split()) <= _FEW for text in whole]
    texts = {text for one, fit in zip(statements, read, strict=True) if fit for text in (one.text, *one.quotes)}
    parses = {parse.text: parse for parse in parser.parse(sorted(texts))}
    return [
        refusals(
            parses[one.text] if fit else Parse(one.text),
            [parses[quote] if fit else Parse(quote) for quote in one.quotes],
            "\n".join(one.articles),
        )
        for one, fit in zip(statements, read, strict=True)
    ]


def fragments(claim: str) -> list[str]:
    """Return the stretches of a claim that tell something each, in order; nothing where it is one. Together they are the claim."""
    found: list[str] = []
    for piece in filter(None, _CUT.split(claim)):
        if found and len(found[-1].split()) < _FRAGMENT:
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    if len(found) > 1 and len(found[-1].split()) < _LAST:
        last = found.pop()
        found[-1] += f" {last}"
    return found if len(found) > 1 else []


def asked(claim: str, context: Sequence[str]) -> dict[str, str]:
    """Return the fields of the question whether `claim` is supported by the sentences; they are the part that questions can share."""
    return {"source": " ".join(" ".join(sentence.split()) for sentence in context), "claim": claim}


def question(task: Task, claim: str, context: Sequence[str]) -> Question:
    """Return the question whether `claim` is supported by the sentences."""
    return Question(task.name, task.prompt(**asked(claim, context)))


def _assessment(
    statement: Statement, found: Sequence[Gate], answers: Sequence[tuple[_Form, Judgement]], calibration: Calibration
) -> Assessment:
    """Bring together what the gates and the judge said of one statement. One question without an answer, and there is no score."""
    usage = sum((judgement.usage for _, judgement in answers), Usage())
    failed = next((judgement for _, judgement in answers if not _answered(judgement)), None)
    if failed is not None:
        return Assessment((*found, Gate(name=JUDGE, passed=False, detail=failed.error or "no answer")), None, usage)
    odds: dict[_Form, list[float]] = {"whole": [], "fragment": []}
    for form, judgement in answers:
        odds[form].append(log_odds(judgement.probability or 0.0))
    own = odds["whole"][0]
    cut = odds["fragment"] or [own]
    signals = Signals(own, min(cut), math.fsum(cut) / len(cut), _novelty(statement.text, statement.context))
    support, verdict = calibration.verdict(signals)
    return Assessment((*found, verdict), support, usage, signals)


def _novelty(text: str, context: Sequence[str]) -> float:
    told, given = stems(text), stems("\n".join(context))
    return len(told - given) / len(told) if told else 0.0


def _answered(judgement: Judgement) -> bool:
    """Return whether a judgement is a probability: neither missing nor, from an engine gone wrong, no number."""
    return judgement.probability is not None and 0 <= judgement.probability <= 1
