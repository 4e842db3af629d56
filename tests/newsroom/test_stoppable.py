"""A model that is told to stop: what is in hand is answered, nothing else is begun."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from briefing import engines
from briefing.config import Settings
from briefing.errors import ModelAwayError
from briefing.model.base import Draining, Identity, Prompt, Question
from briefing.model.server.address import Address
from briefing.model.server.fleet import ServerModel
from briefing.model.server.pace import Pace
from briefing.newsroom.stopping import Stop, Stoppable, StoppedError
from tests.model.server.fake import FakeServer
from tests.stages.fakes import FakeModel

ASKED = [Question("judge", Prompt("", text=f"Is it {n}?")) for n in range(20)]


def test_of_a_model_that_answers_one_at_a_time_the_one_in_hand_is_the_last() -> None:
    stop = Stop()
    model = Stoppable(FakeModel(), stop)
    assert len(list(model.judge(ASKED))) == 20
    answers = model.judge(ASKED)
    next(answers)
    stop.set()
    with pytest.raises(StoppedError):
        next(answers)
    with pytest.raises(StoppedError):
        next(model.judge(ASKED))


def test_of_servers_all_that_were_asked_are_waited_for() -> None:
    server, stop, begun = FakeServer(), Stop(), threading.Barrier(4)
    go_on = threading.Event()

    def script(body: dict[str, Any]) -> None:
        if sum("Is it" in str(one) for one in server.asked) > 4:
            begun.wait(100)
            go_on.wait(100)

    inner = ServerModel([Address(server.url, parallel=3)], Identity("fake-1", "0" * 64), lambda _: None)
    server.asked.clear()
    server.script = script
    model = Stoppable(inner, stop)
    answers = model.judge(ASKED)
    got = [next(answers)]  # four are answered at once, three more are in hand then
    begun.wait(100)
    stop.set()
    go_on.set()
    with pytest.raises(StoppedError):
        got.extend(answers)
    assert len(got) == len(server.asked) == 7
    assert all(answer.probability is not None for _, answer in got)
    server.stop()


def test_what_is_lent_can_finish_where_the_model_can() -> None:
    drained: list[bool] = []

    class Both(FakeModel):
        def drain(self) -> None:
            drained.append(True)

    one, other = Both(), FakeModel()
    lent = engines.Loaded(lambda path, identity, settings: one)
    given = lent(Path("a"), Identity("a", "0"), Settings())
    assert isinstance(given, Draining)
    given.drain()
    assert drained == [True]
    assert not isinstance(engines.Loaded(lambda path, identity, settings: other)(Path("a"), Identity("a", "0"), Settings()), Draining)


def test_requests_pass_at_their_pace() -> None:
    now = [100.0]
    waited: list[float] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(round(timeout or 0, 3))
            return False

    pace = Pace(120, lambda: now[0])
    for _ in range(3):
        pace.wait(Stop())
    now[0] = 110.0
    pace.wait(Stop())
    assert waited == [0.0, 0.5, 1.0, 0.0]
    Pace(0).wait(Stop())
    assert len(waited) == 4


def test_servers_that_are_gone_are_away() -> None:
    server = FakeServer()
    server.stop()
    with pytest.raises(ModelAwayError):
        ServerModel([Address(server.url, timeout=0.2)], Identity("fake-1", "0" * 64), lambda _: None)
