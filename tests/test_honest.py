"""`verify` accepts every brief that `generate` writes, whatever the articles and whatever a model says: see `tests.honest`."""

from __future__ import annotations

from briefing.language.base import Parser
from tests import honest


def test_no_honest_brief_is_refused(parser: Parser) -> None:
    assert dict(honest.refused(200, parser)) == {}
