"""Loaded wording: found outside quotation marks only, and replaced by nothing that is loaded itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.loaded import TERMS, loaded, neutral
from briefing.text.quotations import quoted_parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ukraine’s Dictator met them.", "Ukraine’s leader met them."),
        ("the so-called peacekeepers", "the peacekeepers"),
        ("He called it “a brutal regime.”", "He called it “a brutal regime.”"),
        ("mere posturing, he said", "statements for effect, he said"),
        ("They, shockingly, left.", "They, left."),
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
        assert [hit.term.word for hit in loaded(term.word)] == [term.word]


@given(st.lists(st.sampled_from(["“", "”", " brutal", " regime", " so-called", " port", ",", "  "])).map("".join))
def test_what_is_quoted_stays(text: str) -> None:
    assert quoted_parts(neutral(text)) == quoted_parts(text)
    assert not loaded(neutral(text))
