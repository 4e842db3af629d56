"""A desk's archive is asked as files are: the same answers and citations, only of that desk and those days, whatever else is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from briefing import archive, cli, engines, pipeline
from briefing.asking import asking
from briefing.config import Settings
from briefing.errors import SourceError
from briefing.opening import open_archive, open_index, open_store
from briefing.postgres.archive import said
from briefing.progress import Silent
from briefing.text.articles import article
from briefing.types import Article
from tests.stages.fakes import FakeEmbedder
from tests.test_ask import SURE, WORKERS, Engine

pytestmark = pytest.mark.postgres

PORT = """Port of Aster reopens

The port of Aster reopened on Monday after 12 days. Mayor Ines Calder said on Tuesday that 300 workers of the port are back at their cranes.
"""
OLD = "The port of Aster was closed by a landslide.\n"
FERRY = """Ferry to Brell sails

A ferry carried 85 passengers to the island of Brell on Monday. The ferry line Norline said that the sea was calm.
"""


def made(name: str, text: str, published: str = "") -> Article:
    content = (name.encode().hex() * 64)[:64]
    return article(name, f"{name}.txt", content, text).model_copy(update={"published": published})


@pytest.fixture
def room(offline: None, postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Give a database with two desks: ports, with some articles and many others, and ferries."""
    monkeypatch.setattr(engines, "llama", Engine())
    monkeypatch.setattr(pipeline, "answering", lambda: SURE)
    monkeypatch.setattr(pipeline, "PROBED", {})
    model = tmp_path / "some.gguf"
    model.write_bytes(b"GGUF weights")
    settings = Settings(home=tmp_path / "home", database=postgres, model=str(model), desk="ports")
    told = "The council of Torv{0} met.\n\nIt counted {0} bolts of the bridge, and the workers of it.\n"
    others = [made(f"o{n}", told.format(n)) for n in range(60)]
    with open_store(settings) as store:
        store.save_brief("2026-11-21", "a.json", "{}", [made("port", PORT), made("old", OLD, "2026-11-20"), *others])
        store.save_brief("2026-11-24", "b.json", "{}", [made("late", "A storm hit Quell.\n\nThe port of Quell lost 7 cranes.\n")])
    with open_store(settings.model_copy(update={"desk": "ferries"})) as store:
        store.save_brief("2026-11-21", "c.json", "{}", [made("ferry", FERRY)])
    return settings


def texts(settings: Settings, question: str, since: str = "", until: str = "") -> list[str]:
    with asking(settings, since=since, until=until, progress=Silent()) as ask:
        return [claim.text for claim in ask(question).claims]


def nearest(settings: Settings, question: str, since: str = "", until: str = "") -> list[str]:
    opened = open_archive(settings)
    assert opened is not None
    with opened, open_store(settings) as store, open_index(settings) as index:
        return [one.id for one in archive.near(question, opened, store, index, FakeEmbedder(), since, until)]


def test_it_answers_as_files_do(room: Settings, tmp_path: Path) -> None:
    (tmp_path / "port.txt").write_text(PORT, encoding="utf-8")
    with asking(room, sources=[tmp_path / "port.txt"], progress=Silent()) as ask:
        right = ask(WORKERS)
    with asking(room, progress=Silent()) as ask:
        found = ask(WORKERS)
    assert found.answerable
    assert [claim.text for claim in found.claims] == [claim.text for claim in right.claims]
    assert [[c.quote for c in claim.citations] for claim in found.claims] == [[c.quote for c in claim.citations] for claim in right.claims]


def test_each_desk_is_asked_for_itself(room: Settings) -> None:
    ferries = room.model_copy(update={"desk": "ferries"})
    assert "ferry" not in nearest(room, "How many passengers did the ferry of Norline carry?")
    assert nearest(ferries, "How many passengers did the ferry of Norline carry?") == ["ferry"]
    assert texts(ferries, WORKERS) == []


def test_days_are_those_of_the_article_or_of_the_briefs_that_it_stands_in(room: Settings) -> None:
    assert nearest(room, "the port of Aster", "2026-11-20", "2026-11-20") == ["old"]
    assert nearest(room, "the port of Aster", "2026-11-21")[0] == "port"
    assert "old" not in nearest(room, "the port of Aster", "2026-11-21")
    assert nearest(room, "the port", "2026-11-24") == ["late"]
    assert "late" not in nearest(room, "the port of Quell", "", "2026-11-23")
    with pytest.raises(SourceError, match="no articles to ask of these days"), asking(room, since="2026-12-01", progress=Silent()):
        pass


def test_what_a_few_sentences_have_comes_before_what_many_have(room: Settings) -> None:
    assert nearest(room, "Which workers are back at their cranes?")[0] == "port"
    assert nearest(room, "What did the council of Torv17 count?")[0] == "o17"


