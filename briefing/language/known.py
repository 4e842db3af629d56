"""What a sentence speaks of as known because its article brought it up before: "the crash", "this plan", Lind of two who are called so.

A reader who was not told of it does not know which is meant. What everybody knows stands with "the" from the first: "the economy".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from briefing.language.base import VERBS, Parse
from briefing.language.people import Form, name_of, one_person, persons, suffix, surname_of, titled
from briefing.language.phrases import SUBJECTS, phrase
from briefing.language.pronouns import NOW, UNIQUE, around
from briefing.text.quotations import quotations

_NOUNS = frozenset(["NOUN", "PROPN"])
_POINTERS = frozenset(["the", "this", "that", "these", "those"])
_NAMED_BY = {
    "state city town village county province island capital": ("GPE", "LOC", "NORP"),
    "company firm bank agency university school team club party union department airline organization board council committee commission "
    "subcommittee ministry bureau institute foundation tribunal": ("ORG",),
}
_KINDS = {noun: kinds for nouns, kinds in _NAMED_BY.items() for noun in nouns.split()}
"""Nouns that stand for a place or a body that the article named, by the kinds of entity that a name of one is read as."""


class Namesake(NamedTuple):
    """A surname by which alone somebody is named, and whom of those who bear it the article may mean."""

    surname: str
    meant: tuple[Form, ...]


def points_back(parse: Parse, earlier: Sequence[Parse], gone: Collection[int] = (), *, strictly: bool = False) -> set[str]:
    """Return the nouns that a sentence speaks of as known ("the film") because `earlier` sentences, nearest first, brought them up as new.

    Of labelled sentences that would be printed by themselves one that has such a noun fails to stand twenty times as often as it stands, of
    those behind another line ten times. What is spoken of as known where it is named first ("the region") is mostly known to everybody; of
    what is the object of a verb, the verb says enough ("cancelled the show"). Tokens that are `gone` are not looked at.

    With `strictly` all are returned that were named before, and objects, too: of those by themselves 77 in 100 do not stand, of all 55.
    "Such steps" speak of what was told before in any case.
    """
    known = {parse.tokens[n].lemma.casefold() for n in _definite(parse, strictly) if n not in gone}
    told = {lemma for lemma in known if (any(_mention(one, lemma) >= 0 for one in earlier) if strictly else _explained(lemma, earlier))}
    return told | {parse.tokens[n].lemma.casefold() for n in _alike(parse) if n not in gone}


def unnamed(parse: Parse, gone: Collection[int] = ()) -> set[tuple[str, ...]]:
    """Return the kinds of entity that a sentence speaks of with nothing but "the state", "the company", and names none of.

    Of labelled sentences that do, 81 in 100 do not stand by themselves (138 of 174 readings; of all 55); behind another line they stand as
    often as any.
    """
    found: set[tuple[str, ...]] = set()
    for n, token in enumerate(parse.tokens):
        kinds = _KINDS.get(token.lemma.casefold(), ()) if token.pos == "NOUN" and not token.entity and n not in gone else ()
        beside = [parse.word(m).casefold() for m in parse.children[n] if parse.tokens[m].pos != "PUNCT" and parse.tokens[m].dep != "case"]
        if kinds and beside == ["the"] and not names(parse, kinds):
            found.add(kinds)
    return found


def names(parse: Parse, kinds: Collection[str]) -> bool:
    """Return whether a sentence names an entity of one of these kinds."""
    return any(entity.kind in kinds for entity in parse.entities)


def _definite(parse: Parse, objects: bool) -> Iterator[int]:
    """Yield the nouns, `objects` or not, with "the" or a pointing word, and nothing behind them, no name and nobody's that tells which."""
    for n, token in enumerate(parse.tokens):
        if token.pos != "NOUN" or token.entity or (token.dep == "dobj" and not objects):
            continue
        first, last = phrase(parse, n)
        lemma, pointer = token.lemma.casefold(), parse.word(first).casefold()
        closed = last == n + 1 or (last > n + 1 and parse.word(n + 1) == "(")  # nothing behind it says which
        if first == n or not closed or pointer not in _POINTERS or lemma in UNIQUE or (pointer == "this" and lemma in NOW):
            continue
        between = [parse.tokens[m] for m in range(first, n)]
        if not parse.below(n, "poss") and not any(one.pos in {"PROPN", "NUM"} or one.entity for one in between):
            yield n


def _alike(parse: Parse) -> Iterator[int]:
    """Yield the nouns with "such" that nothing before them in their sentence explains: the noun itself, or a whole clause.

    Not where they say themselves which ("such cities as Osk", "the first such law") or "such" says how much ("such speed that …", "such
    strict rules"), nor "no such deal", nor in a quotation.
    """
    spans, lemmas = quotations(parse.text), [token.lemma.casefold() for token in parse.tokens]
    plain = [m for m, token in enumerate(parse.tokens) if token.pos != "PUNCT"]
    for such in (m for m in plain if parse.word(m).casefold() == "such"):
        n = parse.tokens[such].head
        if n < such or parse.tokens[n].pos not in _NOUNS or around(parse, such, spans):
            continue
        degree = parse.tokens[min(m for m in plain if m > such)].dep in {"amod", "advmod"}
        behind = {m for k in parse.children[n] if k > n for m in (k, *parse.children[k])} | {*[m for m in plain if m > n][:1]}
        which = {parse.word(m).casefold() for m in behind} & {"as", "that"}
        beside = {parse.word(m).casefold() for m in (*parse.below(n, "det", "predet"), such - 1, such + 1) if m >= 0}
        if not (degree or which or beside & {"no", "a", "an", "the"} or lemmas[n] in lemmas[:such] or _clause_before(parse, n)):
            yield n


