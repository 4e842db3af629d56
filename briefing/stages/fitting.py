"""A question beside a passage, by the parse of both: what the passage has that no answer has.

question, passage ─ who does what to whom, denied or not, what is counted, which year ─► why it is no answer, or ""

Plain code, which says no only where the passage tells the same verb, noun or kind of number otherwise; all else is the judge's. Of a text
that was not parsed nothing is said.
"""

from __future__ import annotations

import re
from decimal import Decimal

from briefing.language.base import VERBS, Parse
from briefing.language.conversions import measure
from briefing.language.facts import Fact
from briefing.language.phrases import human
from briefing.language.quantities import Quantity, quantities
from briefing.language.units import MEASURES, MONEY, SPANS, singular
from briefing.stages.certainty import over
from briefing.stages.compared import Pair, actors
from briefing.stages.figures import moved
from briefing.stages.measured import no_person, of_another_fate, unmeasured
from briefing.stages.missed import missed
from briefing.stages.premises import asked, asks, opposite, rest
from briefing.stages.timed import untimed
from briefing.stages.titles import titled
from briefing.stages.unmet import unmet
from briefing.text.calendar import YEAR
from briefing.text.words import fold

_YEAR = re.compile(rf"\b{YEAR}\b")
_SINCE = re.compile(r"\b(?:since|from)\b", re.IGNORECASE)
_DAY = re.compile(r"\b(?:today|yesterday|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
_ELSE = re.compile(
    r"\b(?:no|not|none|nobody|nothing|neither|nor|never|without|except|but|only|while|whereas|others?|rest|against)\b|n['’]t\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\b(?:no|none|nobody|nothing|neither)\b", re.IGNORECASE)
_ACTING, _FORMER = frozenset({"acting"}), frozenset({"former"})
_VAGUE = frozenset("no several many few both all half most".split())


def unfit(question: Parse, passage: Parse, published: str = "") -> str:
    """Return why a passage is no answer to a question ("tells who did, not who did not"), or "" where nothing tells.

    `published` is the ISO date of the passage's article, "" where it has none.
    """
    if not (question.tokens and passage.tokens):
        return ""
    pair = Pair(question, (passage,))
    counted = _uncounted(pair) or of_another_fate(question, passage)
    parts = _exchanged(pair) or _denied(pair) or _of_another_office(pair) or over(pair)
    return (
        parts
        or counted
        or missed(question, passage)
        or unmet(question, passage)
        or ("tells of another time" if moved(pair) else "")
        or _of_another_year(pair, published)
        or _of_no_kind(pair, published)
    )


def long_past(passage: Parse, published: str) -> bool:
    """Return whether a passage tells of years before the one in which its article appeared, and of none since then."""
    told = _YEAR.findall(passage.text)
    return bool(told and published) and max(told) < published[:4] and not _SINCE.search(passage.text)


def elliptical(question: Parse, passage: Parse) -> bool:
    """Return whether a passage has somebody in the place that a question asks for, and leaves out all else that the question says of it.

    Of "Which country did not sign the treaty?" that is "Sandvik did not sign.": what, the sentence before tells.
    """
    if not (question.tokens and passage.tokens):
        return False
    for fact, found in Pair(question, (passage,)).matched:
        place = _asked_place(fact)
        others = fact.parties.keys() - {place}
        if place and others and fact.verb and not fact.light:
            told = [other for other in found if other.standing.denied == fact.standing.denied and not others & other.parties.keys()]
            if any(not one.vague for other in told for one in other.parties.get(place, ())):
                return True
    return False


def _asked_place(fact: Fact) -> str:
    """Return the place of a fact that a question asks for ("s" of "who signed"), "" where it asks for none of them."""
    parse = fact.parse
    heads = {fold(parse.word(m)) for m in parse.children[fact.n] if asks(parse, m)}
    return next((p for p, several in fact.parties.items() for one in several if one.words & heads or fold(one.shown) in heads), "")


def _exchanged(pair: Pair) -> str:
    """Return that somebody has another part in what the question asks about."""
    return "tells of it with other parts: who does it, and to whom" if actors(pair) else ""


def _denied(pair: Pair) -> str:
    """Return that a passage tells who did what a question asks who did not, or the other way round; "nobody" answers."""
    for fact in pair.told:
        if fact.light or fact.lemma.endswith((" of", " named")) or not asked(fact):
            continue
        left = rest(fact)
        words = frozenset(word for who in left.values() for one in who for word in one.words | one.of)
        others = [
            (other, against)
            for other in pair.given
            if (against := opposite(fact, other)) is not None and (words & other.words or not words) and not pair.exchanged(fact, other)
        ]
        if others and all((other.standing.denied ^ against) != fact.standing.denied for other, against in others):
            if fact.standing.denied or any(against for _, against in others):
                return "" if _ELSE.search(pair.cited) else "tells who did, not who did not"
            if not _NOBODY.search(pair.cited):
                return "tells who did not, not who did"
    return ""


def _of_another_office(pair: Pair) -> str:
    """Return that a passage tells of who has another office than the question asks who has: of a deputy, a former one, one elect."""
    question, (passage,) = pair.claim, pair.evidence
    below = question.children[question.root] if question.root >= 0 and question.tokens[question.root].lemma == "be" else ()
    if not any(question.word(n).casefold() == "who" for n in below):
        return ""
    before = question.word(question.root).casefold() in {"was", "were"}
    for title in titled(question):
        there = [other.changing for other in titled(passage) if other.noun == title.noun]
        licensed = {title.changing, *(() if title.changing else (_ACTING, *((_FORMER,) if before else ())))}
        if title.n in below and not title.changing & _FORMER and there and licensed.isdisjoint(there):
            return f"tells of another office than “{question.word(title.n)}”"
    return ""


def _uncounted(pair: Pair) -> str:
    """Return that none of a passage's numbers counts what the question asks the number of."""
    question, (passage,) = pair.claim, pair.evidence
    head = _counted(question)
    if head < 0:
        return ""
    noun, shown = singular(question.word(head)), question.word(head)
    much = question.tokens[head].tag == "NN" and any(question.word(n).casefold() == "much" for n in question.children[head])
    told = {value for one in quantities(question) for value in (one.low, one.high)}
    by = any(question.word(n).casefold() == "by" for n in range(head))
    given = [
        one
        for one in quantities(passage)
        if one.unit not in {"th", "clock", "times"} and not {one.low, one.high} <= told and (by or one.way != "by")
    ]
    if not given:
        return ""  # "several", "none", "half of them": for the judge
    nouns = {singular(passage.word(n)) for n, token in enumerate(passage.tokens) if token.pos in {"NOUN", "PROPN"}}
    of = [singular(question.word(k)) for m in question.below(head, "prep") if question.word(m) == "of" for k in question.below(m, "pobj")]
    vague = any(
        singular(passage.word(n)) == noun and any(passage.word(m).casefold() in _VAGUE for m in passage.children[n])
        for n in range(len(passage.tokens))
    )
    measured = much and noun not in MEASURES and any(one.unit in MEASURES for one in given)  # "litres" for "how much water"
    if vague or measured or any(_counts(one, noun, of, nouns) and not no_person(noun, passage, one) for one in given):
        return ""
    return f"gives no number of {' of '.join([shown, *of])}"


def _counts(one: Quantity, noun: str, of: list[str], nouns: set[str]) -> bool:
    """Return whether a quantity can be the number of what is asked for; `nouns` are those of its sentence."""
    if noun in MEASURES:
        group = SPANS if noun in SPANS else MONEY if noun in MONEY else {noun}
        return (one.unit in group or measure(one.unit) == measure(noun) != "") and (not of or bool(set(of) & nouns))
    if one.unit and one.unit != "%":
        return False
    if one.noun in {"", noun} or (noun == "person" and human(one.noun)) or (one.noun == "person" and human(noun)) or one.low < Decimal(1):
        return True
    return noun not in nouns  # "munitions" for "rounds"


def _counted(question: Parse) -> int:
    """Return the noun that "how many" or "how much" asks the number of, -1 where there is none."""
    for n in range(1, len(question.tokens)):
        if question.word(n).casefold() in {"many", "much"} and question.word(n - 1).casefold() == "how":
            head = question.tokens[n].head
            noun = question.tokens[n].dep in {"amod", "nummod", "det"} and question.tokens[head].pos in {"NOUN", "PROPN"} and head > n
            if noun and not any(question.tokens[m].pos in VERBS for m in range(n, head)):  # in "did it cost" a verb
                return head
    return -1


def _of_no_kind(pair: Pair, published: str) -> str:
    """Return that a passage has no length, sum or time of the kind that a question asks for."""
    question, (passage,) = pair.claim, pair.evidence
    return unmeasured(question, passage) or untimed(question, passage, published)


def _of_another_year(pair: Pair, published: str) -> str:
    """Return that a passage tells of another year than the question asks about, or of one long before where it asks about these days."""
    told = set(_YEAR.findall(pair.cited))
    asked = set(_YEAR.findall(pair.claim.text))
    if not told or (asked and asked & told):
        return ""
    recent = not asked and _DAY.search(pair.claim.text) and published and published[:4] not in told
    return f"tells of {min(told)}" if (asked or recent) and not _DAY.search(_YEAR.sub("", pair.cited) if recent else "") else ""
