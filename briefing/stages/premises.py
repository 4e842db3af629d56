"""What a question takes for granted, beside a passage: whether that bears it out, or denies it.

question ─ the facts that it does not ask about ─► each beside the facts of the passage ─► borne out, denied, or neither

"Why did Velm sue Norrbus?" takes for granted that it did; "Who killed the mayor?" that somebody did. A denial is told as one only where
nothing else can be meant: the same parties, no other time, no "not until", no plan for a deed. In doubt it is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from briefing.language.base import TIMES, VERBS, Parse
from briefing.language.facts import Fact, facts, in_common
from briefing.language.parties import Party, same
from briefing.language.phrases import exclusive, lemmas
from briefing.language.standing import everybody, nobody
from briefing.text.questions import kind
from briefing.text.words import fold

_ASKING = frozenset({"WP", "WDT", "WP$"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "dative"})
_FOR = {"for": "against", "against": "for"}
_ARTICLES = frozenset("the a an of".split())
_PLAIN = frozenset("aux auxpass neg nsubj nsubjpass dobj dative acomp attr oprd prt punct cc conj agent ccomp parataxis npadvmod".split())

Parties = Mapping[str, tuple[Party, ...]]


def premise(question: Parse, passage: Parse) -> bool | None:
    """Return whether a passage bears out what a question takes for granted (True), or says the contrary (False); None: it tells neither.

    A yes or no question takes nothing for granted. Of "Why did Tarn refuse to sign?" it is that Tarn did not sign.
    """
    if not (question.tokens and passage.tokens) or kind(question.text) == "yes or no":
        return None
    found = {_borne(fact, facts(passage)) for fact in _granted(question)}
    return False if False in found else True if True in found else None


def asked(fact: Fact) -> frozenset[int]:
    """Return the heads of what a question asks for of a fact: "who" of "who refused to attend", also of the attending."""
    parse, n = fact.parse, fact.n
    if parse.tokens[n].dep == "relcl":
        return frozenset()
    heads = [*parse.below(n, *_ARGUMENTS), *(k for m in parse.below(n, "prep", "agent") for k in parse.below(m, "pobj"))]
    found = frozenset(m for m in heads if _wh(parse, m))
    own = parse.below(n, "nsubj", "nsubjpass")
    while not (found or own) and parse.tokens[n].dep in {"xcomp", "pcomp", "prep", "acomp"}:
        n = parse.tokens[n].head
        own = parse.below(n, "dobj", "nsubjpass") or parse.below(n, "nsubj")
        found = frozenset(m for m in own if _wh(parse, m)) if parse.tokens[n].dep != "relcl" else found
    return found


def _wh(parse: Parse, m: int) -> bool:
    """Return whether a noun is asked for, or the number of it: "who", "which towns", "how many towns"."""
    return asks(parse, m) or any(parse.word(j).casefold() == "how" for k in parse.children[m] for j in parse.children[k])


def asks(parse: Parse, m: int) -> bool:
    """Return whether a noun is a word of asking, or has one: "who", "which towns"."""
    return any(parse.tokens[k].tag in _ASKING for k in (m, *parse.children[m]))


def rest(fact: Fact) -> dict[str, tuple[Party, ...]]:
    """Return the parties of a fact beside those that a question asks for."""
    parse, heads = fact.parse, asked(fact)
    words = {fold(parse.word(m)) for m in heads}
    left = {place: tuple(p for p in who if not (words & p.words or fold(p.shown) in words)) for place, who in fact.parties.items()}
    return {place: who for place, who in left.items() if who}


def opposite(fact: Fact, other: Fact) -> bool | None:
    """Return whether the verb of a fact says the contrary of another's ("accept", "reject"; "for", "against"); None: it is another one."""
    if fact.lemma != other.lemma:
        return True if exclusive(fact.lemma, other.lemma) else None
    return any(place in fact.parties and _FOR[place] in other.parties and place not in other.parties for place in _FOR)


def _granted(question: Parse) -> Iterator[Fact]:
    """Yield the facts of a question that it tells, or asks a party of, with whom its pronouns mean where that is plain."""
    told = [fact for fact in facts(question) if fact.verb or not (fact.lemma.endswith((" of", " named")) or fact.lemma == "say")]
    for fact in told:
        clause = any(k for k in question.below(fact.n, "ccomp", "xcomp") if question.tokens[k].pos in VERBS)
        if fact.lemma in {"say", "be"} or clause or not _sure(question, fact.n) or (fact.light and fact.verb and "o" not in fact.parties):
            continue
        subjects = fact.parties.get("s", ())
        if subjects and all(one.vague and one.shown.casefold() in {"he", "she", "they", "it"} for one in subjects):
            others = {one.shown: one for other in told if other.n != fact.n for one in other.parties.get("s", ()) if not one.vague}
            if len(others) == 1:
                fact = replace(fact, parties={**fact.parties, "s": tuple(others.values())})
        yield fact


