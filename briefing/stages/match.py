"""Which claims of two briefs are about the same matter, and in what they differ.

claims ─ the same sentence cited, the same words ─► pairs
the others ─ of one article: a sentence that went, one that came ─ what differs (`differences`) ─► the same, edited
           ├ of two: word for word the same but for a few (`nearly`) ─ what differs ─► the same, perhaps with another value
           ├ with the other's value one would be what the other says (`contest`) ─ asked ─► the same, with another value
           └ do the articles of the other brief tell them (`retold`)? ─► the same

These are the relations by which `generate` tells that two outlets report one thing, or contradict each other. Where two of actor, time and
value differ, it is another event, and so it is where the days are too far apart. Where nobody can be asked claims stay apart. Every claim
is in exactly one group; a group has several claims of a side where one claim became two or two one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from briefing.records import Value
from briefing.similarity import neighbours
from briefing.stages.align import content
from briefing.stages.contest import comparable, of_one_thing, of_one_time, swapped
from briefing.stages.differences import differences, likeness
from briefing.stages.nearly import nearly
from briefing.stages.summarize import Made
from briefing.text.terms import terms
from briefing.text.words import fold_text
from briefing.types import Claim, Place

ASKED = 200
"""Claims of a brief that are asked about at most."""

Pairing = tuple[int, int]


class Ask(Protocol):
    """Says by which sentences the articles of the other brief tell claims of one brief.

    `wanted` are the claims by their index, with the values that are to be put back into each before it is asked about. They are those of
    the old brief where `old`, else of the new one.
    """

    def __call__(self, wanted: Mapping[int, Sequence[Value]], *, old: bool) -> Mapping[int, Collection[Place]]:
        """Return the sentences that tell a claim, by its index."""


Stands = Callable[[Claim], bool]
"""Says of a claim whether its sentence is in its article on both days."""

_DAYS = 3  # between the dates of two articles that tell of the same days
_EVENT = frozenset({"value", "actor", "time"})  # where two of them differ, it is another event
_MANY = 40  # claims of an article that are all compared with each other


class Group(NamedTuple):
    """Claims about one matter by their index, the nearest first on each side, and in what the first two differ. One side may be empty."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    values: tuple[Value, ...] = ()


class Matched(NamedTuple):
    """All groups, how many claims were not asked about, and the claims of each side that have no partner, though articles tell them."""

    groups: list[Group]
    unasked: int
    told_old: Mapping[int, Place]
    told_new: Mapping[int, Place]


class _Candidate(NamedTuple):
    """A pair that may be one matter, how alike it is, in what it differs, and whether somebody must be asked."""

    pair: Pairing
    score: float
    values: tuple[Value, ...]
    open: bool


def match(
    old: Sequence[Made], new: Sequence[Made], stands: Stands, ask: Ask | None = None, told: Mapping[int, Collection[Place]] | None = None
) -> Matched:
    """Return the claims of two briefs as groups. The order of the claims does not matter.

    `stands` says of a claim whether its sentence is in its article on both days: then no other sentence is that one, edited. `told` are the
    sentences of the old brief's articles that are known to tell a new claim, by its index.
    """
    rank_old = sorted(range(len(old)), key=lambda n: old[n].claim.id)
    rank_new = sorted(range(len(new)), key=lambda n: new[n].claim.id)
    table = _Table([old[n] for n in rank_old], [new[n] for n in rank_new], stands)
    table.identical()
    found = sorted(table.candidates(), key=lambda c: (bool(c.values), -c.score, c.pair))  # the same first, then the changed
    table.pair(c for c in found if not c.open)
    table.attach()
    known = {n: (told or {}).get(m, ()) for n, m in enumerate(rank_new)}
    table.tell({n: places for n, places in known.items() if places}, old=False)
    unasked = 0
    if ask is not None:
        for side, rank in ((False, rank_new), (True, rank_old)):
            left = table.left(old=side)
            unasked += max(0, len(left) - ASKED)
            table.tell(_asked(ask, dict.fromkeys(left[:ASKED], ()), rank, old=side), old=side)
        open_pairs = [c for c in found if c.open and table.free(c)]
        table.pair(_likely(ask, open_pairs[:ASKED], table, rank_new))
    groups = [Group(tuple(rank_old[n] for n in g.old), tuple(rank_new[n] for n in g.new), g.values) for g in table.groups()]
    tellings = [{rank[n]: place for n, place in table.told(old=side).items()} for side, rank in ((True, rank_old), (False, rank_new))]
    return Matched(groups, unasked, *tellings)


def _asked(ask: Ask, wanted: Mapping[int, Sequence[Value]], rank: Sequence[int], *, old: bool) -> dict[int, Collection[Place]]:
    """Ask about claims by their rank."""
    said = ask({rank[n]: values for n, values in wanted.items()}, old=old) if wanted else {}
    return {n: said[rank[n]] for n in wanted if said.get(rank[n])}


