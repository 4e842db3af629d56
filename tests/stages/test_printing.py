"""What may be printed: at the head of an event by itself, behind it with it; every other sentence with what it lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import pytest
from pydantic import ValidationError

from briefing import pipeline
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model.base import LATE_JUDGEMENT, Judgement, Question
from briefing.model.probes import log_odds
from briefing.model.wording import WORD, Coloured, Wording
from briefing.pipeline import tasks
from briefing.stages.edits import Rewrite
from briefing.stages.judging import Judge
from briefing.stages.printing import Candidate, Printable, in_turn, printable, ways
from briefing.stages.rewrite import rewrite
from briefing.stages.summarize import Chosen
from briefing.stages.traits import traits
from briefing.stages.worth import LACKING, Criterion, Printing, Worth, read
from tests.stages.fakes import FakeModel, Reader, document, plainly, straight

PIER = (
    "The town of Kessin closed its old pier on Monday. The pier is beloved by all. Mayor Ada Kell opened the harbour fair in 1987. "
    "Engineers found cracks in the pillars. The town closed the pier."
)
FINE = (3.0, 3.0, 3.0, 3.0, 3.0, -3.0)
Read = Callable[[str], Sequence[float]]


def pool(one: Document, weights: Sequence[float] = (5, 4, 3, 2, 1)) -> list[Chosen]:
    found = []
    for number, weight in zip(one.body(), weights, strict=False):
        told = rewrite(one, number)
        assert isinstance(told, Rewrite), told
        found.append(Chosen(one, told, weight))
    return found


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Take two articles for many, but where a test is about few."""
    if "few" not in request.node.name:
        monkeypatch.setattr("briefing.stages.printing.FEW", 0)


def printed(pools: Sequence[Sequence[Chosen]], read_off: Read, *, every: bool = False) -> tuple[Printable, Reader]:
    model = Reader(read_off)
    ranks = {(one.document.article.id, one.rewrite.number): n for several in pools for n, one in enumerate(several)}
    return printable(pools, ranks, Judge(model, tasks(("print",)), {"print": straight()}), plainly(), every=every), model


def numbers(found: Printable, n: int = 0) -> list[int]:
    return [one.rewrite.number for one in found.pools[n]]


def test_the_best_line_heads_its_event_and_the_others_are_asked_about_behind_it(parser: Parser) -> None:
    def read_off(text: str) -> Sequence[float]:
        if "Told before: The town of Kessin closed its old pier on Monday." in text and "cracks" in text:
            return FINE
        return FINE if "on Monday.\nPrint" in text else (-3.0, 3.0, 3.0, 3.0, 3.0, -3.0)

    found, model = printed([pool(document(PIER, parser))], read_off)
    assert numbers(found) == [1, 4]
    assert found.pools[0][0].weight > found.pools[0][1].weight
    assert set(found.lacking.values()) == {"leans on something that is not told"}
    assert [("Told before" in q.prompt.shared) for q in model.questions] == [False] * 5 + [True] * 4


@pytest.mark.parametrize(
    ("lack", "reason"),
    [(0, "leans on something"), (2, "is not news"), (4, "not neutral")],
)
def test_what_is_held_back_says_what_it_lacks(parser: Parser, lack: int, reason: str) -> None:
    bad = tuple(-4.0 if n == lack else odds for n, odds in enumerate(FINE))
    found, _ = printed([pool(document(PIER, parser))], lambda text: FINE if "on Monday.\nPrint" in text else bad)
    assert numbers(found) == [1]
    assert all(reason in why for why in found.lacking.values())


def test_what_the_head_says_already_is_not_said_again(parser: Parser) -> None:
    again = (*FINE[:5], 3.0)
    found, _ = printed([pool(document(PIER, parser))], lambda text: again if "The town closed the pier.\nPrint" in text else FINE)
    assert numbers(found) == [1, 2, 3, 4]
    assert found.lacking["made", 5] == "says what the line before it says"


CHARGE = "Prosecutors in Velm charged Otto Brandt with bribing two inspectors on Monday. {} Brandt denied the charges."


