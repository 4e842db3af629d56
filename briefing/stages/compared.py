"""A claim beside its evidence: who does what to whom.

The facts of the claim are looked for among those of the evidence by their verb, or its converse. Where the same verb is there, the parties
must be those that it has there; a claim in quite other words is left to the judge.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.language.abroad import language
from briefing.language.base import CONTENT, TIMES, Parse
from briefing.language.facts import Fact, facts, in_common
from briefing.language.nominals import turned
from briefing.language.numerals import continental
from briefing.language.parties import Party, same
from briefing.language.phrases import lemmas
from briefing.text.variants import Known, known
from briefing.text.words import fold

_CORE = frozenset({"s", "o", "to", "from", "against"})
_UNLIKE = (frozenset({"person", "body"}), frozenset({"person", "thing"}))
_OUTCOMES = {"win": ("s", "o"), "lose": ("o", "s")}  # where who does so stands in "beat", and where the other one
_NEAR = {"o": "to", "to": "o"}  # of "owes the city two million" a parser takes either for the other


@dataclass(frozen=True)
class Pair:
    """A claim, the sentences that it rests on, and the text of the articles they are from."""

    claim: Parse
    evidence: tuple[Parse, ...]
    article: str = ""

    @property
    def parsed(self) -> bool:
        """Return whether there is a parse to compare."""
        return bool(self.claim.tokens) and all(parse.tokens for parse in self.evidence)

    @property
    def cited(self) -> str:
        """Return the evidence as one text."""
        return "\n".join(parse.text for parse in self.evidence)

    @cached_property
    def comma(self) -> bool:
        """Return whether the article writes decimals with a comma."""
        return continental(self.article or self.cited)

    @cached_property
    def tongue(self) -> str:
        """Return in which language other than English claim and evidence are, "" for English and what cannot be told."""
        return language(f"{self.claim.text} {self.article or self.cited}")

    @cached_property
    def known(self) -> Known:
        """Return the names that the evidence licenses."""
        return known(self.cited)

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Return every lemma and word of the evidence, folded."""
        return frozenset[str]().union(*map(forms, self.evidence))

    def near(self, words: Collection[str]) -> frozenset[str]:
        """Return the lemmas of the sentence of the evidence that has most of the claim's, and of those that have any of some words."""
        told, every = content(self.claim), [content(parse) for parse in self.evidence]
        best = max(len(told & found) for found in every)
        some = [p for p, found in zip(self.evidence, every, strict=True) if len(told & found) == best or found & set(words)]
        return frozenset(fold(token.lemma) for parse in some for token in parse.tokens)

    @cached_property
    def told(self) -> tuple[Fact, ...]:
        """Return the facts of the claim."""
        return facts(self.claim)

    @cached_property
    def given(self) -> list[Fact]:
        """Return the facts of the evidence."""
        return [fact for parse in self.evidence for fact in facts(parse)]

    @cached_property
    def matched(self) -> list[tuple[Fact, list[Fact]]]:
        """Return each fact of the claim with those of the evidence that have its verb and give its parties no other place."""
        return [
            (fact, [other for other in self.given if other.lemma == fact.lemma and not self.exchanged(fact, other)]) for fact in self.told
        ]

    def exchanged(self, fact: Fact, other: Fact) -> str:
        """Return which party stands elsewhere in `other` than in `fact`, which have one verb, or ""."""
        for place, parties in fact.parties.items():
            there = other.parties.get(place, ())
            near = there or other.parties.get(_NEAR.get(place, ""), ())
            turns = not (fact.verb and other.verb) or (fact.lemma in lemmas("ergative") and len({"s", "o"} & {*fact.parties}) < 2)
            if (turns or fact.lemma in lemmas("mutual")) and place in {"s", "o"}:
                near = there = other.parties.get("s", ()) + other.parties.get("o", ())
            strange = [party for party in parties if party.words and not any(same(party, one) for one in near)]
            for party in strange:
                if self._apart(party, place, there, other, alone=len(strange) == len(parties)):
                    return party.shown
        return ""

    def _apart(self, party: Party, place: str, there: Sequence[Party], other: Fact, *, alone: bool) -> bool:
        """Return whether a party of the claim is another one than those that stand in its place in the evidence."""
        core = place in _CORE
        rest = [(p, one) for p, several in other.parties.items() if p != place and several is not there for one in several]
        if core and any(p in _CORE and same(party, one) for p, one in rest):
            return True
        if not there or any(one.vague or not one.words for one in there):
            return False
        if not alone and (not party.named or party.words & _all(other.parse)):
            return False  # of a list, the parser may have lost one
        if any(party.words & one.of for one in there):  # "Marn" for "the son of Marn"; who speaks for a body is the body
            person = party.kind == "person" or bool(party.words & self._persons)
            return core and party.named and any(one.words & lemmas("kin") or (person and one.kind == "person") for one in there)
        if not party.words & self._words:
            return False
        if party.named and all(one.named for one in there):
            return True
        if not core:
            return False
        if any(party.words & (one.words | one.of) for _, one in rest):
            return True
        return all(one.plural != party.plural or self._kinds(one, party) in _UNLIKE for one in there)

    def _kinds(self, *parties: Party) -> frozenset[str]:
        """Return the kinds of some parties; who is somewhere taken for a person is no body."""
        return frozenset("" if one.kind == "body" and one.words & self._persons else one.kind for one in parties)

    @cached_property
    def _persons(self) -> frozenset[str]:
        parses = (self.claim, *self.evidence)
        return frozenset(fold(p.word(n)) for p in parses for n, token in enumerate(p.tokens) if token.entity == "PERSON")

    @cached_property
    def _words(self) -> frozenset[str]:
        """Return the words of everybody and everything in the evidence."""
        found = (party for fact in self.given for several in fact.parties.values() for party in several)
        return frozenset(word for party in found for word in party.words | party.of) | self.lemmas


