"""In what two claims about one matter differ: a quantity, an actor, a time, certainty, outcome. Plain code; no model is asked.

claims, the sentences they cite ─ quantities ─► values ─ the gates of `check`, each claim beside the other; other words ─► other values

A value counts as lost only if it stands neither in the other claim nor in the sentences that the other cites, so that a draft which left
something out is no change. What only one side adds is a change only where the rest of the sentence stayed as it was. Where nothing is
parsed, other words of an edited sentence count as another outcome.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from briefing.language.base import Parse
from briefing.language.quantities import Quantity
from briefing.language.quantities import counted as quantities
from briefing.records import Value
from briefing.stages.align import OTHERS
from briefing.stages.nearly import apart
from briefing.stages.plain import FORM, refusals
from briefing.text.dates import moments
from briefing.text.forms import entities
from briefing.text.numbers import numbers, rounded
from briefing.text.terms import content
from briefing.text.words import fold, words
from briefing.types import Claim

ALIGNED = 0.6
"""Share of its words, in their order, from which a sentence is the other one, edited."""

Read = Callable[[str], Parse]
"""Parses a text; `Parse` itself, which reads nothing, is one."""

_Kind = Literal["value", "actor", "time", "certainty", "direction", "outcome"]
_KINDS: dict[str, _Kind] = {
    **dict.fromkeys(("numbers", "quantity"), "value"),
    **dict.fromkeys(("names", "titles", "actors", "speaker", "quotation"), "actor"),
    **dict.fromkeys(("negation", "doubt"), "certainty"),
    "time": "time",
}
"""What a claim differs in that a gate refuses beside the other one; an outcome for the other gates."""


def likeness(one: str, other: str) -> float:
    """Return how much of two texts is the same words in the same order, 0..1."""
    return SequenceMatcher(None, _folded(one), _folded(other), autojunk=False).ratio()


def shared(one: str, other: str) -> float:
    """Return the share of the shorter text's content that is in both, numbers aside, 0..1."""
    first, second = _wording(one), _wording(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def differences(old: Claim, new: Claim, read: Read = Parse, *, home: bool) -> list[Value]:
    """Return in what two claims differ that are taken to be about one matter. `home`: the sentence of the one is an edit of the other's."""
    near = likeness(old.citations[0].quote, new.citations[0].quote) >= ALIGNED or likeness(old.text, new.text) >= ALIGNED
    edited = home and near
    found = list(_quantities(old, new, edited=edited, home=home))
    left = [hunk for hunk in hunks(old.text, new.text) if not _told(hunk, old, new, found)]
    kinds = list(_refused(old, new, read, edited=edited))
    if (not kinds and not found and left and edited and not read(new.text).tokens) or (
        not kinds and not found and left and apart(read(old.text), read(new.text))
    ):
        kinds = ["outcome"]
    return [*found, *(_worded(kind, left, old, new) for kind in kinds if not (kind == "value" and found))]


def _refused(old: Claim, new: Claim, read: Read, *, edited: bool) -> Iterator[_Kind]:
    """Yield the kinds of what a gate refuses in the new claim beside the old one, each once; of an edit, also the other way round."""
    kinds: dict[_Kind, None] = {}
    for claim, other in ((new, old), (old, new)) if edited else ((new, old),):
        quotes = dict.fromkeys((other.text, *(citation.quote for citation in other.citations)))
        gates = refusals(read(claim.text), [read(quote) for quote in quotes])
        kinds |= {_KINDS.get(g.name, "outcome"): None for g in gates if not g.passed and g.name not in (FORM if edited else OTHERS)}
    yield from kinds


def _told(hunk: tuple[str, str], old: Claim, new: Claim, values: Iterable[Value]) -> bool:
    """Return whether words that differ stand on the other side too, are one number in two forms, or a value that is known to differ."""
    was, now = hunk
    same = content(was) <= content(reports(new)) and content(now) <= content(reports(old))
    before, after = ({q.value for q in quantities(claim.text)} for claim in (old, new))
    counts = before == after and all(numbers(text) for text in hunk)
    return same or counts or any(numbers(was) & numbers(value.was) or numbers(now) & numbers(value.now) for value in values)


def _worded(kind: _Kind, left: Sequence[tuple[str, str]], old: Claim, new: Claim) -> Value:
    """Return the words in which two claims differ, those of its kind where there are such."""
    fit = [hunk for hunk in left if _kind(hunk) == kind] or left or hunks(old.text, new.text) or [(old.text, new.text)]
    was, now = (", ".join(filter(None, side)) for side in zip(*fit, strict=True))
    return Value(kind=kind, was=was, now=now)


def _kind(hunk: tuple[str, str]) -> str:
    """Return what words speak of, as far as they tell it: a time, somebody or some place, or how sure something is."""
    text = " ".join(hunk)
    return "time" if moments(text) else "actor" if entities(text) else "certainty"


def replaced(text: str, values: Iterable[Value]) -> str:
    """Return a text with each value as it was, so that a question about it is a question about everything else."""
    for value in values:
        if value.was and value.now:
            text = text.replace(value.now, value.was, 1)
    return text


def reports(claim: Claim) -> str:
    """Return a claim with everything it rests on."""
    return "\n".join((claim.text, *(citation.quote for citation in claim.citations)))


def hunks(one: str, other: str) -> list[tuple[str, str]]:
    """Return the runs of words that differ, as they stand in the one and in the other."""
    first, second = words(one), words(other)
    blocks = SequenceMatcher(None, _folded(one), _folded(other), autojunk=False).get_opcodes()
    return [(_span(one, first[a:b]), _span(other, second[c:d])) for tag, a, b, c, d in blocks if tag != "equal"]


def _span(text: str, told: Sequence[tuple[str, int, int]]) -> str:
    return text[told[0][1] : told[-1][2]] if told else ""


@lru_cache(maxsize=1 << 13)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(word.text) for word in words(text))


