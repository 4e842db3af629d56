"""Words as exact spans, and the form in which they are compared."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.words import base, fold, fold_text, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. and the U.K. met.", ["The", "U.S.", "and", "the", "U.K.", "met"]),
        ("Trump’s 30-day truce", ["Trump’s", "30-day", "truce"]),
        ("Trump's 1,000.5 ships, 3 boats.", ["Trump's", "1,000.5", "ships", "3", "boats"]),
        ("“Don’t go,” he said—twice…", ["Don’t", "go", "he", "said", "twice"]),
        ("Мэр Астера, 市長", ["Мэр", "Астера", "市長"]),
        ("", []),
        ("“”—…,.!", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


@given(st.text())
def test_words_are_spans_of_the_text_in_order(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("one", "other"),
    [("U.S.", "US"), ("Trump’s", "trump"), ("Trump's", "Trump"), ("leaders’", "leaders"), ("Orbán", "Orban"), ("ZELENSKY", "Zelensky")],
)
def test_what_compares_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_base_takes_off_the_possessive_and_nothing_else() -> None:
    assert [base(w) for w in ("Macron’s", "leaders’", "don’t", "is")] == ["Macron", "leaders", "don’t", "is"]


def test_fold_text_makes_quotes_and_space_plain() -> None:
    assert fold_text("“It’s\n all\u00a0 on us”") == '"It\'s all on us"'


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)
