"""Which claims tell a reader nothing new behind those of their event that are told before them: they are left out.

claims of an event, told by most and weightiest first ─ the two likest above ─ another speaker, denial? (plain code)
                    ─ judge ("print", behind these) ─► those that say it again

claims of one article ─ the likest others of it ─ another speaker, value, denial? (plain code) ─ judge ("reports") ─► those told twice

claims of an event ─ of what is to come on a day, or a condition, and another one tells that it came, or a later one counts more dead
                    ─► those that are overtaken

`align` asks whether all of a claim is said elsewhere; this asks what an editor asks, whether anybody would miss it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.brief import Omission
from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.language.facts import LIGHT, Fact, facts, in_common
from briefing.language.phrases import name_words
from briefing.language.verbs import SAYING, tense
from briefing.similarity import cosine
from briefing.stages.align import SAID, Aligned, as_heavy, values
from briefing.stages.compared import forms
from briefing.stages.counts import outnumbered
from briefing.stages.judging import Judge
from briefing.stages.printing import Candidate, worth
from briefing.stages.rank import Ranker
from briefing.stages.select import Selection
from briefing.stages.shared import otherwise, surely
from briefing.stages.summarize import Made
from briefing.stages.worth import Printing
from briefing.text.words import fold, words
from briefing.types import Place, cited_articles

AGAIN, SURELY, BEYOND = 0.3, 0.6, 0.8
"""Probability from which a claim says what those above it say; where what happens in it is told by a verb that none of them has; and where
it has a value that none of them has ("two of five" behind "38 percent", somebody's age)."""

_TWICE = 0.7  # from which two claims of one article are of one news: 23 of 83 labelled pairs that are, 1 of 127 that are not
_NAMED = {"PERSON", "ORG", "GPE", "NORP"}
_OTHERS = 3  # claims of its article that a claim is asked about
_LIKE = 0.08  # cosine from which a claim is asked about behind another one
_ABOVE = 2  # claims that it is read behind


def unrepeated(
    made: Sequence[Made],
    events: Sequence[Sequence[str]],
    selection: Selection,
    ranker: Ranker,
    *,
    judge: Judge,
    printing: Printing,
) -> Aligned:
    """Return the claims that say something new, in their order, and the others.

    A claim that another article reports too stays: it would take what it is cited for with it. So does one that is like a claim that is
    left out, until it was read behind those that are told. Without a probe, or where the model gave no answer, a claim stays.
    """
    home = {name: event for event in events for name in event}
    place = {n: one.chosen.place for n, one in enumerate(made)}
    spread = {n: len(cited_articles(one.claim.citations)) for n, one in enumerate(made)}
    turns = sorted(place, key=lambda n: (-spread[n], -made[n].chosen.weight, n))
    turn = {n: k for k, n in enumerate(turns)}
    found: dict[int, int] = {}
    waiting = [n for n in turns if spread[n] == 1]
    while waiting:
        behind: dict[int, list[int]] = {}
        for n in waiting:
            above = [m for m in turns[: turn[n]] if m not in found and home[place[m][0]] is home[place[n][0]]]
            near = sorted((-like, turn[m]) for m in above if (like := _like(place[n], place[m], ranker)) >= _LIKE)[:_ABOVE]
            if near and not _new(made[n], [made[turns[k]] for _, k in near]):
                behind[n] = [turns[k] for _, k in near]
        lines = [_line(made[n], [made[m] for m in sorted(near, key=turn.__getitem__)], selection) for n, near in behind.items()]
        said = zip(behind, worth(lines, judge, printing), strict=True)
        old = {n for n, told in said if told is not None and told.repeats >= _least(made[n], [made[m] for m in behind[n]])}
        sure = {n: behind[n][0] for n in old if not old & {*behind[n]}}
        found |= sure
        waiting = [n for n in waiting if n in old and n not in sure]
    return _without(made, found)


def told_once(made: Sequence[Made], documents: Mapping[str, Document], ranker: Ranker, *, judge: Judge) -> Aligned:
    """Return the claims without those that tell the news of another one of their article, in their order, and the others.

    Of two outlets `align` asks this; an article hardly ever says a thing twice in the same sense, so that it must be surer. What has a
    value of its own stays, and what an article reports that does not report the other. Of two the one stays that most articles tell, or the
    weightiest.
    """
    numbers = {one.chosen.place: n for n, one in enumerate(made)}
    near = {
        n: [place for place in _of_its_article(one, made, ranker) if not _new(made[numbers[place]], [one])] for n, one in enumerate(made)
    }
    sure = surely(made, near, documents, ranker, judge=judge, least=_TWICE)
    reporting = {n: {*cited_articles(one.claim.citations)} for n, one in enumerate(made)}
    turns = sorted(reporting, key=lambda n: (-len(reporting[n]), -made[n].chosen.weight, n))
    found: dict[int, int] = {}
    for k, n in enumerate(turns):
        for m in turns[:k]:
            known = m not in found and reporting[n] <= reporting[m] and not values(made[n]) - values(made[m])
            if known and sure.get((m, made[n].chosen.place), 0.0) >= _TWICE:
                found.setdefault(n, m)
    return _without(made, found)


def overtaken(made: Sequence[Made], events: Sequence[Sequence[str]]) -> Aligned:
    """Return the claims without those of what is to come of which another one of the event tells that it came, and these.

    "Sanders will meet Obama on Thursday" is no news beside "Sanders met Obama on Thursday": one verb, one day, and a name in both. So is a
    count of the dead beside a later article's that is higher, and "If the council approves the bridge, …" where it has approved it.
    """
    home = {name: n for n, event in enumerate(events) for name in event}
    told = [_told(one.chosen.parse) for one in made]
    looks = [tense(one.chosen.parse, n) if n >= 0 else "" for one, n in zip(made, told, strict=True)]
    found: dict[int, int] = {}
    for n, one in enumerate(made):
        for m, other in enumerate(made):
            if home[one.home] != home[other.home]:
                continue
            a, b = one.chosen.parse, other.chosen.parse
            if _later(one, other) and outnumbered(a, b):
                found[n] = max(m, found.get(n, m), key=lambda k: made[k].claim.published)
            if not _later(other, one) and come_true(a, b):
                found.setdefault(n, m)
            if looks[n] != "future" or looks[m] != "past" or not one.claim.date or one.claim.date != other.claim.date:
                continue
            same = a.tokens[told[n]].lemma == b.tokens[told[m]].lemma
            denied = bool(a.below(told[n], "neg")) != bool(b.below(told[m], "neg"))
            if same and not denied and name_words(a, _NAMED) & name_words(b, _NAMED):
                found.setdefault(n, m)
    return _without(made, found)


def come_true(one: Parse, other: Parse) -> bool:
    """Return whether a condition of one sentence ("if the council approves the bridge") is told as a fact by another."""
    conditions = [fact for fact in _certain(one) if any(one.word(m).casefold() == "if" for m in one.below(fact.n, "mark"))]
    came = [fact for fact in _certain(other) if tense(other, fact.n) == "past" and not fact.standing.open]
    return any(fact.lemma == deed.lemma and all(_alike(fact, deed, place) for place in "so") for fact in conditions for deed in came)


def _certain(parse: Parse) -> list[Fact]:
    return [fact for fact in facts(parse) if fact.verb and not fact.light and not fact.standing.denied]


def _alike(one: Fact, other: Fact, place: str) -> bool:
    """Return whether two deeds have a party at this place in common, or neither has one there."""
    return in_common(one, other, place) or not (one.parties.get(place) or other.parties.get(place))


def _later(one: Made, other: Made) -> bool:
    """Return whether another claim is of an article of a later day."""
    return "" < one.claim.published < other.claim.published


def _told(parse: Parse) -> int:
    """Return the verb of what a claim tells, below whoever says so; -1 without a parse."""
    n = parse.root
    while n >= 0 and parse.tokens[n].lemma in SAYING and (told := parse.below(n, "ccomp")):
        n = told[0]
    return n


def _of_its_article(one: Made, made: Sequence[Made], ranker: Ranker) -> list[Place]:
    """Return where the likest other claims of a claim's article stand."""
    own = one.chosen.place
    near = [place for other in made if (place := other.chosen.place) != own and place[0] == own[0]]
    like = {place: found for place in near if (found := _like(own, place, ranker)) >= _LIKE}
    return sorted(like, key=lambda place: -like[place])[:_OTHERS]


def _without(made: Sequence[Made], found: Mapping[int, int]) -> Aligned:
    """Return the claims but for those that are `found` in others, and for each of these where it is told."""
    place = {n: one.chosen.place for n, one in enumerate(made)}
    omitted = [Omission(article=place[n][0], sentence=place[n][1], reason=SAID.format(*place[m])) for n, m in sorted(found.items())]
    return Aligned([as_heavy(n, made, found) for n in place if n not in found], omitted)


def _line(one: Made, above: Sequence[Made], selection: Selection) -> Candidate:
    """Return a claim as it would stand behind those above it, weighed as a sentence is before the model was asked about it."""
    before = ""
    for other in above:
        before = f"{before} {_candidate(other, before, selection).text}".strip()
    return _candidate(one, before, selection)


def _candidate(one: Made, before: str, selection: Selection) -> Candidate:
    name, number = place = one.chosen.place
    return Candidate(one.chosen._replace(weight=selection.weights[place]), selection.order[name].index(number), before, one.claim)


def _new(one: Made, above: Sequence[Made]) -> bool:
    """Return whether plain code sees something new: a speaker, a denial, another value of the same; so is a list, or what has no parse."""
    parse = one.chosen.parse
    if not parse.tokens or len(one.chosen.rewrite.sentences) > 1:
        return True
    speakers = {fold(word.text) for other in above for word in words(other.claim.speaker)}
    if speakers and one.claim.speaker and not speakers & {fold(word.text) for word in words(one.claim.speaker)}:
        return True
    return any(otherwise(parse, other.chosen.parse) for other in above)


def _least(one: Made, above: Sequence[Made]) -> float:
    """Return from which probability on a claim says what those above it say."""
    if values(one) - set().union(*map(values, above)):
        return BEYOND
    return SURELY if _deeds(one, above) else AGAIN


def _deeds(one: Made, above: Sequence[Made]) -> set[str]:
    """Return the verb of what a claim tells, below whoever says so, if none above it has it; nothing where it says little by itself."""
    parse = one.chosen.parse
    n = _told(parse)
    return {fold(parse.tokens[n].lemma)} - LIGHT - SAYING - set().union(*(forms(other.chosen.parse) for other in above))


def _like(one: Place, other: Place, ranker: Ranker) -> float:
    return cosine(*(ranker.vectors[name][number] for name, number in (one, other)))
