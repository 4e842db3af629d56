"""Stories over days: their identity, what is new since the brief before, and how they went."""

from __future__ import annotations

import pytest

from briefing.brief import Brief
from briefing.stages.retold import Source
from briefing.threads import related
from tests.editions import HARBOUR, HOSPITAL, edition, follow, timeline

pytestmark = pytest.mark.usefixtures("lent")
OLD = {"harbour": HARBOUR, "hospital": HOSPITAL}
CRANE = "A crane fell into the basin of Aster."
TODAY = {"harbour": (HARBOUR[0], HARBOUR[1].replace("26", "31"), CRANE)}


def followed(new: Source, old: Source) -> Source:
    return new._replace(brief=follow(new, old))


def test_what_is_new_is_marked_and_nothing_else_is_touched() -> None:
    new = edition(TODAY, "2026-11-21")
    brief = follow(new, edition(OLD))
    assert brief.before == "2026-11-20"
    assert {c.text: (c.state, c.since) for c in brief.claims} == {
        HARBOUR[0]: ("unchanged", "2026-11-20"),
        TODAY["harbour"][1]: ("changed", "2026-11-20"),
        CRANE: ("new", "2026-11-21"),
    }
    bare = brief.model_copy(
        update={
            "before": "",
            "claims": tuple(c.model_copy(update={"state": "", "since": ""}) for c in brief.claims),
            "stories": tuple(s.model_copy(update={"thread": "", "since": ""}) for s in brief.stories),
        }
    )
    assert bare == new.brief
    assert Brief.model_validate_json(brief.model_dump_json(by_alias=True)) == brief


def test_what_was_only_picked_anew_is_not_new() -> None:
    brief = follow(edition(OLD, "2026-11-21"), edition(OLD, left=[HOSPITAL[0]]))
    assert {claim.state for claim in brief.claims} == {"unchanged"}


def test_a_story_keeps_its_identity_over_days() -> None:
    first = edition(OLD, "2026-11-20")
    second = followed(edition(TODAY, "2026-11-21"), first)
    third = followed(edition({"harbour": (CRANE, "The crane was lifted out of the basin of Aster.")}, "2026-11-22"), second)
    threads = [{story.thread for story in source.brief.stories} for source in (second, third)]
    assert len(threads[0]) == 1
    assert threads[0] == threads[1]
    assert {story.since for story in third.brief.stories} == {"2026-11-20"}
    assert next(iter(threads[0])).startswith("2026-11-20-")
    assert {claim.text: claim.since for claim in third.brief.claims}[CRANE] == "2026-11-21"


def test_a_story_goes_on_by_its_names_where_no_claim_is_the_same() -> None:
    old = edition({"a": ("Mayor Ines Calder of Aster met the dockers of Port Varnholm on Monday.",)})
    new = edition({"b": ("The dockers of Port Varnholm rejected the offer of Mayor Ines Calder of Aster.",)}, "2026-11-21")
    other = edition({"b": ("A bus fell into the river near Solto.",)}, "2026-11-21")
    assert follow(new, old).stories[0].since == "2026-11-20"
    assert follow(other, old).stories[0].since == "2026-11-21"


def test_briefs_are_related_by_articles_or_names() -> None:
    one = edition(OLD)
    assert related(edition({"harbour": (*HARBOUR[:2], CRANE)}), one)
    assert related(edition({"renamed": HOSPITAL}), one)
    assert not related(edition({"harbour": ("A bus fell into the river near Solto.",)}), one)  # its file is called the same
    names = edition({"x": ("Ines Calder left Aster for Brell.",)})
    assert related(edition({"y": ("Voters in Aster like Ines Calder.",)}), names)


def test_how_a_story_went() -> None:
    sources = [edition(OLD, "2026-11-20"), edition(TODAY, "2026-11-21"), edition(TODAY, "2026-11-22")]
    (thread,) = timeline(sources, topic="ships in the harbour").threads
    assert thread.dates == ("2026-11-20", "2026-11-21", "2026-11-22")
    told = [(entry.date, entry.state, entry.claim.text) for entry in thread.entries]
    assert told == [
        *(("2026-11-20", "new", quote) for quote in HARBOUR),
        ("2026-11-21", "changed", TODAY["harbour"][1]),
        ("2026-11-21", "new", CRANE),
    ]
    (series,) = thread.series
    assert [(point.date, point.value) for point in series.points] == [("2026-11-20", 26), ("2026-11-21", 31), ("2026-11-22", 31)]
    assert all(point.citations for point in series.points)


def test_recorded_and_computed_threads_are_the_same() -> None:
    first, second = edition(OLD, "2026-11-20"), edition(TODAY, "2026-11-21")
    computed = timeline([first, second])
    recorded = timeline([first, followed(second, first)])
    assert computed == recorded


def test_a_story_by_its_id_and_a_topic_nobody_tells() -> None:
    sources = [edition(OLD), edition(TODAY, "2026-11-21")]
    threads = timeline(sources).threads
    assert len(threads) == 2
    assert all(not thread.entries for thread in threads)
    for thread in threads:
        (found,) = timeline(sources, story=thread.id).threads
        assert found.headline == thread.headline
        assert found.entries
    assert timeline(sources, topic="volcano").threads == ()
    assert timeline([], topic="harbour").threads == ()


def test_unrelated_briefs_do_not_follow_each_other() -> None:
    roads = edition({"roads": ("A bus fell into the river near Solto.",)}, "2026-11-21")
    threads = timeline([edition(OLD), roads, edition(OLD, "2026-11-22")]).threads
    assert sorted(len(thread.dates) for thread in threads) == [1, 2, 2]
