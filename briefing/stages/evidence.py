"""Where a claim could stand: the sentences of the sources that share its words, found without a model. Never a verdict.

sentences ─ index by stem ─► candidates ─ the fewest that hold the claim, then its names and numbers ─► carriers (for the gates)
                                     └ where they hold too little of it, more of them ─► context (for the judge)

A judge that reads the carriers alone sees edits best, if they hold the claim; where they do not, it misses what stands elsewhere, and
what the gates find missing in the carriers means little. So a claim is close to its carriers, or free.
A row of a table is read under its header and an item of a list behind its lead-in, for neither says anything alone.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.language.base import Parse
from briefing.language.quantities import quantities
from briefing.language.units import MEASURES, singular
from briefing.text.names import OPENERS, name_words
from briefing.text.numbers import numbers
from briefing.text.rows import passage
from briefing.text.sentences import BULLETS
from briefing.text.terms import stems
from briefing.text.variants import country
from briefing.text.words import fold, words
from briefing.types import Article, Citation, Role

_LONGEST = 60  # words of a sentence that the judge reads at once
_CANDIDATES = 40  # sentences that are looked at closely
_CARRIERS = 4
_CLOSE = 0.65  # share of a claim's words, other than names and numbers, that the carriers of a close claim hold
_WORDS = 110  # words of the context where they are not: five sentences of a newspaper
_AGAIN = 0.4  # what a word is worth that the context has already
_LENGTH = 12  # words added to every length, so that short sentences do not win for being short
_WINDOW, _STEP = 2500, 800  # characters of a stretch of a text, and from one to the next
_POINTING = frozenset({"are", "him"})
_SHORT = 3  # letters of words that tell nothing of where a claim rests
_BULLET = re.compile(rf"^[{BULLETS} ]+")
_REACH = 5  # sentences from the best one, either way
_GAIN = 0.2  # share of a claim's words that a further carrier must add


class Evidence(NamedTuple):
    """What a claim could rest on: `carriers`, best first; `context` is what a judge reads, in the order of the sources.

    `close`: the carriers hold most of the claim's words; names and numbers do not count, for they are what errs.
    """

    carriers: tuple[Citation, ...]
    context: tuple[str, ...]
    close: bool


class _Passage(NamedTuple):
    article: int
    sentence: int
    stems: frozenset[str]
    length: int


class Index:
    """The sentences of some articles by the words they hold; repeats are left out. Building it is linear in their length."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._passages = [
            _Passage(n, s.number, frozenset(_terms(text)), len(text.split()))
            for n, article in enumerate(articles)
            for s in article.sentences
            if s.role is not Role.REPEAT
            for text in [says(article, s.number)]
        ]
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for n, one in enumerate(self._passages):
            for stem in one.stems:
                self._by_stem[stem].append(n)

    def find(self, claim: str) -> Evidence:
        """Return the evidence for one sentence; empty where no sentence shares a word with it."""
        wanted = {stem: self._rarity(stem) for stem in _terms(claim) if stem in self._by_stem}
        scores: defaultdict[int, float] = defaultdict(float)
        for stem, weight in sorted(wanted.items()):
            for n in self._by_stem[stem]:
                scores[n] += weight
        near = [n for n, _ in sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]]
        if not near:
            return Evidence((), (), close=False)
        carriers = self._carriers(claim, near, wanted)
        held = frozenset().union(*(self._passages[n].stems for n in carriers))
        common = stems(_common(claim))
        close = len(common & held) >= _CLOSE * len(common)
        read = sorted({*carriers} if close else {carriers[0], *self._context(near, wanted)})
        return Evidence(tuple(self._cite(n) for n in carriers), tuple(self._excerpt(n, wanted) for n in read), close)

    def _rarity(self, stem: str) -> float:
        return math.log(1 + len(self._passages) / len(self._by_stem[stem]))

    def _context(self, near: Sequence[int], wanted: dict[str, float]) -> list[int]:
        """Choose sentences that together hold the claim's words, each word worth less when it comes again, up to _WORDS words."""
        chosen: list[int] = []
        had: Counter[str] = Counter()
        left, room = list(near), _WORDS
        while left:
            best = max(left, key=lambda n: (self._worth(n, wanted, had), -n))
            left.remove(best)
            if self._worth(best, wanted, had) <= 0:
                break
            length = min(self._passages[best].length, _LONGEST)
            if length <= room:
                chosen.append(best)
                room -= length
                had.update(self._passages[best].stems)
            elif chosen and room <= 0.2 * _WORDS:
                break
        return chosen

    def _worth(self, n: int, wanted: dict[str, float], had: Counter[str]) -> float:
        passage = self._passages[n]
        gain = math.fsum(weight * _AGAIN ** had[stem] for stem, weight in wanted.items() if stem in passage.stems)
        return gain / math.sqrt(passage.length + _LENGTH)

    def _carriers(self, claim: str, near: Sequence[int], wanted: dict[str, float]) -> list[int]:
        """Choose the fewest sentences that hold what the claim says: the best one, then what adds much, then its names and numbers.

        They stand near the best one: what a claim takes from far apart, or from another article, is for a reader to put together.
        """
        first = max(near, key=lambda n: (math.fsum(wanted[stem] for stem in self._passages[n].stems & wanted.keys()), -n))
        home = [n for n in near if self._passages[n].article == self._passages[first].article and abs(n - first) <= _REACH]
        chosen = [first]
        left = set(wanted) - self._passages[first].stems
        total = math.fsum(wanted.values())
        while left and len(chosen) < _CARRIERS - 1:
            best = max(home, key=lambda n: (math.fsum(wanted[stem] for stem in left & self._passages[n].stems), -n))
            gained = left & self._passages[best].stems
            if math.fsum(wanted[stem] for stem in gained) < _GAIN * total:
                break
            chosen.append(best)
            left -= gained
        for anchor in _anchors(claim):
            holders = [n for n in home if anchor & self._passages[n].stems]
            if holders and not any(n in chosen for n in holders) and len(chosen) < _CARRIERS:
                chosen.append(min(holders, key=lambda n: abs(n - first)))
        return chosen

    def _cite(self, n: int) -> Citation:
        passage = self._passages[n]
        return self._articles[passage.article].cite(passage.sentence)

    def _excerpt(self, n: int, wanted: dict[str, float]) -> str:
        """Return a sentence on one line, or of one that has no end in sight the stretch that holds most of the claim's words."""
        told = says(self._articles[self._passages[n].article], self._passages[n].sentence).split()
        if len(told) <= _LONGEST:
            return " ".join(told)
        worth = [math.fsum(wanted.get(stem, 0.0) for stem in _terms(word)) for word in told]
        sums = [0.0]
        for value in worth:
            sums.append(sums[-1] + value)
        start = max(range(len(told) - _LONGEST + 1), key=lambda k: (sums[k + _LONGEST] - sums[k], -k))
        return " ".join(told[start : start + _LONGEST])


