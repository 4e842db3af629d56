"""Guessing ahead with a real model: fewer steps, the same replies, and no trace of what was guessed wrong."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from briefing.model.base import Call, Model, Reply
from briefing.model.llama.lookahead import Lookahead
from tests.model.llama.conftest import PLACES, answered, call, calls, held_to

pytestmark = pytest.mark.real

COUNT = 8
Guess = Callable[[Any, Sequence[int], int], list[int]]


@dataclass
class Ran:
    """What came of a batch: the replies and their tokens in order, the rows of each step, the guessed tokens that were wrong."""

    replies: list[Reply]
    tokens: list[tuple[int, ...]]
    steps: list[int] = field(default_factory=list)
    wrong: int = 0


def run(model: Any, asked: list[Call], guess: Guess) -> Ran:
    from briefing.model.llama.context import Context, Row

    ran = Ran([], [()] * len(asked))
    decode, learn = Context.decode, Lookahead.learn
    reply: Callable[[Any], Reply] = model._reply

    def stepping(self: Context, rows: list[Row], **how: bool) -> None:
        ran.steps.append(len(rows))
        decode(self, rows, **how)

    def replying(done: Any) -> Reply:
        ran.tokens[done.index] = done.tokens
        return reply(done)

    def learning(self: Lookahead, guessed: int, right: int) -> None:
        ran.wrong += guessed - right
        learn(self, guessed, right)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Context, "decode", stepping)
        patch.setattr(model, "_reply", replying)
        patch.setattr(Lookahead, "learn", learning)
        patch.setattr(Lookahead, "guess", guess)
        ran.replies = answered(model, asked)
    return ran


usual = Lookahead.guess


def never(lookahead: Any, reply: Sequence[int], room: int) -> list[int]:
    """Guess nothing."""
    return []


def beginning(lookahead: Any, reply: Sequence[int], room: int) -> list[int]:
    """Guess that the reply goes on with the source's first words, wherever it stands."""
    return list(lookahead._source[: min(8, room)])


def copy(n: int, max_tokens: int = 60) -> Call:
    """Return a request for a sentence in which every second word may be left out."""
    text = f"The minister of {PLACES[n]} said on Monday that {n + 3} people came to the old port by train"
    words = "".join(f" {word}" if k % 2 else f"( {word})?" for k, word in enumerate(text.split()))
    return call("", shared=f"{text}.", constraint=held_to(rf"^{words}\.$"), max_tokens=max_tokens)


def alike(one: Ran, other: Ran) -> int:
    return sum(a.text == b.text for a, b in zip(one.replies, other.replies, strict=True))


@pytest.fixture(scope="module")
def guessed(model: Model) -> Ran:
    return run(model, [copy(n) for n in range(COUNT)], usual)


@pytest.fixture(scope="module")
def plain(model: Model) -> Ran:
    return run(model, [copy(n) for n in range(COUNT)], never)


def test_guesses_change_no_reply_but_for_ties(guessed: Ran, plain: Ran) -> None:
    """Rounding differs with the shape of a step."""
    assert all(reply.finish == "stop" for reply in guessed.replies + plain.replies)
    assert alike(guessed, plain) >= COUNT - 2


def test_guesses_save_steps(guessed: Ran, plain: Ran) -> None:
    assert len(guessed.steps) < len(plain.steps) * 3 / 4


def test_the_tokens_of_a_reply_are_counted_not_those_of_guesses(guessed: Ran, plain: Ran, model: Any) -> None:
    assert guessed.wrong > 0
    for ran in (guessed, plain):
        for reply, tokens in zip(ran.replies, ran.tokens, strict=True):
            assert reply.usage.generated == len(tokens)
            assert reply.text == model._tokenizer.decode_bytes(list(tokens)).decode()


def test_wrong_guesses_leave_no_trace(model: Any) -> None:
    asked = calls(COUNT)
    misled, correct = run(model, asked, beginning), run(model, asked, never)
    assert misled.wrong > 20 * COUNT
    assert all(reply.finish in ("stop", "length") for reply in misled.replies)
    assert all(json.loads(reply.text) for reply in misled.replies if reply.finish == "stop")
    assert alike(misled, correct) >= COUNT - 3
    assert_only_prefixes_hold_cells(model)


def assert_only_prefixes_hold_cells(model: Any) -> None:
    """Check the scheduler's count and llama.cpp's own."""
    import llama_cpp

    scheduler, context = model._scheduler, model._context
    ends = {prefix.sequence: prefix.end for prefix in scheduler._prefixes}
    assert scheduler._cells == context.cells - sum(len(prefix.tokens) for prefix in scheduler._prefixes)
    assert sorted(scheduler._spare) == list(range(scheduler._sequences))
    for sequence in range(context.shape.sequences):
        assert llama_cpp.llama_memory_seq_pos_max(context._memory, sequence) == ends.get(sequence, 0) - 1


@pytest.mark.parametrize("guess", [usual, beginning])
def test_a_reply_never_outgrows_its_limit(guess: Guess, model: Model) -> None:
    limits = range(1, 33, 2)
    ran = run(model, [copy(0, limit) for limit in limits], guess)
    for limit, reply in zip(limits, ran.replies, strict=True):
        assert reply.usage.generated == limit if reply.finish == "length" else reply.usage.generated <= limit
        assert reply.finish == "length" or json.loads(reply.text)
    assert {reply.finish for reply in ran.replies} == {"stop", "length"}
