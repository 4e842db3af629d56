"""The record of an answer as Markdown, its claims and footnotes as in a brief. Nothing of it becomes Markdown."""

from __future__ import annotations

from briefing.page import CitedSpan, Markdown, day, footnotes, once, page, said, span
from briefing.records import Answer
from briefing.types import ArticleRecord, Claim, cited_articles

TEMPLATE = "templates/answer.md.j2"


def render_answer(answer: Answer) -> str:
    """Return the Markdown view of an answer. The same record gives the same text."""
    citations = [citation for claim in answer.claims for citation in claim.citations]
    labels = footnotes([article.id for article in answer.articles], citations)
    articles = {article.id: article for article in answer.articles}
    run = answer.run
    made = f"{'Answered' if answer.answerable else 'Judged'} by {run.model.name} in {run.seconds:.1f} s; "
    made += f"probability that the sources answer: {answer.confidence:.2f}"
    view = {
        "question": answer.question,
        "lines": [_line(claim, labels) for claim in answer.claims],
        "nearest": [
            (" ".join(near.quote.split()), f"{near.article}, sentence {near.sentence}", why)
            for near, why in zip(answer.nearest, answer.why, strict=True)
        ],
        "made": made,
        "notes": [
            {
                "label": Markdown(labels[span(citation)]),
                "article": citation.article,
                "sentence": citation.sentence,
                "about": _about(articles[citation.article]),
                "quote": citation.quote,
            }
            for citation in once(citations)
        ],
    }
    return page(TEMPLATE, view)


def _line(claim: Claim, labels: dict[CitedSpan, str]) -> dict[str, object]:
    files = len(cited_articles(claim.citations))
    counted = f"{files} files, {claim.origins} origin{'' if claim.origins == 1 else 's'}" if files > 1 else ""
    opinion = "opinion" if claim.kind == "opinion" else ""
    note = "; ".join(filter(None, (opinion, counted, day(claim.date) or (f"reported {day(claim.published)}" if claim.published else ""))))
    return {
        "text": said(claim.text),
        "tag": Markdown("**Contested:** ") if claim.conflicts else "",
        "note": note,
        "marks": Markdown("".join(dict.fromkeys(f"[^{labels[span(citation)]}]" for citation in claim.citations))),
    }


def _about(article: ArticleRecord) -> str:
    return ", ".join(filter(None, (article.source, article.published)))
