"""The rows of an article's tables: on what each rests, and how it reads with its header and caption: "Party: Greens; Seats: 14".

A list of names with their values has only a caption, or a first row that may be a header or not: "Seats by party: Greens: 14".

tables, sentences ─ rows ─► Role.ROW, under its header ─ labelled ─► the edits that put each cell of the header before its own ─► passage

Only `ask` and `check` read them. Decided from the article alone, so that an edit can be checked without knowing who made it.
"""

import re
from collections.abc import Iterator, Sequence

from briefing.text.furniture import Label
from briefing.text.lines import Line
from briefing.text.sentences import BULLETS, Span
from briefing.text.stamps import stamp
from briefing.text.tables import Table, cells, line_at, ruled
from briefing.text.terms import stems
from briefing.text.words import fold, words
from briefing.types import Article, Edit, Role, Sentence, edited

TABLE = "table"
"""The note of a line of a table, and the reason of the edits that put a header and a caption into a row."""

_CAPTIONS = frozenset({"heading", "heading or label", "caption", "line in capitals"})
_CAPTION_WORDS = 25
_ITEM = re.compile(r"(?P<name>[^\W_][^:\n]{0,40}): +\S.{0,60}")
_NAMED = 0.5  # of the words of a row's name that a text has which tells of it
_ROW = re.compile(r"(?:[^:;]*: ){1,2}(?P<name>[^:;]+)(?:; [^:;]*: [^;]*)+$")  # "League: Team: Velm; Played: 14; Points: 47"
_LABEL = re.compile(r"(?:^|[;:]) ([^:;]+):(?= )")
_NAME_WORDS, _ITEMS = 5, 3  # words at most of the name of a value in a list, and items at least
_MARK = re.compile(rf"[{BULLETS}>]\s+")
_SPOKEN = re.compile(r"\b(?:I|[Yy]ou|[Ww]e|[Mm]y|[Yy]our|[Oo]ur)\b")
_PAIR = 2  # cells of a row of names with their values
_LISTED = frozenset({(Role.BODY, ""), (Role.FURNITURE, "heading or label")})


def rows(
    tables: Sequence[Table], spans: Sequence[Span], lines: Sequence[Line], roles: Sequence[Label], free: Sequence[bool]
) -> dict[int, tuple[Role, int]]:
    """Return the role of lines of tables, by index, and the number of what each rests on: a row on its header, that on a caption above it.

    Of a list of values each item rests on the caption. `free` says which lines may be such: no question, nobody's words, under no lead-in.
    """
    places = {(span.start, span.end): n for n, span in enumerate(spans) if roles[n] == (Role.FURNITURE, TABLE)}
    found: dict[int, tuple[Role, int]] = {}
    for table in tables:
        first = places.get(table.header or table.rows[0])
        if first is None:
            continue
        caption = first if first and _caption(lines[first - 1], roles[first - 1]) else 0
        if table.header and caption:
            found[first] = Role.FURNITURE, caption
        if under := first + 1 if table.header else caption:
            found |= {places[row]: (Role.ROW, under) for row in table.rows if row in places}
    for caption, items in _lists(lines, roles, free):
        found |= dict.fromkeys(items, (Role.ROW, caption + 1))
    return found


def _lists(lines: Sequence[Line], roles: Sequence[Label], free: Sequence[bool]) -> Iterator[tuple[int, range]]:
    """Yield the captions of lists of names with their values ("Greens: 14"), each with its items.

    Who is named twice, or says "I" or "you", speaks: an interview is no list.
    """
    start = 0
    for n in range(len(lines) + 1):
        if n < len(lines) and roles[n] in _LISTED and free[n] and _item(lines[n]):
            continue
        names = {_item(line) for line in lines[start:n]}
        spoken = len(names) < n - start or any(_SPOKEN.search(line.text) for line in lines[start:n])
        if n - start >= _ITEMS and start and not spoken and _caption(lines[start - 1], roles[start - 1]):
            yield start - 1, range(start, n)
        start = n + 1


