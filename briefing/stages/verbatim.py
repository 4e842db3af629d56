"""A sentence as a quotation to the letter: of who speaks it, of the author of a column, or of the outlet that reports it."""

from __future__ import annotations

import re
from typing import NamedTuple

from briefing.language.document import Document
from briefing.language.fragments import fragment
from briefing.language.pronouns import open_references
from briefing.language.reference import resolve
from briefing.language.speakers import voice
from briefing.stages.edits import MARK, SPEAKER, Rewrite
from briefing.text.quotations import quotations
from briefing.types import Edit, Kind

_OUTLET = "One article"  # what an outlet is called that does not say its name

LABEL = re.compile(r"\W{0,3}(?:(?:RT )?@?[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}(?: \([^()]{1,40}\))?\s?:|(?:Q|A|[Aa]nswer|ANSWER)\.)\W{0,3}\s")
"""The label at the head of what somebody says in an interview or a post: "Mayor Lind: ", "RT @ministry: "."""


class Voiced(NamedTuple):
    """Whose words a quotation is, the verb of it, and the kind of claim that it makes."""

    name: str
    verb: str
    kind: Kind

    @property
    def frame(self) -> str:
        """Return what stands before the words: "NAME said: “"."""
        return f"{self.name} {self.verb}: “"


def whose(document: Document, speaker: str) -> Voiced:
    """Return whose words a sentence is that is quoted: a speaker's, or with "" its outlet's; the paper does not say what a column says."""
    article = document.article
    if speaker:
        return Voiced(speaker, "said", "statement")
    if article.form == "opinion":
        return Voiced(f"An opinion article in {article.source}" if article.source else "An opinion article", "writes", "opinion")
    return Voiced(article.source or _OUTLET, "reports", "fact")


def spoken(document: Document, number: int, name: str, where: int) -> Rewrite | str:
    """Return a sentence that lies in somebody's speech as a quotation with its speaker, whom sentence `where` names: "NAME said: “…”"."""
    return _quoted(document, number, name, *([where] if where != number else []))


def quoted(document: Document, number: int) -> Rewrite | str:
    """Return a sentence as what its outlet reports, to the letter: where it cannot be told, or is in another language."""
    return _quoted(document, number, "")


def opinion(document: Document, number: int) -> Rewrite | str:
    """Return a sentence of a column as its author's own words."""
    if voice(document, number) is not None or quotations(document.text(number)):
        return "quoted in an opinion article"
    if reason := fragment(document.parse(number)):
        return reason
    if resolve(document, number) != []:
        return "whom or what it means is not clear without the sentences before it"
    return _quoted(document, number, "")


def _quoted(document: Document, number: int, speaker: str, *rests_on: int) -> Rewrite | str:
    """Return a sentence as a quotation of who says it, to the letter."""
    sentence = document.sentence(number)
    text = document.text(number)
    label = LABEL.match(text) if sentence.speaker or document.article.form in {"interview", "transcript"} else None
    inner = text[label.end() if label else 0 :].strip('“”"«»„* ')
    if not inner or quotations(inner) or any(mark in inner for mark in '“”"«»„'):
        return "it mixes quotation and report, and cannot be quoted whole"
    if inner.rstrip("’'").endswith("?"):
        return "question"
    if open_references(document.read(inner) if label else document.parse(number)):  # a label is nobody's "they"
        return "whom or what it means is not clear without the sentences before it"
    start = sentence.start + text.index(inner)
    end = start + len(inner)
    voiced = whose(document, speaker)
    edits = (
        Edit(start=sentence.start, end=start, text=voiced.frame, reason=SPEAKER),
        Edit(start=end, end=sentence.end, text="”", reason=MARK),
    )
    return Rewrite(number, (number, *rests_on), edits, (), speaker, voiced.kind, verbatim=True, day="")
