"""The data of the web pages, version `briefing-page/1`: what their templates get, and nothing else.

Every string is plain text in which nothing steers what shows it; the template escapes it. Anchors and targets are IDs of the page.
Nothing here holds the path of a file. Fields may be added in a version; those that are here keep their names and their meaning.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from briefing.types import Frozen


class Run(Frozen):
    """A stretch of a sentence: as it stands there (""), cut by a claim, put in by it with the `reason`, or a loaded word."""

    text: str
    kind: Literal["", "cut", "added", "loaded"] = ""
    reason: str = ""


class Version(Frozen):
    """A sentence with the edits of one claim. Without the runs that are "added" it is the sentence."""

    anchor: str
    runs: tuple[Run, ...]


class ShownSentence(Frozen):
    """A sentence of an article. `gap`: something before it is not shown; `left_out`: why it is not told, of one that could be.

    `role` is that of the sentence ("body", "title", "furniture", "repeat", "row"); `link` leads to it at its publisher, "" where
    none is known.
    """

    anchor: str
    number: int
    runs: tuple[Run, ...]
    versions: tuple[Version, ...] = ()
    cited: bool = False
    role: str = "body"
    left_out: str = ""
    gap: bool = False
    link: str = ""


class ShownArticle(Frozen):
    """An article, its sentences by paragraph. `whole` is false where only cited sentences and their neighbours are shown.

    `known` is false where its text is not known any more: then its sentences are the quotations of the brief. `day` is when it was
    published, `edition` the brief that it belongs to where a page shows two editions of one article.
    """

    anchor: str
    id: str
    title: str
    outlet: str
    day: str
    form: str
    link: str
    paragraphs: tuple[tuple[ShownSentence, ...], ...]
    whole: bool = True
    known: bool = True
    gap: bool = False
    edition: str = ""


class Cite(Frozen):
    """A citation beside a claim: `target` is the sentence's anchor, `label` its outlet or file, `runs` the quotation with the edits."""

    anchor: str
    target: str
    label: str
    article: str
    title: str
    outlet: str
    day: str
    sentence: int
    quote: str
    runs: tuple[Run, ...]
    edited: bool = False
    link: str = ""


class ShownClaim(Frozen):
    """A claim. `standing` is "agreed" (several independent origins), "contested" or "single".

    `fresh` is what became of it since the brief before, "" where it is as it was. `about` counts files and dates it. `story` is the
    anchor of its story where it stands elsewhere, and `headline` what that is called.
    """

    anchor: str
    text: str
    standing: Literal["agreed", "contested", "single"]
    fresh: str = ""
    opinion: bool = False
    speaker: str = ""
    written: bool = False
    about: str = ""
    cites: tuple[Cite, ...]
    story: str = ""
    headline: str = ""


class ShownSide(Frozen):
    """One side of what is contested: who says it, and as of when."""

    who: str
    when: str
    claim: ShownClaim


class ShownStory(Frozen):
    """A story: what its sources agree on, where they differ (each a group of sides), and what one alone says, by outlet.

    `headline` is "" for what is told in one claim each. `cites` are those of the headline, where it is all that a claim says; that claim's
    `standing` and `fresh` are then its own. `topic` is the heading over several stories behind each other, "" for most.
    """

    anchor: str
    headline: str
    topic: str = ""
    cites: tuple[Cite, ...] = ()
    standing: str = ""
    fresh: str = ""
    about: str = ""
    going_on: str = ""
    lead: tuple[ShownClaim, ...] = ()
    agreed: tuple[ShownClaim, ...] = ()
    contested: tuple[tuple[ShownSide, ...], ...] = ()
    single: tuple[ShownClaim, ...] = ()


class Row(Frozen):
    """A story in the matrix: how many of its claims cite each outlet, 0 for none."""

    headline: str
    story: str
    counts: tuple[int, ...]


class Place(Frozen):
    """A sentence by its article's label and its number; `target` is "" where the page does not show it."""

    label: str
    number: int
    target: str


class Wording(Frozen):
    """A loaded term of the sources, and what became of the sentences that have it: (what, where)."""

    term: str
    fates: tuple[tuple[str, tuple[Place, ...]], ...]


class LeftOut(Frozen):
    """Sentences that were left out for one kind of reason: how many, and the first of them."""

    reason: str
    count: int
    places: tuple[Place, ...]


class SourceRow(Frozen):
    """A source file: used, or not and why. `target` is its anchor where its text is shown."""

    id: str
    title: str
    outlet: str
    day: str
    sentences: int
    sha256: str
    status: str
    reason: str
    target: str
    link: str


class Counts(Frozen):
    """How many claims there are of each standing, and how many are not as in the brief before."""

    all: int
    agreed: int
    contested: int
    single: int
    new: int