def _item(line: Line) -> str:
    """Return the name that stands in a line with a value, "" where it is none, or a sentence."""
    mark = _MARK.match(line.text)
    found = _ITEM.fullmatch(line.text, mark.end() if mark else 0)
    if found is None or len(found["name"].split()) > _NAME_WORDS or not line.alone or line.ended or stamp(line.text):
        return ""
    return fold(found["name"])


def resting(article: Article, number: int) -> tuple[int, ...]:
    """Return a row, its header if there is one, and the caption if there is one, by their numbers; () where sentence `number` is no row."""
    row = article.sentences[number - 1]
    if row.role is not Role.ROW or not row.under:
        return ()
    caption = article.sentences[row.under - 1].under
    return (number, row.under, caption) if caption else (number, row.under)


def labelled(article: Article, number: int) -> tuple[Edit, ...]:
    """Return the edits by which a row of a table reads with its header and caption; () where sentence `number` is no row."""
    if not (places := resting(article, number)):
        return ()
    row, header, *captions = (article.sentences[n - 1] for n in places)
    own, heads = (cells(article.text, *line_at(article.text, sentence.start)) for sentence in (row, header))
    listed = len(heads) == 1 or (len(heads) == _PAIR and not ruled(article.text, (header.start, header.end)))
    if not (listed or len(own) == len(heads)):
        return ()
    labels = [""] * len(own) if listed else [article.text[first:last] for first, last in heads]
    edits: list[Edit] = []
    at, before = _begins(article, row), "".join(f"{_announced(article, above)} " for above in (*captions, *([header] if listed else [])))
    if at > row.start:
        edits += _edit(row.start, at, "")
    for (start, end), label in zip(own, labels, strict=True):
        if start < end:
            edits += _edit(at, max(start, at), before + (f"{label}: " if label else ""))
            at, before = end, ": " if listed else "; "
    return (*edits, *_edit(at, row.end, ""))


def _begins(article: Article, row: Sentence) -> int:
    """Return where what a row says begins: behind the mark of an item."""
    mark = _MARK.match(article.text, row.start, row.end)
    return mark.end() if mark else row.start


def passage(article: Article, number: int) -> str:
    """Return the text by which a sentence is looked for and judged: its own, or of a row what it says under its header."""
    edits = labelled(article, number)
    return edited(article.quote(number), article.sentences[number - 1].start, edits) if edits else article.quote(number)


def of_row(text: str, other: str) -> bool:
    """Return whether a text, if it is a row as `passage` gives it, is of what another text names; any text that is none is."""
    row = _ROW.match(text)
    named = stems(row["name"]) if row else set[str]()
    return len(named & stems(other)) >= _NAMED * len(named)


def of_column(text: str, at: int, other: str) -> bool:
    """Return whether a cell that begins at a place of a row is of a column that another text names, if it names any."""
    _, _, cells = text.partition(";") if _ROW.match(text) else ("", "", "")
    said = {fold(word.text) for word in words(other)}
    named = [label for label in _LABEL.findall(cells) if said & {fold(word.text) for word in words(label)}]
    own = _LABEL.findall(text[:at])[-1:]
    return not (named and own) or own[0] in named


def _edit(start: int, end: int, text: str) -> list[Edit]:
    return [Edit(start=start, end=end, text=text, reason=TABLE)] if text or start < end else []


def _announced(article: Article, above: Sentence) -> str:
    """Return a caption, or a first row of two columns, as what is announced."""
    both = cells(article.text, above.start, above.end)
    text = " – ".join(" ".join(article.text[start:end].split()) for start, end in both if start < end)
    return text if text.endswith((":", ".", "!", "?")) else f"{text}:"


def _caption(line: Line, role: Label) -> bool:
    """Say whether the line above a header is its caption: a heading or a label, or a short line that announces."""
    if not line.alone or line.words > _CAPTION_WORDS:
        return False
    return role[1] in _CAPTIONS if role[0] is Role.FURNITURE else role == (Role.BODY, "") and (line.colon or not line.ended)
