"""How alike two claims must be to be one matter, to be asked about, or to be told apart; each number by a pair on either side of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pytest

from briefing.records import Value
from briefing.stages.match import _retold, _Table, match
from briefing.stages.retold import made
from briefing.stages.summarize import Made
from briefing.types import Place
from tests.editions import edition
from tests.stages.fakes import Lent

pytestmark = pytest.mark.usefixtures("lent")
REST = ("The council of Osk elected its chair in a secret ballot that lasted until midnight.",)
"""What stands beside it in an article: a sentence alone is too short to be known as English."""


def claims(*texts: str, name: str = "f", published: str = "", days: Sequence[str] = ()) -> list[Made]:
    """Return the claims of one article; `days` are the dates of what they tell."""
    source = edition({name: (*texts, *REST)}, published={name: published}, left=REST)
    found = list(source.brief.claims)
    if days:
        found = [one.model_copy(update={"date": day}) for one, day in zip(found, days, strict=True)]
    return made(found, source, Lent.parser)


def together(old: Sequence[Made], new: Sequence[Made], *, stands: bool = False) -> str:
    """Return what becomes of two claims by plain code alone: they are "one" matter, or "apart"."""
    found = match(old, new, lambda claim: stands)
    return "one" if any(group.old and group.new for group in found.groups) else "apart"


STRIKE = "The dockers of Aster want bread, coal, timber and salt."


@pytest.mark.parametrize(
    ("new", "state"),
    [
        ("The dockers of Aster want bread, coal, timber and soap.", "one"),
        ("The dockers of Aster want bread, iron, copper and soap.", "one"),
        ("Among the carters there some carry bread, iron and soap.", "apart"),
    ],
)
def test_a_sentence_that_went_and_one_that_came_are_one_if_half_of_their_words_are(new: str, state: str) -> None:
    assert together(claims(STRIKE), claims(new)) == state
    assert together(claims(STRIKE), claims(new), stands=True) == "apart"


LORRY = "A lorry overturned on the A4 motorway near Brenna on Tuesday, and 2 people were injured."


@pytest.mark.parametrize(
    ("new", "state"),
    [
        (LORRY.replace("2 people", "3 people"), "one"),
        (LORRY.replace("2 people", "3 people").replace("Brenna", "Solto"), "one"),  # so much is the same that it is an edit
        ("A bus overturned on the A9 motorway near Solto on Thursday, and 11 people were injured.", "apart"),
    ],
)
def test_where_two_of_actor_time_and_value_differ_it_is_another_event(new: str, state: str) -> None:
    assert together(claims(LORRY), claims(new)) == state


PORT = "The crews of 12 ships are waiting outside the harbour of Aster on Monday."


@pytest.mark.parametrize(
    ("day", "published", "one"),
    [("2026-11-16", "November 16, 2026", True), ("2026-11-19", "November 19, 2026", True), ("2026-11-20", "November 20, 2026", False)],
)
def test_articles_a_few_days_apart_may_tell_of_the_same_days(day: str, published: str, one: bool) -> None:
    old = claims(PORT, published="November 16, 2026", days=["2026-11-16"])
    new = claims(PORT, name="g", published=published, days=["2026-11-16"])
    assert (together(old, new) != "apart") is one


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (PORT.replace("12", "45"), ("12 ships", "45 ships", False)),  # word for word the same
        ("Outside the harbour of Aster the crews of 45 ships are waiting on Monday.", ("12 ships", "45 ships", True)),
        ("Outside the harbour of Aster the crews of 45 ferries are waiting on Monday.", None),
        (PORT.replace("12", "45").replace("Aster", "Brell"), None),
        ("The crews of 45 ships were paid by Norlink in May.", None),
    ],
)
def test_another_value_of_another_article_is_asked_about_unless_the_rest_is_word_for_word(
    new: str, found: tuple[str, str, bool] | None
) -> None:
    (one,), (other,) = claims(PORT), claims(new, name="g")
    candidate = _retold((0, 0), one, other)
    assert (candidate and (candidate.values[0].was, candidate.values[0].now, candidate.open)) == found


def test_of_claims_that_are_word_for_word_the_same_each_has_its_group() -> None:
    found = match([*claims(PORT), *claims(PORT, name="g")], claims(PORT, name="h"), lambda claim: False)
    assert [(group.old, group.new) for group in found.groups] == [((0, 1), (0,))]


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
