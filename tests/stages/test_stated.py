"""Whether a passage fills just the slot that a question leaves open, by the real parser."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.stages.stated import stated


@pytest.mark.parametrize(
    ("question", "passage", "filled"),
    [
        ("Who speaks for the navy?", "Navy spokesman Olav Dane denied it.", True),
        ("Who speaks for the navy?", "Olav Dane denied that the navy was there.", False),
        ("Who leads Norway's finance ministry?", "Norwegian Finance Minister Ada Lund resigned.", True),
        ("Who leads Norway's finance ministry?", "Danish Finance Minister Ada Lund went to Norway.", False),
        ("norrbank chief name?", "Ada Lund, the director of Norrbank, resigned.", True),
        ("norrbank chief name?", "Ada Lund, a client of the court, sued Norrbank.", False),
        ("Who is Kessin's mayor?", "Kessin Mayor Jan Holt opened the bridge.", True),
        ("Who is the mayor of Brell?", "Brell Mayor Ada Lund opened the dam.", True),
        ("Which town did Ada Lund travel to?", "On a visit to Marsk, Ada Lund praised the dam.", True),
        ("Which town did Ada Lund travel to?", "Ada Lund praised the dam in Marsk.", False),
        ("Through which country will the Norrbank cable run?", "The Norrbank cable is to go through Poland.", True),
        ("Through which country will the Norrbank cable run?", "The Norrbank cable is paid for by Poland.", False),
        ("In which city were the Norrbus talks held?", "Talks were held in Marsk.", False),
        ("Who found the boat of the captain?", "Fisher Nils Arden found the captain's boat near Tarn on Monday.", True),
        ("Who found the boat of the captain?", "Nils Arden found the boat of the pilot.", False),
        ("Who found the boat of the captain?", "Nils Arden is accused of hiding the captain's boat, and did not find it.", False),
        ("Who found the boat of the captain?", "Divers found the captain's boat.", False),
        ("Who found Nils Arden?", "Nils Arden found the captain.", False),
        ("What does the mayor want?", "Brell Mayor Ada Lund wants a dam.", False),
    ],
)
def test_a_filled_slot(question: str, passage: str, filled: bool, parser: Parser) -> None:
    assert stated(*parser.parse([question, passage])) is filled
