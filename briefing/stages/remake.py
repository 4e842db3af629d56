"""A brief made again from its articles: what its record may say, given the few things that only a model decides.

record, Documents ─ rewrite ─ copied ─ align ─ attributed ─ contested ─ stories ─ introduced ─► what it must say ─ compared ─► findings

The same functions run as in `generate`. Left to the record are the sentences that are told, which licensed parts the model left out, which
articles report a claim too, which claims contradict each other, what leads each story, the order of the stories, and which of them are of
one topic; each choice must be one that plain code allows. Whether the model did choose so, and its probabilities within their bounds,
cannot be told from the files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set

from briefing.brief import Brief, Story
from briefing.language.document import Document
from briefing.stages import align, lead, topics
from briefing.stages.check import EDITS
from briefing.stages.compose import Group, by_story, headed, in_order, introduced
from briefing.stages.contest import sign
from briefing.stages.copies import copied, copies
from briefing.stages.earlier import could_tell
from briefing.stages.findings import differing, of_brief, of_claim, shown
from briefing.stages.omitted import listed
from briefing.stages.origins import attributed, of_stories
from briefing.stages.rank import Ranker
from briefing.stages.replay import Replayed, passages, printed, replay
from briefing.stages.select import can_be_told
from briefing.stages.summarize import SURE, Chosen, Made, cuttable
from briefing.stages.support import JUDGE, thresholds
from briefing.types import Claim, Finding, Place

_CHECKS = {
    "text": "edits",
    "edits": "licensed",
    "citations": "citation",
    "partly": "citation",
    "earlier": "state",
    "published": "date",
    "origins": "counts",
    "passed_on": "counts",
}
"""The check that a field is told under, where it is not the field's own name."""

_OF_STORY = {"edits": "headline", "claims": "story", "origins": "counts", "passed_on": "counts", "told": "lead"}
_FOLLOWED = {"state", "since", "thread"}  # told of the days before, not of the articles
_JUDGED = {"support", "conflicts"}  # held to bounds, not to a value


