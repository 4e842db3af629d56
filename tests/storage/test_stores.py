"""A store keeps what it is given, whatever database it is in: the same is asked of both."""

from __future__ import annotations

import time
from collections.abc import Iterator
from hashlib import sha256

import pytest

from briefing.config import Settings
from briefing.opening import open_store
from briefing.types import Article
from tests.test_store import article, row


def test_a_kept_call_is_found_again(kept: Settings) -> None:
    with open_store(kept) as store:
        store.keep_call(row(1))
        store.keep_call(row(2, prefix='{"system":"other"}'))
    with open_store(kept) as store:
        assert store.replies([row(1).key, row(3).key, row(1).key]) == {row(1).key: row(1).reply}


def test_bad_endings_are_kept_and_not_served(kept: Settings) -> None:
    with open_store(kept) as store:
        store.keep_call(row(1, servable=False))
        assert store.replies([row(1).key]) == {}
        store.keep_call(row(1))
        assert store.replies([row(1).key]) == {row(1).key: row(1).reply}
    with open_store(kept) as store:
        assert len(list(store.calls())) == 2


def test_the_oldest_reply_is_served_so_that_it_never_changes(kept: Settings) -> None:
    later = row(1, size=5)
    with open_store(kept) as store:
        store.keep_call(row(1))
        store.keep_call(later)
        assert store.replies([row(1).key]) == {row(1).key: row(1).reply}


def test_more_keys_than_one_query_takes(kept: Settings) -> None:
    with open_store(kept) as store:
        for n in range(1200):
            store.keep_call(row(n, size=1))
        assert len(store.replies([row(n).key for n in range(-5, 1300)])) == 1200


def test_parses_are_kept_replaced_and_found_in_any_number(kept: Settings) -> None:
    parses = {bytes([n % 256, n // 256]) * 16: bytes([n % 256]) * (n % 50) for n in range(1200)}
    with open_store(kept) as store:
        store.keep_parses(parses)
        store.keep_parses({})
    with open_store(kept) as store:
        assert store.parses([*parses, b"none"]) == parses
        assert store.parses([]) == {}
        key = next(iter(parses))
        store.keep_parses({key: b"new"})
        assert store.parses([key]) == {key: b"new"}


def test_briefs_by_date_and_articles_by_content(kept: Settings) -> None:
    same, other = article(), article("Something else.", "b")
    with open_store(kept) as store:
        assert store.brief("2026-11-21") is None
        store.save_brief("2026-11-21", "briefs/2026-11-21.json", '{"n": 1}', [same, other])
        store.save_brief("2026-11-20", "briefs/2026-11-20.json", '{"n": 0}', [same])
        store.save_brief("2026-11-21", "briefs/2026-11-21.json", '{"n": 2}', [same])
    with open_store(kept) as store:
        assert [(brief.date, brief.json) for brief in store.briefs()] == [
            ("2026-11-20", '{"n": 0}'),
            ("2026-11-21", '{"n": 2}'),
        ]
        assert store.article(other.sha256) == other
        assert store.article("0" * 64) is None
        found = store.brief("2026-11-21")
        assert found is not None
        assert (found.path, found.sha256) == ("briefs/2026-11-21.json", sha256(b'{"n": 2}').hexdigest())
        assert store.articles() == [same, other]


def test_of_two_briefs_of_a_date_the_last_saved_counts(kept: Settings) -> None:
    with open_store(kept) as store:
        for folder in "ba":
            store.save_brief("2026-11-21", f"{folder}/x.json", f'"{folder}"', [])
            time.sleep(0.002)
        found = store.brief("2026-11-21")
    assert found is not None
    assert found.path == "a/x.json"


def test_a_brief_is_kept_whole_or_not_at_all(kept: Settings) -> None:
    def articles() -> Iterator[Article]:
        yield article()
        raise KeyboardInterrupt

    with open_store(kept) as store:
        with pytest.raises(KeyboardInterrupt):
            store.save_brief("2026-11-21", "x.json", "{}", articles())
        assert (store.briefs(), store.articles()) == ([], [])
        store.save_brief("2026-11-21", "x.json", "{}", [article()])
        assert len(store.articles()) == 1