def _all(parse: Parse) -> frozenset[str]:
    return frozenset(fold(parse.word(n)) for n in range(len(parse.tokens)))


def actors(pair: Pair) -> str:
    """Refuse a claim that has a verb of its evidence with other parties, or parties that changed places."""
    for fact, found in pair.matched:
        if fact.lemma == "say" and not fact.verb:
            continue
        others = [other for other in pair.given if other.lemma == fact.lemma and (fact.words & other.words or not _elsewhere(fact, other))]
        if fact.lemma.endswith(" of"):  # "European leaders" are not whose leader somebody is
            others = [other for other in others if other.parse.tokens[other.n].tag == fact.parse.tokens[fact.n].tag]
        if others and not found:
            return f"“{pair.exchanged(fact, others[0])}” has another part in “{fact.shown}” in the cited sentences"
        sure = any(in_common(fact, other, "s") for other in found)
        if others and not sure and any(_turned(fact, other) for other in others):
            return f"the parties of “{fact.shown}” are exchanged"
    if other := next((fact for fact in pair.told if _other_outcome(fact, pair.given)), None):
        return f"“{other.shown}” is told of the other one in the cited sentences"
    noun = turned(pair.claim, pair.evidence)
    return f"the parties of “{noun}” are exchanged" if noun else ""


def _other_outcome(fact: Fact, given: Sequence[Fact]) -> bool:
    """Return whether who is told to have won was beaten, or who is told to have lost beat somebody, and never the other way round."""
    own, other = _OUTCOMES.get(fact.lemma, ("", ""))
    beaten = [one for one in given if own and one.lemma == "beat" and one.standing == fact.standing]
    there = {place: [who for one in beaten for who in one.parties.get(place, ())] for place in (own, other)}
    return any(same(a, b) for a in fact.parties.get("s", ()) for b in there[other]) and not any(
        same(a, b) for a in fact.parties.get("s", ()) for b in there[own]
    )


def _elsewhere(fact: Fact, other: Fact) -> bool:
    """Return whether two facts of one verb that share no party tell of two things: both name more than one, or the verb says little."""
    if any(_renamed(a, b) for place in ("s", "o") for a in fact.parties.get(place, ()) for b in other.parties.get(place, ())):
        return fact.light
    return fact.light or all(sum(bool(several) for several in one.parties.values()) > 1 for one in (fact, other))


def _renamed(one: Party, other: Party) -> bool:
    """Return whether one of two parties is named and the other may be the same, told without its name: "the winner"."""
    bare, named = (one, other) if other.named else (other, one)
    return named.named and not bare.named and not bare.vague and bare.kind == "person" and not bare.plural


def _turned(fact: Fact, other: Fact) -> bool:
    """Return whether who does it in one fact is whom it is done to in the other, and the other way round; of "meet" that is the same."""
    if fact.lemma in lemmas("mutual"):
        return False
    done, done_there = ([party for place in ("o", "to") for party in one.parties.get(place, ())] for one in (fact, other))
    return any(same(a, b) for a in fact.parties.get("s", ()) for b in done_there) and any(
        same(a, b) for a in other.parties.get("s", ()) for b in done
    )


def crossed(one: Parse, other: Parse) -> bool:
    """Return whether somebody does in one sentence what is done to them in the other one, and the other way round."""
    pair = Pair(one, (other,))
    for fact, found in pair.matched:
        sure = any(in_common(fact, given, "s") for given in found)
        if fact.verb and not sure and any(_turned(fact, given) for given in pair.given if given.lemma == fact.lemma):
            return True
    return False


def forms(parse: Parse) -> frozenset[str]:
    """Return every lemma and word of a sentence, folded."""
    return frozenset(form for n, token in enumerate(parse.tokens) for form in (fold(token.lemma), fold(parse.word(n))))


def content(parse: Parse, some: Collection[int] | None = None) -> frozenset[str]:
    """Return the lemmas of some tokens (None: of all) that carry meaning, days and times aside."""
    tokens = parse.tokens if some is None else [parse.tokens[n] for n in some]
    return frozenset(fold(token.lemma) for token in tokens if token.pos in CONTENT and token.entity not in TIMES)
