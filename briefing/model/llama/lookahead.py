"""Guesses what a reply says next by looking it up in the prompt's own text: most replies here repeat most of a sentence.

A guess costs rows of a step, never correctness: the model's own choice decides, and a wrong guess is taken back. The method is
prompt lookup decoding (Saxena 2023), a speculative decoding without a draft model.
"""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 3
_FIRST, _MOST, _LEAST = 8, 32, 1


class Lookahead:
    """Follows one reply through its source. `source` is the text's tokens as they stand inside a reply, after a space."""

    def __init__(self, source: Sequence[int]) -> None:
        self._source = list(source)
        self._places: dict[int, list[int]] = {}
        for place, token in enumerate(source):
            self._places.setdefault(token, []).append(place)
        self._next = 0  # where the reply was last seen to go on
        self._depth = _FIRST

    def guess(self, reply: Sequence[int], room: int) -> list[int]:
        """Return the tokens, at most `room`, that may follow a reply; none where its end is not in the source."""
        found = self._find(reply)
        if found is None and self._next:
            return []
        self._next = found or 0
        return self._source[self._next : self._next + min(self._depth, room)]

    def learn(self, guessed: int, right: int) -> None:
        """Take in how far a guess was right: guess further after a whole one, less far after a wrong one."""
        if guessed:
            self._depth = min(_MOST, 2 * self._depth) if right == guessed else max(_LEAST, right + 1)

    def _find(self, reply: Sequence[int]) -> int | None:
        """Return the place after the longest end of the reply that is in the source, rather ahead of the last one than before it."""
        ends = [place + 1 for place in self._places.get(reply[-1], [])] if reply else []
        for length in range(min(_LONGEST, len(reply)), 0, -1):
            same = [end for end in ends if end >= length and self._source[end - length : end] == list(reply[-length:])]
            if same:
                return next((end for end in same if end >= self._next), same[0])
        return None
