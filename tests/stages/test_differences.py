"""In what an edited sentence differs, and that other words for the same are no difference."""

from __future__ import annotations

import pytest

from briefing.stages.differences import differences, hunks, likeness
from briefing.stages.retold import made
from briefing.stages.summarize import Made
from tests.editions import diff, edition
from tests.stages.fakes import Lent

pytestmark = pytest.mark.usefixtures("lent")
CHANGED = [
    ("Two people were arrested in Aster on Monday.", "Three people were arrested in Aster on Monday."),
    ("The interior minister resigned on Monday, his office said.", "The interior minister refused to resign on Monday, his office said."),
    ("Police arrested a suspect in the harbour of Aster.", "Police released a suspect in the harbour of Aster."),
    ("The court approved the plan for the bridge.", "The court rejected the plan for the bridge."),
    ("Halden bought its rival Norvik last week.", "Norvik bought its rival Halden last week."),
    ("Unemployment rose to 5 percent in May.", "Unemployment fell to 4 percent in May."),
    ("The talks start at 9 a.m. in Aster.", "The talks start at 11 a.m. in Aster."),
    ("Half of the houses in Brell were damaged.", "A third of the houses in Brell were damaged."),
    ("Nearly 500 houses in Brell were damaged.", "More than 500 houses in Brell were damaged."),
    ("Air defences downed 92 Russian drones on Monday.", "Air defences downed 92 Ukrainian drones on Monday."),
    ("A man was killed in the fire in Brell.", "A man was injured in the fire in Brell."),
    ("The fine was $5m, the court said.", "The fine was $6m, the court said."),
    ("The strike may last until Sunday, the union said.", "The strike will last until Sunday, the union said."),
    ("The death toll in Brell stands at 12.", "The death toll in Brell has risen to 15."),
    ("The bank expects growth of 1.5 percent in 2026.", "The bank expects growth of 1.5 percent in 2027."),
    ("Calder said the port would stay open.", "Calder's deputy Paul Weidner said the port would stay open."),
    ("The vote is on 3 March, the mayor said.", "The vote is on 10 March, the mayor said."),
    ("The storm left 5,000 homes without power.", "Power was back in 5,000 homes after the storm."),
    ("He was charged with theft of 300 euros in Aster.", "He was acquitted of theft of 300 euros in Aster."),
]
UNCHANGED = [
    ("Air defences downed Russian drones.", "Air defences downed Russia's drones."),
    ("The fine was $5m, the court said.", "The fine was $5 million, the court said."),
    ("The army said it had taken the town of Elsby.", "The army says it has captured the town of Elsby."),
    ("President Ines Calder will visit Brell on Friday.", "President Calder is to visit Brell on Friday."),
    ("Some 300 workers have gone back to work.", "About 300 workers are back at work."),
    ("The vote is on 3 March.", "The vote is on March 3."),
    ("The president said he was in good health.", "The President said that he was in good health."),
]


KEPT = (
    "The council of Osk elected Tove Lind as its chair in a secret ballot that lasted until midnight.",
    "A library in Tarn opened its new reading room to children on Saturday, and forty of them came.",
)
"""What stands in both editions of an article: it is one article."""


def state(old: str, new: str) -> list[str]:
    changes = diff(edition({"f": (old, *KEPT)}), edition({"f": (new, *KEPT)})).changes
    return [change.state for change in changes if not any(claim.text in KEPT for claim in (*change.olds, *change.news))]


@pytest.mark.parametrize(("old", "new"), CHANGED)
def test_an_edit_that_says_something_else(old: str, new: str) -> None:
    assert state(old, new) == state(new, old) == ["changed"]


@pytest.mark.parametrize(("old", "new"), UNCHANGED)
def test_an_edit_that_says_the_same(old: str, new: str) -> None:
    assert state(old, new) == state(new, old) == ["unchanged"]


def claim(quote: str, text: str = "", published: str = "", name: str = "f") -> Made:
    """Return the claim of a sentence that stands in an article beside others, drafted as `text` if that is given."""
    source = edition({name: (quote, *KEPT)}, published={name: published}, texts={quote: text or quote})
    return made(source.brief.claims, source, Lent.parser)[0]


