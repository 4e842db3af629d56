"""Does a claim equal its sentence but for its edits, and is each edit one that a claim may make? The one keeper of that promise.

Plain code over the record and the raw sentence, the same for a claim that is made and for one that is verified later: nothing is taken from
an edited source, and what cannot be established is refused with its reason. Whether other words than the sentence's are supported
is for `gates` and the judge to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.language.cuts import DATELINE, cuts, main_clause
from briefing.language.document import Document
from briefing.language.speakers import voice
from briefing.stages.rewrite import CLOCK, LABEL, OPINION, OUTLET
from briefing.text.numbers import numbers
from briefing.text.quotations import quotations, quoted_parts, stands_in
from briefing.text.signals import doubts, negations
from briefing.types import Citation, Claim, Edit, Gate, edited

_DAY = r"(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)?(?: ?\d{4})"
_PUT_IN = re.compile(rf" ?\[{_DAY}\]")
_NAMED = re.compile(r"\[(?P<name>[^\[\]]+?)(?:’s?)?\]")
_SAID = re.compile(r"(?P<name>.+?) (?P<verb>said|reports|writes): “", re.DOTALL)
_POINTER = 3  # words of a pronoun, or of what points back ("the two men")
_MARKS = '“”"«»„ '

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
    if claim.verbatim and not refused:
        refused = _unquoted(claim)
    return (Gate(name=EDITS, passed=True), Gate(name=LICENSED, passed=not refused, detail=refused))


def refusal(edit: Edit, claim: Claim, documents: Mapping[str, Document]) -> str:
    """Return why a claim may not make an edit, or ""."""
    first = claim.citations[0]
    document = documents[first.article]
    was = first.quote[edit.start - first.start : edit.end - first.start]
    match edit.reason:
        case "capital":
            fine = len(was) == 1 and edit.text == was.upper()
        case "quotation mark":
            fine = len(edit.text) == 1 and edit.text in "“”\"‘’'«»„" and not was.strip(_MARKS)
        case "mark-up":
            fine = not edit.text and not was.strip("*_\u200b\u2060\ufeff\u00ad")
        case "date":
            fine = not was and bool(_PUT_IN.fullmatch(edit.text))
        case "time":
            label = edit.text.strip(" []")
            fine = not was and CLOCK.fullmatch(label) is not None and any(label in document.text(n) for n in range(1, first.sentence))
        case "whom it means":
            named = _NAMED.fullmatch(edit.text)
            fine = named is not None and len(was.split()) <= _POINTER and _stands(named["name"], claim.citations, document)
        case "speaker":
            said = _SAID.fullmatch(edit.text)
            silent = not was.strip(_MARKS) or LABEL.fullmatch(was) is not None
            fine = said is not None and silent and claim.verbatim and _speaks(said["name"], said["verb"], first, document)
        case "list":
            rest = [citation.quote for citation in claim.citations[1:]]
            parts = quoted_parts(edit.text)
            bare = re.sub(r"“[^”]*”", "", edit.text)
            fine = not was and not bare.strip(" ;.") and bool(parts) and all(any(stands_in(p, q) for q in rest) for p in parts)
        case _:
            return _uncut(edit, was, first, document)
    return "" if fine else f"no claim may change “{was}” to “{edit.text}” ({edit.reason})"


def _unquoted(claim: Claim) -> str:
    """Return why a claim that is called verbatim is no quotation: a speaker, a verb of saying, and exact words in marks, nothing else."""
    said = _SAID.match(claim.text)
    whole = said is not None and claim.text.endswith("”") and len(quotations(claim.text)) == 1
    return "" if whole and [edit.reason for edit in claim.edits[:1]] == ["speaker"] else "a verbatim claim that is no quotation"


def _uncut(edit: Edit, was: str, first: Citation, document: Document) -> str:
    """Return why a cut is not licensed, or "". Words are looked at as well as the parse: no negation, doubt, number or mark may go."""
    if edit.text:
        return f"no claim may put “{edit.text}” in the place of “{was}” ({edit.reason})"
    parse = document.parse(first.sentence)
    if not parse.tokens or parse.text != first.quote:
        return f"“{was}” is cut, and without a parse no cut is licensed"
    if edit.reason != DATELINE and (negations(was) or doubts(was) or numbers(was, vague=False) or quotations(was)):
        return f"“{was}” is cut, and carries what the sentence says"
    span = edit.start - first.start, edit.end - first.start
    allowed = {(cut.start, cut.end) for cut in (*cuts(parse), *main_clause(parse))}
    return "" if span in allowed else f"“{was}” is cut, and is no part that a claim may leave out"


def _stands(name: str, citations: Sequence[Citation], document: Document) -> bool:
    """Return whether a name stands, in this form, in a cited sentence, or else in the cited article."""
    texts = (*(citation.quote for citation in citations), document.article.text)
    return any(" ".join(name.split()) in " ".join(text.split()) for text in texts)


def _speaks(name: str, verb: str, first: Citation, document: Document) -> bool:
    """Return whether a quotation may be given to this speaker: who is speaking there, or for what it reports or thinks the outlet."""
    if verb != "said":
        return name == (document.article.source or (OPINION if verb == "writes" else OUTLET))
    speaking = voice(document, first.sentence) if first.sentence <= len(document.article.sentences) else None
    return speaking is not None and speaking.name == name
