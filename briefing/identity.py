"""Which articles of two briefs are the same one: by content, else by place and most of the text; a file's name alone says nothing.

two briefs' articles ─ equal bytes ─► same; ─ one ID or path, half of the shorter text in both ─► same, edited; ─ elsewhere, a title or
a cited sentence in common and nearly all of both texts ─► same, moved and edited

The time is near-linear in the text: texts are compared by the runs of words they share, and only those that have a reason to be compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from briefing.brief import ArticleRecord, Brief
from briefing.text.words import fold_text
from briefing.types import Article, Role

Text = Callable[[ArticleRecord], Article | None]
"""Gives the text of an article as a brief saw it; None where it is no longer known."""

EDITED = 0.5
"""Share of the shorter text that stands in the other from which a file of one place is the same article, edited."""

_MOVED = 0.8  # share of either text, from which one of another place is
_RUN = 4  # words in a row that two texts must share to share any of them
_MANY = 20  # articles of one title or sentence that are looked at
_LEAST = 5  # words of a sentence by which articles are looked for
_TOKEN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")


def shares(one: str, other: str) -> tuple[float, float]:
    """Return which share of the words of each text stands in the other too, in runs of four; 0 for a text without words."""
    return _shares(tokens(one), tokens(other))


def tokens(text: str) -> list[str]:
    """Return the words of a text; in scripts without spaces, its letters."""
    return _TOKEN.findall(text.casefold())


def _shares(one: list[str], other: list[str]) -> tuple[float, float]:
    run = max(1, min(_RUN, len(one), len(other)))
    runs = [[tuple(words[n : n + run]) for n in range(len(words) - run + 1)] for words in (one, other)]
    both = set(runs[0]) & set(runs[1])
    return _covered(runs[0], both, run, len(one)), _covered(runs[1], both, run, len(other))


def _covered(runs: list[tuple[str, ...]], both: set[tuple[str, ...]], run: int, total: int) -> float:
    covered, end = 0, 0
    for n, words in enumerate(runs):
        if words in both:
            covered += n + run - max(n, end)
            end = n + run
    return covered / total if total else 0.0


def told(article: Article) -> str:
    """Return what an article says: its text without title and furniture, so that two of one outlet are not alike by those."""
    return "\n".join(article.quote(s.number) for s in article.sentences if s.role in (Role.BODY, Role.REPEAT))


def edited(one: str, other: str) -> bool:
    """Return whether two texts of one place are one article, most of it the same."""
    return max(shares(one, other)) >= EDITED


class Articles:
    """The used articles of a brief with their texts: whole where they are known, else the sentences that the brief cites."""

    def __init__(self, brief: Brief, text: Text) -> None:
        self.used = {record.id: record for record in brief.articles if record.status == "used"}
        self.quotes: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for claim in brief.claims:
            for citation in claim.citations:
                self.quotes[citation.article][citation.quote] = None
        self._text = text
        self.tokens: Callable[[str], list[str]] = cache(self._tokens)

    def _tokens(self, name: str) -> list[str]:
        article = self._text(self.used[name])
        return tokens(told(article) if article else "\n".join(self.quotes[name]))

    def signs(self, name: str) -> Iterator[str]:
        """Yield what an article would have in common with itself elsewhere: its title, and its sentences that are cited."""
        title = self.used[name].title
        yield from (fold_text(text).casefold() for text in (title, *self.quotes[name]) if text and len(tokens(text)) >= _LEAST)


def same(old: Articles, new: Articles) -> dict[str, str]:
    """Return the IDs of the old articles that are among the new ones, each with its ID there."""
    found = _equal(old, new)
    left = [{name: r for name, r in side.used.items() if name not in taken} for side, taken in ((old, found), (new, set(found.values())))]
    likely = sorted(_likely(old, new, *left), key=lambda pair: (-pair[0], pair[1:]))
    taken = set()
    for _, before, after in likely:
        if before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    return found


def _equal(old: Articles, new: Articles) -> dict[str, str]:
    """Pair the articles of equal content one to one, those of one ID first."""
    waiting: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(new.used, reverse=True):
        waiting[new.used[name].content].append(name)
    found: dict[str, str] = {}
    for again in (True, False):
        for name in sorted(set(old.used) - found.keys()):
            there = waiting[old.used[name].content] if old.used[name].sha256 else []
            if there and (not again or name in there):
                found[name] = name if again else there[-1]
                there.remove(found[name])
    return found


def _likely(
    old: Articles, new: Articles, olds: Mapping[str, ArticleRecord], news: Mapping[str, ArticleRecord]
) -> Iterator[tuple[float, str, str]]:
    """Yield the pairs that may be one article, edited: how alike they are (those of one place count more), and their IDs."""
    located: dict[str, list[str]] = defaultdict(list)
    signs: dict[str, list[str]] = defaultdict(list)
    for name, record in news.items():
        for place in places(record):
            located[place].append(name)
        for sign in new.signs(name):
            signs[sign].append(name)
    for name, record in olds.items():
        here = {other for place in places(record) for other in located.get(place, ())}
        for other in sorted(here):
            alike = _shares(old.tokens(name), new.tokens(other))
            if max(alike) >= EDITED:
                yield 1 + max(alike), name, other
        there = {other for sign in old.signs(name) for other in signs.get(sign, ())[:_MANY]} - here
        for other in sorted(there):
            if _unlike(record, news[other]):
                continue
            alike = _shares(old.tokens(name), new.tokens(other))
            if min(alike) >= _MOVED:
                yield min(alike), name, other


def places(record: ArticleRecord) -> set[str]:
    """Return what an article may have in common with an edited one: its ID, its address, its place in a file if it has one."""
    file = [f"path {record.path} {record.part}"] if record.path else []
    return {f"id {record.id}", *file, *([f"url {record.url}"] if record.url else [])}


def _unlike(one: ArticleRecord, other: ArticleRecord) -> bool:
    """Return whether two records say that they are of different outlets, addresses or days: much is told alike in all of them."""
    return any(a and b and a != b for a, b in ((one.source, other.source), (one.url, other.url), (one.published, other.published)))


def aligned(brief: Brief, before: Brief, matched: Mapping[str, str]) -> Brief:
    """Return the brief before with every article that is in `brief` under its ID there, and no other under an ID of `brief`."""
    taken = {record.id for record in brief.articles if record.status == "used"}
    ids: dict[str, str] = {}
    given = set(taken) | {record.id for record in before.articles}
    for record in before.articles:
        name = matched.get(record.id, record.id)
        if record.id not in matched and name in taken:
            name = f"{record.id}@{before.date}"
            while name in given:
                name += "~"
            given.add(name)
        ids[record.id] = name
    if all(name == new for name, new in ids.items()):
        return before
    return before.model_copy(
        update={
            "articles": tuple(record.model_copy(update={"id": ids[record.id]}) for record in before.articles),
            "claims": tuple(
                claim.model_copy(update={"citations": tuple(c.model_copy(update={"article": ids[c.article]}) for c in claim.citations)})
                for claim in before.claims
            ),
            "omitted": tuple(o.model_copy(update={"article": ids.get(o.article, o.article)}) for o in before.omitted),
        }
    )
