"""Whether a passage tells the time that a question asks for: with the verb that is asked about, and as exactly as it is asked.

question ─ "when", "what time", "in which year" ─► its verb and how exact ─► times of that verb in the passage, or none

A time in a relative clause, or behind another verb before the one asked about, is another one's; where the parse leaves it open it counts.
"""

from __future__ import annotations

import re

from briefing.language.base import TIMES, VERBS, Parse
from briefing.language.facts import LIGHT
from briefing.language.quantities import quantities
from briefing.language.units import SPANS, singular
from briefing.text.calendar import ANY_MONTH
from briefing.text.dates import moments
from briefing.text.questions import kind
from briefing.text.words import fold

_HAPPENING = frozenset("take hold play happen occur".split())  # said of what something was done in
_LIGHT = LIGHT - {"start", "begin", "continue", "say"}
_UNIT = SPANS | {"century", "fortnight", "weekend", "season"}
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b|\bo['’]clock\b|\b\d{3,4} (?:GMT|UTC|hours|local)\b|"
    r"\b(?:noon|midnight|midday|mornings?|afternoons?|evenings?|nights?|tonight|overnight|dawn|dusk|daybreak|sunrise|sunset|hours?|minutes?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1\d|20)\d\ds?\b")
_LOOSE = re.compile(
    r"\b(?:today|yesterday|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|spring|summer|autumn|winter|soon|after|before|while|until|till|since|"
    r"once|when|whenever|now|then|already|recently|immediately|shortly|later|earlier|ago|during|following|upon|meanwhile|currently|eventually|"
    r"as|by|christmas|easter|ramadan)\b",
    re.IGNORECASE,
)
_NEAR = frozenset(
    "ago earlier later before after within in from since last next this past coming first second same previous every each until".split()
)
_AT = frozenset("at in by around about before after until till from since past".split())
_ASKED = re.compile(
    r"\b(?P<clock>(?:what|which) (?:exact )?(?:time|hour)\b(?! of (?:the )?year))|"
    r"\b(?:what|which) (?:(?P<year>year)|(?P<day>day|date|weekday))\b",
    re.IGNORECASE,
)
_COARSE = re.compile(rf"(?:{ANY_MONTH}(?: (?:of )?\d{{4}})?|\d{{4}}s?|(?:last|this|next) (?:month|year))", re.IGNORECASE)


def untimed(question: Parse, passage: Parse, published: str) -> str:
    """Return that a passage has no time of what a question asks the time of, or none so exact, or "".

    `published` is the ISO date of its article, by which "on Monday" has a year; "" where it has none.
    """
    if kind(question.text) != "time":
        return ""
    found = _times(passage)
    if not found:
        return "names no time"
    verb = _verb(question)
    there = [n for n, token in enumerate(passage.tokens) if token.pos == "VERB" and token.dep != "amod" and fold(token.lemma) == verb]
    if there and verb not in _LIGHT:
        word = passage.word(there[0])
        found = {n: text for n, text in found.items() if any(_of(passage, n, m) for m in there)}
        if not found:
            return f"names no time of “{word}”"
    asked = _ASKED.search(question.text)
    return _too_coarse(asked.lastgroup or "", passage, found, published) if asked else ""


def _too_coarse(grain: str, passage: Parse, found: dict[int, str], published: str) -> str:
    """Return that times are not as exact as is asked; what only points ("after the vote") is the judge's."""
    told = list(found.values())
    if grain == "clock":
        plain = all(_COARSE.fullmatch(text) or moments(text) for text in told) and not any(_CLOCK.search(text) for text in told)
        return "names no time of day" if plain else ""
    if grain == "year":
        return "" if published or _YEAR.search(passage.text) or not all(moments(text) for text in told) else "names no year"
    return "names no day" if grain == "day" and all(_COARSE.fullmatch(text) for text in told) else ""


def _verb(question: Parse) -> str:
    """Return the lemma of what a question asks the time of; a parser takes the verb at the end for a noun."""
    n = next((n for n in range(len(question.tokens)) if question.word(n).casefold() == "when"), -1)
    if n < 0:
        n = next((n for n, token in enumerate(question.tokens) if token.tag in {"WP", "WDT"}), -1)
        if n < 0:
            return ""
    while question.tokens[n].pos != "VERB" and question.tokens[n].head != n:
        n = question.tokens[n].head
    return fold(question.tokens[n].lemma)


def _times(parse: Parse) -> dict[int, str]:
    """Return the times of a sentence as they stand, by the token that each begins with; how long something takes and ages are none."""
    spans = [(one.start, one.end) for one in moments(parse.text)]
    spans += [m.span() for pattern in (_CLOCK, _YEAR, _LOOSE) for m in pattern.finditer(parse.text)]
    spans += [(e.start, e.end) for e in parse.entities if e.kind in TIMES and not parse.text[e.start : e.end].isdigit()]
    spans += [
        (one.start, one.end) for one in quantities(parse) if one.unit == "clock" or (not one.unit and not one.noun and one.way in _AT)
    ]
    for n in range(len(parse.tokens)):
        if singular(parse.word(n)) in _UNIT:
            spans.append((parse.tokens[n].start, parse.tokens[n].end))
    found: dict[int, str] = {}
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        n = parse.at(start)
        inside = range(n, parse.at(end - 1) + 1)
        if not _lasts(parse, inside) and not any(a <= n < a + len(text.split()) for a, text in found.items()):
            found[n] = parse.text[start:end]
    return found


def _lasts(parse: Parse, inside: range) -> bool:
    """Return whether some words only tell how long something takes or how old it is: "nine days", "54 years old"."""
    if not any(singular(parse.word(n)) in _UNIT for n in inside):
        return False
    words = {parse.word(n).casefold() for n in range(max(0, inside.start - 3), min(len(parse.tokens), inside.stop + 2))}
    text = " ".join(parse.word(n) for n in inside)
    return not (words & _NEAR or moments(text) or _YEAR.search(text)) or "old" in words


def _of(parse: Parse, time: int, verb: int) -> bool:
    """Return whether a time may be that of a verb, by where it hangs."""
    tokens = parse.tokens
    verbs = (n for n in range(verb + 1, time) if tokens[n].pos in VERBS and tokens[n].dep not in {"aux", "auxpass"})
    if verb < time and next(verbs, -1) < 0:
        return True
    above, inner = _path(parse, time), _path(parse, verb)
    meet = next((n for n in above if n in inner), -1)
    if meet < 0:
        return True
    below = above[: above.index(meet)]
    clauses = [n for n in below if tokens[n].dep in {"relcl", "acl"}]
    if clauses:  # "killed in an attack that took place on Monday"
        happened = all(tokens[n].lemma in _HAPPENING and tokens[tokens[n].head].dep == "pobj" for n in clauses)
        return happened and meet == verb
    if meet == verb:
        return True
    if any(tokens[n].dep == "relcl" for n in inner[: inner.index(meet)]):
        return False
    joined = tokens[inner[inner.index(meet) - 1]].dep == "conj"
    return not (joined and meet < time < verb)


def _path(parse: Parse, n: int) -> list[int]:
    """Return a token and what it hangs on, up to the root."""
    found = [n]
    while parse.tokens[found[-1]].head != found[-1]:
        found.append(parse.tokens[found[-1]].head)
    return found
