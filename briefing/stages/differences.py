"""In what two claims about one matter differ: a quantity, an actor, a time, certainty, direction, outcome. Plain code; no model is asked.

A value counts as lost only if it stands neither in the other claim nor in the sentences that the other cites, so that a draft which left
something out is no change. What only one side adds is a change only where the rest of the sentence stayed as it was.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from briefing.language.phrases import lemmas
from briefing.language.quantities import Quantity
from briefing.language.quantities import counted as quantities
from briefing.records import Value
from briefing.text.attribution import speakers
from briefing.text.calendar import MONTHS, WEEKDAYS, YEAR
from briefing.text.dates import differ, moments
from briefing.text.forms import entities
from briefing.text.names import names
from briefing.text.numbers import numbers, rounded
from briefing.text.signals import doubts, negations, refusals
from briefing.text.terms import content
from briefing.text.variants import country
from briefing.text.words import fold, words
from briefing.types import Claim

ALIGNED = 0.6
"""Share of its words, in their order, from which a sentence is the other one, edited."""

_OPEN = re.compile(
    r"\b(?:may|might|could|possib\w+|potential\w*|perhaps|likely|consider\w*|weigh\w*|mull\w*|plan(?:s|ned|ning)?|propos\w+|seek\w*|"
    r"sought|want\w*|aim\w*|hop(?:e|es|ed|ing)|expect\w*|intend\w*|in talks|negotiat\w+|discuss\w*|attempt\w*|try|tries|tried|trying|"
    r"whether|unclear)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:will|would|shall|going to|set to|is to|are to|was to|were to)\b|['’]ll\b", re.IGNORECASE)
# Of each group only one can be said of the same matter at a time; words for the same stand together.
_OUTCOMES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("kill", "died", "dead"), ("injur", "wound", "hurt"), ("missing",), ("rescu", "surviv")),
    (("arrest", "detain"), ("releas", "freed"), ("charged", "indict"), ("convict", "guilty"), ("acquit",), ("sentenc",)),
    (("approv", "adopted"), ("postpon", "delay"), ("cancel", "scrap", "dropped"), ("suspend",), ("resum", "reopen")),
    (("bought", "buy"), ("sold", "sell")),
    (("won", "wins"), ("lost", "loses"), ("drew", "draws")),
)
_PAST = {"rose": "rise", "fell": "fall", "won": "win", "lost": "lose", "began": "begin", "grew": "grow", "shrank": "shrink"}
_MONTHS, _WEEKDAYS = ([name[:3] for name in names] for names in (MONTHS, WEEKDAYS))
_YEAR = re.compile(rf"\b{YEAR}\b")
_DATED = re.compile(r"\b(?:([A-Z][a-z]{2,8})\.? (\d{1,2})|(\d{1,2})(?:st|nd|rd|th)? (?:of )?([A-Z][a-z]{2,8}))\b")


class Time(NamedTuple):
    """A time as a claim names it, with the ISO date of its article."""

    shown: str
    date: str
    published: str


def likeness(one: str, other: str) -> float:
    """Return how much of two texts is the same words in the same order, 0..1."""
    return SequenceMatcher(None, _folded(one), _folded(other), autojunk=False).ratio()


def shared(one: str, other: str) -> float:
    """Return the share of the shorter text's content that is in both, numbers aside, 0..1."""
    first, second = _wording(one), _wording(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def differences(old: Claim, new: Claim, *, home: bool) -> list[Value]:
    """Return in what two claims differ that are taken to be about one matter. `home`: the sentence of the one is an edit of the other's."""
    near = likeness(old.citations[0].quote, new.citations[0].quote) >= ALIGNED or likeness(old.text, new.text) >= ALIGNED
    edited = home and near
    found = [*_quantities(old, new, edited=edited, home=home), *_times(old, new, near=near)]
    found += list(_actors(old, new)) or (list(_exchanged(old, new)) if edited else [])
    if near or shared(old.text, new.text) >= ALIGNED:
        found += [*_directions(old, new), *_outcomes(old, new)]
    return [*found, *_certainty(old, new, near=home and near)]


def replaced(text: str, values: Iterable[Value]) -> str:
    """Return a text with each value as it was, so that a question about it is a question about everything else."""
    for value in values:
        if value.was and value.now:
            text = text.replace(value.now, value.was, 1)
    return text


def reports(claim: Claim) -> str:
    """Return a claim with everything it rests on."""
    return "\n".join((claim.text, *(citation.quote for citation in claim.citations)))


def hunks(one: str, other: str) -> list[tuple[str, str]]:
    """Return the runs of words that differ, as they stand in the one and in the other."""
    first, second = words(one), words(other)
    blocks = SequenceMatcher(None, _folded(one), _folded(other), autojunk=False).get_opcodes()
    return [(_span(one, first[a:b]), _span(other, second[c:d])) for tag, a, b, c, d in blocks if tag != "equal"]


def _span(text: str, told: Sequence[tuple[str, int, int]]) -> str:
    return text[told[0][1] : told[-1][2]] if told else ""


@lru_cache(maxsize=1 << 13)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(word.text) for word in words(text))


