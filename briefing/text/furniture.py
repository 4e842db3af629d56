"""What each sentence is in its article: body, title, page furniture or a repetition, with the reason.

Judged by structure and by generic wording (`wording`), never by knowing an outlet. In doubt a sentence stays body:
the later stages drop what does not matter, and nothing brings back what is lost here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.text.markup import Markup
from briefing.text.repeats import find as repeated
from briefing.text.sentences import Span
from briefing.text.wording import furniture
from briefing.types import Role, Sentence

_ENDED = re.compile(r"[.!?…;。！？｡।॥۔؟።][\"'´’”»›)\]}」』）】》〉*_]*$")
_COLON = re.compile(r"[:：][\"'”’*_]*$")
_SAYS = re.compile(
    r"\b(?:said|says|say|wrote|writes|told|added|asked|stated|posted|reads?|tweeted|noted|explained|declared|follow\w*)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_SMALL = frozenset({
    "a", "an", "the", "of", "and", "or", "to", "in", "on", "at", "by", "for", "with", "from", "as", "is", "are",
    "be", "vs", "via", "but", "nor", "not", "it", "its",
})  # fmt: skip
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]")
_BULLET = re.compile(r"(?:[-*+•‣◦▪–—]|\d{1,3}[.)])\s")
_BEFORE = re.compile(r"(?:[-*+•‣◦▪–—>]|\d[.)])[ \t]*\Z")
_OPENERS = frozenset(
    {
        "legal notice",
        "copyright",
        "share prompt",
        "sign-up prompt",
        "related link",
        "cookie or privacy notice",
        "support appeal",
    }
    | {"editorial note", "advertisement", "navigation", "code line"}
)
_TAIL_WORDS = 15


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with what can be said of it on its own."""

    text: str
    alone: bool  # a paragraph of its own
    words: int
    ended: bool  # with terminal punctuation
    item: bool  # of a list, or quoted with ">"
    note: str  # what its wording says it is

    @property
    def colon(self) -> bool:
        return bool(_COLON.search(self.text))

    @property
    def short(self) -> bool:
        return self.words <= 8 and len(self.text) <= 80

    @property
    def prose(self) -> bool:
        return not self.note and self.ended and (self.words >= 3 or not self.alone)


def label(text: str, spans: Sequence[Span], markup: Markup) -> tuple[Sentence, ...]:
    """Return the spans as numbered sentences with their roles; `note` names the reason of every role but BODY.

    One exception: a BODY sentence that only announces what follows ("The ministry listed three demands:") has the note
    "lead-in".
    """
    lines = _lines(text, spans)
    roles = [(Role.FURNITURE, line.note) if line.note else (Role.BODY, "") for line in lines]
    _mark(spans, markup, roles)
    _head(lines, roles)
    _labels(lines, roles)
    _tail(lines, roles)
    for index, earlier in repeated([line.text for line in lines], [span.paragraph for span in spans], [role for role, _ in roles]):
        roles[index] = (Role.REPEAT, f"repeats sentence {earlier + 1}")
    for index, line in enumerate(lines):
        if roles[index] == (Role.BODY, "") and line.alone and line.colon:
            roles[index] = (Role.BODY, "lead-in")
    return tuple(
        Sentence(number=n, start=span.start, end=span.end, paragraph=span.paragraph, role=role, note=note)
        for n, (span, (role, note)) in enumerate(zip(spans, roles, strict=True), start=1)
    )


def _lines(text: str, spans: Sequence[Span]) -> list[_Line]:
    """Return what can be said of each sentence on its own."""
    found: list[_Line] = []
    for index, span in enumerate(spans):
        sentence = " ".join(text[span.start : span.end].split())
        before = index > 0 and spans[index - 1].paragraph == span.paragraph
        after = index + 1 < len(spans) and spans[index + 1].paragraph == span.paragraph
        alone = not before and not after
        note = furniture(sentence, alone) if any(map(str.isalnum, sentence)) else "no words"
        item = bool(_BULLET.match(sentence) or _BEFORE.search(text, max(0, span.start - 8), span.start))
        found.append(_Line(sentence, alone, _count(sentence), bool(_ENDED.search(sentence)), item, note))
    return found


