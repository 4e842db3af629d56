"""What our own site answered, recorded one cassette a kind: `python -m tests.fetching.record` records them anew, on purpose.

Cookies and keys are not kept. A test that replays one asks for nothing else: a request that is not there fails.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import vcr

from briefing.fetching.fetch import Report, fetch
from briefing.fetching.web import Web
from briefing.progress import Silent
from briefing.sources.readers.apart import Apart
from tests.fetching.site import Answer, served

CASSETTES = Path(__file__).parent / "cassettes"
PORT = 18765
HOME = f"http://127.0.0.1:{PORT}"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
KINDS: Mapping[str, str] = {
    "rss": "/feed.xml",
    "atom": "/atom.xml",
    "json": "/feed.json",
    "page": "/gate",
    "pdf": "/report.pdf",
    "busy": "/ferry",
    "forbidden": "/private/x",
}
_SECRET = ("set-cookie", "authorization", "x-api-key")


@contextmanager
def cassette(kind: str, mode: str = "none") -> Iterator[Any]:
    """Replay the cassette of a kind, or record it."""
    tape = vcr.VCR(record_mode=mode, filter_headers=["cookie", *_SECRET], before_record_response=_harmless)
    with tape.use_cassette(str(CASSETTES / f"{kind}.yaml")) as playing:
        yield playing


def _harmless(response: dict[str, Any]) -> dict[str, Any]:
    return {**response, "headers": {name: value for name, value in response["headers"].items() if name.lower() not in _SECRET}}


def asked(kind: str, folder: Path, apart: Apart) -> Report:
    """Fetch what the cassette of a kind has, into a folder."""
    with Web(folder / "web.sqlite3", private=True, sleep=lambda _: None) as web:
        named = [f"{HOME}{KINDS[kind]}"]
        return fetch(named, folder / "articles", web.get, apart, now=NOW, since=timedelta(days=1), progress=Silent())


def main() -> None:
    """Record every cassette anew."""
    with Apart() as apart:
        for kind in KINDS:
            (CASSETTES / f"{kind}.yaml").unlink(missing_ok=True)
            with served(PORT) as site, cassette(kind, "once"), tempfile.TemporaryDirectory() as folder:
                site.before["/ferry"] = [Answer(status=429, headers={"Retry-After": "3"})]
                named = [f"{HOME}{KINDS[kind]}", *([f"{HOME}/gate"] if kind == "forbidden" else [])]
                with Web(Path(folder) / "web.sqlite3", private=True, sleep=lambda _: None) as web:
                    fetch(named, Path(folder), web.get, apart, now=NOW, since=timedelta(days=1), progress=Silent())
            print(kind)


if __name__ == "__main__":
    main()
