"""How alike two claims must be to be one matter, to be asked about, or to be told apart; each number by a pair on either side of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pytest

from briefing.records import Value
from briefing.stages import match as stage
from briefing.stages.differences import likeness, shared
from briefing.stages.match import _candidate, _Table, match
from briefing.types import Claim, Place
from tests.editions import edition


def claims(*texts: str, name: str = "f", published: str = "", days: Sequence[str] = ()) -> list[Claim]:
    """Return the claims of one article; `days` are the dates of what they tell."""
    found = list(edition({name: texts}, published={name: published}).brief.claims)
    return [one.model_copy(update={"date": day}) for one, day in zip(found, days, strict=True)] if days else found


def together(old: Sequence[Claim], new: Sequence[Claim]) -> str:
    """Return what becomes of two claims by plain code alone: they are "one" matter, or "apart"."""
    found = match(old, new, lambda claim: False)
    return "one" if any(group.old and group.new for group in found.groups) else "apart"


def values(kinds: str) -> list[Value]:
    return [Value.model_validate({"kind": kind, "was": "bread", "now": "soap"}) for kind in kinds.split()]


STRIKE = "The dockers of Aster want bread, coal, timber and salt."


@pytest.mark.parametrize(
    ("new", "alike", "state"),
    [
        ("The dockers of Aster want bread, coal, timber and soap.", (0.75, 1.0), "one"),
        ("The dockers of Aster want bread, iron, copper and soap.", (0.6, 0.75), "one"),
        ("Among the carters there some carry bread, iron and soap.", (0.14, 0.4), "apart"),
    ],
)
def test_an_edited_sentence_is_alike_in_its_words_and_their_order(new: str, alike: tuple[float, float], state: str) -> None:
    assert alike[0] <= max(likeness(STRIKE, new), shared(STRIKE, new)) < alike[1]
    assert together(claims(STRIKE), claims(new)) == state


PORT = "At least 12 ships and their crews are waiting outside the harbour of Aster on Monday."


@pytest.mark.parametrize(
    ("day", "published", "one"),
    [("2026-11-16", "November 16, 2026", True), ("2026-11-19", "November 19, 2026", True), ("2026-11-20", "November 20, 2026", False)],
)
def test_articles_a_few_days_apart_may_tell_of_the_same_days(day: str, published: str, one: bool) -> None:
    old = claims(PORT, published="November 16, 2026", days=["2026-11-16"])
    new = claims(PORT, name="g", published=published, days=["2026-11-16"])
    assert (together(old, new) != "apart") is one


@pytest.mark.parametrize(
    ("old", "new", "compared"),
    [("Bakers sailed ships.", "Bakers sang songs.", True), ("Bakers bought ships in Velm.", "Bakers sang songs of Brell.", False)],
)
def test_claims_that_share_a_quarter_of_what_they_say_are_compared(old: str, new: str, compared: bool) -> None:
    table = _Table(claims(old), claims(new, name="g"), lambda claim: False)
    assert list(table._alike([0], [0])) == ([(0, 0)] if compared else [])


def test_forty_claims_of_an_article_are_all_compared() -> None:
    several = claims(*(f"Ship {n} left the harbour of Aster." for n in range(50)))
    table = _Table(several, several, lambda claim: False)
    assert len(list(table._at_home([0], range(50)))) == 40


def test_two_hundred_claims_of_a_brief_are_asked_about() -> None:
    asked: list[int] = []

    def ask(wanted: Mapping[int, Sequence[Value]], *, old: bool) -> Mapping[int, Collection[Place]]:
        asked.append(len(wanted))
        return {}

    found = match([], claims(*(f"Ship {n} left the harbour of Aster." for n in range(203))), lambda claim: False, ask)
    assert asked == [200]
    assert found.unasked == 3


@pytest.mark.parametrize(
    ("home", "common", "edit", "kinds", "state"),
    [
        (True, 0.39, 0.0, "value", "apart"),
        (True, 0.41, 0.0, "value", "open"),
        (True, 0.74, 0.0, "value", "open"),
        (True, 0.76, 0.0, "value", "sure"),
        (True, 0.9, 0.84, "value actor", "apart"),
        (True, 0.9, 0.86, "value actor", "sure"),
        (False, 0.49, 0.0, "value", "apart"),
        (False, 0.51, 0.0, "value", "open"),
        (False, 0.74, 0.0, "value", "open"),
        (False, 0.76, 0.0, "value", "sure"),
    ],
)
def test_how_alike_claims_with_another_value_are_one_matter(
    home: bool, common: float, edit: float, kinds: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "shared", lambda one, other: common)
    monkeypatch.setattr(stage, "likeness", lambda one, other: edit)
    monkeypatch.setattr(stage, "differences", lambda old, new, *, home: values(kinds))
    (old,), (new,) = claims(STRIKE), claims(STRIKE, name="f" if home else "g")
    found = _candidate((0, 0), old, new)
    assert ("apart" if found is None else "open" if found.open else "sure") == state


@pytest.mark.parametrize(("day", "state"), [("2026-12-17", "one"), ("2026-12-18", "apart")])
def test_an_event_may_move_by_a_month_and_be_the_same(day: str, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "differences", lambda old, new, *, home: values("time"))
    old, new = claims(STRIKE, days=["2026-11-16"]), claims(STRIKE.replace("salt", "soap"), days=[day])
    assert together(old, new) == state
