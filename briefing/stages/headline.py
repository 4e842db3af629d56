"""The headline of a claim: its main clause, as edits of its sentence.

claim ─ what any claim may lose ─► text ─ read anew: what a headline does without next (`headlines`) ─► text ─ names in full ─► headline
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.language.beside import relative
from briefing.language.cuts import APPOSITION, main_clause
from briefing.language.document import Document
from briefing.language.headlines import SMALL, shorter, stands
from briefing.stages.edits import DATE, capitalised, in_place, meet
from briefing.stages.introduce import introduce
from briefing.stages.summarize import Made
from briefing.types import Edit, edited, placed

_ABBREVIATED = re.compile(r"\b(?:\w\.){2,}$")  # "in the U.S." keeps its stop


def headline(one: Made) -> tuple[str, tuple[Edit, ...]]:
    """Return a claim's main clause, without the full stop, and the edits of its sentence that make it.

    The day in brackets goes, but for one behind a word that says nothing without it, and stays: "today [22 November 2026]".
    """
    claim, told, document = one.claim, one.chosen.rewrite, one.chosen.document
    first = claim.citations[0]
    edits = [edit for edit in told.needed if edit.reason != DATE]
    if not claim.verbatim:
        edits = _shortened(document, told.number, edits)
        edits += [day for day in told.needed if day.reason == DATE and _needed(document, told.number, day.start, edits)]
        short = claim.model_copy(update={"text": edited(first.quote, first.start, edits), "edits": in_place(edits)})
        edits = list(introduce(one._replace(claim=short), "").claim.edits)
    made = in_place(capitalised(document, told.number, edits))
    text = edited(first.quote, first.start, made)
    return text if _ABBREVIATED.search(text) else text.rstrip("."), made


def _shortened(document: Document, number: int, edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits of a sentence with the cuts of its headline; each text is read anew: the shorter it is, the surer is its parse."""
    start, found = document.sentence(number).start, list(edits)
    known = sorted(main_clause(document.parse(number)), key=lambda cut: (cut.start - cut.end, cut.start))
    for cut in known:
        if cut.reason != APPOSITION:
            found = _with(found, Edit(start=start + cut.start, end=start + cut.end, reason=cut.reason)) or found
    whole = found
    while True:
        text, places = placed(document.text(number), start, capitalised(document, number, found))
        spans = (([place for place in places[cut.start : cut.end] if place >= 0], cut.reason) for cut in shorter(document.read(text)))
        tried = (_with(found, Edit(start=span[0], end=span[-1] + 1, reason=reason)) for span, reason in spans if span)
        better = next((edits for edits in tried if edits and stands(document.read(_text(document, number, edits)))), None)
        if better is None:
            return found if any(edit.reason not in SMALL for edit in found if edit not in whole) else whole
        found = better


def _needed(document: Document, number: int, at: int, edits: Sequence[Edit]) -> bool:
    """Return whether a place of a sentence is behind a day that only the day of the article explains, and that no cut takes."""
    parse, place = document.parse(number), at - document.sentence(number).start
    said = any(token.end == place and relative(parse, n) for n, token in enumerate(parse.tokens))
    return said and not any(edit.start < at <= edit.end for edit in edits)


def _text(document: Document, number: int, edits: Sequence[Edit]) -> str:
    return edited(document.text(number), document.sentence(number).start, capitalised(document, number, edits))


def _with(edits: Sequence[Edit], cut: Edit) -> list[Edit] | None:
    """Return edits with one cut more, in the place of those inside it; None where it meets another one."""
    left = [edit for edit in edits if not (meet(cut, edit) and cut.start <= edit.start and edit.end <= cut.end)]
    return None if any(meet(cut, edit) for edit in left) else [*left, cut]
