"""Briefs made of one-sentence claims, a file a list of sentences: what the diff and the timeline are tested on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from briefing import diff as comparing
from briefing import threads
from briefing.brief import Brief, Story
from briefing.records import Change, Diff, Timeline
from briefing.stages.retold import Source, Tell
from briefing.text.articles import article
from briefing.text.dates import differ, moments
from briefing.types import Article, Claim
from tests import briefs
from tests.stages.fakes import Lent

Files = Mapping[str, Sequence[str]]

HARBOUR = (
    "The port of Aster reopened on Monday after a strike of 12 days.",
    "Mayor Ines Calder said 26 ships were waiting outside the harbour.",
    "The ferry line Norlink moved its services to the town of Elsby.",
)
HOSPITAL = (
    "The emergency ward at Tornby hospital treated 18,400 patients in 2024.",
    "Nurses at the hospital collected 9,200 signatures against a closure.",
)


def date_of(text: str, published: str = "") -> str:
    """Return the one date that a sentence gives for what it tells, "" where it names none, or several, or one that cannot be resolved."""
    dates = [moment.date for moment in moments(text, published)]
    closest = max(dates, key=len, default="")
    return closest if all(dates) and not any(differ(closest, other) for other in dates) else ""


def text_of(sentences: Sequence[str], outlet: str = "", published: str = "") -> str:
    head = f"Local news of the day\n\n{f'Source: {outlet}' if outlet else ''}\n\n{published}\n\n"
    return head + "\n\n".join(sentences) + "\n"


def edition(
    files: Files,
    date: str = "2026-11-20",
    *,
    outlets: Mapping[str, str] | None = None,
    published: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    conflicts: Sequence[tuple[str, str]] = (),
    left: Sequence[str] = (),
    **fields: object,
) -> Source:
    """Make the brief of some files, a story each: every sentence but those `left` out is a claim, its ID that of its sentence."""
    articles: dict[str, Article] = {}
    for name, sentences in files.items():
        text = text_of(sentences, (outlets or {}).get(name, ""), (published or {}).get(name, ""))
        articles[name] = article(name, f"{name}.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    claims = [
        _claim(articles[name], quote, (texts or {}).get(quote, quote), conflicts)
        for name, sentences in files.items()
        for quote in sentences
        if quote not in left
    ]
    stories = [Story(id=f"s-{name}", headline=files[name][0].rstrip("."), claims=_of(name, claims)) for name in files if _of(name, claims)]
    by_hash = {one.sha256: one for one in articles.values()}
    made = briefs.brief(list(articles.values()), claims, stories, date=date, **fields)
    return Source(made, f"{date}.json", lambda record: by_hash.get(record.sha256))


def diff(old: Source, new: Source, tell: Tell | None = None) -> Diff:
    """Compare two briefs, by the parser of the fixture `lent`."""
    return comparing.diff(old, new, Lent.parser, tell)


def follow(new: Source, old: Source) -> Brief:
    """Say what is new in a brief, by the parser of the fixture `lent`."""
    return threads.follow(new, old, Lent.parser)


def timeline(sources: Sequence[Source], topic: str = "", story: str = "") -> Timeline:
    """Tell how stories went, by the parser of the fixture `lent`."""
    return threads.timeline(sources, Lent.parser, topic, story)


def _of(name: str, claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims if claim.citations[0].article == name)


def number(source: Article, quote: str) -> int:
    return next(s.number for s in source.sentences if source.quote(s.number) == quote)


def _claim(source: Article, quote: str, text: str, conflicts: Sequence[tuple[str, str]]) -> Claim:
    n = number(source, quote)
    name = f"{source.id}-s{n}"
    against = tuple(b if a == name else a for a, b in conflicts if name in (a, b))
    return briefs.claim(name, text, (source, n), conflicts=against, date=date_of(text, source.published))


def states(found: Diff | Sequence[Change]) -> dict[str, str]:
    """Return the state of each change by the text of its claim, the new one if there is one."""
    changes = found.changes if isinstance(found, Diff) else found
    return {claim.text: change.state for change in changes if (claim := change.new or change.old)}
