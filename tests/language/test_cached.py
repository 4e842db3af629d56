"""What was parsed once is never parsed again, unless what was kept of it is damaged; and no crash takes what was parsed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import engines
from briefing.config import load_settings
from briefing.errors import StorageError
from briefing.language import cached
from briefing.language.base import Parse, Parser, ParserIdentity, Token
from briefing.language.cached import CachedParser
from briefing.language.english import SpacyParser
from briefing.model import files
from briefing.progress import Silent
from briefing.sqlite.store import SqliteStore

ONE, OTHER = ParserIdentity("one", "1" * 64), ParserIdentity("other", "2" * 64)


class FakeParser:
    """A parser of single words, which remembers what it was asked; "Quorb" it cannot parse, and at `stop` it is interrupted."""

    def __init__(self, identity: ParserIdentity = ONE, stop: str = "") -> None:
        self._identity = identity
        self._stop = stop
        self.asked: list[str] = []

    @property
    def identity(self) -> ParserIdentity:
        return self._identity

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        if self._stop and self._stop in texts:
            raise KeyboardInterrupt
        self.asked += texts
        return [Parse(text, () if text == "Quorb" else (_token(text),)) for text in texts]


def _token(text: str) -> Token:
    return Token(0, len(text), text.lower(), "NOUN", "NN", "ROOT", 0, "PERSON", True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(tmp_path / "parses.sqlite3") as opened:
        yield opened


def _ask(store: SqliteStore, *texts: str, identity: ParserIdentity = ONE) -> list[str]:
    """Parse through a new cache, check what comes, and return what the inner parser was asked."""
    inner = FakeParser(identity)
    parses = CachedParser(lambda: inner, identity, store, Silent()).parse(texts)
    assert parses == FakeParser().parse(texts)
    return inner.asked


def _never() -> Parser:
    raise AssertionError("nothing is to be parsed")


def test_each_sentence_is_parsed_once(store: SqliteStore) -> None:
    assert _ask(store, "Lind", "Tarn", "Lind") == ["Lind", "Tarn"]
    assert _ask(store, "Tarn", "Brell", "Lind") == ["Brell"]
    cache = CachedParser(_never, ONE, store, Silent())
    assert cache.identity == ONE
    assert cache.parse(["Brell", "Lind"]) == FakeParser().parse(["Brell", "Lind"])
    assert cache.parse([]) == []


def test_another_parser_parses_anew(store: SqliteStore) -> None:
    _ask(store, "Lind")
    assert _ask(store, "Lind", identity=OTHER) == ["Lind"]
    assert _ask(store, "Lind") == []


def test_what_cannot_be_parsed_is_kept_as_well(store: SqliteStore) -> None:
    assert _ask(store, "Quorb") == ["Quorb"]
    assert _ask(store, "Quorb") == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE parses SET data = x'00' || data",
        "UPDATE parses SET data = substr(data, 1, 20)",
        "UPDATE parses SET data = x''",
        "UPDATE parses SET data = 'text'",
        "UPDATE parses SET data = 7",
        "UPDATE parses SET checksum = checksum + 1",
        "UPDATE parses SET checksum = 'none'",
        "DELETE FROM parses",
    ],
)
def test_a_damaged_parse_is_made_again(store: SqliteStore, tmp_path: Path, damage: str) -> None:
    _ask(store, "Lind", "Tarn")
    with closing(sqlite3.connect(tmp_path / "parses.sqlite3")) as db, db:
        db.execute(damage)
    assert _ask(store, "Lind", "Tarn") == ["Lind", "Tarn"]
    assert _ask(store, "Lind", "Tarn") == []


def test_an_interrupted_run_keeps_each_batch(store: SqliteStore) -> None:
    texts = [f"word{n}" for n in range(3 * cached._BATCH)]
    inner = FakeParser(stop=texts[-1])
    with pytest.raises(KeyboardInterrupt):
        CachedParser(lambda: inner, ONE, store, Silent()).parse(texts)
    assert len(inner.asked) == 2 * cached._BATCH
    assert _ask(store, *texts) == texts[2 * cached._BATCH :]


class _Full:
    """A store on a full disk."""

    def parses(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        return {}

    def keep_parses(self, parses: Mapping[bytes, bytes]) -> None:
        raise StorageError("the disk is full", "free some space")


class _Warned(Silent):
    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.steps = 0

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        assert (name, unit) == ("parsing", "sentences")

    def advance(self, amount: int = 1) -> None:
        self.steps += amount

    def warn(self, message: str) -> None:
        self.warnings.append(message)


def test_a_full_disk_is_one_warning_and_the_run_goes_on() -> None:
    texts = [f"word{n}" for n in range(3 * cached._BATCH)]
    progress = _Warned()
    parser = CachedParser(FakeParser, ONE, _Full(), progress)
    assert parser.parse(texts) == FakeParser().parse(texts)
    assert progress.warnings == ["the disk is full; this run goes on, but its parses are no longer kept (free some space)"]


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(lambda word: not any(c.isspace() for c in word))
_LABELS = st.sampled_from(["", "NOUN", "-LRB-", "``", "PERSON", "prep"])


@given(
    st.lists(st.tuples(_WORDS, st.text(" \n\u00a0", max_size=2), _WORDS | st.just(""), _LABELS, _LABELS, st.booleans()), max_size=12),
    st.data(),
)
def test_what_comes_back_is_what_was_kept(rows: list[tuple[str, str, str, str, str, bool]], data: st.DataObject) -> None:
    text, tokens = "", []
    for word, gap, lemma, label, entity, begins in rows:
        text += gap
        head = data.draw(st.integers(0, len(rows) - 1))
        tokens.append(Token(len(text), len(text) + len(word), lemma, label, label, label, head, entity, begins))
        text += word
    parse = Parse(text, tuple(tokens))
    assert cached._unpacked(text, cached._packed(parse)) == parse.tokens


def test_the_real_parser_comes_back_as_it_was(parser: SpacyParser, store: SqliteStore) -> None:
    texts = ["“We won’t pay,” Ilse Lind said\non Monday.", "The U.S. firm paid $4.5 million 🎉.", "", "x" * 2000]
    first = CachedParser(lambda: parser, parser.identity, store, Silent()).parse(texts)
    assert first == parser.parse(texts)
    assert CachedParser(_never, parser.identity, store, Silent()).parse(texts) == first


_SECOND_RUN = """
import sys
from pathlib import Path
from briefing import engines
from briefing.config import load_settings
from briefing.language.document import Document
from briefing.progress import Silent
from briefing.sources.files import read
from briefing.sqlite.store import SqliteStore
with SqliteStore(Path(sys.argv[1])) as store:
    articles = [outcome.article for outcome in read([sys.argv[2]])]
    found = Document(articles[0], engines.parser(load_settings(), store, Silent()))
    print([found.parse(n).word(found.parse(n).root) for n in found.body()], "spacy" in sys.modules, "numpy" in sys.modules)
"""


@pytest.mark.slow
def test_a_second_run_loads_no_spacy_and_needs_no_file(
    parser: SpacyParser, models_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(
        "The mayor of Orvane said that the council will not pay for it.\n\nThe guild left the hall on Monday and was not heard.\n"
    )
    said = []
    for folder in (models_folder, tmp_path / "no models"):
        monkeypatch.setenv("BRIEFING_MODELS", str(folder))
        command = [sys.executable, "-c", _SECOND_RUN, str(tmp_path / "parses.sqlite3"), str(article)]
        said.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
    assert said == ["['said', 'left'] True True", "['said', 'left'] False False"]


def test_the_files_are_had_only_when_a_sentence_is_new(store: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def ensure_all(entries: Sequence[object], folder: Path, progress: object) -> None:
        asked.append(len(entries))
        raise StorageError("stop here")

    monkeypatch.setattr(files, "ensure_all", ensure_all)
    parser = engines.parser(load_settings(), store, Silent())
    assert parser.identity.name == "en-core-web-sm"
    assert parser.parse([]) == []
    assert asked == []
    with pytest.raises(StorageError, match="stop here"):
        parser.parse(["Lind spoke."])
    assert asked == [15]
