"""The record of an answer as Markdown, its claims and footnotes as in a brief. Nothing of it becomes Markdown."""

from __future__ import annotations

from pathlib import Path

from briefing import arrange
from briefing.page import CitedSpan, Markdown, count, day, footnotes, notes, page, referred, said
from briefing.records import Answer
from briefing.types import Claim, cited_articles

TEMPLATE = "templates/answer.md.j2"


def render_answer(answer: Answer, template: Path | None = None) -> str:
    """Return the Markdown view of an answer, by a template of one's own if it is named. The same record gives the same text."""
    citations = [citation for claim in answer.claims for citation in claim.citations]
    labels = footnotes([article.id for article in answer.articles], citations)
    view = {
        "question": answer.question,
        "instead": answer.instead,
        "in_parts": answer.in_parts,
        "lines": [_line(claim, labels) for claim in answer.claims],
        "nearest": [
            (" ".join(near.quote.split()), f"{near.article}, sentence {near.sentence}", why)
            for near, why in zip(answer.nearest, answer.why, strict=True)
        ],
        "made": arrange.answered(answer),
        "notes": list(notes(answer.articles, labels, citations)),
    }
    return page(template or TEMPLATE, view, answer)


def _line(claim: Claim, labels: dict[CitedSpan, str]) -> dict[str, object]:
    files = len(cited_articles(claim.citations))
    counted = f"{count(files, 'file')}, {count(claim.origins, 'origin')}" if files > 1 else ""
    opinion = "opinion" if claim.kind == "opinion" else ""
    note = "; ".join(filter(None, (opinion, counted, day(claim.date) or (f"reported {day(claim.published)}" if claim.published else ""))))
    return {
        "text": said(claim.text),
        "tag": Markdown("**Contested:** ") if claim.conflicts else "",
        "note": note,
        "marks": referred(claim.citations, labels),
    }
