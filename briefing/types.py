"""The values that pass from stage to stage, one frozen type a stage.

Offsets are in characters of the decoded text, half open, as in `text[start:end]`. They are pydantic models, so their JSON Schema and
their validation come from one place; the record that is kept is in `brief`. Nothing here reads a file or knows a model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
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


class Finding(Frozen):
    """Something that `verify` found wrong: in which claim (or "" for the brief as a whole), which check, and what."""

    claim: str
    check: str
    detail: str
