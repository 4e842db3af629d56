"""What must be true of every brief of articles that nobody vouches for, and of its view: a page of ours, with nothing active in it.

Used by the tests of attacks and of odd files. Wording is never looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from briefing import verify
from briefing.brief import Brief
from briefing.language.base import Parser
from briefing.output import record_text
from briefing.render import render
from briefing.text.escape import escape
from briefing.text.words import fold, words
from briefing.types import Citation, Outcome
from tests.markdown import Page
from tests.properties import PROPERTIES

DATE = "2026-11-21"
FRAME = set("said reports writes one an opinion article".split())  # words that only frame what is told
HIDDEN = re.compile(
    "[\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)


def holds(parser: Parser, outcomes: Sequence[Outcome], found: Brief) -> None:
    """Assert that a brief is sound, and has no word but those of the articles it cites."""
    sound(parser, outcomes, found)
    articles = {outcome.id: outcome.article for outcome in outcomes if outcome.article is not None}
    for text, citations, dated in _told(found):
        assert "\n" not in text
        sources = [articles[citation.article] for citation in citations]
        known = {fold(word.text) for source in sources for word in words(f"{source.text} {source.source}")}
        assert {fold(word.text) for word in words(text)} <= known | FRAME | {fold(word.text) for told in dated for word in words(told)}, (
            text
        )


def sound(parser: Parser, outcomes: Sequence[Outcome], found: Brief) -> None:
    """Assert that only the articles' sentences come out, cited exactly, that `verify` accepts them, and that the view is a page of ours."""
    articles = {outcome.id: outcome.article for outcome in outcomes if outcome.article is not None}
    broken = {name: list(breaking(found, articles)) for name, breaking in PROPERTIES.items()}
    assert not any(broken.values()), broken
    view = render(found)
    page_holds(found, view)
    record = record_text(found)
    assert Brief.model_validate_json(record) == found
    record.encode("utf-8")
    outcome = {one.id: one for one in outcomes}
    assert verify.verify(found, lambda record: outcome[record.id], parser=parser, view=view) == ()


def _told(found: Brief) -> Iterator[tuple[str, Sequence[Citation], list[str]]]:
    """Yield each claim and headline with its citations, and the dates that were put in."""
    by_id = {claim.id: claim for claim in found.claims}
    for claim in found.claims:
        yield claim.text, claim.citations, [edit.text for edit in claim.edits if edit.reason == "date"]
    for story in found.stories:
        yield story.headline, by_id[story.heading].citations, [edit.text for edit in story.edits if edit.reason == "date"]


def page_holds(found: Brief, markdown: str) -> None:
    """Assert that a view has the marks of the template and no others, and no character that steers or hides."""
    page = Page(markdown)
    assert page.foreign() <= {"strong"}
    assert set(page.texts("strong")) <= {"Agreed:", "Contested:"}
    assert not [c for c in markdown if c != "\n" and (unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or HIDDEN.match(c))]
    headings = {story.headline for story in found.stories} | {"In short", "Stories", "Also reported", "Loaded language", "Left out"}
    headings |= {"Not told", "Who reports what", "Sources", "How this was made", "Brief of 21 November 2026"}
    assert {_flat(escape(text)) for text in page.texts("heading")} <= {_flat(escape(text)) for text in headings}
    contested = [story for story in found.stories if any(c.conflicts for c in found.claims if c.id in story.claims)]
    assert len(page.texts("table")) <= 3 + len(contested)
    cited = {(c.article, c.sentence) for claim in found.claims for c in claim.citations}
    assert set(page.marks()) == set(page.notes()) == page.defined()
    assert len(page.notes()) == len(cited)


def _flat(text: str) -> str:
    return " ".join(text.replace("\\", "").split())
