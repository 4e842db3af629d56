"""Servers as one model: what they can do is found out, work is spread, the dead are dropped, and errors say what to do."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import tenacity

from briefing.errors import ModelError, ModelUnsuitableError, UsageError
from briefing.model.base import LATE, Call, Constraint, Identity, Prompt, Question
from briefing.model.proxies import is_local
from briefing.model.server import endpoint
from briefing.model.server.address import Address, base_url
from briefing.model.server.features import Features
from briefing.model.server.fleet import ServerModel, discover
from tests.model.server.fake import Answer, FakeServer, judged, said

SCHEMA = json.dumps({"type": "object", "properties": {"claim": {"type": "string", "pattern": "^ It rained[.]$"}}})
ME = Identity("fake-1", "0" * 64)
HANGING = 60.0  # seconds: a guard against waiting for ever, which nothing that works comes near


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait as often as ever, but not as long."""
    monkeypatch.setattr(endpoint, "_FIRST_PAUSE", 0.01)


@pytest.fixture
def servers() -> Iterator[list[FakeServer]]:
    """Two servers."""
    made = [FakeServer(), FakeServer()]
    yield made
    for server in made:
        server.stop()


@pytest.fixture
def server(servers: list[FakeServer]) -> FakeServer:
    """One server."""
    return servers[0]


def call(text: str) -> Call:
    return Call("draft", Prompt("Be brief.", (("a", "b"),), "Shared. ", text), Constraint(SCHEMA), 50)


def question(text: str) -> Question:
    return Question("judge", Prompt("", (), "", text))


def opened(*servers: FakeServer, warnings: list[str] | None = None, **options: Any) -> ServerModel:
    """Open servers as one model; what it warns of is kept."""
    addresses = [Address(server.url, **options) for server in servers]
    return ServerModel(addresses, ME, (warnings if warnings is not None else []).append)


def features(model: ServerModel) -> list[Features]:
    return [server.features for server in model._servers]


def test_requests_and_answers(server: FakeServer) -> None:
    model = opened(server)
    replies = dict(model.generate([call("It rained."), call("It poured.")]))
    assert [replies[n].text for n in (0, 1)] == ['{"claim": " It rained."}'] * 2
    assert {reply.finish for reply in replies.values()} == {"stop"}
    assert (replies[0].usage.prompt, replies[0].usage.cached, replies[0].usage.generated) == (5, 4, 3)
    body = next(body for body in server.asked if body["messages"][-1]["content"] == "Shared. It rained.")
    assert [message["role"] for message in body["messages"]] == ["system", "user", "assistant", "user"]
    assert (body["model"], body["max_tokens"], body["temperature"]) == ("fake-1", 50, 0)
    assert body["response_format"]["json_schema"]["schema"] == json.loads(SCHEMA)
    [(_, judgement)] = model.judge([question("Did it rain?")])
    assert judgement.probability == pytest.approx(0.909, abs=0.001)


@pytest.mark.parametrize(
    ("form", "patterns", "found", "warned"),
    [
        ("json_schema", True, Features("json_schema", patterns=True, logprobs=True), ""),
        ("json_object", True, Features("json_object", patterns=True, logprobs=True), ""),
        ("json_schema", False, Features("json_schema", patterns=False, logprobs=True), "no string to a pattern"),
        ("", False, Features("", patterns=False, logprobs=True), "no JSON Schema"),
    ],
)
def test_what_a_server_offers_is_found_out(server: FakeServer, form: str, patterns: bool, found: Features, warned: str) -> None:
    server.form, server.patterns = form, patterns
    warnings: list[str] = []
    assert features(opened(server, warnings=warnings)) == [found]
    assert [warned in text and server.url in text for text in warnings] == [True] * bool(warned)


def test_a_server_that_fails_at_what_it_does_not_offer_is_not_taken_for_dead(server: FakeServer) -> None:
    server.script = lambda body: (
        (500, {"error": {"message": "boom"}}) if body.get("response_format", {}).get("type") == "json_schema" else None
    )
    server.form = "json_object"
    assert features(opened(server)) == [Features("json_object", patterns=True, logprobs=True)]


def test_without_probabilities_nothing_can_be_judged(server: FakeServer) -> None:
    server.logprobs = False
    with pytest.raises(ModelUnsuitableError, match="gives no logprobs") as caught:
        opened(server)
    assert "--logits_all" in caught.value.hint


def test_the_only_model_of_a_server_is_taken(server: FakeServer) -> None:
    found = discover([Address(server.url)])
    assert found.name == "fake-1"
    assert found == discover([Address(server.url + "/v1/")])
    assert found.sha256 != discover([Address(server.url)], "other").sha256


