"""Whether a passage tells of the very one that a question asks about, or of a rival of its kind: another bank, other drivers, another land.

question ─ its names, its nouns with what stands before them, its verb ─► the same in the passage, or in its article up to there ─► a rival
      in its place, and nothing that could mean the one that is asked about: why, or ""

A word that points ("the bank", "they") means what its article named before. What an article calls by other words is left to the judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.language.base import TIMES, VERBS, Parse
from briefing.language.document import Document
from briefing.language.facts import facts
from briefing.language.parties import Party
from briefing.language.phrases import BODIES, SUBJECTS, human, lemmas
from briefing.language.pronouns import PERSON
from briefing.language.subjects import subject_of
from briefing.stages.premises import asks, rest
from briefing.text.names import TITLES
from briefing.text.questions import kind
from briefing.text.variants import acronyms, country, known, same_spelling
from briefing.text.words import fold

_AFTER = 2  # sentences behind one that tells of "a man" in which he is named
_STEM = 5  # letters by which forms of one word are mostly equal
_A = frozenset({"a", "an", "another"})
_COUNTING = frozenset({"many", "much"})
_BEFORE = frozenset({"amod", "compound"})
_DOING = frozenset({*SUBJECTS, "dobj", "pobj"})


class _Name(NamedTuple):
    """A name as it stands: its folded words without titles, the token that ends it, what it is taken for, and its text."""

    words: frozenset[str]
    n: int
    entity: str
    shown: str


class _Told(NamedTuple):
    """A passage with its article: the parses of the title and of what stands before it, of what stands behind it, and other articles."""

    passage: Parse
    before: Sequence[Parse]
    after: Sequence[Parse]
    others: Sequence[str]

    @property
    def upto(self) -> list[Parse]:
        """Return the article up to the passage, and that."""
        return [*self.before, self.passage]

    @property
    def whole(self) -> list[Parse]:
        """Return the whole article."""
        return [*self.upto, *self.after]


def of_a_rival(question: Parse, passage: Parse, document: Document, number: int, others: Sequence[Document]) -> str:
    """Return that a passage tells of another one of its kind than a question asks about, or "".

    It is made of sentence `number` of its document; `others` are those that were found beside it.
    """
    if not (question.tokens and passage.tokens):
        return ""
    before = [document.parse(n) for n in (number, *document.before(number))]  # its own sentence too: it may be told without its dateline
    after = [document.parse(n) for n in document.body() if n > number]
    told = _Told(
        passage, [document.read(document.article.title), *reversed(before)], after, [one.article.text.casefold() for one in others]
    )
    names = _names(question)
    return (
        next((why for name in names if (why := _of_another_name(name, told) or _nowhere(question, name, told))), "")
        or _done_by_another(question, told)
        or _of_another_person(question, told)
        or _counted_of_another(question, passage)
        or next((why for m, n in _kinds(question, "compound", "poss", "amod") if (why := _of_another_kind(question, m, n, told))), "")
        or next((why for n in range(len(question.tokens)) if (why := _brought_in_later(question, n, told))), "")
        or next((why for name in names if (why := _before_it_is_named(question, name, told))), "")
    )


def _names(parse: Parse) -> list[_Name]:
    """Return the names of a sentence, each whole: "Bank of Velm"."""
    found: list[list[int]] = []
    for n, token in enumerate(parse.tokens):
        if not (token.pos in {"PROPN", "ADJ"} and parse.word(n)[0].isupper() and token.entity not in TIMES):
            continue
        last = found[-1][-1] if found else -2
        if last == n - 1 or (last >= 0 and [parse.word(k) for k in range(last + 1, n)] in (["of"], ["of", "the"])):
            found[-1].append(n)
        else:
            found.append([n])
    words = [(frozenset(fold(parse.word(n)) for n in run) - TITLES, run) for run in found]
    return [_Name(some, run[-1], parse.tokens[run[-1]].entity, parse.span(run[0], run[-1] + 1)) for some, run in words if some]


def _alike(one: str, other: str) -> bool:
    return one.removesuffix("s") == other.removesuffix("s") or same_spelling(one, other) or bool(country(one) & country(other))


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether all words of a name are in another one."""
    return all(any(_alike(word, there) for there in other) for word in one)


def _fits(one: _Name, other: _Name) -> bool:
    """Return whether two names can be one's: one is a part of the other, or its initials."""
    short = acronyms(one.shown) & other.words or acronyms(other.shown) & one.words
    return bool(short) or _within(one.words, other.words) or _within(other.words, one.words)


def _rival(one: _Name, other: _Name) -> bool:
    """Return whether two names share a word and each has one of its own: "Bank of Velm", "Bank of Tarn"."""
    return not _fits(one, other) and any(_alike(a, b) for a in one.words for b in other.words)


