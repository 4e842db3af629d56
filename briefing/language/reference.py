"""Whom a pronoun means that points out of its sentence, where that is plain; where it is not, it stays open.

A person is never guessed: the sentence before has one person, as its subject or speaker, and nobody else could be meant. What cannot be
told is None, and its sentence is then quoted or left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefing.language.attribution import attributions
from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.phrases import SUBJECTS, core, human, lemmas, phrase
from briefing.text.quotations import Quotation, quotations

_MALE = frozenset("he him his himself".split())
_FEMALE = frozenset("she her hers herself".split())
_PERSON = _MALE | _FEMALE
_THING = frozenset("it its itself".split())
_PLURAL = frozenset("they them their theirs themselves".split())
_POINTING = frozenset("this that these those".split())
_PAIRS = frozenset("two both former latter pair duo trio three".split())
_MEN = frozenset("men women sides leaders countries parties teams companies".split())  # "both men", "the two sides"
_STATES = frozenset("be seem appear become take look remain mean make feel sound".split())  # "it seems that", "it takes years to"
_SKY = frozenset("rain snow freeze day night time winter summer spring autumn year clear possible likely unclear".split())  # "it rained"
_MASCULINE = frozenset("mr mr. sir lord king prince father son brother husband boy man".split())
_FEMININE = frozenset("mrs mrs. ms ms. miss dame lady queen princess mother daughter sister wife girl woman".split())
_GROUPS = frozenset("police".split())  # singular words that are "they"
_ELSE = frozenset({"GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "WORK_OF_ART"})  # names that are no person's, even where misread
_REACH = 4  # sentences that a chain of "he" may go back
_LEAN = frozenset("also again instead likewise similarly otherwise meanwhile however therefore thus moreover furthermore then".split())
_OTHERS = frozenset("same other another others such latter".split())


class Reference(NamedTuple):
    """The characters `start` to `end` of a sentence mean `name`, a form that stands in sentence `sentence` of its article."""

    start: int
    end: int
    name: str
    sentence: int


# -- what points out of a sentence --------------------------------------------------------------------------


def open_references(parse: Parse) -> list[int]:
    """Return the tokens that point out of the sentence: pronouns and the like for which it holds nothing that they could mean."""
    spans = quotations(parse.text)
    return [n for n in range(len(parse.tokens)) if _points(parse, n) and not _answered(parse, n, spans)]


def _points(parse: Parse, n: int) -> bool:
    """Return whether a token is a pronoun of the third person, a pointing word or a pair, whatever it means."""
    word, token = parse.word(n).casefold(), parse.tokens[n]
    follows = parse.word(n + 1).casefold() if n + 1 < len(parse.tokens) else ""
    if word in _PERSON | _PLURAL:
        return token.pos in {"PRON", "DET"}
    if word in _THING:
        return not (word == "it" and pleonastic(parse, n))
    if word in _POINTING:
        own = token.pos == "PRON" and token.dep not in {"mark", "det"} and not _relative(parse, n)
        return (
            own and follows not in {"of", "who", "in", "with", "that", "which", "whose"} and not (word == "that" and token.dep == "advmod")
        )
    if word in _PAIRS:
        before = parse.word(n - 1).casefold() if n else ""
        return (word == "both" and follows in _MEN) or (before == "the" and (follows in _MEN or token.dep in {*SUBJECTS, "dobj", "pobj"}))
    if word == "there":
        return token.dep == "advmod" and n == 0 and follows in {",", "he", "she", "they"}
    return word == "such" and follows in {"a", "an"} and n == 0


def _relative(parse: Parse, n: int) -> bool:
    return parse.tokens[n].tag in {"WDT", "WP", "IN"} or parse.tokens[parse.tokens[n].head].dep == "relcl"


def pleonastic(parse: Parse, n: int) -> bool:
    """Return whether "it" stands for nothing ("it is unclear whether", "it rained", "it was Kell who") or for a clause that follows."""
    token = parse.tokens[n]
    if token.dep == "expl":
        return True
    if token.dep not in SUBJECTS:
        return False
    verb = token.head
    lemma = parse.tokens[verb].lemma
    if lemma in _SKY:
        return True
    after = [m for m in parse.children[verb] if m > verb and parse.tokens[m].dep in {"ccomp", "xcomp", "advcl", "csubj", "relcl", "acl"}]
    states = parse.below(verb, "acomp", "attr", "oprd")
    if lemma in _STATES:
        inner = [
            m for s in states for m in parse.children[s] if parse.tokens[m].dep in {"ccomp", "xcomp", "relcl", "acl", "csubj", "advcl"}
        ]
        plain = any(parse.tokens[s].lemma.casefold() in _SKY or parse.tokens[s].entity in {"DATE", "TIME"} for s in states)
        clause = [
            m
            for m in (*after, *inner)
            if any(parse.word(k).casefold() in {"that", "to", "whether", "who", "how"} for k in parse.children[m])
        ]
        return plain or bool(clause)
    return token.dep == "nsubjpass" and any(parse.tokens[m].dep == "ccomp" for m in after)


def _answered(parse: Parse, n: int, spans: list[Quotation]) -> bool:
    """Return whether the sentence itself holds what token `n` can mean: before it, or as the subject of the clause it is fronted to."""
    word = parse.word(n).casefold()
    inside = _around(parse, n, spans)
    speakers = {a.first for a in attributions(parse)} if inside else set()
    for m in _candidates(parse, word):
        if _around(parse, m, spans) != inside and (inside is None or any(first <= m < first + 12 for first in speakers)):
            continue
        if m < n or (_fronted(parse, n, m) and parse.word(m).casefold() not in _PERSON | _THING | _PLURAL):
            return True
    if word in _POINTING:
        return (
            any(m < n and parse.tokens[m].pos == "VERB" and parse.below(m, *SUBJECTS) for m in range(n))
            and parse.tokens[n].head != parse.root
        )
    return word == "it" and parse.tokens[n].dep in SUBJECTS and _after_clause(parse, n)


def _around(parse: Parse, n: int, spans: list[Quotation]) -> Quotation | None:
    token = parse.tokens[n]
    return next((q for q in spans if q.start <= token.start < q.end), None)


def _after_clause(parse: Parse, n: int) -> bool:
    """Return whether a whole clause stands before "it" that it may mean: "If the dam breaks, it would …"."""
    return any(parse.tokens[m].dep in {"nsubj", "nsubjpass"} and parse.tokens[m].pos in {"NOUN", "PROPN"} for m in range(n))


def _candidates(parse: Parse, word: str) -> Iterator[int]:
    """Yield the nouns of a sentence that a pronoun can mean by kind and number."""
    pair = 0
    for m, token in enumerate(parse.tokens):
        noun = token.pos in {"NOUN", "PROPN"} and token.dep != "compound"
        if not noun or token.entity in {"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL"}:
            continue
        if word in _PERSON:
            somebody = token.entity not in _ELSE if token.pos == "PROPN" else not token.entity and human(parse, m)
            if somebody and (token.pos == "PROPN" or token.tag == "NN") and token.dep != "npadvmod":
                yield m
        elif word in _THING:
            if token.tag in {"NN", "NNP", "NNPS"} and token.entity != "PERSON":
                yield m
        elif word in _PLURAL:
            joined = bool(parse.below(m, "conj"))
            if token.tag in {"NNS", "NNPS"} or joined or token.entity in {"ORG", "GPE", "NORP"} or human(parse, m):
                yield m
        elif word in _PAIRS:
            pair += token.pos == "PROPN"
            if pair > 1:
                yield m


def _fronted(parse: Parse, n: int, subject: int) -> bool:
    """Return whether token `n` stands in a part before the main clause, whose subject it can mean: "In his letter, Kell said"."""
    if parse.tokens[subject].dep not in SUBJECTS or subject < n:
        return False
    verb = parse.tokens[subject].head
    part = n
    while parse.tokens[part].head not in {verb, part}:
        part = parse.tokens[part].head
    return parse.tokens[part].head == verb and parse.tokens[part].dep in {"prep", "advcl", "npadvmod", "advmod"} and part < subject


def anaphoric(parse: Parse) -> bool:
    """Return whether a sentence leans on the one before without a pronoun: "The move …", "another", "also", "the same", "again".

    A hint for ranking (such a sentence cannot lead), no reason to refuse it.
    """
    spans = quotations(parse.text)
    for n, token in enumerate(parse.tokens):
        if _around(parse, n, spans):
            continue
        word = parse.word(n).casefold()
        if word == "too" and parse.tokens[token.head].pos == "VERB":
            return True
        if word in _LEAN and token.pos in {"ADV", "CCONJ"} and (n < _HEAD or parse.tokens[token.head].dep == "ROOT"):
            return True
        if word in _OTHERS and token.dep in {"amod", "det", *SUBJECTS} and n < _HEAD:
            return True
        if token.dep in SUBJECTS and token.head == parse.root and _bare(parse, n):
            return True
        if (
            token.tag in {"JJR", "RBR"}
            and n < _HEAD
            and token.dep in {"amod", "advmod"}
            and not any(parse.word(m) == "than" for m in range(n, len(parse.tokens)))
        ):
            return token.lemma.casefold() not in {"early", "late"} or n == 0
    return False


_HEAD = 6  # tokens at the head of a sentence, where a word that leans on another sentence stands


def _bare(parse: Parse, n: int) -> bool:
    """Return whether a subject is "the", "this" or "these" with a common noun and nothing that says which."""
    token = parse.tokens[n]
    first, last = phrase(parse, n)
    pointed = first < n and parse.word(first).casefold() in {"the", "this", "these", "those", "that"}
    plain = all(parse.tokens[m].dep == "det" for m in range(first, n)) and last == n + 1
    return pointed and plain and token.pos == "NOUN" and not token.entity


# -- whom it means ------------------------------------------------------------------------------------------


def resolve(document: Document, number: int) -> list[Reference] | None:
    """Return what every open reference of a sentence means, [] where none is open, None where one cannot be told."""
    parse = document.parse(number)
    found = open_references(parse)
    if not found:
        return []
    if len({kind_of(parse, n) for n in found}) > 1 or _divided(parse, found):
        return None
    spans = quotations(parse.text)
    sentence = document.sentence(number)
    if any(_around(parse, n, spans) for n in found) or document.quotation_at(sentence.start, sentence.end):
        return None
    meant = meaning(document, number, found[0])
    return [Reference(parse.tokens[n].start, parse.tokens[n].end, meant.name, meant.sentence) for n in found] if meant else None


def meaning(document: Document, number: int, n: int) -> Reference | None:
    """Return whom token `n` of a sentence means, by the sentences before it alone, None where that cannot be told."""
    parse = document.parse(number)
    found = _meant(document, number, kind_of(parse, n), parse, n)
    return Reference(parse.tokens[n].start, parse.tokens[n].end, *found) if found else None


def kind_of(parse: Parse, n: int) -> str:
    """Return which pronoun a token is a form of: "he", "she", "it", "they", or "" for another word."""
    word = parse.word(n).casefold()
    pairs = (("he", _MALE), ("she", _FEMALE), ("it", _THING), ("they", _PLURAL))
    return next((kind for kind, words in pairs if word in words), "")


def _divided(parse: Parse, found: list[int]) -> bool:
    """Return whether subject and object are pronouns of one kind, and so two persons: "He fined him"."""
    subjects = {n for n in found if parse.tokens[n].dep in SUBJECTS}
    objects = [n for n in found if parse.tokens[n].dep in {"dobj", "dative", "pobj"} and parse.tokens[n].tag == "PRP"]
    return any(not parse.word(n).casefold().endswith("self") and subjects for n in objects)


def _meant(document: Document, number: int, kind: str, parse: Parse, n: int) -> tuple[str, int] | None:
    """Return the name that token `n` of sentence `number` means, and where it stands. "He" is followed through sentences that keep him."""
    after = number
    for before, _ in zip(document.before(number), range(_REACH), strict=False):
        if not kind or not _follows(document, before, after):
            return None
        earlier = document.parse(before)
        if kind in {"it", "they"}:
            return _one_body(document, before, kind, parse, n)
        people = persons(document, before)
        if people:
            return _one_person(document, before, people, kind)
        if not _wholly_quoted(document, before):
            kept = [m for m in open_references(earlier) if kind_of(earlier, m) == kind and earlier.tokens[m].dep in SUBJECTS]
            if not kept or _somebody(earlier, frozenset()):
                return None
        after = before
    return None


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


def persons(document: Document, number: int) -> list[tuple[int, int]]:
    """Return the token spans of the persons that a sentence names, also by a surname that the article gives in full elsewhere."""
    parse = document.parse(number)
    found = [(e.first, e.last) for e in parse.entities if e.kind == "PERSON"]
    taken = {m for first, last in found for m in range(first, last)}
    for n, token in enumerate(parse.tokens):
        if n not in taken and token.pos == "PROPN" and token.dep != "compound" and parse.word(n) in document.people:
            found.append((n, n + 1))
    return sorted(found)


def _surname(parse: Parse, span: tuple[int, int]) -> str:
    words = [parse.word(m) for m in range(*span) if parse.word(m) not in {"’s", "'s", "’", "'", "Jr.", "Sr."}]
    return words[-1] if words else ""


def _one_person(document: Document, number: int, people: list[tuple[int, int]], kind: str) -> tuple[str, int] | None:
    """Return the one person of a sentence, if it is its subject or speaker, no other could be meant, and titles do not speak against it."""
    parse = document.parse(number)
    surnames = {_surname(parse, span) for span in people}
    if len(surnames) != 1 or "" in surnames:
        return None
    own = frozenset(m for span in people for m in range(*span))
    heads = {a.first for a in attributions(parse)[:1]} | {m for n in _subjects(parse) for m in range(*phrase(parse, n))}
    acting = [n for n in _subjects(parse) if n in own]
    speaking = [
        a
        for a in attributions(parse)[:1]
        if a.kind in {"said", "accused"} and own & set(range(a.first, a.last)) and surnames & set(a.speaker.split())
    ]
    if not (acting or speaking) or not heads or _somebody(parse, own):
        return None
    other = _FEMALE if kind == "he" else _MALE
    titles = _FEMININE if kind == "he" else _MASCULINE
    before = {parse.word(m).casefold() for first, _ in people for m in range(max(0, first - 3), first)}
    if before & titles or any(parse.word(m).casefold() in other for m in range(len(parse.tokens))):
        return None
    if any(kind_of(parse, m) == kind for m in open_references(parse)):  # somebody else goes by the pronoun already
        return None
    return full_name(document, surnames.pop(), number, parse, people)


def _subjects(parse: Parse) -> list[int]:
    """Return the subjects of the main clause, and of the clauses joined to it."""
    verbs = [parse.root, *parse.below(parse.root, "conj")] if parse.root >= 0 else []
    return [n for verb in verbs for n in parse.below(verb, *SUBJECTS)]


def _somebody(parse: Parse, own: frozenset[int]) -> bool:
    """Return whether a sentence tells of a person without a name who could be meant as well ("a man", "his lawyer")."""
    roles = {*SUBJECTS, "dobj", "pobj", "dative", "poss", "conj"}
    for n, token in enumerate(parse.tokens):
        person = token.tag == "NN" and token.dep in roles and human(parse, n) and n not in own
        if person and not any(parse.tokens[m].dep == "appos" and m in own for m in parse.children[n]):
            return True
    return False


def full_name(document: Document, surname: str, number: int, parse: Parse, people: list[tuple[int, int]]) -> tuple[str, int]:
    """Return the full form of a name that the article has most up to a sentence, and where; its own form where two could be meant."""
    forms = document.people.get(surname, [])
    usual = next((pair for pair in forms if pair[1] <= number), None)
    if usual is not None and all(set(form.split()) & set(usual[0].split()[:-1]) for form, _ in forms):
        return usual
    first, last = max(people, key=lambda span: span[1] - span[0])
    while last - 1 > first and not parse.word(last - 1)[-1:].isalnum():
        last -= 1
    while last - 1 > first and (parse.word(last - 1) in {"’s", "'s"}):
        last -= 1
    while last - 1 > first and not parse.word(first)[:1].isalnum():
        first += 1
    return parse.span(first, last), number


def _one_body(document: Document, number: int, kind: str, current: Parse, n: int) -> tuple[str, int] | None:
    """Return the one body ("it") or group ("they") that a sentence has as its speaker or subject, where the next one says something too."""
    parse = document.parse(number)
    said = attributions(parse)[:1]
    token = current.tokens[n]
    speaks = token.dep == "nsubj" and current.tokens[token.head].lemma in lemmas("say") | lemmas("clause")
    heads = list(range(said[0].first, said[0].last)) if said and said[0].kind != "according" else _subjects(parse)
    head = next((m for m in heads if parse.tokens[m].dep in SUBJECTS), -1)
    if head < 0 or n > _HEAD or parse.word(phrase(parse, head)[0]).casefold() in _POINTING | _PLURAL | _THING | _PERSON:
        return None
    subject = parse.tokens[head]
    others = [e for e in parse.entities if e.kind in {"ORG", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"} and not e.first <= head < e.last]
    first, last = phrase(parse, head)
    if kind == "it":
        plain = subject.entity == "ORG" and not others and not parse.below(head, "conj")
        return (core(parse, head, first, last), number) if plain and speaks else None
    many = subject.tag in {"NNS", "NNPS"} or subject.lemma.casefold() in _GROUPS
    rest = [m for m, t in enumerate(parse.tokens) if t.tag in {"NNS", "NNPS"} and not first <= m < last and not t.entity]
    plain = many and subject.pos in {"NOUN", "PROPN"} and ((speaks and bool(said)) or not (rest or others))
    return (core(parse, head, first, last), number) if plain else None
