"""Each gate on claims made for it; how they do on the seeds is in tests/quality."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.stages.gates import GATES, check

QUOTE = "The rebels of Brell reportedly refused to give 300 workers over 40 ships, Mayor Ines Calder said, but Aster may sell them."
OWN = "Ines Calder said the port was “not ready.”"


def refused(text: str, *quotes: str, speaker: str = "", verbatim: bool = False) -> set[str]:
    cited = quotes or (QUOTE,)
    gates = check(text, cited, [" ".join(cited)], speaker=speaker, verbatim=verbatim)
    assert [gate.name for gate in gates] == list(GATES)
    assert all(gate.passed is not bool(gate.detail) for gate in gates)
    return {gate.name for gate in gates if not gate.passed}


@pytest.mark.parametrize(
    "text",
    [
        QUOTE,
        "The rebels of Brell reportedly refused to give workers over 40 ships, Mayor Ines Calder said.",
        "The rebels reportedly refused to give over 40 ships, Ines Calder said.",
        "Mayor Ines Calder said the rebels of Brell reportedly refused to give 300 workers over 40 ships.",
    ],
)
def test_true_claims_pass(text: str) -> None:
    assert refused(text, speaker="Ines Calder") == set()


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("Two words", "whole"),
        ("The rebels refused, Calder said,\nand left.", "whole"),
        ("The rebels “refused to give ships, Calder said.", "whole"),
        ("The rebels reportedly “refused to sell”, Ines Calder said.", "quotation"),
        ("The rebels reportedly refused to give 301 workers ships, Ines Calder said.", "numbers"),
        ("The rebels reportedly refused to give 40 ships, Ines Calder said.", "numbers"),
        ("The rebels of Dorn reportedly refused to give ships, Ines Calder said.", "names"),
        ("The rebels of Brell reportedly agreed to give 300 workers ships, Ines Calder said.", "negation"),
        ("The rebels of Brell reportedly never refused to give ships, Ines Calder said.", "negation"),
        ("The rebels of Brell refused to give 300 workers ships, Ines Calder said.", "doubt"),
        ("Aster will sell them, Ines Calder said.", "doubt"),
        ("The rebels of Brell reportedly refused to give ships.", "speaker"),
        ("The workers reportedly refused to give 300 rebels of Brell ships, Ines Calder said.", "actors"),
        ("The bloodthirsty rebels of Brell reportedly refused to give ships, Ines Calder said.", "neutral"),
    ],
)
def test_false_claims_are_refused_by_their_gate(text: str, gate: str) -> None:
    assert gate in refused(text, speaker="Ines Calder")


def test_a_speaker_must_be_in_the_article_and_in_the_claim() -> None:
    assert "speaker" in refused("Pat Quill said the port was “not ready.”", OWN, speaker="Pat Quill")
    assert "speaker" in refused("The port was “not ready.”", OWN, speaker="Ines Calder")
    assert refused("Ines Calder said the port was “not ready.”", OWN, speaker="Ines Calder") == set()


def test_a_verbatim_claim_needs_a_quotation() -> None:
    plain = "Nobody may leave the port before 9."
    assert refused(f"One article reports: “{plain}”", plain, verbatim=True) == set()
    assert refused("One article reports: nobody left.", plain, verbatim=True) == {"quotation"}


def test_no_citation_is_refused_by_every_reading() -> None:
    assert not all(gate.passed for gate in check("Aster sold 40 ships.", [], []))
    assert not all(gate.passed for gate in check("", [""], [""]))


@settings(deadline=None)
@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_no_text_breaks_a_gate(text: str, quotes: list[str]) -> None:
    gates = check(text, quotes, quotes)
    assert not any("check itself failed" in gate.detail for gate in gates), gates


@settings(deadline=None)
@given(st.text(alphabet="aA bB,.“”\"'’said 1", max_size=60))
def test_a_sentence_said_whole_changes_no_order_and_no_number(text: str) -> None:
    assert not {"numbers", "names", "actors"} & {gate.name for gate in check(text, [text], [text]) if not gate.passed}
