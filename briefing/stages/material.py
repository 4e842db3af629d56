"""What a lead may be written from: the claims of a story that anyone may join, and the texts by which each can be told, whole or shorter.

claims ─ reports that nobody contests ─ less what they are true without (`loose`) ─ merging, gates ─► texts that may stand first, or second
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from briefing.brief import Story
from briefing.language.base import TIMES, Parse
from briefing.language.cuts import main_clause
from briefing.language.loose import loose
from briefing.language.people import Form, full_names, name_of, one_person, persons
from briefing.language.pronouns import anaphoric
from briefing.language.quantities import quantities
from briefing.language.subjects import subject_of
from briefing.stages.compared import content
from briefing.stages.edits import DATE, LIST, TIME
from briefing.stages.merging import rests, shared
from briefing.stages.plain import refusals
from briefing.stages.summarize import Made
from briefing.text.variants import known
from briefing.text.words import fold
from briefing.types import cited_articles, edited

BRACKETS = re.compile(r" \[[^\[\]]*\]")
"""What is put into a claim beside its words: a date."""

_CLAIMS = 6  # of a story, that the model chooses among
_LONGEST, _BOTH = 45, 66  # words of a sentence, and of a lead
_ALIKE = 0.6  # share of what a second sentence says that the first claim says too


class Choices(NamedTuple):
    """The texts that may stand first in a lead, and second."""

    first: list[str]
    second: list[str]


class Material(NamedTuple):
    """A claim that a lead may be written from: its text without brackets, and its parse."""

    one: Made
    text: str
    parse: Parse


def material(group: Sequence[Made], story: Story) -> list[Material]:
    """Return the claims that a lead may be written from, the headline's first: reports of one sentence that nobody contests."""
    first = [one for one in group if one.claim.id == story.heading and _fit(one)]
    full = full_names(enumerate(one.chosen.parse for one in group))
    others = [one for one in group if one.claim.id != story.heading and _fit(one) and _plain(one.chosen.parse, full)]
    if not first or not others:
        return []
    home = set(cited_articles(first[0].claim.citations))
    elsewhere = [one for one in others if not home & set(cited_articles(one.claim.citations))]
    able = [*first, *elsewhere, *(one for one in others if one not in elsewhere)][:_CLAIMS]
    return [Material(one, text := _text(one), one.chosen.document.read(text)) for one in able]


def _fit(one: Made) -> bool:
    claim = one.claim
    listed = any(edit.reason in {LIST, TIME} for edit in claim.edits)
    return one.chosen.document.english and not (claim.verbatim or claim.kind == "opinion" or claim.conflicts or listed)


def _plain(parse: Parse, full: Mapping[str, Sequence[Form]]) -> bool:
    """Return whether it is plain whom a claim means: no other sentence says so, and no bare surname of it is two persons' in its story.

    `full` are the names in full that the story has, by surname.
    """
    bare = {name_of(parse, span) for span in persons(parse, full.keys())}
    return not anaphoric(parse) and all(one_person(full[name]) for name in bare & full.keys())


def _text(one: Made) -> str:
    """Return what a claim says, names in the place of pronouns without their brackets, and without dates in brackets."""
    first = one.claim.citations[0]
    edits = [
        edit.model_copy(update={"text": edit.text.replace("[", "").replace("]", "")}) for edit in one.claim.edits if edit.reason != DATE
    ]
    return edited(first.quote, first.start, edits)


def choices(group: Sequence[Material]) -> Choices | None:
    """Return the texts that may stand first, and second: those of claims that say something else; None where there are none for either.

    Whoever the headline's claim tells something of is heard next where a claim does that, and no one-sided lead is written. The headline's
    claim is whole only where nothing of it can go.
    """
    if not group:
        return None
    ways = _texts(group[0], _LONGEST)
    first = [text for text in ways if text != group[0].text] or ways
    left = _BOTH - max((len(text.split()) for text in first), default=0)
    others = [one for one in group[1:] if _beside(one, group)]
    second = [(one, text) for one in others for text in _texts(one, min(left, _LONGEST))]
    heard = [(one, text) for one, text in second if _answers(one.parse, group[0].parse)]
    return Choices(first, [text for _, text in heard or second]) if first and second else None


