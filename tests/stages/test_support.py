"""Gates and judge in one score: what is asked, what it comes to, and that no missing answer ever passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import pipeline
from briefing.errors import UsageError
from briefing.language.base import Parser
from briefing.model.base import Judgement, Question
from briefing.model.probes import log_odds
from briefing.stages.plain import GATES
from briefing.stages.support import (
    JUDGE,
    Assessment,
    Calibration,
    Signals,
    Statement,
    assess,
    fragments,
    load_coefficients,
    together,
)
from tests.stages.fakes import EVEN, FakeModel, Lent

QUOTE = "Mayor Ines Calder said that 300 workers returned to the port of Aster."
FINE = "The port of Aster fined the ferry company of Brell."
PASSIVE = "The ferry company of Brell was fined by the port of Aster."
EXCHANGED = "The ferry company of Aster was fined by the port of Brell."


@pytest.fixture(scope="module", autouse=True)
def lent(parser: Parser) -> None:
    """Lend the session's parser to the functions of this module."""
    Lent.parser = parser


def statement(text: str, *quotes: str) -> Statement:
    cited = quotes or (QUOTE,)
    return Statement(text, cited, cited, cited)


def claim(question: Question) -> str:
    return question.prompt.text.removeprefix("Claim: ").partition("\nSupported?")[0]


def answers(known: Mapping[str, float | None], other: float | None = 0.9) -> Callable[[Question], float | None]:
    return lambda question: known.get(claim(question), other)


def one(text: str, *quotes: str, model: FakeModel | None = None, calibration: Calibration = EVEN, every: bool = False) -> Assessment:
    task = pipeline.tasks()["support"]
    (found,) = assess(
        [statement(text, *quotes)], parser=Lent.parser, model=model or FakeModel(), task=task, calibration=calibration, every=every
    )
    return found


def refusing(found: Assessment) -> set[str]:
    return {gate.name for gate in found.gates if not gate.passed}


def test_a_supported_claim_has_every_gate_and_the_judge_s_last() -> None:
    found = one(QUOTE)
    assert [gate.name for gate in found.gates] == [*GATES, JUDGE]
    assert (found.support, found.refused) == (0.9, None)
    assert found.usage.prompt > 0


def test_the_judge_reads_the_context_on_one_line_as_the_part_that_is_shared() -> None:
    model = FakeModel()
    task = pipeline.tasks()["support"]
    asked = Statement(QUOTE, [QUOTE], [QUOTE], [" One\r\nsentence.", "Another."])
    assess([asked], parser=Lent.parser, model=model, task=task, calibration=EVEN)
    assert {question.prompt.shared for question in model.questions} == {"Source: One sentence. Another.\n"}
    assert {question.task for question in model.questions} == {"support"}


def test_below_the_threshold_the_judge_refuses_with_the_score() -> None:
    found = one(QUOTE, model=FakeModel(believe=lambda question: 0.6))
    assert (found.support, refusing(found)) == (0.6, {JUDGE})
    assert found.refused is not None
    assert found.refused.detail == "support 0.60"


# The score


FITTED = EVEN.model_copy(update={"intercept": -0.5, "judged": 0.8, "novelty": 0.4})
ODDS = st.floats(0, 1).map(log_odds)
SIGNALS = st.builds(Signals, ODDS, ODDS, ODDS, st.floats(0, 1))


@given(SIGNALS, st.floats(0, 1).map(log_odds))
def test_the_score_grows_with_the_judge(signals: Signals, other: float) -> None:
    score = FITTED.score(signals)
    assert 0 <= score <= 1
    assert score == round(score, 3)
    assert score <= FITTED.score(signals._replace(judged=max(other, signals.judged)))


def test_what_the_judge_did_not_see_is_made_up_for() -> None:
    sound = Signals(2.0, 2.0, 2.0, 0.0)
    assert FITTED.score(sound._replace(novelty=0.5)) > FITTED.score(sound)


@given(st.floats())
def test_log_odds_are_bounded(probability: float) -> None:
    assert not abs(log_odds(probability)) > 10
    assert log_odds(0.5) == 0


