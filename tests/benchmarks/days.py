"""What of a day's brief was told the day before, to be read by hand: every claim of the second day beside the first day's sentences.

    python -m tests.benchmarks.days FOLDER FOLDER [--all] [--kept FILE] [--sheet FILE]

The briefs of two folders of articles, named YYYY-MM-DD as the days they are of, are made one after the other in a new home, as `generate`
does. The sheet has a line of JSON for each claim of the second day: what became of it (`state`, `since`), the sentences that told it,
and the sentences of the first day's articles that share most with it. Who reads it says of each whether it tells something new; the shares
of old news that is called new, and of news that is called old, are counted from `verdict` ("old" or "new") where a sheet that was read is
given with `--read FILE`. Answers of the model are kept in FILE.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from briefing import app
from briefing.brief import Brief
from briefing.config import Settings, load_settings
from briefing.engines import Engine
from briefing.model.wrapped import Wrapped
from briefing.opening import open_store
from briefing.progress import Silent
from briefing.reading import gather, read_all
from briefing.similarity import Rarity, held
from briefing.similarity import terms as counted
from tests.model_here import default_model, default_parser

_NEAREST = 3  # sentences of the first day that are shown


class Lent(Wrapped):
    """A model that outlives the runs it is lent to."""

    def close(self) -> None:
        """Leave it open."""


def two_days(folders: Sequence[Path], settings: Settings, engine: Engine, *, every: bool) -> list[Brief]:
    """Return the briefs of two folders, made one after the other."""
    return [app.generate([one], settings, date=one.name, every=every, progress=Silent(), engine=engine).brief for one in folders]


def sheet(first: Path, brief: Brief, settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield each claim of a brief with what told it before, and with the nearest sentences of the day before."""
    outcomes = read_all(gather([first]), [first], Silent())
    articles = [outcome.article for outcome in outcomes if outcome.article is not None]
    sentences = [(article, s.number) for article in articles for s in article.sentences if s.role == "body"]
    texts = [*(article.quote(number) for article, number in sentences), *(claim.text for claim in brief.claims)]
    found = [counted(parse) for parse in default_parser().parse(texts)]
    rarity = Rarity(found[: len(sentences)])
    vectors = [rarity.vector(one) for one in found]
    with closing(open_store(settings)) as store:
        for claim, own in zip(brief.claims, vectors[len(sentences) :], strict=True):
            near = sorted(range(len(sentences)), key=lambda n: -held(own, vectors[n]))[:_NEAREST]
            told = [(store.article(one.content), one) for one in claim.earlier]
            yield {
                "claim": claim.text,
                "state": claim.state,
                "since": claim.since,
                "top": claim.id in brief.top,
                "told": [[article.quote(n) for n in one.sentences] for article, one in told if article is not None],
                "nearest": [texts[n] for n in near],
                "verdict": "",
            }


def shares(lines: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Return the counts of a sheet that was read: by what a reader says of a claim, and what the brief says."""
    counts = Counter(f"{one['verdict']}, called {'old' if one['state'] == 'unchanged' else 'new'}" for one in lines if one["verdict"])
    return dict(sorted(counts.items()))


def main() -> None:
    """Make the sheet, or count one that was read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--all", action="store_true", help="tell all that is worth telling")
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "briefing-days.sqlite3")
    parser.add_argument("--sheet", type=Path, help="where the sheet is written (default: standard output)")
    parser.add_argument("--read", type=Path, nargs="*", default=[], help="sheets with verdicts, to be counted")
    options = parser.parse_args()
    if options.read:
        lines = [json.loads(line) for file in options.read for line in file.read_text(encoding="utf-8").splitlines()]
        sys.stdout.write(f"{json.dumps(shares(lines), indent=1)}\n")
        return
    first, second = options.folders
    with default_model(options.kept) as model, tempfile.TemporaryDirectory() as home:
        known = load_settings()
        settings = known.model_copy(update={"database": Path(home) / "briefing.sqlite3", "out": Path(home)})
        brief = two_days([first, second], settings, lambda path, identity, own: Lent(model), every=options.all)[1]
        told = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in sheet(first, brief, settings))
    if options.sheet:
        options.sheet.write_text(told, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(told)


if __name__ == "__main__":
    main()
