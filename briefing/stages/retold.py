"""Which claims of one brief the articles of another one tell: the relation of `earlier` between two briefs that are there already.

claims, the texts of their articles ─ the articles of the other brief ─ the same sentences, or plain code and the judge ─► sentences

A claim whose article is not known any more is not asked about. The judge is had only where plain code leaves something to be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from briefing.brief import Brief
from briefing.identity import Text
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.records import Value
from briefing.stages.earlier import Wanted, alone, opened, telling
from briefing.stages.edits import Rewrite
from briefing.stages.judging import Judge
from briefing.stages.summarize import Chosen, Made
from briefing.text.articles import article
from briefing.types import Claim, Place


class Source(NamedTuple):
    """A brief, its file ("" where it is not known), the texts it was made from as far as they are known."""

    brief: Brief
    path: str
    text: Text


Asked = tuple[Made, Sequence[Value]]
"""A claim, and the values that are put back before it is asked about."""

Tell = Callable[[Sequence[Asked], Source, Source], Sequence[Collection[Place]]]
"""Says of each claim of a brief which sentences of the other brief's articles tell it."""


def teller(parser: Parser, judge: Callable[[], Judge], least: float) -> Tell:
    """Return what asks plain code and a judge; from the probability `least` on an article tells a claim."""

    def tell(claims: Sequence[Asked], side: Source, other: Source) -> list[list[Place]]:
        found: list[list[Place]] = [[] for _ in claims]
        olds, names = {}, {}
        for record in other.brief.articles:
            if record.status == "used" and (text := other.text(record)):
                olds[text.content], names[text.content] = opened(text, parser), record.id
        known = {record.id for record in side.brief.articles if record.status == "used" and side.text(record)}
        asked = [n for n, (one, _) in enumerate(claims) if one.home in known]
        wanted = [Wanted(one, alone(one, parser, values), list(olds)) for one, values in (claims[n] for n in asked)]
        for n, told in zip(asked, telling(wanted, olds, judge=judge, least=least), strict=True):
            found[n] = [(names[name], number) for name, numbers in told.items() for number in numbers]
        return found

    return tell


def made(claims: Sequence[Claim], source: Source, parser: Parser) -> list[Made]:
    """Return claims of a brief with the sentences that they are made of; of an article that is not known any more, with those it cites."""
    documents: dict[str, Document] = {}
    quotes: dict[str, dict[str, None]] = {}
    for claim in claims:
        for citation in claim.citations:
            quotes.setdefault(citation.article, {})[citation.quote] = None
    for record in source.brief.articles:
        if record.id in quotes:
            text = source.text(record) if record.status == "used" else None
            cited = "\n\n".join(quotes[record.id])
            documents[record.id] = Document(text or article(record.id, record.path, record.sha256, cited), parser)
    return [_made(claim, documents[claim.citations[0].article]) for claim in claims]


def _made(claim: Claim, document: Document) -> Made:
    home = claim.citations[0].article
    numbers = tuple(citation.sentence for citation in claim.citations if citation.article == home)
    rewrite = Rewrite(numbers[0], numbers, (), (), claim.speaker, claim.kind, claim.verbatim, claim.date)
    return Made(Chosen(document, rewrite, 0.0), claim)
