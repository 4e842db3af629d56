"""One side of a conflict, wherever it is told without the other side: it says that it is contested, as the brief itself does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.atom import feed
from briefing.brief import ArticleRecord
from briefing.records import ArticleSummary
from briefing.render import render
from briefing.render_article import render_article
from briefing.render_diff import render_diff
from briefing.render_timeline import render_timeline
from briefing.sending import message
from briefing.serving import _row
from briefing.stages.retold import Source
from briefing.web.diff import diff_page
from briefing.web.html import html
from briefing.web.timeline import timeline_page
from tests.editions import HOSPITAL, diff, edition, timeline

pytestmark = pytest.mark.usefixtures("lent")
SIDES = ("The port of Aster was closed for 12 days.", "The port of Aster was closed for 19 days.")


def made() -> Source:
    """Make a brief of two stories, the first of which has its headline from one side of a conflict."""
    source = edition({"port": SIDES, "hospital": HOSPITAL}, "2026-11-21", conflicts=[("port-s2", "port-s3")])
    one, other = source.brief.stories
    assert source.brief.claims[0].conflicts
    story = one.model_copy(update={"heading": one.claims[0]})
    return source._replace(brief=source.brief.model_copy(update={"stories": (story, other), "top": one.claims}))


def show(source: Source) -> str:
    brief = source.brief
    found = ArticleSummary(schema="briefing-article/1", date=brief.date, article=brief.articles[0], claims=brief.claims, cited=brief.claims)
    return render_article(found, None)


def records(source: Source) -> Callable[[str, str], ArticleRecord]:
    return lambda _, name: next(record for record in source.brief.articles if record.id == name)


VIEWS: dict[str, Callable[[Source], str]] = {
    "brief": lambda source: render(source.brief),
    "message": lambda source: message(source.brief)[1],
    "feed": lambda source: feed([(source.brief, "", "2026-11-21T06:00:00Z")]),
    "days": lambda source: "\n".join(_row("2026-11-21", source.brief).top),
    "show": show,
    "diff, new": lambda source: render_diff(diff(edition({"hospital": HOSPITAL}), source)),
    "diff, dropped": lambda source: render_diff(diff(source, edition({"hospital": HOSPITAL}, "2026-11-22"))),
    "list of stories": lambda source: render_timeline(timeline([source])),
    "timeline": lambda source: render_timeline(timeline([source], "port of Aster")),
}


@pytest.mark.parametrize("view", VIEWS)
def test_no_side_is_told_as_a_fact(view: str) -> None:
    lines = [line for line in VIEWS[view](made()).splitlines() if "was closed for" in line]
    told = [line for line in lines if "“" not in line and not line.startswith("| port")]  # no quotation, and no side by side
    assert told
    assert [line for line in told if "Contested:" not in line] == []


@pytest.mark.parametrize(("state", "tag"), [("changed", "Changed, contested"), ("disputed", "Newly disputed"), ("new", "Contested")])
def test_a_step_of_a_story_says_both(state: str, tag: str) -> None:
    found = timeline([made()], "port of Aster")
    (thread,) = found.threads
    entries = tuple(entry.model_copy(update={"state": state}) for entry in thread.entries)
    found = found.model_copy(update={"threads": (thread.model_copy(update={"entries": entries}),)})
    assert f"- **{tag}:** {SIDES[0].rstrip('.')}" in render_timeline(found)


def test_pages_say_it_too() -> None:
    source = made()
    told = html(timeline_page(timeline([source], "port of Aster"), records(source), source.text))
    assert f'<h1 dir="auto">Contested: {SIDES[0].rstrip(".")}</h1>' in told
    for older, newer in ((edition({"hospital": HOSPITAL}), source), (source, edition({"hospital": HOSPITAL}, "2026-11-22"))):
        page = html(diff_page(diff(older, newer), newer.text))
        assert page.count('<span class="badge contested">Contested</span>') == len(SIDES)


def test_what_is_contested_beside_its_other_side_is_not_said_twice() -> None:
    before, now = edition({"port": SIDES}), edition({"port": SIDES}, "2026-11-21", conflicts=[("port-s2", "port-s3")])
    found = diff(before, now)
    assert {change.state for change in found.changes} == {"disputed"}
    assert "Contested:" not in render_diff(found)
    assert "badge contested" not in html(diff_page(found, now.text))
