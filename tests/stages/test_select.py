"""Which sentences are told: the weightiest, spread over events and articles, none twice; every other one with its reason."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.pipeline import tasks
from briefing.stages import nearly
from briefing.stages import select as stage
from briefing.stages.copies import copies
from briefing.stages.judging import Judge
from briefing.stages.rank import Ranker
from briefing.stages.select import CEILING, MOST, Selection, select
from briefing.stages.summarize import Chosen
from tests.stages.fakes import FakeModel, document, embed, plainly, told

FERRY = (
    "The ferry Marit sank in a storm off Tarn on Tuesday night. Six people died when the ferry sank. Police arrested the captain. "
    "Norrline denied any blame. Eleven boats searched the coast for two days. Divers found the wreck in a depth of 40 metres. "
    "Parliament will debate the safety of ferries in May."
)


def selected(documents: list[Document], events: list[list[str]] | None = None, *, every: bool = False) -> Selection:
    together = events or [[one.article.id] for one in documents]
    judge = Judge(FakeModel(), tasks())
    return select(documents, together, copies(documents), Ranker(documents), embed, judge=judge, printing=plainly(), every=every)


def places(found: Selection) -> list[tuple[str, int]]:
    return [(one.document.article.id, one.rewrite.number) for one in found.chosen]


def accounted(documents: list[Document], found: Selection) -> None:
    """Assert that every sentence is chosen or left out with a reason, and none both."""
    left = [(o.article, o.sentence) for o in found.omitted]
    every = sorted((one.article.id, s.number) for one in documents for s in one.article.sentences)
    assert sorted([*places(found), *left]) == every
    assert all(o.reason for o in found.omitted)


def test_the_heaviest_of_an_article_are_told_in_its_order(parser: Parser) -> None:
    one = document(FERRY, parser)
    found = selected([one])
    accounted([one], found)
    assert 1 <= len(found.chosen) <= 4
    assert places(found) == sorted(places(found))
    assert ("made", 1) in places(found)
    weights = {one.rewrite.number: one.weight for one in selected([one], every=True).chosen}
    assert list(found.order["made"]) == sorted(weights, key=lambda n: (-weights[n], n))
    assert found.order["made"][0] in {number for _, number in places(found)}
    assert {o.reason for o in found.omitted} == {"weighs less than those told"}


def test_with_every_all_that_is_worth_telling_is_told(parser: Parser) -> None:
    one = document(FERRY, parser)
    found = selected([one], every=True)
    accounted([one], found)
    assert len(found.chosen) > len(selected([one]).chosen)
    assert set(places(selected([one]))) <= set(places(found))


def test_what_another_article_says_again_is_told_once(parser: Parser) -> None:
    one = document("The ferry Marit sank in a storm off Tarn on Tuesday night. Rain fell in Velm for nine days.", parser, "a")
    two = document("The ferry Marit sank off Tarn in a storm on Tuesday night. Ada Kell won the vote in Osk.", parser, "b")
    found = selected([one, two], [["a", "b"]], every=True)
    accounted([one, two], found)
    ferry = [place for place in places(found) if place in {("a", 1), ("b", 1)}]
    assert len(ferry) == 1
    assert [o.reason for o in found.omitted if o.sentence == 1] == [f"says again what {ferry[0][0]}, sentence 1, says"]


def test_another_number_is_told_beside_its_like(parser: Parser) -> None:
    """It may contest the first one: what differs in a number is never taken for a repetition."""
    one = document("Six people died when the ferry Marit sank in a storm off Tarn.", parser, "a")
    two = document("Nine people died when the ferry Marit sank in a storm off Tarn.", parser, "b")
    assert places(selected([one, two], [["a", "b"]])) == [("a", 1), ("b", 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("All passengers survived the crash near Osk.", "No passengers survived the crash near Osk."),
        ("Norrbus closed the depot in Velm on Monday.", "Norrbus did not close the depot in Velm on Monday."),
        ("Police shot a man in Velm on Monday.", "A man shot police in Velm on Monday."),
    ],
)
def test_a_denial_and_exchanged_parties_are_told_beside_their_like(parser: Parser, one: str, other: str) -> None:
    documents = [document(one, parser, "a"), document(other, parser, "b")]
    assert places(selected(documents, [["a", "b"]])) == [("a", 1), ("b", 1)]


def test_a_copy_is_left_out_with_where_it_stands(parser: Parser) -> None:
    one = document("The ferry Marit sank in a storm off Tarn.", parser, "a", published="2026-11-24")
    two = document("The ferry Marit sank in a storm off Tarn.", parser, "b", published="2026-11-25")
    found = selected([one, two], [["a", "b"]])
    assert places(found) == [("a", 1)]
    assert [(o.article, o.reason) for o in found.omitted] == [("b", "a copy of a, sentence 1")]


def test_an_event_of_several_articles_takes_from_each(parser: Parser) -> None:
    texts = {
        "a": "The ferry Marit sank in a storm off Tarn on Tuesday. Divers found the wreck of the ferry in a depth of 40 metres.",
        "b": "Police arrested the captain of the ferry Marit in Tarn. A court will hear the captain in May.",
        "c": "Norrline denied any blame for the loss of the ferry Marit. Shares of Norrline fell 11 percent.",
    }
    documents = [document(text, parser, name) for name, text in texts.items()]
    found = selected(documents, [["a", "b", "c"]])
    assert {name for name, _ in places(found)} == {"a", "b", "c"}
    assert len(found.chosen) <= 6


def test_of_a_column_one_sentence_is_told(parser: Parser) -> None:
    text = (
        "The tunnel of Tarn will never open\n\nThe tunnel of Tarn will never open on time. "
        "The council of Velm wasted 8 billion crowns on the tunnel of Tarn. The ministry of Norland will close the tunnel of Tarn."
    )
    one = document(text, parser, form="opinion")
    found = selected([one])
    assert len(found.chosen) == 1 < len(found.order["made"])
    accounted([one], found)


@pytest.mark.slow
def test_a_brief_has_an_end_and_the_heaviest_come_first(parser: Parser) -> None:
    documents = [
        document(
            f"The council of Town{n} voted on Monday to spend {n + 3} million crowns. The mayor of Town{n} opened a bridge.",
            parser,
            f"{n:03}",
        )
        for n in range(70)
    ]
    found = selected(documents)
    accounted(documents, found)
    assert MOST < len(found.chosen) == 70 <= CEILING
    assert len({one.document.article.id for one in found.chosen}) == 70  # of each event its heaviest


def test_a_brief_has_forty_claims_of_the_events_in_turn(parser: Parser) -> None:
    lines = "The council of Town{0} voted on Monday. Police arrested {0} clerks in Town{0} on Tuesday. A storm hit Town{0} on Friday."
    found = selected([document(lines.format(n), parser, f"{n:02}") for n in range(3, 18)])
    claims = Counter(name for name, _ in places(found))
    assert len(found.chosen) == 40
    assert Counter(claims.values()) == {3: 10, 2: 5}


@pytest.mark.slow
def test_the_end_of_a_very_long_text_is_not_looked_at(parser: Parser) -> None:
    one = document(" ".join(f"The council of Velm heard witness {n} on Monday." for n in range(430)), parser)
    found = selected([one])
    accounted([one], found)
    assert sum(o.reason == "too far down a very long text" for o in found.omitted) == 30


def test_nothing_to_choose_from(parser: Parser) -> None:
    assert selected([]) == Selection((), (), {}, {})
    one = document("", parser)
    assert selected([one]).chosen == ()
    bare = document("He left. Why? Storm in Velm. We saw it.", parser)
    found = selected([bare])
    accounted([bare], found)
    assert found.chosen == ()
    assert found.order == {"made": ()}


LINES = [
    "The ferry Marit sank in a storm off Tarn.",
    "Six people died when the ferry sank.",
    "Nine people died when the ferry sank.",
    "He left.",
    "“It was late,” Ada Kell said.",
    "Who knows?",
    "The union listed two demands:",
    "Photograph: Lio Hart",
]


@pytest.mark.parametrize("every", [False, True])
@given(drawn=st.lists(st.lists(st.sampled_from(LINES), max_size=6), max_size=4), joined=st.booleans())
def test_every_sentence_is_told_or_left_out_with_its_reason(parser: Parser, drawn: list[list[str]], joined: bool, every: bool) -> None:
    documents = [document("\n\n".join(lines), parser, f"a{n}") for n, lines in enumerate(drawn)]
    names = [one.article.id for one in documents]
    found = selected(documents, ([names] if joined and names else None), every=every)
    accounted(documents, found)
    assert set(found.order) == set(names)
    for one in found.chosen:
        assert one.rewrite.number in found.order[one.document.article.id]


# The numbers of this stage, each with weights and likenesses that are made for it


class Likeness:
    """How alike sentences are, by pairs of their texts' first words; all others not at all."""

    def __init__(self, **pairs: float) -> None:
        self._pairs = pairs

    def alike(self, one: Chosen, other: Chosen) -> float:
        names = sorted(chosen.document.text(chosen.rewrite.number).split()[1] for chosen in (one, other))
        return self._pairs.get("_".join(names), 0.0)


