"""English, by spaCy and its small model, whose files are loaded as data: nothing of the model's package is imported or run.

A sentence is parsed as it stands. One that is too long to be a sentence, or on which the parser breaks, comes back without tokens and is
then quoted, never cut.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from briefing.language.base import Parse, ParserIdentity, Token

_LONGEST = 1200  # characters of a sentence; what is longer is a table or encoded data
_BATCH = 128  # sentences that are parsed together


class SpacyParser:
    """The parser of one language from the folder of a spaCy model. `identity` names the model and the files it was loaded from."""

    def __init__(self, folder: Path, identity: ParserIdentity) -> None:
        import spacy  # a second and a half, and only where something was not parsed before

        self._identity = ParserIdentity(identity.name, identity.sha256)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a newer patch release than the model's is fine
            self._nlp = spacy.load(folder, exclude=["senter"])

    @property
    def identity(self) -> ParserIdentity:
        """Return the model's name and hash."""
        return self._identity

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Return the parse of each text, in order."""
        fit = [n for n, text in enumerate(texts) if 0 < len(text) <= _LONGEST]
        found = [Parse(text) for text in texts]
        try:
            parsed = list(self._nlp.pipe([_plain(texts[n]) for n in fit], batch_size=_BATCH))
        except (ValueError, RuntimeError, MemoryError, IndexError, KeyError):
            parsed = [self._alone(_plain(texts[n])) for n in fit]
        for n, doc in zip(fit, parsed, strict=True):
            if doc is not None:
                found[n] = Parse(texts[n], _tokens(doc))
        return found

    def _alone(self, text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - spaCy's Doc, or None where it breaks on this text
        try:
            return self._nlp(text)
        except (ValueError, RuntimeError, MemoryError, IndexError, KeyError):
            return None


def _plain(text: str) -> str:
    """Return a text of the same length that the tokenizer reads as meant: line breaks are spaces."""
    return "".join(" " if char.isspace() else char for char in text)


def _tokens(doc) -> tuple[Token, ...]:  # type: ignore[no-untyped-def]  # noqa: ANN001 - spaCy's Doc
    """Return the tokens of a document but for white space, heads renumbered."""
    place: dict[int, int] = {}
    for token in doc:
        if not token.is_space:
            place[token.i] = len(place)
    found: list[Token] = []
    for token in doc:
        if token.is_space:
            continue
        head = token.head
        while head.is_space and head.head is not head:
            head = head.head
        found.append(
            Token(
                token.idx,
                token.idx + len(token.text),
                token.lemma_,
                token.pos_,
                token.tag_,
                token.dep_,
                place.get(head.i, place[token.i]),
                token.ent_type_,
                token.ent_iob_ == "B",
            )
        )
    return tuple(found)
