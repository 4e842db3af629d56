"""The order of the stages, written down once."""

import math
import time
from collections.abc import Callable, Mapping, Sequence

from briefing import __version__
from briefing.errors import NothingToBriefError
from briefing.index import Index
from briefing.model.base import Model
from briefing.model.task import Task, load_task
from briefing.model.vectors import Embedder
from briefing.progress import Progress
from briefing.records import Answer
from briefing.resources import resource
from briefing.stages.answer import Answering, choose, consider, loses, quoted, why
from briefing.stages.compose import stories, summaries
from briefing.stages.conflicts import contested
from briefing.stages.echoes import copied, echoes
from briefing.stages.ground import Grounded, Tally, ground
from briefing.stages.matters import matters
from briefing.stages.merge import merge
from briefing.stages.naming import Names, renamed
from briefing.stages.origins import attributed, of_stories
from briefing.stages.retrieve import retrieve, unnamed
from briefing.stages.select import Pick, select
from briefing.stages.support import Calibration, load_coefficients
from briefing.text.reference import Reader
from briefing.types import Article, ArticleRecord, Brief, ModelRecord, Omission, Outcome, RunRecord, TokenRecord, cited_articles

TASKS = ("draft", "support", "same", "conflict")
ASKED = ("answers", "holds")
_NEAREST = 3  # sentences that are shown where none answers
_BATCH = 8  # sentences that are drafted and checked at a time where there is a budget
_RESERVE = 0.15  # of the budget, for what comes after drafting


def tasks(names: Sequence[str] = TASKS) -> dict[str, Task]:
    """Return tasks by name, as they lie in `prompts/`. Raises UsageError for a broken file."""
    return {name: load_task(resource("prompts") / f"{name}.toml") for name in names}


def calibration() -> Calibration:
    """Return the coefficients of the support score, as they lie beside the prompts. Raises UsageError for a broken file."""
    return load_coefficients(resource("prompts") / "calibration.toml", Calibration)


def answering() -> Answering:
    """Return the coefficients of answers, as they lie beside the prompts. Raises UsageError for a broken file."""
    return load_coefficients(resource("prompts") / "answering.toml", Answering)


def generate(
    outcomes: Sequence[Outcome], *, model: Model, date: str, progress: Progress, budget: float = math.inf, every: bool = False
) -> Brief:
    """Return the brief of what was read.

        outcomes ─ Reader ─► echoes ─► select ─ picks ─► ground (draft, assess; model) ─► copied ─► merge (model) ─► renamed
                 ─► attributed ─► contested (model) ─► summaries ─► matters ─► stories ─► Brief

    `date` is ISO; `budget` is in seconds: the weightiest sentences come first, and what is not reached is said. With `every`, all articles
    are drafted from, however many there are. Raises NothingToBriefError where no sentence of any article became a claim, ModelError where
    the model is gone.
    """
    started = time.monotonic()
    known = tasks()
    fitted = calibration()
    tally = Tally()
    readers = [Reader(outcome.article) for outcome in outcomes if outcome.article is not None]
    articles = {reader.article.id: reader.article for reader in readers}
    names = Names({name: article.text for name, article in articles.items()})
    progress.stage("choosing sentences", len(readers), "articles")
    echoed = echoes(readers)
    selection = select(readers, echoed, every=every)
    progress.advance(len(readers))

    def grounding(picks: Sequence[Pick]) -> tuple[list[Grounded], list[Omission]]:
        return ground(picks, model=model, write=known["draft"], judge=known["support"], calibration=fitted, tally=tally, progress=progress)

    grounded, left = _within(budget, started, selection.picks, grounding)
    grounded = copied(grounded, echoed, articles)
    progress.stage("comparing", len(grounded), "claims")
    grounded, repeated, same = merge(
        grounded, articles, model=model, same=known["same"], support=known["support"], calibration=fitted, tally=tally
    )
    grounded = renamed(grounded, names)
    by_id = {reader.article.id: reader for reader in readers}
    grounded = attributed(grounded, by_id, names.chosen)
    grounded = contested(grounded, same, model=model, task=known["conflict"], tally=tally)
    progress.advance(len(grounded))
    found = summaries(grounded, [*selection.omitted, *left, *repeated], readers)
    claims = [g.claim for g in grounded]
    if not claims:
        raise NothingToBriefError(
            "nothing to brief: no sentence of the sources became a claim", "the articles may be too short, or not in English"
        )
    weights = {claim.id: g.pick.weight for claim, g in zip(claims, grounded, strict=True)}
    groups = [[claims[n] for n in group] for group in matters(grounded)]
    told, top = stories(groups, weights, names, date)
    return Brief(
        schema="briefing/1",
        date=date,
        run=_run(known, model, tally, started),
        articles=tuple(_record(outcome) for outcome in outcomes),
        top=tuple(top),
        stories=tuple(of_stories(told, claims, by_id, names.chosen)),
        claims=tuple(claims),
        language=tuple(term for summary in found for term in summary.language),
        omitted=tuple(omission for summary in found for omission in summary.omitted),
    )


