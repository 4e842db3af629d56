"""What became of every claim from one brief to another: a pure function of two briefs and, as far as they are known, their articles.

two briefs ─ match (same sentence; what differs; told by the other's articles) ─► groups ─ values, origins, conflicts, reasons ─► Changes
two texts of one article (see `identity`) ─ sentences lost and gained ─► Corrections

A claim that is only worded anew is unchanged, and the two halves of a change are never "dropped" and "new". Nothing is decided about which
of two values is true. What plain code does not match is asked of the articles of the other brief; where nobody can be asked, claims that
are worded quite differently stay apart.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from briefing.brief import ArticleRecord, Brief
from briefing.identity import Articles, Text, aligned, same
from briefing.language.base import Parser
from briefing.records import Change, Correction, Diff, Side, Value
from briefing.stages.differences import hunks
from briefing.stages.match import Ask, Group, Matched, Stands, match
from briefing.stages.origins import joined
from briefing.stages.retold import Source, Tell, made
from briefing.stages.summarize import Made
from briefing.text.outlets import outlets
from briefing.text.words import fold_text
from briefing.types import Article, Citation, Claim, Place, State, cited_articles

STATES: tuple[State, ...] = ("new", "changed", "corroborated", "disputed", "dropped", "unchanged")
"""Every state, in the order in which a reader wants them."""

_SAID: dict[State, str] = {"corroborated": "newly corroborated", "disputed": "newly disputed"}


_FEW = 4  # words that are shown of a claim that is worded anew
_UNPICKED = "no longer picked"
_STOOD = "its sentence stood before in"


def diff(old: Source, new: Source, parser: Parser, tell: Tell | None = None) -> Diff:
    """Return the record of what changed from one brief to another."""
    matched = paired(old, new)
    found, unasked = changes(old, new, parser, tell, matched)
    corrected = tuple(_corrections(_aligned(old, new, matched), new, {name: was for was, name in matched.items()}))
    warnings = [*artefacts(old.brief, new.brief), *([f"{unasked} claims were not asked of the other brief's articles"] if unasked else [])]
    return Diff(
        schema="briefing-diff/1",
        old=_side(old),
        new=_side(new),
        summary=summary(found, corrected),
        warnings=tuple(warnings),
        changes=tuple(found),
        corrections=corrected,
    )


def changed(found: Diff) -> bool:
    """Return whether anything changed: a claim, or the text of an article."""
    return bool(found.corrections) or any(change.state != "unchanged" for change in found.changes)


def summary(found: Sequence[Change], corrected: Sequence[Correction] = ()) -> str:
    """Return the line that a person wants first: "5 new, 2 changed, 1 newly corroborated; 14 as before".

    Claims whose sentence is in its article on both days are told last: the brief chose otherwise, and nothing is new.
    """
    counts = Counter(change.state for change in found if not change.stood)
    chosen = Counter(change.state for change in found if change.stood)
    told = [f"{counts[state]} {_SAID.get(state, state)}" for state in STATES[:-1] if counts[state]]
    told += [f"{len(corrected)} {'article' if len(corrected) == 1 else 'articles'} edited"] if corrected else []
    picked = [f"{chosen['new']} picked anew"] if chosen["new"] else []
    picked += [f"{chosen['dropped']} no longer picked"] if chosen["dropped"] else []
    return "; ".join([", ".join(told) or "nothing changed", f"{counts['unchanged']} as before", *([", ".join(picked)] if picked else [])])


def artefacts(old: Brief, new: Brief) -> Iterator[str]:
    """Yield how the two briefs were made differently: a difference may then come of that, not of the news."""
    made = "so a difference may come from that and not from the news"
    if old.run.model != new.run.model:
        names = [run.model.name for run in (old.run, new.run)]
        told = " and ".join(names) if names[0] != names[1] else f"two files called {names[0]}"
        yield f"the briefs were written by different models ({told}), {made}"
    first, second = old.run.prompts, new.run.prompts
    other = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    if other:
        yield f"the briefs were written with different prompts ({', '.join(other)}), {made}"
    if old.run.version != new.run.version:
        yield f"the briefs were written by different versions ({old.run.version} and {new.run.version}), {made}"
    if new.date < old.date:
        yield f"the brief of {new.date} is compared as if it came after that of {old.date}"


def changes(
    old: Source, new: Source, parser: Parser, tell: Tell | None = None, matched: Mapping[str, str] | None = None
) -> tuple[list[Change], int]:
    """Return what became of every claim, in the reading order of the new brief, then of the old one; and how many were not asked about.

    `matched` is what `paired` says of the two, where it is known already.
    """
    original = {claim.id: claim for claim in old.brief.claims}
    old = _aligned(old, new, paired(old, new) if matched is None else matched)
    before, after = _reading(old.brief), _reading(new.brief)
    sides = made(before, old, parser), made(after, new, parser)
    known = match(*sides, _standing(old, new), _ask(tell, *sides, old, new), _known(after, old))
    groups = known.groups
    partner = {before[o].id: {after[n].id for n in group.new} for group in groups for o in group.old}
    now = {after[n].id: group for group in groups for n in group.new}
    places = sorted(groups, key=lambda g: (not g.new, min(g.new, default=0), min(g.old, default=0)))
    found = [_change(group, before, after, old, new, partner, now, known) for group in places]
    return [_as_it_was(change, original) for change in found], known.unasked


def _ask(tell: Tell | None, before: Sequence[Made], after: Sequence[Made], first: Source, second: Source) -> Ask | None:
    """Return what asks about claims of the one brief by their places; the articles of the other one are asked."""
    if tell is None:
        return None

    def ask(wanted: Mapping[int, Sequence[Value]], *, old: bool) -> dict[int, Collection[Place]]:
        claims, side, other = (before, first, second) if old else (after, second, first)
        return dict(zip(wanted, tell([(claims[n], values) for n, values in wanted.items()], side, other), strict=True))

    return ask


def _known(after: Sequence[Claim], old: Source) -> dict[int, list[Place]]:
    """Return the sentences of the old brief's articles of which the new brief itself says that they told a claim."""
    names = {record.content: record.id for record in old.brief.articles if record.status == "used"}
    told = {n: [(names[e.content], s) for e in claim.earlier if e.content in names for s in e.sentences] for n, claim in enumerate(after)}
    return {n: places for n, places in told.items() if places}


