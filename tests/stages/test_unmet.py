"""What a question names and a passage has otherwise, by the real parser; and what answers though it names it in another way."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.stages.fitting import unfit
from briefing.stages.unmet import elsewhere, unmet


@pytest.mark.parametrize(
    ("question", "passage", "lacks"),
    [
        ("How many barns burnt in Brell?", "The fire took 40 barns in Marsk.", "tells of Marsk, not of Brell"),
        ("How many barns burnt in Brell?", "The fire hit parts of Marsk and took 40 barns.", "tells of Marsk, not of Brell"),
        ("How many barns burnt in Brell?", "The fire took 40 barns in Brell, and more in Marsk.", ""),
        ("How many barns burnt in Brell?", "In the town 40 barns burnt, it was said in Marsk.", ""),
        ("Who won the Liberal primary?", "Ada Lund won the Democratic primary.", "tells of another primary than “Liberal”"),
        ("Who won the Liberal primary?", "Ada Lund won the primary with most Liberal votes.", ""),
        ("Who runs the Brell library?", "Ada Lund, who runs the Marsk library, resigned.", "tells of another library than “Brell”"),
        ("What did Dane's spokesman say?", "The Marsk spokesman Olav Lind denied it.", ""),
        ("Which farmer was convicted?", "The acquittal of the farmer Olav Dane surprised many.", "tells of the contrary: “acquittal”"),
        ("Which farmer was convicted?", "Olav Dane was convicted, unlike the acquittal of his son.", ""),
        ("Which bank paid for the dam?", "The dam was paid for in 2014, said Mayor Ada Lund.", "names no bank"),
        ("Which bank paid for the dam?", "The dam was paid for by Norrbank in 2014.", ""),
        ("Which bank paid for the dam?", "A Danish bank paid for the dam.", ""),
        ("Which president sent his son to Velm?", "President Ada Lund’s son served in Velm for a year.", ""),
        ("Which judges blocked the dam?", "The judges blocked the dam on Tuesday.", "names no judge"),
        ("Why did Norrbus cut the line?", "Denmark cut its line because it lost money.", "does not name “Norrbus”"),
        ("Why did Norrbus cut the line?", "The company cut the line because it lost money.", ""),
        ("Why did Norrbus cut the line?", "Officials said that nobody took the bus.", ""),
        ("Who voted against the dam?", "Ada Lund did too.", "leaves out what was done"),
        ("Did Ada Lund vote against the dam?", "Ada Lund did too.", ""),
    ],
)
def test_what_is_named_otherwise(question: str, passage: str, lacks: str, parser: Parser) -> None:
    assert unmet(*parser.parse([question, passage])) == lacks


def test_it_is_no_answer(parser: Parser) -> None:
    question, passage = parser.parse(["Who won the Liberal primary?", "Ada Lund won the Democratic primary."])
    assert unfit(question, passage) == "tells of another primary than “Liberal”"


@pytest.mark.parametrize(
    ("question", "article", "lacks"),
    [
        ("How many barns burnt in Brell?", "The storm would burn 40 barns. Marsk has more.", "is of an article that does not name Brell"),
        ("How many barns burnt in Brell?", "Brell was hit by a storm. The fire took 40 barns.", ""),
        ("How many barns burnt in Denmark?", "The fire took 40 barns in Marsk.", ""),
        ("Who burnt the barns in Brell?", "The fire took 40 barns in Marsk.", ""),
    ],
)
def test_a_number_of_a_town_is_of_an_article_that_names_it(question: str, article: str, lacks: str, parser: Parser) -> None:
    asked, told = parser.parse([question, article])
    assert elsewhere(asked, told, article) == lacks


@pytest.mark.parametrize(
    ("passage", "article", "lacks"),
    [
        ("It was dark, said Ada Holt, the captain of the Selma.", "The Aurora sank.", "tells of the captain of Selma, not of Aurora"),
        ("It was dark, said Ada Holt, the captain of the coast guard.", "", "tells of the captain of guard, not of Aurora"),
        ("It was dark, said Ada Holt, the captain of the ship.", "The Aurora sank.", ""),
        ("It was dark, said Ada Holt, the captain.", "", ""),
        ("It was dark, said Ada Holt, the captain of the ferry Aurora.", "", ""),
    ],
)
def test_whose_captain_is_meant(passage: str, article: str, lacks: str, parser: Parser) -> None:
    asked, told = parser.parse(["Who is the captain of the Aurora?", passage])
    assert elsewhere(asked, told, f"{article} {passage}") == lacks


def test_a_margin_is_a_count_or_a_word_for_one(parser: Parser) -> None:
    question, bare, counted, narrow = parser.parse(
        ["By what margin did the bill pass?", "The bill passed.", "The bill passed 31-12.", "The bill passed narrowly."]
    )
    assert [unfit(question, one) for one in (bare, counted, narrow)] == ["gives no count of votes", "", ""]
