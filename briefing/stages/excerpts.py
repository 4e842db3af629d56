"""How an answer shows a sentence of which no claim can be made: as an excerpt of its article, to the letter, with what it leans on.

Document, sentence ─ the sentences before it that say whom it means ─► one quotation of the outlet, or of who speaks, the marks in it single

A brief leaves such a sentence out, for it must read by itself; who asks wants to see it. Nothing is put in for a pronoun, and nothing is
left out. What is no report, a question, or leans on more than `_REACH` sentences is no excerpt. A row of a table reads by its header.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.language.document import Document
from briefing.language.pronouns import open_references
from briefing.language.speakers import Voice, voice
from briefing.language.unproven import unproven
from briefing.stages.edits import MARK, SPEAKER, Rewrite
from briefing.stages.eligible import ELSEWHEN
from briefing.stages.verbatim import whose
from briefing.text.foreign import foreign
from briefing.text.labels import UNNAMED
from briefing.text.questions import asks
from briefing.text.rows import labelled, passage, resting
from briefing.types import Edit, Role

BEFORE = "the sentences before"
"""Reason of the edit that puts before a sentence what it leans on."""

_REACH = 2
_OPENING, _CLOSING = "“„«", "”»"
_LONGEST = 90  # words of an excerpt


def excerpt(document: Document, number: int) -> Rewrite | None:
    """Return a sentence as an excerpt, None where it is none. It rests on itself, those before it, and where its speaker stands."""
    sentence, article = document.sentence(number), document.article
    spoken = speech(document, number)
    if sentence.role is Role.ROW:
        return _row(document, number) if spoken is None else None
    if sentence.speaker or sentence.note or article.form in {"satire", "list"} or not _shown(document, number):
        return None
    if (spoken is not None and spoken.name in {"", UNNAMED}) or (spoken is None and _left_open(document.text(number)) < 0):
        return None
    first = number
    while _leans(document, first):
        before = first - 1
        if number - before > _REACH or not before or not _goes_on(document, before, first):
            return None
        first = before
    told = [*range(first, number)]
    if sentence.under and sentence.under < first:
        told.insert(0, sentence.under)  # what stands in a list, under its lead-in
    if sum(len(document.text(n).split()) for n in (*told, number)) > _LONGEST:
        return None
    voiced = whose(document, spoken.name if spoken else "")
    text = document.text(number)
    head, tail = _ends(text) if spoken else (0, 0)
    inner = sentence.start + head, sentence.end - tail
    edits = [Edit(start=sentence.start, end=inner[0], text=voiced.frame, reason=SPEAKER)]
    if told:
        edits.append(Edit(start=inner[0], end=inner[0], text=leaned_on(document, told, spoken=spoken is not None), reason=BEFORE))
    marks = [(sentence.start + n, mark) for n, mark in _marks(text) if head <= n < len(text) - tail]
    edits += [Edit(start=n, end=n + 1, text=mark, reason=MARK) for n, mark in marks]
    closing = "’”" if spoken is None and _left_open(text) else "”"
    edits.append(Edit(start=inner[1], end=sentence.end, text=closing, reason=MARK))
    where = [spoken.sentence] if spoken and spoken.sentence not in {*told, number} else []
    return Rewrite(number, (number, *told, *where), tuple(edits), (), spoken.name if spoken else "", voiced.kind, verbatim=True, day="")


def _row(document: Document, number: int) -> Rewrite | None:
    """Return a row of a table with each cell of its header before its own, behind the table's caption; it rests on both."""
    article, told = document.article, passage(document.article, number)
    edits = labelled(article, number)
    marks = any(mark in told for mark in f'{_OPENING}{_CLOSING}"')
    if not edits or marks or article.form in {"satire", "list"} or foreign(told) or len(told.split()) > _LONGEST:
        return None
    sentence = document.sentence(number)
    voiced = whose(document, "")
    said = Edit(start=sentence.start, end=sentence.start, text=voiced.frame, reason=SPEAKER)
    closing = Edit(start=sentence.end, end=sentence.end, text="”", reason=MARK)
    return Rewrite(number, resting(article, number), (said, *edits, closing), (), "", voiced.kind, verbatim=True, day="")


def speech(document: Document, number: int) -> Voice | None:
    """Return who speaks a sentence, None where its article does, or it names its speaker itself and stands under no label."""
    found = voice(document, number)
    itself = found is not None and bool(found.name) and found.sentence == number and not document.sentence(number).speaker
    return None if itself else found


def leaned_on(document: Document, numbers: Sequence[int], *, spoken: bool) -> str:
    """Return sentences as they stand before another one in an excerpt; of what is `spoken` the marks around it all are the excerpt's."""
    return "".join(f"{_nested(' '.join(document.text(n).split()), spoken=spoken)} " for n in numbers)


def _nested(text: str, *, spoken: bool) -> str:
    """Return a text as it stands inside a quotation: its double quotation marks single, one that is left open closed."""
    head, tail = _ends(text) if spoken else (0, 0)
    marks = dict(_marks(text))
    inner = "".join(marks.get(n, char) for n, char in enumerate(text) if head <= n < len(text) - tail)
    return inner + "’" * (not spoken and _left_open(text) > 0)


def _marks(text: str) -> list[tuple[int, str]]:
    """Return the place of each double mark of a text with the single one that stands for it."""
    found = []
    for n, char in enumerate(text):
        if char in _OPENING or (char == '"' and (n == 0 or not text[n - 1].strip() or text[n - 1] in "([—–")):
            found.append((n, "‘"))
        elif char in _CLOSING or char == '"':
            found.append((n, "’"))
    return found


def _left_open(text: str) -> int:
    """Return how many double marks a text opens more than it closes."""
    return sum(1 if mark == "‘" else -1 for _, mark in _marks(text))


def _ends(text: str) -> tuple[int, int]:
    """Return how many characters at its head and at its end are marks of a speech that goes on before the text or after it."""
    return int(_left_open(text) > 0 and text[0] in _OPENING + '"'), int(_left_open(text) < 0 and text[-1] in _CLOSING + '"')


def _shown(document: Document, number: int) -> bool:
    """Return whether a sentence is prose of the article that may be shown: no question, no furniture, no order to a reader."""
    sentence, text = document.sentence(number), document.text(number)
    if sentence.role is not Role.BODY or sentence.note not in {"", "lead-in"} or foreign(text):
        return False
    return not asks(text)


def _leans(document: Document, number: int) -> bool:
    """Return whether only the sentence before tells whom or what a sentence means, when it was, or that it is alleged."""
    parse = document.parse(number)
    return bool(open_references(parse)) or bool(ELSEWHEN.match(parse.text)) or unproven(document, number) > 0


def _goes_on(document: Document, before: int, number: int) -> bool:
    """Return whether a sentence goes on from the one before it: the same paragraph or the next, and the same one speaks."""
    one, other = document.sentence(before), document.sentence(number)
    speaking, spoken = speech(document, before), speech(document, number)
    same = (speaking.name if speaking else None) == (spoken.name if spoken else None)
    listed = one.under == other.under or before == other.under
    return _shown(document, before) and other.paragraph - one.paragraph <= 1 and same and listed and not one.speaker
