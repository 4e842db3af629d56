"""What is briefed: every sentence is picked or left out with a reason."""

from briefing.stages.select import CEILING, MOST, VOICES, select
from briefing.text.reference import Reader
from briefing.text.terms import content, overlap
from tests.stages.fakes import made, reader, seeds


def test_every_sentence_is_picked_or_left_out_with_a_reason() -> None:
    readers = [Reader(article) for article in seeds()]
    selection = select(readers, {})
    picked = [(pick.reader.article.id, pick.plan.sentence) for pick in selection.picks]
    left = [(omission.article, omission.sentence) for omission in selection.omitted]
    assert sorted(picked + left) == [(r.article.id, s.number) for r in readers for s in r.article.sentences]
    assert len(set(picked + left)) == len(picked + left)
    assert all(omission.reason for omission in selection.omitted)
    assert picked == sorted(picked)


def test_articles_share_by_length_and_none_goes_without() -> None:
    readers = [Reader(article) for article in seeds()]
    picks = select(readers, {}).picks
    counts = {r.article.id: sum(p.reader is r for p in picks) for r in readers}
    assert min(counts.values()) >= 2
    assert len(picks) <= MOST + len(readers)


def test_of_very_many_articles_only_the_weightiest_sentences_are_drafted_unless_every_one_counts() -> None:
    readers = [Reader(made(f"Town{n} sold boat{n} and ship{n} to Port{n}.", f"a{n}")) for n in range(2 * CEILING)]
    assert len(select(readers, {}).picks) == CEILING
    assert len(select(readers, {}, every=True).picks) == 2 * CEILING
    alike = [Reader(made(f"Town sold {n} boats and ships to Port.", f"a{n}")) for n in range(2 * CEILING)]
    assert len(select(alike, {}).picks) == VOICES


def test_a_copy_is_not_drafted_and_its_original_weighs_more() -> None:
    text = "The port of Aster reopened for 300 workers after the strike."
    readers = [Reader(made(text, "a")), Reader(made(text, "b"))]
    (alone,) = select(readers[:1], {}).picks
    (shared,) = select(readers, {("b", 1): ("a", 1)}).picks
    assert (shared.reader.article.id, shared.weight > alone.weight) == ("a", True)
    assert [(o.article, o.reason) for o in select(readers, {("b", 1): ("a", 1)}).omitted] == [("b", "a copy of a, sentence 1")]


def test_only_body_is_picked() -> None:
    for pick in select([Reader(article) for article in seeds()], {}).picks:
        sentence = pick.reader.article.sentences[pick.plan.sentence - 1]
        assert (sentence.role.value, sentence.note) == ("body", "")


def test_the_same_told_twice_in_one_article_is_picked_once() -> None:
    text = (
        "Mayor Ines Calder opened the port of Aster to 300 workers after the strike.\n\n"
        "The ferry company of Brell sold two ships to Denmark for 40 million euros.\n\n"
        "The port of Aster was opened to 300 workers by Mayor Ines Calder after the strike."
    )
    selection = select([reader(text)], {})
    assert len(selection.picks) == 2
    assert any(omission.reason.startswith("says again what sentence") for omission in selection.omitted)


def test_opinions_are_left_out_unless_the_article_holds_little_else() -> None:
    opinion = "The ruling is yet another blow to the credibility of the court.\n\n"
    facts = "The port of Aster reopened for 300 workers.\n\nBrell sold two ships to Denmark.\n\nNora Stein left the council of Tarn in May."
    assert [pick.plan.kind for pick in select([reader(opinion)], {}).picks] == ["opinion"]
    selection = select([reader(opinion + facts)], {})
    assert [pick.plan.kind for pick in selection.picks] == ["fact"] * 3
    assert selection.omitted[0].reason == "the writer's own judgement"


def test_too_short_and_too_long() -> None:
    selection = select([reader("Aster fell silent.\n\n" + "Aster " + "sold ships to Brell and " * 30 + "left.")], {})
    assert not selection.picks
    assert {o.reason for o in selection.omitted} >= {"too short to stand alone"}


def test_nothing_to_choose_from() -> None:
    assert select([], {}) == ((), ())
    assert select([Reader(made(""))], {}) == ((), ())


def test_overlap_is_a_share_of_the_smaller() -> None:
    one, other = content("The ferries sailed to Brell"), content("A ferry sailed to Brell on Monday with passengers")
    assert 0 < overlap(one, other) <= 1
    assert overlap(one, one) == 1
    assert overlap(one, frozenset()) == 0


def test_a_correction_is_told_beside_what_it_corrects() -> None:
    text = (
        "The Lindqvist Foundation gave 4.5 million euros to the clinic in Rusk in June.\n\nAbout 6,300 children are treated there.\n\n"
        "The Lindqvist Foundation did not give 4.5 million euros to the clinic in Rusk but 450,000 euros, the foundation said.\n"
    )
    found = select([reader(text)], {})
    assert {1, 3} <= {pick.plan.sentence for pick in found.picks}
