"""Names in full, in brackets, at first mention: who speaks or acts by a bare surname, and what is called "the committee"."""

from __future__ import annotations

from briefing.language.introductions import introductions
from briefing.language.people import name_of, persons, place_of, titled
from briefing.language.referents import referents
from briefing.stages.edits import MEANT, in_place, meet
from briefing.stages.summarize import Made
from briefing.types import Edit, edited

_NAMED = {"nsubj", "nsubjpass", "dobj", "pobj", "dative", "poss", "conj"}  # what a person is whose name is needed to understand a sentence


def introduce(one: Made, told: str) -> Made:
    """Return a claim in which bare surnames of speakers and subjects stand with their usual full form, but for those told before.

    So do nouns that stand for what the article named: "[the House Intelligence Committee]".
    """
    document, number = one.chosen.document, one.chosen.rewrite.number
    parse, first = document.parse(number), one.claim.citations[0]
    edits = list(one.claim.edits)

    def named(edit: Edit, known: str) -> None:
        nonlocal told
        if document.quotation_at(edit.start, edit.end) is None and not any(meet(edit, other) for other in edits):
            edits.append(edit)
            told += f" {known}"

    for meant in referents(document, number):
        if not meant.told(told):
            named(Edit(start=first.start + meant.start, end=first.start + meant.end, text=f"[{meant.name}]", reason=MEANT), meant.name)
    for span in persons(parse, document.people.keys()):
        name, ways = name_of(parse, span), list(introductions(document, number, span))
        start, end = (first.start + at for at in place_of(parse, span))
        role = {parse.tokens[n].dep for n in range(*span)}
        if not ways or ways[-1] in f"{told} {one.claim.text}" or not document.article.text[start:end].endswith(name):
            continue
        if not role & _NAMED or titled(parse, span[0]):
            continue
        named(Edit(start=start, end=end, text=f"[{ways[0]}]", reason=MEANT), ways[-1])
    if len(edits) == len(one.claim.edits):
        return one
    made = in_place(edits)
    changed = {"text": edited(first.quote, first.start, made), "edits": made}
    return one._replace(claim=one.claim.model_copy(update=changed))
