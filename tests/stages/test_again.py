"""Of the claims of an event those stay that a reader would miss: each is read behind the two likest above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model.base import LATE_JUDGEMENT, Judgement, Question
from briefing.pipeline import tasks
from briefing.stages.again import overtaken, told_once, unrepeated
from briefing.stages.align import Aligned
from briefing.stages.judging import Judge
from briefing.stages.rank import Ranker
from briefing.stages.select import Selection
from briefing.stages.summarize import Made
from tests.probed import READ
from tests.stages.fakes import FakeModel, Reader, document, plainly, straight, told

PIER = (
    "The town of Kessin closed its old pier on Monday. Engineers found wide cracks in three pillars of the pier. "
    "Cracks in the pillars of the pier were found by engineers. Mayor Ada Kell opened a fair in Orlin on Sunday."
)
NEW = (3.0, 3.0, 3.0, 3.0, 3.0, -4.0)
OLD = (*NEW[:5], 4.0)


def left(made: Sequence[Made], documents: Sequence[Document], read_off: Callable[[str], Sequence[float]]) -> tuple[Aligned, Reader]:
    model = Reader(read_off)
    judge = Judge(model, tasks(("print",)), {"print": straight()})
    events = [[one.article.id for one in documents]]
    return unrepeated(made, events, selected(documents), Ranker(documents), judge=judge, printing=plainly()), model


def selected(documents: Sequence[Document]) -> Selection:
    order = {one.article.id: tuple(one.body()) for one in documents}
    return Selection((), (), order, {(name, number): 1.0 for name, numbers in order.items() for number in numbers})


def test_a_line_that_says_what_stands_above_it_is_left_out_with_the_place_of_that(parser: Parser) -> None:
    one = document(PIER, parser)
    made = [told(one, 3, 1), told(one, 1, 5), told(one, 2, 2)]
    found, model = left(made, [one], lambda text: OLD if "were found by engineers.\nPrint" in text else NEW)
    assert [m.chosen.rewrite.number for m in found.made] == [1, 2], "in the order in which they came"
    assert [(o.sentence, o.reason) for o in found.omitted] == [(3, "says what made, sentence 2, says")]
    last = next(q.prompt for q in model.questions if "were found by engineers.\nPrint" in q.prompt.text)
    assert "Told before: The town of Kessin closed its old pier on Monday. Engineers found wide cracks" in last.shared


def test_what_has_nothing_in_common_with_what_is_above_is_not_asked_about(parser: Parser) -> None:
    one = document(PIER, parser)
    found, model = left([told(one, 1, 5), told(one, 4, 3)], [one], lambda text: OLD)
    assert model.questions == []
    assert len(found.made) == 2


@pytest.mark.parametrize(("like", "asked"), [(0.07, 0), (0.09, 1)])
def test_what_has_a_little_in_common_with_what_is_above_is_asked_about(parser: Parser, like: float, asked: int) -> None:
    one = document(PIER, parser)
    ranker, model = Ranker([one]), Reader(lambda text: NEW)
    ranker.vectors = {"made": {2: {"x": 1.0}, 3: {"x": like, "y": (1 - like**2) ** 0.5}}}
    judge = Judge(model, tasks(("print",)), {"print": straight()})
    unrepeated([told(one, 2, 9), told(one, 3, 1)], [["made"]], selected([one]), ranker, judge=judge, printing=plainly())
    assert len(model.questions) == asked


def test_what_more_articles_tell_is_told_and_the_weightier_one_beside_it_is_not(parser: Parser) -> None:
    one, other = (document(PIER.replace("three", which), parser, name) for which, name in (("the", "a"), ("its", "b")))
    heavy, agreed = told(one, 2, 9), told(one, 3, 1)
    cited = (*agreed.claim.citations, other.article.cite(3))
    agreed = agreed._replace(claim=agreed.claim.model_copy(update={"citations": cited}))
    found, _ = left([heavy, agreed], [one, other], lambda text: OLD)
    assert [m.chosen.rewrite.number for m in found.made] == [3]
    assert found.omitted[0].reason == "says what a, sentence 3, says"


def test_what_is_left_out_is_never_the_reason_for_another_one(parser: Parser) -> None:
    one = document(
        PIER.replace("Mayor Ada Kell opened a fair in Orlin on Sunday.", "The engineers found the cracks in the pillars."), parser
    )
    made = [told(one, n, 10 - n) for n in (2, 3, 4)]
    found, _ = left(made, [one], lambda text: OLD)
    assert [m.chosen.rewrite.number for m in found.made] == [2]
    assert {o.reason for o in found.omitted} == {"says what made, sentence 2, says"}


@pytest.mark.parametrize("probed", [True, False])
def test_a_model_that_cannot_tell_leaves_nothing_out(parser: Parser, probed: bool) -> None:
    class Late(FakeModel):
        def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
            yield from ((n, LATE_JUDGEMENT) for n, _ in enumerate(questions))

    one = document(PIER, parser)
    made = [told(one, 2, 5), told(one, 3, 3)]
    judge = Judge(Late(), tasks(("print",)), {"print": straight()} if probed else {})
    found = unrepeated(made, [["made"]], selected([one]), Ranker([one]), judge=judge, printing=plainly())
    assert (found.made, found.omitted) == (made, [])


@pytest.mark.parametrize(
    "other",
    [
        "Engineers found wide cracks in nine pillars of the pier.",
        "Engineers found no wide cracks in three pillars of the pier.",
    ],
)
def test_another_value_or_a_denial_is_something_new_whatever_the_model_says(parser: Parser, other: str) -> None:
    one = document(PIER.replace("Mayor Ada Kell opened a fair in Orlin on Sunday.", other), parser)
    found, model = left([told(one, 2, 5), told(one, 4, 3)], [one], lambda text: OLD)
    assert len(found.made) == 2
    assert model.questions == []


@pytest.mark.parametrize(("odds", "told_both"), [(-0.9, True), (-0.8, False)])
def test_a_faint_yes_is_enough(parser: Parser, odds: float, told_both: bool) -> None:
    one = document(PIER, parser)
    found, _ = left([told(one, 2, 5), told(one, 3, 3)], [one], lambda text: (*NEW[:5], odds))
    assert (len(found.made) == 2) is told_both


@pytest.mark.parametrize(("odds", "told_both"), [(1.3, True), (1.5, False)])
def test_a_value_that_none_above_it_has_is_old_only_where_the_yes_is_sure(parser: Parser, odds: float, told_both: bool) -> None:
    counted = "Engineers, 12 of them, found wide cracks in three pillars of the pier."
    one = document(PIER.replace("Mayor Ada Kell opened a fair in Orlin on Sunday.", counted), parser)
    found, _ = left([told(one, 2, 5), told(one, 4, 3)], [one], lambda text: (*NEW[:5], odds))
    assert (len(found.made) == 2) is told_both


def test_it_is_read_behind_the_two_likest_above_it(parser: Parser) -> None:
    text = PIER.replace(
        "Mayor Ada Kell opened a fair in Orlin on Sunday.", "Engineers closed the pier on Monday for the cracks in its pillars."
    )
    one = document(text, parser)
    made = [told(one, n, weight) for n, weight in ((1, 9), (2, 8), (4, 7), (3, 1))]
    _, model = left(made, [one], lambda text: NEW)
    last = next(q.prompt.shared for q in model.questions if "were found by engineers.\nPrint" in q.prompt.text)
    told_before = last.partition("Told before: ")[2]
    assert "wide cracks" in told_before
    assert "Engineers closed" in told_before
    assert "The town of Kessin" not in told_before


@pytest.mark.parametrize(("odds", "told_both"), [(0.3, True), (0.5, False)])
def test_another_deed_is_something_new_but_for_a_clear_yes(parser: Parser, odds: float, told_both: bool) -> None:
    deed = "The council said that engineers mended wide cracks in three pillars of the pier."
    one = document(PIER.replace("Mayor Ada Kell opened a fair in Orlin on Sunday.", deed), parser)
    found, model = left([told(one, 2, 5), told(one, 4, 3)], [one], lambda text: (*NEW[:5], odds))
    assert len(model.questions) == 1
    assert (len(found.made) == 2) is told_both


def test_what_is_like_a_line_that_goes_is_asked_about_again_behind_those_that_stay(parser: Parser) -> None:
    text = (
        "A fire broke out in the mill of Dorn on Monday. A fire broke out in the mill of Dorn, and smoke drifted over the school. "
        "The smoke drifted over the school of Dorn, teachers said."
    )
    one = document(text, parser)
    made = [told(one, n, 10 - n) for n in (1, 2, 3)]

    def read_off(text: str) -> Sequence[float]:
        last = "teachers said.\nPrint" in text and "and smoke drifted" in text
        return OLD if last or "smoke drifted over the school.\nPrint" in text else NEW

    found, model = left(made, [one], read_off)
    assert [m.chosen.rewrite.number for m in found.made] == [1, 3]
    assert len(model.questions) == 3


def test_a_claim_that_another_article_reports_too_stays(parser: Parser) -> None:
    one, other = (document(PIER.replace("three", which), parser, name) for which, name in (("the", "a"), ("its", "b")))
    made = [told(one, 2, 9), told(one, 3, 1)]
    made = [m._replace(claim=m.claim.model_copy(update={"citations": (*m.claim.citations, other.article.cite(2))})) for m in made]
    found, model = left(made, [one, other], lambda text: OLD)
    assert (found.made, model.questions) == (made, [])


def test_the_words_of_another_speaker_are_something_new(parser: Parser) -> None:
    text = (
        "Mayor Ada Kell said that the old pier has to close. “The old pier of Kessin has to close at once,” said Tom Reth of the council."
    )
    one = document(text, parser)
    found, _ = left([told(one, 1, 5), told(one, 2, 3)], [one], lambda text: OLD)
    assert len(found.made) == 2


# Two claims of one article that tell the same news

TWICE = "Engineers of Osk found wide cracks in the old pier on Monday. Wide cracks in the old pier were found, engineers of Osk say."


def once(made: Sequence[Made], documents: Sequence[Document], yes: float = 0.95) -> tuple[Aligned, FakeModel]:
    model = FakeModel(believe=lambda question: yes)
    judge = Judge(model, tasks(("reports",)), {"reports": READ})
    return told_once(made, {one.article.id: one for one in documents}, Ranker(documents), judge=judge), model


def reported(made: Made, other: Document, number: int) -> Made:
    return made._replace(claim=made.claim.model_copy(update={"citations": (*made.claim.citations, other.article.cite(number))}))


@pytest.mark.parametrize(("yes", "left"), [(0.95, [1]), (0.6, [1, 2])])
def test_of_two_claims_of_an_article_that_tell_the_same_news_the_weightier_is_told(parser: Parser, yes: float, left: list[int]) -> None:
    one = document(TWICE, parser)
    found, model = once([told(one, 2, 1), told(one, 1, 5)], [one], yes)
    assert sorted(m.chosen.rewrite.number for m in found.made) == left
    assert [o.reason for o in found.omitted] == ["says what made, sentence 1, says"] * (2 - len(left))
    assert len(model.questions) == 1, "of both at once"


def test_claims_of_two_articles_are_not_asked_about(parser: Parser) -> None:
    both = [document(TWICE, parser, name) for name in "ab"]
    found, model = once([told(both[0], 1, 5), told(both[1], 2, 1)], both)
    assert (len(found.made), model.questions) == (2, [])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Engineers found wide cracks in the old pier.", "Engineers, 12 of them, found wide cracks in the old pier."),
        ("Wide cracks were found in the old pier, Tom Rask said.", "Wide cracks were found in the old pier, Ada Kell said."),
    ],
)
def test_a_value_or_a_speaker_of_its_own_is_told(parser: Parser, first: str, second: str) -> None:
    one = document(f"{first} {second}", parser)
    assert len(once([told(one, 1, 5), told(one, 2, 1)], [one])[0].made) == 2


@pytest.mark.parametrize(("articles", "left"), [((0,), [1]), ((1,), [1, 2]), ((0, 1), [2])])
def test_a_claim_that_an_article_reports_is_told_unless_that_one_reports_the_other_too(
    parser: Parser, articles: tuple[int, ...], left: list[int]
) -> None:
    one, others = document(TWICE, parser), [document(PIER, parser, name) for name in "ab"]
    heavy, light = reported(told(one, 1, 5), others[0], 2), told(one, 2, 1)
    for n in articles:
        light = reported(light, others[n], 2)
    found, _ = once([heavy, light], [one, *others])
    assert [m.chosen.rewrite.number for m in found.made] == left


@pytest.mark.parametrize(
    ("earlier", "later", "gone"),
    [
        ("Mayor Ada Kell will meet Ole Lind on Thursday.", "Mayor Ada Kell met Ole Lind on Thursday.", [1]),
        ("Mayor Ada Kell will not meet Ole Lind on Thursday.", "Mayor Ada Kell met Ole Lind on Thursday.", []),
        ("Mayor Ada Kell will call Ole Lind on Thursday.", "Mayor Ada Kell met Ole Lind on Thursday.", []),
        ("Mayor Ada Kell will meet Ole Lind on Thursday.", "The council of Orlin met on Thursday.", []),
        ("Mayor Ada Kell will meet Ole Lind on Friday.", "Mayor Ada Kell met Ole Lind on Thursday.", []),
        ("Mayor Ada Kell met Ole Lind on Thursday.", "Mayor Ada Kell met Ole Lind on Thursday.", []),
    ],
)
def test_what_was_to_come_is_not_told_beside_its_coming(parser: Parser, earlier: str, later: str, gone: list[int]) -> None:
    rest = "The town lies on the coast, and its pier is closed since the storm of May."
    before = document(f"{earlier} {rest}", parser, "a", published="2026-11-25")
    after = document(f"{later} {rest}", parser, "b", published="2026-11-26")
    day = "2026-11-27" if "Friday" in earlier else "2026-11-26"
    made = [told(before, 1, 2), told(after, 1, 1)]
    made = [one._replace(claim=one.claim.model_copy(update={"date": at})) for one, at in zip(made, (day, "2026-11-26"), strict=True)]
    found = overtaken(made, [["a", "b"]])
    assert [o.sentence for o in found.omitted] == gone
    assert len(found.made) == 2 - len(gone)
    assert len(overtaken(made, [["a"], ["b"]]).made) == 2, "another event"


@pytest.mark.parametrize(
    ("days", "later", "gone"),
    [
        (("25", "26"), "The number of people killed by the storm on Tarn has risen to 40, the agency said.", [1]),
        (("25", "26"), "Forty people died on Tarn in the storm, the agency said.", [1]),
        (("26", "26"), "Forty people died on Tarn in the storm, the agency said.", []),  # two counts of one day
        (("25", "26"), "Forty people were hurt on Tarn in the storm, the agency said.", []),
        (("25", "26"), "Nine people died on Tarn in the storm, the agency said.", []),
        (("25", "26"), "Forty people died in Orlin when a bus fell from a bridge.", []),
    ],
)
def test_an_older_count_of_the_dead_is_not_told_beside_a_later_one(
    parser: Parser, days: tuple[str, str], later: str, gone: list[int]
) -> None:
    rest = "The town lies on the coast, and its pier is closed since the storm of May."
    first = f"The storm has killed at least 12 people on the island of Tarn, the agency said. {rest}"
    before = document(first, parser, "a", published=f"2026-11-{days[0]}")
    after = document(f"{later} {rest}", parser, "b", published=f"2026-11-{days[1]}")
    found = overtaken([told(before, 1, 2), told(after, 1, 1)], [["a", "b"]])
    assert [o.sentence for o in found.omitted] == gone


@pytest.mark.parametrize(
    ("came", "gone"),
    [
        ("Now that the council of Orlin has approved the bridge, work on it is to begin in May.", [1]),
        ("The council of Orlin approved the bridge by 12 votes to nine.", [1]),
        ("The council of Orlin has not approved the bridge.", []),
        ("The council of Orlin may have approved the bridge.", []),
        ("The council of Orlin approved the budget by 12 votes to nine.", []),
        ("The mayor of Tarn approved the bridge.", []),
        ("The council of Orlin rejected the bridge.", []),
    ],
)
def test_a_condition_is_not_told_beside_its_coming_true(parser: Parser, came: str, gone: list[int]) -> None:
    rest = "The town lies on the coast, and its pier is closed since the storm of May."
    before = document(f"If the council of Orlin approves the bridge, work begins in May. {rest}", parser, "a", published="2026-11-26")
    after = document(f"{came} {rest}", parser, "b", published="2026-11-26")
    found = overtaken([told(before, 1, 2), told(after, 1, 1)], [["a", "b"]])
    assert [o.sentence for o in found.omitted] == gone
    assert not overtaken([told(before, 1, 2)], [["a"]]).omitted


def test_a_condition_of_a_later_day_is_another_one(parser: Parser) -> None:
    first = document("The council of Orlin approved the bridge.", parser, "a", published="2026-11-25")
    later = document("If the council of Orlin approves the bridge, work begins in May.", parser, "b", published="2026-11-26")
    assert not overtaken([told(first, 1, 2), told(later, 1, 1)], [["a", "b"]]).omitted


def test_of_three_counts_of_the_dead_the_latest_is_told(parser: Parser) -> None:
    several = [
        document(f"The storm killed {count} people on the island of Tarn.", parser, name, published=f"2026-11-{day}")
        for name, count, day in (("a", 12, 24), ("b", 30, 25), ("c", 40, 26))
    ]
    found = overtaken([told(one, 1, 1) for one in several], [["a", "b", "c"]])
    assert [one.chosen.place[0] for one in found.made] == ["c"]
    assert {o.reason for o in found.omitted} == {"says what c, sentence 1, says"}
