"""What a question names and a passage does not have, or has otherwise: the party, the place, which of several, the name that is asked for.

question, passage ─ parse of both ─► a name of the question ─► another one in its place, nothing that could mean it: why, or ""

Plain code over parses. A passage that points to what its article told before ("she", "the company", "officials") may mean whom the question
names, and is the judge's.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.base import TIMES, Parse
from briefing.language.facts import facts
from briefing.language.parties import Party
from briefing.language.phrases import SUBJECTS, derived, human, lemmas, pairs
from briefing.stages.premises import asks
from briefing.text.calendar import NAMES
from briefing.text.names import TITLES
from briefing.text.questions import kind, several
from briefing.text.variants import Known, country, known
from briefing.text.words import fold, words

_AT = frozenset("in at across over near throughout around".split())
_REGIONS = frozenset("part area region swath corner side section much most".split())
_SPOTS = frozenset({"GPE", "LOC", "FAC", "PERSON", ""})  # what an unknown town is taken for
_REACH = 3  # words between a name and the noun that it stands before
_THIRD = frozenset("he she they it him her them his its their one ones those these this that who".split())
_ARTICLES = frozenset("the this that these those both its their his her".split())
_BARE = frozenset("do be have will would can could may might should".split())
_BESIDE = frozenset("nsubj neg punct cc aux".split())
_LIKEWISE = frozenset("too also so either likewise indeed".split())
_BODIES = frozenset({"ORG", "GPE", "NORP"})
_ANTECEDENTS = dict.fromkeys("he she him his her".split(), frozenset({"PERSON"})) | dict.fromkeys("it its".split(), _BODIES)
_TELLING = ("amod", "compound", "nmod", "prep", "relcl", "acl", "appos")  # what says of which one: "a Dutch company"
_POINTING = ("det", "poss")


def unmet(question: Parse, passage: Parse) -> str:
    """Return what a question names and a passage has otherwise or not at all, or ""."""
    there = known(passage.text)
    return (
        _of_another_place(question, passage, there)
        or _of_another_such(question, passage, there)
        or _contrary(question, passage)
        or _nameless(question, passage)
        or _of_nobody(question, passage, there)
        or _left_out(question, passage)
    )


def _of_another_place(question: Parse, passage: Parse, there: Known) -> str:
    """Return that a passage gives the numbers of another place than a question asks for; a town's is not its country's either."""
    if kind(question.text) != "number" or any(_points(passage, n) and _is_place(passage, n) for n in range(len(passage.tokens))):
        return ""
    places = [n for n in _located(question) if not asks(question, n)]
    missing = next((n for n in places if not there.holds(fold(question.word(n)))), -1)
    told = known(question.text)
    others = [n for n in _located(passage) if not told.holds(fold(passage.word(n)))]
    if missing < 0 or not others or len(places) > 1:
        return ""
    return f"tells of {passage.word(others[0])}, not of {question.word(missing)}"


def elsewhere(question: Parse, passage: Parse, article: str) -> str:
    """Return that a passage tells of another one's captain, or its article names nowhere whose captain or number is asked for, or ""."""
    return _numbered_elsewhere(question, article) or _of_another_body(question, passage, known(article))


def _of_another_body(question: Parse, passage: Parse, article: Known) -> str:
    """Return that a passage tells of another one's captain where who that is is asked: of another name, or in an article without it."""
    there, told, root = known(passage.text), list(_of(passage)), question.root
    who = root >= 0 and question.tokens[root].lemma == "be" and any(fold(question.word(m)) == "who" for m in question.children[root])
    for noun, name in _of(question) if who else ():
        word, lemma = fold(question.word(name)), question.tokens[noun].lemma
        others = [k for n, k in told if passage.tokens[n].lemma == lemma]
        every = sum(token.lemma == lemma for token in passage.tokens)
        if question.tokens[name].pos != "PROPN" or country(word) or not others or len(others) < every:
            continue
        known_by = [there if passage.tokens[k].pos == "PROPN" else article for k in others]
        if not any(names.holds(word) or names.holds_acronym_of(question.word(name)) for names in known_by):
            return f"tells of the {lemma} of {passage.word(others[0])}, not of {question.word(name)}"
    return ""


def _of(parse: Parse) -> Iterator[tuple[int, int]]:
    """Yield each noun with what it is of: "the captain of the ship"."""
    for n, token in enumerate(parse.tokens):
        if token.pos == "NOUN":
            yield from ((n, k) for m in parse.below(n, "prep") if parse.word(m) == "of" for k in parse.below(m, "pobj"))


