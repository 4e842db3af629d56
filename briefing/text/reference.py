"""Whom a sentence means by "he", and who speaks where the speaker stands in another sentence.

Rules over one article, careful rather than complete: what cannot be told is None, and its sentence is then not briefed.
"""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import islice, takewhile
from typing import NamedTuple

from briefing.text.attribution import Attribution, attributions
from briefing.text.names import Name, is_person, names, titled
from briefing.text.quotations import Quotation, quotations, without_quotations
from briefing.text.words import fold, words
from briefing.types import Article, Role, Sentence

_PEOPLE = {"He", "She"}
_SUBJECTS = re.compile(
    r"^(?P<lead>(?:[“\"]|But |And |However, |Meanwhile, )?)(?P<what>(?:[Hh]e|[Ss]he|[Tt]hey)(?=\s)|Both (?:leaders|men|sides|presidents|countries)|"
    r"(?:[Tt]he|[Tt]his|[Tt]hat) (?:paper|newspaper|outlet|report|group|discussion|exchange|move|statement|decision|stance|announcement|call|plan)|"
    r"(?:It|This|These|Those|Such|His|Her|Their|Its)\b)(?=[\s’',])"
)
_OUTLETS = {"paper", "newspaper", "outlet", "report"}
_ENGLISH = frozenset("the of and to in a is was for that on with by said has have as at from it be are were an will not".split())
_SHARE = 0.12  # of the words of English prose these are about a third
_REACH = 3  # sentences back


class Reference(NamedTuple):
    """The words `text[start:end]` of a sentence mean `name`, which stands in sentence `sentence` of the same article."""

    start: int
    end: int
    name: str
    sentence: int


class Voice(NamedTuple):
    """A sentence stands in a quotation that runs over it; `speaker` (of sentence `sentence`) says it. `name` is "" where nobody is named."""

    name: str
    sentence: int


