"""The rows of an article's tables: on what each rests, and how it reads with its header and caption: "Party: Greens; Seats: 14".

tables, sentences ─ rows ─► Role.ROW, under its header ─ labelled ─► the edits that put each cell of the header before its own ─► passage

Only `ask` reads them. Decided from the article alone, so that an edit can be checked without knowing who made it.
"""

from collections.abc import Sequence

from briefing.text.furniture import Label
from briefing.text.lines import Line
from briefing.text.sentences import Span
from briefing.text.tables import Table, cells, line_at
from briefing.types import Article, Edit, Role, Sentence, edited

TABLE = "table"
"""The note of a line of a table, and the reason of the edits that put a header and a caption into a row."""

_CAPTIONS = frozenset({"heading", "heading or label", "caption", "line in capitals"})
_CAPTION_WORDS = 25


def rows(tables: Sequence[Table], spans: Sequence[Span], lines: Sequence[Line], roles: Sequence[Label]) -> dict[int, tuple[Role, int]]:
    """Return the role of lines of tables, by index, and the number of what each rests on: a row on its header, that on a caption above it."""
    places = {(span.start, span.end): n for n, span in enumerate(spans) if roles[n] == (Role.FURNITURE, TABLE)}
    found: dict[int, tuple[Role, int]] = {}
    for table in tables:
        header = places.get(table.header)
        if header is None:
            continue
        if header and _caption(lines[header - 1], roles[header - 1]):
            found[header] = Role.FURNITURE, header
        found |= {places[row]: (Role.ROW, header + 1) for row in table.rows if row in places}
    return found


def resting(article: Article, number: int) -> tuple[int, ...]:
    """Return a row of a table, its header, and the caption if there is one, by their numbers; () where sentence `number` is no row."""
    row = article.sentences[number - 1]
    if row.role is not Role.ROW or not row.under:
        return ()
    caption = article.sentences[row.under - 1].under
    return (number, row.under, caption) if caption else (number, row.under)


def labelled(article: Article, number: int) -> tuple[Edit, ...]:
    """Return the edits by which a row of a table reads with its header and caption; () where sentence `number` is no row."""
    if article.sentences[number - 1].role is not Role.ROW:
        return ()
    row, header, *captions = (article.sentences[n - 1] for n in resting(article, number) or (number, number))
    own, heads = (cells(article.text, *line_at(article.text, sentence.start)) for sentence in (row, header))
    if row is header or len(own) != len(heads):
        return ()
    edits: list[Edit] = []
    at, before = row.start, "".join(f"{_announced(article, caption)} " for caption in captions)
    for (start, end), (first, last) in zip(own, heads, strict=True):
        if start < end:
            edits += _edit(at, start, before + (f"{article.text[first:last]}: " if first < last else ""))
            at, before = end, "; "
    return (*edits, *_edit(at, row.end, ""))


def passage(article: Article, number: int) -> str:
    """Return the text by which a sentence is looked for and judged: its own, or of a row what it says under its header."""
    edits = labelled(article, number)
    return edited(article.quote(number), article.sentences[number - 1].start, edits) if edits else article.quote(number)


def _edit(start: int, end: int, text: str) -> list[Edit]:
    return [Edit(start=start, end=end, text=text, reason=TABLE)] if text or start < end else []


def _announced(article: Article, caption: Sentence) -> str:
    text = " ".join(article.quote(caption.number).split())
    return text if text.endswith((":", ".", "!", "?")) else f"{text}:"


def _caption(line: Line, role: Label) -> bool:
    """Say whether the line above a header is its caption: a heading or a label, or a short line that announces."""
    if not line.alone or line.words > _CAPTION_WORDS:
        return False
    return role[1] in _CAPTIONS if role[0] is Role.FURNITURE else role == (Role.BODY, "") and (line.colon or not line.ended)
