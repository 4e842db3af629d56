"""What is read out of a chat server's answers, whole and broken."""

from __future__ import annotations

import math
from typing import Any

import pytest

from briefing.model.base import Usage
from briefing.model.server import replies
from tests.model.server.fake import judged, said


def test_a_whole_answer() -> None:
    answer = said("Hello.")
    assert replies.content(answer) == "Hello."
    assert replies.finish(answer) == "stop"
    assert replies.usage(answer) == Usage(prompt=5, cached=4, generated=3)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"choices": []},
        {"choices": "none"},
        {"choices": [{}]},
        {"choices": [{"message": {"content": None}, "logprobs": None}], "usage": None},
        {"choices": [{"message": "hi", "logprobs": {"content": [{"top_logprobs": None}]}}], "usage": {"prompt_tokens": "many"}},
        {"choices": [{"message": {}, "logprobs": {"content": [{"top_logprobs": [{"token": 7, "logprob": "x"}]}]}}]},
    ],
)
def test_a_broken_answer_is_no_text_no_end_and_no_probability(answer: dict[str, Any]) -> None:
    assert replies.content(answer) == ""
    assert replies.finish(answer) == "error"
    assert replies.probability(answer) is None
    assert replies.usage(answer) == Usage()


@pytest.mark.parametrize(("named", "meant"), [("stop", "stop"), ("length", "length"), ("content_filter", "error"), ("tool_calls", "error")])
def test_how_a_reply_ended(named: str, meant: str) -> None:
    assert replies.finish(said("x", named)) == meant


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ({"Yes": math.log(0.8), "No": math.log(0.2)}, 0.8),
        ({"Yes": math.log(0.5), " yes": math.log(0.3), "no": math.log(0.2)}, 0.8),
        ({"\u0120yes": math.log(0.6), "\u2581No": math.log(0.2)}, 0.75),
        ({"yes": math.log(0.9), "maybe": math.log(0.1)}, 0.9),  # "no" is at most as likely as "maybe"
        ({"no": math.log(0.9), "maybe": math.log(0.1)}, 0.0),  # nothing is made up for yes
    ],
)
def test_the_probability_of_yes(top: dict[str, float], expected: float) -> None:
    assert replies.probability(judged(top)) == pytest.approx(expected)


def test_no_probability_where_neither_is_likely() -> None:
    assert replies.probability(judged({"Hello": -0.1, "Sure": -3.0})) is None
