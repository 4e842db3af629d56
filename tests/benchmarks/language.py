"""How well speakers and pronouns are read from the parse, on hand-labelled sentences.

    python -m tests.benchmarks.language FOLDER [--wrong]

FOLDER holds `labels.jsonl` and `later.jsonl`. A speaker is found where an attribution's phrase holds all the words of the labelled core
name and its own name lies within the labelled phrase. A pronoun is right where the name shares its last word with the labelled referent.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from briefing.language.attribution import Attribution, attributions
from briefing.language.base import Parse, Parser
from briefing.language.document import Document
from briefing.language.reference import resolve
from briefing.text.words import fold, words
from briefing.types import Article, Sentence
from tests.model_here import default_parser

Row = dict[str, Any]


def rows(file: Path) -> list[Row]:
    """Return the labelled sentences of a file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _words(text: str) -> set[str]:
    return {fold(w.text) for w in words(text)} - {"the", "a", "an"}


def same(found: Attribution, label: Row) -> bool:
    """Return whether an attribution names a labelled speaker, or one of the forms that the label allows."""
    forms = [label, *label.get("alts", [])]
    speaker = _words(found.speaker)
    return any(_words(form["core"]) <= _words(found.phrase) and speaker <= _words(form["full"]) | _words(form["core"]) for form in forms)


def speakers(labelled: Sequence[Row], parses: Sequence[Parse], wrong: bool = False) -> Row:
    """Return recall and precision of the speakers, and the share of right `quoted` flags."""
    wanted = right = given = good = flags = flagged = 0
    for row, parse in zip(labelled, parses, strict=True):
        if "speakers" not in row:
            continue
        found = attributions(parse)
        needed = [s for s in row["speakers"] if not s["optional"]]
        missed = [s["core"] for s in needed if not any(same(a, s) for a in found)]
        extra = [a.speaker for a in found if not any(same(a, s) for s in row["speakers"])]
        wanted += len(needed)
        right += len(needed) - len(missed)
        given += len(found)
        good += len(found) - len(extra)
        if "quoted" in row and found:
            flags += 1
            flagged += row["quoted"] == any(a.quoted for a in found)
            if wrong and row["quoted"] != any(a.quoted for a in found):
                sys.stderr.write(f"{row['id']} quoted {row['quoted']}: {row['text']}\n")
        if wrong and (missed or extra):
            sys.stderr.write(f"{row['id']} missed {missed} extra {extra}: {row['text']}\n")
    figures: Row = {"speakers": wanted, "recall": _share(right, wanted), "precision": _share(good, given)}
    return figures | ({"quoted": _share(flagged, flags)} if flags else {})


def pronouns(labelled: Sequence[Row], parser: Parser, wrong: bool = False) -> Row:
    """Return how many pronouns at the head of a sentence came out right, wrong or open, with the sentences before it as the article."""
    asked = [row for row in labelled if row.get("ref_asked")]
    right = bad = 0
    for row in asked:
        document, number = read(row, parser)
        found = resolve(document, number)
        name = found[0].name if found else ""
        good = bool(name and row["referent"]) and bool(_words(name) and _last(name) == _last(row["referent"]))
        right += good
        bad += bool(name) and not good
        if wrong:
            sys.stderr.write(f"{row['id']} {row['referent']} -> {name or found} {'' if good or not name else 'WRONG'}: {row['text']}\n")
    return {"pronouns": len(asked), "right": right, "wrong": bad, "open": len(asked) - right - bad}


def _last(name: str) -> str:
    return fold(words(name)[-1].text)


def read(row: Row, parser: Parser) -> tuple[Document, int]:
    """Return a labelled sentence with those before it as one paragraph of a Document, and its number there."""
    texts = [*row["prev"], row["text"]]
    spans = []
    at = 0
    for n, text in enumerate(texts, start=1):
        spans.append(Sentence(number=n, start=at, end=at + len(text), paragraph=1))
        at += len(text) + 1
    article = Article(id="a", path="a", sha256="0" * 64, text=" ".join(texts), sentences=tuple(spans))
    return Document(article, parser), len(texts)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def parsed(parser: Parser, texts: Iterable[str]) -> list[Parse]:
    """Return the parses of some sentences."""
    return parser.parse(list(texts))


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--file", action="append", help="only this file (default: both)")
    options.add_argument("--wrong", action="store_true", help="print what came out wrong")
    given = options.parse_args()
    parser = default_parser()
    figures = {}
    for name in given.file or ["labels.jsonl", "later.jsonl"]:
        labelled = rows(given.folder / name)
        parses = parsed(parser, (row["text"] for row in labelled))
        figures[name] = speakers(labelled, parses, given.wrong)
        if any(row.get("ref_asked") for row in labelled):
            figures[name] |= pronouns(labelled, parser, given.wrong)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
