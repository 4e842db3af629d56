"""How alike two claims must be to be one matter, to be asked about, or to be told apart; each number by a pair on either side of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from briefing.stages.differences import likeness, shared
from briefing.stages.match import Matched, Pairing, match
from briefing.types import Claim
from tests.editions import edition


def claims(*texts: str, name: str = "f", published: str = "", days: Sequence[str] = ()) -> list[Claim]:
    """Return the claims of one article; `days` are the dates of what they tell."""
    found = list(edition({name: texts}, published={name: published}).brief.claims)
    return [one.model_copy(update={"date": day}) for one, day in zip(found, days, strict=True)] if days else found


def matched(old: Sequence[Claim], new: Sequence[Claim], *, stands: bool = False) -> tuple[Matched, list[Pairing]]:
    """Return the groups without a yes of the judge, and the pairs that it was asked about."""
    asked: list[Pairing] = []

    def ask(questions: Mapping[Pairing, tuple[str, str]]) -> Mapping[Pairing, float]:
        asked.extend(questions)
        return {}

    return match(old, new, lambda claim: stands, ask), asked


def together(old: Sequence[Claim], new: Sequence[Claim]) -> str:
    """Return what becomes of two claims: they are "one" matter, "asked" about, or "apart"."""
    found, asked = matched(old, new)
    return "asked" if asked else "one" if any(group.old and group.new for group in found.groups) else "apart"


STRIKE = "The dockers of Aster want bread, coal, timber and salt."


@pytest.mark.parametrize(
    ("new", "alike", "state"),
    [
        ("The dockers of Aster want bread, coal, timber and soap.", (0.75, 1.0), "one"),
        ("The dockers of Aster want bread, iron, copper and soap.", (0.6, 0.75), "one"),
        ("The dockers there carry bread, iron and soap.", (0.4, 0.6), "asked"),
        ("Among the carters there some carry bread, iron and soap.", (0.14, 0.4), "apart"),
    ],
)
def test_an_edited_sentence_is_alike_in_its_words_and_their_order(new: str, alike: tuple[float, float], state: str) -> None:
    assert alike[0] <= max(likeness(STRIKE, new), shared(STRIKE, new)) < alike[1]
    assert together(claims(STRIKE), claims(new)) == state


def test_of_many_open_pairs_two_hundred_are_asked_about_and_the_rest_is_counted() -> None:
    old = claims(*(f"The dockers want some {word} and {word[::-1]}." for word in _made_up("b")))
    new = claims(*(f"The dockers want more {word} or {word[::-1]}." for word in _made_up("v")))
    found, asked = matched(old, new)
    assert len(asked) == 200
    assert found.unasked > 202


def _made_up(first: str) -> list[str]:
    return [f"{first}{a}{b}" for a in ("or", "el", "um", "ist", "an") for b in ("dak", "fin", "gol", "pex", "rum")]


def test_forty_claims_of_an_article_are_compared_with_one_that_is_like_none_in_its_rarer_words() -> None:
    old = claims("The dockers want some bread and soap.")
    new = claims(*(f"The dockers want more {name} or {name[::-1]}." for first in "bvk" for name in _made_up(first)))
    assert len(new) == 75
    assert len(matched(old, new)[1]) == 40


PORT = "At least 12 ships and their crews are waiting outside the harbour of Aster on Monday."


@pytest.mark.parametrize(
    ("day", "published", "one"),
    [("2026-11-16", "November 16, 2026", True), ("2026-11-18", "November 18, 2026", True), ("2026-11-26", "November 26, 2026", False)],
)
def test_articles_a_few_days_apart_may_tell_of_the_same_days(day: str, published: str, one: bool) -> None:
    old = claims(PORT, published="November 16, 2026", days=["2026-11-16"])
    new = claims(PORT, name="g", published=published, days=["2026-11-16"])
    assert (together(old, new) != "apart") is one
