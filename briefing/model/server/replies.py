"""Reads what a chat server answers: text, how it ended, tokens, and the probability of yes. What is not as it should be is not there."""

from __future__ import annotations

import math
from typing import Any

from briefing.model.base import Finish, Usage

_MOST = 1 << 40  # tokens that a server may count: what is kept has 64 bits, and its sums must
_LEAST = -1e4  # log-probability below which a token has none


def content(answer: dict[str, Any]) -> str:
    """Return the text of an answer, "" where there is none."""
    message = _choice(answer).get("message")
    text = message.get("content") if isinstance(message, dict) else None
    return text if isinstance(text, str) else ""


def finish(answer: dict[str, Any]) -> Finish:
    """Return "stop", or "length" where a limit cut the reply, or "error" for every other end (a filter, a tool, none)."""
    named = _choice(answer).get("finish_reason")
    return "stop" if named == "stop" else "length" if named == "length" else "error"


def usage(answer: dict[str, Any]) -> Usage:
    """Return the tokens that the server counted; zeros where it does not say."""
    counted = answer.get("usage")
    counted = counted if isinstance(counted, dict) else {}
    details = counted.get("prompt_tokens_details")
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else 0
    prompt = _count(counted.get("prompt_tokens"))
    return Usage(max(0, prompt - cached), min(cached, prompt), _count(counted.get("completion_tokens")))


def probability(answer: dict[str, Any]) -> float | None:
    """Return P(yes) / (P(yes) + P(no)) from the likeliest first tokens, or None where it cannot be had.

    Of an answer that is not among them it is only known that it is no likelier than the last of them. Such a bound is taken against
    yes: a judgement may come out too low, never too high.
    """
    logprobs = _choice(answer).get("logprobs")
    tokens = logprobs.get("content") if isinstance(logprobs, dict) else None
    first = tokens[0] if isinstance(tokens, list) and tokens and isinstance(tokens[0], dict) else {}
    top = first.get("top_logprobs")
    found = {"yes": 0.0, "no": 0.0}
    least = 1.0
    for entry in top if isinstance(top, list) else []:
        token, logprob = (entry.get("token"), entry.get("logprob")) if isinstance(entry, dict) else (None, None)
        if not isinstance(token, str) or not isinstance(logprob, int | float) or logprob != logprob:  # the last is NaN
            continue
        weight = math.exp(max(_LEAST, min(0.0, logprob)))
        least = min(least, weight)
        word = token.strip(" \u0120\u2581").lower()
        if word in found:
            found[word] += weight
    if not any(found.values()):
        return None
    no = found["no"] or least
    return found["yes"] / (found["yes"] + no)


def _choice(answer: dict[str, Any]) -> dict[str, Any]:
    choices = answer.get("choices")
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST else 0
