"""Whether a passage has just what is asked for where it is asked: who has a title, the place behind the preposition, who did it.

question ─ its form ("who runs", "through which country", "who found it") ─► the words of the title, the names, or the whole deed
      ─► all there, and filled?

A judge that reads meanings is unsure of short and indirect questions. Where the slot that a question leaves open is filled beside all that
it names, that is evidence of its own. Of a question of another form nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection

from briefing.language.base import Parse
from briefing.language.facts import facts
from briefing.language.parties import same
from briefing.language.phrases import human, lemmas
from briefing.language.standing import Standing
from briefing.text.names import TITLES
from briefing.text.variants import Known, known
from briefing.text.words import fold

_HOLDING = frozenset("run lead head chair command govern manage direct".split())
_HEADS = frozenset("head chief leader boss".split())  # any title may be meant: the chief of NATO is its secretary general
_SPOKES = "spokesman"  # "speaks for" asks for a spokesman, spokeswoman or spokesperson
_CONTENT = frozenset("NOUN PROPN ADJ VERB NUM X".split())
_JOINING = frozenset("compound appos flat nmod".split())
_APART = frozenset("relcl acl advcl conj".split())
_TOWARDS = tuple(frozenset(group.split()) for group in ("in at", "to into towards", "through via across", "from"))
_COUNTRIES = frozenset({"country", "nation"})
_SPOTS = frozenset({"GPE", "LOC", "FAC", ""})
_WHICH = 2  # words from a preposition to the noun behind its "which"
_STEM = 5  # letters by which "ministry" and "minister" are one


def stated(question: Parse, passage: Parse) -> bool:
    """Return whether a passage has all that a question names, and fills the slot that it leaves open."""
    if not (question.tokens and passage.tokens):
        return False
    return _has_office(question, passage) or _has_place(question, passage) or _has_doer(question, passage)


def _has_office(question: Parse, passage: Parse) -> bool:
    """Return whether a passage names a person with the title that a question asks the holder of."""
    wanted = _office(question)
    return bool(wanted) and any(_is_person(passage, n) and _titled(passage, n, wanted) for n in range(len(passage.tokens)))


def _office(question: Parse) -> frozenset[str]:
    """Return the words of the title whose holder is asked for, with what it is a title of; none where no holder is asked for."""
    words = [fold(token.lemma) for token in question.tokens]
    said = [n for n, token in enumerate(question.tokens) if token.pos in _CONTENT and token.lemma not in {"be", "name"}]
    who, root = any(question.word(n).casefold() == "who" for n in range(len(words))), question.root
    if who and words[root] in _HOLDING:
        return _words(question, [n for n in said if n != root])
    if who and words[root] == "speak" and any(question.word(m) == "for" for m in question.below(root, "prep")):
        return _words(question, [n for n in said if n != root]) | {_SPOKES}
    titles = [n for n in said if words[n] in _HEADS | TITLES or human(words[n])]
    asked = who and words[root] == "be" and any(n in titles for n in question.below(root, "attr", "nsubj"))
    return _words(question, [n for n in said if words[n] not in _HEADS]) if asked or ("name" in words and titles) else frozenset()


def _words(parse: Parse, some: Collection[int]) -> frozenset[str]:
    return frozenset(fold(parse.word(n)) for n in some)


def _titled(parse: Parse, n: int, wanted: Collection[str]) -> bool:
    """Return whether the phrase of a person's name has all words of a title, and says that it is one."""
    head = n
    while parse.tokens[head].dep in _JOINING:
        head = parse.tokens[head].head
    inside = [m for m in parse.subtree(head) if not _apart(parse, m, head)]
    titled = any(_is_title(parse, m) for m in inside)
    phrase = known(parse.span(min(inside), max(inside) + 1))
    stems = {word[:_STEM] for word in _words(parse, inside)}
    return titled and all(word[:_STEM] in stems or phrase.holds(word) for word in wanted)


