"""Claims that cannot both be true as they stand: another value for the same quantity, or a denial of what the other says.

claims of one event, of days that can be the same ─ the same thing counted or told of, by parse ─ another value | only one denies it
─► judge: do they contradict? ─► each names the other

Nothing is decided between them: both stand in the brief, with who says it. None is better than a wrong one: a pair without a sign is not
asked about, and a sign alone marks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from briefing.language.base import Parse
from briefing.stages.judging import Judge
from briefing.stages.summarize import Made
from briefing.text.dates import apart, differ
from briefing.text.numbers import numbers
from briefing.text.terms import content, overlap

_SURE = {"value": 0.6, "denial": 0.7}
"""Probability from which the judge's yes counts, by the sign that the pair shows."""

_ALIKE = 0.5  # share of the smaller claim's words in both claims of a pair
_DAYS = 1  # between articles: later ones bring later values of the same thing
_BOUNDS = {
    "over",
    "more",
    "least",
    "nearly",
    "almost",
    "about",
    "around",
    "some",
    "up",
    "under",
    "below",
    "less",
    "fewer",
    "roughly",
    "approximately",
    "most",
}
_DENY = {"deny", "reject", "dispute", "refute", "dismiss", "counter", "contradict"}


class Count(NamedTuple):
    """What a sentence counts: the lemma of the thing, of the verb it hangs on, the value, and whether it stands with a bound ("over")."""

    thing: str
    verb: str
    value: str
    bound: bool


def contested(made: Sequence[Made], events: Sequence[Sequence[str]], *, judge: Judge) -> list[Made]:
    """Return the claims, each with the IDs of those it is in conflict with."""
    home = {name: n for n, event in enumerate(events) for name in event}
    groups: dict[int, list[int]] = {}
    for n, one in enumerate(made):
        groups.setdefault(home[one.claim.citations[0].article], []).append(n)
    enough = {
        (a, b): _SURE[shown]
        for group in groups.values()
        for k, a in enumerate(group)
        for b in group[k + 1 :]
        if (shown := sign(made[a], made[b]))
    }
    texts = [one.claim.text for one in made]
    against: dict[int, list[str]] = {}
    for pair in judge.both_ways("conflict", enough, texts):
        for n, m in (pair, pair[::-1]):
            against.setdefault(n, []).append(made[m].claim.id)
    return [
        one._replace(claim=one.claim.model_copy(update={"conflicts": tuple(against[n])})) if n in against else one
        for n, one in enumerate(made)
    ]


def sign(one: Made, other: Made) -> str:
    """Return the sign that two claims could contradict each other, or ""."""
    first, second = one.claim, other.claim
    if differ(first.date, second.date) or apart(first.published, second.published) > _DAYS:
        return ""
    if bool(first.published) != bool(second.published):  # who knows whether they speak of the same days
        return ""
    if overlap(content(first.text), content(second.text)) < _ALIKE:
        return ""
    if one.chosen.document is other.chosen.document:  # one article tells the newest of several values, and both sides itself
        return ""
    parses = [made.chosen.document.parse(made.chosen.rewrite.number) for made in (one, other)]
    if _other_values(list(counts(parses[0])), list(counts(parses[1]))):
        return "value"
    return "denial" if _denies(parses[0], parses[1]) or _denies(parses[1], parses[0]) else ""


def counts(parse: Parse) -> Iterator[Count]:
    """Yield what a sentence counts, with the verb that tells of it."""
    for n, token in enumerate(parse.tokens):
        if token.pos != "NUM" or token.dep not in {"nummod", "nsubj", "dobj", "pobj", "attr", "nsubjpass"}:
            continue
        thing = parse.tokens[token.head] if token.dep == "nummod" else token
        value = min(numbers(parse.word(n), vague=False), default="")
        before = {parse.tokens[m].lemma.casefold() for m in range(max(0, n - 3), n)}
        if value and thing.entity not in {"DATE", "TIME", "ORDINAL"}:
            yield Count(thing.lemma.casefold(), _verb(parse, n), value, bool(before & _BOUNDS))


def _verb(parse: Parse, n: int) -> str:
    """Return the lemma of the verb that a token hangs on."""
    for _ in parse.tokens:
        head = parse.tokens[n].head
        if head == n:
            break
        n = head
        if parse.tokens[n].pos in {"VERB", "AUX"}:
            return parse.tokens[n].lemma.casefold()
    return ""


def _other_values(one: Sequence[Count], other: Sequence[Count]) -> bool:
    """Return whether both count the same thing under the same verb, exactly, and to other values, none of which the other has too."""
    told: Mapping[tuple[str, str], set[str]] = {
        (c.thing, c.verb): {d.value for d in one if (d.thing, d.verb) == (c.thing, c.verb)} for c in one
    }
    for c in other:
        values = told.get((c.thing, c.verb), set())
        bounded = c.bound or any(d.bound for d in one if (d.thing, d.verb) == (c.thing, c.verb))
        if values and c.value not in values and not bounded and c.thing.isalpha() and not numbers(c.thing, vague=False):
            return True
    return False


def _denies(one: Parse, other: Parse) -> bool:
    """Return whether one sentence denies, at its root, what the other tells: its verb, of the same subject, or by a verb of denying."""
    if one.root < 0 or other.root < 0:
        return False
    told = {other.tokens[n].lemma for n in range(len(other.tokens)) if other.tokens[n].pos == "VERB"}
    root = one.tokens[one.root]
    negated = bool(one.below(one.root, "neg"))
    if negated and not other.below(other.root, "neg") and root.lemma in told:
        return bool(_subject(one) & _subject(other))
    return root.lemma in _DENY and other.tokens[other.root].lemma not in _DENY


def _subject(parse: Parse) -> set[str]:
    """Return the lemmas of the subject of a sentence's root."""
    return {
        parse.tokens[m].lemma
        for n in parse.below(parse.root, "nsubj", "nsubjpass")
        for m in parse.subtree(n)
        if parse.tokens[m].pos in {"NOUN", "PROPN"}
    }
