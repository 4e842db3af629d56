"""A register of arrivals in memory, for what is asked of `arrivals` and not of a database."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from briefing.register import Arrival, Counts, Event, Kept

T = TypeVar("T")


class MemoryRegister:
    """What `briefing.register` promises, for one process and as long as it lives."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[Arrival, float, bytes, bytes]] = {}
        self.bands: defaultdict[bytes, list[str]] = defaultdict(list)
        self.opened: dict[int, Event] = {}
        self.words: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self.spread: Counter[str] = Counter()
        self.number = 0
        self.last = 0

    def read(self, work: Callable[[MemoryRegister], T]) -> T:
        return work(self)

    turn = read

    def arrivals(self, contents: Sequence[str]) -> dict[str, Arrival]:
        return {content: self.kept[content][0] for content in contents if content in self.kept}

    def same(self, said: Collection[bytes]) -> dict[bytes, Arrival]:
        return {own: arrival for arrival, _, own, _ in reversed(self.kept.values()) if own and own in said}

    def banded(self, bands: Collection[bytes]) -> dict[str, bytes]:
        return {content: self.kept[content][3] for band in bands for content in self.bands[band]}

    def counts(self, words: Collection[str]) -> Counts:
        known = {word: self.spread[word] for word in words if word in self.spread}
        return Counts(self.number, known, {word: len(self.words[word]) for word in words if self.words[word]})

    def holders(self, words: Collection[str], first: str, last: str) -> dict[int, dict[str, float]]:
        near = {
            number
            for word in words
            for number in self.words[word]
            if first <= self.opened[number].first and self.opened[number].last <= last
        }
        return self.weights(near, words)

    def weights(self, events: Collection[int], words: Collection[str]) -> dict[int, dict[str, float]]:
        found = {number: {word: self.words[word][number] for word in words if number in self.words[word]} for number in events}
        return {number: held for number, held in found.items() if held}

    def events(self, numbers: Collection[int]) -> dict[int, Event]:
        return {number: self.opened[number] for number in numbers if number in self.opened}

    def keep_event(self, event: Event, words: Mapping[str, float]) -> int:
        self.last += not event.number
        number = event.number or self.last
        self.opened[number] = event._replace(number=number)
        for word, weight in words.items():
            self.words[word][number] = self.words[word].get(number, 0.0) + weight
        return number

    def count(self, number: int, words: Mapping[str, int]) -> None:
        self.number += number
        self.spread.update(words)

    def keep(self, some: Sequence[Kept]) -> None:
        for arrival, said, signature, bands in some:
            self.kept[arrival.content] = arrival, time.monotonic(), said, signature
            for band in bands:
                self.bands[band].append(arrival.content)

    def sweep(self, days: int) -> int:
        until = time.monotonic() - days * 86_400
        gone = {content for content, (_, came, _, _) in self.kept.items() if came < until}
        self.kept = {content: kept for content, kept in self.kept.items() if content not in gone}
        self.bands = defaultdict(list, {band: [one for one in held if one not in gone] for band, held in self.bands.items()})
        left = {arrival.event for arrival, *_ in self.kept.values()}
        self.opened = {number: event for number, event in self.opened.items() if number in left}
        for held in self.words.values():
            for number in held.keys() - left:
                del held[number]
        return len(gone)
