"""The values that candidates give for one thing: the newest of several, and the parts of a sum that no sentence gives whole.

Plain code over parses; nothing is added up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.language.base import Parse
from briefing.language.conversions import converted
from briefing.language.parties import joined
from briefing.language.quantities import quantities
from briefing.stages.measured import alike
from briefing.text.questions import kind
from briefing.text.variants import known
from briefing.text.words import fold, words

_TOGETHER = re.compile(
    r"\b(?:together|altogether|combined|overall|both|in all|(?:in )?total|they|them|the (?:two|three|four|five))\b", re.IGNORECASE
)
_APART = frozenset("between among".split())


def summed(question: Parse) -> list[str]:
    """Return the names over which a question asks for one number ("how many in Velm and Osk"), none where it asks for no sum."""
    if kind(question.text) != "number":
        return []
    for n, token in enumerate(question.tokens):
        several = [n, *joined(question, n)]
        named = all(question.tokens[m].pos == "PROPN" for m in several)
        if len(several) < 2 or not named or token.dep == "conj" or question.word(token.head).casefold() in _APART:
            continue
        one_name = any(entity.first <= several[0] and several[-1] < entity.last for entity in question.entities)
        if not one_name and not any(question.word(m).casefold() == "or" for k in several for m in question.below(k, "cc")):
            return [question.word(m) for m in several]
    return []


def held(names: Sequence[str], text: str) -> list[str]:
    """Return which of some names a text has in any of their forms; all of them where it tells of them together."""
    there = known(text)
    found = [name for name in names if any(there.holds(fold(word.text)) for word in words(name))]
    return list(names) if _TOGETHER.search(text) else found


def differ(one: Parse, other: Parse, question: Parse) -> bool:
    """Return whether two passages give different values of one thing that a question asks for."""
    told = {quantity.key for quantity in quantities(question)}
    mine, theirs = ([quantity for quantity in quantities(parse) if quantity.key not in told] for parse in (one, other))
    if any(a.key in {b.key, converted(b, a).key} or b.key == converted(a, b).key for a in mine for b in theirs):
        return False
    return any(alike(a, one, b, other) for a in mine for b in theirs)