def _likely(ask: Ask, pairs: Sequence[_Candidate], table: "_Table", rank: Sequence[int]) -> Iterator[_Candidate]:
    """Yield of each new claim the likest pair, where a sentence that the old one cites tells it, the old values put in."""
    first = {c.pair[1]: c for c in reversed(pairs)}
    said = _asked(ask, {n: c.values for n, c in first.items()}, rank, old=False)
    yield from (c for n, c in first.items() if n in said and table.cites(c.pair[0], said[n]))


class _Table:
    """The groups as they grow: which old claim goes with which new one."""

    def __init__(self, old: Sequence[Made], new: Sequence[Made], stands: Stands) -> None:
        self._made = old, new
        self._old, self._new = ([one.claim for one in side] for side in self._made)
        self._stands = stands
        self._told: dict[bool, dict[int, Place]] = {True: {}, False: {}}  # by whether the claims are the old ones
        self._of_old: dict[int, int] = {}
        self._of_new: dict[int, int] = {}
        self._values: dict[Pairing, tuple[Value, ...]] = {}
        self._more_old: defaultdict[int, list[int]] = defaultdict(list)  # by the new claim
        self._more_new: defaultdict[int, list[int]] = defaultdict(list)  # by the old claim

    def identical(self) -> None:
        """Pair the claims that rest on the same sentence, then those of the same words."""
        for key in (_place, _quote, _words):
            waiting: defaultdict[object, list[int]] = defaultdict(list)
            for o, claim in enumerate(self._old):
                if o not in self._of_old:
                    waiting[key(claim)].append(o)
            for n, claim in enumerate(self._new):
                able = (
                    [o for o in waiting[key(claim)] if key is _place or of_one_time(self._old[o], claim, days=_DAYS)]
                    if n not in self._of_new
                    else []
                )
                if able:
                    best = max(able, key=lambda o: (likeness(self._old[o].text, claim.text), -o))
                    waiting[key(claim)].remove(best)
                    self._join(best, n, _in_context(self._made[0][best], self._made[1][n]))

    def candidates(self) -> list[_Candidate]:
        """Return the pairs that may be one matter, of claims that have no partner yet."""
        left_old = [o for o in range(len(self._old)) if o not in self._of_old]
        left_new = [n for n in range(len(self._new)) if n not in self._of_new]
        home = set(self._at_home(left_old, left_new))
        gone = (pair for pair in sorted(home) if not (self._stands(self._old[pair[0]]) or self._stands(self._new[pair[1]])))
        away = (pair for pair in self._alike(left_old, left_new) if pair not in home)
        found = [by((o, n), self._made[0][o], self._made[1][n]) for by, pairs in ((_edited, gone), (_retold, away)) for o, n in pairs]
        return [one for one in found if one is not None]

    def _alike(self, old: Sequence[int], new: Sequence[int]) -> Iterator[Pairing]:
        """Yield the pairs that share a word which not too many claims have."""
        texts = [claim.text for claim in (*(self._old[o] for o in old), *(self._new[n] for n in new))]
        for a, others, _ in neighbours(dict.fromkeys(terms(text), 1.0) for text in texts) if old and new else ():
            if a < len(old):
                yield from ((old[a], new[b - len(old)]) for b in others[others >= len(old)].tolist())

    def _at_home(self, old: Iterable[int], new: Sequence[int]) -> Iterator[Pairing]:
        """Yield the pairs that cite one article: its sentences may have been edited."""
        by_article: defaultdict[str, list[int]] = defaultdict(list)
        for n in new:
            by_article[self._new[n].citations[0].article].append(n)
        for o in old:
            yield from ((o, n) for n in by_article[self._old[o].citations[0].article][:_MANY])

    def free(self, one: _Candidate) -> bool:
        """Return whether neither claim of a candidate has a partner."""
        o, n = one.pair
        return o not in self._of_old and n not in self._of_new

    def left(self, *, old: bool) -> list[int]:
        """Return the claims of a side without a partner, that no article of the other brief is known to tell."""
        claims, paired = (self._old, self._of_old) if old else (self._new, self._of_new)
        return [n for n in range(len(claims)) if n not in paired and n not in self._told[old]]

    def cites(self, o: int, places: Collection[Place]) -> bool:
        """Return whether an old claim cites one of some sentences."""
        return any(citation.place in places for citation in self._old[o].citations)

    def told(self, *, old: bool) -> dict[int, Place]:
        """Return the claims of a side that have no partner, though a sentence of the other brief's articles tells them."""
        paired = self._of_old if old else self._of_new
        return {n: place for n, place in self._told[old].items() if n not in paired}

    def tell(self, said: Mapping[int, Collection[Place]], *, old: bool) -> None:
        """Put claims of a side, the old one or the new one, to the claims of the other that cite a sentence which tells them."""
        citing: defaultdict[Place, list[int]] = defaultdict(list)
        for m, claim in enumerate(self._new if old else self._old):
            for citation in claim.citations:
                citing[citation.place].append(m)
        for k, places in said.items():
            self._told[old][k] = min(places)
            near = dict.fromkeys(m for place in sorted(places) for m in citing[place])
            pairs = [(k, m) if old else (m, k) for m in near]
            self._put(pairs)

    def pair(self, candidates: Iterable[_Candidate]) -> None:
        """Pair the claims that have no partner, one to one, the first candidates first."""
        for one in candidates:
            o, n = one.pair
            if o not in self._of_old and n not in self._of_new:
                self._join(o, n, one.values)

    def attach(self) -> None:
        """Put claims without a partner to a pair that tells the same: one became two, or two became one."""
        self._put(self._merged())
        for key in (_quote, _words):
            alike: defaultdict[object, list[int]] = defaultdict(list)
            for o, claim in enumerate(self._old):
                alike[key(claim)].append(o)
            self._put(
                (o, n) for n, claim in enumerate(self._new) for o in alike[key(claim)] if of_one_time(self._old[o], claim, days=_DAYS)
            )

    def _put(self, pairs: Iterable[Pairing]) -> None:
        for o, n in pairs:
            if o in self._of_old and n not in self._of_new and self._new[n].id not in self._new[self._of_old[o]].conflicts:
                self._of_new[n] = self._of_new[self._of_old[o]]
                self._more_new[self._of_new[n]].append(n)
            elif n in self._of_new and o not in self._of_old and self._old[o].id not in self._old[self._of_new[n]].conflicts:
                self._of_old[o] = self._of_old[self._of_new[n]]
                self._more_old[self._of_old[o]].append(o)
            elif o not in self._of_old and n not in self._of_new:
                self._join(o, n, ())

    def _merged(self) -> Iterator[Pairing]:
        """Yield the pairs of which one claim cites, for another article, the sentence that the other is made from."""
        for there, here, turned in ((self._old, self._new, False), (self._new, self._old, True)):
            firsts = {_place(claim): k for k, claim in enumerate(there)}
            for m, claim in enumerate(here):
                for citation in claim.citations[1:]:
                    k = firsts.get((citation.article, fold_text(citation.quote)))
                    if k is not None and citation.article != claim.citations[0].article:
                        yield (m, k) if turned else (k, m)

    def _join(self, o: int, n: int, values: tuple[Value, ...]) -> None:
        self._of_old[o], self._of_new[n] = n, o
        self._values[o, n] = values

    def groups(self) -> Iterator[Group]:
        """Yield every group, those of one side too."""
        for (o, n), values in self._values.items():
            yield Group((o, *self._more_old[n]), (n, *self._more_new[o]), values)
        yield from (Group((o,), ()) for o in range(len(self._old)) if o not in self._of_old)
        yield from (Group((), (n,)) for n in range(len(self._new)) if n not in self._of_new)


