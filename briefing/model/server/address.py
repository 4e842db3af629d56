"""Addresses of servers as users give them: read once, refused where they cannot be asked or would tell a secret. No network.

A message shows an address without what may be secret in it: no user, no password, no query.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from briefing.errors import UsageError
from briefing.model.proxies import is_local

PARALLEL = 8
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_HOST = 253  # characters of a name of the internet
_SHOWN = 80
_HINT = "such as http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Address:
    """How a server is reached: its URL, its key where it wants one, how long an answer may take, how many requests it gets at once.

    `rate` is how many it gets a minute, 0 for as many as it answers.
    """

    url: str
    key: str = field(default="", repr=False)
    timeout: float = 300.0
    parallel: int = PARALLEL
    rate: int = 0


def addresses(given: Sequence[str], *, key: str, insecure: bool, timeout: float, parallel: int, rate: int = 0) -> list[Address]:
    """Return the servers to ask, each once. Raises UsageError for what is no address, and for a key that would travel in plain text."""
    found = [Address(url, key, timeout, parallel, rate) for url in dict.fromkeys(map(base_url, given))]
    for one in found:
        if key and not insecure and one.url.startswith("http:") and not is_local(one.url):
            hint = "use https://, or --insecure where nobody else can listen in on the network"
            raise UsageError(f"{one.url}: the key would travel there in plain text", hint)
    return found


def base_url(text: str) -> str:
    """Return the address that paths are added to: `/v1` where the user names no path. Raises UsageError for what is no HTTP address."""
    given = text.strip() if "://" in text else f"http://{text.strip()}"
    try:
        parts = urlsplit(given)
        url = httpx.URL(given)
        host = url.raw_host.decode("ascii")
        usable = url.scheme in ("http", "https") and _is_host(host) and (parts.port is None or parts.port > 0)
    except (ValueError, httpx.InvalidURL):  # surrogates, names that cannot be written in ASCII, ports
        usable = False
    if usable and "@" in given:  # in a path, too: then it was to be a password, and the address is mistyped
        raise UsageError(f"--server: the address {_shown(text)} holds a user or a password", "a key goes into BRIEFING_SERVER_KEY")
    if not usable or parts.query or parts.fragment:
        raise UsageError(f"--server: not the address of a server: {_shown(text)!r}", _HINT)
    path = url.raw_path.decode("ascii").rstrip("/").removesuffix("/chat/completions")
    port = f":{url.port}" if url.port is not None else ""
    return f"{url.scheme}://{f'[{host}]' if ':' in host else host}{port}{path or '/v1'}"


def _is_host(host: str) -> bool:
    """Return whether a name can be looked up: any other fails where nobody expects it."""
    if ":" in host:
        return True  # an address of IPv6, as httpx has read it
    return 0 < len(host) <= _HOST and all(map(_LABEL.fullmatch, host.removesuffix(".").split(".")))


def _shown(text: str) -> str:
    """Return an address without what may be secret in it: what stands before the last @, and after ? and #."""
    scheme, mark, rest = text.rpartition("://") if "://" in text else ("", "", text)
    rest = re.split(r"[?#]", rest)[0] if "@" not in rest else "…@" + re.split(r"[?#]", rest.rpartition("@")[2])[0]
    shown = f"{scheme}{mark}{rest}"
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
