"""Editions of one page: of a page that was fetched again after it changed, the last edition is briefed, and the earlier ones are kept."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.types import Article, Outcome

EARLIER = "an earlier edition of "
"""What the reason of a skipped one begins with; the ID of the later one follows."""


def is_earlier(article: Article, other: Article) -> bool:
    """Return whether an article is an earlier edition of the page that the other one is of."""
    return bool(article.url) and article.url == other.url and article.edition < other.edition


def earlier(articles: Sequence[Article]) -> dict[str, str]:
    """Return the IDs of articles of whose page a later edition is among them, each with the ID of that."""
    last: dict[str, Article] = {}
    for article in articles:
        if article.url and (article.url not in last or article.edition > last[article.url].edition):
            last[article.url] = article
    return {one.id: last[one.url].id for one in articles if one.url and is_earlier(one, last[one.url])}


def latest(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return outcomes where earlier editions are skipped, with the reason."""
    gone = earlier([outcome.article for outcome in outcomes if outcome.article is not None])
    return [
        one.model_copy(update={"status": "skipped", "reason": f"{EARLIER}{gone[one.id]}", "article": None}) if one.id in gone else one
        for one in outcomes
    ]
