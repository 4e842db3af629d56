"""`briefing` for programs: the README's example runs, and articles without files go through every method as files do."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import Article, Briefing, Settings, app, cli, engines, pipeline
from briefing.brief import Brief
from briefing.check import Asked
from briefing.errors import NothingToBriefError, SourceError, UsageError
from briefing.forget import forget_articles
from briefing.model.base import Identity, Model, Question
from briefing.opening import open_store
from briefing.output import record_text
from tests import briefs
from tests.properties import ROOT
from tests.stages.fakes import FakeModel, shortest
from tests.test_ask import SURE

TEXTS = [Article(text, id=Path(name).stem, markdown=name.endswith(".md")) for name, text in briefs.TEXTS.items()]
DAY = "2026-11-21"


class Engine:
    """Loads models made by hand that believe what has 300 in it; `loaded` and `closed` count them."""

    def __init__(self) -> None:
        self.loaded = self.closed = 0

    def __call__(self, path: Path, identity: Identity, settings: Settings) -> Model:
        engine, engine.loaded = self, self.loaded + 1

        class Made(FakeModel):
            @property
            def identity(self) -> Identity:
                return identity

            def judge(self, questions: Sequence[Question]) -> Iterator[Any]:
                assert engine.loaded > engine.closed
                yield from super().judge(questions)

            def close(self) -> None:
                engine.closed += 1

        return Made(shortest, self.believe)

    @staticmethod
    def believe(question: Question) -> float:
        if question.task == "answers":
            return 0.9 if "300" in question.prompt.text else 0.1
        return 0.1 if question.task == "conflict" else 0.9


@pytest.fixture
def engine(offline: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    engine = Engine()
    monkeypatch.setattr(engines, "llama", engine)
    monkeypatch.setattr(pipeline, "answering", lambda: SURE)
    weights = tmp_path / "some.gguf"
    weights.write_bytes(b"GGUF weights")
    monkeypatch.setenv("BRIEFING_MODEL", str(weights))
    monkeypatch.chdir(tmp_path)
    return engine


@pytest.fixture
def made(engine: Engine) -> Iterator[Briefing]:
    with Briefing() as briefing:
        yield briefing


# The example


def test_the_example_of_the_readme_runs(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(example, "README.md", "exec"), names)
    said = capsys.readouterr().out.splitlines()
    port, ferry = names["articles"]
    assert any(line.startswith("The port of Aster reopened on Monday") and "('port', 1, 'The port of Aster" in line for line in said)
    assert any(f"('{ferry.id}', 1, '{ferry.text}')" in line for line in said)
    assert "['Mayor Ines Calder said on Tuesday [24 November 2026] that 300 workers are back at their cranes.']" in said
    assert "True 0." in "\n".join(said)
    assert "()" in said  # no findings
    assert said[-1].startswith("1 new")
    record = {article.id: article for article in names["brief"].articles}["port"]
    assert (record.title, record.source, record.published) == ("Port of Aster reopens", "Aster Post", "2026-11-24")
    assert (record.path, record.sha256) == ("", port.sha256)
    assert engine.loaded == engine.closed == 1


# Articles without files


def test_text_gives_the_brief_that_files_give(made: Briefing, tmp_path: Path) -> None:
    folder = briefs.write(tmp_path / "articles")
    files, texts = made.generate([folder], date=DAY), made.generate(TEXTS[::-1], date=DAY)
    assert texts.claims == files.claims
    assert [article.path for article in texts.articles] == ["", ""]
    assert [article.sha256 for article in texts.articles] == [article.sha256 for article in files.articles]
    assert made.verify(texts, TEXTS).findings == ()
    assert made.verify(texts, [folder]).findings == ()
    assert made.verify(files, TEXTS).findings == ()
    mixed = made.generate([folder / "harbour.txt", TEXTS[1]], date=DAY)
    assert [bool(article.path) for article in mixed.articles] == [True, False]
    assert made.verify(mixed, [folder / "harbour.txt", TEXTS[1]]).findings == ()


def test_what_is_known_of_an_article_counts_for_more_than_its_text(made: Briefing) -> None:
    text = "---\ntitle: Ferry sails\ndate: 2025-05-03\n---\n\nThe ferry to Brell sailed on Monday. It carried 85 passengers.\n"
    (record,) = made.generate([Article(text, markdown=True)], date=DAY).articles
    assert (record.title, record.published) == ("Ferry sails", "2025-05-03")
    known = Article(text, title="Brell is reached again", outlet="Gazette", date="2026-11-20", url="https://x.example/1", markdown=True)
    brief = made.generate([known], date=DAY)
    (record,) = brief.articles
    assert (record.id, record.title, record.source) == (known.id, "Brell is reached again", "Gazette")
    assert (record.published, record.url) == ("2026-11-20", "https://x.example/1")
    assert {claim.published for claim in brief.claims} == {"2026-11-20"}
    assert made.verify(brief, [known]).findings == ()
    assert made.verify(brief, [Article(text, markdown=True)]).findings != ()  # the record says more than this article


def test_verify_needs_the_articles_and_notices_what_changed(made: Briefing) -> None:
    brief = made.generate(TEXTS, date=DAY)
    missing = made.verify(brief).findings
    assert {finding.check for finding in missing} == {"file", "gates"}
    other = [TEXTS[1], Article(TEXTS[0].text.replace("12 days", "14 days"), id=TEXTS[0].id)]
    assert {"file", "citation"} <= {finding.check for finding in made.verify(brief, other).findings}
    moved = [Article(one.text, id=f"other-{one.id}", markdown=one.markdown) for one in TEXTS]
    assert made.verify(brief, moved).findings == ()  # found by what it says


def test_a_record_that_was_written_is_verified_and_asked_by_text(made: Briefing) -> None:
    written = made.write(TEXTS, date=DAY)
    assert written.record.read_text(encoding="utf-8") == record_text(written.brief)
    assert made.verify(written.record, TEXTS).findings == ()
    for known in ({"brief": DAY}, {"brief": written.record}, {"brief": written.brief}, {}):
        answer = made.ask("How many workers are back?", **known)
        assert [claim.citations[0].article for claim in answer.claims] == ["harbour"]


def test_generate_alone_keeps_and_writes_no_brief(made: Briefing, tmp_path: Path) -> None:
    made.generate(TEXTS, date=DAY)
    with open_store(made.settings) as store:
        assert store.briefs() == []
        assert store.articles() == []
    assert not (tmp_path / "briefs").exists()


def test_what_was_given_is_no_reading_of_a_file(made: Briefing, tmp_path: Path) -> None:
    """The same text, under the same ID, of which a program knew more: a file says of itself what it says."""
    path = tmp_path / "port.txt"
    path.write_text(briefs.TEXTS["harbour.txt"], encoding="utf-8")
    given = Article(briefs.TEXTS["harbour.txt"], id="port", outlet="Aster Post", date="2026-11-20")
    question = "How many workers are back?"
    assert [article.source for article in made.ask(question, [given]).articles] == ["Aster Post"]
    assert [article.source for article in made.ask(question, [path]).articles] == [""]


def test_articles_without_files_are_forgotten_by_their_ids(made: Briefing) -> None:
    made.write(TEXTS, date=DAY)
    made.ask("How many workers are back?", [Article("In all, 300 workers are back.", id="harvest")])
    for name in (".", "har"):  # the folder where we are is no article, and two begin so
        with pytest.raises(UsageError):
            forget_articles([name], made.settings)
    assert forget_articles(["harvest"], made.settings).articles == 1
    done = forget_articles(["harbour"], made.settings)
    assert (done.articles, done.briefs, {path.suffix for path in done.left}) == (1, 1, {".json", ".md"})


def test_two_briefs_are_compared_with_the_texts_that_are_given(made: Briefing) -> None:
    storm = Article("A storm stopped the ferry of Brell on Wednesday.", id="storm")
    old, new = made.generate(TEXTS, date=DAY), made.generate([*TEXTS, storm], date="2026-11-22")
    found = made.diff(old, new, [*TEXTS, storm])
    assert [change.new.text for change in found.changes if change.state == "new" and change.new and not change.stood] == [
        claim.text for claim in new.claims if claim.citations[0].article == "storm"
    ]
    assert (found.old.date, found.new.date) == (DAY, "2026-11-22")
    edited = [TEXTS[1], Article(TEXTS[0].text.replace("A ferry left for the island of Brell at noon.", ""), id=TEXTS[0].id)]
    assert made.diff(old, made.generate(edited, date="2026-11-22"), [*TEXTS, *edited]).corrections[0].lost


def test_claims_are_checked(made: Briefing) -> None:
    assert made.check("Mayor Ines Calder said on Tuesday that 300 workers are back.", TEXTS).supported
    assert not made.check("Mayor Ines Calder said on Tuesday that 400 workers are back.", TEXTS).supported
    own = [Asked("a", "300 workers are back.", "In all, 300 workers are back."), Asked("b", "85 passengers came.", "85 passengers came.")]
    assert [(verdict.id, verdict.supported) for verdict in made.check_all(own)] == [("a", True), ("b", True)]
    with pytest.raises(UsageError):
        made.check(" ", TEXTS)


# The model, the settings, the log


def test_the_model_is_loaded_once_and_freed_at_the_end(engine: Engine) -> None:
    with Briefing() as made:
        assert engine.loaded == 0
        made.generate(TEXTS, date=DAY)
        made.check("300 workers are back.", TEXTS)
        made.ask("How many workers are back?", TEXTS)
        assert (engine.loaded, engine.closed) == (1, 0)
    assert (engine.loaded, engine.closed) == (1, 1)
    made.close()
    made.check("400 workers are back.", TEXTS)  # loads it again
    assert (engine.loaded, engine.closed) == (2, 1)
    made.close()


def test_settings_of_its_own(engine: Engine, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "other", model=str(tmp_path / "some.gguf"))
    with Briefing(settings) as made:
        made.generate(TEXTS, date=DAY)
    assert (tmp_path / "other" / "briefing.sqlite3").is_file()


def told(text: str) -> set[str]:
    """Return every run of three words of a text."""
    words = text.split()
    return {" ".join(words[n : n + 3]) for n in range(len(words) - 2)}


def test_stages_and_decisions_are_logged_and_no_words_of_an_article(
    made: Briefing, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG, "briefing"):
        brief = made.write(TEXTS, date=DAY).brief
        made.ask("How many workers are back?", TEXTS)
        made.check("400 workers are back.", TEXTS)
        made.verify(brief, TEXTS, judge=True)
        made.diff(brief, brief, TEXTS)
    records = [record for record in caplog.records if record.name.startswith("briefing")]
    lines = [record.getMessage() for record in records]
    assert any(re.fullmatch(r"reading articles: 2 articles in \d+\.\d\d s", line) for line in lines)
    assert f"{len(brief.claims)} claims, 0 contested; 0 sentences repeat them, 0 became none" in lines
    assert any(line.startswith("support: ") and line.endswith("0 answered before") for line in lines)
    assert any(record.levelno == logging.WARNING and "no probe was fitted" in record.getMessage() for record in records)
    secret = set().union(*(told(one.text) for one in TEXTS), told("How many workers are back?"), told("400 workers are back."))
    assert [line for line in lines if told(line) & secret] == []
    assert capsys.readouterr().out == ""


def test_verbose_says_it_on_stderr_and_only_then(engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(briefs.write(tmp_path / "articles"))
    before = logging.getLogger("briefing").handlers[:], logging.getLogger("briefing").level
    assert cli.run(["generate", folder, "--date", DAY, "-q"]) == 0
    assert "info: " not in capsys.readouterr().err
    assert cli.run(["generate", folder, "--date", "2026-11-22", "-q", "-v"]) == 0
    said = capsys.readouterr()
    assert said.out.count("\n") == 2
    assert "info: briefing.app: 2 files and 0 texts\n" in said.err
    assert "info: briefing.history: the brief before is that of 2026-11-21\n" in said.err
    assert re.search(r"^info: briefing: reading closely: 2 articles in \d\.\d\d s$", said.err, flags=re.MULTILINE)
    assert cli.run(["verify", f"briefs/{DAY}.json", "-v"]) == 0
    assert "checking articles: 2 of 2 articles in 0:0" in capsys.readouterr().err
    assert (logging.getLogger("briefing").handlers[:], logging.getLogger("briefing").level) == before


# Mistakes


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": "https://x.example/1"}, "'https://x.example/1' cannot name an article"),
        ({"id": "a b"}, "'a b' cannot name an article"),
        ({"date": "yesterday"}, "the date of an article: 'yesterday' is no date"),
        ({"date": "0001-01-03"}, "the date of an article: 0001-01-03 is out of bounds"),
    ],
)
def test_an_article_that_cannot_be_named_or_dated(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        Article("Some text.", **fields)


def test_two_articles_of_one_id(made: Briefing, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two articles have the ID 'A'"):
        made.generate([Article("Some text.", id="A"), Article("Other text.", id="a")])
    (tmp_path / "a.txt").write_text("Some text of a file.", encoding="utf-8")
    with pytest.raises(UsageError, match="two articles have the ID 'a'"):
        made.generate([tmp_path / "a.txt", Article("Other text.", id="a")])


def test_articles_that_are_none(made: Briefing) -> None:
    with pytest.raises(NothingToBriefError):
        made.generate([])
    with pytest.raises(SourceError, match=r"no article could be read in e, w \(e: empty text; w: only white space\)"):
        made.generate([Article("", id="e"), Article(" \n", id="w")])
    brief = made.generate([*TEXTS, Article(TEXTS[0].text.upper(), id="again"), Article("", id="none")], date=DAY)
    reasons = {article.id: article.reason for article in brief.articles if article.status != "used"}
    assert reasons == {"again": "same text as harbour", "none": "empty text"}
    assert made.verify(brief, [*TEXTS, Article(TEXTS[0].text.upper(), id="again"), Article("", id="none")]).findings == ()
    missing = [finding.detail for finding in made.verify(brief, TEXTS).findings]
    assert [detail.partition(":")[0] for detail in missing] == ["again", "none"]  # what was left out is looked at, too


def test_an_article_that_is_a_file_as_well(made: Briefing, tmp_path: Path) -> None:
    """A text that a program has from a file, given with that file or with a copy of it, is one article: no brief of both verifies."""
    file = tmp_path / "wire.txt"
    file.write_bytes(TEXTS[0].text.encode() + b"\n")
    (tmp_path / "table.jsonl").write_text("".join(f"{json.dumps({'text': one.text})}\n" for one in TEXTS[:2]), encoding="utf-8")
    given: list[Path | Article] = [*TEXTS, file, tmp_path / "table.jsonl"]
    brief = made.generate(given, date=DAY)
    reasons = {article.id: article.reason for article in brief.articles if article.status != "used"}
    assert reasons == {"table+1": "same text as wire", TEXTS[0].id: "same text as wire", TEXTS[1].id: "same text as table+2"}
    assert made.verify(brief, given).findings == ()


def test_a_date_that_is_none(made: Briefing) -> None:
    for call in (lambda: made.generate(TEXTS, date="soon"), lambda: made.ask("What?", TEXTS, since="2026-13-01")):
        with pytest.raises(UsageError, match="is no date"):
            call()


def test_odd_characters_keep_their_places(made: Briefing) -> None:
    text = "The mayor\ud83d said on Tuesday that 300 workers are back. \U0001f6a2 A ferry left for Brell."
    article = Article(text)
    assert len(article.text) == len(text)
    brief = made.generate([article], date=DAY)
    assert Brief.model_validate_json(record_text(brief)) == brief
    assert all(article.text[c.start : c.end] == c.quote for claim in brief.claims for c in claim.citations)


def test_the_package_names_what_it_offers() -> None:
    assert set(briefing.__all__) <= set(dir(briefing))
    assert briefing.Briefing is Briefing
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        briefing.nothing  # noqa: B018
    assert app.Report.__module__ == "briefing.app"
