"""From picks to claims: draft, check, draft once more, else quote, else leave out with the reason. Nothing passes unchecked.

A claim leaves this module only with the gates it passed and citations cut from the article's own text.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from briefing.model.base import Model, Question, Usage
from briefing.model.task import Task
from briefing.progress import Progress
from briefing.stages import draft
from briefing.stages.gates import GATES, check
from briefing.stages.select import Pick
from briefing.stages.support import JUDGE, Calibration, Statement, assess
from briefing.text.dates import date_of
from briefing.text.loaded import loaded
from briefing.text.quotations import quotations
from briefing.types import Article, Citation, Claim, Draft, Gate, Omission


class Grounded(NamedTuple):
    """A claim that passed, with the pick it came from; its ID is that of its sentence."""

    pick: Pick
    claim: Claim


@dataclass
class Tally:
    """What a run spent and what its gates said: per gate the drafts that reached it and those that passed."""

    usage: Usage = field(default_factory=Usage)
    reached: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)

    def count(self, gates: Sequence[Gate]) -> None:
        """Count what the gates said of one draft."""
        for gate in gates:
            self.reached[gate.name] += 1
            self.passed[gate.name] += gate.passed


def believed(questions: Sequence[Question], model: Model, tally: Tally) -> list[float]:
    """Return the judge's probabilities, in order, and count what they cost. Without an answer it is no."""
    said = sorted(model.judge(questions))
    tally.usage += sum((judgement.usage for _, judgement in said), Usage())
    return [judgement.probability or 0.0 for _, judgement in said]


def ground(
    picks: Sequence[Pick], *, model: Model, write: Task, judge: Task, calibration: Calibration, tally: Tally, progress: Progress
) -> tuple[list[Grounded], list[Omission]]:
    """Return the claims about the picks, in their order, and the picks that came to nothing with their reasons."""
    found: dict[int, Claim] = {}
    reasons: dict[int, str] = {n: "somebody's own words" for n, pick in enumerate(picks) if pick.plan.direct}
    open_picks = [n for n in range(len(picks)) if n not in reasons]
    for again in (False, True):
        tried = [n for n in open_picks if not again or any(not part.main for part in picks[n].plan.parts)]
        if tried:
            progress.stage("drafting once more" if again else "drafting", len(tried), "sentences")
            drafts, why = _draft([picks[n] for n in tried], model, write, again, tally, progress)
            progress.stage("checking", len(drafts), "claims")
            for k, (claim, reason) in _gate(drafts, picks, tried, model, judge, calibration, tally, progress).items():
                if claim is not None:
                    found[tried[k]] = claim
                else:
                    why[k] = reason
            reasons.update({tried[k]: reason for k, reason in why.items()})
        open_picks = [n for n in open_picks if n not in found]
    omitted: list[Omission] = []
    for n, pick in enumerate(picks):
        if n not in found:
            quoted = _quoted(pick, tally)
            if isinstance(quoted, Claim):
                found[n] = quoted
            else:
                article, number = pick.reader.article.id, pick.plan.sentence
                omitted.append(Omission(article=article, sentence=number, reason=f"no draft passed ({reasons[n]}); {quoted}"))
    return [Grounded(picks[n], found[n]) for n in sorted(found)], omitted


def _draft(
    picks: Sequence[Pick], model: Model, task: Task, again: bool, tally: Tally, progress: Progress
) -> tuple[dict[int, Draft], dict[int, str]]:
    """Return a draft for each pick that got one, and the reason for each that did not."""
    drafts: dict[int, Draft] = {}
    why: dict[int, str] = {}
    for k, reply in model.generate([draft.call(task, pick.plan, again=again) for pick in picks]):
        progress.advance()
        tally.usage += reply.usage
        text = draft.read(reply, picks[k].plan)
        if text is None:
            why[k] = reply.error or "the model did not end its sentence, or put its own words in"
        else:
            drafts[k] = _as_draft(picks[k], text)
    return drafts, why


