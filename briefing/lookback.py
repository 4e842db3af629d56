"""The articles that were read for the briefs of the days before: gives those that come nearest to a text. It decides nothing about them.

stored briefs of the last days ─ the articles that they used ─ index (BM25 over their sentences) ─► the nearest articles of each text
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, timedelta

from briefing.brief import Brief
from briefing.errors import StorageError, UsageError
from briefing.progress import Progress
from briefing.stages.earlier import Archived
from briefing.store import Index, Store
from briefing.text.terms import terms
from briefing.verify import load

DAYS = 7
"""Days that are looked back: what was told longer ago comes as background, with its date."""

_NEAR = 6  # articles of a text
_HITS = 24  # sentences that are looked at for them
_LOG = logging.getLogger(__name__)


class Archive:
    """The articles of the briefs of the days before `day`, read at the first question."""

    def __init__(self, store: Store, index: Index, day: str, progress: Progress) -> None:
        self._store, self._index, self._day, self._progress = store, index, day, progress

    def __call__(self, texts: Sequence[str]) -> list[list[Archived]]:
        """Return for each text the articles whose sentences share most with it, the nearest first.

        An archive that cannot be read costs a warning, and never the brief.
        """
        try:
            kept = self._articles()
        except StorageError as error:
            self._progress.warn(f"{error}; what articles of earlier days told is not marked")
            kept = []
        known = dict(zip(self._index.add(one.article for one in kept), kept, strict=True))
        return [self._near(text, known) for text in texts] if known else [[] for _ in texts]

    def _near(self, text: str, known: dict[int, Archived]) -> list[Archived]:
        hits = self._index.search(terms(text), known.keys(), _HITS)
        return [known[number] for number in list(dict.fromkeys(hit.article for hit in hits))[:_NEAR]]

    def _articles(self) -> list[Archived]:
        """Return the articles that were used, each once, under the date of the first brief that read it."""
        first = (date.fromisoformat(self._day) - timedelta(days=DAYS)).isoformat()
        found: dict[str, Archived] = {}
        for stored in self._store.briefs():
            if not first <= stored.date < self._day:
                continue
            try:
                brief = load(stored.json, f"the brief of {stored.date}")
            except UsageError as error:
                _LOG.info("passed over: %s", error)
                continue
            for record in brief.articles if isinstance(brief, Brief) else ():
                if record.status == "used" and record.content not in found and (article := self._store.article(record.content)):
                    found[record.content] = Archived(stored.date, record.id, article)
        return list(found.values())
