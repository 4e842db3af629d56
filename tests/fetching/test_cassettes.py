"""What was recorded of our site, replayed with the site gone: each kind of feed and page gives its articles, and a miss fails."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from vcr.errors import CannotOverwriteExistingCassetteException

from briefing.errors import SourceError
from briefing.fetching.web import Web
from briefing.sources.readers.apart import Apart
from tests.fetching.record import CASSETTES, HOME, KINDS, asked, cassette

APART = Apart()


@pytest.fixture(autouse=True, scope="module")
def ended() -> Iterator[None]:
    with APART:
        yield


@pytest.fixture(autouse=True)
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail on any connection, to this machine too."""

    def refused(*_: object) -> None:
        pytest.fail("a cassette was to be replayed, and a connection was tried")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)


@pytest.mark.parametrize(
    ("kind", "states"),
    [
        ("rss", {"new": 3, "unchanged": 1, "skipped": 1, "failed": 1}),
        ("atom", {"new": 1}),
        ("json", {"new": 1}),
        ("page", {"new": 1}),
        ("pdf", {"new": 1}),
        ("busy", {"new": 1}),
    ],
)
def test_what_was_recorded_gives_its_articles(kind: str, states: dict[str, int], tmp_path: Path) -> None:
    with cassette(kind) as tape:
        report = asked(kind, tmp_path, APART)
        assert tape.all_played
    found = [one.state for one in report.fetched]
    assert {state: found.count(state) for state in dict.fromkeys(found)} == states
    assert len(list((tmp_path / "articles" / "2026-11-24").glob("*.md"))) == states["new"]


def test_what_is_forbidden_is_not_asked_for(tmp_path: Path) -> None:
    with cassette("forbidden") as tape, pytest.raises(SourceError, match=r"robots\.txt forbids it"):
        asked("forbidden", tmp_path, APART)
    assert [request.uri for request in tape.requests if "private" in request.uri] == []


def test_a_request_that_was_not_recorded_fails(tmp_path: Path) -> None:
    with cassette("page"), Web(tmp_path / "web.sqlite3", private=True) as web, pytest.raises(CannotOverwriteExistingCassetteException):
        web.get(f"{HOME}/ferry")


def test_nothing_secret_is_recorded() -> None:
    for kind in KINDS:
        text = (CASSETTES / f"{kind}.yaml").read_text(encoding="utf-8").lower()
        assert "secret" not in text
        assert "cookie" not in text
