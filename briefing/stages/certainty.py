"""How what a claim says stands, beside how it stands in its evidence: denied or affirmed, and how sure.

The facts of a claim are compared with the nearest ones of the evidence that have their verb. Where the evidence has no such verb, words of
opposite meaning are looked for, and what stands there only under a suspicion or a plan.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from briefing.language.base import VERBS, Parse
from briefing.language.facts import Fact, facts, in_common
from briefing.language.phrases import contrary, lemmas, pairs
from briefing.language.standing import WANTING, Standing, standing
from briefing.language.verbs import tense
from briefing.stages.compared import Pair, content, forms
from briefing.stages.deeds import accused, ended
from briefing.text.quotations import quotations
from briefing.text.words import fold, words

_CONDITIONS = frozenset("if unless provided should when whether once until".split())
_OPEN = lemmas("ahead") | (lemmas("ahead_too") - {"commit"}) | lemmas("accuse") | lemmas("deny") | {"say", "be", "have"}
_CONTRARY = ("un", "in", "im", "dis", "non", "ir")
_TURNING = frozenset({"reject", "dismiss"})
_SAID = frozenset("claim report account statement story".split())
_DENY = frozenset("deny reject dispute refute dismiss counter contradict".split())
_SHORT = 3  # letters of a word that has no contrary by its beginning
_NONE = frozenset("no none nobody nothing neither nor never without hardly barely rule yet except but block ban halt".split())
_ESTABLISHED = frozenset({"reported", "accused"})  # "reported cases" are the known ones; an accused man is a man
_EVEN_IF = re.compile(r"\beven (?:if|when|though)\b", re.IGNORECASE)
_ALLEGING = frozenset({"allege", "suspect"})
_ALIKE = 0.7  # of the content beside a hedge that the claim repeats, from which it dropped the hedge


def quoted(fact: Fact) -> bool:
    """Return whether a fact stands inside quotation marks: its words are then held to the letter."""
    start = fact.parse.tokens[fact.n].start
    return any(q.start < start < q.end for q in quotations(fact.parse.text) if q.closed)


def _nearest(fact: Fact, found: Sequence[Fact]) -> list[Fact]:
    """Return the facts that share most with one, all of them where none shares anything."""
    best = max((len(fact.words & other.words) for other in found), default=0)
    return [other for other in found if len(fact.words & other.words) == best]


def _compared(pair: Pair) -> Iterator[tuple[Fact, list[Fact]]]:
    """Yield the facts of a claim whose standing can be compared, each with the nearest of the evidence."""
    for fact, found in pair.matched:
        if fact.lemma.endswith((" of", " named")) or quoted(fact) or (fact.lemma == "say" and not fact.verb):
            continue
        near = _nearest(fact, found)
        shared = max((len(fact.words & other.words) for other in near), default=0)
        if near and shared >= (2 if fact.lemma == "be" else 1 if fact.light else 0):
            yield fact, near


def negation(pair: Pair) -> str:
    """Refuse a claim that denies what its evidence affirms, affirms what it denies, or says the contrary."""
    for fact, near in _compared(pair):
        if not any(_denied(other) == _denied(fact) for other in near):
            if fact.standing.denied:
                return f"“{fact.shown}” is denied, and not in the cited sentences"
            return f"“{fact.shown}” is denied in the cited sentences"
        limits = frozenset[str]().union(*(other.limited for other in near)) if all(other.limited for other in near) else frozenset()
        if limits and not fact.limited and not limits & {fold(word.text) for word in words(pair.claim.text)}:
            return f"“{fact.shown}” lost its “{min(limits)}”"
    if any(fact.standing.denied for fact in pair.told if fact.verb or fact.lemma not in pair.lemmas) and not _denies(pair):
        return "nothing in the cited sentences is denied"
    return _contrary(pair)


def _denied(fact: Fact) -> bool:
    """Return whether a fact is denied for good: what "was not raised until five" was raised at five."""
    past = not fact.standing.open and tense(fact.parse, fact.n) == "past"
    later = any(fact.parse.word(k).casefold() == "until" for m in fact.parse.children[fact.n] for k in (m, *fact.parse.below(m, "mark")))
    return fact.standing.denied and not (past and later)


def _denies(pair: Pair) -> bool:
    """Return whether the evidence denies, refuses or lacks anything."""
    tags = any(t.dep == "neg" or (t.pos == "ADJ" and fold(t.lemma).startswith("un")) for parse in pair.evidence for t in parse.tokens)
    either = frozenset[str]().union(*pairs("contrary"))
    return tags or bool(pair.lemmas & (lemmas("deny") | lemmas("cleared") | either | _NONE))


def _contrary(pair: Pair) -> str:
    for fact in pair.told:
        known = any(other.lemma == fact.lemma and (fact.words & other.words or not other.words) for other in pair.given)
        for other in () if known else pair.given:
            opposite = contrary(fact.lemma, other.lemma) and fact.standing.denied == other.standing.denied
            alike = any(in_common(fact, other, place) for place in ("s", "o"))
            if opposite and (alike or not fact.words or not other.words):
                return f"“{fact.shown}” is the contrary of “{other.lemma}”"
    told = forms(pair.claim)
    if prefixed := _prefixed(pair, told):
        return prefixed
    for both in sorted(lemmas("contrary_words")):
        for word, against in (both.split("-"), both.split("-")[::-1]):
            if word in told - pair.lemmas and against in pair.lemmas - told:
                return f"“{word}” is the contrary of “{against}”"
    return ""


def contraries(one: Parse, other: Parse) -> bool:
    """Return whether each of two sentences has a word that the other has not, and that says the contrary of the other's."""
    mine, theirs = forms(one), forms(other)
    return any(both <= mine ^ theirs and len(both & mine) == 1 for both in pairs("contrary") | pairs("contrary_words"))


