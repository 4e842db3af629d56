"""Whether any quantity of a passage is of the kind that a question asks for: a length, a span of time, an age, a weight, money, a share.

question ─ its form ("how long", "how much … cost") ─► kinds of quantity ─► none of them in the passage: no answer

A bare number may be of any kind, and of a question of another form nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from briefing.language.base import VERBS, Parse
from briefing.language.conversions import comparable
from briefing.language.phrases import SUBJECTS, human, lemmas
from briefing.language.quantities import Quantity, quantities
from briefing.language.units import LENGTHS, MONEY, SIGNS, SPANS, singular
from briefing.text.words import fold

_BE = r"(?:is|are|was|were|will|would)"
_COUNTS = "number|toll|total|count|figure|score|turnout|attendance"
_DOES = "do|does|did|has|have|had|can|could|will|would"


class _Form(NamedTuple):
    """How a question asks for a quantity: of which kinds it is, and what a passage without one is said to lack."""

    pattern: re.Pattern[str]
    kinds: tuple[str, ...]
    lacks: str


def _form(pattern: str, kinds: str, lacks: str) -> _Form:
    return _Form(re.compile(pattern, re.IGNORECASE), tuple(kinds.split()), lacks)


_FORMS = (
    _form(r"\bhow long\b(?! ago)", "length span", "gives no length and no span of time"),
    _form(
        rf"\bhow far (?:away )?{_BE}\b(?!.*\b(?:ahead|behind|along|apart)\b)|\bhow far (?:away|from)\b", "length span", "gives no distance"
    ),
    _form(rf"\bhow far (?:{_DOES})\b(?!.*\b(?:go|gone|come|get|got|gotten)\b)", "length span share money warmth", "gives no distance"),
    _form(rf"\bhow high\b(?!.*\b(?:{_COUNTS})s?\b)", "length share money warmth", "gives no height"),
    _form(r"\bhow (?:tall|deep|wide|thick)\b", "length", "gives no length"),
    _form(r"\bhow (?:hot|cold|warm)\b", "warmth", "gives no temperature"),
    _form(r"\bhow fast\b", "speed span share", "gives no speed"),
    _form(r"\bhow old\b", "age", "gives no age"),
    _form(r"\bhow heavy\b|\bhow much\b.*\bweigh\b", "weight", "gives no weight"),
    _form(r"\b(?:what|which) percentage\b|\bwhat (?:share|proportion|fraction) of\b|\bhow many per ?cent\b", "share", "gives no share"),
    _form(r"\b(?:what|which) margin\b", "tally", "gives no count of votes"),
    _form(rf"\bhow much money\b|\bhow much\b.*\b(?:{'|'.join(sorted(lemmas('paying')))})\b", "money share", "gives no sum of money"),
)
_MORE_THAN_ONE = re.compile(r"\b(?:and|or) (?:how|what|when|where|who|why)\b", re.IGNORECASE)
_TOLD = {  # each kind as words tell it without a quantity
    "span": re.compile(
        r"\b(?:since|until|till|from \S+ to|between \S+ and|end(?:ed|s)?|expire[ds]?|"
        r"(?:became|began|started) .*\d{4}|throughout|permanent\w*|indefinite\w*|forever|\w+-long|(?:day|week|month|year)long|"
        r"all (?:day|night|year)|(?:most|much|part|all|rest) of the)\b",
        re.IGNORECASE,
    ),
    "age": re.compile(
        r"\b(?:aged?|birthday|born|(?:years?|months?|weeks?|days?)[ -]old|teenage\w*|toddler|baby|centur\w+|\d\ds)\b|"
        r"\b(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b|"
        r"\b(?:built|founded|established|opened|constructed|erected|created|launched|started|dat\w+|made|completed)\b.*\b(?:1\d|20)\d\d\b",
        re.IGNORECASE,
    ),
    "share": re.compile(
        r"\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|minority|most|all|none|nobody|every\w*|each|no|out of|"
        r"in every|in (?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)\b)|"
        r"of (?:the |its |their |all )?(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred)\b))",
        re.IGNORECASE,
    ),
    "tally": re.compile(r"\b(?:unanim\w*|narrow\w*|landslide|slim\w*|wide\w*|large\w*|overwhelming\w*|tied?)\b", re.IGNORECASE),
    "money": re.compile(r"\b(?:free|nothing|twice|double\w*|triple\w*)\b", re.IGNORECASE),
}
_DATED = frozenset("last this next that same previous each every per the ago old earlier later first".split())
_WHOLE = Decimal(100)


def unmeasured(question: Parse, passage: Parse) -> str:
    """Return that a passage has no quantity of the kind that a question asks for, or ""."""
    form = next((form for form in _FORMS if form.pattern.search(question.text)), None)
    if form is None or _MORE_THAN_ONE.search(question.text):
        return ""
    person = any(token.lemma in lemmas("persons") or token.entity == "PERSON" or token.tag == "PRP" for token in question.tokens)
    return "" if any(_measured(kind, question, passage, person) for kind in form.kinds) else form.lacks


def of_another_fate(question: Parse, passage: Parse) -> str:
    """Return that all people that a passage counts met another fate than the one that a question asks about: hurt, not killed."""
    asked = _fates(token.lemma for token in question.tokens)
    words = {fold(token.lemma) for token in passage.tokens}
    if len(asked) != 1 or any(words & set(re.split("[-/]", fate)) for fate in asked):
        return ""
    counting = [one for one in quantities(passage) if not one.unit and counted(passage, one) in {""} | lemmas("persons")]
    other = [one for one in counting if fates(passage, one)]
    return "tells what happened to others" if other and len(other) == len(counting) else ""


def counted(parse: Parse, one: Quantity) -> str:
    """Return the noun that a quantity counts, "" where the number stands bare or behind it: "40 buses", not "Ida Lind, 54"."""
    n = one.token
    while 0 <= n < len(parse.tokens) and parse.tokens[n].dep in {"nummod", "compound", "quantmod", "amod"} and parse.tokens[n].head > n:
        n = parse.tokens[n].head
    found = 0 <= n < len(parse.tokens) and n != one.token and parse.tokens[n].pos in {"NOUN", "PROPN"}
    return singular(parse.tokens[n].lemma) if found else ""


def no_person(asked: str, parse: Parse, one: Quantity) -> bool:
    """Return whether people are asked for, and a quantity counts what is neither people nor counted for them."""
    noun = counted(parse, one)
    return asked in lemmas("persons") and bool(noun) and not human(noun) and noun not in lemmas("persons") | lemmas("peopled")


def alike(one: Quantity, parse: Parse, other: Quantity, there: Parse) -> bool:
    """Return whether two quantities can be values of one thing: of one measure, of one noun where both have one, and of no other fate."""
    nouns = {counted(parse, one), counted(there, other)} - {"", one.unit, other.unit}
    mine, others = fates(parse, one), fates(there, other)
    return (
        comparable(one, other)
        and one.unit not in {"th", "clock"}
        and (len(nouns) < 2 or nouns <= lemmas("persons"))
        and not (mine and others and not mine & others)
    )


def fates(parse: Parse, one: Quantity) -> set[str]:
    """Return what befell those whom a quantity counts: by the verbs that it stands under, or as the toll that rose to it."""
    return _fates(_above(parse, one)) | (_fates(_moved(parse, one), nouns=True) if one.way == "to" else set())


def _measured(kind: str, question: Parse, passage: Parse, person: bool) -> bool:
    """Return whether a passage has a quantity of one kind beside those of the question, a number that may be one, or words for it."""
    told = {one.key for one in quantities(question)}
    new = [one for one in quantities(passage) if one.key not in told]
    old = {_unit_at(passage, one) for one in quantities(passage) if one.key in told}
    units = _units(kind)
    if any((one.unit in units and not _priced(kind, passage, one)) or _bare(kind, passage, one) for one in new if kind != "age"):
        return True
    if kind == "age":
        return _aged(passage, new, person)
    if kind == "tally" and new:
        return True
    if (words := _TOLD.get(kind)) and words.search(passage.text):
        return True
    return any(
        singular(passage.word(n)) in units
        and n not in old
        and not _DATED & {passage.word(m).casefold() for m in (n - 1, n + 1) if 0 <= m < len(passage.tokens)}
        for n in range(len(passage.tokens))
    )


def _unit_at(parse: Parse, one: Quantity) -> int:
    """Return the token that is the unit of a quantity, -1 where no word behind it is."""
    return next((n for n in range(one.token, len(parse.tokens)) if singular(parse.word(n)) == one.unit), -1)


def _aged(passage: Parse, new: list[Quantity], person: bool) -> bool:
    """Return whether a passage may tell an age: of a person, a bare number or one beside "old"."""
    bare = any(_bare("age", passage, one) for one in new)
    return bare or bool(_TOLD["age"].search(passage.text)) or (not person and any(one.unit in _units("span") for one in new))


def _bare(kind: str, parse: Parse, one: Quantity) -> bool:
    """Return whether a number without unit and noun can be of a kind: a share is a hundred at most, or of what is counted below one."""
    if one.unit or (kind == "share" and one.low > _WHOLE):
        return False
    return not counted(parse, one) or (kind == "share" and one.low < 1)


def _priced(kind: str, parse: Parse, one: Quantity) -> bool:
    """Return whether a quantity is money by its sign, and something else is asked for: of pounds there are two kinds."""
    return kind != "money" and parse.text[one.start] in SIGNS


def _units(kind: str) -> frozenset[str]:
    """Return the units of a kind of quantity."""
    return {
        "length": lemmas("length"), "span": SPANS | lemmas("span"), "weight": lemmas("weight"), "money": MONEY | lemmas("money"),
        "share": frozenset({"%", "point"}), "warmth": frozenset({"degree"}), "speed": LENGTHS | {"knot", "kilometre", "times"},
        "tally": frozenset[str](),
    }[kind] if kind != "age" else SPANS  # fmt: skip


def _above(parse: Parse, one: Quantity) -> Iterator[str]:
    """Yield the lemmas of what a quantity stands under, up to its verb, and of the clauses that hang on what it counts."""
    n = one.token
    while 0 <= n < len(parse.tokens):
        yield parse.tokens[n].lemma
        yield from (parse.tokens[m].lemma for m in parse.below(n, "acl", "relcl", "amod"))
        if parse.tokens[n].head == n or parse.tokens[n].pos == "VERB":
            return
        n = parse.tokens[n].head


def _moved(parse: Parse, one: Quantity) -> Iterator[str]:
    """Yield the lemmas of what rose or fell to a quantity: "the number of people killed", "the death toll"."""
    n = one.token
    while 0 <= n < len(parse.tokens) and parse.tokens[n].pos not in VERBS and parse.tokens[n].head != n:
        n = parse.tokens[n].head
    yield from (parse.tokens[k].lemma for m in parse.below(n, *SUBJECTS) for k in parse.subtree(m))


def _fates(found: Iterator[str], *, nouns: bool = False) -> set[str]:
    """Return the fates that some verbs tell, by their lemmas, or the other words for them too."""
    told = {fold(lemma) for lemma in found}
    return {fate for fate in lemmas("fates") if told & set(re.split("[-/]", fate if nouns else fate.partition("/")[0]))}
