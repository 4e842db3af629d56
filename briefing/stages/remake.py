"""A brief made again from its articles: what its record may say, given the few things that only a model decides.

record, Documents ─ rewrite ─ copied ─ align ─ attributed ─ contested ─ stories ─ introduced ─► what it must say ─ compared ─► findings

The same functions run as in `generate`. Left to the record are the sentences that are told, which licensed parts the model left out, which
articles report a claim too, which claims contradict each other, what leads each story, the order of the stories, and which of them are of
one topic; each choice must be one that plain code allows. Whether the model did choose so, and its probabilities within their bounds,
cannot be told from the files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefing.errors import UsageError
from briefing.language.asides import dispensable
from briefing.language.document import Document
from briefing.model import probes
from briefing.model.base import Identity
from briefing.model.task import load_task
from briefing.resources import resource
from briefing.stages import align, lead, select, topics
from briefing.stages.check import EDITS, MADE, check
from briefing.stages.compose import Group, by_story, headed, in_order, introduced, language
from briefing.stages.contest import sign
from briefing.stages.copies import copied, copies
from briefing.stages.earlier import could_tell
from briefing.stages.edits import COLOUR
from briefing.stages.origins import attributed, of_stories
from briefing.stages.printing import REPEATED, UNREAD, ways
from briefing.stages.rank import Ranker
from briefing.stages.select import can_be_told
from briefing.stages.shared import candidates
from briefing.stages.summarize import SURE, Chosen, Made, claim_of, cuttable
from briefing.stages.support import JUDGE, thresholds
from briefing.stages.wording import toned
from briefing.stages.worth import LACKING
from briefing.types import Brief, Claim, Finding, ModelRecord, Omission, Place, Story

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
_PRINTING = frozenset({REPEATED, UNREAD, *LACKING})  # what is left out for one of these was asked whether it may be printed
_LEFT = frozenset({select.LIGHT, *_PRINTING})  # why a sentence that can be told is not, by weight or by the model
_SHOWN = 90  # characters of a value in a finding


class _Made(NamedTuple):
    """A claim made again, and whether the model left something out of its sentence."""

    one: Made
    cut: bool


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
        yield from self._listed(candidates, left)
        yield from self._drafted(tellable.values())
        again: dict[str, _Made] = {}
        printed = any(omission.reason in _PRINTING for omission in self._brief.omitted) or _prints(self._brief.run.model)
        for claim in self._brief.claims:
            place = claim.citations[0].place
            if place in tellable:
                again[claim.id] = _again(claim, tellable[place], printed=printed)
            else:
                reason = next((o.reason for o in left if (o.article, o.sentence) == place), "no such sentence")
                yield _of(claim, "licensed", f"no claim is made of this sentence: {reason}")
        yield from (
            _of(c, "record", f"its ID is {m.one.claim.id}") for c in self._brief.claims if (m := again.get(c.id)) and _id(m) != c.id
        )
        order = {place: n for n, place in enumerate(tellable)}
        if len({_id(made) for made in again.values()} & again.keys()) == len(self._brief.claims):
            if sorted(again.values(), key=lambda made: order[made.one.chosen.place]) != list(again.values()):
                yield _brief("record", "the claims do not stand in the order of their sentences")
            yield from self._compared(list(again.values()), echoed, ranker)

    def _misplaced(self) -> Iterator[Finding]:
        """Yield the stories whose events are no parts of the articles that were used, each in one event."""
        events = list(dict.fromkeys(story.event for story in self._brief.stories))
        for name, times in Counter(name for event in events for name in event).items():
            if times > 1:
                yield _brief("event", f"{name} is in {times} events")
            if name not in self._documents:
                yield _brief("event", f"{name} is in an event, and is no article that was used")
        order = {name: n for n, name in enumerate(self._documents)}
        for story in self._brief.stories:
            known = [name for name in story.event if name in order]
            if not known or known != sorted(known, key=lambda name: order[name]):
                yield _brief("event", f"{story.id}: the articles of its event are not those of the record, in its order")
        home = {name for event in events for name in event}
        yield from (
            _of(claim, "event", f"{claim.citations[0].article} is in no event")
            for claim in self._brief.claims
            if claim.citations[0].article not in home
        )

    # Claims and stories

    def _compared(self, again: Sequence[_Made], echoed: Mapping[Place, Place], ranker: Ranker) -> Iterator[Finding]:
        """Yield what claims, stories and top say otherwise than they are made again."""
        brief = self._brief
        home = {name: event for event in self._events for name in event}
        made: list[Made] = []
        for claim, one in zip(brief.claims, copied([made.one for made in again], echoed, self._documents), strict=True):
            cut = again[len(made)].cut
            passages, partly, strange = self._passages(claim, one, home, ranker)
            yield from (_of(claim, "citation", f"plain code finds no report of it in {name}") for name in strange)
            least = min([SURE] * cut + [self._least] * bool(passages), default=1.0)
            if not least <= claim.support <= 1:
                yield _of(claim, "support", f"{claim.support} is not from {least:g} to 1")
            support = dict.fromkeys(passages, claim.support)
            made.append(one._replace(claim=align.reported(one.claim, support, partly, self._documents)))
        made = attributed(made, self._documents)
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
        yield from (_brief("topic", detail) for detail in topics.disagreements(whole, self._documents))
        stories, top = in_order(whole, brief.date)
        made = introduced(made, stories)
        claims = [one.claim for one in made]
        stories, leads, refused = self._led(stories, made)
        for said, claim in zip(brief.claims, claims, strict=True):
            yield from (_of(said, _CHECKS.get(name, name), detail) for name, detail in _differing(said, claim, _FOLLOWED | _JUDGED))
        for said in brief.leads:
            written = leads.get(said.id)
            if written is None:
                yield _of(said, lead.LEAD, refused[said.id])
                continue
            yield from (_of(said, _CHECKS.get(name, name), detail) for name, detail in _differing(said, written, _FOLLOWED | {"support"}))
            least = min(SURE, written.support) if JUDGE in written.gates else written.support
            if not least <= said.support <= written.support:
                yield _of(said, "support", f"{said.support} is not from {least:g} to {written.support:g}")
        for told, story in zip(brief.stories, of_stories(stories, claims, self._documents), strict=True):
            named = _differing(told, story, _FOLLOWED)
            yield from (_brief(_OF_STORY.get(name, name), f"{told.id}, “{told.headline}”: {detail}") for name, detail in named)
        if brief.top != tuple(top):
            yield _brief("top", f"the brief is headed by {_shown(brief.top)}, not by {_shown(tuple(top))}")

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

    def _passages(
        self, claim: Claim, one: Made, home: Mapping[str, Sequence[str]], ranker: Ranker
    ) -> tuple[list[align.Passage], list[Place], list[str]]:
        """Return the passages by which a record says that other articles report a claim, and the sentences that tell it in part.

        Of a passage of two sentences the judge may have found one enough. Last come the articles of those that cannot be.
        """
        more = claim.citations[len(one.claim.citations) :]
        rest = tuple(citation for citation in more if citation.article not in claim.partly)
        found: list[align.Passage] = []
        for passage in align.reportable(one, home, self._documents, ranker) if rest else ():
            for numbers in dict.fromkeys([passage.numbers, *((number,) for number in passage.numbers)]):
                cited = tuple(self._documents[passage.article].article.cite(number) for number in numbers)
                if rest[: len(cited)] == cited:
                    found.append(passage._replace(numbers=numbers))
                    rest = rest[len(cited) :]
                    break
        told = [citation.place for citation in more if citation.article in claim.partly]
        able = set(candidates(one, home, self._documents, ranker)) if told else set()
        partly = [place for place in told if place in able]
        strange = [*(citation.article for citation in rest), *(place[0] for place in told if place not in partly)]
        return found, partly, list(dict.fromkeys(strange))

    def _earlier(self, claim: Claim, one: Made) -> Iterator[Finding]:
        """Yield the articles of earlier days that are said to have told a claim, and cannot have."""
        for told in claim.earlier:
            old = self._archived(told.content)
            if old is not None and not could_tell(one, old, told.sentences):
                yield _of(claim, "state", f"plain code finds no report of it in {told.article} of {told.date}")

    # What else is listed

    def _listed(self, candidates: Mapping[str, Sequence[Chosen]], left: Sequence[Omission]) -> Iterator[Finding]:
        """Yield what is wrong with the loaded terms, with the sentences that are left out, and with what each article gave."""
        brief = self._brief
        terms = tuple(term for document in self._documents.values() for term in language(document))
        said, stands = Counter(brief.language), Counter(terms)
        for term in (said - stands) | (stands - said):
            times = f"{said[term]} times in the record, {stands[term]} times in the file"
            yield _brief("language", f"{term.article}, sentence {term.sentence}: the loaded term “{term.term}” is {times}")
        if brief.language != terms and said == stands:
            yield _brief("language", "the loaded terms are out of order")
        untold = {(o.article, o.sentence): o.reason for o in left}
        little: dict[str, list[int]] = {}
        for (name, number), reason in untold.items():
            if reason == select.LITTLE:
                little.setdefault(name, []).append(number)
        yield from self._omitted({one.place: one for found in candidates.values() for one in found}, untold)
        for record in brief.articles:
            if record.id not in self._documents:
                continue
            order = tuple(one.place[1] for one in sorted(candidates[record.id], key=select.heavy))
            if record.id not in self._known:  # what weighs enough there depends on its event
                able = {*order, *little.get(record.id, ())}
                order = tuple(number for number in dict.fromkeys(record.summary.sentences) if number in able)
            claims = tuple(claim.id for claim in brief.claims if claim.citations[0].article == record.id)
            if record.summary.claims != claims:
                yield _brief("summary", f"{record.id} gave {_shown(claims)}, not {_shown(record.summary.claims)}")
            if record.summary.sentences != order:
                told = f"{_shown(order)}, not {_shown(record.summary.sentences)}"
                yield _brief("summary", f"{record.id}: its sentences by their weight are {told}")

    def _drafted(self, tellable: Collection[Chosen]) -> Iterator[Finding]:
        """Yield that there were more drafts than there can be: of each sentence one, and one that is cut, which is judged as leads are."""
        gates = self._brief.run.gates
        cut = sum(bool(cuttable(one)) for one in tellable)
        for name, most in ((EDITS, len(tellable) + cut), (JUDGE, cut + gates.get(lead.LEAD, (0, 0))[1])):
            if gates.get(name, (0, 0))[0] > most:
                yield _brief("counts", f"{gates[name][0]} drafts reached the gate {name}, and there can be {most}")

    def _omitted(self, able: Mapping[Place, Chosen], untold: Mapping[Place, str]) -> Iterator[Finding]:
        """Yield the sentences that are neither told nor left out, or both, or for a reason that is not theirs.

        `able` are those that can be told, `untold` the others with their reasons.
        """
        brief = self._brief
        cited = {citation.place for claim in brief.claims for citation in claim.citations}
        every = [(name, s.number) for name, document in self._documents.items() for s in document.article.sentences]
        places = [(omission.article, omission.sentence) for omission in brief.omitted]
        if places != [place for place in every if place not in cited]:
            for place in {*every} ^ {*places, *cited}:
                yield _brief("omitted", f"{place[0]}, sentence {place[1]} is neither told nor left out, or not there")
            for place in {*places} & cited:
                yield _brief("omitted", f"{place[0]}, sentence {place[1]} is told and left out")
            yield _brief("omitted", "what is left out is not every sentence that is not told, once, in order")
            return
        home = {name: event for event in self._events if event[0] in self._known for name in event}
        light = {place for place, reason in untold.items() if reason == select.LITTLE and place[0] not in home}
        likely = {(place[0], str(place[1])) for place in (*able, *light)}  # what weighs enough depends on an event that may not be known
        for omission in brief.omitted:
            place, reason = (omission.article, omission.sentence), omission.reason
            fine = reason == untold.get(place)
            if place in able or place in light:
                little = reason == select.LITTLE and place[0] not in home
                other = _other(reason)
                again = other in likely and other != (place[0], str(place[1])) and home.get(other[0]) is home.get(place[0])
                fine = fine or little or again or reason in _LEFT or (place in able and reason in _refusals(able[place]))
            if not fine:
                yield _brief("omitted", f"{place[0]}, sentence {place[1]} is not left out for {_shown(omission.reason)}")


def _prints(model: ModelRecord) -> bool:
    """Return whether a model is asked what may be printed: a probe was fitted for it. That nothing was left out for it tells nothing."""
    try:
        task = load_task(resource("prompts") / "print.toml")
        return probes.load(resource("prompts") / "probes", task, Identity(model.name, model.sha256)) is not None
    except UsageError:  # fitted for another file of that name
        return False


def _again(claim: Claim, chosen: Chosen, *, printed: bool) -> _Made:
    """Return the claim about a sentence, with the parts left out that the record leaves out and the model may have chosen.

    Where it was asked what may be `printed`, it may have been the sentence without all of them.
    """
    chosen = _toned(claim, chosen)
    cut = tuple(edit for edit in cuttable(chosen) if edit in claim.edits) if JUDGE in claim.gates else ()
    if cut:
        gates = {"gates": (*MADE, JUDGE), "support": claim.support}
        return _Made(Made(chosen, claim_of(chosen, cut).model_copy(update=gates)), cut=True)
    shorter = (way for way in ways(chosen)[1:] if printed and {*way.rewrite.needed} <= {*claim.edits, *chosen.rewrite.needed})
    way = next(shorter, chosen)
    return _Made(Made(way, claim_of(way)), cut=False)


def _toned(claim: Claim, chosen: Chosen) -> Chosen:
    """Return a sentence without the words that the record cuts as coloured: which ones are is for a network to say, which may go is not."""
    start = chosen.document.sentence(chosen.rewrite.number).start
    told = {(edit.start - start, edit.end - start, edit.text) for edit in claim.edits if edit.reason == COLOUR}
    return toned(chosen, [one for one in dispensable(chosen.parse) if one in told])


def _group(story: Story, event: Sequence[str], group: Sequence[Made]) -> Group | Finding:
    """Return the claims of a story with the one that its headline is made of."""
    if not group:
        return _brief("story", f"{story.id}: its claims are not those of one event, or of one item of a round-up")
    leading = next((one for one in group if one.claim.id == story.heading), None)
    if leading is None:
        return _brief("headline", f"{story.id}, “{story.headline}”: made of no claim of its story")
    return headed(group, leading, event)._replace(topic=story.topic)


def _conflicts(brief: Brief, made: Sequence[Made]) -> Iterator[Finding]:
    """Yield the conflicts of which plain code sees no sign."""
    known = {one.claim.id: one for one in made}
    for claim in brief.claims:
        for name in claim.conflicts:
            if not sign(known[claim.id], known[name]) and not sign(known[name], known[claim.id]):
                yield _of(claim, "conflicts", f"plain code sees no sign of a conflict with {name}")


def _refusals(one: Chosen) -> set[str]:
    """Return the reasons for which the gates refuse a sentence as a whole."""
    gates = check(claim_of(one), {one.document.article.id: one.document})
    return {f"{gate.name}: {gate.detail}" for gate in gates if not gate.passed}


def _other(reason: str) -> tuple[str, str]:
    """Return the article and the number of the sentence that another one is left out for, as it says the same; "" where there is none."""
    forms = (re.escape(form).replace(r"\{\}", "(.+)") for form in (select.TOLD_AGAIN, align.SAID))
    said = next((told for form in forms if (told := re.fullmatch(form, reason))), None)
    return (said[1], said[2]) if said else ("", "")


def _differing(said: Claim | Story, stands: Claim | Story, but: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a record that are otherwise than they are made again, each with what is said and what is so."""
    for name in type(stands).model_fields:
        one, other = getattr(said, name), getattr(stands, name)
        if name not in but and one != other:
            yield name, f"{name.replace('_', ' ')}: {_shown(one)} in the record, {_shown(other)} by its articles"


def _shown(value: object) -> str:
    text = (", ".join(map(_shown, value)) if isinstance(value, tuple) else str(value)) or "nothing"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _id(made: _Made) -> str:
    return made.one.claim.id


def _of(claim: Claim, check: str, detail: str) -> Finding:
    return Finding(claim=claim.id, check=check, detail=detail)


def _brief(check: str, detail: str) -> Finding:
    return Finding(claim="", check=check, detail=detail)
