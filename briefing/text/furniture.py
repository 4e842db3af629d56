"""What each sentence is in its article: body, title, page furniture or a repetition, with the reason.

Judged by structure and by generic wording (`wording`), never by knowing an outlet. In doubt a sentence stays body:
the later stages drop what does not matter, and nothing brings back what is lost here. Which body sentences are no claims is said in
`notes`.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from briefing.text.attribution import VERBS
from briefing.text.captions import biography, caption, credit, post
from briefing.text.lines import WORD, Line
from briefing.text.markup import Markup
from briefing.text.repeats import find as repeated
from briefing.text.repeats import same, told_again
from briefing.text.sentences import Span
from briefing.types import Role

Label = tuple[Role, str]
"""The role of a sentence, and why it has it ("" for BODY)."""

_BODY: Label = (Role.BODY, "")
_SAYS = re.compile(
    r"\b(?:said|says|say|wrote|writes|told|added|asked|stated|posted|reads?|tweeted|noted|explained|declared|follow\w*|includ\w+"
    r"|are|is|were|was|list\w*|demand\w*|want\w*)\b",
    re.IGNORECASE,
)
_SMALL = frozenset({
    "a", "an", "the", "of", "and", "or", "to", "in", "on", "at", "by", "for", "with", "from", "as", "is", "are",
    "be", "vs", "via", "but", "nor", "not", "it", "its",
})  # fmt: skip
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
    | {"editorial note", "advertisement", "navigation", "code line", "biography"}
)
_WHOLE = frozenset({"editorial note", "correction", "biography", "caption", "sign-up prompt", "related link", "live-blog aside"})
_PIECES = 4  # sentences of a paragraph of which the first says what all of it is
_CAPTION = 3  # sentences of a caption with its credit
_TAIL_WORDS = 15
_HEADING_WORDS = 25  # a longer line without an end is a sentence that lost its full stop
_AFTERWARDS = 6  # sentences of prose that may stand between a biography and the end; more are the article


def label(lines: Sequence[Line], spans: Sequence[Span], markup: Markup) -> list[Label]:
    """Return the role of each line and the reason of every role but BODY; notices of a correction are BODY with the note "correction"."""
    roles = [(Role.FURNITURE, line.note) if line.note else _BODY for line in lines]
    _mark(spans, markup, roles)
    _paragraphs(lines, roles)
    _biographies(lines, roles)
    first = _head(lines, markup, roles)
    _title_again(lines, roles)
    _labels(lines, first, roles)
    _tail(lines, roles)
    for index, earlier in repeated([line.text for line in lines], [line.paragraph for line in lines], [role for role, _ in roles]):
        roles[index] = (Role.REPEAT, f"repeats sentence {earlier + 1}")
    for n in range(1, len(lines)):
        if roles[n] == roles[n - 1] == _BODY and told_again(lines[n - 1].text, lines[n].text):
            roles[n] = (Role.REPEAT, f"repeats sentence {n}")
    return [(Role.BODY, note) if note == "correction" else (role, note) for role, note in roles]


def _mark(spans: Sequence[Span], markup: Markup, roles: list[Label]) -> None:
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


def _paragraphs(lines: Sequence[Line], roles: list[Label]) -> None:
    """Give whole paragraphs to what one of their sentences is: a picture's credit makes a caption, a correction's first words its box.

    What is signed as a post is the words of who posted it, and none of the article's.
    """
    for members in grouped(lines):
        notes = [roles[n][1] for n in members]
        if post(lines[members[-1]].text):
            for n in members:
                roles[n] = (Role.FURNITURE, "embedded post")
            continue
        if len(members) <= _CAPTION and (
            any(credit(lines[n].text) for n in members) or any(caption(lines[n].text, lines[n].alone) for n in members)
        ):
            whole = "photo credit" if len(members) == 1 and credit(lines[members[0]].text) else "caption"
        elif notes[0] in _WHOLE and (len(members) <= _PIECES or lines[members[0]].text.startswith("(")):
            whole = notes[0]
        else:
            continue
        for n in members:
            if roles[n][0] is Role.BODY or whole in {"caption", "correction"}:
                roles[n] = (Role.FURNITURE, whole)
    for n in range(1, len(lines)):  # a line without an end above a credit
        if roles[n][1] == "photo credit" and lines[n].first and roles[n - 1] == _BODY and lines[n - 1].alone and not lines[n - 1].ended:
            roles[n - 1] = (Role.FURNITURE, "caption")


def grouped(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the indices of each paragraph's lines."""
    for _, members in groupby(range(len(lines)), key=lambda n: lines[n].paragraph):
        yield list(members)


