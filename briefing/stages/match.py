"""Which claims of two briefs are about the same matter, and in what they differ.

claims ─ the same sentence cited, the same words ─► pairs ─ candidates: an article both cite, shared words ─ what differs (`differences`) ─►
the same, the same with another value ─► pairs ─ the others ─ do the articles of the other brief tell them (`retold`)? ─► groups

Entities and quantities decide what the same matter is: where two of actor, time and value differ, it is another event, and so it is
where the days are too far apart. Of the others it is asked, at most of so many, which sentences of the other brief's articles tell them, or
would tell them with the other's value; a claim that cites one of these is about the same matter. Where nobody can be asked they stay apart.
Every claim is in exactly one group; a group has several claims of a side where one claim became two or two one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple, Protocol

from briefing.records import Value
from briefing.similarity import Rarity, held, neighbours
from briefing.stages.differences import ALIGNED, differences, likeness, shared
from briefing.text.dates import apart, differ
from briefing.text.terms import terms
from briefing.text.words import fold, fold_text
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

_NEAR = 0.25  # share of the weight of the smaller claim that two claims must have in common to be compared
_SURE = 0.75  # share of the shorter claim's words in both from which nothing is asked
_OPEN = 0.4  # from which another value is asked about, in one article
_OPEN_AWAY = 0.5  # and between two articles
_EDIT = 0.85  # likeness of an edited sentence in which two kinds of value may differ
_DAYS = 3  # between the dates of two articles that tell of the same days
_POSTPONED = 31  # days by which an event may move and be the same one
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
    old: Sequence[Claim], new: Sequence[Claim], stands: Stands, ask: Ask | None = None, told: Mapping[int, Collection[Place]] | None = None
) -> Matched:
    """Return the claims of two briefs as groups. The order of the claims does not matter.

    `stands` says of a claim whether its sentence is in its article on both days: then no other sentence is that one, edited. `told` are the
    sentences of the old brief's articles that are known to tell a new claim, by its index.
    """
    rank_old = sorted(range(len(old)), key=lambda n: old[n].id)
    rank_new = sorted(range(len(new)), key=lambda n: new[n].id)
    table = _Table([old[n] for n in rank_old], [new[n] for n in rank_new], stands)
    table.identical()
    found = table.candidates()
    for changed in (False, True):  # the same first, then the changed
        table.pair(sorted((c for c in found if not c.open and bool(c.values) is changed), key=lambda c: (-c.score, c.pair)))
    table.attach([c for c in found if not c.open])
    known = {n: (told or {}).get(m, ()) for n, m in enumerate(rank_new)}
    table.tell({n: places for n, places in known.items() if places}, old=False)
    unasked = 0
    if ask is not None:
        for side, rank in ((False, rank_new), (True, rank_old)):
            left = table.left(old=side)
            unasked += max(0, len(left) - ASKED)
            table.tell(_asked(ask, dict.fromkeys(left[:ASKED], ()), rank, old=side), old=side)
        open_pairs = [c for c in sorted(found, key=lambda c: (-c.score, c.pair)) if c.open and table.free(c)]
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

    def __init__(self, old: Sequence[Claim], new: Sequence[Claim], stands: Stands) -> None:
        self._old, self._new, self._stands = old, new, stands
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
                able = [o for o in waiting[key(claim)] if key is _place or _same_days(self._old[o], claim)] if n not in self._of_new else []
                if able:
                    best = max(able, key=lambda o: (likeness(self._old[o].text, claim.text), -o))
                    waiting[key(claim)].remove(best)
                    self._join(best, n, _in_context(self._old[best], claim))

    def candidates(self) -> list[_Candidate]:
        """Return the pairs that may be one matter, of which one claim at least has no partner yet."""
        left_old = [o for o in range(len(self._old)) if o not in self._of_old]
        left_new = [n for n in range(len(self._new)) if n not in self._of_new]
        near = {*self._alike(range(len(self._old)), left_new), *self._alike(left_old, range(len(self._new)))}
        near |= set(self._at_home(left_old, left_new))
        found = (_candidate((o, n), self._old[o], self._new[n]) for o, n in sorted(near))
        return [one for one in found if one is not None and not (one.values and self._both_stand(*one.pair))]

    def _both_stand(self, o: int, n: int) -> bool:
        """Return whether two claims rest on sentences that stand, or stood, beside each other."""
        old, new = self._old[o], self._new[n]
        return old.citations[0].article == new.citations[0].article and (self._stands(old) or self._stands(new))

    def _alike(self, old: Sequence[int], new: Sequence[int]) -> Iterator[Pairing]:
        """Yield the pairs that share so much that they must be compared."""
        counted = [Counter(terms(claim.text)) for claim in (*(self._old[o] for o in old), *(self._new[n] for n in new))]
        rarity = Rarity(counted)
        vectors = [rarity.vector(found) for found in counted]
        for a, others, _ in neighbours(vectors) if old and new else ():
            for b in others[others >= len(old)].tolist() if a < len(old) else ():
                if max(held(vectors[a], vectors[b]), held(vectors[b], vectors[a])) >= _NEAR:
                    yield old[a], new[b - len(old)]

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

    def attach(self, candidates: Iterable[_Candidate]) -> None:
        """Put claims without a partner to a pair that tells the same: one became two, or two became one."""
        self._put((*self._merged(), *(one.pair for one in candidates if not one.values)))

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


def _in_context(old: Claim, new: Claim) -> tuple[Value, ...]:
    """Return in what two claims of one sentence differ: in whom its "he" means, say, where the sentences before it are others."""
    quotes = [{c.quote for c in claim.citations if c.article == claim.citations[0].article} for claim in (old, new)]
    return () if quotes[0] & quotes[1] in quotes else tuple(differences(old, new, home=True))


def _place(claim: Claim) -> object:
    return claim.citations[0].article, fold_text(claim.citations[0].quote)


def _quote(claim: Claim) -> object:
    return fold_text(claim.citations[0].quote)


def _words(claim: Claim) -> object:
    return fold_text(claim.text).casefold()


def _same_days(old: Claim, new: Claim) -> bool:
    """Return whether two claims can be of the same days by their own dates and those of their articles; an unknown date can be any."""
    return not differ(old.date, new.date) and apart(old.published, new.published) <= _DAYS


def _candidate(pair: Pairing, old: Claim, new: Claim) -> _Candidate | None:
    """Return what is known of a pair without asking; None where it cannot be one matter."""
    home = old.citations[0].article == new.citations[0].article
    if not home and not _same_days(old, new):
        return None
    edit = max(likeness(old.text, new.text), likeness(old.citations[0].quote, new.citations[0].quote)) if home else 0.0
    common = shared(old.text, new.text)
    if max(edit, common) < (_OPEN if home else _OPEN_AWAY):
        return None
    values = tuple(differences(old, new, home=home))
    kinds = {value.kind for value in values}
    score = max(edit, common)
    if home:
        return _at_home(pair, old, new, values, kinds, edit, score)
    if not values:
        one_report = bool({fold(name) for name in old.passed_on} & {fold(name) for name in new.passed_on})
        sure = common >= _SURE and (one_report or likeness(old.text, new.text) >= ALIGNED)
        return _Candidate(pair, score, (), open=False) if sure else None
    if kinds != {"value"} or bool(old.published) != bool(new.published):
        return None
    return _Candidate(pair, score, values, open=common < _SURE)


def _at_home(
    pair: Pairing,
    old: Claim,
    new: Claim,
    values: tuple[Value, ...],
    kinds: Set[str],
    edit: float,
    score: float,
) -> _Candidate | None:
    """Return what two claims are that cite one article: one sentence, edited, or two."""
    told_apart = kinds & {"value", "actor", "time"}
    if "time" in kinds:
        moved = apart(old.date, new.date)
        to_come = any(claim.published and claim.date > claim.published for claim in (old, new))
        if (moved > _POSTPONED and not to_come) or (len(told_apart) > 1 and not (moved <= _DAYS and edit >= _EDIT)):
            return None
    if len(told_apart) > 1 and edit < _EDIT:
        return None
    if score >= (_SURE if values and edit < ALIGNED else ALIGNED):
        return _Candidate(pair, score, values, open=False)
    return _Candidate(pair, score, values, open=True) if kinds == {"value"} else None
