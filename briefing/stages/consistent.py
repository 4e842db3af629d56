"""Does a record fit together? What can be told of it without its files: what names what, its days, its run, its counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from briefing.brief import ArticleRecord, Brief, Story
from briefing.stages.check import EDITS, LICENSED, MADE
from briefing.stages.findings import of_brief, of_claim
from briefing.stages.lead import LEAD
from briefing.stages.printing import REPEATED, UNREAD
from briefing.stages.select import LATE, READ
from briefing.stages.support import JUDGE
from briefing.stages.worth import LACKING
from briefing.types import Earlier, Finding

_LEFT = frozenset({"id", "path", "sha256", "part", "status", "reason"})  # what is told of an article that was left out
_HASH = re.compile(r"[0-9a-f]{64}")
_THREAD = re.compile(r"-[0-9a-f]{6}")
_VERSION = re.compile(r"\d[0-9A-Za-z.+-]{0,40}")
_PROMPT = re.compile(r"[a-z_]{1,40}")
_ROUNDED = 0.1  # seconds: by which what is rounded may be off
_LONGEST = 366 * 86_400  # seconds of a run
_SENTENCES = 2  # of a lead


def disagreements(brief: Brief) -> Iterator[Finding]:
    """Yield what does not fit together in a record."""
    yield from _record(brief)
    yield from _conflicts(brief)
    yield from _days(brief)
    yield from _late(brief)
    yield from _run(brief)
    yield from _counts(brief)


def _record(brief: Brief) -> Iterator[Finding]:
    """Yield what does not fit together in the record itself."""
    for name, times in Counter(article.id for article in brief.articles).items():
        if times > 1:
            yield of_brief("record", f"{times} articles have the ID {name}")
    for article in brief.articles:
        if article.status == "used" and article.reason:
            yield of_brief("record", f"{article.id}: used, and left out: {article.reason}")
        elif article.status != "used" and (not article.reason or _told(article)):
            detail = f"left out, and told of all the same: {', '.join(_told(article))}" if article.reason else "left out without a reason"
            yield of_brief("record", f"{article.id}: {detail}")
    for name, times in Counter(brief.top).items():
        if times > 1:
            yield of_brief("record", f"claim {name} stands {times} times at the top")
    used = {article.id: article for article in brief.articles if article.status == "used"}
    places = [(term.article, term.sentence) for term in brief.language]
    places += [(omission.article, omission.sentence) for omission in brief.omitted]
    for name, number in places:
        if name not in used:
            yield of_brief("record", f"{name} is named, and is no article that was used")
        elif number > used[name].sentences:
            yield of_brief("record", f"{name} has no sentence {number}")


def _told(article: ArticleRecord) -> list[str]:
    """Return the fields of a record that say something which only an article that was used has."""
    fields = ArticleRecord.model_fields.items()
    return [name for name, field in fields if name not in _LEFT and getattr(article, name) != field.default]


def _conflicts(brief: Brief) -> Iterator[Finding]:
    """Yield the conflicts that are not told both ways, once, within one story."""
    against = {claim.id: claim.conflicts for claim in brief.claims}
    story = {name: story.id for story in brief.stories for name in story.claims}
    for claim in brief.claims:
        for name, times in Counter(claim.conflicts).items():
            if times > 1 or name == claim.id or claim.id not in against[name]:
                yield of_claim(claim, "conflicts", f"a conflict with {name} that is not told of both, once")
            elif story[name] != story[claim.id]:
                yield of_claim(claim, "conflicts", f"a conflict with {name}, of another story")


def _days(brief: Brief) -> Iterator[Finding]:
    """Yield the days that are none, and what is said to be new or old against the days of the brief and of the one before."""
    if not is_day(brief.date):
        yield of_brief("record", f"{brief.date} is no date")
    if brief.before and not (is_day(brief.before) and brief.before < brief.date):
        yield of_brief("record", f"{brief.before} is no date before {brief.date}")
    for claim in (*brief.claims, *brief.leads):
        days = {"new": {brief.date}, "unchanged": {brief.date, claim.since}}.get(claim.state, {claim.since} - {brief.date})
        if not brief.before:
            fine = not claim.state and not claim.since
        else:
            told = claim.since in days and (_known_since(claim.since, brief) or any(claim.since == one.date for one in claim.earlier))
            fine = claim.state not in {"", "dropped"} and told
        if not fine or not _are_earlier(claim.earlier, brief):
            yield of_claim(claim, "state", f"{claim.state or 'no state'}, since {claim.since or 'no day'}")
    for story in brief.stories:
        if not _goes_on(story, brief):
            yield of_brief("state", f"{story.id}: goes on with {story.thread or 'nothing'}, since {story.since or 'no day'}")


def _are_earlier(told: Sequence[Earlier], brief: Brief) -> bool:
    """Return whether these can be articles of days before a brief: each once, in order, by sentences that there can be, in order."""
    order = [(one.date, one.content) for one in told]
    once = len({one.content for one in told}) == len(told) and order == sorted(order)
    numbered = all(one.sentences[0] > 0 and list(one.sentences) == sorted({*one.sentences}) for one in told)
    return once and numbered and all(is_day(one.date) and one.date < brief.date for one in told)


def _goes_on(story: Story, brief: Brief) -> bool:
    """Return whether a story has the thread that it can have: its own where it is new, else one of the day since when it is told."""
    if not brief.before:
        return not (story.thread or story.since)
    if story.since == brief.date:
        return story.thread == brief.new_thread(story)
    return _known_since(story.since, brief) and bool(_THREAD.fullmatch(story.thread.removeprefix(story.since)))


def _known_since(day: str, brief: Brief) -> bool:
    """Return whether something can be known since a day: that of the brief, or of one of those before."""
    return is_day(day) and (day == brief.date or day <= brief.before)


def is_day(text: str) -> bool:
    """Return whether a text is an ISO date of ten characters, and no other."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _late(brief: Brief) -> Iterator[Finding]:
    """Yield what is said not to have been reached in time, and cannot be: once it is over, no article is read any more."""
    late = ""
    for article in brief.articles:
        if late and article.status == "used":
            yield of_brief("record", f"{article.id}: used, after {late} was {LATE}")
        elif article.reason == LATE:
            late = article.id
    run = brief.run
    if (late or run.late) and run.budget is None:
        yield of_brief("record", f"{late or 'a request'} was {LATE}, and there was none")
    elif late and run.budget is not None and run.seconds + _ROUNDED < READ * run.budget:
        yield of_brief("record", f"{late} was {LATE}, and the run took {run.seconds:g} of {run.budget:g} seconds")


