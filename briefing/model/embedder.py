"""Sentence vectors of all-MiniLM-L6-v2, for finding what is near in meaning. Never a verdict: a vector only proposes.

texts ─ WordPiece ─► tokens ─ six layers of attention ─► mean over the tokens ─► vectors of length one

The weights are computed with in numpy: they are few (10 million beside the vocabulary), and what would run them for us is hundreds of
times as large. Wang et al. 2020 (MiniLM); Reimers and Gurevych 2019 (mean pooling).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from briefing.errors import ModelCorruptError
from briefing.model.cores import available_threads
from briefing.model.vectors import SIZE

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

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
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(tokens)), key=lambda n: len(tokens[n]))
        found = np.zeros((len(tokens), SIZE), np.float32)
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        with self._libraries.limit(limits=1), ThreadPoolExecutor(min(_CORES, available_threads())) as cores:
            made = cores.map(self._batch, ([tokens[n] for n in batch] for batch in batches))
            for batch, vectors in zip(batches, made, strict=True):
                found[batch] = vectors
        return found

    def _batch(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), np.int64)
        mask = np.zeros((len(tokens), longest), np.float32)
        for n, row in enumerate(tokens):
            ids[n, : len(row)] = row
            mask[n, : len(row)] = 1
        w = self._weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:longest]
        x = self._normal(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        hidden = (1 - mask)[:, None, None, :] * _MASKED
        for n in range(self._layers):
            x = self._layer(x, hidden, f"encoder.layer.{n}.")
        pooled = (x * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), np.float32)

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
