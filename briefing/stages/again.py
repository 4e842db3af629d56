"""Which claims tell a reader nothing new behind those of their event that are told before them: they are left out.

claims of an event, told by most and weightiest first ─ the two likest above ─ another value, speaker, denial? (plain code)
                    ─ judge ("print", behind these) ─► those that say it again

`align` asks whether all of a claim is said elsewhere; this asks what an editor asks, whether anybody would miss it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.language.base import Parse
from briefing.similarity import cosine
from briefing.stages.align import SAID, Aligned, values
from briefing.stages.judging import Judge
from briefing.stages.printing import Candidate, Printing, place_of, worth
from briefing.stages.rank import Ranker
from briefing.stages.shared import otherwise
from briefing.stages.summarize import Made
from briefing.types import Omission, cited_articles

AGAIN = 0.3
"""Probability from which a claim says what those above it say: finds 61 of 100 that do, and leaves out 4 of 100 others."""

_LIKE = 0.08  # cosine from which a claim is asked about behind another one
_ABOVE = 2  # claims that it is read behind


def unrepeated(
    made: Sequence[Made],
    events: Sequence[Sequence[str]],
    order: Mapping[str, Sequence[int]],
    ranker: Ranker,
    *,
    judge: Judge,
    printing: Printing,
) -> Aligned:
    """Return the claims that say something new, in their order, and the others. `order` are the sentences of each article by weight.

    Without a probe, or where the model gave no answer, a claim stays.
    """
    home = {name: event for event in events for name in event}
    ranks = {(name, number): rank for name, numbers in order.items() for rank, number in enumerate(numbers)}
    turns = sorted(range(len(made)), key=lambda n: (-len(cited_articles(made[n].claim.citations)), -made[n].chosen.weight, n))
    behind: dict[int, list[int]] = {}
    for k, n in enumerate(turns):
        like = {m: _like(made[n], made[m], ranker) for m in turns[:k] if home[_article(made[m])] is home[_article(made[n])]}
        near = sorted((m for m in like if like[m] >= _LIKE), key=lambda m: (-like[m], turns.index(m)))[:_ABOVE]
        if near and not _new(made[n], [made[m] for m in near]):
            behind[n] = near
    asked = []
    for n, near in behind.items():
        above = ""
        for m in sorted(near, key=turns.index):
            line = Candidate(made[m].chosen, ranks[place_of(made[m].chosen)], above).text
            above = f"{above} {line}".strip()
        asked.append(Candidate(made[n].chosen, ranks[place_of(made[n].chosen)], above))
    found: dict[int, int] = {}
    for n, told in zip(behind, worth(asked, judge, printing), strict=True):
        if told is not None and told.repeats >= AGAIN:
            nearest = behind[n][0]
            found[n] = found.get(nearest, nearest)
    omitted = [
        Omission(article=place[0], sentence=place[1], reason=SAID.format(*place_of(made[m].chosen)))
        for n, m in sorted(found.items())
        for place in (place_of(made[n].chosen),)
    ]
    return Aligned([one for n, one in enumerate(made) if n not in found], omitted)


def _new(one: Made, above: Sequence[Made]) -> bool:
    """Return whether a claim has a value that none of those above it has, or tells the same otherwise than the likest of them."""
    return bool(values(one) - set().union(*map(values, above))) or otherwise(_parse(one), _parse(above[0]))


def _parse(one: Made) -> Parse:
    return one.chosen.document.parse(one.chosen.rewrite.number)


def _article(one: Made) -> str:
    return one.chosen.document.article.id


def _like(one: Made, other: Made, ranker: Ranker) -> float:
    mine, theirs = (ranker.vectors[name][number] for name, number in (place_of(one.chosen), place_of(other.chosen)))
    return cosine(mine, theirs)