def weighed(parser: Parser, **articles: dict[str, float]) -> list[Chosen]:
    """Return candidates by article, each sentence named by its second word, with its weight; the heaviest first."""
    made = {name: document(" ".join(f"The {word} sank in the storm." for word in words), parser, name) for name, words in articles.items()}
    found = [told(made[name], n, weight).chosen for name, words in articles.items() for n, weight in enumerate(words.values(), start=1)]
    return sorted(found, key=lambda one: -one.weight)


def spread(pool: list[Chosen], likeness: Likeness | None = None, *, judged: bool = True) -> list[str]:
    told = stage._spread(pool, likeness or Likeness(), every=False, reasons={}, judged=judged)  # type: ignore[arg-type]
    return [one.document.text(one.rewrite.number).split()[1] for one in told]


BOATS = "ferry trawler tanker yacht barge cutter schooner dinghy".split()


def test_one_article_gives_an_event_five_sentences(parser: Parser) -> None:
    pool = weighed(parser, a=dict.fromkeys(BOATS, 9.0), b={"brig": 1.0, "kayak": 1.0, "canoe": 1.0, "raft": 1.0})
    assert spread(pool) == [*BOATS[:5], "brig"]


@pytest.mark.parametrize(("articles", "sentences", "room"), [(1, 8, 4), (1, 256, 6), (4, 8, 8), (16, 1, 10)])
def test_an_event_has_more_room_the_more_it_is_told(articles: int, sentences: int, room: int, parser: Parser) -> None:
    """Three claims, a third of one more for each doubling of its sentences, nearly one and a half for each of its articles."""
    text = " ".join(f"Boat {n} sank off Tarn." for n in range(sentences))
    made = [document(text, parser, f"a{n}") for n in range(articles)]
    assert stage._room([told(one, 1).chosen for one in made]) == room