def _count(sentence: str) -> int:
    """Count words; in scripts that put no spaces between them, two characters are one."""
    return sum(max(1, len(word) // 2) if _UNSPACED.match(word) else 1 for word in _WORD.findall(sentence[:1000]))


def _mark(spans: Sequence[Span], markup: Markup, roles: list[tuple[Role, str]]) -> None:
    """Apply what the Markdown says: code, images and tables are furniture, headings are headings."""
    ranges = [
        *markup.noise,
        *((a, b, "heading") for a, b in markup.headings),
        *((a, b, "title") for a, b in markup.titles),
    ]
    ranges.sort()
    at = 0
    titled = False
    for index, span in enumerate(spans):
        while at < len(ranges) and ranges[at][1] <= span.start:
            at += 1
        if at < len(ranges) and ranges[at][0] <= span.start and span.end <= ranges[at][1]:
            name = ranges[at][2]
            if name == "title" and not titled:
                titled = True
                roles[index] = (Role.TITLE, "headline")
            elif name == "title":
                roles[index] = (Role.TITLE, "headline") if spans[index - 1].paragraph == span.paragraph else (Role.FURNITURE, "heading")
            else:
                roles[index] = (Role.FURNITURE, name)


def _head(lines: Sequence[_Line], roles: list[tuple[Role, str]]) -> None:
    """Find the title among the lines above the first prose; what stands before it is the page's."""
    body = (n for n, line in enumerate(lines) if line.prose and roles[n][0] is Role.BODY and not _asks(lines, n))
    first = next(body, len(lines))
    lead = [n for n in range(first) if roles[n][0] is Role.BODY and lines[n].alone and not lines[n].colon]
    title = next((n for n in range(first) if roles[n][0] is Role.TITLE), -1)
    if title < 0:
        title = _headline(lines, [n for n in lead if not lines[n].item and (not lines[n].ended or _asks(lines, n))], first)
        if title >= 0:
            roles[title] = (Role.TITLE, "headline")
    for n in range(title):
        if roles[n][0] is Role.BODY and (n in lead or lines[n].short):
            roles[n] = (Role.FURNITURE, "page header")


def _headline(lines: Sequence[_Line], lead: Sequence[int], first: int) -> int:
    """Return which line is the headline, -1 if none: the first of headline length that shares a word with the prose."""
    known = {word.lower() for line in lines[first : first + 60] for word in _WORD.findall(line.text)}
    long = [n for n in lead if 4 <= lines[n].words <= 40]
    sharing = [n for n in long if any(_weighs(word) and word.lower() in known for word in _WORD.findall(lines[n].text))]
    short = [n for n in lead if 2 <= lines[n].words <= 40]
    return next(iter((sharing or long or short) if known else short), -1)


def _asks(lines: Sequence[_Line], n: int) -> bool:
    """Say whether the first line is a headline that happens to ask or shout."""
    line = lines[n]
    return n == 0 and line.alone and line.text.endswith(("?", "!")) and 4 <= line.words <= 16 and len(lines) > 1


def _weighs(word: str) -> bool:
    return word.lower() not in _SMALL and (len(word) > 3 or word[0].isupper())


def _labels(lines: Sequence[_Line], roles: list[tuple[Role, str]]) -> None:
    """Call short lines that are no sentences labels: section headings, names, links, lines in capitals."""
    prose = sum(line.prose for line in lines)
    letters = "".join(line.text for line in lines if line.ended)[:4000]
    shouting = sum(map(str.isupper, letters)) > 0.5 * sum(map(str.isalpha, letters))
    for n, line in enumerate(lines):
        if roles[n][0] is not Role.BODY or not line.alone or line.item:
            continue
        capitals = line.text.upper() == line.text != line.text.lower()
        if capitals and not shouting and line.words <= 8:
            roles[n] = (Role.FURNITURE, "line in capitals")
        elif line.colon and line.words <= 4 and not _SAYS.search(line.text):
            roles[n] = (Role.FURNITURE, "heading")
        elif not line.ended and not line.colon and (line.short if prose else line.words < 4):
            roles[n] = (Role.FURNITURE, "heading or label")


def _tail(lines: Sequence[_Line], roles: list[tuple[Role, str]]) -> None:
    """Give the remnants between and after the notices that close a page to the page."""
    last = max((n for n, (role, _) in enumerate(roles) if role is Role.BODY and not _remnant(lines[n], n, roles)), default=-1)
    opened = False
    for n in range(last + 1, len(lines)):
        role, note = roles[n]
        opened = opened or (role is Role.FURNITURE and note in _OPENERS)
        if opened and role is Role.BODY:
            roles[n] = (Role.FURNITURE, "page footer")


def _remnant(line: _Line, n: int, roles: Sequence[tuple[Role, str]]) -> bool:
    """Say whether a line could be a piece of the page's end: no sentence, or a very short one among furniture."""
    if not line.ended:
        return line.words <= _TAIL_WORDS
    return line.words <= 2 or (line.words <= 5 and n + 1 < len(roles) and roles[n + 1][0] is Role.FURNITURE)