class Remake:
    """What the files give to a record. `documents` are all articles that it says were used, in its order, and unchanged.

    `archived` gives an article of an earlier day by its content, None where it is not kept: what it told is then not looked at.
    """

    def __init__(self, brief: Brief, documents: Mapping[str, Document], archived: Callable[[str], Document | None]) -> None:
        self._brief = brief
        self._archived = archived
        self._documents = documents
        self._least = thresholds().reported.least
        told = list(dict.fromkeys(story.event for story in brief.stories))
        self._known = {name for event in told for name in event}  # the event of an article that gave no claim is in no record
        self._events = [*told, *((name,) for name in documents if name not in self._known)]

    def findings(self) -> Iterator[Finding]:
        """Yield what the record says otherwise than its articles give it. What rests on what is wrong already is not looked at."""
        wrong = list(self._misplaced())
        if wrong:
            yield from wrong
            return
        several = list(self._documents.values())
        echoed, ranker = copies(several), Ranker(several)
        candidates, left = can_be_told(several, self._events, echoed, ranker)
        tellable = {one.place: one for found in candidates.values() for one in found}
        yield from listed(self._brief, self._documents, candidates, left)
        yield from self._drafted(tellable.values())
        again: dict[str, Replayed] = {}
        shortened = printed(self._brief)
        for claim in self._brief.claims:
            place = claim.citations[0].place
            if place in tellable:
                again[claim.id] = replay(claim, tellable[place], shortened=shortened)
            else:
                reason = next((o.reason for o in left if (o.article, o.sentence) == place), "no such sentence")
                yield of_claim(claim, "licensed", f"no claim is made of this sentence: {reason}")
        yield from (
            of_claim(c, "record", f"its ID is {m.one.claim.id}") for c in self._brief.claims if (m := again.get(c.id)) and _id(m) != c.id
        )
        order = {place: n for n, place in enumerate(tellable)}
        if len({_id(made) for made in again.values()} & again.keys()) == len(self._brief.claims):
            if sorted(again.values(), key=lambda made: order[made.one.chosen.place]) != list(again.values()):
                yield of_brief("record", "the claims do not stand in the order of their sentences")
            yield from self._compared(list(again.values()), echoed, ranker)

    def _misplaced(self) -> Iterator[Finding]:
        """Yield the stories whose events are no parts of the articles that were used, each in one event."""
        events = list(dict.fromkeys(story.event for story in self._brief.stories))
        for name, times in Counter(name for event in events for name in event).items():
            if times > 1:
                yield of_brief("event", f"{name} is in {times} events")
            if name not in self._documents:
                yield of_brief("event", f"{name} is in an event, and is no article that was used")
        order = {name: n for n, name in enumerate(self._documents)}
        for story in self._brief.stories:
            known = [name for name in story.event if name in order]
            if not known or known != sorted(known, key=lambda name: order[name]):
                yield of_brief("event", f"{story.id}: the articles of its event are not those of the record, in its order")
        home = {name for event in events for name in event}
        yield from (
            of_claim(claim, "event", f"{claim.citations[0].article} is in no event")
            for claim in self._brief.claims
            if claim.citations[0].article not in home
        )

    # Claims and stories

    def _compared(self, again: Sequence[Replayed], echoed: Mapping[Place, Place], ranker: Ranker) -> Iterator[Finding]:
        """Yield what claims, stories and top say otherwise than they are made again."""
        brief = self._brief
        made, wrong = self._reported(again, echoed, ranker)
        yield from wrong
        yield from _conflicts(brief, made)
        yield from (finding for claim, one in zip(brief.claims, made, strict=True) for finding in self._earlier(claim, one))
        made = [
            one._replace(claim=one.claim.model_copy(update={"conflicts": c.conflicts, "earlier": c.earlier}))
            for one, c in zip(made, brief.claims, strict=True)
        ]
        known = {frozenset(one.claim.id for one in group): (event, group) for event, group in by_story(made, self._events)}
        groups = [_group(story, *known.get(frozenset(story.claims), ((), ()))) for story in brief.stories]
        yield from (finding for finding in groups if isinstance(finding, Finding))
        whole = [group for group in groups if isinstance(group, Group)]
        if len(whole) < len(groups):
            return
        yield from (of_brief("topic", detail) for detail in topics.disagreements(whole, self._documents))
        stories, top = in_order(whole, brief.date)
        made = introduced(made, stories)
        claims = [one.claim for one in made]
        stories, leads, refused = self._led(stories, made)
        for said, claim in zip(brief.claims, claims, strict=True):
            yield from _otherwise(said, claim, _FOLLOWED | _JUDGED)
        yield from self._leads(leads, refused)
        for told, story in zip(brief.stories, of_stories(stories, claims, self._documents), strict=True):
            named = differing(told, story, _FOLLOWED)
            yield from (of_brief(_OF_STORY.get(name, name), f"{told.id}, “{told.headline}”: {detail}") for name, detail in named)
        if brief.top != tuple(top):
            yield of_brief("top", f"the brief is headed by {shown(brief.top)}, not by {shown(tuple(top))}")

    def _reported(self, again: Sequence[Replayed], echoed: Mapping[Place, Place], ranker: Ranker) -> tuple[list[Made], list[Finding]]:
        """Return the claims with the articles that can report them of those that are said to, and what is wrong with that."""
        home = {name: event for event in self._events for name in event}
        made: list[Made] = []
        wrong: list[Finding] = []
        for claim, one in zip(self._brief.claims, copied([made.one for made in again], echoed, self._documents), strict=True):
            cut = again[len(made)].cut
            told, partly, strange = passages(claim, one, home, self._documents, ranker)
            wrong += [of_claim(claim, "citation", f"plain code finds no report of it in {name}") for name in strange]
            least = min([SURE] * cut + [self._least] * bool(told), default=1.0)
            if not least <= claim.support <= 1:
                wrong.append(of_claim(claim, "support", f"{claim.support} is not from {least:g} to 1"))
            support = dict.fromkeys(told, claim.support)
            made.append(one._replace(claim=align.reported(one.claim, support, partly, self._documents)))
        return attributed(made, self._documents), wrong

    def _leads(self, leads: Mapping[str, Claim], refused: Mapping[str, str]) -> Iterator[Finding]:
        """Yield the sentences of leads that plain code refuses, or that are otherwise than it lets them stand."""
        for said in self._brief.leads:
            written = leads.get(said.id)
            if written is None:
                yield of_claim(said, lead.LEAD, refused[said.id])
                continue
            yield from _otherwise(said, written, _FOLLOWED | {"support"})
            least = min(SURE, written.support) if JUDGE in written.gates else written.support
            if not least <= said.support <= written.support:
                yield of_claim(said, "support", f"{said.support} is not from {least:g} to {written.support:g}")

    def _led(self, stories: Sequence[Story], made: Sequence[Made]) -> tuple[list[Story], dict[str, Claim], dict[str, str]]:
        """Return the stories with the leads of the record, the sentences of those that plain code lets stand, and why not the others."""
        known = {one.claim.id: one for one in made}
        texts = {one.id: lead.plain(one.text) for one in self._brief.leads}
        found: list[Story] = []
        leads: dict[str, Claim] = {}
        refused: dict[str, str] = {}
        for told, story in zip(self._brief.stories, stories, strict=True):
            if told.lead:
                group = [known[name] for name in story.claims]
                written = lead.accepted(story, [texts[name] for name in told.lead], group, self._documents)
                refused |= dict.fromkeys(told.lead, written.refused)
                leads |= zip(told.lead, written.sentences, strict=False)
                names = told.lead if written.refused else tuple(one.id for one in written.sentences)
                story = story.model_copy(update={"lead": names, "told": told.told if written.refused else written.told})
            found.append(story)
        return found, leads, refused

    def _earlier(self, claim: Claim, one: Made) -> Iterator[Finding]:
        """Yield the articles of earlier days that are said to have told a claim, and cannot have."""
        for told in claim.earlier:
            old = self._archived(told.content)
            if old is not None and not could_tell(one, old, told.sentences):
                yield of_claim(claim, "state", f"plain code finds no report of it in {told.article} of {told.date}")

    def _drafted(self, tellable: Collection[Chosen]) -> Iterator[Finding]:
        """Yield that there were more drafts than there can be: of each sentence one, and one that is cut, which is judged as leads are."""
        gates = self._brief.run.gates
        cut = sum(bool(cuttable(one)) for one in tellable)
        for name, most in ((EDITS, len(tellable) + cut), (JUDGE, cut + gates.get(lead.LEAD, (0, 0))[1])):
            if gates.get(name, (0, 0))[0] > most:
                yield of_brief("counts", f"{gates[name][0]} drafts reached the gate {name}, and there can be {most}")