@lru_cache(maxsize=1 << 13)
def _wording(text: str) -> frozenset[str]:
    return frozenset(stem for stem in content(text) if not numbers(stem))


@lru_cache(maxsize=1 << 13)
def _entities(text: str) -> frozenset[str]:
    return entities(text)


# Quantities


def _quantities(old: Claim, new: Claim, *, edited: bool, home: bool) -> Iterator[Value]:
    """Yield quantities of the same unit with another value; in an edited sentence, also those that came or changed their unit."""
    lost, gained = _missing(old, new), _missing(new, old)
    if not home:
        lost = [q for q in lost if not rounded(q.value, old.text, numbers(reports(new)))]
        gained = [q for q in gained if not rounded(q.value, new.text, numbers(reports(old)))]
    if edited and bool(lost) != bool(gained):  # the draft of one side left it out: its sentence still has it
        lost = lost or _missing(old, new, quote=True)
        gained = gained or _missing(new, old, quote=True)
    first, second = ({q.key: q for q in quantities(claim.text) if q.bound} for claim in (old, new))
    for key in first.keys() & second.keys():
        if first[key].bound != second[key].bound:
            yield Value(kind="value", was=_bounded(first[key], old), now=_bounded(second[key], new))
    left = list(gained)
    for one in lost:
        other = next((q for q in left if q.unit == one.unit), left[0] if edited and left else None)
        if other:
            left.remove(other)
            yield Value(kind="value", was=_shown(one, old), now=_shown(other, new))
        elif edited and not gained:
            yield Value(kind="value", was=_shown(one, old), now="")
    for one in left:
        against = next((q for q in quantities(old.text) if q.unit and q.unit == one.unit), None)
        if against:
            yield Value(kind="value", was=_shown(against, old), now=_shown(one, new))
        elif edited and not lost:
            yield Value(kind="value", was="", now=_shown(one, new))


def _missing(one: Claim, other: Claim, *, quote: bool = False) -> list[Quantity]:
    """Return the quantities of a claim (or of its sentence) whose value the other side has nowhere."""
    held = {q.value for text in (other.text, *(c.quote for c in other.citations)) for q in quantities(text)}
    return [q for q in quantities(one.citations[0].quote if quote else one.text) if q.value not in held]


def _shown(quantity: Quantity, claim: Claim) -> str:
    """Return a quantity as the claim, or else its sentence, has it."""
    for text in (claim.text, claim.citations[0].quote):
        if quantity in quantities(text):
            return text[quantity.start : quantity.end]
    return quantity.value


def _bounded(quantity: Quantity, claim: Claim) -> str:
    """Return a quantity with the words that bound it ("more than 500 houses")."""
    before = claim.text[: quantity.start].split()
    return f"{' '.join(before[-2 if before[-1].lower() in {'than', 'to', 'of', 'least'} else -1 :])} {_shown(quantity, claim)}"


# Actors


def _actors(old: Claim, new: Claim) -> Iterator[Value]:
    """Yield who or what is named on each side only, if both sides name somebody or some place that the other does not."""
    lost, gained = _strange(old, new), _strange(new, old)
    if lost and gained:
        yield Value(kind="actor", was=", ".join(lost), now=", ".join(gained))


