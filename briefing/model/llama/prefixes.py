"""Prompt beginnings that requests share: computed once, kept while there is room, the least recently used given up.

Prefixes form a tree (a task's system text and examples; under it an article or a sentence). It counts cells and
sequences, and decides; the scheduler computes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Prefix:
    """The tokens `tokens` after those of `parent`, in a sequence of their own, computed up to a `layer`. Usable once all are computed."""

    tokens: tuple[int, ...]
    parent: Prefix | None
    sequence: int
    start: int
    layer: int | None = None
    used: int = 0
    fed: int = 0
    children: dict[tuple[int, ...], Prefix] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """Return the position after the prefix."""
        return self.start + len(self.tokens)

    @property
    def ready(self) -> bool:
        """True when a request may go on from here."""
        return self.fed == len(self.tokens)


class Prefixes:
    """The tree, with a budget of sequences. `pin` and `unpin` count who builds on a prefix; the pinned ones stay."""

    def __init__(self, sequences: list[int]) -> None:
        self._free = sequences
        self._roots: dict[int | None, dict[tuple[int, ...], Prefix]] = {}
        self._recent: dict[Prefix, None] = {}

    def __iter__(self) -> Iterator[Prefix]:
        return iter(self._recent)

    @property
    def room(self) -> int:
        """Return how many more prefixes there are sequences for."""
        return len(self._free)

    def find(self, parent: Prefix | None, tokens: tuple[int, ...], layer: int | None = None) -> Prefix | None:
        """Return the prefix if it is known up to this layer (None: the last), and count it as used just now."""
        found = self._siblings(parent, layer).get(tokens)
        if found is not None:
            del self._recent[found]
            self._recent[found] = None
        return found

    def add(self, parent: Prefix | None, tokens: tuple[int, ...], layer: int | None = None) -> Prefix:
        """Enter a prefix that is yet to be computed."""
        prefix = Prefix(tokens, parent, self._free.pop(), parent.end if parent else 0, layer)
        self._siblings(parent, layer)[tokens] = prefix
        self._recent[prefix] = None
        self.pin(parent)
        return prefix

    def pin(self, prefix: Prefix | None) -> None:
        """Keep a prefix, because somebody builds on it."""
        if prefix is not None:
            prefix.used += 1

    def unpin(self, prefix: Prefix | None) -> None:
        """Let go of a prefix; it stays until its room is wanted."""
        if prefix is not None:
            prefix.used -= 1

    def oldest(self) -> Prefix | None:
        """Return the least recently used prefix on which nobody builds."""
        return next((prefix for prefix in self._recent if prefix.used == 0), None)

    def remove(self, prefix: Prefix) -> None:
        """Forget a prefix on which nobody builds."""
        del self._recent[prefix]
        del self._siblings(prefix.parent, prefix.layer)[prefix.tokens]
        self.unpin(prefix.parent)
        self._free.append(prefix.sequence)

    def _siblings(self, parent: Prefix | None, layer: int | None) -> dict[tuple[int, ...], Prefix]:
        return parent.children if parent else self._roots.setdefault(layer, {})
