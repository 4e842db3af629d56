"""Claims that say the same become one, and only where every citation carries its wording; copies are found before anything is drafted."""

from __future__ import annotations

from itertools import combinations

import pytest

from briefing import pipeline
from briefing.model.base import Question
from briefing.stages.conflicts import contested
from briefing.stages.echoes import copied, echoes
from briefing.stages.ground import Grounded, Tally
from briefing.stages.matters import matters
from briefing.stages.merge import merge, pairs
from briefing.stages.origins import origins
from briefing.stages.plan import Plan, plan
from briefing.stages.select import Pick
from briefing.text.articles import article
from briefing.text.reference import Reader
from briefing.types import Article, Claim
from tests.stages.fakes import EVEN, FakeModel

SOLD = "The ferry company of Brell sold 40 ships to Aster after long talks."
SOLD_TOO = "Brell's ferry company sold Aster 40 ships after the talks."
SCHOOL = "Mayor Ines Calder opened a school for 85 children in Dorn."


def source(name: str, text: str, published: str = "", outlet: str = "") -> Article:
    return article(name, f"{name}.txt", "0" * 64, text).model_copy(update={"published": published, "source": outlet})


def grounded(*articles: Article) -> list[Grounded]:
    found = []
    for n, one in enumerate(articles):
        reader = Reader(one)
        for sentence in one.sentences:
            planned = plan(reader, sentence.number)
            assert isinstance(planned, Plan)
            claim = Claim(
                id=f"{one.id}-s{sentence.number}",
                text=reader.text(sentence.number),
                kind="fact",
                support=0.9,
                citations=(one.cite(sentence.number),),
                published=one.published,
                date=one.published,
            )
            found.append(Grounded(Pick(reader, planned, 9.0 - n), claim))
    return found


def merged(*articles: Article, same: float | None = 0.9, supported: float = 0.9) -> tuple[list[Grounded], list[str], FakeModel]:
    def believe(question: Question) -> float | None:
        return same if question.task == "same" else supported

    model, tasks = FakeModel(believe=believe), pipeline.tasks()
    kept, omitted, _ = merge(
        grounded(*articles),
        {one.id: one for one in articles},
        model=model,
        same=tasks["same"],
        support=tasks["support"],
        calibration=EVEN.model_copy(update={"margin": -0.1}),
        tally=Tally(),
    )
    return kept, [omission.reason for omission in omitted], model


def cited(one: Grounded) -> list[tuple[str, int]]:
    return [(citation.article, citation.sentence) for citation in one.claim.citations]


# Merging


def test_two_articles_that_say_the_same_are_one_claim_with_both_citations() -> None:
    kept, left, _ = merged(source("a", f"{SOLD} {SCHOOL}"), source("b", SOLD_TOO))
    assert [cited(one) for one in kept] == [[("a", 1), ("b", 1)], [("a", 2)]]
    assert left == []
    assert kept[0].claim.text == SOLD  # it has more to say
    assert kept[0].claim.support == 0.9


def test_what_the_judge_takes_for_another_fact_stays_apart() -> None:
    for same in (0.2, None):
        kept, left, _ = merged(source("a", SOLD), source("b", SOLD_TOO), same=same)
        assert (len(kept), left) == (2, [])


def test_no_wording_is_cited_to_a_sentence_that_does_not_support_it() -> None:
    assert len(merged(source("a", SOLD), source("b", SOLD_TOO), supported=0.1)[0]) == 2
    assert len(merged(source("a", SOLD), source("b", SOLD_TOO.replace("40", "50")))[0]) == 2
    assert len(merged(source("a", SOLD), source("b", SOLD_TOO.replace("sold Aster", "never sold Aster")))[0]) == 2


def test_events_of_different_days_are_not_compared() -> None:
    kept, _, model = merged(source("a", SOLD, "2025-05-19"), source("b", SOLD_TOO, "2025-09-04"))
    assert (len(kept), model.questions) == (2, [])
    assert len(merged(source("a", SOLD, "2025-05-19"), source("b", SOLD_TOO, "2025-05-19"))[0]) == 1
    (one,), *_ = merged(source("a", SOLD, "2025-05-19"), source("b", SOLD_TOO))
    assert (one.claim.published, one.claim.date) == ("2025-05-19", "2025-05-19")


def test_what_an_article_says_again_is_told_once() -> None:
    kept, left, _ = merged(source("a", f"{SOLD} {SOLD_TOO} {SCHOOL}"), supported=0.1)
    assert [cited(one) for one in kept] == [[("a", 1)], [("a", 3)]]
    assert left == ["says again what sentence 1 says"]


