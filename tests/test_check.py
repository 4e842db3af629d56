"""Any claim against any sources: the verdict, what it rests on, and what a claims file may hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import check as checks
from briefing import pipeline
from briefing.check import Asked, Sources, one_text, read_claims, sentences
from briefing.errors import UsageError
from briefing.language.base import Parser
from briefing.model.base import Question
from briefing.stages.judging import Judge
from briefing.stages.plain import FORM, GATES
from briefing.stages.support import JUDGE
from briefing.types import Verdict
from tests.stages.fakes import EVEN, FakeModel, Lent, made

TEXT = (
    "Mayor Ines Calder said on Tuesday that 300 workers returned to the port of Aster. Pat Quill of the union praised the owners of the "
    "ferries.\n\nThe port of Aster fined the ferry company of Brell. The ferry from Aster to Brell carried 85 passengers."
)
TRUE = "Ines Calder said that 300 workers returned to the port of Aster."
PRAISE = "Pat Quill praised the owners of the ferries."
FERRY = "The ferry to Brell carried 85 passengers."
ELSEWHERE = "Oslo banned whaling in the northern fjords."
PASSIVE = "The ferry company of Brell was fined by the port of Aster."
EXCHANGED = "The ferry company of Aster was fined by the port of Brell."
TASKS = pipeline.tasks(pipeline.CHECKED)

Believe = Callable[[Question], float | None]


@pytest.fixture(scope="module", autouse=True)
def lent(parser: Parser) -> None:
    """Lend the session's parser to the functions of this module."""
    Lent.parser = parser


def sure(question: Question) -> float:
    return 0.9


def unless(text: str, answer: float | None) -> Believe:
    return lambda question: answer if text in question.prompt.text else 0.9


def verdicts(asked: list[Asked], given: Sources | None = None, believe: Believe = sure, model: FakeModel | None = None) -> list[Verdict]:
    judge = Judge(model or FakeModel(believe=believe), TASKS)
    return list(checks.check(asked, given, parser=Lent.parser, judge=judge, thresholds=EVEN))


def verdict(claim: str, text: str = TEXT, believe: Believe = sure, model: FakeModel | None = None) -> Verdict:
    (found,) = verdicts([Asked("1", claim)], one_text(text), believe, model)
    return found


def refusing(found: Verdict) -> set[str]:
    return {gate.name for gate in found.gates if not gate.passed}


# One claim


def test_a_supported_claim_has_its_score_its_gates_and_its_sentences() -> None:
    found = verdict(TRUE)
    assert (found.id, found.claim) == ("1", TRUE)
    assert (found.supported, found.relation, found.support) == (True, "supported", 0.9)
    assert [gate.name for gate in found.gates] == [*GATES, JUDGE]
    assert [(cited.article, cited.sentence) for cited in found.sentences] == [("source", 1)]
    assert TEXT[found.sentences[0].start : found.sentences[0].end] == found.sentences[0].quote


@pytest.mark.parametrize(
    ("claim", "relation", "gate"),
    [
        (TRUE.replace("300", "400"), "unsupported", "numbers"),
        (TRUE.replace("Ines Calder", "Joan Bell"), "unsupported", "names"),
        (TRUE.replace("returned", "never returned"), "contradicted", "negation"),
        (EXCHANGED, "contradicted", "actors"),
        (ELSEWHERE, "not mentioned", "whole"),
        ("It is so.", "not mentioned", "whole"),
        ("…", "not mentioned", "whole"),
    ],
)
def test_what_is_refused_says_how_the_sources_stand_to_it(claim: str, relation: str, gate: str) -> None:
    found = verdict(claim, believe=unless(EXCHANGED, 0.8))
    assert (found.supported, found.relation) == (False, relation)
    assert gate in refusing(found)


def test_what_the_judge_alone_refuses_is_unsupported() -> None:
    found = verdict(TRUE, believe=lambda question: 0.2)
    assert (found.supported, found.relation, found.support, refusing(found)) == (False, "unsupported", 0.2, {JUDGE})


def test_a_missing_answer_is_no_number_and_no_support() -> None:
    for claim in (TRUE, f"{PRAISE} {TRUE}"):
        found = verdict(claim, believe=unless(TRUE, None))
        assert (found.supported, found.relation, found.support, refusing(found)) == (False, "unsupported", None, {JUDGE})


