"""How requests travel: through the proxy that is right for the host, and with a moment at which an answer is over, whole or not.

httpx bounds each silence, not the whole: a server that sends a byte every half second would be read for ever. Here each reading and writing
of a request gets what is left of its time.
"""

from __future__ import annotations

import math
import ssl
import threading
import time
from functools import lru_cache
from typing import Any

import httpcore
import httpx

from briefing.errors import UsageError
from briefing.model.proxies import proxy


class Deadline(threading.local):
    """The moment, of time.monotonic, until which this thread's request may take."""

    moment = math.inf

    def left(self, timeout: float | None) -> float:
        """Return the seconds that are left, no more than `timeout`; raise TimeoutError where none are."""
        left = self.moment - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)


class Transport(httpx.HTTPTransport):
    """Requests to one server. Of the environment it takes the proxy, by `proxies`, and the certificates that are trusted."""

    def __init__(self, url: str, deadline: Deadline, connections: int) -> None:
        named = proxy(url) or None
        try:
            super().__init__(verify=_trusted(), proxy=named, limits=httpx.Limits(max_connections=connections))
        except (ValueError, ImportError) as error:  # a scheme that nobody knows, or socks
            raise UsageError("the proxy of the environment cannot be used", "HTTP_PROXY and HTTPS_PROXY take http://HOST:PORT") from error
        self._pool._network_backend = _Backend(deadline)  # httpx does not hand its pool one


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Return the certificates that are trusted. To read them takes longer than a request does, and a run opens several connections."""
    return httpx.create_ssl_context()


class _Backend(httpcore.SyncBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *more: Any, **named: Any) -> httpcore.NetworkStream:
        return _Stream(super().connect_tcp(host, port, self._deadline.left(timeout), *more, **named), self._deadline)


class _Stream(httpcore.NetworkStream):
    """A connection, each of whose steps takes no longer than the request has time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
