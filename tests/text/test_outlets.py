"""Whose report a sentence passes on."""

import pytest

from briefing.text.outlets import is_outlet, outlets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to the Aster Herald, the port is open.", ["Aster Herald"]),
        ("The port is open, Reuters reported on Monday.", ["Reuters"]),
        ("RT, citing Bild, reported that the port is open.", ["RT", "Bild"]),
        ("Two sources told the Financial Times that the port is open.", ["Financial Times"]),
        ("The talks, detailed by German outlet Bild, were short.", ["Bild"]),
        ("The newspaper Morgenlicht said that the port is open.", ["Morgenlicht"]),
        ("Mayor Ines Calder said that the port is open.", []),
        ("The owner of the Aster Herald sold a ferry.", []),
        ("The port is open.", []),
        ("", []),
    ],
)
def test_outlets_that_a_sentence_passes_on(text: str, expected: list[str]) -> None:
    assert outlets(text) == expected


def test_what_is_an_outlet_by_its_name() -> None:
    assert all(map(is_outlet, ["New York Times", "BBC", "Xinhua", "Aster Press Agency"]))
    assert not any(map(is_outlet, ["Ines Calder", "Aster", "NATO", ""]))
