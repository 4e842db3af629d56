"""A sound brief gives no finding; every way in which one can be unsound gives one that says where and what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import UsageError
from briefing.output import record_text
from briefing.render import render
from briefing.sources.files import Found, read_found
from briefing.types import ArticleRecord, Brief, Claim, Finding, Gate, LoadedTerm, Omission, Outcome
from briefing.verify import load, verify
from tests import briefs


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    return briefs.example(tmp_path / "articles")


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return tmp_path / "articles" / "harbour.txt"


def read(record: ArticleRecord) -> Outcome | None:
    path = Path(record.path)
    return next(iter(read_found([Found(record.id, path, True)]))) if path.exists() else None


def found(brief: Brief, **options: Any) -> list[tuple[str, str]]:
    return [(finding.claim, finding.check) for finding in verify(brief, read, **options)]


def details(brief: Brief) -> str:
    return "\n".join(finding.detail for finding in verify(brief, read))


def with_claim(brief: Brief, name: str, **changes: object) -> Brief:
    claims = [claim.model_copy(update=changes) if claim.id == name else claim for claim in brief.claims]
    return brief.model_copy(update={"claims": tuple(claims)})


def first_citation(brief: Brief, **changes: object) -> Brief:
    citation = brief.claims[1].citations[0].model_copy(update=changes)
    return with_claim(brief, "c2", citations=(citation,))


def edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def test_a_sound_brief_gives_nothing(brief: Brief) -> None:
    assert verify(brief, read, view=render(brief)) == ()


# Files


def test_a_missing_file(brief: Brief, harbour: Path) -> None:
    harbour.unlink()
    assert found(brief) == [("", "file"), ("c1", "gates"), ("c2", "gates"), ("c3", "gates"), ("c5", "gates")]
    assert f"harbour: no such file: {harbour}" in details(brief)
    assert "not checked, for want of harbour" in details(brief)


def test_a_file_that_is_no_article_any_more(brief: Brief, harbour: Path) -> None:
    harbour.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert ("", "file") in found(brief)
    assert "cannot be used: binary file (PNG)" in details(brief)


def test_a_change_elsewhere_in_the_file_is_told_once(brief: Brief, harbour: Path) -> None:
    edit(harbour, lambda text: text + "\nA sentence was added later.\n")
    assert found(brief) == [("", "file")]
    assert "changed since the brief" in details(brief)


def test_quotations_that_moved_are_told_with_their_new_place(brief: Brief, harbour: Path) -> None:
    edit(harbour, lambda text: "The mayor of Aster spoke twice. " + text)
    assert found(brief) == [("", "file"), *((name, "citation") for name in ("c1", "c2", "c3", "c5"))]
    assert "harbour sentence 1: the quotation moved to characters 32 to 83 (sentence 2)" in details(brief)


def test_a_quotation_that_was_lost(brief: Brief, harbour: Path) -> None:
    edit(harbour, lambda text: text.replace("300 workers", "301 workers"))
    assert ("c2", "citation") in found(brief)
    assert "harbour sentence 3: the quotation is not in the file" in details(brief)


# Citations


def test_offsets_that_do_not_give_the_quotation(brief: Brief) -> None:
    citation = brief.claims[1].citations[0]
    moved = first_citation(brief, start=citation.start + 1, end=citation.end + 1)
    assert found(moved) == [("c2", "citation")]
    assert "(sentence 3)" in details(moved)


def test_a_quotation_that_was_made_up(brief: Brief) -> None:
    citation = brief.claims[1].citations[0]
    forged = first_citation(brief, quote=citation.quote.replace("300", "400"))
    assert ("c2", "citation") in found(forged)
    assert "is not in the file" in details(forged)


def test_the_number_of_another_sentence(brief: Brief) -> None:
    other = first_citation(brief, sentence=2)
    assert found(other) == [("c2", "citation")]
    assert "the quotation is exact, but the sentence is characters" in details(other)
    assert "the file has only 4 sentences" in details(first_citation(brief, sentence=99))


def test_a_source_that_was_not_used(brief: Brief) -> None:
    articles = [a.model_copy(update={"status": "skipped"}) if a.id == "ferry" else a for a in brief.articles]
    assert ("c4", "citation") in found(brief.model_copy(update={"articles": tuple(articles)}))


# Claims


def test_the_gates_are_asked_again(brief: Brief) -> None:
    forged = with_claim(brief, "c2", text="Mayor Ines Calder said that 400 workers are back.")
    assert found(forged) == [("c2", "numbers")]
    assert "400" in details(forged)
    strange = with_claim(brief, "c2", text="Mayor Pat Quill said that 300 workers are back.")
    assert found(strange) == [("c2", "names"), ("c2", "speaker"), ("c2", "actors")]


def test_headlines_pass_the_gates_with_a_claim_of_their_story(brief: Brief) -> None:
    first, *others = brief.stories
    wrong = first.model_copy(update={"headline": "The port of Aster is open again after 14 days"})
    (finding,) = verify(brief.model_copy(update={"stories": (wrong, *others)}), read)
    assert (finding.claim, finding.check) == ("", "headline")
    assert "14" in finding.detail


def test_dates_and_origins_are_those_of_the_cited_articles(brief: Brief) -> None:
    assert found(with_claim(brief, "c2", published="2026-11-20")) == [("c2", "date")]
    assert found(with_claim(brief, "c2", origins=2)) == [("c2", "counts")]


def test_a_judge_is_asked_once_about_all_claims(brief: Brief) -> None:
    asked: list[list[str]] = []

    def judge(claims: Sequence[Claim]) -> Sequence[Gate]:
        asked.append([claim.id for claim in claims])
        return [Gate(name="judge", passed=n in {0, 4}, detail="" if n in {0, 4} else "support 0.20") for n in range(5)]

    assert found(brief, judge=judge) == [("c2", "judge"), ("c3", "judge"), ("c4", "judge")]
    assert asked == [["c1", "c2", "c3", "c4", "c5"]]
    fine = Gate(name="judge", passed=True)
    assert found(with_claim(brief, "c2", verbatim=True), judge=lambda claims: [fine for _ in claims]) == [("c2", "quotation")]
    with pytest.raises(ValueError, match="shorter"):
        verify(brief, read, lambda claims: [fine])


# The record and its view


@pytest.mark.parametrize(
    ("change", "check", "words"),
    [
        ({"date": "2026-02-31"}, "record", "2026-02-31 is no date"),
        ({"top": ("c1", "c1")}, "record", "claim c1 stands 2 times at the top"),
        ({"omitted": (Omission(article="x", sentence=1, reason="r"),)}, "record", "x is named"),
        ({"omitted": (Omission(article="ferry", sentence=99, reason="r"),)}, "record", "ferry has no sentence 99"),
        (
            {"language": (LoadedTerm(article="harbour", sentence=1, term="thugs", instead=""),)},
            "language",
            "the loaded term 'thugs' is not in sentence 1",
        ),
    ],
)
def test_a_record_that_does_not_fit_together(brief: Brief, change: dict[str, object], check: str, words: str) -> None:
    wrong = brief.model_copy(update=change)
    assert found(wrong) == [("", check)]
    assert words in details(wrong)


def test_counts_and_fields_of_articles(brief: Brief) -> None:
    first, second = brief.articles
    for field, value in (("sentences", 7), ("title", "Other"), ("published", "2020-01-01")):
        wrong = brief.model_copy(update={"articles": (first.model_copy(update={field: value}), second)})
        assert ("", "counts" if field == "sentences" else "record") in found(wrong), field
    twice = brief.model_copy(update={"articles": (first, second, second)})
    assert ("", "record") in found(twice)
    gates = brief.run.model_copy(update={"gates": {"numbers": (3, 4)}})
    assert found(brief.model_copy(update={"run": gates})) == [("", "counts")]


def test_a_view_that_was_edited(brief: Brief) -> None:
    view = render(brief)
    assert found(brief, view=view.replace("\n", "\r\n")) == []
    assert found(brief, view=view.replace("300 workers", "400 workers")) == [("", "view")]
    old = brief.model_copy(update={"run": brief.run.model_copy(update={"version": "0.0.1"})})
    assert "made by 0.0.1" in verify(old, read, view=view)[0].detail


def test_a_record_is_loaded_as_it_was_written(brief: Brief) -> None:
    assert load(record_text(brief), "b.json") == brief


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "b.json: not JSON"),
        ("{", "b.json: not JSON"),
        ("[" * 100_000, "b.json: not"),
        ("[]", "b.json: not a brief"),
        ('{"schema": "other"}', "b.json: not a brief"),
        ('{"schema": "briefing/2"}', "b.json: a record of format 'briefing/2', not 'briefing/1'"),
    ],
)
def test_what_is_no_record_is_a_mistake_of_use(text: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(text, "b.json")
    assert str(caught.value).startswith(words)
    assert caught.value.hint


def test_a_record_that_breaks_its_format_gives_findings(brief: Brief) -> None:
    text = record_text(brief)
    broken = load(text.replace('"quote": "Mayor', '"quote": "The mayor'), "b.json")
    wanted = Finding(claim="", check="record", detail="claims.1.citations.0: a quote is as long as its span")
    assert isinstance(broken, tuple)
    assert wanted in broken
    for wrong in (
        text.replace('"c5"', '"c4"', 1),
        text.replace('"support": 0.9', '"support": 9', 1),
        '{"schema": "briefing/1"}',
    ):
        broken = load(wrong, "b.json")
        assert isinstance(broken, tuple)
        assert all(finding.check == "record" and finding.detail for finding in broken)
