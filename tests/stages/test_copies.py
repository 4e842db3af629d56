"""A copy is a copy word for word and number for number; it is cited, never counted again."""

from __future__ import annotations

from typing import Literal

import pytest

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.pipeline import generate
from briefing.progress import Silent
from briefing.stages.copies import copied, copies
from tests.stages.fakes import FakeModel, document, embed, made, outcome, told

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


LIMITS = "allegedly reportedly only almost former planned failed fake"
OTHERS = "million/billion Iran/Iraq Niger/Nigeria legal/illegal increase/decrease likely/unlikely able/unable approved/disapproved he/she"
PAIRS = [tuple(pair.split("/")) for pair in f"{OTHERS} Monday/Tuesday north/south before/after".split()]
PAIRS += [(f"{word} ", "") for word in LIMITS.split()]
FRAMES = {
    "million": "The ministry of Velm paid 14 {} crowns for the bridge over the Tarn.",
    "Iran": "The envoy of {} told the council of Velm that the talks had ended.",
    "Niger": "The envoy of {} told the council of Velm that the talks had ended.",
    "legal": "The court of Velm ruled that the strike of the dockers was {} and could go on.",
    "increase": "The council of Velm voted to {} the tax on houses by 4 percent in March.",
    "likely": "The bank of Orlin said that a cut of its key rate was {} in March.",
    "able": "The firm of Velm was {} to pay its 300 workers in March, its owner said.",
    "approved": "The senate {} the sale of the port of Aster to the Norrbus company.",
    "he": "Asked about the sale of the port of Aster, {} said that the price was fair.",
    "Monday": "The talks about the port of Aster will open on {} in the town hall of Velm.",
    "north": "The fire spread to the {} of Velm and burned 40 houses, police said.",
    "before": "The mayor of Velm left the meeting {} the vote on the port of Aster.",
    "allegedly": "Norrbus {}paid the council of Velm for the licence of the port.",
    "reportedly": "Norrbus {}paid the council of Velm for the licence of the port.",
    "only": "Norrbus paid {}14 million crowns for the licence of the port of Aster.",
    "almost": "Norrbus paid {}14 million crowns for the licence of the port of Aster.",
    "former": "The {}mayor of Velm sold the licence of the port of Aster to Norrbus.",
    "planned": "The {}attack on the port of Aster cost the ferry company a contract.",
    "failed": "The {}attack on the port of Aster cost the ferry company a contract.",
    "fake": "The {}letter of the mayor of Velm promised 300 workers a rise.",
}


@pytest.mark.parametrize(("was", "now", "every"), [*((was, now, True) for was, now in PAIRS), *((now, was, False) for was, now in PAIRS)])
def test_near_copies_are_told_by_two_claims(parser: Parser, was: str, now: str, every: bool) -> None:
    """The whole way, with a judge that takes each for the other: neither is cited for both, and none is left out as told already."""
    frame = FRAMES.get(was.strip()) or FRAMES[now.strip()]
    texts = frame.format(was), frame.format(now)
    assert copies(two(*texts, parser)) == {}
    articles = [made(text, name, published=OLD) for name, text in zip("ab", texts, strict=True)]
    model = FakeModel(believe=lambda question: 0.1 if question.task == "conflict" else 0.99)
    found = generate(list(map(outcome, articles)), parser=parser, embed=embed, model=model, date=NEW, progress=Silent(), every=every)
    assert sorted([citation.article for citation in claim.citations] for claim in found.claims) == [["a"], ["b"]]


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


@pytest.mark.parametrize("form", ["opinion", "satire"])
def test_what_a_column_repeats_stands_first_in_the_report_though_it_is_older(parser: Parser, form: Literal["opinion", "satire"]) -> None:
    column, report = two(f"{SENTENCE} The town is small and old.", SENTENCE, parser)
    column.article = column.article.model_copy(update={"form": form})
    assert copies([column, report]) == {("a", 1): ("b", 1)}
