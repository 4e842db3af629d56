"""The record of a brief: its stories, its claims, its articles, how it was made, and what it leaves out.

JSON Schema and validation come from these models. What changed from one brief to another is in `records`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from briefing.types import Claim, Count, Edit, Form, Frozen, Sha256, Status, content_key


def one_of(lead: Sequence[Claim]) -> Claim:
    """Return the sentences of a lead as one claim, as sure and as far agreed on as each of them."""
    first = lead[0]
    cited = tuple(dict.fromkeys(citation for one in lead for citation in one.citations))
    least = {"support": min(one.support for one in lead), "origins": min(one.origins for one in lead)}
    date = first.date if all(one.date == first.date for one in lead) else ""
    state = next((one.state for one in lead if one.state != "unchanged"), first.state)
    return first.model_copy(update={"text": " ".join(one.text for one in lead), "citations": cited, "date": date, "state": state, **least})


class Omission(Frozen):
    """A sentence that could have been briefed and is not, and why."""

    article: str
    sentence: int = Field(ge=1)
    reason: str


class LoadedTerm(Frozen):
    """A judging word of the sources. No word is put in its place: the sentence is cut or left out, so `instead` is "" (0.1 replaced)."""

    article: str
    sentence: int = Field(ge=1)
    term: str
    instead: str = ""


class Summary(Frozen):
    """What one article gives to a brief: the IDs of its claims, and its sentences in the order of their weight, the weightiest first."""

    claims: tuple[str, ...] = ()
    sentences: tuple[int, ...] = ()


class Story(Frozen):
    """Claims about one event, in reading order; its origins and the outlets it is passed on from are those of all its citations.

    `lead` names the sentences at its head that the model wrote (see `Brief.leads`), and `told` those of its claims that they stand for;
    `event` is the articles that tell of it. The headline is the first cited sentence of the claim `heading` with the `edits`, without its
    full stop.
    Stories of one `topic`, a name that a title of each event has, tell events of other days and stand behind each other; "" for most.
    A story that goes on over days keeps its `thread` (see `Brief.new_thread`, of the first brief that told it) and `since`, that brief's
    date; both are "" where there was no brief before.
    """

    id: str
    headline: str
    claims: tuple[str, ...] = Field(min_length=1)
    heading: str = ""
    edits: tuple[Edit, ...] = ()
    lead: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    origins: int = Field(default=1, ge=1)
    passed_on: tuple[str, ...] = ()
    topic: str = ""
    thread: str = ""
    since: str = ""


class ModelRecord(Frozen):
    """The model that wrote a brief."""

    name: str
    sha256: str


class TokenRecord(Frozen):
    """Tokens that a run spent: read, generated, and those that a cache or a shared prefix saved."""

    prompt: Count = 0
    generated: Count = 0
    cached: Count = 0


class RunRecord(Frozen):
    """How a brief was made. `gates` counts per gate the claims that reached it and those that passed; before 0.2 there is no `parser`.

    Of the `asked` requests, the model gave no answer to `unanswered`, for the `problem` that came first; `late` were not reached within
    the `budget`: the seconds that were left when the files were read, None where there was no limit.
    """

    model: ModelRecord
    parser: ModelRecord | None = None
    prompts: dict[str, str]
    version: str
    seconds: float = Field(ge=0)
    tokens: TokenRecord
    gates: dict[str, tuple[Count, Count]] = Field(default={})
    asked: Count = 0
    unanswered: Count = 0
    problem: str = ""
    late: Count = 0
    budget: float | None = Field(default=None, ge=0)

    @property
    def unjudged(self) -> bool:
        """Whether the model was asked, and gave no answer at all."""
        return 0 < self.asked == self.unanswered


class ArticleRecord(Frozen):
    """One source file as the brief saw it; `sentences` counts all of them, `summary` is what it gave to the brief."""

    id: str
    path: str
    sha256: str = ""
    title: str = ""
    source: str = ""
    published: str = ""
    form: Form = "news"
    url: str = ""
    reader: str = ""
    part: Count = 0
    edition: int = Field(default=1, ge=1)
    sentences: Count = 0
    status: Status
    reason: str = ""
    summary: Summary = Summary()

    @property
    def content(self) -> str:
        """Return what names its text (see `content_key`)."""
        return content_key(self.sha256, self.reader, self.part)


class Brief(Frozen):
    """The record `briefing/1`. `top` names the claims that matter most; they stand in their stories too.

    `leads` are the sentences that the model wrote of the claims of a story: each tells what the claims say that it cites the sentences of.
    `before` is the date of the brief that the states of its claims refer to, `before_sha256` that of its record; "" where there was none.
    """

    schema_: Literal["briefing/1"] = Field(default="briefing/1", alias="schema")
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    run: RunRecord
    articles: tuple[ArticleRecord, ...]
    top: tuple[str, ...] = ()
    stories: tuple[Story, ...]
    claims: tuple[Claim, ...]
    leads: tuple[Claim, ...] = ()
    language: tuple[LoadedTerm, ...] = ()
    omitted: tuple[Omission, ...] = ()
    before: str = ""
    before_sha256: Sha256 | Literal[""] = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        ids = [claim.id for claim in self.claims]
        known = set(ids)
        told = [name for story in self.stories for name in story.claims]
        if len(known) != len(ids) or sorted(told) != sorted(ids):
            raise ValueError("every claim has its own ID and stands in exactly one story")
        if not known.issuperset(self.top) or any(not known.issuperset(claim.conflicts) for claim in self.claims):
            raise ValueError("top and conflicts name claims of this brief")
        if not {a.id for a in self.articles}.issuperset(c.article for claim in (*self.claims, *self.leads) for c in claim.citations):
            raise ValueError("citations name articles of this brief")
        if [name for story in self.stories for name in story.lead] != [lead.id for lead in self.leads] or len(
            {*known, *(lead.id for lead in self.leads)}
        ) != len(self.claims) + len(self.leads):
            raise ValueError("every sentence of a lead has its own ID and stands at the head of one story, in order")
        if not all(set(story.told) <= set(story.claims) and (story.lead or not story.told) for story in self.stories):
            raise ValueError("a lead tells claims of its own story")
        return self

    def title(self, story: Story) -> str:
        """Return the headline of a story, which says so where the claim that it is made of is contested."""
        return next((claim.marked(story.headline) for claim in self.claims if claim.id == story.heading), story.headline)

    def new_thread(self, story: Story) -> str:
        """Return the identity of a story that this brief is the first to tell: its date, and a hash of the story's first sentences."""
        known = {claim.id: claim.citations[0] for claim in self.claims}
        cited = sorted(f"{known[name].article}\n{known[name].quote}" for name in story.claims)
        return f"{self.date}-{hashlib.sha256(chr(0).join(cited).encode()).hexdigest()[:6]}"

    def in_short(self) -> list[Claim]:
        """Return what stands at the head of the brief: the claims of `top`, the lead of a story, as one, in the place of its claim."""
        claims, leads = ({claim.id: claim for claim in some} for some in (self.claims, self.leads))
        home = {name: story for story in self.stories for name in story.claims}
        return [one_of([leads[name] for name in home[top].lead]) if home[top].lead else claims[top] for top in dict.fromkeys(self.top)]

    def rest(self, story: Story) -> list[Claim]:
        """Return the claims of a story, in order, for which neither the head of the brief nor the lead of the story stands."""
        known = {claim.id: claim for claim in self.claims}
        gone = {*story.told, *(() if story.lead else self.top)}
        return [known[name] for name in story.claims if name not in gone]

    def lead(self, story: Story) -> list[Claim]:
        """Return the lead of a story, unless it stands at the head of the brief."""
        known = {lead.id: lead for lead in self.leads}
        return [] if {*story.claims} & {*self.top} else [known[name] for name in story.lead]
