"""A brief in few lines, for where a page has no room: messages and feeds. A line names who reports it; quotations stay in the brief.

It holds plain text; who shows it escapes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from briefing.brief import ArticleRecord, Brief
from briefing.types import Claim, cited_articles

_NAMED = 3  # outlets of one line


class Line(NamedTuple):
    """A claim, and the outlets that report it."""

    text: str
    sources: str


class Part(NamedTuple):
    """A story's headline, "In short" for the first, and its claims."""

    heading: str
    lines: tuple[Line, ...]


def digest(brief: Brief, *, fresh: bool = False) -> list[Part]:
    """Return what a brief tells, the weightiest first; if `fresh`, only what is new in it since the brief before."""
    articles = {article.id: article for article in brief.articles}
    groups = [
        ("In short", brief.in_short()),
        *((brief.title(story), [*brief.lead(story), *brief.rest(story)]) for story in brief.stories),
    ]
    groups = [(heading, [claim for claim in some if not (fresh and claim.state == "unchanged")]) for heading, some in groups]
    return [Part(heading, tuple(_lines(some, articles))) for heading, some in groups if some]


def is_new(brief: Brief) -> bool:
    """Return whether a brief tells anything that the one before it did not."""
    return any(claim.state != "unchanged" for claim in brief.claims)


def _lines(claims: list[Claim], articles: Mapping[str, ArticleRecord]) -> Iterator[Line]:
    for claim in claims:
        names = list(dict.fromkeys(articles[name].source or name for name in cited_articles(claim.citations)))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield Line(claim.marked(claim.text), f"{', '.join(names[:_NAMED])}{more}")