def ask(question: str, readers: Mapping[int, Reader], index: Index, embedder: Embedder, *, model: Model, progress: Progress) -> Answer:
    """Return the answer to a question from these articles alone. `readers` are by the number of their article in the index.

    question ─ retrieve ─► candidates ─ consider (model) ─ choose ─► picks ─ ground (model) ─► renamed ─► attributed
             ─► contested (model) ─► Answer; without picks, or where none became a claim, the nearest sentences and why not
    """
    started = time.monotonic()
    known, fitted, tally = tasks((*TASKS, *ASKED)), calibration(), Tally()
    progress.stage("looking for answers", len(readers), "articles")
    candidates = retrieve(question, index, readers, embedder)
    coefficients = answering()
    nobody = unnamed(question, index, readers, candidates)
    found = consider(
        question,
        [] if nobody else candidates,
        model=model,
        sentence=known["answers"],
        passage=known["holds"],
        coefficients=coefficients,
        tally=tally,
    )
    progress.advance(len(readers))
    picks, confidence = choose(question, found, coefficients)

    def grounding(picks: Sequence[Pick]) -> list[Grounded]:
        found, _ = ground(
            picks, model=model, write=known["draft"], judge=known["support"], calibration=fitted, tally=tally, progress=progress
        )
        return found

    grounded = grounding(picks)
    short = {id(one.pick): one for one in grounded if loses(question, one)}
    grounded = [one for one in grounded if id(one.pick) not in short] + grounding([quoted(one.pick) for one in short.values()])
    by_id = {reader.article.id: reader for reader in readers.values()}
    names = Names({one.pick.reader.article.id: one.pick.reader.article.text for one in grounded})
    grounded = attributed(renamed(grounded, names), by_id, names.chosen)
    grounded = contested(grounded, frozenset(), model=model, task=known["conflict"], tally=tally)
    reasons = (
        [(one, f"nothing here names {nobody}") for one in candidates] if nobody else [(one.candidate, why(one)) for one in found.order]
    )
    near = [] if grounded else reasons[:_NEAREST]
    nearest = [one.reader.article.cite(one.number) for one, _ in near]
    cited = [citation for one in grounded for citation in one.claim.citations]
    return Answer(
        schema="briefing-answer/1",
        question=question,
        answerable=bool(grounded),
        claims=tuple(one.claim for one in grounded),
        nearest=tuple(nearest),
        why=tuple(reason for _, reason in near),
        confidence=confidence,
        articles=tuple(_used(by_id[name].article) for name in cited_articles((*cited, *nearest))),
        run=_run(known, model, tally, started),
    )


def _within(
    budget: float, started: float, picks: Sequence[Pick], grounding: Callable[[Sequence[Pick]], tuple[list[Grounded], list[Omission]]]
) -> tuple[list[Grounded], list[Omission]]:
    """Ground the picks; with a budget the weightiest first, a batch at a time, until it is spent. Claims come in the order of the picks."""
    if math.isinf(budget):
        return grounding(picks)
    order = sorted(range(len(picks)), key=lambda n: (-picks[n].weight, n))
    found: list[Grounded] = []
    left: list[Omission] = []
    for start in range(0, len(order), _BATCH):
        batch = [picks[n] for n in sorted(order[start : start + _BATCH])]
        if start and time.monotonic() - started > budget * (1 - _RESERVE):
            left += [Omission(article=p.reader.article.id, sentence=p.plan.sentence, reason="not reached within the budget") for p in batch]
            continue
        more, failed = grounding(batch)
        found += more
        left += failed
    place = {id(pick): n for n, pick in enumerate(picks)}
    return sorted(found, key=lambda one: place[id(one.pick)]), left


def _run(known: Mapping[str, Task], model: Model, tally: Tally, started: float) -> RunRecord:
    return RunRecord(
        model=ModelRecord(name=model.identity.name, sha256=model.identity.sha256),
        prompts={name: task.sha256 for name, task in sorted(known.items())},
        version=__version__,
        seconds=round(time.monotonic() - started, 1),
        tokens=TokenRecord(prompt=tally.usage.prompt, generated=tally.usage.generated, cached=tally.usage.cached),
        gates={name: (tally.reached[name], tally.passed[name]) for name in tally.reached},
    )


def _record(outcome: Outcome) -> ArticleRecord:
    if outcome.article is not None:
        return _used(outcome.article)
    return ArticleRecord(id=outcome.id, path=outcome.path, sha256=outcome.sha256, status=outcome.status, reason=outcome.reason)


def _used(article: Article) -> ArticleRecord:
    return ArticleRecord(
        id=article.id,
        path=article.path,
        sha256=article.sha256,
        title=article.title,
        source=article.source,
        published=article.published,
        url=article.url,
        sentences=len(article.sentences),
        status="used",
    )