@lru_cache(maxsize=1 << 13)
def _wording(text: str) -> frozenset[str]:
    return frozenset(stem for stem in content(text) if not numbers(stem))


# Quantities


def _quantities(old: Claim, new: Claim, *, edited: bool, home: bool) -> Iterator[Value]:
    """Yield quantities of the same unit with another value; in an edited sentence, also those that came or changed their unit."""
    lost, gained = _missing(old, new), _missing(new, old)
    if not home:
        lost = [q for q in lost if not rounded(q.value, old.text, numbers(reports(new)))]
        gained = [q for q in gained if not rounded(q.value, new.text, numbers(reports(old)))]
    if edited and bool(lost) != bool(gained):  # the draft of one side left it out: its sentence still has it
        lost = lost or _missing(old, new, quote=True)
        gained = gained or _missing(new, old, quote=True)
    first, second = ({q.key: q for q in quantities(claim.text) if q.bound} for claim in (old, new))
    for key in first.keys() & second.keys():
        if first[key].bound != second[key].bound:
            yield Value(kind="value", was=_bounded(first[key], old), now=_bounded(second[key], new))
    left = list(gained)
    for one in lost:
        other = next((q for q in left if q.unit == one.unit), left[0] if edited and left else None)
        if other:
            left.remove(other)
            yield Value(kind="value", was=_shown(one, old), now=_shown(other, new))
        elif edited and not gained:
            yield Value(kind="value", was=_shown(one, old), now="")
    for one in left:
        against = next((q for q in quantities(old.text) if q.unit and q.unit == one.unit), None)
        if against:
            yield Value(kind="value", was=_shown(against, old), now=_shown(one, new))
        elif edited and not lost:
            yield Value(kind="value", was="", now=_shown(one, new))


def _missing(one: Claim, other: Claim, *, quote: bool = False) -> list[Quantity]:
    """Return the quantities of a claim (or of its sentence) whose value the other side has nowhere."""
    held = {q.value for text in (other.text, *(c.quote for c in other.citations)) for q in quantities(text)}
    return [q for q in quantities(one.citations[0].quote if quote else one.text) if q.value not in held]


def _shown(quantity: Quantity, claim: Claim) -> str:
    """Return a quantity as the claim, or else its sentence, has it."""
    for text in (claim.text, claim.citations[0].quote):
        if quantity in quantities(text):
            return text[quantity.start : quantity.end]
    return quantity.value


def _bounded(quantity: Quantity, claim: Claim) -> str:
    """Return a quantity with the words that bound it ("more than 500 houses")."""
    before = claim.text[: quantity.start].split()
    return f"{' '.join(before[-2 if before[-1].lower() in {'than', 'to', 'of', 'least'} else -1 :])} {_shown(quantity, claim)}"
