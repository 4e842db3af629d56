"""The persons of an article, by surname: the forms of their names, which pronouns go with them, and where a sentence names them.

Persons are never merged: where two go by one surname, the form that stands in a sentence stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.language.base import Parse
from briefing.language.phrases import TITLES, human
from briefing.text.words import fold

MALE = frozenset("he him his himself".split())
FEMALE = frozenset("she her hers herself".split())
MASCULINE = frozenset("mr mr. sir lord king prince father son brother husband boy man".split())
FEMININE = frozenset("mrs mrs. ms ms. miss dame lady queen princess mother daughter sister wife girl woman".split())
_BRACKETS = frozenset("()[]")  # "[President Barack] Obama" is no form of a name
_TAILS = frozenset({"’s", "'s", "’", "'"})
_SUFFIXES = frozenset({"Jr", "Sr"})
WOMEN = frozenset("mrs ms miss".split())
_CIVIL = WOMEN | {"mr", "mx"}
_PLACES = frozenset({"GPE", "LOC", "NORP", "DATE", "TIME"})  # entities that are no persons, even where a person is called so


class Form(NamedTuple):
    """A form of a person's name and the first sentence that has it."""

    text: str
    sentence: int


def full_names(parses: Iterable[tuple[int, Parse]]) -> dict[str, list[Form]]:
    """Return the full names of persons by surname, the commonest first; `parses` are numbered sentences."""
    kept = list(parses)
    found: dict[str, dict[str, list[int]]] = {}
    seen = Counter((e.kind == "PERSON", parse.text[e.start : e.end]) for _, parse in kept for e in parse.entities)
    for number, parse in kept:
        for entity in parse.entities:
            words = [w for w in name_of(parse, (entity.first, entity.last)).split() if w[0].isalnum() and not set(w) & _BRACKETS]
            text = parse.text[entity.start : entity.end]
            person = entity.kind == "PERSON" and seen[True, text] >= seen[False, text]  # a town that was once read as a name is none
            if person and len(_without_suffix(words)) > 1:
                found.setdefault(_without_suffix(words)[-1], {}).setdefault(" ".join(words), []).append(number)
    for number, parse in kept:  # "Helen Lund", missed by the recogniser, is still not Peter Lund
        for n in range(1, len(parse.tokens)):
            surname, first = parse.word(n), parse.tokens[n - 1]
            given = first.pos == "PROPN" and first.dep == "compound" and first.head == n and first.entity not in {"PERSON", "DATE"}
            if surname in found and given and not title(parse, n - 1):
                found[surname].setdefault(f"{parse.word(n - 1)} {surname}", []).append(number)
    people = {
        surname: [Form(form, at[0]) for form, at in sorted(forms.items(), key=lambda pair: (-len(pair[1]), pair[1]))]
        for surname, forms in found.items()
    }
    titles = _titles(kept)
    people = {surname: _given(forms, titles) for surname, forms in people.items()}
    return people | _surname_first([parse for _, parse in kept], people, titles)


def _titles(parses: Iterable[tuple[int, Parse]]) -> dict[str, set[str]]:
    """Return the words of names that stand right before each full name: "Secretary", "of" and "State" before "Ada Kell"."""
    found: dict[str, set[str]] = {}
    for _, parse in parses:
        for entity in parse.entities:
            name, n = name_of(parse, (entity.first, entity.last)), entity.first
            while entity.kind == "PERSON" and n and (parse.tokens[n - 1].pos == "PROPN" or parse.word(n - 1) == "of"):
                n -= 1
                found.setdefault(name, set()).add(parse.word(n))
    return found


def _given(forms: Sequence[Form], titles: Mapping[str, set[str]]) -> list[Form]:
    """Return forms of a name without those that are a title and the surname: "Secretary Kell", where "Secretary … Ada Kell" stands too."""
    words = {word for form in forms for word in titles.get(form.text, ())}
    return [form for form in forms if not {*form.text.split()[:-1]} <= words] or list(forms)


def _surname_first(parses: Sequence[Parse], people: Mapping[str, Sequence[Form]], titles: Mapping[str, set[str]]) -> dict[str, list[Form]]:
    """Return, by their first word, the full names of which that is the surname by the article's own use: "Mr. Moon" is Moon Jae-in.

    It has a title before the first word alone, "Mr." or one that the full name stands with, and the last word nowhere by itself; and who
    is called so is named in full first.
    """
    text = " ".join(parse.text for parse in parses)
    called = _called(parses)
    found: dict[str, list[Form]] = {}
    for surname, forms in people.items():
        for form in forms:
            word, own = form.text.split()[0], titles.get(form.text, set())
            fit = word not in people and any(courtesy(one) or (one in own and _ranked(one)) for one in called.get(word, ()))
            if fit and all(courtesy(one) or one in own for one in called[word]) and not _apart(form.text, surname, text):
                found.setdefault(word, []).append(form)
    return found


def _called(parses: Sequence[Parse]) -> dict[str, set[str]]:
    """Return the words of names before each name of one word: "Mr." of "Mr. Moon", "Ole" of an "Ole Moon" that was not recognised."""
    found: dict[str, set[str]] = {}
    for parse in parses:
        for n in range(1, len(parse.tokens)):
            one, last = parse.tokens[n - 1], n + 1 == len(parse.tokens) or parse.tokens[n].dep != "compound"
            if last and parse.tokens[n].pos == "PROPN" and one.pos == "PROPN" and one.dep == "compound" and one.head == n:
                found.setdefault(parse.word(n), set()).add(parse.word(n - 1))
    return found


