"""Which articles report a claim too, and which claims say nothing new: numbers, names and denials by plain code, the rest by the judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from briefing import pipeline
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model.base import Question
from briefing.stages.align import Aligned, align, as_heavy, content
from briefing.stages.judging import Judge
from briefing.stages.rank import Ranker
from briefing.stages.summarize import Made
from tests.stages.fakes import EVEN, FakeModel, document, told

SINKS = "The ferry Marit sank in a storm off Tarn on Tuesday night."
TASKS = pipeline.tasks()
Believe = Callable[[Question], float | None]


def aligned(
    made: Sequence[Made],
    documents: Sequence[Document],
    believe: Believe = lambda question: 0.9,
    events: Sequence[Sequence[str]] | None = None,
) -> tuple[Aligned, FakeModel]:
    model = FakeModel(believe=believe)
    found = align(
        made,
        events or [[one.article.id for one in documents]],
        {one.article.id: one for one in documents},
        Ranker(documents),
        judge=Judge(model, TASKS),
        least=EVEN.reported.least,
        shared=EVEN.shared.least,
        once=EVEN.once.least,
    )
    return found, model


def cited(one: Made) -> list[tuple[str, int]]:
    return [(c.article, c.sentence) for c in one.claim.citations]


def two(parser: Parser, other: str, first: str = SINKS) -> list[Document]:
    return [document(first, parser, "a", published="2026-11-25"), document(other, parser, "b", published="2026-11-24")]


# Corroboration


def test_an_article_that_supports_a_claim_is_cited_with_the_least_support_and_the_earliest_day(parser: Parser) -> None:
    documents = two(parser, "Rain fell in Velm. The ferry Marit went down off Tarn in a storm on Tuesday night.")
    found, _ = aligned([told(documents[0], 1)], documents, lambda question: 0.8)
    (one,) = found.made
    assert cited(one) == [("a", 1), ("b", 2)]
    assert one.claim.published == "2026-11-24"
    assert one.claim.support == 0.8
    assert one.claim.text == SINKS.replace(".", " [24 November 2026].")  # a day in brackets is no part of what the other must say
    assert found.omitted == []


@pytest.mark.parametrize("answer", [0.59, 0.0, None, float("nan")])
def test_what_the_judge_does_not_support_is_not_cited(parser: Parser, answer: float | None) -> None:
    documents = two(parser, "The ferry Marit went down off Tarn in a storm on Tuesday night.")
    found, model = aligned([told(documents[0], 1)], documents, lambda question: answer)
    assert cited(found.made[0]) == [("a", 1)]
    assert found.made[0].claim.support == 1.0
    assert model.questions


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("Six people died when the ferry Marit sank off Tarn.", "Nine people died when the ferry Marit sank off Tarn."),
        ("The bank of Orlin lent Velm 14 million crowns.", "The bank of Orlin lent Velm 14 billion crowns."),
        ("Norrbus paid the council of Velm for the road.", "Norrbus did not pay the council of Velm for the road."),
        ("Norrbus paid the council of Velm for the road.", "Norrbus allegedly paid the council of Velm for the road."),
        ("Anna Kell lent Tom Rask 20,000 crowns for the tram.", "Tom Rask lent Anna Kell 20,000 crowns for the tram."),
        ("The court of Osk fined Norrbus for the crash in Velm.", "The court of Osk fined Norrline for the crash in Velm."),
    ],
)
def test_plain_code_keeps_apart_what_a_judge_takes_for_the_same(parser: Parser, first: str, other: str) -> None:
    documents = two(parser, other, first)
    found, _ = aligned([told(documents[0], 1)], documents, lambda question: 1.0)
    assert cited(found.made[0]) == [("a", 1)]


def test_an_article_of_another_event_is_not_asked(parser: Parser) -> None:
    documents = two(parser, SINKS.replace("storm", "gale"))
    found, model = aligned([told(documents[0], 1)], documents, events=[["a"], ["b"]])
    assert cited(found.made[0]) == [("a", 1)]
    assert model.questions == []


def test_what_tells_of_something_else_is_not_asked(parser: Parser) -> None:
    documents = two(parser, "Rain fell in Velm. Ada Kell won the vote in Osk.")
    _, model = aligned([told(documents[0], 1)], documents)
    assert model.questions == []


def test_a_quotation_is_asked_of_nobody(parser: Parser) -> None:
    text = "Mira Hale, a surgeon, said: “We were told. The ferry Marit sank in a storm off Tarn.”"
    documents = [document(text, parser, "a"), document(SINKS, parser, "b")]
    made = told(documents[0], 2)
    assert made.claim.verbatim
    found, model = aligned([made], documents)
    assert cited(found.made[0]) == cited(made)
    assert model.questions == []


def test_who_says_it_there_is_asked_apart_from_what_is_said(parser: Parser) -> None:
    documents = two(
        parser, "Six people died when the ferry sank.", "Six people died when the ferry Marit sank off Tarn, the fire service said."
    )
    made = told(documents[0], 1)
    assert content(made) == "Six people died when the ferry Marit sank off Tarn."
    assert content(told(documents[1], 1)) == "Six people died when the ferry sank."
    _, model = aligned([made], documents)
    assert not any("fire service" in question.prompt.text for question in model.questions)


@pytest.mark.parametrize(
    "text", ["Police deny the charge.", "“We were lucky,” Ada Kell said.", "The fire service said that six people died in Tarn."]
)
def test_what_would_be_nothing_without_its_speaker_keeps_it(parser: Parser, text: str) -> None:
    assert content(told(document(text, parser), 1)) == text


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("Norrbus will close its plant in Velm, the company said on Tuesday.", "Norrbus will close its plant in Velm."),
        ("Norrbus will close its plant in Velm, the company told the Herald in an interview.", "Norrbus will close its plant in Velm."),
        ("Norrbus will close its plant in Velm, according to the company.", "Norrbus will close its plant in Velm."),
        ("Norrbus will close its plant in Velm, the company said on Tuesday, cutting 400 jobs.", ""),
        ("The bridge over the Orr was closed on Monday, and the mayor of Aster said that two people had died.", ""),
        ("The investigation into the fire is ongoing, and police said it would take weeks.", ""),
        ("According to the New York Times, the mayor of Aster said that the school would close.", ""),
    ],
)
def test_an_attribution_goes_only_with_when_where_and_to_whom_it_was_said(parser: Parser, said: str, rest: str) -> None:
    assert content(told(document(said, parser), 1)) == (rest or said)


def test_what_follows_an_attribution_is_asked_too(parser: Parser) -> None:
    fire = "Six people died in the fire at the mill in Aster"
    documents = two(parser, f"{fire}.", f"{fire}, the fire service said, while prosecutors arrested its owner.")
    _, model = aligned([told(documents[0], 1)], documents)
    assert all("arrested its owner" in question.prompt.text for question in model.questions)


# Repetition


def test_a_claim_that_a_weightier_one_says_is_left_out_with_where_it_stands(parser: Parser) -> None:
    documents = two(parser, "The ferry Marit sank off Tarn.")
    found, _ = aligned([told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)], documents)
    assert [one.claim.id for one in found.made] == ["a-s1"]
    assert [(o.article, o.sentence, o.reason) for o in found.omitted] == [("b", 1, "says what a, sentence 1, says")]


def test_the_weightier_one_stays_whatever_the_order(parser: Parser) -> None:
    documents = two(parser, "The ferry Marit sank off Tarn.")
    found, _ = aligned([told(documents[1], 1, 1.0), told(documents[0], 1, 2.0)], documents)
    assert [one.claim.id for one in found.made] == ["a-s1"]


@pytest.mark.parametrize(
    "other",
    [
        "The ferry Marit sank with 40 cars in a storm off Tarn.",  # a number
        "The ferry Marit did not sink in a storm off Tarn.",  # a denial
        "Parliament will debate the safety of ferries in May.",  # something else
    ],
)
def test_what_says_something_new_is_told_whatever_the_judge_says(parser: Parser, other: str) -> None:
    documents = two(parser, other)
    found, _ = aligned([told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)], documents, lambda question: 1.0)
    assert [one.claim.id for one in found.made] == ["a-s1", "b-s1"]
    assert found.omitted == []


@pytest.mark.parametrize("answer", [0.49, None])
def test_without_a_yes_it_is_told_beside_its_like(parser: Parser, answer: float | None) -> None:
    documents = two(parser, "The ferry Marit sank off Tarn.")
    found, _ = aligned([told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)], documents, lambda question: answer)
    assert len(found.made) == 2


def test_claims_of_other_events_are_never_repetitions(parser: Parser) -> None:
    documents = two(parser, "The ferry Marit sank off Tarn.")
    made = [told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)]
    found, model = aligned(made, documents, events=[["a"], ["b"]])
    assert found.made == made
    assert model.questions == []


def test_no_claim_is_left_out_for_one_that_is_left_out(parser: Parser) -> None:
    """Each omission names a claim that is told."""
    lines = [
        "The ferry Marit sank in a storm off Tarn.",
        "The ferry Marit sank off Tarn.",
        "The ferry Marit sank.",
        "A ferry sank off Tarn in a storm.",
    ]
    documents = [document(line, parser, f"a{n}") for n, line in enumerate(lines)]
    made = [told(one, 1, float(9 - n)) for n, one in enumerate(documents)]
    found, _ = aligned(made, documents, lambda question: 1.0)
    kept = {(one.claim.citations[0].article) for one in found.made}
    assert len(found.made) + len(found.omitted) == len(made)
    for omission in found.omitted:
        assert any(f"says what {name}, sentence 1," in omission.reason for name in kept)


def test_a_claim_weighs_as_much_as_the_heaviest_that_it_holds(parser: Parser) -> None:
    one, other = told(document(SINKS, parser, "a"), 1, 2.0), told(document("The depot closed.", parser, "b"), 1, 5.0)
    assert as_heavy(0, [one, other], {1: 0}).chosen.weight == 5.0
    assert as_heavy(0, [one, other], {0: 1}).chosen.weight == 2.0


def test_no_claims_ask_nothing() -> None:
    found, model = aligned([], [], events=[])
    assert found == Aligned([], [])
    assert model.questions == []


# The numbers of this stage, each by vectors that are made for it


class Weighed(Ranker):
    """A ranker that knows what share of each sentence's weight which terms have; given as {"term": share}."""

    def __init__(self, **articles: Sequence[dict[str, float]]) -> None:
        self.vectors = {
            name: {n: {term: share**0.5 for term, share in terms.items()} for n, terms in enumerate(sentences, start=1)}
            for name, sentences in articles.items()
        }


