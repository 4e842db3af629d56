"""Which articles of two briefs are the same one: content and place decide, a file's name alone says nothing."""

from __future__ import annotations

import pytest

from briefing.diff import changed, paired
from briefing.identity import Articles, aligned, edited, same, shares
from briefing.records import Diff
from briefing.stages.retold import Source
from tests.editions import HARBOUR, HOSPITAL, diff, edition, follow, states

pytestmark = pytest.mark.usefixtures("lent")
BUS = ("A bus fell into the river near Solto on Friday.", "Eleven passengers were rescued by a fishing boat.")
MORE = "The council of Aster will meet on the strike again next week, a clerk said."


def renamed(source: Source, paths: dict[str, str]) -> Source:
    """Return a brief whose articles are of other paths."""
    records = tuple(r.model_copy(update={"path": paths.get(r.id, r.path)}) for r in source.brief.articles)
    return source._replace(brief=source.brief.model_copy(update={"articles": records}))


def told(found: Diff) -> tuple[set[str], int]:
    return set(states(found).values()), len(found.corrections)


def test_mondays_and_tuesdays_1_txt_are_different_articles() -> None:
    monday, tuesday = edition({"1": HARBOUR, "2": HOSPITAL}), edition({"1": BUS, "2": HOSPITAL}, "2026-11-21")
    assert paired(monday, tuesday) == {"2": "2"}
    found = diff(monday, tuesday)
    assert found.corrections == ()
    assert {text: state for text, state in states(found).items() if state != "unchanged"} == {
        **dict.fromkeys(HARBOUR, "dropped"),
        **dict.fromkeys(BUS, "new"),
    }
    assert {c.detail for c in found.changes if c.state == "dropped"} == {"source gone: 1@2026-11-20"}
    assert not any(change.stood for change in found.changes)


def test_numbered_files_that_moved_on_by_one_are_found_by_their_content() -> None:
    monday, tuesday = edition({"1": HARBOUR, "2": HOSPITAL}), edition({"1": BUS, "2": HARBOUR, "3": HOSPITAL}, "2026-11-21")
    assert paired(monday, tuesday) == {"1": "2", "2": "3"}
    found = diff(monday, tuesday)
    assert {text for text, state in states(found).items() if state == "new"} == set(BUS)
    assert {text for text, state in states(found).items() if state == "unchanged"} == {*HARBOUR, *HOSPITAL}
    assert found.corrections == ()
    swapped = diff(edition({"1": HARBOUR, "2": HOSPITAL}), edition({"1": HOSPITAL, "2": HARBOUR}))
    assert not changed(swapped)


def test_the_old_claims_of_a_diff_are_those_of_their_own_brief() -> None:
    monday, tuesday = edition({"1": HARBOUR, "2": HOSPITAL}), edition({"1": BUS, "2": HARBOUR}, "2026-11-21")
    own = {claim.id: claim for claim in monday.brief.claims}
    for change in diff(monday, tuesday).changes:
        assert all(claim == own[claim.id] for claim in change.olds)
    assert diff(monday, tuesday).old.articles == monday.brief.articles


def test_an_article_corrected_overnight_is_edited_and_one_renamed_too_says_what_it_was() -> None:
    after = (HARBOUR[0], HARBOUR[1].replace("26", "31"), *HARBOUR[2:], MORE)
    for name, was in (("harbour", ""), ("later", "harbour")):
        before = edition({"harbour": (*HARBOUR, *HOSPITAL, *BUS)})
        (correction,) = diff(before, edition({name: (*after, *HOSPITAL, *BUS)}, "2026-11-21")).corrections
        assert (correction.article, correction.was) == (name, was)
        assert correction.lost == (HARBOUR[1],)
        assert correction.gained == (after[1], MORE)
        assert correction.claims == ("harbour-s3",)


def test_edited_is_said_only_where_most_of_the_text_is_the_same() -> None:
    five = (*HARBOUR, *HOSPITAL)
    for kept in range(6):
        after = (*five[:kept], *(f"Quite another sentence stands at place number {n} of this text now." for n in range(kept, 5)))
        found = diff(edition({"a": five}), edition({"a": after}))
        assert len(found.corrections) == (kept in (3, 4)), kept


def test_an_article_that_grew_is_edited_and_one_that_quotes_a_part_of_it_is_not() -> None:
    grown = (*HARBOUR, *HOSPITAL, *BUS, MORE)
    assert len(diff(edition({"a": HARBOUR}), edition({"a": grown})).corrections) == 1
    assert diff(edition({"a": HARBOUR}), edition({"b": grown})).corrections == ()


