"""What is forgotten is in no file of the data folder, and what was kept of other articles stays in use."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from briefing import app, cli, engines, pipeline
from briefing.asking import asking
from briefing.config import Settings
from briefing.errors import StorageError, UsageError
from briefing.forget import Forgotten, forget_all, forget_articles, forget_before
from briefing.language.base import Parser
from briefing.language.cached import CachedParser
from briefing.opening import open_index, open_store
from briefing.progress import Silent
from briefing.text.articles import article
from tests.kept import file_of
from tests.stages.fakes import FakeEmbedder
from tests.test_ask import SURE, Engine

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
PORT = """Port of Aster reopens

The port of Aster reopened on Monday after 12 days. Mayor Ines Calder said on Tuesday that 300 workers of the port are back at their cranes.
"""
FERRY = """Ferry to Brell sails

A ferry carried 85 passengers to the island of Brell on Monday. The ferry line Norline said the xylophonists of Quuxham were aboard.
"""
BRIDGE = """Bridge at Torv closed

The bridge at Torv was closed on Tuesday after 40 bolts broke. The council of Torv said that the bridge will be repaired by 9 welders.
"""
MARKERS = ("xylophonists", "quuxham", "norline", "85 passengers")


def settings_of(folder: Path) -> Settings:
    return Settings(home=folder / "home", out=folder / "briefs", model=str(folder / "some.gguf"))


def written(folder: Path) -> Path:
    """Write the articles of two days."""
    for day, texts in (("monday", {"port": PORT, "ferry": FERRY}), ("tuesday", {"port": PORT, "bridge": BRIDGE})):
        (folder / day).mkdir(parents=True)
        for name, text in texts.items():
            (folder / day / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "some.gguf").write_bytes(b"GGUF weights")
    return folder


@pytest.fixture(scope="module")
def made(parser: Parser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make two briefs, and ask their articles, once for all tests; each gets a copy of what is kept."""
    folder = written(tmp_path_factory.mktemp("made"))
    settings = settings_of(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "parser", lambda _, store, progress: CachedParser(lambda: parser, parser.identity, store, progress))
        patch.setattr(engines, "embedder", lambda _settings, _progress: FakeEmbedder())
        patch.setattr(engines, "llama", Engine())
        patch.setattr(pipeline, "answering", lambda: SURE)
        for day, date in (("monday", MONDAY), ("tuesday", TUESDAY)):
            app.generate([folder / day], settings, date=date, progress=Silent())
        asked(settings, "How many passengers did the ferry of Norline carry?")
        asked(settings, "How many workers are back?")
    settings.questions.write_text("How many workers are back?\nWho are the xylophonists?\n", encoding="utf-8")
    return folder