def _strange(one: Claim, other: Claim) -> list[str]:
    """Return the names of a claim that the other side names nowhere, not even as a plain word."""
    told = reports(other)
    known = _entities(told).union(*(_entities(citation.quote) for citation in other.citations), _entities(other.text))
    plain = {part[:6] for word in _folded(told) for part in word.split("-")}
    found = {}
    for key in sorted(_entities(one.text) - known):
        if not all(part[:6] in plain for part in key.split("-")):
            found[key] = next((name.text for name in names(one.text) if key in _entities(name.text)), key)
    return list(dict.fromkeys(sorted(found.values(), key=one.text.find)))


def _exchanged(old: Claim, new: Claim) -> Iterator[Value]:
    """Yield what an edited sentence says of others than before: one people for another, two names that changed places, another speaker."""
    for was, now in hunks(old.text, new.text):
        peoples = [_countries(was), _countries(now)]
        if all(peoples) and not peoples[0] & peoples[1] and not _countries(reports(old)) >= peoples[1]:
            yield Value(kind="actor", was=was, now=now)
            return
    told = [[fold(word.text) for word in words(claim.text)] for claim in (old, new)]
    named = [[word for word in found if _entities(word.capitalize())] for found in told]
    if sorted(told[0]) == sorted(told[1]) and named[0] != named[1] and _without(told[0], named[0]) == _without(told[1], named[1]):
        yield Value(kind="actor", was=old.text, now=new.text)
        return
    said = [next(iter(speakers(claim.text)), "") for claim in (old, new)]
    others = any(name in said[0] for name in _strange(old, new)) or any(name in said[1] for name in _strange(new, old))
    if all(said) and others:
        yield Value(kind="actor", was=said[0], now=said[1])


def _countries(text: str) -> frozenset[int]:
    return frozenset().union(*(country(fold(word.text)) for word in words(text) if word.text[0].isupper()))


def _without(told: Sequence[str], named: Sequence[str]) -> list[str]:
    return [word for word in told if word not in named]


# Times


def _times(old: Claim, new: Claim, *, near: bool) -> Iterator[Value]:
    """Yield the times that each side only has; "Thursday" and "4 September" are one if the article's date says so."""
    lost, gained = list(_untold(old, new, near=near)), list(_untold(new, old, near=near))
    for one, other in zip(lost, gained, strict=False):
        yield Value(kind="time", was=one.shown, now=other.shown)


def times(text: str, published: str) -> list[Time]:
    """Return the times that a text names."""
    return [Time(text[m.start : m.end], m.date, published) for m in moments(text, published)]


def _untold(one: Claim, other: Claim, *, near: bool) -> Iterator[Time]:
    told = [time for text in (other.text, *(c.quote for c in other.citations)) for time in times(text, other.published)]
    for time in times(one.text, one.published):
        if not any(_may_agree(time, again, near=near) for again in told):
            yield time


def _may_agree(one: Time, other: Time, *, near: bool) -> bool:
    """Return whether two times can be one; in an edited sentence (`near`) what cannot be resolved must read the same.

    Weekdays and days of a month are compared as they are written: `dates` resolves both into the past, and much of the news is to come.
    """
    if fold(one.shown) == fold(other.shown) and one.published == other.published:
        return True
    first, second = _calendar(one), _calendar(other)
    if first.day and second.day and not (first.year and second.year):
        return first.day == second.day
    for a, b, published in ((first, second, other.published), (second, first, one.published)):
        if a.weekday and b.day and published:
            return a.weekday == _weekday_of(b.day, b.year or int(published[:4]))
    if one.date and other.date:
        return not differ(one.date, other.date)
    if first.weekday and second.weekday:
        return first.weekday == second.weekday
    return not near


class _Calendar(NamedTuple):
    weekday: str = ""
    day: tuple[int, int] | None = None
    year: int = 0


def _calendar(time: Time) -> _Calendar:
    """Return the weekday, or the month and day with their year (0 where it is not given), that a time names."""
    found = _DATED.search(time.shown)
    month = (found[1] or found[4])[:3].lower() if found else ""
    if found and month in _MONTHS:
        year = _YEAR.search(time.shown)
        return _Calendar(day=(_MONTHS.index(month) + 1, int(found[2] or found[3])), year=int(year[0]) if year else 0)
    first = time.shown[:3].lower()
    return _Calendar(weekday=first if first in _WEEKDAYS else "")


