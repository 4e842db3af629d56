"""What was read before, kept so that it can be searched: articles, their sentences by the terms they hold, and sentence vectors.

All of it can be made again from the files. So a file that is damaged, or of another version of the program, is emptied and not mourned:
what somebody paid for is in the store, never here.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from pydantic import ValidationError

from briefing import __version__
from briefing.errors import StorageError
from briefing.model.vectors import SIZE, Embedder
from briefing.text.terms import terms
from briefing.types import Article, Role

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

_FORM = f"1 {__version__}"
_TABLES = {
    "form": "TABLE form (version TEXT NOT NULL)",
    "articles": (
        "TABLE articles (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL, UNIQUE (sha256, name))"
    ),
    "sentences": "TABLE sentences (id INTEGER PRIMARY KEY, article INTEGER NOT NULL, number INTEGER NOT NULL)",
    "terms": "VIRTUAL TABLE terms USING fts5 (held, content = '', tokenize = \"ascii tokenchars '=#@_'\")",
    "vectors": "TABLE vectors (text TEXT NOT NULL, model TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (text, model)) WITHOUT ROWID",
}
_DAMAGED = {"SQLITE_NOTADB", "SQLITE_CORRUPT"}
_BUSY_SECONDS = 30.0
_KEYS_PER_QUERY = 500


class Hit(NamedTuple):
    """A sentence that shares terms with a query: the number of its article, its own number, and how well it fits (more is better)."""

    article: int
    sentence: int
    score: float


class Index:
    """An index in one SQLite file. Writes are transactions; several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises StorageError where it cannot be had at all."""
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._border():
                self._db = self._opened()
        except OSError as error:
            raise StorageError(f"{path}: {_UNUSABLE}: {(error.strerror or str(error)).lower()}", _HINT) from error

    def __enter__(self) -> Self:
        """Return the index itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        self._db.close()

    def find(self, content: str, name: str, path: str) -> Article | None:
        """Return the article of this content and ID as it was read before, or None."""
        with self._border():
            row = self._db.execute("SELECT json FROM articles WHERE sha256 = ? AND name = ?", (content, name)).fetchone()
        with suppress(ValidationError):
            return Article.model_validate_json(row[0]).model_copy(update={"path": path}) if row else None
        return None

    def add(self, articles: Iterable[Article]) -> list[int]:
        """Keep articles, those that are not there, and return their numbers, in order."""
        numbers = []
        with self._border(), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for article in articles:
                key = (article.content, article.id)
                row = self._db.execute("SELECT id FROM articles WHERE sha256 = ? AND name = ?", key).fetchone()
                numbers.append(row[0] if row else self._add(article))
        return numbers

    def _add(self, article: Article) -> int:
        insert = "INSERT INTO articles (sha256, name, json) VALUES (?, ?, ?)"
        number = int(self._db.execute(insert, (article.content, article.id, article.model_dump_json())).lastrowid or 0)
        for sentence in article.sentences:
            if sentence.role is Role.BODY:
                row = self._db.execute("INSERT INTO sentences (article, number) VALUES (?, ?)", (number, sentence.number)).lastrowid
                held = " ".join(sorted(terms(article.quote(sentence.number))))
                self._db.execute("INSERT INTO terms (rowid, held) VALUES (?, ?)", (row, held))
        return number

    def search(self, query: Collection[str], articles: Collection[int], most: int) -> list[Hit]:
        """Return the sentences of these articles that share terms with the query, best first (BM25)."""
        if not query or not articles:
            return []
        match = " OR ".join('"' + term.replace('"', '""').replace("\0", "") + '"' for term in sorted(query))
        with self._border():
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS within (article INTEGER PRIMARY KEY)")
            self._db.execute("DELETE FROM within")
            self._db.executemany("INSERT INTO within VALUES (?)", ((n,) for n in set(articles)))
            rows = self._db.execute(
                "SELECT article, number, -bm25(terms) AS score FROM terms JOIN sentences ON sentences.id = terms.rowid "
                "WHERE terms MATCH ? AND article IN within ORDER BY score DESC, article, number LIMIT ?",
                (match, most),
            )
            return [Hit(*row) for row in rows]

    def vectors(self, texts: Sequence[str], embedder: Embedder) -> Vectors:
        """Return the vectors of texts, those that are known without asking."""
        import numpy as np  # slow to import, and only a question needs it

        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        known: dict[str, bytes] = {}
        for start in range(0, len(keys), _KEYS_PER_QUERY):
            some = keys[start : start + _KEYS_PER_QUERY]
            marks = ",".join("?" * len(some))
            query = f"SELECT text, vector FROM vectors WHERE model = ? AND text IN ({marks})"  # noqa: S608 - only question marks
            with self._border():
                known.update(self._db.execute(query, (embedder.sha256, *some)))
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            made = embedder.embed(list(new.values())).astype(np.float16)
            rows = {key: row.tobytes() for key, row in zip(new, made, strict=True)}
            known |= rows
            with suppress(sqlite3.DatabaseError), self._db:  # without them it is only slower
                self._db.executemany(
                    "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", ((key, embedder.sha256, row) for key, row in rows.items())
                )
        found = np.frombuffer(b"".join(known[key] for key in keys), np.float16).reshape(len(keys), SIZE)
        return found.astype(np.float32)

    @contextmanager
    def _border(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise StorageError(f"{self._path}: {_UNUSABLE}: {error}", _HINT) from error

    def _opened(self) -> sqlite3.Connection:
        """Open the file; a damaged one is begun anew. One that is merely in use is waited for, and never taken for damaged."""
        try:
            return self._connected()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "") not in _DAMAGED:
                raise
        for end in ("", "-wal", "-shm", "-journal"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)
        return self._connected()

    def _connected(self) -> sqlite3.Connection:
        """Open the file with the tables of this version, in one transaction: what another version wrote is dropped."""
        db = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous = OFF")
            db.execute("BEGIN IMMEDIATE")
            formed = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'form'").fetchone()[0]
            if not formed or db.execute("SELECT version FROM form").fetchone() != (_FORM,):
                for name, table in _TABLES.items():
                    db.execute(f"DROP TABLE IF EXISTS {name}")
                    db.execute(f"CREATE {table}")
                db.execute("INSERT INTO form VALUES (?)", (_FORM,))
            db.execute("COMMIT")
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db


_UNUSABLE = "the index cannot be written or read"
_HINT = "it can be made again: delete it, or choose another folder with BRIEFING_HOME or `home` in briefing.toml"
