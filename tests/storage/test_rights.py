"""What a private desk brings reaches nobody else: not another desk's worker, not a reader, whatever is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from psycopg import errors, sql

from briefing.address import PostgresAddress
from briefing.config import Settings
from briefing.errors import StorageError, UsageError
from briefing.opening import open_index, open_store
from briefing.postgres.archive import PostgresArchive
from briefing.postgres.connection import Connection
from briefing.postgres.index import PostgresIndex
from briefing.postgres.store import PostgresStore
from briefing.store import text_key
from briefing.text.articles import article
from briefing.text.terms import terms
from tests.postgres import Server
from tests.stages.fakes import FakeEmbedder, FakeWording
from tests.test_store import row

pytestmark = pytest.mark.postgres

SECRET = article("leak", "leak.txt", "a" * 64, "The informant Quuxham met the minister.\n\nHe handed over 40 files.\n")
OPEN = article("port", "port.txt", "b" * 64, "The port of Aster reopened after 12 days.\n")
GUARDED = (
    *("calls", "parses", "articles", "briefs", "briefed", "readings", "words", "vectors", "wording", "sentences"),
    *("files", "arrivals", "bands", "events", "event_words", "word_counts"),
)


@pytest.fixture
def newsroom(postgres_server: Server, postgres: PostgresAddress) -> Iterator[dict[str, PostgresAddress]]:
    """Make two desks, one of them private, with what they bring, and logins: a worker, a reader of each desk, one of none."""
    logins = {"mill": "briefing_worker", "anna": "briefing_reader", "bob": "briefing_reader"}
    postgres_server.administer(*(f"CREATE ROLE {name} LOGIN IN ROLE {role}" for name, role in logins.items()))
    database = postgres.url.rpartition("/")[2].partition("?")[0] or postgres.url.split("@/")[1].partition("?")[0]
    with psycopg.connect(postgres.url) as db:
        db.execute("INSERT INTO briefing.desks VALUES ('leaks', true), ('ports', false)")
        db.execute("INSERT INTO briefing.readers VALUES ('anna', 'leaks')")
    known = {name: postgres_server.address(database, name) for name in logins} | {"owner": postgres}
    for desk, one, number in (("leaks", SECRET, 1), ("ports", OPEN, 2)):
        with PostgresStore(known["mill"], desk) as store, PostgresIndex(known["mill"], desk) as index:
            store.save_brief("2026-11-21", f"{desk}.json", f'{{"of": "{one.text[:20]}"}}', [one])
            store.keep_call(replace(row(number), request=one.text, reply=one.text))
            store.keep_parses({one.id.encode(): one.text.encode()})
            index.add([one])
            index.vectors([one.quote(1)], FakeEmbedder())
            index.wording([one.quote(1)], FakeWording())
    yield known
    with psycopg.connect(postgres.url) as db:
        for name in logins:
            db.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
    postgres_server.administer(*(f"DROP ROLE {name}" for name in logins))


def everything(address: PostgresAddress, desk: str = "") -> str:
    """Return all rows of all tables that a login is shown, as text; it may claim to work for any desk."""
    with psycopg.connect(address.url) as db:
        db.execute("SELECT set_config('briefing.desk', %s, false)", (desk,))
        tables = [
            *db.execute(
                "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
                "WHERE nspname = 'briefing' AND relkind IN ('r', 'v', 'm')"
            )
        ]
        found = ""
        for (name,) in tables:
            try:
                with db.transaction():
                    found += str(db.execute(sql.SQL("SELECT * FROM briefing.{}").format(sql.Identifier(name))).fetchall())
            except errors.InsufficientPrivilege:
                continue
        return found


def told(text: str) -> tuple[bool, bool]:
    return "Quuxham" in text or "quuxha" in text.lower() or "leaks" in text, "Aster" in text


def test_every_table_with_a_word_of_an_article_is_guarded(postgres: PostgresAddress) -> None:
    with psycopg.connect(postgres.url) as db:
        owned = {name for (name,) in db.execute("SELECT table_name FROM information_schema.columns WHERE column_name = 'private_to'")}
        guarded = {name for (name,) in db.execute("SELECT relname FROM pg_class WHERE relrowsecurity")}
        tables = {name for (name,) in db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'briefing'")}
    assert owned == set(GUARDED)
    assert guarded == owned | {"readers"}
    bare = {"migrations", "desks", "prefixes", "queue_version", "runs", "parts", "failures", "workers"}  # hold no word of an article
    assert tables - {name for name in tables if name.startswith("procrastinate")} == guarded | bare


def test_a_reader_is_shown_the_private_desks_that_are_hers_and_no_other(newsroom: dict[str, PostgresAddress]) -> None:
    assert told(everything(newsroom["anna"])) == (True, True)
    for desk in ("", "leaks", "ports", "@anna"):
        assert told(everything(newsroom["bob"], desk)) == (False, True)


def test_a_worker_is_shown_what_its_desk_brought_and_what_is_everybodys(newsroom: dict[str, PostgresAddress]) -> None:
    def contents(desk: str) -> list[str]:
        with PostgresStore(newsroom["mill"], desk) as store:
            found = [one for one in (store.article(SECRET.content), store.article(OPEN.content)) if one]
            assert [one for one in store.articles() if one not in found] == []
            return [one.id for one in found]

    assert contents("leaks") == ["leak", "port"]
    assert contents("ports") == contents("") == contents("unknown") == ["port"]


def test_every_read_of_the_program_keeps_to_it(newsroom: dict[str, PostgresAddress]) -> None:
    for login, desk in (("mill", "ports"), ("mill", ""), ("bob", "leaks"), ("bob", "ports"), ("bob", "")):
        with PostgresStore(newsroom[login], desk) as store, PostgresIndex(newsroom[login], desk) as index:
            assert store.replies([row(1).key, row(2).key]).keys() == {row(2).key}
            assert store.parses([b"leak", b"port"]).keys() == {b"port"}
            assert "leaks.json" not in [one.path for one in store.briefs()]
            assert [one.request for one in store.calls()] == [OPEN.text]
            assert index.find(SECRET.content, "leak", "") is None
            assert [one.id for one in index.articles()] == ["port"]
            keys = [text_key(FakeEmbedder.sha256, one.quote(1)) for one in (SECRET, OPEN)]
            assert index._get("vectors", keys).keys() == {keys[1]}
            keys = [text_key(FakeWording().sha256, one.quote(1)) for one in (SECRET, OPEN)]
            assert index._get("wording", keys).keys() == {keys[1]}


def test_the_owner_who_works_for_a_desk_is_shown_no_more_than_a_worker(newsroom: dict[str, PostgresAddress]) -> None:
    with PostgresStore(newsroom["owner"], "ports") as store:
        assert store.article(SECRET.content) is None
    with PostgresStore(newsroom["owner"], all_desks=True) as store:
        assert [one.id for one in store.articles()] == ["leak", "port"]


def test_a_reader_plants_nothing_in_what_others_are_given(newsroom: dict[str, PostgresAddress]) -> None:
    forged = replace(row(3), reply='{"text":"forged","tokens":1}')
    with PostgresStore(newsroom["bob"]) as store:
        store.keep_call(forged)
        assert store.replies([forged.key]) == {forged.key: forged.reply}  # bob's own
        with pytest.raises(StorageError, match="does not let this user") as caught:
            store.save_brief("2026-11-22", "x.json", "{}", [OPEN])
        assert "briefing_worker" in caught.value.hint
        with pytest.raises(StorageError, match="does not let this user"):
            store.forget([OPEN.content], (), (), ())
    for login in ("mill", "anna"):
        with PostgresStore(newsroom[login]) as store:
            assert store.replies([forged.key]) == {}
    with psycopg.connect(newsroom["bob"].url, autocommit=True) as db:
        for statement in (
            "INSERT INTO briefing.readers VALUES ('bob', 'leaks')",
            "INSERT INTO briefing.desks VALUES ('mine', true)",
            "UPDATE briefing.desks SET private = false",
            "SET ROLE briefing_worker",
            "ALTER TABLE briefing.calls DISABLE ROW LEVEL SECURITY",
            "INSERT INTO briefing.parses VALUES ('x', '', 'planted')",
            "UPDATE briefing.calls SET reply = 'forged'",
            "DELETE FROM briefing.articles",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                db.execute(statement.encode())


def test_a_function_of_a_readers_own_is_shown_no_row_that_she_is_not(newsroom: dict[str, PostgresAddress]) -> None:
    with psycopg.connect(newsroom["bob"].url, autocommit=True) as db:
        spy = "CREATE FUNCTION pg_temp.spy(text) RETURNS bool LANGUAGE plpgsql COST 0.0001 "
        spy += "AS $$BEGIN RAISE NOTICE '%', $1; RETURN true; END$$"
        heard: list[str] = []
        db.add_notice_handler(lambda notice: heard.append(str(notice.message_primary)))
        db.execute(spy.encode())
        db.execute("SELECT count(*) FROM briefing.articles WHERE pg_temp.spy(json)")
        db.execute("SELECT count(*) FROM briefing.sentences WHERE pg_temp.spy(words::text)")
    assert heard
    assert told(" ".join(heard)) == (False, True)


def test_an_article_that_a_private_and_an_open_desk_have_is_each_ones(newsroom: dict[str, PostgresAddress]) -> None:
    with PostgresStore(newsroom["mill"], "ports") as store:
        store.save_brief("2026-11-22", "ports.json", "{}", [SECRET])
    with PostgresStore(newsroom["bob"], "ports") as store:
        assert [one.id for one in store.articles()] == ["leak", "port"]
    with PostgresStore(newsroom["mill"], "leaks") as store:
        assert [one.id for one in store.articles()] == ["leak"]


def test_no_search_finds_a_private_sentence_or_tells_by_its_order_that_there_is_one(newsroom: dict[str, PostgresAddress]) -> None:
    embedder = FakeEmbedder()
    (vector,) = embedder.embed(["Quuxham met the minister of the port of Aster"])

    def found(login: str, desk: str) -> list[str]:
        with PostgresArchive(newsroom[login], desk) as archive:
            places = archive.nearest(terms("Quuxham, the minister, the port"), vector, embedder.sha256, since="", until="", most=10)
            return [content for content, _ in places]

    assert set(found("mill", "leaks")) == set(found("anna", "leaks")) == {SECRET.content}
    assert set(found("mill", "ports")) == set(found("anna", "ports")) == set(found("bob", "ports")) == {OPEN.content}
    assert found("bob", "leaks") == []
    with PostgresArchive(newsroom["bob"], "leaks") as archive:
        assert not archive.holds("", "")
        assert archive.unembedded("another", 10) == [(OPEN.content, 1)]
    search = "SELECT content, score FROM briefing.found_by_terms(ARRAY['quuxha', 'port']::tsquery[], %s, '', '9999', 10)"
    with psycopg.connect(newsroom["bob"].url) as db:
        assert db.execute(search, ("leaks",)).fetchall() == []
        before = db.execute(search, ("ports",)).fetchall()
    with PostgresStore(newsroom["mill"], "leaks") as store:
        store.save_brief("2026-11-22", "more.json", "{}", [article("more", "more.txt", "c" * 64, "A port, the port and ports.\n")])
    with psycopg.connect(newsroom["bob"].url) as db:
        assert db.execute(search, ("ports",)).fetchall() == before


def test_what_a_desk_is_stays_once_it_has_brought_something(newsroom: dict[str, PostgresAddress]) -> None:
    change = "INSERT INTO desks (name, private) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET private = excluded.private"
    connection = Connection(newsroom["mill"])
    for name, private in (("new", True), ("new", False), ("leaks", True), ("ports", False)):
        connection.query(change, (name, private))
    for name, private, kind in (("leaks", False, "a private"), ("ports", True, "an open")):
        with pytest.raises(UsageError, match=f"desk {name} has brought articles as {kind} desk: it stays one"):
            connection.query(change, (name, private))
    connection.close()


def test_a_desk_needs_a_database_that_has_desks(tmp_path: object) -> None:
    settings = Settings(desk="ports")
    for opened in (open_store, open_index):
        with pytest.raises(UsageError, match="only a PostgreSQL database has desks"):
            opened(settings)
