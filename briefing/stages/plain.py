"""Does a sentence follow from these sentences? What plain code can tell: it compares the parse of a claim with the parses of its evidence.

claim, evidence ─ quantities and times (`figures`), names, facts (`compared`, `certainty`), speakers (`spoken`) ─► gates, in fixed order

A gate refuses what the evidence says otherwise or cannot say; what it cannot read it leaves to the judge. A gate that breaks refuses. Of a
claim or evidence that was not parsed only the form, the quotations and the numbers are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache

from briefing.language.base import CONTENT, Parse
from briefing.language.phrases import TITLES, lemmas
from briefing.language.quantities import quantities
from briefing.language.referents import SHORT
from briefing.language.units import SCALES
from briefing.stages.certainty import doubt, negation
from briefing.stages.compared import Pair, actors, content
from briefing.stages.figures import numbers, time
from briefing.stages.spoken import speaker, unsaid
from briefing.stages.titles import titles
from briefing.stages.together import elsewhere
from briefing.text.loaded import loaded
from briefing.text.quotations import quoted_parts, stands_in
from briefing.text.variants import country, known
from briefing.text.words import fold, words
from briefing.types import Gate

_SHORTEST = 3  # words of a claim
_GROUPS: tuple[tuple[str, str], ...] = (
    ("only alone solely merely exclusively sole just", ""),
    ("all every each entire whole everyone everybody always both everything entirely fully unanimous unanimously", "full"),
    ("most majority mostly mainly largely", "main"),
    ("first", "inaugural"), ("last final finally", "late"), ("definitely certainly undoubtedly surely", "certain sure"),
    ("again", "another second renew resume return repeat reiterate continue reopen restart rebuild still anew"),
    ("never", "not no"), ("response retaliation reaction reprisal retaliate", "respond react reply follow after"),
    ("many numerous", "hundred thousand dozen several most multiple various"), ("unprecedented historic record", ""),
)  # fmt: skip
_THEREFORE = re.compile(
    r"\b(?:as a result|therefore|consequently|thanks to|owing to|due to)\b|, so (?!far|that|many|much|called)", re.IGNORECASE
)
_CAUSING = frozenset("cause lead prompt trigger force".split())
_CONSTITUENTS = frozenset("prep advcl relcl acl conj xcomp appos".split())
_EMPTY = frozenset("be have do make take go come get year day time people way thing other".split())
_STEM, _FEWEST = 5, 2  # letters by which words are compared, and words of a part
_EXCEPT = re.compile(r"\b(?:no one|nobody|none|nothing|everyone|everybody|all)\b.{0,30}\b(?:but|except)\b", re.IGNORECASE)
_NEARLY = re.compile(r"\b(nearly|almost|not|virtually) (every|all|each|half|everyone|everything)\b", re.IGNORECASE)


def refusals(claim: Parse, evidence: Sequence[Parse], article: str = "") -> tuple[Gate, ...]:
    """Return what every gate says of a claim about its evidence, in fixed order. `article` is the text from which it may complete names."""
    pair = Pair(claim, tuple(evidence), article)
    return tuple(_run(name, gate, pair) for name, gate in GATES.items())


def refused(claim: Parse, evidence: Sequence[Parse], article: str = "", *, but: Set[str] = frozenset()) -> bool:
    """Return whether any gate refuses a claim beside its evidence, but for those that are named."""
    pair = Pair(claim, tuple(evidence), article)
    return any(not _run(name, gate, pair).passed for name, gate in GATES.items() if name not in but)


def _run(name: str, gate: Callable[[Pair], str], pair: Pair) -> Gate:
    try:
        detail = gate(pair) if gate is _whole or (pair.evidence and (pair.parsed or gate in _UNPARSED)) else ""
    except Exception as error:
        detail = f"the check itself failed: {type(error).__name__}"
    return Gate(name=name, passed=not detail, detail=detail)


def _whole(pair: Pair) -> str:
    """Refuse fragments, several lines, and quotation marks that do not pair."""
    text = pair.claim.text
    if len(words(text)) < _SHORTEST:
        return "too short to say anything"
    if "\n" in text or not pair.evidence:
        return "not one cited sentence"
    return "quotation marks do not pair" if text.count("“") != text.count("”") or text.count('"') % 2 else ""


def _quotation(pair: Pair) -> str:
    """Refuse words in quotation marks that are not in the evidence to the letter."""
    wrong = [part for part in quoted_parts(pair.claim.text) if not any(stands_in(part, parse.text) for parse in pair.evidence)]
    return f"“{wrong[0]}” is not in the cited sentences" if wrong else ""


# -- names --------------------------------------------------------------------------------------------------


def _names(pair: Pair) -> str:
    """Refuse a name that the evidence does not have; where it has a part of it, the article may have the rest."""
    claim = pair.claim
    background = known(pair.article or pair.cited)
    lower = _common(pair.article or pair.cited)
    titled = {SHORT[word] for word in map(fold, (word.text for word in words(pair.cited))) if word in SHORT}  # "Gov." for "Governor"
    scales = SCALES if any(one.per in SCALES for parse in pair.evidence for one in quantities(parse)) else frozenset()
    for first, last in _runs(claim):
        parts = [
            fold(claim.word(n))
            for n in range(first, last)
            if claim.tokens[n].pos in {"PROPN", "NOUN", "ADJ"} and claim.word(n)[0].isupper()
        ]
        parts = [part for part in parts if part not in TITLES | titled | scales | lower]
        held = [part for part in parts if part in pair.lemmas or pair.known.holds(part.strip("+*_"))]
        if len(held) == len(parts) or pair.known.holds_acronym_of(claim.span(first, last)):
            continue
        rest = [part for part in parts if part not in held]
        if held and all(background.holds(part) for part in rest):
            continue
        missing = next(claim.word(n) for n in range(first, last) if fold(claim.word(n)) in rest)
        return f"“{missing}” is not named in the cited sentences"
    return ""


@lru_cache(maxsize=64)  # many claims rest on the same articles
def _common(text: str) -> frozenset[str]:
    """Return the words that stand in a text without a capital."""
    return frozenset(fold(word.text) for word in words(text) if word.text[0].islower())


def _runs(parse: Parse) -> Iterator[tuple[int, int]]:
    """Yield the runs of tokens that name somebody or something."""
    n = 0
    while n < len(parse.tokens):
        start = n
        while n < len(parse.tokens) and _proper(parse, n):
            n += 1
        if n > start:
            yield start, n
        n += n == start


def _proper(parse: Parse, n: int) -> bool:
    token = parse.tokens[n]
    if token.entity in {"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT"} or not parse.word(n)[:1].isupper():
        return False
    if token.pos == "PROPN":
        return n > 0 or bool(token.entity) or not parse.word(n).endswith("ing")
    return token.entity in {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"} and token.pos in {"NOUN", "ADJ"}


# -- small words --------------------------------------------------------------------------------------------


def _quantity(pair: Pair) -> str:
    """Refuse "all", "only", "most", "first" and the like where the evidence has no word of their kind."""
    claim = pair.claim
    told = {fold(claim.word(n)) for n in range(len(claim.tokens)) if not (n and claim.word(n - 1).casefold() == "at")}
    for group, licence in _GROUPS:
        found = told & set(group.split())
        if "only" in found and _EXCEPT.search(pair.cited):
            continue
        if found and not pair.lemmas & {*group.split(), *licence.split()}:
            return f"nothing in the cited sentences says “{min(found)}”"
    nearly, near = _NEARLY.search(pair.cited), _NEARLY.search(claim.text)
    if nearly and not near and fold(nearly[2]) in told and pair.cited.casefold().count(nearly[2].casefold()) == 1:
        return f"“{nearly[2]}” lost its “{nearly[1]}”"
    return ""


def _cause(pair: Pair) -> str:
    """Refuse a cause where the evidence gives none, gives another one, or has it the other way round."""
    told, given = list(_causes(pair.claim)), [both for parse in pair.evidence for both in _causes(parse)]
    therefore = any(not _due(pair.claim, m.end()) for m in _THEREFORE.finditer(pair.claim.text))
    if therefore and not pair.lemmas & lemmas("reason"):
        return "the cited sentences give no cause"
    for effect, cause in told:
        if not pair.near(cause) & lemmas("reason"):
            return "the cited sentences give no cause"
        if given and any(len(cause & e) > len(cause & c) and len(effect & c) >= len(effect & e) for e, c in given):
            return "cause and effect are exchanged"
        if given and cause and not any(cause & c and (effect & e or not effect) for e, c in given):
            return "the cited sentences give another cause"
    return ""


def _due(parse: Parse, end: int) -> bool:
    """Return whether words of cause end before a verb: what is "due to start" has no cause."""
    after = parse.at(end + 1)
    return after < len(parse.tokens) and parse.tokens[after].tag == "VB"


def _causes(parse: Parse) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Yield effect and cause, as lemmas, where a sentence has a word of cause between them."""
    everything = set(range(len(parse.tokens)))
    for n, token in enumerate(parse.tokens):
        word, lemma = parse.word(n).casefold(), fold(token.lemma)
        if word == "because" and token.dep == "mark":
            inner = set(parse.subtree(token.head))
        elif word in {"because", "due", "owing", "thanks"} and (
            below := [k for m in (n, *parse.below(n, "prep", "pcomp")) for k in parse.below(m, "pobj")]
        ):
            inner = set(parse.subtree(below[0]))
        elif token.pos == "VERB" and lemma in _CAUSING and parse.below(n, "nsubj") and (lemma != "lead" or _to(parse, n)):
            inner = set(parse.subtree(parse.below(n, "nsubj")[0]))
        else:
            continue
        yield content(parse, everything - inner - {n}), content(parse, inner)


