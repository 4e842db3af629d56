"""A model file from its publisher, over HTTP. Promises to go on where an interrupted download was, or to say why not.

What arrives is not trusted here: only its length is checked, and whoever called checks the SHA-256. The proxy is the one that `proxies`
names: none for this machine.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from briefing.model.catalog import Entry, Url
from briefing.model.part import Mark, Meter, Part, UnavailableError, is_validator, storing
from briefing.model.proxies import proxy
from briefing.progress import Progress

# One limit for connecting and for silence while reading. A silence costs little: the next try goes on from there.
TIMEOUT_SECONDS = 10.0
_TRIES = 8
_CHUNK = 256 * 1024
_LARGEST_ZIP = 200_000_000  # bytes; zips hold the small files of small models, and what is larger is not one of them
_DIGITS = 18  # of a number of bytes
_CONTENT_RANGE = re.compile(r"bytes ([0-9]+)-[0-9]+/([0-9]+|\*)")
_NETWORK_ERRORS = (OSError, http.client.HTTPException, ValueError)


class _RefusedError(UnavailableError):
    """The server answered with an error; `code` is its status."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(_one_line(f"{code} {reason}"))
        self.code = code


class _LostError(Exception):
    """The connection broke after it had answered; the text is a short reason."""


def fetch(url: Url, part: Part, progress: Progress) -> None:
    """Complete `part` from `url`, or raise UnavailableError.

    A connection that breaks is tried again, as long as each try brings bytes.
    """
    part.need()
    for tries in range(1, _TRIES + 1):
        mark = part.mark(url)
        before = part.length() if mark else 0
        if before == part.entry.bytes:
            return
        try:
            _attempt(url, mark, part, progress)
        except _LostError as error:
            if tries == _TRIES or part.mark(url) is None or part.length() <= before:
                raise UnavailableError(str(error)) from error
    if part.mark(url) is None or part.length() != part.entry.bytes:
        raise UnavailableError("does not continue a download that was begun")


def whole(url: Url, folder: Path, entry: Entry, progress: Progress) -> Path:
    """Download a zip that holds the file of `entry` into `folder` in one go, or raise UnavailableError. Return its path.

    Its size is in no list, so what is checked is that all came that was announced, and that it is no more than a zip may be.
    """
    path, position = folder / "archive.zip", 0
    with _open(url, {}) as response:
        wanted = _count(response.headers.get("Content-Length", "")) or 0
        if response.status != http.HTTPStatus.OK or wanted > _LARGEST_ZIP:
            raise UnavailableError(f"answered {response.status}, {wanted} bytes")
        meter = Meter(progress, entry, 0)
        with storing(path), path.open("wb") as file:
            while chunk := _read(response, position):
                position += len(chunk)
                if position > _LARGEST_ZIP:
                    raise UnavailableError(f"sends more than {_LARGEST_ZIP} bytes")
                file.write(chunk)
                meter.show(min(position, entry.bytes))
    if position < wanted:
        raise UnavailableError(f"broke off after {position} of {wanted} bytes")
    return path


def _attempt(url: Url, mark: Mark | None, part: Part, progress: Progress) -> None:
    """Ask once, for the bytes that are missing, and write what comes."""
    have = part.length() if mark else 0
    headers: dict[str, str] = {}
    if mark and have:
        headers["Range"] = f"bytes={have}-"
        if mark.validator:
            headers["If-Range"] = mark.validator
    try:
        response = _open(url, headers)
    except _RefusedError as error:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and have:
            part.discard()
            return
        raise
    with response:
        offset = _offset(response, mark, have, part.entry.bytes)
        if offset < have:
            part.discard()
        if offset < 0:
            return
        if offset == 0:
            part.begin(Mark(url.text, validator=_validator(response)))
        _copy(response, offset, part, Meter(progress, part.entry, offset))


def _open(url: Url, headers: dict[str, str]) -> Any:
    """Ask for `url`, or raise UnavailableError."""
    request = Request(url.text, headers={"User-Agent": "briefing", "Accept-Encoding": "identity", **headers})  # noqa: S310 (http only: catalog)
    try:
        opener = build_opener() if proxy(url.text) else build_opener(ProxyHandler({}))
        return opener.open(request, timeout=TIMEOUT_SECONDS)
    except HTTPError as error:
        error.close()
        raise _RefusedError(error.code, str(error.reason)) from error
    except _NETWORK_ERRORS as error:
        raise UnavailableError(_reason(error)) from error


def _read(response: Any, position: int) -> bytes:
    try:
        return bytes(response.read1(_CHUNK))
    except _NETWORK_ERRORS as error:
        raise UnavailableError(f"{_reason(error)} after {position} bytes") from error


def _offset(response: Any, mark: Mark | None, have: int, wanted: int) -> int:
    """Return where in the file the body of `response` begins; -1 if it does not continue what is there."""
    status = response.status
    if status not in (http.HTTPStatus.OK, http.HTTPStatus.PARTIAL_CONTENT):
        raise UnavailableError(f"answered {status}")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise UnavailableError("sends the file encoded")
    offset, total = 0, response.headers.get("Content-Length")
    if status == http.HTTPStatus.PARTIAL_CONTENT:
        match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        changed = mark is not None and _validator(response) not in ("", mark.validator)
        if not match or _count(match[1]) != have or changed:
            if not have:
                raise UnavailableError("answered with a part of the file that was not asked for")
            return -1
        offset, total = have, match[2]
    counted = _count(total or "")
    if counted is not None and counted != wanted:
        raise UnavailableError(f"has a file of {total} bytes, not of {wanted}")
    if counted is None and total and total.isdecimal():
        raise UnavailableError(f"has a file of a length of {len(total)} digits, not of {wanted} bytes")
    return offset


def _copy(response: Any, offset: int, part: Part, meter: Meter) -> None:
    wanted = part.entry.bytes
    position = offset
    with part.append(offset) as write:
        while True:
            try:
                chunk = response.read1(_CHUNK)
            except _NETWORK_ERRORS as error:
                raise _LostError(f"{_reason(error)} after {position} of {wanted} bytes") from error
            if not chunk:
                break
            if position + len(chunk) > wanted:
                raise UnavailableError(f"sends more than {wanted} bytes")
            write(chunk)
            position += len(chunk)
            meter.show(position)
    if position < wanted:
        raise _LostError(f"broke off after {position} of {wanted} bytes")


def _count(text: str) -> int | None:
    """Return a number of bytes that a header names; None for what is none, and for one that no file has."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


def _validator(response: Any) -> str:
    """Return what a later request can be tied to: a strong ETag, else the date of the last change, else nothing."""
    etag = str(response.headers.get("ETag", ""))
    found = etag if etag.startswith('"') else str(response.headers.get("Last-Modified", ""))
    return found if is_validator(found) else ""


def _reason(error: BaseException) -> str:
    """Say in a few words what went wrong on the way to the server."""
    if isinstance(error, URLError) and isinstance(error.reason, BaseException):
        return _reason(error.reason)
    if isinstance(error, TimeoutError):
        return f"no answer within {TIMEOUT_SECONDS:.0f} s"
    if isinstance(error, socket.gaierror):
        return "host not found"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate not accepted ({error.verify_message})"
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _one_line(text or type(error).__name__)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:120]
