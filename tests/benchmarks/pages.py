"""How well pages are read: `python -m tests.benchmarks.pages FOLDER` prints the F1 of their text against its truth.

FOLDER holds `html/KEY.html.gz` and `ground-truth.json` ({KEY: {"articleBody": …}}), as public sets of pages do. The score is the mean over
pages of the overlap of runs of four words, as such sets are scored; of the last column, what the program would not brief as a beginning.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
from collections import Counter
from pathlib import Path

from briefing.sources.readers.apart import Apart
from briefing.sources.readers.base import UnreadableError
from briefing.sources.readers.table import reader

_RUN = 4


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text, those at its ends shorter where it is."""
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[n : n + _RUN]) for n in range(max(1, len(words) - _RUN + 1)) if words)


def score(found: str, true: str) -> tuple[float, float]:
    """Return precision and recall of one text."""
    mine, theirs = runs(found), runs(true)
    both = sum((mine & theirs).values())
    return both / max(1, sum(mine.values())), both / max(1, sum(theirs.values()))


def main() -> None:
    """Score every page of the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print the worst pages")
    arguments = parser.parse_args()
    truth = json.loads((arguments.folder / "ground-truth.json").read_text(encoding="utf-8"))
    rows: list[tuple[float, float, str]] = []
    fields: Counter[str] = Counter()
    page = reader("page")
    with Apart() as apart:
        for key, told in truth.items():
            data = gzip.decompress((arguments.folder / "html" / f"{key}.html.gz").read_bytes())
            try:
                found = apart.read("page", page, data, told.get("url", ""))
            except UnreadableError as error:
                print(f"{key}: {error}")
                found = []
            text = found[0].text if found else ""
            fields.update(list(found[0].fields) if found else ())
            fields["a beginning"] += bool(found and found[0].lacking)
            rows.append((*score(text, told.get("articleBody", "")), f"{told.get('url', key)} {dict(found[0].fields) if found else ''}"))
    precision, recall = statistics.mean(row[0] for row in rows), statistics.mean(row[1] for row in rows)
    print(f"{len(rows)} pages: F1 {2 * precision * recall / (precision + recall):.3f}, precision {precision:.3f}, recall {recall:.3f}")
    print(", ".join(f"{name}: {number}" for name, number in sorted(fields.items())))
    for row in sorted(rows, key=lambda row: row[0] + row[1])[: arguments.show]:
        print(f"{row[0]:.2f} {row[1]:.2f} {row[2]}")


if __name__ == "__main__":
    main()