def _run(brief: Brief) -> Iterator[Finding]:
    """Yield what is said of the run, and cannot be."""
    run = brief.run
    hashes = {"the model": run.model.sha256, **{f"the prompt {name}": sha256 for name, sha256 in run.prompts.items()}}
    if run.parser is not None:
        hashes["the parser"] = run.parser.sha256
    for name, sha256 in hashes.items():
        if not _HASH.fullmatch(sha256):
            yield of_brief("record", f"{name} has the SHA-256 {sha256!r}, which is none")
    for name in (name for name in run.prompts if not _PROMPT.fullmatch(name)):
        yield of_brief("record", f"there is no prompt {name!r}")
    if not _VERSION.fullmatch(run.version):
        yield of_brief("record", f"there is no version {run.version!r}")
    if not run.prompts:
        yield of_brief("record", "the model was asked by no prompt")
    if run.seconds > _LONGEST:
        yield of_brief("record", f"it took {run.seconds:g} seconds")
    if run.unanswered + run.late > run.asked:
        yield of_brief("counts", f"{run.unanswered} unanswered and {run.late} late of {run.asked} requests")
    if bool(run.problem) != bool(run.unanswered):
        yield of_brief("counts", f"{run.unanswered} requests without an answer, for the problem {run.problem!r}")
    reasons = {omission.reason for omission in brief.omitted}
    if UNREAD in reasons and not run.unanswered + run.late:
        yield of_brief("counts", "a sentence is left out for want of an answer, and every request was answered")
    # that a sentence leans on something untold is seen without the model, too
    if not reasons.isdisjoint({*LACKING[1:], REPEATED}) and run.unanswered + run.late >= run.asked:
        yield of_brief("counts", "a sentence is left out for what the model answered, and no request was answered")
    if brief.before_sha256 and not brief.before:
        yield of_brief("record", "the record of the brief before is named, and there is no brief before")
    elif brief.before and not brief.before_sha256:
        yield of_brief("record", f"the record of the brief of {brief.before} is not named")


def _counts(brief: Brief) -> Iterator[Finding]:
    """Yield the counts of drafts that cannot be: every claim passed each gate that it names, and a sentence is drafted twice at most."""
    gates, most = brief.run.gates, 2 * sum(article.sentences for article in brief.articles)
    for name, (reached, passed) in gates.items():
        if not 0 <= passed <= reached <= most:
            yield of_brief("counts", f"{passed} of {reached} drafts passed the gate {name}")
    if brief.run.parser is None:
        return
    claims = Counter(name for claim in (*brief.claims, *brief.leads) for name in claim.gates)
    for name in {*gates, *claims} - {*MADE, JUDGE, LEAD}:
        yield of_brief("counts", f"there is no gate {name}")
    for name in (*MADE, JUDGE, LEAD):
        if gates.get(name, (0, 0))[1] < claims[name]:
            yield of_brief("counts", f"{claims[name]} claims passed the gate {name}, which {gates.get(name, (0, 0))[1]} drafts passed")
    if gates.get(LICENSED, (0, 0))[0] != gates.get(EDITS, (0, 0))[1]:
        yield of_brief("counts", f"what passes the gate {EDITS} reaches the gate {LICENSED}")
    if gates.get(LEAD, (0, 0))[0] > _SENTENCES * len(brief.stories):
        yield of_brief("counts", f"{gates[LEAD][0]} sentences reached the gate {LEAD}, of {len(brief.stories)} stories")
    run = brief.run
    reached, passed = gates.get(JUDGE, (0, 0))
    if (more := gates.get(LEAD, (0, 0))[1] - len(brief.leads)) > _SENTENCES * (reached - passed):
        yield of_brief("counts", f"{more} sentences passed the gate {LEAD}, which are not there, and no judge refused them")
    if reached > run.asked or passed > run.asked - run.unanswered - run.late:
        yield of_brief("counts", f"{passed} of {reached} drafts passed the gate {JUDGE}, by {run.asked} requests")
