"""What must stay in a sentence whatever is cut: what denies, limits, counts, doubts, dates, says, or makes another person of somebody.

Each set holds lemmas and words of one reason; a constituent with one of them is never cut.
"""

from __future__ import annotations

from briefing.language.base import MEASURES, Parse
from briefing.language.verbs import SAYING
from briefing.text.calendar import MONTHS, WEEKDAYS
from briefing.text.numbers import numbers
from briefing.text.quotations import quotations
from briefing.text.signals import doubts, negations

_CHANGING = frozenset(
    """
    former formerly ex vice deputy acting interim elect late outgoing incoming retired ousted assistant associate candidate nominee honorary
    son daughter wife husband widow brother sister father mother parent child cousin nephew niece uncle aunt partner spouse suspect
    """.split()
)  # make another person of whom they describe, or say as whom the person is told of
_FOR_OTHERS = frozenset(
    "spokesman spokeswoman spokesperson lawyer attorney counsel representative advocate envoy ambassador".split()
)  # whose words
DENYING = frozenset(
    "no not never without nor neither none nobody nothing deny refuse fail reject decline lack hardly barely rarely except".split()
)
"""Words and lemmas that deny."""

_LIMITING = frozenset("only least most half dozen hundred thousand million billion percent exactly nearly almost about least than".split())
_DOUBTING = frozenset(
    """
    allege allegedly reportedly purportedly supposedly apparently seemingly perhaps possibly probably likely unlikely potential potentially
    if unless whether until till would could should may might seem appear suspect expect plan intend hope charge unclear
    """.split()
)  # what is said, doubted, planned or conditional stays so
_SAID_IN = frozenset("statement interview email tweet post letter filing".split())  # where something was said
_TURNING = frozenset("but rather instead unlike despite although though whereas while contrary".split())  # a contrast carries the sense
_TIMES = frozenset(
    "today yesterday tomorrow tonight now ago then when since before after during once recently previously currently".split()
) | {name for name in (*WEEKDAYS, *MONTHS) if name != "may"}


def holds(parse: Parse, first: int, last: int, *, counted: bool = True, spoken: bool = True) -> bool:
    """Return whether tokens `first` to `last` hold something that must stay.

    With `counted` False numbers and times may go, but not their limits; with `spoken` False a verb of saying may.
    """
    for n in range(first, last):
        token = parse.tokens[n]
        word, lemma = parse.word(n).casefold(), token.lemma.casefold()
        if token.dep in {"neg", "agent"} or token.tag == "MD" or word.endswith(("n’t", "n't")):
            return True
        if counted and (token.entity in MEASURES or token.pos == "NUM" or any(char.isdigit() for char in word) or word in _TIMES):
            return True
        if {word, lemma} & (DENYING | _LIMITING | _DOUBTING | _TURNING | _CHANGING | _FOR_OTHERS | _SAID_IN):
            return True
        if spoken and (lemma in SAYING or word == "according"):
            return True
        if any(part in _CHANGING for part in word.split("-")) or word in '"“”‘«»':
            return True
    return False


def carries(words: str) -> bool:
    """Return whether words deny, doubt, count or quote."""
    return bool(negations(words) or doubts(words) or numbers(words, vague=False) or quotations(words))
