"""Which other articles of an event report a claim too, and which claims say again what another one says: one relation, support.

claims ─ the sentences of each other article of the event that come nearest ─ numbers, names, polarity (plain code), judge ─► citations
claims ─ against the claims of their event that are told already ─ the same ─► those that add nothing are left out

What a claim says is asked apart from who says it there: an outlet that tells the same in its own voice reports it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefing.language.attribution import attributions
from briefing.language.document import Document
from briefing.model.base import Model, Usage
from briefing.model.task import Task
from briefing.similarity import held
from briefing.stages.judging import Tally
from briefing.stages.rank import Ranker
from briefing.stages.summarize import Made
from briefing.stages.support import Calibration, Statement, assess
from briefing.types import Claim, Omission, cited_articles

_NEAR = 0.3  # share of a claim's weight that a passage must hold to be asked about
_SENTENCES = 2  # of a passage
_GAIN = 0.12  # share that a further sentence must add
_ARTICLES = 6  # other articles of an event that a claim is asked of


class Aligned(NamedTuple):
    """The claims with the citations of all that report them, and those that say nothing new."""

    made: list[Made]
    omitted: list[Omission]


class _Asked(NamedTuple):
    """Whether `article` supports claim `claim` by its sentences `numbers`."""

    claim: int
    article: str
    numbers: tuple[int, ...]


def align(
    made: Sequence[Made],
    events: Sequence[Sequence[str]],
    documents: Mapping[str, Document],
    ranker: Ranker,
    *,
    model: Model,
    task: Task,
    calibration: Calibration,
    tally: Tally,
) -> Aligned:
    """Ask each claim of the other articles of its event; of claims that cite the same sentences for the same, the weightiest stays."""
    home = {name: event for event in events for name in event}
    asked = [
        _Asked(n, name, numbers)
        for n, one in enumerate(made)
        if not one.claim.verbatim
        for name in _others(one, home, documents, ranker)
        if (numbers := _passage(one, documents[name], ranker))
    ]
    statements = []
    for item in asked:
        document = documents[item.article]
        quotes = [document.text(number) for number in item.numbers]
        statements.append(Statement(content(made[item.claim]), quotes, [document.article.text], quotes))
    assessed = assess(statements, model=model, task=task, calibration=calibration)
    tally.usage += sum((one.usage for one in assessed), Usage())
    supported = {
        (item.claim, item.article): (item, one.support)
        for item, one in zip(asked, assessed, strict=True)
        if one.refused is None and one.support is not None
    }
    return _merged(made, supported, documents)


def content(one: Made) -> str:
    """Return what a claim says without who says it: "…, police said" less its attribution, where it stands at the end."""
    claim = one.claim
    parse = one.chosen.document.parse(one.chosen.rewrite.number)
    for attribution in attributions(parse):
        tail = parse.text[attribution.start :].rstrip(" .")
        if claim.text.rstrip(" .").endswith(tail) and not attribution.quoted:
            rest = claim.text.rstrip(" .")[: -len(tail)].rstrip(" ,")
            if len(rest.split()) >= _LEFT:
                return f"{rest}."
    return claim.text


_LEFT = 4  # words that must be left of a claim


def _others(one: Made, home: Mapping[str, Sequence[str]], documents: Mapping[str, Document], ranker: Ranker) -> list[str]:
    """Return the other articles of a claim's event that come nearest to it."""
    cited = set(cited_articles(one.claim.citations))
    names = [name for name in home[one.claim.citations[0].article] if name not in cited]
    vector = ranker.vectors[one.claim.citations[0].article][one.chosen.rewrite.number]
    best = {name: max((held(vector, other) for other in ranker.vectors[name].values()), default=0.0) for name in names}
    return sorted((name for name in names if best[name] > 0), key=lambda name: (-best[name], name))[:_ARTICLES]


def _passage(one: Made, document: Document, ranker: Ranker) -> tuple[int, ...]:
    """Return the sentences of an article that hold most of what a claim says, in order; nothing where they hold too little."""
    wanted = ranker.vectors[one.claim.citations[0].article][one.chosen.rewrite.number]
    vectors = ranker.vectors[document.article.id]
    chosen: list[int] = []
    share = 0.0
    while vectors and len(chosen) < _SENTENCES:
        joined = {term: 1.0 for n in chosen for term in vectors[n]}
        best = max(vectors, key=lambda n: (held(wanted, {**joined, **vectors[n]}), -n))
        now = held(wanted, {**joined, **vectors[best]})
        if now - share < (_GAIN if chosen else _NEAR):
            break
        chosen.append(best)
        share = now
    return tuple(sorted(chosen))


def _merged(
    made: Sequence[Made], supported: Mapping[tuple[int, str], tuple[_Asked, float]], documents: Mapping[str, Document]
) -> Aligned:
    """Return the claims with their further citations; a claim whose own sentence another one is cited to, both ways, is that one."""
    order = sorted(range(len(made)), key=lambda n: (-made[n].chosen.weight, n))
    place = {(made[n].claim.citations[0].article, made[n].claim.citations[0].sentence): n for n in order}
    cited: dict[int, list[_Asked]] = {}
    for (n, _), (item, _) in sorted(supported.items()):
        cited.setdefault(n, []).append(item)
    gone: dict[int, int] = {}
    for n in order:
        if n in gone:
            continue
        for item in cited.get(n, []):
            for number in item.numbers:
                other = place.get((item.article, number))
                if other is not None and other != n and other not in gone and _adds_nothing(other, n, made, supported):
                    gone[other] = n
    found: list[Made] = []
    omitted: list[Omission] = []
    for n, one in enumerate(made):
        if n in gone:
            kept = made[gone[n]].claim.citations[0]
            first = one.claim.citations[0]
            omitted.append(Omission(article=first.article, sentence=first.sentence, reason=f"says what {kept.article}, sentence {kept.sentence}, says"))
            continue
        found.append(one._replace(claim=_cited(one.claim, cited.get(n, []), supported, n, documents)))
    return Aligned(found, omitted)


def _adds_nothing(
    other: int, n: int, made: Sequence[Made], supported: Mapping[tuple[int, str], tuple[_Asked, float]]
) -> bool:
    """Return whether a claim says no more than claim `n`, whose sentence it is cited to in turn, or has no number or name of its own."""
    return (other, made[n].claim.citations[0].article) in supported


def _cited(
    claim: Claim, more: Sequence[_Asked], supported: Mapping[tuple[int, str], tuple[_Asked, float]], n: int, documents: Mapping[str, Document]
) -> Claim:
    """Return a claim with the citations of the articles that report it too, the least of their support, and the earliest date."""
    if not more:
        return claim
    citations = [*claim.citations, *(documents[item.article].article.cite(number) for item in more for number in item.numbers)]
    dates = sorted(filter(None, (documents[name].article.published for name in cited_articles(citations))))
    support = min(claim.support, *(supported[n, item.article][1] for item in more))
    return claim.model_copy(
        update={"citations": tuple(dict.fromkeys(citations)), "support": support, "published": dates[0] if dates else ""}
    )
