"""What a sentence is worth: how likely each criterion is met, by the heads of a probe and what can be counted, and what follows of them.

Plain arithmetic. The coefficients were fitted on sentences that were read and labelled by hand (see the README's section on measuring); who
is asked, and what is printed, is for `printing` to say.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator

from briefing.model.probes import log_odds, probability
from briefing.stages.traits import Traits

HEADS = ("stands", "tells", "matters", "leads", "neutral", "repeats")
"""The heads of the probe: a sentence is understood; it is any news, a fact that matters, the article's news itself; it is neutral; it says
nothing that the line before does not say."""

CRITERIA = ("stands", "matters", "leads", "neutral", "repeats")
"""What is decided of a sentence, each by a logistic model of all heads and of what can be counted."""

LACKING = ("leans on something that is not told", "is not news", "is worded, or judges, in a way that is not neutral")
"""Why a sentence is not printed: what it most likely lacks."""


class Criterion(BaseModel):
    """A logistic model of one criterion: a coefficient for each head's log-odds, and one for each trait, by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    intercept: float
    heads: tuple[float, ...] = Field(min_length=len(HEADS), max_length=len(HEADS))
    traits: Mapping[str, float]

    @field_validator("traits")
    @classmethod
    def _known(cls, value: Mapping[str, float]) -> Mapping[str, float]:
        if set(value) != set(Traits._fields):
            raise ValueError(f"must name exactly {', '.join(Traits._fields)}")
        return value

    def probability(self, odds: Sequence[float], counted: Traits) -> float:
        """Return the probability that the criterion is met."""
        z = self.intercept + sum(a * b for a, b in zip(self.heads, odds, strict=True))
        return probability(z + sum(self.traits[name] * value for name, value in counted._asdict().items()))


class Printing(BaseModel):
    """The criteria, and how sure it must be that a sentence may be printed: `least` by itself, `behind` another.

    Of a few articles `few` and `few_behind` are enough: there is room, and what is lost is half of what they tell. `only` is enough for
    the line of an event that no other line tells: a reader who is not told of it at all misses most. `plain` (of a few articles
    `few_plain`), and `plain_behind` another, is the least probability that its wording is neutral, whatever else is true: another
    sentence tells the fact.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    stands: Criterion
    matters: Criterion
    leads: Criterion
    neutral: Criterion
    repeats: Criterion
    least: float = Field(gt=0, lt=1)
    behind: float = Field(gt=0, lt=1)
    only: float = Field(gt=0, lt=1)
    few: float = Field(gt=0, lt=1)
    few_behind: float = Field(gt=0, lt=1)
    few_plain: float = Field(gt=0, lt=1)
    plain: float = Field(gt=0, lt=1)
    plain_behind: float = Field(gt=0, lt=1)

    def of_only(self) -> Printing:
        """Return it as it is for the one line of an event: its wording counts in its likelihood alone."""
        return self.model_copy(update={"least": self.only, "plain": self.only})

    def of_few(self) -> Printing:
        """Return it as it is for a few articles: a line of each event is told as soon as it may be right, if rather neutral than not."""
        return self.model_copy(update={"least": self.few, "behind": self.few_behind, "plain": self.few_plain})


class Worth(NamedTuple):
    """Probabilities that a sentence is understood, is a fact that matters, is its article's news, is neutral, and repeats the line before.

    `follows` is 1 where it is to stand behind another line, which tells the news already; `struck` is how likely an editor would strike
    one of its words.
    """

    stands: float
    matters: float
    leads: float
    neutral: float
    repeats: float
    follows: float = 0
    struck: float = 0

    @property
    def plain(self) -> float:
        """Return how sure it is that it is neutral, as a whole and in each word."""
        return self.neutral * (1 - self.struck)

    @property
    def news(self) -> float:
        """Return the probability that it is news: by itself rather what the article is about, behind another line a fact that matters."""
        return self.matters if self.follows else (self.matters + self.leads) / 2

    @property
    def likely(self) -> float:
        """Return how sure it is that it may be printed, 0..1: a small fact is forgiven sooner than one that leans or judges."""
        return self.stands * self.plain * math.sqrt(self.news)

    @property
    def heading(self) -> float:
        """Return how fit it is to head its article, 0..1: of several that may be printed the one that is the news, not its background."""
        return self.stands * self.plain * self.leads

    @property
    def value(self) -> float:
        """Return what it is worth to the reader, as log-odds that it may be printed."""
        return log_odds(self.likely)

    @property
    def lacking(self) -> str:
        """Return why it is not printed: what it most likely lacks."""
        reasons = dict(zip((self.stands, self.news, self.plain), LACKING, strict=True))
        return reasons[min(reasons)]


def read(odds: Sequence[float], counted: Traits, printing: Printing) -> Worth:
    """Return what a sentence is worth by the log-odds of its heads and its traits."""
    told = {name: getattr(printing, name).probability(odds, counted) for name in CRITERIA}
    return Worth(**told, follows=counted.follows)
