"""Which of the candidates answer a question, if any: decided by the judge and by what the words tell, never by likeness alone.

candidates ─ rewrite ─► what each says ─ judge: does it state the answer? ─► in order ─ judge: do the first few together hold it?
      ─ coefficients ─► answered by the best, and by those that come near it; or not in the sources, and why the nearest do not answer

A sentence that fits a question well is mostly one about the same matter. Whether the asked-for detail stands in it is what the judge is
asked, and what kind of thing is asked for (a number, a time) is read from the question. What the judge does not answer is no answer.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from briefing.language.document import Document
from briefing.language.speakers import voice
from briefing.model.probes import log_odds, probability
from briefing.stages.judging import Judge
from briefing.stages.retrieve import Candidate
from briefing.stages.rewrite import Rewrite, quoted, rewrite
from briefing.stages.summarize import Chosen, claim_of
from briefing.text.foreign import foreign
from briefing.text.questions import lacking, several
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
    """A candidate as it was judged. `text` is what it says as a claim, or its sentence where none can be made of it; `told` is then None.

    `judged` is the judge's log-odds that it states the answer, `missing` what every answer has and it has not.
    """

    candidate: Candidate
    told: Rewrite | None
    text: str
    judged: float
    covered: float
    missing: str


class Consideration(NamedTuple):
    """Candidates, best first, with their probabilities of answering; `together` are the log-odds of the best few as one passage."""

    order: list[Considered]
    probabilities: list[float]
    together: float


class Answered(NamedTuple):
    """What answers, best first: nothing where the sources do not. `confidence` is the probability that they do."""

    chosen: list[Chosen]
    confidence: float


def consider(question: str, candidates: Sequence[Candidate], *, judge: Judge, coefficients: Answering) -> Consideration:
    """Judge candidates: each by itself, then the best few together. Those that give orders to a reader are left out."""
    told = [(one, claimed(one.document, one.number)) for one in candidates if not foreign(one.document.text(one.number))]
    texts = [_text(one, made) for one, made in told]
    judged = [log_odds(p) for p in judge.ask("answers", [{"question": question, "passage": text} for text in texts])]
    wanted = terms(question)
    found = [
        Considered(one, made, text, odds, len(wanted & terms(text)) / max(1, len(wanted)), lacking(question, text))
        for (one, made), text, odds in zip(told, texts, judged, strict=True)
    ]
    found.sort(key=lambda one: -_odds(one, coefficients))
    if not found:
        return Consideration([], [], log_odds(0.0))
    near = " ".join(one.text for one in sorted(found[:_TOGETHER], key=_place))
    (together,) = judge.ask("holds", [{"question": question, "passage": near}])
    return Consideration(found, [probability(_odds(one, coefficients)) for one in found], log_odds(together))


def choose(question: str, found: Consideration, coefficients: Answering) -> Answered:
    """Decide whether the candidates answer the question, and by which of them it is answered."""
    whole = [(one, likely) for one, likely in zip(found.order, found.probabilities, strict=True) if one.told and not one.missing]
    if not whole:
        return Answered([], 0.0)
    best = max(one.judged for one, _ in whole)
    confidence = probability(coefficients.sources + coefficients.best * best + coefficients.together * found.together)
    if confidence < coefficients.threshold:
        return Answered([], confidence)
    room = _MANY if several(question) else _FEW
    chosen: list[Considered] = []
    for one, likely in whole:
        again = any(overlap(content(one.text), content(other.text)) >= _AGAIN for other in chosen)
        if len(chosen) < room and likely >= coefficients.near * whole[0][1] and not again:
            chosen.append(one)
    made = {(one.candidate.document.article.id, one.told.number): one for one in chosen if one.told}
    return Answered([Chosen(one.candidate.document, one.told, 0.0) for one in made.values() if one.told], confidence)


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
    return one.missing or "is about the matter, but does not state what is asked"


def _odds(one: Considered, c: Answering) -> float:
    odds = c.sentence + c.judged * one.judged + c.likeness * one.candidate.likeness + c.covered * one.covered
    return odds + c.lacking * bool(one.missing)


def _text(one: Candidate, told: Rewrite | None) -> str:
    """Return what a candidate says: as a claim of it would, or its sentence."""
    return claim_of(Chosen(one.document, told, 0.0)).text if told else " ".join(one.document.text(one.number).split())


def _place(one: Considered) -> tuple[str, int]:
    return one.candidate.document.article.id, one.candidate.number
