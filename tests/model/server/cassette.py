"""Records `briefing generate --server` against a real `llama_cpp.server` with the default model, for tests without it.

    rm tests/model/server/llama_cpp_server.yaml; python -m tests.model.server.cassette

A request is found by method, path and whole body; the server's port is of no account.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

import vcr

from briefing import cli, engines
from briefing.config import load_settings
from briefing.console import watcher
from briefing.engines import choose
from briefing.model import files
from tests.llama_server import serving
from tests.stages.fakes import FakeEmbedder

CASSETTE = Path(__file__).with_name("llama_cpp_server.yaml")
ARTICLE = (
    "Harbour of Brell opens again\n\n"
    "The port of Brell opened again on Monday after two years, Transport Minister Clara Voss told reporters. "
    "The minister of finance, who has kept the books of the port for eleven years and lives near its old lighthouse, said on Tuesday that "
    "the ferries to the islands of Dorn and Tarn will sail again in May, and that no fee will be asked of fishermen. "
    "Voss said that up to 40 ships would reportedly call each week. "
    "The union of dockers, which has 300 members, refused to sign the new contract.\n\n"
    "“We were never asked,” union leader Anna Berg said. The repairs cost 12 million euros, according to the ministry.\n"
)


def _placeless(response: dict[str, Any]) -> dict[str, Any]:
    """Leave out the folders that a server's error names."""
    text = response["body"].get("string") or b""
    response["body"]["string"] = re.sub(rb'[^\s"\\]*/site-packages/', b"", text)
    return response


def play(url: str, mode: str, folder: Path) -> int:
    """Run the command with the cassette; mode "none" plays it, "once" records it. Return the exit code."""
    article = folder / "brell.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    recorder = vcr.VCR(record_mode=mode, match_on=["method", "path", "body"], before_record_response=_placeless)
    with recorder.use_cassette(str(CASSETTE)):
        return cli.run(["generate", str(article), "--server", url, "--date", "2026-11-22", "--out", str(folder / "briefs"), "--quiet"])


def main() -> None:
    """Record."""
    settings = load_settings()
    entry = choose(settings).entry
    assert entry is not None
    model = files.ensure(entry, settings.models, watcher())
    with tempfile.TemporaryDirectory() as folder, serving(model) as url:
        os.environ |= {"BRIEFING_HOME": folder, "BRIEFING_MODELS": str(settings.models.absolute())}
        engines.embedder = lambda settings, progress: FakeEmbedder()  # one article is near no other
        code = play(url, "once", Path(folder))
        assert code == 0, code


if __name__ == "__main__":
    main()
