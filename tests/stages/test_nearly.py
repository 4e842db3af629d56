"""Sentences that differ by a word or two: which words make another sentence of one, and which do not."""

from __future__ import annotations

import pytest

from briefing.language.base import Parse, Parser
from briefing.stages.nearly import apart

SENTENCE = "The mayor of Velm, Peter Lund, said on Monday that 14 workers had left the port of Aster."


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("The mayor", "The deputy mayor"),
        ("14 workers", "14 former workers"),
        ("14 workers", "about 14 workers"),
        ("had left", "had not left"),
        ("had left", "may have left"),
        ("left", "reached"),
        ("workers", "soldiers"),
        ("Monday", "Friday"),
        ("said", "denied"),
        ("14", "15"),
        ("Velm", "Osk"),
        ("left the port", "left for the port"),
    ],
)
def test_what_makes_another_sentence(parser: Parser, was: str, now: str) -> None:
    assert was in SENTENCE
    one, other = parser.parse([SENTENCE, SENTENCE.replace(was, now, 1)])
    assert apart(one, other)
    assert apart(other, one)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("", ""),
        ("The mayor", "A mayor"),
        (" on Monday", ""),
        ("said", "told reporters"),
        ("said", "stated"),
        ("14", "fourteen"),
        ("The mayor", "Meanwhile, the mayor"),
        ("Peter Lund", "Mr. Peter Lund"),
        ("on Monday", "late on Monday"),
        (".", "!"),
    ],
)
def test_what_does_not(parser: Parser, was: str, now: str) -> None:
    one, other = parser.parse([SENTENCE, SENTENCE.replace(was, now, 1)])
    assert not apart(one, other)
    assert not apart(other, one)


HALF = "The mayor of Velm, Peter Lund, said on Friday that a new school will open in the north of Osk."


def test_sentences_that_are_not_nearly_alike_are_not_judged(parser: Parser) -> None:
    one, *others = parser.parse([SENTENCE, HALF, "Fourteen workers left Aster, the mayor of Velm denied.", "Rain fell in Orlin.", ""])
    assert not any(apart(one, other) for other in (*others, Parse(SENTENCE.replace("left", "reached"))))
