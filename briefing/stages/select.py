"""Which sentences are worth the model's time: decided from the text alone, every other sentence with its reason.

The weight of a sentence counts who is named, who says it, what is counted, how much of it other sentences of all articles speak of, and how
early it stands. It is an order of reading, not a judgement of truth or of outlets.
"""

import heapq
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefing.stages.plan import Plan, first_person, plan
from briefing.text.foreign import foreign
from briefing.text.names import name_words
from briefing.text.numbers import numbers
from briefing.text.reference import Reader
from briefing.text.signals import happening, negations
from briefing.text.terms import content, overlap
from briefing.text.words import words
from briefing.types import Omission, Place, Role

MOST = 40  # sentences drafted over all articles, so that the time grows with the brief and not with the pile
LEAST = 3  # from every article that has them, as long as that is no more than CEILING in all
CEILING = 120
LOOKED = 4 * CEILING  # sentences of very many articles that are planned
VOICES = 3  # of very many articles that say the same: enough to see that they agree
DEEPEST = 400  # body sentences of one article that are looked at: news stands at the head of an article
SHORTEST, LONGEST = 6, 60  # words
SAME = 0.55  # share of content words in common from which a sentence says again what another said

_REASONS = {Role.FURNITURE: "page furniture", Role.REPEAT: "repeats an earlier sentence", Role.TITLE: "title"}


class Pick(NamedTuple):
    """A sentence to be drafted: its article's reader, its plan, and its weight (larger matters more; about 0 to 5)."""

    reader: Reader
    plan: Plan
    weight: float


class Selection(NamedTuple):
    """The picks in reading order, article by article, and every other sentence with its reason."""

    picks: tuple[Pick, ...]
    omitted: tuple[Omission, ...]


def select(readers: Sequence[Reader], echoed: Mapping[Place, Place], *, every: bool = False) -> Selection:
    """Choose what to brief from all articles. `echoed` are the copies (see `echoes`): only their originals are drafted."""
    common = _common(readers)
    copies = Counter(echoed.values())
    large = not every and LEAST * len(readers) > CEILING
    promising = _promising(readers, common, echoed, copies) if large else None
    found = [_candidates(reader, common, echoed, copies, promising) for reader in readers]
    picks: list[Pick] = []
    omitted: list[Omission] = []
    every_candidate = [candidates for candidates, _ in found]
    chosen_of = (
        _weightiest(every_candidate) if large else [_choose(c, n) for c, n in zip(every_candidate, _shares(every_candidate), strict=True)]
    )
    for (chosen, passed_over), (_, left) in zip(chosen_of, found, strict=True):
        picks.extend(chosen)
        omitted.extend(sorted(left + passed_over, key=lambda o: o.sentence))
    return Selection(tuple(picks), tuple(omitted))


def _shares(found: Sequence[Sequence[Pick]]) -> list[int]:
    """Return how many sentences each article may have: all, or by its length."""
    lengths = [min(len(candidates), MOST) for candidates in found]  # a flood of sentences takes no more than a long article
    total = sum(lengths)
    return lengths if total <= MOST else [max(LEAST, round(MOST * length / total)) for length in lengths]


def _weightiest(found: Sequence[Sequence[Pick]]) -> list[tuple[list[Pick], list[Omission]]]:
    """Choose of very many articles the weightiest sentences, but none that several others say already."""
    chosen: dict[Place, frozenset[str]] = {}
    for pick in sorted((pick for candidates in found for pick in candidates), key=lambda pick: (-pick.weight, _place(pick))):
        stems = content(pick.plan.text)
        if len(chosen) < CEILING and sum(overlap(stems, other) >= SAME for other in chosen.values()) < VOICES:
            chosen[_place(pick)] = stems
    return [
        ([p for p in candidates if _place(p) in chosen], [_lighter(p) for p in candidates if _place(p) not in chosen])
        for candidates in found
    ]


def _place(pick: Pick) -> Place:
    return pick.reader.article.id, pick.plan.sentence


def _lighter(pick: Pick) -> Omission:
    return Omission(article=pick.reader.article.id, sentence=pick.plan.sentence, reason="weighs less than those picked")


def _promising(
    readers: Sequence[Reader], common: dict[str, float], echoed: Mapping[Place, Place], copies: Mapping[Place, int]
) -> frozenset[Place]:
    """Return the sentences of very many articles that are looked at closely, by what can be seen at a glance."""
    glanced = [
        (
            -_glance(reader.text(sentence.number), sentence.number, reader, common, copies.get((reader.article.id, sentence.number), 0)),
            reader.article.id,
            sentence.number,
        )
        for reader in readers
        for sentence in reader.article.sentences[:DEEPEST]
        if sentence.role is Role.BODY and (reader.article.id, sentence.number) not in echoed
    ]
    return frozenset((article, number) for _, article, number in heapq.nsmallest(LOOKED, glanced))


def _common(readers: Sequence[Reader]) -> dict[str, float]:
    """Return how widely each stem is spoken of: 0 in one sentence only, towards 1 in most articles."""
    articles: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    for reader in readers:
        found = [content(reader.text(s.number)) for s in reader.article.sentences if s.role is Role.BODY]
        sentences.update(stem for stems in found for stem in stems)
        articles.update(frozenset().union(*found))
    top = math.log1p(max(sentences.values(), default=1))
    return {stem: 0.5 * math.log1p(n - 1) / top + 0.5 * (articles[stem] - 1) / max(1, len(readers) - 1) for stem, n in sentences.items()}


