"""Which name stands behind "the committee", "the Journal" or "the governor": one, or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.language.document import Document
from briefing.language.referents import referents

Documents = Callable[..., Document]

HOUSE = "The House Fishing Committee met on Monday."
GOVERNOR = "Gov. Ada Lind opened the bridge in Tarn."


def meant(one: Document, number: int) -> list[tuple[str, str]]:
    return [(one.text(number)[found.start : found.end], found.name) for found in referents(one, number)]


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        (HOUSE, "Ole Kell told the committee that the port was safe.", ("the committee", "the House Fishing Committee")),
        (HOUSE, "The committee heard Ole Kell in May.", ("The committee", "The House Fishing Committee")),
        (HOUSE, "Ole Kell read the committee’s report.", ("the committee", "the House Fishing Committee")),
        (f"{HOUSE} A member of the committee left.", "The committee heard Ole Kell.", ("The committee", "The House Fishing Committee")),
        (
            "Ole Kell wrote to the Senate Committee on Fishing.",  # "on" is the verb's, says the parser
            "The committee, which has 20 members, wrote to Ole Kell.",
            ("The committee", "The Senate Committee on Fishing"),
        ),
        (
            "The Tarn Street Journal wrote of the port.",
            "Ole Kell told the Journal that it was safe.",
            ("the Journal", "the Tarn Street Journal"),
        ),
        (GOVERNOR, "In May the governor sold the port.", ("the governor", "Gov. Ada Lind")),
        (GOVERNOR, "The governor, a Republican, sold the port in May.", ("The governor", "Gov. Ada Lind")),
        ("He met House Speaker Ole Kell.", "In May the House speaker sold a ship.", ("the House speaker", "House Speaker Ole Kell")),
        (
            "The House fishing committee met on Monday.",
            "Ole Kell told the committee that the port was safe.",
            ("the committee", "the House fishing committee"),
        ),
    ],
)
def test_a_noun_stands_for_the_one_name_that_was_told(document: Documents, before: str, text: str, told: tuple[str, str]) -> None:
    one = document(f"{before}\n\n{text}")
    assert meant(one, len(one.article.sentences)) == [told]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (f"{HOUSE} The Senate Fishing Committee met, too.", "Ole Kell told the committee that the port was safe."),
        (f"{HOUSE} A committee of the council met, too.", "Ole Kell told the committee that the port was safe."),
        (f"{HOUSE} The Osk committee met, too.", "Ole Kell told the committee that the port was safe."),
        (f"{HOUSE} Two committees of Norland met, too.", "Ole Kell told the committee that the port was safe."),
        (HOUSE, "Ole Kell told the committee that investigates the port."),
        (HOUSE, "Ole Kell told the committee of the council."),
        (f"{HOUSE} The committee that investigates Osk met, too.", "Ole Kell told the committee that the port was safe."),
        ("“The Foul Fishing Committee met on Monday,” Ida Reth said.", "Ole Kell told the committee that the port was safe."),
        (HOUSE, "Ole Kell told the ethics committee."),
        (HOUSE, "The House Fishing Committee met when the committee was new."),
        (HOUSE, "Ole Kell told a committee."),
        (HOUSE, "The committees met in May."),
        (HOUSE, "Ole Kell left the house in May."),
        ("The White House closed the port.", "Ole Kell will run for the House in May."),
        ("The White House closed the port.", "Ole Kell sold the house in May."),
        ("The Associated Press wrote of the port.", "Ole Kell blamed the press in May."),
        ("The Tarn Fed wrote of the port.", "The Fed raised the rate in May."),
        (GOVERNOR, "The governor, his mother, sold the port in May."),
        ("The World Bank lent Osk money.", "Ole Kell was found on the bank in May."),
        ("The Labour Party won the vote.", "In May 200 guests came to the party."),
        ("Norland left the European Union.", "The drivers struck, and the union asked for 4 percent."),
        ("The Federal Reserve Board met.", "Norrbus fired Ole Kell after the board met."),
        (f"{GOVERNOR} Her successor, Ole Kell, won the vote.", "In May the governor sold the port."),
        (GOVERNOR, "The governor of Osk sold the port in May."),
        (GOVERNOR, "The governor said in May that Lind sold the port."),  # she is named
        (f"{GOVERNOR} Gov. Ole Kell was there.", "In May the governor sold the port."),
        (f"{GOVERNOR} A governor of Osk was there.", "In May the governor sold the port."),
        ("Former Gov. Ada Lind opened the bridge.", "In May the governor sold the port."),
        ("Vice President Ada Lind opened the bridge.", "In May the president sold the port."),
        ("", "The committee heard Ole Kell in May."),
    ],
)
def test_what_may_mean_another_stays_open(document: Documents, before: str, text: str) -> None:
    one = document(f"{before}\n\n{text}".strip())
    assert meant(one, len(one.article.sentences)) == []


def test_an_outlet_calls_itself_by_a_short_name(document: Documents) -> None:
    one = document("Ole Kell told The Times that the port was safe.")
    named = Document(one.article.model_copy(update={"source": "The Tarn Times"}), one._parser)
    assert meant(named, 1) == [("The Times", "The Tarn Times")]
    other = Document(one.article.model_copy(update={"source": "The Tarn Post"}), one._parser)
    assert meant(other, 1) == []


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("The House Fishing Committee met.", True),
        ("The House Fishing Committee met. The committee left.", True),
        ("The House Fishing Committee met the Senate Fishing Committee.", False),
        ("The port was closed.", False),
    ],
)
def test_what_is_told_needs_no_name(document: Documents, told: str, known: bool) -> None:
    one = document(f"{HOUSE}\n\nOle Kell told the committee that the port was safe.")
    (found,) = referents(one, 2)
    assert found.told(told) is known