def _prefixed(pair: Pair, told: Collection[str]) -> str:
    """Return how a word is the contrary of another one by its beginning ("willing", "inflexible"), both denied or neither, or ""."""
    for parse in pair.evidence:
        for m, other in enumerate(parse.tokens):
            word = fold(other.lemma)
            for n, token in enumerate(pair.claim.tokens):
                own = fold(token.lemma)
                apart = own not in pair.lemmas and word not in told and min(len(own), len(word)) > _SHORT
                opposite = apart and any(word == f"{prefix}{own}" or own == f"{prefix}{word}" for prefix in _CONTRARY)
                if opposite and standing(parse, m).denied == standing(pair.claim, n).denied:
                    return f"“{own}” is the contrary of “{word}”"
    return ""


def doubt(pair: Pair) -> str:
    """Refuse a claim that tells as done what its evidence has as alleged, possible or to come, or the other way round."""
    for fact, near in _compared(pair):
        if fact.lemma == "be":
            continue
        shown = fact.shown
        if not any(_as_sure(fact, other) for other in near):
            there = near[0].standing
            if there.alleged and not fact.standing.alleged:
                return f"“{shown}” is only alleged in the cited sentences"
            if there.open and not fact.standing.open:
                return f"“{shown}” is {'possible' if there.open == 'may' else 'to come, or wanted'} in the cited sentences"
            return f"“{shown}” is more certain in the cited sentences, or less"
        if all(other.standing.condition for other in near) and _unconditional(pair):
            return f"“{shown}” lost its condition"
    told = forms(pair.claim)
    if (proven := _proven(pair.claim)) and not any(map(_proven, pair.evidence)):
        return f"“{proven}” is not proven in the cited sentences"
    return _unhedged(pair, told) or _unfounded(pair) or over(pair) or ended(pair) or accused(pair)


def _proven(parse: Parse) -> str:
    """Return the word by which a sentence tells of a verdict or a plea of guilty, or ""; "not guilty" is none."""
    found = (fold(token.lemma) for n, token in enumerate(parse.tokens) if not parse.below(n, "neg"))
    return min((lemma for lemma in found if lemma in lemmas("proven")), default="")


