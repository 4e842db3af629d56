"""The client: one request a host at a time, robots.txt, conditional requests, Retry-After, and limits of size, time and redirects.

url ─ robots.txt ─ cache (ETag, 304) ─ look-up and check ─ connect to what was checked ─► Page, or UnfetchedError with the reason
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Self

import httpx
import tenacity
from hishel import CacheOptions, SqliteStorage
from hishel.httpx import CacheTransport
from protego import Protego

from briefing import __version__
from briefing.errors import StorageError
from briefing.fetching.addresses import Address, resolve
from briefing.fetching.outcome import Page, UnfetchedError

AGENT = "briefing"
BYTES = 2_000_000
UNPACKED = 10_000_000
SECONDS = 20.0
REDIRECTS = 5
TRIES = 3
_LONGEST_WAIT = 60.0  # seconds that a server may ask us to wait; where it asks for more, the next run tries again
_LONGEST_DELAY = 10.0  # seconds between two requests that a robots.txt may ask for
_BUSY = frozenset({429, 502, 503, 504})
_KEPT_SECONDS = 30 * 24 * 3600.0  # how long an unused answer is kept


_HINT = "move the file away: it holds nothing that cannot be asked for again"


class _Busy(Exception):  # noqa: N818 - a state of the server, tried again
    """An answer that says: later. `wait` is in seconds, None where the server does not say."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Web:
    """Asks for pages. Safe to use from several threads; what was read is kept in the file `cache`, and asked for again only if changed.

    Raises StorageError where that file cannot be used.
    """

    def __init__(self, cache: Path, *, private: bool = False, sleep: Callable[[float], None] = time.sleep) -> None:
        try:
            cache.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                os.close(os.open(cache, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # what was read is its owner's alone
            with closing(sqlite3.connect(cache)) as database:  # hishel would go on without it, and read everything each time
                database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except OSError as error:
            raise StorageError(f"{cache.parent}: cannot be made: {(error.strerror or str(error)).lower()}", "set BRIEFING_HOME") from error
        except sqlite3.Error as error:
            raise StorageError(f"{cache}: the pages that were read cannot be kept ({error})", _HINT) from error
        storage = SqliteStorage(database_path=cache, default_tti=_KEPT_SECONDS)
        transport = CacheTransport(_Guarded(private), storage=storage, rfc=CacheOptions(shared=False))
        headers = {"User-Agent": f"{AGENT}/{__version__} (reads feeds for one person)", "Accept-Language": "en, *;q=0.5"}
        self._client = httpx.Client(transport=transport, headers=headers, timeout=SECONDS / 2, trust_env=False)
        self._sleep = sleep
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._robots: dict[str, Protego | None] = {}
        self._seen: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, url: str) -> Page:
        """Return what is at an address, after at most five redirects. Raises UnfetchedError with the reason."""
        here = url
        for _ in range(REDIRECTS + 1):
            address = Address.of(here)
            self._allowed(address)
            response = self._asked(address)
            if response.next_request is None:
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                return Page(url, here, response.content, kind)
            here = str(response.next_request.url)
        raise UnfetchedError(f"more than {REDIRECTS} redirects")

    def _asked(self, address: Address) -> httpx.Response:
        """Ask once, or again where the server is busy or the connection broke."""
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_Busy),
            stop=tenacity.stop_after_attempt(TRIES),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            response = retrying(self._once, address)
        except _Busy as error:
            raise UnfetchedError(str(error)) from error
        if response.next_request is None and response.status_code >= 400:
            raise UnfetchedError(f"the server says {response.status_code} {response.reason_phrase}".strip())
        return response

    def _once(self, address: Address) -> httpx.Response:
        """Ask for an address and read it whole, while nobody else asks its host."""
        until = time.monotonic() + SECONDS
        with self._lock(address.host):
            try:
                with self._client.stream("GET", address.url) as response:
                    content = b"".join(_limited(response, until))
            except (httpx.InvalidURL, UnicodeError) as error:  # the second of a name that cannot be decoded, also where it leads on
                raise UnfetchedError("no valid address") from error
            except httpx.TimeoutException as error:
                raise _Busy(f"no answer within {SECONDS:g} s") from error
            except httpx.DecodingError as error:
                raise UnfetchedError("an answer that cannot be unpacked") from error
            except httpx.TransportError as error:
                raise _Busy(f"the connection failed ({str(error).lower() or type(error).__name__})") from error
        if response.status_code in _BUSY:
            reason = f"the server says {response.status_code} {response.reason_phrase}".strip()
            wait = _retry_after(response.headers.get("retry-after", "").strip())
            if wait is not None and wait > _LONGEST_WAIT:
                raise UnfetchedError(f"{reason}, and asks to wait {wait:.0f} s")
            raise _Busy(reason, wait)
        return _Whole(response, content)

    def _lock(self, host: str) -> threading.Lock:
        with self._guard:
            return self._locks.setdefault(host, threading.Lock())

    def _allowed(self, address: Address) -> None:
        """Raise UnfetchedError where the robots.txt of an address forbids it; one that is not there forbids nothing."""
        home = address.home
        if home not in self._robots:
            self._robots[home] = self._rules(f"{home}/robots.txt")
        rules = self._robots[home]
        if rules is None:
            return
        if not rules.can_fetch(address.url, AGENT):
            raise UnfetchedError("its robots.txt forbids it")
        delay = rules.crawl_delay(AGENT)
        if delay and delay > 0 and home in self._seen:
            self._sleep(min(float(delay), _LONGEST_DELAY))
        self._seen.add(home)

    def _rules(self, url: str) -> Protego | None:
        for _ in range(REDIRECTS + 1):
            response = self._once_or_again(Address.of(url))
            if response is None or response.status_code >= 400:
                return None
            if response.next_request is None:
                return Protego.parse(response.content[:500_000].decode("utf-8", "replace"))
            url = str(response.next_request.url)
        return None

    def _once_or_again(self, address: Address) -> httpx.Response | None:
        """Return a robots.txt; None where the server says that there is none. A server that is busy is asked again, then given up."""
        try:
            return self._asked(address)
        except UnfetchedError as error:
            if "the server says 4" in str(error) and "429" not in str(error):
                return None
            raise


