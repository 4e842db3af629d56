"""The record of a diff as Markdown: the summary first, then every change with the exact sentences of both sides in footnotes.

As in a brief, nothing of the record becomes Markdown or HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing import arrange
from briefing.page import Edition, Markdown, Note, count, day, editions, marks, page, said
from briefing.records import Change, Correction, Diff, Side
from briefing.types import Citation, Claim

TEMPLATE = "templates/diff.md.j2"
_LISTED = ("corroborated", "disputed", "dropped", "new, stood", "dropped, stood")  # the kinds that are lists of claims


@dataclass(frozen=True, slots=True)
class _Line:
    """A change as it is printed; `was` stands only beside what changed, `against` only beside what is disputed."""

    text: Markdown
    marks: Markdown
    note: str
    was: Markdown
    was_marks: Markdown
    against: list[_Line]


@dataclass(frozen=True, slots=True)
class _Corrected:
    """An article that was edited, and its sentences that went ("−") and came ("+")."""

    article: str
    about: str
    lines: list[tuple[str, str]]


def render_diff(diff: Diff, template: Path | None = None) -> str:
    """Return the Markdown view of a diff, by a template of one's own if it is named. The same record gives the same text."""
    return page(template or TEMPLATE, _view(diff), diff)


def _view(diff: Diff) -> dict[str, object]:
    labels = editions(_cited(diff.changes))
    claims = {claim.id: claim for change in diff.changes for claim in change.news}
    lines: dict[str, list[_Line]] = {}
    for change in diff.changes:
        lines.setdefault(arrange.change_kind(change), []).append(_line(change, labels, claims))
    same = lines.get("unchanged", [])
    shown = [change for change in diff.changes if change.state != "unchanged"]
    shown += [change for change in diff.changes if change.state == "unchanged"][: arrange.AS_BEFORE]
    return {
        "summary": diff.summary,
        "old_day": day(diff.old.date),
        "new_day": day(diff.new.date),
        "warnings": list(diff.warnings),
        "fresh": lines.get("new", []),
        "changed": lines.get("changed", []),
        "told": [(arrange.CHANGES[kind], lines.get(kind, [])) for kind in _LISTED],
        "corrections": [_corrected(correction) for correction in diff.corrections],
        "same": same[: arrange.AS_BEFORE],
        "same_count": count(len(same), "claim"),
        "more": int(len(same) > arrange.AS_BEFORE),
        "notes": list(_notes(diff, labels, shown)),
    }


def _cited(changes: Sequence[Change]) -> Iterator[tuple[str, Citation]]:
    """Yield every citation with its side, those of the new brief first: what stands on both sides is named by the new one."""
    for side in ("new", "old"):
        for change in changes:
            claims = change.news if side == "new" else change.olds
            yield from ((side, citation) for claim in claims for citation in claim.citations)


def _line(change: Change, labels: dict[Edition, str], claims: dict[str, Claim]) -> _Line:
    olds, news = change.olds, change.news
    told = news or olds
    return _Line(
        text=said(told[0].text if change.against else told[0].marked(told[0].text)),
        marks=marks((citation for claim in told for citation in claim.citations), labels),
        note=arrange.change_note(change),
        was=said(olds[0].marked(olds[0].text)) if olds else Markdown(""),
        was_marks=marks((citation for claim in olds for citation in claim.citations), labels),
        against=[_against(claims[name], labels) for name in change.against],
    )


def _against(claim: Claim, labels: dict[Edition, str]) -> _Line:
    nothing = Markdown("")
    return _Line(said(claim.text), marks(claim.citations, labels), "", nothing, nothing, [])


def _corrected(correction: Correction) -> _Corrected:
    lines = [*(("−", quote) for quote in correction.lost), *(("+", quote) for quote in correction.gained)]
    return _Corrected(correction.article, arrange.correction_note(correction), lines)


def _notes(diff: Diff, labels: dict[Edition, str], shown: Sequence[Change]) -> Iterator[Note]:
    """Yield a footnote for each sentence that is cited by what is shown, with the outlet, its date, and the brief that had it."""
    named: set[str] = set()
    for change in shown:
        for claims, brief in ((change.news, diff.new), (() if change.state == "unchanged" else change.olds, diff.old)):
            for claim in claims:
                for citation in claim.citations:
                    label = labels[citation.article, citation.sentence, citation.quote]
                    if label not in named:
                        named.add(label)
                        yield Note(Markdown(label), citation.article, citation.sentence, _about(citation, brief, label), citation.quote)


def _about(citation: Citation, side: Side, label: str) -> str:
    """Return the outlet and date of an article, and of an edited sentence the day on which it stood so."""
    record = next((article for article in side.articles if article.id == citation.article), None)
    known = (record.source, record.published) if record else ()
    edited = label.startswith(("old-", "new-")) and not citation.article.startswith(("old-", "new-"))
    return ", ".join(filter(None, (*known, f"as of {day(side.date)}" if edited else "")))
