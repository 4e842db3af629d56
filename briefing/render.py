"""The record as Markdown that can be checked by eye. Promises that nothing of the record becomes Markdown or HTML.

Every string that the template prints is escaped, unless it was made here as `Markdown`. A claim stands in it once, and
so does a quotation, however many claims cite it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing import arrange
from briefing.brief import ArticleRecord, Brief, Story
from briefing.page import CitedSpan, Markdown, count, day, footnotes, notes, page, referred, said
from briefing.types import Claim, cited_articles

TEMPLATE = "templates/brief.md.j2"
_TITLE = 100  # characters of a title in the table of sources
_COLUMNS = 12  # files that a table has room for
_RARE = 2  # reasons of one sentence each that still get a line of their own


def render(brief: Brief, template: Path | None = None) -> str:
    """Return the Markdown view of a record, by a template of one's own if it is named. The same record gives the same text."""
    return page(template or TEMPLATE, _view(brief), brief)


# What the template gets


@dataclass(frozen=True, slots=True)
class _Line:
    """A claim and its footnote marks. `tag` is "Agreed" or "Contested" or, of a single origin, ""; `note` counts files, and dates it."""

    text: Markdown
    kind: str
    tag: str
    note: str
    marks: Markdown


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of what is contested: who says it, and as of when."""

    who: str
    line: _Line
    when: str


@dataclass(frozen=True, slots=True)
class _Section:
    """Claims under a headline ("" where the only claim says it all), after the lead. `sides` are the contested ones, opposite together.

    `topic` is the heading over several sections behind each other, "" for most.
    """

    topic: str
    headline: str
    marks: Markdown
    about: str
    lead: list[_Line]
    lines: list[_Line]
    sides: list[_Side]


def _view(brief: Brief) -> dict[str, object]:
    claims = {claim.id: claim for claim in brief.claims}
    top = brief.in_short()
    stories = list(arrange.stories(brief))
    shown = [*top, *(claim for story, rest in stories for claim in (*(brief.lead(story) if story else ()), *rest))]
    citations = [citation for claim in shown for citation in claim.citations]
    labels = footnotes((article.id for article in brief.articles), citations)
    used = [article for article in brief.articles if article.status == "used"]
    counts = count(len(used), "article"), count(len(claims), "claim"), count(len(brief.stories), "story")
    topics = arrange.topics(brief)
    return {
        "day": day(brief.date),
        "date": brief.date,
        "summary": ", ".join(counts),
        "since": arrange.since(brief),
        "spread": arrange.agreement(list(claims.values())),
        "files": [article.id for article in used] if len(used) <= _COLUMNS else [],
        "matrix": list(_matrix(brief, claims, used)) if 1 < len(used) <= _COLUMNS else [],
        "top": [_line(claim, labels, reported=True) for claim in top],
        "undated": arrange.undated(used),
        "sections": [_section(brief, story, rest, labels, topics) for story, rest in stories],
        "untold": [_untold(article) for article in arrange.untold(brief)],
        "notes": list(notes(brief.articles, labels, citations)),
        "language": list(_language(brief)),
        "omitted": list(_omitted(brief)),
        "articles": [_source(article) for article in brief.articles],
        "run": brief.run,
        "seconds": arrange.duration(brief.run.seconds),
        "tokens": [f"{n:,}" for n in (brief.run.tokens.prompt, brief.run.tokens.generated, brief.run.tokens.cached)],
        "gates": arrange.gates(brief.run),
        "prompts": ", ".join(f"{name} {sha256[:12]}" for name, sha256 in sorted(brief.run.prompts.items())),
    }


def _untold(article: ArticleRecord) -> tuple[str, str]:
    """Return the title of an article that nothing is told of, and where it is from."""
    where = ", ".join(filter(None, (article.id if article.title else "", article.source, arrange.dated(article.published))))
    return _title(article) or article.id, where


def _title(article: ArticleRecord) -> str:
    """Return the title of an article on one line, as long as a table has room for."""
    title = " ".join(article.title.split())
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"


def _section(brief: Brief, story: Story | None, claims: list[Claim], labels: dict[CitedSpan, str], topics: set[str]) -> _Section:
    """Return a story's part of the page. A claim that says no more than the headline is told by it, with its footnotes."""
    headline = story.headline if story else ""
    lead = brief.lead(story) if story else []
    told = arrange.told(headline, [*lead, *claims])
    lines = [_line(claim, labels) for claim in claims if claim is not told and not claim.conflicts]
    sides = [
        _Side(arrange.who(brief, claim), _line(claim, labels), arrange.dated(claim.date or claim.published))
        for claim in arrange.opposite(claims)
    ]
    marks = _line(told, labels).marks if told else Markdown("")
    return _Section(
        story.topic if story and story.topic in topics else "",
        brief.title(story) if story else "",
        marks,
        _whence(brief, story, [*claims, *lead]),
        [_line(one, labels) for one in lead if one is not told],
        lines,
        sides,
    )


