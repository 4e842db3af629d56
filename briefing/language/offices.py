"""What an article says beside a full name about who that is: an office before it, an apposition behind or before it.

Only what stands there, as it stands there, and only what says what somebody is: no word that judges, nothing of others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefing.language.base import TIMES, Parse
from briefing.language.phrases import TITLES, human
from briefing.language.verbs import SAYING
from briefing.text.loaded import loaded
from briefing.text.names import TITLES as NAMED
from briefing.text.quotations import quotations

_BESIDE = frozenset("compound amod nmod nummod advmod quantmod npadvmod".split())
_STANDING = frozenset("former acting deputy interim".split())
_TIED = frozenset("or / & then ex".split())  # what stands behind these is only the end of an office, or of another's
_APART = frozenset(["POS", "PRP$", "CC", "RB", ",", ":", "``", "''", "-LRB-", "-RRB-"])
_OTHERS = frozenset(["PRP", "PRP$", "CC", "WP", "WP$", "WDT", ",", ":", "``", "''"])
_DASHES = frozenset("-–—")
_OVER = frozenset("then ex former".split())
_SOUGHT = frozenset("candidate nominee contender challenger hopeful run race bid campaign".split())  # with "for": not yet in the office
_BECOMES = frozenset("as be become elect appoint name".split())  # before an office in small letters: "as mayor Ada Kell closed the port"
_AT_TIMES = frozenset("now once formerly previously currently".split())  # tell by themselves when somebody was what is said
_OF_THEN = re.compile(r"\bat (?:the|that) time\b", re.IGNORECASE)
_LIMITED = re.compile(r",\s*(?:or|according)\b")  # behind what is said of a person: "a nurse, or so she said", "according to the police"
_RANKS = (TITLES | NAMED) - frozenset("mr mrs ms mx sir dame lord lady foreign defence defense prime vice deputy".split()) | frozenset(
    """
    attorney chair speaker justice sheriff officer bishop pastor rabbi treasurer superintendent coach counsel administrator adviser advisor
    aide lawyer prosecutor candidate nominee challenger journalist reporter correspondent columnist anchor host consultant strategist
    pollster lobbyist economist historian scientist engineer
    """.split()
)
_FIELDS = frozenset(
    """
    special national senior chief personal political presidential executive general economic federal legal public medical civil technical
    clinical associate assistant managing principal lead top longtime retired
    """.split()
)
_LONGEST = 16  # words and marks of who somebody is; what is longer tells more than that


class Place(NamedTuple):
    """A full name in a sentence, its tokens half open."""

    parse: Parse
    first: int
    last: int


def is_office(word: str) -> bool:
    """Return whether a word names an office or a calling, or is short for one: "mayor", "Sen."."""
    return word.rstrip(".").casefold() in _RANKS


def over(place: Place) -> bool:
    """Return whether what stands before a name says that an office is over: "then-Mayor Ada Kell", "former Mayor Ada Kell"."""
    parse, first = place.parse, _begin(place)
    return any(parse.word(n).casefold() in _OVER for n in range(max(0, first - 2), place.first))


def office(place: Place) -> tuple[str, ...]:
    """Return the words of an office before a name, in small letters, and not whether it is over: "Mayor" of "former Mayor Ada Kell"."""
    words = (place.parse.word(n).casefold() for n in range(_begin(place), place.first))
    return tuple(word for word in words if word[0].isalnum() and word not in _OVER)


def before(place: Place) -> str:
    """Return the words of an office right before a name, "" where there is anything else: "then-Mayor", "his lawyer"."""
    parse, name = place.parse, place.first
    first = _begin(place)
    words = [parse.word(n) for n in range(first, name)]
    if not any(map(is_office, words)) or not all(_of_office(parse, n) for n in range(first, name)) or not _whole(parse, first, words):
        return ""
    text = parse.text[parse.tokens[first].start : parse.tokens[name].start].rstrip()
    text = text[0].lower() + text[1:] if words[0].casefold() in _STANDING else text
    return text if _plain(text) else ""


def _whole(parse: Parse, first: int, words: Sequence[str]) -> bool:
    """Return whether an office begins with these words: it is not the end of "then-Mayor", "Bank of Osk Governor" or "his lawyer"."""
    if not first or not words[0][0].isalnum():
        return not first
    tied = parse.word(first - 1).casefold()
    if parse.tokens[first - 1].tag in {"POS", "PRP$"}:
        return any(is_office(word) and word[0].isupper() for word in words)
    if _to_be(parse, first - 1, words[0]) or parse.word(first - 1) == "Under":  # of "Under Secretary" a parser may make two
        return False
    if tied in {"of", "for"}:
        return is_office(words[0]) or not parse.word(first - 2)[0].isupper()
    spaced = parse.tokens[first - 1].end < parse.tokens[first].start  # "OSK – Mayor Ada Kell"
    return tied not in _TIED and (spaced or tied not in _DASHES)


def _to_be(parse: Parse, n: int, office: str) -> bool:
    """Return whether the word before an office says that somebody has it at times, or wants it: "as mayor", "candidate for mayor"."""
    lemma = parse.tokens[n].lemma.casefold()
    if lemma == "for":
        return bool({parse.tokens[m].lemma.casefold() for m in (n - 1, parse.tokens[n].head)} & _SOUGHT)
    return lemma in _BECOMES and office[0].islower()


def _begin(place: Place) -> int:
    """Return the first of the words that belong to a name before it, its own given name if there are none: "Secretary of State"."""
    parse, first = place.parse, place.first
    beside = _beside(parse, *range(place.first, place.last))
    while first and (first - 1 in beside or (is_office(parse.word(first - 1)) and parse.word(first - 1)[0].isupper())):
        first -= 1
        beside |= _beside(parse, first)  # of "Lind and Attorney General Ada Kell" a parser may make three persons
    ends = [n for n in range(first, place.first) if _apart(parse, n)]
    return ends[-1] + 1 if ends else first


def _beside(parse: Parse, *tokens: int) -> set[int]:
    """Return what stands before tokens and belongs to them, with all that hangs on it."""
    return {m for n in tokens for k in parse.below(n, *_BESIDE) if k < n for m in parse.subtree(k) if m < n}


def _apart(parse: Parse, n: int) -> bool:
    """Return whether an office does not go over a word: an article, whose it is, a mark, a date or an age, but for "2016 nominee"."""
    token = parse.tokens[n]
    dated = token.entity in TIMES and not (token.pos == "NUM" and len(parse.word(n)) == 4)
    return dated or token.tag in _APART or (token.tag == "DT" and parse.word(n - 1) != "of")


def _of_office(parse: Parse, n: int) -> bool:
    """Return whether a word can be part of the name of an office, or says whether somebody is in it: "Velm", "former", no "Embattled"."""
    token, word = parse.tokens[n], parse.word(n)
    if word in {"of", "the"} or word.casefold() in _STANDING | _FIELDS:
        return True
    if token.entity == "PERSON" or token.tag in {"NNS", "NNPS"}:
        return False
    if word[0].islower():
        return is_office(word) or bool(token.entity) or (token.tag == "NN" and not human(word))
    known = bool(token.entity) or is_office(word)
    return known or (bool(n) and token.pos not in {"ADJ", "VERB", "ADV"})  # at the head of a sentence capitals tell nothing


def behind(place: Place) -> str:
    """Return who a person is, as is said between commas behind the name, with the first comma; "" where it is not."""
    parse, last = place.parse, place.last
    beside = (_between(parse, last, k) for n in range(place.first, last) for k in parse.below(n, "appos"))
    return next((text for text in beside if text), "")


def ahead(place: Place) -> str:
    """Return the office between commas before a name, with its last comma: "the former mayor of Tarn,"; "" where there is none.

    Not a bare "the mayor", which says nothing more than was told, nor what stands with another person or a word that judges.
    """
    parse, first, last = place
    heads = {parse.tokens[n].head for n in range(first, last) if parse.tokens[n].dep == "appos" and parse.tokens[n].head < first}
    set_off = first > 1 and parse.word(first - 1) == "," and (last == len(parse.tokens) or parse.word(last) in {",", "."})
    return next((text for n in heads if set_off and (text := _set_off(parse, n, first))), "")


def _set_off(parse: Parse, n: int, name: int) -> str:
    """Return the phrase of an office that ends with the comma before a name."""
    inside = [m for m in parse.subtree(n) if m < name - 1]
    tokens = [parse.tokens[m] for m in inside]
    whole = inside == list(range(inside[0], name - 1)) and len(inside) in range(3, _LONGEST) and is_office(parse.word(n))
    owners = [one for one in tokens if one.dep == "poss" and one.entity not in {"GPE", "ORG", "NORP"}]
    of_others = bool(owners) or any(one.tag in _OTHERS or one.entity == "PERSON" for one in tokens)
    fit = all(parse.tokens[m].pos not in {"ADJ", "VERB", "ADV", "NUM"} or _of_office(parse, m) for m in inside)
    others = any(m != n and parse.tokens[m].pos == "NOUN" and human(parse.tokens[m].lemma) for m in inside) or _of_somebody(parse, n)
    text = parse.text[parse.tokens[inside[0]].start : parse.tokens[name - 1].end]
    text = text[0].lower() + text[1:] if tokens[0].tag == "DT" else text
    return text if whole and fit and not of_others and not others and _plain(text) else ""


def _of_somebody(parse: Parse, n: int) -> bool:
    """Return whether a person stands before an office whom a name behind it may mean, too: "the wife of the mayor of Tarn, Ada Kell,"."""
    above = parse.tokens[parse.tokens[n].head].head
    lemma = parse.tokens[above].lemma.casefold()
    return parse.tokens[n].dep == "pobj" and above < n and parse.tokens[above].pos in {"NOUN", "PROPN"} and (human(lemma) or lemma in NAMED)


def _plain(text: str) -> bool:
    """Return whether a text is in the article's own words, does not judge, and does not tell of another time that it leaves open."""
    return not quotations(text) and not loaded(text) and not _OF_THEN.search(text)


