"""The order of the stages, written down once."""

import logging
import math
import time
from collections.abc import Mapping, Sequence

from briefing import __version__
from briefing.brief import ArticleRecord, Brief, ModelRecord, RunRecord, Summary, TokenRecord
from briefing.errors import ModelError, NothingToBriefError, UsageError
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model import probes
from briefing.model.base import Model
from briefing.model.probes import Probe
from briefing.model.task import Task, load_task
from briefing.model.vectors import Embedder
from briefing.model.wording import Wording, nothing_read
from briefing.progress import Progress
from briefing.records import Answer
from briefing.resources import resource
from briefing.stages import cluster
from briefing.stages.again import overtaken, told_once, unrepeated
from briefing.stages.align import align
from briefing.stages.answer import Answering, choose, consider, why
from briefing.stages.compose import grouped, introduced, language, newsworthy, stories
from briefing.stages.contest import contested
from briefing.stages.copies import copied, copies
from briefing.stages.earlier import Archive, told_before
from briefing.stages.judging import Calibration, Judge, Tally
from briefing.stages.lead import led
from briefing.stages.origins import attributed, of_stories
from briefing.stages.rank import Ranker
from briefing.stages.retrieve import retrieve, unnamed
from briefing.stages.select import LATE, READ, Embed, select
from briefing.stages.summarize import summarize
from briefing.stages.support import load_coefficients, thresholds
from briefing.stages.topics import of_topics
from briefing.stages.worth import Printing
from briefing.store import Index
from briefing.types import Article, Outcome, cited_articles

_LOG = logging.getLogger(__name__)
TASKS = ("shorten", "support", "whole", "reports", "conflict", "news", "print", "lead")
CHECKED = ("support", "whole")
HINT_UNJUDGED = "see what the model can do, or raise `context` or `server_timeout` if that is what it lacks"
_ALONE = "its yes alone decides, calibrated on the default model's"
PROBED = {"print": f"{_ALONE}, and no sentence is held back", "support": _ALONE}
"""The tasks whose probe a model should have, with what is so without it: it is said once."""

ASKED = ("shorten", "support", "answers")
_NEAREST = 3  # sentences that are shown where none answers
_SELECTED, _SHORTENED, _COMPARED = 0.65, 0.8, 0.9
"""The share of a budget that is over when each part after reading ends, reached or not; the rest is for plain code."""


def tasks(names: Sequence[str] = TASKS) -> dict[str, Task]:
    """Return tasks by name, as they lie in `prompts/`. Raises UsageError for a broken file."""
    return {name: load_task(resource("prompts") / f"{name}.toml") for name in names}


def judge(model: Model, names: Sequence[str], progress: Progress) -> Judge:
    """Return the judge that answers these tasks, by their probes where some were fitted for this model.

    A model that has none is taken by its yes alone, calibrated on that of the model which has probes, with a warning; so is one whose
    probes do not fit.
    """
    known = tasks(names)
    found: dict[str, Probe] = {}
    broken = False
    for name, task in known.items():
        try:
            probe = probes.load(resource("prompts") / "probes", task, model.identity)
        except UsageError as error:
            broken = True
            progress.warn(f"{error}; judged by the model's yes alone ({error.hint})")
            continue
        if probe is not None:
            found[name] = probe
    missing = [without for name, without in PROBED.items() if name in known.keys() - found.keys()]
    if missing and not broken:
        progress.warn(f"{model.identity.name}: no probe was fitted for this model; {missing[0]}")
    return Judge(model, known, found, calibration().root)


def printing() -> Printing:
    """Return the coefficients of what may be printed, as they lie beside the prompts. Raises UsageError for a broken file."""
    return load_coefficients(resource("prompts") / "printing.toml", Printing)


def calibration() -> Calibration:
    """Return what a yes without a probe is worth, as it lies beside the prompts. Raises UsageError for a broken file."""
    return load_coefficients(resource("prompts") / "calibration.toml", Calibration)


def answering() -> Answering:
    """Return the coefficients of answers, as they lie beside the prompts. Raises UsageError for a broken file."""
    return load_coefficients(resource("prompts") / "answering.toml", Answering)


