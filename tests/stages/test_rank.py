"""What is worth telling: each signal in its range and its direction, and the weight is their sum."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.stages.rank import LEAST, WEIGHTS, Ranker, Signals, before, weight
from briefing.stages.rewrite import Rewrite, rewrite
from tests.stages.fakes import document

FERRY = (
    "Ferry sinks off Tarn\n\nThe ferry Marit sank in a storm off Tarn on Tuesday night. Six people died when the ferry sank. "
    "The ship had been built in 1994. “It was a terrible night for the town,” the mayor said. The weather is cold. "
    "Norrline, which owns the ferry Marit, sold two ships to Velm. The decision angered the union."
)


def signals(one: Document, words: str, *others: Document) -> Signals:
    number = next(n for n in one.body() if words in one.text(n))
    plan = rewrite(one, number)
    assert isinstance(plan, Rewrite), plan
    return Ranker([one, *others]).signals(one, plan, [one.article.id, *(other.article.id for other in others)])


@pytest.fixture(scope="module")
def ferry(parser: Parser) -> Document:
    return document(FERRY, parser)


def test_the_weight_is_the_sum_of_what_each_signal_adds() -> None:
    none = Signals(*(0.0 for _ in Signals._fields))
    assert weight(none) == 0
    for name, value in WEIGHTS._asdict().items():
        assert weight(none._replace(**{name: 1.0})) == pytest.approx(value)
    assert weight(Signals(*(1.0 for _ in Signals._fields))) == pytest.approx(sum(WEIGHTS))


def test_the_news_weighs_more_than_what_stands_beside_it(ferry: Document) -> None:
    lead, dead, built, cold = (weight(signals(ferry, words)) for words in ("The ferry Marit sank", "Six people", "had been built", "cold"))
    assert lead > dead > built > cold
    assert cold < LEAST < built


def test_the_first_sentence_is_the_lede(ferry: Document) -> None:
    ledes = [signals(ferry, words).lede for words in ("The ferry Marit sank", "Six people", "had been built", "cold")]
    assert ledes[0] == 1
    assert ledes == sorted(ledes, reverse=True)


@pytest.mark.parametrize(
    ("name", "more", "less"),
    [
        ("headline", "The ferry Marit sank", "cold"),
        ("central", "The ferry Marit sank", "cold"),
        ("counts", "Six people", "angered"),
        ("names", "Norrline, which", "cold"),
        ("event", "Six people", "cold"),
        ("said", "terrible night", "Six people"),
        ("quoted", "terrible night", "Six people"),
        ("past", "had been built", "Six people"),
        ("leans", "The decision angered", "Six people"),
        ("short", "angered", "The ferry Marit sank"),
    ],
)
def test_a_signal_tells_them_apart(ferry: Document, name: str, more: str, less: str) -> None:
    assert getattr(signals(ferry, more), name) > getattr(signals(ferry, less), name)


def test_what_others_tell_too_spreads(parser: Parser, ferry: Document) -> None:
    other = document("Six people died when a ferry sank in a storm off Tarn.", parser, "b")
    far = document("The bank of Orlin kept its key rate.", parser, "c")
    assert signals(ferry, "Six people").spread == 0
    assert signals(ferry, "Six people", other).spread > signals(ferry, "Six people", far).spread
    assert signals(ferry, "Six people", other).spread > signals(ferry, "Norrline, which", other).spread


def test_an_opinion_weighs_less_than_a_report(parser: Parser) -> None:
    text = "The tunnel of Tarn will never open on time."
    report, column = document(text, parser), document(text, parser, form="opinion")
    assert weight(signals(column, "tunnel")) < weight(signals(report, "tunnel")) - 1


def test_an_answer_is_not_held_against_an_interview(parser: Parser) -> None:
    text = (
        "Ilse Morrow speaks\n\nQ: Will fares rise?\n\nA: Fares rise in March. We said so.\n\nQ: Are you sure?\n\nA: The owners told me so."
    )
    one = document(text, parser)
    assert one.article.form == "interview"
    assert signals(one, "Fares rise").quoted == 0


def test_a_report_in_another_language_is_worth_telling(parser: Parser) -> None:
    text = "Brücke gesperrt\n\nDie Brücke über den Fluss ist seit dem 29. Juli 2026 gesperrt. Der Rat stritt über die Kosten der Brücke."
    one = document(text, parser)
    assert not one.english
    assert weight(signals(one, "Die Brücke")) > LEAST


@pytest.mark.parametrize(
    ("text", "told_of_the_past"),
    [
        ("The ship had been built in 1994.", True),
        ("The ship has been built.", False),
        ("The ship sank after it had been built.", False),
        ("Storm in Velm.", False),
    ],
)
def test_what_had_been_before(parser: Parser, text: str, told_of_the_past: bool) -> None:
    assert before(parser.parse([text])[0]) is told_of_the_past


WORDS = "The ferry Marit sank who had 40 not , . “ ” Monday Velm said mayor is was – ( ) must He".split()


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*WORDS, "\n\n"]), max_size=40).map(" ".join))
def test_signals_are_in_range_for_any_text(parser: Parser, text: str) -> None:
    one = document(text, parser)
    ranker = Ranker([one])
    for number in one.body():
        plan = rewrite(one, number)
        if isinstance(plan, Rewrite):
            assert all(0 <= value <= 1 for value in ranker.signals(one, plan, ["made"])), text
