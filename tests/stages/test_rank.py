"""What is worth telling: each signal in its range and its direction, and the weight is their sum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.stages import rank
from briefing.stages.edits import Rewrite
from briefing.stages.rank import LEAST, WEIGHTS, Ranker, Signals, before, weight
from briefing.stages.rewrite import rewrite
from briefing.stages.select import can_be_told
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


@given(st.lists(st.sampled_from([*WORDS, "\n\n"]), max_size=40).map(" ".join))
def test_signals_are_in_range_for_any_text(parser: Parser, text: str) -> None:
    one = document(text, parser)
    ranker = Ranker([one])
    for number in one.body():
        plan = rewrite(one, number)
        if isinstance(plan, Rewrite):
            assert all(0 <= value <= 1 for value in ranker.signals(one, plan, ["made"])), text


# The numbers of this stage


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        # what other outlets tell too goes before all else; then what the headline has, the opening and what the article is about
        ({"spread": 1}, {"headline": 1}),
        ({"headline": 1}, {"lede": 1}),
        ({"headline": 1}, {"central": 1}),
        ({"lede": 1}, {"event": 1}),
        ({"central": 1}, {"event": 1}),
        ({"lede": 1, "headline": 1}, {"spread": 1}),
        ({"lede": 1, "event": 1}, {"headline": 1}),
        ({"central": 1, "event": 1}, {"headline": 1}),
        ({"spread": 1}, {"lede": 1, "counts": 1}),
        ({"spread": 1}, {"central": 1, "names": 1}),
        # a deed before names, names before numbers, numbers before who says it
        ({"event": 1}, {"names": 1}),
        ({"names": 1, "counts": 1}, {"event": 1}),
        ({"event": 1, "names": 1, "said": 1}, {"lede": 1}),
        ({"names": 1}, {"counts": 1, "said": 1}),
        ({"counts": 1}, {"said": 1}),
        ({"counts": 1}, {"short": -1}),
        ({"said": 1, "short": 1}, {"names": 1, "opinion": 1}),
        ({}, {"said": 1, "short": 1}),
        ({"said": 1, "event": 1, "names": 1}, {"headline": 0.8}),
        ({"said": 1}, {"central": 0.05}),
        # what takes from a sentence
        ({"short": 1}, {"leans": 1}),
        ({"leans": 1}, {"long": 1}),
        ({"long": 1}, {"past": 1}),
        ({"past": 1}, {"turned": 1}),
        ({"turned": 1}, {"drama": 1}),
        ({"drama": 1}, {"quoted": 1}),
        ({"quoted": 1}, {"opinion": 1}),
        ({"event": 1, "past": 1}, {}),
        ({"counts": 1, "short": 1}, {}),
        ({"counts": 1, "said": 1, "leans": 1}, {}),
        ({"names": 1, "long": 1}, {}),
        ({}, {"counts": 1, "long": 1}),
        ({}, {"said": 1, "leans": 1}),
        ({"event": 1, "turned": 1}, {}),
        ({"lede": 1, "drama": 1}, {}),
        ({"headline": 1, "quoted": 1}, {}),
        ({}, {"lede": 1, "opinion": 1}),
        ({"spread": 1, "opinion": 1}, {}),
        # an answer to a charge is worth a name
        ({"denial": 1, "long": 1}, {}),
        ({"event": 1}, {"denial": 1}),
    ],
    ids=str,
)
def test_which_sentence_goes_before_which(before: dict[str, float], behind: dict[str, float]) -> None:
    none = Signals(*(0.0 for _ in Signals._fields))
    assert weight(none._replace(**before)) > weight(none._replace(**behind))


TOLD = "The news of the day was that the council of the town had voted for the bridge."
STRANGE = "The quarry is old.", "The bridge sold a lantern.", "Bakers married nurses."


def test_a_third_of_the_headline_counts_half_and_two_thirds_all_of_it(parser: Parser) -> None:
    one = document(f"Quarry, bridge, lantern\n\n{' '.join(STRANGE)}", parser)
    found = [signals(one, text).headline for text in STRANGE]
    assert found == [pytest.approx(0.5, abs=0.1), 1, 0]


def test_of_sentences_that_share_no_word_each_is_a_part_of_the_middle(parser: Parser) -> None:
    one = document("Rain fell. Bakers struck. Dockers marched. Nurses voted.", parser)
    assert signals(one, "Bakers").central == pytest.approx(0.75, abs=0.05)


def test_the_places_of_what_happened_fall_off(parser: Parser) -> None:
    one = document(f"Six people died. Nine ships sank. Two mayors resigned. {TOLD}", parser)
    assert [signals(one, words).lede for words in ("Six", "Nine", "Two")] == [1, pytest.approx(2 / 3), 0.5]


def test_an_opening_that_tells_of_no_event_counts_half(parser: Parser) -> None:
    assert signals(document("Bread is cheap in Velm.", parser), "Bread").lede == 0.5


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Six people died.", 1.0),
        ("The bridge was red.", 0.4),
        ("The union may strike.", 0.5),
        ("The union sells bread.", 0.3),
        ("Bread is cheap.", 0.0),
    ],
)
def test_a_deed_that_was_done_is_an_event_and_a_state_less(parser: Parser, text: str, event: float) -> None:
    assert signals(document(f"{text} {TOLD}", parser), text).event == event


def test_a_sentence_that_no_parser_reads_may_be_an_event(parser: Parser) -> None:
    text = "Die Brücke über den Fluss ist seit dem 29. Juli 2026 gesperrt. Der Rat stritt über die Kosten der Brücke."
    assert 0.5 < signals(document(text, parser), "Der Rat").event < 1


@pytest.mark.parametrize(
    ("text", "names"), [("Germany and France signed the treaty.", 0.5), ("Germany, France, Italy and Spain signed the treaty.", 1)]
)
def test_four_names_are_many(parser: Parser, text: str, names: float) -> None:
    assert signals(document(text, parser), text).names == names


@pytest.mark.parametrize(("words", "long", "short"), [(5, 0, 1), (6, 0, 0), (40, 0, 0), (50, 0.5, 0), (60, 1, 0)])
def test_from_forty_words_on_a_sentence_is_long_and_under_six_it_is_short(parser: Parser, words: int, long: float, short: float) -> None:
    start = ["The", "union", "sold"]
    text = " ".join([*start, *("boats and carts and ships and " * words).split()[: words - len(start) - 1], "bread."])
    found = signals(document(text, parser), text)
    assert (found.long, found.short) == (long, short)


@pytest.mark.parametrize(("heavy", "told"), [(0.59, 0), (0.61, 1)])
def test_what_weighs_too_little_is_not_told(heavy: float, told: int, parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rank, "weight", lambda signals: heavy)
    one = document("The ferry Marit sank in a storm off Tarn on Tuesday night.", parser)
    found, _ = can_be_told([one], [["made"]], {}, Ranker([one]))
    assert len(found["made"]) == told
