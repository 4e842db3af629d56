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

from briefing.language.attribution import attributions, statement_before
from briefing.language.base import Parse, Parser
from briefing.language.dates import ON
from briefing.language.document import Document
from briefing.language.times import Time, times
from briefing.records import Value
from briefing.similarity import Weights, held
from briefing.stages.differences import replaced
from briefing.stages.edits import DATE, TIME, meet
from briefing.stages.judging import Judge
from briefing.stages.nearly import apart
from briefing.stages.plain import GATES, refused
from briefing.stages.rank import Ranker
from briefing.stages.summarize import Made
from briefing.stages.support import asked
from briefing.text.dates import differ
from briefing.text.numbers import numbers as values
from briefing.text.outlets import outlets
from briefing.text.quotations import quoted_parts, stands_in
from briefing.text.words import fold, fold_text
from briefing.types import Article, Earlier, Edit, Sentence, cited_articles, edited

_DAY = len("2026-11-30")
_AFTER = 3  # days after what it tells of, within which an article without a date in its sentences can be about that day
_QUOTED = 4  # words of a quotation from which it is known again
_NEAR = 0.3  # share of a claim's weight that a sentence must hold to be asked about
_GAIN = 0.1  # share that a further sentence must add
_MOST = 0.45  # share that they must hold together
_SENTENCES = 3  # of a passage
_LEFT = 4  # words that must be left of a claim without its attribution
_HEAD = 3  # characters before an attribution at the head
_ASKED = frozenset({"quotation", "names", "titles", "negation", "doubt"})
"""Gates whose refusal makes it news. Roles, causes and the like differ between two outlets' words for one thing; they are for the judge."""
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
    near = archive([statement(one).text for one in made])
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
        vector = ranker.vectors[bare.home][1]
        for name in (name for name in names if name not in found[n] and not one.claim.verbatim):
            numbers = _passage(vector, ranker.vectors[name])
            if numbers and _possible(one, bare.chosen.document.parse(1), olds[name], numbers):
                items.append(_Asked(n, name, numbers))
    questions = [asked(wanted[item.claim].bare.claim.text, [olds[item.article].text(k) for k in item.numbers]) for item in items]
    for item, probability in zip(items, judge().ask("whole", questions) if questions else (), strict=True):
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
    return not one.claim.verbatim and _possible(one, one.chosen.document.read(statement(one).text), old, numbers)


def _possible(one: Made, claim: Parse, old: Document, numbers: Sequence[int]) -> bool:
    """Return whether nothing speaks against sentences of an earlier article telling a claim: a day, a value, a name, a denial, a doubt."""
    parses = [old.parse(number) for number in numbers]
    there = fold(old.article.text)
    if other_days(one, old, numbers) or not all(name in there for name in statement(one).speakers):
        return False
    if values(claim.text, vague=False) - set().union(*(values(parse.text) for parse in parses)):
        return False
    if refused(claim, parses, old.article.text, but=GATES.keys() - _ASKED):
        return False
    return not any(apart(claim, parse) for parse in parses)


def _passage(wanted: Weights, vectors: Mapping[int, Weights]) -> tuple[int, ...]:
    """Return the sentences of an article that hold most of what a claim says, in order; nothing where they hold too little."""
    chosen: list[int] = []
    joined: Weights = {}
    share = 0.0
    while len(chosen) < min(_SENTENCES, len(vectors)):
        best = max(vectors, key=lambda n: (held(wanted, {**joined, **vectors[n]}), -n))
        now = held(wanted, {**joined, **vectors[best]})
        if now - share < (_GAIN if chosen else _NEAR):
            break
        chosen.append(best)
        joined, share = {**joined, **vectors[best]}, now
    return tuple(sorted(chosen)) if share >= _MOST else ()


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
    parse = one.chosen.parse
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


def alone(one: Made, parser: Parser, was: Sequence[Value] = ()) -> Made:
    """Return a claim without its day and without who says it, with the values `was` put back, made of a text of its own."""
    document = _Alone(replaced(statement(one).text, was), one, parser)
    rewrite = one.chosen.rewrite._replace(number=1, sentences=(1,), needed=(), optional=())
    claim = one.claim.model_copy(update={"text": document.text(1), "citations": (document.article.cite(1),), "edits": ()})
    return Made(one.chosen._replace(document=document, rewrite=rewrite), claim)


class Statement(NamedTuple):
    """What a claim says, and the names of those who say it there, folded; outlets are nobody: whoever tells it, it is told."""

    text: str
    speakers: tuple[str, ...] = ()


def statement(one: Made) -> Statement:
    """Return what a claim says, apart from its day and from who says it, where that stands at its head or its end."""
    text = _undated(one)
    if one.claim.verbatim:
        return Statement(text)
    parse = one.chosen.document.read(text)
    for said in attributions(parse):
        clause = min((k for m in parse.below(said.verb, "ccomp") for k in parse.subtree(m)), default=-1)
        rest = statement_before(parse, said)
        if said.start <= _HEAD and clause >= said.last and not said.quoted:
            behind = parse.text[parse.tokens[clause].start :].removeprefix("that ").rstrip(" .")
            rest = f"{behind}." if len(behind.split()) >= _LEFT else ""
        if rest:
            names = () if outlets(f"according to {said.phrase}") else (fold(said.speaker.split()[-1]),) if said.speaker else ()
            return Statement(rest, names)
    return Statement(text)


def _undated(one: Made) -> str:
    """Return a claim without the words for its day that only the date of its article explains, as far as they can go."""
    if one.claim.verbatim:
        return one.claim.text
    parse = one.chosen.parse
    at = one.claim.citations[0].start
    edits = list(one.claim.edits)
    for time in _days(one):
        start, end = _preposition(parse, time), time.end
        end += parse.text.startswith(",", end) and start == 0
        cut = Edit(start=at + start, end=at + end, reason="day")
        led = parse.text[start : time.start].strip().casefold()  # "until Friday" is no day of what is told
        if time.relative and len(time.date) == _DAY and led in ON and not any(meet(e, cut) for e in edits):
            edits = [*(e for e in edits if not cut.start < e.start <= cut.end), cut]  # the date in brackets goes with it
    return edited(one.claim.citations[0].quote, at, [edit for edit in edits if edit.reason not in {DATE, TIME}])


def _preposition(parse: Parse, time: Time) -> int:
    """Return where a time begins, with the preposition that leads to it."""
    n = parse.at(time.start)
    before = parse.tokens[n - 1] if n else None
    return before.start if before is not None and before.pos == "ADP" and before.dep == "prep" else time.start


def _told(one: Made, found: Mapping[str, Sequence[int]], archived: Mapping[str, Archived]) -> Made:
    told = sorted(
        (Earlier(date=archived[name].date, article=archived[name].id, content=name, sentences=tuple(n)) for name, n in found.items()),
        key=lambda earlier: (earlier.date, earlier.content),
    )
    return one._replace(claim=one.claim.model_copy(update={"earlier": tuple(told)})) if told else one
