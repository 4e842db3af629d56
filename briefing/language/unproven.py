"""What a sentence takes over from those before it in its paragraph: told by itself, what is alleged or only supposed there were a fact.

"Prosecutors said that Kell ran a fraud ring. Kell bribed two inspectors." "If the talks fail, the army will enter Brell. Thousands will
leave the town." A sentence goes on so while it says nothing of its own: no speaker, no doubt, no day, no act of a court or an office. Where
this is not plain, it stands for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from briefing.language.attribution import Attribution, attributions
from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.facts import Fact, facts
from briefing.language.parties import Party, party, same
from briefing.language.phrases import SUBJECTS, lemmas
from briefing.language.pronouns import kind_of
from briefing.language.reference import meaning
from briefing.language.speakers import voice
from briefing.language.standing import standing
from briefing.language.subjects import subject_of
from briefing.language.times import times
from briefing.text.words import fold, words
from briefing.types import Role

_REACH = 6  # sentences of a paragraph that may go on with one
_DAY = len("2026-11-26")
_OWN = frozenset("deny admit confess acknowledge concede".split())  # what these say is no blame of another one
_ANNOUNCED = frozenset("allegation accusation".split())
_WILL = frozenset("will wo ’ll 'll shall".split())


class _Open(NamedTuple):
    """What a sentence leaves open: what its `parties` are blamed for, of `anybody` where it only announces that, or what lies `ahead`."""

    parties: tuple[Party, ...]
    anybody: bool = False
    ahead: bool = False


def unproven(document: Document, number: int) -> int:
    """Return the sentence whose allegation or condition a sentence goes on with, 0 where it stands for itself."""
    paragraph = document.sentence(number).paragraph
    before = [s.number for s in document.article.sentences[max(0, number - 1 - _REACH) : number - 1] if s.paragraph == paragraph]
    source, left = 0, None
    for n in (*before, number):
        if left is not None and _goes_on(document, n, left):
            continue
        source, left = n, _left(document.parse(n)) if document.sentence(n).role is Role.BODY else None
    return source if source != number else 0


# -- what a sentence leaves open -------------------------------------------------------------------------------


def _left(parse: Parse) -> _Open | None:
    """Return what a sentence leaves open, None where it tells what is so."""
    if not parse.tokens:
        return None
    blamed = tuple(one for one in _blamed(parse) if not one.vague and one.kind != "thing")
    if blamed and not any(token.lemma in lemmas("proven") for token in parse.tokens):
        return _Open(blamed)
    if _announces(parse):
        return _Open((), anybody=True)
    if _supposes(parse):
        return _Open(tuple(one for fact in facts(parse) for one in fact.parties.get("s", ())), ahead=True)
    return None


def _blamed(parse: Parse) -> Iterator[Party]:
    """Yield who is said to have done what nobody has established."""
    told = attributions(parse)
    for one in told:
        who = {parse.tokens[n].lemma.casefold() for n in range(one.first, one.last)}
        if parse.tokens[one.verb].lemma in _OWN or who & lemmas("judging"):
            continue
        yield from _doers(parse, _said(parse, one), every=bool(who & lemmas("accusers")))
    for fact in facts(parse):
        if fact.standing.alleged and not fact.standing.denied and fact.verb:
            yield from fact.parties.get("s", ())
    for n, token in enumerate(parse.tokens):
        lemma = token.lemma.casefold()
        charged = lemma in lemmas("accuse") and token.pos == "VERB" and parse.below(n, "prep")
        if charged:
            yield from (party(parse, m) for m in parse.below(n, "dobj", "nsubjpass"))
        accuses = lemma in lemmas("accusers") and token.dep in {"ROOT", *SUBJECTS}
        if lemma == "allege" or (accuses and not told):  # whatever the parser took the verb for
            yield from _doers(parse, set(range(len(parse.tokens))) - {n}, every=True)


def _said(parse: Parse, one: Attribution) -> set[int]:
    """Return the tokens of what is said: the clause under the verb of saying, or all but who says it."""
    clauses = parse.below(one.verb, "ccomp")
    inside = {k for m in clauses for k in parse.subtree(m)} if clauses else set(range(len(parse.tokens)))
    return inside - set(range(one.first, one.last)) - {one.verb}


def _doers(parse: Parse, inside: Collection[int], *, every: bool) -> Iterator[Party]:
    """Yield who does something in a part of a sentence; but for `every`, only who does wrong."""
    for fact in facts(parse):
        if fact.n in inside and fact.verb and (every or _wrongs(fact)):
            for one in fact.parties.get("s", ()):
                official = not one.named and one.words & (lemmas("offices") | lemmas("judging"))
                if not official and (every or one.kind == "person"):
                    yield one


def _wrongs(fact: Fact) -> bool:
    """Return whether what somebody does is a wrong by its verb, its object or what it is for."""
    parse, objects = fact.parse, fact.parse.below(fact.n, "dobj", "attr")
    near = [fact.n, *(k for m in objects for k in (m, *parse.below(m, "compound")))]
    return not fact.standing.denied and any(parse.tokens[m].lemma.casefold() in lemmas("wrong") for m in near)


def _announces(parse: Parse) -> bool:
    """Return whether a sentence says that there are allegations, and not which."""
    objects = [m for m in parse.below(parse.root, "dobj", "nsubjpass") if parse.tokens[m].lemma in _ANNOUNCED]
    return any(not parse.below(m, "prep", "acl", "relcl", "ccomp") for m in objects)


def _supposes(parse: Parse) -> bool:
    """Return whether a sentence tells what will be under a condition, or would be under a plan."""
    if any(fact.standing.condition and fact.standing.open for fact in facts(parse)):
        return not any(parse.word(n).casefold() == "even" and parse.word(n + 1).casefold() == "if" for n in range(len(parse.tokens) - 1))
    would = [n for n, token in enumerate(parse.tokens) if token.dep == "aux" and parse.word(n).casefold() == "would"]
    planned = (m for n in would for m in _plans(parse, parse.tokens[n].head))
    return any(parse.tokens[m].lemma.casefold() in lemmas("planning") for m in planned)


def _plans(parse: Parse, verb: int) -> list[int]:
    """Return what a verb stands under, or has as its subject."""
    under = [k for m in parse.below(verb, "prep") if parse.word(m).casefold() == "under" for k in parse.below(m, "pobj")]
    return [*under, *parse.below(verb, *SUBJECTS)]


# -- what goes on with it --------------------------------------------------------------------------------------


def _goes_on(document: Document, number: int, left: _Open) -> bool:
    """Return whether a sentence goes on with what another one leaves open, and says nothing of its own."""
    parse, root = document.parse(number), document.parse(number).root
    if root < 0 or document.sentence(number).role is not Role.BODY or attributions(parse) or voice(document, number) is not None:
        return False
    if any(time.relative or len(time.date) == _DAY for time in times(parse, document.article.published)):
        return False
    stands, lemma = standing(parse, root), parse.tokens[root].lemma.casefold()
    subject = subject_of(parse, root)
    if subject < 0 or stands.alleged or stands.condition or lemma in _acts():
        return False
    if left.ahead:
        will = any(parse.word(m).casefold() in _WILL for m in parse.below(root, "aux"))
        return (
            will and not any(e.kind == "TIME" for e in parse.entities) and (_of(document, number, subject, left) or _plain(parse, subject))
        )
    past = any(
        parse.tokens[m].tag in {"VBD", "VBN"} or parse.word(m).casefold() in {"has", "have"} for m in (root, *parse.below(root, "aux"))
    )
    if stands.open or not past or not _deed(parse, root):
        return False
    return _of(document, number, subject, left)


def _acts() -> frozenset[str]:
    """Return the verbs of what has happened whatever becomes of an allegation, and of what answers it."""
    return lemmas("proceedings") | lemmas("background") | lemmas("proven") | lemmas("accuse") | lemmas("deny")


def _deed(parse: Parse, root: int) -> bool:
    """Return whether a verb is what its subject does, or a predicate that blames it."""
    if parse.tokens[root].lemma == "be":
        return any(parse.tokens[m].lemma.casefold() in lemmas("wrong") for m in parse.subtree(root))
    return bool(parse.below(root, "agent")) or not parse.below(root, "auxpass", "nsubjpass")


def _of(document: Document, number: int, subject: int, left: _Open) -> bool:
    """Return whether a subject is one of the parties, by its name, its surname or a pronoun."""
    parse = document.parse(number)
    if kind_of(parse, subject):
        meant = meaning(document, number, subject)
        return meant is not None and (left.anybody or any(_named(meant.name) & one.words for one in left.parties))
    who = party(parse, subject)
    if left.anybody:
        return not who.vague and (who.named or who.kind in {"person", "body"})
    return any(same(who, one) for one in left.parties)


def _named(name: str) -> frozenset[str]:
    return frozenset(fold(word.text) for word in words(name))


def _plain(parse: Parse, subject: int) -> bool:
    """Return whether a subject is no body and no person who may act whatever comes of a condition."""
    token = parse.tokens[subject]
    return token.pos == "NOUN" and not token.entity and token.lemma.casefold() not in lemmas("offices")
