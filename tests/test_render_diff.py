"""The diff and the timeline as pages: the summary first, footnotes for both sides, and text that stays text."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from briefing.brief import Story
from briefing.language.base import Parser
from briefing.pipeline import tasks
from briefing.plot import svg
from briefing.records import Diff, Point, Series
from briefing.render_diff import render_diff
from briefing.render_timeline import render_plots, render_timeline
from briefing.stages.judging import Judge
from briefing.stages.retold import Source, teller
from briefing.types import Claim
from tests import briefs
from tests.editions import HARBOUR, HOSPITAL, diff, edition, timeline
from tests.markdown import Page
from tests.stages.fakes import EVEN, FakeModel
from tests.test_render import hostile
from tests.text.test_escape import NASTY

pytestmark = pytest.mark.usefixtures("lent")
OLD = {"harbour": HARBOUR, "hospital": HOSPITAL}
TODAY = {"harbour": (HARBOUR[0], HARBOUR[1].replace("26", "31"), "A crane fell into the basin of Aster.")}


@pytest.fixture
def found() -> Diff:
    return diff(edition(OLD), edition(TODAY, "2026-11-21"))


def test_the_summary_is_the_first_line(found: Diff) -> None:
    assert render_diff(found).splitlines()[0] == found.summary == "1 new, 1 changed, 3 dropped, 1 article edited; 1 as before"


def test_the_parts_stand_in_order(found: Diff) -> None:
    assert Page(render_diff(found)).texts("heading") == ["New", "Changed", "Dropped", "Edited articles", "harbour", "As before"]


def test_what_changed_stands_with_both_sides(found: Diff) -> None:
    page = Page(render_diff(found))
    assert page.texts("td") == [HARBOUR[1], TODAY["harbour"][1], "26 ships → 31 ships"]
    notes = page.notes()
    assert notes["old-harbour-s3"] == f"harbour, sentence 3 (as of 20 November 2026): “{HARBOUR[1]}”"
    assert notes["new-harbour-s3"] == f"harbour, sentence 3 (as of 21 November 2026): “{TODAY['harbour'][1]}”"
    assert notes["harbour-s2"] == f"harbour, sentence 2: “{HARBOUR[0]}”"
    assert set(page.marks()) == set(notes) == page.defined()


def test_disputes_stand_with_the_other_side_and_new_origins_by_name(parser: Parser) -> None:
    denied = "The port authority denied that ships were waiting outside the harbour."
    again = "After a strike of 12 days the port of Aster was open again on Monday."
    files = {**OLD, "authority": (denied,), "radio": (again,)}
    new = edition(files, "2026-11-21", outlets={"radio": "Radio Brell"}, conflicts=[("harbour-s3", "authority-s2")])
    judge = Judge(FakeModel(believe=lambda question: 0.9), tasks(("whole",)))
    page = Page(render_diff(diff(edition(OLD), new, teller(parser, lambda: judge, EVEN.earlier.least))))
    items = page.texts("list_item")
    assert f"{HARBOUR[0]} (now also Radio Brell)" in items
    assert items[items.index(denied) + 1 :][:1] != [denied]
    assert [item for item in items if item.startswith(HARBOUR[1])] == [HARBOUR[1]]
    assert page.texts("heading") == ["New", "Newly corroborated", "Newly disputed", "As before"]


def test_nothing_changed_says_so() -> None:
    page = render_diff(diff(edition(OLD), edition(OLD, "2026-11-21")))
    assert page.splitlines()[0] == "nothing changed; 5 as before"
    assert Page(page).texts("heading") == ["As before"]


def test_of_many_as_before_the_first_are_named() -> None:
    many = {"list": tuple(f"The town of Aster bought {n} buses in 2024." for n in range(2, 40))}
    page = render_diff(diff(edition(many), edition(many)))
    assert "38 claims, of which the first are:" in page
    assert len(Page(page).texts("list_item")) == 10


def nasty(text: str, date: str) -> Source:
    article = hostile(text).model_copy(update={"published": ""})
    claim = briefs.claim("c", text.strip() or "x", (article, 1), origins=1)
    return Source(
        briefs.brief([article], [claim], [Story(id="s", headline=text.strip() or "x", claims=("c",))], date=date), "", lambda _: article
    )


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_a_page(text: str) -> None:
    old, new = nasty(text, "2026-11-20"), nasty(f"{text} 5 ships", "2026-11-21")
    for one, other in ((old, new), (old, edition(OLD)), (edition(OLD), new)):
        markdown = render_diff(diff(one, other))
        page = Page(markdown)
        assert set(page.marks()) == page.defined()
        assert page.foreign() == set()
    told = timeline([old, new], topic="ships")
    assert Page(render_timeline(told)).foreign() <= {"strong"}


# The timeline's pages

DAYS = {"2026-11-20": 26, "2026-11-21": 31, "2026-11-24": 12}


def days() -> list[Source]:
    return [edition({"harbour": (HARBOUR[0], HARBOUR[1].replace("26", str(n)))}, date) for date, n in DAYS.items()]


def test_a_story_is_told_by_days_and_its_values_as_a_table() -> None:
    page = Page(render_timeline(timeline(days(), topic="ships harbour")))
    assert page.texts("heading")[1:] == ["20 November 2026", "21 November 2026", "24 November 2026", "Values over time"]
    assert page.texts("th") == ["What", "2026-11-20", "2026-11-21", "2026-11-24"]
    assert page.texts("td")[1:] == ["26 ships", "31 ships", "12 ships"]
    assert set(page.marks()) == page.defined() == set(page.notes())


def test_without_a_topic_the_stories_are_listed() -> None:
    page = Page(render_timeline(timeline(days())))
    assert page.texts("th") == ["Story", "From", "To", "Briefs", "ID"]
    assert page.texts("td")[1:4] == ["20 November 2026", "24 November 2026", "3"]


def test_the_plot_is_sound_and_has_words_for_those_who_do_not_see_it() -> None:
    told = timeline(days(), topic="ships harbour")
    drawn = render_plots(told)
    root = ET.fromstring(drawn)
    texts = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"26", "31", "12", "2026-11-20", "ship", "date of the brief"} <= set(texts)
    (described,) = root.iter("{http://www.w3.org/2000/svg}desc")
    assert described.text == "20 November 2026: 26 ships; 21 November 2026: 31 ships; 24 November 2026: 12 ships"


def test_a_plot_escapes_and_takes_any_value() -> None:
    article = hostile("x 5")
    claim: Claim = briefs.claim("c", "x", (article, 1))
    points = [
        Point(date=date, value=value, shown="<b>&\x00\u202e", claim="x", citations=claim.citations)
        for date, value in (("2026-11-20", 0.0), ("2026-11-20", 1e12), ("2026-11-21", 0.1))
    ]
    root = ET.fromstring(svg([Series(what="<script>\x07" * 40, unit='"><x', points=tuple(points))]))
    assert not list(root.iter("script"))


def test_where_nothing_moved_there_is_no_plot() -> None:
    assert render_plots(timeline([edition(OLD), edition(OLD, "2026-11-21")], topic="harbour ships")) == ""
