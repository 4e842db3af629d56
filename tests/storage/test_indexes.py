"""An index gives back what was read, and finds sentences by their terms, whatever database it is in."""

from __future__ import annotations

import numpy as np

from briefing.config import Settings
from briefing.opening import open_index
from briefing.text.terms import terms
from tests.stages.fakes import FakeEmbedder, FakeWording
from tests.test_index import ARTICLES


def test_articles_come_back_as_they_were(kept: Settings) -> None:
    with open_index(kept) as index:
        assert [index.find(one.sha256, one.id, one.path) for one in ARTICLES] == [None, None]
        numbers = index.add(ARTICLES)
        assert index.add(reversed(ARTICLES)) == numbers[::-1]
    with open_index(kept) as index:
        assert index.find(ARTICLES[0].sha256, "a", "elsewhere/a.txt") == ARTICLES[0].model_copy(update={"path": "elsewhere/a.txt"})
        assert index.find(ARTICLES[0].sha256, "other", "a.txt") is None
        assert index.find("f" * 64, "a", "a.txt") is None


def test_sentences_are_found_by_words_numbers_and_names(kept: Settings) -> None:
    with open_index(kept) as index:
        a, b = index.add(ARTICLES)

        def places(query: str, *within: int) -> list[tuple[int, int]]:
            return [(hit.article, hit.sentence) for hit in index.search(terms(query), within or (a, b), 10)]

        assert places("Who are the worker?") == [(a, 2)]
        assert places("What about 85?") == [(b, 1)]
        assert set(places("the port")) == {(a, 1), (a, 2), (b, 2)}
        assert places("the port", b) == [(b, 2)]
        assert places("nothing at all") == places("") == []
        assert index.search(terms("port"), [], 10) == []
        assert len(index.search(terms("port"), [a, b], 1)) == 1


def test_an_article_is_searched_as_it_is_split_and_not_as_another_version_split_it(kept: Settings) -> None:
    one = ARTICLES[0]
    first, second = one.sentences
    other = one.model_copy(update={"sentences": (first.model_copy(update={"end": second.end}),)})
    for order in ((other, one), (one, other)):
        with open_index(kept) as index:
            numbers = dict(zip((len(article.sentences) for article in order), index.add(order), strict=True))
            assert len({*numbers.values()}) == 2
            found = {count: [hit.sentence for hit in index.search(terms("the workers"), [n], 10)] for count, n in numbers.items()}
            assert found == {1: [1], 2: [2]}
    with open_index(kept) as index:
        assert index.find(one.sha256, "a", one.path) is None  # nobody has read it from its file yet
        index.add([one])
    with open_index(kept, all_desks=True) as index:
        index.add([other])
        assert index.find(one.sha256, "a", one.path) == one
        assert index.keep_only([one.content], []) == 0
        assert index.find(one.sha256, "a", one.path) == one
        index.keep_only([], [])
        assert index.articles() == []


def test_no_query_breaks_it(kept: Settings) -> None:
    with open_index(kept) as index:
        numbers = index.add(ARTICLES)
        for query in ({'"'}, {"port OR"}, {"NEAR("}, {"*"}, {"="}, {"\0"}, {"'; DROP TABLE articles"}, {"市長"}):
            index.search(query, numbers, 10)
        assert index.add(ARTICLES) == numbers


def test_a_text_gets_its_vector_once(kept: Settings) -> None:
    embedder = FakeEmbedder()
    texts = ["The port is open.", "A ferry sailed.", "The port is open."]
    with open_index(kept) as index:
        first = index.vectors(texts, embedder)
    with open_index(kept) as index:
        again = index.vectors(texts[::-1], embedder)
    assert embedder.asked == texts[:2]
    assert np.array_equal(first[::-1], again)
    assert np.abs(first - embedder.embed(texts)).max() < 1e-3


def test_the_words_of_a_text_are_read_once_by_each_reader_and_again_where_all_is_forgotten(kept: Settings) -> None:
    reader, other = FakeWording(), FakeWording("ab" * 32)
    texts = ["The port is open.", "", "A ferry sailed.", "The port is open."]
    with open_index(kept) as index:
        first = index.wording(texts, reader)
        assert first == FakeWording()(texts)
    with open_index(kept, all_desks=True) as index:
        assert index.wording(texts[::-1], reader) == first[::-1]
        assert reader.asked == texts[:3]
        index.wording(texts, other)
        assert other.asked == texts[:3]
        index.keep_only([one.content for one in ARTICLES], [])
        index.wording(texts, reader)
        assert reader.asked == texts[:3] * 2
