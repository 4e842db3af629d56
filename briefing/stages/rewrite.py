"""What a claim about one sentence says: the sentence, with what must be put in or cut, and what may be cut. No model is asked.

Document, sentence ─ is it told (`eligible`), and by whom? ─┬ article ─ whom it means ─ when ─ what is loaded ─┬► Rewrite, or the reason
                                                            ├ somebody, a column ─ a quotation (`verbatim`) ──┤  why it is never a claim
                                                            └ a lead-in ─ with its items (`listed`) ──────────┘

Everything is an edit of the sentence as it stands in its article. Where it cannot be told whose words a sentence is, or whom it means,
it is left out: nothing is lost but one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.language.attribution import attributions
from briefing.language.base import Parse
from briefing.language.connectors import CONNECTOR, DATELINE
from briefing.language.constituents import Cut
from briefing.language.cuts import TICKER, cuts, outermost
from briefing.language.dates import spelt
from briefing.language.document import Document
from briefing.language.reference import resolve
from briefing.language.speakers import speakers_of, voice
from briefing.language.stamped import dated, stamp_over
from briefing.language.times import day_of, insertions
from briefing.stages.edits import DATE, EMPHASIS, LOADED, MARK, MARKUP, MEANT, TIME, Rewrite, apart, bracketed, edit_at, meet
from briefing.stages.eligible import barred, hindered
from briefing.stages.listed import items_of, listed
from briefing.stages.verbatim import opinion, quoted, spoken
from briefing.text.labels import UNNAMED
from briefing.text.loaded import loaded
from briefing.text.quotations import run_on, without_quotations
from briefing.types import Edit, Kind, Sentence, edited

_ALWAYS = frozenset({CONNECTOR, DATELINE, TICKER})  # reasons of the cuts that are made wherever they may be
_DAY = len("2026-11-26")


def rewrite(document: Document, number: int) -> Rewrite | str:
    """Return how sentence `number` is told, or the reason why it is never a claim."""
    items = items_of(document, number)
    if reason := barred(document, document.sentence(number), listed=bool(items)):
        return reason
    speaker = voice(document, number)
    if not document.parse(number).tokens and not (speaker and speaker.name):
        return quoted(document, number) if speaker is None else "part of a quotation whose speaker is not clear"
    if document.article.form == "opinion":
        return opinion(document, number) if not items else "lead-in"
    if items:
        return listed(document, number, items)
    if speaker is None:
        return _told(document, number)
    if not speaker.name:
        return "part of a quotation whose speaker is not clear"
    if speaker.name == UNNAMED:
        return "an answer of somebody who is not named"
    if not _all_quoted(document, number):  # "… closed,” she added.", "He said: “We left.": the speaker stands in the sentence itself
        return _told(document, number) if attributions(document.parse(number)) else "part of a quotation"
    return spoken(document, number, speaker.name, speaker.sentence)


def _all_quoted(document: Document, number: int) -> bool:
    """Return whether no part of a sentence in somebody's speech stands outside its quotation marks."""
    sentence = document.sentence(number)
    across = [q for q in document.quotations if q.start < sentence.end and sentence.start < q.end]
    return any(q.start <= sentence.start and sentence.end <= q.end for q in across) or not across


def _told(document: Document, number: int) -> Rewrite | str:
    """Return a sentence of the article's own voice, with a name for whom it means, when it was, and without what is loaded."""
    if reason := hindered(document, number):
        return reason
    meant = resolve(document, number)
    if meant is None:
        return "whom or what it means is not clear without the sentences before it"
    sentence, parse = document.sentence(number), document.parse(number)
    licensed = [cut for cut in cuts(parse) if not any(cut.start < one.end and one.start < cut.end for one in meant)]
    unloaded = _without_loaded(sentence, parse, document.outside(number), licensed)
    if isinstance(unloaded, str):
        return unloaded
    needed = [edit_at(sentence, one.start, one.end, bracketed(parse.text[one.start : one.end], one.name), MEANT) for one in meant]
    needed += [edit_at(sentence, cut.start, cut.end, "", cut.reason) for cut in licensed if cut.reason in _ALWAYS]
    needed = apart((*needed, *unloaded, *_put_in(document, number)))
    if not _paired(edited(parse.text, sentence.start, needed)):
        return "a quotation mark is missing"
    optional = [edit_at(sentence, cut.start, cut.end, "", cut.reason) for cut in outermost(licensed) if cut.reason not in _ALWAYS]
    optional = [edit for edit in optional if not any(meet(edit, other) for other in needed)]
    rests_on = (number, *dict.fromkeys(one.sentence for one in meant if one.sentence != number))
    speaker = next((name for _, name in speakers_of(document, number) if name), "")
    kind: Kind = "statement" if speaker else "fact"
    day = dated(document, number) or day_of(parse, document.article.published)
    day = day if len(day) == _DAY else ""  # a month or a year is more often that of something told beside it
    return Rewrite(number, rests_on, tuple(needed), tuple(optional), speaker, kind, verbatim=False, day=day)


def _put_in(document: Document, number: int) -> Iterator[Edit]:
    """Yield what a sentence needs to be read by itself: its quotation marks, when it was, and no mark-up."""
    sentence, parse, day = document.sentence(number), document.parse(number), dated(document, number)
    for at, mark in run_on(document.article.text, document.quotations, sentence.start, sentence.end):
        yield Edit(start=at, end=at, text=mark, reason=MARK)
    if not day:
        yield from (edit_at(sentence, at, at, told, DATE) for at, told in insertions(parse, document.article.published))
    if over := stamp_over(document, number):
        yield edit_at(sentence, *over, TIME)
    yield from (edit_at(sentence, m.start(), m.end(), "", MARKUP) for m in EMPHASIS.finditer(parse.text))
    if day:
        stop = len(parse.text.rstrip('.!”"’ '))
        yield edit_at(sentence, stop, stop, f" [{spelt(day)}]", DATE)


def _paired(text: str) -> bool:
    """Return whether every quotation mark of a text has its other one; inches and single marks are not looked at."""
    straight = len(re.findall(r'(?<!\d)"', text))
    lone = without_quotations(text, closed_only=True)
    return straight % 2 == 0 and not any(mark in lone for mark in "“”„«»")


def _without_loaded(sentence: Sentence, parse: Parse, own: Sequence[bool], licensed: Sequence[Cut]) -> list[Edit] | str:
    """Return the cuts that take all loaded wording out of a sentence, or the reason why it cannot be told."""
    needed: list[Edit] = []
    for hit in loaded(parse.text):
        at = parse.at(hit.start)
        if at < len(own) and not own[at]:
            continue
        cut = next((one for one in licensed if one.start <= hit.start and hit.end <= one.end), None)
        if cut is None:
            term = parse.text[hit.start : hit.end].strip('“”‘’"')
            return f"cannot be told without the loaded wording “{term}”"
        needed.append(edit_at(sentence, cut.start, cut.end, "", LOADED))
    return needed
