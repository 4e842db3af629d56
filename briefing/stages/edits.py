"""What a claim makes of its sentence, as edits of it: their reasons, their order, and that they do not overlap.

Nothing is decided here. A `Rewrite` is how a sentence is told before the model chose what to cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing.language.document import Document
from briefing.types import Edit, Kind, Sentence

CAPITAL, MEANT, DATE, TIME, SPEAKER, MARK, LIST, LOADED, MARKUP, COLOUR = (
    *("capital", "whom it means", "date", "time", "speaker", "quotation mark", "list", "loaded wording", "mark-up", "colour"),
)
"""Reasons of edits; the other ones are those of `cuts`."""

EMPHASIS = re.compile(
    r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|[\u200b\u2060\ufeff\u00ad]"
    r"|(?<=\w) [\[(](?i:pdf|video|audio|link|map|photos?)[\])](?=[\s,.;:])"
)
"""What is no part of a sentence: marks of emphasis in Markdown, characters that show nothing, what a page says of a link (" [pdf]")."""


class Rewrite(NamedTuple):
    """A claim before the model chose what to cut.

    `sentences` are the numbers it rests on, its own first. `needed` edits are always made, of the `optional` cuts some, or none.
    `speaker` is who says it, "" where the article does. `day` is the ISO date of what it tells, "" where none is given.
    """

    number: int
    sentences: tuple[int, ...]
    needed: tuple[Edit, ...]
    optional: tuple[Edit, ...]
    speaker: str
    kind: Kind
    verbatim: bool
    day: str


def edit_at(sentence: Sentence, start: int, end: int, text: str, reason: str) -> Edit:
    """Return the edit of characters `start` to `end` of a sentence."""
    return Edit(start=sentence.start + start, end=sentence.start + end, text=text, reason=reason)


def bracketed(pronoun: str, name: str) -> str:
    """Return a name in the brackets of an insertion, with the ending of a possessive pronoun."""
    return f"[{for_pronoun(pronoun, name)}]"


def for_pronoun(pronoun: str, name: str) -> str:
    """Return a name as it stands in the place of a pronoun: with the ending of a possessive one."""
    possessive = pronoun.casefold() in {"his", "her", "their", "its", "hers", "theirs"}
    return f"{name}’s" if possessive and not name.endswith("s") else f"{name}’" if possessive else name


def capitalised(document: Document, number: int, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits with a capital for the first letter where a cut made another word the first."""
    sentence = document.sentence(number)
    at = sentence.start
    for edit in in_place(edits):
        if edit.start == at and not edit.text:
            at = edit.end
    first = document.article.text[at : at + 1]
    if at == sentence.start or not first.islower() or any(edit.start <= at < edit.end for edit in edits):
        return tuple(edits)
    return (*edits, Edit(start=at, end=at + 1, text=first.upper(), reason=CAPITAL))


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Return edits that do not overlap: of two that do, the larger one; what is the same twice, once."""
    found: list[Edit] = []
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: (edit.start - edit.end, edit.start)):
        if not any(meet(edit, other) for other in found):
            found.append(edit)
    return list(in_place(found))


def in_place(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits in the order of their places."""
    return tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))


def meet(one: Edit, other: Edit) -> bool:
    """Return whether two edits touch the same characters; what is put in inside a cut would be lost with it."""
    return one.start < other.end and other.start < one.end