class Reader:
    """Reads one article for its references. `lower` is the vocabulary that the article also writes in lower case."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def lower(self) -> frozenset[str]:
        """Return the folded words that stand in lower case somewhere in the article."""
        return frozenset(fold(w.text) for w in words(self.article.text) if w.text[0].islower())

    @cached_property
    def english(self) -> bool:
        """Return whether the article is in English, by its commonest words. Only English is rewritten; the rest is quoted."""
        found = [fold(w.text) for w in words(self.article.text)]
        return sum(word in _ENGLISH for word in found) >= _SHARE * len(found)

    def text(self, number: int) -> str:
        """Return the sentence's exact text."""
        return self.article.quote(number)

    def attributions(self, number: int) -> list[Attribution]:
        """Return the attributions inside sentence `number`."""
        return attributions(self.text(number), self.lower)

    def names(self, number: int) -> list[Name]:
        """Return the names of sentence `number`."""
        return names(self.text(number), self.lower)

    def open_reference(self, number: int) -> str:
        """Return the words at the head of sentence `number` that point to an earlier one ("He", "The paper"), or ""."""
        m = _SUBJECTS.match(self.text(number))
        return m.group("what")[:1].upper() + m.group("what")[1:] if m else ""

    def reference(self, number: int) -> Reference | None:
        """Resolve the words that `open_reference` found; None where it cannot be told."""
        m = _SUBJECTS.match(self.text(number))
        if m is None:
            return None
        what = m.group("what")[:1].upper() + m.group("what")[1:]
        for back in self._before(number):
            name = self._named(what, back)
            if name:
                return Reference(m.start("what"), m.end("what"), name, back)
            if not (what in _PEOPLE and self.open_reference(back) in _PEOPLE):
                return None
        return None

    def speaker(self, number: int, pronoun: Attribution) -> Reference | None:
        """Return whom the pronoun means that speaks within sentence `number` ("…,” she said"); None where it cannot be told.

        The span is where the name stands if that is the same sentence, else that of the pronoun.
        """
        text = self.text(number)
        what = pronoun.speaker[:1].upper() + pronoun.speaker[1:]
        start = pronoun.start
        here = [n for n in names(without_quotations(text)[:start], self.lower) if is_person(n, text) or self._known_person(n)]
        if here:
            subject = not text[: here[0].start].strip() and not any(is_person(n, text) for n in here[1:] if n.last != here[0].last)
            known = what in _PEOPLE and (subject or len({n.last for n in here}) == 1)
            return Reference(here[0].start, here[0].end, titled(here[0])[1], number) if known else None
        for back in self._before(number) if what in _PEOPLE or what == "They" else []:
            if name := self._named(what, back):
                return Reference(start, start + len(what), name, back)
            if not (what in _PEOPLE and self.open_reference(back) in _PEOPLE):
                return None
        return None

    def _before(self, number: int) -> list[int]:
        """Return the BODY sentences before `number`, nearest first, within reach and not across a paragraph's paragraph."""
        here = self.article.sentences[number - 1]
        return [
            s.number
            for s in reversed(self.article.sentences[max(0, number - 1 - _REACH) : number - 1])
            if s.role is Role.BODY and here.paragraph - s.paragraph <= 1
        ]

    def _named(self, what: str, number: int) -> str:
        text, found = self.text(number), self.names(number)
        people = [n for n in found if is_person(n, text) or self._known_person(n)]
        speakers = [a.speaker for a in self.attributions(number)]
        if what in _PEOPLE:
            if self.open_reference(number) in _PEOPLE:
                return ""
            spoken = [s for s in speakers if any(titled(n)[1] == s for n in people)]
            if spoken:
                return spoken[0]
            subject = [n for n in people if not text[: n.start].strip(' ,“"') or titled(n)[1] == titled(people[0])[1]]
            return titled(subject[0])[1] if len({n.last for n in people}) == 1 and subject else ""
        if what == "They":
            plural = [s for s in speakers if s.split()[0].casefold().endswith("s") and not s[0].islower()]
            return plural[0].split(" briefed ")[0].split(" who ")[0] if plural else ""
        if what.startswith("Both "):
            distinct = list(dict.fromkeys(titled(n)[1].split()[-1] for n in people))
            return " and ".join(distinct) if len(distinct) == 2 else ""
        if fold(what.split()[-1]) in _OUTLETS:
            outlets = [n.text for n in found if any(s.startswith(n.text) for s in speakers) or n.text.isupper()]
            return outlets[0] if outlets else ""
        return ""

    @cached_property
    def _people(self) -> frozenset[str]:
        return frozenset(n.last for s in self.article.sentences for n in self.names(s.number) if is_person(n, self.text(s.number)))

    def _known_person(self, name: Name) -> bool:
        return len(name.text.split()) == 1 and name.last in self._people

    def voice(self, number: int) -> Voice | None:
        """Return who speaks where sentence `number` lies inside a quotation begun or ended in another sentence, else None."""
        sentence = self.article.sentences[number - 1]
        first = bisect_right(self._ends, sentence.start)  # quotations are in order and apart: those from here may touch the sentence
        for q in takewhile(lambda q: q.start < sentence.end, islice(self._quotations, first, None)):
            inside = q.start <= sentence.start and sentence.end <= q.end + 1
            shared = q.start <= sentence.start < q.end or q.start < sentence.end <= q.end
            across = any(s.number != number and q.start < s.end and s.start < q.end for s in self._near(number))
            if shared and across and (inside or q.start <= sentence.start):
                return self._speaker_of(q.start, q.end, number)
        return None

    def quoted(self, start: int, end: int) -> bool:
        """Return whether `text[start:end]` of the article lies inside a quotation, of one sentence or of several."""
        found = self._quotations[bisect_right(self._ends, start) :][:1]
        return any(q.start < start and end < q.end for q in found)

    @cached_property
    def _quotations(self) -> list[Quotation]:
        return quotations(self.article.text)

    @cached_property
    def _ends(self) -> list[int]:
        return [q.end for q in self._quotations]

    def _near(self, number: int) -> list[Sentence]:
        return list(self.article.sentences[max(0, number - 6) : number + 5])

    def _speaker_of(self, start: int, end: int, number: int) -> Voice:
        """Look for the speaker after the quotation ends, then just before it begins, in the same paragraph."""
        paragraph = self.article.sentences[number - 1].paragraph
        near = [s for s in self._near(number) if s.paragraph == paragraph]
        last = next((s for s in near if s.start < end <= s.end), None)
        if last is not None and last.end > end + 1:
            outside = [a for a in self.attributions(last.number) if last.start + a.end > end]
            if outside:
                return Voice(outside[0].speaker, last.number)
        before = [s for s in near if s.end <= start]
        if before:
            spoken = self.attributions(before[-1].number)
            if spoken:
                return Voice(spoken[0].speaker, before[-1].number)
        return Voice("", number)