def _matrix(brief: Brief, claims: dict[str, Claim], used: Sequence[ArticleRecord]) -> Iterator[tuple[str, list[str]]]:
    """Yield each story with the number of its claims that every article is cited for; "" for none."""
    for story in brief.stories:
        cited = [{citation.article for citation in claims[name].citations} for name in story.claims]
        counts = [sum(article.id in names for names in cited) for article in used]
        yield brief.title(story), [str(count) if count else "" for count in counts]


def _whence(brief: Brief, story: Story | None, claims: Iterable[Claim]) -> str:
    """Return the articles behind some claims with outlet and date, as far as they give them, and of several how many origins they have."""
    articles = {article.id: article for article in brief.articles}
    cited = cited_articles(citation for claim in claims for citation in claim.citations)
    named = [", ".join(filter(None, (name, articles[name].source, arrange.dated(articles[name].published)))) for name in cited]
    if story and len(named) > 1:
        named.append(arrange.spread(len(named), story.origins, story.passed_on))
    return "; ".join(named)


def _line(claim: Claim, labels: dict[CitedSpan, str], *, reported: bool = False) -> _Line:
    """Return a claim's line; `reported` adds when, where its story does not stand beside it to say so."""
    return _Line(
        said(claim.text), claim.kind, arrange.standing(claim).capitalize(), arrange.note(claim, reported), referred(claim.citations, labels)
    )


def _language(brief: Brief) -> Iterator[tuple[str, str, str]]:
    """Yield each loaded term once: the term, what the brief says instead, and where it stands."""
    grouped: dict[tuple[str, str], tuple[str, list[tuple[str, int]]]] = {}
    for found in brief.language:
        key = found.term.casefold(), found.instead
        grouped.setdefault(key, (found.term, []))[1].append((found.article, found.sentence))
    for (_, instead), (term, places) in grouped.items():
        yield term, instead or "(not said)", _where(places)


def _omitted(brief: Brief) -> Iterator[tuple[str, int, str]]:
    """Yield each kind of reason, without details, how many sentences, and which; the rare ones come last, as one."""
    grouped: dict[str, set[tuple[str, int]]] = {}
    for omission in brief.omitted:
        reason = arrange.kind(omission.reason)
        grouped.setdefault(reason, set()).add((omission.article, omission.sentence))
    rare = [(reason, places) for reason, places in grouped.items() if len(places) == 1]
    if len(rare) <= _RARE:
        rare = []
    for reason, places in sorted(grouped.items(), key=lambda item: -len(item[1])):
        if (reason, places) not in rare:
            yield f"{reason[:1].upper()}{reason[1:]}", len(places), _where(sorted(places))
    if rare:
        yield "Other", len(rare), "; ".join(f"{_where(places)}, {reason}" for reason, places in rare)


def _where(places: Iterable[tuple[str, int]]) -> str:
    """Return "A s1, s4–s6; B s2"."""
    numbers: dict[str, list[int]] = {}
    for article, sentence in places:
        numbers.setdefault(article, []).append(sentence)
    return "; ".join(f"{article} {', '.join(_ranges(found))}" for article, found in numbers.items())


def _ranges(numbers: Iterable[int]) -> Iterator[str]:
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        yield f"s{run[0]}–s{run[-1]}" if len(run) > 1 else f"s{run[0]}"


def _source(article: ArticleRecord) -> dict[str, object]:
    return {
        "id": article.id,
        "title": _title(article),
        "source": article.source,
        "published": article.published or ("undated" if article.status == "used" else ""),
        "sentences": article.sentences if article.status == "used" else "",
        "sha256": article.sha256[:12],
        "status": f"{article.status}: {article.reason}" if article.reason else article.status,
    }
