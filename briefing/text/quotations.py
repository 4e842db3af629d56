"""Quotation marks: which parts of a text stand inside them, across sentences too, in any marks.

Double marks (“…”, "…", «…», „…“) count even where the closing one is missing; single ones (‘…’, '…') only in pairs, since an apostrophe, a
possessive and a closing mark are one character. What stands inside a quotation belongs to it, other marks too.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.text.words import fold_text

_CLOSING = {"“": '”"', "„": '“”"', "«": "»", "»": "«", '"': '"”', "‘": "’", "'": "'", "‚": "‘’"}
_SINGLE = frozenset("‘'‚")
_MARK = re.compile(r"[“„«»\"‘'‚”’]|\n")
_CLIPPED = re.compile(r"(?:\d\ds?\b|(?:em|til|tis|twas|cause|n)\b)", re.IGNORECASE)  # what an apostrophe may begin
_TRIES = 8  # possessives before the mark that closes a single quotation: more of them are no quotation, and time stays linear
_LONGEST = 3000  # characters of a single quotation: more than any paragraph has, and time stays linear
_WRAPPED = re.compile(r"[^\s.!?:;…”\"»’]$")  # a line that ends so goes on in the next


class Quotation(NamedTuple):
    """A span `text[start:end]` with its quotation marks; `closed` is False where the closing mark is missing."""

    start: int
    end: int
    closed: bool

    def inside(self, text: str) -> str:
        """Return the words between the marks."""
        return text[self.start + 1 : self.end - (1 if self.closed else 0)]


def quotations(text: str) -> list[Quotation]:
    """Return the outermost quotations of `text`, in order.

    A quotation never runs over the end of its paragraph: a double mark that is not closed there ends there, `closed` False. The paragraph
    after it may open with a mark again and go on with the same speech (see `speeches`).
    """
    marks = [m.start() for m in _MARK.finditer(text)]
    if not marks:
        return []
    singles = {mark: [i for i in marks if text[i] in _CLOSING[mark] and _ends(text, i)] for mark in _SINGLE if mark in text}
    breaks = [i for i in marks if text[i] == "\n" and not _wrap(text, i)]
    found: list[Quotation] = []
    start, over = -1, 0
    for i in marks:
        char = text[i]
        if i < over:
            continue
        if start < 0:
            if char in _SINGLE and _opens(text, i):
                if (end := _single(text, i, singles[char], breaks)) > 0:
                    found.append(Quotation(i, end + 1, closed=True))
                    over = end + 1
            elif char in "“„«" or (char in '»"' and _opens(text, i)):
                start = i
        elif char in _CLOSING[text[start]]:
            found.append(Quotation(start, i + 1, closed=True))
            start = -1
        elif char == "\n" and not _wrap(text, i):
            found.append(Quotation(start, i, closed=False))
            start = -1
    if start >= 0:
        found.append(Quotation(start, len(text), closed=False))
    return found


def speeches(text: str, found: Sequence[Quotation]) -> Iterator[list[Quotation]]:
    """Yield the quotations of `text` in groups that one speaker says.

    A paragraph that leaves its quotation open runs on in the next one, if that opens with a quotation mark.
    """
    group: list[Quotation] = []
    for q in found:
        if group and (group[-1].closed or text[group[-1].end : q.start].strip()):
            yield group
            group = []
        group.append(q)
    if group:
        yield group


def _opens(text: str, i: int) -> bool:
    """Return whether the mark at `i` can open a quotation: a word follows, none stands before it, and it is no apostrophe."""
    after = i + 1 < len(text) and not text[i + 1].isspace()
    before = i == 0 or not (text[i - 1].isalnum() or text[i - 1] in "’'")
    return after and before and not (text[i] in _SINGLE and _CLIPPED.match(text, i + 1))


def _ends(text: str, i: int) -> bool:
    """Return whether the mark at `i` can close a single quotation: it stands after a word or stop, and no word goes on."""
    return i > 0 and not text[i - 1].isspace() and not (i + 1 < len(text) and text[i + 1].isalnum())


def _single(text: str, start: int, ends: Sequence[int], breaks: Sequence[int]) -> int:
    """Return where the single quotation that opens at `start` closes in its paragraph, -1 where it does not.

    After a plural ("the leaders’ call") the mark may be a possessive: one behind it that is none is then the closing one.
    """
    n, m = bisect_left(ends, start + 2), bisect_left(breaks, start)
    limit = min(breaks[m] if m < len(breaks) else len(text), start + _LONGEST)
    best = -1
    for end in ends[n : n + _TRIES]:
        if end > limit or (best > 0 and _opener_between(text, best, end)):
            break
        if not (text[end - 1] in "sS" and text[end + 1 : end + 2] == " " and text[end + 2 : end + 3].islower()):
            best = end
            break
        best = best if best > 0 else end
    return -1 if best > 0 and text.count("“", start, best) != text.count("”", start, best) else best


def _opener_between(text: str, start: int, end: int) -> bool:
    return any(text[i] in "‘“„«'" and _opens(text, i) for i in range(start + 1, min(end, start + 400)))


def _wrap(text: str, i: int) -> bool:
    """Return whether the line break at `i` only wraps a line: the line ends within a sentence, and the next is not empty."""
    return bool(_WRAPPED.match(text[i - 1 : i])) and text[i + 1 : i + 2].strip() != ""


def quoted_parts(text: str) -> list[str]:
    """Return what stands inside quotation marks in `text`, without the marks."""
    return [part for q in quotations(text) if (part := q.inside(text).strip())]


def stands_in(part: str, text: str) -> bool:
    """Return whether `part` stands literally in `text`, but for typographic marks, white space and a final comma or stop."""
    wanted = fold_text(part).rstrip(".,;: ")
    return bool(wanted) and wanted in fold_text(text)


def without_quotations(text: str, *, closed_only: bool = False) -> str:
    """Return `text` with every quotation replaced by spaces of the same length, so that offsets stay.

    With `closed_only` a mark without its partner (the sentence is part of a longer quotation) hides nothing.
    """
    found = quotations(text)
    if not found:
        return text
    parts = list(text)
    for q in found:
        if q.closed or not closed_only:
            parts[q.start : q.end] = " " * (q.end - q.start)
    return "".join(parts)


def run_on(text: str, found: Sequence[Quotation], start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the marks that `text[start:end]` needs by itself where one of its quotations runs over an end of it, each with its place."""
    for q in found:
        opening = text[q.start]
        if start <= q.start < end < q.end:
            yield end, _CLOSING[opening][0] if opening in "“„«‘" else opening
        elif q.start < start < q.end <= end:
            yield start, opening
