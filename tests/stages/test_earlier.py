"""Which claims an article of an earlier day told already: other words, other values, other days."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import pytest

from briefing import pipeline
from briefing.language.base import Parser
from briefing.stages.compose import grouped, stories
from briefing.stages.earlier import Archived, _passage, could_tell, opened, told_before
from briefing.stages.judging import Judge
from briefing.stages.summarize import Made
from tests.stages.fakes import EVEN, FakeModel, document, made, told

TASKS = pipeline.tasks()
WEDNESDAY = "2026-11-25"
SINKS = "The ferry Marit sank in a storm off Tarn on Tuesday night."


def asked_of(
    parser: Parser,
    today: str,
    before: str,
    *,
    published: str = WEDNESDAY,
    written: str = "2026-11-25",
    believe: float = 0.9,
    number: int = 1,
) -> tuple[Made, FakeModel]:
    """Ask whether an article of an earlier day told a sentence of one of today."""
    own = document(today, parser, "own", published=published)
    old = Archived(WEDNESDAY, "old", made(before, "old", published=written))
    model = FakeModel(believe=lambda question: believe)
    (found,) = told_before(
        [told(own, number)],
        lambda texts: [[old] for _ in texts],
        parser,
        judge=Judge(model, TASKS),
        least=EVEN.earlier.least,
    )
    for one in found.claim.earlier:
        assert could_tell(found, opened(old.article, parser), one.sentences)
    return found, model


def days(one: Made) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(earlier.date, earlier.article, earlier.sentences) for earlier in one.claim.earlier]


def test_other_words_of_the_day_before_are_known_again(parser: Parser) -> None:
    before = "Rain fell in Velm. The ferry Marit went down off Tarn in a storm on Tuesday night."
    found, model = asked_of(parser, SINKS, before, published="2026-11-26")
    assert days(found) == [("2026-11-25", "old", (2,))]
    assert len(model.questions) == 1
    assert asked_of(parser, SINKS, before, published="2026-11-26", believe=0.3)[0].claim.earlier == ()


@pytest.mark.parametrize(
    ("before", "written"),
    [
        ("The ferry Marit sank in a storm off Tarn today.", "2026-11-24"),
        ("The ferry Marit sank in a storm off Tarn on Nov. 24.", "2026-11-24"),
        ("The ferry Marit has sunk in a storm off Tarn.", "2026-11-25"),
    ],
)
def test_a_day_may_be_told_in_other_words(before: str, written: str, parser: Parser) -> None:
    assert asked_of(parser, "The ferry Marit sank in a storm off Tarn on Tuesday.", before, written=written)[0].claim.earlier


@pytest.mark.parametrize(
    ("today", "before", "written"),
    [
        (
            "The storm off Tarn killed 15 sailors of the ferry Marit.",
            "The storm off Tarn killed 12 sailors of the ferry Marit.",
            "2026-11-24",
        ),
        ("Mayor Ines Calder opened the port of Aster.", "Mayor Paul Weidner opened the port of Aster.", "2026-11-24"),
        ("Police released the captain of the ferry Marit.", "Police did not release the captain of the ferry Marit.", "2026-11-24"),
    ],
)
def test_what_is_otherwise_now_is_news(today: str, before: str, written: str, parser: Parser) -> None:
    found, model = asked_of(parser, today, before, written=written)
    assert found.claim.earlier == ()
    assert model.questions == []


@pytest.mark.parametrize(
    ("before", "written"),
    [
        ("The ferry Marit sank in a storm off Tarn on Tuesday night.", "2026-11-18"),  # the Tuesday of the week before
        ("The ferry Marit sank in a storm off Tarn.", "2026-11-18"),
        ("The ferry Marit sank in a storm off Tarn on Nov. 17.", "2026-11-25"),
        ("The ferry Marit sank in a storm off Tarn.", "2026-11-23"),  # before it happened
    ],
)
def test_another_day_is_another_matter(before: str, written: str, parser: Parser) -> None:
    found, model = asked_of(parser, SINKS, before, written=written)
    assert found.claim.earlier == ()
    assert model.questions == []


def test_the_same_sentence_needs_no_judge(parser: Parser) -> None:
    found, model = asked_of(parser, "Nurses in Brell rejected the offer.", "It rained. Nurses in Brell rejected the offer.", believe=0.0)
    assert days(found) == [("2026-11-25", "old", (2,))]
    assert model.questions == []


def test_a_quotation_is_known_by_its_words(parser: Parser) -> None:
    words = "“Nobody in Aster wants to lose the port to Brell.”"
    today = f"“We will not sell a single ship,” Mayor Ines Calder said. {words}"
    found, model = asked_of(parser, today, f"Rain fell. Mayor Calder wrote: {words}", number=2)
    assert found.claim.verbatim
    assert days(found) == [("2026-11-25", "old", (2,))]
    assert model.questions == []


def test_without_an_archive_nothing_is_asked(parser: Parser) -> None:
    own = document(SINKS, parser)
    model = FakeModel()
    claims = [told(own, 1)]
    assert told_before(claims, lambda texts: [[] for _ in texts], parser, judge=Judge(model, TASKS), least=0.6) == claims
    assert model.questions == []


def test_no_passage_is_made_up(parser: Parser) -> None:
    one, old = told(document(SINKS, parser), 1), document("Rain fell in Velm. Snow fell in Aster.", parser, "old")
    assert not could_tell(one, old, ())
    assert not could_tell(one, old, (1,))
    assert not could_tell(one, old, (7,))


# How it is told


def old_news(parser: Parser, known: Sequence[int]) -> list[Made]:
    """Return the claims of an article of three sentences, of which some were told before."""
    text = "The port of Aster reopened. Mayor Ines Calder fined the ferry line Norlink. A crane fell into the basin of Aster."
    own = document(text, parser, published=WEDNESDAY)
    archive = Archived("2026-11-24", "old", made(" ".join(own.text(n) for n in known) or "Nothing.", "old", published="2026-11-24"))
    claims = [told(own, n, 4.0 - n) for n in (1, 2, 3)]
    return told_before(claims, lambda texts: [[archive] for _ in texts], parser, judge=Judge(FakeModel(), TASKS), least=0.99)


def test_old_news_comes_last_and_leads_nothing(parser: Parser) -> None:
    claims = old_news(parser, (1,))
    (story,), top = stories(grouped(claims, [["made"]], WEDNESDAY), [0.0], WEDNESDAY)
    assert story.claims == ("made-s2", "made-s3", "made-s1")
    assert story.headline.startswith("Mayor Ines Calder fined")
    assert top == ["made-s2"]


def test_a_story_without_news_is_read_last_and_is_not_in_short(parser: Parser) -> None:
    claims = old_news(parser, (1, 2, 3))
    other = told(document("A baker in Brell won a prize.", parser, "other", published=WEDNESDAY), 1, 0.1)
    told_last, top = stories(grouped([*claims, other], [["made"], ["other"]], WEDNESDAY), [0.0, 0.0], WEDNESDAY)
    assert [story.event for story in told_last] == [("other",), ("made",)]
    assert top == ["other-s1"]


# The numbers of this stage


@pytest.mark.parametrize(("written", "asked"), [("2026-11-27", 1), ("2026-11-28", 0)])
def test_an_article_without_a_day_tells_of_the_three_before_it(written: str, asked: int, parser: Parser) -> None:
    _, model = asked_of(parser, SINKS, "The ferry Marit sank in a storm off Tarn.", published="2026-11-29", written=written)
    assert len(model.questions) == asked


@pytest.mark.parametrize(("words", "known"), [("“We sell no ship.”", True), ("“We sell none.”", False)])
def test_a_quotation_of_four_words_is_known_again(words: str, known: bool, parser: Parser) -> None:
    today = f"“Nobody in Aster wants to lose the port,” Mayor Ines Calder said. {words}"
    found, _ = asked_of(parser, today, f"Rain fell. Mayor Calder wrote: {words}", number=2)
    assert found.claim.verbatim
    assert days(found) == ([("2026-11-25", "old", (2,))] if known else [])


@pytest.mark.parametrize(
    ("shares", "asked"),
    [
        ((0.29, 0.2), 0),  # the first sentence holds too little
        ((0.31, 0.2), 2),
        ((0.4, 0.09), 0),  # the second one adds too little
        ((0.4, 0.11), 2),
        ((0.44,), 0),  # together they hold too little
        ((0.46,), 1),
        ((0.3, 0.2, 0.15, 0.12), 3),  # no passage is longer
    ],
)
def test_what_sentences_must_hold_of_a_claim_to_be_asked_about(shares: Sequence[float], asked: int) -> None:
    wanted = {str(n): sqrt(share) for n, share in enumerate((*shares, 1 - sum(shares)), start=1)}
    vectors = {n: {str(n): 1.0} for n, _ in enumerate(shares, start=1)}
    assert _passage(wanted, vectors) == tuple(range(1, asked + 1))
