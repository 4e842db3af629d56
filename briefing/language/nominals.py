"""Deeds that stand as nouns, with who does them to whom: "the attack of Velm on Tarn", "Marsk's defeat by Halden".

noun ─ its possessive and prepositions ─► places as of a verb ("s", "o", "to", …) ─ the verb it is derived from, its converse ─► deed

Whether a noun is a deed nobody decides: two deeds are compared only where their nouns are one, or one is derived from the other's verb by
its form. "Velm's defeat" and "the loan of Velm" leave it open who does it: that place is "of", and may be either.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefing.language.base import TIMES, Parse, remembered
from briefing.language.facts import CONVERSES, Fact, Places, converse, facts
from briefing.language.parties import joined, party, same
from briefing.language.phrases import derived, lemmas
from briefing.text.words import fold

_VERBS = {  # of nouns whose form does not tell it
    "sale": "sell", "loan": "lend", "takeover": "acquire", "victory": "win", "loss": "lose", "debt": "owe", "lawsuit": "sue",
    "gift": "give",
}  # fmt: skip
_PREPOSITIONS = frozenset("of by on against over for to from".split())
_AT = frozenset("on against over for".split())
_STEM, _REST = 4, 2  # letters that a noun and its verb have in common at least, and that the verb may have behind them
_WHOSE = frozenset({"s", "o", "from"})  # where that may stand whose a deed is: "Velm's exports" are those from Velm
_PARTS = frozenset({"s", "o", "of"})  # one of two that change places does it, or has it done: a road from A to B is one from B to A


class Deed(NamedTuple):
    """A verb or noun with its parties by their places; `verb` is the verb that a noun stands for, as far as it is known."""

    word: str
    verb: str
    noun: bool
    places: Places
    shown: str


@remembered
def deeds(parse: Parse) -> tuple[Deed, ...]:
    """Return what is done to whom in a sentence, of nouns and of verbs; not what says of nobody."""
    told = [*_nouns(parse), *(_told(fact) for fact in facts(parse) if fact.verb)]
    return tuple(deed for deed in told if deed.places)


def turned(claim: Parse, evidence: tuple[Parse, ...]) -> str:
    """Return a deed of a claim whose parties have each other's places in the evidence, and nowhere their own, or ""."""
    given = [deed for parse in evidence for deed in deeds(parse)]
    for deed in deeds(claim):
        akin = [other for other in given if (deed.noun or other.noun) and _akin(deed, other)]
        if any(_exchanged(deed, other) for other in akin) and not any(_held(deed, other) for other in akin):
            return deed.shown
    return ""


def _told(fact: Fact) -> Deed:
    return Deed(fact.lemma, fact.lemma, False, _aimed(fact.parties), fact.shown)


def _aimed(places: Places) -> Places:
    """Return places with whom a deed is aimed at ("on", "against") as whom it is done to, where nobody else is that."""
    at = next((place for place in places if place in _AT), "") if "o" not in places else ""
    return {("o" if place == at else place): who for place, who in places.items()}


def _nouns(parse: Parse) -> Iterator[Deed]:
    """Yield each common noun with whose it is, and with what its prepositions say."""
    for n, token in enumerate(parse.tokens):
        if token.pos != "NOUN":
            continue
        own = {"poss": [m for m in parse.below(n, "poss") if parse.tokens[m].pos != "PRON"]}
        for word, m in _beside(parse, n):
            own.setdefault(word, []).append(m)
        found: Places = {}
        for place, heads in own.items():
            who = tuple(party(parse, k) for m in heads for k in (m, *joined(parse, m)))
            if who and not any(one.vague for one in who):
                found[place] = who
        if not found:
            continue
        word = fold(token.lemma)
        verb = _VERBS.get(word) or next((one for one in CONVERSES if _derived(word, one)), word)
        placed = _placed(found)
        if verb != word and "s" not in placed and {"from", "to"} <= placed.keys():  # "the loan from Velm to Tarn"
            placed["s"] = placed.pop("from")
        verb, places = converse(verb, placed)
        yield Deed(word, verb, True, _aimed(places), parse.word(n))


def _beside(parse: Parse, n: int) -> Iterator[tuple[str, int]]:
    """Yield the prepositions of a noun with what stands behind each; a parser hangs the second on what stands behind the first."""
    for m in parse.below(n, "prep", "agent"):
        for k in parse.below(m, "pobj"):
            if parse.word(m).casefold() in _PREPOSITIONS and parse.tokens[k].entity not in TIMES:
                yield parse.word(m).casefold(), k
                yield from ((word, j) for word, j in _beside(parse, k) if word != "of")


def _placed(found: Places) -> Places:
    """Return the places of a verb for those of a noun."""
    places = {place: who for place, who in found.items() if place not in {"poss", "of", "by"}}
    by, poss, of = (found.get(place, ()) for place in ("by", "poss", "of"))
    if by:
        places |= {"s": by} | ({"o": of or poss} if of or poss else {})
    elif poss and of:
        places |= {"s": poss, "o": of}
    elif (poss or of) and places.keys() & _AT:
        places["s"] = poss or of
    elif poss or of:
        places["of"] = poss or of
    return places


def _derived(noun: str, verb: str) -> bool:
    """Return whether a noun is derived from a verb, as far as its form tells: "invasion", "criticism"."""
    verb = verb.removesuffix("ise").removesuffix("ize")
    stem = next((n for n, (a, b) in enumerate(zip(noun, verb, strict=False)) if a != b), min(len(noun), len(verb)))
    return derived(noun, verb) or (stem >= _STEM and stem >= len(verb) - _REST)


def _akin(one: Deed, other: Deed) -> bool:
    """Return whether two deeds can be one, by their words."""
    if one.word == other.word or one.verb == other.verb:
        return True
    return one.noun != other.noun and (_derived(one.word, other.verb) if one.noun else _derived(other.word, one.verb))


def _fits(place: str, other: str) -> bool:
    return place == other or (place == "of" and other in _WHOSE) or (other == "of" and place in _WHOSE)


def _seats(deed: Deed, other: Deed) -> list[tuple[str, str]]:
    """Return the places of each party that two deeds have in common: in the one, and in the other."""
    return [
        (place, there)
        for place, several in deed.places.items()
        for there, who in other.places.items()
        if any(same(a, b) for a in several for b in who)
    ]


def _exchanged(deed: Deed, other: Deed) -> bool:
    """Return whether two parties of a deed stand each in the other's place in another one, or its only one where another has its place."""
    seats = _seats(deed, other)
    if len(deed.places) == 1:  # "the attack on Tarn" beside "Tarn's attack on Velm"; what sinks, somebody may sink
        free = {deed.verb, other.verb} & (lemmas("ergative") | lemmas("mutual"))
        return not free and bool(seats) and all(not _fits(place, there) and place in other.places for place, there in seats)
    return any(
        place != elsewhere and {place, elsewhere, there, away} & _PARTS and not _fits(place, there)
        for place, there in seats
        for elsewhere, away in seats
        if _fits(place, away) and _fits(elsewhere, there)
    )


def _held(deed: Deed, other: Deed) -> bool:
    """Return whether two parties of a deed, or its only one, have their places in another one."""
    kept = [(place, there) for place, there in _seats(deed, other) if _fits(place, there)]
    return any((place != elsewhere and there != away) or len(deed.places) == 1 for place, there in kept for elsewhere, away in kept)
