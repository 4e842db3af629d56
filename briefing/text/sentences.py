"""Where the sentences of a text are: exact spans, found without changing a character.

syntok decides most boundaries; this module decides what it cannot know: what a newline means, which terminators need no
space, which titles end in a full stop, and how long a sentence may be. Which sentences belong to the article it does
not know.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from syntok import segmenter

from briefing.text.calendar import ANY_MONTH, DAYS

LONGEST = 2000
"""No sentence is longer than this many characters; what is longer (tables, encoded data) is cut at white space."""

_PIECE = 16_000  # syntok's state grows with its input: it never sees more characters at once
_WHITE = "".join(map(chr, [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029]))
WHITE = _WHITE + "\u202f\u205f\u3000\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""White space and the characters that show nothing: spans neither begin nor end with them, and need not cover them."""

_NEWLINE = r"\r\n|[\n\v\f\r\x85\u2028\u2029]"
_BREAK = re.compile(_NEWLINE)
_LINE = re.compile(r"[^\n\v\f\r\x85\u2028\u2029]+")
_SPACED = str.maketrans(dict.fromkeys("\n\v\f\r\t\x85\u2028\u2029", " "))

_CLOSERS = "\"'´’”»›)]}」』）】》〉"
_ENDED = re.compile(rf"[.!?…:;。！？｡।॥۔؟።][{re.escape(_CLOSERS)}*_{re.escape(WHITE)}]*$")
BULLETS = "-*+•‣⁃◦⦁∙▪∎■●○►▶➤–—"
"""Signs before the items of a list, as they stand in a class of a regular expression."""

_BULLET = re.compile(rf"(?:[{BULLETS}]|\(?(?:\d{{1,3}}|[a-z])[.)])\s")
_LIST_END = frozenset({
    "a", "an", "the", "of", "and", "or", "to", "in", "on", "at", "by", "for", "with", "from", "as", "that",
    "which", "is", "are", "was", "were", "be", "has", "have", "had", "but",
})  # fmt: skip

_HARD = re.compile(rf"[。！？｡।॥۔؟።]+[{re.escape(_CLOSERS)}!?]*")
_NESTED = re.compile(r"\.(?:[’'][”\"]|[”\"][’'])\s+(?=[A-Z“\"])")
_STOPPED = re.compile(  # "in the U.S. She", "at 11 p.m. Mayor Tolle", "at 5.30am. Eleven": the full stop of an abbreviation that ends the sentence too
    r"(?:\b(?:[A-Z]\.){2,}\s+(?=(?:He|She|It|They|We|The|This|That|These|Those|But|And|In|On|At|His|Her|Their|Its|There|When|If)\s)"
    r"|(?:\b[ap]\.m|\d[ap]m)\.\s+(?=[“\"]?[A-Z][a-z]+\b)(?!(?:\w+ ){1,2}[Tt]ime\b|(?:Eastern|Central|Mountain|Pacific|Greenwich)\b"
    rf"|(?:{DAYS})\b|{ANY_MONTH} \d))"
)
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")  # of a German date
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+")
_BRACKET = re.compile(r"[(\[{]")
_MAYBE = re.compile(r"[.!?;‼⁇⁈⁉‽(\[{．]")

