"""A server that answers badly, each way by the first part of its path: http://127.0.0.1:PORT/WAY. With WAY-late the questions that find
out what a server offers are answered well, and only what comes after them is not."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from tests.model.server.fake import FakeServer, said

DEEP = 200_000
DRIPS = 60  # pieces in which a slow answer comes, whole in the end


class HostileServer(FakeServer):
    """Answers as the fake server does, but for the ways of WAYS."""

    def __init__(self) -> None:
        ThreadingHTTPServer.__init__(self, ("127.0.0.1", 0), _Handler)
        self.models, self.form, self.patterns, self.logprobs, self.key = ["fake-1"], "json_schema", True, True, ""
        self.script, self.headers, self.asked, self.lock = lambda _: None, {}, [], threading.Lock()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: HostileServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer({"data": [{"id": "fake-1"}]}, probing=True)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        text = body["messages"][-1]["content"]
        probing = "capital of France" in text or "Is ice cold?" in text
        self._answer(self.server.answer(body)[1], probing=probing)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, good: dict[str, Any], *, probing: bool) -> None:
        way = unquote(self.path.strip("/").split("/")[0])
        if probing and way.endswith("-late"):
            self.send(good)
        else:
            WAYS[way.removesuffix("-late")](self, good)

    def send(self, body: object, status: int = 200, **headers: str) -> None:
        """Send an answer; bytes as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def raw(self, data: bytes) -> None:
        """Send bytes and hang up."""
        self.wfile.write(data)
        self.wfile.flush()
        self.close_connection = True

    def drip(self, data: bytes) -> None:
        """Send bytes in pieces, each long before a silence would be one."""
        for n in range(DRIPS):
            self.wfile.write(data[n * len(data) // DRIPS : (n + 1) * len(data) // DRIPS])
            self.wfile.flush()
            time.sleep(0.05)
        self.close_connection = True

    def reset(self) -> None:
        """Break the connection."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


Way = Callable[[_Handler, dict[str, Any]], None]


def _whole(good: dict[str, Any]) -> bytes:
    data = json.dumps(good).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(data), data)


def _text(text: str) -> Way:
    """Return the way that says `text`, escaped as it is, where something is written."""
    reply = json.dumps(said("HERE")).encode().replace(b"HERE", text.encode())
    return lambda handler, good: handler.send(reply)


def _with(**fields: object) -> Way:
    return lambda handler, good: handler.send({**good, **fields})


def _top(entries: str) -> Way:
    """Return the way whose likeliest tokens are `entries`, JSON as it is."""
    reply = json.dumps({**said("Yes"), "choices": [{"logprobs": {"content": [{"top_logprobs": "HERE"}]}, "message": {"content": "x"}}]})
    return lambda handler, good: handler.send(reply.replace('"HERE"', entries).encode())


def _choice(choice: object) -> Way:
    return lambda handler, good: handler.send({"choices": [choice]})


WAYS: dict[str, Way] = {
    "random": lambda handler, good: handler.send(bytes(range(256))),
    "page": lambda handler, good: handler.send(b"<html>\x1b[31mhello</html>", Content_Type="text/html"),
    "empty": lambda handler, good: handler.send(b""),
    "null": lambda handler, good: handler.send(None),
    "list": lambda handler, good: handler.send([]),
    "string": lambda handler, good: handler.send("fine"),
    "object": lambda handler, good: handler.send({}),
    "cut": lambda handler, good: handler.raw(_whole(good)[:-9]),
    "reset": lambda handler, good: handler.reset(),
    "none": lambda handler, good: handler.raw(b""),
    "ssh": lambda handler, good: handler.raw(b"SSH-2.0-OpenSSH_9.0\r\n"),
    "chunks": lambda handler, good: handler.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nabc\r\n0\r\n\r\n"),
    "long head": lambda handler, good: handler.raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n{}"),
    "bad length": lambda handler, good: handler.raw(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n{}"),
    "bad state": lambda handler, good: handler.raw(b"HTTP/1.1 999999 \xff\r\n\r\n"),
    "redirect": lambda handler, good: handler.send(b"", 302, Location="http://127.0.0.1:1/v1/models"),
    "circle": lambda handler, good: handler.send(b"", 307, Location=handler.path),
    **{
        str(code): lambda handler, good, code=code: handler.send({"error": {"message": "\x1b[31m\u202e" + "x" * 5000}}, code)  # type: ignore[misc]
        for code in (400, 401, 404, 418, 429, 500, 503)
    },
    "deep error": lambda handler, good: handler.send(b'{"error":' * DEEP, 400),
    "half a character in an error": lambda handler, good: handler.send(b'{"error": "\\ud800"}', 400),
    "come back tomorrow": lambda handler, good: handler.send(b"later", 429, Retry_After="86400"),
    "come back on a day": lambda handler, good: handler.send(b"later", 503, Retry_After="Fri, 31 Dec 2999 23:59:59 GMT"),
    "never come back": lambda handler, good: handler.send(b"later", 429, Retry_After="inf"),
    "come back some day": lambda handler, good: handler.send(b"later", 429, Retry_After="nan, soon"),
    "no gzip": lambda handler, good: handler.send(b"this is no gzip at all", Content_Encoding="gzip"),
    "half a gzip": lambda handler, good: handler.send(gzip.compress(json.dumps(good).encode())[:-12], Content_Encoding="gzip"),
    "no brotli": lambda handler, good: handler.send(b"this is none", Content_Encoding="br, deflate, zstd"),
    "bomb": lambda handler, good: handler.send(gzip.compress(b" " * 6_000_000), Content_Encoding="gzip"),
    "huge": lambda handler, good: handler.send(b" " * 6_000_000),
    "deep": lambda handler, good: handler.send(b'{"data":' + b"[" * DEEP + b"]" * DEEP + b"}"),
    "deep objects": lambda handler, good: handler.send(b'{"choices":' * DEEP),
    "many digits": lambda handler, good: handler.send(b'{"data": ' + b"9" * 10_000 + b"}"),
    "half a character": lambda handler, good: handler.send(b'{"data": [{"id": "fa\\ud800ke"}], "choices": "\\udfff"}'),
    "half a character in a key": lambda handler, good: handler.send(b'{"\\ud800": 1}'),
    "nul": lambda handler, good: handler.send(b'{"data": [{"id": "\\u0000"}], "choices": [{"message": {"content": "\\u0000"}}]}'),
    "half a character in a text": _text('{\\"claim\\": \\" \\ud800.\\"}'),
    "deep text": _text("[" * 100_000),
    "long text": _text("a " * 1_000_000),
    "usage of 31 digits": _with(
        usage={"prompt_tokens": 10**30, "completion_tokens": 10**18, "prompt_tokens_details": {"cached_tokens": 10**25}}
    ),
    "usage below nothing": _with(usage={"prompt_tokens": -5, "completion_tokens": "x", "prompt_tokens_details": {"cached_tokens": 10**12}}),
    "usage of other kinds": _with(usage={"prompt_tokens": True, "completion_tokens": 1.5, "prompt_tokens_details": ["x"]}),
    "usage as a string": _with(usage="many"),
    "choices as a string": _with(choices="one"),
    "choices of strings": _with(choices=["one"]),
    "no choices": _with(choices=[]),
    "a message as a string": _choice({"message": "hello", "finish_reason": ["stop"], "logprobs": "none"}),
    "a text as an object": _choice({"message": {"content": {"claim": "x"}}, "finish_reason": {"stop": 1}, "logprobs": {"content": "x"}}),
    "tokens as strings": _choice({"message": {"content": "x"}, "finish_reason": "stop", "logprobs": {"content": ["yes"]}}),
    "likeliest as strings": _top('["yes", 5, null, [], true]'),
    "likeliest as an object": _top('{"token": "yes", "logprob": -1}'),
    "log of 400 digits": _top('[{"token": "yes", "logprob": -1' + "0" * 400 + '}, {"token": "no", "logprob": -1}]'),
    "log above nothing": _top('[{"token": "yes", "logprob": 500}, {"token": "no", "logprob": 1e308}]'),
    "log that is no number": _top('[{"token": "yes", "logprob": NaN}, {"token": "no", "logprob": "x"}]'),
    "log without end": _top('[{"token": "yes", "logprob": -Infinity}, {"token": "no", "logprob": -1e999}]'),
    "half a character as a token": _top('[{"token": "\\ud800", "logprob": -1}]'),
    "slow body": lambda handler, good: handler.drip(_whole(good)),
    "slow head": lambda handler, good: handler.drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200 + _whole(good)[15:]),
    "slow empty chunks": lambda handler, good: handler.drip(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * DRIPS
    ),
    "continues for ever": lambda handler, good: handler.drip(b"HTTP/1.1 100 Continue\r\n\r\n" * DRIPS),
}
"""Every way, by its name. Spaces in a name stand as they are in no address: `address` writes it."""


def address(server: HostileServer, way: str) -> str:
    """Return the address at which a server answers in one way."""
    return f"{server.url}/{way.replace(' ', '%20')}"
