"""What became of every claim: each state, what must never be confused, and what holds for any two briefs."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.brief import Brief, ModelRecord, Omission
from briefing.diff import artefacts, changed
from briefing.pipeline import tasks
from briefing.records import Change, Diff
from briefing.render_diff import render_diff
from briefing.stages.judging import Judge
from briefing.stages.retold import Source, Tell, teller
from briefing.types import Claim, Earlier
from tests.editions import HARBOUR, HOSPITAL, Files, diff, edition, states
from tests.stages.fakes import EVEN, FakeModel, Lent

pytestmark = pytest.mark.usefixtures("lent")
TASKS = tasks(("whole",))
CRANE = "A crane fell into the basin."
OLD: dict[str, tuple[str, ...]] = {"harbour": HARBOUR, "hospital": HOSPITAL}


def edited(before: str, after: str) -> Files:
    return {name: tuple(quote.replace(before, after) for quote in quotes) for name, quotes in OLD.items()}


def of_state(found: Diff, state: str) -> list[Change]:
    return [change for change in found.changes if change.state == state]


def only(found: Diff, state: str) -> Change:
    (change,) = of_state(found, state)
    assert {c.state for c in found.changes} <= {state, "unchanged"}, states(found)
    return change


def all_of(change: Change, side: str) -> list[Claim]:
    first, more = (change.old, change.also_old) if side == "old" else (change.new, change.also_new)
    return [*([first] if first else []), *more]


# Each state


def test_the_same_set_twice_is_nothing_changed() -> None:
    found = diff(edition(OLD), edition(OLD, "2026-11-21"))
    assert found.summary == "nothing changed; 5 as before"
    assert not changed(found)
    assert not found.corrections
    assert not found.warnings


@pytest.mark.parametrize(
    ("before", "after", "kind", "values"),
    [
        ("26 ships", "31 ships", "value", ("26 ships", "31 ships")),
        ("18,400 patients", "19.1 thousand patients", "value", ("18,400 patients", "19.1 thousand patients")),
        ("Mayor Ines Calder", "Mayor Paul Weidner", "actor", ("Mayor Ines Calder", "Mayor Paul Weidner")),
        ("town of Elsby", "town of Skarle", "actor", ("Elsby", "Skarle")),
        ("on Monday", "on Thursday", "time", ("Monday", "Thursday")),
        ("moved its services", "may move its services", "certainty", ("moved", "may move")),
        ("collected 9,200", "did not collect 9,200", "certainty", ("collected", "did not collect")),
        ("reopened", "closed", "direction", ("reopened", "closed")),
    ],
)
def test_another_value_is_a_change_with_both_values(before: str, after: str, kind: str, values: tuple[str, str]) -> None:
    change = only(diff(edition(OLD), edition(edited(before, after))), "changed")
    assert change.values[0].kind == kind
    assert change.detail.startswith(f"{values[0]} → {values[1]}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("18,400 patients", "18.4 thousand patients"),
        ("12 days", "twelve days"),
        (
            "Mayor Ines Calder said 26 ships were waiting outside the harbour.",
            "Outside the harbour, 26 ships were waiting, said Mayor Ines Calder.",
        ),
        ("26 ships were waiting", "26 ships had been waiting"),
    ],
)
def test_other_words_for_the_same_are_unchanged(before: str, after: str) -> None:
    found = diff(edition(OLD), edition(edited(before, after)))
    assert set(states(found).values()) == {"unchanged"}, states(found)
    assert found.summary == "1 article edited; 5 as before"
    assert changed(found)


def test_the_same_sentence_drafted_anew_is_unchanged() -> None:
    texts = {HARBOUR[1]: "Mayor Calder said ships were waiting outside the harbour."}
    found = diff(edition(OLD), edition(OLD, texts=texts))
    assert set(states(found).values()) == {"unchanged"}
    assert [change.detail for change in found.changes if change.detail] == ["reworded"]


def test_one_sentence_that_speaks_of_somebody_else_now_is_a_change() -> None:
    before, after = "Mayor Ines Calder met the dockers.", "Minister Petra Holm met the dockers."
    said = "She said the port of Aster would stay open."
    sides = []
    for first, who in ((before, "Calder"), (after, "Holm")):
        source = edition({"port": (first, said)}, left=[first], texts={said: f"{who} said the port of Aster would stay open."})
        (claim,) = source.brief.claims
        article = source.text(source.brief.articles[0])
        assert article is not None
        cited = claim.model_copy(update={"citations": (*claim.citations, article.cite(claim.citations[0].sentence - 1))})
        sides.append(source._replace(brief=source.brief.model_copy(update={"claims": (cited,)})))
    old, new = sides
    assert only(diff(old, new), "changed").detail == "Calder → Holm"


def test_what_differs_in_two_ways_is_shown_once() -> None:
    old, new = "Rescuers found three survivors under the mill of Aster.", "Rescuers found no survivors under the mill of Aster."
    change = only(diff(edition({"f": (old, *HARBOUR)}), edition({"f": (new, *HARBOUR)})), "changed")
    assert {value.kind for value in change.values} == {"value", "certainty"}
    assert change.detail == "three survivors → no"


def test_a_sentence_more_is_new_and_a_sentence_less_is_dropped() -> None:
    more = {**OLD, "harbour": (*HARBOUR, "A crane fell into the basin.")}
    assert only(diff(edition(OLD), edition(more)), "new").new.text == "A crane fell into the basin."  # type: ignore[union-attr]
    change = only(diff(edition(more), edition(OLD)), "dropped")
    assert change.detail == "sentence changed: harbour no longer has it"


def test_why_a_claim_was_dropped() -> None:
    gone = diff(edition(OLD), edition({"harbour": HARBOUR}))
    assert {c.detail for c in of_state(gone, "dropped")} == {"source gone: hospital"}
    omitted = [Omission(article="hospital", sentence=2, reason="weighs less than those picked")]
    left = diff(edition(OLD), edition(OLD, left=[HOSPITAL[0]], omitted=omitted))
    (change,) = of_state(left, "dropped")
    assert change.stood
    assert change.detail == "no longer picked: weighs less than those picked"
    assert left.summary == "nothing changed; 4 as before; 1 no longer picked"
    skipped = edition(OLD, left=HOSPITAL)
    unreadable = {"status": "skipped", "reason": "empty file"}
    records = [a.model_copy(update=unreadable if a.id == "hospital" else {}) for a in skipped.brief.articles]
    unread = skipped._replace(brief=skipped.brief.model_copy(update={"articles": tuple(records)}))
    assert {c.detail for c in of_state(diff(edition(OLD), unread), "dropped")} == {"source not used: hospital: empty file"}


def test_what_was_only_picked_anew_is_told_apart_from_news() -> None:
    found = diff(edition(OLD, left=[HOSPITAL[0]]), edition(OLD))
    (change,) = of_state(found, "new")
    assert change.stood
    assert found.summary == "nothing changed; 4 as before; 1 picked anew"


RADIO = "Radio Brell"
SAID_AGAIN = "Outside the harbour 26 ships were waiting, Mayor Ines Calder said."


def believing(model: FakeModel | None = None) -> Tell:
    """Ask a judge who believes whatever plain code leaves open."""
    judge = Judge(model or FakeModel(believe=lambda question: 0.9), TASKS)
    return teller(Lent.parser, lambda: judge, EVEN.earlier.least)


def test_an_independent_report_of_the_same_corroborates() -> None:
    new = edition({**OLD, "radio": (SAID_AGAIN, "Bakers in Brell are on holiday.")}, outlets={"radio": RADIO})
    found = diff(edition(OLD), new, believing())
    (change,) = of_state(found, "corroborated")
    assert change.origins == (RADIO,)
    assert change.detail == f"now also {RADIO}"
    assert [claim.text for claim in change.also_new] == [SAID_AGAIN]
    assert states(found)["Bakers in Brell are on holiday."] == "new"


def test_a_copy_and_the_same_outlet_corroborate_nothing() -> None:
    for name, quote, outlet in (("copy", HARBOUR[1], "Copy Post"), ("again", SAID_AGAIN, "Aster Post")):
        new = edition({**OLD, name: (quote,)}, outlets={"harbour": "Aster Post", name: outlet})
        found = diff(edition(OLD, outlets={"harbour": "Aster Post"}), new, believing())
        assert not of_state(found, "corroborated"), states(found)


def test_more_citations_from_another_origin_corroborate() -> None:
    old, new = edition(OLD), edition({**OLD, "radio": (SAID_AGAIN,)}, outlets={"radio": RADIO})
    first, second = (next(c for c in new.brief.claims if c.text == text) for text in (HARBOUR[1], SAID_AGAIN))
    joined = first.model_copy(update={"citations": (*first.citations, *second.citations), "origins": 2})
    claims = tuple(joined if c is first else c for c in new.brief.claims if c is not second)
    stories = tuple(story for story in new.brief.stories if story.id != "s-radio")
    merged = new._replace(brief=new.brief.model_copy(update={"claims": claims, "stories": stories}))
    assert only(diff(old, merged), "corroborated").origins == (RADIO,)
    (change,) = of_state(diff(merged, old), "unchanged")[1:2]
    assert change.new is not None


def test_a_conflict_that_was_not_there_is_a_dispute() -> None:
    against = "The port authority denied that ships were waiting outside the harbour."
    new = edition({**OLD, "authority": (against,)}, conflicts=[("harbour-s3", "authority-s2")])
    found = diff(edition(OLD), new)
    (change,) = of_state(found, "disputed")
    assert change.new is not None
    assert (change.new.text, change.against) == (HARBOUR[1], ("authority-s2",))
    assert against in change.detail
    again = diff(new, new)
    assert not of_state(again, "disputed")


# What must not be confused


def test_two_events_of_one_kind_are_dropped_and_new() -> None:
    lorry = "A lorry overturned on the A4 motorway near Brenna on Tuesday, and 2 people were injured."
    bus = "A bus overturned on the A9 motorway near Solto on Thursday, and 11 people were injured."
    found = diff(edition({"roads": (lorry,)}), edition({"roads": (bus,)}))
    assert states(found) == {lorry: "dropped", bus: "new"}


def test_events_months_apart_are_never_a_change() -> None:
    first = "The union Trakce said 640 drivers took part in the strike."
    second = first.replace("640", "710")
    old = edition({"august": (first,)}, published={"august": "August 6, 2025"})
    for day, state in (("September 9, 2025", "new"), ("August 7, 2025", "changed")):
        found = diff(old, edition({"later": (second,)}, published={"later": day}))
        assert states(found)[second] == state


def test_a_sentence_beside_the_old_one_is_no_edit_of_it() -> None:
    other = HARBOUR[1].replace("26", "31").replace("outside", "inside")
    found = diff(edition(OLD), edition({**OLD, "harbour": (*HARBOUR, other)}, left=[HARBOUR[1]]))
    assert states(found)[other] == "new"


STORM = (
    "4 people died in storm Edda on the west coast, the ministry said.",
    "Seven people perished in storm Edda, officials say.",
)


def test_the_judge_is_asked_about_everything_but_the_value() -> None:
    old, new = STORM
    model = FakeModel(believe=lambda question: 0.9)
    found = diff(edition({"storm": (old,)}), edition({"storm": (new,)}), believing(model))
    assert [question.prompt.text.splitlines()[0] for question in model.questions] == [
        "Claim: 4 people perished in storm Edda, officials say."
    ]
    assert only(found, "changed").detail == "4 people → Seven people"


def test_what_an_article_of_the_old_brief_told_is_only_picked_anew() -> None:
    told = "To the town of Elsby the ferry line Norlink moved its services."
    old = edition(OLD, left=[HARBOUR[2]])
    new = edition({"radio": (told, "Bakers in Brell are on holiday.")}, outlets={"radio": RADIO})
    found = diff(old, new, believing())
    change = next(change for change in of_state(found, "new") if change.new and change.new.text == told)
    assert change.stood
    assert change.detail == "told before by harbour, sentence 4"
    assert [change.stood for change in of_state(found, "new") if change.new and change.new.text != told] == [False]


def test_what_the_new_articles_still_tell_is_only_no_longer_picked() -> None:
    old = edition({"harbour": (HARBOUR[2],)})
    told = "To the town of Elsby the ferry line Norlink moved its services."
    new = edition({"radio": (told, CRANE)}, left=[told])
    (change,) = of_state(diff(old, new, believing()), "dropped")
    assert change.stood
    assert change.detail == "no longer picked: told by radio, sentence 2"


def test_what_the_new_brief_says_was_told_before_needs_no_judge() -> None:
    old = edition({"harbour": HARBOUR})
    new = edition({"radio": ("The strike of dockers is over after 12 days.", CRANE)}, "2026-11-21")
    earlier = Earlier(date="2026-11-20", article="harbour", content=old.brief.articles[0].content, sentences=(2,))
    first, second = new.brief.claims
    told = new._replace(brief=new.brief.model_copy(update={"claims": (first.model_copy(update={"earlier": (earlier,)}), second)}))
    found = diff(old, told)
    assert states(found)[first.text] == "unchanged"
    assert states(found)[second.text] == "new"


def test_without_a_judge_what_is_open_stays_apart() -> None:
    found = diff(edition({"storm": STORM[:1]}), edition({"storm": STORM[1:]}))
    assert sorted(states(found).values()) == ["dropped", "new"]


def test_nothing_is_asked_where_nothing_is_open() -> None:
    model = FakeModel()
    diff(edition(OLD), edition(edited("26 ships", "31 ships")), believing(model))
    assert model.questions == []


# Corrections, warnings


def test_an_edited_article_shows_what_went_and_came() -> None:
    found = diff(edition(OLD), edition(edited("26 ships", "31 ships")))
    (correction,) = found.corrections
    assert correction.article == "harbour"
    assert correction.known
    assert correction.lost == (HARBOUR[1],)
    assert correction.gained == (HARBOUR[1].replace("26", "31"),)
    assert correction.claims == ("harbour-s3",)


def test_without_the_texts_it_says_that_it_does_not_know() -> None:
    old, new = edition(OLD), edition(edited("26 ships", "31 ships"))
    (correction,) = diff(old._replace(text=lambda record: None), new._replace(text=lambda record: None)).corrections
    assert not correction.known
    assert (correction.lost, correction.gained) == ((), ())


def test_other_models_prompts_and_versions_are_warned_of() -> None:
    one = edition(OLD).brief
    run = one.run.model_copy(update={"model": ModelRecord(name="other", sha256="cd" * 32), "prompts": {"draft": "ef" * 32}, "version": "9"})
    other = one.model_copy(update={"run": run, "date": "2026-11-19"})
    told = list(artefacts(one, other))
    assert [word in text for word, text in zip(("models", "prompts (draft)", "versions", "2026-11-19"), told, strict=True)] == [True] * 4
    assert list(artefacts(one, one)) == []


# Any two briefs

WORDS = ("port", "mayor", "ferry", "strike", "bridge", "nurses", "vote", "storm", "mine", "council", "harvest", "train")
SENTENCES = st.builds(
    lambda who, verb, n, what, where: f"The {who} {verb} {n} {what} in {where} this week.",
    st.sampled_from(WORDS),
    st.sampled_from(("lost", "counted", "may close", "did not open", "sold")),
    st.integers(min_value=2, max_value=90),
    st.sampled_from(("ships", "houses", "people", "votes")),
    st.sampled_from(("Aster", "Brell", "Tornby", "Elsby")),
)
EDITIONS = st.dictionaries(st.sampled_from(("one", "two", "three")), st.lists(SENTENCES, min_size=1, max_size=5, unique=True), min_size=1)


def shuffled(source: Source, seed: int) -> Source:
    brief, chance = source.brief, random.Random(seed)
    parts = {name: chance.sample(getattr(brief, name), len(getattr(brief, name))) for name in ("articles", "claims")}
    stories = [s.model_copy(update={"claims": tuple(chance.sample(s.claims, len(s.claims)))}) for s in brief.stories]
    chance.shuffle(stories)
    return source._replace(brief=Brief.model_validate({**brief.model_dump(by_alias=True), **parts, "stories": stories}))


@given(EDITIONS)
@pytest.mark.slow
def test_a_brief_against_itself_is_unchanged(files: dict[str, list[str]]) -> None:
    found = diff(edition(files), edition(files))
    assert {change.state for change in found.changes} == {"unchanged"}
    assert not changed(found)


@given(EDITIONS, EDITIONS, st.integers())
@pytest.mark.slow
def test_order_means_nothing(first: dict[str, list[str]], second: dict[str, list[str]], seed: int) -> None:
    old, new = edition(first), edition(second)
    plain, mixed = diff(old, new), diff(shuffled(old, seed), shuffled(new, seed + 1))

    def told(found: Diff) -> Counter[tuple[object, ...]]:
        return Counter((c.state, c.old and c.old.id, c.new and c.new.id, c.values) for c in found.changes)

    assert told(plain) == told(mixed)
    assert plain.summary == mixed.summary


@given(EDITIONS, EDITIONS)
@pytest.mark.slow
def test_every_claim_is_in_exactly_one_change(first: dict[str, list[str]], second: dict[str, list[str]]) -> None:
    old, new = edition(first), edition(second)
    found = diff(old, new)
    for side, brief in (("old", old.brief), ("new", new.brief)):
        assert Counter(c.id for change in found.changes for c in all_of(change, side)) == Counter(c.id for c in brief.claims)
    gone = {(c.old.citations[0].article, c.old.citations[0].quote) for c in of_state(found, "dropped") if c.old}
    come = {(c.new.citations[0].article, c.new.citations[0].quote) for c in of_state(found, "new") if c.new}
    assert not gone & come
    for change in found.changes:
        assert (change.old is None) == (change.state == "new")
        assert (change.new is None) == (change.state == "dropped")
        assert bool(change.values) == (change.state == "changed")


def paged(source: Source, name: str, number: int) -> Source:
    """Say that an article of a brief is an edition of a page."""
    told = {"url": "https://aster.example/port", "edition": number}
    records = tuple(one.model_copy(update=told) if one.id == name else one for one in source.brief.articles)
    return source._replace(brief=source.brief.model_copy(update={"articles": records}))


def test_another_edition_of_a_page_is_the_same_article_corrected() -> None:
    later = (HARBOUR[0], HARBOUR[1].replace("26", "31"), HARBOUR[2])
    old, new = paged(edition({"port": HARBOUR}), "port", 1), paged(edition({"port.2": later}, "2026-11-21"), "port.2", 2)
    found = diff(old, new)
    (correction,) = found.corrections
    assert (correction.article, correction.was, correction.edition, correction.lost, correction.gained) == (
        "port.2",
        "port",
        2,
        (HARBOUR[1],),
        (later[1],),
    )
    assert "Edition 2 of its page: 1 sentence went, 1 came; 1 claim of the old brief rested on what went" in render_diff(found)
    gone = diff(paged(edition({"port": HARBOUR}), "port", 1), paged(edition({"port.2": HARBOUR[:1]}, "2026-11-21"), "port.2", 2))
    assert [change.detail for change in of_state(gone, "dropped")] == ["sentence changed: port.2 no longer has it"] * 2


def test_another_page_under_the_same_name_is_another_article() -> None:
    new = paged(edition({"port": HOSPITAL}, "2026-11-21"), "port", 1)
    old = edition({"port": HARBOUR})
    records = tuple(one.model_copy(update={"url": "https://aster.example/other"}) for one in old.brief.articles)
    found = diff(old._replace(brief=old.brief.model_copy(update={"articles": records})), new)
    assert not found.corrections
    assert {change.detail for change in of_state(found, "dropped")} == {"source gone: port@2026-11-20"}