_TITLES = frozenset({
    "Gov", "Govs", "Sen", "Sens", "Rep", "Reps", "Lt", "Col", "Gen", "Maj", "Sgt", "Capt", "Cpl", "Pvt", "Adm",
    "Cmdr", "Cdr", "Brig", "Rev", "Hon", "Pres", "Amb", "Atty", "Supt", "Insp", "Det", "Dep", "Asst", "Mr",
    "Mrs", "Ms", "Mx", "Messrs", "Mmes", "Dr", "Prof", "Sr", "Fr", "Br", "Msgr", "Ald", "Treas", "Sec", "Min",
    "Sgts", "Profs", "Drs", "vs", "v",
})  # fmt: skip
_MONTHS = frozenset({
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
})  # fmt: skip
_GERMAN = frozenset({
    "Januar", "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
    "Jahrhundert", "Jahrhunderts",
})  # fmt: skip
_STARTERS = frozenset({
    "A", "An", "The", "He", "She", "It", "They", "We", "You", "I", "But", "And", "In", "On", "At", "This",
    "That", "These", "Those", "However", "Meanwhile", "His", "Her", "Their", "Its", "There", "When", "If",
})  # fmt: skip
_NAMED_FOR = frozenset({  # what bears the name of a person: "Martin Luther King Jr. Day"
    "Day", "Boulevard", "Avenue", "Street", "Drive", "Way", "Bridge", "Park", "School", "College", "University", "Library", "Hospital",
    "Center", "Centre", "Memorial", "Museum", "Stadium", "Foundation", "Institute", "Award", "Prize",
})  # fmt: skip
_LAST_WORD = re.compile(r"(?:^|[\s(“\"‘'/-])([A-Za-z]+)\.$")
_FIRST_WORD = re.compile(r"[“\"‘'(\[]*([^\W_]+)")
_BEFORE_PLACES = frozenset({"ST", "FT", "MT"})  # of a name in capitals, over a report: "ST. LOUIS (AP) — "
_PLACE = re.compile(r"(?:[A-Z][\w.’'/-]+ ){0,3}[A-Z][\w.’'/-]+, [A-Z][a-z]+\.$")  # "Brell, Minn.", over a report
_SIGNED = re.compile(r"(?:\([A-Z][\w .&-]{1,30}\) ?)?[–—−―-]{1,2}\s")  # "(AP) — "
_ASKED = re.compile(r"[?!][”\"’']+$")
_SAYS = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}"
    r"(?:said|says|asked|asks|told|added|wrote|writes|replied|shouted|quipped|tweeted|posted|continued|joked)\b"
)


class Span(NamedTuple):
    """`text[start:end]` is one sentence; `paragraph` counts from 1."""

    start: int
    end: int
    paragraph: int


def split(text: str) -> list[Span]:
    """Return the sentences of `text` in order.

    Spans do not overlap, are never empty, neither begin nor end with `WHITE`, and cover every character outside it. A
    newline ends a sentence and a paragraph, unless the block it stands in is hard-wrapped. Takes time linear in the
    text; any string will do.
    """
    spans: list[Span] = []
    for paragraph, (start, end) in enumerate(_paragraphs(text), start=1):
        spans.extend(Span(a, b, paragraph) for a, b in _segment(text, start, end))
    return spans


