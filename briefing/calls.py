"""One finished model call as a row, in plain text and numbers: what a cache around a model gives to its keeper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call that has ended.

    `key` is the request key; `verb` "generate" or "judge". `prefix` and `request` are JSON texts: what many requests
    share (system message, worked examples), and the rest. `reply` is the JSON text that answers an equal request
    later; only rows that are `servable` ever do. Token counts are those of the model's Usage.
    """

    key: str
    verb: str
    task: str
    model: str
    model_sha256: str
    prefix: str
    request: str
    reply: str
    finish: str
    servable: bool
    prompt_tokens: int = 0
    cached_tokens: int = 0
    generated_tokens: int = 0
    milliseconds: int = 0
