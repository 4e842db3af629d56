"""A sentence cut into the parts that a claim may keep or drop, each word marked where dropping it would change what is said.

This is the plan from which a draft's grammar is made: words keep their order, quotations stay whole, and what carries the truth of a part
(numbers and their "over" or "about", negation, doubt, "may", who said it) stays wherever the part stays.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from briefing.text.attribution import VERBS, attributions
from briefing.text.quotations import quotations
from briefing.text.signals import doubts, negations, possibilities, refusals
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
_CHARGES = {"accused", "accuses", "charged", "blamed", "suspected", "indicted"}
_STARTS_PART = {
    "who", "which", "whose", "while", "though", "although", "but", "whereas", "despite", "including", "especially", "such", "where", "when",
    "because", "after", "before", "if", "unless", "until", "amid", "since", "something", "however", "rather", "much", "citing", "with", "as",
}  # fmt: skip
_DESCRIBING = {"is", "was", "are", "were", "has", "have", "had", "will", "would", "could", "can", "may", "might", "must", "should"}
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
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_RELATIVE = re.compile(
    rf"^(?:On {_DAY}|Last (?:week|month|year|night)|(?:Earlier )?(?:[Tt]his (?:week|month|year|morning)|[Tt]oday|[Yy]esterday)|Recently),?\s+|"
    rf",?\s(?:(?:late |early )?on {_DAY}(?: (?:morning|evening|night|afternoon))?|last (?:week|month|year|night)|earlier (?:today|this week)|yesterday|"
    r"today|this (?:week|morning)|recently|in the past (?:day|week|24 hours)|in recent (?:days|weeks))(?=[\s,.;:]|$)|"
    r"(?<=[Aa]) recent(?= \w)|\s\([A-Z]{2,6}\)"
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


def timeless(text: str) -> str:
    """Return `text` without words of time that only the day of its writing explains ("last week", "on Monday"), and without "(DPR)".

    An article is often read long after; its date, where it gives one, stands beside the claim.
    """
    quoted = quotations(text)
    for m in reversed(list(_RELATIVE.finditer(text))):
        if not any(q.start < m.end() and m.start() < q.end for q in quoted):
            text = text[: m.start()] + text[m.end() :]
    text = text.strip()
    return text[:1].upper() + text[1:]


def parts(text: str) -> list[Part]:
    """Cut a sentence (without final punctuation it makes no difference) into its parts, in order, commentary left out."""
    spans = [(q.start, q.end) for q in quotations(text) if q.closed]
    quoted = {start for start, _ in spans}
    keep = [(a.start - 4 if text[max(0, a.start - 4) : a.start].lower() == "the " else a.start, a.end) for a in attributions(text)]
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
            counted = any(c.isdigit() for c in phrase)
            found.append(Part(pieces, main=attributed or counted or not (opened or lead)))
    return found if any(p.main for p in found) else [Part(p.pieces, main=True) for p in found]


def _tokens(text: str, quoted: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of words, a quotation being one; dashes between words are boundaries of their own."""
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in [*quoted, (len(text), len(text))]:
        for m in _PIECE.finditer(text, at, start):
            inner = [
                m.start(),
                *(m.start() + k for dash in re.finditer(r"—|–", m.group()) for k in dash.span()),
                m.end(),
            ]
            found.extend((a, b) for a, b in pairwise(inner) if a < b)
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
        lead_ends = not groups and not opened and word.endswith(",") and fold(text[slice(*tokens[0])].rstrip(",")) in _LEADS
        boundary = word.endswith((",", ";", ":", ",”", ',"'))
        quotes = k + 1 < len(tokens) and tokens[k + 1][0] in quoted  # what introduces a quotation stays with it
        further = fold(text[slice(*tokens[k + 2])]) if k + 2 < len(tokens) else ""
        relative = following in {"to", "of", "in", "for", "with", "from", "during"} and further in {"which", "whom", "whose"}
        if boundary and following and not quotes and (relative or opened or lead_ends or _opens(following) or word.endswith(";")):
            groups.append((current, opened))
            current, opened = [], relative or _opens(following)
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
        return Piece(raw, needed=_carries(group, token, keep))
    word = raw.strip('“”"«»,;:.!?…()[]') if not re.fullmatch(r"(?:[A-Za-z]\.){2,}[,;:]?", raw) else raw.rstrip(",;:")
    following = text[slice(*group[k + 1])] if k + 1 < len(group) else ""
    counted = fold(word) in _QUALIFIERS and any(c.isdigit() for c in text[start : end + 24])
    needed = (
        any(c.isdigit() for c in word)
        or counted
        or (k > 0 and any(c.isdigit() for c in text[slice(*group[k - 1])]))  # "35 nations": what is counted stays with its number
        or bool(negations(word) or refusals(word) or doubts(word) or possibilities(word))
        or fold(word) in _CHARGES  # who is accused has not therefore done it
        or (word == "said" and following == "to")
        or (word in VERBS and any(s <= start < e for s, e in keep))
        or _content(group, k, text)  # what is denied, written or hoped must not become what is
        or any(s <= start and end <= e + 1 for s, e in keep)
        or (fold(word) in {"only", "except", "against", "between", "from", "until", "unless"} and bool(following))
    )  # fmt: skip
    return Piece(word, needed)


def _content(group: list[tuple[int, int]], k: int, text: str) -> bool:
    """Return whether the next word opens what is said or thought ("hopes that he"), rather than describe a thing ("a plan that has")."""
    following = [fold(text[slice(*token)].strip(",")) for token in group[k + 1 : k + 3]]
    return following[:1] in (["that"], ["whether"]) and not (len(following) == 2 and following[1] in _DESCRIBING)


def _carries(group: list[tuple[int, int]], token: tuple[int, int], keep: list[tuple[int, int]]) -> bool:
    """Return whether a quotation is what its speaker says, rather than a few words inside a report: then it stays with the speaker."""
    start, end = token
    said = any(s < group[-1][1] and group[0][0] < e for s, e in keep)
    return said and end - start >= 0.4 * (group[-1][1] - group[0][0])
