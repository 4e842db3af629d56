"""One server: a URL, its requests with retries, and what its answers and failures mean.

Retried with growing pauses, as long as the time of one answer is not over: no connection, a dropped one, and the states that say "later"
(408, 425, 429, 5xx; Retry-After is obeyed, but for one beyond the longest pause: then the server is away). Not retried: every other state,
and an answer that is no JSON object. What a failure says about the request and about the server is told apart by its class.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import tenacity

from briefing.errors import ModelAwayError, ModelError
from briefing.model.server.address import Address, base_url
from briefing.model.server.transport import Deadline, Transport

ATTEMPTS = 4
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 20.0
_CONNECT = 5.0
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_LARGEST = 4 << 20  # bytes of an answer: of those that are asked for, none has a thousandth of it
_NAME = 200  # characters of the name of a model
_SHOWN = 1000  # characters of what a server says that are looked at
HINT_DOWN = "start the server, or correct the address given with --server"


class RefusedError(Exception):
    """The server works and does not take this request. `status` is the HTTP state; 0: its answer is none. Never leaves this package."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class GoneError(Exception):
    """The server cannot be reached, or answers nothing of use. Never leaves this package."""


class AwayError(GoneError):
    """The server says itself that it answers nothing for long."""


class _LaterError(Exception):
    def __init__(self, message: str, pause: float = 0.0) -> None:
        super().__init__(message)
        self.pause = pause


class Endpoint:
    """The server at an address. `stop` ends the pauses between attempts; `close` ends the connections, too, from any thread."""

    def __init__(self, address: Address) -> None:
        self.url = base_url(address.url)
        self.stop = threading.Event()
        self._timeout = address.timeout
        self._deadline = Deadline()
        self._client = httpx.Client(
            base_url=self.url,
            headers={"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {address.key}"} if address.key else {}),
            timeout=httpx.Timeout(address.timeout, connect=_CONNECT),
            transport=Transport(self.url, self._deadline, address.parallel + 1),
        )

    def models(self, attempts: int = ATTEMPTS) -> list[str]:
        """Return the names of the models it offers. Raises GoneError; ModelError where it is no such server, or lets nobody in."""
        try:
            answer = self._send("GET", "/models", None, attempts)
        except RefusedError as error:
            raise unusable(self.url, error) from error
        listed = answer.get("data")
        names = [model.get("id") for model in listed if isinstance(model, dict)] if isinstance(listed, list) else []
        return [name for name in names if isinstance(name, str) and name.isprintable() and 0 < len(name) <= _NAME]

    def chat(self, body: Mapping[str, Any], attempts: int = ATTEMPTS) -> dict[str, Any]:
        """Return the answer to a chat request. Raises RefusedError where it is the request's fault, GoneError where it is the server's."""
        try:
            return self._send("POST", "/chat/completions", body, attempts)
        except RefusedError as error:
            if error.status in (401, 403, 404, 405):
                raise unusable(self.url, error) from error
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
            stop=tenacity.stop_after_attempt(attempts) | tenacity.stop_when_event_set(self.stop) | tenacity.stop_after_delay(self._timeout),
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
        self._deadline.moment = time.monotonic() + self._timeout
        try:
            with self._client.stream(method, path, json=body) as response:
                data = _read(response)
        except httpx.TimeoutException as error:
            raise _LaterError("no answer in time") from error
        except httpx.DecodingError as error:
            raise RefusedError("the answer is packed, and damaged", 0) from error
        except httpx.RequestError as error:
            raise _LaterError(line(str(error)) or type(error).__name__) from error
        except RuntimeError as error:  # closed by another thread
            raise GoneError("closed") from error
        if response.status_code in _LATER:
            reason, pause = f"{response.status_code} {_reason(response, data)}", _seconds(response.headers.get("retry-after", ""))
            if pause > _LONGEST_PAUSE:
                raise AwayError(f"{reason}; it wants to be asked again in {_duration(pause)}")
            raise _LaterError(reason, pause)
        if not response.is_success:
            raise RefusedError(_reason(response, data), response.status_code)
        answer = _json(data)
        if not isinstance(answer, dict):
            raise RefusedError("the answer is no JSON object", 0)
        return answer


def _read(response: httpx.Response) -> bytes:
    """Return the body of an answer, no more than an answer has."""
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > _LARGEST:
            raise RefusedError(f"the answer has more than {_LARGEST >> 20} MB", 0)
    return bytes(data)


def _json(data: bytes) -> object:
    """Return what JSON says; None where it is none, is nested beyond reading, or holds text that is no Unicode."""
    try:
        said: object = json.loads(data)
        json.dumps(said, ensure_ascii=False).encode()  # half a surrogate pair can be escaped in JSON, and written nowhere
    except (ValueError, RecursionError):
        return None
    return said


def _pause(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    wanted = error.pause if isinstance(error, _LaterError) else 0.0
    grown = _FIRST_PAUSE * 2.0 ** (state.attempt_number - 1)
    return min(max(wanted, grown), _LONGEST_PAUSE)


def _seconds(text: str) -> float:
    """Return the pause that a Retry-After asks for: seconds, or a date; 0 where it says nothing of use."""
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"


def unusable(url: str, error: RefusedError) -> ModelError:
    """Return the error that tells a user of an address where no such server is, or of one that lets nobody in."""
    if error.status in (401, 403):
        return ModelError(f"{url}: the server lets nobody in without its key ({error.status})", "set BRIEFING_SERVER_KEY")
    why = f"{error.status}: {error}" if error.status else str(error)
    return ModelError(f"{url}: no server of the OpenAI interface ({why})", "such as http://127.0.0.1:8000/v1")


def _reason(response: httpx.Response, data: bytes) -> str:
    """Return what a server says of a failure, in one line: the forms of OpenAI, FastAPI and plain text."""
    said = _json(data) or data.decode("utf-8", "replace")
    while isinstance(said, dict):
        said = said.get("error") or said.get("message") or said.get("detail") or ""
    if isinstance(said, list) and said and isinstance(said[0], dict):
        said = said[0].get("msg", "")
    return line(str(said or "")[:_SHOWN]) or line(response.reason_phrase) or "no reason given"


def line(text: str) -> str:
    """Return what somebody else says as one line of Unicode, no longer than a message wants it."""
    return " ".join(text.encode("utf-8", "replace").decode().split())[:200]


def gone(url: str, error: GoneError) -> ModelAwayError:
    """Return the error that tells a user of a server that is not there."""
    return ModelAwayError(f"{url}: the server does not answer: {error}", HINT_DOWN)
