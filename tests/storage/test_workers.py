"""Many workers on one PostgreSQL database: none asks what another asks, and a server that crashes costs nobody anything."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator, Sequence

import psycopg
import pytest

from briefing.address import PostgresAddress
from briefing.errors import StorageError
from briefing.model.base import LATE_REPLY, Call, Reply, request_key
from briefing.model.cached import CachedModel
from briefing.postgres import connection
from briefing.postgres.migrate import scripts
from briefing.postgres.store import CLAIMS, PostgresStore
from briefing.progress import Silent
from tests.model.test_cached import IDENTITY, Upper, call
from tests.postgres import Server
from tests.test_store import article, row

pytestmark = pytest.mark.postgres


def test_what_is_claimed_is_nobody_elses_until_it_is_given_back(postgres: PostgresAddress) -> None:
    keys = [row(n).key for n in range(CLAIMS + 40)]
    with PostgresStore(postgres) as one, PostgresStore(postgres) as other:
        mine = one.claim(keys)
        assert len(mine) == CLAIMS
        assert other.claim(keys) == set(keys) - mine
        assert other.claim(keys[:3]) == set()
        one.release([keys[0]])
        assert other.claim(keys[:3]) == {keys[0]}
        begun = time.monotonic()
        other.wait(keys[1], 0.05)
        assert time.monotonic() - begun >= 0.05
        one.close()  # as where its machine dies
        for key in keys[:3]:  # the server gives back one after the other
            other.wait(key, math.inf)
        assert other.claim(keys[:3]) == set(keys[:3])
        assert other.replies([keys[1]]) == {}


class Slow(Upper):
    """Answers one request after the other, and lets others in between."""

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        for answer in super().generate(calls):
            time.sleep(0.002)
            yield answer


def test_workers_with_the_same_calls_ask_each_once_and_all_get_every_answer(postgres: PostgresAddress) -> None:
    calls = [call(f"claim {n}") for n in range(3 * CLAIMS // 2)]
    models = [Slow() for _ in range(3)]
    told: list[dict[int, str]] = []

    def work(model: Upper, order: Sequence[Call]) -> None:
        with PostgresStore(postgres) as store:
            answers = CachedModel(lambda: model, IDENTITY, store, Silent()).generate(order)
            told.append({calls.index(order[n]): reply.text for n, reply in answers})

    threads = [threading.Thread(target=work, args=(model, order)) for model, order in zip(models, (calls, calls, calls[::-1]), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    right = {n: f"CLAIM {n}" for n in range(len(calls))}
    assert told == [right] * 3
    assert sum(len(batch) for model in models for batch in model.batches) == len(calls)


def test_what_a_worker_took_and_did_not_answer_another_answers(postgres: PostgresAddress) -> None:
    with PostgresStore(postgres) as one, PostgresStore(postgres) as other:
        answers = CachedModel(Upper, IDENTITY, one, Silent()).generate([call("a"), call("b")])
        next(answers)  # and then it hangs
        second = Upper()
        cached = CachedModel(lambda: second, IDENTITY, other, Silent())
        waiting = threading.Timer(0.2, one.close)  # its machine dies
        waiting.start()
        assert [reply.text for _, reply in sorted(cached.generate([call("a"), call("b")]))] == ["A", "B"]
        waiting.join()
        assert len(second.batches) == 1


def test_who_has_no_time_to_wait_says_that_it_was_late(postgres: PostgresAddress) -> None:
    with PostgresStore(postgres) as one, PostgresStore(postgres) as other:
        second = CachedModel(Upper, IDENTITY, other, Silent())
        list(second.generate([call("warm")]))
        assert one.claim([request_key(call("slow"), IDENTITY)])
        begun = time.monotonic()
        second.stop_at(begun + 0.2)
        assert [reply for _, reply in second.generate([call("slow")])] == [LATE_REPLY]
        assert time.monotonic() - begun >= 0.2


def test_a_server_that_crashes_and_comes_back_loses_nothing_and_stops_nobody(postgres_server: Server, postgres: PostgresAddress) -> None:
    with PostgresStore(postgres) as store:
        for n in range(20):
            store.keep_call(row(n))
        postgres_server.kill()
        threading.Timer(0.3, postgres_server.start).start()
        assert len(store.replies([row(n).key for n in range(20)])) == 20
        store.keep_call(row(20))
        store.save_brief("2026-11-21", "x.json", "{}", [article()])
    with PostgresStore(postgres) as store:
        assert len(store.replies([row(n).key for n in range(21)])) == 21
        assert store.articles() == [article()]


def test_a_server_that_stays_away_is_one_line(postgres_server: Server, postgres: PostgresAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "AGAIN_SECONDS", 0.1)
    secret = PostgresAddress(postgres.url.replace("postgres@", "postgres:opensesame@"))
    with PostgresStore(secret) as store:
        postgres_server.kill()
        try:
            for action in (lambda: store.keep_call(row(1)), lambda: PostgresStore(secret)):
                with pytest.raises(StorageError, match="cannot be reached") as caught:
                    action()
                assert "\n" not in str(caught.value)
                assert "opensesame" not in f"{caught.value} {caught.value.hint}"
        finally:
            postgres_server.start()


def test_workers_may_begin_a_database_at_once(postgres_server: Server) -> None:
    postgres_server.administer("CREATE DATABASE begun_at_once")
    failed: list[Exception] = []

    def begin() -> None:
        try:
            PostgresStore(postgres_server.address("begun_at_once")).close()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    postgres_server.end("begun_at_once")


def test_a_schema_of_a_newer_version_is_refused_in_one_line(postgres: PostgresAddress) -> None:
    with psycopg.connect(postgres.url) as db:
        db.execute("INSERT INTO briefing.migrations (number, name) VALUES (%s, 'x')", (len(scripts()) + 1,))
    with pytest.raises(StorageError, match="newer version of briefing") as caught:
        PostgresStore(postgres)
    assert "\n" not in str(caught.value)


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [int(name[:4]) for name, _ in scripts()] == list(range(1, len(scripts()) + 1))


def test_a_brief_that_was_changed_in_the_database_is_refused(postgres: PostgresAddress) -> None:
    with PostgresStore(postgres) as store:
        store.save_brief("2026-11-21", "x.json", '{"n": 1}', [article()])
        with psycopg.connect(postgres.url) as db:
            db.execute("UPDATE briefing.briefs SET json = '{}'")
        with pytest.raises(StorageError, match="not what was written"):
            store.briefs()
