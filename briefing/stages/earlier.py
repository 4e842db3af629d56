"""Which claims an article of an earlier day told already: the relation that joins the articles of one event, support, over the days.

claims ─ the articles of earlier days that come nearest (`Archive`) ─ the same sentences ─────────────────────────► who told them before
                                                                     └ passages, plain code (`align`), days, judge ┘

Asked is what a claim says without its day, as a text of its own. Days are compared as dates, apart from the words that name them: "on
Monday" of this week is none of the last one, and an article cannot have told as happened what happened after it was written. A value that
is another one now is refused by plain code: it is no old news.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from briefing.language.base import Parse, Parser
from briefing.language.document import Document
from briefing.language.times import Time, times
from briefing.records import Value
from briefing.stages.align import OTHERS, content, reportable
from briefing.stages.differences import replaced
from briefing.stages.judging import Judge
from briefing.stages.nearly import apart
from briefing.stages.plain import refusals
from briefing.stages.rank import Ranker
from briefing.stages.summarize import Made
from briefing.stages.support import asked
from briefing.text.dates import differ
from briefing.text.quotations import quoted_parts, stands_in
from briefing.text.words import fold_text
from briefing.types import Article, Earlier, Edit, Sentence, cited_articles

_DAY = len("2026-11-30")
_AFTER = 3  # days after what it tells of, within which an article without a date in its sentences can be about that day
_QUOTED = 4  # words of a quotation from which it is known again
_NONE = "0" * 64  # the SHA-256 of no file


class Archived(NamedTuple):
    """An article of an earlier day: the date of the first brief that read it, its file ID there, and its text."""

    date: str
    id: str
    article: Article


Archive = Callable[[Sequence[str]], Sequence[Sequence[Archived]]]
"""Gives the articles of earlier days that come nearest to each of some texts, the nearest first."""


class Wanted(NamedTuple):
    """A claim, what is asked of it (see `alone`), and the IDs of the articles that may have told it."""

    one: Made
    bare: Made
    articles: Sequence[str]


class _Asked(NamedTuple):
    """Whether the article with content `article` told claim `claim` by its sentences `numbers`."""

    claim: int
    article: str
    numbers: tuple[int, ...]


def told_before(made: Sequence[Made], archive: Archive, parser: Parser, *, judge: Judge, least: float) -> list[Made]:
    """Return the claims, each with the earlier articles that told it, the first of them first.

    From the probability `least` on an article told a claim, where plain code finds nothing in it that the article cannot confirm.
    """
    near = archive([content(one) for one in made])
    archived = {one.article.content: one for several in near for one in several}
    if not archived:
        return list(made)
    olds = {name: opened(one.article, parser) for name, one in archived.items()}
    names = [[other.article.content for other in several] for several in near]
    wanted = [Wanted(one, alone(one, parser), several) for one, several in zip(made, names, strict=True)]
    found = telling(wanted, olds, judge=lambda: judge, least=least)
    return [_told(one, by, archived) for one, by in zip(made, found, strict=True)]


def telling(
    wanted: Sequence[Wanted], olds: Mapping[str, Document], *, judge: Callable[[], Judge], least: float
) -> list[dict[str, tuple[int, ...]]]:
    """Return for each claim the articles that tell it, by their IDs in `olds`, each with the sentences by which it does.

    The judge is had only where plain code leaves something to be asked.
    """
    ranker = Ranker([*(one.bare.chosen.document for one in wanted), *olds.values()])
    found: list[dict[str, tuple[int, ...]]] = []
    items: list[_Asked] = []
    for n, (one, bare, names) in enumerate(wanted):
        found.append({name: numbers for name in names if (numbers := again(one, olds[name]))})
        home = {_home(bare): [name for name in names if name not in found[n]]}
        passages = reportable(bare, home, olds, ranker)
        items += [_Asked(n, *passage) for passage in passages if not other_days(one, olds[passage.article], passage.numbers)]
    questions = [asked(wanted[item.claim].bare.claim.text, [olds[item.article].text(k) for k in item.numbers]) for item in items]
    for item, probability in zip(items, judge().ask("support", questions) if questions else (), strict=True):
        if probability >= least:
            found[item.claim][item.article] = item.numbers
    return found


def could_tell(one: Made, old: Document, numbers: Sequence[int]) -> bool:
    """Return whether plain code lets sentences of an earlier article tell a claim: the same ones, or such as nothing speaks against."""
    body = set(old.body())
    if not numbers or not body.issuperset(numbers):
        return False
    if again(one, old) == tuple(numbers):
        return True
    if one.claim.verbatim or other_days(one, old, numbers):
        return False
    claim, parses = one.chosen.document.read(_undated(one)), [old.parse(number) for number in numbers]
    gates = refusals(claim, parses, old.article.text)
    return all(gate.passed for gate in gates if gate.name not in OTHERS) and not any(apart(claim, parse) for parse in parses)


def opened(article: Article, parser: Parser) -> Document:
    """Return an article of an earlier day under its content as its ID: those of two days may have one ID."""
    return Document(article.model_copy(update={"id": article.content}), parser)


def again(one: Made, old: Document) -> tuple[int, ...]:
    """Return the sentences of an earlier article by which an article of today tells a claim; of a quotation, those with its words."""
    stands = {fold_text(old.text(number)): number for number in reversed(list(old.body()))}
    for name in cited_articles(one.claim.citations):
        numbers = [stands.get(fold_text(c.quote), 0) for c in one.claim.citations if c.article == name]
        if all(numbers) and not other_days(one, old, numbers):
            return tuple(numbers)
    return tuple(_quoted(one, old)) if one.claim.verbatim else ()


def _quoted(one: Made, old: Document) -> Iterator[int]:
    """Yield the sentences of an article that have the words of a quotation, each part of it in the first one that has it."""
    for part in quoted_parts(one.claim.text):
        if len(part.split()) >= _QUOTED:
            there = next((number for number in old.body() if stands_in(part, old.text(number))), 0)
            if not there:
                return
            yield there


def other_days(one: Made, old: Document, numbers: Sequence[int]) -> bool:
    """Return whether sentences of an earlier article speak of another day than a claim, or were written before what it tells."""
    published, written = one.chosen.document.article.published, old.article.published
    told = [time.date for number in numbers for time in times(old.parse(number), written) if time.date]
    for time in _days(one):
        if written and written < time.date <= (published or time.date):
            return True
        if all(differ(time.date, day) for day in told) if told else _late(time.date, written):
            return True
    return False


def _late(day: str, written: str) -> bool:
    """Return whether an article that names no day is of other days than `day`; one without a date can be of any."""
    return len(day) == _DAY and bool(written) and not -_AFTER <= (date.fromisoformat(day) - date.fromisoformat(written)).days <= 0


def _days(one: Made) -> list[Time]:
    """Return the times of the main verb of a claim's sentence that are known as dates."""
    parse = one.chosen.document.parse(one.chosen.rewrite.number)
    return [time for time in times(parse, one.chosen.document.article.published) if time.main and time.date]


