"""Deeds that a claim tells in words that its evidence lacks: of one that has ended there, or of which somebody is only accused.

The words differ ("murdered", "acquitted of murder"; "banned", "lifted the ban"), so the party and the word that governs the deed decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.language.base import Parse
from briefing.language.facts import Fact
from briefing.language.parties import Party, same
from briefing.language.phrases import SUBJECTS, derived, lemmas
from briefing.language.standing import Standing, standing
from briefing.stages.compared import Pair, content, forms
from briefing.text.words import fold

_UNDER = frozenset("of with over on in".split())  # "charged with", "on trial over"; "charged for the ticket" is another verb
_YEAR = re.compile(r"\d{4}")
_DONE = frozenset({"admit", "confess"})  # who does has said it was so


def ended(pair: Pair) -> str:
    """Return why a claim tells a deed that has ended, or says that it lasts, or ""."""
    told, undo = forms(pair.claim), lemmas("undo") | lemmas("undo_charge")
    if told & lemmas("earlier") or any(one in told for verb in undo for one in (verb, verb.split("-")[0])):
        return ""
    undone = list(_undone(pair))
    for fact in pair.told:
        if not fact.verb or fact.standing != Standing() or _perfect(fact):
            continue
        lasting, known = fact.lemma in lemmas("last"), any(other.verb and other.lemma == fact.lemma for other in pair.given)
        subject = frozenset[str]().union(*(party.words for party in fact.parties.get("s", ())))
        for parse, n, beside in undone:
            noun = fold(parse.tokens[n].lemma)
            if lasting and noun in subject:
                return f"“{noun}” has ended in the cited sentences"
            if derived(noun, fact.lemma) and not known and fact.words & beside and not _days(pair.claim, fact.n) & _days(parse, n):
                return f"“{fact.shown}” has ended in the cited sentences"
    return ""


def _undone(pair: Pair) -> Iterator[tuple[Parse, int, frozenset[str]]]:
    """Yield each noun that is overturned, lifted, dropped and nowhere told otherwise, with the words beside it."""
    found: list[tuple[Parse, int, frozenset[str]]] = []
    for fact in pair.given:
        verb = fact.lemma.replace(" ", "-")
        if not fact.verb or fact.standing != Standing() or verb not in lemmas("undo") | lemmas("undo_charge"):
            continue
        for party in fact.parties.get("o", ()):
            for n, token in enumerate(fact.parse.tokens):
                noun = fold(token.lemma)
                ends = verb in lemmas("undo") or noun in lemmas("accuse") | lemmas("proven")
                if token.pos == "NOUN" and token.dep != "compound" and noun in party.words and ends:
                    found.append((fact.parse, n, (party.words | party.of) - {noun} or content(fact.parse)))
    places = {(parse.text, n) for parse, n, _ in found}
    for parse, n, beside in found:
        lemma = parse.tokens[n].lemma
        again = ((p, m) for p in pair.evidence for m, token in enumerate(p.tokens) if token.lemma == lemma and token.pos == "NOUN")
        if all((p.text, m) in places for p, m in again):
            yield parse, n, beside


def _perfect(fact: Fact) -> bool:
    """Return whether a verb is told of a time before another one: "had been convicted"."""
    return any(fact.parse.word(m).casefold() in {"had", "’d", "'d"} for m in fact.parse.below(fact.n, "aux"))


def _days(parse: Parse, n: int) -> frozenset[str]:
    """Return the names of days and months, and the years, that stand under a token; how long something lasts is neither."""
    under = (m for m in parse.subtree(n) if parse.tokens[m].entity == "DATE")
    return frozenset(fold(parse.word(m)) for m in under if parse.tokens[m].pos == "PROPN" or _YEAR.fullmatch(parse.word(m)))


def accused(pair: Pair) -> str:
    """Return why a claim tells as done by somebody what they are only accused of, on trial for or cleared of, or ""."""
    law = lemmas("accuse") | lemmas("proven")
    if any(
        fold(t.lemma) in lemmas("proven") | _DONE and not _overturned(pair, p, n) for p in pair.evidence for n, t in enumerate(p.tokens)
    ):
        return ""
    for fact, found in pair.matched:
        objects = frozenset[str]().union(*(party.words | party.of for party in fact.parties.get("o", ())))
        if found or not fact.verb or fact.standing != Standing() or not objects or objects & law:
            continue
        if fact.lemma in law | lemmas("tried") | lemmas("ahead") | lemmas("deny") | {"say", "be", "have"}:
            continue
        for party in fact.parties.get("s", ()):
            charges = [other for other in pair.given if not party.vague and _charges(other, party)]
            if not charges or any(derived(word, verb) for word in objects for verb in lemmas("cleared")):
                continue
            deed = frozenset[str]().union(*(content(one.parse, _without_subjects(one)) for one in charges)) - party.words
            plain = [other for other in pair.given if other not in charges and _plainly(other, party)]
            shared = bool(objects & deed) or any(derived(word, fact.lemma) for word in deed)
            if shared and not any(objects & other.words for other in plain):
                return f"“{fact.shown}” is only alleged of “{party.shown}” in the cited sentences"
    return ""


def _without_subjects(fact: Fact) -> list[int]:
    """Return the tokens of what is charged: all under the verb but who they are told of."""
    subjects = {m for n in fact.parse.below(fact.n, *SUBJECTS) for m in fact.parse.subtree(n)}
    return [m for m in fact.parse.subtree(fact.n) if m not in subjects]


def _charges(fact: Fact, party: Party) -> bool:
    """Return whether a fact of the evidence has a party under an accusation, on trial or cleared."""
    law = lemmas("accuse")
    subject = any(same(party, one) for one in fact.parties.get("s", ()))
    if fact.lemma in law and (fact.verb or subject):
        under = {fact.parse.word(m).casefold() for m in fact.parse.below(fact.n, "prep")}
        bound = under & _UNDER or ("for" in under and fact.lemma not in {"charge", "clear"})
        done = any(same(party, one) for one in fact.parties.get("o", ()))
        return subject if fact.lemma == "plead" or not fact.verb else bool(done and bound)
    if subject and fact.lemma in lemmas("tried") | lemmas("deny") | {"be", "go"}:
        return any(one.words & law for several in fact.parties.values() for one in several)
    return any(one.words & law and party.words & one.of for several in fact.parties.values() for one in several)


def _plainly(fact: Fact, party: Party) -> bool:
    """Return whether a fact of the evidence has a party, or whom a pronoun means, as who does something, and not as alleged."""
    doing = any(one.vague or same(party, one) for one in fact.parties.get("s", ()))
    return (
        fact.verb and doing and not fact.standing.alleged and fact.lemma not in lemmas("accuse") | lemmas("tried") | lemmas("deny") | {"be"}
    )


def _overturned(pair: Pair, parse: Parse, n: int) -> bool:
    """Return whether what is told as proven is denied or has ended."""
    gone = any(one is parse and n == m for one, m, _ in _undone(pair))
    return gone or standing(parse, n).denied or any(parse.tokens[m].dep == "neg" for m in parse.children[n])
