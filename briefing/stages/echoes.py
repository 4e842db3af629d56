"""Sentences that several articles have word for word: drafted once, cited together, one origin.

sentences of all articles, oldest first ─ repeats ─► copy → original ─► copied (after grounding): the copies join the claim's citations

Problem: syndicated reports would be drafted again and again and look like agreement. Choice: copies are found before anything is drafted,
in time linear in the text. A copy that was edited by so much as a word is a claim of its own; `merge` and `origins` see to it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from briefing.stages.ground import Grounded
from briefing.text import repeats
from briefing.text.reference import Reader
from briefing.types import Article, Place, Role, cited_articles

_CITED = 4  # copies that a claim cites: more of them show nothing more, and are listed as left out


def echoes(readers: Sequence[Reader]) -> dict[Place, Place]:
    """Map every body sentence that repeats one of another article to that one, the oldest; undated articles count as younger."""
    texts: list[str] = []
    paragraphs: list[int] = []
    places: list[Place] = []
    paragraph = 0
    for reader in sorted(readers, key=lambda reader: reader.article.published or "9999"):
        last = None
        for sentence in reader.article.sentences:
            if sentence.role is Role.BODY:
                paragraph += sentence.paragraph != last
                last = sentence.paragraph
                texts.append(reader.article.quote(sentence.number))
                paragraphs.append(paragraph)
                places.append((reader.article.id, sentence.number))
    found: dict[Place, Place] = {}
    for copy, original in repeats.find(texts, paragraphs, [Role.BODY] * len(texts)):
        first = found.get(places[original], places[original])
        if first[0] != places[copy][0]:
            found[places[copy]] = first
    return found


def copied(grounded: Sequence[Grounded], echoed: Mapping[Place, Place], articles: Mapping[str, Article]) -> list[Grounded]:
    """Return the claims with the citations of the copies of their sentences: of articles that copy everything a claim rests on."""
    copies: dict[Place, dict[str, int]] = defaultdict(dict)
    for (article, number), original in echoed.items():
        copies[original].setdefault(article, number)
    found: list[Grounded] = []
    for one in grounded:
        own = one.claim.citations
        holders = [copies[citation.article, citation.sentence] for citation in own]
        shared = [name for name in holders[0] if all(name in held for held in holders)][:_CITED]
        more = tuple(articles[name].cite(held[name]) for name in shared for held in holders)
        dates = filter(None, (articles[name].published for name in cited_articles((*own, *more))))
        claim = one.claim.model_copy(update={"citations": (*own, *more), "published": min(dates, default="")})
        found.append(one._replace(claim=claim) if more else one)
    return found
