"""`verify` accepts every brief that `generate` writes, whatever the articles and whatever a model says: see `tests.honest`."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.model import probes
from tests import honest
from tests.stages.fakes import plainly, straight


@pytest.mark.slow
def test_no_honest_brief_is_refused(parser: Parser) -> None:
    assert dict(honest.refused(60, parser)) == {}


@pytest.mark.slow
def test_no_brief_is_refused_whose_lines_a_probe_let_through(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "load", lambda _folder, task, _identity: straight() if task.name == "print" else None)
    monkeypatch.setattr("briefing.pipeline.printing", plainly)
    for module in ("printing", "remake"):
        monkeypatch.setattr(f"briefing.stages.{module}.FEW", 0)
    assert dict(honest.refused(20, parser, first=1000)) == {}
