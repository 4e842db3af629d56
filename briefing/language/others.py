"""Whether a sentence tells of somebody else than the persons it is known to name, whom the "he" of the next one could mean as well.

What cannot be told from a person counts as one: a capitalised word that is no place, day or body, and "the accused". Who is named, `people`
knows.
"""

from __future__ import annotations

from briefing.language.base import Parse
from briefing.language.phrases import SUBJECTS, human, lemmas, phrase
from briefing.language.pronouns import UNIQUE
from briefing.text.calendar import MONTHS, WEEKDAYS
from briefing.text.outlets import is_outlet

_NO_PERSONS = frozenset("PERSON GPE LOC FAC NORP".split())  # persons are counted by name
_BODIES = frozenset("ORG PRODUCT EVENT LAW WORK_OF_ART LANGUAGE".split())  # where the object of a verb is mostly what it was taken for
_PLACING = frozenset("in into inside outside within across throughout".split())
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS, *(month[:3] for month in MONTHS), "sept"))


def somebody(parse: Parse, own: frozenset[int]) -> bool:
    """Return whether a sentence tells of a person who could be meant as well: "a man", "his lawyer", a name that was not recognised."""
    roles = {*SUBJECTS, "dobj", "pobj", "dative", "poss", "conj"}
    for n, token in enumerate(parse.tokens):
        if n in own or token.dep not in roles:
            continue
        named = token.dep != "poss" and (_perhaps_person(parse, n, own) or _unnamed(parse, n))
        person = named or (token.tag == "NN" and (human(token.lemma) or _as_persons_are(parse, n)))
        if person and not any(m in own for m in parse.below(n, "appos")) and not _said_of(parse, n, own):
            return True
    return False


def _unnamed(parse: Parse, n: int) -> bool:
    """Return whether a word that is no common noun may be a person: "the 16-year-old", "the accused", "another", "a Republican"."""
    token = parse.tokens[n]
    if parse.word(n).casefold() in {"one", "another"}:
        among = [parse.tokens[k] for m in parse.below(n, "prep") for k in parse.below(m, "pobj")]
        return token.tag == "DT" or (token.dep != "pobj" and any(human(one.lemma) for one in among))
    return (token.tag in {"JJ", "VBN"} or (token.tag == "NNP" and token.entity == "NORP")) and any(
        parse.word(m).casefold() in {"a", "an", "the"} for m in parse.below(n, "det")
    )


def _as_persons_are(parse: Parse, n: int) -> bool:
    """Return whether what is told of a common noun is told of persons: "accused the pope", "the widow of a general"; never of bodies."""
    if parse.tokens[n].lemma in UNIQUE:
        return False
    token, above = parse.tokens[n], parse.tokens[_above(parse, n)]
    done = token.dep == "dobj" and not token.entity and above.lemma.casefold() in lemmas("to_persons")
    one = any(parse.tokens[m].lemma == "a" for m in parse.below(n, "det"))
    return done or (one and token.dep == "pobj" and parse.word(token.head).casefold() == "of" and above.lemma.casefold() in lemmas("kin"))


def _said_of(parse: Parse, n: int, own: frozenset[int]) -> bool:
    """Return whether a noun says what somebody is: "Lund, a judge and father", "Lund is known as a lawyer"."""
    while parse.tokens[n].dep == "conj":
        n = parse.tokens[n].head
    token = parse.tokens[n]
    head = parse.tokens[token.head]
    known = token.dep == "pobj" and parse.word(token.head).casefold() == "as" and head.head == parse.root
    return (token.dep == "appos" and token.head in own) or (known and any(m in own for m in parse.below(parse.root, *SUBJECTS)))


def _perhaps_person(parse: Parse, n: int, own: frozenset[int]) -> bool:
    """Return whether a capitalised word could be a person's name: without an article, and no place, day, acronym or public body.

    As what kind of name it was recognised does not count: of unknown names the recogniser takes many for bodies or days.
    """
    token, word = parse.tokens[n], parse.word(n)
    if token.pos != "PROPN" or not word[:1].isupper() or token.entity in _NO_PERSONS or parse.below(n, "det", "poss"):
        return False
    done_to_a_body = token.entity in _BODIES and token.dep in {"dobj", "pobj"}
    if done_to_a_body and parse.tokens[_above(parse, n)].lemma.casefold() not in lemmas("to_persons"):
        return False
    if any(m in own for m in parse.below(n, "compound", "nmod", "flat")) or _dated(parse, n):
        return False
    public = word.casefold() in lemmas("offices") | UNIQUE or (len(word) > 1 and word.isupper()) or is_outlet(parse.span(*phrase(parse, n)))
    return not public and not _beside(parse, n, own)


def _above(parse: Parse, n: int) -> int:
    """Return the verb or noun that a word is the object of, past its preposition."""
    head = parse.tokens[n].head
    return parse.tokens[head].head if parse.tokens[n].dep == "pobj" else head


def _dated(parse: Parse, n: int) -> bool:
    """Return whether a word is part of a day: a month or a weekday is named."""
    entity = next((e for e in parse.entities if e.first <= n < e.last and e.kind == "DATE"), None)
    return entity is not None and any(parse.word(m).casefold().rstrip(".") in _CALENDAR for m in range(entity.first, entity.last))


def _beside(parse: Parse, n: int, own: frozenset[int]) -> bool:
    """Return whether a name only says where something is, of what name another one is a part, or whose chief or member `own` is."""
    m = n
    while parse.tokens[m].dep == "conj":
        m = parse.tokens[m].head
    if parse.tokens[m].dep != "pobj":
        return False
    preposition = parse.tokens[m].head
    above = parse.tokens[preposition].head
    if parse.word(preposition).casefold() in _PLACING:
        return True
    if parse.word(preposition).casefold() not in {"of", "at", "for", "from"} or parse.tokens[above].lemma.casefold() in lemmas("kin"):
        return False
    named = parse.tokens[above].pos == "PROPN"  # "the Bank of Velm", "Marn of Norrbus"
    office = parse.tokens[above].dep in {"appos", "compound", "nmod"} and human(parse.tokens[above].lemma)
    return named or (office and bool({above, parse.tokens[above].head} & own))