def test_one_report_in_two_outlets_or_of_two_days_is_two_articles() -> None:
    agency = (*HARBOUR, *HOSPITAL, *BUS)
    other = (*agency[:-1], MORE)
    assert paired(edition({"a": agency}, outlets={"a": "Aster Post"}), edition({"b": other}, outlets={"b": "Brell Times"})) == {}
    dated = edition({"a": agency}, published={"a": "August 6, 2025"}), edition({"b": other}, published={"b": "September 9, 2025"})
    assert paired(*dated) == {}
    assert paired(edition({"a": agency}), edition({"b": other})) == {"a": "b"}


def test_a_file_whose_id_changed_because_another_came_is_found_at_its_path() -> None:
    before = renamed(edition({"a": HARBOUR}), {"a": "news/a.txt"})
    after = renamed(edition({"a.txt": (*HARBOUR[:2], MORE), "a.md": BUS}), {"a.txt": "news/a.txt", "a.md": "news/a.md"})
    assert paired(before, after) == {"a": "a.txt"}


def test_where_texts_are_lost_the_cited_sentences_are_compared() -> None:
    def lost(source: Source) -> Source:
        return source._replace(text=lambda record: None)

    after = (*HARBOUR[:2], MORE)
    assert paired(lost(edition({"a": HARBOUR})), edition({"a": after})) == {"a": "a"}
    assert paired(lost(edition({"a": HARBOUR})), lost(edition({"a": BUS}))) == {}
    assert paired(lost(edition({"a": HARBOUR}, left=HARBOUR)), lost(edition({"a": HARBOUR}, left=HARBOUR))) == {"a": "a"}  # equal bytes


def test_a_second_day_of_equal_names_is_all_new() -> None:
    brief = follow(edition({"1": BUS}, "2026-11-21"), edition({"1": HARBOUR}))
    assert {claim.state for claim in brief.claims} == {"new"}
    assert {claim.since for claim in brief.claims} == {"2026-11-21"}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("", "", False),
        ("", "Some words stand here.", False),
        ("One word.", "one WORD", True),
        ("Ships wait.", "Ships leave.", False),
        ("港口在罢工十二天后重新开放，市长周一宣布。", "港口在罢工十三天后重新开放，市长周一宣布。", True),
        ("港口在罢工十二天后重新开放，市长周一宣布。", "医院的护士收集了九千多个签名反对关闭急诊部门。", False),
        ("ท่าเรือเปิดอีกครั้งหลังการนัดหยุดงาน", "ท่าเรือเปิดอีกครั้งเมื่อวันจันทร์หลังการนัดหยุดงาน", True),
    ],
)
def test_texts_of_any_script_are_compared(one: str, other: str, alike: bool) -> None:
    assert edited(one, other) is alike
    assert shares(one, other) == tuple(reversed(shares(other, one)))


def test_names_stay_apart_whatever_is_given() -> None:
    before = edition({"1": HARBOUR, "1@2026-11-20": HOSPITAL})
    after = edition({"1": BUS, "1@2026-11-20": BUS[:1]})
    names = [record.id for record in aligned(after.brief, before.brief, paired(before, after)).articles]
    assert len({*names, "1", "1@2026-11-20"}) == 4
    assert aligned(after.brief, after.brief, paired(after, after)) is after.brief


@pytest.mark.slow
def test_only_texts_that_may_be_alike_are_compared() -> None:
    """Counted, not timed: thousands of articles that have nothing in common are never read again."""
    read: list[str] = []

    def watched(source: Source) -> Source:
        def text(record: object) -> object:
            read.append(record.id)  # type: ignore[attr-defined]
            return source.text(record)  # type: ignore[arg-type]

        return source._replace(text=text)  # type: ignore[arg-type]

    before = edition({f"a{n}": (f"Ship number {n} left the port of Aster on Monday.",) for n in range(60)})
    after = edition({f"b{n}": (f"Nurse number {n} signed a letter in Tornby on Friday.",) for n in range(60)})
    before, after = (
        s._replace(brief=s.brief.model_copy(update={"articles": tuple(r.model_copy(update={"title": ""}) for r in s.brief.articles)}))
        for s in (before, after)
    )
    one, two = watched(before), watched(after)
    assert same(Articles(one.brief, one.text), Articles(two.brief, two.text)) == {}
    assert read == []
