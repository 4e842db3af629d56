"""Which other articles of an event tell the news of a claim too, each with details of its own: they are cited for it in part.

claim ─ the likest sentences of each other article ─ judge: the same news?, and what is counted ─► sentences that tell it in part

Two outlets hardly ever tell a thing with the same details, so hardly any article supports another one's whole sentence. What they share is
the news: who did what. Which of the details are confirmed, a reader sees in the sentence that is cited. Without a probe nobody is cited in
part: by its yes alone a model takes what is of one matter for one news.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from briefing.language.attribution import attributions
from briefing.language.base import NAMED, TIMES, Parse
from briefing.language.document import Document
from briefing.language.facts import facts
from briefing.language.phrases import name_words
from briefing.model.probes import log_odds, probability
from briefing.resources import resource
from briefing.similarity import cosine
from briefing.stages.certainty import denies, stands_otherwise
from briefing.stages.compared import crossed
from briefing.stages.counts import values_differ
from briefing.stages.judging import Judge
from briefing.stages.nearly import apart
from briefing.stages.opposed import of_each_other, opposed
from briefing.stages.rank import Ranker
from briefing.stages.summarize import Made
from briefing.stages.support import load_coefficients
from briefing.text.words import fold, words
from briefing.types import Place, cited_articles

TASK = "reports"

_LIKE = 0.08  # cosine from which a sentence is asked about
_SENTENCES = 3  # of an article
_ARTICLES = 6  # other articles of an event that a claim is asked of
_FURTHER = 0.6  # from which a further sentence is cited too: of labelled pairs from 0.65 on 46 of 51 are of one news, below 21 of 29
_BODIES = frozenset({"ORG", ""})  # what a name of a body is taken for
_PARTS = frozenset("nsubj nsubjpass pobj poss".split())


class Common(NamedTuple):
    """What two sentences have in common: `alike` is the cosine of their words, `verbs` and `names` the shares of the shorter list.

    `deep` says how far down in their articles they stand, `numbers` is 1 where each has a number that the other has not.
    """

    alike: float
    verbs: float
    names: float
    deep: float
    numbers: float


class Reporting(BaseModel):
    """The coefficients of whether two sentences tell the same news: of the judge's log-odds, and of what they have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    intercept: float
    judged: float
    alike: float
    verbs: float
    names: float
    deep: float
    numbers: float

    def probability(self, judged: float, common: Common) -> float:
        """Return how probable it is, 0..1, by what the judge says."""
        counted = sum(getattr(self, name) * value for name, value in common._asdict().items())
        return probability(self.intercept + self.judged * log_odds(judged) + counted)


class Told(NamedTuple):
    """Claim `claim` is told in part by sentence `place`, with the probability `sure`; of those of an article one is `best`."""

    claim: int
    place: Place
    sure: float
    best: bool


def candidates(
    one: Made, home: Mapping[str, Sequence[str]], documents: Mapping[str, Document], ranker: Ranker, *, told: Collection[Place] = ()
) -> Iterator[Place]:
    """Yield the sentences of other articles of a claim's event that could tell its news, by plain code alone; the likest first.

    Of some articles a few sentences each, and whatever is `told` of all of them: a reader would read both. `home` is the event of each
    article, by their IDs. Of an article without a date nobody knows whether it tells of the days of a dated one.
    """
    own = one.claim.citations[0]
    cited = set(cited_articles(one.claim.citations))
    vector, parse = ranker.vectors[own.article][own.sentence], one.chosen.document.parse(own.sentence)
    found: list[tuple[float, Place]] = []
    dated = bool(documents[own.article].article.published)
    for name in (name for name in home[own.article] if name not in cited and bool(documents[name].article.published) is dated):
        near = sorted((-cosine(vector, other), n) for n, other in ranker.vectors[name].items() if n in documents[name].reporting)
        asked = (pair for k, pair in enumerate(near) if k < _SENTENCES or (name, pair[1]) in told)
        found += [(unlike, (name, n)) for unlike, n in asked if -unlike >= _LIKE]
    places = [place for _, place in sorted(found)]
    several = list(dict.fromkeys(name for name, _ in places))[:_ARTICLES]
    able = (place for place in places if place[0] in several or place in told)
    yield from (place for place in able if not otherwise(parse, documents[place[0]].parse(place[1])))


