"""What a claim may say about a sentence, and which sentences cannot be claimed."""

import pytest

from briefing.stages.plan import Plan, first_person, plan
from briefing.text.reference import Reader
from tests.stages.fakes import reader, seed


def planned(name: str, number: int) -> Plan:
    made = plan(Reader(seed(name)), number)
    assert isinstance(made, Plan), made
    return made


def test_a_quotation_within_a_quotation_keeps_both_speakers() -> None:
    made = planned("002", 11)
    assert made.text.startswith("RT said that according to Bild, Trump clashed with European leaders in a “heated phone call”")
    assert (made.speaker, made.sentences) == ("RT", (11, 13))


def test_the_second_half_of_a_broken_quotation_has_its_speaker() -> None:
    made = planned("002", 14)
    assert made.speaker == "RT"
    assert "RT" in made.text
    assert 13 in made.sentences


def test_own_words_over_three_sentences_are_quoted_not_rewritten() -> None:
    made = planned("002", 21)
    assert (made.direct, made.speaker) == (True, "Trump")


@pytest.mark.parametrize(("name", "number"), [("002", 23), ("004", 13)])
def test_what_points_to_nothing_named_is_refused_with_its_reason(name: str, number: int) -> None:
    made = plan(Reader(seed(name)), number)
    assert isinstance(made, str)
    assert "not clear" in made


def test_a_pronoun_becomes_the_name_and_its_sentence_is_cited() -> None:
    made = planned("002", 28)
    assert made.text.startswith("Poletaev argued")
    assert 27 in made.sentences
    paper = planned("004", 8)
    assert paper.text.startswith("The NYT also noted")
    assert 7 in paper.sentences


def test_relative_time_and_verdicts_are_gone() -> None:
    assert not planned("001", 14).text.startswith("Last week")
    assert "Dictator" not in planned("002", 1).text
    assert "so-called" not in planned("000", 1).text
    assert "relentless" not in planned("000", 7).kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will leave.", True),
        ("I said so.", True),
        ("US troops left.", False),
        ("The use of us-made arms.", False),
        ("", False),
        ("It’s ours.", True),
    ],
)
def test_first_person(text: str, expected: bool) -> None:
    assert first_person(text) is expected


@pytest.mark.parametrize("text", ["Он сказал, что порт открыт для 300 рабочих.", "市長は港が開いたと述べた。", "”", "“"])
def test_other_scripts_and_lone_marks_do_not_break(text: str) -> None:
    read = reader(text)
    for sentence in read.article.sentences:
        assert isinstance(plan(read, sentence.number), Plan | str)
