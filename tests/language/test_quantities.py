"""Quantities are compared by value and by what they count, however they are written."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.base import Parse
from briefing.language.numerals import continental
from briefing.language.quantities import counted, quantities
from briefing.language.units import singular


def keys(text: str) -> list[tuple[str, str]]:
    return [quantity.key for quantity in counted(text)]


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
        ("Fourteen ships wait.", "14 ships wait."),
        ("Some seventy-six ships wait.", "Some 76 ships wait."),
        ("Eighteen hundred ships wait.", "1,800 ships wait."),
        ("Fifty per cent voted.", "50 percent voted."),
        ("It lost $7.5m.", "It lost 7,500,000 dollars."),
        ("Some 10 000 people came.", "Some ten thousand people came."),
        ("They struck 5,00,000 names.", "They struck 5 lakh names."),
        ("It cost ₹12 crore.", "It cost 120 million rupees."),
        ("It was −12 degrees.", "It was minus twelve degrees."),
        ("A flat costs 1.127,54 euros.", "A flat costs 1,127.54 euros."),
        ("About 3m people use it.", "About three million people use it."),
    ],
)
def test_notations_of_one_quantity(one: str, other: str) -> None:
    assert keys(one) == keys(other) != []


def test_what_is_counted_may_stand_behind_a_name() -> None:
    text = "Air defences downed 92 Ukrainian drones."
    (found,) = counted(text)
    assert found.key == ("92", "drone")
    assert text[found.start : found.end] == "92 Ukrainian drones"


@pytest.mark.parametrize("text", ["It opened on September 5, 2025.", "One of them left a second later.", "A lorry fell on the A4."])
def test_dates_pronouns_and_codes_count_nothing(text: str) -> None:
    assert keys(text) == []


def test_a_value_without_a_unit_is_kept() -> None:
    assert keys("The fire killed 14 workers and not 9, he said.") == [("14", "worker"), ("9", "")]


def test_units_are_singular() -> None:
    assert [singular(word) for word in ("ships", "counties", "losses", "gas", "people")] == ["ship", "county", "losse", "gas", "person"]


@given(st.text(max_size=200))
def test_spans_lie_in_the_text(text: str) -> None:
    for quantity in (*counted(text), *quantities(Parse(text), comma=True)):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert any(character.isnumeric() or character.isalpha() for character in text[quantity.start : quantity.end])


@given(st.integers(min_value=2, max_value=10**9))
def test_every_number_is_found(number: int) -> None:
    assert keys(f"They counted {number:,} ships there.") == [(str(number), "ship")]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("It closed at 1,204.6 points.", "It closed at 1,204,600 points."),
        ("It rose by one percentage point.", "It rose by one percent."),
        ("It cost 5 dollars.", "It cost 5 euros."),
        ("It is 120 km long.", "It is 120 miles long."),
        ("It was -7 degrees.", "It was 7 degrees."),
        ("It was the 250th time.", "There were 250 of them."),
    ],
)
def test_quantities_that_are_not_the_same(text: str, other: str) -> None:
    assert [one.key for one in quantities(Parse(text))] != [one.key for one in quantities(Parse(other))]


@pytest.mark.parametrize(
    ("text", "bound", "strict"),
    [
        ("More than 20 came.", "up", True),
        ("At least 20 came.", "up", False),
        ("Fewer than 20 came.", "down", True),
        ("Up to 20 came.", "down", False),
        ("It takes 20 weeks at most.", "down", False),
        ("About 20 came.", "near", False),
        ("It took over 20 years.", "", True),
        ("Exactly 20 came.", "", False),
    ],
)
def test_bounds(text: str, bound: str, strict: bool) -> None:
    (found,) = quantities(Parse(text))
    assert (found.bound, found.strict) == (bound, strict)


def test_a_range_is_one_quantity_and_a_change_has_its_ends_in_order() -> None:
    assert [(one.low, one.high) for one in quantities(Parse("Between 20 and 30 people were hurt."))] == [(Decimal(20), Decimal(30))]
    assert [(one.low, one.high) for one in quantities(Parse("It rose from 4 to 5 percent."))] == [(Decimal(4), Decimal(5))]
    assert [(one.low, one.high) for one in quantities(Parse("It fell from 5 to 4 percent."))] == [(Decimal(5), Decimal(4))]


def test_how_a_text_writes_decimals_shows_in_a_number_that_can_be_read_in_one_way() -> None:
    assert continental("Es kostet 1.127,54 Euro.")
    assert continental("The rate is 3,5 percent.")
    assert not continental("It cost 1,127.54 euros, on May 3, 2020.")
    assert [one.value for one in quantities(Parse("It cost 1.127 euros."), comma=True)] == ["1127"]
    assert [one.value for one in quantities(Parse("It cost 1.127 euros."))] == ["1.127"]


def test_what_is_counted_is_read_from_the_parse(parse: Callable[[str], Parse]) -> None:
    told = quantities(parse("The lender posted a loss of 40 million crowns and laid off 26 older clerks."))
    assert [(one.value, one.unit, one.noun) for one in told] == [("40000000", "crown", "loss"), ("26", "", "clerk")]
    assert [one.way for one in quantities(parse("Unemployment rose by one point to 5 percent."))] == ["by", "to"]