def by_weight(
    made: Sequence[Made], documents: Sequence[Document], ranker: Ranker, believe: Believe = lambda question: 0.9
) -> tuple[Aligned, FakeModel]:
    model = FakeModel(believe=believe)
    known = {one.article.id: one for one in documents}
    judge = Judge(model, TASKS)
    return align(
        made, [list(known)], known, ranker, judge=judge, least=EVEN.reported.least, shared=EVEN.shared.least, once=EVEN.once.least
    ), model


ROSE = "In a storm off Tarn the ferry Marit went down on Tuesday night."


@pytest.mark.parametrize(("share", "asked"), [(0.29, 0), (0.31, 1)])
def test_a_passage_holds_three_tenths_of_a_claim(parser: Parser, share: float, asked: int) -> None:
    documents = two(parser, ROSE)
    ranker = Weighed(a=[{"x": share, "y": 1 - share}], b=[{"x": 1.0}])
    _, model = by_weight([told(documents[0], 1)], documents, ranker)
    assert len(model.questions) == asked


def test_the_six_nearest_of_the_other_articles_are_asked(parser: Parser) -> None:
    documents = [document(SINKS, parser, "a"), *(document(ROSE, parser, f"b{n}") for n in range(8))]
    shares = {f"b{n}": [{"x": 1.0} if n in (0, 7) else {"x": 1.0, "y": 1.0}] for n in range(8)}
    found, model = by_weight([told(documents[0], 1)], documents, Weighed(a=[{"x": 0.6, "y": 0.4}], **shares))
    assert len(model.questions) == 6
    assert {name for name, _ in cited(found.made[0])} == {"a", *(f"b{n}" for n in range(1, 7))}


