"""Which sentences are told: the weightiest of each event, spread over its articles, none that says again what another one says.

Documents, events ─ rewrite ─ weigh ─► candidates ─ print? (model) ─ choose ─► chosen sentences; every other sentence with its reason
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from briefing.brief import Omission
from briefing.language.base import NAMED
from briefing.language.document import Document
from briefing.language.phrases import name_words
from briefing.model.wording import Wording, nothing_read
from briefing.similarity import Weights, cosine
from briefing.stages import nearly, rank
from briefing.stages.align import OTHERS
from briefing.stages.denials import denials
from briefing.stages.edits import Rewrite
from briefing.stages.judging import Judge
from briefing.stages.leaning import behind, need, understood
from briefing.stages.plain import GATES, refused
from briefing.stages.printing import in_turn, printable
from briefing.stages.rewrite import rewrite
from briefing.stages.summarize import Chosen
from briefing.stages.worth import LACKING, Printing
from briefing.text.dates import apart
from briefing.text.numbers import numbers
from briefing.types import Place, Role

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

Embed = Callable[[Sequence[str]], "Vectors"]
"""Turns texts into vectors of length one."""

LATE = "not reached within the budget"
"""Why an article is not read."""

READ = 0.5
"""The share of a budget that is over when no further article is read."""

MOST = 40
"""Claims of a brief: two printed pages. With more events than that, one of each."""

CEILING = 120
"""Claims of the brief of very many articles."""

LITTLE = "says little by itself"
LIGHT = "weighs less than those told"
TOLD_AGAIN = "says again what {}, sentence {}, says"
"""Why a sentence is not told that could be: for what it says, for its weight, or for another one that is told."""

_EACH = 5  # claims of one article
_OPINIONS = 1  # of an opinion article: what it holds, not what it tells
_ROOM = 3.0, 0.35, 1.4  # claims of an event: so many, and more for each doubling of its body sentences and of its articles
_SHARE = 0.4  # of the weight of the heaviest sentence of an event, below which a sentence is not told
_DEEPEST = 400  # body sentences of one article that are looked at: news stands at the head of an article
_AGAIN = 0.62  # likeness from which a sentence without a number or name of its own says again what another one says
_MORE = GATES.keys() - {"actors", "negation", "doubt"}  # gates that a sentence may fail for saying more than another one
_NEW = 0.3  # weight that the first sentence of an article gains
_OLDER = 0.5  # weight that a sentence loses for each day that its article is older than the newest of its event
_DAYS = 3  # of those at most
_LOSS = 2.0  # weight that a sentence loses for each full likeness to one that is told already


class Selection(NamedTuple):
    """The chosen sentences in reading order, article by article; every other sentence with its reason.

    `order` are the sentences of each article that can be told, by weight, and `weights` what each of them weighs before the model is asked.
    """

    chosen: tuple[Chosen, ...]
    omitted: tuple[Omission, ...]
    order: Mapping[str, tuple[int, ...]]
    weights: Mapping[Place, float]


def select(
    documents: Sequence[Document],
    events: Sequence[Sequence[str]],
    copies: Mapping[Place, Place],
    ranker: rank.Ranker,
    embed: Embed,
    *,
    judge: Judge,
    printing: Printing,
    wording: Wording = nothing_read,
    every: bool = False,
) -> Selection:
    """Choose what to brief. `events` are article IDs, `copies` map what repeats another article word for word to where it stands first.

    With `every`, all that is worth telling is told.
    """
    candidates, omitted = can_be_told(documents, events, copies, ranker)
    order = {name: tuple(one.rewrite.number for one in sorted(found, key=heavy)) for name, found in candidates.items()}
    reasons: dict[Place, str] = {}
    pools = [pool for event in events if (pool := _pool([one for name in event for one in candidates[name]], every=every))]
    pools.sort(key=lambda pool: heavy(pool[0]))
    ranks = {(name, number): n for name, numbers in order.items() for n, number in enumerate(numbers)}
    printed = printable(pools, ranks, judge, printing, wording=wording, every=every)
    meaning = _Meaning([one for pool in printed.pools for one in pool], embed, ranker)
    taken = [_spread(pool, meaning, every, reasons, judged=printed.judged) for pool in printed.pools]
    room = len(documents) * _DEEPEST if every else max(MOST, min(CEILING, len(events)))
    chosen = {one.place: one for one in _in_turn(taken, room)}
    for several in taken:
        answers = [several[k] for k, charges in denials(several).items() if any(several[m].place in chosen for m in charges)]
        chosen |= {one.place: one for one in answers}
    left = printed.lacking | reasons
    for place in (one.place for found in candidates.values() for one in found):
        if place not in chosen:
            omitted.append(Omission(article=place[0], sentence=place[1], reason=left.get(place, LIGHT)))
    ordered = [one for name in candidates for one in candidates[name] if one.place in chosen]
    weights = {one.place: one.weight for found in candidates.values() for one in found}
    left_out = tuple(sorted(omitted, key=lambda o: (o.article, o.sentence)))
    return Selection(tuple(chosen[one.place] for one in ordered), left_out, order, weights)


def can_be_told(
    documents: Sequence[Document], events: Sequence[Sequence[str]], copies: Mapping[Place, Place], ranker: rank.Ranker
) -> tuple[dict[str, list[Chosen]], list[Omission]]:
    """Return the sentences that can be told, by article, in its order, and the others with their reasons."""
    home = {name: event for event in events for name in event}
    omitted: list[Omission] = []
    candidates: dict[str, list[Chosen]] = {}
    for document in documents:
        found, left = _candidates(document, home[document.article.id], ranker, copies)
        candidates[document.article.id] = found
        omitted += left
    return candidates, omitted


def heavy(one: Chosen) -> tuple[float, str, int]:
    """Return by what candidates are sorted: the weightiest first, those of one weight by their place."""
    return -one.weight, *one.place


def _candidates(
    document: Document, event: Sequence[str], ranker: rank.Ranker, copies: Mapping[Place, Place]
) -> tuple[list[Chosen], list[Omission]]:
    """Return the sentences of an article that can be told, and the others with their reasons."""
    found: list[Chosen] = []
    omitted: list[Omission] = []
    newest = max(ranker.published[name] for name in event)
    for number, told in _rewrites(document, copies):
        if isinstance(told, Rewrite):
            weight = rank.weight(ranker.signals(document, told, event)) - _OLDER * min(_DAYS, apart(document.article.published, newest))
            if weight >= rank.LEAST and rank.particular(document.parse(number), told):
                found.append(Chosen(document, told, weight))
                continue
            told = LITTLE
        omitted.append(Omission(article=document.article.id, sentence=number, reason=told))
    return found, omitted


def _rewrites(document: Document, copies: Mapping[Place, Place]) -> Iterator[tuple[int, Rewrite | str]]:
    """Yield for each sentence how it is told, or why not."""
    seen = 0
    for sentence in document.article.sentences:
        place = document.article.id, sentence.number
        seen += sentence.role is Role.BODY
        if place in copies:
            yield sentence.number, "a copy of {}, sentence {}".format(*copies[place])
        elif seen > _DEEPEST and sentence.role is Role.BODY:
            yield sentence.number, "too far down a very long text"
        else:
            yield sentence.number, rewrite(document, sentence.number)


def _in_turn(taken: Sequence[Sequence[Chosen]], room: int) -> Iterator[Chosen]:
    """Yield the sentences of the events in turn, up to `room`: the first of each, then the second of each, the weightiest events first."""
    yield from in_turn(sorted(filter(None, taken), key=lambda several: min(map(heavy, several))), room)


def _pool(candidates: Sequence[Chosen], *, every: bool) -> list[Chosen]:
    """Return the heaviest candidates of one event, three for each that can be told, heaviest first, and the denials that belong to them."""
    ordered = sorted(candidates, key=heavy)
    most = len(ordered) if every else 3 * _room(candidates)
    return [*ordered[:most], *(ordered[k] for k, charges in denials(ordered).items() if k >= most > min(charges))]


def _room(candidates: Sequence[Chosen]) -> int:
    """Return how many claims an event may have, by the number of its articles and their length."""
    documents = {one.document.article.id: one.document for one in candidates}
    sentences = sum(sum(1 for _ in document.body()) for document in documents.values())
    least, longer, wider = _ROOM
    return round(least + longer * math.log2(max(1, sentences)) + wider * math.log2(max(1, len(documents))))


class _Meaning:
    """How alike candidates are: in their words or in their meaning, whichever is more."""

    def __init__(self, candidates: Sequence[Chosen], embed: Embed, ranker: rank.Ranker) -> None:
        vectors = embed([" ".join(one.document.text(one.rewrite.number).split()) for one in candidates]) if candidates else ()
        self._vectors = {one.place: vector for one, vector in zip(candidates, vectors, strict=True)}
        self._ranker = ranker

    def alike(self, one: Chosen, other: Chosen) -> float:
        """Return the likeness of two candidates, 0..1."""
        meant = float(self._vectors[one.place] @ self._vectors[other.place])
        return max(meant, cosine(_vector(one, self._ranker), _vector(other, self._ranker)))


def _spread(pool: Sequence[Chosen], meaning: _Meaning, every: bool, reasons: dict[Place, str], *, judged: bool) -> list[Chosen]:
    """Choose the sentences of one event one by one: each for its weight, less where it is told already, more where its article has none.

    Each stands behind what it needs to be understood. Behind an accusation its denial is told, however light it is. `reasons` is filled
    with why a sentence is not told for another one: that one says the same, or is not told, and it leans on it.
    """
    left = dict(enumerate(pool))
    answers = denials(pool)
    like = dict.fromkeys(left, 0.0)
    told: list[Chosen] = []
    taken: list[int] = []
    given: Counter[str] = Counter()
    room = len(left) if every else _room(pool)
    least = -math.inf if judged else _SHARE * max((one.weight for one in pool), default=0.0)
    needs = {k: need(one, judged=judged) for k, one in left.items()}
    while fit := [k for k, one in left.items() if understood(one, needs[k], told)]:
        unanswered = {*taken}.difference(*(answers.get(k, ()) for k in taken)) if answers else set[int]()
        due = [k for k in fit if unanswered & set(answers.get(k, ()))]
        if len(told) >= room and not due:
            break
        n = max(due or fit, key=lambda k: (left[k].weight - _LOSS * like[k] + _NEW * (left[k].document.article.id not in given), -k))
        best = left.pop(n)
        name = best.document.article.id
        most = _OPINIONS if best.rewrite.kind == "opinion" else _EACH
        if (given[name] >= most or best.weight < least) and not every and not due:
            continue
        taken.append(n)
        told.append(best)
        given[name] += 1
        for k, one in list(left.items()):
            near = meaning.alike(best, one)
            like[k] = max(like[k], near)
            if near >= _AGAIN and _adds_nothing(one, best):
                reasons[one.place] = TOLD_AGAIN.format(*best.place)
                del left[k]
        needs = {k: behind(needs[k], best) for k in left}
    reasons |= {one.place: LACKING[0] for k, one in left.items() if not understood(one, needs[k], told)}
    return list(_without_vague(told, meaning, reasons))


def _without_vague(told: Sequence[Chosen], meaning: _Meaning, reasons: dict[Place, str]) -> Iterator[Chosen]:
    """Yield the sentences but for those of which a later one tells the same with its numbers and names; that one takes their place."""
    gone: set[int] = set()
    for k, one in enumerate(told):
        if k in gone:
            continue
        fuller = (m for m in range(k + 1, len(told)) if m not in gone and meaning.alike(one, told[m]) >= _AGAIN)
        m = next((m for m in fuller if _adds_nothing(one, told[m])), None)
        if m is None:
            yield one
        else:
            gone.add(m)
            reasons[one.place] = TOLD_AGAIN.format(*told[m].place)
            yield told[m]._replace(weight=max(one.weight, told[m].weight))


def _adds_nothing(one: Chosen, other: Chosen) -> bool:
    """Return whether a sentence has no number, and names nobody, that the other has not, and both tell the same of whom they name."""
    if not _numbers(one) <= _numbers(other) or not _names(one) <= _names(other) or nearly.apart(one.parse, other.parse):
        return False
    return not (_refused(one, other, OTHERS) or _refused(other, one, _MORE))


def _refused(one: Chosen, other: Chosen, but: Set[str]) -> bool:
    return refused(one.parse, [other.parse], other.document.article.text, but=but)


def _names(one: Chosen) -> set[str]:
    return name_words(one.parse, NAMED)


def _numbers(one: Chosen) -> set[str]:
    """Return the numbers of a sentence: one that has another value than its like says something new, or contests it."""
    return numbers(one.document.text(one.rewrite.number), vague=False)


def _vector(one: Chosen, ranker: rank.Ranker) -> Weights:
    return ranker.vectors[one.document.article.id][one.rewrite.number]
