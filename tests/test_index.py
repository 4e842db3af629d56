"""The index keeps what was read, finds sentences by their terms, and is made again where it cannot be used."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from briefing.errors import StorageError
from briefing.index import Index
from briefing.text.articles import article
from briefing.text.terms import terms
from briefing.types import Article
from tests.stages.fakes import FakeEmbedder

PORT = "The port of Aster reopened on Monday after 12 days.\n\nMayor Ines Calder thanked 300 workers of the port.\n"
FERRY = "A ferry carried 85 passengers to the island of Brell.\n\nThe port of Brell is closed.\n"


def made(name: str, text: str) -> Article:
    return article(name, f"{name}.txt", (name * 64)[:64].replace("p", "a").replace("f", "b"), text)


ARTICLES = [made("a", PORT), made("b", FERRY)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "index.sqlite3"


def test_articles_come_back_as_they_were(path: Path) -> None:
    with Index(path) as index:
        numbers = index.add(ARTICLES)
        assert index.add(reversed(ARTICLES)) == numbers[::-1]
    with Index(path) as index:
        assert index.find(ARTICLES[0].sha256, "a", "elsewhere/a.txt") == ARTICLES[0].model_copy(update={"path": "elsewhere/a.txt"})
        assert index.find(ARTICLES[0].sha256, "other", "a.txt") is None
        assert index.find("f" * 64, "a", "a.txt") is None


def test_sentences_are_found_by_words_numbers_and_names(path: Path) -> None:
    with Index(path) as index:
        a, b = index.add(ARTICLES)

        def places(query: str, *within: int) -> list[tuple[int, int]]:
            return [(hit.article, hit.sentence) for hit in index.search(terms(query), within or (a, b), 10)]

        assert places("Who are the worker?") == [(a, 2)]
        assert places("What about 85?") == [(b, 1)]
        assert set(places("the port")) == {(a, 1), (a, 2), (b, 2)}
        assert places("the port", b) == [(b, 2)]
        assert places("nothing at all") == places("") == []
        assert index.search(terms("port"), [], 10) == []
        assert len(index.search(terms("port"), [a, b], 1)) == 1


def test_no_query_breaks_it(path: Path) -> None:
    with Index(path) as index:
        numbers = index.add(ARTICLES)
        for query in ({'"'}, {"port OR"}, {"NEAR("}, {"*"}, {"="}, {"\0"}, {"'; DROP TABLE articles"}, {"市長"}):
            index.search(query, numbers, 10)
        assert index.add(ARTICLES) == numbers


def test_a_text_gets_its_vector_once(path: Path) -> None:
    embedder = FakeEmbedder()
    texts = ["The port is open.", "A ferry sailed.", "The port is open."]
    with Index(path) as index:
        first = index.vectors(texts, embedder)
    with Index(path) as index:
        again = index.vectors(texts[::-1], embedder)
    assert embedder.asked == texts[:2]
    assert np.array_equal(first[::-1], again)
    assert np.abs(first - embedder.embed(texts)).max() < 1e-3


def test_a_damaged_file_is_made_again(path: Path) -> None:
    with Index(path) as index:
        index.add(ARTICLES)
    path.write_bytes(b"no database " * 1000)
    with Index(path) as index:
        assert index.find(ARTICLES[0].sha256, "a", "a.txt") is None
        assert len(index.add(ARTICLES)) == 2


def test_a_file_of_another_version_is_made_again(path: Path) -> None:
    with Index(path) as index:
        index.add(ARTICLES)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE form SET version = 'older'")
    with Index(path) as index:
        assert index.find(ARTICLES[0].sha256, "a", "a.txt") is None


def test_where_it_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="the index cannot be written"):
        Index(tmp_path / "file" / "index.sqlite3")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="the index cannot be written"):
        Index(tmp_path / "folder")


def test_several_may_begin_it_at_once(path: Path) -> None:
    def add(_: int) -> list[int]:
        with Index(path) as index:
            return index.add(ARTICLES)

    with ThreadPoolExecutor(8) as pool:
        assert len({tuple(numbers) for numbers in pool.map(add, range(16))}) == 1
