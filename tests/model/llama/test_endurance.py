"""Ten thousand requests: the engine answers as before, and its memory stays where it was.

The small model is cut to its first layer: the same machinery at a thirtieth of the time.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.model.base import Call, Model, Prompt, Question
from tests.model.llama.conftest import held_to
from tests.model.llama.rewrite import rewrite

STATM = Path("/proc/self/statm")

pytestmark = [pytest.mark.real, pytest.mark.skipif(not STATM.exists(), reason="memory is read from /proc")]

BATCH, DRAFTS = 500, 25


@pytest.fixture
def shallow(small_model: Path, tmp_path: Path) -> Iterator[Model]:
    from briefing.model.llama.engine import LlamaModel

    engine = LlamaModel(rewrite(small_model, tmp_path / "shallow.gguf", layers=1), name="shallow", sha256="0" * 64, context=4096)
    yield engine
    engine.close()


def prompt(n: int) -> Prompt:
    """Return a prompt whose parts change often enough to drive older ones out of everything that is kept."""
    return Prompt(f"Answer {n // 40}.", (), f"About {n // 5}: ", f"{n}?")


def resident() -> int:
    """Return this process's resident memory in kilobytes."""
    return int(STATM.read_text().split()[1]) * 4


def ask(model: Model, start: int) -> int:
    """Ask a batch, and return how many answers came that are none."""
    calls = [Call("draft", prompt(n), held_to(f"^(red|blue) {n}$"), 24) for n in range(start, start + DRAFTS)]
    questions = [Question("judge", prompt(n)) for n in range(start + DRAFTS, start + BATCH)]
    replies, judgements = dict(model.generate(calls)), dict(model.judge(questions))
    assert (len(replies), len(judgements)) == (DRAFTS, BATCH - DRAFTS)
    return sum(reply.finish != "stop" for reply in replies.values()) + sum(one.probability is None for one in judgements.values())


def test_memory_does_not_grow_in_ten_thousand_requests(shallow: Model) -> None:
    def probability() -> float | None:
        [(_, judgement)] = shallow.judge([Question("judge", prompt(0))])
        return judgement.probability

    first = probability()
    assert sum(ask(shallow, start) for start in range(0, 2_000, BATCH)) == 0
    before = resident()
    assert sum(ask(shallow, start) for start in range(2_000, 10_000, BATCH)) == 0
    assert resident() - before < 20_000
    assert probability() == pytest.approx(first, rel=0.01)
