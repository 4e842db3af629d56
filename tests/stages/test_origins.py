"""Independent sources are counted once each: files that pass on one outlet, or copy each other, are one origin."""

from __future__ import annotations

import pytest

from briefing.brief import Story
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.stages.origins import attributed, joined, of_stories, origins
from tests.stages.fakes import document, told

LONG = "After a strike of nine days by its 300 workers, the port of Aster was reopened on Monday by order of the council"


def made(parser: Parser, **texts: str) -> dict[str, Document]:
    return {name: document(text, parser, name) for name, text in texts.items()}


def count(documents: dict[str, Document], *places: tuple[str, int]) -> tuple[int, tuple[str, ...]]:
    found = origins([documents[name].article.cite(number) for name, number in places], documents)
    return found.number, found.outlets


@pytest.mark.parametrize(
    ("one", "other", "number", "outlets"),
    [
        ("Aster reopened its port, the mayor said.", "Workers returned to the harbour, a union said.", 2, ()),
        ("Aster reopened its port, Reuters reported.", "Workers returned, according to Reuters.", 1, ("Reuters",)),
        ("Aster reopened its port, Reuters reported.", "Workers returned, according to Bild.", 2, ("Reuters", "Bild")),
        ("Aster reopened its port, Reuters reported.", "Workers returned to the harbour, a union said.", 2, ("Reuters",)),
        (f"{LONG}.", f"{LONG}, officials said.", 1, ()),  # long runs of the same words
    ],
)
def test_two_articles(parser: Parser, one: str, other: str, number: int, outlets: tuple[str, ...]) -> None:
    documents = made(parser, a=one, b=other)
    assert count(documents, ("a", 1), ("b", 1)) == (number, outlets)
    assert count(documents, ("b", 1), ("a", 1))[0] == number


def test_several_sentences_of_one_article_are_one(parser: Parser) -> None:
    documents = made(parser, a="Aster reopened its port. The ferry sailed to Brell.")
    assert count(documents, ("a", 1), ("a", 2)) == (1, ())


def test_an_outlet_that_others_pass_on_is_no_second_source(parser: Parser) -> None:
    documents = {
        "a": document("Aster reopened its port, Reuters reported.", parser, "a"),
        "b": document("The harbour works again, a union said.", parser, "b", source="Reuters"),
    }
    assert count(documents, ("a", 1), ("b", 1))[0] == 1


def test_articles_of_one_outlet_are_one_origin(parser: Parser) -> None:
    documents = {
        "a": document("Aster reopened its port, the mayor said.", parser, "a", source="The Courier"),
        "b": document("Workers returned to the harbour, a union said.", parser, "b", source="Courier"),
    }
    assert count(documents, ("a", 1), ("b", 1))[0] == 1


def test_what_is_reportedly_so_is_of_the_outlet_before(parser: Parser) -> None:
    documents = made(
        parser, a="Bild wrote that talks were held in Aster. The port reportedly reopened on Monday.", b="Bild said ships had sailed."
    )
    assert count(documents, ("a", 2), ("b", 1)) == (1, ("Bild",))


def test_claims_and_stories_carry_them(parser: Parser) -> None:
    documents = made(parser, a="Aster reopened its port, Reuters reported.", b="Six people died in a fire in Velm, police said.")
    claims = [told(documents["a"], 1), told(documents["b"], 1)]
    found = attributed(claims, documents)
    assert [(one.claim.origins, one.claim.passed_on) for one in found] == [(1, ("Reuters",)), (1, ())]
    assert [one.claim.text for one in found] == [one.claim.text for one in claims]
    story = Story(id="s", headline="x", claims=("a-s1", "b-s1"))
    (counted,) = of_stories([story], [one.claim for one in found], documents)
    assert (counted.origins, counted.passed_on) == (2, ("Reuters",))


# The numbers of this stage


@pytest.mark.parametrize(("shared", "origins_of"), [(8, 1), (7, 2)])
def test_a_copy_has_half_the_runs_of_four_words(shared: int, origins_of: int) -> None:
    words = "after a strike of nine days the port of Aster was open again".split()
    other = [*words[:shared], *"one two three four five six".split()][: len(words)]
    group = joined({("a", 1): [], ("b", 1): []}, {("a", 1): " ".join(words), ("b", 1): " ".join(other)})
    assert len(set(group.values())) == origins_of


@pytest.mark.parametrize(("between", "outlets"), [(3, ("Bild",)), (4, ())])
def test_an_outlet_is_heard_four_sentences_on(parser: Parser, between: int, outlets: tuple[str, ...]) -> None:
    lines = ["Bild wrote that talks were held in Aster.", *["Rain fell in Velm."] * between, "The port reportedly reopened on Monday."]
    documents = made(parser, a=" ".join(lines))
    assert count(documents, ("a", len(lines)))[1] == outlets


@pytest.mark.parametrize(("between", "outlets"), [(0, ("Bild",)), (1, ())])
def test_the_report_that_is_spoken_of_stands_right_before_it(parser: Parser, between: int, outlets: tuple[str, ...]) -> None:
    lines = ["Talks were held in Aster.", *["Rain fell in Velm."] * between, "The discussion, detailed by Bild, was short."]
    assert count(made(parser, a=" ".join(lines)), ("a", 1))[1] == outlets
