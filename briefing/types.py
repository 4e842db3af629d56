"""The values that pass from stage to stage, one frozen type a stage, and the record that is kept.

Offsets are in characters of the decoded text, half open, as in `text[start:end]`. Records are pydantic models, so their JSON Schema and
their validation come from one place. Nothing here reads a file or knows a model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=2**53)]
"""A number that every reader of JSON keeps as it is."""

Kind = Literal["fact", "statement", "opinion"]
Form = Literal["news", "interview", "transcript", "opinion", "satire", "live blog", "list"]
Status = Literal["used", "skipped", "failed"]
Relation = Literal["supported", "contradicted", "not mentioned", "unsupported"]
State = Literal["new", "dropped", "changed", "corroborated", "disputed", "unchanged"]


class Frozen(BaseModel):
    """A value: immutable, no unknown fields, no number that is none."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Role(StrEnum):
    """What a sentence is in its article; only BODY sentences are briefed, and a ROW of a table is told in answers alone."""

    BODY = "body"
    TITLE = "title"
    FURNITURE = "furniture"
    REPEAT = "repeat"
    ROW = "row"


class Sentence(Frozen):
    """A numbered span of an article.

    `number` counts from 1 through the article; `paragraph` counts from 1 and groups the sentences of one paragraph. `note` says why a
    sentence is not BODY ("legal notice", "repeats sentence 4"), or why a BODY sentence is never a claim ("lead-in", "question").
    `speaker` is the label under which it stands in an interview or a transcript ("Mayor Lind"), `under` the number of the lead-in on
    which it rests ("Prosecutors accuse him of the following:"), of a ROW that of its table's header, of a header that of its caption; 0 for
    none.
    """

    number: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int
    paragraph: int = Field(ge=1)
    role: Role = Role.BODY
    note: str = ""
    speaker: str = ""
    under: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _span(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a sentence is never empty")
        return self


Place = tuple[str, int]
"""A sentence of an article: the file ID and the number."""


class Citation(Frozen):
    """Where a claim stands: `quote` is `text[start:end]` of the article with ID `article`."""

    article: str
    sentence: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int
    quote: str = Field(min_length=1)

    @model_validator(mode="after")
    def _length(self) -> Self:
        if len(self.quote) != self.end - self.start:
            raise ValueError("a quote is as long as its span")
        return self

    @property
    def place(self) -> Place:
        """Return the cited sentence."""
        return self.article, self.sentence


def cited_articles(citations: Iterable[Citation]) -> list[str]:
    """Return the IDs of the cited articles, each once, in the order of the citations."""
    return list(dict.fromkeys(citation.article for citation in citations))


class Article(Frozen):
    """One source file, decoded. `text` is kept exactly as decoded; `sha256` is of the file's bytes.

    `title`, `source` (the outlet), `published` (an ISO date) and `url` are empty where the text does not give them. `form` is the kind of
    article, as its headline, section, address and layout tell it. Of a file that is no plain text, `reader` names what read it, with its
    version ("pdf 5.1+1"), and `part` which of its articles this is, from 1; 0 where it holds one. `edition` counts the versions of a page
    that were fetched.
    """

    id: str
    path: str
    sha256: Sha256
    text: str
    title: str = ""
    source: str = ""
    published: str = ""
    url: str = ""
    form: Form = "news"
    reader: str = ""
    part: int = Field(default=0, ge=0)
    edition: int = Field(default=1, ge=1)
    sentences: tuple[Sentence, ...] = ()

    @model_validator(mode="after")
    def _spans(self) -> Self:
        for n, sentence in enumerate(self.sentences, start=1):
            if sentence.number != n or sentence.end > len(self.text):
                raise ValueError("sentences are numbered from 1 and lie inside the text")
        return self

    @property
    def content(self) -> str:
        """Return what names its text (see `content_key`)."""
        return content_key(self.sha256, self.reader, self.part)

    def quote(self, number: int) -> str:
        """Return the exact text of sentence `number`."""
        sentence = self.sentences[number - 1]
        return self.text[sentence.start : sentence.end]

    def cite(self, number: int) -> Citation:
        """Return the citation of sentence `number`; its quote is the text at its span by construction."""
        sentence = self.sentences[number - 1]
        return Citation(article=self.id, sentence=number, start=sentence.start, end=sentence.end, quote=self.quote(number))


def content_key(sha256: str, reader: str, part: int) -> str:
    """Return what names a text: the SHA-256 of its file, or where a reader read it, one of that, the reader and the part."""
    return hashlib.sha256(f"{sha256} {reader} {part}".encode()).hexdigest() if reader else sha256


class Outcome(Frozen):
    """What became of one source file, or of its article `part`: read (`article` is set) or not, and why. Each ends in exactly one."""

    id: str
    path: str
    sha256: str = ""
    part: int = 0
    status: Status
    reason: str = ""
    article: Article | None = None


class Gate(Frozen):
    """What one check said of a draft. `detail` names what was found wrong ("92 is not in the source"), empty when passed."""

    name: str
    passed: bool
    detail: str = ""


class Edit(Frozen):
    """What a claim changed in its first cited sentence: `text` stands where the article has characters `start` to `end`.

    An empty `text` is a cut, an empty span something put in. `reason` says why ("aside", "whom it means", "date").
    """

    start: int = Field(ge=0)
    end: int
    text: str = ""
    reason: str = Field(min_length=1)

    @model_validator(mode="after")
    def _span(self) -> Self:
        if self.end < self.start or (self.end == self.start and not self.text):
            raise ValueError("an edit cuts, replaces or puts in")
        return self


def edited(quote: str, start: int, edits: Iterable[Edit]) -> str:
    """Return a sentence with its edits, white space made single; `start` is where it begins in its article.

    Raises ValueError where edits overlap or lie outside the sentence.
    """
    return placed(quote, start, edits)[0]


def placed(quote: str, start: int, edits: Iterable[Edit]) -> tuple[str, list[int]]:
    """Return a sentence with its edits as `edited` does, and of each character the place in the article; -1 of what is put in beside it.

    What stands in the place of something else has the place of its first character, and at its end that of its last one.
    """
    told: list[tuple[str, int]] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        first, last = edit.start - start, edit.end - start
        if first < at or last > len(quote):
            raise ValueError("edits lie inside the sentence, and apart")
        told += ((char, start + n) for n, char in enumerate(quote[at:first], at))
        told += ((char, edit.start if last > first else -1) for char in edit.text[:-1])
        told += ((char, edit.end - 1 if last > first else -1) for char in edit.text[-1:])
        at = last
    told += ((char, start + n) for n, char in enumerate(quote[at:], at))
    words: list[tuple[str, int]] = []
    for char, place in told:
        if not char.isspace():
            words.append((char, place))
        elif words and words[-1][0] != " ":
            words.append((" ", place))
    words = words[:-1] if words and words[-1][0] == " " else words
    return "".join(char for char, _ in words), [place for _, place in words]


class Earlier(Frozen):
    """Where an article of an earlier day told a claim. `date` is that of the first brief that read it, `article` its file ID there.

    `content` names its text (see `content_key`).
    """

    date: str
    article: str
    content: Sha256
    sentences: tuple[int, ...] = Field(min_length=1)


class Claim(Frozen):
    """One neutral sentence of the brief with its citations. `support` is in 0..1; `gates` are the checks it passed, by name.

    It is its first cited sentence with its `edits` and nothing else, unless it is `written`: then the model wrote it.
    Of the cited articles, those `partly` named tell its news with other details, and need not have all that it says.
    `origins` counts independent sources, and `passed_on` names the outlets whose reports the cited articles pass on. `published` is the ISO
    date of the earliest cited article; `date` is when it happened, as its sentence says (a day, month or year); "" where none is given.
    `earlier` are the articles of earlier days that told it, the first of them first: it is no news. `state` is what became of it since the
    brief before (see `Brief.before`), and `since` the date of the first brief that had it, or read an article that told it; both are ""
    where there was none before.
    """

    id: str
    text: str = Field(min_length=1)
    kind: Kind
    speaker: str = ""
    verbatim: bool = False
    support: float = Field(ge=0, le=1)
    origins: int = Field(default=1, ge=1)
    conflicts: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = Field(min_length=1)
    partly: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    written: bool = False
    gates: tuple[str, ...] = ()
    published: str = ""
    date: str = ""
    passed_on: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    state: State | Literal[""] = ""
    since: str = ""

    def marked(self, text: str) -> str:
        """Return what is told of it by itself (its text, a headline), which says so where others contradict it."""
        return f"Contested: {text}" if self.conflicts else text


def one_of(lead: Sequence[Claim]) -> Claim:
    """Return the sentences of a lead as one claim, as sure and as far agreed on as each of them."""
    first = lead[0]
    cited = tuple(dict.fromkeys(citation for one in lead for citation in one.citations))
    least = {"support": min(one.support for one in lead), "origins": min(one.origins for one in lead)}
    date = first.date if all(one.date == first.date for one in lead) else ""
    state = next((one.state for one in lead if one.state != "unchanged"), first.state)
    return first.model_copy(update={"text": " ".join(one.text for one in lead), "citations": cited, "date": date, "state": state, **least})


class Verdict(Frozen):
    """What `check` says of a claim: whether it is supported, how surely (0..1, None where the model gave no answer), and by what.

    `gates` are those of a brief's claims, then the judge; `sentences` carry the claim or come closest. A `free` claim is said in
    other words than its sentences are: the score decides it, and of the gates that of numbers alone.
    """

    id: str
    claim: str
    supported: bool
    relation: Relation
    free: bool
    support: float | None
    gates: tuple[Gate, ...]
    sentences: tuple[Citation, ...]


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
    gates: dict[str, tuple[Count, Count]] = {}
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


class Finding(Frozen):
    """Something that `verify` found wrong: in which claim (or "" for the brief as a whole), which check, and what."""

    claim: str
    check: str
    detail: str
