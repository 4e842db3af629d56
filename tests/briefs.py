"""Small briefs made by hand, of articles in a folder: what rendering, verifying and the commands are tested on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing import __version__
from briefing.brief import ArticleRecord, Brief, LoadedTerm, ModelRecord, Omission, RunRecord, Story, TokenRecord
from briefing.sources.files import read
from briefing.types import Article, Claim

TEXTS = {
    "harbour.txt": (
        "The port of Aster reopened on Monday after 12 days. The so-called rebels had blocked it, the mayor said.\n\n"
        "Mayor Ines Calder said on Tuesday that 300 workers are back. A ferry left for the island of Brell at noon.\n"
    ),
    "ferry.md": (
        "# Ferry to Brell sails again\n\n"
        "The port of Aster reopened on Monday after 12 days, and the ferry to Brell sailed. It carried 85 passengers.\n"
    ),
}


def write(folder: Path) -> Path:
    """Write the articles into a new folder."""
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def articles(folder: Path) -> dict[str, Article]:
    """Read a folder's articles, by ID."""
    return {outcome.id: outcome.article for outcome in read([folder]) if outcome.article is not None}


def claim(name: str, text: str, *cited: tuple[Article, int], **fields: object) -> Claim:
    """Make a claim that cites whole sentences."""
    dates = sorted(article.published for article, _ in cited if article.published)
    values = {"kind": "fact", "support": 0.9, "published": dates[0] if dates else "", **fields}
    citations = [article.cite(number) for article, number in cited]
    return Claim.model_validate({"id": name, "text": text, "citations": citations, **values})


def brief(used: Sequence[Article], claims: Sequence[Claim], stories: Sequence[Story], **fields: object) -> Brief:
    """Make a brief of claims and stories."""
    values: dict[str, object] = {
        "schema": "briefing/1",
        "date": "2026-11-21",
        "run": RunRecord(
            model=ModelRecord(name="made-by-hand", sha256="ab" * 32),
            prompts={"draft": "cd" * 32},
            version=__version__,
            seconds=61.2,
            tokens=TokenRecord(prompt=1200, generated=300, cached=40),
            gates={"numbers": (8, 7)},
        ),
        "articles": [record(article) for article in used],
        "stories": list(stories),
        "claims": list(claims),
        **fields,
    }
    return Brief.model_validate(values)


def record(article: Article) -> ArticleRecord:
    """Make the record of an article that was used."""
    return ArticleRecord(
        id=article.id,
        path=article.path,
        sha256=article.sha256,
        title=article.title,
        source=article.source,
        published=article.published,
        sentences=len(article.sentences),
        status="used",
    )


def example(folder: Path) -> Brief:
    """Make the example: five claims, three stories, two of the claims at the top."""
    found = articles(write(folder))
    harbour, ferry = found["harbour"], found["ferry"]
    title = 1 if ferry.quote(1).startswith("Ferry") else 0
    claims = [
        claim("c1", "The port of Aster reopened on Monday after 12 days.", (harbour, 1), (ferry, 1 + title)),
        claim("c2", "Mayor Ines Calder said that 300 workers are back.", (harbour, 3), kind="statement"),
        claim("c3", "A ferry left for the island of Brell at noon.", (harbour, 4)),
        claim("c4", "It carried 85 passengers.", (ferry, 2 + title)),
        claim("c5", "The mayor said that rebels had blocked the port.", (harbour, 2), speaker="the mayor"),
    ]
    return brief(
        [harbour, ferry],
        claims,
        [
            Story(id="s1", headline="The port of Aster is open again", claims=("c1", "c2", "c5")),
            Story(id="s2", headline="A ferry left for Brell", claims=("c3",)),
            Story(id="s3", headline="It carried 85 passengers", claims=("c4",)),
        ],
        top=("c1", "c4"),
        language=[
            LoadedTerm(article="harbour", sentence=2, term="so-called", instead=""),
        ],
        omitted=[Omission(article="ferry", sentence=1 + title, reason="told by another sentence")],
    )
