"""Words that only describe: adjectives and adverbs without which a sentence says less and nothing else.

"A fierce debate" is a debate, and who "staunchly defended" it defended it. A word may not go that tells which ones are meant, counts,
denies, doubts or limits, or tells a fact of law, truth or intent; nor one from what is denied, charged, a condition, or said of all of a
kind. Whether one goes is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefing.language.base import Parse, remembered
from briefing.language.kept import DENYING, carries, holds
from briefing.language.verbs import SUBJECTS, quoted, states, tense, within

_NOT_SO = frozenset(
    """
    false fake mock bogus sham counterfeit partial temporary draft virtual artificial pretend unofficial informal tentative provisional
    conditional practical effective essential nominal past old new other right self quasi pseudo
    """.split()
)  # without these another thing is meant
_NOT_YET = frozenset(
    """
    proposed planned attempted failed unsuccessful future would promised threatened feared rumoured rumored looming foiled thwarted averted
    abandoned suggested hypothetical supposed apparent initial original
    """.split()
)  # nor without these: it has not come about, or did not last
_WHICH = frozenset(
    "first second third last latest next only sole same different such own main prime chief average median record final deciding".split()
)
"""Words that tell which of its kind a thing is: what else describes it tells that, too."""
_NO_LONGER = frozenset(
    """
    sacked fired dismissed removed deposed toppled dethroned defrocked disbarred impeached suspended recalled dead deceased slain missing
    exiled aspiring presumptive disputed unrecognised unrecognized stripped defeated
    """.split()
)  # nor without these is it who is meant: not in office, or not alive, any more or yet
_FACTS = frozenset(
    """
    legal illegal lawful unlawful criminal corrupt fraudulent guilty innocent deliberate intentional unintentional accidental knowing
    unwitting negligent wilful willful voluntary forcible convicted wrong wrongful mistaken secret unanimous deadly fatal lethal true
    """.split()
)  # of law, truth, intent or death: news
_NOT_QUITE = frozenset(
    """
    basically largely mostly mainly partly theoretically technically usually normally generally typically occasionally early daily weekly
    monthly yearly poorly badly ill scarcely only merely surely undoubtedly presumably arguably evidently ostensibly
    """.split()
)  # without these more is said, or the contrary
_NONE = frozenset("no none nobody nothing nor neither few fewer little only whoever whatever anyone anybody".split())
_HOW_MANY = frozenset("no any all every each few little many much more most both either neither enough some several half scant".split())
_COMPARING = frozenset("as so too how such enough that".split())
_AGAINST = DENYING | frozenset(
    """
    avoid escape avert prevent oppose doubt ban bar forbid prohibit exclude rule block dismiss lift stop drop scrap cancel abolish resist
    against unable impossible unlikely far absence accuse acquit charge convict indict guilty plead
    """.split()
)  # who avoids or is charged with one thing does not avoid, and is not charged with, all that it is one of
_CONDITIONS = frozenset("if unless whether whenever until without too only just".split())
_LIMITS = _HOW_MANY | _CONDITIONS | DENYING
_WHEN = frozenset(["when", "where", "once"])
_SHARES = frozenset("half third quarter majority minority percent part deal amount number lot".split())
_EMPTY = frozenset(
    "way manner fashion style scale extent degree pace rate level kind sort type form time sense note tone mood light reason".split()
)  # nouns that are nothing without what describes them
_HOW = frozenset("behave treat act fare perform function operate run work do go live end receive word phrase".split())  # verbs that are
_CONSONANTS = frozenset("bcdfgjklmnpqrstvwxyz")
_TAGS = frozenset(["JJ", "VBG", "VBN"])
_COMPARED = frozenset(["JJR", "JJS", "RBR", "RBS"])


class Modifier(NamedTuple):
    """`text[start:end]` may become `text`: nothing, or the article that the next word needs."""

    start: int
    end: int
    text: str


@remembered
def modifiers(parse: Parse) -> tuple[Modifier, ...]:
    """Return the words that may go: one by one, and of two that stand before their noun both at once."""
    if not states(parse):
        return ()
    spoken = quoted(parse.text)
    found: list[Modifier] = []
    for n, token in enumerate(parse.tokens):
        if token.dep == "amod" and token.head > n:
            found += _adjective(parse, n)
        elif token.dep == "advmod" and token.tag == "RB":
            found += _adverb(parse, n)
    return tuple(one for one in found if not any(within(place, spoken) for place in range(one.start, one.end)))


def _adjective(parse: Parse, n: int) -> Iterator[Modifier]:
    """Yield the cuts of an adjective before a noun that is one thing, or things that are counted."""
    tokens = parse.tokens
    first, last = _whole(parse, n)
    if last != n + 1 or last == len(tokens) or not (described(parse, n) or _one(parse, tokens[n].head)):
        return
    comma = parse.word(last) == ","
    second = last + comma  # the token behind it
    after = _whole(parse, second) if second < len(tokens) and tokens[second].dep == "amod" else (0, 0)
    if parse.word(second) in {"and", "or", "but"} or (comma and tokens[second].dep != "amod"):
        return
    yield from _behind(parse, first, last) if _joined(parse, first) else _without(parse, first, second)
    if after[0] == second and parse.word(after[1]) not in {",", "and", "or", "but"} and not _joined(parse, first):
        yield from _without(parse, first, after[1])


def _whole(parse: Parse, n: int) -> tuple[int, int]:
    """Return the tokens of an adjective with what describes it; (0, 0) where it may not go."""
    below = parse.subtree(n)
    first, last = below[0], below[-1] + 1
    fit = below == list(range(first, last)) and last < len(parse.tokens) and parse.tokens[n].tag in _TAGS
    return (first, last) if fit and _describes(parse, first, last) else (0, 0)


def _joined(parse: Parse, first: int) -> bool:
    """Return whether another adjective, or what joins it, stands right before token `first`."""
    before = parse.tokens[first - 1] if first else None
    return before is not None and (before.dep == "amod" or parse.word(first - 1).casefold() in {",", "and", "or", "but"})


def _behind(parse: Parse, first: int, last: int) -> Iterator[Modifier]:
    """Yield the cut of an adjective behind another one, with what is between them: what goes together is one cut, for its article."""
    comma = parse.word(first - 1) == ","
    before = first - 1 - comma
    if before >= 0 and parse.tokens[before].dep == "amod" and _apart(parse, first) and (_apart(parse, last) or parse.word(last) == ","):
        yield Modifier(parse.tokens[before].end, parse.tokens[last - 1].end, "")


def _apart(parse: Parse, n: int) -> bool:
    """Return whether white space stands before token `n`."""
    return parse.text[parse.tokens[n].start - 1].isspace()


def _without(parse: Parse, first: int, last: int) -> Iterator[Modifier]:
    """Yield the cut of tokens `first` to `last`, with the article before them where it has to change with the word that follows."""
    tokens = parse.tokens
    article = parse.word(first - 1) if first and tokens[first - 1].dep == "det" else ""
    if not _apart(parse, last) or (first and not _apart(parse, first)):
        return
    if article.casefold() not in {"a", "an"}:
        yield Modifier(tokens[first].start, tokens[last].start, "")
        return
    needed = "" if tokens[last].pos == "NUM" or parse.word(last) in _HOW_MANY else _article(parse.text[tokens[last].start :])
    if article.casefold() == needed:
        yield Modifier(tokens[first].start, tokens[last].start, "")
    elif needed:
        told = needed.capitalize() if article[0].isupper() else needed
        yield Modifier(tokens[first - 1].start, tokens[last].start, f"{told} ")


def _article(text: str) -> str:
    """Return the article that the word at the head of a text needs, or "" where its letters do not tell: "hour", "x-ray", "FBI"."""
    if not text[1:2].isalpha() or text.startswith(("eu", "ew", "one", "once")):
        return ""
    return "a" if text[0] in _CONSONANTS else "an" if text[0] in {"a", "e", "i", "o"} else ""


def _one(parse: Parse, noun: int) -> bool:
    """Return whether a noun means one thing or counted ones, of which nothing is denied, limited or told apart by another word."""
    token = parse.tokens[noun]
    said = {word for m in parse.children[noun] for word in (parse.word(m).casefold(), parse.tokens[m].lemma)}
    role = token.dep in {"attr", "acomp", "oprd"} or (token.dep == "pobj" and parse.word(token.head).casefold() == "as")
    known = _known(parse, noun)
    empty = not known and (token.lemma in _EMPTY or (token.lemma in _SHARES and "of" in said))
    if token.pos != "NOUN" or token.entity or empty or role or said & (_HOW_MANY | _WHICH):
        return False
    if any(parse.tokens[m].tag in _COMPARED or parse.tokens[m].dep in {"advmod", "preconj"} for m in parse.children[noun]):
        return False
    if token.tag == "NNS":  # "the injured players" are not the players
        counts = parse.below(noun, "nummod")
        if any(parse.children[m] for m in counts) or not (counts or said & {"these", "those"}):
            return False
    return not _denied(parse, noun, known=known)


def described(parse: Parse, n: int) -> bool:
    """Return whether an adjective stands before what a named person is: who "the bold painter Ole Lind" is, the name tells."""
    if parse.tokens[n].dep != "amod":
        return False
    named = parse.tokens[n].head
    above = parse.tokens[named].head
    if parse.tokens[named].dep in {"compound", "nmod"} and parse.tokens[above].pos == "PROPN":
        named = above
    inside = [m for m in parse.below(named, "compound", "nmod") if n < m < named]
    titles = [m for m in inside if not parse.tokens[m].entity and parse.tokens[m].pos == "NOUN"]
    beside = {m for k in (named, *titles) for m in parse.below(k, "det", "nummod", "amod") if m != n}
    alone = {parse.word(m).casefold() for m in beside} <= {"the", "a", "an", "former"}
    return parse.tokens[named].entity == "PERSON" and bool(titles) and alone


def _known(parse: Parse, noun: int) -> bool:
    """Return whether it is told which one a noun means: what is denied of it is denied of no other."""
    named = parse.tokens[noun].pos == "PROPN" or bool(parse.below(noun, "poss"))
    return named or any(parse.word(m).casefold() in {"the", "this", "that", "these", "those"} for m in parse.below(noun, "det"))


def _denied(parse: Parse, n: int, *, known: bool) -> bool:
    """Return whether something above a token, or what introduces it, denies it, makes it a condition, or says it of all of a kind."""
    while True:
        token = parse.tokens[n]
        beside = [m for one in (n, *parse.below(n, "acomp")) for m in parse.below(one, "det", "mark", "advmod", "preconj")]
        said = {parse.word(m).casefold() for one in beside for m in parse.subtree(one)} | {parse.word(n).casefold()}
        if parse.below(n, "neg") or (said & _LIMITS) or _of_none(parse, n):
            return True
        if not known and (_general(parse, n) or (said & _WHEN and tense(parse, n) == "present")):
            return True
        if token.head == n:
            return False
        above = parse.tokens[token.head]
        if not known and token.dep != "nsubj" and {above.lemma.casefold(), parse.word(token.head).casefold()} & _AGAINST:
            return True
        if token.dep == "pobj" and parse.word(token.head) in {"of", "in"} and _share(parse, above.head):
            return True
        n = token.head


def _of_none(parse: Parse, n: int) -> bool:
    """Return whether what a verb says is said of nobody, of few, of whoever does it, or, by its order of words, of a case."""
    subjects = parse.below(n, *SUBJECTS)
    beside = [*parse.children[n], *(k for m in subjects for k in parse.below(m, "det", "amod", "advmod"))]
    helped = parse.below(n, "aux", "auxpass")
    inverted = any(m < subject for m in helped for subject in subjects) or bool(helped and parse.tokens[n].pos == "NOUN")
    return inverted or any(parse.word(m).casefold() in _NONE for m in beside)


def _general(parse: Parse, n: int) -> bool:
    """Return whether a token is a subject of what is always so, or to come, or tells who of a kind is meant: "a breach leads to a fine"."""
    token = parse.tokens[n]
    if token.dep in SUBJECTS and token.pos in {"NOUN", "PRON"} and not _known(parse, n):
        return parse.tokens[token.head].tag != "VBG" and tense(parse, token.head) in {"present", "future"}
    if token.dep not in {"relcl", "acl"} or _known(parse, token.head):
        return False
    return parse.tokens[token.head].pos == "PRON" or (token.dep == "relcl" and tense(parse, n) == "present")


def _share(parse: Parse, n: int) -> bool:
    """Return whether a token tells how many of something: what is so of most of the poor need not be so of most people."""
    word = parse.word(n).casefold()
    return parse.tokens[n].pos == "NUM" or word in _HOW_MANY or word in _SHARES or parse.tokens[n].lemma in _SHARES or word == "%"


def _adverb(parse: Parse, n: int) -> Iterator[Modifier]:
    """Yield the cut of an adverb of manner beside its verb."""
    token, tokens = parse.tokens[n], parse.tokens
    verb = tokens[token.head]
    if not 0 < n < len(tokens) - 1 or verb.pos != "VERB" or verb.dep == "amod" or verb.lemma in _HOW:
        return
    beside = {parse.word(n - 1), parse.word(n + 1)} & {",", "and", "or", "but", "-", "–", "—"}
    if beside or parse.children[n] or not parse.word(n).endswith("ly") or tokens[n + 1].pos in {"ADJ", "ADV"}:
        return
    if _describes(parse, n, n + 1) and not _denied(parse, token.head, known=False):
        yield from _without(parse, n, n + 1)


def _describes(parse: Parse, first: int, last: int) -> bool:
    """Return whether words say nothing that must stay, and no other thing is meant without them."""
    said = {part for n in range(first, last) for word in (parse.word(n), parse.tokens[n].lemma) for part in _parts(word.casefold())}
    own = [parse.tokens[n] for n in range(first, last)]
    named = any(token.entity or token.tag in _COMPARED or (token.start and parse.text[token.start].isupper()) for token in own)
    if named or said & (_NOT_SO | _NOT_YET | _NO_LONGER | _WHICH | _FACTS | _NOT_QUITE | _COMPARING):
        return False
    return not holds(parse, first, last) and not carries(parse.text[parse.tokens[first].start : parse.tokens[last - 1].end])


def _parts(word: str) -> set[str]:
    """Return a word, and of an adverb the adjective that it is made of."""
    parts = {word}
    for end, own in (("ily", "y"), ("bly", "ble"), ("ly", "")):
        if word.endswith(end):
            parts.add(word.removesuffix(end) + own)
    return parts
