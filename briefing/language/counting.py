"""What a number of a parsed sentence counts or measures: its unit, the noun, and the preposition before it. The number itself is given.

In a sentence that was not parsed, the word after a number is what it counts.
"""

from __future__ import annotations

import re

from briefing.language.base import VERBS, Parse
from briefing.language.numerals import SCALES
from briefing.language.units import LENGTHS, MEASURES, singular

_SKIPPED = frozenset("more other new additional further the and for from with per than has was will who that are were have had".split())
_NOUNS = frozenset({"NOUN", "PROPN"})  # "40 percent of those" counts what stands before
_AFTER_NUMBER = re.compile(r"[ \u00a0-]?(?:(?P<power>square|sq|cubic)\.?[ \u00a0-])?(?P<word>°[CF]?|[^\W\d_]+)", re.IGNORECASE)


def what(parse: Parse, n: int, end: int, money: str) -> tuple[str, str, str]:
    """Return the unit of the number at token `n`, the noun that it counts, and the preposition before; `money` is its unit if known."""
    after = _AFTER_NUMBER.match(parse.text, end)
    following = money or (_measure(after["power"] or "", singular(after["word"])) if after else "")
    if following.endswith("watt") and re.match(r"[ \u00a0-]?[a-z]+[ -]hours?\b", parse.text[end:], re.IGNORECASE):
        following += "-hour"
    if not 0 <= n < len(parse.tokens):
        named = re.match(r" [A-Z]\w+ ([a-z]{3,})", parse.text[end:])  # "92 Ukrainian drones"
        noun = singular(named[1]) if named else following if after and after["word"].islower() and len(following) > 2 else ""
        return (following, "", "") if money or following in MEASURES else ("", "" if noun in _SKIPPED else noun, "")
    head = n
    while (
        parse.tokens[head].dep in {"nummod", "compound", "quantmod", "nmod", "dep", "punct", "npadvmod", "advmod"}
        and parse.tokens[head].head != head
    ):
        if parse.tokens[parse.tokens[head].head].pos in VERBS:
            break
        head = parse.tokens[head].head
    lemma = singular(parse.tokens[head].lemma if parse.tokens[head].pos in {"NOUN", "PROPN"} else "")
    unit = following if money or following in MEASURES else lemma if lemma in MEASURES else ""
    above = parse.tokens[head].head if parse.tokens[head].dep in {"pobj", "appos"} else head
    way = parse.word(above).casefold() if parse.tokens[head].dep == "pobj" else ""
    if not unit:
        beside = parse.at(end + 1)
        counts = beside < len(parse.tokens) and parse.tokens[beside].pos in {"NOUN", "PROPN", "ADJ"}
        return "", lemma if head != n and lemma and lemma not in SCALES else following if counts else "", way
    if money and parse.tokens[head].start >= end and lemma not in {*MEASURES, *SCALES, money, ""}:  # "a $5 million loan"
        return unit, lemma, way
    for m in [*parse.children[head]]:  # "40 million crowns of debt"
        if parse.word(m) == "of" and (of := parse.below(m, "pobj")):
            return unit, singular(parse.tokens[of[0]].lemma) if parse.tokens[of[0]].pos in _NOUNS else "", way
    over = parse.tokens[above].head if way == "of" else -1  # "a loss of 40 million crowns"
    return unit, singular(parse.tokens[over].lemma) if over >= 0 and parse.tokens[over].pos == "NOUN" else "", way


def _measure(power: str, unit: str) -> str:
    """Return a unit of length with its power: "square-mile" of "sq miles"; what is none as the word that stands behind the number."""
    if not power:
        return unit
    return f"{'cubic' if power.casefold() == 'cubic' else 'square'}-{unit}" if unit in LENGTHS else singular(power)