def _candidates(
    reader: Reader,
    common: dict[str, float],
    echoed: Mapping[Place, Place],
    copies: Mapping[Place, int],
    promising: frozenset[Place] | None,
) -> tuple[list[Pick], list[Omission]]:
    """Return the sentences that could be drafted, in order, and the others with their reasons.

    What the writer thinks is left out, unless the article holds little else: then some of it is quoted as opinion.
    """
    candidates: list[Pick] = []
    opinions: list[Pick] = []
    left: list[Omission] = []
    seen = 0
    for sentence in reader.article.sentences:
        body = sentence.role is Role.BODY
        seen += body
        place = reader.article.id, sentence.number
        if place in echoed:
            made: Plan | str = "a copy of {}, sentence {}".format(*echoed[place])
        elif body and promising is not None and place not in promising:
            made = "weighs less than those picked"
        elif body and seen <= DEEPEST:
            made = planned(reader, sentence.number)
        else:
            made = "too far down a very long text" if body else (sentence.note or _REASONS[sentence.role])
        if isinstance(made, str):
            left.append(Omission(article=reader.article.id, sentence=sentence.number, reason=made))
        else:
            (opinions if made.kind == "opinion" else candidates).append(
                Pick(reader, made, _weight(reader, made, common, copies.get(place, 0)))
            )
    kept = sorted(opinions, key=lambda p: (-p.weight, p.plan.sentence))[: max(0, LEAST - len(candidates))]
    left.extend(
        Omission(article=reader.article.id, sentence=p.plan.sentence, reason="the writer's own judgement")
        for p in opinions
        if p not in kept
    )
    return sorted(candidates + kept, key=lambda p: p.plan.sentence), left


def _choose(candidates: Sequence[Pick], share: int) -> tuple[list[Pick], list[Omission]]:
    """Choose up to `share` sentences of one article, heaviest first, none saying again what another says; in reading order."""
    chosen: list[tuple[Pick, frozenset[str]]] = []
    left: list[Omission] = []
    for pick in sorted(candidates, key=lambda p: (-p.weight, p.plan.sentence)):
        stems = content(pick.plan.text)
        same = next((p for p, other in chosen if len(stems) > 3 and overlap(stems, other) >= SAME and not _otherwise(pick, p)), None)
        if same is None and len(chosen) < share:
            chosen.append((pick, stems))
            continue
        again = f"says again what sentence {same.plan.sentence} says" if same else ""
        left.append(_lighter(pick) if same is None else Omission(article=pick.reader.article.id, sentence=pick.plan.sentence, reason=again))
    return sorted((p for p, _ in chosen), key=lambda p: p.plan.sentence), left


def _otherwise(one: Pick, other: Pick) -> bool:
    """Return whether one of two sentences says the opposite of the other, as a correction does: then both are told."""
    return bool(negations(one.plan.kept)) != bool(negations(other.plan.kept)) and numbers(one.plan.kept) != numbers(other.plan.kept)


def planned(reader: Reader, number: int) -> Plan | str:
    """Return the plan of a body sentence, or the reason why no claim can be made of it."""
    sentence = reader.article.sentences[number - 1]
    if sentence.note:
        return sentence.note
    text = reader.text(number)
    length = len(words(text))
    if length < SHORTEST:
        return "too short to stand alone"
    if length > LONGEST:
        return "too long to be one sentence"
    if reason := foreign(text):
        return reason
    if text[0].islower() and reader.article.text[: sentence.start].rstrip()[-1:].isalnum():
        return "part of a sentence"
    made = plan(reader, number)
    if isinstance(made, str):
        return made
    for other in made.sentences[1:]:
        if reason := foreign(reader.text(other)):
            return f"rests on sentence {other}: {reason}"
    return made


def _glance(text: str, number: int, reader: Reader, common: dict[str, float], copies: int) -> float:
    """Return what a sentence weighs by its names, its numbers, its place, and how much is said of its words."""
    stems = content(text)
    named = len(name_words(text))
    wide = sum(common.get(stem, 0.0) for stem in stems) / len(stems) if stems else 0.0
    early = 1 - (number - 1) / len(reader.article.sentences)
    weight = 0.3 * math.log2(1 + copies) + 0.25 * min(named, 4) + 3 * wide + 0.6 * early
    return weight + 0.5 * bool(numbers(text, vague=False)) - 0.5 * (named == 0)


def _weight(reader: Reader, made: Plan, common: dict[str, float], copies: int) -> float:
    length = len(words(made.text))
    weight = _glance(made.text, made.sentence, reader, common, copies) + 0.5 * bool(made.speaker)
    weight -= 0.8 * (made.direct or first_person(made.text)) + 0.4 * (length > 45) + 0.4 * (length < 9)
    weight += 0.6 * happening(made.kept) - 0.4 * (len(made.sentences) > 1)
    weight -= 0.3 * bool(reader.open_reference(made.sentence)) + 1.5 * (made.kind == "opinion")
    return weight