def _apart(name: str, last: str, text: str) -> bool:
    """Return whether a text has the last word of a name without the rest, the first word earlier or in another name, or a longer name."""
    first, whole = name.split()[0], re.escape(name)
    alone = len(re.findall(rf"(?<!\w){re.escape(last)}(?!\w)", text)) > text.count(name)
    others = len(re.findall(rf"(?<!\w){re.escape(first)}\s+[A-Z]", text)) > text.count(name)
    return alone or others or text.find(first) < text.find(name) or re.search(rf"{whole}(?:[\w-]|\s+[A-Z])", text) is not None


def as_names(parse: Parse, names: Collection[str]) -> Parse:
    """Return a parse in which these words are names: at the head of a sentence a parser may take a surname for a common noun ("Trump")."""
    wrong = [n for n, token in enumerate(parse.tokens) if token.pos in {"NOUN", "ADJ"} and parse.word(n) in names]
    tokens = list(parse.tokens)
    for n in wrong:
        tokens[n] = tokens[n]._replace(pos="PROPN", tag="NNP", lemma=parse.word(n))
    return replace(parse, tokens=tuple(tokens)) if wrong else parse


def one_person(forms: Sequence[Form]) -> bool:
    """Return whether forms of one surname can be one person's: no two have other first names, and "Ole Lind Jr." is not Ole Lind."""
    named = [form.text.split() for form in forms if " " in form.text]
    given = [first for words in named if (first := {*_without_suffix(words)[:-1]})]
    return len({any(map(suffix, words)) for words in named}) < 2 and all(first & given[0] for first in given)


def suffix(word: str) -> bool:
    """Return whether a word stands behind a surname and is none: "Jr."."""
    return word.rstrip(".") in _SUFFIXES


def _without_suffix(words: Sequence[str]) -> list[str]:
    return [word for word in words if not suffix(word)]


def title(parse: Parse, n: int) -> bool:
    """Return whether a word before a name is a title or a role: "Mr.", "Mayor"."""
    return _ranked(parse.word(n))


def _ranked(word: str) -> bool:
    return word.rstrip(".").casefold() in TITLES or human(word)


def titled(parse: Parse, n: int, *, civil: bool = False) -> bool:
    """Return whether a name stands after a title or a description ("Mayor Lind", "her lawyer Marn").

    "Mr." says nothing of who it is; `civil`: it is a title, too.
    """
    return (
        n > 0
        and (civil or not _civil(parse, n - 1))
        and (parse.tokens[n - 1].pos in {"PROPN", "NOUN", "ADJ"} and parse.tokens[n - 1].dep != "punct")
    )


def place_of(parse: Parse, span: tuple[int, int]) -> tuple[int, int]:
    """Return where a person's name stands in the text, "Mr." with it, without what `name_of` leaves out."""
    first, end = span[0], parse.tokens[span[0]].start + len(name_of(parse, span))
    return parse.tokens[first - (first > 0 and _civil(parse, first - 1))].start, end


def _civil(parse: Parse, n: int) -> bool:
    return bool(courtesy(parse.word(n)))


def courtesy(word: str) -> str:
    """Return "mr" of "Mr.", "mrs" of "Mrs.", "" of any other word than such a title."""
    title = fold(word).rstrip(".")
    return title if title in _CIVIL else ""


def genders(parses: Iterable[tuple[int, Parse]], known: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return, by surname and by full name, how often "he" and "she" stand in sentences that name this person alone.

    Somebody's "brother, Ole Kell" is a "he", whatever that somebody is: "her brother".
    """
    found: dict[str, tuple[int, int]] = {}
    for _, parse in parses:
        spans = persons(parse, known)
        surnames, full = {surname_of(parse, span) for span in spans}, {name for span in spans if " " in (name := name_of(parse, span))}
        if len(surnames) == 1:
            kin = {parse.tokens[m].head for span in spans for m in range(*span) if parse.tokens[m].dep == "appos"}
            of_another = any(parse.below(n, "poss") for n in kin)  # whose pronouns the others are then rather
            words = [] if of_another else [parse.word(n).casefold() for n in range(len(parse.tokens))]
            for name in surnames | (full if len(full) == 1 else set()):
                he, she = found.get(name, (0, 0))
                kins = [parse.word(n).casefold() for n in kin]
                found[name] = (
                    he + sum(w in MALE for w in words) + sum(w in MASCULINE for w in kins),
                    she + sum(w in FEMALE for w in words) + sum(w in FEMININE for w in kins),
                )
    return found


def persons(parse: Parse, known: Collection[str]) -> list[tuple[int, int]]:
    """Return the token spans of the persons that a sentence names, also by a surname that its article gives in full elsewhere."""
    found = [(e.first, e.last) for e in parse.entities if e.kind == "PERSON"]
    taken = {m for first, last in found for m in range(first, last)}
    for n, token in enumerate(parse.tokens):
        if n not in taken and token.pos == "PROPN" and token.dep != "compound" and token.entity not in _PLACES and parse.word(n) in known:
            found.append((n, n + 1))
    return sorted(found)


def name_of(parse: Parse, span: tuple[int, int]) -> str:
    """Return a person's name as it stands, without a possessive ending or marks around it."""
    first, last = span
    while (
        last - 1 > first
        and not suffix(parse.word(last - 1))
        and (parse.word(last - 1) in _TAILS or not parse.word(last - 1)[-1:].isalnum())
    ):
        last -= 1
    while last - 1 > first and not parse.word(first)[:1].isalnum():
        first += 1
    return parse.span(first, last).removesuffix("’s").removesuffix("'s")


def surname_of(parse: Parse, span: tuple[int, int]) -> str:
    """Return the last word of a person's name."""
    words = _without_suffix(name_of(parse, span).split())
    return words[-1] if words else ""
