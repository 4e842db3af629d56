"""Addresses of servers: what is none is said in one line, and nothing that is secret in one is ever shown."""

from __future__ import annotations

import pytest

from briefing.errors import UsageError
from briefing.model import proxies
from briefing.model.server.address import addresses, base_url

NONE = [
    "http://a..b",
    "http://.",
    "http://-a-.b",
    "http://a\x01b",
    "http://a\0b",
    "http://a b/",
    "http://" + "a" * 300 + ".x",
    "http://" + "a." * 300 + "x",
    "http://\u202e.x",
    b"http://\xff\xfe".decode("utf-8", "surrogateescape"),
    "http://127.0.0.1:99999",
    "http://h:0",
    "http://[::1",
    "http://h%2e/",
    "http:///v1",
    "javascript://h",
]
SECRET = [
    "http://user:hush@127.0.0.1:1",
    "user:hush@127.0.0.1:1",
    "http://user:hush@h:port",
    "http://user:hu#hush@h",
    "http://user:hu/hush@h:1",
    "http://hush@h",
    "http:/user:hush@h",
    "https://h/v1?key=hush",
    "https://h/v1#hush",
    "//user:hush@h",
    "http://a:hush@b:hush@h",
    "ftp://user:hush@h",
]


@pytest.mark.parametrize("given", NONE)
def test_what_is_no_address(given: str) -> None:
    with pytest.raises(UsageError, match="not the address of a server") as caught:
        base_url(given)
    str(caught.value).encode()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("given", SECRET)
def test_secrets_are_refused_and_not_shown(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        base_url(given)
    assert "hush" not in str(caught.value) + caught.value.hint


def test_credentials_have_another_place() -> None:
    with pytest.raises(UsageError, match=r"the address http://…@h:1 holds a user or a password") as caught:
        base_url("http://user:hush@h:1")
    assert "BRIEFING_SERVER_KEY" in caught.value.hint


def test_a_name_in_another_script_is_asked_as_it_is_looked_up() -> None:
    assert base_url("https://münchen.example") == "https://xn--mnchen-3ya.example/v1"
    assert base_url("http://h/a%20b/") == "http://h/a%20b"


@pytest.mark.parametrize(
    ("url", "key", "insecure", "fine"),
    [
        ("http://news.example", "", False, True),
        ("http://news.example", "hush", False, False),
        ("http://news.example", "hush", True, True),
        ("http://10.0.0.7:8000", "hush", False, False),
        ("https://news.example", "hush", False, True),
        ("http://127.0.0.1:8000", "hush", False, True),
        ("localhost:8000", "hush", False, True),
        ("http://localhost.example", "hush", False, False),
        ("http://127.1", "hush", False, False),
    ],
)
def test_a_key_never_travels_in_plain_text_unasked(url: str, key: str, insecure: bool, fine: bool) -> None:
    def found() -> list[str]:
        return [one.url for one in addresses([url, url], key=key, insecure=insecure, timeout=1, parallel=1)]

    if fine:
        assert found() == [base_url(url)]
        return
    with pytest.raises(UsageError, match="plain text") as caught:
        found()
    assert "--insecure" in caught.value.hint
    assert "hush" not in str(caught.value) + caught.value.hint


def test_a_key_is_not_in_what_an_address_is_shown_as() -> None:
    assert "hush" not in repr(addresses(["https://h"], key="hush", insecure=False, timeout=1, parallel=1))


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "http_proxy", "https_proxy", "REQUEST_METHOD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://user:hush@proxy.example:3128")
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example:3129/")


@pytest.mark.usefixtures("proxied")
def test_a_proxy_is_for_other_machines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for local in ("http://127.0.0.1:1/v1", "http://localhost/v1", "https://[::1]/v1", "http://api.localhost", "http://0.0.0.0:8000"):
        assert (proxies.proxy(local), proxies.through(local)) == ("", "")
    assert proxies.proxy("http://news.example/v1") == "http://user:hush@proxy.example:3128"
    assert proxies.through("http://news.example:8000/v1") == "news.example:8000 is reached through the proxy proxy.example:3128"
    assert proxies.proxy("https://news.example/v1") == "http://proxy.example:3129/"
    assert proxies.through("https://news.example") == "news.example is reached through the proxy proxy.example:3129"
    monkeypatch.setenv("NO_PROXY", "news.example")
    assert proxies.proxy("https://news.example/v1") == ""
