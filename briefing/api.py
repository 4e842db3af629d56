"""What programs use, the command line among them: `Briefing`, whose methods are the commands. It decides nothing itself and prints nothing.

Sources are files, folders and `Article`s in any mixture; what comes back are the records that `briefing schema` describes, as frozen
values. Every mistake that a user can make, and every failure that can be met, is a `briefing.errors.BriefingError` with a hint.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from briefing import app, day, history
from briefing.app import Report
from briefing.asking import Ask, asking
from briefing.brief import Brief
from briefing.check import Asked
from briefing.config import Settings, load_settings
from briefing.engines import Engine, Loaded
from briefing.errors import UsageError
from briefing.output import Written
from briefing.progress import Logged, Progress
from briefing.reading import Source
from briefing.records import Answer, Diff
from briefing.sources.given import Article
from briefing.types import Verdict


class Briefing:
    """The program, with its settings. A model that was loaded stays loaded until `close`, or until the `with` block ends.

    Without `settings` they are those of the command line: briefing.toml and the environment. `progress` hears of stages and warnings;
    without it they go to the logger "briefing". Parses and answers are kept in the database that the settings name: nothing is asked
    twice. One object serves one thread.
    """

    def __init__(self, settings: Settings | None = None, *, progress: Progress | None = None, engine: Engine | None = None) -> None:
        """Raise UsageError for settings that are wrong. Nothing is read, made or fetched yet. `engine` loads models."""
        self.settings = settings or load_settings()
        self._progress = progress or Logged()
        self._load = Loaded(engine)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Free the models."""
        self.close()

    def close(self) -> None:
        """Free the models. Safe to call twice; what is asked afterwards loads them again."""
        self._load.close()

    def generate(
        self, sources: Sequence[Source], *, date: str = "", budget: float = math.inf, every: bool = False, follow_links: bool = False
    ) -> Brief:
        """Return one brief of many articles. It is not written, and not kept: `write` does both.

        `date` (ISO) is that of the brief, "" today. It takes `budget` seconds at most, the weightiest matters first. `every` article has
        its share, however many there are. Links that lead out of a folder are followed with `follow_links`. Raises NothingToBriefError
        where no sentence became a claim, SourceError where nothing can be read, ModelError, StorageError.
        """
        day_of = _day(date)
        with self._watched() as progress:
            return app.brief(
                list(sources),
                self.settings,
                date=day_of,
                progress=progress,
                budget=budget,
                every=every,
                follow_links=follow_links,
                engine=self._load,
            )

    def write(
        self,
        sources: Sequence[Source],
        *,
        date: str = "",
        name: str = "",
        replace: bool = False,
        budget: float = math.inf,
        every: bool = False,
        follow_links: bool = False,
        page: bool = False,
    ) -> Written:
        """Write one brief of many articles, and keep it, so that `diff`, `ask` and `briefing timeline` know it by its date.

        It is written to `settings.out`: DATE.json, the record, and DATE.md, a view of it; with a `name`, beside others of that date, as
        DATE.NAME. It is as `generate` makes it, and says what is new since the last related brief that was kept. Raises UsageError where a
        brief of other articles stands, unless it is to `replace` any. With a `page`, or where one stands there, DATE.html is written, too;
        where it cannot be, the brief is, and `unpaged` says why.
        """
        day_of = _day(date)
        with self._watched() as progress:
            return app.generate(
                list(sources),
                self.settings,
                date=day_of,
                name=name,
                replace=replace,
                progress=progress,
                budget=budget,
                every=every,
                follow_links=follow_links,
                page=page,
                engine=self._load,
            )

    def ask(
        self,
        question: str,
        sources: Sequence[Source] = (),
        *,
        brief: str | Path | Brief = "",
        since: str = "",
        until: str = "",
        follow_links: bool = False,
    ) -> Answer:
        """Answer a question from articles alone: those of the sources, of a `brief` (itself, DATE, DATE.NAME, a file), or all kept ones.

        `since` and `until` (ISO dates) leave out other days. An answer that is not `answerable` has the sentences that come closest.
        """
        with self.asking(sources, brief=brief, since=since, until=until, follow_links=follow_links) as answer:
            return answer(question)

    @contextmanager
    def asking(
        self,
        sources: Sequence[Source] = (),
        *,
        brief: str | Path | Brief = "",
        since: str = "",
        until: str = "",
        follow_links: bool = False,
    ) -> Iterator[Ask]:
        """Give what answers one question after the other, as `ask` does; a question that follows another may be short."""
        first, last = (day.checked(given, name) if given else "" for given, name in ((since, "since"), (until, "until")))
        with (
            self._watched() as progress,
            asking(
                self.settings,
                sources=list(sources),
                brief=_named(brief),
                since=first,
                until=last,
                follow_links=follow_links,
                progress=progress,
                engine=self._load,
            ) as answer,
        ):
            yield answer

    def check(self, claim: str, sources: Sequence[Source], *, follow_links: bool = False) -> Verdict:
        """Say whether articles support a claim, how surely, and by which sentences."""
        if not claim.strip():
            raise UsageError("there is no claim to check", "give it one sentence, or more")
        (verdict,) = self.check_all([Asked("1", claim)], sources, follow_links=follow_links)
        return verdict

    def check_all(self, claims: Sequence[Asked], sources: Sequence[Source] = (), *, follow_links: bool = False) -> Iterator[Verdict]:
        """Yield a verdict for each claim, in order, as it is reached; one that brings the text of its own source is held against that."""
        with self._watched() as progress:
            yield from app.check(claims, list(sources), self.settings, follow_links=follow_links, progress=progress, engine=self._load)

    def diff(self, old: str | Path | Brief = "", new: str | Path | Brief = "", articles: Sequence[Article] = ()) -> Diff:
        """Say what changed from one brief to another: each itself, DATE, DATE.NAME or its file; by default the last two that are kept.

        `articles` are those of both that were given as text: without them it is not known what else stood there.
        """
        with self._watched() as progress:
            return history.compare(_named(old), _named(new), self.settings, articles=articles, progress=progress, engine=self._load)

    def verify(
        self,
        brief: str | Path | Brief,
        sources: Sequence[Source] = (),
        *,
        judge: bool = False,
        pages: bool = False,
        follow_links: bool = False,
        page_template: Path | None = None,
    ) -> Report:
        """Check a brief, or its file with the Markdown file and the page beside it, against its articles: the files it names, or others.

        DATE and DATE.NAME are briefs in `settings.out`. Articles that were given as text have to be given again. With `judge`, the model is
        asked about every claim, too; with `pages`, the kept pages of fetched articles are read again. A page by a
        `page_template` of one's own is held against that.
        """
        with self._watched() as progress:
            return app.verify(
                brief if isinstance(brief, Brief) else Path(brief),
                list(sources),
                self.settings,
                judge=judge,
                pages=pages,
                follow_links=follow_links,
                page_template=page_template,
                progress=progress,
                engine=self._load,
            )

    @contextmanager
    def _watched(self) -> Iterator[Progress]:
        try:
            yield self._progress
        finally:
            self._progress.close()


def _named(brief: str | Path | Brief) -> str | Brief:
    return brief if isinstance(brief, Brief) else str(brief)


def _day(date: str) -> str:
    return day.checked(date, "date") if date else day.today()
