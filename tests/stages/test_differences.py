"""In what an edited sentence differs, and that other words for the same are no difference."""

from __future__ import annotations

import pytest

from briefing.diff import diff
from briefing.stages.differences import differences, hunks, likeness, shared
from tests.editions import edition

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


def test_what_a_draft_left_out_is_no_difference() -> None:
    quote = "Mayor Ines Calder of Aster said on Monday that 300 workers may return in May."
    (old,) = edition({"f": (quote,)}).brief.claims
    short = old.model_copy(update={"text": "Mayor Calder said workers may return."})
    assert differences(old, short, home=True) == differences(short, old, home=True) == []


def test_two_reports_differ_in_their_values_alone() -> None:
    (old,) = edition({"f": ("At least 4 people died in the storm, the ministry said.",)}).brief.claims
    (new,) = edition({"g": ("The storm killed some 7 people, reports say.",)}).brief.claims
    assert [(value.kind, value.was, value.now) for value in differences(old, new, home=False)] == [("value", "4 people", "7 people")]


def test_words_that_differ_are_shown_as_they_stand() -> None:
    assert hunks("The union may close it.", "The union will not close it.") == [("may", "will not")]
    assert likeness("a b c d", "a b c d") == 1
    assert shared("", "a") == 0


def kinds(old: str, new: str, published: str = "") -> set[str]:
    """Return in what two sentences of one article differ, taken for one that was edited."""
    first, second = (edition({"f": (text,)}, published={"f": published}).brief.claims[0] for text in (old, new))
    found: set[str] = {value.kind for value in differences(first, second, home=True)}
    assert found == {value.kind for value in differences(second, first, home=True)}
    return found


MAY = "The union may close the port of Aster."


@pytest.mark.parametrize(
    ("new", "edit"),
    [
        ("The union will close the port of Aster.", True),
        ("Workers of the port will be sent home when its gates close for the winter, the union of Aster said.", False),
    ],
)
def test_how_sure_something_is_said_is_compared_in_an_edited_sentence_alone(new: str, edit: bool) -> None:
    assert likeness(MAY, new) > 0.2
    assert (likeness(MAY, new) >= 0.6) is edit
    assert ("certainty" in kinds(MAY, new)) is edit


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("The treaty was signed by Velmora.", "The treaty was signed by Velmoran envoys and by Tarn.", set()),
        ("The treaty was signed by Velmora.", "The treaty was signed by Velhart.", {"actor"}),
        ("The treaty was signed by Fort-Velmora.", "The fort of the Velmorans signed the treaty with Tarn.", set()),
    ],
)
def test_a_name_is_known_by_its_first_six_letters(old: str, new: str, told: set[str]) -> None:
    assert kinds(old, new) & {"actor"} == told


@pytest.mark.parametrize(("day", "told"), [("4 September", set()), ("5 September", {"time"})])
def test_a_weekday_and_a_date_are_one_day_by_the_year_of_the_article(day: str, told: set[str]) -> None:
    old, new = "The council of Brell votes on Thursday, the mayor said.", f"The council of Brell votes on {day}, the mayor said."
    assert kinds(old, new, "September 2, 2025") & {"time"} == told


@pytest.mark.parametrize(
    ("verb", "told"), [("falling", {"direction"}), ("fall", {"direction"}), ("rising", set()), ("full of fallacies", set())]
)
def test_a_direction_is_a_form_of_its_verb(verb: str, told: set[str]) -> None:
    rising = "The prices are rising in Aster, the union said."
    assert kinds(rising, rising.replace("rising", verb)) & {"direction"} == told
