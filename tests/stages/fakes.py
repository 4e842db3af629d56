"""A model and an embedder made by hand, and Documents made of a few lines: what the stages are tested on."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model.base import Call, Finish, Identity, Judgement, Question, Reply, Usage
from briefing.model.probes import Probe
from briefing.model.vectors import SIZE, Pieces
from briefing.model.wording import WORD, Coloured
from briefing.sources.files import read
from briefing.stages.edits import Rewrite
from briefing.stages.rewrite import rewrite
from briefing.stages.summarize import Chosen, Made, claim_of
from briefing.stages.support import Threshold, Thresholds
from briefing.stages.traits import Traits
from briefing.stages.worth import CRITERIA, HEADS, Criterion, Printing
from briefing.text.articles import article
from briefing.text.words import fold, words
from briefing.types import Article, Outcome

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

SEEDS = Path(__file__).parents[2] / "seeds"
EVEN = Thresholds(
    support=Threshold(least=0.7),
    whole=Threshold(least=0.7),
    reported=Threshold(least=0.6),
    shared=Threshold(least=0.6),
    once=Threshold(least=0.6),
    contested=Threshold(least=0.6),
    earlier=Threshold(least=0.6),
)
"""From where the judge's yes counts."""


class Lent:
    """Where the functions of a test module find the parser that a fixture of it puts here."""

    parser: ClassVar[Parser]


def seeds() -> list[Article]:
    return [outcome.article for outcome in read([SEEDS]) if outcome.article is not None]


def seed(name: str) -> Article:
    return next(found for found in seeds() if found.id.startswith(name))


def made(text: str, name: str = "made", *, markdown: bool = False, **fields: Any) -> Article:
    """Return an article as it is read from a text; `fields` overwrite what the text says of itself (`published`, `source`, `form`)."""
    return article(name, f"{name}.txt", "0" * 64, text, markdown=markdown).model_copy(update=fields)


def outcome(article: Article) -> Outcome:
    return Outcome(id=article.id, path=article.path, sha256=article.sha256, status="used", article=article)


def document(text: str, parser: Parser, name: str = "made", **fields: Any) -> Document:
    """Return a Document of a text, by the parser of the fixture `parser`."""
    return Document(made(text, name, **fields), parser)


def told(document: Document, number: int, weight: float = 1.0) -> Made:
    """Return the claim of a sentence that can be told, whole."""
    plan = rewrite(document, number)
    assert isinstance(plan, Rewrite), (document.text(number), plan)
    chosen = Chosen(document, plan, weight)
    return Made(chosen, claim_of(chosen))


def choices(call: Call) -> list[str]:
    """Return the texts that a constraint allows, the whole sentence first."""
    allowed: list[str] = json.loads(call.constraint.schema)["properties"]["claim"]["enum"]
    return allowed


def whole(call: Call) -> str:
    """Leave the sentence as it is."""
    return choices(call)[0]


def shortest(call: Call) -> str:
    """Leave out all that may go."""
    return min(choices(call), key=len)


class FakeModel:
    """Shortens with `write` (by default nothing is cut), answers questions with `believe`, writes leads with `lead` (by default none)."""

    def __init__(
        self,
        write: Callable[[Call], str | Reply] = whole,
        believe: Callable[[Question], float | None] = lambda question: 0.1 if question.task in ("conflict") else 0.9,
        finish: Finish = "stop",
        lead: Callable[[Call], Mapping[str, str] | Reply] = lambda call: {},
    ) -> None:
        self.write, self.believe, self.finish, self.lead = write, believe, finish, lead
        self.calls: list[Call] = []
        self.questions: list[Question] = []

    @property
    def identity(self) -> Identity:
        return Identity("fake", "ab" * 32)

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        self.calls.extend(calls)
        for n, call in reversed(list(enumerate(calls))):  # in any order
            said = self.lead(call) if call.task == "lead" else self.write(call)
            if not isinstance(said, Reply):
                text = json.dumps({"claim": said} if isinstance(said, str) else said, ensure_ascii=False)
                said = Reply(text, self.finish, Usage(10, 0, 5))
            yield n, said

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        self.questions.extend(questions)
        for n, question in reversed(list(enumerate(questions))):
            p = self.believe(question)
            yield n, Judgement(p, Usage(3, 0, 0), error="" if p is not None else "no answer of yes or no")

    def stop_at(self, moment: float) -> None:
        pass

    def close(self) -> None:
        pass


class Reader(FakeModel):
    """Has a state for each question: the log-odds of the heads of `printing`, as `read` gives them of the prompt's own text."""

    def __init__(self, read: Callable[[str], Sequence[float]], write: Callable[[Call], str | Reply] = whole) -> None:
        super().__init__(write)
        self.read = read

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        for n, judgement in super().judge(questions):
            state = np.array(self.read(questions[n].prompt.shared + questions[n].prompt.text), np.float32) if questions[n].state else None
            yield n, replace(judgement, state=state)


def straight() -> Probe:
    """Return a probe whose heads read the state as it is, one number each."""
    size = len(HEADS)
    lines = np.tile(np.array([0.0, 1.0], np.float32), (size, 1))
    ones = np.ones(size, np.float32)
    return Probe(np.eye(size, dtype=np.float32), np.zeros(size, np.float32), ones, lines, lines, HEADS, {})


def plainly(least: float = 0.5) -> Printing:
    """Return criteria that are what their heads say."""

    def only(head: str) -> Criterion:
        return Criterion(intercept=0, heads=tuple(float(name == head) for name in HEADS), traits=dict.fromkeys(Traits._fields, 0.0))

    return Printing(
        **{name: only(name) for name in CRITERIA},
        least=least,
        behind=least,
        only=least,
        few=least,
        few_behind=least,
        few_plain=least,
        plain=least,
        plain_behind=least,
    )


class FakeEmbedder:
    """Vectors by the words of a text, each word a direction; `asked` are the texts it was given. It reads no words: it has no probe."""

    name, sha256 = "made by hand", "cd" * 32

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        found = np.zeros((len(texts), SIZE), np.float32)
        for n, text in enumerate(texts):
            found[n, 0] = 1e-3
            for word in words(text):
                found[n, zlib.crc32(fold(word.text).encode()) % SIZE] += 1
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        raise NotImplementedError


class FakeWording:
    """Reads every word of a text as coloured by a third of its length; `asked` are the texts it was given."""

    def __init__(self, sha256: str = "ef" * 32) -> None:
        self.sha256 = sha256
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> list[tuple[Coloured, ...]]:
        self.asked += texts
        return [tuple(Coloured(*m.span(), len(m.group()) / 3) for m in WORD.finditer(text)) for text in texts]


def embed(texts: Sequence[str]) -> Vectors:
    """Return vectors by the words of the texts, as FakeEmbedder gives them."""
    return FakeEmbedder().embed(texts)


def shortest_lead(call: Call) -> dict[str, str]:
    """Write the shortest lead that a constraint allows."""
    texts = json.loads(call.constraint.schema)["properties"]
    return {name: min(texts[name]["enum"], key=len) for name in ("first", "second")}
