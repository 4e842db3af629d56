"""What each gate says of a claim, that none breaks, and what is left of them without a parse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.base import Parse, Parser
from briefing.stages import plain
from briefing.stages.plain import FORM, GATES, refusals
from tests.stages.fakes import Lent

TEXT = (
    "Between 20 and 30 people were hurt in Velm on Sunday, the fire service said.",
    "Former minister Dara Holm sued Norrline in May.",
    "Police suspect Piet Haan of setting the fire.",
    "The council called the delay “a nuisance, not a scandal”.",
)


@pytest.fixture(scope="module", autouse=True)
def lent(parser: Parser) -> None:
    """Lend the session's parser to the functions of this module."""
    Lent.parser = parser


def refused(claim: str, *evidence: str) -> dict[str, str]:
    told, *parses = Lent.parser.parse([claim, *(evidence or TEXT)])
    return {gate.name: gate.detail for gate in refusals(told, parses) if not gate.passed}


@pytest.mark.parametrize(
    ("claim", "gate", "detail"),
    [
        ("Too short.", "whole", "too short to say anything"),
        ("The council called the delay “a scandal for the town”.", "quotation", "“a scandal for the town” is not in the cited sentences"),
        ("Between 25 and 30 people were hurt in Velm on Sunday.", "numbers", "“25 and 30” is not in the cited sentences"),
        ("Former minister Ida Holm sued Norrline in May.", "names", "“Ida” is not named in the cited sentences"),
        ("Minister Dara Holm sued Norrline in May.", "titles", "“former minister” lost its “former”"),
        ("Norrline sued former minister Dara Holm in May.", "actors", "“Norrline” has another part in “sued” in the cited sentences"),
        ("Piet Haan did not set the fire, police suspect.", "negation", "“set” is denied, and not in the cited sentences"),
        ("Piet Haan set the fire.", "doubt", "“set” is only alleged in the cited sentences"),
        ("Former minister Dara Holm sued Norrline in June.", "time", "“June” is not in the cited sentences"),
        ("All the people hurt in Velm on Sunday were 20 to 30.", "quantity", "nothing in the cited sentences says “all”"),
        ("Dara Holm sued Norrline because people were hurt.", "cause", "the cited sentences give no cause"),
        ("The disgraceful council called the delay a nuisance.", "neutral", "loaded wording: “disgraceful”"),
    ],
)
def test_a_refusal_is_one_clear_line(claim: str, gate: str, detail: str) -> None:
    assert refused(claim)[gate] == detail


def test_a_part_without_any_word_of_the_sentences_is_refused() -> None:
    found = refused("Former minister Dara Holm sued Norrline with borrowed savings and family jewels.", TEXT[1])
    assert found["matter"].startswith("nothing in the cited sentences is said of “with borrowed savings")


def test_whose_words_they_are() -> None:
    said = "The plan is a gift to landlords, tenant leader Rosa Vidal said, while banker Lea Kohn said it would help the poor."
    assert refused("Rosa Vidal said the plan is a gift to landlords.", said) == {}
    assert "speaker" in refused("Lea Kohn said the plan is a gift to landlords.", said)
    assert refused("The plan is a gift to landlords.", said) == {"speaker": "lost that Rosa Vidal says it"}
    assert refused("Between 20 and 30 people were hurt in Velm on Sunday.") == {}


def test_every_gate_is_told_in_its_order() -> None:
    told, *parses = Lent.parser.parse([TEXT[0], *TEXT])
    assert [gate.name for gate in refusals(told, parses)] == list(GATES)
    assert set(GATES) > FORM


def test_a_fuller_form_of_a_name_may_be_of_the_article() -> None:
    told, evidence = Lent.parser.parse(["Dara Holm sued Norrline in May.", "Holm sued Norrline in May."])
    assert next(gate.passed for gate in refusals(told, [evidence], "Dara Holm lives in Velm.") if gate.name == "names")
    assert not next(gate.passed for gate in refusals(told, [evidence], "Ida Holm lives in Velm.") if gate.name == "names")


