"""Quantities are compared by value and by what they count, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.quantities import quantities, unit_of


def keys(text: str) -> list[tuple[str, str]]:
    return [quantity.key for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They harvested 1.2 million tonnes of wheat.", "They harvested 1,200,000 tonnes of wheat."),
        ("Exports worth $2.5 billion were sold.", "Exports worth 2.5 billion dollars were sold."),
        ("Some 40 percent of the wheat is sold.", "Some 40% of the wheat is sold."),
        ("It is 12 kilometres from the city.", "It is 12 km from the city."),
        ("Three halls will open.", "3 halls will open."),
        ("The price was 214 dollars per tonne.", "The price was $214 per tonne."),
        ("A truce of 30 days was agreed.", "A 30-day truce was agreed."),
        ("Two dozen ships wait.", "24 ships wait."),
        ("Fifty per cent voted.", "50 percent voted."),
    ],
)
def test_notations_of_one_quantity(one: str, other: str) -> None:
    assert keys(one) == keys(other) != []


def test_what_is_counted_may_stand_behind_a_name() -> None:
    text = "Air defences downed 92 Ukrainian drones."
    (found,) = quantities(text)
    assert found.key == ("92", "drone")
    assert text[found.start : found.end] == "92 Ukrainian drones"


@pytest.mark.parametrize("text", ["It opened on September 5, 2025.", "One of them left a second later.", "A lorry fell on the A4."])
def test_dates_pronouns_and_codes_count_nothing(text: str) -> None:
    assert keys(text) == []


def test_a_value_without_a_unit_is_kept() -> None:
    assert keys("The fire killed 14 workers and not 9, he said.") == [("14", "worker"), ("9", "")]


def test_units_are_singular() -> None:
    assert [unit_of(word) for word in ("ships", "counties", "losses", "gas", "people")] == ["ship", "county", "losse", "gas", "person"]


@given(st.text(max_size=200))
def test_spans_lie_in_the_text(text: str) -> None:
    for quantity in quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert any(character.isnumeric() or character.isalpha() for character in text[quantity.start : quantity.end])


@given(st.integers(min_value=2, max_value=10**9))
def test_every_number_is_found(number: int) -> None:
    assert keys(f"They counted {number:,} ships there.") == [(str(number), "ship")]