def _as_draft(pick: Pick, text: str, *, verbatim: bool = False) -> Draft:
    plan = pick.plan
    return Draft(
        article=pick.reader.article.id,
        sentence=plan.sentence,
        sentences=plan.sentences,
        text=text,
        kind=plan.kind,
        speaker=plan.speaker,
        verbatim=verbatim,
    )


def _gate(
    drafts: dict[int, Draft],
    picks: Sequence[Pick],
    tried: Sequence[int],
    model: Model,
    task: Task,
    calibration: Calibration,
    tally: Tally,
    progress: Progress,
) -> dict[int, tuple[Claim | None, str]]:
    """Return for each draft its claim, or None and the reason: the gates first, the judge for those that passed them."""
    statements: list[Statement] = []
    cited: dict[int, list[Citation]] = {}
    for k, made in sorted(drafts.items()):
        article = picks[tried[k]].reader.article
        cited[k] = [article.cite(number) for number in made.sentences]
        quotes = [citation.quote for citation in cited[k]]
        statements.append(Statement(made.text, quotes, [article.text], quotes, made.speaker, made.verbatim))
    said: dict[int, tuple[Claim | None, str]] = {}
    found = assess(statements, model=model, task=task, calibration=calibration)
    for (k, made), assessment in zip(sorted(drafts.items()), found, strict=True):
        progress.advance()
        tally.usage += assessment.usage
        tally.count(assessment.gates)
        refused = assessment.refused
        if refused is not None or assessment.support is None:
            said[k] = (None, f"{refused.name}: {refused.detail}" if refused else "not judged")
        else:
            said[k] = (_claim(picks[tried[k]], made, cited[k], assessment.support, (*GATES, JUDGE)), "")
    return said


def _refusal(made: Draft, cited: Sequence[Citation], article: Article, tally: Tally) -> Gate | None:
    """Return the first gate that refuses a draft, or None; all of them are counted."""
    gates = check(made.text, [c.quote for c in cited], [article.text], speaker=made.speaker, verbatim=made.verbatim)
    tally.count(gates)
    return next((gate for gate in gates if not gate.passed), None)


def _claim(pick: Pick, made: Draft, cited: Sequence[Citation], probability: float, gates: Sequence[str]) -> Claim:
    published = pick.reader.article.published
    return Claim(
        id=f"{made.article}-s{made.sentence}",
        text=made.text,
        kind=made.kind,
        speaker=made.speaker,
        verbatim=made.verbatim,
        support=round(probability, 3),
        citations=tuple(cited),
        gates=tuple(gates),
        published=published,
        date=date_of(pick.reader.text(pick.plan.sentence), published),
    )


def _quoted(pick: Pick, tally: Tally) -> Claim | str:
    """Return the sentence as a quotation with its speaker, or the reason why it cannot stand as one."""
    article, plan = pick.reader.article, pick.plan
    sentence = " ".join(article.quote(plan.sentence).split())
    inner = sentence.strip('“”"')
    speaker = plan.speaker if plan.direct else ""
    whose = speaker or article.source
    if quotations(inner) or any(mark in inner for mark in '“”"'):
        return "it mixes quotation and report, and cannot be quoted whole"
    if loaded(inner) and not whose:
        return "it is worded in a loaded way, and nobody is named who says so"
    text = f"{whose or 'One article'} {'said' if speaker else 'says' if plan.kind == 'opinion' else 'reports'}: “{inner}”"
    made = _as_draft(pick, text, verbatim=True).model_copy(update={"speaker": speaker})
    cited = [article.cite(number) for number in plan.sentences]
    refused = _refusal(made, cited, article, tally)
    if refused is not None:
        return f"as a quotation: {refused.name}: {refused.detail}"
    return _claim(pick, made, cited, 1.0, tuple(GATES))
