"""Loaded wording: found outside quotation marks or as scare quotes, replaced by nothing that is loaded itself, or what it is told with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.lexicon import TERMS
from briefing.text.loaded import loaded, neutral
from briefing.text.quotations import quoted_parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ukraine’s Dictator met them.", "Ukraine’s leader met them."),
        ("the so-called peacekeepers", "the peacekeepers"),
        ("He called it “a brutal regime.”", "He called it “a brutal regime.”"),
        ("mere posturing, he said", "statements for effect, he said"),
        ("They, shockingly, left.", "They left."),
        ("An evil regime fell.", "A government fell."),
        ("It is brutal.", "It is brutal."),
        ("He acted recklessly and left.", "He acted and left."),
        ("He acted brutally, police said.", "He acted, police said."),
        ("They recklessly and brutally attacked.", "They attacked."),
        ("The long, brutal war ended.", "The long war ended."),
        ("Soldiers and brutal gangs left.", "Soldiers and gangs left."),
        ("The soldiers called Assad a dictator.", "The soldiers called Assad a dictator."),
        ("The so-called “experts” left.", "The so-called “experts” left."),
        ("Their “peace plan” failed.", "Their plan failed."),
        ("Shockingly, they left.", "They left."),
        ("He said “a  brutal  , end” and left.", "He said “a  brutal  , end” and left."),
        ("Dictators and regimental bands", "Dictators and regimental bands"),
        ("", ""),
    ],
)
def test_neutral(text: str, expected: str) -> None:
    assert neutral(text) == expected


def test_no_entry_is_replaced_by_another() -> None:
    assert len({term.word for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert term.reason
        assert not loaded(term.instead), term
        assert any([hit.term.word for hit in loaded(before + term.word)] == [term.word] for before in ("", "The Ukrainian "))


@given(st.lists(st.sampled_from(["“", "”", " brutal", " regime", " so-called", " port", ",", "  "])).map("".join))
def test_what_is_quoted_stays(text: str) -> None:
    assert quoted_parts(neutral(text)) == quoted_parts(text)
    assert len(loaded(neutral(text))) <= len(loaded(text))
