"""The benchmark of clustering runs, finds the events that it made up, and makes the same ones each time."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.clustering import invented, measure


@pytest.mark.slow
def test_it_measures_one_size() -> None:
    figures = measure(120)
    assert figures["articles"] == 120
    assert 1 < figures["made of"] < 120
    assert figures["B-cubed F1"] > 0.9


def test_the_articles_are_always_the_same() -> None:
    one, other = invented(40), invented(40)
    assert [document.article for document in one.documents] == [document.article for document in other.documents]
    assert np.array_equal(one.vectors, other.vectors)
    assert one.documents[3].parse(2).tokens[0].lemma == one.documents[3].text(2).split()[0]
