"""What a question asks for, as far as its words tell: a number, a time, a person, a place, a yes or no.

Rules for English; a question they do not understand asks for anything. Nothing here decides what answers it, only what cannot.
"""

import re
from typing import Literal

from briefing.text.dates import moments
from briefing.text.names import name_words, names
from briefing.text.numbers import numbers
from briefing.text.variants import country
from briefing.text.words import fold, words

Kind = Literal["number", "time", "person", "place", "reason", "yes or no", "anything"]

_NUMBER = re.compile(
    r"\bhow (?:many|much|often|old|long|far|large|big|high)\b|"
    r"\b(?:what|which) (?:[a-z]+ )?(?:number|amount|sum|share|percentage|proportion|price|cost|rate|total|figure|size|turnout|speed|distance|"
    r"height|weight|length|temperature|salary)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\bwhen\b|\b(?:what|which|on what|in what|in which|on which) (?:\w+ )?(?:day|date|year|month|week|weekday|time)\b", re.IGNORECASE
)
_PERSON = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_PLACE = re.compile(r"\bwhere\b|\b(?:what|which) (?:city|town|place|capital|venue|location)\b", re.IGNORECASE)
_REASON = re.compile(r"\bwhy\b|\b(?:what|which) (?:reason|cause)\b|\bhow come\b", re.IGNORECASE)
_YES_NO = re.compile(
    r"^\W*(?:and |but |so )?(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)(?:n['’]t)?\b",
    re.IGNORECASE,
)
_ANYTHING = re.compile(r"\b(?:what|which|how)\b", re.IGNORECASE)
_ANY_TIME = re.compile(
    r"\b(?:today|tonight|overnight|yesterday|tomorrow|dawn|morning|noon|midnight|afternoon|evening|night|by the time|during|hours?|days?|weeks?|months?|years?|decades?|century|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|soon|after|before|while|until|since|once|when)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:no|none|several|dozens?|hundreds|thousands|millions|many|few|both|all|half|most|any)\b", re.IGNORECASE)
_HOW_LONG = re.compile(r"\bhow (?:long|far|old)\b", re.IGNORECASE)
_A_SPAN = re.compile(
    r"\b(?:an?|for) (?:\w+ )?(?:minute|hour|day|night|week|month|year|decade|centur(?:y|ies)|generation)s?\b|"
    r"\b(?:twen|thir|for|fif|six|seven|eigh|nine)ties\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b(?:officials?|diplomats?|spokes\w+|analysts?|experts?|leaders?|ministers?|sources?|people|ministry|government|court|police|army|"
    r"forces|party|union|company|allies|members|countries|states|nations|president|lawmakers|critics|residents|witnesses|authorities)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:which|what|whose) (?:\w+ )?(?!is\b|was\b|does\b|has\b|this\b)\w+[^\Wsu]s\b|"
    r"\b(?:both|each|all|every|list|sides?|compare\w*|differ\w*|contradict\w*|(?:dis)?agree\w*|respectively|various|reports|sources|together)\b",
    re.IGNORECASE,
)
_AND_WHAT = re.compile(r"^\W*(?:(?:and |but |so )?(?:what|how) about|and(?: for| in| of)?) (?P<what>[^?]+?)\s*\?*\s*$", re.IGNORECASE)
SOMEONE = re.compile(r"\b(?:he|she|they|it|him|them|his|her|their|its)\b", re.IGNORECASE)
"""Pronouns that may mean whom or what another sentence names."""

_ASKING = frozenset("who whom whose what when where why how which many much does did do was were is are tell say said".split())


def kind(question: str) -> Kind:
    """Return what a question asks for: what its first word of asking tells."""
    patterns: dict[Kind, re.Pattern[str]] = {
        "number": _NUMBER, "time": _TIME, "yes or no": _YES_NO, "person": _PERSON, "place": _PLACE, "reason": _REASON
    }  # fmt: skip
    found = {name: m.start() for name, pattern in patterns.items() if (m := pattern.search(question))}
    if asking := _ANYTHING.search(question):
        found.setdefault("anything", asking.start())
    return min(found, key=lambda name: found[name], default="anything")  # of two at one place the first: "which city" is a place


def lacking(question: str, passage: str) -> str:
    """Return what a passage has not that every answer has ("names no time"), or "" where nothing tells."""
    asked = kind(question)
    counted = numbers(passage) - numbers(question) or _COUNTED.search(passage)
    if asked == "number" and not (counted or (_HOW_LONG.search(question) and _A_SPAN.search(passage))):
        return "gives no number"
    if asked == "time" and not (moments(passage) or _ANY_TIME.search(passage) or numbers(passage, vague=False) - numbers(question)):
        return "names no time"
    if asked in {"person", "place"} and not _new_names(question, passage) and not (asked == "person" and _SOMEBODY.search(passage)):
        return "names nobody else" if asked == "person" else "names no other place"
    return ""


def _new_names(question: str, passage: str) -> set[str]:
    """Return the folded name words of a passage that the question has not in any case."""
    told = {fold(word.text) for word in words(question)}
    return {word for word in name_words(passage) if word not in told}


def several(question: str) -> bool:
    """Return whether a question asks for more than one thing: a list, both sides, what each says."""
    return bool(_SEVERAL.search(question))


def subjects(question: str) -> list[str]:
    """Return the names that a question mentions; its first word is none by itself."""
    found = names(question, frozenset(_ASKING))
    return [name.text for name in found if " " in name.text or question[: name.start].strip(" “\"‘'¿¡")]


def followed(question: str, before: str) -> str:
    """Return a question as it is meant after another: "what about Germany?" asks for Germany what was asked before.

    A name takes the place of the one name of its kind; where that is not clear, both questions stand side by side. Persons that are only
    "he" or "they" are those of the question before.
    """
    if not before:
        return question
    if m := _AND_WHAT.match(question):
        what = m["what"].strip()
        earlier = subjects(before)
        old = earlier[-1:] if len(earlier) == 1 else [name for name in earlier if bool(_places(name)) == bool(_places(what))]
        if len(old) == 1 and names(what):
            return before.replace(old[0], what, 1)
        return f"{before.rstrip('?. ')}, and what about {what}?"
    if (m := SOMEONE.search(question)) and not subjects(question) and (earlier := subjects(before)):
        possessive = m[0].lower() in {"his", "her", "their", "its"}
        return question[: m.start()] + earlier[0] + ("’s" if possessive else "") + question[m.end() :]
    return question


def _places(name: str) -> frozenset[int]:
    return frozenset().union(*(country(fold(part)) for part in name.split()))


def asks(text: str) -> bool:
    """Return whether a text ends as a question, in quotation marks or brackets too."""
    return text.rstrip("”\"’' )").endswith("?")
