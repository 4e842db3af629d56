"""The network of sentence vectors: batches change nothing, padding is not read, files that are something else are refused.

The weights here are random: what the real ones say is tested in tests/real.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from briefing.errors import ModelCorruptError
from briefing.model.embedder import MiniLM
from briefing.model.vectors import SIZE

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

VOCABULARY = ["[PAD]", "[UNK]", *"the port of aster is open a ferry sailed to brell".split()]
WIDE = 4 * SIZE


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Write random weights of two layers, and a tokenizer of a dozen words."""
    folder = tmp_path_factory.mktemp("embedder")
    random = np.random.default_rng(0)

    def matrix(*shape: int) -> Vectors:
        return random.normal(0, 0.05, shape).astype(np.float32)

    weights = {
        "embeddings.word_embeddings.weight": matrix(len(VOCABULARY), SIZE),
        "embeddings.position_embeddings.weight": matrix(512, SIZE),
        "embeddings.token_type_embeddings.weight": matrix(2, SIZE),
    }
    normal = ["embeddings.LayerNorm"]
    for n in range(2):
        name = f"encoder.layer.{n}."
        shapes = {f"attention.self.{part}": (SIZE, SIZE) for part in ("query", "key", "value")}
        shapes |= {"attention.output.dense": (SIZE, SIZE), "intermediate.dense": (WIDE, SIZE), "output.dense": (SIZE, WIDE)}
        for part, shape in shapes.items():
            weights |= {f"{name}{part}.weight": matrix(*shape), f"{name}{part}.bias": matrix(shape[0])}
        normal += [f"{name}attention.output.LayerNorm", f"{name}output.LayerNorm"]
    for name in normal:
        weights |= {f"{name}.weight": np.ones(SIZE, np.float32), f"{name}.bias": matrix(SIZE)}
    save_file(weights, folder / "model.safetensors")
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder / "model.safetensors", folder / "tokenizer.json"


def test_vectors_have_length_one_and_batches_change_nothing(files: tuple[Path, Path]) -> None:
    model = MiniLM(*files, "ab" * 32)
    texts = ["the port of aster is open", "a ferry sailed", "a ferry sailed to brell " * 9, "unknown words", "open"] * 9
    found = model.embed(texts)
    assert found.shape == (len(texts), SIZE)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    for n in (0, 1, 2, 3, 4):
        assert np.abs(found[n] - model.embed([texts[n]])[0]).max() < 1e-5
        assert np.abs(found[n] - found[n + 5]).max() < 1e-5


def test_pieces_have_their_places_and_states_and_batches_change_nothing(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.model.embedder.LAYERS", (1, 2))
    model = MiniLM(*files, "ab" * 32)
    texts = ["the port of aster", "a ferry sailed to brell " * 9, "", "open"] * 9
    found = model.pieces(texts)
    assert [len(one.spans) for one in found[:4]] == [4, 45, 0, 1]
    assert [texts[0][start:end] for start, end in found[0].spans] == ["the", "port", "of", "aster"]
    assert all(one.states.shape == (len(one.spans), 3 * SIZE) for one in found)
    for n in (0, 1, 3):
        assert np.abs(found[n].states - model.pieces([texts[n]])[0].states).max() < 1e-5
        assert np.abs(found[n].states - found[n + 4].states).max() < 1e-5
    first, last = found[0].states[:, :SIZE], found[0].states[:, 2 * SIZE :]
    assert np.abs(model.pieces(["aster of"])[0].states[0, :SIZE] - first[3]).max() < 1e-6, (
        "what the vocabulary says of a word is alike anywhere"
    )
    assert np.abs(model.pieces(["aster of"])[0].states[0, 2 * SIZE :] - last[3]).max() > 1e-3, "what the layers make of it is not"


def test_no_texts_no_pieces_and_an_endless_one_is_read_to_its_limit(files: tuple[Path, Path]) -> None:
    model = MiniLM(*files, "ab" * 32)
    assert model.pieces([]) == []


def test_no_texts_no_vectors_and_an_endless_one_is_read_to_its_limit(files: tuple[Path, Path]) -> None:
    model = MiniLM(*files, "ab" * 32)
    assert model.embed([]).shape == (0, SIZE)
    assert np.array_equal(model.embed(["port " * 5000]), model.embed(["port " * 6000]))


@pytest.mark.parametrize("broken", [0, 1])
def test_a_file_of_something_else_is_refused(files: tuple[Path, Path], tmp_path: Path, broken: int) -> None:
    given = list(files)
    given[broken] = tmp_path / "wrong"
    given[broken].write_bytes(b"something else")
    with pytest.raises(ModelCorruptError, match="cannot be loaded"):
        MiniLM(given[0], given[1], "ab" * 32)
