"""Which sentence answers an accusation: a denial is told where the accusation is, and right behind it.

sentences of one event ─ who is accused, by the verb ─ who denies, of whom it is the root ─► each denial with what it answers

A denial belongs to an accusation of the same name only, "denied it" to the sentence right before it. Where a parse does not tell who is
accused, or what is denied, nothing is coupled.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.language.base import Parse
from briefing.language.facts import facts
from briefing.language.hanging import denied
from briefing.language.parties import party
from briefing.language.phrases import lemmas, phrase
from briefing.language.reference import meaning, resolve
from briefing.language.subjects import subject_of
from briefing.stages.summarize import Chosen
from briefing.text.words import fold

_REJECT = frozenset("reject dispute".split())
_POINTING = frozenset("the this that these those all any both every each".split())
_CLAIMS = frozenset("claim".split())  # what may be rejected, beside charges and the like


def denials(several: Sequence[Chosen]) -> dict[int, list[int]]:
    """Return which of some sentences of an event are denials, and what each answers: earlier ones of its article, the nearest first.

    Behind them stand those of other articles, in their order.
    """
    denying = {k: who for k, one in enumerate(several) if (who := _denier(one))}
    accused = {m: named for m, one in enumerate(several) if (named := _accused(one))} if denying else {}
    found = {k: m for k, one in enumerate(several) if denied(one.parse) >= 0 and (m := _right_before(one, several))}
    for k, who in denying.items():
        one = several[k]
        near = [m for m, names in accused.items() if m != k and any(_same(who, name) for name in names)]
        near = [m for m in near if several[m].document is not one.document or several[m].rewrite.number < one.rewrite.number]
        if near:
            found[k] = sorted(near, key=lambda m: (several[m].document is not one.document, _distance(one, several[m])))
    return found


def _right_before(one: Chosen, several: Sequence[Chosen]) -> list[int]:
    """Return which of some sentences stands right before one in its article: what "denied it" denies, whoever is blamed there."""
    number = one.document.right_before(one.rewrite.number)
    return [m for m, other in enumerate(several) if other.document is one.document and other.rewrite.number == number]


def _distance(one: Chosen, other: Chosen) -> int:
    return one.rewrite.number - other.rewrite.number if other.document is one.document else 0


def _accused(one: Chosen) -> list[frozenset[str]]:
    """Return the words of each name that a sentence says somebody accuses, charges, suspects or blames."""
    blaming = lemmas("accuse") - lemmas("cleared") - {"plead"}
    parties = [who for fact in facts(one.parse) if fact.verb and fact.lemma in blaming for who in fact.parties.get("o", ())]
    named = [who.words for who in parties if who.named]
    if any(who.vague for who in parties):
        named += [frozenset(map(fold, found.name.split())) for found in (resolve(one.document, one.rewrite.number) or [])[:1]]
    return named


def _denier(one: Chosen) -> frozenset[str]:
    """Return the words of the name of who denies what was said before, nothing where a sentence is no such denial."""
    parse = one.parse
    verbs = [n for n in (parse.root, *parse.below(parse.root, "conj")) if _denies(parse, n)] if parse.root >= 0 else []
    subject = subject_of(parse, verbs[0]) if verbs else -1
    if subject < 0:
        return frozenset()
    if parse.tokens[subject].pos == "PRON":
        meant = meaning(one.document, one.rewrite.number, subject)
        return frozenset(map(fold, meant.name.split())) if meant else frozenset()
    who = party(parse, subject)
    return who.words if who.named else frozenset()


def _denies(parse: Parse, n: int) -> bool:
    """Return whether a verb denies what its object only points back to ("denied the charges"), or is a plea of not guilty."""
    lemma = fold(parse.tokens[n].lemma)
    if lemma == "plead":
        return any(parse.word(m).casefold() == "guilty" and m and parse.word(m - 1).casefold() == "not" for m in parse.subtree(n))
    if lemma not in _REJECT | {"deny"} or parse.below(n, "neg"):
        return False
    return any(_points_back(parse, m, charge=lemma in _REJECT) for m in parse.below(n, "dobj"))


def _points_back(parse: Parse, n: int, *, charge: bool) -> bool:
    """Return whether a noun means something that was said before; with `charge`, only if it is a word for what one is accused of."""
    token = parse.tokens[n]
    if token.pos != "NOUN" or (charge and token.lemma.casefold() not in lemmas("accuse") | _CLAIMS):
        return False
    first = phrase(parse, n)[0]
    return parse.word(first).casefold() in _POINTING or first == n


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two names can be one person's: of two full names more than the surname is the same."""
    return len(one & other) * 2 >= min(len(one), len(other)) > 0 and bool(one & other)
