"""What one article gave to a brief, as Markdown: its claims with what each changed in its sentence, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.page import Markdown, line, page
from briefing.records import ArticleSummary
from briefing.text.escape import escape
from briefing.types import Article, Claim, Edit

TEMPLATE = "templates/article.md.j2"
_HEAVIEST = 10  # sentences of the weightiest that are listed


def render_article(found: ArticleSummary, text: Article | None) -> str:
    """Return the Markdown view of an article's summary; `text` is the article, where it is still known."""
    record = found.article
    told = {claim.citations[0].sentence for claim in found.claims}
    why = {omission.sentence: omission.reason for omission in found.omitted}
    heaviest = [number for number in record.summary.sentences if number not in told][:_HEAVIEST]
    return page(
        TEMPLATE,
        {
            "title": line(record.title) or record.id,
            "about": ", ".join(filter(None, (record.id, record.source, record.published or "undated", record.form, record.url))),
            "counts": f"{record.sentences} sentences; {len(found.claims)} told in the brief of {found.date}, {len(found.cited)} confirmed",
            "status": f"{record.status}: {record.reason}" if record.reason else record.status,
            "claims": [(line(claim.marked(claim.text)), claim.citations[0].sentence, list(_edits(claim))) for claim in found.claims],
            "cited": [(line(claim.marked(claim.text)), _where(claim, record.id)) for claim in found.cited],
            "heaviest": [(_sentence(text, number), number, why.get(number, "")) for number in heaviest],
            "omitted": [
                (reason, ", ".join(f"s{o.sentence}" for o in found.omitted if o.reason == reason))
                for reason in dict.fromkeys(omission.reason for omission in found.omitted)
            ],
        },
        found,
    )


def _where(claim: Claim, article: str) -> str:
    return ", ".join(f"s{citation.sentence}" for citation in claim.citations if citation.article == article)


def _edits(claim: Claim) -> Iterator[Markdown]:
    first = claim.citations[0]
    for edit in claim.edits:
        was = first.quote[edit.start - first.start : edit.end - first.start]
        yield Markdown(f"{escape(edit.reason)}: {_changed(edit, was)}")


def _changed(edit: Edit, was: str) -> str:
    old, new = (f"“{escape(' '.join(text.split()))}”" for text in (was, edit.text))
    return f"{old} cut" if not edit.text else f"{new} put in" if not was else f"{old} → {new}"


def _sentence(text: Article | None, number: int) -> str:
    return line(text.quote(number)) if text is not None and number <= len(text.sentences) else ""
