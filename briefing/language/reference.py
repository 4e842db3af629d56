"""Whom a pronoun means that points out of its sentence, where that is plain; where it is not, it stays open.

A person is never guessed: the sentence before has one person, as its subject or speaker, and nobody else could be meant. What cannot be
told is None, and its sentence is then quoted or left out.
"""

from __future__ import annotations

from typing import NamedTuple

from briefing.language.attribution import attributions
from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.hanging import denied
from briefing.language.others import somebody
from briefing.language.people import FEMALE, FEMININE, MALE, MASCULINE, Form, name_of, one_person, persons, suffix, surname_of
from briefing.language.phrases import SUBJECTS, core, human, lemmas, phrase, pleonastic
from briefing.language.pronouns import ANY, HEAD, around, kind_of, open_references
from briefing.language.subjects import subject_of
from briefing.text.quotations import quotations
from briefing.text.words import fold

_GROUPS = frozenset("police".split())  # singular words that are "they"
_PLANS = lemmas("ahead") | lemmas("ahead_too") | lemmas("documents") - {"researcher"}
_ANSWERING = lemmas("deny") | {"reply", "respond", "answer", "counter", "retort"}
_REACH = 4  # sentences that a chain of "he" may go back


class Reference(NamedTuple):
    """The characters `start` to `end` of a sentence mean `name`, a form that stands in sentence `sentence` of its article."""

    start: int
    end: int
    name: str
    sentence: int


def resolve(document: Document, number: int) -> list[Reference] | None:
    """Return what every open reference of a sentence means, [] where none is open, None where one cannot be told."""
    parse = document.parse(number)
    found = [n for n in open_references(parse) if not _heads(document, number, parse, n) and not _said_before(document, number, parse, n)]
    if not found:
        return []
    if len({kind_of(parse, n) for n in found}) > 1 or _divided(parse, found):
        return None
    spans = quotations(parse.text)
    sentence = document.sentence(number)
    tokens = [parse.tokens[n] for n in found]
    spoken = (document.quotation_at(sentence.start + token.start, sentence.start + token.end) for token in tokens)
    if any(around(parse, n, spans) or quotation for n, quotation in zip(found, spoken, strict=True)):
        return None
    meant = [meaning(document, number, n) for n in found]  # of "he said he had paid" the one may be told, and the other open
    told = [one for one in meant if one is not None]
    return told if len(told) == len(found) and len({(one.name, one.sentence) for one in told}) == 1 else None


def _heads(document: Document, number: int, parse: Parse, n: int) -> bool:
    """Return whether a person's pronoun stands in the first sentence, which names who it is: "Ada Kell will resign, she said"."""
    named = {surname_of(parse, span) for span in persons(parse, document.people) if span[1] <= n}
    return kind_of(parse, n) in {"he", "she"} and len(named) == 1 and not document.right_before(number)


def _said_before(document: Document, number: int, parse: Parse, n: int) -> bool:
    """Return whether a pronoun is what somebody denies, and the sentence before gives it as another one's words: both are read together."""
    before, who = document.right_before(number), subject_of(parse, parse.root)
    if n != denied(parse) or min(before, who + 1) < 1 or not _follows(document, before, number):
        return False
    return any(fold(parse.word(who)) not in fold(one.speaker).split() for one in attributions(document.parse(before))[:1])


def meaning(document: Document, number: int, n: int) -> Reference | None:
    """Return whom token `n` of a sentence means, by the sentences before it alone, None where that cannot be told."""
    parse = document.parse(number)
    found = _meant(document, number, kind_of(parse, n), parse, n)
    return Reference(parse.tokens[n].start, parse.tokens[n].end, found.text, found.sentence) if found else None


def _divided(parse: Parse, found: list[int]) -> bool:
    """Return whether subject and object are pronouns of one kind, and so two persons: "He fined him"."""
    subjects = {n for n in found if parse.tokens[n].dep in SUBJECTS}
    objects = [n for n in found if parse.tokens[n].dep in {"dobj", "dative", "pobj"} and parse.tokens[n].tag == "PRP"]
    return any(not parse.word(n).casefold().endswith("self") and subjects for n in objects)


