"""Which words may name the same thing: what licenses a name in a check, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.variants import Known, acronyms, country, known, same_spelling
from briefing.text.words import fold, words

TEXT = "The NYT said that US officials and two NGOs met Zelenskyy in Kyiv on long-term aid. A British minister left for Brell."


@pytest.mark.parametrize(
    ("one", "other"), [("moscow", "russian"), ("united-states", "us"), ("kyiv", "kiev"), ("london", "uk"), ("english", "uk")]
)
def test_a_country_is_its_people_and_its_capital(one: str, other: str) -> None:
    assert country(one) & country(other)


@pytest.mark.parametrize(
    ("one", "other"), [("moscow", "kyiv"), ("us", "uk"), ("iran", "iraq"), ("austria", "australia"), ("brell", "brell")]
)
def test_countries_are_told_apart_and_other_words_are_none(one: str, other: str) -> None:
    assert not country(one) & country(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("New York Times", {"ny", "nyt", "yt"}),
        ("Ministry of Defence", {"md"}),
        ("United Nations and European Union", {"un", "une", "uneu", "ne", "neu", "eu"}),
        ("the Ministry said Defence", set()),
        ("Brell", set()),
        ("", set()),
    ],
)
def test_acronyms_are_initials_of_names_of_several_words(text: str, found: set[str]) -> None:
    assert acronyms(text) == found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("zelensky", "zelenskyy", True),
        ("kharkiv", "kharkov", True),
        ("brell", "brell", True),
        ("putin", "patin", False),
        ("iran", "iraq", False),
        ("austria", "australia", False),
        ("calder", "balder", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert same_spelling(one, other) is same_spelling(other, one) is same


@pytest.mark.parametrize(
    "name", ["nyt", "kyiv", "kiev", "ukrainian", "american", "washington", "london", "zelensky", "ngo", "long-term", "term"]
)
def test_a_name_is_licensed_as_itself_or_as_a_variant(name: str) -> None:
    assert Known(TEXT).holds(name)


@pytest.mark.parametrize("name", ["french", "moscow", "dorn", "long-range", "wsj", "calder", "un"])
def test_another_name_is_not(name: str) -> None:
    assert not Known(TEXT).holds(name)


def test_a_name_of_several_words_is_licensed_by_its_initials() -> None:
    assert Known(TEXT).holds_acronym_of("New York Times")
    assert Known(TEXT).holds_acronym_of("United States")
    assert not Known(TEXT).holds_acronym_of("Wall Street Journal")
    assert not Known(TEXT).holds_acronym_of("Times")
    assert Known("The Brell Port Authority met.").holds("bpa")


@given(st.text())
def test_a_text_licenses_its_own_words(text: str) -> None:
    found = known(text)
    assert all(found.holds(fold(word.text)) for word in words(text))


@given(st.text(), st.text())
def test_no_text_breaks_it(one: str, other: str) -> None:
    Known(one).holds(other)
    Known(one).holds_acronym_of(other)
    assert same_spelling(one, one)