def _unconditional(pair: Pair) -> bool:
    """Return whether a claim has no condition, or says that it is so in any case: "even if"."""
    anyway = bool(_EVEN_IF.search(pair.claim.text)) and not _EVEN_IF.search(pair.cited)
    return anyway or not {fold(word.text) for word in words(pair.claim.text)} & _CONDITIONS


def _unhedged(pair: Pair, told: frozenset[str]) -> str:
    """Return the "probably" or "allegedly" that the claim dropped beside words that it repeats, or ""."""
    hedges = lemmas("perhaps") | lemmas("allegedly")
    if told & (hedges | {"may", "might", "could", "said", "accuse", "suspect", "charge"}):
        return ""
    if not told & lemmas("accuse") and (noun := _bare(pair)):
        return f"“{noun}” is only alleged in the cited sentences"
    for parse in pair.evidence:
        for n, token in enumerate(parse.tokens):
            if token.dep in {"advmod", "amod"} and fold(parse.word(n)) in hedges and not parse.below(token.head, "ccomp"):
                near = {m for k in (token.head, *parse.children[token.head]) for m in (k, *parse.children[k])}
                beside = content(parse, near - {n})
                if len(beside) > 1 and len(beside & told) >= _ALIKE * len(beside):
                    return f"lost the “{parse.word(n)}” of the cited sentences"
    return ""


def _bare(pair: Pair) -> str:
    """Return the noun that the claim tells without the "alleged" that it has wherever it stands in the evidence, or ""."""
    for token in pair.claim.tokens:
        noun = fold(token.lemma)
        there = [(p, n) for p in pair.evidence for n, other in enumerate(p.tokens) if other.pos == "NOUN" and fold(other.lemma) == noun]
        if token.pos == "NOUN" and there and all(_doubted(parse, n) for parse, n in there):
            return noun
    return ""


def _doubted(parse: Parse, n: int) -> bool:
    """Return whether a noun has "alleged", "suspected" or the like before or above it, or shares it with the noun that it is joined to."""
    if parse.tokens[n].dep == "dobj" and parse.tokens[parse.tokens[n].head].lemma in _ALLEGING:
        return True
    before = (parse.word(m) for k in (n, *parse.below(n, "compound")) for m in parse.below(k, "amod"))
    if any(fold(word) in lemmas("allegedly") - _ESTABLISHED for word in before):
        return True
    shares = parse.tokens[n].dep == "conj" and not parse.below(n, "det", "poss", "amod", "nummod")
    return shares and _doubted(parse, parse.tokens[n].head)


def over(pair: Pair) -> str:
    """Return what the claim tells of today and the evidence of an earlier time alone ("used to lead", "was mayor until 2019"), or ""."""
    if forms(pair.claim) & (lemmas("changing") | {"until"}):
        return ""
    for fact, near in _compared(pair):
        if tense(fact.parse, fact.n) == "present" and not fact.standing.denied and all(map(_past, near)):
            return f"“{fact.shown}” is over in the cited sentences"
    for fact in pair.told:
        noun = fact.lemma.removesuffix(" named")
        there = [other for other in pair.given if other.lemma in {noun, fact.lemma}] if noun != fact.lemma else []
        if there and all(map(_past, there)):
            return f"“{fact.shown}” is over in the cited sentences"
    return ""


def _past(fact: Fact) -> bool:
    """Return whether a fact is told as over: "used to", or with the day until which it was so."""
    parse, token = fact.parse, fact.parse.tokens[fact.n]
    if token.pos in VERBS and tense(parse, fact.n) in {"present", "future"}:
        return False
    if fact.verb and token.tag == "VBN" and parse.below(fact.n, "auxpass"):  # "was suspended until May": how long it lasts
        return False
    until = (k for m in parse.subtree(fact.n) if parse.word(m).casefold() == "until" for k in parse.below(m, "pobj"))
    used = token.dep == "xcomp" and parse.word(token.head).casefold() == "used" and not parse.below(token.head, "auxpass")
    return used or any(parse.tokens[k].entity == "DATE" for k in until)