def _meant(document: Document, number: int, kind: str, parse: Parse, n: int) -> Form | None:
    """Return the name that token `n` of sentence `number` means, and where it stands. "He" is followed through sentences that keep him."""
    after = number
    for before, _ in zip(document.before(number), range(_REACH), strict=False):
        if not kind or not _follows(document, before, after) or (kind in {"he", "she"} and _unknown(parse, n)):
            return None
        earlier = document.parse(before)
        if kind in {"it", "they"}:
            return _one_body(document, before, kind, parse, n)
        people = persons(earlier, document.people)
        speaks = _speaking(document, parse, n)
        if speaks and (told := _teller(document, before, people, kind, parse)):
            return told
        again = _pronoun_speaking(earlier, kind) if speaks else -1
        if again >= 0:
            parse, n, after = earlier, again, before
            continue
        if people:
            return _one_person(document, before, people, kind, parse, parse.tokens[n].head == parse.root)
        if not _wholly_quoted(document, before):
            kept = [m for m in open_references(earlier) if kind_of(earlier, m) == kind and earlier.tokens[m].dep in SUBJECTS]
            if not kept or somebody(earlier, frozenset()):
                return None
            parse, n = earlier, kept[0]
        after = before
    return None


def _speaking(document: Document, parse: Parse, n: int) -> bool:
    """Return whether a pronoun is the speaker of what its sentence says: "He added that …", "“…,” she told the council".

    Not where somebody is named before it outside quotation marks: that may be the one who speaks.
    """
    spans = quotations(parse.text)
    if any(last <= n and not around(parse, first, spans) for first, last in persons(parse, document.people)):
        return False
    return any(one.kind in {"said", "accused"} and one.first == n == one.last - 1 for one in attributions(parse)[:1])


def _pronoun_speaking(parse: Parse, kind: str) -> int:
    """Return the open pronoun of a kind that says what a sentence tells, -1 where there is none."""
    said = attributions(parse)[:1]
    found = (m for m in open_references(parse) if kind_of(parse, m) == kind and any(one.first == m == one.last - 1 for one in said))
    return next(found, -1)


def _teller(document: Document, number: int, people: list[tuple[int, int]], kind: str, after: Parse) -> Form | None:
    """Return the person who says what a sentence tells, where the next one goes on with "he said": whoever goes on speaking is meant.

    Not where the next sentence `after` names that person as another one than "he", nor who speaks for another: "Lund’s lawyer Hugo Marn".
    Not beside another person who is named: who is told of may go on to tell. Where somebody without a name could be meant, the person must
    be known to go by the pronoun, the other not act, and the next sentence be no answer.
    """
    parse = document.parse(number)
    for said in attributions(parse)[:1]:
        named = [span for span in people if said.first <= span[0] < said.last]
        own = [span for span in named if surname_of(parse, span) == said.speaker.split()[-1]]
        for_another = len(named) > len(own) or any(parse.tokens[n].tag == "PRP$" for n in range(said.first, said.last))
        says = said.kind == "said" and parse.tokens[said.verb].lemma in lemmas("say")
        if not says or not own or for_another or _mentioned(parse, own, after):
            return None
        inside = frozenset(m for span in own for m in range(*span))
        idle = frozenset(n for n, token in enumerate(parse.tokens) if token.dep not in SUBJECTS)
        passive = _goes_by(document, parse, own, kind) and not somebody(parse, inside | idle) and not _answers(after)
        if len(people) == len(own) and (passive or not somebody(parse, inside)):
            return _as_named(document, number, own, kind)
    return None


def _goes_by(document: Document, parse: Parse, people: list[tuple[int, int]], kind: str) -> bool:
    """Return whether a person is known to be "he" or "she": by a title, or by what the article calls nobody else of that name."""
    if kind in _titled(parse, people):
        return True
    surname = surname_of(parse, people[0])
    he, she = document.genders.get(surname, (0, 0))
    return ((he > she) if kind == "he" else (she > he)) and one_person(document.people.get(surname, []))


def _answers(parse: Parse) -> bool:
    """Return whether a sentence tells an answer, as another one than who spoke before gives it: "He replied that nothing had changed"."""
    said = attributions(parse)[:1]
    return any(parse.tokens[one.verb].lemma in _ANSWERING for one in said)


