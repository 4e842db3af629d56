"""By which copies of an article are found, over all desks and days, without comparing it with any: MinHash (Broder 1997) and its bands.

article ─ its own prose ─► words ─► runs of four ─► minima of 120 hashes ─► 24 bands of five

Two articles that share seven tenths of their runs share a band 99 times of 100, those that share a third once in ten. An article of few
words has no signature, and is no copy.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from briefing.errors import UsageError
from briefing.identity import tokens, told
from briefing.stages.copies import said
from briefing.types import Article, Role

if TYPE_CHECKING:
    from datasketch import MinHash

NEAR = 0.7
"""Share of the runs of both from which one article is a near-copy of the other: a report with another opening and a paragraph less."""

_HASHES, _ROWS = 120, 5  # the standard error of a likeness is then 0.04; a band of five finds from NEAR on, see above
_RUN = 4  # words
_LEAST = 20  # words: what is shorter is alike without being a copy


class Signature(NamedTuple):
    """`said` is the SHA-256 of an article's words, `minima` 120 numbers of 32 bits, each of `bands` a hash of five of them."""

    said: bytes
    minima: bytes
    bands: tuple[bytes, ...]


def signature(article: Article) -> Signature | None:
    """Return the signature of an article, None of one of few words. Raises UsageError where datasketch is not installed."""
    words = tokens(told(article))
    if len(words) < _LEAST:
        return None
    sketch = _empty().copy()
    sketch.update_batch({" ".join(words[n : n + _RUN]).encode(errors="surrogatepass") for n in range(len(words) - _RUN + 1)})
    minima = sketch.hashvalues.astype("<u4").tobytes()
    return Signature(_words(article), minima, banded(minima))


def banded(minima: bytes) -> tuple[bytes, ...]:
    """Return the bands of a signature."""
    size = _ROWS * 4
    return tuple(sha256(bytes([n // size]) + minima[n : n + size]).digest()[:8] for n in range(0, len(minima), size))


def likeness(one: bytes, other: bytes) -> float:
    """Return which share of the runs of two articles both have, 0..1, estimated from their minima."""
    import numpy as np  # slow to import, and a process without arrivals needs none

    return float((np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")).mean())


def _words(article: Article) -> bytes:
    """Return the hash of what an article says word for word, sentence after sentence; of marks only those count that mean something."""
    sentences = (said(article.quote(s.number)) for s in article.sentences if s.role is Role.BODY)
    return sha256("\n".join(" ".join(words) for words in sentences).encode(errors="surrogatepass")).digest()


@cache
def _empty() -> MinHash:
    try:
        from datasketch import MinHash
    except ImportError as error:
        raise UsageError("datasketch is not installed, by which copies are found", "pip install 'citebrief[newsroom]'") from error
    fixed: dict[str, Any] = {"seed": 1, "scheme": "affine32", "hashfunc": crc32}  # what is kept was made by these
    return MinHash(num_perm=_HASHES, **fixed)
