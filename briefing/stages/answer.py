"""Which of the candidates answer a question, if any: decided by the judge and by what the words tell, never by likeness alone.

candidates ─ rewrite ─► what each says ─ judge: does it state the answer? ─► in order ─ how likely is it that any of them does?
      ─ coefficients ─► answered by the best, and by those that come near it; or not in the sources, and why the nearest do not answer

A sentence that fits a question well is mostly one about the same matter. Whether the asked-for detail stands in it is what the judge is
asked, and what kind of thing is asked for (a number, a time) is read from the question. What the judge does not answer is no answer.
"""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.speakers import voice
from briefing.model.probes import log_odds, probability
from briefing.stages.edits import Rewrite
from briefing.stages.excerpts import excerpt
from briefing.stages.fitting import elliptical, long_past, unfit
from briefing.stages.judging import Judge
from briefing.stages.premises import premise
from briefing.stages.retrieve import Candidate
from briefing.stages.rewrite import rewrite
from briefing.stages.rivals import of_a_rival
from briefing.stages.stated import stated
from briefing.stages.summarize import Chosen, claim_of
from briefing.stages.unmet import elsewhere
from briefing.stages.values import differ, held, summed
from briefing.stages.verbatim import quoted, whose
from briefing.text.foreign import foreign
from briefing.text.numbers import numbers
from briefing.text.questions import kind, lacking, several
from briefing.text.rows import passage
from briefing.text.terms import content, overlap, terms
from briefing.types import Role

_AGAIN = 0.7  # share of the words of a sentence from which on it says again what a better one says
_VALUES = frozenset({"number", "anything"})  # the kinds of question to which one value answers, the newest
_CLOCK = re.compile(r"\W*(\d?\d:\d\d)\b")  # before an entry of a live blog
_STATED = 3.0  # log-odds that a filled slot adds: of the gold questions' candidates all six with one are right, of the others one in nine
_FEW, _MANY = 2, 5  # claims of an answer; of one to a question that asks for several