def told(old: str, new: str, published: str = "") -> list[tuple[str, str, str]]:
    """Return in what two sentences of one article differ, taken for one that was edited; it is the same the other way round."""
    one, other = claim(old, published=published), claim(new, published=published)
    found: list[tuple[str, str, str]] = [(value.kind, value.was, value.now) for value in differences(one, other)]
    assert sorted(found) == sorted((value.kind, value.now, value.was) for value in differences(other, one))
    return found


def test_what_a_draft_left_out_is_no_difference() -> None:
    quote = "Mayor Ines Calder of Aster said on Monday that 300 workers may return in May."
    old, short = claim(quote), claim(quote, "Mayor Calder said workers may return.")
    assert differences(old, short) == differences(short, old) == []


def test_words_that_differ_are_shown_as_they_stand() -> None:
    assert hunks("The union may close it.", "The union will not close it.") == [("may", "will not")]
    assert likeness("a b c d", "a b c d") == 1


@pytest.mark.parametrize(
    ("old", "new", "values"),
    [
        ("The fine was $5m, the court said.", "The fine was $6m, the court said.", [("value", "$5m", "$6m")]),
        (
            "Air defences downed 92 Russian drones on Monday.",
            "Air defences downed 97 Russian drones on Tuesday.",
            [("value", "92 Russian drones", "97 Russian drones"), ("time", "Monday", "Tuesday")],
        ),
        (
            "Trade Minister Olga Renn signed the treaty.",
            "Prime Minister Arne Falk signed the treaty.",
            [("actor", "Trade Minister Olga Renn", "Prime Minister Arne Falk")],
        ),
        ("The vote is on Friday, May 8.", "The vote is on Monday, May 11.", [("time", "Friday, May 8", "Monday, May 11")]),
        ("The town is in talks to sell the mine.", "The town has sold the mine.", [("certainty", "is in talks to sell", "has sold")]),
    ],
)
def test_what_differs_is_shown_with_the_name_or_phrase_it_stands_in(old: str, new: str, values: list[tuple[str, str, str]]) -> None:
    assert told(old, new) == values


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Mayor Calder praised Minister Holm.", "Minister Holm praised Mayor Calder."),
        ("Lund accused Reth of theft.", "Lund was accused by Reth of theft."),
    ],
)
def test_parties_that_changed_places_are_shown_by_the_whole(old: str, new: str) -> None:
    assert told(old, new) == [("actor", old, new)]


MAY = "The union may close the port of Aster."


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("The treaty was signed by Velmora.", "The treaty was signed by Velhart.", {"actor"}),
        ("The treaty was signed by Velmora.", "The treaty was signed by Velmora in the port.", set()),
        ("Halden bought its rival Norvik last week.", "Norvik bought its rival Halden last week.", {"actor"}),
        ("Mayor Calder visited the port of Aster on Monday.", "Mayor Holm visited the port of Aster on Monday.", {"actor"}),
        ("Ines Calder opened the port of Aster.", "Mayor Calder opened the port of Aster.", set()),
        ("The council voted for the bridge.", "The council of Brell voted for the bridge.", set()),  # a name more is no other one
        ("Calder said the port would stay open.", "Paul Weidner said the port would stay open.", {"actor"}),
        ("The prices are rising in Aster, the union said.", "The prices are falling in Aster, the union said.", {"direction"}),
        ("The prices are rising in Aster, the union said.", "The prices rise in Aster, the union said.", set()),
        (MAY, "The union will close the port of Aster.", {"certainty"}),
        ("The vote in Brell was postponed until Friday.", "The vote in Brell was cancelled.", {"direction"}),
        (MAY, "The union might close the port of Aster.", set()),
        ("The port of Aster was closed by the union.", "The port of Aster was allegedly closed by the union.", {"certainty"}),
    ],
)
def test_of_what_kind_a_difference_is(old: str, new: str, kinds: set[str]) -> None:
    assert {kind for kind, _, _ in told(old, new)} == kinds


@pytest.mark.parametrize(("day", "kinds"), [("on 4 September", set()), ("on 5 September", {"time"}), ("in September", set())])
def test_a_weekday_and_a_date_are_one_day_by_the_date_of_the_article(day: str, kinds: set[str]) -> None:
    old, new = "The council of Brell will vote on Thursday, the mayor said.", f"The council of Brell will vote {day}, the mayor said."
    assert {kind for kind, _, _ in told(old, new, "September 2, 2025")} == kinds
    assert not told(old, new)  # without the date of the article nobody knows
