"""The parse of one sentence, as values that no library is needed to read, and the protocol of what makes it.

Offsets are in characters of the text that was parsed (a sentence), half open. Labels are those of spaCy's English models: universal parts
of speech, Penn tags, ClearNLP dependencies, OntoNotes entities.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar

TIMES = frozenset(["DATE", "TIME"])
"""Kinds of entities that tell when."""

MEASURES = TIMES | {"CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"}
"""Kinds of entities that count, measure or tell when: they name nothing."""

NAMED = frozenset(["PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "EVENT", "PRODUCT"])
"""Kinds of entities that are told of by their names."""

CONTENT = frozenset(["NOUN", "PROPN", "VERB", "ADJ", "NUM"])
"""Parts of speech of the words that carry what a sentence tells."""

VERBS = frozenset(["VERB", "AUX"])
"""Parts of speech of verbs."""

P = ParamSpec("P")
T = TypeVar("T")


class ParserIdentity(NamedTuple):
    """Which parser made a parse: its name, and the SHA-256 of what decides its output."""

    name: str
    sha256: str


class Token(NamedTuple):
    """`text[start:end]`. `head` is the index of its head in the sentence (its own for the root).

    `entity` is the kind of the named entity it stands in ("PERSON", "GPE", "DATE"; "" outside), `begins` whether one begins with it.
    """

    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str = ""
    begins: bool = False


class Entity(NamedTuple):
    """A named entity: tokens `first` to `last` (half open), its kind, and its span of the text."""

    first: int
    last: int
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Parse:
    """A sentence with its tokens. `tokens` is empty where no parser knows its language, or where the parser failed."""

    text: str
    tokens: tuple[Token, ...] = ()

    def word(self, n: int) -> str:
        """Return token `n` as it stands in the text."""
        token = self.tokens[n]
        return self.text[token.start : token.end]

    def span(self, first: int, last: int) -> str:
        """Return the text of tokens `first` to `last`, half open."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """Return for each token the indices of its dependents, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for n, token in enumerate(self.tokens):
            if token.head != n:
                found[token.head].append(n)
        return tuple(map(tuple, found))

    @cached_property
    def root(self) -> int:
        """Return the index of the (first) root, -1 where there is none."""
        return next((n for n, token in enumerate(self.tokens) if token.head == n), -1)

    def subtree(self, n: int) -> list[int]:
        """Return the indices of token `n` and everything that hangs on it, in order."""
        found, waiting = [], [n]
        while waiting:
            m = waiting.pop()
            found.append(m)
            waiting.extend(self.children[m])
        return sorted(found)

    def below(self, n: int, *deps: str) -> list[int]:
        """Return the direct dependents of token `n` with one of these labels, in order."""
        return [m for m in self.children[n] if self.tokens[m].dep in deps]

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Return the named entities in order."""
        found: list[Entity] = []
        n = 0
        while n < len(self.tokens):
            kind = self.tokens[n].entity
            m = n + 1
            if kind:
                while m < len(self.tokens) and self.tokens[m].entity == kind and not self.tokens[m].begins:
                    m += 1
                found.append(Entity(n, m, kind, self.tokens[n].start, self.tokens[m - 1].end))
            n = m
        return tuple(found)

    def at(self, offset: int) -> int:
        """Return the index of the token that holds a character, or the next one; the number of tokens where there is none."""
        return next((n for n, token in enumerate(self.tokens) if offset < token.end), len(self.tokens))


def remembered(read: Callable[Concatenate[Parse, P], tuple[T, ...]]) -> Callable[Concatenate[Parse, P], tuple[T, ...]]:
    """Make a function read each parse once: what it found stays with the parse, as what is computed there does."""
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def known(parse: Parse, /, *args: P.args, **options: P.kwargs) -> tuple[T, ...]:
        found: dict[object, tuple[T, ...]] = parse.__dict__.setdefault(name, {})
        key = args, tuple(sorted(options.items()))
        if key not in found:
            found[key] = read(parse, *args, **options)
        return found[key]

    return known


class Parser(Protocol):
    """Makes parses. What it cannot parse comes back without tokens; it never raises for a text."""

    @property
    def identity(self) -> ParserIdentity:
        """Return which parser this is."""
        ...

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Return the parse of each text, in order; each text is one sentence."""
        ...
