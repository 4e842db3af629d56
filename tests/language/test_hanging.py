"""What hangs on the sentence before it for its sense, and what only joins on to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.language.base import Parse
from briefing.language.hanging import hangs

Parsed = Callable[[str], Parse]


@pytest.mark.parametrize(
    "text",
    [
        "In response, press secretary Ole Lind told reporters that the plan was late.",
        "In return, Norland promised to open the port.",
        "Norland fired three missiles at the port of Osk in response.",
        "Lund instead called for a wider view of safety.",
        "Rather, Lund and Kell are tied in the polls.",
        "In three elections since then, the party of Kell has won a single seat.",
        "By then, Norland had closed the port.",
        "Kell was at that point the only judge in Osk.",
        "Otherwise, the plant in Osk will close in May.",
        "For that reason, both parties want to keep the port.",
        "The council had been expected to approve two articles late on Thursday.",
        "Officials had been due to meet in Osk on Monday.",
        "Kell had planned to resign in May.",
        "The army of Norland denied it.",
        "The council of Osk has rejected that.",
    ],
)
def test_an_answer_a_turn_and_what_was_only_expected_hang_on_the_sentence_before(parsed: Parsed, text: str) -> None:
    assert hangs(parsed(text))


@pytest.mark.parametrize(
    "text",
    [
        "In response to the strike, Mayor Ole Lind closed the port.",
        "In return for the ships, Norland promised to open the port.",
        "The mayor closed the port, and the union called a strike in response.",
        "After the mayor closed the port, the union called a strike in response.",
        "Instead of a bridge, Lund will build a port.",
        "Instead, Lund will visit the port of Osk.",  # cut as "However," is
        "Norland closed the port in 1998, and no ship has come since then.",  # its own sentence tells when
        "When Kell left in 1998, no judge sat in Osk at that time.",
        "“By then we will be ready,” Ole Lind said.",
        "The port was closed by then-U.S. President Ole Lind.",
        "Lund cancelled the strike and instead called for a vote.",
        "The council would rather keep the port.",
        "Taxes rose in 1998, in that case by 50 cents.",
        "“Instead, we will build a port,” Ole Lind said.",
        "By contrast, 59 percent of voters trust the mayor.",  # joins, and says no more
        "Kell had planned to resign in May, but she stayed.",  # what came is told
        "Kell had been expected to resign until the court cleared her.",
        "Kell has been expected to resign.",
        "Kell was expected to resign in May.",
        "Economists had expected a growth rate of 2.2 percent.",
    ],
)
def test_what_tells_both_sides_or_joins_only_hangs_on_nothing(parsed: Parsed, text: str) -> None:
    assert not hangs(parsed(text))


def test_without_a_parse_nothing_hangs() -> None:
    assert not hangs(Parse("Instead, the ship sank."))