class Answering(BaseModel):
    """The coefficients of two logistic models: of a sentence, that it answers a question, and of the sources, that they do.

    `judged` is of the judge's log-odds for the sentence, `likeness` of the cosine of the two vectors, `covered` of the share of the
    question's terms that the sentence holds, `lacking` of whether the kind of thing that is asked for is missing. `some` is of the log-odds
    that any of the sentences does, by the judge: several faint yeses count as one clear one. From `threshold` on a question is answered;
    beside the best sentence stand those of at least `near` times its probability.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    judged: float
    likeness: float
    covered: float
    lacking: float
    sentence: float
    some: float
    sources: float
    threshold: float = Field(gt=0, lt=1)
    near: float = Field(gt=0, le=1)


class Considered(NamedTuple):
    """A candidate as it was judged: `text` is what it says as a claim, or its sentence, `told` how it is told, None where it is not.

    `judged` is the judge's log-odds that it states the answer, `missing` what every answer has and it has not. `premise`: whether it bears
    out what the question takes for granted, or says the contrary; None where it tells neither. `stated`: it fills the slot that is asked.
    `rival`: it is of another one than the question; that something like it is told speaks for an answer, and it is none itself.
    """

    candidate: Candidate
    told: Rewrite | None
    text: str
    judged: float
    covered: float
    missing: str
    premise: bool | None = None
    stated: bool = False
    rival: str = ""

    @property
    def evidence(self) -> float:
        """Return the log-odds that it states the answer, by the judge and by what plain code sees."""
        return self.judged + _STATED * self.stated


class Consideration(NamedTuple):
    """Candidates, best first, with their probabilities of answering."""

    order: list[Considered]
    probabilities: list[float]

    def whole(self) -> list[tuple[Considered, float]]:
        """Return those that can be told and lack nothing that every answer has, each with its probability."""
        return [(one, likely) for one, likely in zip(self.order, self.probabilities, strict=True) if one.told and not one.missing]

    def own(self) -> list[tuple[Considered, float]]:
        """Return those of the whole ones that are of what is asked about, not of a rival."""
        return [(one, likely) for one, likely in self.whole() if not one.rival]

    def some(self) -> float:
        """Return the logarithm of the sum of their odds of stating the answer: that any of them does; 0 odds for none."""
        return _any(self.whole())


class Answered(NamedTuple):
    """What answers, best first: nothing where the sources do not. `confidence` is the probability that they do.

    `instead`: what is told is not what was asked for, but that the sources deny what the question takes for granted. `in_parts`: a sum was
    asked for, and what is told are its parts.
    """

    chosen: list[Chosen]
    confidence: float
    instead: bool = False
    in_parts: bool = False


def consider(question: str, candidates: Sequence[Candidate], *, judge: Judge, coefficients: Answering) -> Consideration:
    """Judge candidates, each by itself. Those that give orders to a reader are left out."""
    asked = candidates[0].document.read(question) if candidates else Parse(question)
    told = passages(candidates)
    judged = [log_odds(p) for p in judge.ask("answers", [asked_of(question, _read(asked, one, text)) for one, _, text in told])]
    wanted, documents = terms(question), [one.document for one in candidates]
    found = [
        Considered(one, made, text, odds, len(wanted & terms(text)) / max(1, len(wanted)), *_beside(asked, one, text, documents))
        for (one, made, text), odds in zip(told, judged, strict=True)
    ]
    found.sort(key=lambda one: -_odds(one, coefficients))
    return Consideration(found, [probability(_odds(one, coefficients)) for one in found])


def passages(candidates: Sequence[Candidate]) -> list[tuple[Candidate, Rewrite | None, str]]:
    """Return how candidates are told (None: not at all) and their text, without those that give orders to a reader.

    Of an excerpt the text is its sentence alone: what stands before it is for a reader. A row of a table has its header.
    """
    told = [(one, claimed(one.document, one.number)) for one in candidates if not foreign(passage(one.document.article, one.number))]
    return [(one, made or excerpt(one.document, one.number), _text(one, made)) for one, made in told]


def asked_of(question: str, passage: str) -> dict[str, str]:
    """Return the fields of the question whether a passage states the answer to a question."""
    return {"question": question, "passage": passage}


def choose(question: str, found: Consideration, coefficients: Answering) -> Answered:
    """Decide whether the candidates answer the question, and by which of them it is answered.

    What denies the premise is told only where it is one of the best by the judge: far down it is about something else.
    """
    whole = found.whole()
    if not whole:
        return Answered([], 0.0)
    confidence = probability(coefficients.sources + coefficients.some * found.some())
    denying = [one for one, _ in whole[:_MANY] if one.premise is False]
    if denying and not any(one.premise for one in found.order):
        return Answered(_made(denying[:1]), confidence, instead=True)
    least = coefficients.near * whole[0][1]
    whole = _of_these_days(question, found.own(), least)
    if not whole or whole[0][1] < least:
        return Answered([], min(confidence, probability(coefficients.sources + coefficients.some * _any(whole))))
    if confidence < coefficients.threshold:
        return Answered([], confidence)
    room = _MANY if several(question) else _FEW
    asked = whole[0][0].candidate.document.read(question)
    if names := summed(asked):
        return _summed(names, [one for one, likely in whole if likely >= min(least, coefficients.threshold)], room, confidence)
    near = [one for one, likely in whole if likely >= least]
    if kind(question) in _VALUES and not several(question):
        near = _newest(asked, near, [one for one, likely in whole if likely >= min(least, coefficients.threshold)])
    return Answered(_made(_unlike(near)[:room]), confidence)


def _any(found: Sequence[tuple[Considered, float]]) -> float:
    odds = [math.exp(one.evidence) for one, _ in found]
    return math.log(math.fsum(odds)) if odds else -math.inf


def _of_these_days(question: str, found: Sequence[tuple[Considered, float]], least: float) -> list[tuple[Considered, float]]:
    """Return the candidates without those of a year long past, where a near one without a year has more of the question's words."""
    near = [one for one, likely in found if likely >= least and not _long_past(one)]
    most = max((one.covered for one in near), default=0.0)
    past = kind(question) in _VALUES and not numbers(question)
    return [(one, likely) for one, likely in found if not (past and one.covered < most and _long_past(one))]


def _long_past(one: Considered) -> bool:
    return long_past(_parsed(one), one.candidate.document.article.published)


def _unlike(found: Sequence[Considered]) -> list[Considered]:
    """Return those that do not say again what one before them says."""
    told: list[Considered] = []
    for one in found:
        if not any(_again(_own(one), _own(other)) for other in told):
            told.append(one)
    return told


def _newest(question: Parse, near: Sequence[Considered], likely: Sequence[Considered]) -> list[Considered]:
    """Return those near the best, behind the newest likely one where they give different values of one thing, newest first."""
    first = _parsed(near[0])
    others = [one for one in likely if differ(first, _parsed(one), question)]
    group = sorted([near[0], *others], key=_age, reverse=True)
    front = [group[0], *(one for one in group[1:] if one in near)] if others else []
    return [*front, *(one for one in near if one not in front)]


