"""Does a sentence say nothing but what some claims say, joined only as claims may be joined? Plain code over their parses.

sentence ─ units: main clauses, and what "who" tells of somebody named ─ each held against one claim ─► the claims it rests on, or why not

A unit is told by one claim: each of its words with what it hangs on, each verb with its parties and as surely, and nothing dropped that a
verb or noun needs, limits it by, or is said by. Two claims meet only in "and", or in somebody whom both name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from briefing.language.base import VERBS, Parse
from briefing.language.phrases import human, lemmas
from briefing.language.subjects import subject_of
from briefing.stages.compared import forms
from briefing.stages.telling import Unit, set_off, untold, word_forms
from briefing.text.words import fold


class Rests(NamedTuple):
    """The claims that a sentence rests on, by index, in order; or, where it is `refused`, why."""

    claims: tuple[int, ...]
    refused: str = ""


def rests(told: Parse, given: Sequence[Parse]) -> Rests:
    """Return which claims, given by their parses, a sentence rests on."""
    if not told.tokens or told.tokens[told.root].pos not in VERBS:
        return Rests((), "is no clause")
    same = next((n for n, claim in enumerate(given) if claim.text == told.text), None)
    if same is not None:
        return Rests((same,))
    found: dict[int, int] = {}
    for unit in _units(told):
        near = [sum(bool(word_forms(told, m) & forms(claim)) for m in unit.tokens) for claim in given]
        why = "no claim tells it"
        for n in sorted(range(len(given)), key=lambda n: (-near[n], n)):
            refused = untold(told, unit, given[n]) or _strange(told, unit, given[n], n, found)
            if not refused:
                found[unit.head] = n
                break
            why = refused if near[n] == max(near) else why
        else:
            return Rests((), why)
    if unclear := _unclear(told, found):
        return Rests((), unclear)
    return Rests(tuple(sorted(set(found.values()))))


def shared(one: Parse, other: Parse) -> str:
    """Return what a sentence says of its subject, where both sentences begin with the same person or body by name; else ""."""
    if not one.tokens or not other.tokens:
        return ""
    subjects = [parse.below(parse.root, "nsubj", "nsubjpass") for parse in (one, other)]
    if any(len(found) != 1 or parse.tokens[found[0]].pos != "PROPN" for parse, found in zip((one, other), subjects, strict=True)):
        return ""
    if not _named(one, subjects[0][0]):  # of whom a full name tells that it is one, a surname need not
        return ""
    names = [{fold(p.word(m)) for m in p.subtree(n) if p.tokens[m].pos == "PROPN"} for p, (n,) in zip((one, other), subjects, strict=True)]
    below = other.subtree(subjects[1][0])
    after = below[-1] + 1
    begins = below == list(range(after)) and other.tokens[after].pos in VERBS
    alike = fold(one.word(subjects[0][0])) == fold(other.word(subjects[1][0])) and (names[0] <= names[1] or names[1] <= names[0])
    return other.text[other.tokens[after].start :] if begins and alike else ""


def _units(parse: Parse) -> list[Unit]:
    """Return the clauses of a sentence that may come from different claims."""
    heads = [n for n, token in enumerate(parse.tokens) if token.head == n]
    for n, token in enumerate(parse.tokens):
        if token.pos not in VERBS or token.head not in heads:
            below = token.dep == "relcl" and _named(parse, token.head) and set_off(parse, n)
        else:
            below = token.dep == "conj" and not any(parse.word(m).casefold() != "and" for m in parse.below(token.head, "cc") if m < n)
        if below:
            heads.append(n)
    inner = {n: set(parse.subtree(n)) for n in heads}
    return [Unit(n, frozenset(inner[n] - set[int]().union(*(inner[m] for m in heads if m != n and m in inner[n])))) for n in sorted(heads)]


def _named(parse: Parse, n: int) -> bool:
    return parse.tokens[n].pos == "PROPN" and parse.tokens[n].entity in {"PERSON", "ORG", "GPE", "NORP"}


# -- units beside each other --------------------------------------------------------------------------------


def _strange(told: Parse, unit: Unit, claim: Parse, n: int, found: dict[int, int]) -> str:
    """Return why a unit may not be told by claim `n` after those before it: whom it shares with them must be named by both, or ""."""
    subject = subject_of(told, unit.head)
    shared = subject >= 0 and subject not in unit.tokens
    if shared and any(number != n for number in found.values()):
        named = _named(told, subject) and any(
            word_forms(claim, m) & word_forms(told, subject) for m, token in enumerate(claim.tokens) if token.pos == "PROPN"
        )
        if not named:
            return f"“{told.word(subject)}” need not be the same in two claims"
    for m in sorted(unit.tokens):
        if told.tokens[m].tag in {"PRP", "PRP$"} and fold(told.word(m)) != "there":
            nouns = [k for k in unit.tokens if k < m and told.tokens[k].pos in {"NOUN", "PROPN"}]
            if not nouns and not shared:
                return f"whom “{told.word(m)}” means is not told"
    return ""


def _unclear(told: Parse, found: dict[int, int]) -> str:
    """Return why units of different claims may not stand in one sentence, or ""."""
    if len(set(found.values())) < 2:
        return ""
    units = [(unit, found[unit.head]) for unit in _units(told)]
    people: dict[str, int] = {}
    for unit, n in units:
        for m in unit.tokens:
            token = told.tokens[m]
            if token.tag == "NN" and human(token.lemma) and people.setdefault(fold(token.lemma), n) != n:
                return f"“{told.word(m)}” need not be the same in two claims"
    for (unit, n), (_, after) in pairwise(units):
        saying = any(token > unit.head for token in told.below(unit.head, "ccomp", "xcomp"))
        if n != after and saying and told.tokens[unit.head].lemma in lemmas("say") | lemmas("claiming"):
            return "it is not clear how much is somebody's words"
    return ""
