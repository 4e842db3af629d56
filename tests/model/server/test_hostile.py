"""A server may answer whatever it likes: it ends in answers, in answers that are missing with their reason, or in one clear line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from briefing.errors import BriefingError, ModelError, UsageError
from briefing.model.base import Call, Constraint, Identity, Judgement, Prompt, Question, Reply
from briefing.model.cached import CachedModel
from briefing.model.server import endpoint, fleet
from briefing.model.server.address import Address
from briefing.model.server.fleet import ServerModel, discover
from briefing.progress import Silent
from briefing.sqlite.store import SqliteStore
from tests.model.server.hostile import WAYS, HostileServer, address

SCHEMA = json.dumps({"type": "object", "properties": {"claim": {"type": "string", "pattern": "^ It rained[.]$"}}})
SLOW = [way for way in WAYS if way.startswith(("slow", "continues"))]


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    made = HostileServer()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait as often as ever, but not as long."""
    monkeypatch.setattr(endpoint, "_FIRST_PAUSE", 0.001)
    monkeypatch.setattr(fleet, "_TICK", 0.02)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with closing(SqliteStore(tmp_path_factory.mktemp("kept") / "briefing.sqlite3")) as made:
        yield made


def ask(url: str, store: SqliteStore) -> list[Reply | Judgement]:
    """Ask a server what a run asks one, and keep the answers as a run does."""
    addresses = [Address(url, timeout=0.4, parallel=1)]
    identity = discover(addresses)
    with closing(CachedModel(lambda: ServerModel(addresses, identity, lambda _: None), identity, store, Silent())) as model:
        [(_, reply)] = model.generate([Call("shorten", Prompt("", text="It rained."), Constraint(SCHEMA), 50)])
        [(_, said)] = model.judge([Question("support", Prompt("", text="Did it rain?"))])
    return [reply, said]


def said_well(error: BriefingError) -> None:
    assert isinstance(error, ModelError | UsageError)
    for line in (str(error), error.hint):
        assert len(line.splitlines()) == 1
        assert len(line) < 400
        line.encode()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("late", ["", "-late"])
def test_no_answer_breaks_a_run(server: HostileServer, way: str, late: str, store: SqliteStore) -> None:
    try:
        found = ask(address(server, way + late), store)
    except BriefingError as error:
        said_well(error)
        return
    assert len(found) == 2
    for one in found:
        one.error.encode()
        assert 0 <= one.usage.prompt + one.usage.cached + one.usage.generated < 1 << 62
        if isinstance(one, Judgement):
            assert (one.probability is None) == bool(one.error)
            assert one.probability is None or 0 <= one.probability <= 1
        else:
            one.text.encode()
            assert (one.finish == "error") == bool(one.error)


@pytest.mark.parametrize("way", SLOW)
@pytest.mark.slow
def test_an_answer_that_comes_byte_by_byte_is_over_in_time(server: HostileServer, way: str, store: SqliteStore) -> None:
    assert {one.error for one in ask(address(server, f"{way}-late"), store)} == {"no answer in time"}
    with pytest.raises(ModelError, match="no answer in time"):
        ask(address(server, way), store)


@pytest.mark.parametrize(
    ("way", "said"),
    [("come back tomorrow", "in 24 hours"), ("come back on a day", "hours"), ("never come back", "asked again in inf")],
)
def test_a_server_that_is_away_for_long_is_not_waited_for(server: HostileServer, way: str, said: str, store: SqliteStore) -> None:
    with pytest.raises(ModelError, match=said):
        ask(address(server, f"{way}-late"), store)


@pytest.mark.slow
def test_a_server_that_fails_at_everything_is_given_up(server: HostileServer) -> None:
    addresses = [Address(address(server, "503-late"), parallel=2)]
    model = ServerModel(addresses, Identity("fake-1", "0" * 64), lambda _: None)
    before = len(server.asked)
    with pytest.raises(ModelError, match="does not answer: 503"):
        list(model.judge([Question("support", Prompt("", text=str(n))) for n in range(100)]))
    assert len(server.asked) - before <= 9 * endpoint.ATTEMPTS


def test_a_broken_answer_costs_only_itself(server: HostileServer, store: SqliteStore) -> None:
    found = ask(address(server, "half a character in a text-late"), store)
    assert [one.error for one in found] == ["the answer is no JSON object"] * 2


def test_what_answers_and_is_no_such_server_is_named(server: HostileServer, store: SqliteStore) -> None:
    for way in ("page", "null", "deep", "no gzip", "redirect"):
        with pytest.raises(ModelError, match=r"no server of the OpenAI interface|names no model"):
            ask(address(server, way), store)
