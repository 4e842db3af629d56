"""Records in the order and the words in which they are read: what the Markdown view and the web page say alike.

Decides what stands where, and what is said of it; promises plain text, which a view has to escape. Knows no template.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from briefing.brief import ArticleRecord, Brief, RunRecord, Story
from briefing.page import count, day
from briefing.records import Answer, Change, Correction, Entry, Thread
from briefing.types import Claim, cited_articles

FRESH: dict[str, str] = {"new": "new", "changed": "changed", "corroborated": "newly corroborated", "disputed": "newly disputed"}
"""What is said of a claim that is not as in the brief before, by its state."""

_DATE = "date"  # reason of an edit that puts a date in (stages/rewrite)
_BRACKETS = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)")
_ANOTHER = re.compile(r"\b(what|of) .+?, sentence \d+,?")
_DETAIL = re.compile(r"“[^”]*”|\d+(?:\.\d+)?")

Standing = Literal["contested", "agreed", ""]


def stories(brief: Brief) -> Iterator[tuple[Story | None, list[Claim]]]:
    """Yield the stories with the claims that neither the top nor their lead tells; last, unheaded, those that are all of their story.

    Those under the heading of a topic (see `topics`) stay there, whatever they hold.
    """
    headed = topics(brief)
    single: list[Claim] = []
    for story in brief.stories:
        rest = brief.rest(story)
        if len(rest) == len(story.claims) == 1 and story.topic not in headed:
            single += rest
        elif rest or brief.lead(story):
            yield story, rest
    if single:
        yield None, single


def topics(brief: Brief) -> set[str]:
    """Return the topics that have a heading: of which more is told below the head of the brief than one story."""
    told = Counter(story.topic for story in brief.stories if brief.rest(story) or brief.lead(story))
    return {topic for topic, number in told.items() if topic and number > 1}


def opposite(claims: Sequence[Claim]) -> list[Claim]:
    """Return the contested claims, each followed by those it is in conflict with."""
    known = {claim.id: claim for claim in claims}
    ordered = dict.fromkeys(name for claim in claims if claim.conflicts for name in (claim.id, *claim.conflicts))
    return [known[name] for name in ordered if name in known]


def who(brief: Brief, claim: Claim) -> str:
    """Return who says a claim: its speaker, the outlets it is passed on from, or the articles themselves."""
    names = {article.id: article.source or article.id for article in brief.articles}
    return claim.speaker or ", ".join(claim.passed_on or dict.fromkeys(names[name] for name in cited_articles(claim.citations)))


def agreement(claims: Sequence[Claim]) -> str:
    """Return how many claims have several origins, and how many are contested."""
    agreed = sum(claim.origins > 1 for claim in claims)
    disputed = sum(bool(claim.conflicts) for claim in claims)
    if not agreed and not disputed:
        return "Every claim comes from one source"
    return f"{agreed} agreed on by independent sources, {disputed} contested; the others come from one source each"


def spread(files: int, origins: int, passed_on: Sequence[str]) -> str:
    """Return "2 files, 1 origin: Bild"."""
    return f"{count(files, 'file')}, {count(origins, 'origin')}" + (f": {', '.join(passed_on)}" if passed_on else "")


def dated(published: str) -> str:
    """Return a date as it is read, or that there is none."""
    return day(published) if published else "undated"


def undated(used: Sequence[ArticleRecord]) -> str:
    """Return a warning where articles give no date: old news must not pass for today's."""
    missing = sum(not article.published for article in used)
    return f"{missing} of {count(len(used), 'article')} give no date of their own: what they tell may be old" if missing else ""


def note(claim: Claim, reported: bool) -> str:
    """Return "new; 2 files, 1 origin: Bild; 19 May 2025", as far as there is something to say."""
    return "; ".join(filter(None, (FRESH.get(claim.state, ""), about(claim, reported))))


def about(claim: Claim, reported: bool) -> str:
    """Return how far a claim is spread, when it was, and since when it is told; `reported` adds when it was told, for want of its day."""
    files = len(cited_articles(claim.citations))
    whole = count(files, "file") if claim.written else spread(files, claim.origins, claim.passed_on)  # a lead joins different ones
    counted = whole if files > 1 else ""
    if claim.partly:
        counted += f", {len(claim.partly)} of them with other details"
    when = day(claim.date) or (f"reported {day(claim.published)}" if reported and claim.published else "")
    return "; ".join(filter(None, (counted, when, f"told since {day(claim.earlier[0].date)}" if claim.earlier else "")))


def since(brief: Brief) -> str:
    """Return what is new since the brief before, "" where there was none."""
    counts: Counter[str] = Counter(claim.state for claim in brief.claims)
    fresh = [f"{counts[state]} {said}" for state, said in FRESH.items() if counts[state]]
    return f"Since the brief of {day(brief.before)}: {', '.join(fresh) or 'nothing new'}" if brief.before else ""