def test_what_nothing_carries_is_not_supported_however_sure_the_judge_is() -> None:
    for claim, text in (("They met there today.", ""), ("It is so.", TEXT), (TRUE, "市長は述べた。"), (f"{PRAISE} So it is.", TEXT)):
        found = verdict(claim, text, believe=lambda question: 1.0)
        assert (found.supported, found.relation) == (False, "not mentioned")
        assert "whole" in refusing(found)


# Form


@pytest.mark.parametrize(
    ("claim", "gate"),
    [
        ("Ferry passengers", "whole"),
        ("The ferry to “Brell carried 85 passengers.", "whole"),
        ("The disgraceful ferry to Brell carried 85 passengers.", "neutral"),
        (f"The disgraceful {PASSIVE[4:]}", "neutral"),
    ],
)
def test_the_form_of_a_claim_decides_nothing(claim: str, gate: str) -> None:
    found = verdict(claim, believe=unless(EXCHANGED[4:], 0.1))
    assert gate in FORM
    assert refusing(found) == {gate}
    assert (found.supported, found.relation) == (True, "supported")


# Several sentences


def test_the_worst_sentence_decides() -> None:
    assert verdict(f"{PRAISE} {FERRY}").supported
    found = verdict(f"{PRAISE} {FERRY.replace('85', '86')}")
    assert (found.supported, found.relation, refusing(found)) == (False, "unsupported", {"numbers"})
    assert next(gate.detail for gate in found.gates if gate.name == "numbers") == "“86” is not in the cited sentences"
    assert [cited.sentence for cited in found.sentences] == [2, 4]
    assert verdict(f"{PRAISE} {ELSEWHERE}").relation == "not mentioned"
    assert verdict(f"{PRAISE} {FERRY}", believe=unless("85", 0.4)).support == 0.4
    assert not verdict(f"{PRAISE} {FERRY}", believe=unless("85", 0.4)).supported


def test_a_sentence_that_is_supported_says_nothing_of_the_one_that_is_not() -> None:
    loose = "The union's Pat Quill had warm words for ferry owners."
    assert verdict(loose).supported
    assert verdict(f"{loose} {TRUE.replace('returned', 'never returned')}").relation == "contradicted"


def test_a_cause_that_the_sources_do_not_give_refuses_a_claim_in_quite_other_words() -> None:
    loose = "The union's Pat Quill had warm words for ferry owners"
    found = verdict(f"{loose} because of the storm.")
    assert found.free
    assert (found.supported, refusing(found)) == (False, {"cause"})


STUDY = "Ada Reth led the study of the bay. Olav Dane, who had no part in the study, said the bay was warm."


def test_who_led_it_is_looked_for_by_a_short_verb() -> None:
    assert verdict("Ada Reth led the study.", STUDY).supported
    assert "actors" in refusing(verdict("Olav Dane led the study.", STUDY))


LEAGUE = "League table\n\n| Team | Played | Points |\n| --- | --- | --- |\n| Velm | 12 | 27 |\n| Tarn | 11 | 22 |\n\nTarn lost in Velm."


@pytest.mark.parametrize(("claim", "held"), [("Tarn has 22 points.", True), ("Tarn has 27 points.", False), ("Tarn has 11 points.", False)])
def test_a_row_of_a_table_says_what_its_header_says(claim: str, *, held: bool) -> None:
    assert verdict(claim, LEAGUE).supported is held


LISTED = "The union wants three things:\n\n- a pay rise of 6 percent\n- free travel for families\n\nThe company agreed to talks."


def test_an_item_of_a_list_is_read_behind_its_lead_in() -> None:
    assert verdict("The union wants a pay rise of 6 percent.", LISTED).supported
    assert "The union wants three things: a pay rise of 6 percent" in one_text(LISTED).index.find("A pay rise of 6 percent.").context


SAID = "Joan Trevis leads the fishers of Velm. She said that sales fell by a third. “We are sorry,” said Alan Petrie of Norrbus."


def test_she_is_whom_the_sentence_before_names() -> None:
    assert verdict("Joan Trevis said that sales fell by a third.", SAID).supported
    assert "speaker" in refusing(verdict("Alan Petrie said that sales fell by a third.", SAID))


def test_a_sentence_that_carries_two_is_named_once() -> None:
    assert [cited.sentence for cited in verdict(f"{TRUE} {TRUE}").sentences] == [1]