def _is_person(parse: Parse, n: int) -> bool:
    """Return whether a word is of a person's name, by the recogniser or by the title before it."""
    token = parse.tokens[n]
    titled = token.pos == "PROPN" and not _is_title(parse, n) and any(fold(parse.word(m)) in TITLES for m in parse.below(n, "compound"))
    return token.entity == "PERSON" or (not token.entity and titled)


def _is_title(parse: Parse, m: int) -> bool:
    return fold(parse.word(m)) in TITLES | _HEADS or (parse.tokens[m].pos == "NOUN" and human(parse.tokens[m].lemma))


def _apart(parse: Parse, m: int, head: int) -> bool:
    """Return whether a word of a phrase stands in a clause of it, or is joined to it."""
    while m != head:
        if parse.tokens[m].dep in _APART:
            return True
        m = parse.tokens[m].head
    return False


def _has_doer(question: Parse, passage: Parse) -> bool:
    """Return whether a passage tells the deed of which a question asks who did it, in its words, and by whom: "Who found the boat?"."""
    fact = next((one for one in facts(question) if one.n == question.root), None)
    who = [m for m in question.below(question.root, "nsubj") if question.word(m).casefold() == "who"]
    if fact is None or not who or not fact.verb or fact.light or "o" not in fact.parties or fact.standing != Standing():
        return False
    stems = {form[:_STEM] for n in range(len(passage.tokens)) for form in (fold(passage.word(n)), fold(passage.tokens[n].lemma))}
    told = (fold(t.lemma) for n, t in enumerate(question.tokens) if t.pos in _CONTENT and n != question.root)
    return all(word[:_STEM] in stems for word in told) and any(
        other.lemma == fact.lemma
        and other.standing == fact.standing
        and any(one.named for one in other.parties.get("s", ()))
        and all(any(same(one, there) for there in other.parties.get("o", ())) for one in fact.parties["o"])
        for other in facts(passage)
    )


def _has_place(question: Parse, passage: Parse) -> bool:
    """Return whether a passage has all names of a question, and a further place behind a preposition of the kind that it asks with."""
    told, there = known(question.text), known(passage.text)
    asked = next((n for n in range(len(question.tokens)) if _asks_place(question, n)), -1)
    if asked < 0 or not all(_named(question, n, there) for n in range(len(question.tokens))):
        return False
    before = {question.word(m).casefold() for m, token in enumerate(question.tokens) if token.dep == "prep" and _open(question, m, asked)}
    allowed = frozenset().union(*(group for group in _TOWARDS if group & before))
    country = question.tokens[asked].lemma in _COUNTRIES
    return any(
        token.dep == "pobj"
        and token.pos == "PROPN"
        and token.entity in _SPOTS
        and passage.word(token.head).casefold() in allowed
        and not told.holds(fold(passage.word(n)))
        and (not country or bool(known(passage.word(n)).countries))
        for n, token in enumerate(passage.tokens)
    )


def _asks_place(parse: Parse, n: int) -> bool:
    which = n > 0 and parse.word(n - 1).casefold() in {"which", "what"}
    return which and parse.tokens[n].lemma in lemmas("places") | _COUNTRIES


def _open(parse: Parse, m: int, asked: int) -> bool:
    """Return whether a preposition is that of what is asked for, or stands without a noun: "which town did she go to"."""
    return not parse.below(m, "pobj") or asked - m == _WHICH


def _named(parse: Parse, n: int, there: Known) -> bool:
    """Return whether a word ends no name, or one that a text has."""
    token = parse.tokens[n]
    ends = token.pos == "PROPN" and parse.tokens[min(n + 1, len(parse.tokens) - 1)].pos != "PROPN"
    if not (ends or token.entity == "NORP"):
        return True
    first = n
    while first and parse.tokens[first - 1].pos == "PROPN":
        first -= 1
    whole = "-".join(fold(parse.word(k)) for k in range(first, n + 1))
    return there.holds(fold(parse.word(n))) or there.holds(whole) or there.holds_acronym_of(parse.span(first, n + 1))
