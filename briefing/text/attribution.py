"""Who is said to have said a sentence, as far as its text shows without a parse: the names beside a verb of saying.

`language.attribution` reads it from the parse, and is the one to ask where there is one.
"""

import re

from briefing.text.names import names
from briefing.text.quotations import without_quotations
from briefing.text.words import fold, words

VERBS = frozenset(
    """
    said says say told tells stated states noted notes argued argues claimed claims claim reported reports report suggested suggests
    emphasized emphasised emphasizes emphasises warned warns cautioned cautions announced announces confirmed confirms acknowledged
    acknowledges remarked remarks insisted insists contended contends indicated indicates maintained maintains countered counters
    alleged alleges alleging concluded concludes underscored underscores reiterated reiterates asserted asserts asserting added adds
    wrote writes explained explains declared declares described describes replied denied denies admitted believes believe predicted
    vowed promised pledged recalled testified estimated articulated stressed stresses estimates conceded concedes hinted hints revealed
    reveals tweeted tweets posted accused accuses blamed blames cited cites quoted quotes found finds find showed shows show ruled rules
    complained complains commented lamented joked expect expects suspect suspects argue warn insist admit admits allege predict predicts
    fear fears contend acknowledge deny confirm
    """.split()
)
_NOUNS = frozenset("claims claim report reports notes states estimates remarks promises show shows find finds".split())
_SAID = "|".join(sorted(VERBS))
_AFTER = re.compile(rf"(?:,[^,.]{{1,80}},)?\s+(?:\w+ly |also |later |ha[sd] |have ){{0,2}}(?:{_SAID})\b")
_BEFORE = re.compile(rf"\b(?:[Aa]ccording to|[Cc]iting|[Qq]uoting|(?:{_SAID})(?: by)?)\s+(?:(?:the|an?|[a-z]+)\s+){{0,3}}$")
_REACH = 120  # characters beside a name that are looked at


def speakers(text: str) -> list[str]:
    """Return the names in a text that say something in it, outside its quotations, in order."""
    bare = without_quotations(text)
    return [
        name.text
        for name in names(text)
        if bare[name.start : name.end].strip()
        and (_AFTER.match(bare[name.end : name.end + _REACH]) or _BEFORE.search(bare[max(0, name.start - _REACH) : name.start]))
    ]


def says(text: str) -> bool:
    """Return whether somebody says something in a text, outside its quotations."""
    bare = without_quotations(text)
    return "ccording to" in bare or any((folded := fold(word.text)) in VERBS and folded not in _NOUNS for word in words(bare))
