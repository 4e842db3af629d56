"""From claims to stories: one event, one story, with a headline, in the order in which it is read.

claims, events ─► stories: what several origins tell, then what is contested, both sides together, then what one tells ─ by weight ─► brief
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from briefing.brief import LoadedTerm, Story
from briefing.language.base import MEASURES, Parse
from briefing.language.document import Document
from briefing.language.pronouns import anaphoric
from briefing.model.probes import log_odds
from briefing.model.wording import Wording, nothing_read
from briefing.stages.cluster import connected
from briefing.stages.denials import denials
from briefing.stages.headline import headline
from briefing.stages.introduce import introduce
from briefing.stages.judging import Judge
from briefing.stages.leaning import Need, behind, need, understood
from briefing.stages.rank import before, dramatic, quoted
from briefing.stages.summarize import Chosen, Made
from briefing.stages.wording import colours
from briefing.text.loaded import loaded
from briefing.text.quotations import quotations
from briefing.types import Claim, cited_articles

TOP = 5
"""Claims at the head of a brief."""

_SPREAD = 0.6  # weight of a doubling of the origins of a claim, or of the articles of a story
_FRESH = 7  # days
_STALE = 1.0  # weight that a claim loses for being older
_ABOUT = 0.5  # weight by which a claim may be lighter than the heaviest one and make the headline for being short
_HARD = 0.4  # weight of a unit of log-odds that a story is hard news: the judge tells war from fashion, and little more
_SPOKEN = 0.25  # share of a sentence in quotation marks from which it is no report that can lead
_HEADLINE = 24  # words
_ITEMS = 3  # of a round-up, at least
_MAIN = 0.5  # share of an article's nouns in paragraphs that hang together, above which it is of one matter


def language(document: Document) -> Iterator[LoadedTerm]:
    """Yield the loaded terms of an article's own voice."""
    for number in document.body():
        start, text = document.sentence(number).start, document.text(number)
        for hit in loaded(text):
            if document.quotation_at(start + hit.start, start + hit.end) is None:
                yield LoadedTerm(article=document.article.id, sentence=number, term=text[hit.start : hit.end])


class Group(NamedTuple):
    """The claims of one story, the one at its head first, the articles of its event, and the topic that goes on in it, if one does."""

    claims: tuple[Made, ...]
    event: tuple[str, ...]
    topic: str = ""


def grouped(made: Sequence[Made], events: Sequence[Sequence[str]], day: str, wording: Wording = nothing_read) -> list[Group]:
    """Return the claims by story: an event, or an item of a round-up. What is older than the ISO date `day` by over a week weighs less.

    `wording` reads which headlines have a coloured word: another one is taken where it can be.
    """
    heavy = _heavy(made, day)
    return [headed(group, _heading(group, heavy, wording), event) for event, group in by_story(made, events)]


def by_story(made: Sequence[Made], events: Sequence[Sequence[str]]) -> list[tuple[Sequence[str], list[Made]]]:
    """Return the claims of each story, with its event; the claims keep their order."""
    home = {name: n for n, event in enumerate(events) for name in event}
    alone = {one.home: one.chosen.document for one in made if len(events[home[one.home]]) == 1}
    items = {name: roundup(document) for name, document in alone.items() if document.article.form == "news"}
    groups: dict[tuple[int, int], list[Made]] = {}
    for one in made:
        item = items.get(one.home, {}).get(one.chosen.rewrite.number, 0)
        groups.setdefault((home[one.home], item), []).append(one)
    return [(events[event], group) for (event, _), group in sorted(groups.items())]


def headed(group: Sequence[Made], leading: Made, event: Sequence[str]) -> Group:
    """Return the claims of a story with the one that leads it at its head."""
    return Group((leading, *(one for one in group if one is not leading)), tuple(event))


def newsworthy(groups: Sequence[Group], *, judge: Judge) -> list[float]:
    """Ask of the claim at the head of each story whether it is hard news; return the log-odds, in order: even where none is given."""
    told = judge.answers("news", [{"sentence": group.claims[0].claim.text} for group in groups])
    return [0.0 if probability is None else log_odds(probability) for probability in told]


def stories(groups: Sequence[Group], hard: Sequence[float], day: str) -> tuple[list[Story], list[str]]:
    """Return the stories, weightiest first, and the IDs of the claims that head the brief: at most TOP, each of another story.

    What holds no news is read last, and the stories of a topic behind the first of them. `hard` are the log-odds that a story is hard news.
    """
    heavy = _heavy([one for group in groups for one in group.claims], day)
    old = [all(one.claim.earlier for one in group.claims) for group in groups]
    order = sorted(range(len(groups)), key=lambda n: (old[n], -_story_weight(groups[n].claims, heavy) - _HARD * hard[n], n))
    first: dict[str, int] = {}
    place = {n: first.setdefault(groups[n].topic or f"{n}", k) for k, n in enumerate(order)}
    return in_order([groups[n] for n in sorted(order, key=lambda n: place[n])], day)


