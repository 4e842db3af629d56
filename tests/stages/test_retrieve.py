"""Candidates come by words and by meaning, from the articles that are asked, nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing.index import fused
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.sqlite.index import SqliteIndex
from briefing.stages.retrieve import Candidate, retrieve, unnamed
from briefing.text.articles import article
from briefing.text.rows import passage
from briefing.types import Article
from tests.faults import PlainParser
from tests.stages.fakes import FakeEmbedder

Found = Callable[..., list[Candidate]]

TEXTS = {
    "harbour": "The port of Aster reopened on Monday after 12 days.\n\nMayor Ines Calder thanked the workers.\n",
    "ferry": "A ferry carried 85 passengers to the island of Brell.\n\nThe sea was calm.\n",
}
ARTICLES = [article(name, f"{name}.txt", f"{n}" * 64, text) for n, (name, text) in enumerate(TEXTS.items())]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SqliteIndex]:
    with SqliteIndex(tmp_path / "index.sqlite3") as found:
        yield found


@pytest.fixture
def found(index: SqliteIndex, parser: Parser) -> Callable[..., list[Candidate]]:
    def find(question: str, most: int = 8) -> list[Candidate]:
        return retrieve(question, index, read(index, parser), FakeEmbedder(), most)

    return find


def read(index: SqliteIndex, parser: Parser, articles: Sequence[Article] = ARTICLES) -> dict[int, Document]:
    return {number: Document(one, parser) for number, one in zip(index.add(articles), articles, strict=True)}


def places(candidates: list[Candidate]) -> list[tuple[str, int]]:
    return [(one.document.article.id, one.number) for one in candidates]


def test_the_nearest_comes_first(found: Found) -> None:
    assert places(found("How many passengers did the ferry to Brell carry?"))[0] == ("ferry", 1)
    assert places(found("When did the port reopen?"))[0] == ("harbour", 1)


def test_sentences_without_a_common_word_are_found_in_articles_that_have_one(found: Found) -> None:
    assert ("harbour", 2) in places(found("When did the port reopen?"))


def test_a_question_of_something_else_still_has_nearest_sentences(found: Found) -> None:
    assert len(found("Quantum chromodynamics?")) == 4


def test_no_more_than_asked_for_and_none_twice(found: Found) -> None:
    several = places(found("the port, the ferry, the mayor and the sea"))
    assert len(set(several)) == len(several) == 4
    assert places(found("the port, the ferry, the mayor and the sea", 2)) == several[:2]


def test_no_articles_no_candidates(index: SqliteIndex) -> None:
    assert retrieve("When?", index, {}, FakeEmbedder()) == []


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did Ines Calder say?", ""),
        ("What did Calder say?", ""),
        ("What did Recep Erdogan say?", "Recep Erdogan"),
        ("Does the ferry of Brell sail to Oslo?", "Oslo"),
        ("Oslo?", ""),  # the first word is in capitals whatever it is
        ("how many passengers?", ""),
    ],
)
def test_a_name_that_no_article_has(index: SqliteIndex, parser: Parser, question: str, name: str) -> None:
    documents = read(index, parser)
    assert unnamed(question, index, documents, retrieve(question, index, documents, FakeEmbedder())) == name


def test_a_capital_names_its_country(index: SqliteIndex, parser: Parser) -> None:
    text = article("c", "c.txt", "c" * 64, "Germany ruled out sending troops to Ukraine on Monday.\n")
    documents = read(index, parser, [text])
    candidates = retrieve("Has Berlin ruled it out?", index, documents, FakeEmbedder())
    assert unnamed("Has Berlin ruled it out?", index, documents, candidates) == ""
    assert unnamed("Has Paris ruled it out?", index, documents, candidates) == "Paris"


def test_of_the_same_sentence_the_first_article_has_it(index: SqliteIndex, parser: Parser) -> None:
    copy = article("copy", "copy.txt", "c" * 64, TEXTS["ferry"])
    old, new = index.add([copy, ARTICLES[1]])
    documents = {new: Document(ARTICLES[1], parser), old: Document(copy, parser)}
    assert places(retrieve("How many passengers did the ferry carry?", index, documents, FakeEmbedder())) == [("ferry", 1), ("ferry", 2)]


# The numbers of this stage


def articles(count: int, text: str = "The ferry of {n} left.\n\nIt rained in town {n}.\n") -> list[Article]:
    return [article(f"a{n}", f"a{n}.txt", f"{n:064x}", text.format(n=n)) for n in range(count)]


def unread(index: SqliteIndex, some: Sequence[Article]) -> dict[int, Document]:
    return {number: Document(one, PlainParser()) for number, one in zip(index.add(some), some, strict=True)}


def test_eight_sentences_are_put_before_the_judge(index: SqliteIndex) -> None:
    assert len(retrieve("Which ferry left?", index, unread(index, articles(20)), FakeEmbedder())) == 8


def test_the_sentences_of_twelve_articles_are_compared_by_meaning(index: SqliteIndex) -> None:
    embedder = FakeEmbedder()
    retrieve("Which ferry left?", index, unread(index, articles(20)), embedder)
    asked = set(embedder.asked)
    assert sum(text.startswith("It rained") for text in asked) == 12
    assert sum(text.startswith("The ferry") for text in asked) == 20


def test_four_hundred_sentences_are_compared_by_meaning(index: SqliteIndex) -> None:
    embedder = FakeEmbedder()
    long = articles(3, "\n\n".join(f"The ferry number {n} of {{n}} left." for n in range(150)))
    retrieve("Which ferry left?", index, unread(index, long), embedder)
    assert sum(text.startswith("The ferry") for text in set(embedder.asked)) == 400


def test_a_hundred_hits_are_looked_at(index: SqliteIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    documents, asked = unread(index, articles(2)), list[int]()

    def search(words: Any, within: Any, most: int) -> Any:
        asked.append(most)
        return []

    monkeypatch.setattr(index, "search", search)
    retrieve("Which ferry left?", index, documents, FakeEmbedder())
    assert asked == [100]


@pytest.mark.parametrize(("place", "both_first"), [(5, True), (15, False)])
def test_a_sentence_in_both_orders_goes_before_one_that_only_words_find(place: int, both_first: bool) -> None:
    single = [[(1, 1), *[(8, n) for n in range(1, place)], (2, 2)], [*[(7, n) for n in range(place)], (2, 2)]]
    order = fused(*single)
    assert (order.index((2, 2)) < order.index((1, 1))) is both_first


def test_a_long_table_leaves_prose_to_be_found(index: SqliteIndex, parser: Parser) -> None:
    rows = "\n".join(f"| Town {n} of Velm | {n} | {n * 7} |" for n in range(500))
    prose = "The mayor of Velm counted the seats of the old tram on Monday, officials said."
    text = f"The council of Velm met, officials said.\n\n| Town | Seats | Votes |\n|---|---|---|\n{rows}\n\n{prose}\n"
    made = article("t", "t.md", "9" * 64, text, markdown=True)
    (number,) = index.add([made])
    documents = {number: Document(made, parser)}
    embedder = FakeEmbedder()
    found = retrieve("How many seats has Town 499?", index, documents, embedder)
    assert passage(made, found[0].number) == "Town: Town 499 of Velm; Seats: 499; Votes: 3493"
    assert len(embedder.asked) <= 104  # 100 found by their words, the prose, and the question
    embedder = FakeEmbedder()
    found = retrieve("Who counted the seats of the old tram of Velm?", index, documents, embedder)
    assert prose in [made.quote(one.number) for one in found[:2]]


def test_equal_rows_under_two_headers_are_two(index: SqliteIndex, parser: Parser) -> None:
    table = "| Party | {} |\n|---|---|\n| Greens | 14 |"
    text = f"The council of Velm met, officials said.\n\n{table.format('Seats')}\n\nIt rained, officials said.\n\n{table.format('Votes')}\n"
    made = article("t", "t.md", "9" * 64, text, markdown=True)
    (number,) = index.add([made])
    found = retrieve("How many seats have the Greens?", index, {number: Document(made, parser)}, FakeEmbedder())
    assert {passage(made, one.number) for one in found} >= {"Party: Greens; Seats: 14", "Party: Greens; Votes: 14"}
    assert passage(made, found[0].number) == "Party: Greens; Seats: 14"
