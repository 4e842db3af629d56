"""What in a sentence points out of it: pronouns that nothing in the sentence answers, pairs, and subjects that lean on the sentence before.

Whom they mean is told elsewhere (see `reference`); a pronoun that its own sentence answers is no matter of either.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.attribution import attributions
from briefing.language.base import TIMES, Parse
from briefing.language.parties import joined
from briefing.language.people import FEMALE, MALE
from briefing.language.phrases import SUBJECTS, human, phrase, pleonastic
from briefing.language.subjects import subject_of
from briefing.text.quotations import Quotation, quotations
from briefing.text.words import fold

PERSON = MALE | FEMALE
"""Pronouns of one person."""

_THING = frozenset("it its itself".split())
_PLURAL = frozenset("they them their theirs themselves".split())
POINTING = frozenset("this that these those".split())
"""Words that point at what they mean."""

ANY = PERSON | _THING | _PLURAL | POINTING
_PAIRS = frozenset("two both former latter pair duo trio three".split())
_MEN = frozenset("men women sides leaders countries parties teams companies".split())  # "both men", "the two sides"
_ELSE = frozenset({"GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "WORK_OF_ART"})  # names that are no person's, even where misread
NOW = frozenset("year week month day season summer spring fall winter morning afternoon evening time".split())
"""Nouns that "this" stands before without anything that was told before: "this year"."""

UNIQUE = frozenset(
    """
    government president parliament senate house court police public world country nation city state county town economy market war army
    military sun moon sky sea internet web press media past present future end beginning weekend day night morning way time rest fact
    """.split()
)
"""Nouns before which "the" stands without anything that was told before."""

_LEAN = frozenset(
    "also again instead likewise similarly otherwise meanwhile however therefore thus moreover furthermore then though subsequently".split()
)
_OTHERS = frozenset("same other another others such latter".split())
_OBJECTS = frozenset("him her them".split())
_BOUND = frozenset("about against at for of".split())  # what stands behind these is not their verb's subject; "he looked around him"
_FRONTED = frozenset("prep advcl npadvmod advmod".split())  # what stands before a clause
HEAD = 6  # tokens at the head of a sentence, where a word that leans on another sentence stands


def open_references(parse: Parse) -> list[int]:
    """Return the tokens that point out of the sentence: pronouns and the like for which it holds nothing that they could mean."""
    spans = quotations(parse.text)
    return [n for n in range(len(parse.tokens)) if _points(parse, n) and not _answered(parse, n, spans)]


def meant_by(parse: Parse, n: int) -> list[int]:
    """Return the nouns of a sentence that a token can mean by kind and number; none where it is no pronoun that points to one."""
    return list(_candidates(parse, parse.word(n).casefold())) if _points(parse, n) else []


def _points(parse: Parse, n: int) -> bool:
    """Return whether a token is a pronoun of the third person, a pointing word or a pair, whatever it means."""
    word, token = parse.word(n).casefold(), parse.tokens[n]
    follows = parse.word(n + 1).casefold() if n + 1 < len(parse.tokens) else ""
    if word in PERSON | _PLURAL:
        return token.pos in {"PRON", "DET"}
    if word in _THING:
        return not (word == "it" and pleonastic(parse, n))
    if word in POINTING and n == 0 and follows == ",":  # "That, the union said, would take nine days"
        return True
    if word in POINTING:
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


def _answered(parse: Parse, n: int, spans: list[Quotation]) -> bool:
    """Return whether the sentence itself holds what token `n` can mean: before it, or as the subject of the clause it is fronted to.

    Who says a sentence is not to be found in what is said: "The wards were closed, it said" points out of the sentence.
    """
    said = parse.below(parse.tokens[n].head, "ccomp")
    if parse.tokens[n].dep in SUBJECTS and said and said[0] < n:
        return False
    word = parse.word(n).casefold()
    inside = around(parse, n, spans)
    speakers = {a.first for a in attributions(parse)} if inside else set()
    others = _done_by(parse, n) | (_led_up(parse, n) if word in PERSON else set())
    for m in _candidates(parse, word):
        elsewhere = around(parse, m, spans) != inside
        if m in others or (elsewhere and (inside is None or any(first <= m < first + 12 for first in speakers))):
            continue
        if m < n or (_fronted(parse, n, m) and parse.word(m).casefold() not in PERSON | _THING | _PLURAL):
            return True
    if word in POINTING:
        return (
            any(m != parse.tokens[n].head and parse.tokens[m].pos == "VERB" and parse.below(m, *SUBJECTS) for m in range(n))
            and parse.tokens[n].head != parse.root
        )
    return word == "it" and parse.tokens[n].dep in SUBJECTS and _after_clause(parse, n)


def _done_by(parse: Parse, n: int) -> set[int]:
    """Return the nouns that an object without "-self" cannot mean: the subject of its verb ("Ida Lund left him"), where that is plain."""
    verb = _governing(parse, n)
    if verb < 0:
        return set()
    token = parse.tokens[verb]
    subject = -1
    joins = token.dep == "conj" and parse.tokens[token.head].dep == "ROOT"  # in a clause the parser may join it to the wrong verb
    wants = token.dep == "xcomp" and not parse.below(token.head, "dobj", "dative")  # not "asked Lund to help him"
    if parse.below(verb, *SUBJECTS):
        subject = subject_of(parse, verb)
    elif joins or wants:
        subject = subject_of(parse, token.head)
    elif token.dep == "acl" and token.tag == "VBG":
        subject = token.head
    several = [subject, *joined(parse, subject)] if subject >= 0 else []
    return {k for m in several for k in (m, *parse.below(m, "appos"))}


def _led_up(parse: Parse, n: int) -> set[int]:
    """Return the names of what is no person in the parts before a clause whose subject a token is: "At a meeting of the Osk Company, he".

    What acts there may be a person whose name was misread, if it is no abbreviation: "As WNOR reports, he called Lind".
    """
    verb = parse.tokens[n].head
    parts = [m for m in parse.children[verb] if m < n and parse.tokens[m].dep in _FRONTED] if parse.tokens[n].dep in SUBJECTS else []
    inside = {k for m in parts for k in parse.subtree(m) if parse.tokens[k].pos == "PROPN" and not _who(parse, k)}
    bodies = {k for k in inside if parse.tokens[k].entity == "ORG" and parse.tokens[k].dep not in SUBJECTS}
    return bodies | {k for k in inside if parse.tokens[k].entity in {"ORG", ""} and parse.word(k).isupper()}


def _governing(parse: Parse, n: int) -> int:
    """Return the verb that a personal pronoun is the object of, -1 where it is none, or may mean the subject all the same."""
    token, verb = parse.tokens[n], parse.tokens[n].head
    if token.tag != "PRP" or parse.word(n).casefold().endswith(("self", "selves")):
        return -1
    if token.dep in {"dobj", "dative"}:
        return verb
    head = parse.tokens[verb]
    if token.dep == "pobj":
        bound = head.dep in {"dative", "agent"} or (head.dep == "prep" and parse.word(verb).casefold() in _BOUND)
        return head.head if bound and parse.tokens[head.head].pos == "VERB" and parse.tokens[head.head].lemma != "have" else -1
    asked = parse.word(n).casefold() in _OBJECTS or any(parse.tokens[m].tag == "TO" for m in parse.below(verb, "aux"))
    return head.head if token.dep in SUBJECTS and head.dep == "ccomp" and head.tag == "VB" and asked else -1


def around(parse: Parse, n: int, spans: list[Quotation]) -> Quotation | None:
    """Return the quotation that a token stands in; words that go on in the sentence's own grammar ("would “lose his job”") are its own."""
    token = parse.tokens[n]
    held = next((q for q in spans if q.start <= token.start < q.end), None)
    return None if held and parse.text[held.start + 1 : held.start + 2].islower() else held


