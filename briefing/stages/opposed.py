"""Signs that two sentences cannot both be true as they stand, by their parses alone; the judge decides (see `contest`).

facts of both ─ of one matter: the same party or thing, in one place, at one time ─► a deed denied in one only; contraries; a deed of which
                                                                                   each blames the other; another doer of what is done once;
                                                                                   a wish that is denied; a talk that is denied
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.language.attribution import attributions
from briefing.language.base import Parse
from briefing.language.facts import Fact, facts, in_common
from briefing.language.parties import Kind, Party, party, same
from briefing.language.phrases import SUBJECTS, derived, exclusive, lemmas
from briefing.language.referents import POINTERS
from briefing.language.standing import WANTING
from briefing.stages.certainty import rejects
from briefing.stages.matter import CORE, asserted, of_two, one_matter, who_in
from briefing.text.words import fold

_AIMS = frozenset({"for", "to", "with", "against"})
_BLAMING = frozenset("accuse blame criticize criticise".split())
_TALK = lemmas("say") | {"discuss", "mention", "speak", "talk", "inform", "brief", "consult", "share", "tell"}
_REACHING = frozenset({"with", "to"})


def opposed(one: Parse, other: Parse) -> bool:
    """Return whether facts of two sentences contradict each other."""
    mutual = [_blamed] if of_each_other(one, other) else []
    same_thing: list[Callable[[Fact, Fact], bool]] = [_denied, _contrary, _unfit, _by_another, *mutual]
    mine, theirs = ([fact for fact in facts(parse) if asserted(fact)] for parse in (one, other))
    pairs = [both for a in mine for b in theirs if one_matter(a, b) for both in ((a, b), (b, a))]
    return any(_untold(a, b) or _unwanted(a, b) or (any(sign(a, b) for sign in same_thing) and not of_two(a, b)) for a, b in pairs)


def countered(one: Parse, other: Parse, *, next_to: bool) -> bool:
    """Return whether one sentence answers an accusation of the other with what is so instead: "countered that imports had fallen".

    Unless it stands right behind it (`next_to`), both must name one thing. That somebody "denied the charges" contests no charge.
    """
    clauses = one.below(one.root, "ccomp") if rejects(one, other) else []
    charges = [fact.n for fact in facts(other) if fact.verb and fact.lemma in _BLAMING and asserted(fact)] if clauses else []
    return bool(charges) and (next_to or bool(_nouns(one, clauses) & _nouns(other, charges)))


def _nouns(parse: Parse, heads: Sequence[int]) -> frozenset[str]:
    """Return the common nouns under some tokens, by their lemmas."""
    return frozenset(fold(parse.tokens[m].lemma) for n in heads for m in parse.subtree(n) if parse.tokens[m].pos == "NOUN")


def of_a_part(one: Parse, n: int, other: Parse, m: int) -> bool:
    """Return whether what is counted at two tokens stands with one verb, and in one sentence for a part of what it is for in the other.

    "40 houses in Velm" and "12 houses in the old town of Velm" are no two values of one thing.
    """
    mine, theirs = ([fact for fact in facts(parse) if fact.verb and k in parse.subtree(fact.n)] for parse, k in ((one, n), (other, m)))
    pairs = [(a, b) for a in mine for b in theirs if a.lemma == b.lemma]
    places = ((a.parties[place], b.parties[place]) for a, b in pairs for place in a.parties.keys() & b.parties.keys() - CORE)
    return any(same(x, y) and _whole(x) != _whole(y) for some, others in places for x in some for y in others)


def _whole(party: Party) -> frozenset[str]:
    """Return all words of a phrase but for "city" and the like."""
    return (party.words | party.of) - lemmas("places")


def _denied(a: Fact, b: Fact) -> bool:
    """Return whether what one fact tells of a party is denied in the other, or of an object, unless two do it who are not one."""
    if a.lemma != b.lemma or a.light or a.standing.denied == b.standing.denied or _later(a, b) or _later(b, a):
        return False
    if _able(a) != _able(b):
        return False
    return _of_one(a, b) or (a.verb and b.verb and in_common(a, b, "o") and _known(a) and _known(b) and not _of_others(a, b))


def _able(fact: Fact) -> bool:
    """Return whether a fact says what can or cannot be done, as of a law: "cannot end it by an order" denies nobody's plan to end it."""
    return any(fact.parse.tokens[m].lemma in {"can", "could"} for m in fact.parse.below(fact.n, "aux"))


