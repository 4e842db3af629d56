"""A parser that asks another one only for sentences that were not parsed before, and keeps each batch the moment it is parsed.

The inner parser is made when the first such sentence comes, so a run over known articles loads none. A sentence is kept by its own text,
not by its article's: a corrected article costs only its new sentences. A parse is derived data: what is damaged is made again, and when
the store can no longer be written the run goes on with one warning.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from sys import intern
from typing import Protocol

from briefing.errors import StorageError
from briefing.language.base import Parse, Parser, ParserIdentity, Token
from briefing.progress import Progress

_FORMAT = "parse/1"  # of what is kept; part of each key
_BATCH = 256  # sentences between two writes: a second of work or two, which is what a crash costs


class ParseStore(Protocol):
    """Where parses are kept. `keep_parses` returns when they are safe; both raise StorageError."""

    def parses(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """Return what is kept under these keys and is sound."""

    def keep_parses(self, parses: Mapping[bytes, bytes]) -> None:
        """Keep a batch, all or nothing."""


class CachedParser:
    """A Parser around the one that `make` makes, which must be the parser `identity` says. Equal sentences are parsed once."""

    def __init__(self, make: Callable[[], Parser], identity: ParserIdentity, store: ParseStore, progress: Progress) -> None:
        self._make = make
        self._identity = identity
        self._store = store
        self._progress = progress
        self._parser: Parser | None = None
        self._keeps = True

    @property
    def identity(self) -> ParserIdentity:
        """Return which parser this is; known without loading it."""
        return self._identity

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Return the parse of each text, in order: what is kept, and the rest from the inner parser."""
        keys = {text: parse_key(self._identity, text) for text in texts}
        kept = self._store.parses(list(keys.values()))
        found = {text: Parse(text, _unpacked(text, kept[key])) for text, key in keys.items() if key in kept}
        missing = [text for text in keys if text not in found]
        for start in range(0, len(missing), _BATCH):
            batch = self._inner().parse(missing[start : start + _BATCH])
            self._keep({keys[parse.text]: _packed(parse) for parse in batch})
            found |= {parse.text: parse for parse in batch}
        return [found[text] for text in texts]

    def _inner(self) -> Parser:
        if self._parser is None:
            self._parser = self._make()
        return self._parser

    def _keep(self, parses: dict[bytes, bytes]) -> None:
        if self._keeps:
            try:
                self._store.keep_parses(parses)
            except StorageError as error:
                self._keeps = False
                self._progress.warn(f"{error}; this run goes on, but its parses are no longer kept ({error.hint})")


def parse_key(identity: ParserIdentity, text: str) -> bytes:
    """Return the key of a parse: SHA-256 of parser and text, so that the text cannot be read from it."""
    return sha256(f"{_FORMAT}\n{identity.sha256}\n{text}".encode(errors="surrogatepass")).digest()


def _packed(parse: Parse) -> bytes:
    """Return the tokens in columns, which compress to two thirds of what rows do; a lemma that is the word itself is 0."""
    tokens = parse.tokens
    ends = [0, *(token.end for token in tokens)]
    columns = [
        [token.start - end for token, end in zip(tokens, ends, strict=False)],
        [token.end - token.start for token in tokens],
        [token.head - n for n, token in enumerate(tokens)],
        [0 if token.lemma == parse.word(n) else token.lemma for n, token in enumerate(tokens)],
        " ".join(token.pos for token in tokens),
        " ".join(token.tag for token in tokens),
        " ".join(token.dep for token in tokens),
        " ".join(token.entity for token in tokens),
        "".join("01"[token.begins] for token in tokens),
    ]
    return zlib.compress(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode())


def _unpacked(text: str, data: bytes) -> tuple[Token, ...]:
    gaps, lengths, heads, lemmas, *labels, begins = json.loads(zlib.decompress(data))
    if not gaps:
        return ()
    found: list[Token] = []
    end = 0
    columns = (label.split(" ") for label in labels)
    for n, (gap, length, head, lemma, pos, tag, dep, entity, first) in enumerate(
        zip(gaps, lengths, heads, lemmas, *columns, begins, strict=True)
    ):
        start = end + gap
        end = start + length
        base = text[start:end] if lemma == 0 else lemma
        found.append(Token(start, end, intern(base), intern(pos), intern(tag), intern(dep), n + head, intern(entity), first == "1"))
    return tuple(found)