def paired(old: Source, new: Source) -> dict[str, str]:
    """Return the IDs of the articles of an old brief that are in a new one, edited or not, each with its ID there."""
    return same(*(Articles(source.brief, source.text) for source in (old, new)))


def _aligned(old: Source, new: Source, matched: Mapping[str, str]) -> Source:
    return old._replace(brief=aligned(new.brief, old.brief, matched))


def _as_it_was(change: Change, original: Mapping[str, Claim]) -> Change:
    """Return a change with the old claims as their brief has them, under its own IDs of articles."""
    if change.old is None:
        return change
    return change.model_copy(update={"old": original[change.old.id], "also_old": tuple(original[claim.id] for claim in change.also_old)})


def _standing(old: Source, new: Source) -> Stands:
    """Return what says of a claim whether its sentence is in its article on both days, as far as the texts are known."""
    today = {record.id: record for record in new.brief.articles}
    unchanged: set[str] = set()
    both: dict[str, set[str]] = {}
    for record in old.brief.articles:
        again = today.get(record.id)
        if again is None:
            continue
        if record.content == again.content:
            unchanged.add(record.id)
        elif (before := old.text(record)) and (after := new.text(again)):
            then, now = ({fold_text(quote) for quote in _sentences(article)} for article in (before, after))
            both[record.id] = then & now

    def stands(claim: Claim) -> bool:
        first = claim.citations[0]
        return first.article in unchanged or fold_text(first.quote) in both.get(first.article, ())

    return stands


def _reading(brief: Brief) -> list[Claim]:
    known = {claim.id: claim for claim in brief.claims}
    return [known[name] for story in brief.stories for name in story.claims]


