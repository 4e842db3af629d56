"""What may be cut from a sentence: whole constituents that its grammar shows to be dispensable, each with its reason.

What is left is a sentence, as true as the whole. Where the parse is in doubt nothing may be cut: nothing is lost but a few words. A cut
holds the commas, dashes and spaces that go with it, so that what remains reads right without further mending. Whether a cut is made is
not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from briefing.language.base import Parse
from briefing.language.connectors import COMMENT, at_head, by_form, joining
from briefing.language.constituents import Cut, between, closed, free, goes_on, next_to
from briefing.language.kept import holds
from briefing.language.phrases import lemmas
from briefing.language.verbs import SUBJECTS, finite, judged, quoted, states

_COMMENTS = frozenset(
    "underscore underline highlight illustrate reflect echo cement reinforce deepen heighten intensify complicate".split()
)
_STIRRING = frozenset("raise stoke fuel renew rekindle heighten deepen revive".split())  # comments only with what is felt as their object
_FELT = frozenset("fear concern question hope doubt prospect tension alarm worry anxiety speculation debate uncertainty suspicion".split())
_NAMES = frozenset(["PERSON", "ORG", "GPE", "FAC", "LOC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT"])
_RELATIVES = frozenset(["who", "whom", "whose", "which", "where"])  # "that" and nothing at all begin clauses that say which one is meant
_ADJUNCTS = frozenset(["after", "as", "when", "because"])  # conjunctions of clauses that a headline does without; "before" tells newer news
_DASHES = frozenset("—–―-")
_TICKER = re.compile(r"\s?\((?:[A-Z]{2,8}: ?)?[A-Z0-9]{1,6}(?:\.[A-Z]{1,3})?\)|\s?\[RIC:[^\]]*\]|\s[A-Z]{3,6}\.[A-Z]{1,2}(?=[\s,;])")
TICKER = "ticker"
"""Reason of the cut of the sign under which a share is traded: "(NASDAQ: NRL)", "(JNJ.N)"."""
APPOSITION = "apposition"
"""Reason of the cut of what a named person or body is: "Ole Lind, the mayor of Velm, "."""


def cuts(parse: Parse) -> list[Cut]:
    """Return what may be cut from a sentence, in order. Cuts overlap only where one lies within another."""
    over = by_form(parse)
    if not states(parse):
        return over
    return _apart(parse, [*(over or at_head(parse)), *joining(parse), *_inside(parse), *_bracketed(parse)])


def main_clause(parse: Parse) -> list[Cut]:
    """Return the cuts that together leave the shortest true headline: all of `cuts`, and a last clause that tells when or why."""
    found = cuts(parse)
    if states(parse):
        found = _apart(parse, [*found, *_adjuncts(parse)])
    return outermost(found)


def outermost(found: Iterable[Cut]) -> list[Cut]:
    """Return the cuts that lie in no other one, in order."""
    kept: list[Cut] = []
    for cut in sorted(found, key=lambda cut: (cut.start, -cut.end)):
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    return kept


def _apart(parse: Parse, found: Sequence[Cut]) -> list[Cut]:
    """Return the cuts in order; where two share a comma the first leaves it to the second. Those that hold a quotation's mark go."""
    spoken = quoted(parse.text)
    fit = sorted(
        {cut for cut in found if not any(start < cut.end and cut.start < end for start, end in spoken)}, key=lambda c: (c.start, -c.end)
    )
    kept: list[Cut] = []
    for n, cut in enumerate(fit):
        crossing = next((other for other in fit[n + 1 :] if cut.start < other.start < cut.end < other.end), None)
        if crossing and not parse.text[crossing.start : cut.end].strip(" ,"):
            kept.append(cut._replace(end=crossing.start))
        elif not crossing:
            kept.append(cut)
    return kept


def _inside(parse: Parse) -> Iterator[Cut]:
    """Yield relative clauses, appositions and comments that commas set off."""
    for n, token in enumerate(parse.tokens):
        if token.dep == "relcl":
            yield from _relative(parse, n)
        elif token.dep == "appos":
            yield from _apposition(parse, n)
        elif token.dep == "advcl" and token.tag == "VBG":
            if token.lemma in _COMMENTS or (
                token.lemma in _STIRRING and any(parse.tokens[m].lemma in _FELT for m in parse.below(n, "dobj"))
            ):
                yield from _last(parse, n, COMMENT)
            elif token.lemma in lemmas("call") and (
                parse.below(n, "oprd") or any(parse.word(m) == "as" for m in parse.below(n, "prep"))
            ):  # "…, calling them baseless": what somebody did, without what they called it
                yield from _last(parse, n, COMMENT, spoken=False)


def _relative(parse: Parse, verb: int) -> Iterator[Cut]:
    span = closed(parse, verb)
    if span is None or not finite(parse, verb):
        return
    first, last = span
    tokens = parse.tokens
    anchor = tokens[verb].head
    lead = parse.word(first).casefold()
    if lead not in _RELATIVES or tokens[anchor].pos not in {"NOUN", "PROPN"} or not next_to(parse, anchor, first):
        return
    if parse.below(verb, "acomp", "oprd"):  # "which is illegal", "which was negative": that is what is told
        return
    ends = parse.word(last) != ","
    if ends and not _background(parse, verb):  # "…, who died": told last, it is the news
        return
    if lead == "where" and (ends or not _background(parse, verb)):
        return
    if not holds(parse, first, last) and goes_on(parse, anchor, first, last):
        yield between(parse, first, last, "relative clause")


