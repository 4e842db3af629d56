"""From chosen sentences to claims: the model picks one of the licensed texts, and whatever it says instead, the whole sentence stands."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from briefing import pipeline
from briefing.brief import Omission
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model.base import Call, Question, Reply
from briefing.progress import Silent
from briefing.stages.check import MADE, check
from briefing.stages.edits import Rewrite
from briefing.stages.judging import Judge, Tally
from briefing.stages.rewrite import rewrite
from briefing.stages.summarize import WHOLE, Chosen, Made, summarize
from briefing.stages.support import JUDGE
from briefing.types import Edit, edited
from tests.stages.fakes import FakeModel, choices, document, shortest, whole

LONG = (
    "Maren Sol, who leads the harbour board, closed the old pier of Kessin (a landmark of the coast) on Monday to all ferries and to the "
    "300 lorries that cross it each day to reach the market of the town, underscoring the mood on the coast."
)
SHORT = "Maren Sol, who leads the harbour board, opened the pier of Kessin."
NAMES = "Maren Sol", "Ada Kell", "Peter Lund", "Boris Hahn", "Ivo Brandt", "Nils Arden", "Piet Haan"
ROLES = "judge", "nurse", "baker", "miner", "farmer", "guard", "clerk"
TASKS = pipeline.tasks()


def chosen(one: Document, *numbers: int) -> list[Chosen]:
    found = []
    for number in numbers or list(one.body()):
        plan = rewrite(one, number)
        assert isinstance(plan, Rewrite), plan
        found.append(Chosen(one, plan, 1.0))
    return found


def run(some: Sequence[Chosen], model: FakeModel, tally: Tally | None = None) -> tuple[list[Made], list[Omission]]:
    return summarize(
        some,
        judge=Judge(model, TASKS, tally=tally or Tally()),
        progress=Silent(),
    )


@pytest.fixture
def long(parser: Parser) -> list[Chosen]:
    found = chosen(document(LONG, parser))
    assert len(LONG.split()) > WHOLE
    assert len(found[0].rewrite.optional) == 3
    return found


def test_a_short_sentence_asks_nobody_and_stays_whole(parser: Parser) -> None:
    model = FakeModel(shortest)
    made, omitted = run(chosen(document(SHORT, parser)), model)
    assert ([one.claim.text for one in made], omitted) == ([SHORT], [])
    assert not model.calls
    assert not model.questions
    assert made[0].claim.gates == MADE
    assert made[0].claim.support == 1.0


@pytest.mark.parametrize(("words", "asked"), [(35, 0), (36, 1)])
def test_a_sentence_of_over_35_words_is_shortened(parser: Parser, words: int, asked: int) -> None:
    text = f"Maren Sol, who leads the harbour board, closed the {'old ' * (words - 14)}pier of Velm on Monday."
    (one,) = chosen(document(text, parser))
    assert len(text.split()) == words
    assert one.rewrite.optional
    model = FakeModel()
    run([one], model)
    assert len(model.calls) == asked


def test_a_long_sentence_without_parts_that_may_go_asks_nobody(parser: Parser) -> None:
    text = "The council of Kessin voted on Monday " + "to close a school and to open a road " * 4 + "in the spring."
    model = FakeModel()
    made, _ = run(chosen(document(text, parser)), model)
    assert [one.claim.text for one in made] == [text]
    assert model.calls == []


def test_the_model_chooses_among_licensed_texts_and_the_first_is_the_whole(long: list[Chosen]) -> None:
    model = FakeModel(whole)
    made, _ = run(long, model)
    (call,) = model.calls
    texts = choices(call)
    assert texts[0] == LONG
    assert call.prompt.text == LONG
    assert call.task == "shorten"
    assert len(texts) == len(set(texts)) == 2 ** len(long[0].rewrite.optional)
    sentence = long[0].document.sentence(1)
    subsets = {edited(LONG, sentence.start, cut) for cut in _subsets(long[0].rewrite.optional)}
    assert set(texts) == subsets
    assert (made[0].claim.text, made[0].claim.gates) == (LONG, MADE)  # nothing was cut, nothing is judged
    assert not model.questions


def _subsets(optional: Sequence[Edit]) -> list[list[Edit]]:
    found: list[list[Edit]] = [[]]
    for edit in optional:
        found += [[*some, edit] for some in found]
    return found


def test_what_it_chose_is_the_claim_with_its_cuts_recorded(long: list[Chosen]) -> None:
    model, tally = FakeModel(shortest), Tally()
    (one,), omitted = run(long, model, tally)
    claim = one.claim
    assert omitted == []
    assert claim.text == min(choices(model.calls[0]), key=len)
    assert {edit.reason for edit in claim.edits} == {edit.reason for edit in long[0].rewrite.optional}
    assert edited(claim.citations[0].quote, claim.citations[0].start, claim.edits) == claim.text
    assert all(gate.passed for gate in check(claim, {"made": long[0].document}))
    assert (claim.gates, claim.support) == ((*MADE, JUDGE), 0.9)
    assert "300 lorries" in claim.text
    assert "Monday" in claim.text
    assert tally.usage.generated == 5
    assert tally.passed[JUDGE] == tally.reached[JUDGE] == 1


def test_the_judge_reads_the_raw_sentence(long: list[Chosen]) -> None:
    model = FakeModel(shortest)
    run(long, model)
    (question,) = model.questions
    assert question.task == "support"
    assert LONG in question.prompt.shared
    assert choices(model.calls[0])[0] not in question.prompt.text


@pytest.mark.parametrize("answer", [0.1, 0.69, None, float("nan")])
def test_what_the_judge_does_not_accept_leaves_the_whole_sentence(long: list[Chosen], answer: float | None) -> None:
    (one,), omitted = run(long, FakeModel(shortest, believe=lambda question: answer))
    assert (one.claim.text, one.claim.edits, one.claim.gates, one.claim.support, omitted) == (LONG, (), MADE, 1.0, [])


def _reply(text: str, finish: str = "stop") -> Reply:
    return Reply(text, finish)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "reply",
    [
        _reply(json.dumps({"claim": "Maren Sol closed the pier."})),  # no text that was allowed
        _reply(json.dumps({"claim": LONG[:-1]})),
        _reply(json.dumps({"claim": LONG, "more": 1})),
        _reply(json.dumps({"claim": ""})),
        _reply(json.dumps([LONG])),
        _reply("no JSON"),
        _reply(""),
        _reply('{"claim": "Maren'),
        _reply(json.dumps({"claim": "Maren Sol told the council."}), "length"),
        _reply("", "error"),
    ],
)
def test_a_reply_that_is_none_of_the_texts_leaves_the_whole_sentence(long: list[Chosen], reply: Reply) -> None:
    model = FakeModel(lambda call: reply)
    (one,), omitted = run(long, model)
    assert (one.claim.text, one.claim.edits, omitted) == (LONG, (), [])
    assert not model.questions


def test_a_reply_that_was_cut_off_counts_for_nothing_even_where_it_is_one_of_the_texts(long: list[Chosen]) -> None:
    (one,), _ = run(long, FakeModel(shortest, finish="length"))
    assert one.claim.text == LONG


def test_straight_marks_and_backslashes_are_chosen_by_their_plain_form(parser: Parser) -> None:
    text = LONG.replace("to all ferries", 'to "all" ferries of A\\B')
    some = chosen(document(text, parser))
    model = FakeModel(shortest)
    (one,), _ = run(some, model)
    assert "“all” ferries of A B" in choices(model.calls[0])[0]
    assert '"all" ferries of A\\B' in one.claim.text


def test_claims_come_in_the_order_of_the_sentences_and_what_is_refused_is_omitted_with_its_reason(parser: Parser) -> None:
    one = document(f"{SHORT}\n\n{LONG}\n\nNobody was hurt in the fire.", parser)
    some = chosen(one)
    forged = some[0]._replace(
        rewrite=some[0].rewrite._replace(needed=(Edit(start=0, end=5, text="Ada", reason="whom it means"),)),
    )
    tally = Tally()
    made, omitted = run([some[2], forged, some[1]], FakeModel(shortest), tally)
    assert [item.chosen.rewrite.number for item in made] == [3, 2]
    assert [(o.article, o.sentence) for o in omitted] == [("made", 1)]
    assert omitted[0].reason.startswith("licensed: no claim may change “Maren”")
    assert tally.reached["licensed"] - tally.passed["licensed"] == 1


def test_a_forged_cut_that_the_model_chose_leaves_the_whole_sentence(long: list[Chosen]) -> None:
    """Even a part that should never have been offered changes nothing: what is checked is the record."""
    at = LONG.index(" on Monday")
    forged = long[0].rewrite._replace(optional=(Edit(start=at, end=at + len(" on Monday"), reason="aside"),))
    (one,), omitted = run([long[0]._replace(rewrite=forged)], FakeModel(shortest))
    assert (one.claim.text, omitted) == (LONG, [])


def test_of_many_parts_five_are_offered(parser: Parser) -> None:
    people = ", ".join(f"{name} (a {role})" for name, role in zip(NAMES, ROLES, strict=True))
    text = f"{people} and others met in the old town hall of Kessin to vote on the new bridge over the river and on the road to the port."
    some = chosen(document(text, parser))
    assert len(some[0].rewrite.optional) > 5
    model = FakeModel(shortest)
    run(some, model)
    assert [len(choices(call)) for call in model.calls] == [32]


def test_nothing_chosen_asks_nothing() -> None:
    model = FakeModel()
    assert run([], model) == ([], [])
    assert not model.calls


def test_the_claim_carries_what_its_article_says_of_itself(parser: Parser) -> None:
    one = document(f"Published: 25 November 2026\n\n{SHORT}", parser, "port")
    (made,), _ = run(chosen(one), FakeModel())
    assert (made.claim.id, made.claim.published, made.claim.kind, made.claim.verbatim) == ("port-s2", "2026-11-25", "fact", False)
    assert made.claim.citations == (one.article.cite(2),)


def test_no_order_in_a_question_reaches_the_system_message(parser: Parser) -> None:
    """Article text is data: it stands in the last message only."""
    model = FakeModel(shortest)
    run(chosen(document(LONG, parser)), model)
    requests: list[Call | Question] = [*model.calls, *model.questions]
    assert all("Maren Sol" not in request.prompt.system for request in requests)


def test_support_is_told_in_thousandths(long: list[Chosen]) -> None:
    (one,), _ = run(long, FakeModel(shortest, believe=lambda question: 0.87654))
    assert one.claim.support == 0.877