# -- lines and paragraphs ---------------------------------------------------------------------------------


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends; empty spans stay at `start`."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(WHITE))
    return start + left, start + max(left, len(piece.rstrip(WHITE)))


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the runs of lines that no blank line separates, each line trimmed."""
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        start, end = _trim(text, *match.span())
        if start == end:
            continue
        if block:
            gap = text[block[-1][1] : start]
            if "\u2029" in gap or len(_BREAK.findall(gap)) > 1:
                yield block
                block = []
        block.append((start, end))
    if block:
        yield block


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the paragraphs: lines, or lines joined where a newline is only a wrap."""
    for block in _blocks(text):
        wrapped = _is_wrapped(text, block)
        start, end = block[0]
        for following in block[1:]:
            if _joins(text, (start, end), following, wrapped):
                end = following[1]
            else:
                yield start, end
                start, end = following
        yield start, end


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Say whether the break after `line` stands inside a sentence."""
    tail = text[max(line[0], line[1] - 40) : line[1]]
    return text[following[0]].islower() or tail.endswith((",", "-")) or tail.split()[-1].lower() in _LIST_END


def _is_wrapped(text: str, block: list[tuple[int, int]]) -> bool:
    """Say whether the newlines of a block are wraps: full lines of one width, most of which end inside a sentence."""
    width = max(end - start for start, end in block)
    if len(block) < 2 or not 40 <= width <= 120:
        return False
    full = inside = neutral = 0
    for line, following in pairwise(block):
        word = text[following[0] : following[0] + 40].split()[0]
        full += line[1] - line[0] + 1 + len(word) >= 0.85 * width
        if not _ENDED.search(text[max(line[0], line[1] - 20) : line[1]]):
            first = text[following[0]]
            inside += _goes_on(text, line, following)
            neutral += first.isalpha() and first.lower() == first.upper()
    breaks = len(block) - 1
    if len(block) > 2:
        inside += neutral
    return full >= 0.8 * breaks and inside >= max(1, 0.4 * breaks)


def _joins(text: str, line: tuple[int, int], following: tuple[int, int], wrapped: bool) -> bool:
    """Say whether `following` continues the paragraph that ends in `line`."""
    if _BULLET.match(text, *following):
        return False
    if wrapped:
        return True
    ended = _ENDED.search(text[max(line[0], line[1] - 20) : line[1]])
    return not ended and line[1] - line[0] >= 20 and text[following[0]].islower()


# -- sentences of one paragraph ----------------------------------------------------------------------------


def _segment(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of one paragraph."""
    pending: tuple[int, int] | None = None
    for a, b in _cuts(text, start, end):
        if pending is None:
            pending = (a, b)
        elif _belongs(text[pending[0] : pending[1]][-80:], text[a : min(b, a + 80)], pending[0] == start):
            pending = (pending[0], b)
        else:
            yield from _bounded(text, *pending)
            pending = (a, b)
    if pending:
        yield from _bounded(text, *pending)


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces that terminators, syntok and closing quotes make of a paragraph, trimmed."""
    ends = [match.end() for match in _HARD.finditer(text, start, end)]
    for stop in [*ends, end]:
        for a, b in _by_syntok(text, start, stop):
            for at in sorted({match.end() for pattern in (_NESTED, _STOPPED) for match in pattern.finditer(text, a, b)}):
                yield _trim(text, a, at)
                a = at
            a, b = _trim(text, a, b)
            if a < b:
                yield a, b
        start = stop


def _by_syntok(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences that syntok finds, feeding it bounded pieces and carrying the last, unfinished one over."""
    while start < end:
        stop = min(end, start + _PIECE)
        view = text[start:stop].translate(_SPACED)
        if len(view) > 1000 and len(_BRACKET.findall(view)) > len(view) // 20:
            view = _BRACKET.sub(" ", view)  # data, not prose: syntok looks 50 tokens ahead from each of them
        if not _MAYBE.search(view.rstrip(" .!?" + _CLOSERS)):
            starts = [0]
        else:
            view = _ADDRESS.sub(lambda match: _masked(match.group()), view)
            starts = [tokens[0].offset for paragraph in segmenter.analyze(view) for tokens in map(list, paragraph)]
            starts[:1] = [0]
        if stop < end:
            if len(starts) == 1:
                starts.append(max(view.rfind(" ") + 1, _PIECE // 2))
            stop = start + starts[-1]
            starts.pop()
        bounds = [start + offset for offset in starts] + [stop]
        yield from pairwise(bounds)
        start = stop


def _masked(address: str) -> str:
    """Return a plain word as long as a URL or mail address, with the punctuation that follows it."""
    core = address.rstrip(".,;:!?)]’'")
    return "x" * len(core) + address[len(core) :]


def _belongs(left: str, right: str, first: bool) -> bool:
    """Say whether two neighbouring pieces (the end of one, the beginning of the next) are one sentence after all."""
    if not any(map(str.isalnum, right)) or not any(map(str.isalnum, left)):
        return True
    if first and (not any(map(str.isalpha, left)) or (left[0] in "([" and left[-1] in ")]" and not _MAYBE.search(left[1:-1]))):
        return True
    if first and _PLACE.match(left) and _SIGNED.match(right):
        return True
    if left.endswith((";", ",")) or (right[0] in "-–—" and not _ENDED.search(left)):
        return True
    word = _FIRST_WORD.match(right)
    last = _LAST_WORD.search(left)
    if word and word[1] in _GERMAN and _ORDINAL.search(left):
        return True
    if word and last:
        if last[1] in _TITLES and word[1][0].isupper() and word[1] not in _STARTERS:
            return True
        if last[1].isupper() and last[1].capitalize() in _TITLES and word[1].isupper() and len(word[1]) > 1:  # "SEN. ADA KELL:"
            return True
        if last[1] in _BEFORE_PLACES and word[1].isupper() and len(word[1]) > 1:
            return True
        if last[1] in _MONTHS and word[1][0].isdigit():
            return True
        if last[1] == "Jr" and word[1] in _NAMED_FOR:
            return True
    return bool(_ASKED.search(left) and _SAYS.match(right))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, or its parts where it is longer than LONGEST."""
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start, start + LONGEST), text.rfind("\n", start, start + LONGEST))
        cut = cut if cut > start + LONGEST // 2 else start + LONGEST
        a, b = _trim(text, start, cut)
        if a < b:
            yield a, b
        start = cut
    start, end = _trim(text, start, end)
    if start < end:
        yield start, end
