"""What the marks of a Markdown file (or front matter in any file) mean, as a view of the text with the same offsets.

The view is the text with marks blanked out, so that sentences found in it are spans of the text. Nothing is rendered.
"""

import json
import re
from contextlib import suppress
from typing import NamedTuple

from briefing.text.tables import Table, find, sealed

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n((?:[^\n]*\n){0,80}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_LINES = re.compile(r"[^\n]*(?:\n|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?=\S)")
_CLOSING = re.compile(r"[ \t]#+(?=\s*$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*\r?\n?$")
_LEAD = re.compile(r"(?:[ \t]*(?:>|[-*+][ \t]|\d{1,3}[.)][ \t](?=\S)))+[ \t]*(?:\[[ xX]\][ \t])?")
_IMAGE = re.compile(r"[ \t]*(?:\[?!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])(?:\]\([^)\n]*\))?[ \t]*)+\r?\n?$")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]+\]:[ \t]*\S+[^\n]*$")
_TAGS = re.compile(r"<[^<>\n]{1,500}>")
_UNSEEN = re.compile(  # what a page does not show: comments, elements that are no text, elements that are hidden
    r"<!--|<(?P<data>script|style|template|noscript|iframe)\b|<(?P<element>div|span|p|section|article|aside|font|td|li|a|b|i|em|strong)\b"
    r"[^<>\n]{0,300}?(?:\bhidden\b|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0)[^<>\n]{0,300}>",
    re.IGNORECASE,
)
_CHAT = re.compile(r"<[|｜][^<>\n]{1,60}[|｜]>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>")  # special tokens that make turns
_BLANK = re.compile(r"\n[ \t\r]*\n")


class Markup(NamedTuple):
    """What the marks say.

    `view` is as long as the text, and its sentences are those of the text. `front` holds the fields of the front
    matter, keys in lower case. `titles` and `headings` are the spans of first-level and other headings, `noise` those
    of what is no prose (front matter, code, images, tables), each with its name; all in order. `tables` are those with a header.
    """

    view: str
    front: dict[str, str]
    titles: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    noise: tuple[tuple[int, int, str], ...] = ()
    tables: tuple[Table, ...] = ()


def plain(text: str) -> Markup:
    """Return the markup of a text that is no Markdown: only front matter and tables are known."""
    fields, end = _front(text)
    noise = ([(0, end, "front matter")] if end else []) + _foreign(text, end)
    view: list[str] = []
    at = 0
    for start, stop, _ in noise:
        before = max(at, start - 1)
        view += text[at:before], text[before : stop + 1].replace("\n", "\u2029")
        at = max(at, stop + 1)
    return _with_tables(text, Markup("".join(view) + text[at:], fields, noise=tuple(noise)))


def markdown(text: str) -> Markup:
    """Return the markup of a Markdown text. Works on any string; what is not understood stays prose."""
    fields, end = _front(text)
    noise = [(0, end, "front matter")] if end else []
    titles: list[tuple[int, int]] = []
    headings: list[tuple[int, int]] = []
    unseen = _foreign(text, end)
    noise += unseen
    hidden = [(start, stop) for start, stop, _ in reversed(unseen)]
    view = [_sealed(text[:end])]
    fence = ""
    for match in _LINES.finditer(text, end):
        (start, stop), line = match.span(), match.group()
        while hidden and hidden[-1][1] <= start:
            hidden.pop()
        commented = bool(hidden) and hidden[-1][0] <= start and stop <= hidden[-1][1]
        mark = None if commented else _FENCE.match(line)
        alone = True  # joined to neither neighbour
        if fence or mark:
            noise.append((start, stop, "code"))
            fence = "" if mark and fence and mark[1].startswith(fence) else fence or (mark[1] if mark else "")
        elif commented:
            pass
        elif heading := _HEADING.match(line):
            (titles if len(heading[1]) == 1 else headings).append((start, stop))
            line = " " * heading.end() + _CLOSING.sub(_blank, line[heading.end() :])
        elif (under := _UNDERLINE.match(line)) and (above := _above(text, start)):
            (titles if under[1][0] == "=" else headings).append((above, start))
            noise.append((start, stop, "rule"))
        elif name := _noise(line):
            noise.append((start, stop, name))
        elif lead := _LEAD.match(line):
            line = " " * lead.end() + line[lead.end() :]
            view[-1] = _sealed(view[-1])
            alone = False
        else:
            alone = False
        if alone:
            view[-1] = _sealed(view[-1])
            line = _sealed(line)
        view.append(line)
    return _with_tables(text, Markup("".join(view), fields, tuple(titles), tuple(headings), tuple(sorted(noise))))


