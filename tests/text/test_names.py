"""Names by capitals alone, with titles and possessives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.names import is_person, name_words, names, titled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Thursday, President Trump left.", ["President Trump"]),
        ("The U.S. met Ursula von der Leyen in Paris.", ["U.S.", "Ursula von der Leyen", "Paris"]),
        ("Trump’s envoy Steve Witkoff", ["Trump", "Steve Witkoff"]),
        ("the Coalition of the Willing met", ["Coalition of the Willing"]),
        ("It rained. However, nobody came.", []),
        ("“We agree,” said Anna Berg", ["Anna Berg"]),
        ("I think I’m right", []),
        ("", []),
        ("市長は述べた", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert [name.text for name in names(text)] == expected


def test_a_word_that_the_article_writes_small_does_not_begin_with_a_name() -> None:
    assert [n.text for n in names("Ships sailed to Brell.", frozenset({"ships"}))] == ["Brell"]
    assert [n.text for n in names("Ships sailed to Brell.")] == ["Ships", "Brell"]


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("French President Emmanuel Macron", "French President", "Emmanuel Macron"),
        ("Emmanuel Macron", "", "Emmanuel Macron"),
        ("President", "President", ""),
        ("NATO Secretary General Mark Rutte", "NATO Secretary General", "Mark Rutte"),
    ],
)
def test_titles(text: str, title: str, rest: str) -> None:
    assert titled(names(text)[0]) == (title, rest)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("President Trump", True),
        ("Steve Witkoff", True),
        ("Wall Street Journal", False),
        ("NATO", False),
        ("European Commission", False),
        ("Paris", False),
    ],
)
def test_people(text: str, person: bool) -> None:
    assert is_person(names(text)[0], text) is person


def test_name_words_keep_abbreviations_that_look_like_small_words() -> None:
    assert name_words("However, US officials told Trump on Monday.") == {"us", "trump"}


@given(st.text())
def test_names_are_spans_of_the_text(text: str) -> None:
    assert all(text[name.start : name.end] == name.text for name in names(text))
