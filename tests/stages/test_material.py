"""What a lead may be written from: how many claims, of how many words, and how little alike; each number by a case on either side of it."""

from __future__ import annotations

import pytest

from briefing.brief import Story
from briefing.language.base import Parser
from briefing.stages.material import Material, choices, material
from tests.stages.fakes import document, told

HEADLINE = "President Anna Reth praised the mayors of Tarn, after a week of quarrels over grain."
TOWNS = "Tarn Velm Brell Dorn Elsby Kessin Osk Aster Orlin Marnheim Dorrin Sonder Norrby Tornby Holm Lind Ask Vesk Rell Sorn Tilm".split()


def group(parser: Parser, *texts: str) -> list[Material]:
    """Return what a lead may be written from of a story of one-sentence articles, the first of which has the headline."""
    claims = [told(document(text, parser, f"a{n}"), 1) for n, text in enumerate(texts)]
    names = tuple(one.claim.id for one in claims)
    return material(claims, Story(id="story-1", headline="x", claims=names, heading=names[0]))


def met(length: int) -> str:
    """Return a sentence of so many words of which none can go."""
    towns = TOWNS[: (length - 5) // 2]
    return f"President Anna Reth met {'' if length % 2 else 'the '}mayors of {' and '.join(towns)}."


def test_the_model_chooses_among_six_claims(parser: Parser) -> None:
    texts = [f"President Anna Reth visited the harbour of {town}." for town in TOWNS[:8]]
    assert [one.text for one in group(parser, *texts)] == texts[:6]


@pytest.mark.parametrize(("length", "fits"), [(45, True), (46, False)])
def test_a_sentence_has_forty_five_words(length: int, fits: bool, parser: Parser) -> None:
    long = met(length)
    assert len(long.split()) == length
    assert (choices(group(parser, long, "Reth signed the law on bread in May, after bakers went on strike.")) is not None) is fits
    found = choices(group(parser, HEADLINE, long))
    assert (found is not None and found[1] == [long]) is fits


@pytest.mark.parametrize(("length", "fits"), [(42, True), (43, False)])
def test_a_lead_has_sixty_six_words(length: int, fits: bool, parser: Parser) -> None:
    second = "Reth said that the harbour, the mill, the bridge, the market, the school, the church and the mint of Tarn need a new roof."
    first = met(length)
    assert (len(first.split()), len(second.split())) == (length, 24)
    found = choices(group(parser, first, second))
    assert (found is not None and found[1] == [second]) is fits


def test_two_claims_of_which_nothing_can_go_are_joined_whole(parser: Parser) -> None:
    texts = ["President Anna Reth praised the mayors of Tarn.", "Reth signed the law on bread in May."]
    assert choices(group(parser, *texts)) == ([texts[0]], [texts[1]])


CHARGE = "Six members of the council of Velm demanded on Tuesday that Treasurer Ole Lind resign over missing grain."


@pytest.mark.parametrize(
    ("second", "fits"),
    [
        ("Ole Lind said in Velm that every coin was spent on grain.", True),
        ("Lind said in a letter that every coin was spent on grain.", True),
        ("Council members called the treasurer the worst of all times.", False),
    ],
)
def test_of_whom_the_headline_tells_something_is_heard(second: str, fits: bool, parser: Parser) -> None:
    other = "The guard of Velm closed the mill in the spring."
    found = choices(group(parser, CHARGE, other, second))
    assert found is not None
    assert (other in found[1], second in found[1]) == (not fits, True)


@pytest.mark.parametrize(
    ("second", "fits"),
    [
        ("Jo Marn was fined in Tarn for a grain fraud.", True),  # Tarn is what both name
        ("Jo Marn was fined for a grain fraud.", False),
        ("A court fined two bakers for a grain fraud.", True),
        ("Jo Marn left the NBB over grain.", True),
    ],
)
def test_who_is_new_is_tied_by_a_name(second: str, fits: bool, parser: Parser) -> None:
    first = "The National Bakery Board of Tarn praised the mayors, after a week of quarrels over grain."
    assert (choices(group(parser, first, second)) is not None) is fits


@pytest.mark.parametrize(("third", "fits"), [("Ida Reth runs a mill in Tarn.", False), ("Ida Marn runs a mill in Tarn.", True)])
def test_a_surname_that_two_persons_of_the_story_have_is_not_joined(third: str, fits: bool, parser: Parser) -> None:
    second = "According to the Herald, Reth signed the law on bread in May."
    assert (second in [one.text for one in group(parser, HEADLINE, second, third)]) is fits


@pytest.mark.parametrize(("second", "fits"), [("Anna Reth of Tarn met bakers.", True), ("Anna Reth of Tarn met mayors.", False)])
def test_of_the_second_sentence_the_first_claim_says_three_fifths_at_most(second: str, fits: bool, parser: Parser) -> None:
    assert (choices(group(parser, HEADLINE, second)) is not None) is fits
