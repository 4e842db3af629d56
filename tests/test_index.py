"""The index keeps what was read, finds sentences by their terms, and is made again where it cannot be used."""

from __future__ import annotations

import random
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from briefing.errors import StorageError
from briefing.sqlite.database import Database, remove
from briefing.sqlite.index import SqliteIndex
from briefing.store import text_key
from briefing.text.articles import article
from briefing.text.terms import terms
from briefing.types import Article
from tests.stages.fakes import FakeEmbedder, FakeWording

PORT = "The port of Aster reopened on Monday after 12 days.\n\nMayor Ines Calder thanked 300 workers of the port.\n"
FERRY = "A ferry carried 85 passengers to the island of Brell.\n\nThe port of Brell is closed.\n"


def made(name: str, text: str) -> Article:
    return article(name, f"{name}.txt", (name * 64)[:64].replace("p", "a").replace("f", "b"), text)


ARTICLES = [made("a", PORT), made("b", FERRY)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "index.sqlite3"


def emptied(path: Path) -> bool:
    with SqliteIndex(path) as index:
        return index.find(ARTICLES[0].sha256, "a", "a.txt") is None and len(index.add(ARTICLES)) == 2


def test_a_damaged_file_is_made_again(path: Path) -> None:
    with SqliteIndex(path) as index:
        index.add(ARTICLES)
    whole = path.read_bytes()
    for damaged in (whole[:100] + b"no database " * 1000, whole[:5000], whole[:100]):
        path.write_bytes(damaged)
        assert emptied(path)
        assert not emptied(path)


def test_a_file_of_another_version_is_made_again(path: Path) -> None:
    with SqliteIndex(path) as index:
        index.add(ARTICLES)
    statement(path, "PRAGMA user_version = 12")
    assert emptied(path)


def test_a_file_from_before_files_said_whose_they_are_is_made_again(path: Path) -> None:
    path.parent.mkdir()
    for table in (
        "TABLE form (version TEXT NOT NULL)",
        "TABLE articles (id INTEGER PRIMARY KEY, json TEXT NOT NULL)",
        "TABLE sentences (id INTEGER PRIMARY KEY, article INTEGER NOT NULL, number INTEGER NOT NULL)",
        "VIRTUAL TABLE terms USING fts5 (held, content = '')",
        "TABLE vectors (text TEXT NOT NULL, model TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (text, model)) WITHOUT ROWID",
    ):
        statement(path, f"CREATE {table}")
    assert emptied(path)
    assert not emptied(path)


def statement(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(sql)


@pytest.mark.parametrize("sql", ["CREATE TABLE bookmarks (x)", "CREATE TABLE articles (x)", "PRAGMA application_id = 7"])
def test_the_file_of_another_program_is_refused_and_left_as_it_is(path: Path, sql: str) -> None:
    path.parent.mkdir()
    statement(path, sql)
    before = path.read_bytes()
    with pytest.raises(StorageError, match="another program"):
        SqliteIndex(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"my own notes\n" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_index_of_ours_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StorageError, match="damaged, or no database") as caught:
        SqliteIndex(path)
    assert "delete it" in caught.value.hint
    assert path.read_bytes() == content


def test_where_it_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot make the folder of the index"):
        SqliteIndex(tmp_path / "file" / "index.sqlite3")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="the index cannot be opened"):
        SqliteIndex(tmp_path / "folder")


def test_what_is_damaged_is_never_told(path: Path) -> None:
    """Change bytes here and there: what is found is right, or made again. A plain row would give words that no article has."""
    embedder, texts = FakeEmbedder(), [f"sentence {n}" for n in range(30)]
    with SqliteIndex(path) as index:
        hits = index.search(terms("the port"), index.add(ARTICLES), 10)
        vectors, wording = index.vectors(texts, embedder), index.wording(texts, FakeWording())
    whole = path.read_bytes()
    rnd, again = random.Random(7), 0
    for number in range(60):
        damaged = bytearray(whole)
        for _ in range((1, 1, 4, 32)[number % 4]):
            at, length = rnd.randrange(72, len(whole)), rnd.choice((1, 1, 2, 16, 256))
            damaged[at : at + length] = rnd.randbytes(min(length, len(whole) - at))
        path.write_bytes(damaged)
        with SqliteIndex(path) as index:
            read = [index.find(one.sha256, one.id, one.path) for one in ARTICLES]
            again += None in read
            assert all(one in (None, right) for one, right in zip(read, ARTICLES, strict=True))
            assert index.search(terms("the port"), index.add(ARTICLES), 10) == hits
            assert np.array_equal(index.vectors(texts, embedder), vectors)
            assert index.wording(texts, FakeWording()) == wording
            assert all(one in ARTICLES for one in index.articles())
        remove(path)
    assert again > 8


def test_after_an_unclean_end_the_file_is_looked_through(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[bool] = []
    sound = Database.sound

    def look(self: Database) -> bool:
        looked.append(True)
        return sound(self)

    monkeypatch.setattr(Database, "sound", look)
    with SqliteIndex(path) as index:
        assert [index.find(one.sha256, one.id, one.path) for one in ARTICLES] == [None, None]
        index.add(ARTICLES)
        copies = {file: file.read_bytes() for file in path.parent.iterdir()}
    with SqliteIndex(path):
        assert not looked
    for file, content in copies.items():  # as a process leaves them that is killed
        file.write_bytes(content)
    assert not emptied(path)
    assert looked


def test_a_row_that_was_damaged_is_kept_anew(path: Path) -> None:
    with SqliteIndex(path) as index:
        index.add(ARTICLES)
    statement(path, "UPDATE articles SET data = replace(data, '300 workers', '900 workers')")
    with SqliteIndex(path) as index:
        assert index.find(ARTICLES[0].sha256, "a", "a.txt") is None
        index.add(ARTICLES)
    with SqliteIndex(path) as index:
        assert index.find(ARTICLES[0].sha256, "a", "a.txt") == ARTICLES[0]


def test_what_cannot_be_kept_costs_only_time(path: Path) -> None:
    with SqliteIndex(path) as index:
        index._file.db.execute("PRAGMA query_only = ON")
        assert [hit.sentence for hit in index.search(terms("85 passengers"), index.add(ARTICLES), 1)] == [1]
        assert index.vectors(["a"], FakeEmbedder()).shape == (1, 384)
        assert index.wording(["a"], FakeWording()) == FakeWording()(["a"])


def test_what_was_read_of_another_text_is_read_again(path: Path) -> None:
    with SqliteIndex(path) as index:
        index._put({"wording": {text_key("ef" * 32, "The port."): b"\0" * 8}})
        assert index.wording(["The port."], FakeWording()) == FakeWording()(["The port."])


def test_what_is_forgotten_is_in_no_file(path: Path) -> None:
    embedder = FakeEmbedder()
    with SqliteIndex(path) as index:
        index.add([*ARTICLES, made("c", PORT.replace("workers", "wainwrights"))])
        index.vectors(["The port.", "The wainwrights."], embedder)
        assert b"wainwrights" in path.with_name(path.name + "-wal").read_bytes()
        assert index.keep_only({one.sha256 for one in ARTICLES}, [text_key(embedder.sha256, "The port.")]) == 1
        assert not any(b"wainwrights" in file.read_bytes() for file in path.parent.iterdir())
        assert index.articles() == ARTICLES
    again = FakeEmbedder()
    with SqliteIndex(path) as index:
        index.vectors(["The port.", "The wainwrights."], again)
    assert again.asked == ["The wainwrights."]


def test_several_may_begin_it_at_once(path: Path) -> None:
    def add(_: int) -> list[int]:
        with SqliteIndex(path) as index:
            return index.add(ARTICLES)

    with ThreadPoolExecutor(8) as pool:
        assert len({tuple(numbers) for numbers in pool.map(add, range(16))}) == 1
