"""What is forgotten is in no table, and what is kept of other articles stays in use, whatever database it is in."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from briefing import app, archive, engines, pipeline
from briefing.asking import asking
from briefing.config import Settings
from briefing.forget import Forgotten, forget_all, forget_articles, forget_before
from briefing.newsroom.arrivals import Arrivals
from briefing.opening import open_store
from briefing.postgres.register import PostgresRegister
from briefing.progress import Silent
from tests.stages.fakes import embed
from tests.test_ask import SURE, Engine
from tests.test_forget import MARKERS, MONDAY, TUESDAY, written


@pytest.fixture
def days(offline: None, kept: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """Make two briefs, and ask their articles."""
    monkeypatch.setattr(engines, "llama", Engine())
    monkeypatch.setattr(pipeline, "answering", lambda: SURE)
    folder = written(tmp_path)
    settings = kept.model_copy(update={"model": str(folder / "some.gguf")})
    for day, date in (("monday", MONDAY), ("tuesday", TUESDAY)):
        app.generate([folder / day], settings, date=date, progress=Silent())
    archive.fill(settings, Silent())
    if not isinstance(settings.database, Path):
        with open_store(settings) as store, closing(PostgresRegister(settings.database)) as register:
            Arrivals(register, embed).arrive(store.articles(), TUESDAY)
    asked(settings, "How many passengers did the ferry of Norline carry?")
    asked(settings, "How many workers are back?")
    return settings


def asked(settings: Settings, question: str) -> list[str]:
    with asking(settings, progress=Silent()) as ask:
        return [claim.text for claim in ask(question).claims]


def holding(settings: Settings, *words: str) -> set[str]:
    """Return the words that some table has, or some file of a database of files."""
    if isinstance(settings.database, Path):
        told = b"".join(file.read_bytes() for file in settings.database.parent.iterdir()).lower()
        return {word for word in words if word.encode() in told}
    with psycopg.connect(settings.database.url) as db:
        tables = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'briefing'").fetchall()
        rows = (db.execute(sql.SQL("SELECT * FROM briefing.{}").format(sql.Identifier(name))).fetchall() for (name,) in tables)
        text = " ".join(str([tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in some]) for some in rows).lower()
    return {word for word in words if word in text}


def test_an_article_that_is_forgotten_is_in_no_table_and_the_others_are_still_known(days: Settings) -> None:
    assert holding(days, *MARKERS) == set(MARKERS)
    with open_store(days) as store:
        before = len(list(store.calls()))
    done = forget_articles(["ferry"], days)
    assert holding(days, *MARKERS) == set()
    assert (done.articles, done.briefs) == (1, 1)
    assert 0 < done.calls < before
    assert done.vectors > 0
    assert done.parses > 0
    with open_store(days) as store:
        assert [brief.date for brief in store.briefs()] == [TUESDAY]
        assert sorted(article.id for article in store.articles()) == ["bridge", "port"]
        assert len(list(store.calls())) == before - done.calls
    assert any("300 workers" in text for text in asked(days, "How many workers are back?"))


def test_before_a_date(days: Settings) -> None:
    done = forget_before(TUESDAY, days)
    assert (done.articles, done.briefs) == (1, 1)
    assert holding(days, *MARKERS) == set()
    with open_store(days) as store:
        assert sorted(article.id for article in store.articles()) == ["bridge", "port"]


def test_everything(days: Settings) -> None:
    done = forget_all(days)
    assert (done.articles, done.briefs) == (3, 2)
    assert holding(days, "cranes", "port", "shorten", *MARKERS) == set()
    assert forget_all(days) == Forgotten()


@pytest.mark.parametrize("kept", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_what_a_private_desk_brought_is_forgotten_too(days: Settings) -> None:
    assert not isinstance(days.database, Path)
    with psycopg.connect(days.database.url) as db:
        db.execute("INSERT INTO briefing.desks VALUES ('leaks', true)")
    with open_store(days) as store:
        ferry = next(one for one in store.articles() if one.id == "ferry")
    with open_store(days.model_copy(update={"desk": "leaks"})) as store:
        store.save_brief(MONDAY, "leaks.json", "{}", [ferry])
    forget_articles(["ferry"], days)
    assert holding(days, *MARKERS) == set()
