"""Which sentences of an article's own text are never a claim, and why; and which rest on a sentence before them.

A question, a lead-in ("The union listed three demands:"), a line of a table, what is said to the reader, what is cut off: each is BODY with
a note. Judged by its end, its place and a few generic forms, outside quotations; nothing is judged by what an article is about.
"""

import re
from collections.abc import Iterator, Sequence

from briefing.text.furniture import Label, grouped
from briefing.text.labels import unlabelled
from briefing.text.lines import WORD, Line
from briefing.text.stamps import stamp
from briefing.text.wording import ATTRIBUTED
from briefing.types import Role

CUT_OFF = "cut off"
"""The note of a last sentence that ends in the middle: it can be no claim, and still tells what it tells."""

_ANNOUNCES = re.compile(
    r"(?:^|[,;—–-] )(?:and |but |so )?(?:here|below)(?:[’']s| is| are| was| were)\b(?!.*:\s+\S+\s+\S)|^[Tt]hese (?:are|were|include)\b.*:$"
    r"|^(?:what|how|why|where|when|who|everything|all|things) (?:you|we) (?:need to |should |have to )?know\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"\b(?:the following(?: \w+){0,3}|as follows)[.:]$", re.IGNORECASE)
_COUNT = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-2])\s+(?:[\w-]+\s+){0,3}[\w-]+s\b")
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_YOU = re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE)
_ORDERS = re.compile(  # the imperative, by verbs in which papers advise, and by what follows no noun
    r"^\W*(?:please|also|and|but|so|then|just|instead|finally|first)?,?\s*(?:"
    r"(?:ask|avoid|bring|buy|call|check|choose|click|download|find|follow|get|give|join|keep|leave|make|pack|read|save|scroll|see|shop|share"
    r"|take|tell|try|use|visit|vote|watch|wear)\s+(?:the|a|an|any|out|sure|ready|our|this|that|these|those|it|them|us|me|more|whether|if)\b"
    r"|(?:don[’']t|do not|never) (?:be|let|forget|[a-z]+) (?:the|a|an|to|that|it|any)\b|let[’']s\b|remember (?:to|that)\b"
    r"|be (?:sure|aware|prepared|careful|warned)\b|consider \w+ing\b|keep (?:in mind|an eye)\b|note that\b|stay (?:tuned|safe|alert|with us)\b)",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:was|were|is|are|has|had|will|would)\b")  # "Watch the Rails was founded", "Give the Dog a Bone will open"
_CUT = re.compile(
    r"(?:(?<!\.)(?:…|\.\.\.|\[(?:…|\.\.\.)\])|\b(?:(?:[A-Z]\.)+|[A-Z][a-z]{1,2}\.)\.\.\.)$"
)  # "to…", "Dr....", but not "on Friday...."
_SCHEDULE = re.compile(r"\d{1,2}[:.]\d\d\s*[ap]\.?m\.?\s*(?:[A-Z]{2,4}\b)?\s*[-–—:]", re.IGNORECASE)
_ODDS = re.compile(
    r"\b(?:odds|moneyline|spread|over/under|favou?rites?|underdogs?|bet|wagers?)\b.*[(\s][+\-−–]\d{3,4}\b|[(\s][+\-−–]\d{3,4}\b.*\bodds\b"
)
_PAGE = re.compile(
    r"\b(?:map|chart|graphic|table|video|photo|image|gallery|section|list|link|timeline)s? (?:above|below)\b"
    r"|\b(?:linked|shown|pictured|listed|embedded|superimposed|displayed) (?:above|below)\b|\b(?:section|links?|list|map|table) below\b",
    re.IGNORECASE,
)
_OPENING = ("“", '"', "„", "«", "‘")
_ENTRY = 5  # words of a sentence behind its time
_ITEMS = 60  # that a lead-in can have
_ITEM_WORDS = 25  # items of a list without bullets are short


def notes(lines: Sequence[Line], roles: Sequence[Label], speakers: Sequence[str]) -> list[tuple[str, int]]:
    """Return for each line why it is never a claim ("" where it may be one), and the index + 1 of the lead-in on which it rests, 0 for none."""
    found = [(note, 0) for _, note in roles]
    body = [n for n, label in enumerate(roles) if label == (Role.BODY, "")]
    for n in body:
        found[n] = (_note(lines, n, body, speakers[n]), 0)
    for lead, members in _lists(lines, roles, found):
        for n in members:
            found[n] = (found[n][0], lead + 1)
    for n in body:
        line = lines[n]
        if not any(found[n]) and line.item and not line.ended and line.words <= 3:
            found[n] = ("table", 0)
    for n in body:
        if n and found[n] == ("", 0) and found[n - 1][0] == "question" and _words(lines[n], speakers[n]) <= 2:
            found[n] = ("answer", n)
    return found