@pytest.mark.parametrize(("every", "looked_at"), [(False, 12), (True, 16)])
def test_three_sentences_are_looked_at_for_each_that_can_be_told(parser: Parser, every: bool, looked_at: int) -> None:
    """Of sixteen sentences of one article four can be told."""
    one = document(" ".join(f"Boat {n} sank off Tarn." for n in range(16)), parser)
    pool = stage._pool([told(one, n, float(n)).chosen for n in range(1, 17)], every=every)
    assert [chosen.rewrite.number for chosen in pool] == list(range(16, 16 - looked_at, -1))


@pytest.mark.parametrize(("last", "taken"), [("Marn denied the charges.", [1, 8, 2, 3]), ("Lund denied the reports.", [1, 2, 3, 4])])
def test_behind_an_accusation_its_denial_is_told(parser: Parser, last: str, taken: list[int]) -> None:
    boats = " ".join(f"The {word} sank in the storm." for word in BOATS[:6])
    one = document(f"Prosecutors charged Hugo Marn with fraud on Monday. {boats} {last}", parser)
    pool = [told(one, n, 9.0 - n).chosen for n in range(1, 9)]
    found = stage._spread(pool, Likeness(), every=False, reasons={}, judged=True)  # type: ignore[arg-type]
    assert [chosen.rewrite.number for chosen in found] == taken