def otherwise(one: Parse, other: Parse) -> bool:
    """Return whether two sentences tell it otherwise.

    By a word, a value, a denial, a doubt, exchanged roles, facts that are opposed, as another person’s words, as what two parties say of
    each other, or of two bodies of one kind.
    """
    if apart(one, other) or stands_otherwise(one, other) or any(denies(*both) or crossed(*both) for both in ((one, other), (other, one))):
        return True
    if aged_otherwise(one, other) or of_each_other(one, other) or opposed(one, other):
        return True
    if _of_two_bodies(one, other):
        return True
    speakers = _speakers(one), _speakers(other)
    return (all(speakers) and not speakers[0] & speakers[1]) or values_differ(one, other)


def _speakers(parse: Parse) -> frozenset[str]:
    """Return the words of the person who says what a sentence tells, by the outermost attribution; of nobody and of bodies none."""
    told = attributions(parse)[:1]
    persons = (a for a in told if any(parse.tokens[n].entity == "PERSON" for n in range(a.first, a.last)))
    return frozenset(fold(word.text) for a in persons for word in words(a.speaker))


def _of_two_bodies(one: Parse, other: Parse) -> bool:
    """Return whether each of two sentences names a body of one kind by a name that the other has nowhere: House and Senate committee."""
    mine, theirs = _bodies(one), _bodies(other)
    known = [{fold(parse.word(n)) for n in range(len(parse.tokens))} for parse in (one, other)]
    return any(all(a - known[1] and b - known[0] for a in mine[kind] for b in theirs[kind]) for kind in sorted(mine.keys() & theirs.keys()))


def _bodies(parse: Parse) -> dict[str, list[set[str]]]:
    """Return the names that stand before nouns for bodies ("House" of "the House committee"), by the noun."""
    found: dict[str, list[set[str]]] = {}
    for n, token in enumerate(parse.tokens):
        if token.dep in _PARTS and token.entity in _BODIES:
            before = [m for m in parse.below(n, "compound", "nmod") if parse.tokens[m].entity in _BODIES]
            if names := {fold(parse.word(m)) for m in before if parse.word(m)[0].isupper()}:
                found.setdefault(fold(token.lemma), []).append(names)
    return found


def aged_otherwise(one: Parse, other: Parse) -> bool:
    """Return whether two sentences say that somebody or something is so and so many, and have no such number in common."""
    mine, theirs = _being(one), _being(other)
    return bool(mine and theirs) and not mine & theirs


def _being(parse: Parse) -> set[str]:
    """Return the numbers that a sentence says somebody or something is: "34 years old", "43"; none that names one, as a year does."""
    if not parse.tokens or parse.tokens[parse.root].lemma != "be":
        return set()
    said = parse.below(parse.root, "attr", "acomp")
    lengths = [k for n in said for m in parse.below(n, "npadvmod") for k in parse.below(m, "nummod")]
    return {parse.word(n) for n in (*said, *lengths) if parse.tokens[n].pos == "NUM"}


def told_in_part(
    made: Sequence[Made],
    home: Mapping[str, Sequence[str]],
    documents: Mapping[str, Document],
    ranker: Ranker,
    *,
    judge: Judge,
    least: float,
    enough: float,
) -> list[Told]:
    """Return which sentences tell the news of which claims, each as sure as it is by all that counts, from the probability `least` on.

    From `enough` on that is so whatever the judge alone says; below it the judge must say so too, from `least` on.
    """
    claims = {one.claim.citations[0].place for one in made}
    near = {n: list(candidates(one, home, documents, ranker, told=claims)) for n, one in enumerate(made)}
    sure = surely(made, near, documents, ranker, judge=judge, least=least, enough=enough)
    found: list[Told] = []
    for n, places in near.items():
        likely = {place: p for place in places if (p := sure.get((n, place), 0.0)) >= least}
        best = {place[0]: place for place in sorted(likely, key=lambda place: likely[place])}
        found += [Told(n, place, p, best[place[0]] == place) for place, p in likely.items()]
    return found


