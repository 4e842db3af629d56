"""Sentences that several articles have word for word, marks and white space apart: told once, cited together, one origin.

Problem: syndicated reports would be told again and again and look like agreement. Choice: copies are found before anything is chosen, in
time linear in the text. One word more or less, or one other number, is no copy but what another outlet says; `align` sees to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from briefing.language.document import Document
from briefing.stages.summarize import Made
from briefing.types import Place, cited_articles

_CITED = 4  # copies that a claim cites: more of them show nothing more, and are listed as left out
_LEAST = 5  # words: shorter sentences are alike without being copies ("He declined to comment.")
_WORD = re.compile(r"[^\W_]+(?:[.,:/’'-][^\W_]+)*|[%$€£¥]|[-−+](?=\d)")


def said(text: str) -> tuple[str, ...]:
    """Return what a sentence says word for word: its words, and of its marks those that change a number."""
    return tuple(_WORD.findall(text.casefold()))


def copies(documents: Sequence[Document]) -> dict[Place, Place]:
    """Map every body sentence that another article has too to where it stands first: in the oldest; undated ones count as younger.

    What stands in a report is told as one: a column or satire that repeats it counts as younger still.
    """
    first: dict[tuple[str, ...], Place] = {}
    found: dict[Place, Place] = {}
    for document in sorted(documents, key=lambda document: (not document.reporting, document.article.published or "9999")):
        name = document.article.id
        for number in document.body():
            key = said(document.text(number))
            place = first.setdefault(key, (name, number))
            if place[0] != name and len(key) >= _LEAST:
                found[name, number] = place
    return found


def copied(made: Sequence[Made], found: Mapping[Place, Place], documents: Mapping[str, Document]) -> list[Made]:
    """Return the claims with the citations of the copies of their sentences: of articles that copy everything a claim rests on."""
    holders: dict[Place, dict[str, int]] = defaultdict(dict)
    for (article, number), original in found.items():
        holders[original].setdefault(article, number)
    return [_with_copies(one, holders, documents) for one in made]


def _with_copies(one: Made, holders: Mapping[Place, dict[str, int]], documents: Mapping[str, Document]) -> Made:
    own = one.claim.citations
    held = [holders.get(citation.place, {}) for citation in own]
    shared = [name for name in held[0] if all(name in among for among in held)][:_CITED]
    if not shared:
        return one
    more = tuple(documents[name].article.cite(among[name]) for name in shared for among in held)
    dates = filter(None, (documents[name].article.published for name in cited_articles((*own, *more))))
    return one._replace(claim=one.claim.model_copy(update={"citations": (*own, *more), "published": min(dates, default="")}))
