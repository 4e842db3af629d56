"""What a near miss of an answer has otherwise than it is asked: who says so, another doer, one of two, the whole of a part, nobody's name.

question, passage ─ parse of both ─► the same deed, noun or saying there ─► told of another, or without what is asked: why, or ""

Plain code over parses, which says no only where the passage has the deed, the noun or the name beside which the answer would stand. A
passage in quite other words is the judge's.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.attribution import attributions
from briefing.language.base import VERBS, Parse
from briefing.language.facts import Fact, facts, in_common
from briefing.language.parties import Party, joined, same
from briefing.language.phrases import SUBJECTS, human, lemmas
from briefing.language.quantities import quantities
from briefing.language.units import singular
from briefing.stages.premises import asks
from briefing.text.questions import kind
from briefing.text.variants import known
from briefing.text.words import fold

_ONTO = frozenset({"on", "against"})
_CORE = ("s", "o", "to")
_PLACES = frozenset({*_CORE, "in", "at", "near", "from", "with", "against"})
_BOTH = frozenset("both two each they them their counterpart counterparts other".split())
_EXACT = frozenset({"place", "time", "number", "person"})  # what is answered whole or not at all
_NAMING = frozenset("appos compound flat nmod".split())


def missed(question: Parse, passage: Parse) -> str:
    """Return why a passage only seems to answer a question, or ""."""
    told, given = facts(question), facts(passage)
    return (
        _unspoken(question, passage)
        or next((why for fact in told if fact.verb for why in (_of_another(fact, given), _of_no_person(fact, given)) if why), "")
        or next((why for fact in told if fact.verb if (why := _turned(fact, given))), "")
        or _of_one(question, passage)
        or _whole(question, passage)
        or _unnamed(question, passage)
    )


def _unspoken(question: Parse, passage: Parse) -> str:
    """Return that nobody says in a passage what a question asks who said."""
    n = question.root
    who = any(question.word(m).casefold() == "who" for m in question.below(n, "nsubj"))
    if not who or fold(question.tokens[n].lemma) not in lemmas("say") | lemmas("clause") or not question.below(n, "ccomp"):
        return ""
    spoken = attributions(passage) or any(fact.lemma == "say" for fact in facts(passage))
    return (
        ""
        if spoken or any(fold(token.lemma) in lemmas("say") | lemmas("clause") for token in passage.tokens)
        else "does not tell who says so"
    )


def _of_another(fact: Fact, given: tuple[Fact, ...]) -> str:
    """Return that a passage tells of somebody else, beside the same party, what a question asks of one whom it does not name."""
    if fact.lemma in {"be", "have"} or not given:
        return ""
    there = known(given[0].parse.text)
    for place, several in fact.parties.items():
        one = next((one for one in several if one.named and not one.vague), None)
        if place not in _PLACES or one is None or any(there.holds(word) for each in several for word in each.words):
            continue
        alike = [other for other in given if other.verb and other.lemma == fact.lemma and place in other.parties]
        beside = [other for other in alike if any(p != place and in_common(fact, other, p) for p in _CORE)]
        if beside and all(_is_another(who, one, place) for other in alike for who in other.parties[place]):
            return f"tells it of another than “{one.shown}”"
    return ""


def _is_another(who: Party, one: Party, place: str) -> bool:
    """Return whether a name is certainly not another one; a town may lie in a country."""
    sort = [any(word.startswith("#") for word in party.words) for party in (who, one)]
    return who.named and not who.vague and not same(who, one) and (place in _CORE or sort[0] == sort[1])


def _of_no_person(fact: Fact, given: tuple[Fact, ...]) -> str:
    """Return that a passage tells what somebody did it to, and a question asks to whom."""
    parse, n = fact.parse, fact.n
    whom = any(parse.word(m).casefold() == "who" for m in parse.below(n, "dobj")) or (n == parse.root and _has(parse, "whom"))
    done = [who for other in given if other.verb and other.lemma == fact.lemma for who in other.parties.get("o", ())]
    names = {fold(other.parse.word(m)) for other in given for m, token in enumerate(other.parse.tokens) if token.pos == "PROPN"}
    things = done and all(who.kind == "thing" and not who.named and not who.of & names for who in done)
    return "tells to what it was done, not to whom" if whom and things and not fact.light else ""


def _turned(fact: Fact, given: tuple[Fact, ...]) -> str:
    """Return that a passage has on the receiving side, by whatever verb, who does it in the question: "tariffs on India", not by it."""
    parse = fact.parse
    things = frozenset[str]().union(*(who.words for who in fact.parties.get("o", ())))
    things |= {fold(token.lemma) for n, token in enumerate(parse.tokens) if token.pos == "NOUN" and asks(parse, n)}
    for one in fact.parties.get("s", ()):
        doing = any(same(one, who) for other in given for who in other.parties.get("s", ()))
        for place in _ONTO & fact.parties.keys():
            done = [other for other in given if other.verb and any(same(one, who) for who in other.parties.get(place, ()))]
            spoken = {fold(token.lemma) for other in done for token in other.parse.tokens}
            if one.named and done and not doing and things & spoken:
                return f"tells what is done to “{one.shown}”, not by it"
    return ""


def _has(parse: Parse, *words: str) -> bool:
    return any(parse.word(n).casefold() in words for n in range(len(parse.tokens)))


def _of_one(question: Parse, passage: Parse) -> str:
    """Return that a passage tells of one of two only, where a question asks of a thing of both: "a summit of Lund and Rehn"."""
    there = known(passage.text)
    if kind(question.text) not in _EXACT or _has(passage, *_BOTH):
        return ""
    for n, token in enumerate(question.tokens):
        pair = [n, *joined(question, n)]
        above = question.tokens[token.head].head
        event = question.tokens[above].tag == "NN" and question.tokens[above].dep in SUBJECTS and not human(question.tokens[above].lemma)
        if token.dep != "pobj" or len(pair) != 2 or not event or not all(question.tokens[m].pos == "PROPN" for m in pair):
            continue
        missing = [question.word(m) for m in pair if not there.holds(fold(question.word(m)))]
        if len(missing) == 1:
            return f"tells nothing of “{missing[0]}”"
    return ""


def _whole(question: Parse, passage: Parse) -> str:
    """Return that a passage gives the number of all, where a question asks how many of them: "of the 12 ships that sailed"."""
    for n in range(1, len(question.tokens)):
        if (question.word(n - 1).casefold(), question.word(n).casefold()) != ("how", "many"):
            continue
        for noun in (k for m in question.below(n, "prep") if question.word(m) == "of" for k in question.below(m, "pobj")):
            deeds = {
                fold(question.tokens[m].lemma) for m in question.below(noun, "amod", "acl", "relcl") if question.tokens[m].pos == "VERB"
            }
            asked = fold(question.tokens[question.tokens[n].head].lemma)
            counting = [one for one in quantities(passage) if one.noun == singular(question.word(noun)) and one.token >= 0]
            known_verbs = [set(_above(passage, one.token)) for one in counting]
            if counting and deeds and asked not in {fold(t.lemma) for t in passage.tokens} and all(deeds & verbs for verbs in known_verbs):
                return f"gives the number of all {question.word(noun)}"
    return ""


def _above(parse: Parse, n: int) -> Iterator[str]:
    """Yield the lemma of the verb that a token stands under, and of those that hang on what it counts."""
    while parse.tokens[n].head != n and parse.tokens[n].pos not in VERBS:
        n = parse.tokens[n].head
        yield from (fold(parse.tokens[m].lemma) for m in parse.below(n, "amod", "acl", "relcl"))
    yield fold(parse.tokens[n].lemma)


def _unnamed(question: Parse, passage: Parse) -> str:
    """Return that a passage tells of those whom a question asks the names of, and does not name them."""
    noun = next(_asked_of(question), -1)
    if noun < 0:
        return ""
    there = [n for n, token in enumerate(passage.tokens) if fold(token.lemma) == fold(question.tokens[noun].lemma) and token.pos == "NOUN"]
    return f"does not name the {question.word(noun)}" if there and not any(_named(passage, n) for n in there) else ""


def _asking(question: Parse) -> list[int]:
    """Return the words by which a question asks, without those that begin relative clauses."""
    tags = {"WP", "WRB"}
    return [n for n, token in enumerate(question.tokens) if token.tag in tags and question.tokens[token.head].dep != "relcl"]


def _asked_of(question: Parse) -> Iterator[int]:
    """Yield the noun for people of whom a question asks who they are, or their name."""
    n = question.root
    if n < 0 or question.tokens[n].lemma != "be" or len(_asking(question)) > 1:
        return
    asking = {question.word(m).casefold() for m in question.children[n]}
    for m in question.below(n, "nsubj", "attr"):
        several = [m] if "who" in asking else [k for p in question.below(m, "prep") for k in question.below(p, "pobj")]
        if "who" in asking or (question.tokens[m].lemma == "name" and "what" in asking):
            yield from (k for k in several if question.tokens[k].pos == "NOUN" and human(question.tokens[k].lemma))


def _named(parse: Parse, n: int) -> bool:
    """Return whether a name stands beside a noun, or is what it is said to be."""
    token = parse.tokens[n]
    before = {*parse.below(n, *_NAMING, "conj"), *([token.head] if token.dep in _NAMING else [])}
    beside = {*parse.below(n, "appos"), *([token.head] if token.dep == "appos" else [])}
    if token.dep in {"attr", *SUBJECTS} and parse.tokens[token.head].lemma == "be":
        beside |= {*parse.below(token.head, "attr", *SUBJECTS)}
    return any(parse.tokens[m].entity == "PERSON" for m in before) or any(parse.tokens[m].pos == "PROPN" for m in beside)
