"""The time under which a sentence stands: at its own head, over its entry in a live blog, or the date that its paragraph begins with."""

from __future__ import annotations

from functools import lru_cache

from briefing.language.dates import full_date
from briefing.language.document import Document
from briefing.language.quantities import quantities
from briefing.text.stamps import Stamp, stamp


def stamp_over(document: Document, number: int) -> tuple[int, int, str] | None:
    """Return the time under which a sentence stands, as what is put in its text's place `start` to `end`; None where it has none.

    It stands at the head of the sentence itself, or in a live blog over it: later entries bring later values.
    """
    where, found = _over(document)[number - 1]
    if found is None or not found.clock:
        return None
    return 0, found.end if where == number else 0, f"[{found.clock}] "


def untimed(document: Document, number: int) -> bool:
    """Return whether a sentence stands under a time that cannot be read ("2h ago"), and another entry counts what it counts."""
    where, found = _over(document)[number - 1]
    if found is None or found.clock:
        return False
    counted = {(q.unit, q.noun) for q in quantities(document.parse(number))}
    return any(counted & several for place, several in _counted(document).items() if place != where)


def dated(document: Document, number: int) -> str:
    """Return the day under which a sentence stands that is told of the past: its paragraph begins with a date and nothing else."""
    sentence = document.sentence(number)
    paragraph = [s.number for s in document.article.sentences if s.paragraph == sentence.paragraph and s.number < number]
    if not paragraph:
        return ""
    head = document.text(paragraph[0]).strip(" .:–—")
    day = full_date(head)
    return day if day != document.article.published else ""


@lru_cache(maxsize=8)
def _over(document: Document) -> list[tuple[int, Stamp | None]]:
    """Return for each sentence the nearest line with a time over it, and that time: 0 and None where there is none."""
    every, live = document.article.sentences, document.article.form == "live blog"
    found: list[tuple[int, Stamp | None]] = []
    for n, sentence in enumerate(every):
        first = n == 0 or every[n - 1].paragraph != sentence.paragraph
        own = stamp(document.text(sentence.number)) if first else None
        found.append((sentence.number, own) if own else found[-1] if live and found else (0, None))
    return found


@lru_cache(maxsize=8)
def _counted(document: Document) -> dict[int, set[tuple[str, str]]]:
    """Return what the entries of an article count, each by the line that has its time."""
    found: dict[int, set[tuple[str, str]]] = {}
    for n in document.body():
        found.setdefault(_over(document)[n - 1][0], set()).update((q.unit, q.noun) for q in quantities(document.parse(n)))
    return found
