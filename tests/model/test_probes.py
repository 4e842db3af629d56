"""A probe reads a state as it was fitted, falls back to the model's yes, and is refused where prompt or model are others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from briefing import pipeline
from briefing.errors import UsageError
from briefing.model import probes
from briefing.model.base import Identity, Judgement
from briefing.model.task import Task
from briefing.stages.judging import Judge
from tests.stages.fakes import FakeModel

TASK = pipeline.tasks(("support",))["support"]
MODEL = Identity("small", "a" * 64)


def write(folder: Path, task: Task = TASK, identity: Identity = MODEL, **changed: Any) -> Path:
    parts: dict[str, Any] = {
        "weights": np.array([[1.0, -1.0]], np.float32),
        "mean": np.array([0.5, 0.0], np.float32),
        "scale": np.array([2.0, 1.0], np.float32),
        "line": np.array([[0.0, 2.0]]),
        "yes": np.array([[-1.0, 0.5]]),
        "about": json.dumps({"prompt": task.sha256, "model": identity.sha256, "heads": ["so"]}),
    }
    path = folder / identity.name / f"{task.name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **{name: value for name, value in {**parts, **changed}.items() if value is not None})
    return path


def state(*numbers: float) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.array(numbers, np.float32)


def test_a_state_is_read_as_it_was_fitted(tmp_path: Path) -> None:
    write(tmp_path)
    probe = probes.load(tmp_path, TASK, MODEL)
    assert probe is not None
    assert probe.probability(Judgement(0.01, state=state(0.5, 0.0))) == 0.5
    assert probe.probability(Judgement(0.01, state=state(2.5, -1.0))) == pytest.approx(1 / (1 + np.exp(-4)), abs=1e-3)
    assert probe.probability(Judgement(0.99, state=state(0.5, 9.0))) == 0.0


def test_without_a_state_the_models_own_yes_counts(tmp_path: Path) -> None:
    write(tmp_path)
    probe = probes.load(tmp_path, TASK, MODEL)
    assert probe is not None
    assert probe.probability(Judgement(0.5)) == pytest.approx(1 / (1 + np.e), abs=1e-3)
    assert probe.probability(Judgement(0.5, state=state(1.0, 2.0, 3.0))) == probe.probability(Judgement(0.5)), "a state of another width"
    assert probe.probability(Judgement(None)) is None
    assert probe.probability(Judgement(float("nan"))) is None
    assert probe.probability(Judgement(0.5, state=state(float("inf"), 0.0))) is None, "an engine gone wrong"


def test_nobody_fitted_one_for_this_model(tmp_path: Path) -> None:
    write(tmp_path)
    assert probes.load(tmp_path, TASK, Identity("other", "a" * 64)) is None
    assert probes.load(tmp_path / "nowhere", TASK, MODEL) is None


def test_another_prompt_and_another_model_are_refused(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(UsageError, match="another prompt"):
        probes.load(tmp_path, TASK.model_copy(update={"sha256": "0" * 64}), MODEL)
    with pytest.raises(UsageError, match="another model"):
        probes.load(tmp_path, TASK, Identity("small", "b" * 64))


@pytest.mark.parametrize(
    "changed",
    [
        {"weights": None},
        {"weights": np.array([1.0], np.float32)},
        {"scale": np.array([0.0, 1.0], np.float32)},
        {"about": "not JSON"},
        {"about": "[]"},
        {"line": np.array([[1.0]])},
        {"about": '{"prompt": "", "model": "", "heads": []}'},
        {"mean": np.array([{}, {}], dtype=object)},
    ],
)
def test_a_file_with_other_parts_is_no_probe(tmp_path: Path, changed: dict[str, Any]) -> None:
    write(tmp_path, **changed)
    with pytest.raises(UsageError, match="not a probe"):
        probes.load(tmp_path, TASK, MODEL)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"weights = 1\n", b"\x93NUMPY\x01\x00"])
def test_a_damaged_file_is_one_line(tmp_path: Path, content: bytes) -> None:
    write(tmp_path).write_bytes(content)
    with pytest.raises(UsageError, match="not a probe") as caught:
        probes.load(tmp_path, TASK, MODEL)
    assert "\n" not in str(caught.value)


def test_heads_read_one_state_each_in_its_way(tmp_path: Path) -> None:
    about = json.dumps({"prompt": TASK.sha256, "model": MODEL.sha256, "heads": ["so", "else"]})
    two = np.array([[0.0, 2.0], [1.0, 1.0]])
    write(tmp_path, weights=np.array([[1.0, -1.0], [0.0, 1.0]], np.float32), line=two, yes=two, about=about)
    probe = probes.load(tmp_path, TASK, MODEL)
    assert probe is not None
    assert probe.odds(Judgement(0.5, state=state(2.5, -1.0))) == pytest.approx((4.0, 0.0))
    assert probe.odds(Judgement(0.5)) == pytest.approx((0.0, 1.0))


def test_a_judge_asks_for_states_only_where_it_has_a_probe(tmp_path: Path) -> None:
    write(tmp_path)
    probe = probes.load(tmp_path, TASK, MODEL)
    assert probe is not None
    fields = {"source": "The pier closed.", "claim": "The pier closed."}
    plain, read = FakeModel(believe=lambda _: 0.5), FakeModel(believe=lambda _: 0.5)
    assert Judge(plain, {"support": TASK}).ask("support", [fields]) == [0.5]
    assert Judge(read, {"support": TASK}, {"support": probe}).ask("support", [fields]) == [pytest.approx(1 / (1 + np.e), abs=1e-3)]
    assert [(question.state, question.layer) for question in (*plain.questions, *read.questions)] == [(False, None), (True, None)]


def test_a_judge_asks_for_the_layer_that_the_probe_reads(tmp_path: Path) -> None:
    write(tmp_path, about=json.dumps({"prompt": TASK.sha256, "model": MODEL.sha256, "heads": ["supported"], "layer": 16, "pooled": True}))
    probe = probes.load(tmp_path, TASK, MODEL)
    assert probe is not None
    model = FakeModel(believe=lambda _: 0.5)
    Judge(model, {"support": TASK}, {"support": probe}).ask("support", [{"source": "The pier closed.", "claim": "The pier closed."}])
    assert [(question.state, question.layer, question.pooled) for question in model.questions] == [(True, 16, True)]


@pytest.mark.parametrize("name", ["../small", "small/.", "/small", "", ".", "..", "a" * 300, "b/" * 3000, "a\0b", "\udcff"])
def test_a_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    """The name of a model may come from a server."""
    write(tmp_path)
    (tmp_path / "here").mkdir()
    assert probes.load(tmp_path / "here", TASK, Identity(name, MODEL.sha256)) is None
    assert probes.load(tmp_path, TASK, Identity(name, MODEL.sha256)) is None
    assert probes.load(tmp_path / "nowhere", TASK, MODEL) is None
