"""Verbs as a parse shows them: which are finite, in which tense, which ones say something; and where in a sentence somebody else speaks.

Small sets of lemmas, each with its reason; whatever is not plain is "" or False, and then nothing is cut and no date is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from briefing.language.base import VERBS, Parse
from briefing.text.quotations import quotations

Tense = Literal["past", "present", "future", ""]

SAYING = frozenset(
    """
    accord accuse add admit advise allege announce argue ask assert believe call cite claim comment concede confirm declare deny describe
    estimate explain insist mention note predict quote recall remark report respond say state stress suggest tell think tweet warn write
    """.split()
)
"""Lemmas that give words or views to somebody: they carry an attribution."""

SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass")

_FUTURE = frozenset(["will", "shall", "may", "might", "must", "can", "wo", "ca"])  # of these "may" and "can" look ahead as surely as "will"
_PRESENT = frozenset(["VBZ", "VBP"])
FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
"""Tags of finite verbs."""

_JUDGING = frozenset("may might could would should must ought".split())
_SEEMING = frozenset(["seem", "appear"])
_AHEAD = frozenset("due expect go intend plan prepare project schedule set slate want".split())  # "is due to", "plans to": it comes
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)[^‘’\"“”]*?(?:[^\s‘](?:[’'])(?![\w])|$)")


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the spans of `text` inside quotation marks of any kind, the marks with them; one without its partner reaches to an end."""
    found = [(q.start, q.end) for q in quotations(text)] + [m.span() for m in _SINGLE.finditer(text)]
    lone = [n for n, char in enumerate(text) if char in "”»" and not within(n, found)]
    if text.count('"') % 2:  # a straight mark does not tell on which side of it somebody speaks
        lone.append(len(text) - 1)
    found += [(0, n + 1) for n in lone[-1:]]
    return sorted(found)


def within(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether a place of a text stands inside any of these spans."""
    return any(start <= place < end for start, end in spans)


def finite(parse: Parse, verb: int) -> bool:
    """Return whether a verb is finite, by its own form or by an auxiliary."""
    own = parse.tokens[verb]
    return own.tag in FINITE or any(parse.tokens[n].tag in FINITE for n in parse.below(verb, "aux", "auxpass"))


def sound(parse: Parse) -> bool:
    """Return whether the parse is that of one whole statement: one root, a finite verb, with its subject."""
    tokens = parse.tokens
    root = parse.root
    if root < 0 or sum(token.head == n for n, token in enumerate(tokens)) > 1 or tokens[root].pos not in VERBS:
        return False
    if any(token.dep == "advcl" and finite(parse, n) and not parse.below(n, "mark", "advmod", *SUBJECTS) for n, token in enumerate(tokens)):
        return False  # the true main verb, taken for a clause
    return finite(parse, root) and bool(parse.below(root, *SUBJECTS))


def states(parse: Parse) -> bool:
    """Return whether a text is one whole statement, by its parse and by its end: it asks nothing."""
    return sound(parse) and parse.text.rstrip()[-1:] != "?"


def judged(parse: Parse, verb: int) -> bool:
    """Return whether a verb tells what may, would or should be: a clause of time or cause beside it is the fact on which that rests.

    Where somebody is told to have said so, "would" may be what was to come.
    """
    own = parse.tokens[verb]
    if own.dep == "xcomp" and own.head != verb:
        return judged(parse, own.head)
    words = {parse.word(n).casefold() for n in parse.below(verb, "aux")} - ({"would"} if own.dep == "ccomp" else set())
    return bool(words & _JUDGING) or weighed(parse, verb)


def weighed(parse: Parse, verb: int) -> bool:
    """Return whether a verb tells what seems, or is more or most of something: what stands beside it is its ground ("boasting a lead")."""
    own = parse.tokens[verb]
    if own.lemma in _SEEMING or (own.dep == "xcomp" and own.head != verb and weighed(parse, own.head)):
        return True
    said = parse.below(verb, "acomp", "attr") if own.lemma == "be" and tense(parse, verb) == "present" else []
    return any(parse.tokens[m].tag in {"JJR", "JJS", "RBS"} for n in said for m in (n, *parse.children[n]))


def tense(parse: Parse, verb: int) -> Tense:
    """Return the direction in which a verb looks from the day of its article; "" where no form of it tells, or where it could be either."""
    own = parse.tokens[verb]
    if own.pos not in VERBS:
        return ""
    helpers = parse.below(verb, "aux", "auxpass")
    tags = [parse.tokens[n].tag for n in helpers]
    words = [parse.word(n).casefold() for n in helpers]
    if "MD" in tags:
        modal = words[tags.index("MD")]
        perfect = any(parse.tokens[n].lemma == "have" for n in helpers)
        return "future" if (modal in _FUTURE or modal.endswith("ll")) and not perfect else ""
    if "TO" in tags:
        return _infinitive(parse, verb)
    if "VBD" in tags or (own.tag == "VBD" and not tags):
        return "past"
    if own.tag == "VBN" and any(parse.tokens[n].lemma == "have" for n in helpers):
        return "past"
    if own.tag in _PRESENT or _PRESENT.intersection(tags):
        return "present"
    if own.dep == "conj" and own.tag != "VBG" and parse.tokens[own.head].tag[:2] == "VB":
        return tense(parse, own.head)
    return ""


def _infinitive(parse: Parse, verb: int) -> Tense:
    """Return "future" for what is to come by a verb in the present: "plans to reopen", "is due to", "is to"."""
    own = parse.tokens[verb]
    head = own.head
    governor = parse.tokens[head]
    if own.dep not in {"xcomp", "acomp", "ccomp"} or governor.lemma not in _AHEAD | {"be"}:
        return ""
    if governor.pos == "ADJ" and parse.tokens[governor.head].lemma == "be":
        head = governor.head
    return "future" if tense(parse, head) in {"present", "future"} else ""