def test_without_a_parse_form_quotations_and_numbers_are_left() -> None:
    told = Parse("Norrline sued Dara Holm, and 40 people “were there”.")
    found = {gate.name for gate in refusals(told, [Parse(text) for text in TEXT]) if not gate.passed}
    assert found == {"quotation", "numbers"}


def test_a_gate_that_breaks_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(pair: object) -> str:
        raise ValueError

    monkeypatch.setitem(plain.GATES, "names", broken)
    assert refused(TEXT[0]) == {"names": "the check itself failed: ValueError"}


def test_without_evidence_nothing_stands() -> None:
    told, *_ = Lent.parser.parse([TEXT[0]])
    assert {gate.name for gate in refusals(told, []) if not gate.passed} == {"whole"}


PARTS = st.lists(
    st.sampled_from([*TEXT, "not", "said", "“", "”", '"', "40", "who", "but", ",", "\n", "🎉", "市長", "because"]), max_size=5
).map(" ".join)


@given(PARTS | st.text(), st.lists(PARTS | st.text(), max_size=3))
def test_no_text_breaks_it(claim: str, evidence: list[str]) -> None:
    told, *parses = Lent.parser.parse([claim, *evidence])
    assert not any("check itself failed" in gate.detail for gate in refusals(told, parses))


@given(st.sampled_from(TEXT))
def test_a_sentence_follows_from_itself(text: str) -> None:
    assert refused(text, text) == {}


# The numbers of this stage

LEA = "The plan is a gift to landlords, tenant leader Rosa Vidal said, while banker Lea Kohn said the plan would help the poor."
HEDGED = "The storm probably damaged 14 ships in Velm."


@pytest.mark.parametrize(
    ("claim", "evidence", "gate", "stands"),
    [
        # a part is compared by five letters, and of one word nothing is asked
        ("Dara Holm sued Norrline with borrowed jewels.", "Dara Holm, a borrower, sued Norrline.", "matter", True),
        ("Former minister Dara Holm sued Norrline with glee.", TEXT[1], "matter", True),
        # what makes another title of one stands up to five words before it, or right behind it
        ("Deputy state minister Dara Holm sued.", "Former deputy state minister Dara Holm sued.", "titles", False),
        ("President Dara Holm sued Norrline.", "President-elect Dara Holm sued Norrline.", "titles", False),
        ("The president of Velm met the council.", "The president of Velm met the council to elect a chair.", "titles", True),
        # a bound of two digits is a round number, one of more is exact
        ("More than 40 ships left Velm.", "In all, 43 ships left Velm.", "numbers", True),
        ("More than 4,137 ships left Velm.", "In all, 4,201 ships left Velm.", "numbers", False),
        ("Dara Holm sued Norrline on Sept. 3.", "Dara Holm sued Norrline on September 3.", "time", True),
        ("Dara Holm sued Norrline in June.", "Dara Holm sued Norrline in July.", "time", False),
        # a contrary by its beginning is of a word of more than three letters
        ("The owner was willing to sell.", "The owner was unwilling to sell.", "negation", False),
        ("The bridge was usable.", "The bridge was unusable.", "negation", False),
        ("It sold the ship of Velm.", "The unit sold the ship of Velm.", "negation", True),
        # who repeats what stands beside a hedge has dropped it
        ("The storm damaged 14 ships in Velm.", HEDGED, "doubt", False),
        ("Some ships left Velm.", HEDGED, "doubt", True),
        ("The firm named the leader of the gang.", "The firm named the alleged leader of the gang.", "doubt", False),
        # whose words they are
        ("Lea Kohn said the plan is a gift to landlords.", LEA, "speaker", False),
        ("The plan is a gift to rich landlords of Velm.", LEA, "speaker", False),
        ("The plan passed the council of Velm on Monday by nine votes.", LEA, "speaker", True),
        ("Norrline said that the bridge is closed.", "The company said that the bridge is closed.", "speaker", True),
        ("Norrline said that the bridge is closed.", "The ferry line Velmora said that the bridge is closed.", "speaker", False),
    ],
)  # fmt: skip
def test_what_a_gate_takes_for_the_same(claim: str, evidence: str, gate: str, stands: bool) -> None:
    assert (gate not in refused(claim, evidence)) is stands