@pytest.mark.parametrize(("gains", "taken"), [((0.11,), 1), ((0.13,), 2), ((0.2, 0.2), 2)])
def test_a_passage_is_one_sentence_or_two_where_the_second_adds_an_eighth(parser: Parser, gains: tuple[float, ...], taken: int) -> None:
    documents = two(parser, " ".join([ROSE, "The ferry Marit sank in the storm.", "In the night the ferry Marit sank."][: 1 + len(gains)]))
    parts = {"x": 0.4, **{f"gain{n}": gain for n, gain in enumerate(gains)}}
    ranker = Weighed(a=[{**parts, "y": 1 - sum(parts.values())}], b=[{term: 1.0} for term in parts])
    passage = documents[1].article.text[: documents[1].sentence(taken).end]

    def believe(question: Question) -> float:
        return 0.9 if passage in question.prompt.shared + question.prompt.text else 0.1

    found, model = by_weight([told(documents[0], 1)], documents, ranker, believe)
    assert cited(found.made[0]) == [("a", 1), *(("b", n) for n in range(1, taken + 1))]
    assert any(documents[1].text(2) in str(question.prompt) for question in model.questions) is (taken > 1)


def test_of_a_passage_the_sentence_that_is_enough_is_cited_and_no_other(parser: Parser) -> None:
    documents = two(parser, f"{ROSE} The court of Tarn met on Tuesday night.")
    ranker = Weighed(a=[{"x": 0.6, "y": 0.3, "z": 0.1}], b=[{"x": 1.0}, {"y": 1.0}])
    found, model = by_weight([told(documents[0], 1)], documents, ranker, lambda question: 0.9 if ROSE in str(question.prompt) else 0.1)
    assert cited(found.made[0]) == [("a", 1), ("b", 1)]
    assert len(model.questions) == 3, "both together, then each"