def _change(
    group: Group,
    before: Sequence[Claim],
    after: Sequence[Claim],
    old: Source,
    new: Source,
    partner: Mapping[str, set[str]],
    now: Mapping[str, Group],
    known: Matched,
) -> Change:
    if not group.old:
        claim = after[group.new[0]]
        if _stood(claim, old, new):
            return Change(state="new", new=claim, stood=True, detail=f"{_STOOD} {claim.citations[0].article}")
        place = known.told_new.get(group.new[0])
        return Change(state="new", new=claim, stood=bool(place), detail="told before by {}, sentence {}".format(*place) if place else "")
    if not group.new:
        claim = before[group.old[0]]
        place = known.told_old.get(group.old[0])
        detail = f"{_UNPICKED}: told by {place[0]}, sentence {place[1]}" if place else _why(claim, old, new)
        return Change(state="dropped", old=claim, stood=detail.startswith(_UNPICKED), detail=detail)
    olds, news = [before[o] for o in group.old], [after[n] for n in group.new]
    gained = _new_origins(olds, news, old.brief, new.brief)
    told_before = {name for claim in olds for other in claim.conflicts for name in partner.get(other, ())}
    against = [name for claim in news for name in claim.conflicts if name not in told_before and now[name] is not group]
    against = list(dict.fromkeys(against))
    texts = {claim.id: claim for claim in after}
    told = list(dict.fromkeys(f"{value.was or 'nothing'} → {value.now or 'nothing'}" for value in group.values))
    told += [f"now also {', '.join(gained)}"] if gained else []
    told += [f"now contradicted by {texts[name].citations[0].article}: “{texts[name].text}”" for name in against]
    reworded = fold_text(olds[0].text) != fold_text(news[0].text)
    state: State = "changed" if group.values else "disputed" if against else "corroborated" if gained else "unchanged"
    return Change(
        state=state,
        old=olds[0],
        new=news[0],
        detail="; ".join(told) or (_reworded(olds[0], news[0]) if reworded else ""),
        values=group.values,
        origins=tuple(gained),
        against=tuple(against),
        also_old=tuple(olds[1:]),
        also_new=tuple(news[1:]),
    )


def _reworded(old: Claim, new: Claim) -> str:
    """Return "reworded", with the words if they are few: whether they mean the same is then for the reader to see."""
    found = [(was, now) for was, now in hunks(old.text, new.text) if was and now]
    short = len(found) == 1 and max(len(part.split()) for part in found[0]) <= _FEW
    return f"reworded: {found[0][0]} → {found[0][1]}" if short else "reworded"


# Origins


def _new_origins(olds: Sequence[Claim], news: Sequence[Claim], old: Brief, new: Brief) -> list[str]:
    """Return the names of the independent sources that tell a matter now and did not before, if there are more of them than before."""
    records = {record.id: record for brief in (old, new) for record in brief.articles}
    before, after = [_told(claims, records) for claims in (olds, news)]
    then = olds[0].origins if len(olds) == 1 else len(set(joined(*before).values()))
    today = news[0].origins if len(news) == 1 else len(set(joined(*after).values()))
    if today <= then:
        return []
    told, quotes = {**before[0], **after[0]}, {**before[1], **after[1]}
    group = joined(told, quotes)
    heard = {group[place] for place in before[0]}
    fresh = [place for place in after[0] if group[place] not in heard and place[0] not in {name for name, _ in before[0]}]
    firsts = {group[place]: place for place in reversed(fresh)}
    return [next((name for name in told[place] if name), place[0]) for place in reversed(list(firsts.values()))]


def _told(claims: Sequence[Claim], records: Mapping[str, ArticleRecord]) -> tuple[dict[Place, list[str]], dict[Place, str]]:
    """Return for each article that is cited its place, with the outlets it passes on and its own, and with the sentence."""
    told: dict[Place, list[str]] = {}
    quotes: dict[Place, str] = {}
    for claim in claims:
        alone = len(cited_articles(claim.citations)) == 1
        firsts = {citation.article: citation for citation in reversed(claim.citations)}
        for citation in firsts.values():
            place = citation.place
            passed_on = list(claim.passed_on) if alone else outlets(citation.quote)
            told[place] = [*passed_on, records[citation.article].source]
            quotes[place] = citation.quote
    return told, quotes


