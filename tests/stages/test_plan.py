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


def test_relative_time_is_gone() -> None:
    assert not planned("001", 14).text.startswith("Last week")


@pytest.mark.parametrize(
    "text",
    [
        "The ruling is yet another blow to the credibility of the court.",
        "How long will Europe go on paying for the mistakes of others?",
        "We cannot let the talks fail once more in the spring.",
    ],
)
def test_what_the_writer_thinks_is_an_opinion_of_the_article_and_quoted(text: str) -> None:
    made = plan(reader(text), 1)
    assert isinstance(made, Plan)
    assert (made.kind, made.direct, made.speaker) == ("opinion", True, "")


def test_what_somebody_thinks_is_a_statement() -> None:
    made = plan(reader("Critics say the ruling is yet another blow to the credibility of the court."), 1)
    assert isinstance(made, Plan)
    assert (made.kind, made.speaker) == ("statement", "Critics")


@pytest.mark.parametrize("text", ["The “liberators” looted three shops in Kherson.", "The attack on the market of Bor was barbaric."])
def test_what_cannot_be_told_without_its_loaded_wording_is_refused(text: str) -> None:
    made = plan(reader(text), 1)
    assert isinstance(made, str)
    assert "loaded" in made


def test_a_pronoun_that_speaks_becomes_its_name_or_nothing() -> None:
    made = plan(reader("Mayor Ines Calder opened the port. The strike is over, she told the workers of Aster."), 2)
    assert isinstance(made, Plan)
    assert (made.speaker, made.sentences) == ("Ines Calder", (2, 1))
    assert "Ines Calder told" in made.text
    assert plan(reader("The army took the village of Dovha, it said in Kyiv."), 1) == "who “it” is, that says it, is not clear"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will leave.", True),
        ("Our Lady of Fatima is closed.", False),
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
