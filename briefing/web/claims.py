"""Claims as every page shows them: their citations on the shelf, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

from briefing import arrange
from briefing.brief import ArticleRecord, Story
from briefing.page import once
from briefing.text.escape import visible
from briefing.types import Citation, Claim
from briefing.web.data import Cite, ShownClaim
from briefing.web.shelf import Shelf


class Claims:
    """Shows claims one after the other, and numbers them. `records` are the articles that they cite, by file ID."""

    def __init__(self, shelf: Shelf, records: Iterable[ArticleRecord], edition: str = "", prefix: str = "c") -> None:
        self._shelf = shelf
        self._records: Mapping[str, ArticleRecord] = {record.id: record for record in records}
        self._edition = edition
        self._prefix = prefix
        self._numbers = count(1)

    def show(self, claim: Claim, *, reported: bool = False, story: str = "", headline: str = "") -> ShownClaim:
        """Return a claim as it is shown; `reported` adds when it was told, where no story beside it says so."""
        return ShownClaim(
            anchor=f"{self._prefix}{next(self._numbers)}",
            text=visible(claim.text),
            standing=arrange.standing(claim) or "single",
            fresh=arrange.FRESH.get(claim.state, ""),
            opinion=claim.kind == "opinion",
            speaker=visible(claim.speaker),
            written=claim.written,
            about=visible(arrange.about(claim, reported)),
            cites=self.cites(claim),
            story=story,
            headline=visible(headline),
        )

    def cites(self, claim: Claim) -> tuple[Cite, ...]:
        """Return the citations of a claim, each place once; its edits belong to the first."""
        return tuple(self._cite(citation, claim, n == 0) for n, citation in enumerate(once(claim.citations)))

    def heading(self, story: Story, claim: Claim) -> tuple[Cite, ...]:
        """Return the citation of a headline: the first sentence of the claim that it is made from, with the headline's own edits."""
        first = claim.citations[0]
        return (self._shelf.cite(self._records[first.article], first, () if claim.written else story.edits, self._edition),)

    def near(self, citation: Citation) -> Cite:
        """Return a citation that stands by itself."""
        return self._shelf.cite(self._records[citation.article], citation, edition=self._edition)

    def _cite(self, citation: Citation, claim: Claim, first: bool) -> Cite:
        edits = claim.edits if first and not claim.written else ()
        return self._shelf.cite(self._records[citation.article], citation, edits, self._edition)