class _Alone(Document):
    """What a claim says, as an article of one sentence, in the language of its own article."""

    def __init__(self, text: str, one: Made, parser: Parser) -> None:
        sentence = Sentence(number=1, start=0, end=len(text), paragraph=1)
        super().__init__(Article(id=f"claim {one.claim.id}", path="", sha256=_NONE, text=text, sentences=(sentence,)), parser)
        self._of = one.chosen.document

    @cached_property
    def english(self) -> bool:
        """Return whether the claim's article is in English: one sentence is too short to tell."""
        return self._of.english


def alone(one: Made, parser: Parser, values: Sequence[Value] = ()) -> Made:
    """Return a claim without its day and without who says it, with the `values` as they were, made of a text of its own."""
    document = _Alone(replaced(_undated(one), values), one, parser)
    rewrite = one.chosen.rewrite._replace(number=1, sentences=(1,), needed=(), optional=())
    claim = one.claim.model_copy(update={"text": document.text(1), "citations": (document.article.cite(1),), "edits": ()})
    return Made(one.chosen._replace(document=document, rewrite=rewrite), claim)


def _undated(one: Made) -> str:
    """Return what a claim says without the words for its day that only the date of its article explains, as far as they can go."""
    if one.claim.verbatim:
        return one.claim.text
    parse = one.chosen.document.parse(one.chosen.rewrite.number)
    at = one.claim.citations[0].start
    edits = list(one.claim.edits)
    for time in _days(one):
        start, end = _preposition(parse, time), time.end
        end += parse.text.startswith(",", end) and start == 0
        cut = Edit(start=at + start, end=at + end, reason="day")
        if time.relative and len(time.date) == _DAY and not any(e.start < cut.end and cut.start < e.end for e in edits):
            edits = [*(e for e in edits if not cut.start < e.start <= cut.end), cut]  # the date in brackets goes with it
    return content(one._replace(claim=one.claim.model_copy(update={"edits": tuple(edits)})))


def _preposition(parse: Parse, time: Time) -> int:
    """Return where a time begins, with the preposition that leads to it."""
    n = parse.at(time.start)
    before = parse.tokens[n - 1] if n else None
    return before.start if before is not None and before.pos == "ADP" and before.dep == "prep" else time.start


def _home(one: Made) -> str:
    return one.claim.citations[0].article


def _told(one: Made, found: Mapping[str, Sequence[int]], archived: Mapping[str, Archived]) -> Made:
    told = sorted(
        (Earlier(date=archived[name].date, article=archived[name].id, content=name, sentences=tuple(n)) for name, n in found.items()),
        key=lambda earlier: (earlier.date, earlier.content),
    )
    return one._replace(claim=one.claim.model_copy(update={"earlier": tuple(told)})) if told else one
