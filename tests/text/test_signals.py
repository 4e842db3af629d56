"""Small words that turn the meaning of a sentence."""

import pytest

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


def test_the_writers_judgement_is_told_from_an_event() -> None:
    assert signals.judging("It has left many questioning the effort")
    assert not signals.judging("A drone damaged a pump")
    assert signals.happening("A drone damaged a pump")
    assert not signals.happening("The sky over the sea is blue")
