"""A model that nobody fitted probes for is judged by its yes, as that of the default model is worth; one that has probes is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import engines, pipeline
from briefing.errors import UsageError
from briefing.model import prebuilt, probes
from briefing.model.base import Identity, Judgement
from briefing.progress import Silent
from briefing.resources import resource
from briefing.stages import support
from briefing.stages.judging import Calibration, Judge
from tests.benchmarks.probes import calibration
from tests.stages.fakes import FakeModel

NAMES = ("support", "whole", "answers", "conflict", "print")
CLAIM = {"source": "The pier closed.", "claim": "The pier closed."}
FIELDS = {
    "support": CLAIM,
    "whole": CLAIM,
    "answers": {"question": "What closed?", "passage": "The pier closed."},
    "conflict": {"one": "The pier closed.", "other": "The pier opened."},
}
SAID = (0.0, 0.02, 0.2, 0.5, 0.7, 0.97, 1.0)


@pytest.fixture(autouse=True)
def as_said() -> None:
    """Calibrate, as a run does."""


class Named(FakeModel):
    """Answers everything with one probability, under a name."""

    def __init__(self, identity: Identity, yes: float) -> None:
        super().__init__(believe=lambda _: yes)
        self._identity = identity

    @property
    def identity(self) -> Identity:
        return self._identity


def default() -> Identity:
    entry = engines.known_models().default
    return Identity(entry.name, entry.sha256)


def judge(identity: Identity, yes: float) -> Judge:
    return pipeline.judge(Named(identity, yes), NAMES, Silent())


def heard(identity: Identity, task: str) -> list[float]:
    return [judge(identity, yes).ask(task, [FIELDS[task]])[0] for yes in SAID]


def by_probe(task: str) -> list[float | None]:
    probe = probes.load(resource("prompts") / "probes", pipeline.tasks((task,))[task], default())
    assert probe is not None
    return [probe.probability(Judgement(yes)) for yes in SAID]


def test_the_shipped_lines_are_those_of_the_shipped_probes() -> None:
    """A failure says that probes were fitted anew without what writes these lines: `tests.benchmarks.probes.calibration`."""
    text = (resource("prompts") / "calibration.toml").read_text(encoding="utf-8")
    assert text == calibration(resource("prompts") / "probes" / default().name)
    assert {"support", "whole", "answers"} <= pipeline.calibration().root.keys()
    assert "print" not in pipeline.calibration().root, "it asks several things of one state"


@pytest.mark.parametrize("task", ["support", "whole", "answers"])
def test_the_yes_of_a_server_is_worth_what_that_of_the_default_model_is(task: str) -> None:
    assert heard(Identity("some-model", "c" * 64), task) == pytest.approx(by_probe(task), abs=0.001)


@pytest.mark.parametrize("task", ["support", "whole", "answers"])
def test_the_other_engine_with_the_default_models_weights_is_read_by_the_same_lines(task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.model.prebuilt.metadata.version", lambda _: "1")
    assert heard(prebuilt.identity(default()), task) == pytest.approx(by_probe(task), abs=0.001)


@pytest.mark.parametrize("task", ["support", "whole", "answers"])
def test_the_default_model_is_read_by_its_probes(task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = heard(default(), task)
    monkeypatch.setattr(pipeline, "calibration", lambda: Calibration({}))
    assert heard(default(), task) == read == by_probe(task)


def test_a_task_that_no_probe_reads_is_answered_as_it_is_said() -> None:
    assert heard(Identity("some-model", "c" * 64), "conflict") == list(SAID)
    assert heard(default(), "conflict") == list(SAID)


@pytest.mark.parametrize(("yes", "passed"), [(0.25, False), (0.4, False), (0.75, True), (0.95, True)])
def test_a_faint_yes_of_a_server_does_not_pass_the_judges_gate(yes: float, passed: bool) -> None:
    answers = judge(Identity("some-model", "c" * 64), yes).answers("support", [FIELDS["support"]])
    told, gate = support.verdict(answers, support.thresholds().support)
    assert gate.passed is passed
    assert told is not None
    assert told < yes


def test_what_is_read_off_a_state_is_not_guessed_from_a_yes() -> None:
    fields = {"title": "", "sentence": "The pier closed.", "before": ""}
    assert judge(Identity("some-model", "c" * 64), 0.9).readings("print", [fields]) == [None]


@pytest.mark.parametrize("line", ["", "intercept = 0.0", "intercept = 0.0\nslope = 0.0", "intercept = nan\nslope = 1.0", "slope"])
def test_a_broken_file_is_one_line(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "calibration.toml").write_text(f"[support]\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(pipeline, "resource", lambda _: tmp_path)
    with pytest.raises(UsageError, match=r"calibration\.toml: not a file of coefficients: ") as caught:
        pipeline.calibration()
    assert "\n" not in str(caught.value)
