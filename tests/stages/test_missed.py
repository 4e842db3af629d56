"""What a near miss of an answer lacks, by the real parser; and what answers in spite of other words."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.stages.fitting import unfit
from briefing.stages.missed import missed
from briefing.text.questions import kind, lacking


def why(parser: Parser, question: str, passage: str) -> str:
    return missed(*parser.parse([question, passage]))


@pytest.mark.parametrize(
    ("question", "passage", "lacks"),
    [
        ("Who complained that the ferry is late?", "The ferry’s delay leaves the island without milk.", "does not tell who says so"),
        ("Who complained that the ferry is late?", "Ida Lind said the ferry kept the island waiting.", ""),
        ("Who complained that the ferry is late?", "According to shopkeepers, the ferry keeps them waiting.", ""),
        (
            "What did Ida Lind tell Reuters?",
            "Jon Vale told Reuters on Monday that the bridge is safe.",
            "tells it of another than “Ida Lind”",
        ),
        ("What did Ida Lind tell Reuters?", "The mayor told Reuters on Monday that the bridge is safe.", ""),
        ("What did Ida Lind tell Reuters?", "Ida Lind told Reuters on Monday that the bridge is safe.", ""),
        ("What did Ida Lind tell Reuters?", "Jon Vale told Reuters that Lind called the bridge safe.", ""),
        ("How many people did the storm kill in Velm?", "The storm killed 12 people in Brell.", "tells it of another than “Velm”"),
        ("How many people did the storm kill in Velm?", "The storm killed 12 people in Norway.", ""),
        ("How many people did the storm kill in Velm?", "The storm killed 12 people in the port.", ""),
        ("Whom did the mayor praise as a friend?", "The mayor praised the new bridge.", "tells to what it was done, not to whom"),
        ("Whom did the mayor praise as a friend?", "The mayor praised Jon Vale and the new bridge.", ""),
        (
            "What tariffs did Norway impose on Iceland?",
            "Denmark put tariffs on Norway in May.",
            "tells what is done to “Norway”, not by it",
        ),
        ("What tariffs did Norway impose on Iceland?", "Norway put tariffs of 4% on Icelandic fish.", ""),
        ("Where would a summit of Lund and Rehn be held?", "Lund met the mayors of five towns in Velm.", "tells nothing of “Rehn”"),
        ("Where would a summit of Lund and Rehn be held?", "Lund and the two mayors met in Velm.", ""),
        ("What is the difference between Lund and Rehn?", "Lund wants a bridge.", ""),
        ("How many of the captured boats sank?", "The navy captured 12 boats off Velm.", "gives the number of all boats"),
        ("How many of the captured boats sank?", "Of the boats that the navy captured, three sank off Velm.", ""),
        ("Who are the divers that found the wreck?", "Divers found the wreck on Monday.", "does not name the divers"),
        ("Who are the divers that found the wreck?", "Divers Ida Lind and Jon Vale found the wreck on Monday.", ""),
        ("What is the name of the diver who found the wreck?", "The diver found the wreck on Monday.", "does not name the diver"),
        ("Who were the divers and what did they find?", "The divers found a wreck.", ""),
    ],
)
def test_what_a_near_miss_lacks(parser: Parser, question: str, passage: str, lacks: str) -> None:
    assert why(parser, question, passage) == lacks


def test_a_near_miss_does_not_fit(parser: Parser) -> None:
    asked, told = parser.parse(["Who are the divers that found the wreck?", "Divers found the wreck on Monday."])
    assert unfit(asked, told) == "does not name the divers"


@pytest.mark.parametrize(
    ("question", "passage", "lacks"),
    [
        ("What did the mayor announce on Tuesday?", "The mayor announced a new bridge on Thursday.", "tells of another time"),
        ("What did the mayor announce on Tuesday?", "The mayor announced a new bridge on Tuesday.", ""),
        ("What did the mayor announce on Tuesday?", "The mayor announced a new bridge in May.", ""),
        ("Who resigned in May?", "Jon Vale resigned in June.", "tells of another time"),
        ("Who resigned in May?", "Jon Vale, who came in June, resigned on Friday.", ""),
    ],
)
def test_a_deed_of_another_time_does_not_answer(parser: Parser, question: str, passage: str, lacks: str) -> None:
    asked, told = parser.parse([question, passage])
    assert unfit(asked, told) == lacks


def test_a_rate_or_a_price_of_something_is_a_number() -> None:
    assert kind("What tariff rate did Norway set?") == "number"
    assert lacking("What ticket price did the ferry ask?", "The ferry raised its ticket price.") == "gives no number"
