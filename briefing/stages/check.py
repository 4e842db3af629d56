"""Does a claim equal its sentence but for its edits, and is each edit one that a claim may make? The one keeper of that promise.

Plain code over the record and the raw sentence, the same for a claim that is made and for one that is verified later: nothing is taken from
an edited source, and what cannot be established is refused with its reason. Whether other words than the sentence's are supported
is for `gates` and the judge to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefing.language.asides import dispensable
from briefing.language.attribution import attributions
from briefing.language.base import Parse
from briefing.language.connectors import DATELINE
from briefing.language.cuts import cuts, main_clause
from briefing.language.dates import full_date, spelt
from briefing.language.document import Document
from briefing.language.introductions import introductions
from briefing.language.kept import carries
from briefing.language.people import name_of, persons, place_of
from briefing.language.reference import resolve
from briefing.language.referents import referents
from briefing.language.speakers import speakers_of, voice
from briefing.language.stamped import stamp_over
from briefing.language.times import insertions
from briefing.language.unproven import unproven
from briefing.stages.edits import EMPHASIS, bracketed
from briefing.stages.eligible import UNPROVEN
from briefing.stages.excerpts import BEFORE, leaned_on, speech
from briefing.stages.listed import behind, item
from briefing.stages.verbatim import LABEL, whose
from briefing.text import rows
from briefing.text.quotations import quotations, run_on
from briefing.types import Citation, Claim, Edit, Gate, Role, edited

_SAID = re.compile(r"(?P<name>.+?) (?P<verb>said|reports|writes): “", re.DOTALL)
_MARKS = '“”"«»„* '
_DOUBLE = '“”"«»„'
_VERBS = {"said": "statement", "reports": "fact", "writes": "opinion"}

EDITS = "edits"
LICENSED = "licensed"
MADE: tuple[str, ...] = (EDITS, LICENSED)
"""The gates of a claim that is made of its sentence, by the names that stand in the record."""


def check(claim: Claim, documents: Mapping[str, Document]) -> tuple[Gate, ...]:
    """Return what the gates say of a claim that is made of its first cited sentence. `documents` are those it cites, by article ID.

    Where a document was not parsed, no cut is licensed.
    """
    first = claim.citations[0]
    try:
        told = edited(first.quote, first.start, claim.edits)
    except ValueError as error:
        return (Gate(name=EDITS, passed=False, detail=str(error)),)
    if told != claim.text:
        return (Gate(name=EDITS, passed=False, detail="the claim is not its sentence with these edits"),)
    refused = next((why for edit in claim.edits if (why := refusal(edit, claim, documents))), "")
    if not refused:
        refused = (_unquoted if claim.verbatim else _not_ours)(claim, documents[first.article])
    return (Gate(name=EDITS, passed=True), Gate(name=LICENSED, passed=not refused, detail=refused))


def refusal(edit: Edit, claim: Claim, documents: Mapping[str, Document]) -> str:
    """Return why a claim may not make an edit, or ""."""
    first = claim.citations[0]
    document = documents[first.article]
    start, end = edit.start - first.start, edit.end - first.start
    was = first.quote[start:end]
    match edit.reason:
        case "capital":
            fine = len(was) == 1 and edit.text == was.upper() and not _kept(claim, edit.start).strip(_MARKS)
        case "quotation mark":
            marks = run_on(document.article.text, document.quotations, first.start, first.end)
            fine = _quoting(edit, was, claim) if claim.verbatim else not was and (edit.start, edit.text) in marks
        case "mark-up":
            fine = not edit.text and any(m.span() == (start, end) for m in EMPHASIS.finditer(first.quote))
        case "date":
            fine = not was and (start, edit.text) in _dates(first, document)
        case "time":
            fine = _there(first, document) and (start, end, edit.text) == stamp_over(document, first.sentence)
        case "whom it means":
            fine = (start, end, edit.text) in _meant(first, document)
        case "speaker":
            said = _SAID.fullmatch(edit.text)
            fine = said is not None and claim.verbatim and not start and _silent(was, first, document) and _speaks(said, claim, document)
        case "the sentences before":
            fine = not was and edit.text in _leaned_on(claim, document)
        case rows.TABLE:
            fine = claim.verbatim and edit in _table(claim, document)
        case "colour":
            fine = (start, end, edit.text) in dispensable(_parse(first, document))
        case "list":
            fine = start == end == len(first.quote) and edit.text == _list(claim, document)
        case _:
            return _uncut(edit, was, claim, document)
    return "" if fine else f"no claim may change “{was}” to “{edit.text}” ({edit.reason})"


def _unquoted(claim: Claim, document: Document) -> str:
    """Return why a claim that is called verbatim is no quotation: a speaker, a verb of saying, and exact words in marks, nothing else.

    What goes on with an allegation or a condition is quoted behind it, and a row of a table with its header.
    """
    said = _SAID.match(claim.text)
    whole = said is not None and claim.text.endswith("”") and len(quotations(claim.text)) == 1
    if tuple(edit for edit in claim.edits if edit.reason == rows.TABLE) != _table(claim, document) or not _rests(claim, document):
        return "a row of a table without its header"
    reasons = [edit.reason for edit in claim.edits if edit.reason != rows.TABLE]
    if not whole or reasons[:1] != ["speaker"] or reasons.count("speaker") > 1 or not {*reasons} <= {"speaker", "quotation mark", BEFORE}:
        return "a verbatim claim that is no quotation"
    first = claim.citations[0]
    rests = unproven(document, first.sentence) if _there(first, document) else 0
    behind = any(c.article == first.article and c.sentence == rests for c in claim.citations[1:]) and BEFORE in reasons
    return UNPROVEN.format(rests) if rests and not behind else ""


def _not_ours(claim: Claim, document: Document) -> str:
    """Return why a sentence may not be told without quotation marks: what others say, ask or hold, and what rests on another sentence."""
    first = claim.citations[0]
    if not _there(first, document):
        return ""  # what cannot be found is said of the citation
    sentence, speakers = document.sentence(first.sentence), {name for _, name in speakers_of(document, first.sentence)}
    told = attributions(document.parse(first.sentence))
    if claim.speaker and claim.speaker not in speakers | {one.speaker for one in told}:
        return f"{claim.speaker} does not say this"
    if sentence.role is not Role.BODY or document.article.form in {"opinion", "satire", "list"}:
        return "is no sentence of a report"
    listed = any(edit.reason == "list" for edit in claim.edits)
    if sentence.under or (sentence.note and not listed):
        return sentence.note or "rests on the sentence before"
    if rests := unproven(document, first.sentence):
        return UNPROVEN.format(rests)
    spoken = voice(document, first.sentence)
    return "are somebody’s words, and stand in no quotation marks" if sentence.speaker or (spoken is not None and not told) else ""


def _there(first: Citation, document: Document) -> bool:
    return first.sentence <= len(document.article.sentences) and document.text(first.sentence) == first.quote


def _parse(first: Citation, document: Document) -> Parse:
    """Return the parse of the cited sentence, without tokens where the article has another one in its place."""
    return document.parse(first.sentence) if _there(first, document) else Parse(first.quote)


def _kept(claim: Claim, until: int) -> str:
    """Return what a claim keeps of the sentence's own characters before an offset."""
    first = claim.citations[0]
    cut = [(edit.start, edit.end) for edit in claim.edits]
    places = range(first.start, until)
    return "".join(first.quote[n - first.start] for n in places if not any(start <= n < end for start, end in cut))