def _weekday_of(day: tuple[int, int], year: int) -> str:
    try:
        return _WEEKDAYS[date(year, *day).weekday()]
    except ValueError:
        return ""


# Direction and certainty


def _contrary(claim: str, source: str) -> tuple[str, str] | None:
    """Return a word of `claim` that `source` does not have, and the one of opposite meaning that it has, or None."""
    told, given = ({_PAST.get(word, word): word for word in _folded(text)} for text in (claim, source))
    for both in sorted(lemmas("contrary") | lemmas("contrary_words")):
        for one, other in (both.split("-"), both.split("-")[::-1]):
            word, against = (next((word for word in some if _of(word, lemma)), "") for some, lemma in ((told, one), (given, other)))
            if word and against and not any(_of(had, one) for had in given):
                return told[word], given[against]
    return None


def _of(word: str, lemma: str) -> bool:
    return word.startswith(lemma.removesuffix("e")) and len(word) <= len(lemma) + 3


def _directions(old: Claim, new: Claim) -> Iterator[Value]:
    """Yield words of opposite meaning: "rose" and "fell"."""
    if against := _contrary(new.text, reports(old)):
        yield Value(kind="direction", was=against[1], now=against[0])
    elif against := _contrary(old.text, reports(new)):
        yield Value(kind="direction", was=against[0], now=against[1])


def _outcomes(old: Claim, new: Claim) -> Iterator[Value]:
    """Yield ends that exclude each other: "killed" and "injured", "arrested" and "released"."""
    told = [(_ends(claim.text), _ends(reports(claim))) for claim in (old, new)]
    for group in sorted(told[0][0].keys() & told[1][0].keys()):
        lost = {k: v for k, v in told[0][0][group].items() if k not in told[1][1].get(group, {})}
        gained = {k: v for k, v in told[1][0][group].items() if k not in told[0][1].get(group, {})}
        if lost and gained:
            yield Value(kind="outcome", was=", ".join(lost.values()), now=", ".join(gained.values()))


def _ends(text: str) -> dict[int, dict[int, str]]:
    """Return the ends that a text tells of, by group and by which of the group it is, each with its word."""
    found: dict[int, dict[int, str]] = {}
    for word in words(text):
        for n, group in enumerate(_OUTCOMES):
            for k, stems in enumerate(group):
                if fold(word.text).startswith(stems):
                    found.setdefault(n, {})[k] = word.text
    return found


def _certainty(old: Claim, new: Claim, *, near: bool) -> Iterator[Value]:
    """Yield what was open and is settled, alleged and is stated, affirmed and is denied, or the reverse; outside edits, denials alone."""
    told = [(_degrees(claim.text), _degrees(reports(claim))) for claim in (old, new)]
    lost = {k: v for k, v in told[0][0].items() if k not in told[1][1]}
    gained = {k: v for k, v in told[1][0].items() if k not in told[0][1]}
    if not near:
        lost, gained = ({k: v for k, v in found.items() if k == "denied"} for found in (lost, gained))
    if lost or gained:
        was, now = _cue_hunk(old.text, new.text, {*lost.values(), *gained.values()})
        yield Value(kind="certainty", was=was or ", ".join(lost.values()), now=now or ", ".join(gained.values()))


def _degrees(text: str) -> dict[str, str]:
    """Return the ways in which a text leaves something open, each with a word that does so."""
    found = {
        "denied": min(negations(text) | refusals(text), default=""),
        "alleged": min(doubts(text), default=""),
        "open": m.group() if (m := _OPEN.search(text)) else "",
        "to come": m.group() if (m := _TO_COME.search(text)) else "",
    }
    return {degree: cue for degree, cue in found.items() if cue}


def _cue_hunk(one: str, other: str, cues: set[str]) -> tuple[str, str]:
    """Return the differing words in which a cue stands, on both sides."""
    folded = {fold(part) for cue in cues for part in cue.split()}
    for was, now in hunks(one, other):
        if folded & {fold(word.text) for word in words(f"{was} {now}")}:
            return was, now
    return "", ""
