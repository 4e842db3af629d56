"""Which name stands behind "the committee", "the Journal", "the governor" or "CBO": the one that its article gave, where there is only one.

sentence ─ nouns with "the" alone ─ names before it that end in the noun, persons with it as a title ─ one, and nothing else ─► Referent

It is never guessed: where the article calls anything else so up to there ("a committee", "the Senate committees"), it stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.language.acronyms import SMALL, spelled_out
from briefing.language.base import Entity, Parse
from briefing.language.document import Document
from briefing.language.people import Form, name_of, one_person, surname_of
from briefing.language.pronouns import UNIQUE
from briefing.text.quotations import quotations

_BODIES = frozenset(
    """
    agency airline airport association authority bank bureau church club college commission committee company corporation council
    court department federation foundation hospital institute league ministry museum newspaper organization panel party service society
    subcommittee tribunal university
    """.split()
)
"""Nouns that stand for the body whose name ends in them: "the house" is not the White House, nor "the union" the European one."""

SHORT = {"gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "prof": "professor", "sgt": "sergeant"}
"""Titles by their short forms."""

POINTERS = frozenset("the this that its their his her".split())
"""Words before a noun that is spoken of as known."""

_PLACES = frozenset("on at in to into near inside outside onto".split())  # "on the bank", "came to the party"
_NEXT = frozenset("successor predecessor succeed replace replacement".split())  # from then on a title may be another one's
_LONG = 4  # letters of what is no abbreviation: "the Fed"
_PLAIN = UNIQUE - {"court", "president"} | frozenset("capitol congress constitution hill union".split())
"""Short names that everybody knows, or that end another name as well: "the House", "the Constitution"."""


class Referent(NamedTuple):
    """The characters `start` to `end` of a sentence stand for `name`. `known` is the part that names it, `called` how others are named."""

    start: int
    end: int
    name: str
    known: str
    called: tuple[str, ...]

    def told(self, text: str) -> bool:
        """Return whether who reads a text knows what is meant: it is named there, and nothing of the kind behind it."""
        at = text.rfind(self.known)
        return at >= 0 and max(map(text.rfind, self.called)) < at + len(self.known)


class _Named(NamedTuple):
    """A name that ends in a noun, or a person whose title it is: its text, the words that tell it apart, and its tokens, half open.

    `form` is the name of a person and `surname` its last word, "" for a body; `more` makes the title another one ("Vice President").
    """

    text: str
    apart: frozenset[str]
    first: int = 0
    last: int = 0
    form: str = ""
    surname: str = ""
    more: frozenset[str] = frozenset()


def referents(document: Document, number: int) -> Iterator[Referent]:
    """Yield what the nouns of a sentence stand for that its article named before, and it does not."""
    parse = document.parse(number)
    for n in range(1, len(parse.tokens)):
        first = _first(parse, n)
        meant = _meant(document, number, first, n) if first >= 0 else None
        if meant is not None:
            known = meant.surname or meant.text.removeprefix("the ")
            noun = parse.word(n).casefold()
            called = [noun, *(short for short, word in SHORT.items() if word == noun)]
            name = meant.text[0].upper() + meant.text[1:] if parse.word(first)[0].isupper() else meant.text
            yield Referent(parse.tokens[first].start, parse.tokens[n].end, name, known, tuple(map(str.capitalize, called)))
    yield from (Referent(one.start, one.end, one.name, one.bare, (one.bare,)) for one in spelled_out(document, number))


def _first(parse: Parse, n: int) -> int:
    """Return the "the" of a noun that does not say which one it is, but for whose its title is: "the House speaker"; -1 for others."""
    token, before = parse.tokens[n], [m for m in parse.children[n] if m < n]
    first = before[0] if before else n
    if token.tag not in {"NN", "NNP"} or token.dep in {"compound", "nmod"} or parse.word(first).casefold() != "the":
        return -1
    whose = all(parse.tokens[m].dep == "compound" and parse.tokens[m].entity for m in before[1:])
    if before != list(range(first, n)) or (before[1:] and (not whose or token.tag != "NN" or token.lemma.casefold() in _BODIES)):
        return -1
    inside = n + 1 < len(parse.tokens) and parse.tokens[n + 1].pos == "PROPN"
    return -1 if inside or not all(_aside(parse, m) for m in parse.children[n] if m > n) else first


def _aside(parse: Parse, m: int) -> bool:
    """Return whether what stands behind a noun leaves open which one it is: an ending, a mark, or what is set off and names nobody."""
    if parse.tokens[m].dep in {"case", "punct"}:
        return True
    inside = parse.subtree(m)
    off = parse.tokens[m].dep in {"appos", "relcl"} and parse.word(inside[0] - 1) == ","
    article = any(parse.word(k).casefold() in {"a", "an"} for k in parse.below(m, "det"))
    kind = article or (parse.tokens[m].pos != "PROPN" and not parse.below(m, "poss"))  # "the senator, his father" is another one
    return off and kind and not any(parse.tokens[k].entity == "PERSON" for k in inside)


def _meant(document: Document, number: int, first: int, n: int) -> _Named | None:
    """Return the one name that a noun can mean by the sentences before it; None where there is none, or another is called so."""
    parse = document.parse(number)
    noun, proper = parse.word(n).casefold(), parse.tokens[n].pos == "PROPN"
    if proper and (noun in _PLAIN or len(noun) < _LONG or not parse.word(n)[0].isupper()):
        return None
    bodies, persons = proper or noun in _BODIES, proper or noun not in _BODIES
    if noun in _BODIES and not proper and parse.tokens[n].dep == "pobj" and parse.word(parse.tokens[n].head).casefold() in _PLACES:
        return None

    def named(one: Parse) -> list[_Named]:
        return [*(_bodies(one, noun) if bodies else ()), *(_persons(one, noun) if persons else ())]

    before = [document.parse(k) for k in document.before(number)]
    places = [(one, named(one)) for one in before]
    found = [*(name for _, names in reversed(places) for name in names), *(_outlet(document.article.source, noun) if proper else ())]
    whose = {parse.word(m).casefold() for m in range(first + 1, n)}
    meant = _one(found, whose) if found and not named(parse) else None
    followed = any(token.lemma.casefold() in _NEXT for one in (parse, *before) for token in one.tokens)
    if meant is None or (meant.surname and (followed or _unfit(document, parse, meant.surname))):
        return None
    others = (
        _another(one, m, noun, names, meant)
        for one, names in ((parse, []), *places)
        for m in range(len(one.tokens))
        if one is not parse or m != n
    )
    return None if any(others) else meant


def _one(found: Sequence[_Named], whose: set[str]) -> _Named | None:
    """Return the fullest and commonest of some names if they can all be one, and are told apart by no word that the noun has not."""
    if any(name.more - whose for name in found) or len({bool(name.form) for name in found}) > 1:
        return None
    longest = max(found, key=lambda name: len(name.apart))
    if longest.form:
        full = [name for name in found if whose <= name.apart and " " in name.form] or [name for name in found if whose <= name.apart]
        alike = len({name.surname for name in found}) == 1 and one_person([Form(name.form, 0) for name in found])
    else:
        full = [name for name in found if name.apart == longest.apart and name.text.startswith("the ")]
        alike = all(name.apart <= longest.apart for name in found)
    text = Counter(name.text for name in full).most_common(1)
    return next(name for name in full if name.text == text[0][0]) if alike and text else None


def _unfit(document: Document, parse: Parse, surname: str) -> bool:
    """Return whether a sentence names a person by the surname already, or this is the first name of somebody, and misread."""
    given = {form.text.split()[0] for forms in document.people.values() for form in forms}
    return surname in given or surname in {parse.word(m) for m in range(len(parse.tokens))}


def _another(parse: Parse, m: int, noun: str, names: Sequence[_Named], meant: _Named) -> bool:
    """Return whether a token calls something by a noun, or its plural, that may be another one than is meant."""
    word = parse.word(m).casefold()
    if not word.startswith(noun[:-1]) or word not in {noun, f"{noun}s", f"{noun}es", f"{noun[:-1]}ies"}:
        return False
    if any(name.first <= m < name.last for name in names):
        return False
    new = any(parse.word(k).casefold() not in POINTERS for k in parse.below(m, "det"))
    clauses = [k for k in parse.below(m, "acl", "relcl") if parse.word(parse.subtree(k)[0] - 1) != ","]
    which = clauses or any(parse.word(k).casefold() in SMALL for k in parse.below(m, "prep"))
    beside = {parse.word(k).casefold() for k in parse.below(m, "compound", "amod", "nmod", "poss") if parse.tokens[k].pos != "PRON"}
    return word != noun or new or bool(which) or not beside <= meant.apart


def _bodies(parse: Parse, noun: str) -> Iterator[_Named]:
    """Yield the names of a sentence that end in a noun, or go on behind it with "of …", with "the" where they stand with it."""
    spoken = quotations(parse.text)
    for first, last in _ending(parse, noun):
        if any(q.start < parse.tokens[first].start < q.end for q in spoken):
            continue
        words = [parse.word(m) for m in range(first, last)]
        before = parse.word(first - 1) if first else ""
        if len(words) > 1 and not (before[:1].isupper() and before.casefold() != "the") and before not in {"and", "&"}:
            apart = frozenset(word.casefold() for word in words) - SMALL
            yield _Named(f"{'the ' * (before.casefold() == 'the')}{parse.span(first, last)}", apart, first, last)


def _ending(parse: Parse, noun: str) -> Iterator[tuple[int, int]]:
    """Yield the tokens of names in capitals that have a noun at their end or before "of", and of "the House fishing committee"."""
    for entity in parse.entities:
        first, last = _without_article(parse, entity)
        at = next((m for m in range(first, last) if parse.word(m).casefold() == noun and (m + 1 == last or parse.word(m + 1) in SMALL)), -1)
        words = [parse.word(m) for m in range(first, last)]
        if at >= 0 and entity.kind != "PERSON" and all(word[0].isupper() or word[0].isdigit() or word in SMALL for word in words):
            yield first, _end(parse, at, last)
    for n in range(len(parse.tokens)):
        beside = parse.below(n, "compound", "amod") if parse.word(n) == noun else []
        if beside == list(range(n - len(beside), n)) and any(parse.tokens[m].entity in {"ORG", "GPE", "LOC"} for m in beside):
            yield beside[0], n + 1


def _without_article(parse: Parse, entity: Entity) -> tuple[int, int]:
    first, last = entity.first, entity.last
    while first < last - 1 and parse.tokens[first].pos == "DET":
        first += 1
    while last - 1 > first and parse.tokens[last - 1].pos in {"PART", "PUNCT"}:
        last -= 1
    return first, last


def _end(parse: Parse, head: int, last: int) -> int:
    """Return where a name ends: behind its noun, or what goes on there as a name, "the Committee on Fishing"."""
    for m in parse.below(head, "prep"):
        inside = parse.subtree(m)
        if m == last and parse.word(m) in SMALL and all(parse.word(k)[:1].isupper() or parse.word(k) in SMALL for k in inside):
            return inside[-1] + 1
    return last


def _outlet(source: str, noun: str) -> Iterator[_Named]:
    """Yield the name of the article's own outlet where it ends in a noun: what it calls "The Times" is itself."""
    words = source.removeprefix("The ").split()
    if len(words) > 1 and words[-1].casefold() == noun:
        yield _Named(f"the {' '.join(words)}", frozenset(word.casefold() for word in words))