def _known(fact: Fact) -> bool:
    """Return whether no pronoun that nothing explains does it: "who has never won"."""
    return not any(who.vague for who in who_in(fact, "s"))


def _later(a: Fact, b: Fact) -> bool:
    """Return whether what is denied as done may still be, or is to come, or was only not foreseen: "has not sold", "will sell"."""
    ahead = a.standing.open == "ahead" and not b.standing.open  # "said it would not fail", "failed"
    return a.standing.denied and (ahead or (not a.standing.open and b.standing.open != ""))


def _of_one(a: Fact, b: Fact) -> bool:
    """Return whether two facts are of one party: who does it and whom it is done to where both tell, or what it is for or against."""
    core = [place for place in CORE if a.parties.get(place) and b.parties.get(place)]
    shared = [*core, *(_AIMS & a.parties.keys() & b.parties.keys())]
    mine, theirs = _told_of(a), _told_of(b)
    if mine and theirs and not any(same(x, y) for x in mine for y in theirs):
        return False
    return all(_one_party(a, b, place) for place in core) and any(_one_party(a, b, place) for place in shared)


def _told_of(fact: Fact) -> list[Party]:
    """Return of whom a verb tells something in a clause: "found Lund guilty"."""
    parse = fact.parse
    return [party(parse, m) for n in parse.below(fact.n, "ccomp") for m in parse.below(n, *SUBJECTS)]


def _one_party(a: Fact, b: Fact, place: str) -> bool:
    return any(same(x, y) for x in who_in(a, place) for y in who_in(b, place))


def _contrary(a: Fact, b: Fact) -> bool:
    """Return whether two facts tell of the same party what cannot both have happened; who was arrested may be released."""
    return a.verb and b.verb and exclusive(a.lemma, b.lemma) and a.standing.denied == b.standing.denied and _of_one(a, b)


def _unfit(a: Fact, b: Fact) -> bool:
    """Return whether a party is called fit for something in one sentence, and in other words not so in the other: "safe to drink"."""
    if a.verb or b.verb or a.standing.denied == b.standing.denied or not in_common(a, b, "s"):
        return False
    mine, theirs = _purposes(a), _purposes(b)
    return any(x == y or derived(x, y) or derived(y, x) for x in mine for y in theirs)


def _purposes(fact: Fact) -> set[str]:
    """Return the lemmas of what a predicate says that its subject is good for: "to drink", "for drinking"."""
    parse = fact.parse
    behind = [
        m for n in parse.below(fact.n, "acomp", "attr") for m in parse.subtree(n) if parse.tokens[m].dep in {"xcomp", "pobj", "pcomp"}
    ]
    return {fold(parse.tokens[m].lemma) for m in (*behind, *parse.below(fact.n, "xcomp"))}


def of_each_other(one: Parse, other: Parse) -> bool:
    """Return whether each sentence is what one party says of the other: "rebels said that troops …", "the army said that rebels …"."""
    said, back = _parties(one), _parties(other)
    return said is not None and back is not None and not said[0] & back[0] and bool(said[0] & back[1] and back[0] & said[1])


