"""How what a sentence says stands in it: denied, possible, to come or wanted, alleged, under a condition.

It is read from the small words beside a verb, noun or adjective, and from everything that this is a complement of: in "refused to pay"
paying is denied, in "pleaded not guilty to stealing" stealing is alleged and denied, in "did not rule out a strike" nothing is.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from briefing.language.base import TIMES, VERBS, Parse, Token
from briefing.language.phrases import lemmas
from briefing.language.units import SPANS
from briefing.text.words import fold

_INTO = frozenset("xcomp ccomp pcomp acomp attr oprd prep pobj acl dobj csubj advmod agent amod compound nsubjpass nsubj conj".split())
_BINDING = frozenset("xcomp ccomp pcomp acl prep csubj".split())
_MAY = frozenset("may might could can ca should must ought".split())
_WILL = frozenset("will wo shall would 'll ’ll 'd ’d".split())
_NOT = frozenset("never neither hardly barely nor not no".split())
WANTING = frozenset("consider seek propose threaten plan weigh promise offer demand".split())
"""What these have as an object is to come."""
_ASKING = frozenset("ask urge order want expect advise encourage recommend".split())  # their object is who is to do it
_NOBODY = frozenset("no none nobody nothing neither".split())
_LIMITS = frozenset("less fewer more later earlier longer".split())
_ALL = frozenset("all every everyone everybody everything".split())
EXCEPT = frozenset("but except".split())
"""What takes one out of "nobody" and "all": "no one but the treasurer"."""

Open = Literal["", "may", "ahead"]


class Standing(NamedTuple):
    """How a fact stands: `denied`, `open` ("may", "ahead" of what is to come or wanted, ""), `alleged`, and under a `condition`."""

    denied: bool = False
    open: Open = ""
    alleged: bool = False
    condition: bool = False


def nobody(parse: Parse, n: int) -> bool:
    """Return whether a phrase denies: "no one", "neither", "no member"."""
    return parse.word(n).casefold() in _NOBODY or any(
        parse.word(m).casefold() in _NOBODY and not _bound(parse, m)
        for m in parse.children[n]
        if parse.tokens[m].dep in {"det", "preconj", "cc", "neg", "advmod"}
    )


def _bound(parse: Parse, m: int) -> bool:
    """Return whether a "no" or "not" belongs to the limit of a number, and denies nothing: "no less than 40"."""
    after = [parse.word(k).casefold() for k in range(m + 1, min(m + 3, len(parse.tokens)))]
    return parse.word(m).casefold() in {"no", "not"} and after[1:] == ["than"] and after[0] in _LIMITS


def everybody(parse: Parse, n: int) -> bool:
    """Return whether a phrase means all of a kind: "everyone", "all of them", "every country"."""
    return parse.word(n).casefold() in _ALL or any(parse.word(m).casefold() in _ALL for m in parse.below(n, "det", "predet"))


def standing(parse: Parse, n: int) -> Standing:
    """Return how what stands at token `n` stands, by its own small words and by everything that it is a complement of."""
    denied, opened, alleged, condition = _own(parse, n, near=True)
    m = n
    while _inside(parse, m):
        child, token, m = m, parse.tokens[m], parse.tokens[m].head
        lemma = fold(parse.tokens[m].lemma)
        if token.dep != "conj":
            object_of = token.dep in {"dobj", "nsubjpass"} and token.pos != "VERB"  # "acquitted Lund of poisoning", however it was parsed
            bound = token.dep in _BINDING and lemma in lemmas("deny") | lemmas("cleared")
            dropped = lemma == "drop" and alleged
            denied ^= bound or _ruled_out(parse, m) or dropped or (object_of and lemma in lemmas("cleared"))
            alleged |= _reported(parse, token, m) or (lemma in lemmas("accuse") and token.dep not in {"nsubj", "compound"})
            opened = opened or ("ahead" if _wanted(parse, child, m) else "")
        if token.dep != "conj" or not parse.below(child, "nsubj", "nsubjpass", "aux"):  # it shares them
            flips, some, doubt, terms = _own(parse, m, near=False, counted=child)
            flips &= token.dep == "conj" or lemma not in lemmas("anyway")
            denied, opened, alleged, condition = denied ^ flips, opened or some, alleged or doubt, condition or terms
    return Standing(denied, opened, alleged, condition)


def _inside(parse: Parse, n: int) -> bool:
    """Return whether what a token hangs on bears on how it stands: it is its complement, or joined to it."""
    token = parse.tokens[n]
    if token.head == n or (token.dep in {"nsubj", "nsubjpass", "compound"} and token.pos == "VERB"):
        return False
    charged = token.dep == "relcl" and fold(parse.tokens[token.head].lemma) in lemmas(
        "accuse"
    )  # "the charge that", taken for a relative clause
    return charged or token.dep in _INTO


def _reported(parse: Parse, token: Token, head: int) -> bool:
    """Return whether a verb is what somebody is said, thought or believed to do."""
    lemma = parse.tokens[head].lemma
    return token.dep == "xcomp" and bool(parse.below(head, "auxpass")) and lemma in lemmas("say") | {"believe", "think", "understand"}


def _wanted(parse: Parse, n: int, head: int) -> bool:
    """Return whether what stands at `n` is what a verb or noun looks ahead to: an infinitive, a clause, what a preposition binds."""
    token, lemma = parse.tokens[n], fold(parse.tokens[head].lemma)
    if lemma == "be":  # "is to reopen"
        return token.dep == "xcomp" and any(parse.word(k) == "to" for k in parse.below(n, "aux"))
    if lemma not in lemmas("ahead") | lemmas("ahead_too") or token.dep == "dobj":
        return lemma in WANTING and token.dep == "dobj"
    if token.dep == "xcomp" and parse.below(head, "dobj") and lemma not in _ASKING:  # "prepared commitments to deter it"
        return False
    if token.dep == "acl" and token.tag == "VBN":  # "the offer made by Velm"
        return False
    return token.dep in {"xcomp", "ccomp", "acl", "prep", "pcomp", "nsubjpass"}


def _in_time(parse: Parse, n: int) -> bool:
    """Return whether an infinitive is what somebody has time for: "has until Friday to pay", "was given a week to leave"."""
    above = parse.tokens[n].head
    verb = above if parse.tokens[above].pos in VERBS else parse.tokens[above].head
    times = [m for m in parse.below(verb, "dobj") if parse.tokens[m].entity in TIMES or parse.tokens[m].lemma in SPANS]
    until = any(parse.word(m).casefold() == "until" for m in parse.below(verb, "prep"))
    return parse.tokens[verb].lemma in {"have", "give", "get"} and (until or bool(times))


def _ruled_out(parse: Parse, n: int) -> bool:
    small = {parse.word(m).casefold() for m in parse.children[n]}
    return any(parse.tokens[n].lemma == verb and word in small for verb, word in (("rule", "out"), ("stop", "short"), ("have", "yet")))


def _own(parse: Parse, n: int, *, near: bool, counted: int = -1) -> tuple[bool, Open, bool, bool]:
    """Return whether the small words beside a token deny it, leave it open, call it alleged, and set a condition.

    Adverbs count only for what they stand at (`near`). That the party at token `counted` is nobody is known.
    """
    denied = doubt = condition = False
    opened: Open = ""
    for m in parse.children[n]:
        word, dep = parse.word(m).casefold(), parse.tokens[m].dep
        curly = any(parse.tokens[k].dep != "neg" and parse.word(k).casefold() == "n’t" for k in (m, *parse.children[m]))
        if not _bound(parse, m) and (
            dep == "neg"
            or (curly and (dep in {"aux", "auxpass"} or parse.word(m) == "n’t"))
            or (word in _NOT and dep in {"advmod", "preconj", "det"} and parse.tokens[n].pos in {"VERB", "AUX", "ADJ", "NOUN"})
        ):
            denied = not denied or word == "neither"
        if parse.tokens[m].tag == "MD":
            opened = "ahead" if word in _WILL else "may" if word in _MAY else opened
        if dep == "advcl" and any(parse.word(k).casefold() in {"if", "unless"} for k in parse.below(m, "mark")):
            condition = True
        if dep == "advmod" and word == "longer" and any(parse.word(k).casefold() in {"no", "not", "any"} for k in parse.children[m]):
            denied = not denied
        if near and dep in {"advmod", "amod"}:
            opened = opened or ("may" if word in lemmas("perhaps") else "")
            doubt = doubt or word in lemmas("allegedly")
        if dep in {"nsubj", "nsubjpass", "dobj", "agent"} and parse.tokens[n].pos in VERBS:
            target = parse.below(m, "pobj")[0] if dep == "agent" and parse.below(m, "pobj") else m
            excepted = any(parse.word(k).casefold() in EXCEPT for k in parse.children[target])
            denied ^= target != counted and nobody(parse, target) and not excepted
        if dep in {"agent", "prep"} and any(parse.word(k).casefold() == "neither" for k in parse.children[m]):
            denied = True
    if any(parse.word(m).casefold() in {"if", "unless", "whether"} for m in parse.below(n, "mark")):
        opened = "may"
    if any(parse.word(m) == "to" for m in parse.below(n, "aux")) and _in_time(parse, n):
        opened = opened or "ahead"
    if parse.tokens[n].lemma == "go" and any(parse.tokens[m].dep == "xcomp" for m in parse.children[n]) and parse.word(n) == "going":
        opened = "ahead"
    return denied, opened, doubt, condition
