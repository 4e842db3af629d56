"""The lead of a story: one or two sentences that the model writes from its claims, and that plain code and the judge let stand.

claims of a story ─ what each can be told without ─► model (JSON) ─► two texts ─ joined, checked, judged ─► lead, cited to all they rest on

Left free, a small model copies claims far oftener than it merges them, and merges them truly only now and then, so that its constraint is
made of texts that plain code has let pass: a claim, whole or less parts that commas set off. It says which claim goes beside the
headline's, and what both do without; what is shortened is judged all the same. What a lead may be is decided from its text and its claims
alone (`accepted`), so that `verify` decides it again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from briefing.brief import Story
from briefing.language.base import Parse
from briefing.language.document import Document
from briefing.model.base import Call, Constraint, Reply
from briefing.model.task import Task
from briefing.stages.compared import content, forms
from briefing.stages.edits import DATE
from briefing.stages.judging import Judge
from briefing.stages.material import BRACKETS, Choices, Material, choices, joined, joins, material, rested
from briefing.stages.origins import origins
from briefing.stages.summarize import SURE, Made
from briefing.stages.support import JUDGE, asked
from briefing.text.words import fold
from briefing.types import Claim, Gate, cited_articles

LEAD = "lead"
"""The gate of a lead's sentences, by the name that stands in the record: they say what their claims say, and better than these do."""

_MOST = 0.4  # share of what a claim says, from which a lead stands for it: what is left is in its footnote
_STORIES = 24  # the weightiest ones, which get a lead: so much of a brief is read


