"""Odd files by the dozen, each kind beside two good articles: `python -m tests.odd` tries each alone and at its full size."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from briefing.language.base import Parser
from briefing.sources.bounded import LIMIT
from briefing.sources.files import read
from briefing.text import articles
from briefing.text.articles import LONGEST, article
from tests import odd
from tests.cpu import within

KINDS = {
    kind: dict(members)
    for kind, members in groupby(((name, case) for name, case in odd.cases().items() if not case.large), lambda pair: pair[0].split("-")[0])
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.slow
def test_odd_files_cost_the_others_nothing(kind: str, parser: Parser, tmp_path: Path) -> None:
    odd.write(KINDS[kind], tmp_path / "articles")
    with within(odd.SECONDS):
        odd.tried(tmp_path / "articles", parser)


@pytest.mark.slow
def test_every_odd_file_is_tried_in_a_kind_of_its_own() -> None:
    assert sum(map(len, KINDS.values())) + sum(case.large for case in odd.cases().values()) == len(odd.cases()) >= 350


def test_a_text_of_very_many_lines_or_characters_is_no_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def sentences(text: str) -> int:
        return len(article("a", "a.txt", "0" * 64, text).sentences)

    assert not sentences("He left.\n" * 50_001)
    assert not sentences("x" * (LONGEST + 1))
    monkeypatch.setattr(articles, "_LINES", 3)
    monkeypatch.setattr(articles, "LONGEST", 36)
    assert [sentences("He left.\n" * n) for n in (3, 4)] == [3, 0]
    assert [sentences("He left. " * n) for n in (4, 5)] == [4, 0]


@pytest.mark.slow
def test_a_file_as_large_as_one_may_be_takes_seconds(tmp_path: Path) -> None:
    """As it comes of a file that grows while it is read: no more than so many bytes are taken."""
    (tmp_path / "grows.txt").write_bytes((b"He left on Monday, she said.\n" * (LIMIT // 29 + 1))[:LIMIT])
    with within(20):
        (outcome,) = read([tmp_path])
    assert (outcome.status, outcome.reason) == ("skipped", "no article text found")