def test_a_claim_that_no_sentences_carry_is_judged_whole_beside_a_stretch_of_text() -> None:
    claim, model = f"{PRAISE} The warm weather brought many cheerful visitors to the port of Aster.", FakeModel(believe=sure)
    assert verdict(claim, model=model).free
    assert [question.task for question in model.questions] == ["whole"]
    (asked,) = model.questions
    assert claim in asked.prompt.text
    assert " ".join(TEXT.split()) in asked.prompt.shared
    close = FakeModel(believe=sure)
    assert not verdict(f"{PRAISE} {FERRY}", model=close).free
    assert [question.task for question in close.questions] == ["support"] * 2


@pytest.mark.parametrize("answer", [float("nan"), -0.5, 1.5, float("inf")])
def test_what_is_no_probability_is_no_answer(answer: float) -> None:
    found = verdict(TRUE, believe=lambda question: answer)
    assert (found.support, refusing(found), found.gates[-1].detail) == (None, {JUDGE}, "no answer")


def test_claims_keep_their_order_whatever_the_order_of_the_answers() -> None:
    asked = [Asked(str(n), TRUE.replace("300", str(n))) for n in range(290, 310)]
    found = verdicts(asked, one_text(TEXT), lambda question: int(question.prompt.text.partition("that ")[2][:3]) / 1000)
    assert [one.support for one in found] == [n / 1000 for n in range(290, 310)]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (f"{PRAISE}\n\n{FERRY}", [PRAISE, FERRY]),
        (f"  {PRAISE}\r\n", [PRAISE]),
        ("Mr. Bell left the U.S. on Monday.", ["Mr. Bell left the U.S. on Monday."]),
        ("no stop", ["no stop"]),
        ("…", ["…"]),
        (" ", [""]),
    ],
)
def test_the_sentences_of_a_claim(claim: str, expected: list[str]) -> None:
    assert sentences(claim) == expected


# Sources


def test_a_claim_is_held_to_its_own_source_where_it_has_one() -> None:
    asked = [
        Asked("a", TRUE),
        Asked("b", TRUE, "It rained in Dorn all day."),
        Asked("c", "It rained in Dorn.", "It rained in Dorn all day."),
    ]
    found = verdicts(asked, Sources([made(TEXT, "news")]))
    assert [(one.id, one.supported) for one in found] == [("a", True), ("b", False), ("c", True)]
    assert [one.sentences[0].article if one.sentences else "" for one in found] == ["news", "", "source"]


def test_a_claim_without_any_source_is_a_mistake_of_use() -> None:
    with pytest.raises(UsageError, match="claim b: no sources to check it against") as caught:
        verdicts([Asked("a", "It rained.", "It rained."), Asked("b", TRUE)])
    assert caught.value.hint == "name them with --sources"


def test_the_sentences_may_stand_in_several_articles() -> None:
    first, second = TEXT.split("\n\n")
    found = verdicts([Asked("1", f"{TRUE} {FERRY}")], Sources([made(first, "one"), made(second, "two")]))
    assert found[0].supported
    assert {cited.article for cited in found[0].sentences} == {"one", "two"}


def test_order_is_that_of_the_claims() -> None:
    asked = [Asked(str(n), TRUE if n % 3 else ELSEWHERE) for n in range(20)]
    assert [(one.id, one.supported) for one in verdicts(asked, one_text(TEXT))] == [(str(n), bool(n % 3)) for n in range(20)]


def test_quotation_marks_of_both_kinds_are_the_same() -> None:
    text = "Ines Calder said the port was “not quite ready” on Tuesday."
    for marks in ("“{}”", '"{}"'):
        assert verdict(f"Ines Calder said the port was {marks.format('not quite ready')}.", text).supported
        assert "quotation" in refusing(verdict(f"Ines Calder said the port was {marks.format('not yet ready')}.", text))
    curly = "The mayor’s office didn’t open on Tuesday."
    assert verdict(curly.replace("’", "'"), curly).supported


def test_line_ends_and_a_mark_of_byte_order_change_nothing() -> None:
    assert verdict(TRUE.replace(" of", "\r\nof"), "\ufeff" + TEXT.replace("\n", "\r\n")).supported


