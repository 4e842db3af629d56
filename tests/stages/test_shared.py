"""Which articles are cited for a claim in part: the same news with other details, never another value, role, speaker or a denial."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from briefing import pipeline
from briefing.brief import Brief
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model.base import Question
from briefing.model.vectors import SIZE
from briefing.pipeline import generate
from briefing.progress import Silent
from briefing.render import render
from briefing.resources import resource
from briefing.stages.align import Aligned, align
from briefing.stages.judging import Judge
from briefing.stages.rank import Ranker
from briefing.stages.shared import Reporting, Told, candidates, common, further
from briefing.stages.summarize import Made
from briefing.stages.support import load_coefficients
from briefing.types import Place
from briefing.verify import verify
from tests.probed import READ
from tests.stages.fakes import EVEN, FakeModel, document, made, outcome, told

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

SANK = "The ferry Marit sank in a storm off Tarn on Tuesday night, the coast guard said."
DOWN = "The ferry Marit went down off Tarn after its cargo of timber moved, drowning two sailors of the crew."
TASKS = pipeline.tasks()


def same(question: Question) -> float:
    """Believe that any two sentences tell the same news, and that none supports another one."""
    return 0.9 if question.task == "reports" else 0.1


def aligned(
    made: Sequence[Made],
    documents: Sequence[Document],
    believe: Callable[[Question], float] = same,
    *,
    probed: bool = True,
    once: float = EVEN.once.least,
) -> tuple[Aligned, FakeModel]:
    model = FakeModel(believe=believe)
    by_id = {one.article.id: one for one in documents}
    judge = Judge(model, TASKS, {"reports": READ} if probed else {})
    found = align(
        made,
        [list(by_id)],
        by_id,
        Ranker(documents),
        judge=judge,
        least=EVEN.reported.least,
        shared=EVEN.shared.least,
        once=once,
    )
    return found, model


def cited(one: Made) -> list[tuple[str, int]]:
    return [(c.article, c.sentence) for c in one.claim.citations]


def asked(model: FakeModel) -> int:
    return sum(question.task == "reports" for question in model.questions)


def test_an_article_that_tells_the_same_news_is_cited_in_part(parser: Parser) -> None:
    documents = [document(SANK, parser, "a", published="2026-11-25"), document(f"Rain fell. {DOWN}", parser, "b", published="2026-11-24")]
    found, _ = aligned([told(documents[0], 1)], documents)
    (one,) = found.made
    assert cited(one) == [("a", 1), ("b", 2)]
    assert one.claim.partly == ("b",)
    assert one.claim.support == 1.0  # the claim's own sentence: what is cited in part does not bear it out
    assert one.claim.published == "2026-11-24"


def test_what_supports_the_whole_claim_is_not_cited_in_part_as_well(parser: Parser) -> None:
    documents = [document("The ferry Marit sank off Tarn.", parser, "a"), document("The ferry Marit sank off Tarn at night.", parser, "b")]
    found, _ = aligned([told(documents[0], 1)], documents, lambda question: 0.9)
    assert cited(found.made[0]) == [("a", 1), ("b", 1)]
    assert found.made[0].claim.partly == ()


@pytest.mark.parametrize("answer", [0.59, 0.0])
def test_without_a_yes_nobody_is_cited_in_part(parser: Parser, answer: float) -> None:
    documents = [document(SANK, parser, "a"), document(DOWN, parser, "b")]
    found, model = aligned([told(documents[0], 1)], documents, lambda question: answer)
    assert cited(found.made[0]) == [("a", 1)]
    assert asked(model) == 1


@pytest.mark.parametrize(("section", "asked_of"), [("news", 1), ("opinion", 0), ("satire", 0)])
def test_a_column_and_satire_report_nothing(section: str, asked_of: int, parser: Parser) -> None:
    column = document(f"---\nsection: {section}\n---\nOn the ferry\n\n{DOWN} It had been late for years.\n", parser, "b")
    documents = [document(SANK, parser, "a"), column]
    assert documents[1].article.form == section
    assert asked(aligned([told(documents[0], 1)], documents)[1]) == asked_of


def test_without_a_probe_nobody_is_asked(parser: Parser) -> None:
    documents = [document(SANK, parser, "a"), document(DOWN, parser, "b")]
    found, model = aligned([told(documents[0], 1)], documents, probed=False)
    assert cited(found.made[0]) == [("a", 1)]
    assert asked(model) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The army of Lorvia said that rebels had broken the truce at Dorrin first.",
            "The rebels said that the army was the first to break the truce at Dorrin.",
        ),
        (
            "Seven sailors were hurt when the ferry Marit sank off Tarn.",
            "The ferry Marit sank off Tarn in a storm; eleven sailors were hurt.",
        ),
        (
            "Turnout in the vote in Velm was 61 percent.",
            "Only 54 percent of the voters of Velm took part in the vote, turnout figures show.",
        ),
        (
            "A tank at the mill in Velm blew up on Tuesday, hurting 15 people and killing nine, the fire marshal said.",
            "Seven workers were killed on Tuesday when a tank blew up at the mill in Velm, the fire marshal said.",
        ),
        (
            "The storm has killed at least 12 people on the island of Tarn, the agency said.",
            "The number of people killed by the storm on the island of Tarn has risen to 40, the agency said.",
        ),
        ("The death toll of the storm on Tarn rose to 40, the agency said.", "The storm on Tarn killed 12, the agency said."),
        ("Norrbus lent Velm 20,000 crowns for the tram in 2019.", "Velm lent Norrbus the crowns for a new tram, the council of Velm says."),
        ("The only suspect arrested in Velm over the theft is 34 years old.", "The man held in Velm for the theft is 43."),
        ("The storm reached Velm at 4 a.m. on Thursday.", "The storm reached Velm shortly before noon on Thursday."),
        ("The council of Velm did not close the fish market.", "The council of Velm will close the fish market after years of losses."),
        ("Judge Ann Ek said Stig Holm knew of the losses.", "Judge Ann Ek said the state had not shown that Holm knew of the losses."),
        ("The council of Velm denied that it would close the market.", "The council of Velm will close the market, papers show."),
        (
            "The hospital in Marnheim plans to hire 60 nurses next year.",
            "The hospital in Marnheim hired 60 nurses for its clinic last year.",
        ),
        ("Experts warned that the Sonder dam could fail in a heavy flood.", "In a heavy flood the Sonder dam near Velm failed on Monday."),
        (
            "The Senate committee said on Tuesday it had fined two firms of Ole Lind.",
            "The House Committee will fine Ole Lind for his firms, its deputy said on Tuesday.",
        ),
        ("Anna Kell said the border at Dorrin would open in May.", "The border at Dorrin opens in May for lorries too, Kaspar Ohm said."),
    ],
)
def test_plain_code_keeps_apart_what_is_told_otherwise(parser: Parser, one: str, other: str) -> None:
    documents = [document(one, parser, "a"), document(other, parser, "b")]
    found, model = aligned([told(documents[0], 1), told(documents[1], 1)], documents)
    assert [claim.claim.partly for claim in found.made] == [(), ()]
    assert asked(model) == 0


@pytest.mark.parametrize("body", ["The Senate Committee", "The committee", "The Senate Committee of Velm"])
def test_a_body_that_one_sentence_names_more_fully_may_be_the_other_ones(body: str, parser: Parser) -> None:
    documents = [
        document("The Senate committee said on Tuesday it had fined two firms of Ole Lind.", parser, "a"),
        document(f"{body} fined Ole Lind and his firms on Tuesday.", parser, "b"),
    ]
    found, _ = aligned([told(documents[0], 1)], documents)
    assert found.made[0].claim.partly == ("b",)


@pytest.mark.parametrize(
    ("rejected", "number"), [("an offer of Norrbus to buy its ferries", 2), ("a report that it had chosen Ada Kell as its head", 1)]
)
def test_an_offer_that_is_rejected_is_no_denial(parser: Parser, rejected: str, number: int) -> None:
    first = "The council of Osk chose Ada Kell as its head on Monday."
    second = f"The council of Osk rejected {rejected} on Monday, choosing Ada Kell as its head."
    documents = [document(first, parser, "a"), document(second, parser, "b")]
    found, _ = aligned([told(documents[0], 1)], documents)
    assert len(cited(found.made[0])) == number


def test_what_is_cut_off_at_its_end_tells_what_it_tells(parser: Parser) -> None:
    short = document(
        "Rain fell. The ferry Marit sank in a storm off Tarn on Tuesday night, and the coast guard said that it would…", parser, "b"
    )
    assert short.sentence(2).note == "cut off"
    documents = [document(SANK, parser, "a"), short]
    found, _ = aligned([told(documents[0], 1)], documents)
    assert cited(found.made[0]) == [("a", 1), ("b", 2)]


def test_what_two_sentences_have_in_common_counts_beside_what_the_judge_says(parser: Parser) -> None:
    likest = document("The ferry Marit sank in a storm off Tarn, and two sailors drowned.", parser, "b")
    unlike = document("It rained. Fog lay on Osk. Rescuers left Tarn for the ferry, which 40 passengers had boarded.", parser, "c")
    documents = [document(SANK, parser, "a"), likest, unlike]
    by_id, ranker = {one.article.id: one for one in documents}, Ranker(documents)
    near, far = (common(("a", 1), place, by_id, ranker) for place in (("b", 1), ("c", 3)))
    assert near == common(("b", 1), ("a", 1), by_id, ranker)
    assert (near.verbs, near.names) == (0.5, 1.0)  # one says it, one of its sailors drown
    assert (near.deep, near.numbers) == (0.0, 0.0)  # "two" is told of nobody in the other
    assert far.verbs == far.names == 0.0
    assert far.deep == pytest.approx(math.log(3))
    reporting = load_coefficients(resource("prompts") / "reporting.toml", Reporting)
    odds = [reporting.probability(0.6, one) for one in (near, far)]
    assert odds[0] > 0.6 > odds[1]
    assert reporting.probability(0.9, far) > odds[1]


def test_values_of_which_one_is_shared_are_told_alike(parser: Parser) -> None:
    documents = [
        document("Prices in Velm rose 0.9 percent in June and 5.4 percent in a year.", parser, "a"),
        document("Prices in Velm rose 0.9 percent in June, after 0.6 percent in May, the bank said.", parser, "b"),
    ]
    found, _ = aligned([told(documents[0], 1)], documents)
    assert found.made[0].claim.partly == ("b",)


def test_an_article_without_a_date_may_tell_of_other_days_than_a_dated_one(parser: Parser) -> None:
    documents = [document(SANK, parser, "a", published="2026-11-25"), document(DOWN, parser, "b")]
    _, model = aligned([told(documents[0], 1)], documents)
    assert asked(model) == 0


def test_what_tells_of_something_else_is_not_asked(parser: Parser) -> None:
    documents = [document(SANK, parser, "a"), document("Ada Kell won the vote in Osk.", parser, "b")]
    _, model = aligned([told(documents[0], 1)], documents)
    assert asked(model) == 0


def test_of_two_claims_that_tell_the_same_news_one_is_told_and_the_other_stands_in_its_note(parser: Parser) -> None:
    documents = [document(SANK, parser, "a"), document(DOWN, parser, "b")]
    found, model = aligned([told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)], documents)
    assert [one.claim.id for one in found.made] == ["a-s1"]
    assert cited(found.made[0]) == [("a", 1), ("b", 1)]
    assert [(o.article, o.sentence, o.reason) for o in found.omitted] == [("b", 1, "says what a, sentence 1, says")]
    assert asked(model) == 1  # of both claims at once


def test_what_is_told_once_need_not_be_sure_enough_to_be_cited(parser: Parser) -> None:
    def likely(question: Question) -> float:
        return 0.5 if question.task == "reports" else 0.1

    documents = [document(SANK, parser, "a"), document(DOWN.replace("two sailors", "sailors"), parser, "b")]
    claims = [told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)]
    found, _ = aligned(claims, documents, likely, once=0.3)
    assert [cited(one) for one in found.made] == [[("a", 1)]]
    assert [(o.article, o.sentence, o.reason) for o in found.omitted] == [("b", 1, "says what a, sentence 1, says")]
    assert len(aligned(claims, documents, likely)[0].made) == 2


def test_the_only_claim_of_an_article_with_a_value_of_its_own_is_left_out_only_where_it_is_cited(parser: Parser) -> None:
    def likely(question: Question) -> float:
        return 0.5 if question.task == "reports" else 0.1

    for first, left in ((SANK, ["b-s1"]), (SANK.replace("storm", "storm with 40 cars"), ["a-s1", "b-s1"])):
        documents = [document(first, parser, "a"), document(DOWN, parser, "b")]
        claims = [told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)]
        found, _ = aligned(claims, documents, likely, once=0.3)
        assert [one.claim.id for one in found.made] == left


def test_a_claim_of_the_same_news_goes_into_the_note_beside_the_surest_sentence_of_its_article(parser: Parser) -> None:
    surest = "The coast guard said that the ferry Marit sank off Tarn on Tuesday night."
    documents = [document(SANK, parser, "a"), document(f"{DOWN} {surest}", parser, "b")]

    def believe(question: Question) -> float:
        return 0.1 if question.task != "reports" else 0.95 if "on Tuesday night." in question.prompt.text else 0.9

    found, _ = aligned([told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)], documents, believe)
    (one,) = found.made
    assert cited(one) == [("a", 1), ("b", 2), ("b", 1)]
    assert one.claim.partly == ("b",)
    found, _ = aligned([told(documents[0], 1)], documents, believe)
    assert cited(found.made[0]) == [("a", 1), ("b", 2)]  # what would be no claim is not cited beside it


def test_the_claim_that_most_articles_tell_stays_whatever_its_weight(parser: Parser) -> None:
    documents = [
        document(SANK, parser, "a"),
        document(DOWN.replace("two sailors", "sailors"), parser, "b"),
        document(SANK.replace("storm", "gale"), parser, "c"),
    ]

    def only(question: Question) -> float:
        return 0.9 if question.task == "reports" and "went down" in question.prompt.shared + question.prompt.text else 0.1

    made = [told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)]
    found, _ = aligned(made, documents, only)
    assert [one.claim.id for one in found.made] == ["b-s1"]
    assert found.made[0].claim.partly == ("a", "c")
    assert found.made[0].chosen.weight == 2.0
    behind = made[1]._replace(chosen=made[1].chosen._replace(follows=True))
    found, _ = aligned([made[0], behind], documents, only)
    assert [one.claim.id for one in found.made] == ["a-s1"], "what was judged behind another line does not take its place"


def test_a_claim_is_told_once_also_where_only_one_of_two_is_asked_about_the_other(parser: Parser) -> None:
    near = "The ferry Marit sank off Tarn in a storm. The coast guard said the Marit sank. In a storm off Tarn the ferry sank on Tuesday."
    last = "Off Tarn the ferry Marit went down after its cargo of timber moved, drowning sailors of the crew."
    documents = [
        document(SANK, parser, "a"),
        document(f"{near} {last}", parser, "b"),
        document("Rescuers said that the ferry Marit foundered in a storm off Tarn.", parser, "c"),
    ]

    def only(question: Question) -> float:
        asked_of = question.prompt.shared + question.prompt.text
        return 0.9 if question.task == "reports" and ("foundered" in asked_of) != ("went down" in asked_of) else 0.1

    made = [told(documents[0], 1, 2.0), told(documents[1], 4, 1.0)]
    found, _ = aligned(made, documents, only)
    assert [one.claim.id for one in found.made] == ["a-s1"]
    assert found.omitted[0].reason == "says what a, sentence 1, says"


def test_of_claims_of_one_news_the_one_stays_for_which_most_articles_are_surely_cited(parser: Parser) -> None:
    documents = [
        document(SANK, parser, "a"),
        document(DOWN.replace("two sailors", "sailors"), parser, "b"),
        document("Off Tarn a gale took the ferry Marit to the bottom.", parser, "c"),
        document("The port of Tarn lost its ferry, which foundered in heavy seas.", parser, "d"),
    ]

    def surer(question: Question) -> float:
        asked_of = question.prompt.shared + question.prompt.text
        return 0.1 if question.task != "reports" else 0.9 if "went down" in asked_of else 0.5

    made = [told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)]
    found, _ = aligned(made, documents, surer, once=0.2)  # by "a" all the others tell it, too, but two of them not surely enough
    assert [one.claim.id for one in found.made] == ["b-s1"]
    assert {*found.made[0].claim.partly} == {"a", "c", "d"}


@pytest.mark.parametrize(
    ("other", "partly"),
    [
        ("The coast guard said that a storm sank the ferry Marit off Tarn on Tuesday night.", ("b",)),
        ("Rescuers left Tarn for a ferry that had sunk, with 40 on board.", ()),
    ],
)
def test_what_two_sentences_have_in_common_can_outweigh_the_judges_no_where_articles_are_cited(
    parser: Parser, other: str, partly: tuple[str, ...]
) -> None:
    documents = [document(SANK, parser, "a"), document(other, parser, "b")]
    found, _ = aligned([told(documents[0], 1)], documents, lambda question: 0.4)
    assert found.made[0].claim.partly == partly


def test_a_claim_is_left_out_for_another_one_that_is_not_cited_for_it_only_where_the_judge_says_so_too(parser: Parser) -> None:
    documents = [document(SANK, parser, "a"), document("The Marit went down off Tarn in the storm.", parser, "b")]
    claims = [told(documents[0], 1, 2.0), told(documents[1], 1, 1.0)]
    answers: list[Callable[[Question], float]] = [lambda _: 0.34, lambda _: 0.36]
    assert [len(aligned(claims, documents, answer, once=0.35)[0].made) for answer in answers] == [2, 1]


def test_the_surest_sentence_of_an_article_is_cited(parser: Parser) -> None:
    documents = [
        document(SANK, parser, "a"),
        document(f"{DOWN} The storm off Tarn had sunk the Marit, the ferry of the coast.", parser, "b"),
    ]
    found, _ = aligned(
        [told(documents[0], 1)], documents, lambda q: 0.8 if "had sunk" in q.prompt.text + q.prompt.shared else same(q) - 0.2
    )
    assert cited(found.made[0]) == [("a", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("more", "numbers"),
    [
        ("The ferry Marit, which sank off Tarn, had been built in Velm.", [1, 2]),
        ("The ferry Marit, which sank off Tarn, had been built abroad.", [1]),  # it tells no name or number that is left out
        ("The ferry Marit, which sank off Tarn, had been built in Osk.", [1]),  # or none of the claim
        ("The ferry Marit, which sank off Tarn, had been built for Monday.", [1, 2]),
        ("The ferry Marit, which sank off Tarn, had been built for Tuesday.", [1]),
    ],
)
def test_a_further_sentence_is_cited_for_a_name_number_or_day_that_the_surest_one_leaves_out(
    parser: Parser, more: str, numbers: list[int]
) -> None:
    documents = [
        document("The ferry Marit of Velm sank in a storm off Tarn on Monday.", parser, "a"),
        document(f"{DOWN} {more}", parser, "b"),
    ]

    def believe(question: Question) -> float:
        return 0.1 if question.task != "reports" else 0.5 if "had been built" in question.prompt.shared + question.prompt.text else 0.95

    found, _ = aligned([told(documents[0], 1)], documents, believe, once=0.3)
    assert cited(found.made[0]) == [("a", 1), *(("b", number) for number in numbers)]
    assert found.made[0].claim.partly == ("b",)


@pytest.mark.parametrize(
    ("text", "sure", "cited"), [("It had 40 cars.", 0.59, 0), ("It had 40 cars.", 0.61, 1), ("The port - 40 cars.", 0.61, 0)]
)
def test_a_further_sentence_tells_something_and_need_only_be_about_as_likely_as_not_of_that_news(
    parser: Parser, text: str, sure: float, cited: int
) -> None:
    documents = {
        "a": document("The ferry Marit left Velm with 40 cars.", parser, "a"),
        "b": document(f"A ship left Velm. {text}", parser, "b"),
    }
    in_part = [Told(0, ("b", 1), 0.9, best=True), Told(0, ("b", 2), sure, best=False)]
    assert len(list(further([told(documents["a"], 1)], in_part[:1], in_part, documents))) == cited


# What `verify` knows again

TEXTS = {
    "a": "The ferry Marit sank in a storm off Tarn on Tuesday night, the coast guard said.",
    "b": "Rain fell. The ferry Marit went down off Tarn after its cargo of timber moved, drowning sailors of the crew. Velm has a port.",
}


def test_a_brief_with_citations_in_part_verifies_and_what_is_forged_of_them_does_not(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.pipeline.probes.load", lambda folder, task, identity: READ if task.name == "reports" else None)
    articles = {name: made(text, name, source=name, published="2026-11-25") for name, text in TEXTS.items()}
    articles = {name: one.model_copy(update={"sha256": f"{n:064x}"}) for n, (name, one) in enumerate(articles.items())}
    given = [outcome(one) for one in articles.values()]

    def vectors(texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), SIZE), SIZE**-0.5, np.float32)  # of one event

    def found(brief: Brief) -> set[str]:
        return {one.check for one in verify(brief, lambda record: outcome(articles[record.id]), parser=parser)}

    brief = generate(given, parser=parser, embed=vectors, model=FakeModel(believe=same), date="2026-11-26", progress=Silent(), every=True)
    n = next(n for n, one in enumerate(brief.claims) if one.partly == ("b",))
    assert found(brief) == set()
    assert "1 of them with other details" in render(brief)

    def forged(**changed: object) -> Brief:
        claims = [*brief.claims[:n], brief.claims[n].model_copy(update=changed), *brief.claims[n + 1 :]]
        return brief.model_copy(update={"claims": tuple(claims)})

    own, other = brief.claims[n].citations
    assert "citation" in found(forged(partly=()))  # that it reports all of it
    assert "citation" in found(forged(citations=(own,)))
    assert "citation" in found(forged(citations=(own, articles["b"].cite(other.sentence + 1))))
    assert "citation" in found(forged(partly=("a", "b")))


# The numbers of this stage


def near(parser: Parser, *texts: str, like: float = 1.0, also: Collection[Place] = ()) -> list[Place]:
    """Return the sentences that are asked about of the first of some articles: each of the others is so like its first one."""
    documents = {f"a{n}": document(text, parser, f"a{n}") for n, text in enumerate(texts)}
    ranker = Ranker(list(documents.values()))
    other = {"x": like, "y": math.sqrt(1 - like**2)}
    ranker.vectors = {name: {n: {"x": 1.0} if name == "a0" else other for n in one.body()} for name, one in documents.items()}
    return list(candidates(told(documents["a0"], 1), {"a0": list(documents)}, documents, ranker, told=also))


@pytest.mark.parametrize(("like", "asked"), [(0.07, 0), (0.09, 1)])
def test_a_sentence_that_is_a_little_like_a_claim_is_asked_about(like: float, asked: int, parser: Parser) -> None:
    assert len(near(parser, SANK, DOWN, like=like)) == asked


def test_three_sentences_of_an_article_are_asked_about(parser: Parser) -> None:
    towns = "Brell Dorn Elsby Kessin Osk".split()
    assert near(parser, SANK, " ".join(f"The ferry Marit had sailed for {town}." for town in towns)) == [("a1", 1), ("a1", 2), ("a1", 3)]


def test_what_is_told_itself_is_asked_about_however_many_sentences_and_articles_come_nearer(parser: Parser) -> None:
    towns = "Brell Dorn Elsby Kessin Osk".split()
    text = " ".join(f"The ferry Marit had sailed for {town}." for town in towns)
    found = near(parser, SANK, text, *[DOWN] * 8, also={("a1", 5), ("a9", 1)})
    assert found == [("a1", 1), ("a1", 2), ("a1", 3), ("a1", 5), *((f"a{n}", 1) for n in (2, 3, 4, 5, 6, 9))]


def test_a_claim_is_asked_of_six_other_articles(parser: Parser) -> None:
    assert near(parser, SANK, *[DOWN] * 8) == [(f"a{n}", 1) for n in range(1, 7)]