def test_a_choice_of_models_is_the_users(server: FakeServer) -> None:
    server.models = ["a", "b"]
    with pytest.raises(UsageError, match="has 2 models") as caught:
        discover([Address(server.url)])
    assert "a, b" in caught.value.hint
    server.models = []
    with pytest.raises(UsageError, match="names no model"):
        discover([Address(server.url)])


def test_no_server_at_all(servers: list[FakeServer]) -> None:
    for server in servers:
        server.stop()
    with pytest.raises(ModelError, match="does not answer") as caught:
        discover([Address(server.url) for server in servers])
    assert "--server" in caught.value.hint
    warnings: list[str] = []
    with pytest.raises(ModelError, match="no server answers"):
        opened(*servers, warnings=warnings)
    assert len(warnings) == 2


def test_a_key(server: FakeServer) -> None:
    server.key = "secret"
    with pytest.raises(ModelError, match="lets nobody in") as caught:
        discover([Address(server.url)])
    assert "BRIEFING_SERVER_KEY" in caught.value.hint
    assert dict(opened(server, key="secret").generate([call("x")]))[0].finish == "stop"


def test_something_else_behind_the_address(server: FakeServer) -> None:
    server.script = lambda _: (404, {"detail": "Not Found"})
    with pytest.raises(ModelError, match="no server of the OpenAI interface"):
        opened(server)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_what_may_work_later_is_tried_again(server: FakeServer, status: int) -> None:
    model = opened(server)
    failures = iter([status, status])

    def script(_: dict[str, Any]) -> Answer | None:
        failing = next(failures, 0)
        return (failing, {"error": "later"}) if failing else None

    server.script = script
    [(_, reply)] = model.generate([call("x")])
    assert reply.finish == "stop"