def _in_context(old: Made, new: Made) -> tuple[Value, ...]:
    """Return in what two claims of one sentence differ: in whom its "he" means, say, where the sentences before it are others."""
    quotes = [{c.quote for c in one.claim.citations if c.article == one.claim.citations[0].article} for one in (old, new)]
    return () if quotes[0] & quotes[1] in quotes else tuple(differences(old, new))


def _place(claim: Claim) -> object:
    return claim.citations[0].article, fold_text(claim.citations[0].quote)


def _quote(claim: Claim) -> object:
    return fold_text(claim.citations[0].quote)


def _words(claim: Claim) -> object:
    return fold_text(claim.text).casefold()


def _edited(pair: Pairing, old: Made, new: Made) -> _Candidate | None:
    """Return what two claims are of which one's sentence may be the other's, edited: both are of one article."""
    if not of_one_thing(old.claim, new.claim):
        return None
    values = tuple(differences(old, new))
    if len({value.kind for value in values} & _EVENT) > 1 and not _nearly(old, new):
        return None
    return _Candidate(pair, likeness(old.claim.text, new.claim.text), values, open=False)


def _retold(pair: Pairing, old: Made, new: Made) -> _Candidate | None:
    """Return what two claims of two articles are: one sentence but for a few words, or one with another value, which is to be asked."""
    if not (comparable(old.claim, new.claim, days=_DAYS) and of_one_thing(old.claim, new.claim)):
        return None
    if _nearly(old, new):
        values = tuple(differences(old, new))
        if all(value.kind == "value" for value in values):
            return _Candidate(pair, likeness(old.claim.text, new.claim.text), values, open=False)
    for text, now, was in swapped(new, old):
        return _Candidate(pair, likeness(text, content(old)), (Value(kind="value", was=was, now=now),), open=True)
    return None


def _nearly(old: Made, new: Made) -> bool:
    """Return whether two claims are word for word the same but for a few words."""
    return nearly(*(one.chosen.document.read(one.claim.text) for one in (old, new)))
