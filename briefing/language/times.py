"""When it happened: the times of a sentence as dates, by the verb they belong to and its tense.

A date is given only where words, parse and tense leave one; "" everywhere else ("next Monday", "a week ago", "Monday’s vote"). A name
("Black Friday"), an age or a fiscal year is no time of an event. What "today" means to somebody who is quoted is not read.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from briefing.language.base import TIMES, VERBS, Parse
from briefing.language.dates import ON, TIME, resolve, spelt
from briefing.language.verbs import SAYING, SUBJECTS, Tense, finite, quoted, sound, tense, within

_NAMED = frozenset("black good super palm easter bloody ash cyber giving fat maundy holy every each fiscal financial most any".split())
_CLIMB = frozenset("pobj prep npadvmod advmod nummod nmod pcomp appos compound tmod".split())
_AHEAD = frozenset("announce call plan propose schedule set order delay postpone expect want urge agree vow pledge promise".split())
"""Verbs whose object may lie ahead: "announced a strike on Monday" does not say when it was announced."""
_SCHEDULING = frozenset("hold schedule set slate plan release publish expect open".split())  # "is held on Sunday": it will be
_HABITS = frozenset(
    "typically usually normally generally always often annually traditionally".split()
)  # "takes place in August": every year


class Time(NamedTuple):
    """A time at `text[start:end]`, without its preposition. `date` is an ISO day, month or year, "" where it cannot be resolved.

    `relative` times need their article's date to be understood; `main` ones belong to the main verb or to that of what is reported.
    """

    start: int
    end: int
    date: str
    relative: bool
    main: bool


class _Place(NamedTuple):
    """Where a time stands in the sentence: the token its words hang by, the verb it belongs to (-1: none), and its preposition."""

    token: int
    verb: int
    preposition: str


def times(parse: Parse, published: str) -> list[Time]:
    """Return the times of a sentence in order, resolved against the ISO date of its article ("" = unknown)."""
    return [time for time, _ in _found(parse, published)]


def day_of(parse: Parse, published: str) -> str:
    """Return the date of what a sentence tells: the one that its main verb has, "" where there is none, or several that differ."""
    all_found = _found(parse, published)
    told = parse.tokens[parse.root].lemma in SAYING and bool(parse.below(parse.root, "ccomp")) if parse.tokens else False
    if told and len(all_found) > 1 and any(place.verb == parse.root for _, place in all_found):  # when it was said is not when it happened
        return ""
    found = {time.date for time, place in all_found if time.main and time.date and place.preposition in ON}
    closest = max(found, key=len, default="")
    return closest if all(closest.startswith(other) for other in found) else ""


def insertions(parse: Parse, published: str) -> list[tuple[int, str]]:
    """Return the dates in brackets that make relative days of the main verb plain, or "yesterday", each with its place after its words."""
    return [
        (time.end, f" [{spelt(time.date)}]")
        for time, place in _found(parse, published)
        if time.relative and len(time.date) == len("2026-11-30") and (_is_day(parse, time) or time.date[:4] != published[:4])
        if time.main or _of_the_day(parse, time, place)
        if place.preposition in ON | {"until", "till", "by", "through", "from", "since", "before", "after"}
    ]


def _of_the_day(parse: Parse, time: Time, place: _Place) -> bool:
    """Return whether a time is told from the day of the article, whatever verb it belongs to: "a poll released yesterday"."""
    n = place.verb
    if n < 0 or parse.text[time.start : time.end].casefold() not in {"today", "yesterday", "tomorrow"}:
        return False
    while parse.tokens[n].head != n and parse.tokens[n].dep not in {"ccomp", "xcomp", "parataxis"}:
        n = parse.tokens[n].head
    return parse.tokens[n].head == n


def _is_day(parse: Parse, time: Time) -> bool:
    """Return whether a time is told without the day of its month: "Monday", "yesterday"."""
    return not any(char.isdigit() for char in parse.text[time.start : time.end])


def _found(parse: Parse, published: str) -> list[tuple[Time, _Place]]:
    try:
        today = date.fromisoformat(published)
    except ValueError:
        today = None
    spoken = quoted(parse.text)
    whole = sound(parse)
    found: list[tuple[Time, _Place]] = []
    for m in TIME.finditer(parse.text):
        if not parse.tokens or _named(parse, m):
            continue
        place = _place(parse, m)
        outside = not any(start < m.end() and m.start() < end for start, end in spoken)
        if _of_another(parse, place) or within(parse.tokens[place.verb].start, spoken):
            place = place._replace(verb=-1)
        main = outside and whole and place.verb >= 0 and _main(parse, place.verb)
        resolved = (
            resolve(m, parse.text, today, looks=_direction(parse, place), preposition=place.preposition, alone=place.verb < 0)
            if outside or not _relative(m)
            else ""
        )
        found.append((Time(m.start(), m.end(), resolved, _relative(m), main), place))
    for entity in parse.entities:
        apart = not any(time.start < entity.end and entity.start < time.end for time, _ in found)
        if entity.kind in TIMES and apart:
            found.append((Time(entity.start, entity.end, "", True, False), _Place(entity.first, -1, "")))
    return sorted(found)


def _relative(m: re.Match[str]) -> bool:
    return not (m["iso"] or m["only"] or (m["month"] and m["year"]))


def _named(parse: Parse, m: re.Match[str]) -> bool:
    """Return whether what looks like a time is none: part of a name, a verb ("may", "march"), a habit, a number, a sum."""
    n = parse.at(m.start())
    last = parse.at(m.end() - 1)
    before = parse.word(n - 1).casefold() if n else ""
    word = parse.text[m.start() : m.end()]
    if (m["month"] or m["weekday"]) and not (m["month"] or m["weekday"])[0].isupper():
        return True
    if before in _NAMED or before in {"$", "€", "£"}:
        return True
    capital = n > 1 and parse.tokens[n - 1].pos == "PROPN" and parse.tokens[n - 1].entity not in TIMES
    if capital and (parse.tokens[n - 1].head in range(n, last + 1) or parse.tokens[n].head == n - 1):
        return not m["only"]
    after = last + 1
    joined = after < len(parse.tokens) and parse.tokens[after].pos == "PROPN" and parse.tokens[last].head == after
    if joined and parse.tokens[last].dep in {"compound", "nmod", "amod"} and parse.tokens[after].entity not in TIMES:
        return True
    if m["month"] and not (m["first"] or m["then"] or m["year"]):
        return parse.tokens[n].entity != "DATE" or before not in {
            "in",
            "since",
            "until",
            "by",
            "from",
            "during",
            "early",
            "late",
            "last",
            "of",
        }
    if m["near"] and word[0].isupper() and m.start() > 0 and not re.search(r"[.:;(“\"—–-]\s*$", parse.text[: m.start()]):
        return True
    return bool(m["only"]) and before not in {"in", "since", "until", "by", "before", "after", "during", "from", "early", "late", "to"}


def _place(parse: Parse, m: re.Match[str]) -> _Place:
    """Return by which verb a time stands, climbing from its words over prepositions only: over a noun it belongs to that noun."""
    tokens = parse.tokens
    first, last = parse.at(m.start()), parse.at(m.end() - 1)
    inside = range(first, last + 1)
    n = next((k for k in inside if tokens[k].head not in inside or tokens[k].head == k), first)
    held = any(
        tokens[k].tag == "POS" or (tokens[k].dep == "det" and parse.word(k).casefold() != "the")
        for k in parse.children[n]
        if k not in inside
    )
    token, preposition = n, ""
    if held or tokens[n].dep == "poss":
        return _Place(token, -1, "")
    while tokens[n].dep in _CLIMB and tokens[n].head != n:
        n = tokens[n].head
        if tokens[n].pos in VERBS:
            return _Place(token, n, preposition)
        if tokens[n].pos in {"ADP", "SCONJ"} or tokens[n].dep == "prep":
            preposition = preposition or parse.word(n).casefold()
        elif tokens[n].entity not in TIMES:
            break
    return _Place(token, -1, preposition)


def _main(parse: Parse, verb: int) -> bool:
    """Return whether a verb is the main one, coordinated with it, or that of what a main verb of saying reports."""
    tokens = parse.tokens
    if any(tokens[n].tag == "TO" for n in parse.below(verb, "aux")) or not (finite(parse, verb) or tokens[verb].dep == "conj"):
        return False
    n = verb
    while tokens[n].dep == "conj" and tokens[tokens[n].head].tag[:2] in {"VB", "MD"}:
        n = tokens[n].head
    if n == parse.root:
        return True
    head = tokens[n].head
    reported = tokens[n].dep == "ccomp" and tokens[head].lemma in SAYING and len(parse.below(head, "ccomp")) == 1
    return reported and (head == parse.root or _main(parse, head))


def _direction(parse: Parse, place: _Place) -> Tense:
    """Return where the verb of a time looks, "" where the time could belong to another verb that looks elsewhere, or to an object ahead."""
    if place.verb < 0:
        return ""
    looks = tense(parse, place.verb)
    if any(parse.word(n).casefold() in _HABITS for n in parse.below(place.verb, "advmod")):
        return ""
    if looks == "present" and not _scheduled(parse, place):
        return ""
    between = range(place.verb + 1, place.token)
    for n in between:
        if parse.tokens[n].pos == "VERB" and (looks != "past" or (tense(parse, n) != looks and parse.tokens[n].tag != "VBN")):
            return ""
    if looks == "past" and parse.tokens[place.verb].lemma in _AHEAD and parse.below(place.verb, "dobj", "xcomp", "ccomp", "nsubjpass"):
        things = [n for n in parse.below(place.verb, "dobj", "xcomp", "ccomp", "nsubjpass") if n < place.token]
        if things and place.token > place.verb:
            return ""
    return looks


def _scheduled(parse: Parse, place: _Place) -> bool:
    """Return whether a verb in the present tells what is to come: "opens on Friday"; not "tells us on Friday", "is accused"."""
    verb = parse.tokens[place.verb]
    bare = verb.dep == "conj" and not parse.below(place.verb, *SUBJECTS) and not parse.below(verb.head, "cc")
    if verb.lemma in SAYING or bare:  # what nothing joins is a noun that was taken for a verb: "were held after it hit a lock"
        return False
    return not parse.below(place.verb, "auxpass") or verb.lemma in _SCHEDULING or place.preposition in {"until", "till", "since", "through"}


def _of_another(parse: Parse, place: _Place) -> bool:
    """Return whether a time before its verb follows another verb, whose it may be: "the storm that hit on Monday moved east"."""
    for n in range(place.token - 1, -1, -1) if place.token < place.verb else ():
        if parse.word(n) in {",", ";", ":"}:
            return False
        if parse.tokens[n].pos == "VERB":
            return True
    return False
