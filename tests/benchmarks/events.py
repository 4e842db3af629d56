"""How well articles come into events by the numbers of `stages.cluster`, and by others: each folder by those that fit the others best.

    python -m tests.benchmarks.events FOLDER... [--kept FILE]           files EVENT-….md; the event is the first part of the name

B-cubed F1 of each folder, whole and thinned: of each article a coin decides whether it is there, so that many events are told by one
outlet only, as on most days they are. Numbers that only join what comes in threes do worse there. The last lines say what each folder has
by the numbers of the grid that are best on all others, whole and thinned alike, and by which.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from itertools import product
from pathlib import Path
from unittest import mock

from briefing.config import load_settings
from briefing.engines import embedder, parser
from briefing.language.document import Document
from briefing.opening import open_store
from briefing.progress import Silent
from briefing.sources.files import read
from briefing.stages import cluster
from tests.benchmarks.arrivals import b_cubed
from tests.benchmarks.clustering import Pile

GRID: Mapping[str, Sequence[float]] = {
    "CUT": (0.47, 0.5, 0.53),
    "WORDS": (0.3, 0.5, 0.7),
    "APART": (0.1, 0.13, 0.16),
    "_NEAREST": (3, 5, 7),
    "_CROWDED": (0.45, 0.5, 0.55),
    "_CROWD": (0.0, 0.16, 0.24),
}
"""Values of the numbers of `stages.cluster` that are tried, one or two of them beside the program's own at a time."""

_THINNED = 4  # times
_OTHER = 2  # numbers that are not the program's own at a time


def piles(folders: Sequence[Path], kept: Path | None) -> dict[str, Pile]:
    """Return the articles of each folder, parsed, with vectors and the event of each."""
    settings = load_settings()
    model = embedder(settings, Silent())
    found = {}
    with closing(open_store(settings if kept is None else settings.model_copy(update={"database": kept}))) as store:
        english = parser(settings, store, Silent())
        for folder in folders:
            documents = [Document(outcome.article, english) for outcome in read([folder]) if outcome.article is not None]
            for one in documents:
                one.parse(1)  # while the store is open
            gold = {one.article.id: one.article.id.partition("-")[0] for one in documents}
            found[folder.name] = Pile(documents, model.embed([cluster.opening(one) for one in documents]), gold)
    return found


def thinned(pile: Pile, seed: int) -> Pile:
    """Return about half of the articles of a pile."""
    chance = random.Random(seed)
    there = [n for n in range(len(pile.documents)) if chance.random() < 0.5]
    return Pile([pile.documents[n] for n in there], pile.vectors[there], pile.gold)


def score(some: Sequence[Pile], numbers: Mapping[str, float]) -> float:
    """Return the mean B-cubed F1 of some piles by these numbers, the others being the program's own."""
    with ExitStack() as stack:
        for name, value in numbers.items():
            stack.enter_context(mock.patch.object(cluster, name, value))
        return statistics.fmean(b_cubed(cluster.events(pile.documents, pile.vectors), pile.gold) for pile in some)


def tried(grid: Mapping[str, Sequence[float]]) -> list[dict[str, float]]:
    """Return the program's own numbers, which are none, and those that are the program's own but for a few."""
    own = {name: getattr(cluster, name) for name in grid}
    whole = (dict(zip(grid, values, strict=True)) for values in product(*grid.values()))
    other = [{name: value for name, value in numbers.items() if value != own[name]} for numbers in whole]
    return sorted((numbers for numbers in other if len(numbers) <= _OTHER), key=len)


def measure(known: Mapping[str, Pile], grid: Mapping[str, Sequence[float]]) -> Iterator[dict[str, object]]:
    """Yield the scores of each folder by the program's own numbers, then by those that are best on the others."""
    several = {name: ([pile], [thinned(pile, seed) for seed in range(_THINNED)]) for name, pile in known.items()}
    found = [(numbers, {name: [score(some, numbers) for some in two] for name, two in several.items()}) for numbers in tried(grid)]
    for name, (whole, half) in found[0][1].items():
        yield {"folder": name, "numbers": "the program's", "whole": round(whole, 3), "thinned": round(half, 3)}
    for name in known:
        numbers, scores = max(found, key=lambda one: statistics.fmean(sum(two) for other, two in one[1].items() if other != name))
        whole, half = scores[name]
        yield {"folder": name, "numbers": numbers or "the program's", "whole": round(whole, 3), "thinned": round(half, 3)}


def main() -> None:
    """Print one JSON object a line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    options.add_argument("--kept", type=Path, help="the database where parses are kept (default: the user's)")
    given = options.parse_args()
    for line in measure(piles(given.folders, given.kept), GRID):
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