def _group(story: Story, event: Sequence[str], group: Sequence[Made]) -> Group | Finding:
    """Return the claims of a story with the one that its headline is made of."""
    if not group:
        return of_brief("story", f"{story.id}: its claims are not those of one event, or of one item of a round-up")
    leading = next((one for one in group if one.claim.id == story.heading), None)
    if leading is None:
        return of_brief("headline", f"{story.id}, “{story.headline}”: made of no claim of its story")
    return headed(group, leading, event)._replace(topic=story.topic)


def _otherwise(said: Claim, stands: Claim, but: Set[str]) -> Iterator[Finding]:
    """Yield in which fields a claim is otherwise than it is made again."""
    return (of_claim(said, _CHECKS.get(name, name), detail) for name, detail in differing(said, stands, but))


def _conflicts(brief: Brief, made: Sequence[Made]) -> Iterator[Finding]:
    """Yield the conflicts of which plain code sees no sign."""
    known = {one.claim.id: one for one in made}
    for claim in brief.claims:
        for name in claim.conflicts:
            if not sign(known[claim.id], known[name]) and not sign(known[name], known[claim.id]):
                yield of_claim(claim, "conflicts", f"plain code sees no sign of a conflict with {name}")


def _id(made: Replayed) -> str:
    return made.one.claim.id