def _words(line: Line, speaker: str) -> int:
    """Return how many words a line has, but for the label of who speaks it."""
    return len(WORD.findall(unlabelled(line.text))) if speaker and line.first else line.words


def _note(lines: Sequence[Line], n: int, body: Sequence[int], speaker: str) -> str:
    """Return why one line is never a claim, as far as it alone tells."""
    line = lines[n]
    plain = line.plain.rstrip("*_)")
    if n == body[-1] and _cut(lines, n):
        return CUT_OFF
    if (line.colon and line.last) or _FOLLOWING.search(plain):
        return "lead-in"
    if plain.endswith("?"):
        return "question"
    if _scheduled(line) or (not line.ended and _SCHEDULE.search(line.text)) or _run_together(lines, n):
        return "table"
    if not plain.strip() or ATTRIBUTED.search(line.text):
        return ""
    if _ANNOUNCES.search(plain):
        return "lead-in"
    if _ODDS.search(plain):
        return "odds"
    if _PAGE.search(plain):
        return "refers to the page"
    if speaker:
        return ""
    order = _ORDERS.match(plain)
    if _YOU.search(plain) or (order and not _VERB.search(plain[order.end() :])) or (plain.endswith("!") and line.words <= 4):
        return "addresses the reader"
    return ""


def _scheduled(line: Line) -> bool:
    """Say whether a line is a time and what is on then; a sentence under its time is an entry of a live blog."""
    found = stamp(line.text)
    rest = line.text[found.end :] if found else ""
    return bool(rest) and not (line.first and line.ended and len(rest.split()) >= _ENTRY)


def _cut(lines: Sequence[Line], n: int) -> bool:
    """Say whether the last sentence of a text breaks off: it ends in an ellipsis, or without any end inside a text whose sentences have one."""
    line = lines[n]
    if _CUT.search(line.text):
        return True
    rest = sum(other.prose for other in lines[:n])
    return not line.ended and not line.colon and not line.item and rest > 0 and (not line.first or line.words > 8)


def _run_together(lines: Sequence[Line], n: int) -> bool:
    """Say whether a paragraph is a list whose items lost their lines: long, without an end, right after what announces it."""
    line = lines[n]
    return n > 0 and line.alone and not line.ended and not line.colon and line.words > _ITEM_WORDS and lines[n - 1].colon


def _lists(lines: Sequence[Line], roles: Sequence[Label], found: Sequence[tuple[str, int]]) -> Iterator[tuple[int, list[int]]]:
    """Yield (lead-in, the lines that rest on it): bullets, or the short paragraphs that follow, or the quotation it announces."""
    groups = list(grouped(lines))
    for at, members in enumerate(groups):
        for n in members[:-1]:
            if found[n][0] == "lead-in" and _FOLLOWING.search(lines[n].plain):  # the rest of its paragraph
                yield n, [m for m in members if m > n and roles[m] == (Role.BODY, "")]
        lead = members[-1]
        if (
            roles[lead][0] is not Role.BODY
            or found[lead][0] != "lead-in"
            or not (lines[lead].colon or _FOLLOWING.search(lines[lead].plain))
        ):
            continue
        taken = list(_taken(lines, roles, found, lead, groups[at + 1 : at + 1 + _ITEMS]))
        if len(taken) > 1 or (taken and (lines[taken[0][0]].item or lines[taken[0][-1]].ended)):
            yield lead, [n for group in taken for n in group if roles[n] == (Role.BODY, "")]


def _taken(
    lines: Sequence[Line], roles: Sequence[Label], found: Sequence[tuple[str, int]], lead: int, groups: Sequence[list[int]]
) -> Iterator[list[int]]:
    """Yield the paragraphs that belong to a lead-in."""
    said = _COUNT.search(lines[lead].plain)
    count = 0
    if said:
        count = _NUMBERS.index(said[1]) + 2 if said[1] in _NUMBERS else int(said[1])
    if groups and lines[groups[0][0]].text.startswith(_OPENING):
        yield groups[0]
        return
    bullets = bool(groups) and lines[groups[0][0]].item
    ended = bool(groups) and lines[groups[0][-1]].ended
    for taken, group in enumerate(groups):
        line = lines[group[0]]
        if roles[group[0]][0] is not Role.BODY or found[group[0]][0] in {"question", "lead-in"} or line.item != bullets:
            return
        if not bullets and (len(group) > 1 or line.words > _ITEM_WORDS or (ended and not line.ended) or (count and taken == count)):
            return
        if line.ended != ended and (taken < 2 or line.words > 8):
            return
        yield group
