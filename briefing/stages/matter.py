"""Whether two facts can be of one matter: asserted, of one owner, in one place, at one time, and under no condition or wish.

What they then say of it, and whether that is opposed, `opposed` knows.
"""

from __future__ import annotations

from briefing.language.facts import Fact, facts, in_common
from briefing.language.parties import Party, same
from briefing.language.phrases import lemmas
from briefing.stages.figures import dated
from briefing.text.words import fold

_ORDER = frozenset("first second third fourth fifth new old other another previous earlier next last latest former initial".split())
"""Of two things that differ by one of these one is not the other: "the first offer", "a new offer"."""

CORE = frozenset({"s", "o"})
"""The places of who does it and to whom it is done."""

_DESCRIBING = frozenset({"acl", "pcomp", "csubj", "nsubj", "amod"})
_EARLIER = lemmas("earlier") - {"first", "once"}


def one_matter(a: Fact, b: Fact) -> bool:
    """Return whether two facts can be of one thing, in one place, at one time, and neither hangs on a condition or another's wish."""
    if a.standing.condition or b.standing.condition or _wished(a) or _wished(b) or not _owned(a, b):
        return False
    elsewhere = [place for place in a.parties.keys() & b.parties.keys() if place not in CORE and _named(a, place) and _named(b, place)]
    return all(in_common(a, b, place) or _of_each(a, b, place) for place in elsewhere) and not _moved(a, b) and _before(a) == _before(b)


def _of_each(a: Fact, b: Fact, place: str) -> bool:
    """Return whether of two who talk each does so with the other: "Lund discussed it with Kell", "Kell discussed it with Lund"."""
    return all(any(same(x, y) for x in one.parties[place] for y in who_in(other, "s")) for one, other in ((a, b), (b, a)))


def _before(fact: Fact) -> bool:
    """Return whether a fact is told as of an earlier time, by itself or by who says it: "had previously said that it would pay"."""
    parse, n, above = fact.parse, fact.n, -1
    while n != above:
        if any(fold(parse.word(m)) in _EARLIER for m in parse.below(n, "advmod")):
            return True
        n, above = parse.tokens[n].head, n
    return False


def asserted(fact: Fact) -> bool:
    """Return whether a sentence says of a deed, as its own news or somebody's words, that it is or is not so, was or will be.

    "The age to buy a gun" says nothing of who buys one, and "a law preventing sales" nothing of what is sold.
    """
    parse, n = fact.parse, fact.n
    while (token := parse.tokens[n]).head != n:
        small = parse.tokens[parse.children[n][0]] if parse.children[n] else token
        if token.dep == "advcl" and (small.dep == "mark" or small.tag == "WRB"):  # "since the war began", not "accusing them of"
            return False
        if token.dep == "ccomp" and parse.below(token.head, "neg"):  # "did not disclose how long it was watched"
            return False
        if token.dep in _DESCRIBING:
            above = parse.tokens[token.head].head if token.dep == "pcomp" else token.head
            binding = lemmas("ahead") | lemmas("ahead_too") | lemmas("deny") | lemmas("accuse") | lemmas("anyway")
            if fold(parse.tokens[above].lemma) not in binding:
                return False
        n = token.head
    return True


def _wished(fact: Fact) -> bool:
    """Return whether somebody else wants that it be done: "her party wants Finch to run"."""
    parse, token = fact.parse, fact.parse.tokens[fact.n]
    wanted = fold(parse.tokens[token.head].lemma) in lemmas("ahead") | lemmas("ahead_too")
    return wanted and token.dep in {"ccomp", "xcomp"} and bool(parse.below(fact.n, "nsubj", "nsubjpass"))


def _named(fact: Fact, place: str) -> bool:
    return all(party.named for party in fact.parties[place])


def _shared(a: Fact, b: Fact) -> list[tuple[Party, Party]]:
    """Return who does it, and to whom it is done, in both of two facts."""
    return [(x, y) for place in CORE for x in a.parties.get(place, ()) for y in b.parties.get(place, ()) if same(x, y)]


def _owned(a: Fact, b: Fact) -> bool:
    """Return whether what two facts have in common is of one: shares of one company are no shares of another one."""
    return all(not (x.of and y.of) or x.of & y.of for x, y in _shared(a, b))


def of_two(a: Fact, b: Fact) -> bool:
    """Return whether what two facts have in common is one and another one: "the first offer", "a new offer"."""
    return any((x.of ^ y.of) & _ORDER for x, y in _shared(a, b))


def _moved(a: Fact, b: Fact) -> bool:
    """Return whether two facts are told of two times."""
    mine, theirs = ({when for lemma, times in dated(fact.parse) if lemma == fact.lemma for when in times} for fact in (a, b))
    return bool(mine and theirs) and not mine & theirs


def who_in(fact: Fact, place: str) -> tuple[Party, ...]:
    """Return who stands in a place of a fact; where a pronoun does it in what somebody says, who says it: "Kell said that he would"."""
    found, n = fact.parties.get(place, ()), fact.n
    if place != "s" or not any(who.vague for who in found):
        return found
    said = {other.n: other.parties.get("s", ()) for other in facts(fact.parse) if other.lemma == "say"}
    while (head := fact.parse.tokens[n].head) != n:
        n = head
        if said.get(n):
            return said[n]
    return found
