"""From claims to a brief: summaries of articles, stories with headlines, the order in which they are read.

A story is what one article tells, in its own order: events months apart are never put under one head. Merging across articles is a step of
its own, with checks of its own.
"""

from collections.abc import Sequence

from briefing.model.base import Model
from briefing.model.task import Task
from briefing.stages import draft
from briefing.stages.gates import check
from briefing.stages.ground import Grounded, Tally
from briefing.stages.plan import Plan
from briefing.text.clauses import parts
from briefing.text.loaded import loaded
from briefing.text.reference import Reader
from briefing.types import Claim, LoadedTerm, Omission, Role, Story, Summary

TOP = 5


def summaries(grounded: Sequence[Grounded], omitted: Sequence[Omission], readers: Sequence[Reader]) -> list[Summary]:
    """Return one validated summary an article, in the order of the articles; claims get their IDs here."""
    found: list[Summary] = []
    for reader in readers:
        article = reader.article
        claims = [g.claim for g in grounded if g.pick.reader is reader]
        found.append(
            Summary(
                article=article.id,
                claims=tuple(
                    c.model_copy(update={"id": f"{article.id}-s{c.citations[0].sentence}"}) for c in claims
                ),
                omitted=tuple(o for o in omitted if o.article == article.id),
                language=language(reader),
            )
        )
    return found


def language(reader: Reader) -> tuple[LoadedTerm, ...]:
    """Return the loaded terms of the article's own voice, each with what a brief says instead."""
    return tuple(
        LoadedTerm(
            article=reader.article.id,
            sentence=s.number,
            term=reader.text(s.number)[hit.start : hit.end],
            instead=hit.term.instead,
        )
        for s in reader.article.sentences
        if s.role is Role.BODY
        for hit in loaded(reader.text(s.number))
    )


def stories(
    found: Sequence[Summary], weights: dict[str, float], *, model: Model, task: Task, texts: dict[str, str], tally: Tally
) -> tuple[list[Story], list[str]]:
    """Return the stories, weightiest first, and the IDs of the claims that head the brief (one a story, at most five).

    `weights` is by claim ID, `texts` the article texts by file ID.
    """
    ranked = sorted(
        (s for s in found if s.claims), key=lambda s: -max(weights[c.id] for c in s.claims)
    )
    leads = [max(s.claims, key=lambda c: (not c.verbatim, weights[c.id])) for s in ranked]
    titles = headlines(leads, model=model, task=task, texts=texts, tally=tally)
    made = [
        Story(id=f"story-{n}", headline=title, claims=tuple(c.id for c in summary.claims))
        for n, (summary, title) in enumerate(zip(ranked, titles, strict=True), start=1)
    ]
    return made, [lead.id for lead in leads[:TOP]]


def headlines(
    leads: Sequence[Claim], *, model: Model, task: Task, texts: dict[str, str], tally: Tally
) -> list[str]:
    """Return a headline for each leading claim: drafted from it and gated like it, else the claim itself."""
    plans = [_headline_plan(claim) for claim in leads]
    wanted = [n for n, claim in enumerate(leads) if not claim.verbatim]
    found = {n: claim.text.rstrip(".") for n, claim in enumerate(leads)}
    for k, reply in model.generate([draft.call(task, plans[n], again=True) for n in wanted]):
        tally.usage += reply.usage
        text, claim = draft.read(reply), leads[wanted[k]]
        if text is None:
            continue
        gates = check(
            text, [c.quote for c in claim.citations], [texts[c.article] for c in claim.citations], speaker=claim.speaker
        )
        if all(gate.passed for gate in gates):
            found[wanted[k]] = text.rstrip(".")
    return [found[n] for n in range(len(leads))]


def _headline_plan(claim: Claim) -> Plan:
    return Plan(
        sentence=claim.citations[0].sentence,
        sentences=(claim.citations[0].sentence,),
        text=claim.text,
        parts=tuple(parts(claim.text)),
        speaker=claim.speaker,
        kind=claim.kind,
        direct=False,
    )


def whole(found: Sequence[Summary]) -> tuple[list[Claim], list[LoadedTerm], list[Omission]]:
    """Return the claims, the loaded terms and the omissions of all summaries, in order."""
    return (
        [c for s in found for c in s.claims],
        [t for s in found for t in s.language],
        [o for s in found for o in s.omitted],
    )

