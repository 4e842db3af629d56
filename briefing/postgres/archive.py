"""The archive of a newsroom: every body sentence of every article that a brief was made of, found by its words and its meaning."""

from __future__ import annotations

from hashlib import sha256

from briefing.index import words_of
from briefing.types import Article

_LONGEST = 200  # characters of a word: what is longer is none, and more than a tsvector takes


def sentences_of(article: Article) -> list[tuple[int, bytes, list[str]]]:
    """Return the body sentences of an article: number, SHA-256 of the text, words of its terms."""
    return [(number, said(article.quote(number)), [word[:_LONGEST] for word in words]) for number, words in words_of(article)]


def said(text: str) -> bytes:
    """Return by what a sentence is known whatever the model: the SHA-256 of its text."""
    return sha256(text.encode(errors="surrogatepass")).digest()
