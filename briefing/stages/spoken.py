"""Who says what a claim says: its attributions beside those of its evidence.

A statement is looked for by its words; the claim must give it to the speaker that it has there. What only a speaker says may be told
without the speaker where an office reports what happened, not where somebody accuses, judges or looks ahead.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.language.attribution import Attribution, attributions
from briefing.language.base import Parse
from briefing.language.facts import facts
from briefing.language.phrases import human, lemmas
from briefing.language.quantities import quantities
from briefing.stages.compared import Pair, content
from briefing.text.quotations import quoted_parts, stands_in
from briefing.text.variants import country, known
from briefing.text.words import fold, words

_ALIKE = 0.7  # of the content that the nearest statement shares with the claim's: another one with as much may be meant
_SAID = 0.5  # share of a claim's words that only a speaker says, from which it repeats them
_POINTING = frozenset("he she they it who we i".split())
_PLEADING = frozenset({"admit", "deny"})
_SAYING = lemmas("say") | lemmas("clause") | lemmas("evidence") | lemmas("claiming")


def speaker(pair: Pair) -> str:
    """Refuse a claim that gives words to another speaker."""
    given = [(parse, one) for parse in pair.evidence for one in attributions(parse)]
    told = [one for one in attributions(pair.claim) if fold(one.speaker) not in _POINTING and _speaks(pair.claim, one)]
    told = [one for one in told if not _pleads(pair.claim, one, given)]
    every = content(pair.claim)
    for one in told:
        said = _content(pair.claim, one)
        shares = [(len(said & _content(parse, other)), parse, other) for parse, other in given]
        best = max((share for share, _, _ in shares), default=0)
        near = [(parse, other) for share, parse, other in shares if share and share >= _ALIKE * best]
        if not near or any(_one(one, other) for _, other in near):
            continue
        home, first = near[0]
        inside = frozenset(word for fact in facts(home) for party in fact.parties.get("s", ()) for word in party.words)
        outer = one is told[0] and any(_one(one, other) for _, other in given)  # who passes on what another one says may stand elsewhere
        if any(two is not one and _one(two, first) for two in told) and (outer or {w for w in _named(one.phrase) if w[0] != "#"} & inside):
            continue
        if len(told) > 1 and any(
            _one(one, other) and len(every & (its := _content(parse, other))) >= _ALIKE * len(its) for parse, other in given
        ):
            continue
        return f"“{one.speaker}” does not say this in the cited sentences, “{first.speaker}” does"
    if wrong := _misquoted(pair):
        return wrong
    if len(told) > 1 and any(_reversed(told, attributions(parse)) for parse in pair.evidence):
        return f"“{told[0].speaker}” passes on what “{told[1].speaker}” says, and not the other way round in the cited sentences"
    return ""


def unsaid(pair: Pair) -> str:
    """Refuse a claim that tells as a fact what only a speaker says, where it matters who."""
    given = [(parse, one) for parse in pair.evidence for one in attributions(parse)]
    own = attributions(pair.claim)
    return "" if speaker(pair) or any(_one(one, other) for one in own for _, other in given) else _lost(pair, given)


def _pleads(claim: Parse, one: Attribution, given: Sequence[tuple[Parse, Attribution]]) -> bool:
    """Return whether a verb of saying is a deed that the evidence has in other words: who "admitted fraud" in court has said no words."""
    lemma, said = claim.tokens[one.verb].lemma, _content(claim, one)
    clause = not claim.below(one.verb, "dobj") or claim.below(one.verb, "ccomp", "parataxis")
    again = any(parse.tokens[other.verb].lemma == lemma and said & _content(parse, other) for parse, other in given)
    return lemma in _PLEADING and not clause and not again


def _misquoted(pair: Pair) -> str:
    """Return that of two speakers a claim has another one outside than the sentence that has its quotation ("A said that B said “…”")."""
    mine = _outside(pair.claim)
    for quote in quoted_parts(pair.claim.text) if mine else ():
        homes = [outer for parse in pair.evidence if stands_in(quote, parse.text) and (outer := _outside(parse))]
        if mine and homes and not any(_one(mine, outer) for outer in homes):
            return f"“{mine.speaker}” does not pass this on in the cited sentences, “{homes[0].speaker}” does"
    return ""


def _outside(parse: Parse) -> Attribution | None:
    """Return of two attributions of a sentence the one in whose clause the other stands, None where there are no such two."""
    told = attributions(parse)
    for one in told:
        inside = {k for m in parse.below(one.verb, "ccomp", "parataxis") for k in parse.subtree(m)}
        if any(two.verb in inside for two in told if two is not one):
            return one
    return None


def _reversed(told: Sequence[Attribution], given: Sequence[Attribution]) -> bool:
    """Return whether of two speakers the claim has outside the one that its evidence has inside ("A said, according to B")."""
    if len(given) != 2 or len(told) != 2:
        return False
    (outer, inner), (out, into) = (sorted(two, key=lambda one: one.kind != "according")[:2] for two in (told, given))
    cited = outer.kind == out.kind == "according" and "according" not in {inner.kind, into.kind}
    return cited and _one(outer, into) and _one(inner, out) and not (_one(outer, out) or _one(inner, into))


def _speaks(parse: Parse, one: Attribution) -> bool:
    """Return whether an attribution names somebody who can speak, and is no slip of the parser ("was closed by Reth, saying")."""
    if parse.tokens[one.verb].lemma in {"believe", "think"}:
        return False
    if parse.tokens[one.verb].tag == "VBG" and parse.below(parse.tokens[one.verb].head, "auxpass"):
        return False
    if fold(one.speaker) in _POINTING:
        return True
    some = [parse.tokens[n] for n in range(one.first, one.last)]
    speaking = lemmas("people") | lemmas("offices") | lemmas("documents")
    return any(t.pos == "PROPN" or t.entity in {"PERSON", "ORG", "NORP", "GPE"} or t.lemma in speaking or human(t.lemma) for t in some)


def _content(parse: Parse, one: Attribution) -> frozenset[str]:
    """Return the content lemmas of what is said: the clause under the verb of saying, or all but who says it."""
    clauses = parse.below(one.verb, "ccomp")
    inside = {k for m in clauses for k in parse.subtree(m)} if clauses else set(range(len(parse.tokens)))
    return content(parse, inside - set(range(one.first, one.last)) - {one.verb})


def _one(one: Attribution, other: Attribution) -> bool:
    """Return whether two attributions can name one speaker: a word in common, or one that only points."""
    if fold(other.speaker) in _POINTING:
        return True
    mine, others = (_named(text) for text in (one.phrase, other.phrase))
    if mine & others:
        return True
    named = any(word[:1].isupper() for word in one.speaker.split())
    article, _, rest = other.phrase.partition(" ")
    if named and article.casefold() in {"the", "this"} and not any(word[:1].isupper() for word in rest.split()):
        return True  # "the paper", which may be the one that is named
    return known(other.phrase).holds_acronym_of(one.phrase) or known(one.phrase).holds_acronym_of(other.phrase)


def _named(text: str) -> frozenset[str]:
    """Return the folded words of a phrase, with the countries that they mean."""
    found = {fold(word.text) for word in words(text)} - {"the", "a", "an", "of", "and", "in", "for"}
    return frozenset(found | {f"#{n}" for word in found for n in country(word)})


def _lost(pair: Pair, given: Sequence[tuple[Parse, Attribution]]) -> str:
    """Return whose words the claim tells in its own voice, where it matters whose they are, or ""."""
    told = content(pair.claim)
    if not told or any(fact.standing.alleged for fact in pair.told):
        return ""
    nearest = max(pair.evidence, key=lambda parse: len(told & content(parse)))
    for parse, one in given:
        lemma = fold(parse.tokens[one.verb].lemma)
        who = _named(one.phrase) | {fold(parse.tokens[n].lemma) for n in range(one.first, one.last)}
        beside = parse.tokens[one.verb].dep == "parataxis" or bool(parse.below(one.verb, "ccomp", "parataxis"))
        clause = one.kind in {"according", "cited"} or beside or one.quoted
        self_told = any(fact.lemma in {lemma, "say"} and who & party.words for fact in pair.told for party in fact.parties.get("s", ()))
        if parse is not nearest or self_told or not clause or not _speaks(parse, one) or (one.kind == "said" and lemma not in _SAYING):
            continue
        said = _content(parse, one)
        outside = content(parse) - said
        if len(told & said) >= _SAID * len(told) and not len(told & outside) > len(told & said) and _matters(pair, parse, one):
            return f"lost that {one.speaker} says it"
    return ""


def _matters(pair: Pair, parse: Parse, one: Attribution) -> bool:
    """Return whether it matters who says something: unless an office, who holds one, or a company reports what happened."""
    lemma = fold(parse.tokens[one.verb].lemma)
    named = _named(one.phrase) | {fold(parse.tokens[n].lemma) for n in range(one.first, one.last)}
    if one.kind == "accused" or lemma in lemmas("claiming") or any(fact.standing.open for fact in pair.told if fact.verb):
        return True
    body = any(parse.tokens[n].entity == "ORG" for n in range(one.first, one.last)) and not named & lemmas("people")
    judged = any(not fact.verb and not fact.lemma.endswith((" of", " named")) for fact in pair.told) and not quantities(pair.claim)
    measured = named & lemmas("officials") and quantities(pair.claim)
    return judged or not (body or measured or named & lemmas("offices"))