def _biographies(lines: Sequence[Line], roles: list[Label]) -> None:
    """Find the paragraph that presents the author, whom the article does not name elsewhere; a little that follows it closes the page."""
    prose = [n for n, line in enumerate(lines) if line.prose and roles[n][0] is Role.BODY]
    told = Counter(word for n in prose for word in WORD.findall(lines[n].text))
    closings = [n for n, (_, note) in enumerate(roles) if note in _OPENERS]
    for members in grouped(lines):
        name = biography(lines[members[0]].text) if len(members) <= _PIECES else ""
        before = bisect_left(prose, members[0])
        if not name or not before or 2 * before < len(prose) - len(members):
            continue
        surname = name.split()[-1]
        own = sum(WORD.findall(lines[n].text).count(surname) for n in members if lines[n].prose and roles[n][0] is Role.BODY)
        if told[surname] > own:
            continue
        after = prose[bisect_left(prose, members[-1] + 1) :][: _AFTERWARDS + 1]
        for n in members:
            roles[n] = (Role.FURNITURE, "biography")
        closing = next(iter(closings[bisect_left(closings, members[-1] + 1) :][:1]), len(lines))
        if len(after) <= _AFTERWARDS:
            for n in after:
                if n > closing or _AFTERWARDS * len(after) <= before:
                    roles[n] = (Role.FURNITURE, "page footer")


def _head(lines: Sequence[Line], markup: Markup, roles: list[Label]) -> int:
    """Find the title among the lines above the first prose, whose index is returned; what stands before the title is the page's."""
    body = (n for n, line in enumerate(lines) if line.prose and roles[n][0] is Role.BODY and not _asks(lines, n))
    first = next(body, len(lines))
    lead = [n for n in range(first) if roles[n][0] is Role.BODY and lines[n].alone and not lines[n].colon]
    title = next((n for n in range(first) if roles[n][0] is Role.TITLE), -1)
    named = {word.casefold() for word in WORD.findall(markup.front.get("title", "")) if _weighs(word)}
    if title < 0:
        candidates = [n for n in lead if not lines[n].item and (not lines[n].ended or _asks(lines, n))]
        if named:
            candidates = [n for n in candidates if not named.isdisjoint(map(str.casefold, WORD.findall(lines[n].text)))]
        title = _headline(lines, candidates, first)
        if title >= 0:
            roles[title] = (Role.TITLE, "headline")
    for n in range(title):
        if roles[n][0] is Role.BODY and (n in lead or lines[n].short):
            roles[n] = (Role.FURNITURE, "page header")
    return first


def _title_again(lines: Sequence[Line], roles: list[Label]) -> None:
    """Call a line a heading that is the title once more, as pages print it above the picture; a lede that says the same ends as a sentence."""
    title = next((n for n, (role, _) in enumerate(roles) if role is Role.TITLE), len(lines))
    for n in range(title + 1, len(lines)):
        if roles[n] == _BODY and lines[n].alone and not lines[n].ended and same(lines[title].text, lines[n].text):
            roles[n] = (Role.FURNITURE, "heading")


