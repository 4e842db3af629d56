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


def test_doubt() -> None:
    assert signals.doubts("Trump reportedly left; the alleged plan") == {"reportedly", "alleged"}
    assert signals.doubts("It is unconfirmed.")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("He went.", "He left.", True),
        ("He went.", "He did not go.", False),
        ("Nobody went.", "He did not go.", True),
        ("He went.", "He allegedly went.", False),
        ("Reportedly he did not go.", "He did not go.", False),
    ],
)
def test_two_texts_are_as_sure_as_each_other(one: str, other: str, alike: bool) -> None:
    assert signals.as_sure(one, other) is signals.as_sure(other, one) is alike


def test_hearsay_hedges() -> None:
    assert signals.hedges("He was said to have left") == {"was said to"}
    assert signals.hedges("He left, according to Oslo.") == {"according to"}
    assert signals.hedges("He reportedly left.") == {"reportedly"}
    assert not signals.hedges("He said he left.")


@given(st.text())
def test_the_wide_lists_hold_the_narrow_ones(text: str) -> None:
    assert signals.hedges(text) >= signals.doubts(text)
