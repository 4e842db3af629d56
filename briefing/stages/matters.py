"""Which claims of one article are about the same matter: shared words, weighed by how rare they are, and nearness in the text.

Problem: stories across articles need dates and a judge, or two calls months apart become one. Choice: claims of different articles never
meet here; merging them is a step of its own. What would change it: that step.
"""

import math
from collections import Counter
from collections.abc import Sequence

from briefing.stages.ground import Grounded
from briefing.stages.select import content

_TOGETHER = 0.08  # mean likeness from which two groups are one matter
_NEAR = 0.18  # likeness that two neighbouring sentences have for being neighbours; halved at twice the distance
_PARAGRAPH = 0.12
_QUOTE = 0.5  # weight of words that stand in the cited sentence but not in the claim

Vector = dict[str, float]


def matters(grounded: Sequence[Grounded]) -> list[list[int]]:
    """Return groups of indices into `grounded`, each in reading order; every index in exactly one group, none across articles."""
    vectors = _vectors(grounded)
    by_article: dict[str, list[int]] = {}
    for n, one in enumerate(grounded):
        by_article.setdefault(one.pick.reader.article.id, []).append(n)
    return [group for members in by_article.values() for group in _grouped(members, grounded, vectors)]


def _grouped(members: Sequence[int], grounded: Sequence[Grounded], vectors: Sequence[Vector]) -> list[list[int]]:
    """Join the two likest groups (mean over their pairs) again and again, until none are like enough."""
    like = {(a, b): _like(a, b, grounded, vectors) for a in members for b in members if a < b}
    groups = [[n] for n in members]
    while len(groups) > 1:
        pairs = [(_mean(one, other, like), i, i + 1 + k) for i, one in enumerate(groups) for k, other in enumerate(groups[i + 1 :])]
        best, i, j = max(pairs, key=lambda pair: (pair[0], -pair[1], -pair[2]))
        if best < _TOGETHER:
            break
        groups[i] = sorted(groups[i] + groups.pop(j))
    return groups


def _mean(one: Sequence[int], other: Sequence[int], like: dict[tuple[int, int], float]) -> float:
    return sum(like[min(a, b), max(a, b)] for a in one for b in other) / (len(one) * len(other))


def _like(a: int, b: int, grounded: Sequence[Grounded], vectors: Sequence[Vector]) -> float:
    likeness = sum(weight * vectors[b].get(stem, 0.0) for stem, weight in vectors[a].items())
    sentences = grounded[a].pick.reader.article.sentences
    one, other = (sentences[grounded[n].pick.plan.sentence - 1] for n in (a, b))
    return likeness + _NEAR / max(1, abs(one.number - other.number)) + _PARAGRAPH * (one.paragraph == other.paragraph)


def _vectors(grounded: Sequence[Grounded]) -> list[Vector]:
    """Return unit vectors over stems, weighed by inverse document frequency."""
    said = [content(one.claim.text) for one in grounded]
    cited = [content(one.claim.citations[0].quote) for one in grounded]
    spread = Counter(stem for claim, quote in zip(said, cited, strict=True) for stem in claim | quote)
    vectors: list[Vector] = []
    for claim, quote in zip(said, cited, strict=True):
        raw = {stem: math.log(len(grounded) / spread[stem]) * (1.0 if stem in claim else _QUOTE) for stem in claim | quote}
        size = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        vectors.append({stem: weight / size for stem, weight in sorted(raw.items()) if weight})
    return vectors