def _parties(parse: Parse) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the nouns of who says what a sentence tells, by the outermost attribution, and those of what is said; None of nobody."""
    told = next(iter(attributions(parse)), None)
    if told is None:
        return None
    nouns = {n: fold(token.lemma) for n, token in enumerate(parse.tokens) if token.pos in {"NOUN", "PROPN"}}
    speaker = frozenset(noun for n, noun in nouns.items() if told.first <= n < told.last)
    return speaker, frozenset(noun for n, noun in nouns.items() if not told.first <= n < told.last)


def _blamed(a: Fact, b: Fact) -> bool:
    """Return whether a deed is told of one thing in two sentences in which each of two parties speaks of the other one."""
    told = a.lemma == b.lemma and a.verb and b.verb and not a.light and not a.standing.denied and not b.standing.denied
    if not told or a.lemma in lemmas("returned"):
        return False
    doers = a.parties.get("s", ()), b.parties.get("s", ())
    return in_common(a, b, "o") and _definite(a) and _definite(b) and not (all(doers) and in_common(a, b, "s"))


def _definite(fact: Fact) -> bool:
    """Return whether what is done is done to one thing that is known: "the truce", "Velm"."""
    parse, objects = fact.parse, fact.parties.get("o", ())
    nouns = [n for n, token in enumerate(parse.tokens) if token.pos in {"NOUN", "PROPN"} and fold(parse.word(n)) in _words(objects)]
    return any(parse.tokens[n].pos == "PROPN" or any(fold(parse.word(m)) in POINTERS for m in parse.children[n]) for n in nouns)


def _words(parties: tuple[Party, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(party.words for party in parties))


def _by_another(a: Fact, b: Fact) -> bool:
    """Return whether what is done to one thing once is told of two doers, of whom neither can be the other."""
    told = a.lemma == b.lemma and a.lemma in lemmas("once") and not (a.standing.denied or b.standing.denied)
    if not told or not in_common(a, b, "o") or not (_definite(a) and _definite(b)):
        return False
    return _of_others(a, b, named="person")


def _of_others(a: Fact, b: Fact, named: Kind | None = None) -> bool:
    """Return whether of those who do it in two facts neither can be the other: a person and a thing, or two names, if asked of one kind."""
    doers = [(one, other) for one in who_in(a, "s") for other in who_in(b, "s")]
    return bool(doers) and all(_strangers(*both, named) for both in doers)


def _strangers(one: Party, other: Party, named: Kind | None) -> bool:
    if one.vague or other.vague or same(one, other):
        return False
    if one.words & other.of or other.words & one.of:
        who, whose = (one, other) if one.words & other.of else (other, one)
        return whose.kind == "person" and who.named and who.kind != "body"  # "Lund’s lawyer" is not Lund; "Velm’s army" may be Velm
    names = one.named and other.named and (named is None or one.kind == other.kind == named)
    return names or {one.kind, other.kind} == {"person", "thing"}


def _unwanted(a: Fact, b: Fact) -> bool:
    """Return whether one fact denies that somebody means to do something about a thing which the other says they want or consider."""
    meant = a.verb and a.standing.denied and a.standing.open == "ahead"
    return meant and b.lemma in WANTING and not b.standing.denied and in_common(a, b, "o") and _of_one(a, b)


def _untold(a: Fact, b: Fact) -> bool:
    """Return whether somebody denies a talk with the one who, by the other sentence, says that they had it, of the same thing."""
    if not (a.standing.denied and a.lemma in _TALK and b.lemma in _TALK and not b.standing.denied):
        return False
    if a.parties.get("o") and b.parties.get("o") and not in_common(a, b, "o"):
        return False
    mine, theirs = (_said_by(fact.parse) | _words(who_in(fact, "s")) for fact in (a, b))
    with_whom = _words(who_in(b, "s")) | (frozenset() if b.light else _reached(b))
    return bool(mine & with_whom and _reached(a) & theirs)


def _reached(fact: Fact) -> frozenset[str]:
    """Return the words of whom somebody talks with."""
    parse = fact.parse
    behind = (m for m in parse.subtree(fact.n) if parse.tokens[m].dep == "pobj" and parse.word(parse.tokens[m].head) in _REACHING)
    return frozenset(fold(parse.word(k)) for m in behind for k in parse.subtree(m))


def _said_by(parse: Parse) -> frozenset[str]:
    """Return the nouns of who says what a sentence tells, by the outermost attribution."""
    told = _parties(parse)
    return told[0] if told else frozenset()
