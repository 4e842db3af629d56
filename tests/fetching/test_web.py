"""What the client refuses to ask, whatever it is told: private machines, also behind a redirect or a name, and what is too large."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import httpx
import pytest

from briefing.errors import StorageError
from briefing.fetching.addresses import Address, is_public, resolve, same, shown
from briefing.fetching.outcome import UnfetchedError
from briefing.fetching.web import Web
from briefing.sources.readers.feed import FeedReader
from tests.fetching.site import Answer, served

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 240.0.0.1 255.255.255.255
    ::1 :: fe80::1 fc00::1
    ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1 64:ff9b::a00:1 fe80::1%eth0 nonsense""".split(),
)
def test_private_addresses_are_known_in_every_form(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_public() -> None:
    assert all(map(is_public, (PUBLIC, "2606:4700:4700::1111", "64:ff9b::5db8:d70e")))


class Names:
    """A look-up of names made by hand; each look-up takes the next answer, the last one stays."""

    def __init__(self, **names: list[str]) -> None:
        self.names = {name.replace("_", "."): addresses for name, addresses in names.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, **_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        self.asked.append(host)
        known = self.names.get(host, [host])
        address = known.pop(0) if len(known) > 1 else known[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in address.split("+")]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[httpx.Request]:
    """Answer in the place of the network: /robots.txt allows all, /to?URL redirects, all else is a page; return what was sent."""
    requests: list[httpx.Request] = []

    def answer(_: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        requests.append(request)
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        if request.url.path == "/to":
            return httpx.Response(302, headers={"Location": request.url.query.decode()})
        return httpx.Response(200, stream=httpx.ByteStream(b"<p>page</p>"))

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", answer)
    return requests


def test_what_is_connected_to_is_what_was_looked_up_and_checked(
    tmp_path: Path, sent: list[httpx.Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(news_example=[f"10.0.0.1+{PUBLIC}"])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with Web(tmp_path / "web.sqlite3") as web:
        page = web.get("https://news.example/a")
    assert (page.url, page.data) == ("https://news.example/a", b"<p>page</p>")
    request = sent[-1]
    assert (request.url.host, request.headers["host"], request.extensions["sni_hostname"]) == (PUBLIC, "news.example", "news.example")
    assert len(names.asked) == len(sent)  # one look-up a request: no second one can say otherwise


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/x",
        "http://inside.example/x",
        "http://[::1]/x",
        "http://2130706433/x",
        "file:///etc/passwd",
        "ftp://news.example/x",
    ],
)
def test_a_redirect_to_a_private_machine_or_a_file_is_not_followed(
    tmp_path: Path, sent: list[httpx.Request], monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    names = Names(news_example=[PUBLIC], inside_example=["192.168.0.7"], **{"2130706433": ["127.0.0.1"]})
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with Web(tmp_path / "web.sqlite3") as web, pytest.raises(UnfetchedError, match=r"private address|only http"):
        web.get(f"https://news.example/to?{target}")
    assert {request.url.host for request in sent} == {PUBLIC}


def test_a_name_that_changes_its_mind_is_checked_each_time(
    tmp_path: Path, sent: list[httpx.Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(news_example=[PUBLIC, "127.0.0.1"]))
    with Web(tmp_path / "web.sqlite3") as web, pytest.raises(UnfetchedError, match="private address"):
        web.get("https://news.example/a")


def test_loopback_is_asked_only_if_allowed(tmp_path: Path) -> None:
    with served() as site:
        with Web(tmp_path / "a.sqlite3") as web, pytest.raises(UnfetchedError, match="private address"):
            web.get(f"{site.home}/gate")
        assert site.asked == []
        with Web(tmp_path / "b.sqlite3", private=True) as web:
            assert web.get(f"{site.home}/gate").kind == "text/html"


@pytest.mark.slow
def test_a_packed_answer_that_unpacks_without_end_is_left(tmp_path: Path) -> None:
    import gzip

    with served() as site:
        site.pages["/bomb"] = Answer(gzip.compress(bytes(60_000_000)), headers={"Content-Encoding": "gzip"})
        with Web(tmp_path / "b.sqlite3", private=True) as web, pytest.raises(UnfetchedError, match="when unpacked"):
            web.get(f"{site.home}/bomb")


def test_a_name_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(UnfetchedError, match="no such host"):
        resolve("nowhere.example", 80, private=True)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://[", "no valid address"),
        ("http://a.example:99999/", "no valid address"),
        ("http://a.example/\ud800", "no valid address"),
        ("file:///etc/passwd", "only http"),
        ("http:///x", "only http"),
        ("http://user:sEcReT@a.example/x", "holds a user or a password"),
        ("http://user:sE/cReT@a.example/x", "no valid address"),
        ("http://sEcReT@a.example:8100/x", "holds a user or a password"),
        ("https:/user:sEcReT@a.example/x", "only http"),
        ("ftp://user:sEcReT@a.example/x", "only http"),
    ],
)
def test_what_cannot_be_asked_is_said_without_its_secret(url: str, why: str) -> None:
    with pytest.raises(UnfetchedError, match=why) as caught:
        Address.of(url)
    for told in (str(caught.value), shown(url), same(url)):
        assert not {"sEcReT", "cReT", "user:"} & set(told.replace("@", "/").split("/")), told
    with pytest.raises(UnfetchedError):  # what is shown in its place is not asked either
        Address.of(shown(url))


def test_what_can_be_asked_is_shown_as_it_is() -> None:
    for url in ("https://a.example/@user/x?to=a@b.example#c", "http://[::1]:8100/a", "http://Lind.example:80"):
        assert Address.of(url).url == shown(url) == url
    assert (Address.of("http://[::1]:8100/a").home, Address.of("HTTP://Lind.example/a").home) == (
        "http://[::1]:8100",
        "http://lind.example",
    )


def test_one_article_has_one_address() -> None:
    assert same("HTTPS://News.example/a?id=7&utm_source=rss#top") == "https://news.example/a?id=7"
    assert same("https://news.example/a?b=1&a=%20") == "https://news.example/a?b=1&a=%20"
    assert same("https://news.example") == "https://news.example/"
    assert same("http://[::1]:80/a") == "http://[::1]:80/a"


def test_a_damaged_file_of_pages_is_said(tmp_path: Path) -> None:
    (tmp_path / "web.sqlite3").write_bytes(b"damaged" * 1000)
    with pytest.raises(StorageError, match=r"web\.sqlite3: the pages that were read cannot be kept"):
        Web(tmp_path / "web.sqlite3")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be made"):
        Web(tmp_path / "file" / "web.sqlite3")


@pytest.mark.parametrize("when", ["Mon, 01 Jan 0001 00:00:00 GMT", "never", "9999-99-99", "Fri, 31 Dec 9999 23:59:59 -1200"])
def test_an_impossible_time_costs_an_entry_its_time_alone(when: str) -> None:
    xml = f"<rss version='2.0'><channel><item><link>https://a.example/1</link><pubDate>{when}</pubDate></item></channel></rss>"
    told = {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://a.example/1", "date_published": when}]}
    for data in (xml, json.dumps(told)):
        (entry,) = FeedReader().read(data.encode(), "https://a.example/")
        assert entry.fields["url"] == "https://a.example/1"
