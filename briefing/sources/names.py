"""File IDs: the stem, or the path in the source folder where stems collide; safe in footnotes, never twice the same."""

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
    used: set[str] = set()
    for n, name in enumerate(names):
        number = 1
        while name.casefold() in used or (number > 1 and taken[name.casefold()]):
            number += 1
            name = f"{names[n]}~{number}"
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


def printable(path: PurePath) -> str:
    """Return a path as text that can be encoded and shown on one line."""
    text = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "�" for c in text)