def _numbered_elsewhere(question: Parse, article: str) -> str:
    """Return that an article names nowhere the town of which a question asks a number, or ""; of a country or region it may name a part."""
    if kind(question.text) != "number":
        return ""
    spots = [n for n in _located(question) if _within(question, n) and not asks(question, n)]
    towns = [fold(question.word(n)) for n in spots if question.tokens[n].entity != "LOC" and not country(fold(question.word(n)))]
    there = known(article)
    if len(spots) != 1 or not towns or there.holds(towns[0]):
        return ""
    return f"is of an article that does not name {question.word(spots[0])}"


def _located(parse: Parse) -> Iterator[int]:
    """Yield the names of places in which a sentence says that something is, or that something befalls."""
    for n, token in enumerate(parse.tokens):
        first = n
        while parse.tokens[first].dep == "conj":
            first = parse.tokens[first].head
        place = token.pos == "PROPN" and (token.entity in _SPOTS or country(fold(parse.word(n))))
        if place and (parse.tokens[first].dep == "dobj" or _within(parse, first)):
            yield n


def _within(parse: Parse, n: int) -> bool:
    """Return whether a noun stands behind "in" or the like, or says of which region a part is meant: "parts of Velm"."""
    above = parse.tokens[n].head
    if parse.tokens[n].dep != "pobj":
        return False
    part = parse.tokens[parse.tokens[above].head].lemma in _REGIONS and parse.word(above) == "of"
    return part or parse.word(above).casefold() in _AT


def _is_place(parse: Parse, n: int) -> bool:
    return parse.tokens[n].lemma.casefold() in lemmas("places") | {"country", "area", "nation", "there", "here"}


def _of_another_such(question: Parse, passage: Parse, there: Known) -> str:
    """Return that a passage tells of another one of what a question names by a name before its noun: "the Democratic primary"."""
    told = list(_such(passage))
    for name, noun in _such(question):
        others = [m for m, k in told if fold(passage.tokens[k].lemma) == fold(question.tokens[noun].lemma)]
        nouns = sum(token.pos == "NOUN" and fold(token.lemma) == fold(question.tokens[noun].lemma) for token in passage.tokens)
        held = there.holds(fold(question.word(name)))
        if (
            others
            and not held
            and len(others) == nouns
            and all(_comparable(question, name, passage, m, exact=human(question.tokens[noun].lemma)) for m in others)
        ):
            return f"tells of another {question.word(noun)} than “{question.word(name)}”"
    return ""


def _such(parse: Parse) -> Iterator[tuple[int, int]]:
    """Yield each name that stands before a noun, with the noun: "the Labour leadership contest", by their order, not by the parser."""
    for n, token in enumerate(parse.tokens):
        m = n - 1
        while m > 0 and n - m <= _REACH and parse.tokens[m].pos in {"NOUN", "ADJ", "PART"} and parse.word(m).islower():
            m -= 1
        named = m > 0 and parse.word(m)[0].isupper() and parse.tokens[m].pos in {"PROPN", "ADJ"}
        if token.pos == "NOUN" and named and parse.tokens[m].entity not in TIMES:
            yield m, n


def _comparable(one: Parse, m: int, other: Parse, k: int, *, exact: bool) -> bool:
    """Return whether one of two names can stand in the place of the other: of a party another one, not the town where it governs.

    `exact`: only names that were taken for the same sort, for "Putin's spokesman" is the Kremlin's.
    """
    sorts = {one.tokens[m].entity, other.tokens[k].entity}
    countries = bool(country(fold(one.word(m)))) and bool(country(fold(other.word(k))))
    return countries or (len(sorts) == 1 if exact else "NORP" not in sorts or sorts <= {"NORP", "ORG"})


def _contrary(question: Parse, passage: Parse) -> str:
    """Return that a passage has, as a noun, the contrary of a deed of a question, and nothing of that: an acquittal, no conviction."""
    there = [fold(token.lemma) for token in passage.tokens]
    for fact in facts(question):
        if not fact.verb or fact.standing.denied or any(word == fact.lemma or derived(word, fact.lemma) for word in there):
            continue
        for both in pairs("exclusive"):
            for verb in both - {fact.lemma} if fact.lemma in both else ():
                noun = next((n for n, t in enumerate(passage.tokens) if t.pos == "NOUN" and derived(fold(t.lemma), verb)), -1)
                if noun >= 0:
                    return f"tells of the contrary: “{passage.word(noun)}”"
    return ""


