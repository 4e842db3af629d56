"""Numbers as values, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.numbers import numbers, rounded


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


@pytest.mark.parametrize(
    ("value", "text", "given", "stands"),
    [
        ("500", "more than 500 drones", {"574"}, True),
        ("500", "more than 500 drones", {"900"}, False),
        ("500", "more than 500 drones", {"480", "500"}, False),
        ("600", "nearly 600 drones", {"574"}, True),
        ("600", "nearly 600 drones", {"601"}, False),
        ("600", "up to 600 drones", {"92"}, False),
        ("90", "about 90 drones", {"92"}, True),
        ("90", "about 90 drones", {"120"}, False),
        ("90", "90 drones", {"92"}, False),
        ("574", "over 574 drones", {"600"}, False),
        ("90", "About the port: long after it, 90 drones", {"92"}, False),
        ("90", "more than about 90 drones", {"88"}, True),
        ("90", "about 90 drones", set(), False),
        ("90", "about 90 drones", {"15.11.2025", "1.000.5"}, False),
        ("90", "about 90 drones", {"15.11.2025", "92"}, True),
        ("15.11.2025", "about 15.11.2025", {"15"}, False),
        ("9" * 400, "about that", {"9" * 401}, False),
    ],
)
def test_a_rounded_number_stands_for_one_near_it(value: str, text: str, given: set[str], stands: bool) -> None:
    assert rounded(value, text, given) is stands


@given(st.text(alphabet="0123456789.,- aboutmrehn"), st.sets(st.text(alphabet="0123456789.", min_size=1), max_size=3))
def test_no_number_of_a_text_breaks_the_rounding(text: str, other: set[str]) -> None:
    given_too = numbers(" ".join(other))
    for value in numbers(text):
        rounded(value, text, given_too)
