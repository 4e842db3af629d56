"""The quantities and the times of a claim beside those of its evidence: values, units, bounds, what they belong to; days, spans, order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from briefing.language.abroad import abroad
from briefing.language.base import TIMES, VERBS, Parse, remembered
from briefing.language.changes import changes
from briefing.language.clock import same_time
from briefing.language.conversions import comparable, converted
from briefing.language.facts import LIGHT, converse
from briefing.language.quantities import Quantity, quantities
from briefing.language.units import singular
from briefing.stages.compared import Pair, content
from briefing.text.calendar import AGE, ANY_MONTH
from briefing.text.rows import of_column, of_row
from briefing.text.words import fold, words

_ROUND = 2  # digits of a round number that are not zero
_UP, _DOWN, _NEAR = Decimal("1.5"), Decimal("0.6"), Decimal("0.1")  # how far a round number may be from the one it stands for
_ENDLESS = 20  # digits that only a third and its like have
_WAYS = frozenset({"from", "to", "by"})
_TIMES = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|apr|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|il|e|y|ust|t|tember|ober|ember)?|"
    r"march|mar(?=\.? \d)|yesterday|tomorrow|(?<=in )may|(?<=\d )may|may(?= \d)|"
    rf"{AGE})\b",
    re.IGNORECASE,
)
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?={ANY_MONTH}\b)|\b{ANY_MONTH} (\d{{1,2}})\b(?![.,:]?\d)")
UNITS = frozenset("minute hour day week month year decade century".split())
"""Units of time."""

_ADVERBS = {
    "daily": "day",
    "overnight": "day",
    "weekly": "week",
    "monthly": "month",
    "annual": "year",
    "annually": "year",
    "yearly": "year",
}
_FROM_THEN = frozenset("later earlier before after next following previous".split())
_BEFORE = frozenset("before ahead prior until till".split())
_AFTER = frozenset("after following since once".split())
_ORDERS = frozenset(
    """
    before after ahead prior until till following since once then later earlier when as while upon already previously during next wake eve
    follow precede predecessor successor succeed
    """.split()
)


def numbers(pair: Pair) -> str:
    """Refuse a quantity that the evidence does not have, has in another unit, bounded otherwise, or counts something else with."""
    tongue = pair.tongue
    given = [
        (one, parse)
        for parse in pair.evidence
        if of_row(parse.text, pair.claim.text)
        for one in (abroad(parse.text, tongue) if tongue else quantities(parse, comma=pair.comma))
    ]
    differences = [] if tongue else [(one, parse) for parse in pair.evidence for one in changes(parse)]
    for one in abroad(pair.claim.text, tongue) if tongue else quantities(pair.claim):
        change = one.way == "by" or (one.unit == "point" and "percent" in pair.claim.text[one.start : one.end])
        if detail := _unheld(one, given + differences * change, pair):
            return detail
    return ""


def _unheld(one: Quantity, given: Sequence[tuple[Quantity, Parse]], pair: Pair) -> str:
    shown = pair.claim.text[one.start : one.end].strip()
    if not _of_some(pair.claim, one):  # "won 11 of their 14 matches" names the column of the 11
        given = [(other, parse) for other, parse in given if of_column(parse.text, other.start, pair.claim.text)]
    given = [(converted(other, one), parse) for other, parse in given]
    if one.unit == "times" and not any(other.unit == "times" for other, _ in given):
        return ""  # "doubled" may be told by the two values
    near = [(other, parse) for other, parse in given if within(one, other)]
    if not near:
        if one.low == one.high == 1 and not one.unit and not any(one.noun and other.noun == one.noun for other, _ in given):
            return ""
        if any(one.low in {other.low, other.high} for other, _ in given):
            return f"“{shown}” is bounded otherwise in the cited sentences"
        return f"“{shown}” is not in the cited sentences"
    alike = [
        (other, parse)
        for other, parse in near
        if one.unit == other.unit or (not other.unit and not other.noun) or (not one.unit and not one.noun)
    ]
    if not alike:
        return f"“{shown}” has another unit in the cited sentences" if one.low != 1 or one.unit in {"%", "point"} else ""
    if not any(one_kind(one, other) for other, _ in alike):
        return f"“{shown}” is of another country's money or for another measure in the cited sentences"
    alike = [(other, parse) for other, parse in alike if one_kind(one, other)]
    same_way = [
        (other, parse) for other, parse in alike if not {one.way, other.way} <= _WAYS or one.way == other.way or other.low != other.high
    ]
    if not same_way:
        return f"“{shown}” stands after another word than “{one.way}” in the cited sentences"
    nouns = {singular(token.lemma) for _, parse in same_way for token in parse.tokens if token.pos in {"NOUN", "PROPN"}}
    fitting = [
        (other, parse) for other, parse in same_way if not one.noun or not other.noun or one.noun == other.noun or one.noun not in nouns
    ]
    if not fitting:
        return f"“{shown}” counts “{one.noun}”, and not in the cited sentences"
    doing = _verbs(pair.claim, one) if one.unit != "times" else set()
    if doing and not _of_some(pair.claim, one) and all(_of_some(parse, other) and doing & _verbs(parse, other) for other, parse in fitting):
        return f"“{shown}” is the whole of which the cited sentences tell a part"
    if doing and not any(not (there := _verbs(parse, other)) or doing & there for other, parse in fitting):
        against = [
            other
            for other, parse in given
            if other.unit == one.unit
            and doing & _verbs(parse, other)
            and (not {other.noun, one.noun} - {""} or other.noun in {"", one.noun} or not one.noun)
        ]
        if against and not any(within(one, other) for other in against):
            return f"“{shown}” belongs to something else in the cited sentences"
    return ""


def one_kind(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities of one unit are not of two countries' money, nor for different measures ("a tonne", "a kilogram")."""
    return all(not (mine and theirs) or mine == theirs for mine, theirs in ((one.money, other.money), (one.per, other.per)))


