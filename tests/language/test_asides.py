"""Which parts an outlet can judge by may go: the rest is whole and true, and nobody's words, no number and no harm goes with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.language.asides import asides, insinuates
from briefing.language.base import Parse

Parsed = Callable[[str], Parse]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ole Lind called for a ban on Monday -- even though the driver was born in Velm.", " -- even though the driver was born in Velm"),
        ("Ole Lind raised taxes in March even though he had promised to lower them.", " even though he had promised to lower them"),
        ("Ole Lind raised taxes in March, although the ugly row hurt him.", ", although the ugly row hurt him"),
        ("The two sides met on Monday in Velm, though the chaotic talks wore them out.", ", though the chaotic talks wore them out"),
        ("In a bold attempt to end a strike, Governor Ole Lind met union leaders.", "In a bold attempt to end a strike, "),
        ("As a brawl over taxes went on, Governor Governor Ole Lind met union leaders.", "As a brawl over taxes went on, "),
        ("The union attacked the mayor for defending a budget, which hurts the poor.", ", which hurts the poor"),
        ("Ada Kell, known for her tough stances, endorsed Ole Lind for governor.", ", known for her tough stances,"),
        ("The mayor met the board of the port, shaking his head and scoffing.", ", shaking his head and scoffing"),
    ],
)
def test_such_a_part_may_go(parsed: Parsed, text: str, part: str) -> None:
    parse = parsed(text)
    assert part in [text[one.start : one.end] for one in asides(parse)]
    assert all(one.text == "" for one in asides(parse))


@pytest.mark.parametrize(
    "text",
    [
        "The council approved the plan on Monday despite objections from 400 residents.",
        "The council approved the plan on Monday, though residents said it was a brutal one.",
        "Ole Lind was charged with theft on Monday, though he denies the ugly charge.",
        "Ole Lind was fired on Monday, even though the court had ordered him to be kept.",
        "The council closed the port, although the brutal storm killed two men.",
        "Norrbus cut 400 jobs on Monday, although it had made a massive 3 million euros.",
        "Ole Lind met the union, to plot a strategy against a brutal plan.",
        "The police fired at a crowd in the port of Velm, as angry men stormed the gate.",
        "If the brutal plan passes, the town of Velm will close its port.",
        "In brutal Velm, Ole Lind beat Ada Kell in the vote.",
        "Ole Lind called for a ban, which Kell called “brutal” on Monday.",
        "Lind left, even though he hid.",  # nothing is left
        "Did Ole Lind call for a ban -- even though the driver was born in Velm?",
    ],
)
def test_what_others_say_what_was_found_and_what_came_of_it_stays(parsed: Parsed, text: str) -> None:
    assert list(asides(parsed(text))) == []


def test_only_even_though_sets_a_part_against_the_rest_by_itself(parsed: Parsed) -> None:
    for word, is_so in (("even though", True), ("although", False)):
        parse = parsed(f"Ole Lind called for a ban on Monday, {word} the driver was born in Velm.")
        (part,) = asides(parse)
        assert insinuates(parse, part) is is_so
