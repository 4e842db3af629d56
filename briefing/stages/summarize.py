"""From chosen sentences to claims: the model says which licensed parts a long sentence does without, and everything is checked.

rewrites ─ long ones with parts that may go ─► model (JSON, one of the licensed texts) ─ check, judge ─► claims; refused ─► whole sentence
         └ all others ─ check ─────────────────────────────────────────────────────────────────────────► claims, or omitted with the reason

The model cannot write a word that the sentence does not have, nor leave out part of a constituent: its choice is among texts that are all
licensed. What it chose is judged against the raw sentence all the same, and where anything refuses it, the whole sentence stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.brief import Omission
from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.model.base import Call, Constraint, Reply
from briefing.model.task import Task
from briefing.progress import Progress
from briefing.stages.check import MADE, check
from briefing.stages.edits import Rewrite, apart, capitalised, in_place
from briefing.stages.judging import Judge, Tally
from briefing.stages.support import JUDGE, asked
from briefing.types import Claim, Edit, Gate, Place, edited

WHOLE = 35
"""Words up to which a sentence stays as it is."""

SURE = 0.7
"""Probability from which a shortened claim is supported; where it is not, the whole sentence stands."""

_PARTS = 5  # parts of a sentence that the model may choose among: 32 texts


class Chosen(NamedTuple):
    """A sentence that is to be told, and its weight (larger matters more); whether it was judged behind another one, and may need it."""

    document: Document
    rewrite: Rewrite
    weight: float
    follows: bool = False

    @property
    def place(self) -> Place:
        """Return the article and the number of the sentence."""
        return self.document.article.id, self.rewrite.number

    @property
    def parse(self) -> Parse:
        """Return the parse of the sentence as it stands in its article."""
        return self.document.parse(self.rewrite.number)


class Made(NamedTuple):
    """A claim with the sentence it is made of."""

    chosen: Chosen
    claim: Claim

    @property
    def home(self) -> str:
        """Return the article whose sentence it tells."""
        return self.claim.citations[0].article


class Shortened(BaseModel):
    """The model's reply: the sentence without some of its parts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: str = Field(min_length=2)


def summarize(chosen: Sequence[Chosen], *, judge: Judge, progress: Progress) -> tuple[list[Made], list[Omission]]:
    """Return the claims about the chosen sentences, in their order, and those that came to nothing with their reasons."""
    long = [n for n, one in enumerate(chosen) if cuttable(one)]
    texts = {n: dict(_texts(chosen[n])) for n in long}
    progress.stage("shortening", len(long), "sentences")
    short: dict[int, Claim] = {}
    for k, reply in judge.model.generate([_call(judge.tasks["shorten"], list(texts[n])) for n in long]):
        progress.advance()
        judge.tally.add(reply)
        cut = texts[long[k]].get(_read(reply))
        if cut:
            short[long[k]] = claim_of(chosen[long[k]], cut)
    support = _judged(short, judge)
    made: list[Made] = []
    omitted: list[Omission] = []
    for n, one in enumerate(chosen):
        claim = short[n].model_copy(update={"support": support[n], "gates": (*MADE, JUDGE)}) if n in support else claim_of(one)
        refused = _refused(one, claim, judge.tally)
        if refused and n in support:
            claim = claim_of(one)
            refused = _refused(one, claim, judge.tally)
        if refused:
            article, number = one.place
            omitted.append(Omission(article=article, sentence=number, reason=f"{refused.name}: {refused.detail}"))
        else:
            made.append(Made(one, claim))
    return made, omitted


def claim_of(one: Chosen, cut: Sequence[Edit] = ()) -> Claim:
    """Return the claim about a sentence, with some of its optional cuts."""
    document, told = one.document, one.rewrite
    article = document.article
    citations = tuple(article.cite(number) for number in told.sentences)
    made = apart((*told.needed, *cut))
    edits = in_place(capitalised(document, told.number, made))
    return Claim(
        id=f"{article.id}-s{told.number}",
        text=edited(citations[0].quote, citations[0].start, edits),
        kind=told.kind,
        speaker=told.speaker,
        verbatim=told.verbatim,
        support=1.0,  # the sentence itself
        citations=citations,
        edits=edits,
        gates=MADE,
        published=article.published,
        date=told.day,
    )


def _refused(one: Chosen, claim: Claim, tally: Tally) -> Gate | None:
    """Return the first gate that refuses a claim, or None; all of them are counted."""
    gates = check(claim, {one.document.article.id: one.document})
    tally.count(gates)
    return next((gate for gate in gates if not gate.passed), None)


def _judged(short: dict[int, Claim], judge: Judge) -> dict[int, float]:
    """Return the support of the shortened claims that the judge accepts, by their sentences as they stand."""
    questions = [asked(claim.text, [citation.quote for citation in claim.citations]) for claim in short.values()]
    found: dict[int, float] = {}
    for (n, _), probability in zip(short.items(), judge.ask("support", questions), strict=True):
        passed = probability >= SURE
        judge.tally.count([Gate(name=JUDGE, passed=passed, detail="" if passed else f"support {probability:.2f}")])
        if passed:
            found[n] = round(probability, 3)
    return found


def cuttable(one: Chosen) -> tuple[Edit, ...]:
    """Return the parts that the model may leave out of a sentence: none where it is short enough as it is."""
    return one.rewrite.optional[:_PARTS] if one.rewrite.optional and len(claim_of(one).text.split()) > WHOLE else ()


def _texts(one: Chosen) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """Yield the texts that may be told of a sentence, each as the model writes it, with its cuts; the whole one first."""
    optional = cuttable(one)
    for size in range(len(optional) + 1):
        for cut in combinations(optional, size):
            yield _plain(claim_of(one, cut).text), cut


def _plain(text: str) -> str:
    """Return a text as it may stand in a JSON string: straight double quotes become typographic ones."""
    opened = False

    def mark(_: re.Match[str]) -> str:
        nonlocal opened
        opened = not opened
        return "“" if opened else "”"

    return re.sub('"', mark, text).replace("\\", " ")


def _call(task: Task, texts: Sequence[str]) -> Call:
    """Return the request for one of the texts; the first is the whole sentence."""
    claim = {"type": "string", "enum": list(texts)}
    schema = {"type": "object", "properties": {"claim": claim}, "required": ["claim"], "additionalProperties": False}
    return Call(task.name, task.prompt(sentence=texts[0]), Constraint(json.dumps(schema, ensure_ascii=False)), task.max_tokens)


def _read(reply: Reply) -> str:
    """Return the text of a reply, or "" where it did not end as it must."""
    try:
        return Shortened.model_validate_json(reply.text).claim if reply.finish == "stop" else ""
    except ValidationError:
        return ""
