"""A sentence as a quotation to the letter: of who speaks it, of the author of a column, or of the outlet that reports it."""

from __future__ import annotations

import re

from briefing.language.document import Document
from briefing.language.fragments import fragment
from briefing.language.pronouns import open_references
from briefing.language.reference import resolve
from briefing.language.speakers import voice
from briefing.stages.edits import MARK, SPEAKER, Rewrite
from briefing.text.quotations import quotations
from briefing.types import Edit, Kind

OUTLET = "One article"
"""What an outlet is called that does not say its name."""

LABEL = re.compile(r"\W{0,3}(?:(?:RT )?@?[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}(?: \([^()]{1,40}\))?\s?:|(?:Q|A|[Aa]nswer|ANSWER)\.)\W{0,3}\s")
"""The label at the head of what somebody says in an interview or a post: "Mayor Lind: ", "RT @ministry: "."""


def spoken(document: Document, number: int, name: str, where: int) -> Rewrite | str:
    """Return a sentence that lies in somebody's speech as a quotation with its speaker, whom sentence `where` names: "NAME said: “…”"."""
    return _quoted(document, number, name, "statement", *([where] if where != number else []))


def quoted(document: Document, number: int) -> Rewrite | str:
    """Return a sentence as what its outlet reports, to the letter: where it cannot be told, or is in another language."""
    article = document.article
    if article.form == "opinion":
        return _quoted(document, number, opinion_of(article.source), "opinion")
    return _quoted(document, number, article.source or OUTLET, "fact")


def opinion(document: Document, number: int) -> Rewrite | str:
    """Return a sentence of a column as its author's own words."""
    if voice(document, number) is not None or quotations(document.text(number)):
        return "quoted in an opinion article"
    article = document.article
    if reason := fragment(document.parse(number)):
        return reason
    if resolve(document, number) != []:
        return "whom or what it means is not clear without the sentences before it"
    return _quoted(document, number, opinion_of(article.source), "opinion")


def _quoted(document: Document, number: int, speaker: str, kind: Kind, *rests_on: int) -> Rewrite | str:
    """Return a sentence as a quotation of who says it, to the letter."""
    sentence = document.sentence(number)
    text = document.text(number)
    label = LABEL.match(text) if sentence.speaker or document.article.form in {"interview", "transcript"} else None
    inner = text[label.end() if label else 0 :].strip('“”"«»„* ')
    if not inner or quotations(inner) or any(mark in inner for mark in '“”"«»„'):
        return "it mixes quotation and report, and cannot be quoted whole"
    if inner.rstrip("’'").endswith("?"):
        return "question"
    if open_references(document.parse(number)):
        return "whom or what it means is not clear without the sentences before it"
    start = sentence.start + text.index(inner)
    end = start + len(inner)
    verb = "said" if kind == "statement" else "writes" if kind == "opinion" else "reports"
    edits = (
        Edit(start=sentence.start, end=start, text=f"{speaker} {verb}: “", reason=SPEAKER),
        Edit(start=end, end=sentence.end, text="”", reason=MARK),
    )
    said = speaker if kind == "statement" else ""
    return Rewrite(number, (number, *rests_on), edits, (), said, kind, verbatim=True, day="")


def opinion_of(source: str) -> str:
    """Return what a column is called whose author is not known: the paper does not say what it says."""
    return f"An opinion article in {source}" if source else "An opinion article"