def _same(one: Decimal, other: Decimal) -> bool:
    """Return whether two values are one; 33 and 33.3 percent are a third."""
    if one == other:
        return True
    long, short = (one, other) if len(one.as_tuple().digits) > len(other.as_tuple().digits) else (other, one)
    return len(long.as_tuple().digits) > _ENDLESS and long.quantize(short) == short


def within(one: Quantity, other: Quantity) -> bool:
    """Return whether a quantity of the evidence bears out one of the claim, by value and bound."""
    low, high = one.low, one.high
    if one.unit == other.unit == "clock":
        near = "near" in {one.bound, other.bound}
        several = bool(one.noun and other.noun and one.noun != other.noun)  # zones: nobody converts them
        return several or same_time((int(low), int(high)), (int(other.low), int(other.high)), near=near)
    if one.bound == "near" and high > 2 * low > 0:  # "dozens"
        return low <= other.low and other.high <= high
    if other.bound == "near" and other.high > 2 * other.low > 0:
        return False
    if low != high:
        return (low, high) == (other.low, other.high)
    if other.low != other.high:
        ends = {other.low, other.high} if other.way == "from" else set()
        if other.way == "from" and one.way in {"to", "until"}:
            ends = {other.high}
        if other.way == "from" and one.way == "from":
            ends = {other.low}
        return (
            low in ends
            or (one.bound == "up" and low <= other.low <= _UP * low)
            or (one.bound == "down" and other.high <= low <= other.high / _DOWN)
        )
    value = other.low
    if not one.unit and one.bound == other.bound in {"up", "down"} and not (one.strict or other.strict):
        return value == low  # "at least nine people" and "at least 12 people" are two counts, one newer than the other
    if one.bound in {"up", "down"} and value != low and len(one.value.replace(".", "").strip("0")) > _ROUND:
        return False
    if one.bound == "up":
        return other.bound != "down" and low <= value <= _UP * low and (low < value or not one.strict or other.bound == "up")
    if one.bound == "down":
        return other.bound != "up" and _DOWN * low <= value <= low and (value < low or not one.strict or other.bound == "down")
    if one.bound == "near":
        return abs(value - low) <= _NEAR * abs(value)
    return _same(value, low) and other.bound in {"", "near"}