def _quoting(edit: Edit, was: str, claim: Claim) -> bool:
    """Return whether an edit is a mark that a quotation of the whole sentence needs: at its end, or a single one for a double one in it."""
    if edit.end == claim.citations[0].end and edit.text in {"”", "’”"}:
        return not was.strip(_MARKS)
    return edit.text in {"‘", "’"} and len(was) == 1 and was in _DOUBLE


def _leaned_on(claim: Claim, document: Document) -> Iterator[str]:
    """Yield what may stand before the sentence of an excerpt: the cited sentences directly before it, and its lead-in, to the letter."""
    first = claim.citations[0]
    under, spoken = document.sentence(first.sentence).under if _there(first, document) else 0, bool(claim.speaker)
    cited = {c.sentence for c in claim.citations[1:] if c.article == first.article and c.sentence < first.sentence and _there(c, document)}
    numbers: list[int] = []
    while True:
        if under in cited and under not in numbers:
            yield leaned_on(document, [under, *numbers], spoken=spoken)
        if first.sentence - len(numbers) - 1 not in cited:
            return
        numbers.insert(0, first.sentence - len(numbers) - 1)
        if not under or under in numbers:
            yield leaned_on(document, numbers, spoken=spoken)


def _table(claim: Claim, document: Document) -> tuple[Edit, ...]:
    """Return the edits that a row of a table needs, () where the sentence is none."""
    first = claim.citations[0]
    return rows.labelled(document.article, first.sentence) if _there(first, document) else ()


