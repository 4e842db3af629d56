"""What is worth telling: the weight of a sentence, from what its parse and its place say. The arithmetic stands here and nowhere else.

The weight is an order of reading, not a judgement of truth or of outlets. Its coefficients were set on days and facts that are named in
the README's section on measuring, and are checked there against labelled facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.pronouns import anaphoric
from briefing.similarity import Rarity, Weights, cosine, held, terms
from briefing.stages.edits import Rewrite
from briefing.text.quotations import without_quotations
from briefing.types import Role

_NAMES = {"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "EVENT", "LAW"}
_COUNTS = {"CARDINAL", "MONEY", "PERCENT", "QUANTITY"}
_STATES = {"be", "have", "seem", "remain", "mean", "know", "like", "love", "think", "feel", "look", "want", "need", "include", "offer"}
_ANSWERS = {"deny", "reject", "dispute", "refute", "dismiss", "apologize", "apologise"}
DRAMA = frozenset(
    """
    staggering stunning dazzling spectacular breathtaking iconic legendary beloved coveted embattled beleaguered disgraced scathing
    blistering fiery bombshell whopping skyrocket sky-high soar plummet slam blast rail hardball star-studded long-awaited shocking
    explosive massive controversial contentious historic brutal devastating dramatic
    """.split()
)
"""Words that praise, belittle or stir in news of any kind: where something plainer tells the same, that is told."""

_UNREAD = 0.7  # whether something happened, of a sentence that no parser reads
_SCENE = 0.5  # what the opening of an article counts that tells of no event
_MANY = 4  # names from which on more of them say nothing more

LEAST = 0.6
"""Weight below which a sentence says too little by itself to be told."""


class Signals(NamedTuple):
    """What is seen of a sentence, each 0..1.

    `lede` falls from the first body sentence on; `headline` is the share of the title's terms it has, `central` its likeness to the rest of
    its article, `spread` to the other articles of its event; `names` and `counts` whether it names and counts; `event` whether something
    happened or will; `said` whether somebody says it; `leans` whether it leans on the sentence before, `quoted` whether it is nothing but
    somebody's words, `past` whether it tells what was before the news, `long` and `short` its length, `opinion` that
    it is what its author holds, `drama` that it praises or stirs, `denial` that somebody denies or answers a
    charge, `turned` that the next sentence turns it ("Yet …").
    """

    lede: float
    headline: float
    central: float
    spread: float
    names: float
    counts: float
    event: float
    said: float
    leans: float
    quoted: float
    past: float
    long: float
    short: float
    opinion: float
    drama: float
    denial: float
    turned: float


WEIGHTS = Signals(
    lede=1.3,
    headline=1.6,
    central=1.3,
    spread=2.0,
    names=0.6,
    counts=0.3,
    event=0.7,
    said=0.1,
    leans=-0.3,
    quoted=-1.2,
    past=-0.5,
    long=-0.4,
    short=-0.2,
    opinion=-1.5,
    drama=-0.8,
    denial=0.6,
    turned=-0.6,
)
"""What each signal adds to the weight."""


def weight(signals: Signals) -> float:
    """Return the weight of a sentence."""
    return sum(a * b for a, b in zip(signals, WEIGHTS, strict=True))


class Ranker:
    """Weighs the sentences of some articles. `vectors` are by article ID, then sentence, and so are `places`: which of the body, from 0."""

    def __init__(self, documents: Sequence[Document]) -> None:
        counted = {d.article.id: {n: terms(d.parse(n)) for n in d.body()} for d in documents}
        rarity = Rarity(found for by_number in counted.values() for found in by_number.values())
        self.vectors: Mapping[str, Mapping[int, Weights]] = {
            name: {n: rarity.vector(found) for n, found in by_number.items()} for name, by_number in counted.items()
        }
        self._titles = {d.article.id: rarity.vector(_title(d)) for d in documents}
        self._centres = {name: _centre(list(found.values())) for name, found in self.vectors.items()}
        self.published = {d.article.id: d.article.published for d in documents}
        self.places: Mapping[str, Mapping[int, int]] = {d.article.id: {n: k for k, n in enumerate(d.body())} for d in documents}

    def signals(self, document: Document, told: Rewrite, event: Sequence[str]) -> Signals:
        """Return what is seen of a sentence; `event` are the IDs of the articles that tell of the same event, its own among them."""
        name, number = document.article.id, told.number
        parse, vector = document.parse(number), self.vectors[name][number]
        others = [self._centres[other] for other in event if other != name]
        length = len(parse.text.split())
        kinds = [entity.kind for entity in parse.entities]
        return Signals(
            lede=max(_SCENE, _event(parse)) / (1 + 0.5 * self.places[name][number]),
            headline=min(1.0, 1.5 * held(self._titles[name], vector)),
            central=min(1.0, 1.5 * cosine(vector, self._centres[name])),
            spread=min(1.0, 2.0 * max((cosine(vector, other) for other in others), default=0.0)),
            names=min(_MANY, sum(kind in _NAMES for kind in kinds)) / _MANY,
            counts=float(any(kind in _COUNTS for kind in kinds)),
            event=_event(parse),
            said=float(bool(told.speaker)),
            leans=float(anaphoric(parse) or len(told.sentences) > 1),
            quoted=quoted(document, told),
            past=float(before(parse)),
            long=min(1.0, max(0.0, (length - 40) / 20)),
            short=float(length < 6),
            opinion=float(told.kind == "opinion"),
            drama=float(dramatic(parse)),
            denial=float(_denies(parse)),
            turned=_turned(document, number),
        )


def _title(document: Document) -> Counter[str]:
    titles = [s.number for s in document.article.sentences if s.role is Role.TITLE]
    if titles:
        return sum((terms(document.parse(number)) for number in titles[1:]), terms(document.parse(titles[0])))
    return terms(Parse(document.article.title))


def _centre(vectors: Sequence[Weights]) -> Weights:
    """Return the unit vector of the middle of some vectors."""
    summed: dict[str, float] = {}
    for vector in vectors:
        for term, value in vector.items():
            summed[term] = summed.get(term, 0.0) + value
    size = sum(value * value for value in summed.values()) ** 0.5
    return {term: value / size for term, value in summed.items()} if size else {}


def quoted(document: Document, told: Rewrite) -> float:
    """Return how much of a sentence is somebody's words in quotation marks; 0 where all of the article is, or must be, quoted."""
    if document.article.form in {"interview", "transcript"} or not document.parse(told.number).tokens:
        return 0.0
    if told.verbatim:
        return float(told.kind != "fact")  # what an outlet reports in a language without a parser is its own
    start, text = document.sentence(told.number).start, document.text(told.number)
    inside = sum(max(0, min(q.end, start + len(text)) - max(q.start, start)) for q in document.quotations if q.start < start + len(text))
    return min(1.0, inside / len(text))


