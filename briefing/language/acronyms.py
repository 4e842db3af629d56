"""What the letters of a body stand for, as its article spells them out: "C.B.O.", of "the Congressional Budget Office"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from briefing.language.document import Document

_LETTERS = re.compile(r"(?<![\w.&#@-])(?:[A-Z]{3,6}|(?:[A-Z]\.){3,6})(?![\w&-]|\.\w)")
_NAME = r"(?P<name>(?:[A-Z][\w’'-]*)(?:(?: (?:of|for|and|on|the|&))* [A-Z][\w’'-]*){1,7})"
_FULL = re.compile(rf"(?<!\w)(?P<the>[Tt]he (?:[a-z-]+ ){{0,2}})?{_NAME}")
_LENGTHS = range(3, 7)
_ARTICLE = re.compile(r"\bthe$", re.IGNORECASE)
SMALL = frozenset("of for and on the &".split())
"""Small words within a name."""

_KNOWN = frozenset(
    """
    FBI CIA NSA NATO NASA AIDS HIV UNESCO UNICEF OPEC DNA BBC CNN NBC ABC CBS PBS NPR MSNBC NBA NFL NHL MLB FIFA UEFA USA GOP ISIS NAACP
    """.split()
)
"""Letters that are known better than what they stand for."""


class Spelled(NamedTuple):
    """Characters `start` to `end` of a sentence are letters that stand for `name`, with "the" where the article has it; `bare` without."""

    start: int
    end: int
    name: str
    bare: str


def spelled_out(document: Document, number: int) -> Iterator[Spelled]:
    """Yield the letters of a sentence that its article spells out, in it or elsewhere, in one way only; not those it spells out itself."""
    text = document.text(number)
    for found in _LETTERS.finditer(text):
        letters = found[0].replace(".", "")
        several = _names(document.article.text).get(letters, {})
        inside = text[: found.start()].endswith("(") and text[found.end() :].startswith(")")
        if len(several) != 1 or letters in _KNOWN or inside:
            continue
        ((bare, article),) = several.items()
        if bare in text:
            continue
        parse = document.parse(number)
        n = parse.at(found.start()) if parse.tokens else -1
        before = text[: found.start()].rstrip()
        alone = n >= 0 and parse.tokens[n].dep not in {"compound", "nmod", "amod", "det"} and parse.tokens[n].pos in {"PROPN", "NOUN"}
        the = article and alone and not _ARTICLE.search(before)
        *words, last = bare.split()
        doubled = re.match(rf" {last}\b", text[found.end() :], re.IGNORECASE)  # "the VBO office"
        name = f"the {bare}" if the else " ".join(words) if doubled else bare
        yield Spelled(found.start(), found.end(), name if before else name[0].upper() + name[1:], bare)


@lru_cache(maxsize=64)
def _names(text: str) -> Mapping[str, Mapping[str, bool]]:
    """Return the names of a text by the letters that their words begin with, and of each whether "the" stands before it anywhere."""
    found: dict[str, dict[str, bool]] = {}
    for match in _FULL.finditer(text):
        words = match["name"].split()
        heads = [k for k, word in enumerate(words) if word not in SMALL]
        for own in (heads[-length:] for length in _LENGTHS if length <= len(heads)):
            name = " ".join(words[own[0] :]).removesuffix("’s").removesuffix("'s")
            the = bool(match["the"]) if own[0] == 0 else words[own[0] - 1].casefold() == "the"
            several = found.setdefault("".join(words[k][0] for k in own), {})
            several[name] = several.get(name, False) or the
    return found
