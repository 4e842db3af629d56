"""What can be counted of a sentence, beside the model's state, that tells whether a reader understands it and whether it is news.

A "the" that nothing explains, a surname alone, the words of the title: each is a number with a coefficient that was fitted on labelled
sentences (see `printing`); none decides alone, and no word is judged by what it means.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from briefing.language.base import Entity, Parse
from briefing.language.phrases import SUBJECTS
from briefing.language.pronouns import POINTING
from briefing.stages.summarize import Chosen
from briefing.text.words import fold, words

_JOINING = frozenset("but and yet so also however still".split())
_SAYING = frozenset("say tell add announce report warn".split())
_UNTITLED = 0.27, 0.13
"""`title` and `own` of a sentence whose article has no title: the means of the labelled sentences."""


class Traits(NamedTuple):
    """`weight` and `rank` (log of one more; 0 is the first) are those of the sentence in its article; the others are counted in it.

    `title`, `before`: the share of the title's words that it holds, and of its words that the line before it holds. `definite`: nouns with
    "the" and nothing else that says which; `acting`: those of them that are subjects. `surnames`, `names`: persons of one word and of more.
    `place`: how far down it stands in its article, 0 to 1. `past`, `present`, `modal`, `says`, `copula`: the verb at its root.
    """

    weight: float
    rank: float
    first: float
    words: float
    follows: float
    title: float
    own: float
    before: float
    definite: float
    acting: float
    surnames: float
    names: float
    places: float
    dates: float
    pronouns: float
    pointing: float
    named_subject: float
    pronoun_subject: float
    joining: float
    quoted: float
    number: float
    place: float
    past: float
    present: float
    modal: float
    says: float
    copula: float


def traits(one: Chosen, text: str, *, rank: int, before: str) -> Traits:
    """Return what can be counted of a sentence that is told as `text`, behind the line `before` ("": by itself)."""
    document, number = one.document, one.rewrite.number
    parse, total = document.parse(number), len(document.article.sentences)
    start = document.sentence(number).start
    gone = [(edit.start - start, edit.end - start) for edit in one.rewrite.needed if edit.end > edit.start]
    kept = [n for n, token in enumerate(parse.tokens) if not any(a <= token.start < b for a, b in gone)]
    own, title, told = _words([text]), _words([document.article.title]), _words([before])
    entities = [e for e in parse.entities if e.first in kept]
    definite = [n for n in kept if _definite(parse, n)]
    root = parse.root if parse.root >= 0 and parse.root in kept else -1
    tag, lemma = (parse.tokens[root].tag, parse.tokens[root].lemma) if root >= 0 else ("", "")
    subject = next((n for n in parse.below(root, *SUBJECTS)), -1) if root >= 0 else -1
    return Traits(
        weight=one.weight,
        rank=math.log1p(rank),
        first=rank == 0,
        words=len(text.split()),
        follows=bool(before),
        title=_share(title, own) if title else _UNTITLED[0],
        own=_share(own, title) if title else _UNTITLED[1],
        before=_share(own, told),
        definite=len(definite),
        acting=sum(parse.tokens[n].dep in SUBJECTS for n in definite),
        surnames=sum(_one_word(e) for e in entities if e.kind == "PERSON"),
        names=sum(not _one_word(e) for e in entities if e.kind == "PERSON"),
        places=sum(e.kind == "GPE" for e in entities),
        dates=sum(e.kind == "DATE" for e in entities),
        pronouns=sum(parse.tokens[n].tag in {"PRP", "PRP$"} for n in kept),
        pointing=sum(parse.tokens[n].dep == "det" and fold(parse.word(n)) in POINTING for n in kept),
        named_subject=subject >= 0 and bool(parse.tokens[subject].entity),
        pronoun_subject=subject >= 0 and parse.tokens[subject].pos == "PRON",
        joining=bool(kept) and fold(parse.word(kept[0])) in _JOINING,
        quoted=any(mark in text for mark in '“”"'),
        number=number,
        place=number / max(1, total),
        past=tag == "VBD",
        present=tag in {"VBZ", "VBP"},
        modal=any(parse.tokens[n].tag == "MD" for n in kept),
        says=lemma in _SAYING,
        copula=lemma == "be",
    )


def _definite(parse: Parse, n: int) -> bool:
    """Return whether a noun has "the" and nothing else that says which one is meant."""
    token = parse.tokens[n]
    return token.pos == "NOUN" and not token.entity and [parse.tokens[m].lemma for m in parse.children[n]] == ["the"]


def _one_word(entity: Entity) -> bool:
    return entity.last - entity.first == 1


def _words(texts: Iterable[str]) -> set[str]:
    return {fold(word.text) for text in texts for word in words(text)}


def _share(of: set[str], within: set[str]) -> float:
    return len(of & within) / max(1, len(of))
