"""The phrases of a sentence by which somebody is named: where they begin and end, their core without titles, and whether they are people's.

And the small sets of lemmas of `data/`, each with its reason beside it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from briefing.language.base import TIMES, Parse

SUBJECTS = ("nsubj", "nsubjpass")
BODIES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})  # entities that can speak: "Kessin said", "the White House said"
_PLACES = frozenset({"GPE", "LOC", "FAC", "ORG"})
TITLES = frozenset("mr mrs ms mx dr sir dame lord lady sen rep gov gen lt col sgt capt prof rev hon president".split())
_OWN_DEEDS = frozenset("due able unable ready willing eager free bound".split())  # "it is due to open": it will
_STATES = frozenset("be seem appear become take look remain mean make feel sound".split())  # "it seems that", "it takes years to"
_SKY = frozenset("rain snow freeze day night time winter summer spring autumn year clear possible likely unclear".split())  # "it rained"
_HUMAN = ("man", "woman", "person", "ist", "ician", "er", "or", "ee")  # endings of nouns for people
_DEEDS = ("ion", "ation", "ition", "ment", "al", "ance", "ence", "ing", "ure", "ery", "y")  # endings of nouns for deeds
_NO_DEEDS = frozenset("station mission portion passion nation".split())  # of "state", "miss", "port" by their form only
_BEFORE = frozenset("nummod compound amod quantmod nmod".split())  # what stands before a noun in its phrase
_QUANTITIES = frozenset("percent % number majority handful dozen".split())  # who they are stands behind them: "59 percent of voters"


def lemmas(group: str) -> frozenset[str]:
    """Return a group of lemmas of `data/`."""
    return _groups()[group]


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Return every group of `data/` by name; the files are read once."""
    names = ("saying.toml", "standing.toml", "asking.toml")
    texts = [(files("briefing.language") / "data" / name).read_text(encoding="utf-8") for name in names]
    return {group: frozenset(held["lemmas"].split()) for text in texts for group, held in tomllib.loads(text).items()}


@cache
def pairs(group: str) -> frozenset[frozenset[str]]:
    """Return the pairs of words of a group of them."""
    return frozenset(frozenset(both.split("-")) for both in lemmas(group))


def contrary(one: str, other: str) -> bool:
    """Return whether two verbs, by their lemmas, say the contrary of each other: "rise" and "fall"."""
    return frozenset({one, other}) in pairs("contrary")


def exclusive(one: str, other: str) -> bool:
    """Return whether of two verbs, by their lemmas, only one can have happened: "accept" and "reject", not "begin" and "end"."""
    return frozenset({one, other}) in pairs("exclusive")


def human(noun: str) -> bool:
    """Return whether a common noun is a person's, by itself or by its ending: "official", "spokeswoman", "driver"."""
    lemma = noun.casefold()
    return lemma in lemmas("people") or (lemma.endswith(_HUMAN) and lemma not in lemmas("things"))


def derived(noun: str, verb: str) -> bool:
    """Return whether a noun names the deed of a verb, by its form: "conviction", "ban", "bribery"."""
    stem = verb.removesuffix("e")
    stems = {verb, stem, verb + verb[-1:], *([f"{verb[:-1]}i"] if verb.endswith("y") else [])}
    if noun in _NO_DEEDS:
        return False
    return noun == verb or any(noun == one + ending and (ending != "y" or one.endswith("r")) for one in stems for ending in _DEEDS)


def phrase(parse: Parse, head: int, verb: int = -1) -> tuple[int, int]:
    """Return the tokens of the phrase that `head` heads, half open, without what hangs on it behind the verb of saying."""
    inside = [m for m in parse.subtree(head) if verb < 0 or m == head or not (min(verb, head) <= m <= max(verb, head) and m == verb)]
    first = last = head
    held = set(inside)
    while first - 1 in held:
        first -= 1
    while last + 1 in held:
        last += 1
    if verb >= 0 and first <= verb <= last:  # the verb stands in a clause of the phrase: "Reth, who said that"
        last = verb - 1 if head < verb else last
        first = verb + 1 if head > verb else first
        while last > head and parse.tokens[last].pos in {"PUNCT", "PRON", "AUX", "CCONJ"}:
            last -= 1
    while first < head and parse.tokens[first].pos in {"PUNCT", "CCONJ"}:
        first += 1
    while last > head and (
        (parse.tokens[last].pos == "PUNCT" and parse.word(last) not in {")", "]"})
        or parse.word(last).casefold() in {"who", "which", "that", "and"}
    ):
        last -= 1
    return first, last + 1


def _name(parse: Parse, n: int) -> bool:
    """Return whether a word heads a person's name, by the recogniser, or because it is a name of two words beside a noun."""
    token = parse.tokens[n]
    beside = parse.tokens[token.head].pos == "NOUN" and len(parse.below(n, "compound")) == 1
    return token.entity == "PERSON" or (token.pos == "PROPN" and not token.entity and beside)


