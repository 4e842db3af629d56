"""The benchmark of speakers and pronouns runs, and counts right what is right."""

from __future__ import annotations

from briefing.language.base import Parser
from tests.benchmarks.language import pronouns, speakers

SAID = {"core": "Anna Reth", "full": "engineer Anna Reth", "optional": False}


def test_it_counts_speakers(parser: Parser) -> None:
    rows = [{"id": "1", "text": "Engineer Anna Reth said the dam was safe.", "speakers": [SAID], "quoted": False}]
    rows.append({"id": "2", "text": "Two ships collided off Tarn.", "speakers": [SAID], "quoted": False})
    figures = speakers(rows, parser.parse([str(row["text"]) for row in rows]))
    assert figures == {"speakers": 2, "recall": 0.5, "precision": 1.0, "quoted": 1.0}


def test_it_counts_pronouns(parser: Parser) -> None:
    row = {"id": "1", "ref_asked": True, "text": "He left for Tarn.", "prev": ["Peter Lund denied the charge."]}
    rows = [{**row, "referent": "Peter Lund"}, {**row, "referent": "David Kell"}, {**row, "referent": None, "prev": ["It rained."]}]
    assert pronouns(rows, parser) == {"pronouns": 3, "right": 1, "wrong": 1, "open": 1}
