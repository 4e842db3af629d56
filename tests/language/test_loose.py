"""What a lead can do without leaves the sentence true: what excepts, conditions, denies, dates or attributes it stays."""

from __future__ import annotations

import pytest

from briefing.language.base import Parse, Parser
from briefing.language.loose import loose

FREE = {
    "Velm closed its port on Monday, after a week of storms.": ", after a week of storms",
    "Anna Reth opened the bridge of Aster, praising its builders.": ", praising its builders",
    "The fire service said that four workers died, adding that the mill was old.": ", adding that the mill was old",
    "Bakers closed their shops as the price of grain rose.": " as the price of grain rose",
}
BOUND = [
    "All members agreed on Monday, with the exception of Velm.",
    "The bridge may open in May, pending a permit.",
    "The bridge opens in May, provided that the council agrees.",
    "The ferries will sail again, unless the storm returns.",
    "Four workers died in the mill, according to the fire service.",
    "The price of bread fell, excluding that of rolls.",
    "Reth signed the law, without the consent of parliament.",
    "“The port is closed, after a week of storms.”",
    "The ferry sails on Friday, June 12, to Brell.",
    "The town of Dorn sent two doctors to help after the storm.",
    "The office announced a 35% chance of rain, a 10% chance of snow and a 55% chance of sun.",
    "Two towns sued the state on Monday, claiming that the toll on bread is too high.",
    "The mayor wrote to the guard, reminding them that the bridge is old.",
    "Reth asked for 40 ships, while the council vowed to block the money.",
    "Would Velm close its port, after a week of storms?",
]


@pytest.mark.parametrize("text", FREE)
def test_what_is_set_off_or_stands_last_may_go(text: str, parser: Parser) -> None:
    assert FREE[text] in {text[start:end] for start, end in loose(parser.parse([text])[0])}


@pytest.mark.parametrize("text", BOUND)
def test_what_binds_the_rest_stays(text: str, parser: Parser) -> None:
    assert loose(parser.parse([text])[0]) == []


def test_a_sentence_that_was_not_parsed_loses_nothing() -> None:
    assert loose(Parse("Velm closed its port, after a storm.")) == []
