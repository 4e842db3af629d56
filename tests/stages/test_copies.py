"""A copy is a copy word for word and number for number; it is cited, never counted again."""

from __future__ import annotations

import pytest

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.stages.copies import copied, copies
from tests.stages.fakes import document, told

SENTENCE = "Norrbus allegedly paid 14 million crowns to the council of Velm in March."
OLD, NEW = "2026-11-24", "2026-11-25"


def two(one: str, other: str, parser: Parser) -> list[Document]:
    return [document(one, parser, "a", published=OLD), document(other, parser, "b", published=NEW)]


@pytest.mark.parametrize(
    "other",
    [
        SENTENCE,
        SENTENCE.replace("Norrbus", "“Norrbus”"),
        SENTENCE.replace(" in March.", ",  in March!"),
        SENTENCE.upper() + " And more followed.",
        f"Rain fell in Orlin on Monday. {SENTENCE}",
    ],
)
def test_marks_case_and_white_space_apart_it_is_a_copy(parser: Parser, other: str) -> None:
    found = copies(two(f"{SENTENCE} The town is small and old.", other, parser))
    assert list(found.values()) == [("a", 1)]
    assert {article for article, _ in found} == {"b"}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("million", "billion"),
        ("14", "15"),
        ("14 million", "1.4 million"),
        ("14 million", "-14 million"),
        ("14 million crowns", "14 % of the crowns"),
        ("14 million crowns", "$14 million"),
        ("Norrbus", "Norrline"),
        ("allegedly ", ""),
        ("paid", "did not pay"),
        ("paid", "repaid"),
        ("Velm", "Osk"),
        ("March", "May"),
        ("to the council", "by the council"),
        ("in March", "in March again"),
    ],
)
def test_one_other_word_or_number_is_no_copy(parser: Parser, was: str, now: str) -> None:
    assert was in SENTENCE
    assert copies(two(SENTENCE, SENTENCE.replace(was, now), parser)) == {}


def test_the_oldest_article_has_it_first_and_an_undated_one_last(parser: Parser) -> None:
    young, undated, old = (document(SENTENCE, parser, name, published=day) for name, day in (("y", NEW), ("u", ""), ("o", OLD)))
    assert copies([young, undated, old]) == {("y", 1): ("o", 1), ("u", 1): ("o", 1)}


def test_short_sentences_are_alike_by_chance(parser: Parser) -> None:
    assert copies(two("He declined to comment.", "He declined to comment.", parser)) == {}


def test_an_article_does_not_copy_itself(parser: Parser) -> None:
    text = f"{SENTENCE}\n\nRain fell in Orlin on Monday and on Tuesday.\n\n{SENTENCE}"
    assert copies([document(text, parser)]) == {}


def test_a_claim_cites_its_copies_and_the_earliest_day(parser: Parser) -> None:
    documents = [document(SENTENCE, parser, name, published=day) for name, day in (("a", OLD), ("b", NEW), ("c", ""))]
    by_id = {one.article.id: one for one in documents}
    (one,) = copied([told(documents[0], 1)], copies(documents), by_id)
    assert [(c.article, c.sentence) for c in one.claim.citations] == [("a", 1), ("b", 1), ("c", 1)]
    assert one.claim.published == OLD
    assert one.claim.text == SENTENCE
    assert one.claim.origins == 1


def test_of_very_many_copies_a_few_are_cited(parser: Parser) -> None:
    documents = [document(SENTENCE, parser, f"a{n:02}") for n in range(12)]
    by_id = {one.article.id: one for one in documents}
    (one,) = copied([told(documents[0], 1)], copies(documents), by_id)
    assert len(one.claim.citations) == 5


def test_who_copies_only_part_of_what_a_claim_rests_on_is_not_cited(parser: Parser) -> None:
    text = "Peter Lund denied the charge of fraud in court. His lawyer left the court of Kessin."
    documents = [document(text, parser, "a"), document("His lawyer left the court of Kessin.", parser, "b"), document(text, parser, "c")]
    claim = told(documents[0], 2)
    assert len(claim.claim.citations) == 2
    (one,) = copied([claim], copies(documents), {d.article.id: d for d in documents})
    assert [(c.article, c.sentence) for c in one.claim.citations] == [("a", 2), ("a", 1), ("c", 2), ("c", 1)]


def test_what_nobody_copies_stays_as_it_is(parser: Parser) -> None:
    documents = two(SENTENCE, "The weather in Orlin was fine on Monday.", parser)
    claim = told(documents[0], 1)
    assert copied([claim], copies(documents), {d.article.id: d for d in documents}) == [claim]
