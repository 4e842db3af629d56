"""The persons of an article, by surname: the forms of their names, which pronouns go with them, and where a sentence names them.

Persons are never merged: where two go by one surname, the form that stands in a sentence stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.language.base import Parse
from briefing.language.phrases import TITLES, human
from briefing.text.words import fold

MALE = frozenset("he him his himself".split())
FEMALE = frozenset("she her hers herself".split())
_BRACKETS = frozenset("()[]")  # "[President Barack] Obama" is no form of a name
_TAILS = frozenset({"’s", "'s", "’", "'"})
_SUFFIXES = frozenset({"Jr", "Sr"})
_CIVIL = frozenset("mr mrs ms mx miss".split())
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
    return {
        surname: [Form(form, at[0]) for form, at in sorted(forms.items(), key=lambda pair: (-len(pair[1]), pair[1]))]
        for surname, forms in found.items()
    }


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
    return parse.word(n).rstrip(".").casefold() in TITLES or human(parse.word(n))


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
    return fold(parse.word(n)).rstrip(".") in _CIVIL


def genders(parses: Iterable[tuple[int, Parse]], known: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return, by surname, how often "he" and "she" stand in sentences that name this person alone."""
    found: dict[str, tuple[int, int]] = {}
    for _, parse in parses:
        surnames = {surname_of(parse, span) for span in persons(parse, known)}
        if len(surnames) == 1:
            words = [parse.word(n).casefold() for n in range(len(parse.tokens))]
            surname = surnames.pop()
            he, she = found.get(surname, (0, 0))
            found[surname] = he + sum(w in MALE for w in words), she + sum(w in FEMALE for w in words)
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