def _after_clause(parse: Parse, n: int) -> bool:
    """Return whether a whole clause stands before "it" that it may mean: "If the dam breaks, it would …"."""
    return any(parse.tokens[m].dep in {"nsubj", "nsubjpass"} and parse.tokens[m].pos in {"NOUN", "PROPN"} for m in range(n))


def _candidates(parse: Parse, word: str) -> Iterator[int]:
    """Yield the nouns of a sentence that a pronoun can mean by kind and number."""
    pair = 0
    for m, token in enumerate(parse.tokens):
        noun = token.pos in {"NOUN", "PROPN"} and token.dep != "compound"
        named = token.tag == "NNP" and token.dep in SUBJECTS  # a feast is no measure, though the parser says so: "Juneteenth is …"
        if not noun or (token.entity in {"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL"} and not named):
            continue
        if word in PERSON:
            office = token.dep in SUBJECTS and parse.word(m).isupper()  # "the CEO", "the PM"
            noun = token.tag == "NN" and not token.entity and (office or human(parse.tokens[m].lemma))
            paper = token.entity == "ORG" and parse.below(m, "det") and parse.below(m, "compound")  # "the Tarn Times", no "the Archbishop"
            proper = token.pos == "PROPN" and token.entity not in _ELSE and not paper
            somebody = token.entity == "PERSON" or proper or noun or _who(parse, m)
            if somebody and token.dep != "npadvmod":
                yield m
        elif word in _THING:
            if token.tag in {"NN", "NNP", "NNPS"} and token.entity != "PERSON":
                yield m
        elif word in _PLURAL:
            joined = bool(parse.below(m, "conj"))
            if token.tag in {"NNS", "NNPS"} or joined or token.entity in {"ORG", "GPE", "NORP"} or human(parse.tokens[m].lemma):
                yield m
        elif word in _PAIRS:
            pair += token.pos == "PROPN"
            if pair > 1:
                yield m


