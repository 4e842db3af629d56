"""Names beside a verb of saying, found without a parse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.attribution import says, speakers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ines Calder said the port is safe.", ["Ines Calder"]),
        ("The port is safe, said Ines Calder.", ["Ines Calder"]),
        ("According to the Aster Courier, the port is safe.", ["Aster Courier"]),
        ("The port is safe, the Aster Courier reported on Monday.", ["Aster Courier"]),
        ("Pat Quill, a docker of Brell, later told them of it.", ["Pat Quill"]),
        ("Pat Quill met Ines Calder in Brell.", []),
        ("“Calder said so” was on the wall.", []),
    ],
)
def test_who_speaks(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


def test_whether_anybody_speaks() -> None:
    assert says("Officials said it was over.")
    assert says("It was over, according to the union.")
    assert not says("The report was lost, and so were his notes.")
    assert not says("The sign “he said” fell down.")


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(says(text), bool)
    assert all(name in text for name in speakers(text))
