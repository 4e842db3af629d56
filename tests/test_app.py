"""The parts put together: what is tried before the model, what is written, and that a second run asks it nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing import app, engines, output, pipeline
from briefing.brief import Brief, Story
from briefing.config import Settings
from briefing.errors import ModelMissingError, NothingToBriefError, SourceError, StorageError, UsageError
from briefing.language.base import Parser
from briefing.model.base import Call, Identity, Judgement, Model, Prompt, Question, Reply, Usage
from briefing.opening import open_store
from briefing.progress import Progress, Silent
from briefing.render import render
from briefing.schemas import RECORDS
from briefing.sources.readers import apart as module
from briefing.sqlite.store import SqliteStore
from briefing.types import Outcome
from tests import briefs

DATE = "2026-11-21"


class FakeModel:
    """Answers 0.75 to every question, and counts them."""

    def __init__(self, identity: Identity, asked: list[str]) -> None:
        self.identity = identity
        self._asked = asked

    def generate(self, calls: Sequence[Call]) -> Iterator[tuple[int, Reply]]:
        raise AssertionError("nothing is shortened here")

    def judge(self, questions: Sequence[Question]) -> Iterator[tuple[int, Judgement]]:
        for n, question in enumerate(questions):
            self._asked.append(question.prompt.text)
            yield n, Judgement(0.75, Usage(prompt=10), 5)

    def stop_at(self, moment: float) -> None:
        pass

    def close(self) -> None:
        self._asked.append("closed")


class Engine:
    """Loads FakeModels, and remembers how often and what they were asked."""

    def __init__(self) -> None:
        self.loaded = 0
        self.asked: list[str] = []

    def __call__(self, path: Path, identity: Identity, settings: Settings) -> Model:
        assert path.is_file()
        self.loaded += 1
        return FakeModel(identity, self.asked)


class Watched(Silent):
    def __init__(self) -> None:
        self.warnings: list[str] = []

    def warn(self, message: str) -> None:
        self.warnings.append(message)


def simple(outcomes: Sequence[Outcome], *, parser: Parser, embed: object, model: Model, date: str, **options: object) -> Brief:
    """Stand in for the pipeline: the first sentence of each article, as the model supports it."""
    used = [outcome.article for outcome in outcomes if outcome.article is not None]
    support = dict(model.judge([Question("support", Prompt("Is it so?", text=article.quote(1))) for article in used]))
    claims = [briefs.claim(f"c{n}", article.quote(1), (article, 1), support=support[n].probability) for n, article in enumerate(used)]
    return briefs.brief(used, claims, [Story(id="s", headline="News", claims=[c.id for c in claims])], date=date)


@pytest.fixture(autouse=True)
def _simple(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "generate", simple)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return briefs.write(tmp_path / "articles")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    weights = tmp_path / "some.gguf"
    weights.write_bytes(b"GGUF weights")
    return Settings(home=tmp_path / "home", out=tmp_path / "briefs", model=str(weights))


def generate(articles: Path, settings: Settings, engine: Engine | None = None, progress: Progress | None = None) -> output.Written:
    return app.generate([articles], settings, date=DATE, progress=progress or Silent(), engine=engine or Engine())


# generate


def test_it_writes_the_record_and_its_view_and_keeps_both(articles: Path, settings: Settings) -> None:
    written = generate(articles, settings)
    assert sorted(settings.out.iterdir()) == [written.record, written.view]
    assert (written.record.name, written.view.name) == (f"{DATE}.json", f"{DATE}.md")
    text = written.record.read_text(encoding="utf-8")
    assert text.startswith(f'{{\n "schema": "briefing/1",\n "date": "{DATE}"')
    assert text.endswith("}\n")
    assert Brief.model_validate_json(text) == written.brief
    assert written.view.read_text(encoding="utf-8") == render(written.brief)
    with open_store(settings) as store:
        kept = store.brief(DATE)
        assert kept is not None
        assert (kept.json, kept.path) == (text, str(written.record))
        assert [article.id for article in store.articles()] == ["ferry", "harbour"]


def test_a_second_run_loads_no_weights(articles: Path, settings: Settings) -> None:
    first, second = Engine(), Engine()
    one = generate(articles, settings, first)
    assert first.loaded == 1
    assert len(first.asked) == 3
    assert first.asked[-1] == "closed"
    assert generate(articles, settings, second).record.read_bytes() == one.record.read_bytes()
    assert second.loaded == 0


def test_only_a_new_article_is_asked_about(articles: Path, settings: Settings) -> None:
    generate(articles, settings)
    (articles / "new.txt").write_text("A third article was written today. It is short.\n", encoding="utf-8")
    engine = Engine()
    generate(articles, settings, engine)
    assert engine.asked == ["A third article was written today.", "closed"]


def test_an_empty_folder_is_nothing_to_brief(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToBriefError, match=r"nothing to brief: no articles in .*empty") as caught:
        generate(tmp_path / "empty", settings)
    assert caught.value.hint
    assert not settings.out.exists()


def test_a_folder_of_binaries_names_the_first_reasons(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "binaries"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_bytes(b"%PDF-1.7 \x00\x01" + bytes([n]))
    engine = Engine()
    with pytest.raises(SourceError) as caught:
        generate(folder, settings, engine)
    reasons = "0.txt: binary file (PDF); 1.txt: binary file (PDF); 2.txt: binary file (PDF); and 2 more"
    assert str(caught.value) == f"no article could be read in {folder} ({reasons})"
    assert not settings.out.exists()
    assert engine.loaded == 0


def test_one_bad_file_is_told_and_costs_nothing(articles: Path, settings: Settings) -> None:
    (articles / "gone.txt").symlink_to(articles / "nowhere.txt")
    progress = Watched()
    assert len(generate(articles, settings, progress=progress).brief.claims) == 2
    assert progress.warnings == ["1 of 3 files are left out (gone.txt: cannot be read (no such file or directory))"]


def test_the_output_folder_is_tried_before_the_model(articles: Path, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here", encoding="utf-8")
    engine = Engine()
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StorageError, match="cannot be written") as caught:
            generate(articles, settings.model_copy(update={"out": out}), engine)
        assert caught.value.hint == "choose another folder with --out"
    (settings.out / f"{DATE}.md").mkdir(parents=True)
    with pytest.raises(StorageError, match=r"2026-11-21\.md: cannot be written: it is not a file"):
        generate(articles, settings, engine)
    assert engine.loaded == 0


def test_a_write_that_fails_leaves_what_was_there(articles: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = generate(articles, settings).record.read_bytes()
    (articles / "new.txt").write_text("A third article was written today. It is short.\n", encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="no space left on device"):
        generate(articles, settings)
    assert (settings.out / f"{DATE}.json").read_bytes() == before
    assert len(list(settings.out.iterdir())) == 2


def test_a_brief_that_the_database_does_not_take_is_still_written(
    articles: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("db: the disk is full", "free some space")

    monkeypatch.setattr(SqliteStore, "save_brief", full)
    progress = Watched()
    assert generate(articles, settings, progress=progress).view.is_file()
    assert progress.warnings == ["db: the disk is full; the brief is written, but the database does not know of it (free some space)"]


# The model


def test_the_model_is_a_name_or_a_path(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def chosen(model: str) -> engines.Choice:
        return engines.choose(settings.model_copy(update={"model": model}))

    default = engines.known_models().default
    assert chosen("") == chosen(default.name) == engines.Choice(default, settings.models / default.file)
    assert chosen(settings.model) == engines.Choice(None, Path(settings.model))
    monkeypatch.chdir(tmp_path)
    assert chosen("some.gguf") == engines.Choice(None, Path("some.gguf"))
    for name in ("none.gguf", "./none", "/none/at/all"):
        with pytest.raises(ModelMissingError, match="no such file"):
            chosen(name)
    with pytest.raises(ModelMissingError, match="is not a file"):
        chosen(str(tmp_path))
    with pytest.raises(UsageError, match="no model is called 'qwem'"):
        chosen("qwem")
    with pytest.raises(UsageError, match="cannot write"):
        chosen("all-minilm-l6-v2")


def test_a_file_of_the_user_is_known_by_its_content(articles: Path, settings: Settings) -> None:
    engine = Engine()
    generate(articles, settings, engine)
    Path(settings.model).write_bytes(b"GGUF others")
    generate(articles, settings, engine)
    assert engine.loaded == 2  # another model: its answers are not those of the first


# verify


def check(brief: Path, *sources: Path) -> list[tuple[str, str]]:
    report = app.verify(brief, sources, Settings(), progress=Silent())
    return [(finding.check, finding.detail) for finding in report.findings if finding.check in ("file", "view", "record")]


def test_the_files_are_found_where_they_were(articles: Path, settings: Settings) -> None:
    written = generate(articles, settings)
    assert check(written.record) == []
    written.view.write_text("# Another\n", encoding="utf-8")
    assert [kind for kind, _ in check(written.record)] == ["view"]
    written.view.unlink()
    assert check(written.record) == []


@pytest.mark.parametrize("named", [False, True])
def test_one_child_reads_all_the_pages_of_a_brief(named: bool, articles: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        told = (
            f"The council of Torv opened {n + 4} new berths on Monday after a dispute of many months about who would have to pay for them.",
            f"Mayor Ines Calder said that {n + 300} workers of the port are back, and that the ferries to Brell sail again before noon.",
            f"The bridge of Norby was closed in the same week after {n + 40} bolts broke, and nine welders will mend it before winter.",
        )
        body = "".join(f"<p>{one}</p>" for one in told)
        (articles / f"page{n}.html").write_text(f"<html><body><article><h1>Berths</h1>{body}</article></body></html>", encoding="utf-8")
    record = generate(articles, settings).record
    started = []

    def start() -> Any:
        started.append(begin())
        return started[-1]

    begin = module._start
    monkeypatch.setattr(module, "_start", start)
    assert check(record, *([articles] if named else [])) == []
    assert len(started) == 1


def test_or_where_the_user_says_by_id_or_by_content(articles: Path, settings: Settings, tmp_path: Path) -> None:
    record = generate(articles, settings).record
    moved = articles.rename(tmp_path / "moved")
    assert {kind for kind, _ in check(record)} == {"file"}
    assert check(record, moved) == []
    (moved / "harbour.txt").rename(moved / "renamed.txt")
    (moved / "harbour.txt").write_text("Quite another text stands here. It is no article.\n", encoding="utf-8")
    os.mkfifo(moved / "pipe.txt")
    assert check(record, moved) == []
    (moved / "renamed.txt").unlink()
    assert check(record, moved) == [("file", f"harbour: {moved / 'harbour.txt'} changed since the brief")]
    (moved / "harbour.txt").unlink()
    assert check(record, moved) == [("file", f"harbour: no such file: {articles / 'harbour.txt'}")]


@pytest.mark.usefixtures("offline")
def test_a_judge_is_the_model_of_the_settings_and_is_asked_once(articles: Path, settings: Settings) -> None:
    record, engine = generate(articles, settings).record, Engine()
    for _ in range(2):
        report = app.verify(record, [], settings, judge=True, progress=Silent(), engine=engine)
        assert "judge" not in {finding.check for finding in report.findings}
    assert engine.loaded == 1
    assert len(engine.asked) == 3


def test_a_brief_that_cannot_be_read_is_a_mistake_of_use(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'{"schema": "briefing/1 \xe9"}')
    for path, words in ((tmp_path / "none.json", "no such file"), (tmp_path, "is a directory")):
        with pytest.raises(UsageError, match=words):
            check(path)
    with pytest.raises(UsageError, match="not UTF-8"):
        check(tmp_path / "latin.json")


def test_a_record_that_breaks_its_format_is_a_report(articles: Path, settings: Settings) -> None:
    record = generate(articles, settings).record
    value = json.loads(record.read_text(encoding="utf-8"))
    value["claims"][0]["citations"] = []
    record.write_text(json.dumps(value), encoding="utf-8")
    report = app.verify(record, [], settings, progress=Silent())
    assert report.brief is None
    assert [finding.check for finding in report.findings] == ["record"]


def test_the_schema_is_that_of_the_record(articles: Path, settings: Settings) -> None:
    properties = RECORDS["brief"].model_json_schema(mode="serialization")["properties"]
    assert isinstance(properties, dict)
    assert list(json.loads(generate(articles, settings).record.read_text(encoding="utf-8"))) == list(properties)
