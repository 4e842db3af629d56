"""Who speaks in a sentence of a Document, by name: inside it, or around the quotation that it is a part of.

A speaker is looked for where the quotation is attributed and nowhere else; where two could have spoken, nobody is named.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice, takewhile
from typing import NamedTuple

from briefing.language.attribution import Attribution, attributions
from briefing.language.document import Document
from briefing.language.people import Form, persons, surname_of
from briefing.language.phrases import SUBJECTS, core, phrase
from briefing.language.pronouns import kind_of, open_references
from briefing.language.reference import full_name, meaning
from briefing.text.quotations import Quotation

_REACH = 24  # sentences that a quotation may run over


class Voice(NamedTuple):
    """Who speaks a sentence: `name` ("" where nobody is named), which stands in sentence `sentence` (the sentence itself for a label)."""

    name: str
    sentence: int


def speakers_of(document: Document, number: int) -> list[tuple[Attribution, str]]:
    """Return the attributions of a sentence, each with the name of its speaker: a pronoun's where it can be told, else ""."""
    return [(one, place.text if (place := _named(document, number, one)) else "") for one in attributions(document.parse(number))]


def _named(document: Document, number: int, one: Attribution) -> Form | None:
    """Return the name of who speaks and where it stands: the attribution's own, or whom its pronoun means."""
    parse = document.parse(number)
    if one.last - one.first > 1 or not kind_of(parse, one.first):
        return Form(one.speaker, number)
    if one.first in open_references(parse):
        reference = meaning(document, number, one.first)
        return Form(reference.name, reference.sentence) if reference else None
    if kind_of(parse, one.first) == "it":  # "The army has taken the village, it said"
        subjects = [n for n in range(one.first) if parse.tokens[n].dep == "nsubj"]
        return Form(core(parse, subjects[0], *phrase(parse, subjects[0])), number) if len(subjects) == 1 else None
    before = range(one.first)
    if any(kind_of(parse, m) == kind_of(parse, one.first) for m in before if m in open_references(parse)):
        return None
    earlier = [span for span in persons(parse, document.people) if span[0] < one.first]
    surnames = {surname_of(parse, span) for span in earlier}
    subject = any(parse.tokens[m].dep in SUBJECTS for span in earlier for m in range(*span))
    outside = subject and document.quotation_at(*_place(document, number, earlier[0])) is None
    if kind_of(parse, one.first) in {"he", "she"} and len(surnames) == 1 and outside:
        return full_name(document, surnames.pop(), number, parse, earlier)
    return None


def _place(document: Document, number: int, span: tuple[int, int]) -> tuple[int, int]:
    start, tokens = document.sentence(number).start, document.parse(number).tokens
    return start + tokens[span[0]].start, start + tokens[span[1] - 1].end


def voice(document: Document, number: int) -> Voice | None:
    """Return who speaks a sentence that stands under a label, or is all or part of a quotation that is attributed in another sentence.

    None where the sentence speaks for itself: outside quotations, or with its own attribution of a quotation that is wholly its own.
    """
    sentence = document.sentence(number)
    if sentence.speaker:
        return Voice(sentence.speaker, number)
    group = _speech(document, number)
    if not group:
        return None
    held = _held(document, group)
    own = _outer(document, number)
    if held == [number] and own:
        return None
    if held == [number] and not _whole(document, number, group):
        return None
    around = [held[-1], *held[:-1]] if held else []
    for other in around:  # "…,” Reth said", then "Reth said: “…"
        found = _outer(document, other)
        if found:
            return _voice(document, other, found if other == held[0] and other != held[-1] else found[:1], number)
    first = min(held, default=number)
    before = document.right_before(first)
    if before and document.sentence(before).paragraph == document.sentence(first).paragraph:
        found = _outer(document, before)
        if not found and _speech(document, before) and (earlier := voice(document, before)):
            return earlier
        return _voice(document, before, found, number) if found else Voice("", number)
    return Voice("", number)


def _voice(document: Document, at: int, found: list[Attribution], number: int) -> Voice:
    """Return the one speaker of some attributions of sentence `at`; "" where there are two, or a pronoun that cannot be told."""
    places = {_named(document, at, one) for one in found}
    place = places.pop() if len(places) == 1 else None
    return Voice(place.text, place.sentence) if place else Voice("", number)


def _outer(document: Document, number: int) -> list[Attribution]:
    """Return the attributions of a sentence that stand outside its quotations and say something."""
    start = document.sentence(number).start
    tokens = document.parse(number).tokens
    found = attributions(document.parse(number))
    return [
        one
        for one in found
        if one.kind in {"said", "accused"} and not document.quotation_at(start + tokens[one.verb].start, start + tokens[one.verb].end)
    ]


def _speech(document: Document, number: int) -> list[Quotation]:
    """Return the quotations of one speech that a sentence stands in or takes part in."""
    sentence = document.sentence(number)
    return document.speech_at(sentence.start, sentence.end)


def _held(document: Document, group: list[Quotation]) -> list[int]:
    """Return the sentences that a speech touches, in order."""
    every = document.article.sentences
    first = bisect_right(every, group[0].start, key=lambda s: s.end)
    return [s.number for s in takewhile(lambda s: s.start < group[-1].end, islice(every, first, first + _REACH))]


def _whole(document: Document, number: int, group: list[Quotation]) -> bool:
    """Return whether a sentence is nothing but a quotation."""
    sentence = document.sentence(number)
    outside = document.article.text[sentence.start : group[0].start] + document.article.text[group[-1].end : sentence.end]
    return not any(char.isalnum() for char in outside)
