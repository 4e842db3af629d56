"""`verify` accepts every brief that `generate` writes, whatever the articles and whatever a model says: see `tests.honest`."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.model import probes
from briefing.pipeline import generate
from briefing.progress import Silent
from tests import honest
from tests.stages.fakes import Reader, embed, made, outcome, plainly, straight


@pytest.mark.slow
def test_no_honest_brief_is_refused(parser: Parser) -> None:
    assert dict(honest.refused(60, parser)) == {}


@pytest.mark.slow
def test_no_brief_is_refused_whose_lines_a_probe_let_through(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "load", lambda _folder, task, _identity: straight() if task.name == "print" else None)
    monkeypatch.setattr("briefing.pipeline.printing", plainly)
    monkeypatch.setattr("briefing.stages.printing.FEW", 0)
    assert dict(honest.refused(20, parser, first=1000)) == {}


@pytest.mark.parametrize("left_out", ["oldest school", "nothing"])
def test_of_one_article_what_is_loaded_may_go_and_who_somebody_is_stay(
    parser: Parser, monkeypatch: pytest.MonkeyPatch, left_out: str
) -> None:
    monkeypatch.setattr(probes, "load", lambda _folder, task, _identity: straight() if task.name == "print" else None)
    monkeypatch.setattr("briefing.pipeline.printing", plainly)
    text = "Maren Sol, the head of the harbour board, closed the old pier of Osk on Monday, underscoring the shocking mood on the coast."
    article = made(f"The council of Velm closed its oldest school on Tuesday after 40 pupils fell ill.\n\n{text}", published="2026-11-26")
    fine = (3.0, 3.0, 3.0, 3.0, 3.0, -3.0)
    model = Reader(lambda prompt: [-3.0] * len(fine) if left_out in prompt or "shocking" in prompt else fine)
    found = generate(
        [outcome(article)], parser=parser, embed=embed, model=model, date=honest.DATE, progress=Silent(), every=False, budget=1e9
    )
    assert any("the head of the harbour board, closed" in claim.text and "shocking" not in claim.text for claim in found.claims)
    assert honest.findings(found, {article.id: article}, parser, view=False) == ()
