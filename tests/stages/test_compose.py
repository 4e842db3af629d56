"""From claims to stories: one event or one item of a round-up a story, headlines that are licensed, and heads that stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pytest

from briefing import pipeline
from briefing.brief import Story
from briefing.language.base import Parser
from briefing.language.offices import Place
from briefing.model.base import Question
from briefing.model.wording import Coloured, nothing_read
from briefing.stages.check import check
from briefing.stages.compose import TOP, Group, grouped, introduced, language, newsworthy, roundup, stories
from briefing.stages.headline import headline
from briefing.stages.judging import Judge
from briefing.stages.summarize import Made
from briefing.types import Claim, edited
from tests.cpu import within
from tests.stages.fakes import FakeModel, document, told

DAY = "2026-11-26"
TASKS = pipeline.tasks()


def claims(parser: Parser, weights: Mapping[str, float], published: str = "2026-11-25", **changes: object) -> list[Made]:
    """Return one claim of an article each, by its text; the articles are a0, a1, …"""
    made = []
    for n, (text, weight) in enumerate(weights.items()):
        one = told(document(text, parser, f"a{n}", published=published), 1, weight)
        made.append(one._replace(claim=one.claim.model_copy(update=changes)))
    return made


def composed(
    made: Sequence[Made], events: Sequence[Sequence[str]] | None = None, hard: Mapping[str, float] | None = None
) -> tuple[list[Story], list[str]]:
    groups = grouped(made, events or [[one.claim.citations[0].article] for one in made], DAY)
    return stories(groups, [(hard or {}).get(group.claims[0].claim.id, 0.0) for group in groups], DAY)


FERRY = "The ferry Marit sank in a storm off the coast of Tarn."
DEAD = "Six people died when the ferry sank off the coast."
BANK = "The bank of Orlin kept its key rate at 4.25 percent."


# Stories


def test_one_event_is_one_story_and_every_claim_is_in_one(parser: Parser) -> None:
    made = claims(parser, {FERRY: 3.0, DEAD: 2.0, BANK: 2.5})
    found, top = composed(made, [["a0", "a1"], ["a2"]])
    assert [story.claims for story in found] == [("a0-s1", "a1-s1"), ("a2-s1",)]
    assert [story.event for story in found] == [("a0", "a1"), ("a2",)]
    assert [story.id for story in found] == ["story-1", "story-2"]
    assert top == ["a0-s1", "a2-s1"]


def test_the_weightiest_story_comes_first_and_hard_news_before_soft(parser: Parser) -> None:
    made = claims(parser, {FERRY: 2.0, BANK: 2.2})
    assert [story.heading for story in composed(made)[0]] == ["a1-s1", "a0-s1"]
    assert [story.heading for story in composed(made, hard={"a0-s1": 2.0})[0]] == ["a0-s1", "a1-s1"]


def test_what_several_origins_tell_weighs_more(parser: Parser) -> None:
    made = claims(parser, {FERRY: 2.0, BANK: 2.0})
    shared = [made[0], made[1]._replace(claim=made[1].claim.model_copy(update={"origins": 4}))]
    assert composed(shared)[1] == ["a1-s1", "a0-s1"]


def test_the_head_of_a_brief_has_an_end_and_one_claim_of_a_story(parser: Parser) -> None:
    made = claims(parser, {f"The council of town {n} closed {n + 3} schools on the coast.": 3.0 - n / 10 for n in range(8)})
    found, top = composed(made)
    assert len(found) == 8
    assert top == [f"a{n}-s1" for n in range(TOP)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The decision angered the union of the crews.", "leans on the sentence before"),
        ("“The wards of the town were closed on Friday,” Ada Kell said.", "nothing but somebody’s words"),
    ],
)
def test_what_does_not_stand_by_itself_does_not_head_a_brief(parser: Parser, text: str, why: str) -> None:
    found, top = composed(claims(parser, {text: 5.0, BANK: 1.0}))
    assert top == ["a1-s1"], why
    assert len(found) == 2


def test_what_was_before_the_news_does_not_head_a_brief_unless_its_article_begins_with_it(parser: Parser) -> None:
    old = "The ship had been built in the port of Velm."
    later = told(document(f"{FERRY} {old}", parser, "a1"), 2, 5.0)
    assert composed([*claims(parser, {BANK: 1.0}), later])[1] == ["a0-s1"]
    truce = "A truce between Velm and Tarn had been broken by Friday as shots were heard in the port of Velm."
    assert composed(claims(parser, {truce: 5.0, BANK: 1.0}))[1] == ["a0-s1", "a1-s1"]


def test_what_is_contested_or_verbatim_or_an_opinion_does_not_head_a_brief(parser: Parser) -> None:
    for changes in ({"conflicts": ("x",)}, {"verbatim": True}, {"kind": "opinion"}):
        assert composed(claims(parser, {FERRY: 5.0}, **changes))[1] == []


@pytest.mark.parametrize(
    ("published", "date", "at_the_head"),
    [("2026-11-25", "", True), ("2026-11-18", "", False), ("2026-11-25", "1986-11-26", False), ("", "", True)],
)
def test_what_is_older_than_a_week_does_not_head_a_brief(parser: Parser, published: str, date: str, at_the_head: bool) -> None:
    _, top = composed(claims(parser, {FERRY: 3.0}, published=published, date=date))
    assert bool(top) is at_the_head


def test_both_sides_of_a_conflict_stand_together(parser: Parser) -> None:
    texts = {FERRY: 4.0, DEAD: 3.0, "Rain fell on the coast of Tarn for nine days.": 2.0, DEAD.replace("Six", "Nine"): 1.0}
    made = claims(parser, texts)
    against = {"a1-s1": ("a3-s1",), "a3-s1": ("a1-s1",)}
    contested = [one._replace(claim=one.claim.model_copy(update={"conflicts": against.get(one.claim.id, ())})) for one in made]
    (story,), _ = composed(contested, [["a0", "a1", "a2", "a3"]])
    assert story.claims[0] == "a0-s1"
    assert abs(story.claims.index("a1-s1") - story.claims.index("a3-s1")) == 1
    assert sorted(story.claims) == ["a0-s1", "a1-s1", "a2-s1", "a3-s1"]


def test_what_leans_on_a_claim_stands_behind_it(parser: Parser) -> None:
    """What two articles tell is read first, but not before what says which crash is meant."""
    one = document("Kessin closed a road on Monday.\n\nA crash on the old bridge killed two men.\n\nThe crash happened at night.", parser)
    made = [told(one, number, 4.0 - number) for number in (1, 2, 3)]
    made[2] = made[2]._replace(claim=made[2].claim.model_copy(update={"origins": 2}))
    (story,), _ = composed(made, [["made"]])
    assert story.claims == ("made-s1", "made-s2", "made-s3")


def test_an_answer_is_read_right_behind_what_it_answers(parser: Parser) -> None:
    text = "Norland closed the port of Osk on Monday.\n\nIn response, Brell sent two ships to Osk.\n\nKessin closed a road on Friday."
    one = document(text, parser)
    (story,), top = composed([told(one, number, weight) for number, weight in ((1, 2.0), (3, 1.5), (2, 1.0))], [["made"]])
    assert story.claims == ("made-s1", "made-s2", "made-s3")
    assert top == ["made-s1"]
    assert composed([told(one, 2, 9.0)])[1] == []


def test_what_speaks_of_a_bill_as_known_heads_no_story_that_another_claim_can_head(parser: Parser) -> None:
    text = "A bill on fishing is 40 pages long.\n\nOsk is a port.\n\nAda Kell vetoed the bill in May.\n\nRain fell in Tarn."
    one = document(text, parser)
    made = [told(one, 2, 1.0), told(one, 3, 3.0), told(one, 4, 2.0)]
    assert composed(made)[0][0].heading == "made-s4"
    assert composed(made[1:2])[0][0].heading == "made-s3"


def test_a_denial_stands_behind_what_it_denies(parser: Parser) -> None:
    text = (
        "Prosecutors in Velm charged Hugo Marn with fraud on Monday. Shares of Norrbus fell 11 percent. Norrbus runs 40 ferries in Osk. "
        "Marn denied the charges."
    )
    one = document(text, parser, "a0", published="2026-11-25")
    made = [told(one, n, 5.0 - n) for n in range(1, 5)]
    (story,), _ = composed(made)
    assert story.claims == ("a0-s1", "a0-s4", "a0-s2", "a0-s3")


def test_the_newest_entry_of_a_live_blog_is_its_head(parser: Parser) -> None:
    text = (
        "Fire in Brell: live updates\n\nPublished: 25 November 2026\n\n16:40\n\n"
        "The number of dead in Brell has risen to seven, the mayor said.\n\n"
        "12:05\n\nThree people were killed in a fire in Brell, police said."
    )
    blog = document(text, parser, "blog")
    numbers = [n for n in blog.body() if "Brell" in blog.text(n)]
    made = [told(blog, numbers[0], 1.0), told(blog, numbers[1], 3.0)]
    (story,), top = composed(made)
    assert top == [made[0].claim.id]
    assert story.heading == made[0].claim.id


# Hard news


def test_the_judge_is_asked_of_each_story_what_stands_at_its_head(parser: Parser) -> None:
    groups = grouped(claims(parser, {FERRY: 3.0, BANK: 2.0}), [["a0"], ["a1"]], DAY)
    believe: Callable[[Question], float | None] = lambda question: 0.9 if "ferry" in question.prompt.text else None  # noqa: E731
    found = newsworthy(groups, judge=Judge(FakeModel(believe=believe), TASKS))
    assert found[0] > 0.0 == found[1], "no answer weighs nothing"
    assert newsworthy([], judge=Judge(FakeModel(), TASKS)) == []


# Round-ups


ITEMS = (
    "The morning in four items\n\nFisher Nils Arden won the vote in Sandvik on Tuesday.\n\nTwo ships collided off the coast of Tarn.\n\n"
    "The bank of Orlin kept its key rate at 4.25 percent.\n\nAn actor died in Velm aged 91."
)


def test_the_items_of_a_roundup_are_stories_of_their_own(parser: Parser) -> None:
    one = document(ITEMS, parser)
    found = roundup(one)
    assert len(set(found.values())) == 4
    made = [told(one, number) for number in one.body()]
    assert len(composed(made, [["made"]])[0]) == 4


@pytest.mark.slow
def test_the_items_of_a_very_long_list_are_found_quickly(parser: Parser) -> None:
    towns = document("\n\n".join(f"Fisher {chr(65 + n % 26)}{n:03}en sold {n} boats to buyer {n * n}." for n in range(2, 500)), parser)
    towns.parse(1)
    with within(2):
        assert roundup(towns) == {}


def test_an_article_of_one_matter_is_no_roundup(parser: Parser) -> None:
    text = f"{FERRY}\n\n{DEAD}\n\nThe ferry was built in Velm.\n\nPolice arrested the captain of the ferry."
    assert roundup(document(text, parser)) == {}
    assert roundup(document("", parser)) == {}


# Headlines


@pytest.mark.parametrize(
    ("text", "short"),
    [
        (FERRY, FERRY.rstrip(".")),
        ("However, Maren Sol, who leads the harbour board, resigned.", "Maren Sol resigned"),
        ("The mayor closed the road, as lorries blocked both lanes.", "The mayor closed the road"),
        ("Maren Sol closed the road on Monday.", "Maren Sol closed the road on Monday"),  # the claim says it already
        # a day that only the day of the article explains goes, or keeps its own in brackets
        ("Maren Sol opened a road in Osk today.", "Maren Sol opened a road in Osk today [25 November 2026]"),
        ("The mayor closed the road, as lorries blocked both lanes of it today.", "The mayor closed the road"),
        (
            "Norrbus will not open the road to Osk today, the mayor said.",
            "Norrbus will not open the road to Osk today [25 November 2026], the mayor said",
        ),
        ("The mayor might close the road, as lorries block both lanes.", "The mayor might close the road, as lorries block both lanes"),
        ("Schools in Velm will reopen on Monday, the county said.", "Schools in Velm will reopen on Monday, the county said"),
        ("The road of the town opens in May, if the council agrees.", "The road of the town opens in May, if the council agrees"),
        ("The fleet of Norrline was sold to a firm in the U.S.", "The fleet of Norrline was sold to a firm in the U.S."),
    ],
)
def test_a_headline_is_the_main_clause_of_its_claim_with_licensed_cuts(parser: Parser, text: str, short: str) -> None:
    one = told(document(text, parser, published="2026-11-25"), 1)
    found, edits = headline(one)
    assert found == short
    first = one.claim.citations[0]
    assert edited(first.quote, first.start, edits).rstrip(".") == short.rstrip(".")
    tried = one.claim.model_copy(update={"text": edited(first.quote, first.start, edits), "edits": edits})
    assert all(gate.passed for gate in check(tried, {"made": one.chosen.document}))


LONG = (
    "VELM — The union of the crews, which runs the ferry Marit, asked the council of Velm on Monday to cancel a trip to Osk after the "
    "court in Brell fined 12 of its members for a strike."
)


def test_what_leads_up_goes_and_who_somebody_is_stays_in_a_short_one(parser: Parser) -> None:
    one = told(document("Although rain fell, Anna Reth, a judge, closed a road in Osk on Monday.", parser), 1)
    assert headline(one)[0] == "Anna Reth, a judge, closed a road in Osk"
    one = told(document("Although rain fell, Anna Reth closed a road in Osk today.", parser, published="2026-11-25"), 1)
    assert one.claim.text.endswith("today [25 November 2026].")
    assert headline(one)[0] == "Anna Reth closed a road in Osk"


def test_a_long_headline_is_cut_as_it_is_read_anew(parser: Parser) -> None:
    one = told(document(LONG, parser, published="2026-11-25"), 1)
    found, edits = headline(one)
    assert found == "The union of the crews asked the council of Velm to cancel a trip to Osk"
    first = one.claim.citations[0]
    assert edited(first.quote, first.start, edits).rstrip(".") == found
    assert "the court" in one.claim.text


def test_who_is_named_only_by_surname_behind_a_cut_is_introduced(parser: Parser) -> None:
    text = "The judge Anna Reth fined the port.\n\nAfter Reth left a court in Osk, Reth closed the port of Brell on Monday."
    one = told(document(text, parser), 2)
    assert headline(one)[0] == "[Anna Reth] closed the port of Brell"


def test_of_two_headlines_the_one_without_a_coloured_word_is_taken(parser: Parser) -> None:
    def read(texts: Sequence[str]) -> list[tuple[Coloured, ...]]:
        return [tuple(Coloured(m.start(), m.end(), 3.0) for m in re.finditer("collided", text)) for text in texts]

    made = claims(parser, {DEAD: 2.2, FERRY: 2.0, "Two ships collided off the coast of Tarn.": 2.4})
    for wording, head in ((read, "a0-s1"), (nothing_read, "a2-s1")):
        (group,) = grouped(made, [["a0", "a1", "a2"]], DAY, wording)
        assert group.claims[0].claim.id == head


def test_a_headline_is_made_of_a_claim_that_can_lead(parser: Parser) -> None:
    made = claims(parser, {"The decision angered the union of the crews.": 9.0, FERRY: 1.0})
    (story,), _ = composed(made, [["a0", "a1"]])
    assert story.heading == "a1-s1"
    assert story.headline == FERRY.rstrip(".")


# Persons


def test_a_bare_surname_is_introduced_once_in_a_story(parser: Parser) -> None:
    text = "The judge Anna Reth fined the port.\n\nIn court, Reth called the port unsafe.\n\nIn Velm, Reth met the owners of the port."
    one = document(text, parser)
    made = [told(one, 2), told(one, 3)]
    story = Story(id="s", headline="x", claims=("made-s2", "made-s3"))
    found = introduced(made, [story])
    assert found[0].claim.text == "In court, [Anna Reth] called the port unsafe."
    assert found[1].claim.text == "In Velm, Reth met the owners of the port."
    for claim in (item.claim for item in found):
        assert edited(claim.citations[0].quote, claim.citations[0].start, claim.edits) == claim.text
        assert all(gate.passed for gate in check(claim, {"made": one}))


def test_mr_says_nothing_of_who_it_is(parser: Parser) -> None:
    one = document("The judge Peter Reth fined the port.\n\nIn court, Mr. Reth called the port unsafe.", parser)
    (found,) = introduced([told(one, 2)], [Story(id="s", headline="x", claims=("made-s2",))])
    assert found.claim.text == "In court, [Peter Reth] called the port unsafe."
    assert all(gate.passed for gate in check(found.claim, {"made": one}))


def test_whom_a_first_name_tells_apart_only_later_is_nobody_yet(parser: Parser) -> None:
    one = document("Peter Lund owns the port.\n\nIn court, Lund called the port unsafe.\n\nHelen Lund left the court.", parser)
    (found,) = introduced([told(one, 2)], [Story(id="s", headline="x", claims=("made-s2",))])
    assert found.claim.text == "In court, [Peter Lund] called the port unsafe."
    assert all(gate.passed for gate in check(found.claim, {"made": one}))


KELL = "Ada Kell, the harbour master of Tarn, closed the port.\n\n"


@pytest.mark.parametrize(
    ("before", "text", "introduced_as"),
    [
        (KELL, "In May, Kell sold a ship.", "In May, [Ada Kell, the harbour master of Tarn] sold a ship."),
        (
            "Ada Kell, the envoy to clear the bay, closed the port.\n\n",
            "In May, Kell sold a ship.",
            "In May, [Ada Kell, the envoy to clear the bay] sold a ship.",
        ),
        (KELL, "In May, Mr. Kell sold a ship.", "In May, [Ada Kell, the harbour master of Tarn] sold a ship."),
        ("Sen. Ada Kell, R-Osk, closed the port.\n\n", "In May, Kell sold a ship.", "In May, [Sen. Ada Kell] sold a ship."),
        ("Attorney General Ada Kell closed the port.\n\n", "Mr. Kell sold a ship.", "[Attorney General Ada Kell] sold a ship."),
        ("It was closed by the Former Mayor Ada Kell.\n\n", "In May, Kell sold a ship.", "In May, [former Mayor Ada Kell] sold a ship."),
        ("Former Mayor Ada Kell closed the port.\n\n", "Kell sold a ship in May.", "[Former Mayor Ada Kell] sold a ship in May."),
        (
            "It was closed by Secretary of State Ada Kell.\n\n",
            "Kell sold a ship in May.",
            "[Secretary of State Ada Kell] sold a ship in May.",
        ),
        ("It was closed by Bank of Osk Governor Ada Kell.\n\n", "Kell left in May.", "[Ada Kell] left in May."),
        (
            "The port was sold by economic adviser Ada Kell.\n\n",
            "In May, Kell left Tarn.",
            "In May, [economic adviser Ada Kell] left Tarn.",
        ),
        ("The port was sold by loud adviser Ada Kell.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("The port was sold by her adviser Ada Kell.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        (
            "The former mayor of Tarn, Ada Kell, sold a ship.\n\n",
            "In May, Kell left Tarn.",
            "In May, [the former mayor of Tarn, Ada Kell] left Tarn.",
        ),
        ("The mayor, Ada Kell, sold a ship.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        (
            "Ada Kell, head of the port of Osk, which was closed, sold a ship.\n\n",
            "In May, Kell left Tarn.",
            "In May, [Ada Kell, head of the port of Osk] left Tarn.",
        ),
        ("Mayor Ada Kell closed the port.\n\n", "Crews left Kell’s port in May.", "Crews left [Mayor Ada Kell]’s port in May."),
        ("Mayor Ada Kell closed the port.\n\n", "In May, Kell, a sailor, sold a ship.", "In May, [Mayor Ada Kell], a sailor, sold a ship."),
        (
            "Mayor Ada Kell closed the port.\n\n",
            "In Osk, where Kell is mayor, crews left.",
            "In Osk, where [Ada Kell] is mayor, crews left.",
        ),
        (
            "Secretary of State Ada Kell closed the port, and Secretary Kell left Osk.\n\n",
            "Ships left Tarn, where Kell sold a port.",
            "Ships left Tarn, where [Secretary of State Ada Kell] sold a port.",
        ),
        ("Secretary Kell closed the port of Ada Kell.\n\n", "In May, Kell left Tarn.", "In May, Kell left Tarn."),
        (
            "President Moon Jaein opened the port.\n\n",
            "Crews met Mr. Moon in May.",
            "Crews met [President Moon Jaein] in May.",
        ),
        ("The port was opened by Kim Jong-un and Kim Yo-jong.\n\n", "Crews met Mr. Kim in May.", "Crews met Mr. Kim in May."),
        ("The candidate for governor Ada Kell closed the port.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("Nominee for Governor Ada Kell closed the port.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("A spokesman for mayor Ada Kell left.\n\n", "In May, Kell left Tarn.", "In May, [mayor Ada Kell] left Tarn."),
        ("Ada Kell, a nurse, crews said, sold a ship.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("The port was sold by Ada Kell, a nurse, crews said.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("Under Secretary Ada Kell closed the port.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("The ship was sold under Mayor Ada Kell.\n\n", "In May, Kell left Tarn.", "In May, [Mayor Ada Kell] left Tarn."),
        ("As mayor Ada Kell closed the port.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("Hoping to become president Ada Kell sold a port.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("The wife of the mayor of Tarn, Ada Kell, sold a ship.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("The deputy of the mayor of Tarn, Ada Kell, left.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("The mayor of Tarn at the time, Ada Kell, sold a ship.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("Ada Kell, then the mayor of Tarn, sold a ship.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("Ada Kell, never the mayor of Tarn, sold a ship.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("Ada Kell, now the mayor of Tarn, sold a ship.\n\n", "In May, Kell left.", "In May, [Ada Kell, now the mayor of Tarn] left."),
        ("Ada Kell, the mayor of Tarn at the time, sold a ship.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("Ada Kell, a day after the vote, sold a ship.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("Ada Kell, a nurse, according to crews, sold a ship.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("Ada Kell, a nurse, or so she said, sold a ship.\n\n", "In May, Kell left Tarn.", "In May, [Ada Kell] left Tarn."),
        ("Mayor Ada Kell opened her port.\n\n", "Ms. Kell sold the ship to crews.", "[Mayor Ada Kell] sold the ship to crews."),
        ("Mayor Ole Kell opened his port.\n\n", "In May, Mrs. Kell left Tarn.", "In May, Mrs. Kell left Tarn."),
        ("Mayor Ada Kell opened a port for Ms. Kell and Mr. Kell.\n\n", "In May, Mr. Kell left.", "In May, Mr. Kell left."),
        ("Mayor Ada Kell opened a port.\n\n", "In May, Mr. and Mrs. Kell left Tarn.", "In May, Mr. and Mrs. Kell left Tarn."),
        ("Scott Walker sold a port to Walker.\n\n", "In May, Mr. Scott left Tarn.", "In May, Mr. Scott left Tarn."),
        ("President Moon Jaein opened the port of Ole Moon.\n\n", "Crews met Mr. Moon in May.", "Crews met Mr. Moon in May."),
        ("It was closed by Lind and Attorney General Ada Kell.\n\n", "Kell left in May.", "[Attorney General Ada Kell] left in May."),
        ("It was closed by then-Mayor Ada Kell in 2011.\n\n", "Kell sold a ship in May.", "[Ada Kell] sold a ship in May."),
        ("Embattled Mayor Ada Kell closed the port.\n\n", "Kell sold a ship in May.", "[Ada Kell] sold a ship in May."),
        ("Lind lawyer Ada Kell closed the port.\n\n", "Kell sold a ship in May.", "[Ada Kell] sold a ship in May."),
        ("On Monday Ada Kell closed the port.\n\n", "Kell sold a ship in May.", "[Ada Kell] sold a ship in May."),
        (KELL, "Crews left Kell’s port in May.", "Crews left [Ada Kell]’s port in May."),
        (KELL, "Crews met Anna Reth and Kell.", "Crews met Anna Reth and [Ada Kell, the harbour master of Tarn]."),
        (KELL, "In May, Kell, a sailor, sold a ship.", "In May, [Ada Kell], a sailor, sold a ship."),
        ("Ada Kell, a critic of Ole Lind, closed the port.\n\n", "In May, Kell sold a ship.", "In May, [Ada Kell] sold a ship."),
        ("Ada Kell, the company’s lawyer, closed the port.\n\n", "In May, Kell sold a ship.", "In May, [Ada Kell] sold a ship."),
        ("Ada Kell, his lawyer, closed the port.\n\n", "In May, Kell sold a ship.", "In May, [Ada Kell] sold a ship."),
        ("Ada Kell, a so-called expert, closed the port.\n\n", "In May, Kell sold a ship.", "In May, [Ada Kell] sold a ship."),
        ("Ada Kell, a sailor who owns a ship, closed the port.\n\n", "In May, Kell sold a ship.", "In May, [Ada Kell] sold a ship."),
    ],
)
def test_a_person_is_introduced_as_the_article_does(parser: Parser, before: str, text: str, introduced_as: str) -> None:
    one = document(before + text, parser)
    (found,) = introduced([told(one, 2)], [Story(id="s", headline="x", claims=("made-s2",))])
    assert found.claim.text == introduced_as
    assert all(gate.passed for gate in check(found.claim, {"made": one}))


@pytest.mark.parametrize(
    ("first", "later", "introduced_as"),
    [
        ("Ada Kell owns a ship.", "Mayor Ada Kell closed the port.", "[Mayor Ada Kell]"),
        ("Ada Kell owns a ship.", "Ada Kell, the mayor of Tarn, closed the port.", "[Ada Kell, the mayor of Tarn]"),
        ("Ada Kell, a sailor, owns a ship.", "Mayor Ada Kell closed the port.", "[Mayor Ada Kell]"),
        ("Ada Kell owns a ship.", "In 2011, Mayor Ada Kell closed the port.", "[Ada Kell]"),
        ("Ada Kell owns a ship.", "“Mayor Ada Kell closed the port,” Ole Lind said.", "[Ada Kell]"),
        ("The port was closed by then-Mayor Ada Kell.", "It was Mayor Ada Kell who sold it.", "[Ada Kell]"),
        ("Ada Kell owns a ship.", "Mayor Ole Lind met Ada Kell.", "[Ada Kell]"),
        ("Mayor Ada Kell owns a ship.", "Former Mayor Ada Kell closed the port.", "[former Mayor Ada Kell]"),
        ("President Ada Kell owns a ship.", "It was then-Mayor Ada Kell who closed the port.", "[President Ada Kell]"),
    ],
)
def test_who_somebody_is_may_stand_elsewhere_in_the_article(parser: Parser, first: str, later: str, introduced_as: str) -> None:
    one = document(f"{first}\n\n{later}\n\nIn May, Kell sold a port.", parser, published="2026-11-25")
    (found,) = introduced([told(one, 3)], [Story(id="s", headline="x", claims=("made-s3",))])
    assert found.claim.text == f"In May, {introduced_as} sold a port."
    assert all(gate.passed for gate in check(found.claim, {"made": one}))


@pytest.mark.parametrize("forged", ["Mayor Ada Kell", "former Judge Ada Kell", "Ada Kell, the mayor of Tarn", "Mayor Ole Lind", "Ole Lind"])
def test_an_office_that_the_article_does_not_give_is_refused(parser: Parser, forged: str) -> None:
    text = "Judge Ada Kell met Mayor Ole Lind.\n\nOle Reth, the mayor of Tarn, left.\n\nIn May, Kell sold a ship."
    one = document(text, parser)
    (made,) = introduced([told(one, 3)], [Story(id="s", headline="x", claims=("made-s3",))])
    assert made.claim.text == "In May, [Judge Ada Kell] sold a ship."
    edit = made.claim.edits[-1].model_copy(update={"text": f"[{forged}]"})
    changed = {"text": made.claim.text.replace("Judge Ada Kell", forged), "edits": (*made.claim.edits[:-1], edit)}
    assert not all(gate.passed for gate in check(made.claim.model_copy(update=changed), {"made": one}))


def test_where_somebody_is_named_is_looked_at_once_an_article(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Place] = []

    def before(place: Place) -> str:
        seen.append(place)
        return ""

    monkeypatch.setattr("briefing.language.introductions.before", before)
    months = ("May", "June", "July", "August")
    text = [f"Ada Kell owned a ship in {month}." for month in months] + [f"In {month}, Kell sold a port." for month in months]
    one = document("\n\n".join(text), parser)
    for number in range(5, 9):
        introduced([told(one, number)], [Story(id="s", headline="x", claims=(f"made-s{number}",))])
    assert len(seen) == 4


def test_who_somebody_is_is_told_once_and_not_otherwise(parser: Parser) -> None:
    one = document(KELL + "In May, Kell sold a ship.\n\nIn June, Kell left Tarn.", parser)
    made = introduced([told(one, 2), told(one, 3)], [Story(id="s", headline="x", claims=("made-s2", "made-s3"))])
    assert made[1].claim.text == "In June, Kell left Tarn."
    edit = made[0].claim.edits[-1].model_copy(update={"text": "[Ada Kell, the mayor of Tarn]"})
    text = made[0].claim.text.replace("harbour master", "mayor")
    forged = made[0].claim.model_copy(update={"text": text, "edits": (*made[0].claim.edits[:-1], edit)})
    assert not all(gate.passed for gate in check(forged, {"made": one}))


BODIES = (
    "The House Fishing Committee met on Monday.\n\nOle Kell told the committee that the port was safe.\n\nThe committee left Tarn in May."
)


def test_the_committee_is_named_once_in_a_story(parser: Parser) -> None:
    one = document(BODIES, parser)
    made = introduced([told(one, 2), told(one, 3)], [Story(id="s", headline="x", claims=("made-s2", "made-s3"))])
    assert [item.claim.text for item in made] == [
        "Ole Kell told [the House Fishing Committee] that the port was safe.",
        "The committee left Tarn in May.",
    ]
    assert all(gate.passed for item in made for gate in check(item.claim, {"made": one}))
    assert headline(told(one, 2))[0] == "Ole Kell told [the House Fishing Committee] that the port was safe"


def test_letters_stand_with_what_they_are_short_for_once_in_a_story(parser: Parser) -> None:
    text = "The Velm Budget Office opened in May. VBO said that taxes would rise. The VBO was founded in 1974."
    one = document(text, parser)
    made = introduced([told(one, 2), told(one, 3)], [Story(id="s", headline="x", claims=("made-s2", "made-s3"))])
    assert [item.claim.text for item in made] == [
        "[The Velm Budget Office] said that taxes would rise.",
        "The VBO was founded in 1974.",
    ]
    assert all(gate.passed for item in made for gate in check(item.claim, {"made": one}))
    (edit,) = made[0].claim.edits
    forged = made[0].claim.model_copy(
        update={
            "edits": (edit.model_copy(update={"text": "[The Velm Business Office]"}),),
            "text": "[The Velm Business Office] said that taxes would rise.",
        }
    )
    assert not all(gate.passed for gate in check(forged, {"made": one}))


def test_what_the_story_names_is_not_named_again_unless_another_is(parser: Parser) -> None:
    one = document(BODIES, parser)
    other = document("The Senate Fishing Committee met in Osk.", parser, "other")
    story = Story(id="s", headline="x", claims=("made-s1", "made-s2"))
    assert introduced([told(one, 1), told(one, 2)], [story])[1].claim.edits == ()
    story = Story(id="s", headline="x", claims=("made-s1", "other-s1", "made-s2"))
    made = introduced([told(one, 1), told(other, 1), told(one, 2)], [story])
    assert made[2].claim.text == "Ole Kell told [the House Fishing Committee] that the port was safe."


@pytest.mark.parametrize(
    "name", ["the Senate Fishing Committee", "the House Fishing Commission", "the Fishing Committee", "The House Fishing Committee"]
)
def test_a_committee_that_the_article_does_not_mean_is_refused(parser: Parser, name: str) -> None:
    one = document(BODIES, parser)
    (made,) = introduced([told(one, 2)], [Story(id="s", headline="x", claims=("made-s2",))])
    edit = made.claim.edits[0].model_copy(update={"text": f"[{name}]"})
    forged = made.claim.model_copy(update={"text": made.claim.text.replace("the House Fishing Committee", name), "edits": (edit,)})
    assert not all(gate.passed for gate in check(forged, {"made": one}))


def test_nothing_is_named_in_a_quotation(parser: Parser) -> None:
    one = document("The House Fishing Committee met on Monday.\n\n“The committee was late,” Ole Kell said in May.", parser)
    assert introduced([told(one, 2)], [Story(id="s", headline="x", claims=("made-s2",))])[0].claim.edits == ()


def test_who_is_called_by_the_office_is_named(parser: Parser) -> None:
    one = document("Gov. Ada Lind opened a bridge.\n\nThe governor, a Republican, sold the port in May.", parser)
    (made,) = introduced([told(one, 2)], [Story(id="s", headline="x", claims=("made-s2",))])
    assert made.claim.text == "[Gov. Ada Lind], a Republican, sold the port in May."
    assert all(gate.passed for gate in check(made.claim, {"made": one}))


def test_a_son_is_introduced_by_his_own_name(parser: Parser) -> None:
    one = document("Peter Lund met Ole Lund Jr. in Tarn.\n\nPeter Lund left.\n\nIn court, Lund Jr. called the port unsafe.", parser)
    (made,) = introduced([told(one, 3)], [Story(id="s", headline="x", claims=("made-s3",))])
    assert made.claim.text == "In court, [Ole Lund Jr.] called the port unsafe."
    assert all(gate.passed for gate in check(made.claim, {"made": one}))


def test_each_story_introduces_its_own(parser: Parser) -> None:
    text = "The judge Anna Reth fined the port.\n\nIn court, Reth called the port unsafe.\n\nIn Velm, Reth met the owners of the port."
    one = document(text, parser)
    made = [told(one, 2), told(one, 3)]
    found = introduced(made, [Story(id="s", headline="x", claims=("made-s2",)), Story(id="t", headline="y", claims=("made-s3",))])
    assert all("[Anna Reth]" in item.claim.text for item in found)


@pytest.mark.parametrize(
    "text",
    [
        "Helen Lund and Peter Lund own the port.\n\nIn court, Lund called the port unsafe.",  # two of one surname
        "The judge Anna Reth fined the port.\n\nIn court, Mayor Reth called the port unsafe.",  # she has a title
        "The judge Anna Reth fined the port.\n\nThe court said “Reth called the port unsafe” on Monday.",  # in a quotation
        "In court, Reth called the port unsafe.\n\nIn Velm, Reth met the owners of the port.",  # nowhere in full
        "Peter Lund met his son Peter Lund Jr.\n\nIn court, Lund called the port unsafe.",  # father and son
        "Peter Lund owns the port.\n\nIn court, Lund Jr. called the port unsafe.",  # another one
    ],
)
def test_who_is_not_sure_or_named_already_is_left_as_he_stands(parser: Parser, text: str) -> None:
    one = document(text, parser)
    made = [told(one, 2)]
    assert introduced(made, [Story(id="s", headline="x", claims=("made-s2",))]) == made


# Loaded wording


def test_loaded_terms_of_the_articles_own_voice_are_listed(parser: Parser) -> None:
    text = "The so-called experts of Norrbus closed the depot.\n\n“The so-called experts failed,” Ada Kell said.\n\nThe depot was closed."
    found = list(language(document(text, parser)))
    assert [(term.sentence, term.term, term.instead) for term in found] == [(1, "so-called", "")]


def test_nothing_to_compose() -> None:
    assert grouped([], [], DAY) == []
    assert stories([], [], DAY) == ([], [])
    assert introduced([], []) == []


def test_a_group_is_headed_by_its_heaviest_claim_that_can_lead(parser: Parser) -> None:
    made = claims(parser, {"The decision angered the union of the crews.": 9.0, FERRY: 1.0, DEAD: 2.0})
    (group,) = grouped(made, [["a0", "a1", "a2"]], DAY)
    assert isinstance(group, Group)
    assert group.claims[0].claim.id == "a2-s1"
    heads: list[Claim] = [one.claim for one in group.claims]
    assert len(heads) == 3


def test_what_was_judged_behind_another_line_heads_a_story_only_where_that_one_is_not_told(parser: Parser) -> None:
    heavy, light, leaning = claims(parser, {FERRY: 9.0, DEAD: 2.0, "The decision angered the union of the crews.": 1.0})
    behind = heavy._replace(chosen=heavy.chosen._replace(follows=True))
    events = [["a0", "a1", "a2"]]
    assert grouped([behind, light, leaning], events, DAY)[0].claims[0].claim.id == "a1-s1"
    assert grouped([behind, leaning], events, DAY)[0].claims[0].claim.id == "a2-s1", "though it leans"
    only = light._replace(chosen=light.chosen._replace(follows=True))
    assert grouped([behind, only], events, DAY)[0].claims[0].claim.id == "a0-s1"


# The numbers of this stage, by weights that lie a little to both sides


def first(made: Sequence[Made], hard: Mapping[str, float] | None = None, events: Sequence[Sequence[str]] | None = None) -> str:
    return composed(made, events, hard)[0][0].heading


@pytest.mark.parametrize(("heavier", "head"), [(0.55, "a0-s1"), (0.65, "a1-s1")])
def test_a_doubling_of_origins_weighs_six_tenths(parser: Parser, heavier: float, head: str) -> None:
    made = claims(parser, {FERRY: 2.0, BANK: 2.0 + heavier})
    assert first([made[0]._replace(claim=made[0].claim.model_copy(update={"origins": 2})), made[1]]) == head


@pytest.mark.parametrize(("heavier", "head"), [(0.55, "a0-s1"), (0.65, "a2-s1")])
def test_a_doubling_of_articles_weighs_six_tenths(parser: Parser, heavier: float, head: str) -> None:
    made = claims(parser, {FERRY: 2.0, DEAD: 1.0, BANK: 2.0 + heavier})
    assert first(made, events=[["a0", "a1"], ["a2"]]) == head


@pytest.mark.parametrize(("heavier", "head"), [(0.95, "a1-s1"), (1.05, "a0-s1")])
@pytest.mark.parametrize(("day", "old"), [("2026-11-18", True), ("2026-11-19", False)])
def test_what_is_older_than_seven_days_loses_one(parser: Parser, heavier: float, head: str, day: str, old: bool) -> None:
    made = claims(parser, {FERRY: 2.0 + heavier, BANK: 2.0})
    aged = made[0]._replace(claim=made[0].claim.model_copy(update={"published": day}))
    assert first([aged, made[1]]) == (head if old else "a0-s1")


@pytest.mark.parametrize(("hardness", "head"), [(0.9, "a1-s1"), (1.1, "a0-s1")])
def test_a_unit_of_hard_news_weighs_four_tenths(parser: Parser, hardness: float, head: str) -> None:
    assert first(claims(parser, {FERRY: 2.0, BANK: 2.4}), {"a0-s1": hardness}) == head


@pytest.mark.parametrize(("lighter", "head"), [(0.45, "a1-s1"), (0.55, "a0-s1")])
@pytest.mark.parametrize(("words", "long"), [(25, True), (24, False)])
def test_a_short_headline_may_be_half_a_unit_lighter_than_one_of_over_24_words(
    parser: Parser, lighter: float, head: str, words: int, long: bool
) -> None:
    items = ", ".join(f"the {item}" for item in "port school mill bank bridge museum theatre library".split())
    text = f"The council of Velm closed {items} and the {'old ' * (words - 24)}market."
    assert len(text.split()) == words
    made = claims(parser, {text: 3.0, FERRY: 3.0 - lighter})
    assert first(made, events=[["a0", "a1"]]) == (head if long else "a0-s1")


@pytest.mark.parametrize(("quoted", "leads"), [("badly damaged", True), ("lost in the storm off Tarn", False)])
def test_a_report_of_which_a_quarter_is_quoted_does_not_head_a_brief(parser: Parser, quoted: str, leads: bool) -> None:
    rest = "in the storm" if quoted == "badly damaged" else ""
    text = " ".join(f"The council of Velm said on Monday that the ferry Marit was “{quoted}” {rest}".split()) + "."
    assert bool(composed(claims(parser, {text: 3.0}))[1]) is leads


@pytest.mark.parametrize(("items", "roundup_of"), [(2, 0), (3, 3)])
def test_a_round_up_has_three_items_or_more(parser: Parser, items: int, roundup_of: int) -> None:
    text = "\n\n".join(
        ["Fisher Arden won in Sandvik.", "Two ships collided off the coast of Tarn.", "An actor died in Velm at night."][:items]
    )
    assert len(set(roundup(document(text, parser)).values())) == roundup_of


@pytest.mark.parametrize(
    ("more", "roundup_of"),
    [
        ("Arden lives in Sandvik.", 4),
        ("Arden won the vote as a teacher of the school in Sandvik, his town, against a lawyer, a baker, a singer and a guard.", 0),
    ],
)
def test_an_article_half_of_which_hangs_together_is_of_one_matter(parser: Parser, more: str, roundup_of: int) -> None:
    assert len(set(roundup(document(f"{ITEMS}\n\n{more}", parser)).values())) == roundup_of


def of_two_sides(texts: Sequence[str], parser: Parser) -> list[Made]:
    """Return claims of these texts, each of an article of its own: the first two contradict each other."""
    claims = [told(document(text, parser, f"a{n}"), 1, 3.0 - n) for n, text in enumerate(texts)]
    sides = [
        one._replace(claim=one.claim.model_copy(update={"conflicts": (other.claim.id,)}))
        for one, other in ((claims[0], claims[1]), (claims[1], claims[0]))
    ]
    return [*sides, *claims[2:]]


def test_one_side_of_a_conflict_heads_a_story_only_where_all_its_news_is_contested(parser: Parser) -> None:
    texts = (
        "Six people died when the ferry Marit sank.",
        "Nine people died when the ferry Marit sank.",
        "The guard searched the sea.",
    )
    *sides, third = of_two_sides(texts, parser)
    for group, heading in (([*sides, third], texts[2]), (sides, texts[0])):
        assert grouped(group, [["a0", "a1", "a2"]], "2026-11-25")[0].claims[0].claim.text == heading


def test_one_side_of_a_conflict_heads_a_story_that_says_whose_side_it_is(parser: Parser) -> None:
    texts = (
        "Six people died when the ferry Marit sank, the guard of Tarn said.",
        "Nine people died when the ferry Marit sank, the mayor of Tarn said.",
        "The guard of Tarn searched the sea on Monday.",
    )
    *sides, third = of_two_sides(texts, parser)
    group = grouped([*sides, third], [["a0", "a1", "a2"]], "2026-11-25")[0]
    assert group.claims[0].claim.text == texts[0]