def _texts(one: Material, longest: int) -> list[str]:
    """Return how a claim can be told in a lead, whole first: less each part that can go, and less them all. Its whole may be too long."""
    parts = sorted({*((cut.start, cut.end) for cut in main_clause(one.parse)), *loose(one.parse)})
    ways = dict.fromkeys(_without(one.text, some) for some in ((), *([part] for part in parts), parts))
    return [text for text in ways if len(text.split()) <= longest and not rested(text, [one])[1]]


def _beside(one: Material, group: Sequence[Material]) -> bool:
    """Return whether a claim may follow the headline's: it says something else of the same matter."""
    first, own = group[0].parse, content(one.parse)
    alike = len(own & content(first)) > _ALIKE * len(own) or _near(_numbers(group[0]), _numbers(one))
    return bool(_things(one.parse) & _things(first)) and not alike and _tied(one.parse, first)


def _answers(parse: Parse, first: Parse) -> bool:
    """Return whether a person acts or speaks in a claim of whom the first one tells something, without being its subject."""
    one, other = subject_of(parse, parse.root), subject_of(first, first.root)
    named = {fold(first.word(n)) for n, token in enumerate(first.tokens) if token.pos == "PROPN" and token.entity == "PERSON"}
    return parse.tokens[one].pos == "PROPN" and fold(parse.word(one)) in named - {fold(first.word(other))}


def _tied(parse: Parse, first: Parse) -> bool:
    """Return whether a claim does not tell of a person of whom the first one knows nothing: they share a name, or nobody new acts in it."""
    names = [n for n, token in enumerate(parse.tokens) if token.pos == "PROPN" and token.entity not in TIMES]
    shared = any(known(first.text).holds(fold(parse.word(n))) for n in names)
    return shared or parse.tokens[subject_of(parse, parse.root)].entity != "PERSON"


def _things(parse: Parse) -> frozenset[str]:
    """Return the nouns and names of a claim: two that share none are of different matters."""
    return content(parse, [n for n, token in enumerate(parse.tokens) if token.pos in {"NOUN", "PROPN"}])


def _numbers(one: Material) -> list[Decimal]:
    """Return the quantities of a claim but for its days."""
    found = [quantity for quantity in quantities(one.parse) if one.parse.tokens[quantity.token].entity not in TIMES]
    return [quantity.low for quantity in found if quantity.low == quantity.high]


def _near(some: Sequence[Decimal], others: Sequence[Decimal]) -> bool:
    """Return whether two claims may count the same thing, from which on they tell one fact, or two that do not fit."""
    return any(0 < one <= 2 * other and other <= 2 * one for one in some for other in others)


def _without(text: str, parts: Sequence[tuple[int, int]]) -> str:
    """Return a text without some spans, which may lie in each other."""
    kept = "".join(char for n, char in enumerate(text) if not any(start <= n < end for start, end in parts)).strip()
    return " ".join(f"{kept[:1].upper()}{kept[1:]}".split())


def joins(texts: Sequence[str], able: Choices, group: Sequence[Material]) -> bool:
    """Return whether sentences are what the model may write of what it may choose: two texts, or both in one about one person or body."""
    first, second = able
    if len(texts) == 1:
        return any(texts[0] == joined(one, other, group) for one in first for other in second if texts[0].startswith(one.rstrip(".")))
    return len(texts) == 2 and texts[0] in first and texts[1] in second


def joined(one: str, other: str, group: Sequence[Material]) -> str:
    """Return two sentences about one person or body as one, "" where they are not."""
    read = group[0].one.chosen.document.read
    rest = shared(read(one), read(other))
    return f"{one.rstrip('.')} and {rest}" if rest else ""


def rested(text: str, group: Sequence[Material]) -> tuple[tuple[Material, ...], str]:
    """Return the claims that a sentence rests on; or why it may not be told: it says what they do not, or as they do not say it."""
    if not group or BRACKETS.search(text) or len(text.split()) > _BOTH:
        return (), "is no plain sentence"
    told = group[0].one.chosen.document.read(text)
    held = rests(told, [one.parse for one in group])
    if held.refused:
        return (), held.refused
    found = tuple(group[n] for n in held.claims)
    articles = {one.one.chosen.document.article.id: one.one.chosen.document.article.text for one in found}
    gates = refusals(told, [one.parse for one in found], "\n".join(articles.values()))
    return found, next((f"{gate.name}: {gate.detail}" for gate in gates if not gate.passed), "")