def test_a_pause_that_is_asked_for_is_made(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    model = opened(server)
    paused: list[float] = []
    monkeypatch.setattr(tenacity, "sleep_using_event", lambda _: paused.append)
    server.headers = {"Retry-After": "0.3"}
    failures = [429]
    server.script = lambda _: (failures.pop(), {}) if failures else None
    [(_, reply)] = model.generate([call("x")])
    assert reply.finish == "stop"
    assert paused == [0.3]


def test_a_request_that_is_refused_costs_only_itself(server: FakeServer) -> None:
    model = opened(server)
    server.script = lambda body: (400, {"error": {"message": "too\nlong"}}) if "bad" in body["messages"][-1]["content"] else None
    before = len(server.asked)
    replies = dict(model.generate([call("one"), call("bad"), call("two")]))
    assert [replies[n].finish for n in range(3)] == ["stop", "error", "stop"]
    assert replies[1].error == "400: too long"
    assert len(server.asked) - before == 3  # not tried again


@pytest.mark.slow
def test_a_request_that_a_living_server_never_answers_costs_only_itself(server: FakeServer) -> None:
    model = opened(server)
    server.script = lambda body: (500, {"error": "boom"}) if "bad" in body["messages"][-1]["content"] else None
    replies = dict(model.generate([call("one"), call("bad")]))
    assert (replies[0].finish, replies[1].finish, replies[1].error) == ("stop", "error", "500 boom")
    [(_, judgement)] = model.judge([question("bad")])
    assert (judgement.probability, judgement.error) == (None, "500 boom")


def test_an_answer_that_takes_too_long(server: FakeServer) -> None:
    model = opened(server, timeout=0.2)

    def slow(_: dict[str, Any]) -> None:
        time.sleep(0.6)

    server.script = slow
    [(_, reply)] = model.generate([call("x")])
    assert (reply.finish, reply.error) == ("error", "no answer in time")


def test_a_judgement_that_says_neither_is_none(server: FakeServer) -> None:
    model = opened(server)
    server.script = lambda _: (200, judged({"Perhaps": -0.1}))
    [(_, judgement)] = model.judge([question("x")])
    assert judgement.probability is None
    assert "neither yes nor no" in judgement.error


@pytest.mark.slow
def test_work_is_spread_and_done_at_once(servers: list[FakeServer]) -> None:
    model = opened(*servers, parallel=4)
    all_places = threading.Barrier(8, timeout=HANGING)  # nothing is answered until both servers have all they take at once

    def together(_: dict[str, Any]) -> None:
        all_places.wait()

    before = [len(server.asked) for server in servers]
    for server in servers:
        server.script = together
    replies = dict(model.generate([call(str(n)) for n in range(40)]))
    assert sorted(replies) == list(range(40))
    assert {reply.finish for reply in replies.values()} == {"stop"}
    assert [len(server.asked) - asked for server, asked in zip(servers, before, strict=True)] == [20, 20]


@pytest.mark.slow
def test_a_dead_server_is_dropped_and_its_work_redone(servers: list[FakeServer]) -> None:
    warnings: list[str] = []
    model = opened(*servers, warnings=warnings, parallel=2)
    dying = servers[1]
    enough = len(dying.asked) + 3

    def die(_: dict[str, Any]) -> Answer | None:
        time.sleep(0.02)
        if len(dying.asked) > enough:
            dying.server_close()
            threading.Thread(target=dying.shutdown).start()
            raise ConnectionResetError
        return None

    dying.script = die
    servers[0].script = lambda _: time.sleep(0.02)
    replies = dict(model.generate([call(str(n)) for n in range(30)]))
    assert sorted(replies) == list(range(30))
    assert {reply.finish for reply in replies.values()} == {"stop"}
    assert len(warnings) == 1
    assert "its work goes to the others" in warnings[0]
    assert sorted(dict(model.judge([question(str(n)) for n in range(4)]))) == list(range(4))  # the dead one stays out


def test_the_last_server_that_dies_is_an_error(server: FakeServer) -> None:
    model = opened(server)
    server.stop()
    with pytest.raises(ModelError, match="does not answer"):
        list(model.generate([call("x")]))
    with pytest.raises(ModelError, match="any more"):
        list(model.generate([call("x")]))


@pytest.mark.slow
def test_leaving_early_stops_asking(server: FakeServer) -> None:
    model = opened(server, parallel=2)
    left = threading.Event()
    waited: list[bool] = []
    before = len(server.asked)

    def held(body: dict[str, Any]) -> None:
        if body["messages"][-1]["content"] != "Shared. 0":
            waited.append(left.wait(HANGING))

    server.script = held
    replies = model.generate([call(str(n)) for n in range(100)])
    next(replies)
    asking = [thread for thread in threading.enumerate() if "_serve" in thread.name]
    replies.close()  # type: ignore[attr-defined]
    assert False not in waited  # nobody waited for what was open
    left.set()
    for thread in asking:
        thread.join(HANGING)
    assert len(server.asked) - before <= 3  # what was answered, and one for each place


def test_nothing_asked_and_closed(server: FakeServer) -> None:
    model = opened(server)
    assert list(model.generate([])) == []
    model.close()
    model.close()
    with pytest.raises(ModelError, match="closed"):
        list(model.generate([call("x")]))


def test_replies_that_were_cut_or_filtered_say_so(server: FakeServer) -> None:
    model = opened(server)
    server.script = lambda _: (200, said("{", "length"))
    assert [reply.finish for _, reply in model.generate([call("x")])] == ["length"]
    server.script = lambda _: (200, said("", "content_filter"))
    [(_, reply)] = model.generate([call("x")])
    assert reply.finish == "error"
    assert reply.error


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("http://localhost:8000", "http://localhost:8000/v1"),
        ("localhost:8000/", "http://localhost:8000/v1"),
        ("https://host/api/v1/", "https://host/api/v1"),
        ("http://[::1]:9/v1/chat/completions", "http://[::1]:9/v1"),
    ],
)
def test_addresses(given: str, meant: str) -> None:
    assert base_url(given) == meant


@pytest.mark.parametrize("given", ["", "ftp://host", "http://", "http://host:port", "http://host/v1?x=1", "http://host:99999"])
def test_what_is_no_address(given: str) -> None:
    with pytest.raises(UsageError, match="not the address of a server"):
        base_url(given)


@pytest.mark.parametrize(
    ("given", "local"),
    [
        ("localhost:1", True),
        ("127.0.0.1:1", True),
        ("http://[::1]:1", True),
        ("0.0.0.0:1", True),
        ("[::ffff:127.0.0.1]", True),
        ("localhost.", True),
        ("http://localhost.example", False),
        ("http://10.0.0.7", False),
        ("example.org", False),
    ],
)
def test_what_is_this_machine(given: str, local: bool) -> None:
    assert is_local(base_url(given)) is local


@pytest.mark.slow
def test_what_is_open_at_its_moment_is_not_waited_for(server: FakeServer) -> None:
    model = opened(server, parallel=2)
    over = threading.Event()

    def slow(body: dict[str, Any]) -> None:
        if body["messages"][-1]["content"] != "Shared. quick":
            over.wait(HANGING)

    server.script = slow
    answers = model.generate([call("quick"), call("slow"), call("slower"), call("slowest")])
    replies = dict([next(answers)])
    model.stop_at(time.monotonic())
    replies |= dict(answers)
    over.set()
    assert [replies[n].finish for n in range(4)] == ["stop", "error", "error", "error"]
    assert {replies[n].error for n in range(1, 4)} == {LATE}
    [(_, judgement)] = model.judge([question("x")])
    assert (judgement.probability, judgement.error) == (None, LATE)