def core(parse: Parse, head: int, first: int, last: int) -> str:
    """Return the name in a phrase without titles, articles and what hangs on it, or its noun with what stands before that."""
    token = parse.tokens[head]
    entity = next((e for e in parse.entities if e.first <= head < e.last), None)
    if entity is not None and entity.kind == "PERSON":
        a, b = max(first, entity.first), min(last, entity.last)
        while a < b - 1 and parse.word(a).rstrip(".").casefold() in TITLES:
            a += 1
        while b - 1 > a and parse.word(b - 1) in {"'s", "’s", "’", "'"}:
            b -= 1
        return parse.span(a, b)
    beside = parse.below(head, "appos")
    for m in range(head + 1, last):  # "the mayor of Velm, Ida Lind": no person is beside a place, however it was parsed
        if parse.tokens[m].dep == "appos" and parse.tokens[m].entity == "PERSON" and parse.tokens[parse.tokens[m].head].entity in _PLACES:
            beside.append(m)
    named = [m for m in beside if _name(parse, m) and m < last]
    if named and not entity and token.lemma not in lemmas("documents"):
        return core(parse, named[0], head + 1, last)
    a, b = first, head + 1
    if entity is not None and entity.kind in BODIES:
        b = max(b, min(last, entity.last))
    quantity = token.lemma in _QUANTITIES or token.pos in {"NUM", "DET", "PRON"}
    for m in parse.below(head, "conj", "prep"):
        if m > head and (parse.tokens[m].dep == "conj" or quantity):
            b = max(b, min(last, parse.subtree(m)[-1] + 1))
    if token.tag in {"NNS", "NN"} and not entity:  # "hospital officials in Kessin": without the place it is somebody else
        for m in parse.below(head, "prep"):
            if m == b and parse.word(m) in {"in", "of", "at", "for"}:
                b = max(b, min(last, parse.subtree(m)[-1] + 1))
    while a < b - 1 and parse.word(a).casefold() in {"the", "a", "an"}:
        a += 1
    return parse.span(a, b)


def phrase_of(parse: Parse, start: int, end: int) -> str:
    """Return `text[start:end]` with the rest of the name and the phrase that it stands in: "26" with its "ships"."""
    inside = [n for n, token in enumerate(parse.tokens) if token.start < end and start < token.end]
    if not inside:
        return parse.text[start:end]
    inside += [n for entity in parse.entities if entity.start < end and start < entity.end for n in range(entity.first, entity.last)]
    first, last = min(inside), max(inside)
    while parse.tokens[last].dep in _BEFORE and parse.tokens[last].head > last:
        last = parse.tokens[last].head
    while first and parse.tokens[first - 1].dep in _BEFORE and first <= parse.tokens[first - 1].head <= last:
        first -= 1
    return parse.span(first, last + 1)


def name_words(parse: Parse, kinds: Collection[str]) -> set[str]:
    """Return the words of the names of these kinds of entity in a sentence, casefolded."""
    named = (entity for entity in parse.entities if entity.kind in kinds)
    return {parse.word(n).casefold() for entity in named for n in range(entity.first, entity.last) if parse.tokens[n].pos == "PROPN"}


def pleonastic(parse: Parse, n: int) -> bool:
    """Return whether "it" stands for nothing ("it is unclear whether", "it rained", "it was Kell who") or for a clause that follows."""
    token = parse.tokens[n]
    if token.dep == "expl":
        return True
    if token.dep not in SUBJECTS:
        return False
    verb = token.head
    lemma = parse.tokens[verb].lemma
    if lemma in _SKY:
        return True
    after = [m for m in parse.children[verb] if m > verb and parse.tokens[m].dep in {"ccomp", "xcomp", "advcl", "csubj", "relcl", "acl"}]
    states = parse.below(verb, "acomp", "attr", "oprd")
    if any(parse.tokens[s].lemma.casefold() in _OWN_DEEDS and parse.below(s, "xcomp") for s in states):
        return False
    if lemma in _STATES:
        inner = [
            m for s in states for m in parse.children[s] if parse.tokens[m].dep in {"ccomp", "xcomp", "relcl", "acl", "csubj", "advcl"}
        ]
        plain = any(
            parse.tokens[s].lemma.casefold() in _SKY or (parse.tokens[s].entity in TIMES and parse.tokens[s].pos != "ADJ") for s in states
        )
        clause = [
            m
            for m in (*after, *inner)
            if any(parse.word(k).casefold() in {"that", "to", "whether", "who", "how"} for k in parse.children[m])
        ]
        degree = any(parse.word(m).casefold() == "enough" for s in states for m in parse.below(s, "advmod"))  # "it is tall enough that"
        return plain or (bool(clause) and not degree)
    return token.dep == "nsubjpass" and any(parse.tokens[m].dep == "ccomp" for m in after)
