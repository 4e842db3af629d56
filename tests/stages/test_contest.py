"""A conflict bears a sign that plain code sees, and the judge's yes in both orders; where either is missing, there is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing import pipeline
from briefing.language.base import Parser
from briefing.stages.contest import contested
from briefing.stages.judging import Judge
from briefing.stages.summarize import Made
from briefing.text.terms import content, overlap
from tests.stages.fakes import FakeModel, document, told

TASKS = pipeline.tasks()
SIX, NINE = "Six people died when the ferry Marit sank off Tarn.", "Nine people died when the ferry Marit sank off Tarn."
DAY = "2026-11-25"


def made(parser: Parser, *texts: str, days: Sequence[str] = ()) -> list[Made]:
    dated = list(days) or [DAY] * len(texts)
    return [told(document(text, parser, f"a{n}", published=day), 1) for n, (text, day) in enumerate(zip(texts, dated, strict=True))]


def conflicts(
    claims: Sequence[Made], believe: float | None = 0.95, events: Sequence[Sequence[str]] | None = None
) -> tuple[list[tuple[str, ...]], int]:
    model = FakeModel(believe=lambda question: believe)
    together = events or [sorted({one.claim.citations[0].article for one in claims})]
    found = contested(claims, together, judge=Judge(model, TASKS), least=0.6)
    assert [one.claim.text for one in found] == [one.claim.text for one in claims]
    return [one.claim.conflicts for one in found], len(model.questions)


def test_another_value_for_the_same_thing(parser: Parser) -> None:
    found, asked = conflicts(made(parser, SIX, NINE))
    assert found == [("a1-s1",), ("a0-s1",)]
    assert asked == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norrbus paid the council of Velm for the road.", "Norrbus did not pay the council of Velm for the road."),
        ("The minister approved the sale of the port of Velm.", "The minister did not approve the sale of the port of Velm."),
        ("Papers show that Norrbus paid the council of Velm.", "The mayor of Velm said that Norrbus did not pay the council."),
    ],
)
def test_a_denial_of_what_another_tells(parser: Parser, one: str, other: str) -> None:
    assert conflicts(made(parser, one, other))[0] == [("a1-s1",), ("a0-s1",)]
    assert conflicts(made(parser, other, one))[0] == [("a1-s1",), ("a0-s1",)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The driver of the bus in Velm was 34 years old.", "The driver of the bus in Velm was 43."),
        ("The council of Velm accepted the offer of Norrbus.", "The council of Velm rejected the offer of Norrbus."),
        ("The minister approved the sale of the port.", "The union did not approve the sale of the port."),
        ("Finch plans to sell the shipyard.", "Finch has no plans to sell the shipyard."),
        ("The fire in Aster broke out at 8pm on Monday.", "The fire in Aster broke out at 9pm on Monday."),
        ("The council of Aster voted at noon on the new dam.", "The council of Aster voted at 4 p.m. on the new dam."),
        (
            "A tank at the mill in Velm blew up on Tuesday, hurting 15 people and killing nine, the fire marshal said.",
            "Seven workers were killed on Tuesday when a tank blew up at the mill in Velm, the firm said.",
        ),
        (
            "An explosion at the Meridian oil mill in Port Salem killed nine workers on Tuesday night, the state fire marshal said.",
            "Seven workers were killed Tuesday night when a jet fuel unit exploded at Meridian’s mill in Port Salem, the company said.",
        ),
    ],
)
def test_another_age_or_time_a_contrary_and_a_denial_by_whomever_are_signs(parser: Parser, one: str, other: str) -> None:
    for pair in ((one, other), (other, one)):
        assert conflicts(made(parser, *pair))[0] == [("a1-s1",), ("a0-s1",)]
        assert conflicts(made(parser, *pair), 0.1)[0] == [(), ()]


# What is denied, done by another, blamed on each other, wanted or not: kinds that any news has, and their look-alikes

OPPOSED = [
    ("Police in Osk said that officers had searched the flat of Tom Rask.", "Rask’s lawyer said that no officer had searched the flat."),
    ("Ida Lind said that she had never discussed the sale of the port with the mayor of Velm.",
     "The mayor of Velm said that Ida Lind had told him of the sale of the port."),
    ("Minister Reth denied that he had spoken with Norrbus about the tender.", "Norrbus said that Reth had informed it of the tender."),
    ("The union accepted the offer of Norrbus, its chairman said.", "Norrbus said that the union had turned down its offer."),
    ("The army said that rebels had shelled the market of Dorrin.", "The rebels said that the army had shelled the market of Dorrin."),
    ("Velm accused Kessin of breaking the truce on the river.", "Kessin said that Velm had broken the truce on the river."),
    ("The minister does not intend to raise the tax on fuel, the Courier reported.",
     "The minister is considering a new tax on fuel, the Ledger wrote."),
    ("Norrbus has no plans to close its depot in Velm.", "Norrbus will close its depot in Velm, the Courier reported."),
    ("Orla Finch said that she would not run for mayor of Osk.", "Orla Finch wants to run for mayor of Osk, the Ledger reported."),
    ("The water of the lake is safe to swim in, the office said.", "Doctors said that the water of the lake was not fit for swimming."),
    ("The march in Osk was peaceful, the organisers said.", "The march in Osk was not peaceful, the police said."),
    ("The fire at the mill was started by a cable, the operator said.", "The fire at the mill was started by a boy, the police said."),
    ("Tom Rask shot the guard of the mill, the police said.", "Ida Lind shot the guard of the mill, her brother said."),
    ("The bridge fell because of the flood, the operator said.", "The bridge did not fall because of the flood, an engineer said."),
    ("Tom Reth said that he had discussed the tender with Ida Lind.", "Lind said that she did not discuss the tender with Reth."),
    ("Reth said that he had talked to Ida Lind about the tender.", "Velm said that Ida Lind had not talked to Reth about the tender."),
    ("Nearly 8 percent of the patients missed the second dose.", "More than 8 percent of the patients missed the second dose."),
]  # fmt: skip
ALIKE = [
    ("Tom Reth said that he had discussed the tender with Ida Lind.", "Ida Lind did not discuss the port with Tom Reth."),
    ("Engineers said that the dam of Velm would not fail.", "The dam of Velm failed on Monday."),
    ("The jury of Velm found Tom Reth guilty.", "The jury of Velm did not find Ida Lind guilty."),
    ("Tom Reth did not attend the hearing in Velm.", "Reth’s lawyer attended the hearing in Velm."),
    ("Tom Reth founded the shipyard of Velm.", "Ida Lind founded the shipyard of Velm."),
    ("Ida Lind said that she had never discussed the sale of the port with the mayor of Velm.",
     "The mayor of Velm told reporters of the sale of the port."),
    ("The council of Velm rejected the first offer of Norrbus in March.", "The council of Velm accepted a new offer of Norrbus."),
    ("The council of Velm turned down the offer of Norrbus.", "The council of Osk accepted the offer of Norrbus."),
    ("Norrbus opened a depot in Velm.", "Norrbus closed a depot in Osk."),
    ("The army said that rebels had shelled the market of Dorrin.", "The rebels said that the army had bombed the bridge of Dorrin."),
    ("Velm said that Kessin had released 40 prisoners.", "Kessin said that Velm had released 40 prisoners."),
    ("Velm said that Kessin had attacked the island.", "Kessin said that Velm had attacked the island."),
    ("Orla Finch said that she would not run for mayor of Osk.", "The Greens want Orla Finch to run for mayor of Osk."),
    ("The minister does not intend to raise the tax on fuel.", "The opposition is considering a new tax on fuel."),
    ("The minister does not intend to raise the tax on fuel.", "The minister is considering a new tax on sugar."),
    ("The minister has not approved the sale of the port.", "The minister will approve the sale of the port."),
    ("The minister did not approve the sale of the port in 2019.", "The minister approved the sale of the port in 2021."),
    ("Norrbus will not close the depot in Velm.", "If the council agrees, Norrbus will close the depot in Velm."),
    ("Velm said that it would seek money from Norrbus.", "Velm had previously said that it would not seek money from Norrbus."),
    ("The law sets an age of 21 to buy a gun in Velm.", "A law preventing shops from selling a gun in Velm is void, a court said."),
    ("The water of the lake is safe to swim in, the office said.", "The water of the lake is not warm, the office said."),
    ("The bridge in Velm is safe, the operator said.", "The bridge in Osk is not safe, the operator said."),
    ("Tom Rask praised the guard of the mill.", "Ida Lind praised the guard of the mill."),
    ("Tom Rask shot the guard of the mill.", "A man shot the guard of the mill."),
    ("Velm signed the treaty on the river.", "Kessin signed the treaty on the river."),
    ("Tom Rask was arrested in Velm after a crash.", "Tom Rask was released from the jail of Velm late on Friday."),
    ("The office watches two residents of Velm.", "The office did not disclose how long it would watch the residents of Velm."),
    ("Tom Rask won the cup of Velm.", "Ida Lind is the sister of Ole Lind, who has never won the cup of Velm."),
    ("Ida Lind said that she backed the plan for the port.", "The plan for the port is not backed by Tom Rask."),
    ("Ida Lind said that she would not run for mayor of Osk.", "Tom Rask wants to run for mayor of Osk."),
    ("Prices in Velm have doubled since the strike began.", "Velm will hold talks on prices when the strike ends."),
    ("The storm damaged 40 houses in Velm.", "The storm damaged 12 houses in the old town of Velm."),
    ("The council cannot end the old toll of Velm with an order.", "Kell said that he would propose a law to end the old toll of Velm."),
    ("The race in Velm is the 2026 Harbour Cup.", "The race in Velm is the first of 3 this year."),  # no ages
    ("The town spent more than 200 million crowns on the port.", "The town spent nearly 250 million crowns on the port."),
    ("The repair of the dam cost 4.87 million crowns.", "The repair of the dam cost about 5 million crowns."),
    ("By March 37 percent of the adults in Velm had a dose.", "By May 52 percent of the adults in Velm had a dose."),
    ("Norrbus asked for 12 million crowns for the depot.", "The council offered 9 million crowns for the depot."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), OPPOSED)
def test_what_one_tells_the_other_opposes(parser: Parser, one: str, other: str) -> None:
    for pair in ((one, other), (other, one)):
        assert conflicts(made(parser, *pair))[0] == [("a1-s1",), ("a0-s1",)]
        assert conflicts(made(parser, *pair), 0.1)[0] == [(), ()]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_only_looks_like_it_is_not_asked_about(parser: Parser, one: str, other: str) -> None:
    for pair in ((one, other), (other, one)):
        assert conflicts(made(parser, *pair), 1.0) == ([(), ()], 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nine people were hurt by the storm in Aster.", "Twelve people were hurt by the storm in Aster and Brell."),
        ("The council paid 2 million crowns for the road.", "The council paid 9 million crowns for the road and the bridge of Velm."),
        ("Six people died when the storm hit Aster.", "Forty people died when the storm hit Aster, Brell and Orvane."),
        ("Norrbus will cut 400 jobs in Velm.", "Norrbus will cut 900 jobs, most of them in Velm."),
    ],
)
def test_a_value_of_more_is_no_other_value_of_the_same(parser: Parser, one: str, other: str) -> None:
    for pair in ((one, other), (other, one)):
        assert conflicts(made(parser, *pair), 1.0) == ([(), ()], 0)


@pytest.mark.parametrize(("speaker", "contested_there"), [("Ada Kell", True), ("Tom Rask", False)])
def test_two_speakers_in_one_article_may_contradict_each_other(parser: Parser, speaker: str, contested_there: bool) -> None:
    text = f"Tom Rask said that Norrbus paid the council of Velm. {speaker} said that Norrbus did not pay the council of Velm."
    one = document(text, parser, "a0", published=DAY)
    assert bool(conflicts([told(one, 1), told(one, 2)])[0][0]) is contested_there


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SIX, SIX.replace("Six", "6")),
        (SIX, "At least six people died when the ferry Marit sank off Tarn."),
        ("More than 40 people died when the ferry Marit sank.", "Some 50 people died when the ferry Marit sank."),
        ("Up to 40 people died when the ferry Marit sank.", "30 people died when the ferry Marit sank."),
        (SIX, "Nine boats searched the sea when the ferry Marit sank off Tarn."),
        (SIX, "Six people and nine dogs died when the ferry Marit sank off Tarn."),
        (SIX, "Nine people died in a fire at a school in Osk."),
        ("The strike of the crews in Velm lasted two days.", "The strike of the crews in Velm began on 3 May."),
        ("Shares of Norrline fell 11 percent in Kessin.", "Shares of Norrbus rose 3 percent in Kessin."),
        ("The minister did not approve the sale of the port.", "The minister did not approve the sale of the old port."),
        ("The court fined Norrbus for the crash.", "The ferry Marit did not sink off Tarn."),
    ],
)
def test_without_a_sign_nobody_is_asked(parser: Parser, one: str, other: str) -> None:
    for pair in ((one, other), (other, one)):
        found, asked = conflicts(made(parser, *pair), 1.0)
        assert found == [(), ()]
        assert asked == 0


def test_a_value_is_in_conflict_where_the_other_says_the_same_of_its_own(parser: Parser) -> None:
    hurt = "Eleven people were hurt in Tuesday's warehouse fire in Brellin."
    one = "The fire in the Brellin warehouse on Tuesday injured seven people."
    assert conflicts(made(parser, one, hurt))[0] == [("a1-s1",), ("a0-s1",)]
    model = FakeModel()
    contested(made(parser, one, hurt), [["a0", "a1"]], judge=Judge(model, TASKS), least=0.6)
    claims = [question.prompt.text for question in model.questions]
    assert any("injured Eleven people" in claim for claim in claims)
    assert any("seven people were hurt" in claim for claim in claims)


def test_a_value_is_another_one_however_it_is_called(parser: Parser) -> None:
    one, other = "In Velm 61 percent of the voters took part in the vote.", "Only 54 percent of the voters of Velm took part in the vote."
    assert conflicts(made(parser, one, other))[0] == [("a1-s1",), ("a0-s1",)]


@pytest.mark.parametrize("answer", [0.1, 0.5, None, float("nan")])
def test_a_sign_alone_marks_nothing(parser: Parser, answer: float | None) -> None:
    assert conflicts(made(parser, SIX, NINE), answer)[0] == [(), ()]


@pytest.mark.parametrize(
    ("days", "contested_there"),
    [((DAY, DAY), True), ((DAY, "2026-11-26"), True), ((DAY, "2026-11-27"), False), ((DAY, ""), False), (("", ""), True)],
)
def test_values_of_other_days_may_both_be_true(parser: Parser, days: tuple[str, str], contested_there: bool) -> None:
    found, _ = conflicts(made(parser, SIX, NINE, days=days))
    assert bool(found[0]) is contested_there


def test_what_happened_on_other_days_is_no_conflict(parser: Parser) -> None:
    texts = "Six people died on Monday when the ferry sank off Tarn.", "Nine people died on Tuesday when the ferry sank off Tarn."
    assert conflicts(made(parser, *texts), 1.0) == ([(), ()], 0)


def test_one_article_tells_the_newest_of_several_values(parser: Parser) -> None:
    one = document(f"{SIX} {NINE}", parser, "a0", published=DAY)
    assert conflicts([told(one, 1), told(one, 2)], 1.0) == ([(), ()], 0)


def test_claims_of_two_events_are_never_in_conflict(parser: Parser) -> None:
    assert conflicts(made(parser, SIX, NINE), 1.0, [["a0"], ["a1"]]) == ([(), ()], 0)


def test_of_three_values_each_names_both_others(parser: Parser) -> None:
    found, _ = conflicts(made(parser, SIX, NINE, SIX.replace("Six", "Eleven")))
    assert found == [("a1-s1", "a2-s1"), ("a0-s1", "a2-s1"), ("a0-s1", "a1-s1")]


BLAMED = "Velm accused Kessin of buying oil from Osk. "
COUNTER = "Minister Ida Reth of Kessin countered that imports had fallen by half. "


@pytest.mark.parametrize(
    ("text", "number", "answered"),
    [
        (BLAMED + COUNTER, 2, True),
        (BLAMED + "Snow fell in Tarn. " + COUNTER, 3, False),
        (BLAMED.replace("buying oil", "raising its imports") + "Snow fell in Tarn. " + COUNTER, 3, True),
        (BLAMED.replace("accused", "thanked").replace("of buying", "for buying") + COUNTER, 2, False),
        (BLAMED + "Minister Ida Reth of Kessin rejected the charges. ", 2, False),
    ],
)
def test_an_answer_contests_what_is_blamed_right_before_it_or_with_the_same_thing(
    parser: Parser, text: str, number: int, answered: bool
) -> None:
    one = document(text, parser, "a0", published=DAY)
    assert bool(conflicts([told(one, 1), told(one, number)])[0][0]) is answered


@pytest.mark.parametrize(("other", "contested_there"), [("3 p.m.", True), ("6:05 a.m.", False)])
def test_another_time_of_day_is_one_also_where_only_the_contradiction_is_sure(parser: Parser, other: str, contested_there: bool) -> None:
    claims = made(parser, "The blast in Velm happened at 6 a.m. on Friday.", f"The explosion in Velm occurred about {other} on Friday.")
    model = FakeModel(believe=lambda question: 0.75 if question.task == "conflict" else 0.4)
    found = contested(claims, [["a0", "a1"]], judge=Judge(model, TASKS), least=0.6)
    assert bool(found[0].claim.conflicts) is contested_there


# The numbers of this stage

DENIED = ("Norrbus paid the council of Velm for the road.", "Norrbus did not pay the council of Velm for the road.")


AGED = ("The driver of the bus in Velm was 34 years old.", "The driver of the bus in Velm was 43.")


@pytest.mark.parametrize(("texts", "sure", "unsure"), [((SIX, NINE), 0.61, 0.59), (DENIED, 0.61, 0.59), (AGED, 0.71, 0.69)])
def test_a_yes_counts_from_what_is_enough_of_an_age_from_seven_tenths_where_facts_are_opposed_from_six(
    parser: Parser, texts: tuple[str, str], sure: float, unsure: float
) -> None:
    assert [bool(conflicts(made(parser, *texts), believe)[0][0]) for believe in (sure, unsure)] == [True, False]


@pytest.mark.parametrize(("day", "asked"), [("2026-11-24", 2), ("2026-11-23", 0)])
def test_articles_a_day_apart_may_contest_each_other(parser: Parser, day: str, asked: int) -> None:
    assert conflicts(made(parser, SIX, NINE, days=(DAY, day)))[1] == asked


@pytest.mark.parametrize(
    ("other", "day"),
    [
        ("Seven workers were killed on Tuesday when a tank blew up at the mill in Velm, police said.", "2026-11-26"),  # a later count
        ("At least 12 people were killed on Tuesday when a tank blew up at the mill in Velm, police said.", DAY),
        ("The toll of the tank that blew up at the mill in Velm rose to 12 on Tuesday, police said.", DAY),
        ("Seven workers were killed on Tuesday when a tank blew up in the county of Velm, police said.", DAY),
        ("Nine workers were killed, seven of them women, on Tuesday when a tank blew up at the mill in Velm, police said.", DAY),
    ],
)
def test_a_count_that_rose_is_no_other_count(parser: Parser, other: str, day: str) -> None:
    one = "A tank at the mill in Velm blew up on Tuesday, hurting 15 people and killing nine, the fire marshal said."
    assert conflicts(made(parser, one, other, days=[DAY, day]))[0] == [(), ()]


@pytest.mark.parametrize(
    ("other", "asked"),
    [("Off Tarn nine people died when the Marit sank.", True), ("Nine people died when a ferry burned near Velm.", False)],
)
def test_a_pair_shares_half_of_the_words_of_its_smaller_claim(parser: Parser, other: str, asked: bool) -> None:
    shared = overlap(content(SIX), content(other))
    assert shared > 0.3
    assert (shared >= 0.5) is asked
    assert bool(conflicts(made(parser, SIX, other))[1]) is asked


def test_who_denies_something_contests_only_what_is_told_in_the_same_words(parser: Parser) -> None:
    denied = "The council of Velm denied that it had closed the road."
    for other, asked in (("The council of Velm closed the road.", True), ("The mayor of Velm opened a school.", False)):
        shared = overlap(content(denied), content(other))
        assert shared > 0.2
        assert (shared >= 0.5) is asked
        assert bool(conflicts(made(parser, denied, other))[1]) is asked