def gates(run: RunRecord) -> str:
    """Return for each gate the share of claims that passed it."""
    return ", ".join(
        f"{name} {_percent(passed, reached)} % ({passed:,} of {reached:,})" for name, (reached, passed) in run.gates.items() if reached
    )


def _percent(part: int, whole: int) -> int:
    """Return a share as a whole number that is 100 only if nothing is missing."""
    return 100 * part // whole


def duration(seconds: float) -> str:
    """Return "1 min 1 s", or "12.4 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def standing(claim: Claim) -> Standing:
    """Return whether others contradict a claim, or several origins tell it; "" for what one origin tells."""
    return "contested" if claim.conflicts else "agreed" if claim.origins > 1 else ""


def told(headline: str, claims: Sequence[Claim]) -> Claim | None:
    """Return the claim that says no more than the headline: it is told by it, and the headline has its footnotes."""
    said = headline.rstrip(".")
    return next((claim for claim in claims if said and said in {claim.text.rstrip("."), _undated(claim).rstrip(".")}), None)


def _undated(claim: Claim) -> str:
    """Return the text of a claim without the dates that were put in: its note says when."""
    text = claim.text
    for edit in claim.edits:
        text = text.replace(edit.text, "", 1) if edit.text and edit.reason == _DATE else text
    return text


def kind(reason: str) -> str:
    """Return the kind of a reason for which a sentence was left out: the reason without its details."""
    return _DETAIL.sub("…", _ANOTHER.sub(r"\1 another sentence", _BRACKETS.sub("", reason)))


# What changed from one brief to another, and how an answer was made

CHANGES = {
    "new": "New",
    "changed": "Changed",
    "corroborated": "Newly corroborated",
    "disputed": "Newly disputed",
    "dropped": "Dropped",
    "new, stood": "Picked anew",
    "dropped, stood": "No longer picked",
    "unchanged": "As before",
}
"""The headings of what changed, by what `change_kind` says, in the order in which a reader wants them."""

AS_BEFORE = 10
"""Claims that are named among those that are as before."""


def change_kind(change: Change) -> str:
    """Return what became of a claim, and whether its sentence stood on both days, so that the brief chose otherwise."""
    return f"{change.state}, stood" if change.stood else change.state


def change_note(change: Change) -> str:
    """Return in words what changed; the other side of a conflict is not in it: it stands below, with its sentences."""
    if change.values or change.origins or change.against:
        values = [f"{value.was or '–'} → {value.now or '–'}" for value in change.values]
        return "; ".join([*values, *([f"now also {', '.join(change.origins)}"] if change.origins else [])])
    return change.detail.removeprefix("no longer picked: ")


def correction_note(correction: Correction) -> str:
    """Return how many sentences of an edited article went and came, and what rested on them."""
    counted = f"{count(len(correction.lost), 'sentence')} went, {len(correction.gained)} came"
    counts = counted if correction.lost or correction.gained else "The text changed"
    rested = len(correction.claims)
    claims = f"; {count(rested, 'claim')} of the old brief rested on what went" if rested else ""
    unknown = "" if correction.known else "; one of the two texts is no longer known, so this may not be all"
    edition = f"Edition {correction.edition} of its page: " if correction.edition > 1 else ""
    return f"{edition}{counts[:1].lower() if edition else counts[:1]}{counts[1:]}{claims}{unknown}"


def answered(answer: Answer) -> str:
    """Return by whom and how surely a question was answered, or judged to have no answer."""
    run = answer.run
    made = f"{'Answered' if answer.answerable else 'Judged'} by {run.model.name} in {run.seconds:.1f} s"
    return f"{made}; probability that the sources answer: {answer.confidence:.2f}"


def told_over(thread: Thread) -> str:
    """Return in how many briefs a story was told, and from when to when."""
    first, last, number = day(thread.dates[0]), day(thread.dates[-1]), len(thread.dates)
    return f"Told in the brief of {first}" if number == 1 else f"Told in {number} briefs, from {first} to {last}"


def by_day(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Return the entries of a story by date, in their order."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.date, []).append(entry)
    return list(found.items())


def step(entry: Entry) -> str:
    """Return what an entry of a story is beside those that were told for the first time: "Changed", "Newly disputed"."""
    return CHANGES[entry.state] if entry.state in FRESH and entry.state != "new" else ""


def untold(brief: Brief) -> list[ArticleRecord]:
    """Return the articles that were read and that no claim cites: their titles are shown, so that nobody takes silence for no news."""
    cited = {citation.article for claim in brief.claims for citation in claim.citations}
    return [article for article in brief.articles if article.status == "used" and article.id not in cited]