def _mentioned(parse: Parse, people: list[tuple[int, int]], other: Parse) -> bool:
    """Return whether another sentence has a name of one of these persons: of "Xi Jinping" either."""
    names = {word for span in people for word in name_of(parse, span).split()}
    return any(token.pos == "PROPN" and other.word(n) in names for n, token in enumerate(other.tokens))


def _unknown(parse: Parse, n: int) -> bool:
    """Return whether a capitalised subject without an article stands before a pronoun, or after one that is no subject itself.

    It may be a name that was not recognised, and the one that is meant: "Wiles said she", "In his letter, Abbott".
    """
    reach = range(n) if parse.tokens[n].dep in SUBJECTS else range(len(parse.tokens))
    nouns = [m for m in reach if parse.tokens[m].dep in SUBJECTS and parse.tokens[m].pos in {"NOUN", "PROPN"} and m != n]
    return any(parse.word(m)[:1].isupper() and not parse.below(m, "det", "poss", "nummod") for m in nouns)


def _follows(document: Document, before: int, after: int) -> bool:
    """Return whether a sentence goes on from another: the same paragraph or the next, the same speaker, no other item of a list."""
    one, other = document.sentence(before), document.sentence(after)
    apart = other.paragraph - one.paragraph
    items = document.article.form in {"list", "live blog", "interview", "transcript"}
    return apart <= (0 if items else 1) and one.speaker == other.speaker and one.under == other.under


def _wholly_quoted(document: Document, number: int) -> bool:
    sentence = document.sentence(number)
    text = document.text(number)
    edges = len(text) - len(text.lstrip("“\"‘'")), len(text) - len(text.rstrip("”\"’'"))
    return document.quotation_at(sentence.start + edges[0], sentence.end - edges[1]) is not None


def _one_person(document: Document, number: int, people: list[tuple[int, int]], kind: str, after: Parse, main: bool) -> Form | None:
    """Return the one person of a sentence, if it is its subject or speaker, no other could be meant, and titles do not speak against it.

    Whom the next sentence `after` names as well is not its "he": of several in its main clause (`main`) it is another one.
    """
    parse = document.parse(number)
    if main and len({surname_of(parse, span) for span in people}) > 1:
        named = {surname_of(after, span) for span in persons(after, document.people)}
        people = [span for span in people if surname_of(parse, span) not in named]
    surnames = {surname_of(parse, span) for span in people}
    if len(surnames) != 1 or "" in surnames or not one_person([Form(name_of(parse, span), number) for span in people]):
        return None
    if _mentioned(parse, people, after):
        return None
    own = frozenset(m for span in people for m in range(*span))
    acting = [n for n in _subjects(parse) if n in own or (_personal(parse, n) and own & set(parse.below(n, "appos")))]
    speaking = [
        a
        for a in attributions(parse)[:1]
        if a.kind in {"said", "accused"} and own & set(range(a.first, a.last)) and surnames & set(a.speaker.split())
    ]
    if not (acting or speaking) or somebody(parse, own):
        return None
    if any(parse.word(m).casefold() in (FEMALE if kind == "he" else MALE) for m in range(len(parse.tokens))):
        return None
    return _as_named(document, number, people, kind)


def _personal(parse: Parse, n: int) -> bool:
    """Return whether a noun is a person's: "the mayor of Kessin, Anna Reth", no "the ship, the Anna Reth"."""
    return human(parse.tokens[n].lemma) or parse.tokens[n].pos == "PROPN"


def _as_named(document: Document, number: int, people: list[tuple[int, int]], kind: str) -> Form | None:
    """Return the full name of a person, the spans of whose name are given, if neither title nor pronouns speak against "he" or "she"."""
    parse = document.parse(number)
    if _titled(parse, people) - {kind}:
        return None
    own = frozenset(m for span in people for m in range(*span))
    objects = (m for m, token in enumerate(parse.tokens) if token.dep in {"dobj", "dative"} and kind_of(parse, m) == kind)
    done_to = any(subject_of(parse, parse.tokens[m].head) in own and not parse.word(m).endswith("self") for m in objects)
    if done_to or any(kind_of(parse, m) == kind for m in open_references(parse)):  # somebody else goes by the pronoun already
        return None
    surname = surname_of(parse, people[0])
    he, she = document.genders.get(surname, (0, 0))
    if (she > he) if kind == "he" else (he > she):
        return None
    found = full_name(document, surname, number, parse, people)
    return found if " " in found.text or one_person(document.people.get(surname, [])) else None  # father or son