def _nameless(question: Parse, passage: Parse) -> str:
    """Return that a passage neither names nor mentions those of whom a question asks which they are: "which judges", "which company"."""
    told = known(question.text)
    for n, token in enumerate(question.tokens):
        which = any(question.word(m).casefold() in {"which", "what", "whose"} for m in question.below(n, "det"))
        body = token.lemma.casefold() in lemmas("bodies")
        if not which or token.pos != "NOUN" or not (body or human(token.lemma)):
            continue
        same = [m for m, other in enumerate(passage.tokens) if fold(other.lemma) == fold(token.lemma) and other.pos in {"NOUN", "PROPN"}]
        if any(passage.below(m, *_TELLING) for m in same):
            return ""
        fresh = [
            m
            for m, other in enumerate(passage.tokens)
            if other.pos == "PROPN" and (named := _name(passage, m)) and not any(told.holds(word) for word in named)
        ]
        fresh = [m for m in fresh if not _other_sort(passage, m, body=body)]
        return "" if fresh else f"names no {token.lemma}"
    return ""


def _name(parse: Parse, m: int) -> set[str]:
    """Return the folded words of the name in which a word stands, without its titles: they tell nobody from another one."""
    return {fold(parse.word(k)) for k in _run(parse, m)} - TITLES


def _run(parse: Parse, m: int) -> range:
    """Return the words of the name in which a word stands."""
    first = last = m
    while first and parse.tokens[first - 1].pos == "PROPN":
        first -= 1
    while last + 1 < len(parse.tokens) and parse.tokens[last + 1].pos == "PROPN":
        last += 1
    return range(first, last + 1)


def _other_sort(parse: Parse, m: int, *, body: bool) -> bool:
    """Return whether a name is certainly of another sort: a day, or where a body is asked for a person with a title or a first name."""
    run, token = _run(parse, m), parse.tokens[m]
    if token.entity in {"DATE", "TIME", "MONEY", "PERCENT"} or fold(parse.word(m)) in NAMES:
        return True
    return body and (token.entity == "NORP" or (len(run) > 1 and any(parse.tokens[k].entity == "PERSON" for k in run)))


def _of_nobody(question: Parse, passage: Parse, there: Known) -> str:
    """Return that nothing in a passage names, or can mean, who does what a question asks about, or whom it is done to."""
    if kind(question.text) in {"number", "time"} or several(question.text) or any(_points(passage, n) for n in range(len(passage.tokens))):
        return ""
    parties = [one for fact in facts(question) if fact.n == question.root for place in ("s", "o") for one in fact.parties.get(place, ())]
    return next(
        (
            f"does not name “{one.shown}”"
            for one in parties
            if one.named and one.shown != one.shown.lower() and not one.vague and not _meant(one, there)
        ),
        "",
    )


def _meant(one: Party, there: Known) -> bool:
    """Return whether a text has a name in any of its forms."""
    whole = "-".join(fold(word.text) for word in words(one.shown))
    return there.holds_acronym_of(one.shown) or any(there.holds(word) for word in (whole, *one.words, *one.of) if not word.startswith("#"))


def _points(parse: Parse, n: int) -> bool:
    """Return whether a word may mean somebody or something that stands elsewhere in the article, and not before it in the sentence."""
    token, word = parse.tokens[n], parse.word(n).casefold()
    own = {one.kind for one in parse.entities if one.last <= n}
    if token.pos in {"PRON", "DET"} and token.dep != "det":
        return word in _THIRD and not own & _ANTECEDENTS.get(word, frozenset())
    if token.pos != "NOUN":
        return False
    body = token.lemma in lemmas("offices") | lemmas("places") | lemmas("bodies")
    if (human(token.lemma) or body) and token.dep in SUBJECTS and token.tag == "NNS":
        return True
    pointing = any(parse.word(m).casefold() in _ARTICLES for m in parse.below(n, *_POINTING)) and not (body and own & _BODIES)
    return pointing and (human(token.lemma) or body or token.dep in SUBJECTS)


def _left_out(question: Parse, passage: Parse) -> str:
    """Return that a passage leaves out what somebody did, and so tells it only behind another sentence: "Velm did too."."""
    n = passage.root
    bare = (
        n >= 0
        and passage.tokens[n].lemma in _BARE
        and all(passage.tokens[m].dep in _BESIDE or passage.word(m).casefold() in _LIKEWISE for m in passage.children[n])
    )
    return "leaves out what was done" if bare and kind(question.text) != "yes or no" else ""
