"""The order of the stages, written down once."""

import math
import time
from collections.abc import Callable, Mapping, Sequence

from briefing import __version__
from briefing.errors import NothingToBriefError, UsageError
from briefing.index import Index
from briefing.language.base import Parser
from briefing.language.document import Document
from briefing.model import probes
from briefing.model.base import Model
from briefing.model.probes import Probe
from briefing.model.task import Task, load_task
from briefing.model.vectors import Embedder
from briefing.progress import Progress
from briefing.records import Answer
from briefing.resources import resource
from briefing.stages import cluster
from briefing.stages.align import align
from briefing.stages.answer import Answering, choose, consider, why
from briefing.stages.compose import grouped, introduced, language, newsworthy, stories
from briefing.stages.contest import contested
from briefing.stages.copies import copied, copies
from briefing.stages.judging import Judge
from briefing.stages.origins import attributed, of_stories
from briefing.stages.printing import Printing
from briefing.stages.rank import Ranker
from briefing.stages.retrieve import retrieve, unnamed
from briefing.stages.select import Embed, select
from briefing.stages.summarize import Chosen, Made, summarize
from briefing.stages.support import Calibration, load_coefficients
from briefing.types import (
    Article,
    ArticleRecord,
    Brief,
    ModelRecord,
    Omission,
    Outcome,
    RunRecord,
    Summary,
    TokenRecord,
    cited_articles,
)

TASKS = ("shorten", "support", "conflict", "news", "print")
PROBED = "print"
"""The task whose probe a model should have; without it, it is said."""

ASKED = ("shorten", "support", "answers", "holds")
_NEAREST = 3  # sentences that are shown where none answers
_BATCH = 8  # sentences that are summarized at a time where there is a budget
_RESERVE = 0.3  # of the budget, for what comes after


def tasks(names: Sequence[str] = TASKS) -> dict[str, Task]:
    """Return tasks by name, as they lie in `prompts/`. Raises UsageError for a broken file."""
    return {name: load_task(resource("prompts") / f"{name}.toml") for name in names}


def judge(model: Model, names: Sequence[str], progress: Progress) -> Judge:
    """Return the judge that answers these tasks, by their probes where some were fitted for this model.

    A model that has none, or gives no states, is taken by its yes alone, with a warning; so is one whose probes do not fit.
    """
    known = tasks(names)
    found: dict[str, Probe] = {}
    for name, task in known.items():
        try:
            probe = probes.load(resource("prompts") / "probes", task, model.identity)
        except UsageError as error:
            progress.warn(f"{error}; judged by the model's yes alone ({error.hint})")
            continue
        if probe is not None:
            found[name] = probe
        elif name == PROBED:
            progress.warn(f"{model.identity.name}: no probe was fitted for this model; its yes alone decides, and no sentence is held back")
    return Judge(model, known, found)


def calibration() -> Calibration:
    """Return the coefficients of the support score, as they lie beside the prompts. Raises UsageError for a broken file."""
    return load_coefficients(resource("prompts") / "calibration.toml", Calibration)