def in_order(groups: Sequence[Group], day: str) -> tuple[list[Story], list[str]]:
    """Return the stories of some groups, which come in the order in which they are read, and the IDs of the claims that head the brief.

    Of the stories of a topic one heads it.
    """
    found: list[Story] = []
    top: dict[str, str] = {}
    for n, (group, event, topic) in enumerate(groups, start=1):
        ordered = _in_order(group, group[0])
        text, edits = headline(group[0])
        found.append(
            Story(
                id=f"story-{n}",
                headline=text,
                heading=group[0].claim.id,
                edits=edits,
                claims=tuple(claim.id for claim in ordered),
                event=event,
                topic=topic,
            )
        )
        if _leads(group[0]) and not group[0].claim.conflicts and not _stale(group[0].claim, _week_before(day)):
            top.setdefault(topic or f"{n}", group[0].claim.id)
    return found, list(top.values())[:TOP]


def _heavy(made: Sequence[Made], day: str) -> dict[str, float]:
    return {one.claim.id: _weight(one, _week_before(day)) for one in made}


def _week_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=_FRESH)).isoformat()


def roundup(document: Document) -> dict[int, int]:
    """Return which item of a round-up each sentence stands in; nothing for an article of one matter.

    A round-up is one whose paragraphs mostly share no name and no noun with each other.
    """
    paragraphs = [list(numbers) for _, numbers in groupby(document.body(), key=lambda number: document.sentence(number).paragraph)]
    told = [{noun for number in numbers for noun in _nouns(document.parse(number))} for numbers in paragraphs]
    first: dict[str, int] = {}
    items = connected(len(told), [(first.setdefault(noun, n), n) for n, nouns in enumerate(told) for noun in nouns])
    sizes = [sum(len(told[n]) for n in members) for members in items]
    if len(items) < _ITEMS or max(sizes) > _MAIN * sum(sizes):
        return {}
    return {number: item for item, members in enumerate(items) for n in members for number in paragraphs[n]}


def _nouns(parse: Parse) -> set[str]:
    return {t.lemma.casefold() for t in parse.tokens if t.pos in {"NOUN", "PROPN"} and t.entity not in MEASURES}


def _weight(one: Made, week_ago: str) -> float:
    old = _stale(one.claim, week_ago) or bool(one.claim.earlier)
    return one.chosen.weight + _SPREAD * math.log2(one.claim.origins) - _STALE * old


def _stale(claim: Claim, week_ago: str) -> bool:
    return "" < (claim.date or claim.published) < week_ago


def _entry(one: Made) -> int:
    """Return the place of a claim in a live blog, whose newest entry stands first; 0 for one of another article."""
    return one.chosen.rewrite.number if one.chosen.document.article.form == "live blog" else 0


def _story_weight(group: Sequence[Made], heavy: Mapping[str, float]) -> float:
    articles = cited_articles(citation for one in group for citation in one.claim.citations)
    return max(heavy[one.claim.id] for one in group) + _SPREAD * math.log2(len(articles))


def _leads(one: Made) -> bool:
    """Return whether a claim can stand at the head: a report that needs no other sentence, and that nobody told before.

    Nor may it take a side of what is contested.
    """
    parse = one.chosen.parse
    plain = not one.claim.verbatim and one.claim.kind != "opinion" and not _sided(one) and not one.claim.earlier
    whole = bool(parse.tokens) and not anaphoric(parse) and len(one.chosen.rewrite.sentences) == 1
    told = quoted(one.chosen.document, one.chosen.rewrite) < _SPOKEN
    return plain and whole and told and not _background(one) and not dramatic(parse) and not _known(one)


def _sided(one: Made) -> bool:
    """Return whether a claim takes a side of what is contested: what says who says so takes none."""
    return bool(one.claim.conflicts) and not one.claim.speaker


def _background(one: Made) -> bool:
    """Return whether a claim tells what had been before the news, as the first sentence of an article never does."""
    return before(one.chosen.parse) and one.chosen.rewrite.number != next(one.chosen.document.body(), 0)


def _known(one: Made) -> bool:
    """Return whether a claim speaks of something as known that its article brought up before, or names not what it speaks of."""
    return not understood(one.chosen, need(one.chosen, judged=True, strictly=True), ())


def _in_order(group: Sequence[Made], first: Made) -> list[Claim]:
    """Return the claims as they are read: the leading one, agreed ones, contested ones side by side, the others; last, what is no news.

    What leans on another claim is read behind it, and a denial right behind what it denies.
    """
    known = {one.claim.id: one.claim for one in group}
    contested: dict[str, Claim] = {}
    for claim in known.values():
        if claim.conflicts:
            contested.update({name: known[name] for name in (claim.id, *claim.conflicts) if name in known})
    agreed = [claim for claim in known.values() if claim.origins > 1 and claim.id not in contested]
    lead = [] if first.claim.id in contested else [first.claim]
    read = {claim.id: claim for claim in (*lead, *agreed, *contested.values(), *known.values())}
    ordered = sorted(read.values(), key=lambda claim: bool(claim.earlier) and claim.id not in contested)
    chosen = {one.claim.id: one.chosen for one in group}
    return _answered(_explained(ordered, chosen), chosen)


