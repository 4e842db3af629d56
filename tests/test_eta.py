"""The time left is told once it can be known, and then it is about right; by a clock that is set by hand."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from briefing.eta import WAIT, Eta


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def told(steps: Iterable[tuple[float, int]]) -> list[tuple[float, float, float | None]]:
    """Return after each step (seconds it takes, units it does): the time, what is really left, and what is told."""
    known = list(steps)
    clock = Clock()
    eta = Eta(sum(amount for _, amount in known), clock)
    end = sum(seconds for seconds, _ in known)
    found = []
    for seconds, amount in known:
        clock.now += seconds
        eta.advance(amount)
        found.append((clock.now, end - clock.now, eta.seconds()))
    return found


DICE = random.Random(7)
STEADY = [(1.0, 1)] * 60
UNEVEN = [(DICE.uniform(0.2, 3.0), 1) for _ in range(200)]
BATCHES = [(9.0, 8)] * 25
DOWNLOAD = [(DICE.uniform(0.01, 0.2), 65536) for _ in range(3000)]
LOADING = [(19.0, 1), *[(0.4, 1)] * 99]  # a model loads under the first sentence: "31:18 left" of a minute's work
KEPT = [*[(0.001, 1)] * 60, *[(1.5, 1)] * 60]  # sixty were answered before
SLOWER = [*[(0.5, 1)] * 40, *[(2.0, 1)] * 60]


@pytest.mark.parametrize("steps", [STEADY, UNEVEN, BATCHES, DOWNLOAD, LOADING, KEPT, SLOWER])
def test_what_is_told_is_about_right(steps: list[tuple[float, int]]) -> None:
    """Within a factor of two, but for what nobody can know: that the rest will go at another pace."""
    shown = [(now, left, said) for now, left, said in told(steps) if said is not None and left > WAIT]
    assert shown
    pace = 4.2 if steps is SLOWER else 2
    assert [(now, left, said) for now, left, said in shown if not left / pace <= said <= left * 2] == []


@pytest.mark.parametrize(("steps", "share"), [(STEADY, 0.4), (UNEVEN, 0.4), (BATCHES, 0.5), (DOWNLOAD, 0.4), (LOADING, 0.99)])
def test_it_is_told_in_good_time(steps: list[tuple[float, int]], share: float) -> None:
    first = next(now for now, _, said in told(steps) if said is not None)
    assert WAIT <= first <= share * told(steps)[-1][0]


def test_nothing_is_told_of_what_is_short_unknown_sudden_or_over() -> None:
    assert not any(said for _, _, said in told([(0.3, 1)] * 30))  # nine seconds in all
    assert not any(said for _, _, said in told([(5.0, 20)] * 5))  # five steps
    assert told(STEADY)[-1][2] is None
    clock = Clock()
    endless = Eta(None, clock)
    for _ in range(50):
        clock.now += 1
        endless.advance(1)
    assert endless.told() == ""


def test_a_stage_that_stands_still_is_not_told_of_any_more() -> None:
    clock = Clock()
    eta = Eta(100, clock)
    for _ in range(30):
        clock.now += 1
        eta.advance(1)
    assert eta.told() == "about 1 min left"
    clock.now += 60
    assert eta.told() == ""


@pytest.mark.parametrize(
    ("every", "words"),
    [(1.0, "about 1 min left"), (0.4, "less than a minute left"), (60.0, "about 70 min left"), (180.0, "about 4 h left")],
)
def test_it_is_told_no_more_exactly_than_it_is_known(every: float, words: str) -> None:
    clock = Clock()
    eta = Eta(100, clock)
    for _ in range(30):
        clock.now += every
        eta.advance(1)
    assert eta.told() == words
