"""Briefs over days, for the commands that look back: finds briefs and the texts of their articles, and asks a model only if it must.

diff:     two dates or files ─ load ─► briefs, texts ─ diff (cached model, at the first question) ─► Diff
timeline: store ─► briefs ─ timeline ─► Timeline
generate: brief ─ the last related one before ─ follow ─► what is new since
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import date as calendar
from pathlib import Path

from briefing import engines, output, pipeline
from briefing.brief import ArticleRecord, Brief
from briefing.config import Settings
from briefing.diff import diff
from briefing.engines import Engine, chosen, llama, opened
from briefing.errors import BriefingError, ModelMissingError, StorageError, UsageError
from briefing.language.base import Parser
from briefing.opening import open_store
from briefing.progress import Progress
from briefing.reading import at_its_path, text_of, why
from briefing.records import ArticleSummary, Diff, Timeline
from briefing.sources import given
from briefing.stages.judging import Judge
from briefing.stages.retold import Asked, Source, teller
from briefing.stages.support import thresholds
from briefing.store import Store, StoredBrief
from briefing.target import key_of, parted
from briefing.threads import follow, related, timeline
from briefing.types import Article, Place
from briefing.verify import load

_LOG = logging.getLogger(__name__)
_SHOWN = 3  # dates that a hint names
_BACK = 30  # briefs that are looked through for the one before
_HINT = "name two dates that have a brief (DATE, or DATE.NAME), or two DATE.json files"
_ONE = "name a brief by its date (DATE, or DATE.NAME), or by its DATE.json"


def compare(
    old: str | Brief,
    new: str | Brief,
    settings: Settings,
    *,
    articles: Sequence[given.Article] = (),
    progress: Progress,
    engine: Engine | None = None,
) -> Diff:
    """Say what changed between two briefs, each a date, DATE.NAME, a file or itself; "" and "" mean the last two that are stored.

    `articles` are those of the two that were given as text. The model is loaded only for what plain code leaves open and was not asked
    before. Where none can be had, the record says so. Raises UsageError for a brief that is not there, and for one that is compared with
    itself.
    """
    choice = chosen(settings)
    if bool(old) != bool(new):
        raise UsageError("one brief is named, and two are compared", _HINT)
    with closing(open_store(settings)) as store, ExitStack() as stack:
        first, second = _last_two(store) if not (old or new) else (source(old, store, articles), source(new, store, articles))
        if first.path and first.path == second.path:
            raise UsageError(f"{old or first.path} and {new or second.path} are the same brief", _HINT)
        missing: dict[str, None] = {}
        judges: list[Judge] = []

        def judge() -> Judge:
            if not judges:
                model = stack.enter_context(opened(choice, settings, store, progress, engine or llama))
                judges.append(pipeline.judge(model, ("whole",), progress))
            return judges[0]

        parser = engines.parser(settings, store, progress)
        asked = teller(parser, judge, thresholds().earlier.least)

        def tell(claims: Sequence[Asked], side: Source, other: Source) -> Sequence[Collection[Place]]:
            progress.stage("comparing", len(claims), "claims")
            try:
                return asked(claims, side, other)
            except ModelMissingError as error:
                missing[f"{error}; claims that are worded quite differently may stand as dropped and new"] = None
                return [() for _ in claims]

        found = diff(first, second, parser, tell)
        for one in judges:
            pipeline.warn(one.tally, progress)
        return found.model_copy(update={"warnings": (*found.warnings, *missing)})


def stories(topic: str, story: str, settings: Settings, name: str = "", *, progress: Progress) -> Timeline:
    """Return how stories went over the stored briefs; with a `name`, over those of it alone.

    Raises UsageError for an ID that no story has and a name that no brief has, BriefingError where no story is about the topic.
    """
    with closing(open_store(settings)) as store:
        stored = store.briefs()
        told = [brief for brief in stored if not name or called(brief) == key_of(brief.date, name)]
        if stored and not told:
            raise UsageError(f"no stored brief has the name {name!r}", _keys(stored))
        parser = engines.parser(settings, store, progress)
        found = timeline([_stored(brief, store) for brief in told], parser, topic, story)
    if found.threads:
        return found
    if story:
        raise UsageError(f"no stored story has the ID {story!r}", "`briefing timeline` lists the stories with their IDs")
    if topic:
        raise BriefingError(f"no stored story is about {topic!r}", "`briefing timeline` lists the stories")
    raise BriefingError("no brief is stored", _HINT_GENERATE)


def summary(article: str, brief: str, settings: Settings) -> tuple[ArticleSummary, Article | None]:
    """Return what an article gave to a brief (as in `compare`; "" is the last one that has it), and its text where it is still known.

    `article` is a file ID, or the beginning of one that no other article of the brief has. Raises UsageError where there is none such.
    """
    with closing(open_store(settings)) as store:
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


def newest(number: int, settings: Settings) -> list[tuple[Brief, str, str]]:
    """Return the last stored briefs, the newest first, with their names ("" for none) and when they were saved.

    Raises BriefingError where there is none.
    """
    with closing(open_store(settings)) as store:
        last = {called(stored): stored for stored in store.briefs()}
        found = [(named(stored), _name(stored), stored.saved) for _, stored in sorted(last.items(), reverse=True)[:number]]
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


def since(brief: Brief, articles: Mapping[str, Article], store: Store, parser: Parser, progress: Progress, name: str = "") -> Brief:
    """Return a brief that says what is new in it since the last related one of an earlier date; itself where there is none.

    `articles` are its own, by content, and `name` is its name: one of that name comes before others. An earlier brief that cannot be read
    costs a warning, and never the brief.
    """
    new = Source(brief, "", lambda record: articles.get(record.content))
    try:
        found = _before(new, (one for one in store.briefs() if one.date < brief.date), store, name)
        if found is None:
            return brief
        before, stored = found
        _LOG.info("the brief before is that of %s", before.brief.date)
        return follow(new, before, parser).model_copy(update={"before_sha256": stored.sha256})
    except (StorageError, UsageError) as error:
        progress.warn(f"{error}; what is new since the brief before is not marked")
    return brief


def followed(brief: Brief, articles: Mapping[str, Article], store: Store, parser: Parser) -> Brief | None:
    """Return a brief with what is new in it since the one before told anew, or None where that one, or a text of it, is not known any more.

    `articles` are its own, by content.
    """
    stored = next((one for one in store.briefs() if one.date == brief.before and one.sha256 == brief.before_sha256), None)
    before = _stored(stored, store) if stored else None
    if before is None or not all(before.text(record) for record in before.brief.articles if record.status == "used"):
        return None
    told = {one for claim in brief.claims for one in claim.earlier}
    if not all(store.article(one.content) for one in told):
        return None
    days = {one.date for one in told}
    read = {(day.date, record.id, record.content) for day in map(named, store.briefs()) if day.date in days for record in day.articles}
    claims = tuple(
        claim.model_copy(
            update={
                "state": "",
                "since": "",
                "earlier": tuple(one for one in claim.earlier if (one.date, one.article, one.content) in read),
            }
        )
        for claim in brief.claims
    )
    leads = tuple(lead.model_copy(update={"state": "", "since": ""}) for lead in brief.leads)
    stories = tuple(story.model_copy(update={"thread": "", "since": ""}) for story in brief.stories)
    plain = brief.model_copy(update={"claims": claims, "leads": leads, "stories": stories, "before": "", "before_sha256": ""})
    return follow(Source(plain, "", lambda record: articles.get(record.content)), before, parser)


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
    found = _before(new, earlier, store, _name(stored[-1]))
    return found[0] if found else _stored(earlier[-1], store), new


def _before(new: Source, earlier: Iterable[StoredBrief], store: Store, name: str) -> tuple[Source, StoredBrief] | None:
    """Return the last earlier brief that tells of the same things, those of the same name first; None where none does."""
    latest = list(earlier)[: -_BACK - 1 : -1]
    read = {one.date for claim in new.brief.claims for one in claim.earlier}
    for one in sorted(latest, key=lambda one: _name(one) != name):
        before = _stored(one, store)
        if one.date in read or related(new, before):
            return before, one
    return None


def source(name: str | Brief, store: Store, articles: Sequence[given.Article] = ()) -> Source:
    """Return the brief of a date, or of a date and a name, that in a file, or one that is at hand.

    `articles` are those of it that were given as text.
    """
    if isinstance(name, Brief):
        return Source(name, "", Texts(store, articles=articles))
    if parted(name):
        return _of_key(name, store, articles)
    if not name:
        raise UsageError("no brief is named", _ONE)
    path = Path(name)
    output.settle(path)
    try:
        text = text_of(path)
    except FileNotFoundError as error:
        raise UsageError(f"{name}: no such file, and no date", _ONE) from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{name}: cannot be read: {why(error)}", _ONE) from error
    return Source(_loaded(text, name), str(path.absolute()), Texts(store, path, articles))


def _of_key(key: str, store: Store, articles: Sequence[given.Article]) -> Source:
    try:
        calendar.fromisoformat(key[:10])
    except ValueError as error:
        raise UsageError(f"{key[:10]} is no date", "write it as YYYY-MM-DD") from error
    stored = store.briefs()
    found = [one for one in stored if called(one) == key]
    if not found:
        raise UsageError(f"no brief of {key} is stored", _keys(stored))
    return _stored(found[-1], store, articles)


def _keys(stored: Iterable[StoredBrief]) -> str:
    keys = list(dict.fromkeys(map(called, stored)))
    more = " and earlier" if len(keys) > _SHOWN else ""
    return f"there are briefs of {', '.join(keys[-_SHOWN:])}{more}" if keys else _HINT_GENERATE


def called(stored: StoredBrief) -> str:
    """Return what the files of a stored brief are called, or its date where they are called anything else."""
    key = Path(stored.path).name.removesuffix(".json")
    return key if (parted(key) or ("",))[0] == stored.date else stored.date


def _name(stored: StoredBrief) -> str:
    return called(stored).removeprefix(stored.date).removeprefix(".")


def _stored(stored: StoredBrief, store: Store, articles: Sequence[given.Article] = ()) -> Source:
    return Source(named(stored), stored.path, Texts(store, Path(stored.path), articles))


def named(stored: StoredBrief) -> Brief:
    """Return a stored brief. Raises UsageError, naming its date, where it breaks its own format."""
    return _loaded(stored.json, f"the brief of {stored.date}")


def _loaded(text: str, name: str) -> Brief:
    found = load(text, name)
    if isinstance(found, Brief):
        try:
            calendar.fromisoformat(found.date)
        except ValueError as error:
            raise UsageError(f"{name}: the brief is of {found.date}, which is no date", "`briefing verify` says what is wrong") from error
        return found
    raise UsageError(f"{name}: a brief that breaks its own format ({found[0].detail})", "`briefing verify` says what is wrong with it")


class Texts:
    """Gives the text of an article as a brief saw it: given, from the database, or from its file if that did not change since.

    A file that is not where the record says is looked for beside the file of the brief, and above it.
    """

    def __init__(self, store: Store, brief: Path | None = None, articles: Sequence[given.Article] = ()) -> None:
        self._store, self._brief = store, brief
        self._known: dict[str, Article | None] = {one.sha256: given.read_one(one).article for one in articles}

    def __call__(self, record: ArticleRecord) -> Article | None:
        """Return the text of one article under the ID and path of its record, None where it is no longer known."""
        if record.content not in self._known:
            self._known[record.content] = self._store.article(record.content) or self._from_file(record)
        known = self._known[record.content]
        return known.model_copy(update={"id": record.id, "path": record.path}) if known else None

    def _from_file(self, record: ArticleRecord) -> Article | None:
        found = at_its_path(record, self._brief)
        return found.article if found and found.article and found.article.content == record.content else None
