"""What can be told of a record without its files: how long a run takes, what was late, and how many sentences of leads were tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.brief import ArticleRecord, Brief, ModelRecord
from briefing.stages.consistent import disagreements
from briefing.stages.select import LATE
from tests import briefs

LATER = ArticleRecord(id="later", path="later.txt", status="skipped", reason=LATE)
PARSER = ModelRecord(name="parser", sha256="ef" * 32)
YEAR = 366 * 24 * 60 * 60


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    """A brief of this version, of which each claim passed its gates, and the model was asked enough."""
    found = briefs.example(tmp_path / "articles")
    claims = tuple(claim.model_copy(update={"gates": ("edits", "licensed")}) for claim in found.claims)
    return running(found.model_copy(update={"claims": claims}), parser=PARSER, asked=20)


def running(brief: Brief, *articles: ArticleRecord, **fields: object) -> Brief:
    """Return a brief with other things said of its run, and with more articles."""
    drafted = {"gates": {"edits": (6, 6), "licensed": (6, 6)}, **fields}
    return brief.model_copy(update={"run": brief.run.model_copy(update=drafted), "articles": (*brief.articles, *articles)})


def told(brief: Brief) -> list[str]:
    return [finding.detail for finding in disagreements(brief)]


def test_a_run_takes_a_year_at_most(brief: Brief) -> None:
    assert told(running(brief, seconds=float(YEAR))) == []
    assert told(running(brief, seconds=YEAR + 1.0)) == [f"it took {YEAR + 1.0:g} seconds"]


def test_what_was_late_is_held_against_half_of_the_time(brief: Brief) -> None:
    """Seconds are rounded to a tenth in the record, and may be off by that."""
    assert told(running(brief, LATER, budget=10.0, seconds=4.905)) == []
    assert told(running(brief, LATER, budget=10.0, seconds=4.895)) == [f"later was {LATE}, and the run took 4.895 of 10 seconds"]


def test_a_lead_has_two_sentences_at_most(brief: Brief) -> None:
    most = 2 * len(brief.stories)
    for reached, findings in ((most, []), (most + 1, [f"{most + 1} sentences reached the gate lead, of {len(brief.stories)} stories"])):
        gates = {"edits": (6, 6), "licensed": (6, 6), "lead": (reached, 0)}
        assert told(running(brief, gates=gates)) == findings


def test_what_no_lead_has_was_refused_by_a_judge(brief: Brief) -> None:
    """What one refusal of the judge costs is one lead, of two sentences."""
    for passed, findings in ((2, []), (3, ["3 sentences passed the gate lead, which are not there, and no judge refused them"])):
        gates = {"edits": (6, 6), "licensed": (6, 6), "judge": (1, 0), "lead": (3, passed)}
        assert told(running(brief, gates=gates)) == findings
