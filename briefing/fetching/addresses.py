"""Which addresses may be asked: http and https, without a password, and only public machines, unless the user allows private ones.

A name is looked up here, and what is connected to is the address that was found and checked, so that a name cannot mean another machine
a moment later. What redirects is checked again at each step.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from briefing.fetching.outcome import UnfetchedError

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ns_\w+|at_(?:medium|campaign)|cmpid|ref_src")
_SECRET = re.compile(r"\A(\w+:/+)?.*@", re.DOTALL)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked. `host` is in lower case, `port` is None where the address names none; nothing in it is secret."""

    url: str
    scheme: str
    host: str
    port: int | None

    @classmethod
    def of(cls, url: str) -> Self:
        """Read an address. Raises UnfetchedError, which never says the address, where it is none or would tell a password."""
        try:
            parts = urlsplit(url.strip())
            host, port = parts.hostname or "", parts.port
            url.encode()
        except ValueError as error:  # brackets, ports, signs that only look like others, surrogates
            raise UnfetchedError("no valid address") from error
        if parts.scheme not in ("http", "https") or not host:
            raise UnfetchedError("only http and https are fetched")
        if "@" in parts.netloc:
            raise UnfetchedError("holds a user or a password, which would be kept with what is fetched: leave them out")
        return cls(url.strip(), parts.scheme, host, port)

    @property
    def home(self) -> str:
        """Return the address of its server."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port is not None else "")


def shown(url: str) -> str:
    """Return an address as it may be printed and kept: one that cannot be asked, without what stands before its last @."""
    try:
        return Address.of(url).url
    except UnfetchedError:
        return _SECRET.sub(r"\1…@", url)


def host(url: str) -> str:
    """Return the host of an address, "" of one that cannot be asked."""
    try:
        return Address.of(url).host
    except UnfetchedError:
        return ""


def same(url: str) -> str:
    """Return an address in the form by which one article is known: no fragment, nothing that only counts readers."""
    try:
        scheme, _, server = Address.of(url).home.partition("://")
    except UnfetchedError:
        return shown(url)
    parts = urlsplit(url.strip())
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name.lower())]
    kept = urlencode(query) if len(query) != len(parse_qsl(parts.query, keep_blank_values=True)) else parts.query
    return urlunsplit((scheme, server, parts.path or "/", kept, ""))


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet, also where it is wrapped in another (IPv4 in IPv6)."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def resolve(host: str, port: int, *, private: bool) -> list[str]:
    """Return the IP addresses of a host that may be connected to. Raises UnfetchedError where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnfetchedError(f"no such host: {host}") from error
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    allowed = [address for address in addresses if private or is_public(address)]
    if not allowed:
        raise UnfetchedError(f"not asked: {host} is a private address (--allow-private asks it)")
    return allowed
