"""From picks to claims: nothing passes unchecked, and whatever does not pass has its reason."""

from collections.abc import Callable

import pytest

from briefing.model.base import Call, Question, Reply
from briefing.pipeline import tasks
from briefing.progress import Silent
from briefing.stages import gates
from briefing.stages.ground import Grounded, Tally, ground
from briefing.stages.material import Material
from briefing.stages.plan import Plan, plan
from briefing.stages.select import Pick
from briefing.types import Omission
from tests.stages.fakes import EVEN, FakeModel, reader

TEXT = "Mayor Ines Calder said that 300 workers returned to the port, after talks with the union of Aster."
DIRECT = "“We were told nothing. We will not leave this port before Friday,” Mayor Ines Calder said."


def pick(text: str = TEXT, number: int = 1) -> Pick:
    read = reader(text)
    made = plan(read, number)
    assert isinstance(made, Plan)
    return Pick(read, made, 1.0)


def run(model: FakeModel, *picks: Pick) -> tuple[list[Grounded], list[Omission], Tally]:
    tally, known = Tally(), tasks()
    found, omitted = ground(
        picks, model=model, write=known["draft"], judge=known["support"], calibration=EVEN, tally=tally, progress=Silent()
    )
    assert len(found) + len(omitted) == len(picks)
    return found, omitted, tally


def test_a_draft_that_passes_is_a_claim_with_its_gates_and_citations() -> None:
    found, omitted, tally = run(FakeModel(), pick())
    claim = found[0].claim
    assert (omitted, claim.verbatim, claim.support, claim.speaker) == ([], False, 0.9, "Ines Calder")
    assert claim.gates == (*gates.GATES, "judge")
    assert claim.citations[0].quote == TEXT
    assert tally.reached["judge"] == tally.passed["judge"] == 1
    assert tally.usage.generated == 5


def test_no_picks_ask_nothing() -> None:
    model = FakeModel()
    assert run(model)[:2] == ([], [])
    assert not model.calls
    assert not model.questions


def test_a_refused_draft_is_drafted_once_more() -> None:
    replies = iter(["300 workers returned to the port.", "Mayor Ines Calder said that 300 workers returned to the port."])
    model = FakeModel(lambda call: next(replies))
    found, _, tally = run(model, pick())
    assert found[0].claim.text == "Mayor Ines Calder said that 300 workers returned to the port."
    assert (tally.reached["speaker"], tally.passed["speaker"], len(model.calls)) == (2, 1, 2)


@pytest.mark.parametrize(
    ("write", "believe"),
    [
        (lambda call: "300 workers returned to the port.", lambda question: 0.9),
        (lambda call: "Mayor Ines Calder said that 300 workers were paid.", lambda question: 0.9),
        (lambda call: Reply('{"claim":" Mayor', "length"), lambda question: 0.9),
        (lambda call: Reply("", "error", error="the engine gave up"), lambda question: 0.9),
        (lambda call: Reply("no json at all", "stop"), lambda question: 0.9),
        (lambda call: call.prompt.text, lambda question: 0.2),
        (lambda call: call.prompt.text, lambda question: None),
    ],
    ids=["gate", "own words", "length", "error", "not json", "judge", "no probability"],
)
def test_what_no_draft_passes_for_is_quoted(write: Callable[[Call], str | Reply], believe: Callable[[Question], float | None]) -> None:
    found, omitted, _ = run(FakeModel(write, believe), pick())
    claim = found[0].claim
    assert not omitted
    assert claim.verbatim
    assert claim.text == f"One article reports: “{TEXT}”"
    assert "judge" not in claim.gates


def test_what_can_neither_be_drafted_nor_quoted_is_left_out_with_both_reasons() -> None:
    text = "Mayor Ines Calder said the union of Aster was “not ready at all” for talks with 300 workers."
    found, omitted, _ = run(FakeModel(believe=lambda question: None), pick(text))
    assert not found
    assert omitted[0].reason.startswith("no draft passed (judge: no answer of yes or no); it mixes quotation and report")


def test_own_words_are_quoted_with_their_speaker_and_never_drafted() -> None:
    model = FakeModel()
    chosen = pick(DIRECT, 1)
    assert chosen.plan.direct
    found, omitted, _ = run(model, chosen)
    assert not model.calls
    assert omitted or found[0].claim.text.startswith("Ines Calder said: “We were")


def test_a_broken_gate_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(material: Material) -> str:
        raise ZeroDivisionError

    monkeypatch.setitem(gates.GATES, "names", broken)
    found, omitted, _ = run(FakeModel(), pick())
    assert not found
    assert "names: the check itself failed: ZeroDivisionError" in omitted[0].reason


def test_claims_keep_the_order_of_their_picks_whatever_the_order_of_the_answers() -> None:
    texts = [TEXT.replace("300", str(n)) for n in (310, 320, 330)]
    found, _, _ = run(FakeModel(), *(pick(text) for text in texts))
    assert [g.claim.citations[0].quote for g in found] == texts