def test_three_articles_are_one_claim_only_under_a_wording_that_holds_for_all() -> None:
    third = "The company of Brell sold ships to Aster after talks."
    kept, _, _ = merged(source("a", SOLD), source("b", SOLD_TOO), source("c", third))
    assert [len(one.claim.citations) for one in kept] == [3]
    assert kept[0].claim.text == third


def test_nothing_to_merge() -> None:
    assert merged(source("a", ""))[:2] == ([], [])


def test_partners_are_few_however_many_claims_there_are() -> None:
    texts = [f"The port of Town{n} reopened for {n} workers after a strike." for n in range(400)]
    assert len(pairs(texts)) <= 1.5 * len(texts)
    assert pairs([]) == []
    alike = [SOLD, SCHOOL, SOLD_TOO]
    assert [(pair.one, pair.other) for pair in pairs(alike)] == [(0, 2)]


# Copies


def test_copies_are_found_over_articles_and_cited_with_their_original() -> None:
    one, two, three = source("a", f"{SOLD} {SCHOOL}"), source("b", f"{SCHOOL} {SOLD}"), source("c", SOLD_TOO)
    found = echoes([Reader(one), Reader(two), Reader(three)])
    assert found == {("b", 1): ("a", 2), ("b", 2): ("a", 1)}
    known = {article.id: article for article in (one, two, three)}
    assert [cited(each) for each in copied(grounded(one), found, known)] == [[("a", 1), ("b", 2)], [("a", 2), ("b", 1)]]
    assert echoes([]) == {}


def test_the_oldest_article_is_the_original() -> None:
    old, new = source("z", SOLD, "2025-05-01"), source("a", SOLD, "2025-05-02")
    assert echoes([Reader(new), Reader(old)]) == {("a", 1): ("z", 1)}
    (one,) = copied(grounded(old), {("a", 1): ("z", 1)}, {"a": new, "z": old})
    assert (one.claim.published, len(one.claim.citations)) == ("2025-05-01", 2)


def test_a_repeat_within_an_article_is_no_copy() -> None:
    assert echoes([Reader(source("a", f"{SOLD}\n\n{SCHOOL}\n\n{SOLD}"))]) == {}


# Origins


@pytest.mark.parametrize(
    ("texts", "number", "outlets"),
    [
        ((SOLD, SOLD_TOO), 2, ()),
        ((SOLD, SOLD), 1, ()),
        (("According to the Aster Herald, Brell sold 40 ships.", "Brell sold 40 ships, the Aster Herald reported."), 1, ("Aster Herald",)),
        (("According to Bild, Brell sold 40 ships.", "Brell sold 40 ships, Reuters reported."), 2, ("Bild", "Reuters")),
        (("Sources told Bild that Brell sold 40 ships.", "Bild reported that Brell sold ships to Aster."), 1, ("Bild",)),
        (
            ("Brell sold ships to Aster. The sale, detailed by German outlet Bild, was slow.", "Bild said that Brell sold ships."),
            1,
            ("Bild",),
        ),
        ((SOLD, "Ines Calder said that Brell sold ships to Aster."), 2, ()),
    ],
)
def test_files_that_pass_on_one_report_are_one_origin(texts: tuple[str, ...], number: int, outlets: tuple[str, ...]) -> None:
    articles = [source(f"a{n}", text) for n, text in enumerate(texts)]
    citations = [one.cite(1) for one in articles]
    assert origins(citations, {one.id: Reader(one) for one in articles}, {}) == (number, outlets)


def test_an_outlet_and_a_file_that_quotes_it_are_one_origin() -> None:
    articles = [source("a", SOLD, outlet="Aster Herald"), source("b", "Brell sold ships to Aster, the Aster Herald reported.")]
    assert origins([one.cite(1) for one in articles], {one.id: Reader(one) for one in articles}, {}).number == 1


# Conflicts