def _between(parse: Parse, comma: int, n: int) -> str:
    """Return the text of an apposition, with the comma before it, if it begins right behind that and ends at another one, or a stop.

    It says what somebody is, not how he stands to others ("a critic of Ole Lind", "the company's lawyer", "her brother"). Where not all of
    it can be told, what stands before a comma in it is: "the head of a firm, which …".
    """
    inside = parse.subtree(n)
    inner = [m for m in inside if m > n and parse.word(m) == "," and not any(e.first < m < e.last for e in parse.entities)]
    parts = (inside, *([m for m in inside if m < end] for end in inner[:1]))
    return next((text for part in parts if (text := _apposition(parse, comma, n, part))), "")


def _apposition(parse: Parse, comma: int, n: int, inside: Sequence[int]) -> str:
    """Return the text of an apposition, or of the first part of it, from the comma before it on, if it says what somebody is."""
    first, last = inside[0], inside[-1]
    tokens = [parse.tokens[m] for m in inside]
    of_others = any(one.tag in {"PRP", "PRP$"} or one.entity == "PERSON" or (one.dep == "poss" and one.pos == "NOUN") for one in tokens)
    one = parse.tokens[n].tag == "NN" or (parse.tokens[n].tag == "NNP" and is_office(parse.word(n)))
    judged = any(parse.tokens[m].pos in {"ADJ", "VERB", "ADV"} and not _of_office(parse, m) for m in parse.below(n, "amod") if m < n)
    bound = tokens[0].pos in {"ADV", "CCONJ"} and parse.word(first).casefold() not in _AT_TIMES  # "then a nurse", "never the mayor"
    dated = parse.tokens[n].entity in TIMES  # "a day after the vote"
    if of_others or judged or bound or dated or not one or any(one.tag in {"WP", "WP$", "WDT"} for one in tokens):
        return ""
    if first != comma + 1 or parse.word(comma) != "," or last - first >= min(len(inside), _LONGEST):
        return ""
    text = parse.text[parse.tokens[comma].start : parse.tokens[last].end]
    goes_on = parse.text[parse.tokens[last].end :].lstrip()
    stop = next((m for m in range(last + 2, len(parse.tokens)) if parse.word(m) in {",", "."}), 0)
    if stop > last + 3 and parse.tokens[stop - 1].pos == "VERB" and parse.tokens[stop - 1].lemma in SAYING:  # ", police said,"
        return ""
    return text if goes_on[:1] in {"", ",", "."} and not _LIMITED.match(goes_on) and _plain(text) else ""