def _headline(lines: Sequence[Line], lead: Sequence[int], first: int) -> int:
    """Return which line is the headline, -1 if none: the first of headline length that shares a word with the prose."""
    known = {word.lower() for line in lines[first : first + 60] for word in WORD.findall(line.text)}
    long = [n for n in lead if 4 <= lines[n].words <= 40]
    sharing = [n for n in long if any(_weighs(word) and word.lower() in known for word in WORD.findall(lines[n].text))]
    short = [n for n in lead if 2 <= lines[n].words <= 40]
    return next(iter((sharing or long or short) if known else short), -1)


def _asks(lines: Sequence[Line], n: int) -> bool:
    """Say whether the first line is a headline that happens to ask or shout."""
    line = lines[n]
    return n == 0 and line.alone and line.text.endswith(("?", "!")) and 4 <= line.words <= 16 and len(lines) > 1


def _weighs(word: str) -> bool:
    return word.lower() not in _SMALL and (len(word) > 3 or word[0].isupper())


def _labels(lines: Sequence[Line], first: int, roles: list[Label]) -> None:
    """Call lines that are no sentences labels: section headings, names, links, lines in capitals. Items of lists are left."""
    prose = sum(line.prose for line in lines)
    letters = "".join(line.text for line in lines if line.ended)[:4000]
    shouting = sum(map(str.isupper, letters)) > 0.5 * sum(map(str.isalpha, letters))
    groups = [[n for n in members if roles[n][0] is Role.BODY] for members in grouped(lines)]
    groups = [members for members in groups if members]
    bare = [len(members) == 1 and not lines[members[0]].ended and not lines[members[0]].colon for members in groups] + [False, False]
    listed = False
    for at, members in enumerate(groups):
        n, last = members[0], members[-1]
        line = lines[n]
        listed = bare[at] and (listed or (at > 0 and bare[at + 1] and lines[groups[at - 1][-1]].colon))
        beside = (groups[m][0] for m in (at - 1, at + 1) if 0 <= m < len(groups))
        if line.item and (line.ended or any(lines[m].item or lines[m].colon for m in beside)):
            continue
        size = sum(lines[m].words for m in members)
        if len(members) > 1:
            if prose and n > first and size <= _HEADING_WORDS and not lines[last].ended and not lines[last].colon and at < len(groups) - 1:
                for m in members:
                    roles[m] = (Role.FURNITURE, "heading")
            continue
        if not line.alone:
            continue
        capitals = line.text.upper() == line.text != line.text.lower()
        if capitals and not shouting and line.words <= 8:
            roles[n] = (Role.FURNITURE, "line in capitals")
        elif line.colon and line.words <= 4 and not (_SAYS.search(line.text) or VERBS.intersection(WORD.findall(line.text))):
            roles[n] = (Role.FURNITURE, "heading")
        elif line.ended or line.colon or listed:
            continue
        elif line.short if prose else line.words < 4:
            roles[n] = (Role.FURNITURE, "heading or label")
        elif prose and first < n and at < len(groups) - 1 and size <= _HEADING_WORDS:
            roles[n] = (Role.FURNITURE, "heading")


def _tail(lines: Sequence[Line], roles: list[Label]) -> None:
    """Give the remnants between and after the notices that close a page to the page."""
    last = max((n for n, (role, _) in enumerate(roles) if role is Role.BODY and not _remnant(lines[n], n, roles)), default=-1)
    opened = False
    for n in range(last + 1, len(lines)):
        role, note = roles[n]
        opened = opened or (role is Role.FURNITURE and note in _OPENERS)
        if opened and role is Role.BODY:
            roles[n] = (Role.FURNITURE, "page footer")


def _remnant(line: Line, n: int, roles: Sequence[Label]) -> bool:
    """Say whether a line could be a piece of the page's end: no sentence, or a very short one among furniture."""
    if not line.ended:
        return line.words <= _TAIL_WORDS
    return line.words <= 2 or (line.words <= 5 and n + 1 < len(roles) and roles[n + 1][0] is Role.FURNITURE)
