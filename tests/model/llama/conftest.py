"""The small model, opened once for all tests of the engine, and requests to ask it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.model.base import Call, Constraint, Model, Prompt, Question, Reply

SCHEMA = json.dumps(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["speaker", "claim"],
        "properties": {"speaker": {"type": "string", "maxLength": 20}, "claim": {"type": "string", "maxLength": 80}},
    }
)
SYSTEM = "You get one sentence. Return JSON: speaker and claim."
EXAMPLES = (("The mayor said it rained.", '{"speaker":"mayor","claim":"It rained."}'),)
PLACES = ("Kyiv", "Paris", "Berlin", "London", "Rome", "Madrid", "Vienna", "Oslo", "Prague", "Warsaw", "Lisbon", "Bern")


def call(text: str, *, shared: str = "", max_tokens: int = 40, constraint: Constraint | None = None) -> Call:
    """Return a request for a claim."""
    return Call("draft", Prompt(SYSTEM, EXAMPLES, shared, text), constraint or Constraint(SCHEMA), max_tokens)


def calls(count: int, max_tokens: int = 40) -> list[Call]:
    """Return requests of different lengths."""
    return [
        call(f"The minister of {PLACES[n % len(PLACES)]} said that {n} people came" + " again" * (n % 5) + ".",
             max_tokens=max_tokens)
        for n in range(count)
    ]  # fmt: skip


def held_to(pattern: str) -> Constraint:
    """Return a schema of one string that keeps to a pattern."""
    a = {"type": "string", "pattern": pattern}
    return Constraint(json.dumps({"type": "object", "properties": {"a": a}, "required": ["a"], "additionalProperties": False}))


def answered(model: Model, asked: list[Call]) -> list[Reply]:
    """Return the replies in the order of the requests."""
    return [reply for _, reply in sorted(model.generate(asked), key=lambda pair: pair[0])]


def question(text: str, shared: str = "") -> Question:
    """Return a yes/no question."""
    return Question("judge", Prompt("Answer yes or no.", (), shared, text))


@pytest.fixture(scope="session")
def model(small_model: Path) -> Iterator[Model]:
    """Open the small model; tests of its state open their own."""
    from briefing.model.llama.engine import LlamaModel

    engine = LlamaModel(small_model, name="small", sha256="0" * 64, sequences=8, context=4096)
    yield engine
    engine.close()