class _Whole(httpx.Response):
    """A response that was read whole, within the limits."""

    def __init__(self, response: httpx.Response, content: bytes) -> None:
        headers = [(name, value) for name, value in response.headers.raw if name.lower() != b"content-encoding"]  # not all are ASCII
        super().__init__(response.status_code, headers=headers, content=content, request=response.request)
        self.next_request = response.next_request


def _limited(response: httpx.Response, until: float) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > UNPACKED:
            raise UnfetchedError(f"larger than {UNPACKED / 1e6:g} MB when unpacked")
        if time.monotonic() > until:
            raise _Busy(f"not read within {SECONDS:g} s")
        yield chunk


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _Busy) and error.wait is not None:
        return error.wait
    return float(2**state.attempt_number)


def _retry_after(value: str) -> float | None:
    """Return the seconds of a Retry-After header: a number, or a date."""
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())


class _Guarded(httpx.BaseTransport):
    """Connects only to addresses that were looked up and checked; the certificate is still that of the name."""

    def __init__(self, private: bool) -> None:
        self._private = private
        self._guard = threading.Lock()
        self._transports: dict[str, httpx.HTTPTransport] = {}  # a name each: a connection is never shared by two names

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the first address of its host that takes it."""
        url = request.url
        host = url.raw_host.decode("ascii")  # `url.host` would decode a name, and not every name can be
        port = url.port or (443 if url.scheme == "https" else 80)
        failed: httpx.ConnectError | None = None
        for address in resolve(host, port, private=self._private):
            told = httpx.Request(
                request.method,
                url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                response = self._transport(host).handle_request(told)
            except httpx.ConnectError as error:
                failed = error
                continue
            if int(response.headers.get("content-length") or 0) > BYTES:
                response.close()
                raise UnfetchedError(f"larger than {BYTES / 1e6:g} MB")
            response.stream = _Counted(response.stream)
            return response
        raise failed or httpx.ConnectError("no address")

    def _transport(self, host: str) -> httpx.HTTPTransport:
        with self._guard:
            if host not in self._transports:
                self._transports[host] = httpx.HTTPTransport(trust_env=False, limits=httpx.Limits(max_connections=2))
            return self._transports[host]

    def close(self) -> None:
        """Close all connections."""
        for transport in self._transports.values():
            transport.close()


class _Counted(httpx.SyncByteStream):
    """A body that ends with an error where it grows too long."""

    def __init__(self, stream: object) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        assert isinstance(self._stream, httpx.SyncByteStream)  # noqa: S101 - what a synchronous transport gives
        for chunk in self._stream:
            size += len(chunk)
            if size > BYTES:
                raise UnfetchedError(f"larger than {BYTES / 1e6:g} MB")
            yield chunk

    def close(self) -> None:
        """Close the body."""
        if isinstance(self._stream, httpx.SyncByteStream):
            self._stream.close()
