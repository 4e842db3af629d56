"""The records beside a brief: what changed from one to another, how stories went, what answers a question.

As those of `types` they are frozen, and their JSON Schema and their validation come from one place.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from briefing.brief import ArticleRecord, ModelRecord, Omission, RunRecord
from briefing.types import Citation, Claim, Frozen, State


class Value(Frozen):
    """What differs between two claims about one matter, as it was and as it is, in the words of the claims or their sentences."""

    kind: Literal["value", "actor", "time", "certainty", "direction"]
    was: str
    now: str


class Change(Frozen):
    """What became of a claim from one brief to the next. `new` claims have no `old`, `dropped` ones no `new`; all others have both.

    `detail` says it in words: the values, the new origins, the new conflict, why it was dropped. `stood`: the sentence of a new or dropped
    claim is in its article on both days, so that the brief's choice changed and not the news. `also_old` and `also_new` are further claims
    that tell the same: of two claims that became one, or one that became two. Every claim of both briefs is in exactly one change.
    """

    state: State
    old: Claim | None = None
    new: Claim | None = None
    detail: str = ""
    values: tuple[Value, ...] = ()
    origins: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    stood: bool = False
    also_old: tuple[Claim, ...] = ()
    also_new: tuple[Claim, ...] = ()

    @property
    def olds(self) -> tuple[Claim, ...]:
        """Return every claim of the old brief that is in it."""
        return (*((self.old,) if self.old else ()), *self.also_old)

    @property
    def news(self) -> tuple[Claim, ...]:
        """Return every claim of the new brief that is in it."""
        return (*((self.new,) if self.new else ()), *self.also_new)


class Correction(Frozen):
    """An article that was edited: the sentences that went and came, and the old claims that rested on those that went.

    `was` is its ID in the old brief where it is another one. Of a page that was fetched again, `edition` is that of the new brief;
    1 where it was not fetched. `known` is false where the whole texts are not at hand: then only cited sentences can be compared.
    """

    article: str
    was: str = ""
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    claims: tuple[str, ...] = ()
    known: bool = True
    edition: int = 1


class Side(Frozen):
    """Which brief was compared: its date, its file ("" where it is not known), how it was made, and its articles."""

    date: str
    path: str = ""
    model: ModelRecord
    prompts: dict[str, str]
    version: str
    articles: tuple[ArticleRecord, ...] = ()


class Diff(Frozen):
    """The record `briefing-diff/1`: what became of every claim from one brief to another."""

    schema_: Literal["briefing-diff/1"] = Field(default="briefing-diff/1", alias="schema")
    old: Side
    new: Side
    summary: str
    warnings: tuple[str, ...] = ()
    changes: tuple[Change, ...]
    corrections: tuple[Correction, ...] = ()


class Entry(Frozen):
    """One step of a story: what a brief told of it for the first time, or in another way than the brief before."""

    date: str
    state: State
    claim: Claim
    detail: str = ""


class Point(Frozen):
    """A value at a date, with the claim that gives it."""

    date: str
    value: float
    shown: str
    claim: str
    citations: tuple[Citation, ...]


class Series(Frozen):
    """A quantity that moved over the briefs: what it counts, as it was first told, and its values by date."""

    what: str
    unit: str
    points: tuple[Point, ...]


class Thread(Frozen):
    """A story over the stored briefs. `id` is its continuing identity, `headline` the latest one."""

    id: str
    headline: str
    dates: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    series: tuple[Series, ...] = ()


class Timeline(Frozen):
    """The record `briefing-timeline/1`: the stories that were asked for, by `topic` or `story`, with what each brief had to tell."""

    schema_: Literal["briefing-timeline/1"] = Field(default="briefing-timeline/1", alias="schema")
    topic: str = ""
    story: str = ""
    threads: tuple[Thread, ...]
    warnings: tuple[str, ...] = ()


class Answer(Frozen):
    """The record of an answer: claims as in a brief, or none and the `nearest` sentences, each with `why` it does not answer.

    `instead`: the claims do not say what was asked, but deny what the question takes for granted. `in_parts`: a sum was asked for, and the
    claims give its parts; nothing is added up.
    `confidence` is the probability (0..1) that the sources answer the question; `articles` are those that are cited.
    """

    schema_: Literal["briefing-answer/1"] = Field(default="briefing-answer/1", alias="schema")
    question: str = Field(min_length=1)
    answerable: bool
    instead: bool = False
    in_parts: bool = False
    claims: tuple[Claim, ...] = ()
    nearest: tuple[Citation, ...] = ()
    why: tuple[str, ...] = ()
    confidence: float = Field(ge=0, le=1)
    articles: tuple[ArticleRecord, ...] = ()
    run: RunRecord

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (
            self.answerable != bool(self.claims)
            or ((self.instead or self.in_parts) and not self.claims)
            or (self.answerable and self.nearest)
            or len(self.why) != len(self.nearest)
        ):
            raise ValueError("an answer has claims, or else the nearest sentences")
        return self


class ArticleSummary(Frozen):
    """The record `briefing-article/1`: what one article gave to the brief of `date`, what other claims cite it for, and what was left out.

    `claims` are those made of its own sentences, `cited` those of other articles that it reports too.
    """

    schema_: Literal["briefing-article/1"] = Field(default="briefing-article/1", alias="schema")
    date: str
    article: ArticleRecord
    claims: tuple[Claim, ...] = ()
    cited: tuple[Claim, ...] = ()
    omitted: tuple[Omission, ...] = ()
