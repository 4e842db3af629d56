"""Which proxy a request goes through: none to this machine; to others the one that the system names (HTTP_PROXY, HTTPS_PROXY, NO_PROXY).

It says what a user is to be told of it, without the name and password that the address of a proxy may hold.
"""

from __future__ import annotations

import ipaddress
import urllib.request
from urllib.parse import urlsplit


def is_local(url: str) -> bool:
    """Tell whether the address of a server is of this machine. A name that only resolves to it is taken for another machine's."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)


def proxy(url: str) -> str:
    """Return the address of the proxy through which `url` is asked, "" where it is asked directly."""
    parts = urlsplit(url)
    known = urllib.request.getproxies()
    found = known.get(parts.scheme) or known.get("all") or ""
    if not found or is_local(url) or urllib.request.proxy_bypass(parts.netloc.rpartition("@")[2]):
        return ""
    return found if "://" in found else f"http://{found}"


def through(url: str) -> str:
    """Return what is said of the proxy of a request in a warning, "" where there is none."""
    used = proxy(url)
    return (
        f"{urlsplit(url).netloc.rpartition('@')[2]} is reached through the proxy {urlsplit(used).netloc.rpartition('@')[2]}" if used else ""
    )
