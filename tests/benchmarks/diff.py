"""How rightly two briefs are compared, and what 1,000 claims against 1,000 cost.

    python -m tests.benchmarks.diff [--claims 1000] [--ask]

The first table is of the cases in tests/quality/diff.json, with the recorded answers of the default model. The claims of the second are
sentences of recombined articles (see `scale`); on the second day a tenth of the articles is gone, a tenth is new, a tenth has another file
ID; in a tenth every number is another one, in a tenth the sentences are shuffled, in a tenth their halves are exchanged. With --ask the
default model is asked about what plain code leaves open, from an empty cache; without it these claims are counted.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from briefing import pipeline
from briefing.brief import Story
from briefing.diff import STATES, diff
from briefing.language.base import Parser
from briefing.progress import Silent
from briefing.sources.files import read
from briefing.stages.retold import Asked, Source, Tell, teller
from briefing.stages.support import thresholds
from briefing.text.articles import article
from briefing.types import Article, Claim, Place, Role
from tests import briefs
from tests.benchmarks.scale import write
from tests.model_here import default_model, default_parser
from tests.quality.diffs import ABSENT, ANSWERS, cases, compared, rates, scored
from tests.tape import TapeModel

SECONDS = 60
_NUMBER = re.compile(r"\d+")
_TENTH = 10


def quality(parser: Parser) -> dict[str, Any]:
    """Return the rates of the cases, and how much of what was expected stands in the briefs."""
    model = TapeModel(ANSWERS)
    rows = [row for case in cases() for row in scored(case, compared(case, model, parser))]
    expected = [row for row in rows if row.wanted != "unchanged"]
    absent = sum(row.found == ABSENT for row in expected)
    return {"cases": len(cases()), "states": rates(rows), "expected": len(expected), "not in the briefs": absent}


def two_days(count: int) -> tuple[Source, Source]:
    """Return two briefs of `count` claims."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), count // 8 + count // 40 + 2)
        read_articles = [outcome.article for outcome in read([folder]) if outcome.article is not None]
    first = _taken(read_articles, count)
    chance = random.Random(8)
    second = [_later(one, n, chance) for n, one in enumerate(first) if n % _TENTH]
    fresh = [one for one in read_articles if one.id not in {other.id for other in first}]
    return _brief(first, "2026-11-20", count), _brief([*second, *fresh], "2026-11-21", count)


def _taken(articles: Sequence[Article], count: int) -> list[Article]:
    """Return as many articles as give so many claims."""
    found: list[Article] = []
    while sum(len(_body(one)) for one in found) < count:
        found.append(articles[len(found)])
    return found


def _body(one: Article) -> list[int]:
    return [sentence.number for sentence in one.sentences if sentence.role is Role.BODY]


def _later(one: Article, n: int, chance: random.Random) -> Article:
    """Return an article as it stands on the second day."""
    parts, name = one.text.split("\n\n"), one.id
    match n % _TENTH:
        case 1:
            parts = [_NUMBER.sub(lambda match: str(int(match[0]) + 1), part) for part in parts]
        case 2:
            chance.shuffle(parts)
        case 3:
            parts = [_turned(part) for part in parts]
        case 4:
            name = f"{one.id}-again"
    text = "\n\n".join(parts)
    return article(name, f"{name}.txt", one.sha256 if text == one.text else one.sha256[::-1], text)


def _turned(sentence: str) -> str:
    """Return a sentence with its halves exchanged: other words in other places, nothing else said."""
    words = sentence.rstrip(".").split()
    half = len(words) // 2
    return f"Reports say {' '.join(words[half:])}, {' '.join(words[:half])}."


def _brief(articles: Sequence[Article], date: str, count: int) -> Source:
    claims: list[Claim] = []
    for one in articles:
        claims += [briefs.claim(f"{one.id}-s{n}", " ".join(one.quote(n).split()), (one, n)) for n in _body(one)]
    told = claims[:count]
    by_article: dict[str, list[str]] = {}
    for claim in told:
        by_article.setdefault(claim.citations[0].article, []).append(claim.id)
    stories = [Story(id=f"s-{name}", headline=f"What {name} tells", claims=tuple(ids)) for name, ids in by_article.items()]
    by_hash = {one.sha256: one for one in articles}
    return Source(briefs.brief(list(articles), told, stories, date=date), "", lambda record: by_hash.get(record.sha256))


def cost(count: int, parser: Parser, tell: Tell | None = None) -> dict[str, Any]:
    """Compare two briefs of `count` claims; count those that plain code leaves without a partner."""
    old, new = two_days(count)
    asked: list[int] = []

    def counting(claims: Sequence[Asked], side: Source, other: Source) -> Sequence[Collection[Place]]:
        asked.append(len(claims))
        return tell(claims, side, other) if tell else [() for _ in claims]

    started = time.monotonic()
    found = diff(old, new, parser, counting)
    seconds = time.monotonic() - started
    return {
        "claims": [len(old.brief.claims), len(new.brief.claims)],
        "seconds": round(seconds, 1),
        "peak memory, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
        "claims asked about": sum(asked),
        "summary": found.summary,
        "states": dict(Counter(change.state for change in found.changes)),
    }


def table(figures: dict[str, Any]) -> str:
    """Return the rates as a Markdown table."""
    lines = ["| state | expected | precision | recall | F1 |", "| --- | --: | --: | --: | --: |"]
    for state in (*STATES, "all"):
        rate = figures["states"][state]
        lines.append(f"| {state} | {rate['wanted']} | {rate['precision']:.2f} | {rate['recall']:.2f} | {rate['F1']:.2f} |")
    lines.append(f"\n{figures['expected']} changes expected in {figures['cases']} cases, {figures['not in the briefs']} not in the briefs.")
    return "\n".join(lines)


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1000)
    parser.add_argument("--ask", action="store_true", help="ask the default model")
    options = parser.parse_args()
    reader = default_parser()
    sys.stdout.write(f"{table(quality(reader))}\n\n")
    if options.ask:
        with tempfile.TemporaryDirectory() as folder, default_model(Path(folder) / "cache.sqlite3") as model:
            judge = pipeline.judge(model, ("whole",), Silent())
            figures = cost(options.claims, reader, teller(reader, lambda: judge, thresholds().earlier.least))
    else:
        figures = cost(options.claims, reader)
    sys.stdout.write(f"{json.dumps(figures)}\n")


if __name__ == "__main__":
    main()