def surely(
    made: Sequence[Made],
    near: Mapping[int, Sequence[Place]],
    documents: Mapping[str, Document],
    ranker: Ranker,
    *,
    judge: Judge,
    least: float,
    enough: float = 1.0,
) -> dict[tuple[int, Place], float]:
    """Return how sure it is of each claim that each sentence near it tells its news, where the judge alone is so by `least`.

    From `enough` on it need not be: what two sentences have in common can outweigh its no.
    Of two claims that are asked about each other the answer is one. Without a probe nothing is asked.
    """
    if TASK not in judge.probes:
        return {}
    reporting = load_coefficients(resource("prompts") / "reporting.toml", Reporting)
    pairs = list(dict.fromkeys(_pair(made[n], place) for n, places in near.items() for place in places))
    questions = [asked_of(*(documents[name].text(number) for name, number in both)) for both in pairs]
    said = zip(pairs, judge.answers(TASK, questions), strict=True)
    counted = {both: (p, reporting.probability(p, common(*both, documents, ranker))) for both, p in said if p is not None}
    sure = {both: counts for both, (p, counts) in counted.items() if p >= least or counts >= enough}
    return {(n, place): sure[both] for n, places in near.items() for place in places if (both := _pair(made[n], place)) in sure}


def further(made: Sequence[Made], noted: Iterable[Told], in_part: Iterable[Told], documents: Mapping[str, Document]) -> Iterator[Told]:
    """Yield what tells, behind the sentences of its article that are `noted`, a name, number or day of a claim that these leave out."""
    known: dict[tuple[int, str], set[str]] = {}
    for told in noted:
        known.setdefault((told.claim, told.place[0]), set()).update(_details(documents[told.place[0]].parse(told.place[1])))
    for told in sorted(in_part, key=lambda told: (-told.sure, told.place)):
        before = known.get((told.claim, told.place[0]))
        if before is None or told.sure < _FURTHER:
            continue
        parse = documents[told.place[0]].parse(told.place[1])
        there = _details(parse) if facts(parse) else set[str]()  # "WASHINGTON - Rep. Anna Kell Jr." tells nothing
        if _details(made[told.claim].chosen.parse) & there - before:
            before |= there
            yield told


def common(one: Place, other: Place, documents: Mapping[str, Document], ranker: Ranker) -> Common:
    """Return what two sentences have in common, whichever of them is named first."""
    parses = [documents[name].parse(number) for name, number in (one, other)]
    verbs, names, values = ([count(parse) for parse in parses] for count in (_verbs, _named, _numerals))
    first, second = (ranker.vectors[name][number] for name, number in (one, other))
    return Common(
        alike=cosine(first, second),
        verbs=_share(*verbs),
        names=_share(*names),
        deep=sum(math.log1p(ranker.places[name][number]) for name, number in (one, other)),
        numbers=float(bool(values[0] - values[1]) and bool(values[1] - values[0])),
    )


def _verbs(parse: Parse) -> set[str]:
    return {fact.lemma for fact in facts(parse)}


def _named(parse: Parse) -> set[str]:
    return name_words(parse, NAMED)


def _details(parse: Parse) -> set[str]:
    """Return the names of a sentence, its numbers, and the days and months that it names."""
    when = {parse.word(n) for n, token in enumerate(parse.tokens) if token.pos == "PROPN" and token.entity in TIMES}
    return _named(parse) | _numerals(parse) | when


def _numerals(parse: Parse) -> set[str]:
    return {parse.word(n) for n, token in enumerate(parse.tokens) if token.pos == "NUM"}


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _pair(one: Made, other: Place) -> tuple[Place, Place]:
    own = one.claim.citations[0].place
    return min(own, other), max(own, other)


def asked_of(one: str, other: str) -> dict[str, str]:
    """Return the fields of the question whether two sentences tell the same news, as they stand in their articles."""
    return {"one": " ".join(one.split()), "other": " ".join(other.split())}