# Why a claim is gone


def _why(claim: Claim, old: Source, new: Source) -> str:
    """Return why a claim is not in the new brief, as far as it is known."""
    citation = claim.citations[0]
    before, after = ({record.id: record for record in source.brief.articles}.get(citation.article) for source in (old, new))
    if after is None:
        return f"source gone: {citation.article}"
    if after.status != "used":
        return f"source not used: {citation.article}: {after.reason or after.status}"
    number = _stands(citation, before, after, new.text)
    if number == 0:
        return f"sentence changed: {citation.article} no longer has it"
    if number is None:
        return f"{citation.article} changed, and its text is not known any more"
    reason = next((o.reason for o in new.brief.omitted if (o.article, o.sentence) == (citation.article, number)), "")
    told = any((c.article, c.sentence) == (citation.article, number) for other in new.brief.claims for c in other.citations)
    left = "it stands beside another claim" if told else f"sentence {number} of {citation.article} is still there"
    return f"{_UNPICKED}: {reason or left}"


def _stood(claim: Claim, old: Source, new: Source) -> bool:
    """Return whether the sentence of a new claim stood in its article before, as far as it is known."""
    citation = claim.citations[0]
    before, after = ({record.id: record for record in source.brief.articles}.get(citation.article) for source in (old, new))
    return before is not None and before.status == "used" and after is not None and bool(_stands(citation, after, before, old.text))


def _stands(citation: Citation, before: ArticleRecord | None, after: ArticleRecord, text: Text) -> int | None:
    """Return the number of a sentence in the article of today, 0 where it is gone, None where nobody knows."""
    if before is not None and before.content == after.content:
        return citation.sentence
    article = text(after)
    if article is None:
        return None
    quote = fold_text(citation.quote)
    return next((s.number for s in article.sentences if fold_text(article.quote(s.number)) == quote), 0)


# Corrections


def _corrections(old: Source, new: Source, was: Mapping[str, str]) -> Iterator[Correction]:
    """Yield the articles whose text changed; `was` gives the IDs that they have in the old brief itself."""
    today = {record.id: record for record in new.brief.articles if record.status == "used"}
    for record in old.brief.articles:
        again = today.get(record.id)
        if record.status != "used" or again is None or record.content == again.content:
            continue
        before, after = old.text(record), new.text(again)
        stood = _sentences(before) if before else _cited(record.id, old.brief.claims)
        stands = _sentences(after) if after else _cited(record.id, new.brief.claims)
        lost = _beyond(stood, stands) if after else []
        gained = _beyond(stands, stood) if before else []
        known = before is not None and after is not None
        rested = [c.id for c in old.brief.claims if any(q.article == record.id and q.quote in lost for q in c.citations)]
        if lost or gained or not known:
            before_id = "" if was[record.id] == record.id else was[record.id]
            yield Correction(
                article=record.id,
                was=before_id,
                edition=again.edition,
                lost=tuple(lost),
                gained=tuple(gained),
                claims=tuple(rested),
                known=known,
            )


def _beyond(some: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the sentences that are not among the others, white space and quotation marks aside."""
    known = set(map(fold_text, others))
    return [one for one in some if fold_text(one) not in known]


def _sentences(article: Article) -> list[str]:
    told = [sentence for sentence in article.sentences if sentence.note != "front matter"]
    return list(dict.fromkeys(article.quote(sentence.number) for sentence in told))


def _cited(name: str, claims: Sequence[Claim]) -> list[str]:
    return list(dict.fromkeys(c.quote for claim in claims for c in claim.citations if c.article == name))


def _side(source: Source) -> Side:
    run = source.brief.run
    return Side(
        date=source.brief.date,
        path=source.path,
        model=run.model,
        prompts=run.prompts,
        version=run.version,
        articles=source.brief.articles,
    )
