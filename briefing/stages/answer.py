"""Which of the candidates answer a question, if any: decided by the judge and by what the words tell, never by likeness alone.

candidates ─ plan ─► what each says ─ judge: does it state the answer? ─► in order ─ judge: do the first few together hold it?
      ─ coefficients ─► answered by the best, and by those that come near it; or not in the sources, and why the nearest do not answer

A sentence that fits a question well is mostly one about the same matter. Whether the asked-for detail stands in it is what the judge is
asked, and what kind of thing is asked for (a number, a time) is read from the question. What the judge does not answer is no answer.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from briefing.model.base import Model, Question
from briefing.model.task import Task
from briefing.stages.ground import Grounded, Tally, believed
from briefing.stages.plan import Plan
from briefing.stages.retrieve import Candidate
from briefing.stages.select import Pick, planned
from briefing.stages.support import log_odds, probability
from briefing.text.foreign import foreign
from briefing.text.questions import keeps, lacking, several
from briefing.text.reference import Reader
from briefing.text.terms import content, overlap, terms

_TOGETHER = 4  # sentences that are judged as one passage
_AGAIN = 0.7  # share of the words of a sentence from which on it says again what a better one says
_FEW, _MANY = 2, 5  # claims of an answer; of one to a question that asks for several


class Answering(BaseModel):
    """The coefficients of two logistic models: of a sentence, that it answers a question, and of the sources, that they do.

    `judged` is of the judge's log-odds for the sentence, `likeness` of the cosine of the two vectors, `covered` of the share of the
    question's terms that the sentence holds, `lacking` of whether the kind of thing that is asked for is missing. `best` is of the largest
    log-odds of any sentence, `together` of those of the best few as one passage. From `threshold` on a question is answered; beside the
    best sentence stand those of at least `near` times its probability.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    judged: float
    likeness: float
    covered: float
    lacking: float
    sentence: float
    best: float
    together: float
    sources: float
    threshold: float = Field(gt=0, lt=1)
    near: float = Field(gt=0, le=1)


class Considered(NamedTuple):
    """A candidate as it was judged. `text` is what it says, as its plan tells it; `plan` may be the reason why no claim can be made of it.

    `judged` is the judge's log-odds that it states the answer, `missing` what every answer has and it has not.
    """

    candidate: Candidate
    plan: Plan | str
    text: str
    judged: float
    covered: float
    missing: str


class Consideration(NamedTuple):
    """Candidates, best first, with their probabilities of answering; `together` are the log-odds of the best few as one passage."""

    order: list[Considered]
    probabilities: list[float]
    together: float


class Chosen(NamedTuple):
    """What answers, best first: nothing where the sources do not. `confidence` is the probability that they do."""

    picks: list[Pick]
    confidence: float


def consider(
    question: str, candidates: Sequence[Candidate], *, model: Model, sentence: Task, passage: Task, coefficients: Answering, tally: Tally
) -> Consideration:
    """Judge candidates: each by itself, then the best few together. Those that give orders to a reader are left out."""
    told = [(one, planned(one.reader, one.number)) for one in candidates if not foreign(one.reader.text(one.number))]
    texts = [_text(question, one, plan) for one, plan in told]
    judged = _judged([Question(sentence.name, sentence.prompt(question=question, passage=text)) for text in texts], model, tally)
    wanted = terms(question)
    found = [
        Considered(one, plan, text, odds, len(wanted & terms(text)) / max(1, len(wanted)), lacking(question, text))
        for (one, plan), text, odds in zip(told, texts, judged, strict=True)
    ]
    found.sort(key=lambda one: -_odds(one, coefficients))
    if not found:
        return Consideration([], [], log_odds(0.0))
    near = " ".join(one.text for one in sorted(found[:_TOGETHER], key=_place))
    (together,) = _judged([Question(passage.name, passage.prompt(question=question, passage=near))], model, tally)
    return Consideration(found, [probability(_odds(one, coefficients)) for one in found], together)


def choose(question: str, found: Consideration, coefficients: Answering) -> Chosen:
    """Decide whether the candidates answer the question, and by which of them it is answered."""
    whole = [(one, likely) for one, likely in zip(found.order, found.probabilities, strict=True) if not one.missing]
    if not whole:
        return Chosen([], 0.0)
    best = max(one.judged for one, _ in whole)
    confidence = probability(coefficients.sources + coefficients.best * best + coefficients.together * found.together)
    if confidence < coefficients.threshold:
        return Chosen([], confidence)
    room = _MANY if several(question) else _FEW
    chosen: list[Considered] = []
    for one, likely in whole:
        again = any(overlap(content(one.text), content(other.text)) >= _AGAIN for other in chosen)
        if len(chosen) < room and likely >= coefficients.near * whole[0][1] and not again:
            chosen.append(one)
    return Chosen([_pick(one) for one in chosen], confidence)


def loses(question: str, one: Grounded) -> bool:
    """Return whether a claim was drafted without what is asked for, though its sentence has it."""
    return not keeps(question, one.claim.text, one.pick.reader.text(one.pick.plan.sentence))


def quoted(pick: Pick) -> Pick:
    """Return a pick whose sentence is to be quoted, and not rewritten."""
    return pick._replace(plan=_bare(pick.reader, pick.plan.sentence))


def why(one: Considered) -> str:
    """Return why a candidate does not answer, for a reader."""
    return one.missing or "is about the matter, but does not state what is asked"


def _judged(questions: Sequence[Question], model: Model, tally: Tally) -> list[float]:
    """Return the judge's log-odds; without an answer they are those of a no."""
    return [log_odds(p) for p in believed(questions, model, tally)]


def _odds(one: Considered, c: Answering) -> float:
    odds = c.sentence + c.judged * one.judged + c.likeness * one.candidate.likeness + c.covered * one.covered
    return odds + c.lacking * bool(one.missing)


def _text(question: str, one: Candidate, plan: Plan | str) -> str:
    """Return what a candidate says: as its plan tells it, or whole where that leaves out what is asked for ("on Thursday")."""
    whole = " ".join(one.reader.text(one.number).split())
    return plan.text if isinstance(plan, Plan) and keeps(question, plan.text, whole) else whole


def _place(one: Considered) -> tuple[str, int]:
    return one.candidate.reader.article.id, one.candidate.number


def _pick(one: Considered) -> Pick:
    """Return a candidate as a pick: to be drafted, or where no claim can be made of it that answers, to be quoted."""
    reader, number = one.candidate.reader, one.candidate.number
    told = one.plan if isinstance(one.plan, Plan) and one.text == one.plan.text else _bare(reader, number)
    return Pick(reader, told, 0.0)


def _bare(reader: Reader, number: int) -> Plan:
    return Plan(number, (number,), " ".join(reader.text(number).split()), (), "", "fact", direct=True)
