"""Does one claim tell a clause of another sentence? Plain code: each word with what it hangs on, each verb with its parties.

And what the clause must not lose: what the claim's verb or noun needs, what limits it, when it was, and who says it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from briefing.language.attribution import attributions
from briefing.language.base import TIMES, VERBS, Parse
from briefing.language.facts import Fact, facts
from briefing.language.parties import Party
from briefing.language.phrases import lemmas
from briefing.text.words import fold

_EMPTY = frozenset({"PUNCT", "SPACE", "CCONJ", "SCONJ", "ADP", "PART", "AUX", "SYM"})  # held by what hangs on them, or by the facts
_ARTICLES = frozenset("a an the who which that".split())
_ROLES = frozenset("nsubj nsubjpass dobj obj dative agent attr acomp oprd".split())  # held by the facts
_NEEDED = frozenset("neg prt dobj obj ccomp xcomp attr acomp oprd dative agent".split())  # of a verb
_WHOLE = frozenset("amod compound nummod poss quantmod predet neg nmod appos".split())  # of a noun: what stands before it
_BINDING = frozenset(
    "of without except against from unlike than but under by".split()
)  # what stands behind these limits what stands before
_CONDITIONS = frozenset("if unless until once provided providing assuming pending whether when before".split())
_OWN = frozenset("ROOT conj relcl advcl acl".split())  # how a clause can hang that is told in a sentence's own voice
_PLACES = frozenset({"s", "o", "to"})


class Unit(NamedTuple):
    """A clause that one claim must tell: its verb, and its tokens."""

    head: int
    tokens: frozenset[int]


def untold(told: Parse, unit: Unit, claim: Parse) -> str:
    """Return what of a unit of a sentence a claim does not tell, or what of the claim the unit lost, or ""."""
    words = {form for n in unit.tokens for form in word_forms(told, n)}
    for n in sorted(unit.tokens):
        if _plain(told, n):
            continue
        there = [m for m in range(len(claim.tokens)) if word_forms(claim, m) & word_forms(told, n)]
        if not there:
            return f"“{told.word(n)}” is in none of the claims"
        there = [m for m in there if _hangs(told, n, claim, m, unit)]
        if not there:
            return f"“{told.word(n)}” stands beside something else in the claims"
        lost = [_lost(claim, m, words) for m in there]
        if all(lost):
            return f"“{told.word(n)}” lost its “{lost[0]}”"
    return _unlike(told, unit, claim) or _unsaid(claim, words)


def _plain(parse: Parse, n: int) -> bool:
    token = parse.tokens[n]
    modal = token.tag == "MD" or token.dep == "neg"
    return (token.pos in _EMPTY and not modal and n != parse.root and token.pos != "SYM") or fold(parse.word(n)) in _ARTICLES


def word_forms(parse: Parse, n: int) -> frozenset[str]:
    """Return the lemma and the word of a token, folded; of a name or an auxiliary the word alone."""
    token = parse.tokens[n]
    return frozenset({fold(parse.word(n))} | ({fold(token.lemma)} if token.pos not in {"PRON", "PROPN", "AUX"} else set()))


def _hangs(told: Parse, n: int, claim: Parse, m: int, unit: Unit) -> bool:
    """Return whether a word hangs in the claim on what it hangs on in the sentence."""
    if n == unit.head:
        return claim.tokens[m].pos in VERBS and _own_voice(claim, m)
    mine, theirs = told.tokens[n], claim.tokens[m]
    if mine.pos in VERBS or theirs.pos in VERBS:
        alike = mine.dep == theirs.dep or {mine.dep, theirs.dep} <= {"advcl", "acl", "relcl", "xcomp", "pcomp"}
        return alike and _marks(told, n) == _marks(claim, m) and bool(_governor(told, n) & _governor(claim, m))
    if mine.dep in _ROLES or (mine.dep == "pobj" and told.tokens[mine.head].dep in {"agent", "dative"}):
        return True
    if mine.dep == "conj":  # it shares what the first of the list hangs on, which is held to it
        return theirs.dep in {"conj", *_ROLES, "pobj"} or told.tokens[mine.head].pos == mine.pos
    by, theirs_by = _preposition(told, n), _preposition(claim, m)
    if by != theirs_by:
        return False
    if _head(told, n) & _head(claim, m):
        return True
    loose = by and by != "of" and any(p.tokens[_above(p, k)].pos in VERBS for p, k in ((told, n), (claim, m)))
    free = mine.pos == "ADV" or mine.entity in TIMES
    return bool((loose or free) and _governor(told, n) & _governor(claim, m))


def _own_voice(claim: Parse, m: int) -> bool:
    """Return whether a claim tells a clause as its own: neither as what somebody says, wants or asks, nor under a condition."""
    while claim.tokens[m].pos in VERBS:
        token = claim.tokens[m]
        if token.head == m:
            return True
        marks = _marks(claim, m)
        if token.dep not in _OWN or marks & _CONDITIONS or (token.dep in {"acl", "advcl"} and "to" in _aux(claim, m)):
            return False
        if token.dep == "relcl":
            return set_off(claim, m)
        if token.dep in {"acl", "advcl"}:
            return True
        m = token.head
    return False


def _aux(parse: Parse, n: int) -> frozenset[str]:
    return frozenset(parse.word(m).casefold() for m in parse.below(n, "aux"))


def _marks(parse: Parse, n: int) -> frozenset[str]:
    """Return the words that join a clause to another one, but for "that"."""
    marks = {parse.word(m).casefold() for m in parse.children[n] if parse.tokens[m].dep == "mark" or parse.tokens[m].tag == "WRB"}
    head = parse.tokens[n].head
    if parse.tokens[n].dep == "pcomp":
        marks.add(parse.word(head).casefold())
    return frozenset(marks - {"that"})


def _above(parse: Parse, n: int) -> int:
    """Return what a word hangs on, over its preposition; what the first of a list hangs on for the others."""
    seen = {n}
    while parse.tokens[n].dep == "conj" and parse.tokens[n].head not in seen:
        n = parse.tokens[n].head
        seen.add(n)
    head = parse.tokens[n].head
    return parse.tokens[head].head if parse.tokens[head].pos == "ADP" or parse.tokens[n].dep in {"pobj", "pcomp"} else head


def _head(parse: Parse, n: int) -> frozenset[str]:
    return word_forms(parse, _above(parse, n))


def _preposition(parse: Parse, n: int) -> str:
    seen = {n}
    while parse.tokens[n].dep == "conj" and parse.tokens[n].head not in seen:
        n = parse.tokens[n].head
        seen.add(n)
    return parse.word(parse.tokens[n].head).casefold() if parse.tokens[n].dep == "pobj" else ""


def _governor(parse: Parse, n: int) -> frozenset[str]:
    """Return the forms of the nearest verb that a word hangs on, of the nearest noun where that is no verb's."""
    m = parse.tokens[n].head
    while parse.tokens[m].pos not in VERBS and parse.tokens[m].head != m:
        m = parse.tokens[m].head
    return word_forms(parse, m) | frozenset({fold(parse.tokens[m].lemma)})