def _of_another_name(name: _Name, told: _Told) -> str:
    """Return that a passage names one of a like name, or only by the word that both share: "the Bank" in an article on another one."""
    here, there = _names(told.passage), [one for parse in told.whole for one in _names(parse)]
    fitting = [one for one in here if _fits(name, one)]
    rivals = [one for one in (there if fitting else here) if _rival(name, one)]
    words = {told.passage.word(n).casefold() for n in range(len(told.passage.tokens))}
    if not rivals or any(acronyms(name.shown) & one.words for one in there) or (words & PERSON and not name.words & lemmas("bodies")):
        return ""
    whole = frozenset[str]().union(*(one.words for one in there if _fits(name, one)))
    shared = all(any(_within(one.words, rival.words) for rival in rivals) for one in fitting)
    return f"tells of {rivals[0].shown}, not of {name.shown}" if shared and not (fitting and _within(name.words, whole)) else ""


def _nowhere(question: Parse, name: _Name, told: _Told) -> str:
    """Return that an article has no word of a name, which is not one of several that a question names, nor of what it asks for."""
    token, first = question.tokens[name.n], name.n
    while first and question.tokens[first].pos in {"PROPN", "ADJ"}:
        first -= 1
    sought = token.dep in _BEFORE and (asks(question, token.head) or asks(question, first))  # "which German paper"
    listed = token.dep == "conj" or bool(question.below(name.n, "conj"))
    there = known("\n".join(parse.text for parse in told.whole))
    held = there.holds_acronym_of(name.shown) or any(there.holds(word) for word in name.words)
    return "" if sought or listed or held else f"is of an article that does not name {name.shown}"


def _done_by_another(question: Parse, told: _Told) -> str:
    """Return that a passage tells what a question asks about of another one: of somebody's mother, of a man who is named as another."""
    for fact in facts(question):
        others = [other for other in facts(told.passage) if fact.verb and other.verb and not fact.light and other.lemma == fact.lemma]
        for place, asked in rest(fact).items():
            there = [one for other in others if place in ("s", "o") for one in other.parties.get(place, ())]
            if there and all(_is_another(one, question, party, told) for one in asked for party in there):
                return f"tells it of “{there[0].shown}”, not of “{asked[0].shown}”"
    return ""


def _is_another(asked: Party, question: Parse, party: Party, told: _Told) -> bool:
    """Return whether who stands in a place is certainly not who is asked about there."""
    if party.vague or (asked.words & (party.words | party.of)):
        return False
    mine, its = _named_in(asked, question), _named_in(party, told.passage)
    if mine and its:
        sorts = {one.entity for one in mine} & {one.entity for one in its}
        return asked.named <= party.named and not any(_fits(a, b) for a in mine for b in its) and (bool(sorts) or not asked.named)
    return asked.named and not its and _introduced(asked, party, told)


def _introduced(asked: Party, party: Party, told: _Told) -> bool:
    """Return whether a nameless person is somebody's ("her mother"), or one that is named behind as another than the one asked about."""
    parse = told.passage
    heads = [n for n, token in enumerate(parse.tokens) if token.pos == "NOUN" and human(token.lemma) and fold(parse.word(n)) in party.words]
    if any(parse.tokens[m].tag == "PRP$" for n in heads for m in parse.below(n, "poss")):
        return True
    fresh = any(parse.word(m).casefold() in _A for n in heads for m in parse.below(n, "det"))
    named = [name for later in told.after[:_AFTER] for name in _names(later) if later.tokens[name.n].dep in SUBJECTS]
    people = [name for name in named if name.entity == "PERSON" or len(name.words) > 1]
    return fresh and bool(people) and not any(asked.words & name.words for name in named)


def _named_in(party: Party, parse: Parse) -> list[_Name]:
    """Return the names of a party and of what hangs on it."""
    return [name for name in _names(parse) if name.words <= party.words | party.of]


def _of_another_person(question: Parse, told: _Told) -> str:
    """Return that a passage tells of another person than that of whom a question asks something, and has no word that could mean him."""
    if kind(question.text) not in {"number", "time"}:
        return ""
    parse, here = told.passage, _names(told.passage)
    asked, others = (
        [name for name in names if name.entity == "PERSON" and there.tokens[name.n].dep in SUBJECTS]
        for there, names in ((question, _names(question)), (parse, here))
    )
    nouns = [token for token in parse.tokens if token.pos == "NOUN" and token.dep in SUBJECTS and human(token.lemma)]
    points = bool(nouns) or any(token.tag in {"PRP", "PRP$"} for token in parse.tokens)
    if len(asked) != 1 or not others or points or any(_fits(asked[0], one) for one in here):
        return ""
    return f"tells of {others[0].shown}, not of {asked[0].shown}"


