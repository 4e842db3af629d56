"""Small words that turn the meaning of a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text import signals


@pytest.mark.parametrize("text", ["He did not go.", "He didn’t go.", "He doesn't go.", "Nobody went.", "without him", "It is unlikely."])
def test_negation(text: str) -> None:
    assert signals.negations(text)


@pytest.mark.parametrize("text", ["He went.", "notable", "Norway", "another knot", "", "市長"])
def test_no_negation(text: str) -> None:
    assert not signals.negations(text)


def test_contractions_deny_like_the_whole_word() -> None:
    assert signals.negations("It doesn’t") == signals.negations("It does not") == {"not"}


def test_refusal_doubt_and_possibility() -> None:
    assert signals.refusals("Bulgaria reiterated its refusal and ruled it out") == {"refusal", "ruled"}
    assert signals.refusals("a lack of progress")
    assert signals.doubts("Trump reportedly left; the alleged plan") == {"reportedly", "alleged"}
    assert signals.doubts("It is unconfirmed.")
    assert {"may", "if"} <= signals.possibilities("may abandon it if efforts fail")
    assert signals.possibilities("a readiness to send")
    assert not signals.possibilities("troops landed")


@pytest.mark.parametrize(
    "text", ["He was unwilling.", "talks instead of war", "He is far from sure.", "It ended.", "a non-member", "He won’t."]
)
def test_denial_in_other_words(text: str) -> None:
    assert signals.denials(text)


@pytest.mark.parametrize("text", ["It is unknown.", "Units left.", "a dish", "He went.", ""])
def test_no_denial(text: str) -> None:
    assert not signals.denials(text)


def test_hearsay_hedges() -> None:
    assert signals.hedges("He was said to have left") == {"was said to"}
    assert signals.hedges("He left, according to Oslo.") == {"according to"}
    assert signals.hedges("He reportedly left.") == {"reportedly"}
    assert not signals.hedges("He said he left.")


@pytest.mark.parametrize(
    "text", ["He told them.", "They urged calm.", "in a statement", "According to Oslo", "It was portrayed so.", "Oslo’s view"]
)
def test_words_of_saying_asking_and_meaning(text: str) -> None:
    assert signals.tellings(text)


@pytest.mark.parametrize("text", ["He left.", "The port of Brell.", "a notebook", "the station", ""])
def test_no_words_of_saying(text: str) -> None:
    assert not signals.tellings(text)


def test_what_is_open_and_what_is_only_planned() -> None:
    assert "is to" in signals.openings("Oslo is to meet Brell.")
    assert signals.openings("a bid for peace")
    assert signals.openings("It may open.") >= signals.possibilities("It may open.") == {"may"}
    assert not signals.openings("Oslo met Brell.")
    assert signals.plans("It will open; he plans it.") == {"will", "plans"}
    assert not signals.plans("He wants it and urged it.")


@given(st.text())
def test_the_wide_lists_hold_the_narrow_ones(text: str) -> None:
    assert signals.denials(text) >= signals.negations(text) | signals.refusals(text)
    assert signals.hedges(text) >= signals.doubts(text)
    assert signals.openings(text) >= signals.possibilities(text)
