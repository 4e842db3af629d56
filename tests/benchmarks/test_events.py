"""The benchmark of events tries numbers on what is made up, and leaves the program's own as they were."""

from __future__ import annotations

from briefing.stages import cluster
from tests.benchmarks.clustering import invented
from tests.benchmarks.events import GRID, measure, thinned, tried


def test_numbers_are_tried_on_each_folder_and_put_back() -> None:
    before = {name: getattr(cluster, name) for name in GRID}
    lines = list(measure({"a": invented(30), "b": invented(25)}, {"CUT": (0.4, 0.99), "_CROWD": (0.16,)}))
    assert [(line["folder"], line["numbers"]) for line in lines[:2]] == [("a", "the program's"), ("b", "the program's")]
    assert {line["folder"] for line in lines[2:]} == {"a", "b"}
    assert {name: getattr(cluster, name) for name in GRID} == before


def test_the_first_numbers_are_the_programs_own_and_the_others_differ_in_two_at_most() -> None:
    found = tried(GRID)
    assert found[0] == {}
    assert max(map(len, found)) == 2


def test_thinned_is_a_part_and_always_the_same() -> None:
    pile = invented(60)
    one, other = thinned(pile, 3), thinned(pile, 3)
    assert [document.article.id for document in one.documents] == [document.article.id for document in other.documents]
    assert 0 < len(one.documents) == len(one.vectors) < 60