@given(st.lists(SIGNALS, min_size=1, max_size=4))
def test_several_sentences_are_as_good_as_the_worst(several: list[Signals]) -> None:
    joint = together(several)
    assert joint.judged == min(one.judged for one in several)
    assert joint.novelty == max(one.novelty for one in several)
    assert together(several[:1]) == several[0]


def test_the_verdict_is_the_score_against_the_threshold() -> None:
    for odds in (-3.0, 0.0, 0.84, 0.85, 3.0):
        support, gate = EVEN.verdict(Signals(odds, odds, odds, 0))
        assert (gate.name, gate.passed, bool(gate.detail)) == (JUDGE, support >= 0.7, support < 0.7)


def test_novelty_is_the_share_of_words_that_the_judge_does_not_see() -> None:
    assert one(QUOTE).signals == Signals(*3 * (log_odds(0.9),), 0.0)
    new = one("Mayor Ines Calder said that 300 bakers returned to the port of Aster.", every=True).signals
    assert new is not None
    assert 0 < new.novelty < 0.2


def test_a_free_claim_is_asked_about_in_fragments() -> None:
    told = "Workers came back in large numbers, and 300 of them are at the port, and Calder had said that they would."
    model, task = FakeModel(believe=answers({told: 0.6, "and 300 of them are at the port,": 0.2})), pipeline.tasks()["support"]
    asked = statement(told)._replace(free=True)
    (found,) = assess([asked], parser=Lent.parser, model=model, task=task, calibration=EVEN, every=True)
    assert [claim(question) for question in model.questions] == [told, *fragments(told)]
    assert found.signals is not None
    assert (round(found.signals.judged, 3), round(found.signals.weakest, 3)) == (round(log_odds(0.6), 3), round(log_odds(0.2), 3))
    assert found.signals.weakest < found.signals.mean < log_odds(0.9)


@given(st.text())
def test_fragments_are_the_claim(text: str) -> None:
    cut = fragments(text)
    assert not cut or " ".join(" ".join(cut).split()) == " ".join(text.split())
    assert len(cut) != 1


def test_fragments_tell_something_each() -> None:
    assert fragments("The port of Aster reopened.") == []
    assert fragments("The port of Aster reopened after a strike of nine days, and the mayor thanked the union.") == [
        "The port of Aster reopened after a strike of nine days,",
        "and the mayor thanked the union.",
    ]


# What is asked


def test_what_a_gate_refuses_is_judged_only_if_every_one_is() -> None:
    wrong, model = QUOTE.replace("300", "400"), FakeModel()
    found = one(wrong, model=model)
    assert (model.questions, found.support, JUDGE in {gate.name for gate in found.gates}) == ([], None, False)
    assert "numbers" in refusing(found)
    found = one(wrong, model=model, every=True)
    assert (found.support, found.gates[-1].passed) == (0.9, True)
    assert "numbers" in refusing(found)
    assert model.questions


def test_what_the_gates_refuse_they_refuse_whatever_the_judge_says() -> None:
    assert one(PASSIVE, FINE).refused is None
    assert refusing(one(EXCHANGED, FINE)) == {"actors"}
    assert refusing(one(PASSIVE.replace("fined", "not fined"), FINE, every=True)) == {"negation"}


def test_another_language_has_no_parse_and_is_left_to_the_judge_its_numbers_aside() -> None:
    text = "Der Hafen von Aster hat die Fähre von Brell nicht wieder eröffnet, und das Rathaus hat 300 Arbeiter nach Hause geschickt."
    assert one(text.replace("nicht ", ""), text).refused is None
    assert refusing(one(text.replace("300", "400"), text)) == {"numbers"}


# Answers that are missing


def test_a_missing_answer_is_a_refusal_and_never_a_number() -> None:
    lenient = EVEN.model_copy(update={"intercept": 9.0, "judged": 0.0, "threshold": 0.1})
    found = one(QUOTE, model=FakeModel(believe=answers({QUOTE: None})), calibration=lenient)
    assert (found.support, found.signals, refusing(found)) == (None, None, {JUDGE})
    assert found.gates[-1].detail == "no answer of yes or no"


