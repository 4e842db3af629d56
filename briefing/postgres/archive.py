"""The archive of a newsroom: every body sentence of every article that a brief was made of, found by its words and its meaning.

question ─ terms ─► tsvector, GIN ─► BM25 ┐
         ─ vector ─► halfvec, HNSW ─► cosine ┴ both orders fused ─► the first few; their text is the article's

A sentence is found by its words as soon as the brief is kept, and by its meaning once its vector is. Whose it is, is the database's matter.
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.address import PostgresAddress
from briefing.index import fused, in_words, words_of
from briefing.postgres.connection import Connected, Connection
from briefing.text.rows import passage
from briefing.types import Article

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

_LONGEST = 200  # characters of a word: what is longer is none, and more than a tsvector takes
_EVER = "9999"
_SEEN = {"hnsw.iterative_scan": "strict_order", "hnsw.ef_search": "200", "enable_hashjoin": "off", "enable_mergejoin": "off"}
"""That the graph of vectors is walked until enough of them pass the filters, and is what leads the join."""

_BY_TERMS = "SELECT content, number FROM found_by_terms(%(terms)s::text[]::tsquery[], %(desk)s, %(since)s, %(until)s, %(most)s)"
_BY_MEANING = """
    SELECT content, number FROM vectors JOIN sentences USING (said)
    WHERE model = %(model)s AND EXISTS (
        SELECT FROM briefed WHERE briefed.content = sentences.content AND desk = %(desk)s
        AND coalesce(nullif(published, ''), date) BETWEEN %(since)s AND %(until)s
    )
    ORDER BY vector <=> %(vector)s::halfvec LIMIT %(most)s
"""
_HOLDS = """
    SELECT EXISTS (
        SELECT FROM briefed JOIN articles USING (content)
        WHERE desk = %(desk)s AND coalesce(nullif(published, ''), date) BETWEEN %(since)s AND %(until)s
    )
"""
_UNEMBEDDED = """
    SELECT content, number FROM sentences
    WHERE NOT EXISTS (SELECT FROM vectors WHERE vectors.said = sentences.said AND model = %(model)s) LIMIT %(most)s
"""


class PostgresArchive(Connected):
    """An Archive in a PostgreSQL database: of one desk's articles, and what private desks bring is only theirs."""

    def __init__(self, address: PostgresAddress, desk: str = "") -> None:
        """Connect. Raises StorageError."""
        self._connection = Connection(address, desk)
        self._desk = desk

    @property
    def backend(self) -> int:
        """Return the process ID of the server's side of the connection."""
        return self._connection.backend

    def holds(self, since: str, until: str) -> bool:
        """Return whether there is an article of these days (ISO; "" for any): its own date, or those of the briefs it stands in."""
        ((found,),) = self._connection.query(_HOLDS, {"desk": self._desk, "since": since, "until": until or _EVER})
        return bool(found)

    def nearest(self, terms: Collection[str], vector: Vectors, model: str, *, since: str, until: str, most: int) -> list[tuple[str, int]]:
        """Return the sentences of these days nearest to a question, by words and by meaning together: content of the article, number."""
        within = {"desk": self._desk, "since": since, "until": until or _EVER, "most": most}
        asked = [query for term in sorted(terms) if (query := _query(term))]
        by_terms = self._connection.query(_BY_TERMS, {**within, "terms": asked})
        given = "[" + ",".join(f"{number:.6g}" for number in vector.tolist()) + "]"
        by_meaning = self._connection.sized(_SEEN, _BY_MEANING, {**within, "vector": given, "model": model})
        places = [[(str(content), int(number)) for content, number in rows] for rows in (by_terms, by_meaning)]
        return fused(*(list(dict.fromkeys(order)) for order in places))[:most]

    def unembedded(self, model: str, most: int) -> list[tuple[str, int]]:
        """Return sentences that no vector of this model is kept of: content, number."""
        return [(content, number) for content, number in self._connection.query(_UNEMBEDDED, {"model": model, "most": most})]


def sentences_of(article: Article) -> list[tuple[int, bytes, list[str]]]:
    """Return the sentences of an article that a question may find: number, SHA-256 of the passage, words of its terms."""
    return [(number, said(passage(article, number)), [word[:_LONGEST] for word in words]) for number, words in words_of(article)]


def said(text: str) -> bytes:
    """Return by what a sentence is known whatever the model: the SHA-256 of its text."""
    return sha256(text.encode(errors="surrogatepass")).digest()


def _query(term: str) -> str:
    """Return a term as a tsquery is written: each of its words as it stands, all of them wanted; "" where it has none."""
    words = (word[:_LONGEST].replace("\\", "\\\\").replace("'", "''") for word in in_words(term))
    return " & ".join(f"'{word}'" for word in words)
