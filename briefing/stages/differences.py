"""In what two claims about one matter differ: what the gates refuse of the one beside the other. No model is asked.

two claims, each with the sentences it rests on ─ gates (`plain`), either beside the other ─► a quantity, an actor, a time, a direction, a
certainty ─ the gates again, for each run of words that differs, put into the old claim alone ─► what it was and what it is

A value counts as lost only if it stands neither in the other claim nor in the sentences that the other cites, so that a draft which left
something out is no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

from briefing.language.attribution import attributions
from briefing.language.base import Parse
from briefing.language.phrases import phrase_of
from briefing.language.times import times
from briefing.records import Value
from briefing.stages.certainty import contraries
from briefing.stages.figures import of_other_days
from briefing.stages.plain import GATES, refusals, refused
from briefing.stages.summarize import Made
from briefing.text.dates import differ
from briefing.text.forms import entities
from briefing.text.signals import as_sure
from briefing.text.words import fold, words

_Kind = Literal["value", "actor", "time", "direction", "certainty"]
_SURE = frozenset({"negation", "doubt"})
_NAMING = frozenset({"names", "titles", "actors"})

Span = tuple[int, int]


def differences(old: Made, new: Made) -> list[Value]:
    """Return in what two claims differ that are taken to be about one matter."""
    was, now = _side(old), _side(new)
    kinds = _kinds(was, now, "\n".join(parse.text for side in (was, now) for parse in (side.claim, *side.rests)))
    if not kinds:
        return []
    found: dict[_Kind, list[tuple[Span, Span]]] = {kind: [] for kind in kinds}
    for span, other in _runs(was.text, now.text):
        text = f"{was.text[: span[0]]}{now.text[slice(*other)]}{' ' * (span[0] == span[1])}{was.text[span[1] :]}"
        for kind in _kinds(was._replace(rests=()), was._replace(claim=old.chosen.document.read(text), rests=())):
            if kind != "actor" or (span[0] < span[1] and other[0] < other[1]):  # a "by" alone names nobody
                found.get(kind, []).append((span, other))
    whole = (0, len(was.text)), (0, len(now.text))
    told = [(kind, *both) for kind, several in found.items() for both in several or [whole]]
    values = (Value(kind=kind, was=phrase_of(was.claim, *one), now=phrase_of(now.claim, *other)) for kind, one, other in told)
    return list(dict.fromkeys(values))


def replaced(text: str, values: Iterable[Value]) -> str:
    """Return a text with each value as it was, so that a question about it is a question about everything else."""
    for value in values:
        if value.was and value.now:
            text = text.replace(value.now, value.was, 1)
    return text


def likeness(one: str, other: str) -> float:
    """Return how much of two texts is the same words in the same order, 0..1."""
    return SequenceMatcher(None, _folded(one), _folded(other), autojunk=False).ratio()


def hunks(one: str, other: str) -> list[tuple[str, str]]:
    """Return the runs of words that differ, as they stand in the one and in the other."""
    return [(one[slice(*span)], other[slice(*there)]) for span, there in _runs(one, other)]


class _Side(NamedTuple):
    """A claim, the sentences that it rests on, and the ISO date of its article."""

    claim: Parse
    rests: tuple[Parse, ...]
    published: str

    @property
    def text(self) -> str:
        return self.claim.text


def _side(one: Made) -> _Side:
    read = one.chosen.document.read
    return _Side(read(one.claim.text), tuple(read(c.quote) for c in one.claim.citations), one.claim.published)


def _kinds(was: _Side, now: _Side, background: str = "") -> list[_Kind]:
    """Return in what two claims differ; names may be completed from the `background`."""
    lost, gained = (
        {gate.name for gate in refusals(one.claim, (other.claim, *other.rests), background) if not gate.passed}
        for one, other in ((was, now), (now, was))
    )
    either = lost | gained
    turned = contraries(was.claim, now.claim)
    found: dict[_Kind, bool] = {
        "value": "numbers" in either,
        "actor": bool(lost & _NAMING and gained & _NAMING) or _others_named(was, now) or (bool(either & _NAMING) and _others_say(was, now)),
        "time": _other_time(was, now),
        "direction": turned,
        "certainty": not turned and (bool(lost & _SURE and gained & _SURE) or not as_sure(was.text, now.text)),
    }
    return [kind for kind, told in found.items() if told]


def _others_named(was: _Side, now: _Side) -> bool:
    """Return whether each of two claims names somebody whom the other side does not name, whatever their titles and first names."""
    told, given = (entities(side.text) for side in (was, now))
    mine, theirs = (frozenset[str]().union(*(entities(parse.text) for parse in (side.claim, *side.rests))) for side in (was, now))
    others = told - theirs and given - mine
    strict = GATES.keys() - {"names"}
    return bool(others) and all(refused(a.claim, (b.claim, *b.rests), but=strict) for a, b in ((was, now), (now, was)))


def _others_say(was: _Side, now: _Side) -> bool:
    """Return whether two claims are the words of two speakers, both of whom are named."""
    said = [
        {fold(word.text) for word in words(one.speaker)}
        for side in (was, now)
        for one in attributions(side.claim)[:1]
        if any(token.pos == "PROPN" for token in side.claim.tokens[one.first : one.last])
    ]
    return len(said) == len((was, now)) and not said[0] & said[1]


def _other_time(was: _Side, now: _Side) -> bool:
    """Return whether two claims name other times: by their dates where both have any ("Thursday", "4 September"), else by the words."""
    told, given = ({time.date for time in times(side.claim, side.published) if time.date} for side in (was, now))
    if told and given:
        return all(differ(one, other) for one in told for other in given)
    return of_other_days(was.text, now.text)


def _runs(one: str, other: str) -> list[tuple[Span, Span]]:
    """Return where the runs of words that differ stand in the one and in the other."""
    first, second = words(one), words(other)
    blocks = SequenceMatcher(None, _folded(one), _folded(other), autojunk=False).get_opcodes()
    return [(_span(first, a, b), _span(second, c, d)) for tag, a, b, c, d in blocks if tag != "equal"]


def _span(told: Sequence[tuple[str, int, int]], first: int, last: int) -> Span:
    """Return the span of words `first` to `last` (half open); of none, the place before `first`."""
    if first < last:
        return told[first][1], told[last - 1][2]
    at = told[first][1] if first < len(told) else told[-1][2] if told else 0
    return at, at


@lru_cache(maxsize=1 << 13)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(word.text) for word in words(text))
