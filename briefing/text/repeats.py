"""Which sentences of an article say again, word for word or nearly so, what an earlier one said.

Near means: the same words but for one that was added or left out, or spelt differently. Two sentences with different
numbers, or one with a negation more, are never the same.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from briefing.types import Role

_WORD = re.compile(r"[^\W_]+")
_NEGATION = frozenset({
    "no", "not", "never", "none", "neither", "nor", "without", "nobody", "nothing", "cannot", "t", "un", "deny",
    "denied", "denies", "refuse", "refused",
})  # fmt: skip
_LEAST = 5  # shorter sentences repeat without being copies ("He declined to comment.")
_NEAR = 10
_EDGE = 5
_RECENT = 8


def find(sentences: Sequence[str], paragraphs: Sequence[int], roles: Sequence[Role]) -> Iterator[tuple[int, int]]:
    """Yield (index, index of the earlier one) for every BODY sentence that repeats an earlier BODY sentence.

    In a paragraph that is repeated as a whole the short sentences count too.
    """
    words = [tuple(_WORD.findall(sentence.casefold())) for sentence in sentences]
    whole = _whole(words, paragraphs, roles)
    exact: dict[tuple[str, ...], int] = {}
    edges: dict[tuple[str, ...], list[int]] = {}
    for n, key in enumerate(words):
        if roles[n] is not Role.BODY or not key:
            continue
        if n in whole:
            yield n, whole[n]
            continue
        if len(key) >= _LEAST and key in exact:
            yield n, exact[key]
            continue
        if len(key) >= _NEAR:
            ends = (("first", *key[:_EDGE]), ("last", *key[-_EDGE:]))
            candidates = dict.fromkeys(m for end in ends for m in edges.get(end, [])[-_RECENT:])
            near = next((m for m in candidates if _near(words[m], key)), None)
            if near is not None:
                yield n, near
                continue
            for end in ends:
                edges.setdefault(end, []).append(n)
        exact.setdefault(key, n)


def _whole(words: Sequence[tuple[str, ...]], paragraphs: Sequence[int], roles: Sequence[Role]) -> dict[int, int]:
    """Map the sentences of paragraphs that are repeated whole, all of them, to the earlier ones."""
    members: dict[int, list[int]] = {}
    for n, paragraph in enumerate(paragraphs):
        if roles[n] is Role.BODY:
            members.setdefault(paragraph, []).append(n)
    seen: dict[tuple[tuple[str, ...], ...], list[int]] = {}
    found: dict[int, int] = {}
    for group in members.values():
        key = tuple(words[n] for n in group)
        if sum(map(len, key)) < _LEAST:
            continue
        if key in seen:
            found.update(zip(group, seen[key], strict=True))
        else:
            seen[key] = group
    return found


def _near(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Say whether two sentences differ in one harmless word at most."""
    if abs(len(one) - len(two)) > 1:
        return False
    head = 0
    while head < min(len(one), len(two)) and one[head] == two[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(two)) - head and one[-1 - tail] == two[-1 - tail]:
        tail += 1
    left, right = one[head : len(one) - tail], two[head : len(two) - tail]
    if len(left) > 1 or len(right) > 1:
        return False
    odd = {*left, *right}
    if any(word in _NEGATION or any(map(str.isdigit, word)) for word in odd):
        return False
    return not left or not right or SequenceMatcher(None, left[0], right[0]).ratio() >= 0.75
