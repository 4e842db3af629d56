"""The subject of a verb: its own, one it shares with another verb, the noun its relative pronoun means, or one that stands behind it.

And the slips of the parser that hide it: an inverted subject taken for an object, a predicate taken for a participle.
"""

from __future__ import annotations

from briefing.language.base import VERBS, Parse
from briefing.language.phrases import BODIES, SUBJECTS, human, lemmas

_AGAIN = frozenset("go continue rush hasten".split())  # "went on to say" is saying; "refused to say" is not
CLOSERS = frozenset("”\"’'»“")


def subject_of(parse: Parse, n: int) -> int:
    """Return the head of the subject of verb `n`, shared or understood too, -1 where there is none."""
    seen: set[int] = set()
    while n not in seen:
        seen.add(n)
        token = parse.tokens[n]
        own = parse.below(n, *SUBJECTS) or [m for k in parse.below(n, "aux", "auxpass") for m in parse.below(k, *SUBJECTS)]
        if own:
            if parse.tokens[own[0]].tag in {"WP", "WDT"} and not parse.word(own[0]).isupper():
                noun = token.head if token.dep == "relcl" else own[0] - 1 - (parse.word(own[0] - 1) == ",")
                return noun if noun >= 0 and parse.tokens[noun].pos in {"NOUN", "PROPN", "PRON"} else -1
            turned = inverted(parse, n) if parse.word(n - 1) == "," and own[0] == n - 2 else -1  # "The ship, said the guard, was"
            if turned >= 0 and parse.tokens[turned].dep == "nsubj":
                return turned
            if len(own) > 1 and own[-1] < n and parse.word(parse.subtree(own[-1])[0] - 1) == ",":  # "The ship, guards said, was"
                return own[-1]
            return next((m for m in own if parse.tokens[m].entity == "PERSON"), _beside(parse, own[0]))
        if token.dep == "acl" and (token.tag == "VBG" or _set_off(parse, n)):
            return token.head
        if n and parse.word(n - 1) in CLOSERS | {","} and (turned := inverted(parse, n)) >= 0:
            return turned
        shared = token.dep == "conj" or (token.dep in {"advcl", "ccomp", "parataxis", "dep"} and token.tag == "VBG")
        asked = token.dep == "xcomp" and (token.tag == "VBG" or parse.tokens[token.head].lemma in _AGAIN)
        if not (shared or asked) or parse.tokens[token.head].pos not in VERBS:
            return -1
        n = token.head
    return -1


def _beside(parse: Parse, n: int) -> int:
    """Return the name that a subject stands beside, where the parser took that for none: "Lund, now a judge, said"."""
    first = parse.subtree(n)[0]
    aside = first == 2 and parse.tokens[first].pos == "ADV" and parse.word(1) == "," and parse.word(0)[:1].isupper()
    return 0 if aside else n


def _set_off(parse: Parse, n: int) -> bool:
    """Return whether a verb that was taken for a participle is a predicate: "Reth, who is ill, admitted it", "…, a source confirmed"."""
    token, head = parse.tokens[n], parse.tokens[parse.tokens[n].head]
    person = head.entity in {"PERSON", "ORG"} or human(head.lemma)
    apart = parse.word(n - 1) == "," or head.head == token.head or head.dep == "appos"
    return person and apart and token.lemma in lemmas("say") and not parse.below(n, "agent")


def inverted(parse: Parse, n: int) -> int:
    """Return the subject that stands behind its verb and was taken for something else: "…”, tweeted Senator Reth"."""
    low = [*parse.below(n, "attr", "dobj", "oprd", "npadvmod"), *(k for m in parse.below(n, "ccomp") for k in parse.below(m, "nsubj"))]
    behind = [m for m in low if m > n and parse.subtree(m)[0] == n + 1 and parse.word(n + 1) not in CLOSERS]
    quoted = parse.word(n - 1) in CLOSERS
    ended = (m for m in behind if parse.tokens[m].dep != "nsubj" or parse.word(min(m + 1, len(parse.tokens) - 1)) == ",")
    return next((m for m in ended if quoted or parse.tokens[m].dep == "nsubj" or parse.tokens[m].entity in BODIES), -1)