def test_a_conflict_names_the_other_side_on_both() -> None:
    def believe(question: Question) -> float:
        asked = question.prompt.shared + question.prompt.text
        return 0.9 if "40" in asked and "50" in asked else 0.1

    claims = grounded(source("a", f"{SOLD} {SCHOOL}"), source("b", SOLD_TOO.replace("40", "50")))
    found = contested(claims, (), model=FakeModel(believe=believe), task=pipeline.tasks()["conflict"], tally=Tally())
    assert [one.claim.conflicts for one in found] == [("b-s1",), (), ("a-s1",)]
    quiet = contested(claims, (), model=FakeModel(believe=lambda question: 0.1), task=pipeline.tasks()["conflict"], tally=Tally())
    assert not any(one.claim.conflicts for one in quiet)
    same = {("a-s1", "b-s1")}
    told = contested(claims, same, model=FakeModel(believe=believe), task=pipeline.tasks()["conflict"], tally=Tally())
    assert not any(one.claim.conflicts for one in told)


def test_values_of_different_days_are_no_conflict() -> None:
    claims = grounded(source("a", SOLD, "2025-05-01"), source("b", SOLD_TOO.replace("40", "50"), "2025-06-01"))
    model = FakeModel(believe=lambda question: 0.9)
    assert not any(one.claim.conflicts for one in contested(claims, (), model=model, task=pipeline.tasks()["conflict"], tally=Tally()))


# Matters


def test_matters_hold_every_claim_once() -> None:
    claims = grounded(source("a", f"{SOLD} {SCHOOL}"), source("b", f"{SOLD_TOO} The ferry company of Brell sold Aster old ships."))
    groups = matters(claims)
    assert sorted(n for group in groups for n in group) == list(range(len(claims)))
    assert matters([]) == []
    assert matters(claims[:1]) == [[0]]


def test_articles_of_different_days_never_share_a_matter() -> None:
    old, new, undated = source("a", SOLD, "2025-05-19"), source("b", SOLD, "2025-09-04"), source("c", SOLD)
    for one, other in combinations((old, new, undated), 2):
        assert len(matters(grounded(one, other))) == 2
    assert len(matters(grounded(source("a", f"{SOLD} {SCHOOL}"), undated))) <= 2


# Rebuttals and corrections

BOUGHT = "The mayor of Aster said Brell bought stolen steel."


def marked(*articles: Article) -> list[tuple[str, tuple[str, ...]]]:
    """Return the claims with the conflicts they have where the judge says yes to all it is asked."""
    model = FakeModel(believe=lambda question: 0.9)
    found = contested(grounded(*articles), (), model=model, task=pipeline.tasks()["conflict"], tally=Tally())
    return [(one.claim.id, one.claim.conflicts) for one in found]


def test_a_rebuttal_answers_what_stands_before_it() -> None:
    text = f"{BOUGHT}\n\nCaptain Jon Rask countered that its suppliers had changed.\n"
    assert marked(source("a", text)) == [("a-s1", ("a-s2",)), ("a-s2", ("a-s1",))]


def test_a_denial_in_another_article_answers_what_is_much_like_it_and_nothing_else() -> None:
    said = source("a", f"{BOUGHT}\n\nA school for 85 children opened in Dorn, Ines Calder said.\n", "2026-11-20")
    denied = source("b", "The company of Jon Rask denied that Brell bought stolen steel.\n", "2026-11-21")
    assert dict(marked(said, denied)) == {"a-s1": ("b-s1",), "a-s2": (), "b-s1": ("a-s1",)}


def test_a_denial_weeks_later_is_another_matter() -> None:
    said, denied = source("a", BOUGHT, "2026-10-20"), source("b", "Jon Rask denied that Brell bought stolen steel.", "2026-11-21")
    assert not any(conflicts for _, conflicts in marked(said, denied))


def test_a_number_that_is_put_right_contradicts_the_wrong_one() -> None:
    wrong = source("a", "The fire at the Rand factory killed 9 workers, fire chief Colin Price said.", "2026-11-20")
    right = source("b", "The fire at the Rand factory killed 14 workers and not 9, minister Joan Adeyemi said.", "2026-11-21")
    assert dict(marked(wrong, right)) == {"a-s1": ("b-s1",), "b-s1": ("a-s1",)}


def test_the_same_speaker_rebuts_nobody() -> None:
    text = "Jon Rask said Brell bought steel.\n\nJon Rask denied that the price was high.\n"
    assert not any(conflicts for _, conflicts in marked(source("a", text)))


def test_both_sides_stand_under_one_head() -> None:
    claims = grounded(source("a", SOLD), source("b", SCHOOL))
    one, other = (g.claim.id for g in claims)
    apart = matters(claims)
    facing = [
        g._replace(claim=g.claim.model_copy(update={"conflicts": (against,)})) for g, against in zip(claims, (other, one), strict=True)
    ]
    assert (apart, matters(facing)) == ([[0], [1]], [[0, 1]])
