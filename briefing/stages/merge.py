"""Claims that say the same become one, cited to all their sentences. Nothing is joined that the gates do not pass against every citation.

claims ─ shared rare words, at most a few partners each ─► pairs ─ dates that can be the same ─► judge: the same fact?
       ─ the wording of the one against the sentences of the other (gates, score), both ways ─► groups, each under one wording

Candidates share words, so the pairs grow with the claims and not with their square. Within an article a claim that says the same again is
left out. What would change this: a model that tells likeness from sameness by itself.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefing.model.base import Model, Question, Usage
from briefing.model.task import Task
from briefing.stages.ground import Grounded, Tally, believed
from briefing.stages.support import Calibration, Statement, assess
from briefing.text.dates import differ
from briefing.text.numbers import numbers
from briefing.text.terms import content, terms
from briefing.types import Article, Claim, Omission, cited_articles

SAME = 0.5
"""Probability from which the judge's yes counts, where the wording is then held against the sentences of both claims."""

AGAIN = 0.7
"""Probability from which it counts by itself, for two claims of one article, and for two that differ in a single word."""

ALIKE = 0.25
"""Share of the weight of the smaller claim that two claims must have in common to be taken for one."""

_SPREAD = 0.05  # by which the two orders of a question differ at most, nearly always
_PAIRS = 1.5  # for each claim, the likest of all: the model's time grows with the brief
_PARTNERS = 6  # that a claim is compared with at most
_COMMON = 60  # claims that hold a word from which on it finds no partners


class Pair(NamedTuple):
    """Two claims by their index, the first before the second, and how much of the smaller one they share."""

    one: int
    other: int
    likeness: float


class Merged(NamedTuple):
    """The claims that stay, in order, and the sentences of those that another claim of their article says already.

    `alike` are the pairs, by ID, that the judge takes for the same, whether they could be joined or not.
    """

    grounded: list[Grounded]
    omitted: list[Omission]
    alike: frozenset[tuple[str, str]]


def pairs(texts: Sequence[str], least: float = ALIKE, *, first: int = 0) -> list[Pair]:
    """Return the pairs that share at least so much of the weight of their rarer terms, a few for each text.

    With `first`, only pairs of one of the first so many texts with one of the others.
    """
    held = [terms(text) for text in texts]
    spread = Counter(term for found in held for term in found)
    weight = {term: math.log(1 + len(texts) / n) for term, n in spread.items()}
    size = [math.fsum(weight[term] for term in found) for found in held]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found: set[Pair] = set()
    for n, own in enumerate(held):
        shared: defaultdict[int, float] = defaultdict(float)
        for term in sorted(own):
            if spread[term] <= _COMMON:
                for other in holders[term] if n >= first else ():
                    shared[other] += weight[term]
                if n < first or not first:
                    holders[term].append(n)
        near = sorted(((-common / (min(size[n], size[m]) or 1.0), m) for m, common in shared.items()))[:_PARTNERS]
        found.update(Pair(m, n, -score) for score, m in near if -score >= least)
    likest = sorted(found, key=lambda pair: (-pair.likeness, pair))[: math.ceil(_PAIRS * len(texts))]
    return sorted(likest)


def merge(
    grounded: Sequence[Grounded],
    articles: Mapping[str, Article],
    *,
    model: Model,
    same: Task,
    support: Task,
    calibration: Calibration,
    tally: Tally,
) -> Merged:
    """Return the claims with those that say the same joined. `articles` are by file ID."""
    claims = [one.claim for one in grounded]
    compared = [(p.one, p.other) for p in pairs([c.text for c in claims]) if _may_be_one(claims[p.one], claims[p.other])]
    alike = _judged(compared, claims, model, same, tally)
    told = _told(alike, claims, articles, model, support, calibration, tally)
    group = {n: [n] for n in range(len(claims))}
    for one, other in sorted(alike, key=lambda pair: (-alike[pair], pair)):
        joined = sorted({*group[one], *group[other]})
        if group[one] is not group[other] and _wordings(joined, told):
            group.update(dict.fromkeys(joined, joined))
    found = {}
    for members in {id(joined): joined for joined in group.values()}.values():
        lead = max(
            _wordings(members, told), key=lambda n: (not claims[n].verbatim, _precision(claims[n].text), grounded[n].pick.weight, -n)
        )
        found[lead] = grounded[lead]._replace(claim=_joined(lead, members, claims, told))
    again = _again(alike, group, grounded)
    omitted = [
        Omission(
            article=grounded[n].pick.reader.article.id,
            sentence=grounded[n].pick.plan.sentence,
            reason=f"says again what sentence {grounded[kept].pick.plan.sentence} says",
        )
        for n, kept in sorted(again.items())
    ]
    same_ids = frozenset((claims[one].id, claims[other].id) for one, other in alike)
    return Merged([found[n] for n in sorted(found) if n not in again], omitted, same_ids)


