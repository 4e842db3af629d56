"""A lead-in with the items of its list, each quoted to the letter: "The union listed three demands: “…”; “…”."."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.language.attribution import attributions
from briefing.language.document import Document
from briefing.language.reference import resolve
from briefing.stages.edits import LIST, Rewrite
from briefing.stages.eligible import LONGEST
from briefing.text.foreign import foreign
from briefing.text.quotations import quotations
from briefing.types import Edit, Kind, Role


def items_of(document: Document, number: int) -> list[int]:
    """Return the sentences that rest on this one as the items of its list."""
    if document.sentence(number).note != "lead-in":
        return []
    return [s.number for s in document.article.sentences[number:] if s.under == number and s.role is Role.BODY]


def listed(document: Document, number: int, items: Sequence[int]) -> Rewrite | str:
    """Return a lead-in with all its items, each quoted to the letter: "The union listed three demands: “…”; “…”"."""
    sentence, parse = document.sentence(number), document.parse(number)
    if resolve(document, number) != []:
        return "lead-in"
    told = [item(document, number) for number in items]
    if not all(told) or sum(len(text.split()) for text in told) + len(parse.text.split()) > 2 * LONGEST:
        return "lead-in of a list that cannot be quoted whole"
    edit = Edit(start=sentence.end, end=sentence.end, text=behind(told), reason=LIST)
    speaker = next((a.speaker for a in attributions(parse)), "")
    kind: Kind = "statement" if speaker else "fact"
    return Rewrite(number, (number, *items), (edit,), (), speaker, kind, verbatim=False, day="")


def behind(items: Iterable[str]) -> str:
    """Return what stands behind a lead-in with these items."""
    return " " + "; ".join(f"“{text}”" for text in items) + "."


def item(document: Document, number: int) -> str:
    """Return an item as it is quoted: without its bullet and its end mark, or "" where it cannot be."""
    text = " ".join(document.text(number).split()).lstrip("-–—*•‣◦▪ ").rstrip(".;, ")
    return "" if quotations(text) or any(mark in text for mark in '“”"') or text.endswith("?") or foreign(text) else text
