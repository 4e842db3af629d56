"""Where the tables of a text are, written with bars, tabs or columns of spaces: which line is the header, which its rows, what their cells.

A line of dashes makes the line above it a header. Without one a first row is a header only of three columns or more, one of them of numbers
alone. Two columns can as well be labels with their values: over three numbers or more a first row of words may be either, and what a line with a
colon announces has no header. Other lines are no table and stay what they are; a row of another length than its header has no meaning.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefing.text.calendar import YEAR
from briefing.text.sentences import WHITE

_RULE = re.compile(r"[ \t]*[|+]?[ \t]*:?[-=]+:?[ \t]*(?:[|+][ \t]*:?[-=]+:?[ \t]*)*[|+]?\s*")
_DASHES = re.compile(r"[ \t]*[-=]{2,}(?: {2,}[-=]{2,})+\s*")
_BAR = re.compile(r"(?<!\\)\|")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_NUMBER = re.compile(r"[^\w]*(?:[A-Z]{1,3}\$?)?\d[\W\d]*(?:[^\W\d_]{1,3}\W*)?")
_YEAR = re.compile(rf"{YEAR}(?:[-–/]\d{{2,4}})?")
_LETTER = re.compile(r"[^\W\d_]")
_SHOWN = re.compile(f"[^{re.escape(WHITE)}]")
_CELL = 60  # characters of a cell of a header
_COLUMNS, _ROWS = 3, 2  # at least, of a table without a line of dashes
_LISTED, _LABEL = 3, 6  # rows at least of two columns without one, and words at most of their labels


class Table(NamedTuple):
    """The lines of a table as spans of the text, without what is blank around them; `lines` are all of them, whole. A list has no header."""

    header: tuple[int, int] | None
    rows: tuple[tuple[int, int], ...]
    lines: tuple[tuple[int, int], ...]


def find(text: str, lines: Iterable[tuple[int, int]]) -> list[Table]:
    """Return the tables among lines of a text, in order; `lines` are whole, and of those that touch each goes on from the one before."""
    found: list[Table] = []
    run: list[tuple[int, int]] = []
    for start, end in lines:
        if run and (run[-1][1] != start or not _tabular(text[start:end])):
            found += _table(text, run)
            run = []
        if _tabular(text[start:end]):
            run.append((start, end))
    return found + list(_table(text, run))


def sealed(view: str, tables: Sequence[Table]) -> str:
    """Return a view of a text in which each line of a table is one sentence, whatever stands in it."""
    told: list[str] = []
    at = 0
    for start, end in (line for table in tables for line in table.lines):
        told += view[at:start].removesuffix("\n"), "\u2029" * view[at:start].endswith("\n")
        told += _SHOWN.sub("x", view[start:end].removesuffix("\n")), "\u2029" * view[start:end].endswith("\n")
        at = end
    return "".join((*told, view[at:]))


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the cells of a line as spans of the text, without what is blank around them."""
    first, last = _trimmed(text, start, end)
    if "|" in text[first:last]:
        bars = [match.start() for match in _BAR.finditer(text, first, last)]
        ends = [*([first - 1] if bars[:1] != [first] else []), *bars, *([last] if bars[-1:] != [last - 1] else [])]
    elif "\t" in text[first:last]:
        tabs = [match.start() for match in re.finditer("\t", text[start:end])]
        ends = [start - 1, *(start + tab for tab in tabs), end]
    else:
        ends = [first - 1, *(match.start() for match in _GAP.finditer(text, first, last)), last]
    return [_trimmed(text, one + 1, other) for one, other in pairwise(ends)]


def ruled(text: str, header: tuple[int, int]) -> bool:
    """Say whether the line below a header is one of dashes."""
    start = line_at(text, header[0])[1] + 1
    return start < len(text) and _rule(text[start : line_at(text, start)[1]])


