"""A sentence cut into the parts that a claim may keep or drop, each word marked where dropping it would change what is said.

This is the plan from which a draft's grammar is made: words keep their order, quotations stay whole, and what carries the truth of a part
(numbers and their "over" or "about", negation, doubt, "may", who said it) stays wherever the part stays.
"""

import re
from typing import NamedTuple

from briefing.text.attribution import VERBS, attributions
from briefing.text.quotations import quotations
from briefing.text.signals import doubtful, negated, open_ended, refusing
from briefing.text.words import fold

_PIECE = re.compile(r"\S+")
_QUALIFIERS = {
    "over",
    "about",
    "around",
    "nearly",
    "almost",
    "some",
    "least",
    "most",
    "than",
    "up",
    "under",
    "below",
    "approximately",
    "roughly",
}
_STARTS_PART = {
    "who", "which", "whose", "while", "though", "although", "but", "whereas", "despite", "including", "especially", "such", "where", "when",
    "because", "after", "before", "if", "unless", "until", "amid", "since", "something", "however", "rather", "much", "citing", "with", "as",
}  # fmt: skip
_LEADS = {
    "in", "on", "at", "after", "before", "while", "following", "despite", "as", "amid", "during", "when", "although", "though", "since", "with",
    "adding", "if", "because", "by", "under", "for", "last", "this", "from", "citing",
}  # fmt: skip
_FILLERS = re.compile(
    r"^(?:\([A-Z][A-Za-z ]{1,30}\)\s+|(?:However|Meanwhile|Additionally|Moreover|Furthermore|Notably|Also|Indeed|Still|In addition|"
    r"In (?:a )?(?:separate|related|another) (?:development|move|news|step)|In other (?:updates|news|developments)|"
    r"(?:Perhaps )?[Mm]ore \w+ly(?: still)?(?: is that)?|Perhaps more \w+ly is that|Adding to the [\w ]+?tensions|And|But|So|Yet),?\s+)+"
)
_COMMENTARY = re.compile(
    r"^(?:underscoring|reflecting|highlighting|signal(?:l)?ing|raising questions|leaving (?:many|some)|further complicating|marking|"
    r"fuel(?:l)?ing|sparking|an? (?:move|step|sign|devastating|significant)\b|showing|demonstrating|illustrating|significantly impacting)",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """A word with its punctuation taken off, or a whole quotation. `needed`: may not be dropped while its part is kept."""

    text: str
    needed: bool


class Part(NamedTuple):
    """A run of pieces that a claim keeps or drops together; a `main` part is always kept."""

    pieces: tuple[Piece, ...]
    main: bool


def without_filler(text: str) -> str:
    """Return `text` without the words that only join it to the sentence before ("However,", "In other news,")."""
    rest = _FILLERS.sub("", text)
    return rest[:1].upper() + rest[1:] if rest else text


def parts(text: str) -> list[Part]:
    """Cut a sentence (without final punctuation it makes no difference) into its parts, in order, commentary left out."""
    spans = [(q.start, q.end) for q in quotations(text) if q.closed]
    quoted = {start for start, _ in spans}
    keep = [
        (a.start - 4 if text[max(0, a.start - 4) : a.start].lower() == "the " else a.start, a.end)
        for a in attributions(text)
    ]
    tokens = _tokens(text, spans)
    groups = _groups(text, tokens, quoted)
    found: list[Part] = []
    for n, (group, opened) in enumerate(groups):
        phrase = text[group[0][0] : group[-1][1]]
        attributed = any(start < group[-1][1] and group[0][0] < end for start, end in keep)
        if opened and not attributed and _COMMENTARY.match(phrase):
            continue
        pieces = tuple(p for k, token in enumerate(group) if (p := _piece(text, group, k, token, keep, quoted)).text)
        lead = n == 0 and len(groups) > 1 and fold(text[group[0][0] : group[0][1]].rstrip(",")) in _LEADS
        if pieces:
            found.append(Part(pieces, main=attributed or not (opened or lead)))
    return found if any(p.main for p in found) else [Part(p.pieces, main=True) for p in found]


def _tokens(text: str, quoted: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of words, a quotation being one; dashes between words are boundaries of their own."""
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in [*quoted, (len(text), len(text))]:
        for m in _PIECE.finditer(text, at, start):
            inner = [
                m.start(),
                *(k for d in re.finditer(r"—|–", m.group()) for k in (m.start() + d.start(), m.start() + d.end())),
                m.end(),
            ]
            found.extend((a, b) for a, b in zip(inner, inner[1:], strict=False) if a < b)
        if start < end:
            found.append((start, end))
        at = end
    return found


def _groups(text: str, tokens: list[tuple[int, int]], quoted: set[int]) -> list[tuple[list[tuple[int, int]], bool]]:
    """Group tokens into parts; the flag says that the part was opened by a word such as "who" or "despite" after a comma or dash."""
    groups: list[tuple[list[tuple[int, int]], bool]] = []
    current: list[tuple[int, int]] = []
    opened = False
    for k, (start, end) in enumerate(tokens):
        word = text[start:end]
        if word in {"—", "–", "-"}:
            if current:
                groups.append((current, opened))
            current, opened = [], not opened
            continue
        current.append((start, end))
        following = fold(text[slice(*tokens[k + 1])].rstrip(",.")) if k + 1 < len(tokens) else ""
        lead_ends = (
            not groups and not opened and word.endswith(",") and fold(text[slice(*tokens[0])].rstrip(",")) in _LEADS
        )
        boundary = word.endswith((",", ";", ":")) or word.endswith((",”", ',"'))
        quotes = k + 1 < len(tokens) and tokens[k + 1][0] in quoted  # what introduces a quotation stays with it
        if boundary and following and not quotes and (opened or lead_ends or _opens(following) or word.endswith(";")):
            groups.append((current, opened))
            current, opened = [], _opens(following)
    if current:
        groups.append((current, opened))
    return groups


def _opens(word: str) -> bool:
    return word in _STARTS_PART or (word.endswith("ing") and len(word) > 5)


def _piece(
    text: str,
    group: list[tuple[int, int]],
    k: int,
    token: tuple[int, int],
    keep: list[tuple[int, int]],
    quoted: set[int],
) -> Piece:
    start, end = token
    raw = text[start:end]
    if start in quoted:
        return Piece(re.sub(r"[.,;:]([”\"»])$", r"\1", raw), needed=False)
    word = raw.strip('“”"«»,;:.!?…()[]') if not re.fullmatch(r"(?:[A-Za-z]\.){2,}[,;:]?", raw) else raw.rstrip(",;:")
    following = text[slice(*group[k + 1])] if k + 1 < len(group) else ""
    counted = fold(word) in _QUALIFIERS and any(c.isdigit() for c in text[start : end + 24])
    needed = (
        any(c.isdigit() for c in word)
        or counted
        or negated(word) or refusing(word) or doubtful(word) or open_ended(word)
        or word in VERBS and any(s <= start < e for s, e in keep)
        or any(s <= start and end <= e + 1 for s, e in keep)
        or fold(word) in {"only", "except", "against", "between", "from", "until", "unless"} and bool(following)
    )  # fmt: skip
    return Piece(word, needed)
