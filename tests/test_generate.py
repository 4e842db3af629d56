"""The whole program on `seeds/`, with the recorded answers of the real model in the place of its weights.

`python -m tests.record` made the tape and the record; it says how to make them again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefing import app, engines, output
from briefing.brief import Brief, TokenRecord
from briefing.config import Settings
from briefing.model import probes
from briefing.model.base import Identity, Model
from briefing.progress import Silent
from briefing.render import render
from tests import taped
from tests.properties import ENOUGH, PROPERTIES, ROOT, SEEDS, read_articles
from tests.taped import DATE, RECORD, TAPE


class Player:
    """Opens tapes in the place of weights, and keeps them to be asked whether they were used up."""

    def __init__(self) -> None:
        self.opened: list[taped.Taped] = []

    def __call__(self, path: Path, identity: Identity, settings: Settings) -> Model:
        self.opened.append(taped.engine(path, identity, settings))
        return self.opened[-1]


@pytest.fixture
def settings(offline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(engines, "embedder", taped.embedder)
    monkeypatch.setattr(probes, "load", taped.probe)
    monkeypatch.chdir(ROOT)  # where it was recorded: the record names its articles as seeds/…
    return Settings(home=tmp_path / "home", out=tmp_path / "briefs", model=str(TAPE))


@pytest.fixture
def recorded() -> Brief:
    return Brief.model_validate_json(RECORD.read_text(encoding="utf-8"))


def generate(settings: Settings, player: Player) -> output.Written:
    return app.generate([Path("seeds")], settings, date=DATE, progress=Silent(), engine=player)


@pytest.mark.slow
def test_the_recorded_answers_give_the_recorded_brief(settings: Settings, recorded: Brief) -> None:
    player = Player()
    written = generate(settings, player)
    (opened,) = player.opened
    opened.tape.check_used_up()
    assert opened.tape.identity.sha256 == recorded.run.model.sha256
    assert without_run(written.brief) == without_run(recorded)
    assert written.brief.run.gates == recorded.run.gates
    assert written.brief.run.prompts == recorded.run.prompts
    assert written.brief.run.tokens == recorded.run.tokens
    assert written.view.read_text(encoding="utf-8") == render(written.brief)


@pytest.mark.slow
def test_a_second_run_asks_nothing_and_says_the_same(settings: Settings) -> None:
    first = generate(settings, Player()).brief
    player = Player()
    second = generate(settings, player).brief
    assert player.opened == []
    assert without_run(second) == without_run(first)
    spent = first.run.tokens
    assert second.run.tokens == TokenRecord(cached=spent.prompt + spent.generated + spent.cached)


@pytest.mark.slow
def test_verify_finds_nothing(settings: Settings) -> None:
    written = generate(settings, Player())
    report = app.verify(written.record, [], settings, progress=Silent())
    assert report.findings == ()


def test_the_recorded_brief_keeps_what_every_brief_must(recorded: Brief) -> None:
    articles = read_articles(SEEDS)
    assert not any(found := [broken for breaking in PROPERTIES.values() for broken in breaking(recorded, articles)]), found
    assert recorded.run.tokens.prompt > 0


@pytest.mark.parametrize("name", ENOUGH)
def test_the_recorded_brief_has_enough_of_every_article(recorded: Brief, name: str) -> None:
    assert list(ENOUGH[name](recorded, read_articles(SEEDS))) == []


def without_run(brief: Brief) -> dict[str, Any]:
    """Return a brief without what differs from run to run: the model's file, times and tokens."""
    return brief.model_dump(exclude={"run"})
