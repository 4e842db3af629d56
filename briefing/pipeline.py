"""The order of the stages, written down once."""

import time
from collections.abc import Sequence

from briefing import __version__
from briefing.errors import NothingToBriefError
from briefing.model.base import Model
from briefing.model.task import Task, load_task
from briefing.progress import Progress
from briefing.resources import resource
from briefing.stages.compose import stories, summaries
from briefing.stages.distinct import distinct
from briefing.stages.ground import Tally, ground
from briefing.stages.matters import matters
from briefing.stages.select import select
from briefing.stages.support import Calibration, load_calibration
from briefing.text.reference import Reader
from briefing.types import ArticleRecord, Brief, ModelRecord, Outcome, RunRecord, TokenRecord

TASKS = ("draft", "support", "same")


def tasks() -> dict[str, Task]:
    """Return the tasks by name, as they lie in `prompts/`. Raises UsageError for a broken file."""
    return {name: load_task(resource("prompts") / f"{name}.toml") for name in TASKS}


def calibration() -> Calibration:
    """Return the coefficients of the support score, as they lie beside the prompts. Raises UsageError for a broken file."""
    return load_calibration(resource("prompts") / "calibration.toml")


def generate(outcomes: Sequence[Outcome], *, model: Model, date: str, progress: Progress) -> Brief:
    """Return the brief of what was read.

        outcomes ─ Reader ─► select ─ picks ─► ground (draft, assess; model) ─► distinct (model)
                 ─► summaries ─► matters ─► stories ─► Brief

    `date` is ISO. Raises NothingToBriefError where no sentence of any article became a claim, ModelError where the model is gone.
    """
    started = time.monotonic()
    known = tasks()
    tally = Tally()
    readers = [Reader(outcome.article) for outcome in outcomes if outcome.article is not None]
    progress.stage("choosing sentences", len(readers), "articles")
    selection = select(readers)
    progress.advance(len(readers))
    grounded, failed = ground(
        selection.picks,
        model=model,
        write=known["draft"],
        judge=known["support"],
        calibration=calibration(),
        tally=tally,
        progress=progress,
    )
    progress.stage("comparing", len(grounded), "claims")
    grounded, repeated = distinct(grounded, model=model, task=known["same"], tally=tally)
    found = summaries(grounded, [*selection.omitted, *failed, *repeated], readers)
    claims = [claim for summary in found for claim in summary.claims]
    if not claims:
        raise NothingToBriefError(
            "nothing to brief: no sentence of the sources became a claim", "the articles may be too short, or not in English"
        )
    weights = {claim.id: g.pick.weight for claim, g in zip(claims, grounded, strict=True)}
    groups = [[claims[n] for n in group] for group in matters(grounded)]
    told, top = stories(groups, weights, {reader.article.id: reader.article.text for reader in readers})
    return Brief(
        schema="briefing/1",
        date=date,
        run=RunRecord(
            model=ModelRecord(name=model.identity.name, sha256=model.identity.sha256),
            prompts={name: task.sha256 for name, task in sorted(known.items())},
            version=__version__,
            seconds=round(time.monotonic() - started, 1),
            tokens=TokenRecord(prompt=tally.usage.prompt, generated=tally.usage.generated, cached=tally.usage.cached),
            gates={name: (tally.reached[name], tally.passed[name]) for name in tally.reached},
        ),
        articles=tuple(_record(outcome) for outcome in outcomes),
        top=tuple(top),
        stories=tuple(told),
        claims=tuple(claims),
        language=tuple(term for summary in found for term in summary.language),
        omitted=tuple(omission for summary in found for omission in summary.omitted),
    )


def _record(outcome: Outcome) -> ArticleRecord:
    article = outcome.article
    return ArticleRecord(
        id=outcome.id,
        path=outcome.path,
        sha256=outcome.sha256,
        title=article.title if article else "",
        source=article.source if article else "",
        published=article.published if article else "",
        sentences=len(article.sentences) if article else 0,
        status=outcome.status,
        reason=outcome.reason,
    )
