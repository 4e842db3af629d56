"""One server: a URL, its requests with retries, and what its answers and failures mean.

Retried with growing pauses: no connection, a dropped one, time-outs, and the states that say "later" (408, 425, 429, 5xx; Retry-After
is obeyed). Not retried: every other state. What a failure says about the request and about the server is told apart by its class.
"""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
import tenacity

from briefing.errors import ModelError, UsageError

ATTEMPTS = 4
PARALLEL = 8
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 20.0
_CONNECT = 5.0
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
HINT_DOWN = "start the server, or correct the address given with --server"


class RefusedError(Exception):
    """The server works and does not take this request. `status` is the HTTP state. Never leaves this package."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class GoneError(Exception):
    """The server cannot be reached, or answers nothing of use. Never leaves this package."""


class _LaterError(Exception):
    def __init__(self, message: str, pause: float = 0.0) -> None:
        super().__init__(message)
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Address:
    """How a server is reached: its URL, its key where it wants one, how long an answer may take, how many requests it gets at once."""

    url: str
    key: str = ""
    timeout: float = 300.0
    parallel: int = PARALLEL


class Endpoint:
    """The server at an address. `stop` ends the pauses between attempts; `close` ends the connections, too, from any thread."""

    def __init__(self, address: Address) -> None:
        self.url = base_url(address.url)
        self.stop = threading.Event()
        self._client = httpx.Client(
            base_url=self.url,
            headers={"Authorization": f"Bearer {address.key}"} if address.key else {},
            timeout=httpx.Timeout(address.timeout, connect=_CONNECT),
            limits=httpx.Limits(max_connections=address.parallel + 1),
        )

    def models(self, attempts: int = ATTEMPTS) -> list[str]:
        """Return the names of the models it offers. Raises GoneError; ModelError where it is no such server, or lets nobody in."""
        try:
            answer = self._send("GET", "/models", None, attempts)
        except RefusedError as error:
            raise _unusable(self.url, error) from error
        listed = answer.get("data")
        names = [model.get("id") for model in listed if isinstance(model, dict)] if isinstance(listed, list) else []
        return [name for name in names if isinstance(name, str)]

    def chat(self, body: Mapping[str, Any], attempts: int = ATTEMPTS) -> dict[str, Any]:
        """Return the answer to a chat request. Raises RefusedError where it is the request's fault, GoneError where it is the server's."""
        try:
            return self._send("POST", "/chat/completions", body, attempts)
        except RefusedError as error:
            if error.status in (401, 403, 404, 405):
                raise _unusable(self.url, error) from error
            raise

    def alive(self) -> bool:
        """Tell whether it answers at all, in one attempt."""
        try:
            self.models(1)
        except (GoneError, ModelError):
            return False
        return True

    def close(self) -> None:
        """End waiting and connections. Safe to call twice."""
        self.stop.set()
        self._client.close()

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None, attempts: int) -> dict[str, Any]:
        retry = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(attempts) | tenacity.stop_when_event_set(self.stop),
            wait=_pause,
            retry=tenacity.retry_if_exception_type(_LaterError),
            sleep=tenacity.sleep_using_event(self.stop),
            reraise=True,
        )
        try:
            return retry(self._once, method, path, body)
        except _LaterError as error:
            raise GoneError(str(error)) from error

    def _once(self, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        try:
            response = self._client.request(method, path, json=body)
        except httpx.TimeoutException as error:
            raise _LaterError("no answer in time") from error
        except httpx.TransportError as error:
            raise _LaterError(_line(str(error)) or type(error).__name__) from error
        except RuntimeError as error:  # closed by another thread
            raise GoneError("closed") from error
        if response.status_code in _LATER:
            raise _LaterError(f"{response.status_code} {_reason(response)}", _seconds(response.headers.get("retry-after", "")))
        if not response.is_success:
            raise RefusedError(_reason(response), response.status_code)
        try:
            answer = response.json()
        except ValueError as error:
            raise RefusedError("the answer is not JSON", 404) from error
        if not isinstance(answer, dict):
            raise RefusedError("the answer is no JSON object", 404)
        return answer


def base_url(text: str) -> str:
    """Return the address that paths are added to: `/v1` where the user names no path. Raises UsageError for what is no HTTP address."""
    given = text.strip() if "://" in text else f"http://{text.strip()}"
    try:
        parts = urlsplit(given)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        raise UsageError(f"--server: not the address of a server: {text!r}", "such as http://127.0.0.1:8000")
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return f"{parts.scheme}://{parts.netloc}{path or '/v1'}"


def is_local(url: str) -> bool:
    """Tell whether an address is of this machine."""
    host = urlsplit(base_url(url)).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _pause(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    wanted = error.pause if isinstance(error, _LaterError) else 0.0
    grown = _FIRST_PAUSE * 2.0 ** (state.attempt_number - 1)
    return min(max(wanted, grown), _LONGEST_PAUSE)


def _seconds(text: str) -> float:
    try:
        return max(0.0, float(text))
    except ValueError:  # a date, or nothing
        return 0.0


def _unusable(url: str, error: RefusedError) -> ModelError:
    if error.status in (401, 403):
        return ModelError(f"{url}: the server lets nobody in without its key ({error.status})", "set BRIEFING_SERVER_KEY")
    return ModelError(f"{url}: no server of the OpenAI interface ({error.status}: {error})", "such as http://127.0.0.1:8000/v1")


def _reason(response: httpx.Response) -> str:
    """Return what a server says of a failure, in one line: the forms of OpenAI, FastAPI and plain text."""
    try:
        said: object = response.json()
    except ValueError:
        said = response.text
    while isinstance(said, dict):
        said = said.get("error") or said.get("message") or said.get("detail") or ""
    if isinstance(said, list) and said and isinstance(said[0], dict):
        said = said[0].get("msg", "")
    return _line(str(said or "")) or response.reason_phrase or "no reason given"


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def gone(url: str, error: GoneError) -> ModelError:
    """Return the error that tells a user of a server that is not there."""
    return ModelError(f"{url}: the server does not answer: {error}", HINT_DOWN)
