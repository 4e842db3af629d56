"""Whether two sentences count one thing differently: by the noun of both, or by what befell those whom they count ("killing nine").

Of which day each count is, and whether both can be right, this module does not know.
"""

from __future__ import annotations

from briefing.language.base import TIMES, Parse
from briefing.language.conversions import comparable, converted
from briefing.language.phrases import lemmas, name_words
from briefing.language.quantities import Quantity, quantities
from briefing.language.times import times
from briefing.stages.figures import UNITS, exclude, within
from briefing.stages.measured import fates
from briefing.stages.opposed import of_a_part
from briefing.text.words import fold

_PLACES = frozenset({"GPE", "LOC"})
_LASTING = UNITS | {""}  # units that alone do not say what is counted


def values_differ(one: Parse, other: Parse) -> bool:
    """Return whether two sentences count one thing differently, and have no value of that kind in common."""
    mine, theirs = quantities(one), quantities(other)
    return any(
        (_one_count(a, one, b, other) or a.unit not in _LASTING)
        and exclude(a, b, mine, theirs)
        and not any(within(x, converted(y, x)) for x in mine for y in theirs if x.unit == a.unit and comparable(x, y))
        for a in mine
        for b in theirs
    )


def counted_otherwise(one: Parse, other: Parse) -> bool:
    """Return whether two sentences give two bare counts of those whom the same befell, neither as the least nor as what it has risen to.

    Both must name the same places, and some where they count one noun: "Six died in Velm" and "forty died in Velm and Tarn" are both right.
    """
    mine, theirs = quantities(one), quantities(other)
    places = name_words(one, _PLACES)
    if places != name_words(other, _PLACES) or _sorts(one) != _sorts(other):  # the town of Velm, the province of Velm
        return False
    plain = [(a, b) for a in mine for b in theirs if not (a.bound or b.bound or "to" in {a.way, b.way})]
    same = ((a, b) for a, b in plain if (places or not (a.noun and b.noun)) and _of_one_fate(a, one, b, other))
    return any(exclude(a, b, mine, theirs) and not of_a_part(one, a.token, other, b.token) for a, b in same)


def tells_toll(parse: Parse, published: str) -> bool:
    """Return whether a sentence counts those whom something befell, of no other year than its article, and nothing that had been before."""
    befallen = any(not one.unit and fates(parse, one) for one in quantities(parse))
    other_year = any(time.date[:4] not in {"", published[:4]} for time in times(parse, published))
    return befallen and not other_year and not any(token.lemma == "have" and token.tag == "VBD" for token in parse.tokens)


def _sorts(parse: Parse) -> set[str]:
    """Return the nouns that say what kind of place a name is: "province" of "the province of Velm"."""
    nouns = {token.lemma.casefold() for n, token in enumerate(parse.tokens) if any(parse.word(m) == "of" for m in parse.below(n, "prep"))}
    return nouns & lemmas("places")


def outnumbered(one: Parse, other: Parse) -> bool:
    """Return whether another sentence counts more of those whom the same befell: forty dead, where one has twelve.

    Both must name one person, body or place.
    """
    mine, theirs = quantities(one), quantities(other)
    more = ((a, b) for a in mine for b in theirs if a.low < b.low and a.bound != "down" and _of_one_fate(a, one, b, other))
    grown = any(exclude(a, b, mine, theirs) and not of_a_part(one, a.token, other, b.token) for a, b in more)
    return grown and bool(_named(one) & _named(other))


def _named(parse: Parse) -> set[str]:
    return {fold(parse.word(n)) for n, token in enumerate(parse.tokens) if token.pos == "PROPN" and token.entity not in TIMES}


def _of_one_fate(a: Quantity, one: Parse, b: Quantity, other: Parse) -> bool:
    return _one_count(a, one, b, other) and bool(fates(one, a) & fates(other, b))


def _one_count(a: Quantity, one: Parse, b: Quantity, other: Parse) -> bool:
    """Return whether two values are counts of one noun, or where one of them has none, of those whom the same befell: "killing nine"."""
    if a.noun and b.noun:
        return a.noun == b.noun
    return not (a.unit or b.unit) and bool(fates(one, a) & fates(other, b))
