"""Small words that a claim may not add, and what in a source licenses them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.cues import contrary, new_cause, new_quantity, new_time


@pytest.mark.parametrize(
    ("claim", "source", "found"),
    [
        ("He left because of the strike.", "He left during the strike.", "because"),
        ("He left because of the strike.", "The strike made him leave, for that reason.", ""),
        ("The strike led to a closure.", "The strike went on. The port closed.", "led to"),
        ("The strike led to a closure.", "The port closed due to the strike.", ""),
        ("It closed in response to the strike.", "It closed. There was a strike.", "in response"),
        ("It closed in response to the strike.", "It closed after a strike.", ""),
        ("He spoke in order to calm them.", "He spoke. They were calm.", "in order to"),
        ("He spoke in order to calm them.", "He was trying to calm them.", ""),
        ("BECAUSE OF THE STRIKE", "a strike", "BECAUSE"),
        ("Therefore", "", "Therefore"),
        ("", "", ""),
    ],
)
def test_a_cause_needs_one(claim: str, source: str, found: str) -> None:
    assert new_cause(claim, source) == found


@pytest.mark.parametrize(
    ("claim", "source", "found"),
    [
        ("Only Oslo agreed.", "Oslo agreed.", "Only"),
        ("Only Oslo agreed.", "Just Oslo agreed.", ""),
        ("All workers left.", "Workers left.", "All"),
        ("All workers left.", "Every worker left.", ""),
        ("Most workers left.", "Workers left.", "Most"),
        ("Most workers left.", "The majority left.", ""),
        ("Some of the workers left.", "The workers left.", "Some of"),
        ("More than 40 left.", "40 left.", "More than 40"),
        ("More than 40 left.", "Over 40 left.", ""),
        ("Up to 40 left.", "40 left.", "Up to 40"),
        ("Nearly 40 left.", "40 left.", "Nearly"),
        ("Nearly 40 left.", "About 40 left.", ""),
        ("A small ball fell.", "It fell.", ""),
        ("", "", ""),
    ],
)
def test_a_quantity_needs_one_like_it(claim: str, source: str, found: str) -> None:
    assert new_quantity(claim, source) == found


@pytest.mark.parametrize(
    ("claim", "source", "found"),
    [
        ("It closed before the vote.", "It closed. There was a vote.", "before"),
        ("It closed before the vote.", "It closed ahead of the vote.", ""),
        ("It closed after the vote.", "It closed. There was a vote.", "after"),
        ("It closed again.", "It closed.", "again"),
        ("It closed again.", "It closed for the second time.", ""),
        ("It closed for the first time.", "It closed.", "for the first time"),
        ("It closed permanently.", "It closed.", "permanently"),
        ("It closed for two months.", "It closed for two weeks.", "months"),
        ("It closed for a day.", "It closed overnight.", ""),
        ("It closed last week.", "It closed this week.", "last week"),
        ("It closes next week.", "It will close this week.", ""),
        ("It closed yesterday.", "It closed today.", "yesterday"),
        ("It closed on Monday.", "It closed on Tuesday.", "Monday"),
        ("It closed on Monday.", "It closed, on Mon, at noon.", ""),
        ("It closed in May.", "It may close.", "May"),
        ("He may go.", "He goes.", ""),
        ("", "", ""),
    ],
)
def test_an_order_in_time_and_a_date_need_one(claim: str, source: str, found: str) -> None:
    assert new_time(claim, source) == found


@pytest.mark.parametrize(
    ("claim", "source", "found"),
    [
        ("Prices increased.", "Prices fell.", ("increased", "fell")),
        ("Oslo accepted the plan.", "Oslo rejected the plan.", ("accepted", "rejected")),
        ("He is willing to go.", "He is unwilling to go.", ("willing", "unwilling")),
        ("Prices increased.", "Prices increased, then fell.", None),
        ("Prices changed.", "Prices fell.", None),
        ("", "", None),
    ],
)
def test_the_contrary_is_a_word_of_opposite_meaning(claim: str, source: str, found: tuple[str, str] | None) -> None:
    assert contrary(claim, source) == found


SAID = st.lists(
    st.sampled_from(
        "out of|thereby|to reward|to avoid|to please|without doubt|last time|no one but|more than half|better than 5|because|only|all|"
        "before|again|May|Monday|month|next week|tonight|increased|fell|the|port|spite|,|.|“|é|市".split("|")
    ),
    max_size=8,
).map(" ".join)


@given(st.text() | SAID)
def test_what_a_text_says_itself_is_never_new_in_it(text: str) -> None:
    assert (new_cause(text, text), new_quantity(text, text), new_time(text, text), contrary(text, text)) == ("", "", "", None)


def test_the_letter_licenses_with_the_word_after_it_and_not_inside_another_word() -> None:
    assert new_cause("He went out of the port.", "Slowly he went out of the port of Aster.") == ""
    assert new_cause("He went out of spite.", "Slowly he went out of the port of Aster.") == "out of"
    assert new_cause("Thus", "enthusiasm") == "Thus"


@given(st.text(), st.text())
def test_no_text_breaks_it_and_what_is_found_is_in_the_claim(claim: str, source: str) -> None:
    for find in (new_cause, new_quantity, new_time):
        assert find(claim, source) in claim
    contrary(claim, source)