def _sure(parse: Parse, n: int) -> bool:
    """Return whether a question takes a verb for granted: its main verb, a relative or temporal clause, what is refused."""
    token = parse.tokens[n]
    if token.head == n:
        return True
    above = parse.tokens[token.head]
    if token.dep == "advcl" and any(parse.word(k).casefold() in {"if", "unless", "whether"} for k in parse.below(n, "mark", "advmod")):
        return False
    if token.dep in {"xcomp", "pcomp"} and fold(above.lemma) not in lemmas("deny") - lemmas("reluctant") and above.pos in {"VERB", "ADJ"}:
        return False
    if token.dep == "relcl":
        return any(parse.tokens[k].tag in {"WP", "WDT"} for k in parse.children[n])
    return token.dep in {"conj", "advcl", "xcomp", "pcomp", "prep"} and _sure(parse, token.head)


def _borne(fact: Fact, given: tuple[Fact, ...]) -> bool | None:
    """Return whether some facts bear out one that a question takes for granted, or deny it."""
    told = [other for other in given if not (other.standing.alleged or other.standing.condition)]
    if not asked(fact) and any(opposite(fact, o) is False and o.standing.denied == fact.standing.denied and _near(fact, o) for o in told):
        return True
    return False if any(Beside(fact, other).denied for other in told) else None


def _near(fact: Fact, other: Fact) -> bool:
    """Return whether two facts of one verb can be one: the same who, or the same to whom where one of them tells no who."""
    both = [place for place in ("s", "o") if place in fact.parties and place in other.parties]
    return bool(both) and all(in_common(fact, other, place) or (place == "s" and listed(fact, other)) for place in both)


def listed(fact: Fact, other: Fact) -> bool:
    """Return whether the subject of a fact is in the list by which a passage says who "four countries" are."""
    _, colon, names = other.parse.text.partition(":")
    words = {fold(word) for word in re.findall(r"[^\W\d_]+", names)} if colon else set()
    return any(one.plural for one in other.parties.get("s", ())) and any(one.words & words for one in fact.parties.get("s", ()))