def _counted_of_another(question: Parse, passage: Parse) -> str:
    """Return that a passage gives the number of what another one has, or of what one did where several are asked about, or ""."""
    subject = subject_of(question, question.root) if kind(question.text) == "number" and question.root >= 0 else -1
    if subject < 0 or any(token.lemma == question.tokens[subject].lemma for token in passage.tokens):
        return ""
    alone = passage.below(passage.root, "nsubj") if passage.root >= 0 else []
    if question.tokens[subject].tag == "NNS" and any(passage.word(m).casefold() in {"he", "she"} for m in alone):
        return f"tells of one, not of {question.word(subject)}"
    asked = [name for name in _names(question) if name.n in question.subtree(subject)]
    points = any(token.tag in {"PRP", "PRP$"} for token in passage.tokens) or any(_fits(a, b) for a in asked for b in _names(passage))
    counted = {question.tokens[n].lemma for n in question.below(question.root, "dobj") if asks(question, n) or _how(question, n)}
    for m in (m for m, token in enumerate(passage.tokens) if asked and not points and token.lemma in counted):
        while passage.tokens[m].pos not in VERBS and passage.tokens[m].head != m:
            m = passage.tokens[m].head
        whose = subject_of(passage, m) if passage.tokens[m].pos in VERBS and passage.tokens[m].lemma not in lemmas("say") else -1
        others = [name for name in _names(passage) if whose >= 0 and name.n == whose]
        if others:
            return f"tells of {others[0].shown}, not of {asked[0].shown}"
    return ""


def _how(parse: Parse, n: int) -> bool:
    """Return whether the number of a noun is asked for: "how many seats"."""
    return any(parse.word(m).casefold() in _COUNTING for m in parse.children[n])


def _kinds(parse: Parse, *deps: str) -> Iterator[tuple[int, int]]:
    """Yield each word that stands before a common noun and tells of which kind it is, with that: "bus drivers", "the men's race"."""
    for n, token in enumerate(parse.tokens):
        if token.pos == "NOUN":
            yield from ((m, n) for m in parse.below(n, *deps) if parse.tokens[m].pos in {"NOUN", "ADJ"} and parse.word(m - 1) != "-")


def _of_another_kind(question: Parse, m: int, n: int, told: _Told) -> str:
    """Return that a passage tells of another kind of what a question asks about, or its article of none: of train drivers, of no slalom."""
    noun, shown = question.tokens[n].lemma, question.span(m, n + 1)
    if asks(question, n) or question.tokens[m].lemma in _COUNTING or _has(told.whole, question.tokens[m].lemma):
        return ""
    others = [parse.span(k, j + 1) for parse in told.upto for k, j in _kinds(parse, "compound", "poss") if parse.tokens[j].lemma == noun]
    if others and question.tokens[m].pos == "NOUN":
        return f"tells of {others[-1]}, not of {shown}"
    known_elsewhere = question.tokens[m].dep == "amod" and any(shown.casefold() in text for text in told.others)
    sort = question.tokens[m].dep == "compound" or known_elsewhere
    nothing = sort and _done_to(question, n) and not _has(told.whole, noun)
    return f"is of an article on no {shown}" if nothing else ""


def _has(parses: Sequence[Parse], word: str) -> bool:
    """Return whether a word stands in some sentences, in any form: also a longer one, "telephone" for "phone"."""
    return any(_one(fold(word), fold(token.lemma)) for parse in parses for token in parse.tokens)


def _one(word: str, other: str) -> bool:
    longer = min(len(word), len(other)) >= _STEM and (word.endswith(other) or other.endswith(word))
    return word[:_STEM] == other[:_STEM] or longer


def _done_to(question: Parse, n: int) -> bool:
    """Return whether a noun does what a question asks about, or has it done to it or in it: no "what was the death toll"."""
    above = question.tokens[n].head
    while question.tokens[above].pos == "ADP" and question.tokens[above].head != above:
        above = question.tokens[above].head
    return question.tokens[above].pos == "VERB" and question.tokens[n].dep in _DOING


def _brought_in_later(question: Parse, n: int, told: _Told) -> str:
    """Return that what a question asks about comes into the article behind a passage that has its noun: "a giant slalom is on Saturday"."""
    lemma, mine = question.tokens[n].lemma, {fold(question.word(m)) for m in question.below(n, "amod", "compound")}
    if question.tokens[n].pos != "NOUN" or not mine or not any(token.lemma == lemma for parse in told.upto for token in parse.tokens):
        return ""
    if any(mine <= {fold(parse.word(k)) for k in range(len(parse.tokens))} for parse in told.upto):
        return ""
    later = any(
        token.lemma == lemma
        and any(parse.word(j).casefold() in _A for j in parse.below(k, "det"))
        and mine <= {fold(parse.word(j)) for j in parse.below(k, "amod", "compound")}
        for parse in told.after
        for k, token in enumerate(parse.tokens)
    )
    return f"tells of another {lemma}" if later else ""


def _before_it_is_named(question: Parse, name: _Name, told: _Told) -> str:
    """Return that an article names the place in which a question asks what happened only behind a passage, which is of another one."""
    token = question.tokens[name.n]
    if not (token.dep == "pobj" and question.word(token.head).casefold() == "in" and token.entity in {*BODIES, ""}):
        return ""
    upto, after = ([one for parse in parses for one in _names(parse) if _fits(name, one)] for parses in (told.upto, told.after))
    return f"stands before {name.shown} is named" if after and not upto else ""
