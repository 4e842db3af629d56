"""Names in full: who speaks or acts by a bare surname stands with the usual full form of the article, in brackets, at first mention."""

from __future__ import annotations

from briefing.language.people import name_of, persons, surname_of, titled
from briefing.language.reference import full_name
from briefing.stages.rewrite import MEANT
from briefing.stages.summarize import Made
from briefing.types import Edit, edited

_NAMED = {"nsubj", "nsubjpass", "dobj", "pobj", "dative"}  # what a person is in a sentence whose name is needed to understand it


def introduce(one: Made, told: str) -> Made:
    """Return a claim in which bare surnames of speakers and subjects stand with their usual full form, but for those told before."""
    document, number = one.chosen.document, one.chosen.rewrite.number
    parse, first = document.parse(number), one.claim.citations[0]
    edits = list(one.claim.edits)
    for span in persons(parse, document.people.keys()):
        name = name_of(parse, span)
        full = full_name(document, surname_of(parse, span), number, parse, [span]).text
        longer = full.endswith(f" {name}") and full not in f"{told} {one.claim.text}"
        start = first.start + parse.tokens[span[0]].start
        role = {parse.tokens[n].dep for n in range(*span)}
        if not longer or not role & _NAMED or titled(parse, span[0]) or not document.article.text.startswith(name, start):
            continue
        edit = Edit(start=start, end=start + len(name), text=f"[{full}]", reason=MEANT)
        if document.quotation_at(edit.start, edit.end) is None and not any(meet(edit, other) for other in edits):
            edits.append(edit)
            told += f" {full}"
    if len(edits) == len(one.claim.edits):
        return one
    made = tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))
    changed = {"text": edited(first.quote, first.start, made), "edits": made}
    return one._replace(claim=one.claim.model_copy(update=changed))


def meet(one: Edit, other: Edit) -> bool:
    """Return whether two edits touch the same characters; what is put in inside a cut would be lost with it."""
    return one.start < other.end and other.start < one.end
