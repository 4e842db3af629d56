"""One notion of likeness: cosines in 0..1 of unit vectors, shares of weight, and candidates in time that does not run away."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.base import Parse, Parser
from briefing.similarity import Rarity, Weights, cosine, held, neighbours, terms
from tests.cpu import within

WORDS = "harbour ferry council storm bridge vote tax mayor pier crew".split()
COUNTED = st.dictionaries(st.sampled_from(WORDS), st.integers(1, 9)).map(lambda d: Counter(d))


def test_terms_are_lemmas_of_words_that_tell_something(parser: Parser) -> None:
    (parse,) = parser.parse(["The mayors of Velm were closing two bridges on Monday."])
    found = terms(parse)
    assert {"mayor", "velm", "close", "bridge", "two"} <= set(found)
    assert not {"the", "of", "on", "were", "be"} & set(found)


def test_without_a_parse_terms_are_folded_words() -> None:
    assert terms(Parse("Die Brücke der Stadt, die BRÜCKE!")) == Counter({"brucke": 2, "die": 2, "der": 1, "stadt": 1})
    assert terms(Parse("")) == Counter()


def test_forms_of_one_word_are_one_term_and_other_numbers_are_others(parser: Parser) -> None:
    one, other, third = (terms(parse) for parse in parser.parse(["Six ships sank.", "Six ships were sinking.", "Nine ships sank."]))
    assert one.keys() == other.keys()
    assert one.keys() - third.keys() == {"six"}


@given(st.lists(COUNTED, min_size=1, max_size=8))
def test_vectors_are_of_length_one_and_cosines_in_range(texts: list[Counter[str]]) -> None:
    rarity = Rarity(texts)
    vectors = [rarity.vector(held) for held in texts]
    for text, vector in zip(texts, vectors, strict=True):
        assert vector.keys() == text.keys()
        assert not text or math.isclose(math.fsum(w * w for w in vector.values()), 1)
    for one in vectors:
        for other in vectors:
            assert -1e-9 <= cosine(one, other) <= 1 + 1e-9
            assert math.isclose(cosine(one, other), cosine(other, one))
            assert -1e-9 <= held(one, other) <= 1 + 1e-9
        assert not one or math.isclose(cosine(one, one), 1)
        assert not one or math.isclose(held(one, one), 1)


def test_what_is_rare_weighs_more() -> None:
    rarity = Rarity([Counter({"storm": 1, "ferry": 1}), Counter({"storm": 1}), Counter({"storm": 1})])
    vector = rarity.vector(Counter({"storm": 1, "ferry": 1}))
    assert vector["ferry"] > vector["storm"]
    assert rarity.vector(Counter({"storm": 5}))["storm"] == 1


def test_held_asks_how_much_of_one_text_stands_in_the_other() -> None:
    short, long = {"storm": 1.0}, {"storm": 0.6, "ferry": 0.8}
    assert held(short, long) == 1
    assert held(long, short) == pytest.approx(0.36)
    assert held({}, long) == held(short, {}) == 0


def pairs(vectors: Iterable[Weights]) -> dict[tuple[int, int], float]:
    """Return the neighbours, with how alike they are, in the order in which they come."""
    return {
        (n, m): cosine for n, others, cosines in neighbours(vectors) for m, cosine in zip(others.tolist(), cosines.tolist(), strict=True)
    }


@given(st.lists(COUNTED, max_size=10))
def test_neighbours_are_the_pairs_that_share_a_term_each_once(texts: list[Counter[str]]) -> None:
    rarity = Rarity(texts)
    vectors = [rarity.vector(text) for text in texts]
    found = pairs(vectors)
    assert list(found) == [(n, m) for n, m in combinations(range(len(texts)), 2) if texts[n].keys() & texts[m].keys()]
    assert all(math.isclose(value, cosine(vectors[n], vectors[m])) for (n, m), value in found.items())
    assert sum(1 for _ in neighbours(vectors)) == len({n for n, _ in found})


def test_neighbours_are_found_from_block_to_block() -> None:
    vectors = [{f"pier{n % 500}": 1.0} for n in range(1000)]
    assert list(pairs(vectors)) == [(n, n + 500) for n in range(500)]


def test_a_term_that_everybody_has_finds_no_neighbours() -> None:
    vectors = [{"storm": 1.0} for _ in range(3000)]
    with within(2):
        assert list(neighbours(vectors)) == []
    assert pairs([{"storm": 0.6, "pier": 0.8}, {"pier": 0.8, "storm": 0.6}, *vectors]) == {(0, 1): pytest.approx(1)}


def test_rarity_by_counts_is_rarity_by_texts() -> None:
    texts = [Counter("a a b".split()), Counter("b c".split()), Counter("b d e".split())]
    spread = Counter(term for text in texts for term in text)
    assert [Rarity.of(3, spread).vector(text) for text in texts] == [Rarity(texts).vector(text) for text in texts]


def test_the_weightiest_terms_make_a_vector_of_length_one_too() -> None:
    rarity = Rarity.of(9, {"a": 9, "b": 1, "c": 1, "d": 1})
    assert rarity.vector(Counter("a c b d".split()), 2) == pytest.approx({"b": 0.5**0.5, "c": 0.5**0.5})
    assert rarity.vector(Counter("a".split()), 0) == {}