def line_at(text: str, at: int) -> tuple[int, int]:
    """Return the line in which a place of a text lies."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


def _tabular(line: str) -> bool:
    """Say whether a line has cells: bars, tabs or several spaces between words, or it is a rule."""
    return "|" in line or "\t" in line.strip() or bool(_GAP.search(line)) or _rule(line)


def _rule(line: str) -> bool:
    return bool(_DASHES.fullmatch(line)) or (("|" in line or "+" in line) and "-" in line.replace("=", "-") and bool(_RULE.fullmatch(line)))


def _table(text: str, run: Sequence[tuple[int, int]]) -> Iterator[Table]:
    """Yield the table that a run of lines is, if it is one."""
    ruled = [_rule(text[start:end]) for start, end in run]
    marked = next((n for n, two in enumerate(pairwise(ruled)) if two == (False, True)), -1)
    at = marked if marked >= 0 else ruled.index(False) if False in ruled else len(run)
    body = [line for line, rule in zip(run[at + 1 :], ruled[at + 1 :], strict=True) if not rule]
    if not body:
        return
    header = cells(text, *run[at])
    same = [line for line in body if len(cells(text, *line)) == len(header)]
    if marked >= 0:
        rule = text[slice(*run[at + 1])]
        whole = len(header) > 1 and ("+" in rule or len(cells(rule, 0, len(rule))) == len(header))
    else:
        whole = len(header) >= _COLUMNS and len(same) >= _ROWS and 2 * len(same) > len(body) and _heads(text, header, same)
    if whole and any(start < end for start, end in header):
        told = [line for line in same if _says(text, header, cells(text, *line))]
        lines = [line for n, line in enumerate(run) if n >= at or ruled[n]] if marked >= 0 else [run[at], *same]
        yield Table(_trimmed(text, *run[at]), tuple(_trimmed(text, *line) for line in told), tuple(lines))
    elif marked < 0 and (listed := _listed(text, run)):
        yield listed


def _listed(text: str, run: Sequence[tuple[int, int]]) -> Table | None:
    """Return the table that lines of two columns are without a line of dashes: labels with numbers under a first row, or what is announced."""
    if len(run) < _LISTED:
        return None
    split = [cells(text, *line) for line in run]
    if any(len(both) != _LISTED - 1 or not all(start < end for start, end in both) for both in split):
        return None
    labels, values = ([text[slice(*both[n])] for both in split] for n in (0, 1))
    told = [_trimmed(text, *line) for line in run]
    if any(
        not _LETTER.search(label) or len(label) > _CELL or len(label.split()) > _LABEL or label.endswith((".", ":")) for label in labels
    ):
        return None
    if len(run) > _LISTED and not _numeric(values[0]) and len(values[0]) <= _CELL and all(map(_numeric, values[1:])):
        return Table(told[0], tuple(told[1:]), tuple(run))
    above = text[: run[0][0]].rstrip(WHITE)
    fields = all(map(_numeric, values)) or (any("|" in text[slice(*line)] or "\t" in text[slice(*line)] for line in told))
    return Table(None, tuple(told), tuple(run)) if above.endswith(":") and fields else None


def _heads(text: str, header: Sequence[tuple[int, int]], body: Sequence[tuple[int, int]]) -> bool:
    """Say whether a row that no line of dashes marks is a header: words, or years, over a column that is all numbers."""
    heads = [text[start:end] for start, end in header]
    if any(len(head) > _CELL or (_numeric(head) and not _YEAR.fullmatch(head)) for head in heads) or not any(map(_LETTER.search, heads)):
        return False
    columns = zip(*([text[start:end] for start, end in cells(text, *line)] for line in body), strict=True)
    return any(head and all(map(_numeric, column)) for head, column in zip(heads, columns, strict=True))


def _numeric(cell: str) -> bool:
    return len(cell) <= _CELL and bool(_NUMBER.fullmatch(cell))


def _says(text: str, header: Sequence[tuple[int, int]], row: Sequence[tuple[int, int]]) -> bool:
    """Say whether a row has two cells that are not blank, and is not the header again."""
    heads, told = ([text[start:end] for start, end in several] for several in (header, row))
    return sum(map(bool, told)) > 1 and told != heads


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(WHITE))
    return start + left, max(start + left, start + len(piece.rstrip(WHITE)))
