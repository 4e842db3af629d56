"""Which times of day a text tells, and which of two can be one."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.language.clock import clock
from briefing.stages.plain import refused


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("at 5:30 p.m. on Monday", [(1050, 1050)]),
        ("8.30pm", [(1230, 1230)]),
        ("12 a.m. and 12 p.m.", [(0, 0), (720, 720)]),
        ("from 4 to 6 p.m.", [(960, 960), (1080, 1080)]),
        ("between 11 and 1 p.m.", [(660, 660), (780, 780)]),
        ("at 4:30", [(270, 990)]),
        ("until midnight, before noon", [(0, 0), (720, 720)]),
        ("John 3:16, in 2:05:30, by 10:15:20, 8 men", []),
    ],
)
def test_times_are_minutes_of_the_day(text: str, times: list[tuple[int, int]]) -> None:
    assert [(one.low, one.high) for one in clock(text)] == times


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("5:30 p.m.", "4:30 p.m.", False),
        ("16:00", "18:00", False),
        ("8pm", "9pm", False),
        ("4 a.m.", "4 p.m.", False),
        ("noon", "midnight", False),
        ("8 p.m. GMT", "10 p.m. GMT", False),
        ("4 p.m.", "16:00", True),
        ("4:30", "16:30", True),
        ("noon", "12 p.m.", True),
        ("eight p.m.", "8pm", True),
        ("around 8 p.m.", "8:05 p.m.", True),
        ("8 p.m. GMT", "10 p.m. CET", True),
    ],
)
def test_two_times_are_compared_in_one_zone(parser: Parser, one: str, other: str, same: bool) -> None:
    for first, second in ((one, other), (other, one)):
        claim, evidence = parser.parse(
            [f"The court in Kessin ruled at {first} on Monday.", f"The court in Kessin ruled at {second} on Monday."]
        )
        assert refused(claim, [evidence]) is not same
