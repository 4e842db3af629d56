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


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("an e-mail", "an email"),
        ("an e-mail", "email"),
        ("cease-fire", "ceasefire"),
        ("health care", "healthcare"),
        ("a vice-chair", "vice chair"),
    ],
)
def test_what_is_one_word_with_and_without_hyphens_and_spaces(parser: Parser, was: str, now: str) -> None:
    told = "The mayor of Velm wrote in {} to the Courier that 14 workers had left the port of Aster."
    one, other = parser.parse([told.format(was), told.format(now)])
    assert not apart(one, other)
    assert not apart(other, one)


def test_words_that_only_look_like_one(parser: Parser) -> None:
    one, other = parser.parse(
        [f"The plan for the port of Aster is {word}, the mayor of Velm said on Monday." for word in ("notable", "not able")]
    )
    assert apart(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("All passengers survived the crash near Osk.", "No passengers survived the crash near Osk."),
        ("Passengers survived the crash near Osk.", "No passengers survived the crash near Osk."),
        ("Every school in Brell will close on Friday.", "No school in Brell will close on Friday."),
        ("Both pilots survived the crash near Osk.", "Neither pilot survived the crash near Osk."),
        ("Police shot a man in Velm on Monday.", "A man shot the police in Velm on Monday."),
        ("Osk beat Norrland in the final on Sunday.", "Norrland beat Osk in the final on Sunday."),
        ("Norrland sent Brell 40 tanks.", "Brell sent Norrland 40 tanks."),
    ],
)
def test_none_for_all_and_exchanged_parties_tell_another_thing(parser: Parser, one: str, other: str) -> None:
    first, second = parser.parse([one, other])
    assert apart(first, second)
    assert apart(second, first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("All schools in Brell will close on Friday.", "Every school in Brell will close on Friday."),
        ("All passengers survived the crash near Osk.", "The passengers survived the crash near Osk."),
        ("Some trains were cancelled on Monday.", "Trains were cancelled on Monday."),
        ("The ferry Marit sank in a storm off Tarn on Tuesday.", "On Tuesday the ferry Marit sank off Tarn in a storm."),
        ("Norrland sent Brell 40 tanks.", "Norrland sent 40 tanks to Brell."),
        ("Hugo Marn met Ida Lund in Velm on Monday.", "Ida Lund met Hugo Marn in Velm on Monday."),
        ("Norrland and Osk signed a treaty on Monday.", "Osk and Norrland signed a treaty on Monday."),
    ],
)
def test_as_many_and_another_order_tell_the_same(parser: Parser, one: str, other: str) -> None:
    first, second = parser.parse([one, other])
    assert not apart(first, second)
    assert not apart(second, first)


HALF = "The mayor of Velm, Peter Lund, said on Friday that a new school will open in the north of Osk."


def test_sentences_that_are_not_nearly_alike_are_not_judged(parser: Parser) -> None:
    one, *others = parser.parse([SENTENCE, HALF, "Fourteen workers left Aster, the mayor of Velm denied.", "Rain fell in Orlin.", ""])
    assert not any(apart(one, other) for other in (*others, Parse(SENTENCE.replace("left", "reached"))))
