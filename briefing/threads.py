"""Stories over days: which story of a brief goes on with one of the brief before, what is new in it, and how it went.

brief, brief before ─ changes (plain code) ─► states of the claims; stories by the claims they share, else by their words ─► threads
stored briefs ─ each with the last related one before ─► threads ─ what is new or other ─► entries; quantities that moved ─► series

No model is asked, and no claim's text, order or citations are touched: what is true today does not depend on yesterday.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from briefing.brief import Brief, Story
from briefing.diff import artefacts, changes, paired
from briefing.language.base import Parser
from briefing.language.quantities import Quantity, counted
from briefing.records import Change, Entry, Point, Series, Thread, Timeline
from briefing.stages.retold import Source
from briefing.text.forms import entities
from briefing.text.terms import content, overlap, terms
from briefing.types import Claim, State

_GOES_ON = 0.3  # share of the smaller story's words in both, from which it goes on though no claim is the same
_NAMED = 2  # persons, bodies or places that both must name then, and that two briefs must share to be related
_ASKED = 0.5  # share of a topic's words that a story must have
_NEAREST = 0.2  # by which a story may have less than the one that has most
_STEM = 4  # letters at least by which a topic's words are compared: who asks for "drones downed" means "downing a drone"


def related(new: Source, earlier: Source) -> bool:
    """Return whether two briefs tell of the same things: they share several names in their headlines, or an article, edited or not."""
    named = [entities("\n".join(f"{story.headline}." for story in one.brief.stories)) for one in (new, earlier)]
    return len(named[0] & named[1]) >= _NAMED or bool(paired(earlier, new))


def follow(new: Source, old: Source, parser: Parser) -> Brief:
    """Return a brief that says what is new in it since an earlier one, its stories carrying on those of the earlier one."""
    found, _ = changes(old, new, parser)
    brief, earlier = new.brief, old.brief
    became = {claim.id: change for change in found for claim in change.news}
    threads = _continued(brief, earlier, found)
    claims = tuple(
        claim.model_copy(update={"state": _state(became[claim.id], claim), "since": _since(became[claim.id], claim, brief, earlier)})
        for claim in brief.claims
    )
    return brief.model_copy(
        update={
            "before": earlier.date,
            "claims": claims,
            "leads": tuple(lead.model_copy(update=_of_lead(lead, claims)) for lead in brief.leads),
            "stories": tuple(story.model_copy(update=_identity(threads.get(story.id), brief, story, earlier)) for story in brief.stories),
        }
    )


def _state(change: Change, claim: Claim) -> State:
    """Return what a reader of the brief is told: what was only picked anew is not new, nor what an article told before as it is now."""
    return "unchanged" if change.stood or (claim.earlier and change.state in {"new", "changed"}) else change.state


def _of_lead(lead: Claim, claims: Sequence[Claim]) -> dict[str, str]:
    """Return how new a lead is: as the first of its claims that is not as before, or as them all."""
    rests = [claim for claim in claims if claim.citations[0] in lead.citations]
    first = next((claim for claim in rests if claim.state != "unchanged"), rests[0])
    return {"state": first.state, "since": first.since}


def _since(change: Change, claim: Claim, brief: Brief, earlier: Brief) -> str:
    told = [one.date for one in claim.earlier]
    return min([*told, *([change.old.since or earlier.date] if change.old else [])], default=brief.date)


def _identity(before: Story | None, brief: Brief, story: Story, earlier: Brief) -> dict[str, str]:
    if before is None:
        return {"thread": thread_of(brief, story), "since": brief.date}
    return {"thread": thread_of(earlier, before), "since": before.since or earlier.date}


def thread_of(brief: Brief, story: Story) -> str:
    """Return the continuing identity of a story: the one it carries, or one made of its date and its first sentences."""
    return story.thread or brief.new_thread(story)


def _continued(brief: Brief, earlier: Brief, found: Sequence[Change]) -> dict[str, Story]:
    """Return for the stories of a brief those of the earlier one that they go on with, one to one: by shared claims, then by words."""
    home = {name: story for story in earlier.stories for name in story.claims}
    now = {name: story.id for story in brief.stories for name in story.claims}
    votes: Counter[tuple[str, str]] = Counter()
    for change in found:
        votes.update({(now[new.id], home[old.id].id) for new in change.news for old in change.olds})
    likely = [pair for pair, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))]
    told, was = ({story.id: _words(one, story) for story in one.stories} for one in (brief, earlier))
    alike = {(a, b): overlap(told[a], was[b]) for a in sorted(told) for b in sorted(was)}
    near = [p for p, like in alike.items() if like >= _GOES_ON and sum(t.startswith("@") for t in told[p[0]] & was[p[1]]) >= _NAMED]
    known = {story.id: story for story in earlier.stories}
    matched: dict[str, Story] = {}
    for a, b in (*likely, *sorted(near, key=lambda pair: (-alike[pair], pair))):
        if a not in matched and known[b] not in matched.values():
            matched[a] = known[b]
    return matched


def _words(brief: Brief, story: Story) -> frozenset[str]:
    claims = {claim.id: claim.text for claim in brief.claims}
    return frozenset().union(*(terms(claims[name]) for name in story.claims))


# The timeline


def timeline(sources: Sequence[Source], parser: Parser, topic: str = "", story: str = "") -> Timeline:
    """Return the stories about a topic, or the one with an ID, over briefs in order of their dates; without either, all, unopened."""
    told = list(_told(sources, parser))
    found = list(_threads(told))
    if story:
        found = [thread for thread in found if thread.id == story]
    elif topic:
        wanted = content(topic) | {f"@{key}" for key in entities(topic)}
        scored = [(_share(wanted, thread), thread) for thread in found]
        least = max(_ASKED, max((share for share, _ in scored), default=0.0) - _NEAREST)
        found = [thread for share, thread in sorted(scored, key=lambda one: -one[0]) if share >= least]
    else:
        found = [thread.model_copy(update={"entries": (), "series": ()}) for thread in found]
    warned = dict.fromkeys(warning for one in told if one.before for warning in artefacts(one.before.source.brief, one.source.brief))
    return Timeline(schema="briefing-timeline/1", topic=topic, story=story, threads=tuple(found), warnings=tuple(warned))


class _Told:
    """A brief with the one before it, what changed, and the thread of each of its stories."""

    def __init__(self, source: Source, before: "_Told | None", parser: Parser) -> None:
        brief = source.brief
        self.source, self.before = source, before
        self.changes = changes(before.source, source, parser)[0] if before else [Change(state="new", new=claim) for claim in brief.claims]
        if before and not brief.before:
            matched = _continued(brief, before.source.brief, self.changes)
            identities = {s.id: _identity(matched.get(s.id), brief, s, before.source.brief) for s in brief.stories}
            brief = brief.model_copy(update={"stories": tuple(s.model_copy(update=identities[s.id]) for s in brief.stories)})
        self.source = source._replace(brief=brief)
        self.threads = {story.id: thread_of(brief, story) for story in brief.stories}


def _told(sources: Sequence[Source], parser: Parser) -> Iterator[_Told]:
    """Yield each brief with the last related one before it."""
    done: list[_Told] = []
    for source in sources:
        done.append(_Told(source, next((one for one in reversed(done) if related(source, one.source)), None), parser))
        yield done[-1]


def _threads(told: Sequence[_Told]) -> Iterator[Thread]:
    """Yield every thread, the one that was told last first."""
    stories: defaultdict[str, list[tuple[_Told, Story]]] = defaultdict(list)
    for one in told:
        for story in one.source.brief.stories:
            stories[one.threads[story.id]].append((one, story))
    chains = _chains(told)
    for name, steps in sorted(stories.items(), key=lambda item: (item[1][-1][0].source.brief.date, item[0]), reverse=True):
        yield Thread(
            id=name,
            headline=steps[-1][0].source.brief.title(steps[-1][1]),
            dates=tuple(dict.fromkeys(one.source.brief.date for one, _ in steps)),
            entries=tuple(entry for one, story in steps for entry in _entries(one, story)),
            series=tuple(_series(steps, chains)),
        )


def _entries(one: _Told, story: Story) -> Iterator[Entry]:
    """Yield what a brief tells of a story that the brief before it did not, or told otherwise."""
    became = {claim.id: change for change in one.changes for claim in change.news}
    known = {claim.id: claim for claim in one.source.brief.claims}
    for name in story.claims:
        change = became[name]
        if _state(change, known[name]) != "unchanged" and (change.new is None or change.new.id == name):
            yield Entry(date=one.source.brief.date, state=change.state, claim=known[name], detail=change.detail if change.old else "")


_Chains = Mapping[tuple[int, str], tuple[int, str]]


def _chains(told: Sequence[_Told]) -> _Chains:
    """Return for each claim, by its brief and ID, the first claim that told the same matter."""
    first: dict[tuple[int, str], tuple[int, str]] = {}
    for one in told:
        for change in one.changes:
            for claim in change.news:
                own = id(one), claim.id
                before = (id(one.before), change.old.id) if change.old else own
                first[own] = first.get(before, before)
    return first


def _series(steps: Sequence[tuple[_Told, Story]], chains: _Chains) -> Iterator[Series]:
    """Yield the quantities of a story's claims that moved from one brief to another."""
    chain: defaultdict[tuple[int, str], list[tuple[str, Claim]]] = defaultdict(list)
    for one, story in steps:
        known = {claim.id: claim for claim in one.source.brief.claims}
        for name in story.claims:
            chain[chains[id(one), name]].append((one.source.brief.date, known[name]))
    for tellings in chain.values():
        latest = dict(tellings)  # of one date, the last
        last = tellings[-1][1]
        for unit in dict.fromkeys(q.unit for q in counted(tellings[0][1].text)):
            points = [_point(day, claim, found[0]) for day, claim in latest.items() if len(found := _counting(unit, claim)) == 1]
            if len(points) > 1 and len({point.value for point in points}) > 1:
                yield Series(what=last.marked(last.text), unit=unit, points=tuple(points))


def _counting(unit: str, claim: Claim) -> list[Quantity]:
    return [q for q in counted(claim.text) if q.unit == unit]


def _point(day: str, claim: Claim, quantity: Quantity) -> Point:
    shown = claim.text[quantity.start : quantity.end]
    return Point(date=day, value=float(quantity.value), shown=shown, claim=claim.text, citations=claim.citations)


def _share(wanted: frozenset[str], thread: Thread) -> float:
    """Return the share of a topic's words and names that a story has; the ends of words may differ."""
    told = terms("\n".join([thread.headline, *(entry.claim.text for entry in thread.entries)]))
    met = sum(any(term.startswith(word[: max(_STEM, len(word) - 2)]) for term in told) for word in wanted)
    return met / len(wanted) if wanted else 0.0
