"""The page of a brief as data: in short, the stories, who reports what, loaded wording, what was left out, and the articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing import arrange
from briefing.brief import ArticleRecord, Brief, LoadedTerm, Story
from briefing.page import count, day
from briefing.text.escape import visible
from briefing.types import Claim, cited_articles
from briefing.web.addresses import address
from briefing.web.claims import Claims
from briefing.web.data import BriefPage, Counts, LeftOut, Place, Row, ShownSide, ShownStory, SourceRow, Wording
from briefing.web.shelf import WHOLE, Remarks, Shelf, Text, label

_COLUMNS = 12  # outlets that the matrix has room for
_PLACES = 60  # sentences that are named for one kind of reason


def brief_page(brief: Brief, text: Text, *, excerpts: bool = False) -> BriefPage:
    """Return the page of a brief. With `excerpts`, or of more than WHOLE articles, it has only what is cited, with its neighbours."""
    used = [article for article in brief.articles if article.status == "used"]
    whole = not excerpts and len(used) <= WHOLE
    shelf = Shelf(text, whole=whole)
    if whole:
        for article in used:
            shelf.put(article)
    show = Claims(shelf, brief.articles)
    known = {claim.id: claim for claim in brief.claims}
    stories = list(arrange.stories(brief))
    anchors = {name: f"story{n}" for n, (story, _) in enumerate(stories, start=1) if story for name in (*story.claims, *story.lead)}
    headlines = {name: brief.title(story) for story in brief.stories for name in (*story.claims, *story.lead)}
    top = tuple(
        show.show(claim, reported=True, story=anchors.get(claim.id, ""), headline=headlines[claim.id]) for claim in brief.in_short()
    )
    topics = arrange.topics(brief)
    shown = tuple(_story(brief, n, story, rest, known, show, topics) for n, (story, rest) in enumerate(stories, start=1))
    outlets, matrix = _matrix(brief, known, used, anchors)
    return BriefPage(
        schema="briefing-page/1",
        title=f"Brief of {day(brief.date)}",
        date=brief.date,
        summary=f"{count(len(used), 'article')}, {count(len(known), 'claim')}, {count(len(brief.stories), 'story')}",
        spread=arrange.agreement(brief.claims),
        since=arrange.since(brief),
        undated=arrange.undated(used),
        counts=_counts(brief.claims),
        top=top,
        stories=shown,
        untold=tuple(_source(article, shelf) for article in arrange.untold(brief)),
        outlets=outlets,
        matrix=matrix,
        wording=tuple(_wording(brief, shelf)),
        left_out=tuple(_left_out(brief, shelf)),
        sources=tuple(_source(article, shelf) for article in brief.articles),
        made=tuple(_made(brief)),
        excerpts=not whole,
        articles=shelf.articles(_remarks(brief)),
    )


def _counts(claims: Sequence[Claim]) -> Counts:
    standing = Counter(arrange.standing(claim) for claim in claims)
    fresh = sum(claim.state in arrange.FRESH for claim in claims)
    return Counts(all=len(claims), agreed=standing["agreed"], contested=standing["contested"], single=standing[""], new=fresh)


def _story(
    brief: Brief, number: int, story: Story | None, rest: Sequence[Claim], known: Mapping[str, Claim], show: Claims, topics: set[str]
) -> ShownStory:
    """Return a story. Where some of its contested claims stand at the top, all of them stand here too: the sides belong side by side."""
    headline = story.headline if story else ""
    lead = brief.lead(story) if story else []
    told = arrange.told(headline, [*lead, *rest])
    others = [claim for claim in rest if claim is not told]
    sides = arrange.opposite([known[name] for name in story.claims] if story else rest)
    single = [claim for claim in others if not arrange.standing(claim)]
    since = f"goes on since {day(story.since)}" if story and story.since and story.since != brief.date else ""
    return ShownStory(
        anchor=f"story{number}",
        headline=visible(brief.title(story)) if story else "",
        topic=visible(story.topic) if story and story.topic in topics else "",
        cites=show.cites(told) if told else show.heading(story, known[story.heading]) if story and story.heading in known else (),
        standing=(arrange.standing(told) or "single") if told else "",
        fresh=arrange.FRESH.get(told.state, "") if told else "",
        about=visible(_about(brief, story)) if story else "",
        going_on=since,
        lead=tuple(show.show(claim) for claim in lead if claim is not told),
        agreed=tuple(show.show(claim) for claim in others if arrange.standing(claim) == "agreed"),
        contested=tuple(tuple(_side(brief, claim, show) for claim in group) for group in _groups(sides)),
        single=tuple(show.show(claim, reported=not story) for claim in single),
    )


def _about(brief: Brief, story: Story) -> str:
    """Return the outlets of a story with their dates, and of several articles how many origins they have."""
    records = {article.id: article for article in brief.articles}
    known = {claim.id: claim for claim in brief.claims}
    cited = [records[name] for name in cited_articles(c for name in story.claims for c in known[name].citations)]
    dates = list(dict.fromkeys(record.published for record in cited if record.published))
    outlets = list(dict.fromkeys(label(record) for record in cited))
    told = [", ".join(outlets)]
    if len(cited) > 1:
        told.append(arrange.spread(len(cited), story.origins, story.passed_on))
    told.append(day(dates[0]) if len(dates) == 1 else f"{day(min(dates))} to {day(max(dates))}" if dates else "undated")
    return " · ".join(told)


def _side(brief: Brief, claim: Claim, show: Claims) -> ShownSide:
    return ShownSide(
        who=visible(arrange.who(brief, claim)), when=visible(arrange.dated(claim.date or claim.published)), claim=show.show(claim)
    )


def _groups(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Return contested claims in groups: those that are in conflict, directly or over others, are one group."""
    groups: list[list[Claim]] = []
    for claim in claims:
        joined = [group for group in groups if any(claim.id in other.conflicts or other.id in claim.conflicts for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(other for group in joined for other in group), claim])
    return groups


