"""Downloads against a real server on loopback that cuts, stalls, lies and changes."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import ModelCorruptError, ModelMissingError
from briefing.model import download, files
from tests.model.fetching import CONTENT, Site, Watcher, entry, serving


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(download, "_CHUNK", 1000)


def _left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _pull_fails(site: Site, folder: Path, kind: type[Exception] = ModelMissingError) -> str:
    with pytest.raises(kind) as caught:
        files.pull(entry(site.url), folder, Watcher())
    assert "\n" not in str(caught.value)
    assert not (folder / "demo.gguf").exists()
    return str(caught.value)


def test_a_plain_download(tmp_path: Path) -> None:
    watcher = Watcher()
    with serving(Site()) as site:
        path = files.pull(entry(site.url), tmp_path / "models", watcher)
    assert path.read_bytes() == CONTENT
    assert watcher.stages == ["fetching demo", "checking demo"]
    assert watcher.done == [len(CONTENT)] * 2
    assert _left(tmp_path / "models") == ["demo.gguf", "demo.gguf.verified"]


@pytest.mark.parametrize("site", [Site(redirect="/moved.gguf"), Site(lengths=False), Site(etag=""), Site(etag='W/"x"')])
def test_other_ways_to_serve_it(tmp_path: Path, site: Site) -> None:
    with serving(site):
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT


@pytest.mark.parametrize("lengths", [True, False])
def test_a_broken_connection_goes_on_where_it_broke(tmp_path: Path, lengths: bool) -> None:
    with serving(Site(cut=[3000, 4000], lengths=lengths)) as site:
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT
    assert site.asked == ["", "bytes=3000-", "bytes=7000-"]


@pytest.mark.slow
def test_a_silent_server_is_asked_again_for_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "TIMEOUT_SECONDS", 2.0)
    with serving(Site(cut=[3000], stall=60)) as site:
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT
    assert site.asked == ["", "bytes=3000-"]


def test_a_server_that_never_gives_more_is_given_up(tmp_path: Path) -> None:
    with serving(Site(cut=[3000, 0, 0])) as site:
        assert "broke off after 3000 of 10240 bytes" in _pull_fails(site, tmp_path)
        assert _left(tmp_path) == ["demo.gguf.part", "demo.gguf.part.json"]
        site.cut.clear()
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT
    assert site.asked[-1] == "bytes=3000-"


def test_a_server_that_drips_is_given_up(tmp_path: Path) -> None:
    with serving(Site(cut=[1] * 100)) as site:
        assert "broke off after 8 of 10240 bytes" in _pull_fails(site, tmp_path)


@pytest.mark.parametrize("step", range(1, 12))
def test_ctrl_c_at_any_byte_loses_nothing(tmp_path: Path, step: int) -> None:
    with serving(Site()) as site:
        with pytest.raises(KeyboardInterrupt):
            files.pull(entry(site.url), tmp_path, Watcher(stop_at=step))
        fetched = (tmp_path / "demo.gguf.part").stat().st_size
        assert 0 < fetched <= len(CONTENT)
        assert not (tmp_path / "demo.gguf").exists()
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT
    assert site.asked == ["", f"bytes={fetched}-"][: 1 if fetched == len(CONTENT) else 2]
    assert _left(tmp_path) == ["demo.gguf", "demo.gguf.verified"]


@pytest.mark.parametrize(
    "change",
    [{"ranges": False}, {"refuse_ranges": True}, {"shift": 7}, {"etag": '"two"'}],
    ids=["200 for 206", "416", "another range", "changed upstream"],
)
def test_what_cannot_be_continued_starts_over(tmp_path: Path, change: dict[str, object]) -> None:
    with serving(Site()) as site:
        with pytest.raises(KeyboardInterrupt):
            files.pull(entry(site.url), tmp_path, Watcher(stop_at=3))
        part = tmp_path / "demo.gguf.part"
        part.write_bytes(b"\0" * part.stat().st_size)  # what a changed file would have left: it must not be glued
        for name, value in change.items():
            setattr(site, name, value)
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT


@pytest.mark.parametrize(
    "journal",
    ["", "{", "[]", '{"sha256": 1}', '{"sha256": "", "source": "x", "wheels": [], "bytes": 0, "validator": ""}'],
)
def test_a_part_without_its_journal_starts_over(tmp_path: Path, journal: str) -> None:
    (tmp_path / "demo.gguf.part").write_bytes(b"\0" * 500)
    (tmp_path / "demo.gguf.part.json").write_text(journal)
    with serving(Site()) as site:
        assert files.pull(entry(site.url), tmp_path, Watcher()).read_bytes() == CONTENT
    assert site.asked == [""]


def test_a_wrong_hash_is_removed_and_said(tmp_path: Path) -> None:
    with serving(Site(content=CONTENT[:-1] + b"!")) as site:
        assert "SHA-256" in _pull_fails(site, tmp_path, ModelCorruptError)
    assert _left(tmp_path) == []


def test_after_a_wrong_hash_the_next_source_is_tried(tmp_path: Path) -> None:
    watcher = Watcher()
    with serving(Site(content=b"?" * len(CONTENT))) as bad, serving(Site()) as good:
        path = files.pull(entry(bad.url, good.url), tmp_path, watcher)
    assert path.read_bytes() == CONTENT
    assert len(watcher.warnings) == 1
    assert "SHA-256" in watcher.warnings[0]


@pytest.mark.parametrize(
    ("site", "said"),
    [
        (Site(status=404), "404"),
        (Site(status=503), "503"),
        (Site(content=CONTENT + b"more"), "10244 bytes, not of 10240"),
        (Site(content=b"<html>"), "6 bytes, not of 10240"),
        (Site(content=CONTENT + b"more", lengths=False), "more than 10240"),
        (Site(encoding="gzip"), "encoded"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_server_that_has_it_not(tmp_path: Path, site: Site, said: str) -> None:
    with serving(site):
        assert said in _pull_fails(site, tmp_path)


def test_unreachable_sources_fail_at_once_and_keep_what_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def lookup(host: Any, *args: Any, **options: Any) -> Any:
        if host == "no-such-host.invalid":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with serving(Site()) as site, pytest.raises(KeyboardInterrupt):
        files.pull(entry(site.url), tmp_path, Watcher(stop_at=3))
    before = (tmp_path / "demo.gguf.part").read_bytes()
    gone = entry(site.url, "http://127.0.0.1:1/x", "http://no-such-host.invalid/x")
    with pytest.raises(ModelMissingError) as caught:
        files.pull(gone, tmp_path, Watcher())
    message = str(caught.value)
    assert message.count("connection refused") == 2
    assert "no-such-host.invalid: host not found" in message
    assert "\n" not in message
    assert str(tmp_path / "demo.gguf") in caught.value.hint
    assert "--model PATH" in caught.value.hint
    assert (tmp_path / "demo.gguf.part").read_bytes() == before