def _may_be_one(one: Claim, other: Claim) -> bool:
    """Return whether two claims can be the same by what is known without asking: neither is a quotation, and their dates can agree."""
    return not (one.verbatim or other.verbatim or differ(one.date, other.date))


def _judged(
    compared: Sequence[tuple[int, int]], claims: Sequence[Claim], model: Model, task: Task, tally: Tally
) -> dict[tuple[int, int], float]:
    """Return the pairs that report the same fact as the judge sees it, with its probability."""
    texts = [claim.text for claim in claims]
    enough = {pair: AGAIN if _minimal(texts[pair[0]], texts[pair[1]]) else SAME for pair in compared}
    return both_ways(enough, texts, model=model, task=task, tally=tally)


def both_ways(
    enough: Mapping[tuple[int, int], float], texts: Sequence[str], *, model: Model, task: Task, tally: Tally
) -> dict[tuple[int, int], float]:
    """Ask a question about pairs of texts in both orders; return those whose mean probability is `enough`, with it.

    The second order is asked about only where the first leaves it open. Without an answer it is no.
    """

    def asked(orders: Sequence[tuple[int, int]]) -> list[float]:
        return believed([Question(task.name, task.prompt(one=texts[a], other=texts[b])) for a, b in orders], model, tally)

    there = {pair: p for pair, p in zip(enough, asked(list(enough)), strict=True) if p >= enough[pair] - _SPREAD}
    back = asked([(other, one) for one, other in there])
    means = {pair: (p + here) / 2 if here else 0.0 for (pair, p), here in zip(there.items(), back, strict=True)}
    return {pair: mean for pair, mean in means.items() if mean >= enough[pair]}


def _minimal(one: str, other: str) -> bool:
    """Return whether two texts differ in a single word ("arrested two men", "questioned two men"): then all hangs on that word."""
    first, second = content(one), content(other)
    return len(first - second) == len(second - first) == 1


def _told(
    alike: Iterable[tuple[int, int]],
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    model: Model,
    task: Task,
    calibration: Calibration,
    tally: Tally,
) -> dict[tuple[int, int], float]:
    """Return how well the sentences of a claim support the wording of another, for those that pass every gate."""
    orders = [order for one, other in alike for order in ((one, other), (other, one))]
    statements = []
    for wording, rests in orders:
        quotes = [citation.quote for citation in claims[rests].citations]
        texts = [articles[name].text for name in cited_articles(claims[rests].citations)]
        statements.append(Statement(claims[wording].text, quotes, texts, quotes, claims[wording].speaker))
    assessed = assess(statements, model=model, task=task, calibration=calibration)
    tally.usage += sum((one.usage for one in assessed), Usage())
    return {order: one.support for order, one in zip(orders, assessed, strict=True) if one.refused is None and one.support is not None}


def _wordings(members: Sequence[int], told: Mapping[tuple[int, int], float]) -> list[int]:
    """Return the members whose wording the sentences of all others support."""
    return [n for n in members if all(n == other or (n, other) in told for other in members)]


def _precision(text: str) -> tuple[int, int]:
    return len(numbers(text, vague=False)), len(content(text))


def _joined(lead: int, members: Sequence[int], claims: Sequence[Claim], told: Mapping[tuple[int, int], float]) -> Claim:
    """Return the claim of a group: the wording of its lead, everybody's citations, the least support, the earliest dates."""
    own = claims[lead]
    cited = {(c.article, c.sentence): c for n in (lead, *members) for c in claims[n].citations}
    return own.model_copy(
        update={
            "citations": tuple(cited.values()),
            "support": min(own.support, *(told[lead, n] for n in members if n != lead)) if len(members) > 1 else own.support,
            "published": min((claims[n].published for n in members if claims[n].published), default=""),
            "date": max((claims[n].date for n in members), key=len),
        }
    )


def _again(alike: Mapping[tuple[int, int], float], group: Mapping[int, Sequence[int]], grounded: Sequence[Grounded]) -> dict[int, int]:
    """Return the claims of an article that say again what a weightier one of it says, though neither wording holds for both."""
    again: dict[int, int] = {}
    for (one, other), probability in alike.items():
        apart = probability >= AGAIN and group[one] is not group[other] and len(group[one]) == len(group[other]) == 1
        if apart and grounded[one].pick.reader is grounded[other].pick.reader and not {one, other} & again.keys():
            heavier, lighter = (one, other) if grounded[one].pick.weight >= grounded[other].pick.weight else (other, one)
            again[lighter] = heavier
    return again