@pytest.fixture
def settings(offline: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    monkeypatch.setattr(engines, "llama", Engine())
    monkeypatch.setattr(pipeline, "answering", lambda: SURE)
    return settings_of(written(tmp_path))


@pytest.fixture
def days(settings: Settings, made: Path) -> Settings:
    """Give what is kept of two briefs, questions to their articles, and questions typed; the files themselves are those of `made`."""
    shutil.copytree(made / "home", settings.home)
    return settings.model_copy(update={"out": made / "briefs", "model": str(made / "some.gguf")})


def asked(settings: Settings, question: str) -> list[str]:
    """Ask everything that is stored; return the claims of the answer."""
    with asking(settings, progress=Silent()) as ask:
        return [claim.text for claim in ask(question).claims]


def holding(settings: Settings, *words: str) -> set[str]:
    """Return the words that some file of the data folder holds."""
    bytes_ = b"".join(file.read_bytes() for file in settings.home.rglob("*") if file.is_file()).lower()
    return {word for word in words if word.encode() in bytes_ or word.encode("utf-16-le") in bytes_}


def rows(settings: Settings, query: str) -> int:
    with closing(sqlite3.connect(file_of(settings.database))) as db:
        return int(db.execute(query).fetchone()[0])


def test_a_forgotten_article_is_in_no_file_and_the_others_are_still_known(days: Settings, made: Path) -> None:
    assert holding(days, *MARKERS) == set(MARKERS)
    before = rows(days, "SELECT count(*) FROM calls")
    done = forget_articles(["ferry"], days)
    assert holding(days, *MARKERS) == set()
    assert (done.articles, done.briefs, done.questions) == (1, 1, 1)
    assert done.calls == before - rows(days, "SELECT count(*) FROM calls")
    assert 0 < done.calls < before
    assert done.vectors > 0
    assert done.parses > 0
    assert set(done.left) == {made / "monday/ferry.txt", *(made / f"briefs/{MONDAY}{end}" for end in (".json", ".md"))}
    assert days.questions.read_text(encoding="utf-8") == "How many workers are back?\n"
    assert any("300 workers" in text for text in asked(days, "How many workers are back?"))
    with closing(open_store(days)) as store:
        assert [brief.date for brief in store.briefs()] == [TUESDAY]
        assert sorted(article.id for article in store.articles()) == ["bridge", "port"]


@pytest.mark.slow
def test_what_is_kept_is_not_asked_or_parsed_again(days: Settings, made: Path, tmp_path: Path) -> None:
    settings = days.model_copy(update={"out": tmp_path / "again"})
    forget_articles(["ferry"], settings)
    calls, parses = "SELECT count(*) FROM calls", "SELECT count(*) FROM parses"
    before = rows(settings, calls)
    app.generate([made / "tuesday"], settings, date=TUESDAY, progress=Silent())
    assert rows(settings, calls) == before
    known = rows(settings, parses)  # now with what it looked at in the articles of the day before
    app.generate([made / "tuesday"], settings, date=TUESDAY, progress=Silent())
    assert (rows(settings, calls), rows(settings, parses)) == (before, known)
    app.generate([made / "monday"], settings, date=MONDAY, progress=Silent())
    assert holding(settings, *MARKERS) == set(MARKERS)  # what was forgotten can come back


def test_an_article_whose_brief_was_forgotten_is_still_asked(days: Settings) -> None:
    done = forget_articles(["ferry", "bridge"], days)
    assert (done.articles, done.briefs) == (2, 2)
    assert any("300 workers" in text for text in asked(days, "How many workers are back?"))


def test_an_article_that_was_only_asked_about_is_forgotten_by_its_path(settings: Settings, tmp_path: Path) -> None:
    with asking(settings, sources=[tmp_path / "monday"], progress=Silent()) as ask:
        ask("How many passengers did the ferry of Norline carry?")
    assert holding(settings, *MARKERS) == set(MARKERS)
    done = forget_articles([str(tmp_path / "monday" / "ferry.txt")], settings)
    assert (done.articles, done.briefs) == (1, 0)
    assert holding(settings, *MARKERS) == set()
    with closing(open_index(settings)) as index:
        assert [article.id for article in index.articles()] == ["port"]


def test_before_a_date(days: Settings) -> None:
    done = forget_before(TUESDAY, days)
    assert (done.articles, done.briefs, done.questions) == (1, 1, 2)
    assert holding(days, *MARKERS) == set()
    with closing(open_store(days)) as store:
        assert sorted(article.id for article in store.articles()) == ["bridge", "port"]
    assert any("300 workers" in text for text in asked(days, "How many workers are back?"))
    done = forget_before("2026-11-25", days)
    assert (done.articles, done.briefs) == (2, 1)
    assert holding(days, "cranes", "welders") == set()


def test_calls_made_before_the_date_go_whatever_they_tell(days: Settings) -> None:
    with closing(sqlite3.connect(file_of(days.database))) as db, db:
        db.execute("UPDATE calls SET created = '2026-01-01T00:00:00.000+00:00'")
    forget_before("2026-01-02", days)
    assert rows(days, "SELECT count(*) FROM calls") == rows(days, "SELECT count(*) FROM prefixes") == 0
    assert rows(days, "SELECT count(*) FROM briefs") == 2


def test_everything(days: Settings, made: Path) -> None:
    done = forget_all(days)
    assert (done.articles, done.briefs, done.questions) == (3, 2, 2)
    assert len(done.left) == 4 + 4  # files of articles, and of briefs
    words = ("cranes", "welders", "port", "monday", "shorten", *MARKERS)
    assert holding(days, *words) == set()
    for table in ("articles", "briefs", "calls", "prefixes", "parses"):
        assert rows(days, f"SELECT count(*) FROM {table}") == 0
    assert {path.name for path in (made / "monday").iterdir()} == {"port.txt", "ferry.txt"}


@pytest.mark.parametrize("how", ["ferry", "2026-11-10", "all"])
def test_what_servers_answered_goes_with_whatever_is_forgotten(how: str, days: Settings) -> None:
    days.web.write_bytes(b"pages")
    if how == "ferry":
        forget_articles([how], days)
    elif how == "all":
        forget_all(days)
    else:
        forget_before(how, days)
    assert not days.web.exists()


def test_everything_where_nothing_is_kept(settings: Settings) -> None:
    assert forget_all(settings) == Forgotten()


def test_everything_of_a_damaged_database(days: Settings) -> None:
    whole = file_of(days.database).read_bytes()
    file_of(days.database).write_bytes(whole[:4096] + bytes(255 - byte for byte in whole[4096:]))
    with pytest.raises(StorageError):
        forget_articles(["ferry"], days)
    forget_all(days)
    assert holding(days, "cranes", *MARKERS) == set()
    assert not file_of(days.database).exists()


def test_another_programs_file_is_never_forgotten(settings: Settings) -> None:
    settings.home.mkdir()
    for path in map(file_of, (settings.index, settings.database)):
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("CREATE TABLE precious (x)")
        before = path.read_bytes()
        with pytest.raises(StorageError, match="another program"):
            forget_all(settings)
        assert path.read_bytes() == before
        path.unlink()


def test_nothing_is_deleted_where_a_name_is_not_known_or_can_mean_several(days: Settings) -> None:
    before = rows(days, "SELECT count(*) FROM calls")
    for names, why in ((["ferry", "lighthouse"], "has the ID or the path 'lighthouse'"), (["ferry", ""], "4 articles can be meant by ''")):
        with pytest.raises(UsageError, match=why):
            forget_articles(names, days)
    assert rows(days, "SELECT count(*) FROM calls") == before
    assert holding(days, *MARKERS) == set(MARKERS)


def test_of_two_files_of_one_id_the_path_says_which(days: Settings, made: Path) -> None:
    other = article("ferry", "elsewhere/ferry.txt", "f" * 64, BRIDGE.replace("Torv", "Ravn"))
    with closing(open_index(days)) as index:
        index.add([other])
    with pytest.raises(UsageError, match="2 articles can be meant") as caught:
        forget_articles(["ferry"], days)
    assert str(made / "monday" / "ferry.txt") in caught.value.hint
    forget_articles(["elsewhere/ferry.txt"], days)
    assert holding(days, "ravn", "xylophonists") == {"xylophonists"}


def test_what_a_reader_still_has_open_is_said(days: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.sqlite.database.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(file_of(days.database), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM calls").fetchone()
        with pytest.raises(StorageError, match="can still be read") as caught:
            forget_articles(["ferry"], days)
    assert "--before" in caught.value.hint
    forget_before("2026-01-01", days)
    assert holding(days, *MARKERS) == set()


# The command


def command(settings: Settings, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("BRIEFING_HOME", str(settings.home))
    return cli.run(["forget", *arguments])


def test_the_command_says_what_is_forgotten_and_what_is_left(
    days: Settings, made: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    assert command(days, monkeypatch, "ferry") == 0
    said = capsys.readouterr()
    first, *left = said.out.splitlines()
    assert re.fullmatch(
        r"forgotten: 1 article, 1 stored brief, \d+ prompts and answers, \d+ parses?, \d+ vectors?, 1 typed question", first
    )
    assert left == [f"left: {made / path}" for path in ("monday/ferry.txt", f"briefs/{MONDAY}.json", f"briefs/{MONDAY}.md")]
    assert said.err == ""
    assert command(days, monkeypatch, "--before", MONDAY) == command(days, monkeypatch, "--all") == 0
    assert command(days, monkeypatch, "--all") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "forgotten: nothing: none of it is kept"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "error: what is to be forgotten?"),
        (("ferry", "--all"), "error: what is to be forgotten?"),
        (("--all", "--before", MONDAY), "error: what is to be forgotten?"),
        (("--before", "friday"), "error: --before: 'friday' is no date"),
        (("lighthouse",), "error: no article that is kept has the ID or the path 'lighthouse'"),
    ],
)
def test_every_mistake_is_one_line(
    settings: Settings, arguments: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    assert command(settings, monkeypatch, *arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[0] == message
    assert len(said.err.splitlines()) == 2
