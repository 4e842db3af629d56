"""What the parser costs: seconds to import and load, memory, disk, words a second, and what a second run over the same articles takes.

    python -m tests.benchmarks.parser FOLDER [FOLDER …]

Each run is a process of its own, over one database: the first parses every sentence of the articles, the second finds all parses kept.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from contextlib import closing
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from pathlib import Path
from typing import Any

from briefing import engines
from briefing.config import Settings, load_settings
from briefing.language.document import Document
from briefing.model import files
from briefing.progress import Silent
from briefing.sources.files import read
from briefing.sqlite.store import SqliteStore
from tests.benchmarks.apart import apart

MODULES = ("spacy", "thinc", "numpy")  # what a run over known articles must not load


def measure(folders: list[Path], database: Path, settings: Settings) -> dict[str, Any]:
    """Parse the articles of `folders` through the cache in `database`."""
    articles = [outcome.article for outcome in read(folders) if outcome.article is not None]
    before = _megabytes()
    with closing(SqliteStore(database)) as store:
        start = time.perf_counter()
        parser = engines.parser(settings, store, Silent())
        parser.parse(["This loads what is to be loaded."])
        ready = time.perf_counter()
        parsed = [Document(article, parser) for article in articles]
        for document in parsed:
            document.parse(1)
        seconds = time.perf_counter() - ready
    return {
        "articles": len(articles),
        "sentences": sum(1 for document in parsed for _ in document.body()),
        "words": sum(len(document.article.text.split()) for document in parsed),
        "load seconds": round(ready - start, 3),
        "parse seconds": round(seconds, 3),
        "memory MB": round(_megabytes() - before, 1),
        "database kB": round(database.stat().st_size / 1e3),
        "loaded": [name for name in MODULES if name in sys.modules],
    }


def load(settings: Settings) -> dict[str, Any]:
    """Import spaCy and load the model, whose files are there."""
    before = _megabytes()
    start = time.perf_counter()
    import spacy  # noqa: F401 - timed

    imported = time.perf_counter() - start
    from briefing.language import english

    entries = engines.known_models().parser
    english.SpacyParser(settings.models / entries[0].place, english.identity("timing", []))
    whole = time.perf_counter() - start
    sizes = {name: round(_installed(name) / 1e6, 1) for name in sorted(_needs("spacy", {"spacy"}))}
    return {
        "spaCy": version("spacy"),
        "import seconds": round(imported, 2),
        "load seconds": round(whole - imported, 2),
        "memory MB": round(_megabytes() - before, 1),
        "model MB": round(sum(entry.bytes for entry in entries) / 1e6, 1),
        "packages MB": {name: size for name, size in sizes.items() if size >= 1},
        "all packages MB": round(sum(sizes.values())),
    }


def _needs(package: str, known: set[str]) -> set[str]:
    """Return `known` and the names of the packages that `package` asks for, without extras, and those ask for in turn."""
    try:
        asked = [line for line in requires(package) or [] if ";" not in line]
    except PackageNotFoundError:
        return known
    for line in asked:
        name = re.split(r"[^A-Za-z0-9._-]", line)[0].lower()
        if name not in known:
            known = _needs(name, known | {name})
    return known


def _installed(package: str) -> int:
    try:
        found = distribution(package)
    except PackageNotFoundError:
        return 0
    return sum(path.stat().st_size for file in found.files or [] if (path := Path(str(found.locate_file(file)))).is_file())


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the figures as JSON lines."""
    options = argparse.ArgumentParser(description="What the parser costs.")
    options.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    folders = options.parse_args().folders
    settings = load_settings()
    files.ensure_all(engines.known_models().parser, settings.models, Silent())
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "parses.sqlite3"
        for job, arguments in ((load, (settings,)), (measure, (folders, database, settings)), (measure, (folders, database, settings))):
            figures = apart(job, *arguments)
            if figures.get("loaded"):
                figures["words a second"] = round(figures["words"] / figures["parse seconds"])
            sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
