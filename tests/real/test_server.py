"""A brief from a live `llama_cpp.server` with the real model: started, asked and stopped here; a second, dead address is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing import cli
from briefing.brief import Brief
from briefing.config import load_settings
from briefing.engines import known_models
from briefing.model import files
from briefing.progress import Silent
from tests.conftest import MODELS
from tests.llama_server import serving
from tests.model.server.cassette import ARTICLE

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Start the server with the default model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFING_MODELS", str(request.config.stash[MODELS]))
        path = files.ensure(known_models().default, load_settings().models, Silent())
    with serving(path) as url:
        yield url


def test_a_brief(server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "brell.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    dead = "http://127.0.0.1:9"
    asked = ["generate", str(article), "--server", dead, "--server", server, "--out", str(tmp_path), "--date", "2026-11-22", "--quiet"]
    assert cli.run(asked) == 0
    said = capsys.readouterr()
    assert f"{dead}/v1: the server does not answer" in said.err
    brief = Brief.model_validate_json((tmp_path / "2026-11-22.json").read_text(encoding="utf-8"))
    assert len(brief.claims) >= 2
    assert all(ARTICLE[c.start : c.end] == c.quote for claim in brief.claims for c in claim.citations)
    assert brief.run.tokens.prompt > 0
    assert cli.run(["verify", str(tmp_path / "2026-11-22.json"), "--quiet"]) == 0
    assert cli.run(asked) == 0  # all of it is cached
    again = Brief.model_validate_json((tmp_path / "2026-11-22.json").read_text(encoding="utf-8"))
    assert (again.run.tokens.prompt, again.run.tokens.generated) == (0, 0)
    assert again.claims == brief.claims
