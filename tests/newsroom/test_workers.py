"""Workers: every brief is the one that a single process makes, whatever happens to them; what fails is tried twice, and seen."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from briefing import cli
from briefing.address import PostgresAddress
from briefing.newsroom import queue, shared
from briefing.newsroom.file import load
from briefing.newsroom.ledger import Ledger
from briefing.newsroom.stopping import Stop
from briefing.newsroom.worker import Hands, _Lookout
from briefing.progress import Silent
from tests import faults
from tests.newsroom import hardships
from tests.newsroom.room import DATE, QUICK, Newsroom
from tests.postgres import Server

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[None]:
    with hardships.by_hand():
        yield


@pytest.fixture
def news(tmp_path: Path, postgres: PostgresAddress) -> Iterator[Newsroom]:
    with hardships.opened(tmp_path, postgres) as made:
        yield made


def test_the_briefs_of_all_desks_are_those_of_a_single_process(news: Newsroom) -> None:
    news.begin()
    worker = news.work()
    found = news.wait()
    assert [(run.desk, run.stage, run.articles, run.error) for run in found.runs] == [("desk0", "done", 6, ""), ("desk1", "done", 6, "")]
    assert [(one.process != worker, one.job) for one in found.workers] == [(True, "")]
    assert found.failures == ()
    assert found.rates.briefs > 0
    assert found.rates.calls > 0
    assert (found.seconds, found.left) == (0.0, "")
    news.same()
    asked = news.noting.counts()
    assert set(asked.values()) == {1}
    with psycopg.connect(news.address.url) as db:  # each article arrived once
        assert db.execute("SELECT count(*), count(DISTINCT content) FROM briefing.arrivals").fetchone() == (12, 12)
    news.begin("desk0")  # again: nothing is asked again
    news.wait()
    assert news.noting.counts() == asked
    news.same()
    news.stop(worker)


def test_two_workers_share_the_work(news: Newsroom) -> None:
    news.noting.seconds = 0.02
    news.begin()
    workers = [news.work(), news.work()]
    hardships.until(lambda: len({one.process for one in news.status().workers if one.job}) == 2)
    news.wait()
    assert set(news.noting.counts().values()) == {1}
    news.same()
    assert news.workers == workers


def test_killed_workers(tmp_path: Path, postgres: PostgresAddress) -> None:
    hardships.kills(tmp_path, postgres, 4)


def test_a_database_that_crashes(tmp_path: Path, postgres: PostgresAddress, postgres_server: Server) -> None:
    hardships.restarts(tmp_path, postgres, postgres_server, 1)


def test_model_servers_that_die(tmp_path: Path, postgres: PostgresAddress) -> None:
    hardships.servers(tmp_path, postgres)


def test_an_article_that_crashes(tmp_path: Path, postgres: PostgresAddress) -> None:
    hardships.crashing(tmp_path, postgres)


def test_many_who_ask(tmp_path: Path, postgres: PostgresAddress) -> None:
    hardships.askers(tmp_path, postgres, 6)


def test_a_stopped_worker_ends_the_request_in_hand_and_gives_its_job_back(news: Newsroom) -> None:
    news.noting.seconds = 0.1
    news.begin("desk0")
    worker = news.work()
    hardships.until(lambda: sum(news.noting.counts().values()) > 2)
    news.stop(worker)
    asked = sum(news.noting.counts().values())
    found = news.status()
    assert [(one.kind, one.waiting, one.working) for one in found.queue] == [("brief", 1, 0)]
    assert found.workers == ()
    assert found.failures == ()
    with psycopg.connect(news.address.url) as db:
        assert db.execute("SELECT count(*) FROM briefing.calls").fetchone() == (asked,)
    news.noting.seconds = 0.0
    news.work()
    news.wait()
    assert set(news.noting.counts().values()) == {1}
    news.same("desk0")


def test_what_fails_twice_has_failed_and_is_seen(
    news: Newsroom, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desks = news.settings.desks
    desks.write_text(desks.read_text(encoding="utf-8") + 'recipients = ["$NOWHERE"]\n', encoding="utf-8")
    with psycopg.connect(news.address.url, autocommit=True) as db:
        news.begin("desk1")
        news.work()
        hardships.until(lambda: news.status().failures)
        (once,) = news.status().failures
        assert (once.state, once.kind, once.desk, once.part) == ("again", "send", "desk1", "$NOWHERE")
        db.execute("SET search_path = briefing")
        db.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")  # now, not in some seconds
        found = news.wait()
    (failed,) = found.failures
    assert (failed.state, failed.error) == ("failed", "$NOWHERE is not set in this environment")
    assert [(run.desk, run.stage) for run in found.runs] == [("desk1", "done")]  # the brief is there all the same
    assert news.made("desk1")
    monkeypatch.setenv("BRIEFING_DATABASE", news.address.url)
    assert cli.run(["status"]) == 0
    said = capsys.readouterr().out
    assert "queue: nothing" in said
    assert f"failed: send of desk1 {DATE} $NOWHERE: $NOWHERE is not set in this environment" in said
    assert cli.run(["status", "--json"]) == 0
    assert '"state": "failed"' in capsys.readouterr().out


def test_jobs_of_another_version_are_left_alone(news: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "QUEUE", "briefing/2")
    news.begin("desk0")
    monkeypatch.undo()
    with hardships.by_hand():
        news.begin("desk1")
        news.work()
        hardships.until(lambda: any(run.ended for run in news.status().runs))
        assert [run.desk for run in news.status().runs if run.ended] == ["desk1"]
        found = news.status()
        assert found.other == 1
        monkeypatch.setattr(queue, "QUEUE", "briefing/2")
        newer = news.work()
        news.wait()
        news.same()
        news.stop(newer)


def test_a_brief_is_begun_once_when_it_is_due(news: Newsroom) -> None:
    file = news.settings.desks
    file.write_text(file.read_text(encoding="utf-8") + 'at = "00:00"\n', encoding="utf-8")
    desks = load(file)
    hands = Hands(file, news.settings, news.address, Silent(), news.noting, Stop())
    with closing(Ledger(news.address)) as ledger:
        ledger.know(desks)
    for _ in range(2):
        _Lookout(hands, QUICK).look()
    found = news.status()
    assert [(run.desk, run.date, run.stage) for run in found.runs] == [("desk1", desks.now().date().isoformat(), "fetch")]
    assert [(one.kind, one.waiting) for one in found.queue] == [("sweep", 1)]


def test_a_brief_of_nothing_says_so_and_is_no_failure(news: Newsroom) -> None:
    file = news.settings.desks
    file.write_text(file.read_text(encoding="utf-8") + 'topics = ["zeppelin"]\n', encoding="utf-8")
    news.begin("desk1")
    news.work()
    found = news.wait()
    (run,) = found.runs
    assert (run.stage, run.error) == ("done", f"nothing to brief: desk desk1 has no article of {DATE}")
    assert found.failures == ()


def test_topics_choose_the_same_articles_for_a_worker_and_a_single_process(news: Newsroom) -> None:
    file = news.settings.desks
    file.write_text(file.read_text(encoding="utf-8") + 'topics = ["Torv"]\n', encoding="utf-8")
    news.begin("desk1")
    news.work()
    news.wait()
    record = news.made("desk1")
    assert record == news.alone("desk1")[0]
    assert 0 < len(record["articles"]) < 6


def test_a_worker_needs_no_more_than_its_role(news: Newsroom, postgres_server: Server) -> None:
    postgres_server.administer("CREATE ROLE mill LOGIN IN ROLE briefing_worker")
    database = news.address.url.split("@/")[1].partition("?")[0]
    try:
        news.address = postgres_server.address(database, "mill")
        news.settings = news.settings.model_copy(update={"database": news.address})
        news.begin()
        worker = news.work()
        assert [run.stage for run in news.wait().runs] == ["done", "done"]
        news.same()
        news.stop(worker)
    finally:
        postgres_server.administer("DROP ROLE mill")


def test_what_a_private_desk_fetched_is_brought_to_no_other(news: Newsroom, tmp_path: Path) -> None:
    file = news.settings.desks
    file.write_text(file.read_text(encoding="utf-8") + "private = true\n", encoding="utf-8")
    with closing(Ledger(news.address)) as ledger:
        ledger.know(load(file))
    for n in range(2):
        (tmp_path / f"fetched{n}").mkdir()
        (tmp_path / f"fetched{n}" / "one.md").write_text(f"Of desk {n}.", encoding="utf-8")
        assert shared.keep(news.address, f"desk{n}", f"feed{n}/{DATE}", tmp_path / f"fetched{n}") == 1
        assert shared.keep(news.address, f"desk{n}", f"feed{n}/{DATE}", tmp_path / f"fetched{n}") == 0

    def brought(desk: str, n: int) -> int:
        return shared.bring(news.address, desk, f"feed{n}/{DATE}", tmp_path / f"{desk}-{n}")

    assert (brought("desk0", 0), brought("desk1", 0), brought("desk1", 1)) == (1, 1, 1)
    assert brought("desk0", 1) == brought("desk0", 0) == 0  # private; there already
    assert (tmp_path / "desk1-1" / "one.md").read_text(encoding="utf-8") == "Of desk 1."


def test_a_killed_supervisor_takes_its_process_along(news: Newsroom) -> None:
    worker = news.work()
    hardships.until(lambda: news.status().workers)
    (one,) = news.status().workers
    os.kill(worker, signal.SIGKILL)
    faults.ended(worker)
    news.workers.remove(worker)
    hardships.until(lambda: not alive(one.process))


def alive(process: int) -> bool:
    """Return whether a process runs; one that only waits for its parent to ask does not."""
    found = Path(f"/proc/{process}/stat")
    return found.exists() and ") Z " not in found.read_text()
