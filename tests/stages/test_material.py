"""What a lead may be written from: how many claims, of how many words, and how little alike; each number by a case on either side of it."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.stages.material import Material, choices, material
from briefing.types import Story
from tests.stages.fakes import document, told

HEADLINE = "President Anna Reth praised the mayors of Tarn, after a week of quarrels over grain."
TOWNS = "Tarn Velm Brell Dorn Elsby Kessin Osk Aster Orlin Marnheim Dorrin Sonder Norrby Tornby Holm Lind".split()


def group(parser: Parser, *texts: str) -> list[Material]:
    """Return what a lead may be written from of a story of one-sentence articles, the first of which has the headline."""
    claims = [told(document(text, parser, f"a{n}"), 1) for n, text in enumerate(texts)]
    names = tuple(one.claim.id for one in claims)
    return material(claims, Story(id="story-1", headline="x", claims=names, heading=names[0]))


def met(length: int) -> str:
    """Return a sentence of so many words of which none can go."""
    towns = TOWNS[: (length - 5) // 2]
    return f"President Anna Reth met {'' if length % 2 else 'the '}mayors of {' and '.join(towns)}."


def test_the_model_chooses_among_four_claims(parser: Parser) -> None:
    texts = [f"President Anna Reth visited the harbour of {town}." for town in TOWNS[:6]]
    assert [one.text for one in group(parser, *texts)] == texts[:4]


@pytest.mark.parametrize(("length", "fits"), [(36, True), (37, False)])
def test_the_first_sentence_has_thirty_six_words(length: int, fits: bool, parser: Parser) -> None:
    first = met(length)
    assert len(first.split()) == length
    assert (choices(group(parser, first, "Reth signed the law on bread in May, after bakers went on strike.")) is not None) is fits


@pytest.mark.parametrize(("length", "fits"), [(30, True), (31, False)])
def test_the_second_sentence_has_thirty_words(length: int, fits: bool, parser: Parser) -> None:
    second = met(length)
    assert len(second.split()) == length
    found = choices(group(parser, HEADLINE, second))
    assert (found is not None and found[1] == [second]) is fits


@pytest.mark.parametrize(("second", "fits"), [("Anna Reth of Tarn met bakers.", True), ("Anna Reth of Tarn met mayors.", False)])
def test_of_the_second_sentence_the_first_claim_says_three_fifths_at_most(second: str, fits: bool, parser: Parser) -> None:
    assert (choices(group(parser, HEADLINE, second)) is not None) is fits