class Written(BaseModel):
    """The model's reply: two claims, whole or without what they can do without."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: str
    second: str


class Lead(NamedTuple):
    """The sentences of a lead as claims, with what the claims say that each rests on, and those that need not be told beside them, by ID.

    Without sentences it is `refused`, and says why.
    """

    sentences: tuple[Claim, ...] = ()
    sources: tuple[tuple[str, ...], ...] = ()
    told: tuple[str, ...] = ()
    refused: str = ""


def led(
    stories: Sequence[Story], made: Sequence[Made], documents: Mapping[str, Document], *, judge: Judge
) -> tuple[list[Story], list[Claim]]:
    """Return the stories with their leads, and the sentences of these, in order.

    Where there is nothing to join, the model gives no answer, or anything refuses what it wrote, a story has none.
    """
    known = {one.claim.id: one for one in made}
    groups = {story.id: material([known[name] for name in story.claims], story) for story in stories[:_STORIES]}
    able = {story: texts for story in stories[:_STORIES] if (texts := choices(groups[story.id]))}
    calls = [_call(judge.tasks["lead"], [one.text for one in groups[story.id]], *texts) for story, texts in able.items()]
    tried: dict[str, Lead] = {}
    for (story, texts), (_, reply) in zip(able.items(), sorted(judge.model.generate(calls), key=lambda pair: pair[0]), strict=True):
        judge.tally.add(reply)
        tried[story.id] = _written(story, reply, texts, groups[story.id], documents)
    sure = _judged([lead for lead in tried.values() if not lead.refused], judge)
    judge.tally.count([Gate(name=LEAD, passed=not lead.refused) for lead in tried.values() for _ in lead.sentences or ("",)])
    found: list[Story] = []
    leads: list[Claim] = []
    for story in stories:
        lead = tried.get(story.id, Lead())
        if lead.sentences and all(one.id in sure for one in lead.sentences):
            leads += [one.model_copy(update={"support": sure[one.id]}) for one in lead.sentences]
            story = story.model_copy(update={"lead": tuple(one.id for one in lead.sentences), "told": lead.told})
        found.append(story)
    return found, leads


def accepted(story: Story, texts: Sequence[str], group: Sequence[Made], documents: Mapping[str, Document]) -> Lead:
    """Return the lead of these sentences, without dates in brackets, as far as plain code decides. `group` are the claims of the story."""
    told = material(group, story)
    return _accepted(story, texts, choices(told), told, documents)


def plain(text: str) -> str:
    """Return a sentence without what is put into it in brackets."""
    return BRACKETS.sub("", text)


def _written(story: Story, reply: Reply, able: Choices, group: Sequence[Material], documents: Mapping[str, Document]) -> Lead:
    """Return the lead of a reply: two sentences, or one where both are told of the same person or body."""
    try:
        said = Written.model_validate_json(reply.text) if reply.finish == "stop" else None
    except ValidationError:
        said = None
    if said is None:
        return Lead(refused="no answer")
    together = joined(said.first, said.second, group)
    one = _accepted(story, [together], able, group, documents)
    return _accepted(story, [said.first, said.second], able, group, documents) if one.refused else one


def _accepted(
    story: Story, texts: Sequence[str], able: Choices | None, group: Sequence[Material], documents: Mapping[str, Document]
) -> Lead:
    if able is None or not joins(texts, able, group):
        return Lead(refused="is not the headline's claim and one more, whole or less parts that they are true without")
    read = [rested(text, group) for text in texts]
    refused = next((why for _, why in read if why), "")
    if refused:
        return Lead(refused=refused)
    parts = [found for found, _ in read]
    used = list(dict.fromkeys(one for part in parts for one in part))
    if len(used) != 2 or sum(map(len, parts)) != 2 or used[0] is not group[0]:
        return Lead(refused="does not rest on the headline's claim and one more")
    dated = [_dated(text, part) for text, part in zip(texts, parts, strict=True)]
    if not all(dated):
        return Lead(refused="has no place for a date of its claims")
    claims = []
    for n, (text, told, part) in enumerate(zip(texts, dated, parts, strict=True), start=1):
        gates = (LEAD,) if text == part[0].text else (LEAD, JUDGE)
        claims.append(_claim(f"{story.id}-lead-{n}", told, gates, [one.one.claim for one in part], documents))
    words = frozenset[str]().union(*(forms(used[0].one.chosen.document.read(text)) for text in texts))
    gone = tuple(one.one.claim.id for one in used if _needless(one.parse, words))
    if len(gone) < len(used):
        return Lead(refused="leaves out so much of a claim that it would have to be told again below")
    return Lead(tuple(claims), tuple(tuple(one.text for one in part) for part in parts), gone)


def _needless(parse: Parse, words: frozenset[str]) -> bool:
    """Return whether a claim need not be told beside a lead of these words: that has every number of it, and most of what it says."""
    counted = {fold(parse.word(n)) for n, token in enumerate(parse.tokens) if token.pos == "NUM"}
    own = content(parse)
    return counted <= words and len(own & words) >= _MOST * len(own)


def _dated(text: str, found: Sequence[Material]) -> str:
    """Return a sentence with the dates that its claims put behind their days, "" where one has no place in it, or another one is there."""
    put: dict[str, str] = {}
    for one in found:
        first = one.one.claim.citations[0]
        for edit in one.one.claim.edits:
            if edit.reason == DATE:
                word = (re.findall(r"\w+", first.quote[: edit.start - first.start]) or [""])[-1]
                if put.setdefault(word, edit.text) != edit.text:
                    return ""
    for word, date in put.items():
        places = [match.end() for match in re.finditer(rf"\b{re.escape(word)}\b", text)]
        if len(places) != 1:
            return ""
        text = f"{text[: places[0]]}{date}{text[places[0] :]}"
    return text


def _claim(name: str, text: str, gates: tuple[str, ...], claims: Sequence[Claim], documents: Mapping[str, Document]) -> Claim:
    """Return a sentence of a lead as a claim: cited to all that its claims cite, and agreed on as far as each of them is."""
    citations = tuple(dict.fromkeys(citation for claim in claims for citation in claim.citations))
    days = {claim.date for claim in claims}
    dates = sorted(filter(None, (documents[article].article.published for article in cited_articles(citations))))
    return Claim(
        id=name,
        text=text,
        kind="statement" if all(claim.kind == "statement" for claim in claims) else "fact",
        support=min(claim.support for claim in claims),
        origins=min(claim.origins for claim in claims),
        citations=citations,
        written=True,
        gates=gates,
        published=dates[0] if dates else "",
        date=days.pop() if len(days) == 1 else "",
        passed_on=origins(citations, documents).outlets,
    )


# -- the model ----------------------------------------------------------------------------------------------


def _call(task: Task, claims: Sequence[str], first: Sequence[str], second: Sequence[str]) -> Call:
    texts = {"first": {"type": "string", "enum": [*first]}, "second": {"type": "string", "enum": [*second]}}
    schema = {"type": "object", "properties": texts, "required": [*texts], "additionalProperties": False}
    told = "\n".join(f"- {text}" for text in claims)
    return Call(task.name, task.prompt(claims=told), Constraint(json.dumps(schema, ensure_ascii=False)), task.max_tokens)


def _judged(leads: Sequence[Lead], judge: Judge) -> dict[str, float]:
    """Return the support of the sentences that the judge lets stand, by ID; one that is its claim, word for word, needs no judge."""
    every = [(one, sources) for lead in leads for one, sources in zip(lead.sentences, lead.sources, strict=True)]
    open_ones = [(one, sources) for one, sources in every if JUDGE in one.gates]
    questions = [asked(plain(one.text), sources) for one, sources in open_ones]
    sure = {one.id: one.support for one, _ in every if JUDGE not in one.gates}
    for (one, _), probability in zip(open_ones, judge.ask("support", questions), strict=True):
        passed = probability >= SURE
        judge.tally.count([Gate(name=JUDGE, passed=passed, detail="" if passed else f"support {probability:.2f}")])
        if passed:
            sure[one.id] = min(round(probability, 3), one.support)
    return sure
