"""A server of the OpenAI chat interface on this machine, to be told how to behave: real HTTP, no model."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.quiet import QuietServer

Answer = tuple[int, dict[str, Any]]


class FakeServer(QuietServer):
    """Answers as its fields say. `asked` are the bodies of all chat requests, in order; `script` may answer before the rules do."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.models = ["fake-1"]
        self.form = "json_schema"
        self.patterns = True
        self.logprobs = True
        self.key = ""
        self.script: Callable[[dict[str, Any]], Answer | None] = lambda _: None
        self.headers: dict[str, str] = {}
        self.asked: list[dict[str, Any]] = []
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        """Answer nobody any more."""
        self.shutdown()
        self.server_close()

    def answer(self, body: dict[str, Any]) -> Answer:
        """Return state and body for a chat request."""
        with self.lock:
            self.asked.append(body)
        scripted = self.script(body)
        if scripted is not None:
            return scripted
        if "logprobs" in body:
            return (200, judged({"Yes": -0.1, "No": -2.4})) if self.logprobs else (200, said("Yes"))
        wanted = body.get("response_format", {})
        if not wanted or not self.form:
            return 200, said("Paris, I think.")
        if wanted["type"] != self.form:
            return 422, {"detail": [{"msg": "Input should be something else"}]}
        schema = wanted["json_schema"]["schema"] if self.form == "json_schema" else wanted["schema"]
        if "enum" in schema["properties"]["claim"]:
            return 200, said(json.dumps({"claim": schema["properties"]["claim"]["enum"][-1]}))
        pattern = schema["properties"]["claim"]["pattern"] if self.patterns else ""
        text = re.sub(r"\([^)]*\)\?|\[([.])\]|[\^$]", r"\1", pattern) or "Paris."
        return 200, said(json.dumps({"claim": text}))


class _Handler(BaseHTTPRequestHandler):
    server: FakeServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._send(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in self.server.models]})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length))
        self._send(*self.server.answer(body))

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _send(self, status: int, body: dict[str, Any]) -> None:
        if self.server.key and self.headers.get("Authorization") != f"Bearer {self.server.key}":
            status, body = 401, {"error": {"message": "no key"}}
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json", "Content-Length": str(len(data))} | self.server.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def said(text: str, finish: str = "stop") -> dict[str, Any]:
    """Return a chat completion."""
    return {
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 9, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 4}},
    }


def judged(top: dict[str, float]) -> dict[str, Any]:
    """Return a chat completion of one token, with the likeliest ones."""
    answer = said(next(iter(top)), "length")
    entries = [{"token": token, "logprob": logprob} for token, logprob in top.items()]
    answer["choices"][0]["logprobs"] = {"content": [{"token": entries[0]["token"], "top_logprobs": entries}]}
    return answer