def _background(parse: Parse, verb: int) -> bool:
    """Return whether a clause tells a state rather than the next event: it is in the present or the perfect."""
    tags = {parse.tokens[n].tag for n in [verb, *parse.below(verb, "aux", "auxpass")]}
    perfect = any(parse.tokens[n].lemma == "have" for n in parse.below(verb, "aux"))
    return bool(tags & {"VBZ", "VBP"}) or perfect


def _apposition(parse: Parse, noun: int) -> Iterator[Cut]:
    """Yield a description of a named person or body. A name, a member of a list or kin of somebody is none."""
    span = closed(parse, noun)
    if span is None:
        return
    first, last = span
    tokens = parse.tokens
    anchor = tokens[noun].head
    if tokens[noun].pos != "NOUN" or tokens[noun].entity or tokens[anchor].pos != "PROPN" or tokens[anchor].entity not in _NAMES:
        return
    if tokens[anchor].dep not in {*SUBJECTS, "dobj", "pobj", "attr", "dative"}:
        return
    if not next_to(parse, anchor, first) or _listed(parse, anchor, noun, last) or holds(parse, first, last):
        return
    if any(tokens[n].dep in {"relcl", "acl", "advcl"} and finite(parse, n) for n in range(first, last)):
        return  # a clause in it has a subject of its own to lose
    person = tokens[anchor].entity == "PERSON"
    if not person and (any(parse.word(n) == "," for n in range(first, last)) or not parse.below(noun, "det", "poss")):
        return  # rather a list: "over Norland, parts of Osk and the sea"
    following = parse.word(last + 1).casefold() if last + 1 < len(tokens) else ""
    if (following in _RELATIVES and not (person and following == "who")) or not goes_on(parse, anchor, first, last):
        return
    yield between(parse, first, last, APPOSITION)


def _listed(parse: Parse, anchor: int, noun: int, last: int) -> bool:
    """Return whether a name and the noun after it are members of a list rather than one thing twice."""
    tokens = parse.tokens
    if tokens[anchor].dep in {"conj", "appos"} or parse.below(anchor, "conj", "cc") or parse.below(anchor, "appos") != [noun]:
        return True
    joined = parse.below(noun, "conj")
    if joined and (tokens[anchor].entity != "PERSON" or any(parse.below(n, "det", "poss") for n in joined)):
        return True
    after = parse.word(last + 1).casefold() if last + 1 < len(tokens) else ""
    if after in {"and", "or", "as"}:
        return True
    verb = tokens[tokens[anchor].head]
    many = [parse.word(n).casefold() for n in [tokens[anchor].head, *parse.below(tokens[anchor].head, "aux", "auxpass")]]
    plural = bool({"are", "were", "have"}.intersection(many)) or (verb.tag == "VBP" and not many[1:])
    return tokens[anchor].dep in SUBJECTS and plural and tokens[anchor].entity != "ORG"


def _last(parse: Parse, verb: int, reason: str, *, spoken: bool = True) -> Iterator[Cut]:
    """Yield a clause at the end of a sentence after a comma; with `spoken` False one with a verb of saying too."""
    span = closed(parse, verb)
    if span is not None and span[1] >= len(parse.tokens) - 1 and not holds(parse, *span, spoken=spoken):
        yield between(parse, *span, reason)


def _adjuncts(parse: Parse) -> Iterator[Cut]:
    """Yield a clause of time or cause at the end of the main clause, after a comma. Numbers and times in it may go: they are its own."""
    for n in parse.below(parse.root, "advcl"):
        span = closed(parse, n)
        marks = {parse.word(m).casefold() for m in parse.below(n, "mark", "advmod")}
        if (
            span is None
            or span[1] < len(parse.tokens) - 1
            or not finite(parse, n)
            or judged(parse, parse.root)
            or parse.word(span[0]).casefold() not in _ADJUNCTS & marks
        ):
            continue
        if not holds(parse, span[0] + 1, span[1], counted=False):
            yield between(parse, *span, "adjunct clause")


def _bracketed(parse: Parse) -> Iterator[Cut]:
    """Yield asides in parentheses, and between two dashes that have a space on their outer side."""
    text, tokens = parse.text, parse.tokens
    for m in _TICKER.finditer(text):
        if "." in m[0] or ":" in m[0]:  # "(FDA)" names what is called so later on
            yield Cut(m.start(), m.end(), TICKER)
    for m in re.finditer(r"\s?\(([^()\[\]]{2,120})\)", text):
        first, last = parse.at(m.start(1)), parse.at(m.end(1) - 1) + 1
        short = m[1].isupper() and len(re.findall(rf"\b{re.escape(m[1])}\b", text)) > 1  # it names what is called so later on
        if (
            not short
            and m.start() > 0
            and any(char.isalpha() for char in m[1])
            and free(parse, first - 1, last + 1, first, last)
            and not holds(parse, first, last)
        ):
            yield Cut(m.start(), m.end(), "aside")
    marks = [n for n, token in enumerate(tokens) if parse.word(n) in _DASHES | {"--"} and text[token.start - 1 : token.start].isspace()]
    marks = [n for n in marks if n + 1 < len(tokens) and text[tokens[n].end : tokens[n].end + 1].isspace()]
    if len(marks) == 2 and marks[1] - marks[0] > 1 and _aside(parse, marks[0], marks[1]):
        yield Cut(tokens[marks[0]].start - 1, tokens[marks[1]].end, "aside")


def _aside(parse: Parse, opening: int, closing: int) -> bool:
    """Return whether what stands between two dashes may go."""
    return free(parse, opening, closing + 1, opening + 1, closing) and not holds(parse, opening + 1, closing)