@pytest.mark.parametrize("answer", [float("nan"), -0.5, 1.5, float("inf")])
def test_what_is_no_probability_is_no_answer(answer: float) -> None:
    found = one(QUOTE, model=FakeModel(believe=lambda question: answer))
    assert (found.support, refusing(found), found.gates[-1].detail) == (None, {JUDGE}, "no answer")


def test_results_are_in_the_order_of_the_statements_whatever_the_order_of_the_answers() -> None:
    texts = [QUOTE.replace("300", str(n)) for n in range(300, 320)]
    known = {text: 0.7 + n / 100 for n, text in enumerate(texts)}
    task = pipeline.tasks()["support"]
    asked = [statement(text, text) for text in texts]
    asked[7] = statement(texts[7], QUOTE)  # refused, and not asked about
    found = assess(asked, parser=Lent.parser, model=FakeModel(believe=answers(known)), task=task, calibration=EVEN)
    expected: list[float | None] = [round(0.7 + n / 100, 3) for n in range(20)]
    expected[7] = None
    assert [one.support for one in found] == expected
    assert assess([], parser=Lent.parser, model=FakeModel(), task=task, calibration=EVEN) == []


@given(st.text(), st.lists(st.text(), max_size=2), st.sampled_from([None, 0.0, 0.5, 1.0, float("nan")]))
def test_no_text_and_no_answer_breaks_it(text: str, quotes: list[str], answer: float | None) -> None:
    model = FakeModel(believe=lambda question: answer)
    asked = Statement(text, quotes, quotes, quotes)
    (found,) = assess([asked], parser=Lent.parser, model=model, task=TASK, calibration=EVEN, every=True)
    assert (found.support is None) == (answer is None or answer != answer)
    assert found.support is not None or found.refused is not None
    assert not any("check itself failed" in gate.detail for gate in found.gates)


TASK = pipeline.tasks()["support"]


def test_the_judgement_of_a_model_is_what_its_error_says() -> None:
    class Gone(FakeModel):
        def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
            yield from ((n, Judgement(None, error="the engine gave up")) for n in range(len(questions)))

    assert one(QUOTE, model=Gone()).gates[-1].detail == "the engine gave up"


# The file of coefficients

GOOD = "intercept = 0.1\njudged = 1.0\nweakest = 0.3\nmean = -0.2\nnovelty = 0.2\nthreshold = 0.5\n"


def test_the_shipped_coefficients_load() -> None:
    shipped = pipeline.calibration()
    low, high = (shipped.score(Signals(odds, odds, odds, 0.0)) for odds in (log_odds(0), log_odds(1)))
    assert low < shipped.threshold <= high


def test_a_file_of_coefficients_is_read(tmp_path: Path) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text(GOOD, encoding="utf-8")
    expected = Calibration(intercept=0.1, judged=1.0, weakest=0.3, mean=-0.2, novelty=0.2, threshold=0.5)
    assert load_coefficients(path, Calibration) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no toml at all = =",
        b"\xff\xfe",
        GOOD.replace("judged = 1.0\n", "").encode(),
        GOOD.replace("judged = 1.0", "judged = nan").encode(),
        GOOD.replace("intercept = 0.1", "intercept = nan").encode(),
        GOOD.replace("novelty = 0.2", "novelty = -inf").encode(),
        GOOD.replace("threshold = 0.5", "threshold = 1.0").encode(),
        GOOD.replace("threshold = 0.5", "threshold = 0.5\nbias = 1").encode(),
        (GOOD + "[gates]\nnumbers = -1.5\n").encode(),
        GOOD.replace("novelty = 0.2", 'novelty = "much"').encode(),
    ],
)
def test_a_broken_file_of_coefficients_is_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "calibration.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"calibration\.toml: not a file of coefficients: ") as caught:
        load_coefficients(path, Calibration)
    assert "\n" not in str(caught.value)


def test_a_missing_file_of_coefficients_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a file of coefficients"):
        load_coefficients(tmp_path / "none.toml", Calibration)