@dataclass(frozen=True)
class Beside:
    """A fact that a question takes for granted, beside one of a passage."""

    fact: Fact
    other: Fact

    @property
    def denied(self) -> bool:
        """Return whether both cannot be."""
        contrary = opposite(self.fact, self.other)
        if contrary is None or not (self._one_time and self._one_mood):
            return False
        here, there = self.fact.standing.denied, self.other.standing.denied
        if contrary:
            return not (here or there or asked(self.fact)) and self._contrary
        return self._turned if here == there else self._flat and (self._of_asked if asked(self.fact) else self._within(self.other.parties))

    @cached_property
    def _no(self) -> Fact:
        return self.fact if self.fact.standing.denied else self.other

    @property
    def _one_mood(self) -> bool:
        """Return whether both are done, or both to come; that what was done will not be is a denial of it, too."""
        here, there = self.fact.standing, self.other.standing
        return "may" not in {here.open, there.open} and (here.open == there.open or (not here.open and there.denied and not here.denied))

    @property
    def _one_time(self) -> bool:
        """Return whether no other time is told, and no denial is of one time alone."""
        here, there = _times(self.fact.parse), _times(self.other.parse)
        if here and there:
            return here <= there or there <= here
        return not (there if self.other.standing.denied else here if self.fact.standing.denied else None)

    @property
    def _flat(self) -> bool:
        """Return whether what is denied is so without a rest: no "not until", "not fully", "not because", "no longer", "reluctant to"."""
        parse, n = self._no.parse, self._no.n
        if any(self._limits(parse, m) for m in parse.children[n]):
            return False
        while parse.tokens[n].dep in {"xcomp", "pcomp", "prep", "ccomp"}:
            n = parse.tokens[n].head
            if fold(parse.tokens[n].lemma) in lemmas("reluctant"):
                return False
        return True

    def _limits(self, parse: Parse, m: int) -> bool:
        """Return whether a word beside a denied verb may leave something over."""
        token, word = parse.tokens[m], parse.word(m).casefold()
        if token.dep == "prep":
            return not (word in self._no.parties or (_timed(parse, m) and word != "until"))
        return not (token.dep in _PLAIN or word in lemmas("utterly") or token.tag == "WRB" or token.pos == "SPACE")

    @property
    def _of_asked(self) -> bool:
        """Return whether nobody is in the place that is asked for, everybody where it is asked who did not, or it was not done at all."""
        fact, other = self.fact, self.other
        parse, all_or_none = other.parse, everybody if fact.standing.denied else nobody
        heads = set(parse.children[other.n]) | {k for m in parse.below(other.n, "agent") for k in parse.children[m]}
        shown = {fold(parse.word(m)) for m in heads if parse.tokens[m].dep in {*_ARGUMENTS, "pobj"} and all_or_none(parse, m)}
        whose = {fold(fact.parse.word(m)) for m in asked(fact)}
        left: dict[str, tuple[Party, ...]] = {}
        for place, who in other.parties.items():
            out = [p for p in who if shown & (p.words | {fold(p.shown)}) and not p.of - p.words]
            if len(out) < len(who) or not all(p.vague or p.words <= whose | _PRONOUNS or self._kind(p) for p in out):
                left[place] = who
        alone = len(left) < len(other.parties)
        return (alone or (not fact.standing.denied and bool(rest(fact)))) and self._within(left, alone=alone)

    def _kind(self, one: Party) -> bool:
        """Return whether a party is of the kind that is asked for: "no member" for "which member"."""
        return any(one.words & p.words for who in self.fact.parties.values() for p in who if p not in _all(rest(self.fact)))

    def _within(self, given: Parties, *, alone: bool = False) -> bool:
        """Return whether what is denied holds all that is told: no party of it is another, or one that the other side has not."""
        told: Parties = rest(self.fact)
        no, yes = (told, given) if self.fact.standing.denied else (given, told)
        if any(place not in yes for place in no) or ("o" in yes and "o" not in no) or not (alone or no.keys() & {"s", "o"}):
            return False
        return self._same(told, given)

    def _same(self, told: Parties, given: Parties) -> bool:
        """Return whether in every place that both have stand the same."""
        return all(self._stands(told[place], given[place], place) for place in told.keys() & given.keys())

    def _stands(self, told: tuple[Party, ...], given: tuple[Party, ...], place: str) -> bool:
        exact = self.other.standing.denied
        return (place == "s" and listed(self.fact, self.other)) or all(any(_one(a, b, exact=exact) for b in given) for a in told)

    @property
    def _contrary(self) -> bool:
        """Return whether somebody did the contrary of what the question says, with the same thing."""
        told, given = (
            self.fact.parties,
            {_FOR.get(p, p) if self.fact.lemma == self.other.lemma else p: w for p, w in self.other.parties.items()},
        )
        alike = "o" in told.keys() & given.keys() or bool({"for", "against"} & told.keys()) or not ("o" in told or "o" in given)
        return alike and not ("s" in given and "s" not in told) and bool(told.keys() & given.keys()) and self._same(told, given)

    @property
    def _turned(self) -> bool:
        """Return whether who does it in the question is whom it is done to in the passage, and the other way round."""
        fact, other = self.fact, self.other
        both = fact.lemma in lemmas("mutual") | lemmas("returned")
        if fact.standing.denied or not (fact.verb and other.verb) or fact.light or both or asked(fact):
            return False
        (who, whom), (there, done) = (
            (one.parties.get("s", ()), (*one.parties.get("o", ()), *one.parties.get("to", ()))) for one in (fact, other)
        )
        if not (who and there) or any(_one(a, b) for a in who for b in there):
            return False
        return all(any(_one(a, b) for b in done) for a in who) and any(_one(a, b) for a in whom for b in there)


_PRONOUNS = frozenset("one nobody none nothing everyone everybody everything all".split())


def _all(parties: Parties) -> list[Party]:
    return [one for who in parties.values() for one in who]


def _one(told: Party, given: Party, *, exact: bool = False) -> bool:
    """Return whether a party of a passage must be that of a question, with all that it says of it; `exact`: and no more."""
    if told.vague or given.vague or not same(told, given):
        return False
    if (told.words | told.of) & lemmas("changing") != (given.words | given.of) & lemmas("changing"):
        return False
    mine, its = told.words | told.of, given.words | given.of
    country = any(word.startswith("#") for word in told.words & given.words)
    named = told.named and given.named
    if named and not (country or told.words <= its or given.words <= mine):
        return False
    if not named and not told.words <= its:
        return False
    return told.of <= its and (not exact or named or its <= mine)


def _times(parse: Parse) -> frozenset[str]:
    """Return the words of the days and times of a sentence."""
    return frozenset(fold(parse.word(n)) for n, t in enumerate(parse.tokens) if t.entity in TIMES) - _ARTICLES


def _timed(parse: Parse, m: int) -> bool:
    return any(parse.tokens[k].entity in TIMES for k in parse.below(m, "pobj"))
