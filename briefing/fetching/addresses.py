"""Which addresses may be asked: http and https, and only public machines, unless the user allows private ones.

A name is looked up here, and what is connected to is the address that was found and checked, so that a name cannot mean another machine
a moment later. What redirects is checked again at each step.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from briefing.fetching.outcome import UnfetchedError

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ns_\w+|at_(?:medium|campaign)|cmpid|ref_src")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def same(url: str) -> str:
    """Return an address in the form by which one article is known: no fragment, nothing that only counts readers."""
    parts = urlsplit(url.strip())
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name.lower())]
    kept = urlencode(query) if len(query) != len(parse_qsl(parts.query, keep_blank_values=True)) else parts.query
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", kept, ""))


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