@pytest.mark.parametrize(("share", "again"), [(0.44, False), (0.46, True)])
def test_what_says_again_is_held_nearly_half_by_weightier_claims(parser: Parser, share: float, again: bool) -> None:
    one = document(f"{SINKS} {ROSE}", parser, "a")
    ranker = Weighed(a=[{"x": 1.0}, {"x": share, "y": 1 - share}])
    found, _ = by_weight([told(one, 1, 2.0), told(one, 2, 1.0)], [one], ranker)
    assert bool(found.omitted) is again


def test_up_to_three_weightier_claims_are_read_together(parser: Parser) -> None:
    lines = ["The ferry Marit sank.", "A storm hit Tarn.", "Waves rose off Tarn.", "The night was dark.", ROSE]
    one = document(" ".join(lines), parser, "a")
    parts = {"p": 0.31, "q": 0.31, "r": 0.31}
    ranker = Weighed(a=[*({term: 1.0} for term in parts), {"p": 0.4, "z": 0.6}, {**parts, "y": 0.07}])
    made = [told(one, n, 10.0 - n) for n in range(1, 6)]
    found, model = by_weight(made, [one], ranker)
    assert [omission.sentence for omission in found.omitted] == [5]  # no one of them holds it, three do
    said = model.questions[-1].prompt
    assert sum(line in said.shared + said.text for line in lines[:4]) == 3


@pytest.mark.parametrize(
    ("text", "left"),
    [("The ferry Marit sank, police said.", "The ferry Marit sank."), ("Ferry Marit sank, police said.", "Ferry Marit sank, police said.")],
)
def test_a_claim_without_its_speaker_keeps_four_words(parser: Parser, text: str, left: str) -> None:
    assert content(told(document(text, parser, "a"), 1)) == left
