"""Briefs over days, for the commands that look back: finds briefs and the texts of their articles, and asks a model only if it must.

diff:     two dates or files ─ load ─► briefs, texts ─ diff (cached model, at the first question) ─► Diff
timeline: store ─► briefs ─ timeline ─► Timeline
generate: brief ─ the last related one before ─ follow ─► what is new since
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack, closing
from datetime import date as calendar
from pathlib import Path

from briefing import pipeline
from briefing.config import Settings
from briefing.diff import Source, asker, diff
from briefing.engines import Engine, chosen, llama, opened
from briefing.errors import BriefingError, ModelMissingError, StorageError, UsageError
from briefing.model.base import Model
from briefing.progress import Progress
from briefing.reading import at_its_path, why
from briefing.records import ArticleSummary, Diff, Timeline
from briefing.stages.match import Pairing
from briefing.store import Store, StoredBrief
from briefing.threads import follow, related, timeline
from briefing.types import Article, ArticleRecord, Brief
from briefing.verify import load

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHOWN = 3  # dates that a hint names
_BACK = 30  # briefs that are looked through for the one before
_HINT = "name two dates that have a brief, or two DATE.json files"


def compare(old: str, new: str, settings: Settings, *, progress: Progress, engine: Engine | None = None) -> Diff:
    """Say what changed between two briefs, each a date or a file; "" and "" mean the last two that are stored.

    The model is loaded only for what plain code leaves open and was not asked before. Where none can be had, the record says so. Raises
    UsageError for a brief that is not there, and for one that is compared with itself.
    """
    choice = chosen(settings)
    with closing(Store(settings.database)) as store, ExitStack() as stack:
        first, second = _last_two(store) if not (old or new) else (source(old, store), source(new, store))
        if first.path and first.path == second.path:
            raise UsageError(f"{old or first.path} and {new or second.path} are the same brief", _HINT)
        missing: list[str] = []
        models: list[Model] = []

        def ask(questions: Mapping[Pairing, tuple[str, str]]) -> Mapping[Pairing, float]:
            try:
                models.append(models[0] if models else stack.enter_context(opened(choice, settings, store, progress, engine or llama)))
            except ModelMissingError as error:
                missing.append(f"{error}; claims that are worded quite differently may stand as dropped and new")
                return {}
            progress.stage("comparing", len(questions), "pairs")
            return asker(pipeline.judge(models[0], ("same",), progress))(questions)

        found = diff(first, second, ask)
        return found.model_copy(update={"warnings": (*found.warnings, *missing)})


def stories(topic: str, story: str, settings: Settings) -> Timeline:
    """Return how stories went over the stored briefs. Raises UsageError for an ID that none has, BriefingError where none is about it."""
    with closing(Store(settings.database)) as store:
        found = timeline([_stored(brief, store) for brief in store.briefs()], topic, story)
    if found.threads:
        return found
    if story:
        raise UsageError(f"no stored story has the ID {story!r}", "`briefing timeline` lists the stories with their IDs")
    if topic:
        raise BriefingError(f"no stored story is about {topic!r}", "`briefing timeline` lists the stories")
    raise BriefingError("no brief is stored", _HINT_GENERATE)


def summary(article: str, brief: str, settings: Settings) -> tuple[ArticleSummary, Article | None]:
    """Return what an article gave to a brief (a date or a file; "" is the last one that has it), and its text where it is still known.

    `article` is a file ID, or the beginning of one that no other article of the brief has. Raises UsageError where there is none such.
    """
    with closing(Store(settings.database)) as store:
        sources = [source(brief, store)] if brief else [_stored(one, store) for one in reversed(store.briefs()[-_BACK:])]
        for one in sources:
            named = [record for record in one.brief.articles if record.id == article]
            found = named or [record for record in one.brief.articles if record.id.startswith(article)]
            if len(found) > 1:
                raise UsageError(f"{len(found)} articles begin with {article!r}", ", ".join(record.id for record in found[:_SHOWN]))
            if found:
                return _summary(one.brief, found[0]), one.text(found[0]) if found[0].status == "used" else None
    where = f"the brief {brief}" if brief else "a stored brief"
    raise UsageError(f"no article of {where} has the ID {article!r}", "the table of sources of a brief lists them")


def newest(number: int, settings: Settings) -> list[tuple[Brief, str]]:
    """Return the last stored briefs, the newest first, one a date, with the times they were saved. Raises BriefingError for none."""
    with closing(Store(settings.database)) as store:
        last = {stored.date: stored for stored in store.briefs()}
        found = [(named(stored), stored.saved) for _, stored in sorted(last.items(), reverse=True)[:number]]
    if not found:
        raise BriefingError("no brief is stored", _HINT_GENERATE)
    return found


def _summary(brief: Brief, record: ArticleRecord) -> ArticleSummary:
    own = tuple(claim for claim in brief.claims if claim.citations[0].article == record.id)
    return ArticleSummary(
        date=brief.date,
        article=record,
        claims=own,
        cited=tuple(c for c in brief.claims if c not in own and any(citation.article == record.id for citation in c.citations)),
        omitted=tuple(omission for omission in brief.omitted if omission.article == record.id),
    )


def since(brief: Brief, articles: Mapping[str, Article], store: Store, progress: Progress) -> Brief:
    """Return a brief that says what is new in it since the last related one of an earlier date; itself where there is none.

    `articles` are its own, by content. An earlier brief that cannot be read costs a warning, and never the brief.
    """
    try:
        earlier = [one for one in store.briefs() if one.date < brief.date]
        for one in earlier[: -_BACK - 1 : -1]:
            before = _stored(one, store)
            if related(brief, before.brief):
                return follow(Source(brief, "", lambda record: articles.get(record.content)), before)
    except (StorageError, UsageError) as error:
        progress.warn(f"{error}; what is new since the brief before is not marked")
    return brief


# Finding briefs

_HINT_GENERATE = "`briefing generate SOURCES` writes a brief and keeps it"


def _last_two(store: Store) -> tuple[Source, Source]:
    """Return the last brief and the one before it: of an earlier date, and if there is one, of the same things."""
    stored = store.briefs()
    if not stored:
        raise UsageError("no brief is stored", _HINT_GENERATE)
    new = _stored(stored[-1], store)
    earlier = [one for one in stored if one.date < new.brief.date]
    if not earlier:
        raise UsageError(f"only the brief of {new.brief.date} is stored", f"a day later there are two; {_HINT}")
    sources = (_stored(one, store) for one in reversed(earlier))
    fit = next((one for one in sources if related(new.brief, one.brief)), None)
    return fit or _stored(earlier[-1], store), new


def source(name: str, store: Store) -> Source:
    """Return the brief of a date, or that in a file."""
    if _DATE.fullmatch(name):
        return _of_date(name, store)
    if not name:
        raise UsageError("one brief is named, and two are compared", _HINT)
    path = Path(name)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(f"{name}: no such file, and no date", _HINT) from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{name}: cannot be read: {why(error)}", _HINT) from error
    return Source(_loaded(text, name), str(path.absolute()), Texts(store))


def _of_date(date: str, store: Store) -> Source:
    try:
        calendar.fromisoformat(date)
    except ValueError as error:
        raise UsageError(f"{date} is no date", "write it as YYYY-MM-DD") from error
    stored = store.brief(date)
    if stored is None:
        dates = list(dict.fromkeys(one.date for one in store.briefs()))
        more = " and earlier" if len(dates) > _SHOWN else ""
        hint = f"there are briefs of {', '.join(dates[-_SHOWN:])}{more}" if dates else _HINT_GENERATE
        raise UsageError(f"no brief of {date} is stored", hint)
    return _stored(stored, store)


def _stored(stored: StoredBrief, store: Store) -> Source:
    return Source(named(stored), stored.path, Texts(store))


def named(stored: StoredBrief) -> Brief:
    """Return a stored brief. Raises UsageError, naming its date, where it breaks its own format."""
    return _loaded(stored.json, f"the brief of {stored.date}")


def _loaded(text: str, name: str) -> Brief:
    found = load(text, name)
    if isinstance(found, Brief):
        return found
    raise UsageError(f"{name}: a brief that breaks its own format ({found[0].detail})", "`briefing verify` says what is wrong with it")


class Texts:
    """Gives the text of an article as a brief saw it: from the database, or from its file if that did not change since."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Article | None] = {}

    def __call__(self, record: ArticleRecord) -> Article | None:
        """Return the text of one article, None where it is no longer known."""
        if record.content not in self._known:
            self._known[record.content] = self._store.article(record.content) or _from_file(record)
        return self._known[record.content]


def _from_file(record: ArticleRecord) -> Article | None:
    found = at_its_path(record)
    return found.article if found and found.article and found.article.content == record.content else None