def _with_tables(text: str, marks: Markup) -> Markup:
    """Return the markup with the tables among the lines that are nothing else yet, each line of them a sentence."""
    other = [(start, stop) for start, stop, name in marks.noise if name != "table"]
    other = sorted([*other, *marks.titles, *marks.headings], reverse=True)
    lines = []
    for match in _LINES.finditer(text):
        while other and other[-1][1] <= match.start():
            other.pop()
        if match.group() and not (other and other[-1][0] < match.end()):
            lines.append(match.span())
    tables = find(text, lines)
    noise = {*marks.noise, *((start, stop, "table") for table in tables for start, stop in table.lines)}
    return marks._replace(view=sealed(marks.view, tables), noise=tuple(sorted(noise)), tables=tuple(tables))


def _foreign(text: str, begin: int) -> list[tuple[int, int, str]]:
    """Return what is no text of the article from `begin` on: what a page does not show, and turns of a chat; in order, apart."""
    found: list[tuple[int, int, str]] = []
    turns = [match.span() for match in _CHAT.finditer(text, begin)]
    first, last = (turns[0][0], _block_end(text, turns[-1][1])) if turns else (len(text), len(text))
    if turns:
        found.append((first, last, "chat"))
    missing: set[str] = set()
    at = begin
    for match in _UNSEEN.finditer(text, begin):
        if match.start() < at or first <= match.start() < last:
            continue
        tag = (match["data"] or match["element"] or "").lower()
        closing = None if tag in missing else re.compile(f"</{tag}\\s*>" if tag else "-->", re.IGNORECASE).search(text, match.end())
        if closing is None:
            missing.add(tag)
        at = closing.end() if closing else _block_end(text, match.end()) if tag else len(text)
        found.append((match.start(), at, "HTML" if tag else "comment"))
    return sorted(found)


def _block_end(text: str, start: int) -> int:
    blank = _BLANK.search(text, start)
    return blank.start() if blank else len(text)


def _above(text: str, start: int) -> int | None:
    """Return where the line above begins if an underline could make it a heading: short, and the first of its block."""
    begin = text.rfind("\n", 0, start - 1) + 1 if start else 0
    line = text[begin:start]
    before = text[text.rfind("\n", 0, begin - 1) + 1 : begin] if begin else ""
    return begin if line.strip() and len(line) <= 200 and not before.strip() and not _LEAD.match(line) else None


def _front(text: str) -> tuple[dict[str, str], int]:
    """Return the fields of the front matter and where it ends; nothing and 0 where there is none."""
    match = _FRONT.match(text)
    fields = {key.lower(): _bare(value) for key, value in _FIELD.findall(match[1])} if match else {}
    return (fields, match.end()) if match and fields else ({}, 0)


def _bare(value: str) -> str:
    """Return a value of front matter without its quotation marks, as YAML reads it."""
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        with suppress(ValueError):
            return str(json.loads(value))
    return value.strip("\"'")


def _noise(line: str) -> str:
    """Name a line that is no prose; "" for prose."""
    if _IMAGE.match(line):
        return "image"
    if line.lstrip().startswith("|"):
        return "table"
    if _REFERENCE.match(line):
        return "link target"
    if line.lstrip().startswith("<") and not re.search(r"\w", _TAGS.sub("", line)):
        return "HTML"
    return ""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _sealed(line: str) -> str:
    """Return the line with an end that never joins the next one: U+2029 in the place of its newline."""
    return line[:-1] + "\u2029" if line.endswith("\n") else line