def _rests(claim: Claim, document: Document) -> bool:
    """Return whether a claim cites the header and the caption of its row, if it is one."""
    first = claim.citations[0]
    cited = {c.sentence for c in claim.citations[1:] if c.article == first.article and _there(c, document)}
    return not _there(first, document) or cited.issuperset(rows.resting(document.article, first.sentence)[1:])


def _dates(first: Citation, document: Document) -> Iterator[tuple[int, str]]:
    """Yield the dates that may be put into a sentence, each with its place: of its days, and of the date its paragraph stands under."""
    parse = _parse(first, document)
    yield from insertions(parse, document.article.published)
    if parse.tokens:
        paragraph = document.sentence(first.sentence).paragraph
        head = next(s.number for s in document.article.sentences if s.paragraph == paragraph)
        day = full_date(document.text(head).strip(" .:–—")) if head < first.sentence else ""
        if day:
            yield len(parse.text.rstrip('.!”"’ ')), f" [{spelt(day)}]"


def _meant(first: Citation, document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield what may stand for a pronoun, a bare surname or "the committee" of a sentence, each with its place."""
    parse = _parse(first, document)
    if not parse.tokens:
        return
    for one in resolve(document, first.sentence) or []:
        yield one.start, one.end, bracketed(parse.text[one.start : one.end], one.name)
    for meant in referents(document, first.sentence):
        yield meant.start, meant.end, f"[{meant.name}]"
    for span in persons(parse, document.people.keys()):
        start, end = place_of(parse, span)
        if parse.text[:end].endswith(name_of(parse, span)):
            yield from ((start, end, f"[{full}]") for full in introductions(document, first.sentence, span))


def _list(claim: Claim, document: Document) -> str:
    """Return the items of a lead-in as they are quoted after it: all cited sentences that rest on it, whole."""
    first = claim.citations[0]
    cited = [c.sentence for c in claim.citations[1:] if c.article == first.article and c.sentence <= len(document.article.sentences)]
    under = [s.number for s in document.article.sentences if s.under == first.sentence and s.role is Role.BODY]
    return behind(item(document, number) for number in under) if under and set(under) <= set(cited) else ""


def _silent(was: str, first: Citation, document: Document) -> bool:
    """Return whether nothing is lost at the head of a quotation: marks, or the label of who speaks."""
    if not was.strip(_MARKS):
        return True
    labelled = _there(first, document) and bool(document.sentence(first.sentence).speaker)
    return (labelled or document.article.form in {"interview", "transcript"}) and LABEL.fullmatch(was) is not None


def _uncut(edit: Edit, was: str, claim: Claim, document: Document) -> str:
    """Return why a cut is not licensed, or "". Words are looked at as well as the parse: no negation, doubt, number or mark may go."""
    first = claim.citations[0]
    if edit.text or claim.verbatim:
        return f"no claim may put “{edit.text}” in the place of “{was}” ({edit.reason})"
    parse = _parse(first, document)
    if not parse.tokens:
        return f"“{was}” is cut, and without a parse no cut is licensed"
    if edit.reason != DATELINE and carries(was):
        return f"“{was}” is cut, and carries what the sentence says"
    span = edit.start - first.start, edit.end - first.start
    allowed = {(cut.start, cut.end) for cut in (*cuts(parse), *main_clause(parse))}
    return "" if span in allowed else f"“{was}” is cut, and is no part that a claim may leave out"


def _speaks(said: re.Match[str], claim: Claim, document: Document) -> bool:
    """Return whether a quotation may be given to this speaker: who is speaking there, or for what it reports or thinks the outlet."""
    first, name, verb = claim.citations[0], said["name"], said["verb"]
    if not _there(first, document) or claim.kind != _VERBS[verb] or claim.speaker != (name if verb == "said" else ""):
        return False
    speaking = voice(document, first.sentence)
    if verb == "said":
        return speaking is not None and speaking.name == name
    outlet = whose(document, "")
    return (name, verb) == (outlet.name, outlet.verb) and speech(document, first.sentence) is None