def exclude(a: Quantity, b: Quantity, mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Return whether two single values of one measure exclude each other, and neither claim has the other's value elsewhere."""
    single = a.low == a.high and b.low == b.high and comparable(a, b) and a.unit != "th" and one_kind(a, converted(b, a))
    return (
        single
        and (a.noun == b.noun or not (a.noun and b.noun))
        and not within(a, converted(b, a))
        and not within(b, converted(a, b))
        and not _between(a, converted(b, a))
        and not any(within(a, converted(one, a)) for one in theirs)
        and not any(within(b, converted(one, b)) for one in mine)
    )


def _between(a: Quantity, b: Quantity) -> bool:
    """Return whether a value may lie between two bounds, and both be true of it: "more than 200", "nearly 250"."""
    low, high = (a, b) if a.bound == "up" else (b, a)
    return low.bound == "up" and high.bound == "down" and low.low < high.low


def _of_some(parse: Parse, one: Quantity) -> bool:
    """Return whether a quantity is the whole of which another one is told: 1,900 of "1,120 of its 1,900 members"."""
    noun = parse.tokens[one.token].head if 0 <= one.token < len(parse.tokens) else -1
    above = parse.tokens[noun].head if noun >= 0 else -1
    return above >= 0 and parse.word(above) == "of" and parse.tokens[parse.tokens[above].head].pos == "NUM"


def _verbs(parse: Parse, one: Quantity) -> set[str]:
    """Return the verbs that a quantity stands under, or that stand under what it counts; of "put the cost at" what is put, too."""
    if not 0 <= one.token < len(parse.tokens):
        return set()
    n, found = one.token, set()
    while True:
        found |= {fold(parse.tokens[m].lemma) for m in parse.below(n, "acl", "relcl") if parse.tokens[m].pos == "VERB"}
        head = parse.tokens[n].head
        if head == n:
            return found
        if parse.tokens[head].pos in VERBS:
            lemma = converse(fold(parse.tokens[head].lemma), {"against": ()})[0]
            own = {fold(parse.tokens[m].lemma) for m in parse.below(head, "dobj")} if lemma in LIGHT else set[str]()
            return found or {lemma, *own}
        n = head


def time(pair: Pair) -> str:
    """Refuse a day, month, year or span that the evidence does not have or has with another verb, and an order in time that is turned."""
    text, cited = pair.claim.text, pair.cited
    have = {_when(m[0]) for m in _TIMES.finditer(cited)}
    for m in _TIMES.finditer(text):
        if _when(m[0]) not in have:
            return f"“{m[0]}” is not in the cited sentences"
    days = {m[1] or m[2] for m in _DAY.finditer(cited)}
    for m in _DAY.finditer(text):
        if (m[1] or m[2]) not in days and (m[1] or m[2]) not in {w.text for w in words(cited)}:
            return f"“{m[0].strip()}” is not in the cited sentences"
    return _spans(pair) or moved(pair) or _turned(pair)


def of_other_days(one: str, other: str) -> bool:
    """Return whether two texts name days, months or years, of one kind and none in common: "Monday" and "Thursday", not "3 March"."""
    mine, theirs = ([_when(m[0]) for m in _TIMES.finditer(text)] for text in (one, other))
    days = [{int(m[1] or m[2]) for m in _DAY.finditer(text)} for text in (one, other)]
    kinds = _kinds(frozenset(mine)) & _kinds(frozenset(theirs))
    named = any({when for when in mine if _kinds(frozenset({when})) == {kind}}.isdisjoint(theirs) for kind in kinds)
    return named or (all(days) and not days[0] & days[1])


def _spans(pair: Pair) -> str:
    """Return a span of time ("month") that the evidence does not name, where it names another one."""
    told, given = (
        {part for parse in parses for t in parse.tokens for part in fold(t.lemma).split("-") if part in UNITS}
        for parses in ((pair.claim,), pair.evidence)
    )
    lasting = [one for parse in pair.evidence for one in quantities(parse) if one.unit in UNITS]
    as_long = {one.unit for one in quantities(pair.claim) if any(converted(other, one).unit == one.unit for other in lasting)}
    new = told - given - as_long - {unit for word, unit in _ADVERBS.items() if word in pair.lemmas}
    return f"“{min(new)}” is not in the cited sentences" if new and given - told else ""


def _when(text: str) -> str:
    """Return the form in which days, months and years are compared: "Sept" is "september"."""
    low = fold(text)
    return low if low[0].isdigit() or low.endswith("day") else low[:3]


def moved(pair: Pair) -> str:
    """Return a day or month that the claim gives a verb which has another one in the evidence."""
    given = [pairs for parse in pair.evidence for pairs in dated(parse)]
    for lemma, when in dated(pair.claim):
        there = [other for verb, other in given if verb == lemma]
        if there and all(when.isdisjoint(other) and _kinds(when) & _kinds(other) for other in there):
            return f"“{lemma}” is of another time in the cited sentences than “{min(when)}”"
        if not there and any(_later(parse, lemma) and any(when <= other for _, other in dated(parse)) for parse in pair.evidence):
            return f"“{lemma}” is later or earlier than “{min(when)}” in the cited sentences"
    return ""


def _later(parse: Parse, lemma: str) -> bool:
    """Return whether a verb stands with a time that counts from another one: "two months later", "the next day"."""
    near = (m for n, token in enumerate(parse.tokens) if token.pos == "VERB" and fold(token.lemma) == lemma for m in parse.children[n])
    return any(
        parse.tokens[m].dep in {"npadvmod", "advmod"} and any(parse.word(k).casefold() in _FROM_THEN for k in parse.subtree(m))
        for m in near
        if any(parse.tokens[k].entity in TIMES for k in parse.subtree(m))
    )


@remembered
def dated(parse: Parse) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the verbs that stand with a day, a month or a year, each with these."""
    told: list[tuple[str, frozenset[str]]] = []
    for n, token in enumerate(parse.tokens):
        if token.pos != "VERB":
            continue
        near = [m for m in parse.children[n] if parse.tokens[m].dep in {"prep", "npadvmod", "advmod"}]
        found = {_when(t[0]) for m in near for t in _TIMES.finditer(" ".join(parse.word(k) for k in parse.subtree(m)))}
        if found:
            told.append((fold(token.lemma), frozenset(found)))
    return tuple(told)


def _kinds(when: frozenset[str]) -> set[str]:
    return {"year" if one[0].isdigit() else "day" if one.endswith("day") else "month" for one in when}


def _turned(pair: Pair) -> str:
    """Return an order of two events that the evidence has the other way round, or gives in no way."""
    given = [order for parse in pair.evidence for order in _orders(parse)]
    for first, second in _orders(pair.claim):
        kept = max(
            (len(first & earlier) + len(second & later) for earlier, later in given if first & earlier and second & later), default=0
        )
        turned = max(
            (len(first & later) + len(second & earlier) for earlier, later in given if first & later and second & earlier), default=0
        )
        if turned > kept:
            return "the order in time is turned"
        if not given and not pair.lemmas & _ORDERS and _BEFORE & {fold(word.text) for word in words(pair.claim.text)}:
            return "the cited sentences give no order in time"
    return ""


def _orders(parse: Parse) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Yield what stands before what in time, as the lemmas of both sides of "before" and "after"."""
    for n, token in enumerate(parse.tokens):
        word = parse.word(n).casefold()
        if word not in _BEFORE | _AFTER or token.dep not in {"mark", "prep", "advmod"}:
            continue
        if token.dep == "mark":
            clause, above = token.head, parse.tokens[token.head].head
        else:
            below = parse.below(n, "pobj", "pcomp") or [k for m in parse.below(n, "prep") for k in parse.below(m, "pobj", "pcomp")]
            clause, above = (below[0], token.head) if below else (n, n)
        if clause == above or parse.tokens[clause].entity in TIMES:
            continue
        inner = set(parse.subtree(clause)) | {clause}
        outer = {above, *(m for m in parse.subtree(above) if m not in inner)}
        sides = (content(parse, outer), content(parse, inner))
        yield sides if word in _BEFORE else sides[::-1]
