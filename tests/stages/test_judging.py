"""The judge's answers in order, counted; no answer and no probability are a no; a pair is asked about in both orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from briefing import pipeline
from briefing.model.base import Question, Usage
from briefing.stages.judging import Judge, Line, Tally
from briefing.types import Gate
from tests.probed import READ
from tests.stages.fakes import FakeModel

TASKS = pipeline.tasks()
TEXTS = ["Six people died.", "Nine people died.", "Nobody died."]


def questions(*texts: str) -> list[dict[str, str]]:
    return [{"source": "Nobody.", "claim": text} for text in texts]


def said(known: Mapping[str, float | None]) -> Callable[[Question], float | None]:
    return lambda question: next(p for text, p in known.items() if text in question.prompt.text)


def test_answers_are_in_order_and_counted() -> None:
    judge = Judge(FakeModel(believe=said({"One.": 0.1, "Two.": 0.9, "Three.": 0.5})), TASKS)
    assert judge.ask("support", questions("One.", "Two.", "Three.")) == [0.1, 0.9, 0.5]
    assert judge.tally.usage == Usage(9, 0, 0)
    assert judge.ask("support", []) == []


@pytest.mark.parametrize("answer", [None, float("nan"), -0.1, 1.1, float("inf"), float("-inf")])
def test_what_is_no_probability_is_a_no(answer: float | None) -> None:
    judge = Judge(FakeModel(believe=said({"One.": answer})), TASKS)
    assert judge.ask("support", questions("One.")) == [0.0]
    assert judge.answers("support", questions("One.")) == [None]
    calibrated = Judge(judge.model, TASKS, lines={"support": LINE})
    assert calibrated.answers("support", questions("One.")) == [None]


LINE = Line(intercept=-1.5, slope=2)


def test_a_yes_is_worth_what_the_line_of_its_task_says() -> None:
    yes = {"One.": 0.5, "Two.": 0.9, "Three.": 0.0, "Four.": 1.0}
    judge = Judge(FakeModel(believe=said(yes)), TASKS, lines={"support": LINE})
    half, likely, never, always = judge.ask("support", questions(*yes))
    assert half == pytest.approx(0.182, abs=1e-3)  # log-odds of -1.5
    assert likely == pytest.approx(0.948, abs=1e-3)  # of -1.5 + 2 * 2.197
    assert 0 <= never < half < likely < always <= 1
    assert judge.ask("whole", questions("One.", "Two.")) == [0.5, 0.9], "a task without a line"


def test_a_probe_goes_before_a_line() -> None:
    model = FakeModel(believe=said({"One.": 0.9}))
    assert Judge(model, TASKS, {"support": READ}, {"support": LINE}).ask("support", questions("One.")) == [0.9]


def test_gates_are_counted_by_name() -> None:
    tally = Tally()
    tally.count([Gate(name="edits", passed=True), Gate(name="licensed", passed=False)])
    tally.count([Gate(name="edits", passed=True)])
    assert dict(tally.reached) == {"edits": 2, "licensed": 1}
    assert tally.passed["edits"] == 2
    assert tally.passed["licensed"] == 0


def asked(
    answers: Mapping[tuple[int, int], float | None], enough: Mapping[tuple[int, int], float]
) -> tuple[dict[tuple[int, int], float], int]:
    prompts = {TASKS["conflict"].prompt(one=TEXTS[a], other=TEXTS[b]).text: p for (a, b), p in answers.items()}
    model = FakeModel(believe=lambda question: prompts[question.prompt.text])
    return Judge(model, TASKS).both_ways("conflict", enough, TEXTS), len(model.questions)


def test_both_orders_are_asked_and_their_mean_counts() -> None:
    found, count = asked({(0, 1): 0.9, (1, 0): 0.7}, {(0, 1): 0.6})
    assert found == {(0, 1): pytest.approx(0.8)}
    assert count == 2
    assert asked({(0, 1): 0.61, (1, 0): 0.3}, {(0, 1): 0.6})[0] == {}


def test_the_second_order_is_asked_only_where_the_first_leaves_it_open() -> None:
    nothing, once = asked({(0, 1): 0.44}, {(0, 1): 0.6})
    assert (nothing, once) == ({}, 1)
    found, count = asked({(0, 1): 0.46, (1, 0): 0.9}, {(0, 1): 0.6})
    assert found == {(0, 1): pytest.approx(0.68)}
    assert count == 2


@pytest.mark.parametrize("missing", [(0, 1), (1, 0)])
def test_an_order_without_an_answer_is_a_no(missing: tuple[int, int]) -> None:
    answers: dict[tuple[int, int], float | None] = {(0, 1): 0.99, (1, 0): 0.99, missing: None}
    assert asked(answers, {(0, 1): 0.4})[0] == {}


def test_each_pair_has_its_own_threshold() -> None:
    answers = {(0, 1): 0.65, (1, 0): 0.65, (0, 2): 0.65, (2, 0): 0.65}
    assert set(asked(answers, {(0, 1): 0.6, (0, 2): 0.7})[0]) == {(0, 1)}


def test_no_pairs_no_questions() -> None:
    assert asked({}, {}) == ({}, 0)