def test_what_cannot_be_encoded_is_replaced() -> None:
    found = verdicts([Asked("\udcff", "Ships \ud800 sailed to Brell.", "Ships \ud800 sailed to Brell.")])[0]
    assert (found.id, found.claim, found.supported) == ("?", "Ships ? sailed to Brell.", True)
    assert json.loads(found.model_dump_json())["id"] == "?"


PARTS = [TRUE, PRAISE, FERRY, PASSIVE, ELSEWHERE, "“", "”", '"', "said", "not", "they", "86", "\n", ".", "🎉", "\u202e", "市長", "a" * 3000]
TEXTS = st.text() | st.lists(st.sampled_from(PARTS), max_size=6).map(" ".join)


@given(TEXTS, TEXTS, st.sampled_from([None, 0.0, 0.69, 1.0]))
def test_no_text_breaks_it(claim: str, text: str, answer: float | None) -> None:
    found = verdict(claim, text, believe=lambda question: answer)
    assert found.claim == claim
    assert found.supported == (found.relation == "supported")
    assert found.supported <= (not refusing(found) - FORM)
    assert found.supported <= bool(found.sentences)
    assert found.supported <= (answer == 1.0)
    assert (found.support is None) == (answer is None)
    assert not any("check itself failed" in gate.detail for gate in found.gates)
    assert Verdict.model_validate_json(found.model_dump_json()) == found


# A claims file


def test_a_claims_file_is_read_line_by_line() -> None:
    lines = ['{"id": "a", "claim": "One."}', "", '{"claim": "Two.", "source": "Text.", "label": 1}', '  {"id": 7, "claim": "Three."}  ']
    expected = [Asked("a", "One."), Asked("3", "Two.", "Text."), Asked("7", "Three.")]
    for end in ("\n", "\r\n", "\r"):
        assert read_claims(end.join(lines), "f") == expected
        assert read_claims(end.join(lines) + end, "f") == expected


def test_what_ends_a_line_elsewhere_does_not_end_it_in_a_claim() -> None:
    claim = "One\u2028two\u2029three\x85four\x1c."
    assert read_claims(json.dumps({"claim": claim}, ensure_ascii=False), "f") == [Asked("1", claim)]


@pytest.mark.parametrize(
    ("given", "name"), [("null", "1"), ('"x"', "x"), ("7", "7"), ("[1]", "[1]"), ('""', ""), ('"é"', "é"), ("true", "true")]
)
def test_an_id_is_shown_as_it_is_written(given: str, name: str) -> None:
    assert read_claims(f'{{"id": {given}, "claim": "One."}}', "f")[0].id == name


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("no json", "f: line 2 is not JSON"),
        ('{"claim": "cut', "f: line 2 is not JSON"),
        ('{"claim": "a"} {"claim": "b"}', "f: line 2 is not JSON"),
        ("[" * 100_000, "f: line 2 is not JSON"),
        ('"claim"', "f: line 2 has no claim"),
        ("[]", "f: line 2 has no claim"),
        ("{}", "f: line 2 has no claim"),
        ('{"claim": 7}', "f: line 2 has no claim"),
        ('{"claim": " "}', "f: line 2 has no claim"),
        ('{"claim": null}', "f: line 2 has no claim"),
        ('{"claim": "One.", "source": ["Text."]}', 'f: line 2: "source" is not a text'),
    ],
)
def test_a_wrong_line_is_named(line: str, error: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_claims('{"claim": "One."}\n' + line, "f")
    assert str(caught.value) == error
    assert caught.value.hint.startswith('a line is {"id"')


@pytest.mark.parametrize("text", ["", "\n\n", " \r\n"])
def test_a_file_without_claims(text: str) -> None:
    with pytest.raises(UsageError, match="f: no claims in it"):
        read_claims(text, "f")


@given(st.text())
def test_no_claims_file_breaks_it(text: str) -> None:
    with suppress(UsageError):
        assert read_claims(text, "f")


@given(st.lists(st.tuples(st.text(), st.text().filter(str.strip), st.text()), min_size=1))
def test_what_is_written_as_json_lines_is_read(rows: list[tuple[str, str, str]]) -> None:
    lines = [json.dumps(dict(zip(("id", "claim", "source"), row, strict=True)), ensure_ascii=False) for row in rows]
    assert read_claims("\n".join(lines), "f") == [Asked(*row) for row in rows]