def test_a_sentence_without_a_common_word_is_found_once_it_has_a_vector(room: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Knowing(FakeEmbedder):
        def embed(self, texts: Any) -> Any:
            return super().embed([text.replace("A storm hit Quell.", "hurricane landfall") for text in texts])

    embedder = Knowing()
    monkeypatch.setattr(engines, "embedder", lambda _settings, _progress: embedder)
    assert "late" not in nearest(room, "hurricane landfall")
    sentences = archive.fill(room, Silent())
    assert sentences > 120
    assert archive.fill(room, Silent()) == 0
    assert nearest(room, "hurricane landfall")[0] == "late"


def test_a_few_are_made_at_a_time(room: Settings) -> None:
    counted = [archive.fill(room, Silent(), most=50) for _ in range(4)]
    assert counted[:2] == [50, 50]
    assert counted[-1] == 0


def test_of_a_page_that_was_edited_the_last_edition_is_asked(room: Settings) -> None:
    page = "https://x.test/dam"
    old, new = (made(f"e{n}", f"The dam of Orrin holds {n} tons.\n").model_copy(update={"url": page, "edition": n}) for n in (1, 2))
    with open_store(room) as store:
        store.save_brief("2026-11-25", "d.json", "{}", [old, new])
    assert nearest(room, "How much does the dam of Orrin hold?")[0] == "e2"
    assert "e1" not in nearest(room, "How much does the dam of Orrin hold?")


def test_articles_of_one_id_are_told_apart(room: Settings) -> None:
    same = made("zz", "The lighthouse of Port Merrow is dark.\n").model_copy(update={"id": "port"})
    with open_store(room) as store:
        store.save_brief("2026-11-25", "d.json", "{}", [same])
    found = nearest(room, "Is the lighthouse of the port of Merrow or Aster dark?")
    assert {"port", "port~"} <= set(found)


@pytest.mark.parametrize("question", ["", "'", "a & !b | (c", "\\", "市長", "x" * 400, "the of and", "@ = #"])
def test_no_question_breaks_it(room: Settings, question: str) -> None:
    nearest(room, question)


def test_the_command_takes_a_desk(room: Settings, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("BRIEFING_DATABASE", getattr(room.database, "url", ""))
    command = ["ask", WORKERS, "--model", room.model, "--quiet"]
    assert cli.run([*command, "--desk", "ports"]) == 0
    assert "300 workers of the port are back" in capsys.readouterr().out
    assert cli.run([*command, "--desk", "ferries"]) == 1
    capsys.readouterr()
    assert cli.run([*command, "--desk", "No desk"]) == 2
    assert capsys.readouterr().err.startswith("error: --desk: ")


# What an earlier version split otherwise


FLOOD = "A flood hit Vessin.\n\nThe mill of Vessin lost 7 wheels.\n\nIts barges waited.\n"


def joined(one: Article) -> Article:
    """Return an article as another version might have split it: its first two sentences are one, and no third is any."""
    first, second, *_ = one.sentences
    return one.model_copy(update={"sentences": (first.model_copy(update={"end": second.end}),)})


def kept(address: Any, content: str) -> dict[int, bytes]:
    with psycopg.connect(address.url) as db:
        rows = db.execute("SELECT number, said FROM briefing.sentences WHERE content = %s AND said <> ''", (content,))
        return {number: bytes(text) for number, text in rows}


def test_a_worker_who_may_delete_nothing_keeps_sentences_as_they_are_split_now(room: Settings, postgres: Any) -> None:
    flood = made("flood", FLOOD)
    with open_store(room) as store:
        for now, day in ((flood, "2026-11-25"), (joined(flood), "2026-11-26"), (flood, "2026-11-27"), (flood, "2026-11-28")):
            store.save_brief(day, f"{day}.json", "{}", [now])
            assert store.article(flood.content) == now
            assert kept(postgres, flood.content) == {number: said(now.quote(number)) for number in range(1, len(now.sentences) + 1)}
            while archive.fill(room, Silent()):
                pass
            assert nearest(room, "How many wheels did the mill of Vessin lose?")[0] == "flood"
        store.save_brief("2026-11-29", "e.json", "{}", [joined(flood)])
        with open_archive(room) as opened:  # type: ignore[union-attr]
            found = opened.nearest({"barge"}, FakeEmbedder().embed(["barges"])[0], FakeEmbedder.sha256, since="", until="", most=40)
        assert {number for content, number in found if content == flood.content} <= {1}
    with postgres_worker(postgres) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute("DELETE FROM briefing.sentences")


def postgres_worker(address: Any) -> psycopg.Connection[Any]:
    db = psycopg.connect(address.url, autocommit=True)
    db.execute("SET ROLE briefing_worker")
    return db


def test_sentences_that_are_not_those_of_their_article_are_made_again_before_their_vectors(room: Settings, postgres: Any) -> None:
    flood = made("flood", FLOOD)
    with open_store(room) as store:
        store.save_brief("2026-11-25", "d.json", "{}", [joined(flood)])
    with psycopg.connect(postgres.url) as db:  # as an earlier version left it: the article as it is split now, its sentences as they were
        db.execute("UPDATE briefing.articles SET json = %s WHERE content = %s", (flood.model_dump_json(), flood.content))
    assert archive.fill(room, Silent()) > 0
    assert archive.fill(room, Silent()) == 0
    assert kept(postgres, flood.content) == {number: said(flood.quote(number)) for number in (1, 2, 3)}


def test_a_private_desk_keeps_its_own_split_where_the_one_of_all_is_another(room: Settings, postgres: Any) -> None:
    flood = made("flood", FLOOD)
    with psycopg.connect(postgres.url) as db:
        db.execute("INSERT INTO briefing.desks VALUES ('leaks', true)")
    with open_store(room) as store:
        store.save_brief("2026-11-25", "d.json", "{}", [joined(flood)])
    leaks = room.model_copy(update={"desk": "leaks"})
    with open_store(leaks) as store:
        store.save_brief("2026-11-25", "e.json", "{}", [flood])
    archive.fill(leaks, Silent())
    assert nearest(leaks, "How many wheels did the mill of Vessin lose?") == ["flood"]
    assert nearest(room, "How many wheels did the mill of Vessin lose?")[0] == "flood"
