"""What a chat request is made of: one way for drafts, judgements and the questions that find out what a server offers."""

from __future__ import annotations

import json
from typing import Any

from briefing.model.base import Prompt

LOGPROBS: dict[str, Any] = {"logprobs": True, "top_logprobs": 20}
"""Asks for the likeliest tokens: as many as OpenAI's interface allows."""


def messages(prompt: Prompt) -> list[dict[str, str]]:
    """Return a prompt as messages; a system message only where there is one."""
    made = [{"role": "system", "content": prompt.system}] if prompt.system else []
    for user, assistant in prompt.examples:
        made += [{"role": "user", "content": user}, {"role": "assistant", "content": assistant}]
    return [*made, {"role": "user", "content": prompt.shared + prompt.text}]


def body(model: str, prompt: Prompt, limit: int) -> dict[str, Any]:
    """Return the body of a request for at most `limit` tokens, always the likeliest ones."""
    return {"model": model, "messages": messages(prompt), "max_tokens": limit, "temperature": 0, "seed": 1}


def response_format(form: str, schema: str) -> dict[str, Any]:
    """Return the field of a request that holds the reply to a schema; nothing where the server knows no form."""
    if form == "json_schema":
        return {"response_format": {"type": form, "json_schema": {"name": "reply", "strict": True, "schema": json.loads(schema)}}}
    if form == "json_object":
        return {"response_format": {"type": form, "schema": json.loads(schema)}}
    return {}
