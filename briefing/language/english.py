"""English, by spaCy and its small model, whose files are loaded as data: nothing of the model's package is imported or run.

A sentence is parsed without what stands over a report ("BRELL (AP) - "), which is parsed by itself and hangs on its root. One that is too
long to be a sentence, or on which the parser breaks, comes back without tokens and is then quoted, never cut. Importing this module does
not import spaCy; making a parser does, and takes a second and a half.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING

from briefing.language.above import above
from briefing.language.base import Parse, ParserIdentity, Token

if TYPE_CHECKING:
    from spacy.tokens import Doc

_EDITION = "5"  # counted up when this module makes other tokens of the same output: what was parsed before is then parsed again
_LONGEST = 1200  # characters of a sentence; what is longer is a table or encoded data
_BATCH = 128  # sentences that are parsed together
# What spaCy raises where it breaks on a text. No memory is not among them: that is the machine's failure, and ends the run.
_BREAKS = (ValueError, RuntimeError, IndexError, KeyError)


def identity(name: str, hashes: Iterable[str]) -> ParserIdentity:
    """Return which parser comes of a model's files, from their SHA-256, the version of spaCy and the edition of this module."""
    parts = [_EDITION, version("spacy"), *hashes]
    return ParserIdentity(name, sha256("\n".join(parts).encode()).hexdigest())


class SpacyParser:
    """The parser of one language from the folder of a spaCy model. `identity` names the model and the files it was loaded from."""

    def __init__(self, folder: Path, identity: ParserIdentity) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its own dependencies; and a newer patch release than the model's is fine
            from spacy.util import load_model_from_path  # heavy, and only needed where something was not parsed before

            # The folder has no meta.json (see models.txt): nothing but the language and a name is read from it.
            self._nlp = load_model_from_path(folder, meta={"lang": "en", "name": identity.name}, exclude=["senter"])
        self._identity = identity

    @property
    def identity(self) -> ParserIdentity:
        """Return the model's name and hash."""
        return self._identity

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Return the parse of each text, in order."""
        found = [Parse(text) for text in texts]
        fit = [n for n, text in enumerate(texts) if 0 < len(text) <= _LONGEST]
        for start in range(0, len(fit), _BATCH):
            some = fit[start : start + _BATCH]
            with self._nlp.memory_zone():  # new words of one batch are not kept for the next: memory stays flat
                for n, tokens in zip(some, self._whole([_plain(texts[n]) for n in some]), strict=True):
                    found[n] = Parse(texts[n], tokens)
        return found

    def _whole(self, texts: Sequence[str]) -> Iterator[tuple[Token, ...]]:
        begins = [above(text) for text in texts]
        over = iter(self._tokens([text[:at] for text, at in zip(texts, begins, strict=True) if at]))
        own = self._tokens([text[at:] for text, at in zip(texts, begins, strict=True)])
        for at, tokens in zip(begins, own, strict=True):
            yield _hung(next(over), tokens, at) if at else tokens

    def _tokens(self, texts: list[str]) -> list[tuple[Token, ...]]:
        try:
            return [_tokens(doc) for doc in self._nlp.pipe(texts, batch_size=_BATCH)]
        except _BREAKS:
            return [self._alone(text) for text in texts]

    def _alone(self, text: str) -> tuple[Token, ...]:
        try:
            return _tokens(self._nlp(text))
        except _BREAKS:
            return ()


def _hung(over: Sequence[Token], tokens: Sequence[Token], at: int) -> tuple[Token, ...]:
    """Return the tokens of a sentence behind those over it, which all hang on its root; () where the sentence has none."""
    shifted = [t._replace(start=t.start + at, end=t.end + at, head=t.head + len(over)) for t in tokens]
    root = next((n for n, token in enumerate(shifted, len(over)) if token.head == n), -1)
    return (*(token._replace(dep="meta", head=root) for token in over), *shifted) if shifted else ()


def _plain(text: str) -> str:
    """Return a text of the same length that the tokenizer reads as meant: line breaks are spaces."""
    return "".join(" " if char.isspace() else char for char in text)


def _tokens(doc: Doc) -> tuple[Token, ...]:
    """Return the tokens of a document but for white space, heads renumbered."""
    words = [token for token in doc if not token.is_space]
    place = {token.i: n for n, token in enumerate(words)}
    found: list[Token] = []
    for token in words:
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        found.append(
            Token(
                token.idx,
                token.idx + len(token.text),
                intern(token.lemma_),  # shared: with the labels, 140 bytes a token and not 340
                intern(token.pos_),
                intern(token.tag_),
                intern(token.dep_),
                place.get(head.i, place[token.i]),
                intern(token.ent_type_),
                token.ent_iob_ == "B",
            )
        )
    return tuple(found)
