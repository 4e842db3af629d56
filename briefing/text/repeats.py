"""Which sentences say again, word for word, what an earlier one said: marks, case and white space apart.

A word more, a word less or another number makes another sentence: what is nearly a copy may be its denial.
"""

import re
from collections.abc import Iterator, Sequence

from briefing.types import Role

_WORD = re.compile(r"(?:(?<![^\W_])[+\-−–](?=\d))?[^\W_]+(?:[.,:](?=\d)[^\W_]+)*|[%‰°$€£¥]")
_LEAST = 5  # shorter sentences repeat without being copies ("He declined to comment.")


def find(sentences: Sequence[str], paragraphs: Sequence[int], roles: Sequence[Role]) -> Iterator[tuple[int, int]]:
    """Yield (index, index of the earlier one) for every BODY sentence that repeats an earlier BODY sentence.

    In a paragraph that is repeated as a whole the short sentences count too.
    """
    words = [_words(sentence) for sentence in sentences]
    whole = _whole(words, paragraphs, roles)
    seen: dict[tuple[str, ...], int] = {}
    for n, key in enumerate(words):
        if roles[n] is not Role.BODY or not key:
            continue
        if n in whole:
            yield n, whole[n]
        elif len(key) >= _LEAST and key in seen:
            yield n, seen[key]
        else:
            seen.setdefault(key, n)


def _words(sentence: str) -> tuple[str, ...]:
    """Return what must be equal in two copies: the words, the numbers whole ("1.5", "-3") and the marks that are units."""
    return tuple(_WORD.findall(sentence.casefold()))


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


def same(one: str, other: str) -> bool:
    """Say whether two texts are the same word for word."""
    return _words(one) == _words(other)


def told_again(before: str, sentence: str) -> bool:
    """Say whether a sentence is, word for word, what the one before it says after a colon: lists are scraped so ("Port: It burned. It burned.")."""
    _, colon, tail = before.partition(": ")
    words = _words(sentence)
    return bool(colon) and len(words) >= _LEAST and words == _words(tail)