def _as_sure(fact: Fact, other: Fact) -> bool:
    here, there = fact.standing, other.standing
    cautious = here.alleged and any(token.tag == "RB" and fold(token.lemma) in lemmas("allegedly") for token in other.parse.tokens)
    cautious = cautious or (here.alleged and other.parse.tokens[other.n].dep == "ccomp" and not there.open)  # "she said that he had bought"
    return (here.alleged == there.alleged or cautious) and here.open == there.open


def _unfounded(pair: Pair) -> str:
    """Return why a claim whose verb the evidence lacks tells as done what stands there only under a suspicion or a plan."""
    for fact, found in pair.matched:
        if found or not fact.verb or fact.standing != Standing() or fact.lemma in _OPEN:
            continue
        for party in fact.parties.get("o", ()):
            places = [_under(parse, n) for parse in pair.evidence for n, t in enumerate(parse.tokens) if fold(t.lemma) in party.words]
            if not party.named and places and all(places):
                return f"“{party.shown}” is only {places[0]} in the cited sentences"
    return ""


def _under(parse: Parse, n: int) -> str:
    """Return whether a noun is only alleged, or only wanted, by the word that governs it."""
    token = parse.tokens[n]
    if token.dep == "dobj" and fold(parse.tokens[token.head].lemma) in WANTING:
        return "wanted or considered"
    above = parse.tokens[token.head].head
    if token.dep == "pobj" and parse.word(token.head) in {"of", "for", "with"} and fold(parse.tokens[above].lemma) in lemmas("accuse"):
        return "alleged"
    if token.dep == "pobj" and parse.word(token.head) == "for" and fold(parse.tokens[above].lemma) in lemmas("ahead") | lemmas("ahead_too"):
        return "wanted or considered"
    return ""


def denies(one: Parse, other: Parse) -> bool:
    """Return whether one sentence denies what the other tells: at its root by a verb of denying, or the same verb of the same party.

    A verb that says little by itself ("know", "have") must have more in common than who does it: "knew of the losses".
    """
    if answers(one, other):
        return True
    denied = [fact for fact in facts(one) if fact.standing.denied]
    told = [fact for fact in facts(other) if not fact.standing.denied] if denied else []
    same = ((fact, there) for fact in denied for there in told if fact.lemma == there.lemma)
    return any(_wholly(fact, there) if fact.light else _shared(fact, there) for fact, there in same)


def answers(one: Parse, other: Parse) -> bool:
    """Return whether one sentence denies at its root what is said, and the other does not; an offer that is rejected is no denial."""
    verb = one.root
    offered = verb >= 0 and one.tokens[verb].lemma in _TURNING and not one.below(verb, "ccomp")
    charges = lemmas("accuse") | _SAID
    return rejects(one, other) and not (offered and not any(one.tokens[m].lemma in charges for m in one.below(verb, "dobj")))


def rejects(one: Parse, other: Parse) -> bool:
    """Return whether one sentence denies at its root, by a verb of denying, and the other does not."""
    return min(one.root, other.root) >= 0 and one.tokens[one.root].lemma in _DENY and other.tokens[other.root].lemma not in _DENY


def stands_otherwise(one: Parse, other: Parse) -> bool:
    """Return whether the same fact of the same parties is done in one sentence and in the other alleged, possible, wanted or to come."""
    told, there = ([fact for fact in facts(parse) if fact.verb and not fact.light] for parse in (one, other))
    return any(
        a.lemma == b.lemma and _shared(a, b) and (a.standing.open, a.standing.alleged) != (b.standing.open, b.standing.alleged)
        for a in told
        for b in there
    )


def _shared(one: Fact, other: Fact) -> bool:
    """Return whether two facts have who does it or whom it is done to in common, and where both have either, both."""
    places = [place for place in ("s", "o") if one.parties.get(place) and other.parties.get(place)]
    return bool(places) and all(in_common(one, other, place) for place in places)


def _wholly(one: Fact, other: Fact) -> bool:
    """Return whether two facts have at least two parties in common, and one in each place where both have any."""
    places = [place for place in one.parties if other.parties.get(place)]
    return len(places) > 1 and all(in_common(one, other, place) for place in places)
