"""What a gate sees of a claim: the claim, the quotes it rests on, and how near its words are to theirs.

A claim that copies its sentence (words left out, their order kept) is held to the sentence's own small words; one that paraphrases it is
held to words of the same kind, because "may" can become "is considering", and the judge is asked more about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.text.attribution import attributions
from briefing.text.names import OPENERS
from briefing.text.variants import Known, known
from briefing.text.words import Word, fold, words

_STEM = 5  # letters by which words of a paraphrase are compared
_GOVERNED = 5  # words after a signal that it governs
_AGAIN = 0.6  # share of them from which they are said again
_FEWEST = 2
_SMALL = 3  # letters of a signal that says nothing by itself ("not"): a longer one is not lost where it stands elsewhere
_PAUSE = re.compile(r"[,;:.!?—–()]|\s(?:and|but|while|though|although|who|which)\s")
_BEFORE = 8  # words before them where a licence may stand


@dataclass(frozen=True)
class Material:
    """A claim with the quotes of its citations, the full texts of the cited articles, and who is said to speak.

    A `free` claim is said in other words than its quotes; only the articles are sure to hold its numbers.
    `roles` is what the judge says of who does what to whom in a claim with another order than its sentence; None: it was not asked.
    """

    text: str
    quotes: Sequence[str]
    articles: Sequence[str]
    speaker: str = ""
    verbatim: bool = False
    free: bool = False
    roles: bool | None = None

    @property
    def cited(self) -> str:
        """Return the cited sentences as one text."""
        return "\n".join(self.quotes)

    @cached_property
    def known(self) -> Known:
        """Return the names that the cited sentences license."""
        return known(self.cited)

    @cached_property
    def background(self) -> Known:
        """Return the names that the cited articles license."""
        return known("\n".join(self.articles))

    @cached_property
    def misplaced(self) -> Word | None:
        """Return the first word of the claim that stands in another order than in its first sentence, or None.

        What may stand elsewhere is the attribution, and at the head of the claim a name from another cited sentence, in place of a pronoun.
        """
        source = [fold(word.text) for word in words(self.quotes[0])] if self.quotes else []
        known = set(source)
        told = [word for word in words(self.text) if (f := fold(word.text)) in known and f not in OPENERS and carries(word)]
        if _out_of_order(told, source) is None:
            return None
        spans = [(a.start - len(_titles(self.text[: a.start])), a.end) for a in attributions(self.text)]
        context = {fold(word.text) for quote in self.quotes[1:] for word in words(quote)}
        head = next((word.start for word in words(self.text) if not (word.text[0].isupper() and fold(word.text) in context)), 0)
        rest = [word for word in told if word.start >= head and not any(start <= word.start < end for start, end in spans)]
        return _out_of_order(rest, source)

    @cached_property
    def main(self) -> str:
        """Return the cited sentence that has most of the claim's words: the first one where the claim copies it."""
        told = stems(self.text)
        return self.quotes[0] if self.quotes and self.copied else max(self.quotes, key=lambda quote: len(told & stems(quote)), default="")

    @cached_property
    def copied(self) -> bool:
        """Return whether the claim is made of the words of its sentences in their order, rather than said in other words."""
        known = {fold(word.text) for quote in self.quotes for word in words(quote)}
        told = [f for word in words(self.text) if (f := fold(word.text)) not in OPENERS and carries(word)]
        return self.misplaced is None and sum(f not in known for f in told) <= 0.1 * len(told)


def carries(word: Word) -> bool:
    """Return whether a word names, counts or tells something, by its form."""
    return len(word.text) > 3 or word.text[0].isupper() or any(char.isdigit() for char in word.text)


def stems(text: str) -> set[str]:
    """Return the words of `text` that carry meaning, cut so that forms of one word are mostly equal."""
    return {f[:_STEM] for word in words(text) if carries(word) and (f := fold(word.text)) not in OPENERS}


def ungoverned(asking: str, signals: Callable[[str], set[str]], other: str, licence: Callable[[str], set[str]]) -> str:
    """Return the words that a signal governs in `asking` and that stand in `other` without any `licence` near them, or "".

    A signal governs the few words after it ("not open to negotiations"). It is about meaning that one text has and the other lost.
    """
    there = words(other)
    at: dict[str, list[int]] = {}
    for n, word in enumerate(there):
        if carries(word):
            at.setdefault(fold(word.text)[:_STEM], []).append(n)
    here = words(asking)
    for n, word in enumerate(here):
        if word.text[0].isupper() or not signals(word.text) or (len(word.text) > _SMALL and fold(word.text)[:_STEM] in at):
            continue
        after = here[n + 1 : n + 1 + _GOVERNED]
        stop = _PAUSE.search(asking, word.end)
        after = [w for w in after if stop is None or w.end <= stop.start()]
        wanted = stems(" ".join(w.text for w in after))
        found = [at[stem] for stem in wanted if stem in at]
        if len(found) < _FEWEST or len(found) < _AGAIN * len(wanted):
            continue
        first, last = min(min(places) for places in found), max(min(places) for places in found)
        near = there[max(0, first - _BEFORE) : last + 2]
        if not licence(other[near[0].start : near[-1].end]):
            return " ".join(w.text for w in (word, *after))
    return ""


def _titles(before: str) -> str:
    """Return the capitalised words at the end of `before`: "Mayor " before "Ines Calder said"."""
    kept = len(before)
    for word in reversed(words(before)):
        if not word.text[0].isupper() or before[word.end : kept].strip():
            break
        kept = word.start
    return before[kept:]


def _out_of_order(told: Sequence[Word], source: Sequence[str]) -> Word | None:
    """Return the first of `told` that cannot be found in `source` after the ones before it."""
    rest = iter(source)
    return next((word for word in told if fold(word.text) not in rest), None)
