"""A day made by hand that has all that a page shows: agreed, contested and single claims, edits, what is new, and what is not read.

The articles bring title, outlet, date and address; one is not dated, one cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefing.brief import ArticleRecord, Brief, LoadedTerm, Omission, Story
from briefing.records import Answer, Diff, Timeline
from briefing.sources.files import read
from briefing.stages.retold import Source
from briefing.types import Article, Claim, Edit
from tests import briefs
from tests.editions import HARBOUR, HOSPITAL, diff, edition, timeline

TEXTS = {
    "bell.md": """---
title: "Port of Aster opens again"
source: The Aster Bell
date: 2026-11-20
url: https://bell.example/2026/port-opens?page=1&lang=en#story
---

The port of Aster reopened on Monday after 12 days, the harbour office said. Some 300 dock workers,
many of whom live in Brell, are back at work.

Mayor Ines Calder called the so-called blockade a crime against the town.
She expects the first grain ships to leave on Thursday.

The blockade cost the town 4 million crowns, the harbour office estimates. “We were never told,” said the baker Tove Lind.
""",
    "courier.md": """---
title: "Ships leave, questions stay"
source: Brell Courier
date: 2026-11-21
url: https://courier.example/ships
---

Ships may use the port of Aster again since Monday, after twelve days of blockade. The union counts only 180 workers who have returned.

It says that the others were not called. The blockade cost at least 9 million crowns, according to the chamber of commerce.
""",
    "wire.txt": """The ferry between Aster and Brell sails again from Tuesday. It carried 85 passengers on its first trip.

Subscribe to our newsletter.
""",
}


def articles(folder: Path) -> dict[str, Article]:
    """Write the articles into a new folder and read them, by ID."""
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {outcome.id: outcome.article for outcome in read([folder]) if outcome.article is not None}


def number(article: Article, start: str) -> int:
    """Return the number of the sentence that begins so."""
    return next(sentence.number for sentence in article.sentences if article.quote(sentence.number).startswith(start))


def claim(name: str, text: str, *cited: tuple[Article, str], **fields: object) -> Claim:
    """Make a claim that cites the sentences that begin so."""
    return briefs.claim(name, text, *((article, number(article, start)) for article, start in cited), **fields)


def edit(article: Article, words: str, text: str, reason: str) -> Edit:
    """Make an edit: `words` of the article become `text`; with no text they are cut. Words that end in "|" stay, and the text follows."""
    start = article.text.index(words.rstrip("|"))
    end = start + len(words.rstrip("|"))
    return Edit(start=end if words.endswith("|") else start, end=end, text=text, reason=reason)


def day(found: Mapping[str, Article]) -> Brief:
    """Make the brief of the articles."""
    bell, courier, wire = found["bell"], found["courier"], found["wire"]
    claims = [
        claim(
            "c1",
            "The port of Aster reopened on Monday [16 November 2026] after 12 days, the harbour office said.",
            (bell, "The port"),
            (courier, "Ships may"),
            origins=2,
            date="2026-11-16",
            state="corroborated",
            edits=(edit(bell, "reopened on Monday|", " [16 November 2026]", "date"),),
        ),
        claim(
            "c2",
            "Some 300 dock workers are back at work.",
            (bell, "Some 300"),
            conflicts=("c3",),
            state="disputed",
            edits=(edit(bell, ",\nmany of whom live in Brell,", "", "aside"),),
        ),
        claim(
            "c3",
            "The union counts only 180 workers who have returned.",
            (courier, "The union"),
            conflicts=("c2",),
            speaker="the union",
            state="new",
        ),
        claim(
            "c4", "The blockade cost the town 4 million crowns, the harbour office estimates.", (bell, "The blockade"), conflicts=("c5",)
        ),
        claim(
            "c5",
            "The blockade cost at least 9 million crowns, according to the chamber of commerce.",
            (courier, "The blockade"),
            conflicts=("c4",),
        ),
        claim("c6", "“We were never told,” said the baker Tove Lind.", (bell, "“We were"), speaker="Tove Lind", kind="statement"),
        claim(
            "c7",
            "[Ines Calder] expects the first grain ships to leave on Thursday.",
            (bell, "She expects"),
            edits=(edit(bell, "She", "[Ines Calder]", "whom it means"),),
        ),
        claim("c8", "The ferry between Aster and Brell sails again from Tuesday.", (wire, "The ferry"), state="new"),
        claim("c9", "It carried 85 passengers on its first trip.", (wire, "It carried"), kind="opinion", state="unchanged"),
        claim("c10", "The others were not called.", (courier, "It says"), state="unchanged"),
    ]
    stories = [
        Story(
            id="s1",
            headline="The port of Aster reopened on Monday after 12 days",
            heading="c1",
            claims=("c1", "c10", "c2", "c3", "c4", "c5", "c6", "c7"),
            event=("bell", "courier"),
            origins=2,
            since="2026-11-18",
        ),
        Story(
            id="s2",
            headline="The ferry between Aster and Brell sails again from Tuesday",
            heading="c8",
            claims=("c8", "c9"),
            event=("wire",),
        ),
    ]
    lost = ArticleRecord(id="photo", path="photo.png", status="skipped", reason="binary file (PNG)")
    records = [briefs.record(article).model_copy(update={"url": article.url}) for article in found.values()]
    return briefs.brief(
        list(found.values()),
        claims,
        stories,
        articles=[*records, lost],
        top=("c1", "c8"),
        before="2026-11-20",
        language=[LoadedTerm(article="bell", sentence=number(bell, "Mayor"), term="so-called")],
        omitted=[
            Omission(article="bell", sentence=number(bell, "Mayor"), reason="cannot be told without the loaded wording “so-called”"),
            Omission(article="wire", sentence=number(wire, "Subscribe"), reason="sign-up line"),
        ],
    )


# What changes from day to day

CENSUS = {"2026-11-20": 26, "2026-11-21": 31, "2026-11-24": 12}


def two_days() -> tuple[Diff, list[Source]]:
    """Make two days: a value that changed, claims that went, one that came, an article that was edited."""
    old = edition({"harbour": HARBOUR, "hospital": HOSPITAL}, "2026-11-20")
    new = edition({"harbour": (HARBOUR[0], HARBOUR[1].replace("26", "31")), "school": ("A school burned down in Brell.",)}, "2026-11-21")
    return diff(old, new), [old, new]


def story() -> tuple[Timeline, list[Source]]:
    """Make the timeline of the harbour, whose ships are counted on three days."""
    days = [edition({"harbour": (HARBOUR[0], HARBOUR[1].replace("26", str(ships)), *HARBOUR[2:])}, date) for date, ships in CENSUS.items()]
    return timeline(days, topic="ships harbour"), days


def answers(found: Mapping[str, Article]) -> tuple[Answer, Answer]:
    """Make an answer, and a question that the articles do not answer."""
    brief = day(found)
    claims = tuple(claim.model_copy(update={"state": ""}) for claim in brief.claims if claim.id in ("c2", "c3"))
    asked: dict[str, object] = {"schema": "briefing-answer/1", "articles": brief.articles, "run": brief.run}
    near = found["wire"].cite(2)
    return (
        Answer.model_validate({**asked, "question": "How many workers are back?", "answerable": True, "claims": claims, "confidence": 0.9}),
        Answer.model_validate(
            {
                **asked,
                "question": "Who owns the ferry?",
                "answerable": False,
                "nearest": (near,),
                "why": ("no owner is named",),
                "confidence": 0.1,
            }
        ),
    )
