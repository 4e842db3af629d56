"""Make the days of US news that some labels are of, from a public collection of articles.

    python -m tests.benchmarks.press COLLECTION OUT

COLLECTION is the folder `data/jsons` of Article-Bias-Prediction (Baly et al. 2020, "We Can Detect Your Bias", github.com/ramybaly):
37,554 articles, a file each, named by an ID. `tests/quality/press.tsv` says which of them make which day, in which order. In OUT each day
is a folder `us-YYYY-MM-DD` of articles as `briefing` reads them; beside the days of the other labels they are what
`tests.benchmarks.probes`, `onto` and `reports` take as DAYS. No text is in this repository.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from pathlib import Path

SETS = Path(__file__).parents[1] / "quality" / "press.tsv"
_ONLINE = re.compile(r" \((?:Web News|Online News)\)| - News| Online News|\(Web News\)")


def name(source: str) -> str:
    """Return what an outlet is called in the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", source.lower()).strip("-")


def text(row: dict[str, str]) -> str:
    """Return an article of the collection as a Markdown file with front matter."""
    title = row["title"].replace('"', '\\"')
    head = f'---\ntitle: "{title}"\nsource: {outlet(row)}\ndate: {row["date"]}\nurl: {row["url"]}\n---'
    return f"{head}\n\n{row['title']}\n\n{row['content_original'].strip()}\n"


def outlet(row: dict[str, str]) -> str:
    """Return the outlet of an article, without where it appeared."""
    return _ONLINE.sub("", row["source"]).strip()


def main() -> None:
    """Write the days."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    with SETS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for row in rows:
        article = json.loads((options.collection / f"{row['id']}.json").read_text(encoding="utf-8"))
        folder = options.out / row["day"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{row['number']}-{name(outlet(article))}.md").write_text(text(article), encoding="utf-8")
    sys.stdout.write(f"{len(rows)} articles of {len({row['day'] for row in rows})} days\n")


if __name__ == "__main__":
    main()
