"""File IDs: the stem, or the path in the source folder where stems collide; safe in footnotes, never twice the same."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath, PurePosixPath

from briefing.text.characters import hidden, mixed

_SAFE = frozenset("-._/+~,=@")


def assign(files: Sequence[tuple[str, str]]) -> list[str]:
    """Return one ID per file, in order; a file is given as (name of its source folder, POSIX path inside that folder).

    Unique even where upper and lower case are the same. An ordinary stem is kept unchanged.
    """
    stems = [safe(PurePosixPath(path).stem) for _, path in files]
    inside = [safe(path) for _, path in files]
    full = [safe(f"{folder}/{path}" if folder else path) for folder, path in files]
    names = _apart(_apart(stems, inside), full)
    taken = Counter(name.casefold() for name in names)
    last: dict[str, int] = {}  # the number that a name had last: counting on from it, thousands of one name take no longer than others
    used: set[str] = set()
    for n, name in enumerate(names):
        own = name.casefold()
        while name.casefold() in used or (own in last and taken[name.casefold()]):
            last[own] = last.get(own, 1) + 1
            name = f"{names[n]}~{last[own]}"
        used.add(name.casefold())
        names[n] = name
    return names


def _apart(names: list[str], longer: Sequence[str]) -> list[str]:
    """Replace every name that occurs more than once by its longer form."""
    counts = Counter(name.casefold() for name in names)
    return [more if counts[name.casefold()] > 1 else name for name, more in zip(names, longer, strict=True)]


def safe(name: str) -> str:
    """Replace what could end a footnote label, confuse a terminal or pass for another ID; letters and digits of every script stay."""
    text = unicodedata.normalize("NFC", name)
    unseen = set(hidden(text))
    kept = "".join(
        c if n not in unseen and (c.isalnum() or c in _SAFE or unicodedata.category(c) in ("Mn", "Mc")) else "_" for n, c in enumerate(text)
    )
    while word := mixed(kept):
        kept = kept.replace(word, "".join(c if c.isascii() else "_" for c in word))
    return kept.strip("/") or "_"


def named_after(name: str, path: str) -> bool:
    """Return whether an ID is one, and has the name of its file in it; `path` is printable, so what cannot be shown may differ."""
    stem, called = (re.sub("_+", "_", text).casefold() for text in (safe(PurePath(path).stem), name))
    return name == safe(name) and stem.strip("_") in called


def printable(path: PurePath) -> str:
    """Return a path as text that can be encoded and shown on one line."""
    text = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "�" for c in text)