@pytest.mark.parametrize(
    ("neutral", "again", "head", "told"),
    [
        (3.0, -3.0, "on Monday.\nPrint", [1, 3]),
        (-3.0, -3.0, "on Monday.\nPrint", [1]),
        (3.0, 3.0, "on Monday.\nPrint", [1]),
        (3.0, -3.0, "last year.\nPrint", [2]),
    ],
)
def test_a_denial_of_what_is_told_has_only_to_be_neutral(parser: Parser, neutral: float, again: float, head: str, told: list[int]) -> None:
    one = document(CHARGE.format("Norrbus had 1,200 drivers in Velm last year."), parser)
    found, _ = printed([pool(one, (5, 4, 3))], lambda text: FINE if head in text else (-3.0, 3.0, 3.0, 3.0, neutral, again))
    assert numbers(found) == told


@pytest.mark.parametrize(
    ("toll", "told"),
    [
        ("Six people died.", [1, 2]),
        ("Six people died in 2019.", [1]),
        ("Six people had died before.", [1]),
        ("The crew sold six ships.", [1]),
        ("The council of Velm met. Six people died.", [1]),
    ],
)
def test_a_toll_right_behind_what_is_told_of_few_articles_has_only_to_be_neutral(parser: Parser, toll: str, told: list[int]) -> None:
    one = document(f"The ferry Aster sank off Velm on Monday. {toll}", parser, published="2026-11-25")
    weights = range(5, 5 - len(list(one.body())), -1)
    found, _ = printed([pool(one, list(weights))], lambda text: FINE if "Sentence: The ferry" in text else (-3.0, 3.0, 3.0, 3.0, 3.0, -3.0))
    assert numbers(found) == told


def test_an_article_without_a_line_that_stands_by_itself_is_not_told(parser: Parser) -> None:
    pools = [pool(document(PIER, parser, "a")), pool(document(PIER, parser, "b"))]
    found, _ = printed(pools, lambda text: (-5.0,) * 6)
    assert found.pools == [[], []]
    assert len(found.lacking) == 10, "five of each article were asked whether they stand by themselves"


def test_what_leans_on_its_article_stands_behind_another_line_and_never_by_itself(parser: Parser) -> None:
    one = document("A crash on the old bridge killed two men on Monday. The crash happened at night. Kessin closed the port.", parser)
    found, _ = printed([pool(one)], lambda text: FINE if "crash happened" in text or "Sentence: Kessin" in text else (-4.0, *FINE[1:]))
    assert numbers(found) == [2, 3], "asked behind the port, and left to stand behind what says which crash"
    assert [one.rewrite.number for one in sorted(found.pools[0], key=lambda one: -one.weight)] == [3, 2]
    found, _ = printed([pool(one)], lambda text: FINE if "crash happened" in text else (-4.0, *FINE[1:]))
    assert found.pools == [[]]
    assert found.lacking["made", 2] == "leans on something that is not told"


def test_each_article_of_an_event_has_its_own_line_to_stand_behind(parser: Parser) -> None:
    pools = [[*pool(document(PIER, parser, "a")), *pool(document(PIER.replace("Kessin", "Orlin"), parser, "b"))]]

    def read_off(text: str) -> Sequence[float]:
        return FINE if "on Monday.\nPrint" in text or ("Told before: The town of Orlin" in text and "cracks" in text) else (-4.0, *FINE[1:])

    found, _ = printed(pools, read_off)
    assert [(one.document.article.id, one.rewrite.number) for one in found.pools[0]] == [("a", 1), ("b", 1), ("b", 4)]


def test_an_article_that_has_no_line_of_its_own_is_asked_behind_the_best_of_its_event(parser: Parser) -> None:
    pools = [[*pool(document(PIER, parser, "a")), *pool(document(PIER.replace("Kessin", "Orlin"), parser, "b"))]]

    def read_off(text: str) -> Sequence[float]:
        behind = "Told before: The town of Kessin" in text and "cracks" in text
        return FINE if behind or "Kessin closed its old pier on Monday.\nPrint" in text else (-4.0, *FINE[1:])

    found, model = printed(pools, read_off)
    assert [one.place for one in found.pools[0]] == [("a", 1), ("a", 4), ("b", 4)]
    assert [one.follows for one in found.pools[0]] == [False, True, True]
    assert found.pools[0][2].weight < found.pools[0][0].weight
    assert "Told before: The town of Orlin" not in "".join(q.prompt.shared for q in model.questions)


