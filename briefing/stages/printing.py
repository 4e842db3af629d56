"""May a sentence be printed? Whether it is understood, alone or behind the line at the head of its story; is news; is neutral.

candidates ─ judge (the model's state in the middle, read by the heads of a probe) ─ coefficients ─► probabilities

What they are worth is for `worth` to say. A model without a probe cannot tell, and nothing is held back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple, TypeVar

from briefing.language.cuts import APPOSITION
from briefing.model.wording import Wording, nothing_read
from briefing.stages.counts import tells_toll
from briefing.stages.denials import denials
from briefing.stages.introduce import introduce
from briefing.stages.judging import Judge
from briefing.stages.leaning import need, understood
from briefing.stages.summarize import Chosen, Made, claim_of
from briefing.stages.traits import Traits, traits
from briefing.stages.wording import plainer
from briefing.stages.worth import LACKING, Printing, Worth, read
from briefing.types import Claim, Place

T = TypeVar("T")
TASK = "print"
UNREAD = "the model was asked of it and gave no answer, or none in time"
REPEATED = "says what the line before it says"
UNPRINTED = frozenset({REPEATED, UNREAD, *LACKING})
"""Why a sentence is not printed that the model was asked about."""

FEW = 5
"""Articles up to which a doubtful line is told: there is room, and what is lost is half of what they tell."""

_SHORT = 7  # words of a sentence that tells a toll and nothing else
_JUDGED = 180  # sentences of a brief that the model is asked about, in each round, the heaviest of each article first
_FIRST = 5  # sentences of an article that are asked whether they can stand by themselves
_WORTH = 1.0  # weight of a unit of log-odds that a sentence may be printed and matters
_AHEAD = 0.6  # weight by which the line that an article’s others stand behind is heavier than they: they never make its headline
_REPEATS = 0.15  # probability from which a line says what the line at the head says: refuses 73 of 100 that do, 5 of 100 others


@dataclass(frozen=True)
class Candidate:
    """A sentence with its rank in its article, and the line behind which it is to stand ("": it is to stand by itself).

    `claim` is how it is told; None: as a whole, but for what it cannot be told with. `struck` is how likely an editor would strike
    one of its words, 0..1.
    """

    chosen: Chosen
    rank: int
    before: str = ""
    claim: Claim | None = None
    struck: float = 0.0

    @property
    def place(self) -> Place:
        """Return the article and the number of the sentence."""
        return self.chosen.place

    @cached_property
    def text(self) -> str:
        """Return the sentence as it would be printed, its persons introduced."""
        made = Made(self.chosen, self.claim or claim_of(self.chosen))
        return (made if made.claim.verbatim else introduce(made, self.before)).claim.text

    @cached_property
    def leans(self) -> bool:
        """Return whether it is to stand by itself, and cannot for what its article told before it."""
        return not self.before and not understood(self.chosen, need(self.chosen, judged=True), ())

    @property
    def behind(self) -> Place:
        """Return the article and the number of the sentence before it."""
        return self.place[0], self.chosen.document.right_before(self.place[1])

    @property
    def toll(self) -> bool:
        """Return whether it tells how many the news of its article befell, and no more ("Six people died.")."""
        parse = self.chosen.parse
        return len(parse.text.split()) <= _SHORT and tells_toll(parse, self.chosen.document.article.published)

    @property
    def fields(self) -> dict[str, str]:
        """Return the fields of the question."""
        return {"title": " ".join(self.chosen.document.article.title.split()), "sentence": self.text, "before": self.before}

    @property
    def traits(self) -> Traits:
        """Return what is counted of it beside its state."""
        return traits(self.chosen, self.text, rank=self.rank, before=self.before)


def worth(candidates: Sequence[Candidate], judge: Judge, printing: Printing) -> list[Worth | None]:
    """Return what each candidate is worth; None where nobody can tell."""
    read_off = judge.readings(TASK, [one.fields for one in candidates])
    found = [None if odds is None else read(odds, one.traits, printing) for one, odds in zip(candidates, read_off, strict=True)]
    return [told and told._replace(struck=one.struck) for one, told in zip(candidates, found, strict=True)]


class Printable(NamedTuple):
    """The candidates of each event that may be printed, weighed anew, each article's own head heaviest; the others with their reasons.

    Unless they were `judged`, they are all those that were given, without the coloured words that may go.
    """

    pools: list[list[Chosen]]
    lacking: dict[Place, str]
    judged: bool


def printable(
    pools: Sequence[Sequence[Chosen]],
    ranks: Mapping[Place, int],
    judge: Judge,
    printing: Printing,
    *,
    wording: Wording = nothing_read,
    every: bool = False,
) -> Printable:
    """Ask of the first candidates of each article whether they stand by themselves, then of its others whether they can follow the best.

    An article that has no line to stand by itself is asked behind the best one of its event; where there is none, it is not told. Of a few
    articles less is held back, and nothing for a coloured word: no other line tells it. Less is held back of the best line of an event
    that nothing else would tell, but for opinions, of the line of an event that several tell with coloured words in the end, and of the
    best line of all where no article would be told. Nothing is, where no line of a few articles is good, where `every` sentence is wanted,
    and where the model cannot tell. What it was not asked about in a long brief is not told. A denial of what is told has only to be
    neutral, and so has a toll right behind what is told of a few articles ("Six people died.").
    `pools` are by event, heaviest first; `ranks` those of each candidate in its article.
    """
    articles = [own for pool in pools for own in _by_article(pool)]
    asker = _Asker(ranks, judge, printing, wording)
    alone = {} if every else asker.ask([own[:_FIRST] for own in articles], [""] * len(articles))
    if not alone:
        return _unjudged(pools, wording)
    few = len(articles) <= FEW
    if few:
        printing = printing.of_few()
    heads = _headed(pools, articles, alone, printing, few=few)
    if not heads and few:
        return _unjudged(pools, wording)
    lines = _lines(pools, heads)
    following = [own for own in articles if own[0].place[0] in lines]
    firsts = [lines[own[0].place[0]].candidate for own in following]
    others = [[one for one in own if one.place != first.place] for own, first in zip(following, firsts, strict=True)]
    behind = asker.ask(others, [first.text for first in firsts])
    told = {head.candidate.place: head.weighed for head in heads.values()}
    lacking = dict.fromkeys(asker.unread, UNREAD)
    lacking |= {place: read_off.lacking for place, read_off in {**alone, **behind}.items() if place not in told}
    answers = {pool[k].place: [pool[m].place for m in charges] for pool in pools for k, charges in denials(pool).items()}
    for place, read_off in sorted(behind.items(), key=lambda pair: pair[0] in answers):
        toll = few and read_off.candidate.toll and read_off.candidate.behind in told
        due = toll or any(charge in told for charge in answers.get(place, ()))
        answered = due and read_off.worth.plain >= printing.plain
        if read_off.worth.repeats >= _REPEATS:
            lacking[place] = REPEATED
        elif read_off.passes(printing, coloured=few) or answered:
            head = lines[place[0]].weighed
            told[place] = read_off.weighed._replace(weight=min(read_off.weighed.weight, head.weight - _AHEAD))
            del lacking[place]
    return Printable([[told[one.place] for one in pool if one.place in told] for pool in pools], lacking, judged=True)


def _unjudged(pools: Sequence[Sequence[Chosen]], wording: Wording) -> Printable:
    """Return all candidates, without the coloured words that may go: these are known without the model that judges."""
    plain = iter(plainer([one for pool in pools for one in pool], wording))
    return Printable([[next(plain)[0] for _ in pool] for pool in pools], {}, judged=False)


class _Read(NamedTuple):
    """A candidate as it is told best, and what it is worth."""

    candidate: Candidate
    worth: Worth

    def passes(self, printing: Printing, *, coloured: bool = False) -> bool:
        """Return whether it may be printed, where that is allowed with words that an editor would strike."""
        told = self.worth._replace(struck=0) if coloured else self.worth
        follows = bool(self.candidate.before)
        least, plain = (printing.behind, printing.plain_behind) if follows else (printing.least, printing.plain)
        return told.likely >= least and told.plain >= plain and not self.candidate.leans

    @property
    def lacking(self) -> str:
        """Return why it is not printed."""
        return LACKING[0] if self.candidate.leans else self.worth.lacking

    @property
    def weighed(self) -> Chosen:
        """Return it with its weight, more or less for what it is worth."""
        chosen = self.candidate.chosen
        return chosen._replace(weight=chosen.weight + _WORTH * self.worth.value, follows=bool(self.candidate.before))


class _Asker:
    """Asks the model of candidates, as many as there is room for; `unread` are those that it said nothing of."""

    def __init__(self, ranks: Mapping[Place, int], judge: Judge, printing: Printing, wording: Wording) -> None:
        self._ranks = ranks
        self._judge = judge
        self._printing = printing
        self._wording = wording
        self.unread: set[Place] = set()

    def ask(self, groups: Sequence[Sequence[Chosen]], before: Sequence[str]) -> dict[Place, _Read]:
        """Return the candidates of each group as they are told best behind its line."""
        turns = list(in_turn([[(one, line) for one in group] for group, line in zip(groups, before, strict=True)], _JUDGED))
        several = [(way, line) for one, line in turns for way in ways(one)]
        plain = plainer([way for way, _ in several], self._wording)
        asked = [
            Candidate(one, self._ranks[one.place], line, struck=struck) for (one, struck), (_, line) in zip(plain, several, strict=True)
        ]
        found: dict[Place, _Read] = {}
        for candidate, told in zip(asked, worth(asked, self._judge, self._printing), strict=True):
            if told is None:
                self.unread.add(candidate.place)
            elif candidate.place not in found or told.value > found[candidate.place].worth.value:
                found[candidate.place] = _Read(candidate, told)
        return found


def _headed(
    pools: Sequence[Sequence[Chosen]],
    articles: Sequence[Sequence[Chosen]],
    known: Mapping[Place, _Read],
    printing: Printing,
    *,
    few: bool,
) -> dict[str, _Read]:
    """Return the line that heads each article that has one; less is held back of an event, and of all, that would have none."""
    heads = _heads(articles, known, printing, coloured=few)
    untold = [pool for pool in pools if not heads.keys() & _names(pool)]
    heads |= _heads([[one for one in pool if one.rewrite.kind != "opinion"] for pool in untold], known, printing.of_only())
    untold = [pool for pool in untold if len(_names(pool)) > 1 and not heads.keys() & _names(pool)]
    heads |= _heads(untold, known, printing.of_only(), coloured=True)
    last = printing.model_copy(update={"least": printing.few})
    return heads or _heads([[one for own in articles for one in own]], known, last, coloured=True)


def _heads(
    articles: Sequence[Sequence[Chosen]], known: Mapping[Place, _Read], printing: Printing, *, coloured: bool = False
) -> dict[str, _Read]:
    """Return the line that heads each article that has one."""
    best = (_best(own, known, printing, coloured=coloured) for own in articles)
    return {one.candidate.place[0]: one for one in best if one is not None}


def _lines(pools: Sequence[Sequence[Chosen]], heads: Mapping[str, _Read]) -> dict[str, _Read]:
    """Return the line behind which the others of each article are to stand: its own head, else the best head of its event."""
    found = dict(heads)
    for pool in pools:
        best = min((heads[name] for name in _names(pool) & heads.keys()), key=_order, default=None)
        if best is not None:
            found = dict.fromkeys((one.place[0] for one in pool if one.rewrite.kind != "opinion"), best) | found
    return found


def _order(one: _Read) -> tuple[float, Place]:
    """Return by what heads are sorted, the fittest first."""
    return -one.worth.heading, one.candidate.place


def _best(own: Sequence[Chosen], known: Mapping[Place, _Read], printing: Printing, *, coloured: bool) -> _Read | None:
    """Return the candidate most fit to head an article, or None."""
    asked = [known[one.place] for one in own if one.place in known]
    able = [one for one in asked if one.passes(printing, coloured=coloured)]
    return min(able, key=_order, default=None)


def ways(one: Chosen) -> list[Chosen]:
    """Return a candidate as it stands, and without all the parts that it may lose: what is loaded or untold often stands in those.

    Who somebody is stays: "Ole Lind, the interior secretary".
    """
    told = one.rewrite
    known = tuple(edit for edit in told.optional if edit.reason == APPOSITION)
    gone = tuple(edit for edit in told.optional if edit.reason != APPOSITION)
    if not gone or told.verbatim:
        return [one]
    return [one, one._replace(rewrite=told._replace(needed=(*told.needed, *gone), optional=known))]


def in_turn(pools: Sequence[Sequence[T]], room: int) -> Iterator[T]:
    """Yield the members of the pools in turn, up to `room`: the first of each, then the second of each."""
    turns = (pool[k] for k in range(max(map(len, pools), default=0)) for pool in pools if k < len(pool))
    yield from islice(turns, room)


def _names(pool: Sequence[Chosen]) -> set[str]:
    """Return the articles of some candidates."""
    return {one.document.article.id for one in pool}


def _by_article(pool: Sequence[Chosen]) -> list[list[Chosen]]:
    """Return the candidates of an event by article, in order."""
    found: dict[str, list[Chosen]] = {}
    for one in pool:
        found.setdefault(one.document.article.id, []).append(one)
    return list(found.values())
