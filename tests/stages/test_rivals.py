"""What is told of a rival of the one that a question asks about, by the real parser; and what tells of that one in other words."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.stages.rivals import of_a_rival
from tests.stages.fakes import document

BANK = "The Bank of Velm held its rate at 3 percent.|The Bank expects growth.|Its staff may grow, said governor Ada Lund."
DRIVERS = "Train drivers in Velm will strike.|The walkouts run from 8 to 12 May.|Shops stay open."
COURT = (
    "A man who stabbed a baker was jailed for nine years.|Olav Dane, 29, was convicted of the murder of Peter Miller.|"
    "Lena Holt is glad, said Ada Lund.|Peter Miller baked for 20 years.|Dane thanked his brother, who moved in May."
)
FLOOD = "Floods in Brell killed nine people, mayor Ada Lund said.|Six people are still missing.|In Tarn a dam holds."
SEATS = "The Velm Union holds 44 of the 120 seats.|The Greens have nine seats.|Kell sold the statue.|He paid $215 for it."
RACES = "Ada Lund won the slalom in Velm.|She beat Nora Dahl.|A giant slalom is on Sunday."


@pytest.mark.parametrize(
    ("question", "text", "number", "lacks"),
    [
        ("What is the Royal Central Bank's rate?", BANK, 1, "tells of Bank of Velm, not of Royal Central Bank"),
        ("What did the Bank of Tarn expect?", BANK, 2, "tells of Bank of Velm, not of Bank of Tarn"),
        ("What does the Bank of Velm expect?", BANK, 2, ""),
        ("What does the central bank expect?", BANK, 2, ""),
        ("Who paid for Norrbus?", BANK, 2, "is of an article that does not name Norrbus"),
        ("Do the Bank of Velm and Norrbus grow?", BANK, 2, ""),
        ("Which Norrbus bank has a governor?", BANK, 3, ""),
        ("When will the bus drivers strike?", DRIVERS, 2, "tells of Train drivers, not of bus drivers"),
        ("When will the train drivers strike?", DRIVERS, 2, ""),
        ("When will the drivers strike?", DRIVERS, 2, ""),
        ("Who hired the ferry captains?", DRIVERS, 2, "is of an article on no ferry captains"),
        ("What was the ferry toll?", DRIVERS, 2, ""),
        ("For how long was Olav Dane jailed?", COURT, 1, ""),
        ("For how long was Peter Miller jailed?", COURT, 1, "tells it of “man”, not of “Peter Miller”"),
        ("When did Olav Dane move?", COURT, 5, "tells it of “brother”, not of “Olav Dane”"),
        ("How long did Ada Lund serve?", COURT, 4, "tells of Peter Miller, not of Ada Lund"),
        ("When was Nora Miller killed?", COURT, 2, "tells of Peter Miller, not of Nora Miller"),
        ("How many people are missing in Brell?", FLOOD, 2, ""),
        ("How many people are missing in Tarn?", FLOOD, 2, "stands before Tarn is named"),
        ("How many seats does the Green party want?", SEATS, 1, "tells of Velm Union, not of Green"),
        ("How many seats does the Green party hold?", SEATS, 2, ""),
        ("How many seats does the Velm Union hold?", SEATS, 1, ""),
        ("How many seats are there?", SEATS, 1, ""),
        ("How much did the thieves pay for it?", SEATS, 4, "tells of one, not of thieves"),
        ("How much did Kell pay for it?", SEATS, 4, ""),
        ("Who won the giant slalom?", RACES, 1, "tells of another slalom"),
        ("Who won the slalom?", RACES, 1, ""),
        ("When is the giant slalom?", RACES, 3, ""),
    ],
)
def test_of_whom_it_is(question: str, text: str, number: int, lacks: str, parser: Parser) -> None:
    assert rival(question, document(text.replace("|", "\n\n"), parser), number) == lacks


def test_an_event_that_only_another_article_tells_is_not_that_of_this_one(parser: Parser) -> None:
    made, other = document("Olav Dane won the race.", parser), document("Ada Lund won the giant slalom.", parser)
    assert rival("Who won the giant slalom?", made, 1, other) == "is of an article on no giant slalom"
    assert rival("Who won the giant slalom?", made, 1) == ""


def test_a_pronoun_may_mean_whom_the_question_names(parser: Parser) -> None:
    lines = "Olav Holt died on Monday.\n\nThe cause was a fall, his daughter, Nora Holt, said.\n"
    assert rival("Of what did Olav Holt die?", document(lines, parser), 2) == ""


def test_what_its_dateline_names_is_named(parser: Parser) -> None:
    made = document("MARSK — A jury in Brell county ordered a fine.", parser)
    passage = made.read("A jury in Brell county ordered a fine.")
    assert of_a_rival(made.read("What did the jury in Marsk order?"), passage, made, 1, [made]) == ""


def rival(question: str, made: Document, number: int, *others: Document) -> str:
    return of_a_rival(made.read(question), made.parse(number), made, number, [made, *others])