def _summed(names: Sequence[str], found: Sequence[Considered], room: int, confidence: float) -> Answered:
    """Return what tells of all the names over which a sum is asked, or else of each of them, as parts; nothing if one is missing."""
    whole = [one for one in found if len(held(names, one.text)) == len(names)]
    if whole:
        return Answered(_made(_unlike(whole)[:room]), confidence)
    parts = [next((one for one in found if name in held(names, one.text)), None) for name in names]
    told = [one for one in parts if one is not None]
    return Answered(_made(told), confidence, in_parts=True) if len(told) == len(names) else Answered([], confidence)


def _parsed(one: Considered) -> Parse:
    return one.candidate.document.read(one.text)


def _own(one: Considered) -> str:
    """Return the text of a candidate, of a row of a table without the header that all its rows have."""
    row = one.candidate.document.sentence(one.candidate.number).role is Role.ROW
    return _line(one.candidate.document, one.candidate.number) if row else one.text


def _again(text: str, other: str) -> bool:
    """Return whether a text says again what another one says: its words, and no other number."""
    return overlap(content(text), content(other)) >= _AGAIN and not numbers(text) - numbers(other)


def _made(chosen: Sequence[Considered]) -> list[Chosen]:
    """Return what is told of candidates, each claim once."""
    made = {(one.candidate.document.article.id, one.told.number): one for one in chosen if one.told}
    return [Chosen(one.candidate.document, one.told, 0.0) for one in made.values() if one.told]


def _read(question: Parse, one: Candidate, text: str) -> str:
    """Return what the judge reads of a candidate: its text, behind the sentence before where only that tells what the text leaves out."""
    before = one.document.right_before(one.number)
    return f"{_line(one.document, before)} {text}" if before and elliptical(question, one.document.read(text)) else text


def _line(document: Document, number: int) -> str:
    return " ".join(document.text(number).split())


def _age(one: Considered) -> tuple[str, list[int]]:
    """Return when a candidate was reported, by its article's date and its own time of day: of several values the newest stands first."""
    clock = _CLOCK.match(one.text)
    return one.candidate.document.article.published, [int(part) for part in clock[1].split(":")] if clock else []


def _beside(question: Parse, one: Candidate, text: str, others: Sequence[Document]) -> tuple[str, bool | None, bool, str]:
    """Return what a candidate lacks, whether it bears out what the question takes for granted, fills the slot, and of whom else it is."""
    passage = one.document.read(_unframed(one.document, text))
    taken, article = premise(question, passage), one.document.article
    missing = ""
    if taken is not False:
        missing = lacking(question.text, passage.text) or unfit(question, passage, article.published)
        missing = missing or elsewhere(question, passage, article.text)
    rival = "" if missing or taken is False else of_a_rival(question, passage, one.document, one.number, others)
    return missing, taken, stated(question, passage), rival


def _unframed(document: Document, text: str) -> str:
    """Return what an article says without the words by which an answer gives it to its outlet: those name nobody that is asked for."""
    frame = whose(document, "").frame
    return text.removeprefix(frame).removesuffix("”") if text.startswith(frame) else text


def claimed(document: Document, number: int) -> Rewrite | None:
    """Return how a sentence is told in an answer: as a claim of a brief, with its list, or quoted; None where it cannot be told."""
    sentence = document.sentence(number)
    told = rewrite(document, sentence.under or number)
    if isinstance(told, Rewrite) or sentence.under:
        return told if isinstance(told, Rewrite) else None
    if sentence.note or document.article.form in {"satire", "opinion"} or voice(document, number) is not None:
        return None
    told = quoted(document, number)
    return told if isinstance(told, Rewrite) else None


def why(one: Considered) -> str:
    """Return why a candidate does not answer, for a reader."""
    if one.told is None:
        return "cannot be told by itself"
    return one.missing or one.rival or "is about the matter, but does not state what is asked"


def _odds(one: Considered, c: Answering) -> float:
    odds = c.sentence + c.judged * one.evidence + c.likeness * one.candidate.likeness + c.covered * one.covered
    return odds + c.lacking * bool(one.missing)


def _text(one: Candidate, told: Rewrite | None) -> str:
    """Return what a candidate says: as a claim of it would, or its sentence."""
    return claim_of(Chosen(one.document, told, 0.0)).text if told else " ".join(passage(one.document.article, one.number).split())
