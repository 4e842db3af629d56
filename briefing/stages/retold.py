"""Which claims of one brief the articles of another one tell: the relation of `earlier` between two briefs that are there already.

claims, the texts of their articles ─ the articles of the other brief ─ the same sentences, or plain code and the judge ─► sentences

A claim whose article is not known any more is not asked about. The judge is had only where plain code leaves something to be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from briefing.identity import Text
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.records import Value
from briefing.stages.earlier import Wanted, alone, opened, telling
from briefing.stages.judging import Judge
from briefing.stages.rewrite import Rewrite
from briefing.stages.summarize import Chosen, Made
from briefing.types import Article, Brief, Claim, Place


class Source(NamedTuple):
    """A brief, its file ("" where it is not known), and the texts it was made from as far as they are known."""

    brief: Brief
    path: str
    text: Text


Asked = tuple[Claim, Sequence[Value]]
"""A claim, and the values that are put back before it is asked about."""

Tell = Callable[[Sequence[Asked], Source, Source], Sequence[Collection[Place]]]
"""Says of each claim of a brief which sentences of the other brief's articles tell it."""


def teller(parser: Parser, judge: Callable[[], Judge], least: float) -> Tell:
    """Return what asks plain code and a judge; from the probability `least` on an article tells a claim."""

    def tell(claims: Sequence[Asked], side: Source, other: Source) -> list[list[Place]]:
        found: list[list[Place]] = [[] for _ in claims]
        olds, names = {}, {}
        for record in other.brief.articles:
            if record.status == "used" and (article := other.text(record)):
                olds[article.content], names[article.content] = opened(article, parser), record.id
        home = _texts(side)
        wanted: dict[int, Wanted] = {}
        for n, (claim, values) in enumerate(claims):
            article = home.get(claim.citations[0].article)
            if article is not None:
                one = _made(claim, article, parser)
                wanted[n] = Wanted(one, alone(one, parser, values), list(olds))
        for n, told in zip(wanted, telling(list(wanted.values()), olds, judge=judge, least=least), strict=True):
            found[n] = [(names[name], number) for name, numbers in told.items() for number in numbers]
        return found

    return tell


def _texts(side: Source) -> dict[str, Article]:
    """Return the articles of a brief that are known, by their IDs."""
    return {record.id: article for record in side.brief.articles if record.status == "used" and (article := side.text(record))}


def _made(claim: Claim, article: Article, parser: Parser) -> Made:
    """Return a claim of a brief with the sentence that it is made of."""
    home = claim.citations[0].article
    numbers = tuple(citation.sentence for citation in claim.citations if citation.article == home)
    rewrite = Rewrite(numbers[0], numbers, (), (), claim.speaker, claim.kind, claim.verbatim, claim.date)
    return Made(Chosen(Document(article, parser), rewrite, 0.0), claim)
