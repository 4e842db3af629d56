"""What a server can do, found out by asking it: whether it holds replies to a schema and its patterns, and gives probabilities.

Two short requests a server. A reply that keeps to a schema by chance is ruled out: the schema asks for what nobody would say.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from briefing.model.base import Prompt
from briefing.model.server.endpoint import AwayError, Endpoint, GoneError, RefusedError, unusable
from briefing.model.server.replies import content, probability
from briefing.model.server.requests import LOGPROBS, body, response_format

_PROBE = {
    "type": "object",
    "properties": {"claim": {"type": "string", "pattern": "^ violet( green)? sand[.]$"}},
    "required": ["claim"],
    "additionalProperties": False,
}
_KEPT = {'{"claim":" violet sand."}', '{"claim":" violet green sand."}'}


@dataclass(frozen=True, slots=True)
class Features:
    """`form` is how the server takes a JSON Schema: "json_schema" (OpenAI, most servers), "json_object" (llama-cpp-python), or "" if not.

    `patterns`: it holds strings to their pattern, too. `logprobs`: it gives the probabilities of tokens.
    """

    form: str
    patterns: bool
    logprobs: bool

    @property
    def missing(self) -> list[str]:
        """Say in words what it does not offer, for a warning."""
        if not self.form:
            return ["it holds replies to no JSON Schema, so many drafts will be refused"]
        return [] if self.patterns else ["it holds no string to a pattern, so more drafts will be refused"]


def explore(endpoint: Endpoint, model: str) -> Features:
    """Ask a server what it can do. Raises GoneError, and ModelError for what no request would get past."""
    loose = ""
    for form in ("json_schema", "json_object"):
        reply = _reply(endpoint, model, form)
        if _kept(reply):
            return Features(form, patterns=True, logprobs=_logprobs(endpoint, model))
        if not loose and _shaped(reply):
            loose = form
    return Features(loose, patterns=False, logprobs=_logprobs(endpoint, model))


def _reply(endpoint: Endpoint, model: str, form: str) -> str:
    return content(_asked(endpoint, model, "What is the capital of France?", 40, response_format(form, json.dumps(_PROBE))))


def _logprobs(endpoint: Endpoint, model: str) -> bool:
    return probability(_asked(endpoint, model, "Is ice cold? Answer yes or no.", 1, LOGPROBS)) is not None


def _asked(endpoint: Endpoint, model: str, text: str, limit: int, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return the answer; an empty one where the server refuses, or fails and yet lives: some fail at what they do not offer."""
    try:
        return endpoint.chat(body(model, Prompt("", text=text), limit) | wanted, attempts=1)
    except RefusedError as error:
        if not error.status:  # what answers is no such server: nothing else it says is of use
            raise unusable(endpoint.url, error) from error
        return {}
    except GoneError as error:
        if not isinstance(error, AwayError) and endpoint.alive():
            return {}
        raise


def _kept(reply: str) -> bool:
    try:
        return json.dumps(json.loads(reply), separators=(",", ":")) in _KEPT
    except (ValueError, RecursionError):
        return False


def _shaped(reply: str) -> bool:
    try:
        found = json.loads(reply)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and list(found) == ["claim"] and isinstance(found["claim"], str)
