"""Is a claim supported? Gates and judge, brought together: the same for `check`, `verify` and alignment.

statements ─ parser ─► gates (see `plain`); claim, sentences ─ judge ─► probability ─ threshold of the use ─► the judge's gate

The judge is asked "support" of a claim beside the one to three sentences that it was made of, "whole" of one in other words: beside a
stretch of text, or another outlet's sentences. Nothing passes unjudged: a question without an answer is a refusal.
"""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.errors import UsageError
from briefing.language.base import Parse, Parser
from briefing.language.document import english
from briefing.resources import resource
from briefing.stages.plain import refusals
from briefing.types import Gate

JUDGE = "judge"
Coefficients = TypeVar("Coefficients", bound=BaseModel)
_FEW = 20  # words of claim and sources that do not tell which language they are in


class Threshold(BaseModel):
    """From which probability (`least`) the judge's yes counts, and the curve that it was read from.

    A point of the curve is a probability, the share of true claims that pass there, and the share of false ones that are refused.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    least: float = Field(gt=0, lt=1)
    curve: tuple[tuple[float, float, float], ...] = ()


class Thresholds(BaseModel):
    """The thresholds of all uses, by what an error costs there.

    `support` and `whole` are of `check` and `verify --judge`: both errors weigh alike. `reported` is of alignment: a file that is wrongly
    cited is worse than one that is not. `shared` is of files cited in part, for the same news; `once` is of claims of the same news, of
    which one is told: what is lost by a wrong yes is a line. `contested` is of conflicts: none is better than a wrong one. `earlier` is
    of what was told on days before: news that is called old is worse than old news that is called new.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    support: Threshold
    whole: Threshold
    reported: Threshold
    shared: Threshold
    once: Threshold
    contested: Threshold
    earlier: Threshold


class Statement(NamedTuple):
    """A claim to assess: `quotes` are the sentences that it rests on, `articles` the texts they are from."""

    text: str
    quotes: Sequence[str]
    articles: Sequence[str]


def load_coefficients(path: Path, form: type[Coefficients]) -> Coefficients:
    """Read fitted coefficients. Raises UsageError, one line, for a file that holds something else."""
    try:
        return form.model_validate(_parsed(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise UsageError(f"{path}: not a file of coefficients: {str(error).splitlines()[0]}") from error


@lru_cache(maxsize=16)
def _parsed(text: str) -> dict[str, Any]:
    """Return what a text of coefficients holds; it is asked for again for each brief."""
    return tomllib.loads(text)


def thresholds() -> Thresholds:
    """Return the thresholds of the judge, as they lie beside the prompts. Raises UsageError for a broken file."""
    return load_coefficients(resource("prompts") / "thresholds.toml", Thresholds)


def gates(statements: Sequence[Statement], parser: Parser) -> list[tuple[Gate, ...]]:
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


def asked(claim: str, context: Sequence[str]) -> dict[str, str]:
    """Return the fields of the question whether `claim` is supported by the sentences; they are the part that questions can share."""
    return {"source": " ".join(" ".join(sentence.split()) for sentence in context), "claim": claim}


def verdict(answers: Sequence[float | None], threshold: Threshold) -> tuple[float | None, Gate]:
    """Return the support of a claim with the judge's gate: the worst of its answers decides; without one of them there is no support."""
    known = [answer for answer in answers if answer is not None]
    if not known or len(known) < len(answers):
        return None, Gate(name=JUDGE, passed=False, detail="no answer")
    support = round(min(known), 3)
    passed = support >= threshold.least
    return support, Gate(name=JUDGE, passed=passed, detail="" if passed else f"support {support:.2f}")