def _who(parse: Parse, n: int) -> bool:
    """Return whether a noun of one is spoken of as "who": "the Florida Republican, who gave his speech"."""
    clauses = parse.below(n, "relcl") if parse.tokens[n].tag in {"NN", "NNP"} else []
    return any(fold(parse.word(m)) == "who" for clause in clauses for m in parse.below(clause, *SUBJECTS))


def _fronted(parse: Parse, n: int, subject: int) -> bool:
    """Return whether token `n` stands in a part before the main clause, whose subject it can mean: "In his letter, Kell said"."""
    if parse.tokens[subject].dep not in SUBJECTS or subject < n:
        return False
    verb = parse.tokens[subject].head
    part = n
    while parse.tokens[part].head not in {verb, part}:
        part = parse.tokens[part].head
    return parse.tokens[part].head == verb and parse.tokens[part].dep in _FRONTED and part < subject


def anaphoric(parse: Parse) -> bool:
    """Return whether a sentence leans on the one before without a pronoun: "The move …", "another", "also", "the same", "again".

    A hint for ranking (such a sentence cannot lead), no reason to refuse it.
    """
    told = [m for m in parse.below(parse.root, "ccomp") if m < parse.root] if parse.tokens else []
    main = told[0] if told else parse.root  # "Two ships sank, the union said" does not lean on what the union is
    spans = quotations(parse.text)
    subjects = (n for n, token in enumerate(parse.tokens) if token.dep in SUBJECTS and token.head == main and not around(parse, n, spans))
    return leans(parse) or any(_bare(parse, n) for n in subjects)


def _leans(parse: Parse, n: int) -> bool:
    """Return whether a word leans on another sentence."""
    token, word = parse.tokens[n], parse.word(n).casefold()
    if word == "there":
        return token.dep == "advmod"
    if word in POINTING and token.dep == "det":
        return not (word == "this" and parse.tokens[token.head].lemma.casefold() in NOW)
    if word == "both" and token.dep in {"det", "predet"}:  # "both agencies", of which nothing here says which two
        return not any(other.dep == "conj" for other in parse.tokens)
    if word == "too":
        return parse.tokens[token.head].pos == "VERB"
    if word in _LEAN and token.pos in {"ADV", "CCONJ", "SCONJ"} and (n < HEAD or parse.tokens[token.head].dep == "ROOT"):
        return True
    if word in _OTHERS and token.dep in {"amod", "det", *SUBJECTS} and n < HEAD:
        return True
    if token.tag not in {"JJR", "RBR"} or n >= HEAD or token.dep not in {"amod", "advmod"}:
        return False
    standard = any(parse.word(m) == "than" for m in range(n, len(parse.tokens)))
    standard = standard or (token.head > n and parse.tokens[token.head].entity in TIMES)  # "earlier this week"
    after = n > 0 and parse.tokens[n - 1].entity == "DATE"  # "Two years later, ..."
    return not standard and (token.lemma.casefold() not in {"early", "late"} or n == 0 or after)


def _bare(parse: Parse, n: int) -> bool:
    """Return whether a subject is "the", "this" or "these" with a common noun and nothing that says which."""
    token = parse.tokens[n]
    first, last = phrase(parse, n)
    pointed = first < n and parse.word(first).casefold() in {"the", "this", "these", "those", "that"}
    plain = all(parse.tokens[m].dep == "det" for m in range(first, n)) and last == n + 1
    return pointed and plain and token.pos == "NOUN" and not token.entity


def kind_of(parse: Parse, n: int) -> str:
    """Return which pronoun a token is a form of: "he", "she", "it", "they", or "" for another word."""
    word = parse.word(n).casefold()
    pairs = (("he", MALE), ("she", FEMALE), ("it", _THING), ("they", _PLURAL))
    return next((kind for kind, words in pairs if word in words), "")


def leans(parse: Parse) -> bool:
    """Return whether a sentence goes on from the one before: by "also", "another", "there", a comparison without its standard."""
    spans = quotations(parse.text)
    return any(_leans(parse, n) for n in range(len(parse.tokens)) if not around(parse, n, spans))