def set_off(parse: Parse, n: int) -> bool:
    """Return whether a comma or dash sets off what hangs on a word: it then says something more, and limits nothing."""
    first = parse.subtree(n)[0]
    return first > 0 and parse.word(first - 1) in {",", "–", "—", "-", "("}


def _lost(claim: Parse, m: int, words: Collection[str]) -> str:
    """Return what belongs to a word of a claim, and is not among the words of a unit that has it, or ""."""
    token = claim.tokens[m]
    verb = token.pos in VERBS
    for k in claim.children[m]:
        child = claim.tokens[k]
        inner = k
        if child.dep in {"prep", "agent", "dative"} and child.pos == "ADP":
            below = claim.below(k, "pobj", "pcomp")
            inner = below[0] if below else k
            word, time = claim.word(k).casefold(), claim.tokens[inner].entity in TIMES
            near = verb and k == m + 1 and child.dep == "prep"
            needed = word in _BINDING or child.dep != "prep" or near or (verb and time and not set_off(claim, k))
        elif verb:
            time = child.entity in TIMES and child.dep in {"npadvmod", "advmod", "dobj"}
            condition = child.dep == "advcl" and bool(_marks(claim, k) & _CONDITIONS)
            limit = child.dep == "advmod" and fold(claim.word(k)) in lemmas("limits") | lemmas("perhaps") | lemmas("allegedly")
            needed = child.dep in _NEEDED or time or condition or limit
        elif child.dep in {"relcl", "acl"}:
            needed = not set_off(claim, k)
        elif child.dep == "det":
            needed = fold(claim.word(k)) not in _ARTICLES
        else:
            title = token.pos == "PROPN" and child.dep in {"compound", "nmod", "appos"}
            aside = child.dep == "appos" or (child.dep == "nmod" and k > m)
            needed = child.dep in _WHOLE and not title and not aside
            needed = needed or (title and fold(claim.word(k)) in lemmas("changing"))
        if needed and not any(word_forms(claim, j) & {*words} for j in (inner, *_list(claim, inner))):
            return claim.word(inner)
    return ""


def _list(parse: Parse, n: int) -> Iterator[int]:
    for m in parse.below(n, "conj"):
        yield m
        yield from _list(parse, m)


# -- facts and speakers -------------------------------------------------------------------------------------


def _unlike(told: Parse, unit: Unit, claim: Parse) -> str:
    """Return a verb of a unit that the claim has with other parties, or stands otherwise, or ""."""
    given = [fact for fact in facts(claim) if not _of_nouns(fact)]
    for fact in facts(told):
        if fact.n not in unit.tokens or _of_nouns(fact):
            continue
        if not any(other.lemma == fact.lemma and other.standing == fact.standing and _held(fact, other) for other in given):
            return f"“{fact.shown}” is told of somebody else in the claims, or otherwise"
    return ""


def _of_nouns(fact: Fact) -> bool:
    return fact.lemma.endswith((" of", " named"))


def _held(fact: Fact, other: Fact) -> bool:
    """Return whether all parties of a fact have the same place in the other one."""
    places = ((place, party) for place, several in fact.parties.items() if place in _PLACES for party in several)
    return all(any(_alike(party, one) for one in other.parties.get(place, ())) for place, party in places)


def _alike(one: Party, other: Party) -> bool:
    if one.vague or other.vague or not one.words:
        return one.vague == other.vague and one.shown.casefold() == other.shown.casefold()
    return one.words <= other.words | other.of or (other.named and one.named and other.words <= one.words)


def _unsaid(claim: Parse, words: Collection[str]) -> str:
    """Return who says what the claim tells, where a unit does not name them."""
    for one in attributions(claim):
        if not any(word_forms(claim, n) & {*words} for n in range(one.first, one.last) if claim.tokens[n].pos in {"NOUN", "PROPN", "PRON"}):
            return f"does not tell that {one.speaker} says it"
    if "according" in {claim.word(n).casefold() for n in range(len(claim.tokens))} - {*words}:
        return "does not tell according to whom"
    return ""
