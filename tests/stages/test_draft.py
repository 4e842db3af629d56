"""The grammar of a draft: what a claim about a sentence may be, and nothing else."""

import json
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model.base import Reply
from briefing.model.task import Example
from briefing.pipeline import tasks
from briefing.stages import draft
from briefing.stages.gates import check
from briefing.stages.plan import Plan, plan
from briefing.text.clauses import Part, parts, timeless, without_filler
from briefing.text.reference import Reader
from tests.stages.fakes import seeds

EXAMPLES = tasks()["draft"].examples


def accepts(found: tuple[Part, ...] | list[Part], claim: str) -> bool:
    return re.fullmatch(draft.pattern(found).replace(r"\/", "/"), claim) is not None


@cache
def plans() -> list[tuple[Reader, Plan]]:
    found: list[tuple[Reader, Plan]] = []
    for article in seeds():
        reader = Reader(article)
        for sentence in article.sentences:
            made = plan(reader, sentence.number) if sentence.role.value == "body" else ""
            if isinstance(made, Plan) and made.parts:
                found.append((reader, made))
    return found


def _plan(sentence: str) -> Plan:
    return Plan(1, (1,), sentence, tuple(parts(timeless(without_filler(sentence)))), "", "fact", direct=False)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.reply[10:40])
def test_the_worked_examples_are_what_the_grammar_allows_and_pass_the_gates(example: Example) -> None:
    sentence, reply = example.fields["sentence"], example.reply
    claim = json.loads(reply)["claim"]
    assert accepts(parts(timeless(without_filler(sentence))), claim)
    read = draft.read(Reply(reply, "stop"), _plan(sentence))
    assert read == claim.strip()
    refused = [gate for gate in check(claim.strip(), [sentence], [sentence]) if not gate.passed]
    assert not refused


def test_the_examples_of_the_other_prompts_answer_yes_or_no() -> None:
    for name in ("support", "same", "conflict"):
        assert {example.reply.strip().casefold() for example in tasks()[name].examples} <= {"yes", "no"}


def test_nothing_new_can_be_written_and_nothing_needed_dropped() -> None:
    found = parts("Norway refused to sell over 30 ports, which Oslo owns, to Denmark, the minister said.")
    whole = "".join(f" {piece.text}" for part in found for piece in part.pieces) + "."
    assert accepts(found, whole)
    for old, new in [
        (" 30", " 31"),
        (" Norway", " Sweden"),
        (" refused", ""),
        (" over", ""),
        (" said", ""),
        (" sell", " sell not"),
        (".", ""),
    ]:
        assert old in whole
        assert not accepts(found, whole.replace(old, new, 1)), new


@settings(deadline=None)
@given(st.data())
def test_a_draft_keeps_what_its_parts_need_and_adds_nothing(data: st.DataObject) -> None:
    _, made = data.draw(st.sampled_from(plans()))
    kept = [part for part in made.parts if part.main or data.draw(st.booleans())]
    pieces = [(piece, piece.needed or data.draw(st.booleans())) for part in kept for piece in part.pieces]
    claim = "".join(f" {draft._plain(piece.text)}" for piece, stays in pieces if stays) + "."
    assert accepts(made.parts, claim)
    needed = [piece for part in made.parts if part.main for piece in part.pieces if piece.needed]
    for piece in needed:
        if claim.count(f" {draft._plain(piece.text)}") == 1:
            assert not accepts(made.parts, claim.replace(f" {draft._plain(piece.text)}", "", 1))
    at = data.draw(st.integers(0, len(pieces)))
    words_ = claim[:-1].split(" ")
    intruder = data.draw(st.sampled_from(["Atlantis", "7421", "zeppelin"]))
    assert not accepts(made.parts, " ".join([*words_[: at + 1], intruder, *words_[at + 1 :]]) + ".")


def test_the_gates_pass_what_the_grammar_of_the_seeds_allows_in_full() -> None:
    for reader, made in plans():
        if made.direct:
            continue
        claim = made.text.replace('"', "”") if made.text.count('"') % 2 else made.text
        quotes = [reader.text(number) for number in made.sentences]
        refused = [g for g in check(claim, quotes, [reader.article.text], speaker=made.speaker) if not g.passed]
        assert not [g for g in refused if g.name not in {"whole", "negation", "doubt", "neutral"}], (claim, refused)


def test_a_reply_is_an_object_whose_claim_is_held_to_the_pattern() -> None:
    for _, made in plans():
        held = json.loads(draft.schema(made.parts))
        assert held["properties"]["claim"]["pattern"] == f"^{draft.pattern(made.parts)}$"
        assert held["required"] == list(held["properties"]) == ["claim"]
        assert '"' not in draft.pattern(made.parts)


@pytest.mark.parametrize("again", [False, True])
def test_the_second_request_leaves_out_what_may_be_left_out(again: bool) -> None:
    _, made = next((r, p) for r, p in plans() if any(not part.main for part in p.parts))
    asked = draft.call(tasks()["draft"], made, again=again)
    side = next(part for part in made.parts if not part.main)
    assert (draft._plain(" ".join(piece.text for piece in side.pieces)) in asked.prompt.text.replace(",", "")) is not again
    assert '"' not in asked.prompt.text
    held = json.loads(asked.constraint.schema)["properties"]["claim"]["pattern"]
    assert (draft._part(side) in held) is not again


@pytest.mark.parametrize(
    "reply",
    [
        Reply('{"claim":" A claim.', "length"),
        Reply("", "error", error="gone"),
        Reply("not json", "stop"),
        Reply('{"claim":""}', "stop"),
        Reply('{"claim":" x.","more":1}', "stop"),
        Reply('{"other":" x."}', "stop"),
        Reply('{"claim":"   "}', "stop"),
    ],
)
def test_what_did_not_end_or_was_not_asked_for_is_no_claim(reply: Reply) -> None:
    assert draft.read(reply, _plan("A claim of x.")) is None


@pytest.mark.parametrize("claim", ["Lavrov rejected the terms.", "The terms rejected Moscow.", "Moscow rejected the new terms.", "—."])
def test_a_reply_of_a_model_that_left_its_grammar_is_no_claim(claim: str) -> None:
    assert draft.read(Reply(json.dumps({"claim": f" {claim}"}), "stop"), _plan("Moscow rejected the terms.")) is None


def test_a_reply_begins_with_a_capital_and_ends_once() -> None:
    assert draft.read(Reply('{"claim":" he spoke of “peace.”."}', "stop"), _plan("Then he spoke of “peace.”")) == "He spoke of “peace.”"