def _titled(parse: Parse, people: list[tuple[int, int]]) -> set[str]:
    """Return the pronouns that fit what a person is called beside the name: "he" of "Mr Lund" and of "Lund, a spokesman"."""
    before = {m for first, last in people for m in range(max(0, first - 3), min(first + 1, last - 1))}  # the first may be a title
    beside = {k for first, last in people for m in range(first, last) for k in parse.below(m, "appos")}
    called = [parse.word(m).casefold() for m in before | beside]
    she = {word in FEMININE or (human(word) and word.endswith("woman")) for word in called}
    he = {word in MASCULINE or (human(word) and word.endswith("man") and not word.endswith("woman")) for word in called}
    return {kind for kind, fits in (("he", he), ("she", she)) if True in fits}


def _subjects(parse: Parse) -> list[int]:
    """Return the subjects of the main clause, and of the clauses joined to it; where it tells nobody's deed, those of the clauses under it.

    Whose it is counts with what acts, where that is certainly no "he" itself, as a deputy or a horse is: "Lund’s plan failed".
    """
    verbs = [parse.root, *parse.below(parse.root, "conj")] if parse.root >= 0 else []
    found = [n for verb in verbs for n in parse.below(verb, *SUBJECTS)]
    if not found or all(pleonastic(parse, n) for n in found):
        found = [n for n, token in enumerate(parse.tokens) if token.dep in SUBJECTS and n not in found]
    no_one = [n for n in found if parse.tokens[n].tag == "NNS" or parse.tokens[n].lemma.casefold() in _PLANS]
    return [*found, *(m for n in no_one for m in parse.below(n, "poss"))]


def full_name(document: Document, surname: str, number: int, parse: Parse, people: list[tuple[int, int]]) -> Form:
    """Return the full form of a name that the article has most up to a sentence, and where; its own form where two could be meant.

    Whom the article names by a first name only later is not meant by a surname alone.
    """
    own = Form(name_of(parse, max(people, key=lambda span: span[1] - span[0])), number)
    junior = suffix(own.text.split()[-1])  # "Lind Jr." is not Ole Lind
    forms = [form for form in document.people.get(surname, []) if form.sentence <= number and (not junior or suffix(form.text.split()[-1]))]
    return forms[0] if forms and one_person((*forms, own)) else own


def _one_body(document: Document, number: int, kind: str, current: Parse, n: int) -> Form | None:
    """Return the one body ("it") or group ("they") that a sentence has as its speaker or subject, where the next one says something too."""
    parse = document.parse(number)
    said = attributions(parse)[:1]
    token = current.tokens[n]
    speaks = token.dep == "nsubj" and current.tokens[token.head].lemma in lemmas("say") | lemmas("clause")
    heads = list(range(said[0].first, said[0].last)) if said and said[0].kind != "according" else _subjects(parse)
    head = next((m for m in heads if parse.tokens[m].dep in SUBJECTS), -1)
    if head < 0 or n > HEAD or parse.word(phrase(parse, head)[0]).casefold() in ANY:
        return None
    subject = parse.tokens[head]
    others = [e for e in parse.entities if e.kind in {"ORG", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"} and not e.first <= head < e.last]
    first, last = phrase(parse, head)
    if kind == "it":
        plain = subject.entity == "ORG" and not others and not parse.below(head, "conj")
        return Form(core(parse, head, first, last), number) if plain and speaks else None
    many = subject.tag in {"NNS", "NNPS"} or subject.lemma.casefold() in _GROUPS
    rest = [m for m, t in enumerate(parse.tokens) if t.tag in {"NNS", "NNPS"} and not first <= m < last and not t.entity]
    plain = many and subject.pos in {"NOUN", "PROPN"} and ((speaks and bool(said)) or not (rest or others))
    return Form(core(parse, head, first, last), number) if plain else None