def test_an_opinion_stands_behind_no_line_of_another_article(parser: Parser) -> None:
    held = [
        one._replace(rewrite=one.rewrite._replace(kind="opinion")) for one in pool(document(PIER.replace("Kessin", "Orlin"), parser, "b"))
    ]

    def read_off(text: str) -> Sequence[float]:
        return FINE if "Told before" in text or "Kessin closed its old pier on Monday.\nPrint" in text else (-4.0, *FINE[1:])

    found, _ = printed([[*pool(document(PIER, parser, "a")), *held]], read_off)
    assert {one.document.article.id for one in found.pools[0]} == {"a"}


def test_a_model_that_cannot_tell_holds_nothing_back(parser: Parser) -> None:
    pools = [pool(document(PIER, parser))]
    ranks = {("made", one.rewrite.number): n for n, one in enumerate(pools[0])}
    for judge in (Judge(FakeModel(), tasks(("print",))), Judge(FakeModel(), tasks(("print",)), {"print": straight()})):
        found = printable(pools, ranks, judge, plainly())
        assert (found.pools, found.lacking, found.judged) == (pools, {}, False)


def test_in_a_very_long_brief_each_event_is_asked_about_before_any_twice(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.stages.printing._JUDGED", 3)
    pools = [pool(document(PIER, parser, name)) for name in "ab"]
    found, model = printed(pools, lambda text: FINE)
    assert len(model.questions) == 6
    assert [len(one) for one in found.pools] == [3, 2]
    assert printed(pools, lambda text: FINE, every=True)[1].questions == [], "where all is told nothing is asked"


def test_a_person_is_judged_as_introduced(parser: Parser) -> None:
    text = "Mayor Ada Kell of Kessin spoke on Monday. Later Kell said that the pier is safe."
    first, second = pool(document(text, parser))
    assert "[Mayor Ada Kell] said" in Candidate(second, 1).text
    assert "[Ada Kell]" not in Candidate(second, 1, Candidate(first, 0).text).text


def test_a_sentence_is_told_without_what_is_loaded_where_that_may_go(parser: Parser) -> None:
    text = "Maren Sol, who leads the harbour board, closed the old pier on Monday, underscoring the shocking mood on the coast."
    loaded = (*FINE[:4], -5.0, -3.0)
    found, model = printed([pool(document(text, parser))], lambda prompt: loaded if "shocking" in prompt else FINE)
    assert len(model.questions) == 2
    assert "shocking" not in Candidate(found.pools[0][0], 0).text


def test_who_somebody_is_stays_where_what_is_loaded_goes(parser: Parser) -> None:
    text = "Maren Sol, the head of the harbour board, closed the old pier on Monday, underscoring the shocking mood on the coast."
    (one,) = pool(document(text, parser))
    _, told = ways(one)
    assert Candidate(told, 0).text == "Maren Sol, the head of the harbour board, closed the old pier on Monday."


def test_plain_wording_is_wanted_whatever_else_is_true(parser: Parser) -> None:
    strict = plainly(0.3).model_copy(update={"plain": 0.9, "only": 0.9})
    model = Reader(lambda text: (9.0, 9.0, 9.0, 9.0, 2.0, -3.0))
    several = [pool(document(PIER, parser))]
    ranks = {("made", one.rewrite.number): n for n, one in enumerate(several[0])}
    judge = Judge(model, tasks(("print",)), {"print": straight()})
    assert printable(several, ranks, judge, strict).pools == [[]]
    assert printable(several, ranks, judge, strict.model_copy(update={"plain": 0.8})).pools != [[]]
    only = printable(several, ranks, judge, strict.model_copy(update={"only": 0.8, "behind": 0.99}))
    assert [len(told) for told in only.pools] == [1], "of the one line of an event it counts in the likelihood alone"


@pytest.mark.parametrize(("least", "told"), [(0.9, 1), (0.8, 5)])
def test_behind_another_line_plain_wording_is_wanted_more(parser: Parser, least: float, told: int) -> None:
    strict = plainly(0.3).model_copy(update={"plain_behind": least})
    several = [pool(document(PIER, parser))]
    ranks = {("made", one.rewrite.number): n for n, one in enumerate(several[0])}
    judge = Judge(Reader(lambda text: (9.0, 9.0, 9.0, 9.0, 2.0, -3.0)), tasks(("print",)), {"print": straight()})
    assert len(printable(several, ranks, judge, strict).pools[0]) == told


def test_what_was_asked_and_not_answered_is_left_out_for_that(parser: Parser) -> None:
    class Half(Reader):
        def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
            for n, judgement in super().judge(questions):
                yield n, judgement if n < 2 else LATE_JUDGEMENT

    one = pool(document(PIER, parser))
    ranks = {(chosen.document.article.id, chosen.rewrite.number): k for k, chosen in enumerate(one)}
    judge = Judge(Half(lambda text: (5.0, 5.0, 5.0, 5.0, 5.0, -5.0)), tasks(("print",)), {"print": straight()})
    found = printable([one], ranks, judge, plainly())
    assert found.judged
    assert 0 < len(numbers(found)) < len(one)
    reasons = {reason for place, reason in found.lacking.items()}
    assert reasons == {"the model was asked of it and gave no answer, or none in time"}
    assert judge.tally.late > 0


@pytest.mark.parametrize(("neutral", "judged"), [(1.0, True), (-1.0, False)])
def test_of_few_articles_a_line_is_rather_neutral_than_not(parser: Parser, neutral: float, judged: bool) -> None:
    strict = plainly(0.5).model_copy(update={"plain": 0.9, "few": 0.1, "few_plain": 0.5})
    model = Reader(lambda text: (3.0, 3.0, 3.0, 3.0, neutral, -3.0) if "on Monday.\nPrint" in text else (-9.0,) * 6)
    several = [pool(document(PIER, parser))]
    ranks = {("made", one.rewrite.number): n for n, one in enumerate(several[0])}
    found = printable(several, ranks, Judge(model, tasks(("print",)), {"print": straight()}), strict)
    assert found.judged is judged, "where no line is, all are told"
    assert (len(found.pools[0]) == 1) is judged


def test_of_few_articles_less_is_held_back_and_nothing_where_no_line_is_good(parser: Parser) -> None:
    pools = [pool(document(PIER, parser, name)) for name in "abcde"]
    assert printed(pools, lambda text: (-5.0,) * 6)[0] == Printable(pools, {}, judged=False)
    known = plainly(0.9).model_copy(update={"few": 0.6, "few_behind": 0.7})
    ranks = {one.place: n for several in pools for n, one in enumerate(several)}
    judge = Judge(Reader(lambda text: (2.0, 2.0, 2.0, 2.0, 5.0, -3.0)), tasks(("print",)), {"print": straight()})
    assert all(printable(pools, ranks, judge, known).pools)
    assert printed([*pools, pool(document(PIER, parser, "f"))], lambda text: (-5.0,) * 6)[0].pools == [[]] * 6


def test_the_one_line_of_an_event_is_told_sooner(parser: Parser) -> None:
    lone = [pool(document(PIER, parser, name)) for name in "cdefg"]
    several = [*pool(document(PIER, parser, "a")), *pool(document(PIER, parser, "b"))]
    ranks = {one.place: n for told in (several, *lone) for n, one in enumerate(told)}
    known = plainly(0.85).model_copy(update={"only": 0.5, "few": 0.2})

    def told(odds: float, *views: int) -> list[int]:
        weak = (odds, odds, odds, odds, 5.0, -3.0)
        judge = Judge(Reader(lambda text: weak), tasks(("print",)), {"print": straight()})
        pools = [several, *lone]
        for n in views:
            pools[n] = [one._replace(rewrite=one.rewrite._replace(kind="opinion")) for one in pools[n]]
        return [len({one.place[0] for one in found}) for found in printable(pools, ranks, judge, known).pools]

    assert told(0.8) == [1, 1, 1, 1, 1, 1]  # 0.57: one line of each event, of the two articles too
    assert told(0.8, 2, 4) == [1, 1, 0, 1, 0, 1]  # but for an opinion
    assert told(0.2) == [1, 0, 0, 0, 0, 0]  # 0.41: the best line of all, where nothing else is told


def test_of_many_articles_the_best_line_is_told_where_no_article_would_be(parser: Parser) -> None:
    pools = [*(pool(document(PIER, parser, name)) for name in "abcde"), pool(document(PIER.replace("Kessin", "Orlin"), parser, "f"))]
    ranks = {one.place: n for several in pools for n, one in enumerate(several)}
    known = plainly(0.85).model_copy(update={"few": 0.6, "few_behind": 0.7})
    weak = (2.0, 2.0, 2.0, 2.0, 5.0, -3.0)

    def told(read_off: Callable[[str], Sequence[float]]) -> list[bool]:
        judge = Judge(Reader(read_off), tasks(("print",)), {"print": straight()})
        return [bool(one) for one in printable(pools, ranks, judge, known).pools]

    best = (2.0, 2.0, 2.0, 2.5, 5.0, -3.0)
    assert told(lambda text: best if "Orlin" in text else weak) == [False] * 5 + [True]
    assert told(lambda text: FINE if "Orlin" in text else weak) == [False] * 5 + [True]
    assert told(lambda text: (-5.0,) * 6) == [False] * 6


def test_of_the_lines_that_may_be_printed_the_article_s_news_heads_it(parser: Parser) -> None:
    background = (5.0, 5.0, 5.0, -1.0, 5.0, -5.0)
    found, _ = printed([pool(document(PIER, parser))], lambda text: FINE if "cracks" in text else background)
    heaviest = max(found.pools[0], key=lambda one: one.weight)
    assert "cracks" in heaviest.document.text(heaviest.rewrite.number)


def test_traits_count_as_they_were_fitted(parser: Parser) -> None:
    known = plainly()
    stands = known.stands.model_copy(update={"traits": {**known.stands.traits, "rank": -1.0, "first": 0.5, "follows": 2.0}})
    tilted = known.model_copy(update={"stands": stands})
    one = pool(document(PIER, parser))[0]
    asked = [traits(one, "The pier closed.", rank=rank, before=before) for rank, before in ((0, ""), (3, ""), (3, "A line."))]
    zero = (0.0,) * 6
    assert read(zero, asked[0], known).stands == 0.5
    assert [read(zero, counted, tilted).stands for counted in asked] == [pytest.approx(p, abs=0.001) for p in (0.622, 0.2, 0.649)]


@pytest.mark.parametrize("changed", [{}, {"rank": 1.0, "unheard": 0.0}])
def test_coefficients_name_every_trait(changed: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="must name exactly"):
        Criterion(intercept=0, heads=(0.0,) * 6, traits=changed)


def test_behind_another_line_more_is_asked(parser: Parser) -> None:
    likely = (3.0, 3.0, 3.0, 3.0, 3.0, -3.0)  # 0.86 for all three together
    strict = plainly().model_copy(update={"behind": 0.9})
    ranks = {one.place: n for n, one in enumerate(pool(document(PIER, parser)))}
    judge = Judge(Reader(lambda text: likely), tasks(("print",)), {"print": straight()})
    assert len(printable([pool(document(PIER, parser))], ranks, judge, strict).pools[0]) == 1
    assert len(printable([pool(document(PIER, parser))], ranks, judge, plainly()).pools[0]) > 1


def test_turns() -> None:
    assert list(in_turn(["abc", "", "de"], 4)) == ["a", "d", "b", "e"]
    assert list(in_turn([], 4)) == []


# Coloured words


def colouring(*words: str) -> Wording:
    """Read some words as surely struck, and all others as plain."""
    return lambda texts: [tuple(Coloured(*m.span(), 9.0 if m.group() in words else -9.0) for m in WORD.finditer(text)) for text in texts]


def toned(pools: Sequence[Sequence[Chosen]], wording: Wording, printing: Printing | None = None) -> Printable:
    ranks = {(one.document.article.id, one.rewrite.number): n for several in pools for n, one in enumerate(several)}
    judge = Judge(Reader(lambda text: FINE), tasks(("print",)), {"print": straight()})
    return printable(pools, ranks, judge, printing or plainly(), wording=wording)


def test_plain_words_are_wanted_as_plain_wording_is(parser: Parser) -> None:
    one = pool(document("The council of Velm crushed the offer on Monday. Kessin opened a school in May.", parser))
    strict = plainly().model_copy(update={"plain": 0.9, "plain_behind": 0.9})

    def maybe(texts: Sequence[str]) -> list[tuple[Coloured, ...]]:
        return [tuple(Coloured(*m.span(), -0.9) for m in re.finditer("crushed", text)) for text in texts]

    assert numbers(toned([one], maybe)) == [1, 2]
    assert numbers(toned([one], maybe, strict)) == [2], "0.95 of the whole, 0.8 of the word"


def test_a_coloured_word_that_may_go_goes_and_the_sentence_is_told(parser: Parser) -> None:
    one = document("The council of Velm ended a fierce debate on Monday. Kessin opened a school in May.", parser)
    found = toned([pool(one)], colouring("fierce"))
    assert numbers(found) == [1, 2]
    assert Candidate(found.pools[0][0], 0).text == "The council of Velm ended a debate on Monday."


def test_where_all_is_told_coloured_words_go_too(parser: Parser) -> None:
    one = pool(document("The council of Velm ended a fierce debate on Monday. Kessin opened a school in May.", parser))
    other = pool(document("The council of Tarn ended a fierce debate on Monday.", parser, "other"))
    judge = Judge(Reader(lambda text: FINE), tasks(("print",)), {"print": straight()})
    found = printable([one, other], {}, judge, plainly(), wording=colouring("fierce"), every=True)
    assert [[Candidate(told, 0).text for told in several] for several in found.pools] == [
        ["The council of Velm ended a debate on Monday.", "Kessin opened a school in May."],
        ["The council of Tarn ended a debate on Monday."],
    ]


def test_a_sentence_with_a_coloured_word_that_stays_is_not_neutral(parser: Parser) -> None:
    one = document("The council of Velm crushed the offer on Monday. Kessin opened a school in May.", parser)
    found = toned([pool(one)], colouring("crushed"))
    assert numbers(found) == [2]
    assert found.lacking == {("made", 1): LACKING[2]}


def test_of_a_few_articles_none_is_left_out_for_a_coloured_word(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.stages.printing.FEW", 1)
    one = pool(document("The council of Velm crushed the offer on Monday. Kessin crushed a school in May.", parser))
    assert numbers(toned([one], colouring("crushed"))) == [1, 2]
    other = pool(document("The council of Tarn crushed the offer on Monday.", parser, "other"))
    assert toned([one, other], colouring("crushed"), plainly().model_copy(update={"few": 0.999})).pools == [[], []]


def test_of_several_lines_the_plain_one_heads_its_article(parser: Parser) -> None:
    one = document("The council of Velm crushed the offer on Monday. Kessin opened a school in May.", parser)
    heads = [one.rewrite.number for one in toned([pool(one)], colouring()).pools[0]]
    assert heads[0] == 1
    mild = [
        [Coloured(*m.span(), -1.0 if m.group() == "crushed" else -9.0) for m in WORD.finditer(text)] for text in (one.text(1), one.text(2))
    ]
    told = toned([pool(one)], lambda texts: [tuple(mild["school" in text]) for text in texts])
    assert {one.rewrite.number: one.weight for one in told.pools[0]}[2] > {one.rewrite.number: one.weight for one in told.pools[0]}[1]


def test_a_denial_has_to_be_neutral_in_its_words(parser: Parser) -> None:
    one = document(CHARGE.format("Norrbus had 1,200 drivers in Velm last year."), parser)
    ranks = {told.place: n for n, told in enumerate(pool(one, (5, 4, 3)))}
    model = Reader(lambda text: FINE if "on Monday.\nPrint" in text else (-3.0, 3.0, 3.0, 3.0, 3.0, -3.0))
    judge = Judge(model, tasks(("print",)), {"print": straight()})
    told = [numbers(printable([pool(one, (5, 4, 3))], ranks, judge, plainly(), wording=colouring(word))) for word in ("", "denied")]
    assert told == [[1, 3], [1]]


def test_an_event_that_several_tell_is_told_with_coloured_words_where_nothing_else_would(parser: Parser) -> None:
    texts = ("The council of Velm crushed the offer on Monday.", "On Monday the council of Velm crushed the offer.")
    several = [one for n, text in enumerate(texts) for one in pool(document(text, parser, f"a{n}"))]
    other = pool(document("Kessin opened a school in May.", parser, "b"))
    found = toned([several, other], colouring("crushed"))
    assert [len(pool) for pool in found.pools] == [1, 1]
    alone = toned([several[:1], other], colouring("crushed"))
    assert alone.pools[0] == []


def test_where_nothing_is_told_the_best_line_is_with_its_coloured_words(parser: Parser) -> None:
    found = toned([pool(document("The council of Velm crushed the offer on Monday.", parser))], colouring("crushed"))
    assert numbers(found) == [1]


def test_how_sure_it_is_that_a_sentence_is_neutral_counts_its_words() -> None:
    worth = Worth(0.8, 0.9, 0.9, 0.9, 0.1)
    assert worth.plain == 0.9
    struck = worth._replace(struck=0.5)
    assert struck.plain == pytest.approx(0.45)
    assert [struck.likely / worth.likely, struck.heading / worth.heading] == pytest.approx([0.5, 0.5])
    assert struck.lacking == LACKING[2]


# The numbers of this stage


def test_five_sentences_of_an_article_are_asked_whether_they_stand_by_themselves(parser: Parser) -> None:
    one = pool(document(f"{PIER} Rain fell in Orlin. Nurses voted in Velm.", parser), (7, 6, 5, 4, 3, 2, 1))
    assert len(one) == 7
    _, model = printed([one], lambda text: FINE)
    assert sum("Told before" not in question.prompt.shared for question in model.questions) == 5


@pytest.mark.slow
def test_of_forty_articles_a_hundred_and_eighty_sentences_are_asked_about(parser: Parser) -> None:
    first = pool(document(PIER, parser))
    pools = [[told._replace(document=document(PIER, parser, f"a{n}")) for told in first] for n in range(40)]
    _, model = printed(pools, lambda text: (-5.0,) * 6)
    assert len(model.questions) == 180


def test_a_line_weighs_more_for_what_it_is_worth_and_an_article_s_first_line_most(parser: Parser) -> None:
    found, _ = printed(
        [pool(document(PIER, parser), (5, 9, 4, 3, 2))], lambda text: FINE if "on Monday.\nPrint" in text else (2.9, *FINE[1:])
    )
    head, *others = found.pools[0]
    value = read(FINE, traits(head, "x", rank=0, before=""), plainly()).value
    assert [one.rewrite.number for one in found.pools[0][:2]] == [1, 2]
    assert head.weight == pytest.approx(5 + value)
    assert others[0].weight == pytest.approx(head.weight - 0.6)


@pytest.mark.parametrize(("odds", "told"), [(-1.9, [1, 2]), (-1.6, [1])])
def test_what_with_a_likelihood_of_a_seventh_says_the_same_again_is_not_told(parser: Parser, odds: float, told: list[int]) -> None:
    one = pool(document(PIER, parser))[:2]
    assert numbers(printed([one], lambda text: (*FINE[:5], odds))[0]) == told


def test_the_shipped_thresholds_of_printing() -> None:
    shipped = pipeline.printing()
    assert shipped.few < shipped.only < 0.5 <= shipped.least, "what is told by itself is rather right than wrong"
    assert shipped.least < shipped.plain <= shipped.plain_behind < 1, "that its wording is neutral must be surer"
    assert shipped.few < shipped.few_behind < shipped.behind
    assert shipped.few_plain == 0.5, "of few articles a line is rather neutral than not"


@pytest.mark.parametrize(("alone", "behind", "told"), [(0.1, 0.45, [[1, 2], [1]]), (0.04, 0.35, [[1], []])])
def test_of_few_articles_a_line_in_ten_is_enough_as_shipped_and_behind_another_nearly_half(
    parser: Parser, alone: float, behind: float, told: list[list[int]]
) -> None:
    known, shipped = plainly(), pipeline.printing()
    known = known.model_copy(update={name: getattr(shipped, name) for name in ("few", "few_behind")})

    def read_off(text: str) -> Sequence[float]:
        likely = alone if "Orlin" in text else behind if "pillars.\nPrint" in text else 0.99
        return (log_odds(likely), 9.0, 9.0, 9.0, 9.0, -9.0)

    texts = {"a": "The town of Kessin closed its old pier. Engineers found cracks in the pillars.", "b": "Nurses in Orlin ended a strike."}
    pools = [pool(document(text, parser, name)) for name, text in texts.items()]
    ranks = {one.place: n for several in pools for n, one in enumerate(several)}
    judge = Judge(Reader(read_off), tasks(("print",)), {"print": straight()})
    found = printable(pools, ranks, judge, known)
    assert [numbers(found, n) for n in range(2)] == told