def _clause_before(parse: Parse, n: int) -> bool:
    """Return whether a whole clause stands in a sentence before the one that a token is in, and not around it."""
    above = [n]
    while parse.tokens[above[-1]].head != above[-1]:
        above.append(parse.tokens[above[-1]].head)
    beside = [m for m in above if parse.tokens[m].dep == "relcl" and parse.word(parse.subtree(m)[0] - 1) == ","]  # ", which set off"
    end = min((parse.tokens[m].head for m in beside), default=n)
    bound = set() if beside else {parse.tokens[m].head for m in above if parse.tokens[m].dep not in {"ROOT", "conj", "advcl"}}
    return any(parse.below(m, *SUBJECTS) for m in range(end) if m not in bound and parse.tokens[m].pos in VERBS)


def _explained(lemma: str, earlier: Sequence[Parse]) -> bool:
    """Return whether the first of `earlier` sentences, nearest first, that has a noun brings it up as new, and says what it is.

    As a name ("the Fish and Wildlife Service"), or with something beside it: "a crash on the bridge", "cracks in the pillars".
    """
    mentions = [(one, n) for one in earlier if (n := _mention(one, lemma)) >= 0]
    if not mentions:
        return False
    one, n = mentions[-1]
    first, last = phrase(one, n)
    beside = any(m != n and one.tokens[m].dep != "det" for m in range(first, last))
    return one.tokens[n].pos == "PROPN" or (beside and one.word(first).casefold() not in _POINTERS)


def _mention(parse: Parse, lemma: str) -> int:
    return next((n for n, token in enumerate(parse.tokens) if token.pos in _NOUNS and token.lemma.casefold() == lemma), -1)


def namesakes(people: Collection[str], parse: Parse, earlier: Sequence[Parse], gone: Collection[int] = ()) -> set[Namesake]:
    """Return whom a sentence names by a surname alone that several `people` of its article bear, where it does not say which of them.

    Of such ones among the labelled sentences seven do not stand by themselves, and one does. `earlier` sentences stand nearest first;
    tokens that are `gone` are not looked at.
    """
    alone = {surname_of(parse, span) for span in persons(parse, people) if span[0] not in gone and not _named(parse, span)}
    several = [surname for surname in alone if not one_person(_in_full(surname, people, earlier))]
    return {Namesake(surname, _meant(surname, people, earlier)) for surname in several if not _of_one(surname, people, [parse], ())}


def _meant(surname: str, people: Collection[str], earlier: Sequence[Parse]) -> tuple[Form, ...]:
    """Return whom an article may mean by a surname alone: whom it named last in full, and whom it named so more than any other."""
    told = [named for one in earlier if (named := _in_full(surname, people, [one]))]
    (most, times), *others = Counter(form for named in told for form in named).most_common()
    plain = all(other[1] < times or one_person((most, other[0])) for other in others)
    return (*((most,) if plain else ()), *(told[0] if one_person(told[0]) else ()))


def told_apart(who: Namesake, people: Collection[str], parses: Sequence[Parse]) -> bool:
    """Return whether sentences name one person of a surname, by the whole name or a title, and this may be the one who is meant."""
    return any(_of_one(who.surname, people, parses, (form,)) for form in who.meant)


def _of_one(surname: str, people: Collection[str], parses: Sequence[Parse], forms: Sequence[Form]) -> bool:
    """Return whether sentences name somebody of a surname by a first name or a title, and all of them, with these `forms`, can be one."""
    full = _in_full(surname, people, parses)
    several = ((parse, span) for parse in parses for span in persons(parse, people) if surname_of(parse, span) == surname)
    return one_person((*forms, *full)) and (bool(full) or any(_named(*one) for one in several))


def _in_full(surname: str, people: Collection[str], parses: Sequence[Parse]) -> list[Form]:
    """Return the whole names of a surname that sentences have: beside "Ole Lind", Ole Lind Jr. is not called by the surname alone."""
    names = [name_of(parse, span) for parse in parses for span in persons(parse, people) if surname_of(parse, span) == surname]
    whole = [name for name in names if any(word != surname and not suffix(word) for word in name.split())]
    elder = [name for name in whole if not suffix(name.split()[-1])]
    return [Form(name, 0) for name in elder or whole]


def _named(parse: Parse, span: tuple[int, int]) -> bool:
    """Return whether a person is named by more than a surname: "Ada Lind", "Mayor Lind", "Mrs. Lind", "Lind Jr."."""
    junior = span[1] < len(parse.tokens) and suffix(parse.word(span[1]))
    return " " in name_of(parse, span) or titled(parse, span[0], civil=True) or junior
