"""Quotation marks: which parts of a text stand inside them, across sentences too."""

from typing import NamedTuple

from briefing.text.words import fold_text

_OPEN = {"“": "”", "„": "“", "«": "»"}
_STRAIGHT = '"'
_MARKS = frozenset(_OPEN) | {_STRAIGHT}


class Quotation(NamedTuple):
    """A span `text[start:end]` with its quotation marks; `closed` is False where the closing mark is missing."""

    start: int
    end: int
    closed: bool

    def inside(self, text: str) -> str:
        """Return the words between the marks."""
        return text[self.start + 1 : self.end - (1 if self.closed else 0)]


def quotations(text: str) -> list[Quotation]:
    """Return the outermost double quotations of `text`, in order. Single quotes are left to apostrophes and nested speech.

    A quotation never runs over a blank line: a mark that is not closed in its paragraph ends there, `closed` False.
    """
    if _MARKS.isdisjoint(text):
        return []
    found: list[Quotation] = []
    start, closing = -1, ""
    for i, char in enumerate(text):
        if start < 0:
            if char in _OPEN:
                start, closing = i, _OPEN[char]
            elif char == _STRAIGHT and _opens(text, i):
                start, closing = i, _STRAIGHT
        elif char == closing or (char == _STRAIGHT and closing == "”"):
            found.append(Quotation(start, i + 1, closed=True))
            start = -1
        elif char == "\n":
            found.append(Quotation(start, i, closed=False))
            start = -1
    if start >= 0:
        found.append(Quotation(start, len(text), closed=False))
    return found


def _opens(text: str, i: int) -> bool:
    return i + 1 < len(text) and not text[i + 1].isspace() and (i == 0 or not text[i - 1].isalnum())


def quoted_parts(text: str) -> list[str]:
    """Return what stands inside double quotation marks in `text`, without the marks."""
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
