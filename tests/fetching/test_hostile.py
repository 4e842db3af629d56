"""A server, a feed or a folder may hold whatever it likes: it costs its own address, and what is healthy is fetched all the same."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.cli import run
from briefing.errors import UsageError
from briefing.fetching import web as client
from briefing.fetching.fetch import Report, feeds_of, fetch
from briefing.fetching.shelf import Shelf
from briefing.fetching.web import Web
from briefing.progress import Silent
from briefing.sources.bounded import LIMIT, contents, unpacked
from briefing.sources.readers.apart import Apart
from tests.fetching.site import Answer, Site, opml, rss, served
from tests.model.server.hostile import WAYS, HostileServer, address

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECRET = "sEcReT"
HEADERS: dict[str, tuple[int, Mapping[str, str]]] = {
    "/power": (429, {"Retry-After": "²"}),
    "/zone": (503, {"Retry-After": "Mon, 01 Jan 2999 00:00:00 +" + "9" * 100}),
    "/endless": (429, {"Retry-After": "9" * 5000}),
    "/latin": (200, {"X-Title": "é", "Set-Cookie": "é=²; max-age=²"}),
    "/name": (302, {"Location": "http://xn--zzzzzz/"}),
    "/bracket": (302, {"Location": "http://256.256.256.256/"}),
    "/port": (301, {"Location": "http://a.example:99999/"}),
    "/secret": (302, {"Location": f"http://user:{SECRET}@127.0.0.1/x"}),
}


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as made:
        yield made


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as it:
        for path, (status, headers) in HEADERS.items():
            it.pages[path] = Answer(b"<p>x</p>", status=status, headers=headers)
        yield it


def fetched(folder: Path, apart: Apart, *named: str) -> Report:
    with Web(folder / "web.sqlite3", private=True, sleep=lambda _: None) as web:
        return fetch(named, folder / "articles", web.get, apart, now=NOW, since=timedelta(days=1), progress=Silent())


def states(report: Report) -> dict[str, str]:
    return {one.entry.url: one.state for one in report.fetched}


def kept(folder: Path) -> bytes:
    """Return the names and the bytes of all files below a folder."""
    return b"".join(os.fsencode(path) + path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
def test_no_answer_of_a_server_costs_another_host_anything(
    tmp_path: Path, apart: Apart, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "SECONDS", 0.4)
    hostile = HostileServer()
    try:
        for way in WAYS:
            found = states(fetched(tmp_path / way, apart, address(hostile, way), f"{site.home}/gate"))
            assert found.pop(f"{site.home}/gate") == "new", way
            assert set(found.values()) <= {"failed", "skipped", "new"}, way
    finally:
        hostile.stop()


def test_no_header_costs_another_host_anything(tmp_path: Path, apart: Apart, site: Site) -> None:
    with served() as healthy:
        report = fetched(tmp_path, apart, *(f"{site.home}{path}" for path in HEADERS), f"{healthy.home}/gate")
        assert states(report).pop(f"{healthy.home}/gate") == "new"
    reasons = {one.entry.url.removeprefix(site.home): one.reason for one in report.fetched}
    assert reasons["/power"] == "the server says 429 Too Many Requests"
    assert "asks to wait inf s" in reasons["/endless"]
    assert reasons["/name"] == "no valid address"
    assert reasons["/latin"] == "no HTML that can be read"
    assert reasons["/secret"].startswith("holds a user or a password")
    assert all(reasons[path] for path in HEADERS)
    assert SECRET not in str(report)


@pytest.mark.parametrize("url", ["http://[", "http://xn--zzzzzz/", "http://a.example:99999/", f"http://user:{SECRET}@127.0.0.1/x"])
def test_no_address_costs_another_host_anything(tmp_path: Path, apart: Apart, site: Site, url: str) -> None:
    entries = {"/gate": ("Harbour closes", "")}
    feed = rss(site.home, entries).replace(b"</channel>", f"<item><title>x</title><link>{url}</link></item></channel>".encode())
    site.pages["/hostile.xml"] = Answer(feed, "application/rss+xml")
    told = {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": url}, {"url": f"{site.home}/undated"}]}
    site.pages["/hostile.json"] = Answer(json.dumps(told).encode(), "application/feed+json")
    feeds = opml(tmp_path / "feeds.opml", url, f"{site.home}/hostile.xml", f"{site.home}/hostile.json")
    report = fetched(tmp_path, apart, url, str(feeds), f"{site.home}/hidden")
    good = {name: state for name, state in states(report).items() if name.startswith(site.home)}
    assert set(good.values()) == {"new"}
    assert len(good) == 3
    assert sorted(bool(reason) for reason in report.feeds.values()) == [False, False, True]
    assert "failed" in states(report).values()
    assert SECRET not in str([(one.entry.url, one.reason, one.path) for one in report.fetched]) + str(report.feeds)


@pytest.mark.parametrize("rule", ["nan", "-5", "3"])
def test_no_robots_txt_ends_a_run(tmp_path: Path, apart: Apart, site: Site, rule: str) -> None:
    waits: list[float] = []
    site.pages["/robots.txt"] = Answer(f"User-agent: *\nCrawl-delay: {rule}\n".encode(), "text/plain")
    with Web(tmp_path / "web.sqlite3", private=True, sleep=waits.append) as web:
        assert [web.get(f"{site.home}/{name}").kind for name in ("gate", "ferry")] == ["text/html"] * 2
    assert waits == ([3.0] if rule == "3" else [])


def test_a_password_in_an_address_is_neither_sent_nor_kept_nor_said(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "home"))
    named = site.home.replace("://", f"://user:{SECRET}@")
    assert run(["fetch", f"{named}/gate", "--allow-private", "-q"]) == 3
    told = capsys.readouterr()
    assert "…@127.0.0.1" in told.err
    assert "holds a user or a password, which would be kept with what is fetched: leave them out" in told.err
    assert run(["schedule", f"{named}/gate", "--for", "cron"]) == 2
    told_too = capsys.readouterr()
    assert SECRET not in told.out + told.err + told_too.out + told_too.err
    assert SECRET.lower().encode() not in kept(tmp_path).lower()
    assert site.asked == []
    assert run(["fetch", f"{site.home}/gate", "--allow-private", "-q"]) == 0
    assert run(["schedule", f"{site.home}/gate", "--for", "cron"]) == 0


def test_a_home_that_nobody_has_is_a_file_that_is_not_there(
    tmp_path: Path, apart: Apart, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"~nosuchuser/f\.opml: no such file"):
        fetched(tmp_path, apart, "~nosuchuser/f.opml")
    assert run(["schedule", "~nosuchuser/f.opml", "--for", "cron"]) == 0
    assert "~nosuchuser/f.opml" in capsys.readouterr().out


# Files


def article(path: Path, url: str, text: str = "The gate closed.", edition: str = "1") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\nurl: {url}\nfetched: 2026-11-23T09:00:00+00:00\nsha256: 0\nedition: {edition}\n---\n\n{text}\n")
    return path


def test_what_lies_on_the_shelf_and_is_no_article_is_passed_over(tmp_path: Path) -> None:
    day, away = tmp_path / "articles" / "2026-11-23", tmp_path / "away.md"
    mine = article(day / "mine.md", "https://a.example/mine")
    linked = article(tmp_path / "articles" / "more" / "linked.md", "https://a.example/linked")
    article(away, "https://a.example/away")
    article(day / "long.md", "https://a.example/long", "x" * LIMIT)
    article(day / "bad.md", "http://[")
    article(day / "edition.md", "https://a.example/edition", edition="9" * 5000)
    os.mkfifo(day / "pipe.md")
    (day / "folder.md").mkdir()
    for name, target in {
        "away": away,
        "inside": linked,
        "nothing": day / "none",
        "circle": day / "circle.md",
        "endless": Path("/dev/zero"),
    }.items():
        (day / f"{name}.md").symlink_to(target)
    shelf = Shelf(tmp_path / "articles", "2026-11-23")
    last = {name: shelf.last(f"https://a.example/{name}") for name in ("mine", "linked", "away", "long", "edition")}
    assert {name: one and one.path.name for name, one in last.items()} == {
        "mine": mine.name,
        "linked": "inside.md",
        "away": None,
        "long": None,
        "edition": "edition.md",
    }
    path = shelf.write("https://a.example/new", "pipe", {"title": ""}, "The gate closed.", b"", ".html")
    assert path.is_file()


def test_a_list_of_feeds_is_a_regular_file_and_not_without_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.opml")
    with (tmp_path / "long.opml").open("wb") as stream:
        stream.truncate(LIMIT + 1)
    for name, why in {"pipe.opml": "not a regular file", "long.opml": "larger than 20 MB", "": "not a regular file"}.items():
        with pytest.raises(UsageError, match=why):
            feeds_of(tmp_path / name)
    (tmp_path / "link.opml").symlink_to(opml(tmp_path / "feeds.opml", "https://a.example/feed"))
    assert feeds_of(tmp_path / "link.opml") == ["https://a.example/feed"]


def test_what_is_read_is_bounded_packed_or_not(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert [contents(tmp_path / "a", limit) for limit in (9, 5, 3)] == [b"12345", b"12345", b"1234"]
    packed = gzip.compress(b"12345")
    assert [unpacked(packed, limit) for limit in (9, 5, 3)] == [b"12345", b"12345", b"1234"]
    assert len(unpacked(gzip.compress(bytes(3 * LIMIT)))) == LIMIT + 1
    for broken in (packed[:-3], b"damaged"):
        with pytest.raises((OSError, EOFError)):
            unpacked(broken)