def particular(parse: Parse, told: Rewrite) -> bool:
    """Return whether a sentence tells of anything in particular: somebody or something named, counted or said, or a deed that was done."""
    named = any(token.pos in {"PROPN", "NUM"} for token in parse.tokens) or not parse.tokens
    return named or bool(told.speaker) or told.verbatim or _event(parse) >= 1.0


def _turned(document: Document, number: int) -> float:
    """Return whether the sentence after a sentence takes back half of it."""
    after = document.article.sentences[number : number + 1]
    text = document.text(after[0].number) if after and after[0].role is Role.BODY else ""
    return float(text.startswith(("But ", "Yet ", "Yet, ", "However, ", "Still, ", "If so")))


def dramatic(parse: Parse) -> bool:
    """Return whether a sentence has words outside quotation marks that praise, belittle or stir rather than tell."""
    told = without_quotations(parse.text)
    return any(told[t.start : t.end].strip() and {t.lemma.casefold(), parse.word(n).casefold()} & DRAMA for n, t in enumerate(parse.tokens))


def _denies(parse: Parse) -> bool:
    return parse.root >= 0 and any(parse.tokens[n].lemma in _ANSWERS for n in (parse.root, *parse.below(parse.root, "conj")))


def _event(parse: Parse) -> float:
    """Return whether a sentence tells of something that happened, or will: 1 for a deed, less for a state, 0 for what is so in general."""
    if parse.root < 0:
        return _UNREAD
    verbs = [parse.root, *parse.below(parse.root, "ccomp", "conj")]
    found = 0.0
    for n in verbs:
        token = parse.tokens[n]
        helpers = [parse.tokens[m] for m in parse.below(n, "aux", "auxpass")]
        deed = token.pos == "VERB" and token.lemma not in _STATES
        past = token.tag == "VBD" or (token.tag == "VBN" and not helpers)
        told = past or any(h.tag == "VBD" or h.lemma in {"will", "have"} for h in helpers)
        found = max(found, (1.0 if deed else 0.4) if told else (0.5 if deed and helpers else 0.3 if deed else 0.0))
    return found


def before(parse: Parse) -> bool:
    """Return whether a sentence tells what had been before: its main verb stands in the past perfect."""
    helpers = [parse.tokens[n] for n in parse.below(parse.root, "aux")] if parse.root >= 0 else []
    return any(h.lemma == "have" and h.tag == "VBD" for h in helpers)
