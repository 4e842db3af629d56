"""An article with the parse of its sentences: what every later stage reads instead of its text.

article ─ parser, all sentences at once at the first question (see `cached`) ─► Document
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from briefing.language.base import Parse, Parser
from briefing.language.people import Form, as_names, full_names, genders, name_of, persons
from briefing.text.calendar import AGE
from briefing.text.notes import CUT_OFF
from briefing.text.quotations import Quotation, quotations, speeches
from briefing.types import Article, Role, Sentence

_COMMON = frozenset(
    """
    the of and to that with by said has have had from it its be been are were not he his him she they their who which when after but would
    this than
    """.split()
)
_SHARED = frozenset("in a is was for on an at as will we no".split())  # common in another language too: each is half a word
_ENTRIES = 3  # headings that are names, titles or years, from which an article is a list of entries
YEAR = re.compile(rf"\b{AGE}\b")
_HEADINGS = ("heading", "heading or label")
_SHARE = 0.08  # of the words of English prose these are about a quarter
_PARSED = 1000  # sentences of an article, from its head on: five seconds of work; no news article is half as long


class Document:
    """One article, parsed at the first question.

    What has no tokens: page furniture, another language than English, and what stands far down in a very long text.
    """

    def __init__(self, article: Article, parser: Parser) -> None:
        self.article = article
        self._parser = parser

    def read(self, text: str) -> Parse:
        """Return the parse of another text in this document's language, by its parser."""
        if text not in self._readings:
            self._readings[text] = as_names(self._parser.parse([text])[0], self._surnames) if self.english else Parse(text)
        return self._readings[text]

    @cached_property
    def _readings(self) -> dict[str, Parse]:
        return {}

    @cached_property
    def _parsed(self) -> dict[int, Parse]:
        """Return the parses of its sentences, as the parser gives them."""
        numbers = [s.number for s in self.article.sentences if s.role in {Role.BODY, Role.TITLE}][:_PARSED] if self.english else []
        return dict(zip(numbers, self._parser.parse([self.text(number) for number in numbers]), strict=True))

    @cached_property
    def _surnames(self) -> frozenset[str]:
        """Return the surnames of its persons, but for those that are words of the article, too."""
        small = {parse.word(n) for parse in self._parsed.values() for n in range(len(parse.tokens)) if parse.word(n).islower()}
        return frozenset(name for name in full_names(self._parsed.items()) if name.casefold() not in small)

    @cached_property
    def _parses(self) -> dict[int, Parse]:
        return {number: as_names(parse, self._surnames) for number, parse in self._parsed.items()}

    @cached_property
    def english(self) -> bool:
        """Return whether the article's own prose is in English. Other languages have no parser here, and are quoted."""
        return english(" ".join(self.text(number) for number in self.body()))

    def parse(self, number: int) -> Parse:
        """Return the parse of sentence `number`; its offsets are relative to the sentence."""
        return self._parses.get(number) or Parse(self.article.quote(number))

    def text(self, number: int) -> str:
        """Return the sentence's exact text."""
        return self.article.quote(number)

    def sentence(self, number: int) -> Sentence:
        """Return sentence `number`."""
        return self.article.sentences[number - 1]

    def body(self) -> Iterator[int]:
        """Yield the numbers of the sentences that are the article's own prose, in order."""
        return (sentence.number for sentence in self.article.sentences if sentence.role is Role.BODY)

    @cached_property
    def reporting(self) -> frozenset[int]:
        """Return the body sentences by which the article can report what another one tells: no questions, lead-ins or lines of tables.

        A column takes for granted what others report, and satire invents it.
        """
        if self.article.form in {"opinion", "satire"}:
            return frozenset()
        return frozenset(number for number in self.body() if self.sentence(number).note in {"", CUT_OFF})

    def right_before(self, number: int) -> int:
        """Return the body sentence right before sentence `number`, 0 where it is the first."""
        return next(self.before(number), 0)

    def before(self, number: int) -> Iterator[int]:
        """Yield the body sentences before sentence `number`, nearest first."""
        return (s.number for s in reversed(self.article.sentences[: number - 1]) if s.role is Role.BODY)

    @cached_property
    def entries(self) -> dict[int, str]:
        """Return the body sentences of a ranking, a list of places and the like, each with the heading of its entry."""
        lower = frozenset(re.findall(r"\b[a-z]\w+", " ".join(self.text(number) for number in self.body())))
        under: dict[int, str] = {}
        heading, found = "", set()
        for sentence in self.article.sentences:
            if sentence.role is Role.FURNITURE and sentence.note in _HEADINGS:
                text = self.text(sentence.number)
                heading = text if _is_entry(text, lower) else ""
            elif sentence.role is Role.BODY and heading:
                under[sentence.number] = heading
                found.add(heading)
        return under if len(found) >= _ENTRIES else {}

    @cached_property
    def quotations(self) -> list[Quotation]:
        """Return the quotations of the article in order; a quotation may hold several sentences."""
        return quotations(self.article.text)

    @cached_property
    def speeches(self) -> list[list[Quotation]]:
        """Return the quotations in groups that one speaker says, over paragraphs too."""
        return list(speeches(self.article.text, self.quotations))

    def speech_at(self, start: int, end: int) -> list[Quotation]:
        """Return the first speech that `text[start:end]` of the article has a part in, [] where it has none."""
        found = self.speeches[bisect_right(self.speeches, start, key=lambda group: group[-1].end) :][:1]
        return found[0] if found and found[0][0].start < end else []

    @cached_property
    def people(self) -> dict[str, list[Form]]:
        """Return the full names of its persons by surname, the commonest form first."""
        return full_names((n, self.parse(n)) for n in self.body())

    @cached_property
    def places(self) -> dict[str, list[tuple[int, tuple[int, int]]]]:
        """Return where its own prose names each person, by the name as it stands: the sentence, and its tokens there."""
        found: dict[str, list[tuple[int, tuple[int, int]]]] = {}
        for number in self.body():
            parse = self.parse(number)
            for span in persons(parse, self.people):
                found.setdefault(name_of(parse, span), []).append((number, span))
        return found

    @cached_property
    def introduced(self) -> dict[tuple[str, bool], str]:
        """Return who its persons are, as `introductions` has found it so far: to look at every place once a sentence takes minutes."""
        return {}

    @cached_property
    def genders(self) -> dict[str, tuple[int, int]]:
        """Return, by surname and by full name, how often "he" and "she" stand beside a person alone."""
        return genders(((n, self.parse(n)) for n in self.body()), self.people)

    @cached_property
    def _ends(self) -> list[int]:
        return [q.end for q in self.quotations]

    def quotation_at(self, start: int, end: int) -> Quotation | None:
        """Return the quotation in which `text[start:end]` of the article lies, its marks not counted."""
        found = self.quotations[bisect_right(self._ends, start) :][:1]
        return next((q for q in found if q.start < start and end < q.end + (not q.closed)), None)

    def outside(self, number: int) -> list[bool]:
        """Return for each token of a sentence whether it stands outside the quotations of its article."""
        start = self.sentence(number).start
        return [self.quotation_at(start + token.start, start + token.end) is None for token in self.parse(number).tokens]


def _is_entry(heading: str, lower: frozenset[str]) -> bool:
    """Return whether a heading is a year, a title in quotation marks or a name. `lower` are the words that the article writes small."""
    words = re.findall(r"[^\W\d_][^\W_]*", heading)
    named = bool(words) and all(word[0].isupper() and word.casefold() not in lower for word in words if len(word) > 3)
    return not heading.rstrip().endswith("?") and (bool(YEAR.search(heading)) or heading[:1] in "'\"‘“«" or named)


def names_entry(text: str, heading: str) -> bool:
    """Return whether a sentence says of which entry it tells: it has the years of the heading and a name in it."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_][^\W_]{2,}", heading) if word[0].isupper()}
    years = set(YEAR.findall(heading))
    return years <= set(YEAR.findall(text)) and (not words or any(word in words for word in re.findall(r"[^\W\d_]+", text.casefold())))


def english(text: str) -> bool:
    """Return whether a text is in English, by its commonest words."""
    words = [word.strip(".,;:!?()[]“”‘’\"'«»").casefold() for word in text.split()]
    return sum((word in _COMMON) + (word in _SHARED) / 2 for word in words) >= _SHARE * len(words)