def _matrix(
    brief: Brief, known: Mapping[str, Claim], used: Sequence[ArticleRecord], anchors: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return the outlets that are cited most, and for every story how many of its claims cite each; the rest are "others" together."""
    names = {article.id: label(article) for article in used}
    told = [[{names[c.article] for c in known[name].citations if c.article in names} for name in story.claims] for story in brief.stories]
    often = Counter(outlet for claims in told for outlets in claims for outlet in outlets)
    if len(often) < 2:
        return (), ()
    fit = len(often) <= _COLUMNS
    columns = [outlet for outlet, _ in often.most_common(_COLUMNS if fit else _COLUMNS - 1)]
    rows = []
    for story, claims in zip(brief.stories, told, strict=True):
        counts = [sum(outlet in outlets for outlets in claims) for outlet in columns]
        counts += [] if fit else [sum(bool(outlets.difference(columns)) for outlets in claims)]
        anchor = next((anchors[name] for name in story.claims if name in anchors), "")
        rows.append(Row(headline=visible(brief.title(story)), story=anchor, counts=tuple(counts)))
    return (*columns, *([] if fit else ["others"])), tuple(rows)


# What the sources called it, and what was left out


def _wording(brief: Brief, shelf: Shelf) -> Iterator[Wording]:
    records = {article.id: article for article in brief.articles}
    terms: dict[str, tuple[str, dict[str, list[Place]]]] = {}
    for found in brief.language:
        if found.article in records:
            name, fates = terms.setdefault(found.term.casefold(), (found.term, {}))
            fates.setdefault(_fate(found, brief), []).append(shelf.place(records[found.article], found.sentence))
    for name, fates in terms.values():
        yield Wording(term=visible(name), fates=tuple((fate, tuple(dict.fromkeys(places))) for fate, places in fates.items()))


def _fate(found: LoadedTerm, brief: Brief) -> str:
    """Return what became of a sentence with a loaded term."""
    place = found.article, found.sentence
    telling = [claim for claim in brief.claims if claim.citations[0].place == place]
    if found.instead:
        return visible(f"told as “{found.instead}”")
    if any(found.term.casefold() in claim.text.casefold() for claim in telling):
        return "told inside a quotation"
    if telling:
        return "the sentence is told without it"
    reason = next((arrange.kind(o.reason) for o in brief.omitted if (o.article, o.sentence) == place), "")
    return visible(f"the sentence is left out: {reason}") if reason else "the sentence is not told"


def _left_out(brief: Brief, shelf: Shelf) -> Iterator[LeftOut]:
    """Yield the kinds of reasons, the most frequent first."""
    records = {article.id: article for article in brief.articles}
    kinds: dict[str, list[tuple[str, int]]] = {}
    for omission in brief.omitted:
        kinds.setdefault(arrange.kind(omission.reason), []).append((omission.article, omission.sentence))
    for reason, places in sorted(kinds.items(), key=lambda item: -len(item[1])):
        once = sorted(set(places))
        named = tuple(shelf.place(records[name], number) for name, number in once[:_PLACES] if name in records)
        yield LeftOut(reason=visible(f"{reason[:1].upper()}{reason[1:]}"), count=len(once), places=named)


def _remarks(brief: Brief) -> dict[str, Remarks]:
    loaded: dict[str, dict[int, list[str]]] = {}
    for found in brief.language:
        loaded.setdefault(found.article, {}).setdefault(found.sentence, []).append(found.term)
    reasons: dict[str, dict[int, str]] = {}
    for omission in brief.omitted:
        reasons.setdefault(omission.article, {})[omission.sentence] = omission.reason
    return {name: Remarks(loaded.get(name, {}), reasons.get(name, {})) for name in {*loaded, *reasons}}


def _source(article: ArticleRecord, shelf: Shelf) -> SourceRow:
    return SourceRow(
        id=visible(article.id),
        title=visible(article.title),
        outlet=visible(article.source),
        day=visible(arrange.dated(article.published)) if article.status == "used" else "",
        sentences=article.sentences,
        sha256=article.sha256[:12],
        status=article.status,
        reason=visible(article.reason),
        target=shelf.target(article),
        link=address(article.url),
    )


def _made(brief: Brief) -> Iterable[str]:
    run = brief.run
    tokens = [f"{n:,}" for n in (run.tokens.prompt, run.tokens.generated, run.tokens.cached)]
    yield visible(
        f"Written by {run.model.name} (SHA-256 {run.model.sha256[:12]}) with briefing {run.version} in {arrange.duration(run.seconds)}; "
        f"tokens: {tokens[0]} read, {tokens[1]} written, {tokens[2]} cached."
    )
    if run.parser:
        yield visible(f"Parsed by {run.parser.name} (SHA-256 {run.parser.sha256[:12]}).")
    if gates := arrange.gates(run):
        yield visible(f"Drafts that passed each gate: {gates}.")
    yield f"Every claim was checked against the sentences it cites; “briefing verify {brief.date}.json” checks them again."