def _explained(ordered: Sequence[Claim], chosen: Mapping[str, Chosen]) -> list[Claim]:
    """Return claims with each behind those that it needs to be understood, where there are such; contested ones stay side by side."""
    left, read = list(ordered), list[Claim]()
    needs = {claim.id: need(chosen[claim.id], judged=True) for claim in ordered if not claim.conflicts}
    for name, nouns in _brought_up(ordered, chosen).items():
        needs[name] = needs[name]._replace(nouns=needs[name].nouns | nouns)
    while left:
        told = [chosen[claim.id] for claim in read]
        fit = [claim for claim in left if claim.id not in needs or understood(chosen[claim.id], needs[claim.id], told)]
        best = next((claim for claim in fit if told and _goes_on(chosen[claim.id], needs.get(claim.id), told[-1])), (fit or left)[0])
        left.remove(best)
        read.append(best)
        needs = {name: behind(needed, chosen[best.id]) for name, needed in needs.items()}
    return read


def _goes_on(one: Chosen, needed: Need | None, last: Chosen) -> bool:
    """Return whether what was read last is the sentence that another one needs before it: that is read right behind it."""
    return needed is not None and needed.sentence == last.rewrite.number and one.document is last.document


def _brought_up(ordered: Sequence[Claim], chosen: Mapping[str, Chosen]) -> dict[str, set[str]]:
    """Return the nouns that claims speak of as known and another one brings up; the first one and contested ones stay as they are."""
    if len(ordered) < 2:
        return {}
    known = {claim.id: need(chosen[claim.id], judged=True, strictly=True).nouns for claim in ordered}
    new = {
        token.lemma.casefold()
        for claim in ordered
        for token in chosen[claim.id].parse.tokens
        if token.lemma.casefold() not in known[claim.id]
    }
    return {claim.id: {*known[claim.id] & new} for claim in ordered[1:] if not claim.conflicts}


def _answered(ordered: Sequence[Claim], chosen: Mapping[str, Chosen]) -> list[Claim]:
    """Return claims with each denial right behind what it denies, and what contests that; the first one, and contested ones, stay."""
    read = list(ordered)
    answers = denials([chosen[claim.id] for claim in ordered])
    for k in sorted(answers, reverse=True):
        one, charge = ordered[k], ordered[answers[k][0]]
        if k and not one.conflicts:
            read.remove(one)
            block = {charge.id, *charge.conflicts}
            read.insert(1 + max(n for n, claim in enumerate(read) if claim.id in block), one)
    return read


def _heading(group: Sequence[Made], heavy: Mapping[str, float], wording: Wording) -> Made:
    """Return the claim that a headline is made of: the heaviest one that can lead; a short, plain one, where one is about as heavy.

    What was judged behind another one heads a story only where that one is not told. Where none can, one side of what is contested heads a
    story only if it says whose side that is, or all of its news is contested.
    """
    fresh = [one for one in group if not one.claim.earlier] or list(group)
    plain = [one for one in fresh if not _sided(one)] or fresh
    alone = [one for one in plain if not one.chosen.follows] or plain
    able = [one for one in alone if _leads(one)] or alone
    best = max(heavy[one.claim.id] for one in able)
    near = [one for one in able if _entry(one) or heavy[one.claim.id] >= best - _ABOUT]  # the newest entry, however heavy an older one is
    heads = {one.claim.id: headline(one)[0] for one in near}
    fit = [one for one in near if len((head := heads[one.claim.id]).split()) <= _HEADLINE and not quotations(head)] or near
    told = [(one.chosen.document, heads[one.claim.id]) for one in fit]
    loud = dict(zip([one.claim.id for one in fit], colours(told, wording), strict=True)) if len(fit) > 1 else {}
    return min(fit, key=lambda one: (_entry(one), loud.get(one.claim.id, False), -heavy[one.claim.id], one.claim.id))


def introduced(made: Sequence[Made], stories: Sequence[Story]) -> list[Made]:
    """Return the claims with the full names, in brackets, of persons who speak or act by a surname that their story has not introduced."""
    known = {one.claim.id: one for one in made}
    changed: dict[str, Made] = {}
    for story in stories:
        told = ""
        for name in story.claims:
            one = known[name]
            named = one if one.claim.verbatim else introduce(one, told)
            told += f" {named.claim.text}"
            changed[name] = named
    return [changed.get(one.claim.id, one) for one in made]
