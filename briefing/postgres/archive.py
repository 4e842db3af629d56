"""The archive of a newsroom: every body sentence of every article that a brief was made of, found by its words and its meaning.

question ─ terms ─► tsvector, GIN ─► BM25 ┐
         ─ vector ─► halfvec, HNSW ─► cosine ┴ both orders fused ─► the first few; their text is the article's

A sentence is found by its words as soon as the brief is kept, and by its meaning once its vector is. Whose it is, is the database's matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

import psycopg

from briefing.address import PostgresAddress
from briefing.index import fused, in_words, words_of
from briefing.postgres.connection import Connected, Connection, Row
from briefing.text.rows import passage
from briefing.types import Article

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

_Split = dict[int, tuple[bytes, list[str]]]  # SHA-256 and words of each sentence, by number
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
    WHERE said <> '' AND NOT EXISTS (SELECT FROM vectors WHERE vectors.said = sentences.said AND model = %(model)s) LIMIT %(most)s
"""
_OWNER = "SELECT owner_of_session()"
_KEPT = "SELECT content, private_to, number, said, words FROM sentences WHERE content = ANY (%s) AND said <> ''"
_SENTENCE = """
    INSERT INTO sentences (content, number, published, said, words) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (content, number, private_to) DO UPDATE SET published = excluded.published, said = excluded.said, words = excluded.words
"""
_EMPTY = """
    UPDATE sentences SET said = '', words = '{}' WHERE content = %s AND private_to = %s AND NOT number = ANY (%s) AND said <> ''
"""
"""A worker may delete nothing: a sentence that is none any more is emptied, and nothing finds it."""


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

    def resplit(self, articles: Iterable[Article]) -> bool:
        """Keep the sentences of articles as they are split in them; return whether any were kept otherwise."""
        return self._connection.transaction(lambda db: keep_sentences(db, articles))


def keep_sentences(db: psycopg.Connection[Row], articles: Iterable[Article]) -> bool:
    """Write the sentences of articles, where they are not kept as these are split; what an earlier version kept of them is replaced.

    Where everybody is shown them as they are, a private desk needs none of its own. Returns whether anything was written.
    """
    given = {article.content: article for article in articles}
    ((owner,),) = db.execute(_OWNER).fetchall()
    kept: defaultdict[tuple[str, str], _Split] = defaultdict(dict)
    for content, whose, number, text, words in db.execute(_KEPT, (list(given),)):
        kept[content, whose][number] = bytes(text), words
    written = False
    for content, article in sorted(given.items()):
        split = {number: (text, words) for number, text, words in sentences_of(article)}
        own = kept.get((content, owner))
        if own == split or (own is None and kept.get((content, "")) == split):
            continue
        db.cursor().executemany(_SENTENCE, [(content, number, article.published, *found) for number, found in split.items()])
        db.execute(_EMPTY, (content, owner, list(split)))
        written = True
    return written


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
