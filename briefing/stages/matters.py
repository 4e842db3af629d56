"""Which claims are about the same matter: shared words, weighed by how rare they are, and nearness in the text.

Within an article neighbours belong together. Matters of two articles are joined where they share more than a topic: a claim that both tell,
or much of their rare words, and then only if both articles can be of the same days. An article without a date can be of any day, so beside
one that has a date it needs the shared claim: two calls of different months must never stand under one head.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from briefing.stages.ground import Grounded
from briefing.text.dates import apart
from briefing.text.terms import content

_TOGETHER = 0.1  # mean likeness from which two groups are one matter
_NEAR = 0.18  # likeness that two neighbouring sentences have for being neighbours; halved at twice the distance
_PARAGRAPH = 0.12
_ACROSS = 0.3  # likeness of two claims of different articles from which their groups are one matter
_REPORT = 0.2  # likeness of two claims for being passed on from the same outlet
_HEAVIEST = 12  # terms of a claim by which it meets others
_MEETING = 40  # claims with a term that the next one with it meets
_DAYS = 3  # between the dates of two articles that tell of the same days
_QUOTE = 0.5  # weight of words that stand in the cited sentence but not in the claim

_ELSEWHERE = re.compile(  # a sentence that leaves the matter before it
    r"(?:In (?:a|an|another|other|separate|related)\b[\w ]{0,30}?(?:developments?|move|news|updates?|step|statement)\b|"
    r"Meanwhile|Elsewhere|Separately|In other)"
)

Vector = dict[str, float]


def matters(grounded: Sequence[Grounded]) -> list[list[int]]:
    """Return groups of indices into `grounded`, each in reading order; every index in exactly one group."""
    vectors = _vectors(grounded)
    by_article: dict[str, list[int]] = {}
    for n, one in enumerate(grounded):
        by_article.setdefault(one.pick.reader.article.id, []).append(n)
    groups = [group for members in by_article.values() for group in _grouped(members, grounded, vectors)]
    return _facing(_across(groups, grounded, vectors), grounded)


def _facing(groups: Sequence[Sequence[int]], grounded: Sequence[Grounded]) -> list[list[int]]:
    """Bring both sides of a conflict under one head: a side joins the larger group that holds the other."""
    at = {one.claim.id: n for n, one in enumerate(grounded)}
    home = {n: k for k, group in enumerate(groups) for n in group}
    for n, one in enumerate(grounded):
        for other in (at[name] for name in one.claim.conflicts):
            size = Counter(home.values())
            larger, smaller = sorted((n, other), key=lambda m: (-size[home[m]], m))
            home[smaller] = home[larger]
    found: dict[int, list[int]] = {}
    for n in sorted(home):
        found.setdefault(home[n], []).append(n)
    return [found[k] for k in range(len(groups)) if k in found]


def _across(groups: Sequence[list[int]], grounded: Sequence[Grounded], vectors: Sequence[Vector]) -> list[list[int]]:
    """Join the groups that hold the likest claims of different articles, as long as these are like enough and can be of the same days."""
    joined = dict(enumerate(groups))
    root = {n: k for k, group in joined.items() for n in group}
    for _, a, b in sorted((-like, a, b) for a, b in _meeting(grounded, vectors) if (like := _bond(a, b, grounded, vectors)) >= _ACROSS):
        first, second = sorted((root[a], root[b]))
        if first != second and _same_days([grounded[n] for n in joined[first]], [grounded[n] for n in joined[second]]):
            root.update(dict.fromkeys(joined[second], first))
            joined[first] = joined[first] + joined.pop(second)
    return list(joined.values())


def _meeting(grounded: Sequence[Grounded], vectors: Sequence[Vector]) -> set[tuple[int, int]]:
    """Return the pairs of claims of different articles that share one of their heaviest terms or an outlet."""
    holders: dict[str, list[int]] = {}
    found: set[tuple[int, int]] = set()
    for n, (one, vector) in enumerate(zip(grounded, vectors, strict=True)):
        heavy = sorted(vector, key=lambda stem: (-vector[stem], stem))[:_HEAVIEST]
        for term in (*heavy, *(f"@{outlet}" for outlet in one.claim.passed_on)):
            others = holders.setdefault(term, [])
            found.update((m, n) for m in others[-_MEETING:] if grounded[m].pick.reader is not one.pick.reader)
            others.append(n)
    return found


def _bond(a: int, b: int, grounded: Sequence[Grounded], vectors: Sequence[Vector]) -> float:
    """Return how surely two claims are of one matter: their likeness, more where one is cited to the other's article."""
    cited = ({c.article for c in grounded[a].claim.citations}, {c.article for c in grounded[b].claim.citations})
    shared = grounded[b].pick.reader.article.id in cited[0] or grounded[a].pick.reader.article.id in cited[1]
    return _like(a, b, grounded, vectors) + _REPORT * shared


def _same_days(one: Sequence[Grounded], other: Sequence[Grounded]) -> bool:
    """Return whether two groups can tell of the same days; where only one of two articles is dated, a shared claim says so."""
    days = [{g.pick.reader.article.id: g.pick.reader.article.published for g in group} for group in (one, other)]
    for first, published in days[0].items():
        for second, again in days[1].items():
            if bool(published) != bool(again):
                if not any({first, second} <= {c.article for c in g.claim.citations} for g in (*one, *other)):
                    return False
            elif apart(published, again) > _DAYS:
                return False
    return True


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
    """Return how alike two claims are: by their words, by the outlet that both are passed on from, and as neighbours in one article."""
    likeness = sum(weight * vectors[b].get(stem, 0.0) for stem, weight in vectors[a].items())
    likeness += _REPORT * bool(set(grounded[a].claim.passed_on) & set(grounded[b].claim.passed_on))
    reader = grounded[a].pick.reader
    if reader is not grounded[b].pick.reader:
        return likeness
    one, other = sorted(
        (reader.article.sentences[grounded[n].pick.plan.sentence - 1] for n in (a, b)), key=lambda sentence: sentence.number
    )
    if any(_ELSEWHERE.match(reader.text(number)) for number in range(one.number + 1, other.number + 1)):
        return likeness
    return likeness + _NEAR / (other.number - one.number) + _PARAGRAPH * (one.paragraph == other.paragraph)


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