def generate(
    outcomes: Sequence[Outcome],
    *,
    parser: Parser,
    embed: Embed,
    model: Model,
    date: str,
    progress: Progress,
    wording: Wording = nothing_read,
    budget: float = math.inf,
    every: bool = False,
    archive: Archive | None = None,
) -> Brief:
    """Return the brief of what was read.

        outcomes ─ parse ─► Documents ─ cluster ─► events ─ select ─► sentences ─ summarize (model) ─► claims ─ copied
                 ─ align (model) ─► claims with all that report them ─ told_once, unrepeated (model) ─ attributed ─ contested (model)
                 ─ told before? (`archive`, model) ─► stories ─ of topics ─ led (model) ─► Brief

    `date` is ISO. `budget` is in seconds: articles that are not read in time are left out, and what the model is not asked in time is not
    judged; both are said. `wording` reads which words are coloured (nobody: none is). With `every`, all that is worth telling is told. What
    articles of the `archive` told already comes after the news. Raises NothingToBriefError where no sentence of any article became a
    claim, ModelError where the model is gone.
    """
    started = time.monotonic()
    asked = judge(model, TASKS, progress)
    outcomes, documents = _read(outcomes, parser, started + READ * budget, progress)
    by_id = {document.article.id: document for document in documents}
    progress.stage("choosing sentences", len(documents), "articles")
    openings = embed([cluster.opening(document) for document in documents])
    events = cluster.events(documents, openings)
    echoed = copies(documents)
    ranker = Ranker(documents)
    model.stop_at(started + _SELECTED * budget)
    may_be_told = printing()
    selection = select(documents, events, echoed, ranker, embed, judge=asked, printing=may_be_told, wording=wording, every=every)
    progress.advance(len(documents))
    shared = sum(len(event) > 1 for event in events)
    _LOG.info("%d articles in %d events, %d of them told by several", len(documents), len(events), shared)
    _LOG.info("%d sentences chosen, %d left out", len(selection.chosen), len(selection.omitted))
    model.stop_at(started + _SHORTENED * budget)
    made, left = summarize(selection.chosen, judge=asked, progress=progress)
    made = copied(made, echoed, by_id)
    progress.stage("comparing", len(made), "claims")
    model.stop_at(started + _COMPARED * budget)
    enough = thresholds()
    made, repeated = align(
        made, events, by_id, ranker, judge=asked, least=enough.reported.least, shared=enough.shared.least, once=enough.once.least
    )
    made, twice = told_once(made, by_id, ranker, judge=asked)
    repeated += twice
    if not every:
        made, again = unrepeated(made, events, selection, ranker, judge=asked, printing=may_be_told)
        repeated += again
        made, past = overtaken(made, events)
        repeated += past
    made = attributed(made, by_id)
    made = contested(made, events, judge=asked, least=enough.contested.least)
    if archive is not None:
        made = told_before(made, archive, parser, judge=asked, least=enough.earlier.least)
    progress.advance(len(made))
    disputed = sum(bool(one.claim.conflicts) for one in made)
    _LOG.info("%d claims, %d contested; %d sentences repeat them, %d became none", len(made), disputed, len(repeated), len(left))
    if not made:
        raise NothingToBriefError(
            "nothing to brief: no sentence of the sources became a claim", "the articles may hold no whole sentences of their own"
        )
    groups = of_topics(grouped(made, events, date, wording), by_id, openings)
    told, top = stories(groups, newsworthy(groups, judge=asked), date)
    made = introduced(made, told)
    told, leads = led(told, made, by_id, judge=asked)
    _LOG.info("%d of %d stories have a lead", sum(bool(story.lead) for story in told), len(told))
    claims = [one.claim for one in made]
    cited = {citation.place for claim in claims for citation in claim.citations}
    warn(asked.tally, progress)
    place = {name: n for n, name in enumerate(by_id)}
    omitted = [o for o in (*selection.omitted, *left, *repeated) if (o.article, o.sentence) not in cited]
    summaries = {
        name: Summary(claims=tuple(c.id for c in claims if c.citations[0].article == name), sentences=order)
        for name, order in selection.order.items()
    }
    return Brief(
        schema="briefing/1",
        date=date,
        run=_run(asked, parser, started, budget),
        articles=tuple(_record(outcome, summaries) for outcome in outcomes),
        top=tuple(top),
        stories=tuple(of_stories(told, claims, by_id)),
        claims=tuple(claims),
        leads=tuple(leads),
        language=tuple(term for document in documents for term in language(document)),
        omitted=tuple(sorted(omitted, key=lambda o: (place[o.article], o.sentence))),
    )


