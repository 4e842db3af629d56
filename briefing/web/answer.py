"""The page of an answer as data."""

from __future__ import annotations

from briefing import arrange
from briefing.records import Answer
from briefing.text.escape import visible
from briefing.web.claims import Claims
from briefing.web.data import AnswerPage, Near
from briefing.web.shelf import WHOLE, Shelf, Text


def answer_page(answer: Answer, text: Text, *, excerpts: bool = False) -> AnswerPage:
    """Return the page of an answer, with the articles that it cites."""
    whole = not excerpts and len(answer.articles) <= WHOLE
    shelf = Shelf(text, whole=whole)
    show = Claims(shelf, answer.articles)
    known = {article.id for article in answer.articles}
    return AnswerPage(
        schema="briefing-page/1",
        title=visible(answer.question),
        answerable=answer.answerable,
        instead=answer.instead,
        in_parts=answer.in_parts,
        claims=tuple(show.show(claim, reported=True) for claim in answer.claims),
        nearest=tuple(
            Near(cite=show.near(citation), why=visible(why))
            for citation, why in zip(answer.nearest, answer.why, strict=True)
            if citation.article in known
        ),
        made=visible(arrange.answered(answer)),
        excerpts=not whole,
        articles=shelf.articles(),
    )