class BriefPage(Frozen):
    """The page of a brief. `made` says how it was made, a sentence each; `excerpts`, that no article is shown whole."""

    schema_: Literal["briefing-page/1"] = Field(default="briefing-page/1", alias="schema")
    kind: Literal["brief"] = "brief"
    title: str
    date: str
    summary: str
    spread: str
    since: str
    undated: str
    counts: Counts
    top: tuple[ShownClaim, ...]
    stories: tuple[ShownStory, ...]
    untold: tuple[SourceRow, ...]
    outlets: tuple[str, ...]
    matrix: tuple[Row, ...]
    wording: tuple[Wording, ...]
    left_out: tuple[LeftOut, ...]
    sources: tuple[SourceRow, ...]
    made: tuple[str, ...]
    excerpts: bool
    articles: tuple[ShownArticle, ...]


class ShownChange(Frozen):
    """What became of a claim: how it was told, and how it is; of what is new or dropped, one side only. `detail` says it in words.

    `was` and `now` are texts with what differs as runs of the kinds "cut" and "added".
    """

    state: str
    detail: str
    was: tuple[Run, ...] = ()
    now: tuple[Run, ...] = ()
    old: ShownClaim | None = None
    new: ShownClaim | None = None
    against: tuple[ShownClaim, ...] = ()


class ChangeGroup(Frozen):
    """The changes of one kind under their heading."""

    anchor: str
    heading: str
    changes: tuple[ShownChange, ...]


class Corrected(Frozen):
    """An article that was edited between two briefs, with the sentences that went and that came."""

    label: str
    about: str
    lost: tuple[str, ...]
    gained: tuple[str, ...]


class DiffPage(Frozen):
    """The page of what changed from one brief to another."""

    schema_: Literal["briefing-page/1"] = Field(default="briefing-page/1", alias="schema")
    kind: Literal["diff"] = "diff"
    title: str
    old_day: str
    new_day: str
    summary: str
    warnings: tuple[str, ...]
    groups: tuple[ChangeGroup, ...]
    corrections: tuple[Corrected, ...]
    excerpts: bool
    articles: tuple[ShownArticle, ...]


class Near(Frozen):
    """A sentence that comes closest to a question, and why it does not answer it."""

    cite: Cite
    why: str


class AnswerPage(Frozen):
    """The page of an answer: its claims, or the nearest sentences.

    `instead`: claims that deny what the question takes for granted; `in_parts`: those of a sum that was asked for.
    """

    schema_: Literal["briefing-page/1"] = Field(default="briefing-page/1", alias="schema")
    kind: Literal["answer"] = "answer"
    title: str
    answerable: bool
    instead: bool = False
    in_parts: bool = False
    claims: tuple[ShownClaim, ...]
    nearest: tuple[Near, ...]
    made: str
    excerpts: bool
    articles: tuple[ShownArticle, ...]


class ShownEntry(Frozen):
    """A step of a story: what a brief told for the first time, or otherwise than the brief before."""

    tag: str
    detail: str
    claim: ShownClaim


class Day(Frozen):
    """What one brief had to tell of a story."""

    day: str
    entries: tuple[ShownEntry, ...]


class ShownValue(Frozen):
    """A value at a date, with the places that give it."""

    day: str
    shown: str
    cites: tuple[Cite, ...]


class ShownSeries(Frozen):
    """A quantity that moved; `plot` is the SVG of it, made by this program and safe to print as it is."""

    what: str
    plot: str
    points: tuple[ShownValue, ...]


class ShownThread(Frozen):
    """A story over the stored briefs."""

    id: str
    headline: str
    span: str
    series: tuple[ShownSeries, ...]
    days: tuple[Day, ...]


class TimelinePage(Frozen):
    """The page of how stories went."""

    schema_: Literal["briefing-page/1"] = Field(default="briefing-page/1", alias="schema")
    kind: Literal["timeline"] = "timeline"
    title: str
    warnings: tuple[str, ...]
    threads: tuple[ShownThread, ...]
    excerpts: bool
    articles: tuple[ShownArticle, ...]


class DayRow(Frozen):
    """A stored brief in the list of days: `name` is DATE or DATE.NAME, by which it is asked for."""

    name: str
    day: str
    summary: str
    top: tuple[str, ...]


class DaysPage(Frozen):
    """The list of days that `briefing serve` begins with, the last one first. It shows no articles."""

    schema_: Literal["briefing-page/1"] = Field(default="briefing-page/1", alias="schema")
    kind: Literal["days"] = "days"
    title: str
    days: tuple[DayRow, ...]
    excerpts: bool = False
    articles: tuple[ShownArticle, ...] = ()


Page = DaysPage | BriefPage | DiffPage | AnswerPage | TimelinePage
