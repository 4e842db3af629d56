"""Words are read by the states of their pieces, each as it was fitted; what is no probe, or another network's, is refused in one line.

The network here is made by hand: what the real one says is tested in tests/real.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from briefing import engines
from briefing.errors import UsageError
from briefing.model.vectors import Pieces
from briefing.model.wording import WORD, Coloured, WordingProbe, nothing_read, packed, states, unpacked
from briefing.sqlite.index import SqliteIndex

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors


class Halves:
    """Reads two pieces of each word of a text, but for its last: the state of each is its number of letters, and one."""

    name, sha256 = "halves", "cd" * 32

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise NotImplementedError

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        return [self._read(text) for text in texts]

    def _read(self, text: str) -> Pieces:
        spans: list[tuple[int, int]] = []
        for found in list(WORD.finditer(text))[:-1]:
            middle = (found.start() + found.end()) // 2
            spans += [span for span in ((found.start(), middle), (middle, found.end())) if span[0] < span[1]]
        return Pieces(tuple(spans), np.array([[b - a, 1] for a, b in spans], np.float32).reshape(-1, 2))


def write(folder: Path, **changed: Any) -> Path:
    parts: dict[str, Any] = {
        "weights": np.array([2.0, -1.0], np.float32),
        "intercept": np.float32(-3.0),
        "about": json.dumps({"model": Halves.sha256}),
    }
    path = folder / "wording.npz"
    np.savez(path, **{name: value for name, value in {**parts, **changed}.items() if value is not None})
    return path


def test_a_word_is_the_mean_of_its_pieces_and_has_its_odds(tmp_path: Path) -> None:
    read = WordingProbe(write(tmp_path), Halves())(["A fiercer row.", ""])
    assert read == [(Coloured(0, 1, -2.0), Coloured(2, 9, 3.0)), ()], "of the last word no piece was read"


def test_hyphens_and_apostrophes_join_and_digits_are_no_word() -> None:
    assert [found.group() for found in WORD.finditer("The long-awaited 12 o’clock news")] == ["The", "long-awaited", "o’clock", "news"]
    assert states("12 - 40", Pieces(((0, 2),), np.ones((1, 2), np.float32))) == []


def test_who_cannot_read_reads_nothing_of_each_text() -> None:
    assert nothing_read(["A row.", "A fierce row."]) == [(), ()]


@pytest.mark.parametrize(
    "changed",
    [
        {"weights": None},
        {"intercept": None},
        {"intercept": np.array([1.0, 2.0])},
        {"about": None},
        {"about": "not JSON"},
        {"about": "[]"},
        {"about": "{}"},
        {"weights": np.array([["x"]])},
        {"weights": np.array([[1.0, 2.0]], np.float32)},
        {"weights": np.array([{}], dtype=object)},
    ],
)
def test_a_file_with_other_parts_is_no_probe(tmp_path: Path, changed: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="not a probe") as caught:
        WordingProbe(write(tmp_path, **changed), Halves())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut off", b"weights = 1\n", b"\x93NUMPY\x01\x00"])
def test_a_damaged_file_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = write(tmp_path)
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(UsageError, match="not a probe") as caught:
        WordingProbe(path, Halves())
    assert "\n" not in str(caught.value)


def test_the_probe_of_another_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="fitted with another model"):
        WordingProbe(write(tmp_path, about=json.dumps({"model": "ab" * 32})), Halves())


def test_the_shipped_probe_is_the_shipped_network_s(tmp_path: Path) -> None:
    class Named(Halves):
        name = next(entry.name for entry in engines.known_models().entries if entry.role == "embed")
        sha256 = next(entry.sha256 for entry in engines.known_models().entries if entry.role == "embed")

    with SqliteIndex(tmp_path / "index.sqlite3") as index:
        assert engines.wording(Named(), index) is not nothing_read


def test_what_was_read_once_is_read_by_no_network_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "probes" / Halves.name
    folder.mkdir(parents=True)
    write(folder)
    monkeypatch.setattr(engines, "resource", lambda _: tmp_path)
    with SqliteIndex(tmp_path / "index.sqlite3") as index:
        first = engines.wording(Halves(), index)(["A fiercer row."])
        monkeypatch.setattr(Halves, "pieces", None)
        assert engines.wording(Halves(), index)(["A fiercer row.", "A fiercer row."]) == [*first, *first]


def test_what_was_read_is_kept_to_the_last_bit_and_by_the_words_of_its_text() -> None:
    text, read = "A fiercer row.", (Coloured(0, 1, -0.1), Coloured(2, 9, 1 / 3))
    assert unpacked(text, packed(text, read)) == read, "the last word was not read"
    assert unpacked("", packed("", ())) == ()
    assert unpacked("A row.", packed(text, read)) is None


def test_what_is_read_goes_by_the_network_and_by_the_probe(tmp_path: Path) -> None:
    one, same = (WordingProbe(write(tmp_path), Halves()).sha256 for _ in range(2))
    other = WordingProbe(write(tmp_path, intercept=np.float32(-4.0)), Halves()).sha256
    assert one == same != other
