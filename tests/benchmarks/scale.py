"""How the main job grows with the pile: seconds a stage, tokens and peak memory for 10, 100 and 1,000 articles.

    python -m tests.benchmarks.scale [--sizes 10,100,1000] [--dry]

The articles are made from the sentences of the seeds, recombined, with other numbers and names, always the same ones; every tenth is a copy
of an earlier one with another opening line. Each size runs in a process of its own, from an empty cache. With --dry nothing is asked
of a model: what is timed then is the cheap pass (reading, parsing, copies, choosing), and answers and vectors are made up.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing import pipeline
from briefing.brief import Brief
from briefing.config import load_settings
from briefing.engines import embedder
from briefing.model.base import Model
from briefing.progress import Silent
from briefing.sources.files import read
from briefing.types import Outcome, Role
from tests.benchmarks.apart import apart
from tests.model_here import default_model, default_parser
from tests.properties import SEEDS
from tests.stages.fakes import FakeModel, embed

if TYPE_CHECKING:
    from briefing.model.vectors import Vectors

DATE = "2026-11-22"
NAMES = "Aster Brell Dorn Tarn Lorvia Pelm Kessby Orvane Quillan Skarrow Vexholm Tessmark Halmstow Marnheim Fenwith Brask Ruda Selk".split()
PLACES = (
    "Ukraine",
    "Russia",
    "Moscow",
    "Kiev",
    "Paris",
    "Istanbul",
    "Bryansk",
    "Bulgaria",
    "Hungary",
    "Slovakia",
    "Trump",
    "Zelensky",
    "Putin",
)
COPIES = 10  # every tenth article


def write(folder: Path, count: int) -> None:
    """Write `count` articles of eight to sixteen sentences."""
    articles = [outcome.article for outcome in read([SEEDS]) if outcome.article is not None]
    sentences = [" ".join(one.quote(s.number).split()) for one in articles for s in one.sentences if s.role is Role.BODY]
    chance = random.Random(7)
    texts: list[str] = []
    for n in range(count):
        if n % COPIES == COPIES - 1:
            text = f"{chance.choice(NAMES)} Wire service, for immediate release.\n\n{texts[chance.randrange(len(texts))]}"
        else:
            other = {place: f"{chance.choice(NAMES)}{chance.choice(('', ' Bay', ' Hill', 'ton', 'burg'))}" for place in PLACES}
            chosen = chance.sample(sentences, chance.randint(8, 16))
            text = "\n\n".join(varied(sentence, other, chance) for sentence in chosen)
        texts.append(text)
        (folder / f"a{n:04}.txt").write_text(text, encoding="utf-8")


def varied(sentence: str, other: dict[str, str], chance: random.Random) -> str:
    """Return a sentence with other names and numbers."""
    words = []
    if not any(place in sentence for place in other):
        sentence = f"{sentence[:-1]}, near {chance.choice(NAMES)}{chance.randint(2, 900)}{sentence[-1]}"
    for word in sentence.split():
        bare = word.strip(".,;:’s“”")
        if bare.isdigit():
            word = word.replace(bare, str(chance.randint(2, 900)))
        elif bare in other:
            word = word.replace(bare, other[bare])
        words.append(word)
    return " ".join(words)


class Stages(Silent):
    """Notes when each stage began."""

    def __init__(self) -> None:
        self.began: list[tuple[str, float]] = []

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """Begin a stage."""
        self.began.append((name, time.monotonic()))

    def seconds(self, end: float) -> dict[str, float]:
        """Return the seconds of each stage; a stage that came again counts once."""
        found: dict[str, float] = {}
        for (name, start), (_, stop) in zip(self.began, [*self.began[1:], ("", end)], strict=True):
            found[name] = round(found.get(name, 0.0) + stop - start, 1)
        return found


def measure(count: int, dry: bool) -> dict[str, Any]:
    """Run one size in this process."""
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles"
        articles.mkdir()
        write(articles, count)
        progress = Stages()
        started = time.monotonic()
        progress.stage("reading", count, "articles")
        outcomes: list[Outcome] = list(read([articles]))
        parser = default_parser()

        def made(model: Model, embed: Callable[[Sequence[str]], Vectors]) -> Brief:
            return pipeline.generate(outcomes, parser=parser, embed=embed, model=model, date=DATE, progress=progress)

        if dry:
            brief = made(FakeModel(), embed)
        else:
            with default_model(Path(folder) / "cache.sqlite3") as model:
                brief = made(model, embedder(load_settings(), Silent()).embed)
        end = time.monotonic()
    copied = sum(omission.reason.startswith("a copy of") for omission in brief.omitted)
    cheap = sum(seconds for name, seconds in progress.seconds(end).items() if name in {"reading", "reading closely", "choosing sentences"})
    return {
        "articles": count,
        "seconds": round(end - started, 1),
        "stages": progress.seconds(end),
        "articles a second, cheap pass": round(count / cheap, 1),
        "tokens": brief.run.tokens.model_dump(),
        "peak memory, GB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "claims": len(brief.claims),
        "stories": len(brief.stories),
        "of several files": sum(len({c.article for c in claim.citations}) > 1 for claim in brief.claims),
        "copied sentences found": copied,
    }


def main() -> None:
    """Measure every size and print one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,100,1000")
    parser.add_argument("--dry", action="store_true", help="without a model")
    options = parser.parse_args()
    for size in map(int, options.sizes.split(",")):
        sys.stdout.write(json.dumps(apart(measure, size, options.dry)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