def _to(parse: Parse, n: int) -> bool:
    """Return whether a verb has a "to": what leads to something causes it, who leads a party does not."""
    return any(
        parse.word(m).casefold() == "to"
        for m in (*parse.below(n, "prep"), *(k for x in parse.below(n, "xcomp") for k in parse.below(x, "aux")))
    )


def _matter(pair: Pair) -> str:
    """Refuse a part of a claim, of two words of content or more, of which the evidence has none."""
    claim = pair.claim
    stems = {lemma[:_STEM] for lemma in pair.lemmas} | {f"#{n}" for lemma in pair.lemmas for n in country(lemma)}
    for n, token in enumerate(claim.tokens):
        if token.dep not in _CONSTITUENTS or token.entity:
            continue
        inside = [m for m in claim.subtree(n) if claim.tokens[m].pos in CONTENT and fold(claim.tokens[m].lemma) not in _EMPTY]
        words = [fold(form) for m in inside for form in (claim.tokens[m].lemma, claim.word(m))]
        known = any(word[:_STEM] in stems or any(f"#{k}" in stems for k in country(word)) for word in words)
        told = [m for m in inside if claim.tokens[m].pos != "PROPN" and not claim.tokens[m].entity]  # of names and days other gates tell
        if len(told) >= _FEWEST and not known:
            return f"nothing in the cited sentences is said of “{claim.span(min(claim.subtree(n)), max(claim.subtree(n)) + 1)}”"
    return ""


def _neutral(pair: Pair) -> str:
    """Refuse loaded words outside quotation marks."""
    hits = loaded(pair.claim.text)
    return f"loaded wording: “{pair.claim.text[hits[0].start : hits[0].end]}”" if hits else ""


GATES: dict[str, Callable[[Pair], str]] = {
    "whole": _whole,
    "quotation": _quotation,
    "numbers": numbers,
    "names": _names,
    "titles": titles,
    "actors": actors,
    "negation": negation,
    "doubt": doubt,
    "speaker": speaker,
    "unsaid": unsaid,
    "time": time,
    "quantity": _quantity,
    "cause": _cause,
    "matter": _matter,
    "together": elsewhere,
    "neutral": _neutral,
}
"""Every gate by the name that stands in the record, in the order in which they are asked."""

FORM = frozenset({"whole", "neutral"})
"""Gates about how a claim is worded: they say nothing about whether it is supported."""

_UNPARSED = frozenset({_whole, _quotation, numbers, _neutral})
