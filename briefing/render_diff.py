"""The record of a diff as Markdown: the summary first, then every change with the exact sentences of both sides in footnotes.

As in a brief, nothing of the record becomes Markdown or HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.page import Edition, Markdown, Note, count, day, editions, marks, page, said
from briefing.records import Change, Correction, Diff, Side
from briefing.types import Citation, Claim

TEMPLATE = "templates/diff.md.j2"
_AS_BEFORE = 10  # claims that are named among those that are as before
_SECTIONS = {
    "corroborated": "Newly corroborated",
    "disputed": "Newly disputed",
    "dropped": "Dropped",
    "new, stood": "Picked anew",
    "dropped, stood": "No longer picked",
}


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


def render_diff(diff: Diff) -> str:
    """Return the Markdown view of a diff. The same record gives the same text."""
    return page(TEMPLATE, _view(diff))


def _view(diff: Diff) -> dict[str, object]:
    labels = editions(_cited(diff.changes))
    claims = {claim.id: claim for change in diff.changes for claim in change.news}
    lines: dict[str, list[_Line]] = {}
    for change in diff.changes:
        kind = f"{change.state}, stood" if change.stood else change.state
        lines.setdefault(kind, []).append(_line(change, labels, claims))
    same = lines.get("unchanged", [])
    shown = [change for change in diff.changes if change.state != "unchanged"]
    shown += [change for change in diff.changes if change.state == "unchanged"][:_AS_BEFORE]
    return {
        "summary": diff.summary,
        "old_day": day(diff.old.date),
        "new_day": day(diff.new.date),
        "warnings": list(diff.warnings),
        "fresh": lines.get("new", []),
        "changed": lines.get("changed", []),
        "told": [(heading, lines.get(kind, [])) for kind, heading in _SECTIONS.items()],
        "corrections": [_corrected(correction) for correction in diff.corrections],
        "same": same[:_AS_BEFORE],
        "same_count": count(len(same), "claim"),
        "more": int(len(same) > _AS_BEFORE),
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
    note = change.detail.removeprefix("no longer picked: ")
    if change.values or change.origins or change.against:  # the other side of a conflict stands below, with its sentences
        values = [f"{value.was or '–'} → {value.now or '–'}" for value in change.values]
        note = "; ".join([*values, *([f"now also {', '.join(change.origins)}"] if change.origins else [])])
    return _Line(
        text=said(told[0].text),
        marks=marks((citation for claim in told for citation in claim.citations), labels),
        note=note,
        was=said(olds[0].text) if olds else Markdown(""),
        was_marks=marks((citation for claim in olds for citation in claim.citations), labels),
        against=[_against(claims[name], labels) for name in change.against],
    )


def _against(claim: Claim, labels: dict[Edition, str]) -> _Line:
    nothing = Markdown("")
    return _Line(said(claim.text), marks(claim.citations, labels), "", nothing, nothing, [])


def _corrected(correction: Correction) -> _Corrected:
    lines = [*(("−", quote) for quote in correction.lost), *(("+", quote) for quote in correction.gained)]
    counts = f"{count(len(correction.lost), 'sentence')} went, {len(correction.gained)} came" if lines else "The text changed"
    rested = len(correction.claims)
    claims = f"; {count(rested, 'claim')} of the old brief rested on what went" if rested else ""
    unknown = "" if correction.known else "; one of the two texts is no longer known, so this may not be all"
    edition = f"Edition {correction.edition} of its page: " if correction.edition > 1 else ""
    about = f"{edition}{counts[:1].lower() if edition else counts[:1]}{counts[1:]}{claims}{unknown}"
    return _Corrected(correction.article, about, lines)


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
