"""Sentence vectors of all-MiniLM-L6-v2, for finding what is near in meaning. Never a verdict: a vector only proposes.

texts ─ WordPiece ─► tokens ─ six layers of attention ─► mean over the tokens ─► vectors of length one
                                                     └─► states of the tokens, for who reads words (see `wording`)

The weights are computed with in numpy: they are few (10 million beside the vocabulary), and what would run them for us is hundreds of
times as large. Wang et al. 2020 (MiniLM); Reimers and Gurevych 2019 (mean pooling).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from briefing.errors import ModelCorruptError
from briefing.model.cores import available_threads
from briefing.model.vectors import SIZE, Pieces

if TYPE_CHECKING:
    from tokenizers import Encoding

    from briefing.model.vectors import Vectors

T = TypeVar("T")
LAYERS = (3, 6)
"""Layers, counted from 1, after which a word piece's state is read, beside what the vocabulary says of it before the first."""

_HEADS = 12
_TOKENS = 128  # a sentence is read so far
_BATCH = 32
_CORES = 8  # at once: each batch takes up to 45 MB
_NEAR = 16_384  # numbers that are worked on at a time: so few stay in the processor's cache, which is three times as fast
_MASKED = np.float32(-1e9)
_EPSILON = 1e-12


class MiniLM:
    """The network, its weights in memory (90 MB)."""

    def __init__(self, weights: Path, tokenizer: Path, sha256: str) -> None:
        """Load the two files. Raises ModelCorruptError where they are something else."""
        from safetensors.numpy import load
        from threadpoolctl import ThreadpoolController
        from tokenizers import Tokenizer

        self.sha256 = sha256
        self._libraries = ThreadpoolController()
        try:
            self._weights = {name: tensor for name, tensor in load(weights.read_bytes()).items() if tensor.dtype == np.float32}
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
            self._layers = 1 + max(int(name.split(".")[2]) for name in self._weights if name.startswith("encoder.layer."))
        except Exception as error:  # what the two libraries raise has no other common name
            raise ModelCorruptError(f"{weights}: cannot be loaded: {str(error).splitlines()[0]}", "`briefing models verify`") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_TOKENS)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a vector for each text: texts of like length together, a batch a core; cores that share so small products mostly wait."""
        found = np.zeros((len(texts), SIZE), np.float32)
        for batch, vectors in self._made(texts, _pooled):
            found[batch] = vectors
        return found

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """Return what is read of the word pieces of each text: their vectors in the vocabulary, and their states after LAYERS, joined."""
        found: dict[int, Pieces] = {}
        for batch, pieces in self._made(texts, self._pieces):
            found.update(zip(batch, pieces, strict=True))
        return [found[n] for n in range(len(texts))]

    def _made(self, texts: Sequence[str], finish: Callable[[Sequence[Encoding], list[Vectors]], T]) -> Iterator[tuple[list[int], T]]:
        """Yield what is made of texts of like length together, with their numbers: of their tokens, and of the states layer by layer."""
        encodings = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(encodings)), key=lambda n: len(encodings[n].ids))
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        several = [[encodings[n] for n in batch] for batch in batches]
        with self._libraries.limit(limits=1), ThreadPoolExecutor(min(_CORES, available_threads())) as cores:
            yield from zip(batches, cores.map(lambda own: finish(own, self._states(own)), several), strict=True)

    def _states(self, encodings: Sequence[Encoding]) -> list[Vectors]:
        """Return the states before the first layer and after each: shape (texts, tokens of the longest, SIZE)."""
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), np.int64)
        for n, encoding in enumerate(encodings):
            ids[n, : len(encoding.ids)] = encoding.ids
        w = self._weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:longest]
        states = [self._normal(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")]
        hidden = (1 - _mask(encodings, longest))[:, None, None, :] * _MASKED
        for n in range(self._layers):
            states.append(self._layer(states[-1], hidden, f"encoder.layer.{n}."))
        return states

    def _pieces(self, encodings: Sequence[Encoding], states: Sequence[Vectors]) -> list[Pieces]:
        words = self._weights["embeddings.word_embeddings.weight"]
        found: list[Pieces] = []
        for row, encoding in enumerate(encodings):
            kept = [n for n, (start, end) in enumerate(encoding.offsets) if end > start]
            read = [words[np.array(encoding.ids, np.int64)[kept]], *(states[layer][row, kept] for layer in LAYERS)]
            found.append(Pieces(tuple(encoding.offsets[n] for n in kept), np.concatenate(read, axis=1)))
        return found

    def _layer(self, x: Vectors, hidden: Vectors, name: str) -> Vectors:
        rows, longest, _ = x.shape

        def heads(part: str) -> Vectors:
            linear = self._linear(x, f"{name}attention.self.{part}")
            return np.ascontiguousarray(linear.reshape(rows, longest, _HEADS, -1).transpose(0, 2, 1, 3))

        query, key, value = heads("query"), heads("key"), heads("value")
        mixed = np.empty((rows, longest, SIZE), np.float32)
        for n in range(rows):
            scores = query[n] @ np.ascontiguousarray(key[n].transpose(0, 2, 1)) / np.float32(math.sqrt(SIZE / _HEADS)) + hidden[n]
            scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
            scores /= scores.sum(axis=-1, keepdims=True)
            mixed[n] = (scores @ value[n]).transpose(1, 0, 2).reshape(longest, SIZE)
        x = self._normal(x + self._linear(mixed, f"{name}attention.output.dense"), f"{name}attention.output.LayerNorm")
        wide = self._linear(x, f"{name}intermediate.dense")
        for part in np.array_split(wide.reshape(-1), max(1, wide.size // _NEAR)):
            _gelu(part)
        return self._normal(x + self._linear(wide, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, x: Vectors, name: str) -> Vectors:
        flat = x.reshape(-1, x.shape[-1]) @ self._weights[f"{name}.weight"].T  # two dimensions: numpy multiplies more without BLAS
        flat += self._weights[f"{name}.bias"]
        return np.asarray(flat.reshape(*x.shape[:-1], -1), np.float32)

    def _normal(self, x: Vectors, name: str) -> Vectors:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        return np.asarray(centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"], np.float32)


def _mask(encodings: Sequence[Encoding], longest: int) -> Vectors:
    """Return 1 for each token of each text, and 0 for the padding behind it: shape (texts, longest)."""
    mask = np.zeros((len(encodings), longest), np.float32)
    for n, encoding in enumerate(encodings):
        mask[n, : len(encoding.ids)] = 1
    return mask


def _pooled(encodings: Sequence[Encoding], states: Sequence[Vectors]) -> Vectors:
    """Return the mean over the tokens of each text, of length one."""
    mask = _mask(encodings, states[-1].shape[1])
    pooled = (states[-1] * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), np.float32)


def _gelu(x: Vectors) -> None:
    """Turn x into x Φ(x), in its place: Φ, the normal distribution, to 7.5e-8 (Abramowitz and Stegun 26.2.17); numpy has none."""
    size = np.abs(x)
    t = np.reciprocal(size * np.float32(0.2316419) + np.float32(1))
    tail = np.full_like(x, 1.330274429)
    for term in (-1.821255978, 1.781477937, -0.356563782, 0.319381530):
        tail *= t
        tail += np.float32(term)
    tail *= t
    tail *= size
    size *= size
    size *= np.float32(-0.5)
    tail *= np.exp(size, out=size)
    tail *= np.float32(1 / math.sqrt(2 * math.pi))
    np.maximum(x, 0, out=x)
    x -= tail