def says(article: Article, number: int) -> str:
    """Return what a sentence says where it stands: a row of a table under its header, an item of a list behind its lead-in."""
    sentence = article.sentences[number - 1]
    if sentence.role is not Role.BODY or not sentence.under:
        return passage(article, number)
    return f"{article.quote(sentence.under)} {_BULLET.sub('', article.quote(number))}"


def window(text: str, claim: str) -> str:
    """Return the stretch of a text, on one line, that holds most of a claim's rarer words; the whole text where it is short.

    What draws on a whole text is judged by it: sentences taken apart lose what they mean together.
    """
    line = " ".join(text.split())
    if len(line) <= _WINDOW:
        return line
    low = line.lower()
    counts = Counter(re.findall(r"\w+", low))
    wanted = {word for word in re.findall(r"\w+", claim.lower()) if len(word) > _SHORT and word in counts}

    def worth(start: int) -> float:
        inside = set(re.findall(r"\w+", low[start : start + _WINDOW]))
        return math.fsum(sorted(1 / counts[word] for word in wanted & inside))

    start = max(range(0, len(line) - _WINDOW + _STEP, _STEP), key=lambda n: (worth(n), -n))
    while start > 0 and not (line[start - 1] == " " and line[start - 2] in ".!?"):
        start += 1
        if start >= len(line):
            return line[-_WINDOW:]
    return line[start : start + _WINDOW]


def _terms(text: str) -> set[str]:
    """Return the stems of a text with its numbers as values and its countries by their number, so that variants meet.

    Words of three letters count, too, if they tell something: of "Lund led the study" it is who led it that may be false.
    """
    named = {f"#{n}" for word in name_words(text) for n in country(word)}
    short = {fold(word.text) for word in words(text) if len(word.text) == _SHORT and word.text.isalpha()} - OPENERS - _POINTING
    return stems(text) | short | {f"={value}" for value in numbers(text)} | named


def _common(claim: str) -> str:
    """Return the words of a claim that are no names and no part of a quantity: "31 million pounds" may stand as "£31m"."""
    spans = [(one.start, one.end) for one in quantities(Parse(claim))]
    units = {end + 1 for _, end in spans}
    common = [word for word in words(claim) if word.text[0].islower() and not any(a <= word.start < b for a, b in spans)]
    return " ".join(word.text for word in common if word.start not in units or singular(word.text) not in MEASURES)


def _anchors(claim: str) -> Iterator[set[str]]:
    """Yield the names and numbers of a claim, each as the terms one of which a sentence must hold."""
    for word in words(claim):
        if word.text[0].isupper() or word.text[0].isdigit():
            yield _terms(word.text)