def printing() -> Printing:
    """Return the coefficients of what may be printed, as they lie beside the prompts. Raises UsageError for a broken file."""
    return load_coefficients(resource("prompts") / "printing.toml", Printing)


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
    budget: float = math.inf,
    every: bool = False,
) -> Brief:
    """Return the brief of what was read.

        outcomes ─ parse ─► Documents ─ cluster ─► events ─ select ─► sentences ─ summarize (model) ─► claims ─ copied
                 ─ align (model) ─► claims with all that report them ─ attributed ─ contested (model) ─► stories ─► Brief

    `date` is ISO; `budget` is in seconds: the weightiest sentences come first, and what is not reached is said. With `every`, all that is
    worth telling is told. Raises NothingToBriefError where no sentence of any article became a claim, ModelError where the model is gone.
    """
    started = time.monotonic()
    asked = judge(model, TASKS, progress)
    documents = [Document(outcome.article, parser) for outcome in outcomes if outcome.article is not None]
    by_id = {document.article.id: document for document in documents}
    progress.stage("reading closely", len(documents), "articles")
    for document in documents:
        if document.article.sentences:
            document.parse(1)
        progress.advance()
    progress.stage("choosing sentences", len(documents), "articles")
    events = cluster.events(documents, embed([cluster.opening(document) for document in documents])) if documents else []
    echoed = copies(documents)
    ranker = Ranker(documents)
    selection = select(documents, events, echoed, ranker, embed, judge=asked, printing=printing(), every=every)
    progress.advance(len(documents))

    def summarized(chosen: Sequence[Chosen]) -> tuple[list[Made], list[Omission]]:
        return summarize(chosen, judge=asked, progress=progress)

    made, left = _within(budget, started, selection.chosen, summarized)
    made = copied(made, echoed, by_id)
    progress.stage("comparing", len(made), "claims")
    made, repeated = align(made, events, by_id, ranker, judge=asked)
    made = attributed(made, by_id)
    made = contested(made, events, judge=asked)
    progress.advance(len(made))
    if not made:
        raise NothingToBriefError(
            "nothing to brief: no sentence of the sources became a claim", "the articles may hold no whole sentences of their own"
        )
    groups = grouped(made, events, date)
    told, top = stories(groups, newsworthy(groups, judge=asked), date)
    made = introduced(made, told)
    claims = [one.claim for one in made]
    cited = {(citation.article, citation.sentence) for claim in claims for citation in claim.citations}
    omitted = [o for o in (*selection.omitted, *left, *repeated) if (o.article, o.sentence) not in cited]
    summaries = {
        name: Summary(claims=tuple(c.id for c in claims if c.citations[0].article == name), sentences=order)
        for name, order in selection.order.items()
    }
    return Brief(
        schema="briefing/1",
        date=date,
        run=_run(asked, parser, started),
        articles=tuple(_record(outcome, summaries) for outcome in outcomes),
        top=tuple(top),
        stories=tuple(of_stories(told, claims, by_id)),
        claims=tuple(claims),
        language=tuple(term for document in documents for term in language(document)),
        omitted=tuple(sorted(omitted, key=lambda o: (list(by_id).index(o.article), o.sentence))),
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
    chosen, confidence = choose(question, found, coefficients)
    whole = [one._replace(rewrite=one.rewrite._replace(optional=())) for one in chosen]  # an answer leaves nothing out
    made, _ = summarize(whole, judge=asked, progress=progress)
    by_id = {document.article.id: document for document in documents.values()}
    made = attributed(made, by_id)
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
        claims=tuple(one.claim for one in made),
        nearest=tuple(nearest),
        why=tuple(reason for _, reason in near),
        confidence=confidence,
        articles=tuple(_used(by_id[name].article) for name in cited_articles((*cited, *nearest))),
        run=_run(asked, parser, started),
    )


def _within(
    budget: float, started: float, chosen: Sequence[Chosen], summarized: Callable[[Sequence[Chosen]], tuple[list[Made], list[Omission]]]
) -> tuple[list[Made], list[Omission]]:
    """Summarize; with a budget the weightiest first, a batch at a time, until it is spent. Claims come in the order of the sentences."""
    if math.isinf(budget):
        return summarized(chosen)
    order = sorted(range(len(chosen)), key=lambda n: (-chosen[n].weight, n))
    found: list[Made] = []
    left: list[Omission] = []
    for start in range(0, len(order), _BATCH):
        batch = [chosen[n] for n in sorted(order[start : start + _BATCH])]
        if start and time.monotonic() - started > budget * (1 - _RESERVE):
            reason = "not reached within the budget"
            left += [Omission(article=one.document.article.id, sentence=one.rewrite.number, reason=reason) for one in batch]
            continue
        more, failed = summarized(batch)
        found += more
        left += failed
    place = {id(one): n for n, one in enumerate(chosen)}
    return sorted(found, key=lambda one: place[id(one.chosen)]), left


def _run(judge: Judge, parser: Parser, started: float) -> RunRecord:
    model, tally = judge.model, judge.tally
    return RunRecord(
        model=ModelRecord(name=model.identity.name, sha256=model.identity.sha256),
        parser=ModelRecord(name=parser.identity.name, sha256=parser.identity.sha256),
        prompts={name: task.sha256 for name, task in sorted(judge.tasks.items())},
        version=__version__,
        seconds=round(time.monotonic() - started, 1),
        tokens=TokenRecord(prompt=tally.usage.prompt, generated=tally.usage.generated, cached=tally.usage.cached),
        gates={name: (tally.reached[name], tally.passed[name]) for name in tally.reached},
    )


def _record(outcome: Outcome, summaries: Mapping[str, Summary]) -> ArticleRecord:
    if outcome.article is not None:
        return _used(outcome.article).model_copy(update={"summary": summaries[outcome.article.id]})
    return ArticleRecord(id=outcome.id, path=outcome.path, sha256=outcome.sha256, status=outcome.status, reason=outcome.reason)


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