@pytest.mark.parametrize(("numbers", "taken"), [((1, 2, 3), [1, 2, 3]), ((2, 3), [3]), ((1, 3), [1, 3])])
def test_an_answer_is_told_behind_the_sentence_that_it_answers(parser: Parser, numbers: tuple[int, ...], taken: list[int]) -> None:
    one = document("Norland closed the port of Osk on Monday. In response, Brell sent two ships. Kessin closed the bridge.", parser)
    pool = [told(one, n, {1: 1.0, 2: 9.0, 3: 0.5}[n]).chosen for n in numbers]
    found = stage._spread(pool, Likeness(), every=False, reasons={}, judged=True)  # type: ignore[arg-type]
    assert [chosen.rewrite.number for chosen in found] == taken


@pytest.mark.parametrize(("numbers", "taken"), [((1, 2, 3), [1, 2, 3]), ((2, 3), [3])])
def test_what_leans_on_its_article_is_told_behind_what_says_which(parser: Parser, numbers: tuple[int, ...], taken: list[int]) -> None:
    """However heavy it is; a story that does not tell what it leans on does without it, and says so."""
    one = document("A crash on the old bridge killed two men on Monday. The crash happened at night. Kessin closed the port.", parser)
    pool = [told(one, n, {1: 1.0, 2: 9.0, 3: 0.5}[n]).chosen for n in numbers]
    reasons: dict[tuple[str, int], str] = {}
    found = stage._spread(pool, Likeness(), every=False, reasons=reasons, judged=True)  # type: ignore[arg-type]
    assert [chosen.rewrite.number for chosen in found] == taken
    assert reasons == ({} if 1 in numbers else {("made", 2): "leans on something that is not told"})


@pytest.mark.parametrize(("weight", "taken"), [(0.41, ["ferry", "barge"]), (0.39, ["ferry"])])
def test_what_weighs_less_than_two_fifths_of_the_heaviest_is_not_told(parser: Parser, weight: float, taken: list[str]) -> None:
    assert spread(weighed(parser, a={"ferry": 1.0, "barge": weight}), judged=False) == taken


@pytest.mark.parametrize(("likeness", "taken"), [(0.61, ["ferry", "barge"]), (0.63, ["ferry"])])
def test_what_is_as_alike_as_two_wordings_of_one_fact_is_told_once(
    parser: Parser, likeness: float, taken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearly, "apart", lambda one, other: False)
    pool = weighed(parser, a={"ferry": 9.0, "barge": 8.0})
    assert spread(pool, Likeness(barge_ferry=likeness)) == taken


@pytest.mark.parametrize(("weight", "order"), [(0.65, "ferry brig barge"), (0.55, "ferry barge brig")])
def test_the_first_of_an_article_gains_three_tenths(parser: Parser, weight: float, order: str) -> None:
    assert spread(weighed(parser, a={"ferry": 1.5, "barge": 0.9}, b={"brig": weight})) == order.split()


@pytest.mark.parametrize(("weight", "order"), [(0.65, "ferry yacht barge"), (0.55, "ferry barge yacht")])
def test_what_is_alike_loses_twice_its_likeness(parser: Parser, weight: float, order: str) -> None:
    assert spread(weighed(parser, a={"ferry": 1.5, "barge": 1.0, "yacht": weight}), Likeness(barge_ferry=0.2)) == order.split()


@pytest.mark.parametrize(("day", "lost"), [("2026-11-25", 0.0), ("2026-11-24", 0.5), ("2026-11-22", 1.5), ("2026-11-19", 1.5)])
def test_an_older_article_loses_half_a_unit_a_day_for_three_days(parser: Parser, day: str, lost: float) -> None:
    new, old = document("Rain fell in Velm on Monday.", parser, "a", published="2026-11-25"), document(FERRY, parser, "b", published=day)
    even = document(FERRY, parser, "b", published="2026-11-25")
    weights = []
    for other in (even, old):
        found, _ = stage.can_be_told([new, other], [["a", "b"]], {}, Ranker([new, other]))
        weights.append(max(one.weight for one in found["b"]))
    assert weights[0] - weights[1] == pytest.approx(lost)


@pytest.mark.slow
def test_a_brief_of_very_many_events_has_120_claims(parser: Parser) -> None:
    documents = [
        document(f"The council of Town{n} voted on Monday to spend {n + 3} million crowns.", parser, f"{n:03}") for n in range(125)
    ]
    assert len(selected(documents).chosen) == 120