def ask(
    question: str, documents: Mapping[int, Document], index: Index, embedder: Embedder, *, parser: Parser, model: Model, progress: Progress
) -> Answer:
    """Return the answer to a question from these articles alone. `documents` are by the number of their article in the index.

    question ─ retrieve ─► candidates ─ consider (model) ─ choose ─► sentences ─ summarize (model) ─► attributed ─► Answer;
    where none answers, or none became a claim, the nearest sentences and why not
    """
    started = time.monotonic()
    asked = judge(model, ASKED, progress)
    progress.stage("looking for answers", len(documents), "articles")
    candidates = retrieve(question, index, documents, embedder)
    coefficients = answering()
    nobody = unnamed(question, index, documents, candidates)
    found = consider(question, [] if nobody else candidates, judge=asked, coefficients=coefficients)
    progress.advance(len(documents))
    chosen, confidence, instead, in_parts = choose(question, found, coefficients)
    _LOG.info("%d candidates, %d chosen, confidence %.2f", len(candidates), len(chosen), confidence)
    whole = [one._replace(rewrite=one.rewrite._replace(optional=())) for one in chosen]  # an answer leaves nothing out
    made, _ = summarize(whole, judge=asked, progress=progress)
    if 0 < asked.tally.asked == asked.tally.failed:
        raise ModelError(f"{model.identity.name}: answered none of {asked.tally.asked} requests: {asked.tally.problem}", HINT_UNJUDGED)
    by_id = {document.article.id: document for document in documents.values()}
    made = attributed(made, by_id) if not in_parts or len(made) == len(chosen) else []  # without one of them the others mislead
    reasons = (
        [(one, f"nothing here names {nobody}") for one in candidates] if nobody else [(one.candidate, why(one)) for one in found.order]
    )
    near = [] if made else reasons[:_NEAREST]
    nearest = [one.document.article.cite(one.number) for one, _ in near]
    cited = [citation for one in made for citation in one.claim.citations]
    return Answer(
        schema="briefing-answer/1",
        question=question,
        answerable=bool(made),
        instead=instead and bool(made),
        in_parts=in_parts and bool(made),
        claims=tuple(one.claim for one in made),
        nearest=tuple(nearest),
        why=tuple(reason for _, reason in near),
        confidence=confidence,
        articles=tuple(_used(by_id[name].article) for name in cited_articles((*cited, *nearest))),
        run=_run(asked, parser, started),
    )


def _read(outcomes: Sequence[Outcome], parser: Parser, until: float, progress: Progress) -> tuple[list[Outcome], list[Document]]:
    """Parse the articles until a moment of time.monotonic(), one at least; return what became of each, and the Documents."""
    found: list[Outcome] = []
    documents: list[Document] = []
    progress.stage("reading closely", len(outcomes), "articles")
    for outcome in outcomes:
        article = outcome.article
        if article is not None and documents and time.monotonic() >= until:
            outcome, article = outcome.model_copy(update={"status": "skipped", "reason": LATE, "article": None}), None
        if article is not None:
            documents.append(Document(article, parser))
            if article.sentences:
                documents[-1].parse(1)
        found.append(outcome)
        progress.advance()
    late = sum(outcome.reason == LATE for outcome in found)
    if late:
        progress.warn(f"{late} of {len(outcomes)} articles were {LATE}")
    return found, documents


def warn(tally: Tally, progress: Progress) -> None:
    """Say which requests the model did not answer, and why."""
    if tally.failed:
        progress.warn(f"the model gave no answer to {tally.failed} of {tally.asked} requests: {tally.problem}")
    if tally.late:
        progress.warn(f"{tally.late} of {tally.asked} requests to the model were {LATE}: what they would have judged is not judged")


def _run(judge: Judge, parser: Parser, started: float, budget: float = math.inf) -> RunRecord:
    model, tally = judge.model, judge.tally
    return RunRecord(
        model=ModelRecord(name=model.identity.name, sha256=model.identity.sha256),
        parser=ModelRecord(name=parser.identity.name, sha256=parser.identity.sha256),
        prompts={name: task.sha256 for name, task in sorted(judge.tasks.items())},
        version=__version__,
        seconds=round(time.monotonic() - started, 1),
        tokens=TokenRecord(prompt=tally.usage.prompt, generated=tally.usage.generated, cached=tally.usage.cached),
        gates={name: (tally.reached[name], tally.passed[name]) for name in tally.reached},
        asked=tally.asked,
        unanswered=tally.failed,
        problem=tally.problem,
        late=tally.late,
        budget=None if math.isinf(budget) else round(max(budget, 0.0), 1),
    )


def _record(outcome: Outcome, summaries: Mapping[str, Summary]) -> ArticleRecord:
    if outcome.article is not None:
        return _used(outcome.article).model_copy(update={"summary": summaries[outcome.article.id]})
    return ArticleRecord(
        id=outcome.id, path=outcome.path, sha256=outcome.sha256, part=outcome.part, status=outcome.status, reason=outcome.reason
    )


def _used(article: Article) -> ArticleRecord:
    return ArticleRecord(
        id=article.id,
        path=article.path,
        sha256=article.sha256,
        title=article.title,
        source=article.source,
        published=article.published,
        form=article.form,
        url=article.url,
        reader=article.reader,
        part=article.part,
        edition=article.edition,
        sentences=len(article.sentences),
        status="used",
    )
