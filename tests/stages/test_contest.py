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
    ],
)
def test_another_age_or_time_a_contrary_and_a_denial_by_whomever_are_signs(parser: Parser, one: str, other: str) -> None:
    for pair in ((one, other), (other, one)):
        assert conflicts(made(parser, *pair))[0] == [("a1-s1",), ("a0-s1",)]
        assert conflicts(made(parser, *pair), 0.1)[0] == [(), ()]


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


# The numbers of this stage

DENIED = ("Norrbus paid the council of Velm for the road.", "Norrbus did not pay the council of Velm for the road.")


@pytest.mark.parametrize(("texts", "sure", "unsure"), [((SIX, NINE), 0.61, 0.59), (DENIED, 0.71, 0.69)])
def test_a_yes_counts_from_what_is_enough_and_of_a_denial_from_seven_tenths(
    parser: Parser, texts: tuple[str, str], sure: float, unsure: float
) -> None:
    assert [bool(conflicts(made(parser, *texts), believe)[0][0]) for believe in (sure, unsure)] == [True, False]


@pytest.mark.parametrize(("day", "asked"), [("2026-11-24", 2), ("2026-11-23", 0)])
def test_articles_a_day_apart_may_contest_each_other(parser: Parser, day: str, asked: int) -> None:
    assert conflicts(made(parser, SIX, NINE, days=(DAY, day)))[1] == asked


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
