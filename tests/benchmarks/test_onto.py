"""What labels add to a probe: nothing where they say what it says, something where they do not; and the days they are of."""

from __future__ import annotations

import numpy as np
import pytest

from briefing import pipeline
from briefing.model.base import Judgement
from briefing.model.probes import Probe
from briefing.stages.traits import Traits
from briefing.stages.worth import HEADS
from tests.benchmarks import onto, press
from tests.benchmarks.scoring import area, moved

LINE = np.array([[0, 1], [1, 2]], np.float32)


def test_what_is_added_to_known_log_odds_tells_what_they_do_not() -> None:
    rng = np.random.default_rng(1)
    x, known = rng.normal(size=(600, 3)), rng.normal(size=600)
    y = (known + 2 * x[:, 1] + rng.logistic(size=600) > 0).astype(int)
    intercept, slopes = moved(x, y, known, 1.0)
    assert abs(intercept) < 0.4
    assert slopes[1] > 1.5 > 0.5 > max(abs(slopes[0]), abs(slopes[2]))
    assert area(known + x @ slopes, y) > area(known, y) + 0.05
    assert np.abs(moved(x, y, known, 1e-6)[1]).max() < 0.01, "shrunk towards nothing"


def test_nothing_is_added_for_what_the_labels_say_too_little_of() -> None:
    rng = np.random.default_rng(2)
    x, odds = rng.normal(size=(80, 5)), rng.normal(size=(80, len(HEADS)))
    labels = rng.integers(0, 2, size=(len(HEADS), 80))
    steps = onto.added(x, labels, odds, np.ones(80, bool))
    assert steps[HEADS.index("repeats")][0] == 0
    assert not steps[HEADS.index("repeats")][1].any()
    assert steps[HEADS.index("stands")][1].any()
    shipped = pipeline.printing()
    changed = onto.beside(shipped, odds, rng.normal(size=(80, len(Traits._fields))), labels, np.ones(80, bool))
    assert changed.repeats == shipped.repeats
    assert changed.stands != shipped.stands
    assert (changed.least, changed.plain) == (shipped.least, shipped.plain)


def test_what_may_be_printed_is_understood_news_neutral_and_new() -> None:
    labels = np.array([(1, 1, 0, 0, 1, -1), (1, 1, 1, 1, 1, 1), (0, 1, 1, 1, 1, 0), (1, 0, 0, 0, 1, 0), (1, 1, 1, 1, 0, 0)]).T
    assert onto.right(labels).tolist() == [True, False, False, False, False]


def test_an_article_of_the_collection_is_written_with_its_front_matter() -> None:
    row = {
        "title": 'The "Marit" sinks',
        "source": "Velm Post (Online News)",
        "date": "2019-10-18",
        "url": "u",
        "content_original": " The ferry sank. ",
    }
    assert press.text(row) == (
        '---\ntitle: "The \\"Marit\\" sinks"\nsource: Velm Post\ndate: 2019-10-18\nurl: u\n---\n\nThe "Marit" sinks\n\nThe ferry sank.\n'
    )
    assert press.name(press.outlet(row)) == "velm-post"


def test_a_probe_of_the_last_token_makes_nothing_of_the_mean_at_first() -> None:
    narrow = Probe(np.ones((2, 3), np.float32), np.zeros(3, np.float32), np.ones(3, np.float32), LINE, LINE, ("so", "else"), {"layer": 1})
    states = np.random.default_rng(1).normal(size=(5, 6))
    wide = onto.widened(narrow, states)
    one, both = (Judgement(None, state=states[0, :width].astype(np.float32)) for width in (3, 6))
    assert wide.odds(both) == pytest.approx(narrow.odds(one))
    assert wide.about == {"layer": 1, "pooled": True}
    assert onto.widened(wide, states) is wide
