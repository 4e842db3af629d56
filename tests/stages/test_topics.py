"""Events of other days stand under a name that all their titles have; a topic that is none does not verify."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.brief import Brief
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.pipeline import generate
from briefing.progress import Silent
from briefing.render import render
from briefing.stages.cluster import opening
from briefing.stages.compose import Group
from briefing.stages.topics import heading, of_topics
from briefing.types import Article
from briefing.verify import verify
from briefing.web.brief import brief_page
from briefing.web.html import html
from tests.stages.fakes import FakeModel, embed, made, outcome, told

STRIKE = (
    "Dockers strike in Aster\n\nDockers in the port of Aster began a strike on Monday. The port of Aster is closed, and 300 dockers "
    "stopped work. The strike of the dockers began after talks in Aster failed."
)
TALKS = (
    "Talks on strike in Aster\n\nDockers in the port of Aster and its owners held talks on the strike. The port of Aster is still closed "
    "to 40 ships. The dockers in Aster want a rise of 4 percent."
)
RATE = (
    "Bank of Orlin keeps rate\n\nThe central bank of Orlin left its key rate at 4.25 percent. Its governor warned of weak growth in Orlin."
)
CUP = (
    "Cup goes to Aster\n\nThe women’s team beat Velm 3-1 in Sunday’s final before 9,000 spectators. A goalkeeper saved two penalties for "
    "Aster, and its coach Ida Lund praised her."
)
FIRST, SECOND = "2026-11-16", "2026-11-20"


def pile(talks: str = TALKS, day: str = SECOND) -> list[Article]:
    """Return a strike, what came of it on a later day, and something else between them."""
    return [made(STRIKE, "a", published=FIRST), made(RATE, "b", published=FIRST), made(talks, "c", published=day)]


def briefed(articles: list[Article], parser: Parser) -> Brief:
    options: dict[str, Any] = {"date": "2026-11-21", "progress": Silent(), "every": True}
    return generate([outcome(one) for one in articles], parser=parser, embed=embed, model=FakeModel(), **options)


def topics(brief: Brief) -> dict[tuple[str, ...], str]:
    return {story.event: story.topic for story in brief.stories}


def findings(brief: Brief, articles: list[Article], parser: Parser) -> set[str]:
    known = {one.id: outcome(one) for one in articles}
    return {finding.check for finding in verify(brief, lambda record: known[record.id], parser=parser)}


def test_events_of_other_days_are_of_one_topic_and_stand_together(parser: Parser) -> None:
    found = briefed(pile(), parser)
    assert topics(found) == {("a",): "Aster", ("b",): "", ("c",): "Aster"}
    assert abs([story.event for story in found.stories].index(("a",)) - [story.event for story in found.stories].index(("c",))) == 1
    heads = {name.partition("-")[0] for name in found.top}
    assert len(heads & {"a", "c"}) == 1
    assert findings(found, pile(), parser) == set()


@pytest.mark.parametrize(
    ("talks", "day"),
    [
        (TALKS, ""),
        (TALKS.replace("Talks on strike in Aster", "Talks on strike go on"), SECOND),
        (CUP, SECOND),
    ],
    ids=["no day", "no name", "not alike"],
)
def test_what_has_no_other_day_no_name_or_is_not_alike_is_of_no_topic(parser: Parser, talks: str, day: str) -> None:
    assert set(topics(briefed(pile(talks, day), parser)).values()) == {""}


@pytest.mark.parametrize(("day", "topic"), [(SECOND, "Aster"), (FIRST, "")])
def test_events_of_the_same_days_are_of_no_topic(parser: Parser, day: str, topic: str) -> None:
    documents = {one.id: Document(one, parser) for one in pile(day=day)}
    groups = [Group((told(document, 2),), (name,)) for name, document in documents.items()]
    found = of_topics(groups, documents, embed([opening(document) for document in documents.values()]))
    assert [group.topic for group in found] == [topic, "", topic]


def test_a_heading_is_a_name_of_two_titles_that_others_do_not_tell_of(parser: Parser) -> None:
    documents = {one.id: Document(one, parser) for one in pile()}
    assert heading([["a"], ["c"]], documents) == ("Aster", [0, 1])
    assert heading([["a"], ["b"], ["c"]], documents) == ("Aster", [0, 2])
    assert heading([["a"], ["b"]], documents) == ("", [])
    known = documents | {
        "d": Document(made("Rain\n\nIt rained in Aster.", "d"), parser),
        "e": Document(made("Fog\n\nAster saw fog.", "e"), parser),
    }
    assert heading([["a"], ["c"]], known) == ("", [])


def changed(brief: Brief, topic: dict[tuple[str, ...], str]) -> Brief:
    stories = tuple(story.model_copy(update={"topic": topic.get(story.event, story.topic)}) for story in brief.stories)
    return brief.model_copy(update={"stories": stories})


@pytest.mark.parametrize(
    "topic",
    [
        {("a",): "Orlin", ("c",): "Orlin"},
        {("a",): ""},
        {("b",): "Aster"},
        {("a",): "Strike of the century", ("c",): "Strike of the century"},
        {("b",): "Bank"},
    ],
    ids=["another name", "one alone", "another story", "no name", "a topic of one"],
)
def test_a_forged_topic_is_refused(parser: Parser, topic: dict[tuple[str, ...], str]) -> None:
    found = changed(briefed(pile(), parser), topic)
    assert "topic" in findings(found, pile(), parser)


def test_a_topic_of_the_same_days_is_refused(parser: Parser) -> None:
    articles = pile(CUP, FIRST)
    assert "topic" in findings(changed(briefed(articles, parser), {("a",): "Aster", ("c",): "Aster"}), articles, parser)


def test_stories_of_a_topic_that_stand_apart_are_refused(parser: Parser) -> None:
    found = briefed(pile(), parser)
    order = sorted(found.stories, key=lambda story: story.event)
    stories = tuple(story.model_copy(update={"id": f"story-{n}"}) for n, story in enumerate(order, start=1))
    assert "topic" in findings(found.model_copy(update={"stories": stories}), pile(), parser)


def test_a_topic_is_a_heading_over_its_stories(parser: Parser) -> None:
    found = briefed(pile(), parser)
    view = render(found)
    assert view.count("### Topic: Aster\n") == 1
    assert view.count("\n#### ") == 2
    page = html(brief_page(found, lambda record: None))
    assert page.count("Topic: Aster") == 1
    assert page.count('class="topic"') == 1


def test_a_topic_of_which_one_story_is_shown_has_no_heading(parser: Parser) -> None:
    found = briefed(pile(), parser)
    top = tuple(claim.id for claim in found.claims if claim.citations[0].article != "c")
    assert "Topic" not in render(found.model_copy(update={"top": top, "leads": ()}))