def _persons(parse: Parse, noun: str) -> Iterator[_Named]:
    """Yield the persons of a sentence who bear a noun as their title: "Gov. Ada Lind", "House Speaker Ole Kell"."""
    for entity in parse.entities:
        if entity.kind != "PERSON":
            continue
        first = entity.first
        while first and parse.tokens[first - 1].dep in {"compound", "nmod", "amod"} and parse.tokens[first - 1].pos != "PUNCT":
            first -= 1
        form = name_of(parse, (entity.first, entity.last))
        titles, surname = [_title(parse, m) for m in range(first, entity.first)], surname_of(parse, (entity.first, entity.last))
        if titles[-1:] != [noun] or parse.word(entity.first - 1).islower() or not surname:
            continue
        kinds = {""} | ({"ORG"} if noun in UNIQUE else set())  # "President Lind" of a club is not "the president"
        more = frozenset(word for m, word in enumerate(titles, start=first) if parse.tokens[m].entity in kinds) - {noun}
        start = entity.first - 1 if first == 0 else first  # the first word of a sentence may be no name
        text = parse.text[parse.tokens[start].start : parse.tokens[entity.first].start] + form
        yield _Named(text, frozenset({*titles, *form.casefold().split()}), first, entity.last, form, surname, more)


def _title(parse: Parse, n: int) -> str:
    word = parse.word(n).rstrip(".").casefold()
    return SHORT.get(word, word)
