"""Quotation marks, paired or not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.quotations import quotations, quoted_parts, speeches, stands_in, without_quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” and «no».", ["yes", "no"]),
        ('He said "yes" and left.', ["yes"]),
        ("„Ja“, sagte er.", ["Ja"]),
        ("“One. Two. Three.” he said", ["One. Two. Three."]),
        ("“Bild said ‘a call’ was hot,” RT said", ["Bild said ‘a call’ was hot,"]),
        ('a 6" pipe', []),
        ("It’s the leaders’ call", []),
        ("The union called it ‘a bad plan’ and left.", ["a bad plan"]),
        ("The minister's aides' plan was 'wrong', she said.", ["wrong"]),
        ("‘It’s the boats’ crews’ call,’ he said.", ["It’s the boats’ crews’ call,"]),
        ("rock 'n' roll of the '90s", []),
        ("the boys’ and girls’ schools", []),
        ("‘He said “no” today’", ["He said “no” today"]),
        ("»Ja«, sagte er.", ["Ja"]),
        ("“Two lines\nin one”", ["Two lines\nin one"]),
        ("“”", []),
        ("", []),
    ],
)
def test_what_is_quoted(text: str, expected: list[str]) -> None:
    assert quoted_parts(text) == expected


def test_an_open_mark_ends_with_its_paragraph() -> None:
    text = "He said “we stay.\n\nThe port is open."
    (found,) = quotations(text)
    assert (found.closed, found.inside(text)) == (False, "we stay.")
    assert without_quotations(text).endswith("The port is open.")
    assert without_quotations(text, closed_only=True) == text


def test_a_speech_runs_on_over_paragraphs_that_leave_it_open() -> None:
    text = "Reth said: “The wards shut.\n\n“Nobody asked.”\n\n“We did,” Kell said. “One\n\nThe board met. “Two.”"
    spoken = [[q.inside(text) for q in group] for group in speeches(text, quotations(text))]
    assert spoken == [["The wards shut.", "Nobody asked."], ["We did,"], ["One"], ["Two."]]


def test_single_marks_without_partners_take_linear_time() -> None:
    for piece in ("‘a “ ", "'as ", "‘as’ b "):
        assert len(quotations(piece * 20_000 + "’")) <= 60_001


def test_a_quotation_opened_curly_may_close_straight() -> None:
    assert quoted_parts('“yes" he said') == ["yes"]


def test_stands_in_ignores_marks_space_and_a_final_stop_only() -> None:
    assert stands_in("it’s all\non us,", "He: “it's all on us now.”")
    assert not stands_in("it was all on us", "it's all on us")
    assert not stands_in("", "anything")
    assert not stands_in(" . ", "anything.")


@given(st.text(alphabet="a “”\"'’‘«»„\n.") | st.text())
def test_without_quotations_keeps_length_and_what_is_outside(text: str) -> None:
    for closed_only in (False, True):
        bare = without_quotations(text, closed_only=closed_only)
        assert len(bare) == len(text)
        assert all(a in {b, " "} for a, b in zip(bare, text, strict=True))
    found = quotations(text)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(alphabet="abc ,.", min_size=1).filter(lambda s: s.strip(" ,.;:")), st.text(alphabet="xyz ,."), st.text(alphabet="xyz ,."))
def test_a_planted_quotation_is_found(quote: str, before: str, after: str) -> None:
    text = f"{before} “{quote}” {after}"
    assert quoted_parts(text) == [quote.strip()]
    assert stands_in(quote, text)
