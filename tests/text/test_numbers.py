"""Numbers as values, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.numbers import numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("35 nations", {"35"}),
        ("thirty-five nations", {"35"}),
        ("thirty five nations, Twenty One", {"35", "21"}),
        ("twenty ten, thirty fifty, forty, five", {"20", "10", "30", "50", "40", "5"}),
        ("the 35th nation", {"35"}),
        ("over 1,000 ships, 1.000 boats", {"1000"}),
        ("3.5 or 3,5 percent", {"3.5"}),
        ("a 30-day truce", {"30"}),
        ("007", {"7"}),
        ("two dozen", {"2", "12"}),
        ("4 billion euros", {"4", "1000000000"}),
        ("the third call", {"3"}),
        ("٣٥ دولة", {"35"}),
        ("Article 5 of 1994", {"5", "1994"}),
        ("no numbers here", set()),
        ("", set()),
    ],
)
def test_values(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


def test_vague_words_are_left_out_on_request() -> None:
    assert numbers("one of them, a second later, half of it, two ships", vague=False) == {"2"}


def test_a_number_of_any_length_is_read() -> None:
    assert numbers("9" * 20_000) == {"9" * 20_000}


@given(st.text(), st.text())
def test_more_text_never_names_fewer(one: str, other: str) -> None:
    assert numbers(one) <= numbers(f"{one} {other}")
