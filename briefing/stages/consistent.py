"""Does a record fit together? What can be told of it without its files: what names what, its days, its counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from briefing.stages.check import EDITS, LICENSED, MADE
from briefing.stages.lead import LEAD
from briefing.stages.support import JUDGE
from briefing.types import Brief, Finding, Summary

_TOLD = ("title", "source", "published", "url", "sentences")  # of an article that was read


def disagreements(brief: Brief) -> Iterator[Finding]:
    """Yield what does not fit together in a record."""
    yield from _record(brief)
    yield from _conflicts(brief)
    yield from _days(brief)
    yield from _counts(brief)


def _record(brief: Brief) -> Iterator[Finding]:
    """Yield what does not fit together in the record itself."""
    for name, times in Counter(article.id for article in brief.articles).items():
        if times > 1:
            yield _of_brief("record", f"{times} articles have the ID {name}")
    for article in brief.articles:
        if article.status == "used" and article.reason:
            yield _of_brief("record", f"{article.id}: used, and left out: {article.reason}")
        elif article.status != "used" and (
            not article.reason or any(getattr(article, name) for name in _TOLD) or article.summary != Summary()
        ):
            yield _of_brief("record", f"{article.id}: left out without a reason, or told of all the same")
    for name, times in Counter(brief.top).items():
        if times > 1:
            yield _of_brief("record", f"claim {name} stands {times} times at the top")
    used = {article.id: article for article in brief.articles if article.status == "used"}
    places = [(term.article, term.sentence) for term in brief.language]
    places += [(omission.article, omission.sentence) for omission in brief.omitted]
    for name, number in places:
        if name not in used:
            yield _of_brief("record", f"{name} is named, and is no article that was used")
        elif number > used[name].sentences:
            yield _of_brief("record", f"{name} has no sentence {number}")


def _conflicts(brief: Brief) -> Iterator[Finding]:
    """Yield the conflicts that are not told both ways, once, within one story."""
    against = {claim.id: claim.conflicts for claim in brief.claims}
    story = {name: story.id for story in brief.stories for name in story.claims}
    for claim in brief.claims:
        for name, times in Counter(claim.conflicts).items():
            if times > 1 or name == claim.id or claim.id not in against[name]:
                yield Finding(claim=claim.id, check="conflicts", detail=f"a conflict with {name} that is not told of both, once")
            elif story[name] != story[claim.id]:
                yield Finding(claim=claim.id, check="conflicts", detail=f"a conflict with {name}, of another story")


def _days(brief: Brief) -> Iterator[Finding]:
    """Yield the days that are none, and what is said to be new or old against the days of the brief and of the one before."""
    if not is_day(brief.date):
        yield _of_brief("record", f"{brief.date} is no date")
    if brief.before and not (is_day(brief.before) and brief.before < brief.date):
        yield _of_brief("record", f"{brief.before} is no date before {brief.date}")
    for claim in (*brief.claims, *brief.leads):
        days = {"new": {brief.date}, "unchanged": {brief.date, claim.since}}.get(claim.state, {claim.since} - {brief.date})
        if not brief.before:
            fine = not claim.state and not claim.since
        else:
            told = claim.since in days and (_known_since(claim.since, brief) or any(claim.since == one.date for one in claim.earlier))
            fine = claim.state not in {"", "dropped"} and told
        if not fine or not all(is_day(one.date) and one.date < brief.date for one in claim.earlier):
            yield Finding(claim=claim.id, check="state", detail=f"{claim.state or 'no state'}, since {claim.since or 'no day'}")
    for story in brief.stories:
        if (bool(story.thread) and _known_since(story.since, brief)) if brief.before else not (story.thread or story.since):
            continue
        yield _of_brief("state", f"{story.id}: goes on with {story.thread or 'nothing'}, since {story.since or 'no day'}")


def _known_since(day: str, brief: Brief) -> bool:
    """Return whether something can be known since a day: that of the brief, or of one of those before."""
    return is_day(day) and (day == brief.date or day <= brief.before)


def is_day(text: str) -> bool:
    """Return whether a text is an ISO date of ten characters, and no other."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _counts(brief: Brief) -> Iterator[Finding]:
    """Yield the counts of drafts that cannot be: every claim passed each gate that it names, and a sentence is drafted twice at most."""
    gates, most = brief.run.gates, 2 * sum(article.sentences for article in brief.articles)
    for name, (reached, passed) in gates.items():
        if not 0 <= passed <= reached <= most:
            yield _of_brief("counts", f"{passed} of {reached} drafts passed the gate {name}")
    if brief.run.parser is None:
        return
    claims = Counter(name for claim in (*brief.claims, *brief.leads) for name in claim.gates)
    for name in {*gates, *claims} - {*MADE, JUDGE, LEAD}:
        yield _of_brief("counts", f"there is no gate {name}")
    for name in (*MADE, JUDGE, LEAD):
        if gates.get(name, (0, 0))[1] < claims[name]:
            yield _of_brief("counts", f"{claims[name]} claims passed the gate {name}, which {gates.get(name, (0, 0))[1]} drafts passed")
    if gates.get(LICENSED, (0, 0))[0] != gates.get(EDITS, (0, 0))[1]:
        yield _of_brief("counts", f"what passes the gate {EDITS} reaches the gate {LICENSED}")


def _of_brief(check: str, detail: str) -> Finding:
    return Finding(claim="", check=check, detail=detail)
