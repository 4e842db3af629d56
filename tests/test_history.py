"""`briefing diff` and `briefing timeline` as a user meets them, and `generate` on the second day."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import pytest

from briefing import app, asking, cli, engines, history
from briefing.brief import Brief
from briefing.config import Settings, load_settings
from briefing.errors import ModelMissingError
from briefing.language.base import Parser
from briefing.model.base import Identity
from briefing.opening import open_store
from briefing.output import record_text
from briefing.progress import Silent
from briefing.records import Diff, Timeline
from briefing.render import render
from briefing.sqlite.index import SqliteIndex
from briefing.sqlite.store import SqliteStore
from briefing.stages.retold import Source
from briefing.target import key_of
from tests.editions import HARBOUR, HOSPITAL, edition
from tests.kept import file_of
from tests.stages.fakes import FakeModel
from tests.test_diff import STORM
from tests.test_threads import CRANE, TODAY

OLD = {"harbour": HARBOUR, "hospital": HOSPITAL}
FIRST, SECOND = "2026-11-20", "2026-11-21"


def keep(source: Source, folder: Path = Path("briefs"), name: str = "") -> Path:
    """Write a brief and store it with its articles, as `generate` does."""
    path = folder / f"{key_of(source.brief.date, name)}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(record_text(source.brief), encoding="utf-8")
    articles = [article for record in source.brief.articles if (article := source.text(record)) is not None]
    with closing(open_store(load_settings())) as store:
        store.save_brief(source.brief.date, str(path.absolute()), record_text(source.brief), articles)
    return path


@pytest.fixture
def two_days(offline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.chdir(tmp_path)
    return keep(edition(OLD, FIRST)), keep(edition(TODAY, SECOND))


def run(capsys: Any, *arguments: str) -> tuple[int, str, str]:
    code = cli.run([*arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


SUMMARY = "1 new, 1 changed, 3 dropped, 1 article edited; 1 as before"


@pytest.mark.parametrize(
    "named", [[], [FIRST, SECOND], ["briefs/2026-11-20.json", "briefs/2026-11-21.json"], [FIRST, "briefs/2026-11-21.json"]]
)
def test_dates_files_and_the_last_two(two_days: object, named: list[str], capsys: Any) -> None:
    code, out, err = run(capsys, "diff", *named, "--quiet")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == SUMMARY


def test_json_is_one_document(two_days: object, capsys: Any) -> None:
    code, out, _ = run(capsys, "diff", "--json", "--quiet")
    found = Diff.model_validate_json(out)
    assert (code, found.summary) == (0, SUMMARY)
    assert json.loads(out)["schema"] == "briefing-diff/1"
    assert [sorted(change)[:2] for change in json.loads(out)["changes"]][:1] == [["against", "also_new"]]


def test_exit_code_says_whether_anything_changed(two_days: tuple[Path, Path], capsys: Any) -> None:
    assert run(capsys, "diff", "--exit-code", "--quiet")[0] == 1
    again = two_days[0].with_name("again.json")
    again.write_bytes(two_days[0].read_bytes())
    code, out, _ = run(capsys, "diff", FIRST, str(again), "--exit-code", "--quiet")
    assert (code, out.splitlines()[0]) == (0, "nothing changed; 5 as before")


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (["diff", "2026-11-01", SECOND], "no brief of 2026-11-01 is stored", "there are briefs of 2026-11-20, 2026-11-21"),
        (["diff", "2026-13-01", SECOND], "2026-13-01 is no date", "YYYY-MM-DD"),
        (["diff", FIRST], "one brief is named, and two are compared", "two dates"),
        (["diff", FIRST, FIRST], "2026-11-20 and 2026-11-20 are the same brief", "two dates"),
        (["diff", FIRST, "briefs/2026-11-20.json"], "2026-11-20 and briefs/2026-11-20.json are the same brief", "two dates"),
        (["diff", FIRST, "none.json"], "none.json: no such file, and no date", "its DATE.json"),
        (["diff", FIRST, "briefs"], "briefs: cannot be read: is a directory", "its DATE.json"),
        (["diff", FIRST, "page.md"], "page.md: not JSON", "DATE.json"),
        (["diff", FIRST, "other.json"], "other.json: not a brief", "DATE.json"),
        (["diff", FIRST, "broken.json"], "broken.json: a brief that breaks its own format (", "briefing verify"),
        (["diff", FIRST, SECOND, "--model", "nothing"], "no model is called 'nothing'", "qwen2.5-coder-1.5b"),
        (["timeline", "--story", "none"], "no stored story has the ID 'none'", "`briefing timeline`"),
        (["timeline", "ships", "--story", "none"], "a topic and the ID of a story", "one of them"),
        (["timeline", "--html", "x.html"], "a page is of one story", "--story ID"),
    ],
)
def test_mistakes_are_one_line_and_a_hint(two_days: tuple[Path, Path], arguments: list[str], error: str, hint: str, capsys: Any) -> None:
    Path("page.md").write_text("# A page", encoding="utf-8")
    Path("other.json").write_text("[1, 2]", encoding="utf-8")
    Path("broken.json").write_text(two_days[0].read_text(encoding="utf-8").replace('"support": 0.9', '"support": 9', 1), encoding="utf-8")
    code, out, err = run(capsys, *arguments)
    lines = err.splitlines()
    assert (code, out, len(lines)) == (2, "", 2), err
    assert lines[0].startswith(f"error: {error}")
    assert lines[1].startswith("hint: ")
    assert hint in lines[1]


def test_without_two_briefs_there_is_nothing_to_compare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "diff")[::2] == (2, "error: no brief is stored\nhint: `briefing generate SOURCES` writes a brief and keeps it\n")
    assert run(capsys, "timeline")[0] == 1
    keep(edition(OLD, FIRST))
    code, _, err = run(capsys, "diff")
    assert code == 2
    assert err.startswith("error: only the brief of 2026-11-20 is stored\n")


def test_the_last_two_are_of_the_same_things(two_days: object, capsys: Any) -> None:
    keep(edition({"roads": ("A bus fell into the river near Solto.",)}, SECOND), Path("elsewhere"))
    keep(edition(OLD, "2026-11-22"))
    code, out, _ = run(capsys, "diff", "--json", "--quiet")
    assert code == 0
    assert Diff.model_validate_json(out).old.path.endswith("briefs/2026-11-21.json")


# The model


def test_no_model_is_looked_for_where_none_is_needed(two_days: object, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a model was opened")

    monkeypatch.setattr(history, "opened", never)
    assert run(capsys, "diff", "--quiet")[0] == 0


def stormy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keep(edition({"storm": STORM[:1]}, FIRST))
    keep(edition({"storm": STORM[1:]}, SECOND))


def test_where_no_model_can_be_had_the_record_says_so(offline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ModelMissingError("the model could not be fetched")

    stormy(tmp_path, monkeypatch)
    monkeypatch.setattr(history, "opened", missing)
    code, out, _ = run(capsys, "diff", "--json", "--quiet")
    found = Diff.model_validate_json(out)
    assert code == 0
    assert sorted(change.state for change in found.changes) == ["dropped", "new"]
    assert [warning.partition(";")[0] for warning in found.warnings] == ["the model could not be fetched"]


def test_what_the_judge_said_is_not_asked_again(offline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stormy(tmp_path, monkeypatch)
    model_file = tmp_path / "m.gguf"
    model_file.write_bytes(b"GGUF")
    asked: list[FakeModel] = []

    class Sure(FakeModel):
        def __init__(self, identity: Identity) -> None:
            super().__init__(believe=lambda question: 0.9)
            self._own = identity
            asked.append(self)

        @property
        def identity(self) -> Identity:
            return self._own

    settings = load_settings({"model": str(model_file)})
    engine: engines.Engine = lambda path, identity, settings: Sure(identity)  # noqa: E731
    for _ in range(2):
        found = history.compare("", "", settings, progress=Silent(), engine=engine)
        assert [change.state for change in found.changes] == ["changed"]
    assert len(asked) == 1


# The timeline


@pytest.mark.slow
def test_the_timeline_of_a_topic(two_days: object, capsys: Any) -> None:
    code, out, err = run(capsys, "timeline", "ships in the harbour")
    assert (code, err) == (0, "")
    assert out.startswith("# The port of Aster reopened")
    assert "(26 ships → 31 ships)" in out
    code, out, _ = run(capsys, "timeline", "ships", "--json")
    (thread,) = Timeline.model_validate_json(out).threads
    code, listed, _ = run(capsys, "timeline")
    assert thread.id in listed
    assert run(capsys, "timeline", "--story", thread.id)[1].startswith("# The port of Aster reopened")
    code, _, err = run(capsys, "timeline", "volcano")
    assert (code, err.splitlines()[0]) == (1, "error: no stored story is about 'volcano'")


def test_pages_and_plots_are_written_to_files(two_days: object, capsys: Any) -> None:
    code, out, _ = run(capsys, "timeline", "ships", "--html", "t.html", "--svg", "t.svg")
    assert (code, out) == (0, "t.html\nt.svg\n")
    assert Path("t.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert Path("t.svg").read_text(encoding="utf-8").startswith("<svg ")
    code, out, err = run(capsys, "timeline", "hospital", "--svg", "none.svg")
    assert (code, out, err.splitlines()[0]) == (1, "", "error: none.svg: not written: no value of it moved")
    code, _, err = run(capsys, "timeline", "ships", "--svg", str(Path("none") / "t.svg"))
    assert code == 5
    assert err.startswith("error: none/t.svg: cannot be written: no such file")


def test_the_schemas_are_printed(capsys: Any) -> None:
    for name in ("diff", "timeline"):
        code, out, _ = run(capsys, "schema", name)
        assert (code, json.loads(out)["properties"]["schema"]["const"]) == (0, f"briefing-{name}/1")


# The second day


def write(folder: Path, sentences: tuple[str, ...]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "harbour.txt").write_text("Aster news\n\n" + "\n\n".join(sentences) + "\n", encoding="utf-8")


@pytest.fixture
def settings(offline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.gguf").write_bytes(b"GGUF")
    return load_settings({"model": str(tmp_path / "m.gguf")})


def generate(settings: Settings, date: str, name: str = "") -> Brief:
    class Named(FakeModel):
        def __init__(self, identity: Identity) -> None:
            super().__init__()
            self._own = identity

        @property
        def identity(self) -> Identity:
            return self._own

    engine: engines.Engine = lambda path, identity, settings: Named(identity)  # noqa: E731
    return app.generate([Path("news")], settings, date=date, name=name, progress=Silent(), every=True, engine=engine).brief


def test_the_first_brief_says_nothing_of_a_day_before(settings: Settings) -> None:
    write(Path("news"), HARBOUR)
    brief = generate(settings, FIRST)
    assert brief.before == ""
    assert {claim.state for claim in brief.claims} == {""}
    assert "ince the brief of" not in render(brief)
    assert generate(settings, FIRST).before == ""  # the same day again
    assert generate(settings, "2026-11-19").before == ""  # an earlier day


def test_the_second_says_what_is_new_and_tells_it_first(settings: Settings, tmp_path: Path) -> None:
    write(Path("news"), HARBOUR)
    first = generate(settings, FIRST)
    write(Path("news"), (*TODAY["harbour"][:2], HARBOUR[2], CRANE))
    second = generate(settings, SECOND)
    alone = generate(settings.model_copy(update={"database": tmp_path / "other.sqlite3"}), SECOND)
    assert second.before == FIRST
    assert [(c.id, c.text, c.citations, c.support) for c in second.claims] == [(c.id, c.text, c.citations, c.support) for c in alone.claims]
    told = [[set(story.claims) for story in brief.stories] for brief in (second, alone)]
    assert sorted(told[0], key=min) == sorted(told[1], key=min)
    known = {claim.id: bool(claim.earlier) for claim in second.claims}
    assert all(sorted(old) == old for story in second.stories if (old := [known[name] for name in story.claims]))
    assert any(known.values())
    assert "told since 20 November 2026" in render(second)
    states = {claim.text: claim.state for claim in second.claims}
    assert (states[CRANE], states[TODAY["harbour"][1]]) == ("new", "changed")
    assert {story.since for story in second.stories} == {FIRST}
    assert "Since the brief of 20 November 2026: 1 new, 1 changed." in render(second)
    assert f"{CRANE} (new)" in render(second)
    assert len(first.claims) == 3


def test_what_an_article_told_and_the_brief_before_did_not_is_no_news(settings: Settings) -> None:
    keep(edition(OLD, FIRST, left=[HARBOUR[2]]))
    write(Path("news"), (CRANE, HARBOUR[2]))
    brief = generate(settings, SECOND)
    known = {claim.text: claim for claim in brief.claims}
    old = known[HARBOUR[2]]
    assert (known[CRANE].state, old.state, old.since) == ("new", "unchanged", FIRST)
    assert [(one.date, one.article) for one in old.earlier] == [(FIRST, "harbour")]
    assert brief.top == (known[CRANE].id,)
    record = Path("briefs") / f"{SECOND}.json"
    assert app.verify(record, [], settings, progress=Silent()).findings == ()
    for forged in ({"sentences": (2,)}, {"article": "port"}, {"date": "2026-11-19"}, {"date": SECOND}):
        told = old.model_copy(update={"earlier": (old.earlier[0].model_copy(update=forged),)})
        claims = tuple(told if claim is old else claim for claim in brief.claims)
        record.write_text(record_text(brief.model_copy(update={"claims": claims})), encoding="utf-8")
        assert "state" in {finding.check for finding in app.verify(record, [], settings, progress=Silent()).findings}


def test_briefing_verify_finds_nothing_wrong_with_a_second_day(settings: Settings) -> None:
    write(Path("news"), HARBOUR)
    generate(settings, FIRST)
    write(Path("news"), TODAY["harbour"])
    generate(settings, SECOND)
    report = app.verify(Path("briefs") / f"{SECOND}.json", [], settings, progress=Silent())
    assert report.findings == ()


def test_what_is_new_is_held_against_the_brief_before(settings: Settings) -> None:
    class Heard(Silent):
        warned: ClassVar[list[str]] = []

        def warn(self, message: str) -> None:
            self.warned.append(message)

    write(Path("news"), HARBOUR)
    generate(settings, FIRST)
    write(Path("news"), TODAY["harbour"])
    brief = generate(settings, SECOND)
    record = Path("briefs") / f"{SECOND}.json"
    state = next(claim.state for claim in brief.claims if claim.since == FIRST and claim.state != "corroborated")
    record.write_text(record_text(brief).replace(f'"state": "{state}"', '"state": "corroborated"'), encoding="utf-8")
    report = app.verify(record, [], settings, progress=Heard())
    assert {finding.check for finding in report.findings} == {"state", "view"}
    assert Heard.warned == []
    record.write_text(record_text(brief).replace(brief.before_sha256, "0" * 64), encoding="utf-8")
    assert app.verify(record, [], settings, progress=Heard()).findings == ()
    assert Heard.warned == [f"what is new since the brief of {FIRST} is not checked: that brief, or a text of it, is not kept here"]


def test_an_earlier_brief_that_is_damaged_costs_a_warning(settings: Settings, parser: Parser) -> None:
    warned: list[str] = []

    class Heard(Silent):
        def warn(self, text: str) -> None:
            warned.append(text)

    write(Path("news"), HARBOUR)
    brief = generate(settings, FIRST)
    with closing(open_store(settings)) as store:
        store.save_brief("2026-11-18", "x.json", "{}", [])
        assert history.since(brief, {}, store, parser, Heard()) == brief
    assert warned == ["the brief of 2026-11-18: not a brief; what is new since the brief before is not marked"]


def test_a_brief_of_other_things_is_not_followed(settings: Settings) -> None:
    keep(edition({"roads": ("A bus fell into the river near Solto.",)}, "2026-11-19"))
    write(Path("news"), HARBOUR)
    assert generate(settings, FIRST).before == ""


def test_file_names_that_steer_a_terminal_are_shown_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "diff", FIRST, "bad\x1b[31m\nname.json")
    assert code == 2
    assert "\x1b" not in err
    assert len(err.splitlines()) == 2


# Names, places and contents


ROADS = ("A bus fell into the river near Solto on Friday.", "Eleven passengers of the bus were rescued by a fishing boat.")
LATER = (ROADS[0], ROADS[1].replace("Eleven", "Twelve"))


@pytest.mark.slow
def test_briefs_of_one_date_are_told_apart_by_their_names(
    offline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    for date, port, roads in ((FIRST, OLD, ROADS), (SECOND, TODAY, LATER)):
        keep(edition({"bus": roads}, date), name="roads")
        keep(edition(port, date))
    assert run(capsys, "diff", FIRST, SECOND, "--quiet")[1].splitlines()[0] == SUMMARY
    code, out, _ = run(capsys, "diff", f"{FIRST}.roads", f"{SECOND}.roads", "--quiet")
    assert (code, out.splitlines()[0]) == (0, "1 changed, 1 article edited; 1 as before")
    assert run(capsys, "show", "bus", "--brief", f"{SECOND}.roads")[0] == 0
    code, _, err = run(capsys, "show", "bus", "--brief", SECOND)
    assert (code, err.splitlines()[0]) == (2, f"error: no article of the brief {SECOND} has the ID 'bus'")
    code, _, err = run(capsys, "diff", FIRST, f"{SECOND}.port", "--quiet")
    assert err.splitlines() == [
        f"error: no brief of {SECOND}.port is stored",
        f"hint: there are briefs of {FIRST}, {SECOND}.roads, {SECOND} and earlier",
    ]
    assert "the port of Aster" not in run(capsys, "timeline", "--name", "roads")[1]
    assert "river near Solto" in run(capsys, "timeline", "--name", "roads")[1]
    code, _, err = run(capsys, "timeline", "--name", "none")
    assert (code, err.splitlines()[0]) == (2, "error: no stored brief has the name 'none'")


def test_a_named_brief_goes_on_from_the_last_of_its_name(settings: Settings) -> None:
    write(Path("news"), HARBOUR)
    for date, name in (("2026-11-18", "port"), ("2026-11-19", "")):
        generate(settings, date, name)
    assert generate(settings, FIRST, "port").before == "2026-11-18"
    assert generate(settings, FIRST, "").before == "2026-11-19"
    assert generate(settings, SECOND, "other").before == FIRST


# From any folder, under any name


@pytest.fixture
def two_places(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Make a brief of relative paths, forget its articles, and go to another folder that has a file at the same relative path."""
    write(Path("news"), HARBOUR)
    generate(settings, FIRST)
    write(Path("news"), TODAY["harbour"])
    generate(settings, SECOND)
    write(Path("news"), HARBOUR)
    file_of(settings.database).unlink()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    write(Path("news"), ROADS)
    return tmp_path / "briefs" / f"{FIRST}.json", tmp_path / "briefs" / f"{SECOND}.json"


def test_files_of_a_brief_are_found_from_any_folder(two_places: tuple[Path, Path], settings: Settings) -> None:
    first, second = two_places
    assert app.verify(first, [], settings, progress=Silent()).findings == ()
    told = [finding.detail for finding in app.verify(second, [], settings, progress=Silent()).findings if finding.check == "file"]
    assert told == ["harbour: news/harbour.txt changed since the brief"]
    found = history.compare(str(first), str(second), settings, progress=Silent())
    (correction,) = found.corrections
    assert (correction.article, correction.known) == ("harbour", False)  # the text of the second day is nowhere any more
    Path("news/harbour.txt").unlink()
    (first.parents[1] / "news" / "harbour.txt").unlink()
    told = [finding.detail for finding in app.verify(first, [], settings, progress=Silent()).findings if finding.check == "file"]
    assert told == ["harbour: no such file: news/harbour.txt"]


def test_a_brief_is_verified_by_its_date_or_name(settings: Settings, capsys: Any) -> None:
    write(Path("news"), HARBOUR)
    generate(settings, FIRST, "port")
    assert app.verify(Path(f"{FIRST}.port"), [], settings, progress=Silent()).findings == ()
    code, _, err = run(capsys, "verify", FIRST, "--quiet")
    assert (code, err.splitlines()[0]) == (2, f"error: briefs/{FIRST}.json: no such file")


ODD = [
    "two\nlines.txt",
    b"bad\xff.txt".decode("utf-8", "surrogateescape"),
    b"bad\xfe.txt".decode("utf-8", "surrogateescape"),
    "\u202ert.txt",
]


def test_generate_of_names_that_cannot_be_shown_gives_a_brief_that_verify_accepts(settings: Settings) -> None:
    Path("news").mkdir()
    for name, sentence in zip(ODD, (*ROADS, *HARBOUR[:2]), strict=True):
        (Path("news") / name).write_text(f"Aster news\n\n{sentence}\n", encoding="utf-8")
    brief = generate(settings, FIRST)
    assert {claim.citations[0].quote for claim in brief.claims} == {*ROADS, *HARBOUR[:2]}
    assert app.verify(Path(FIRST), [], settings, progress=Silent()).findings == ()
    Path("news").rename(b"news\xff".decode("utf-8", "surrogateescape"))
    shown = [record.model_copy(update={"path": record.path.replace("news", "news\ufffd")}) for record in brief.articles]
    with closing(SqliteStore(file_of(settings.database).with_name("empty.sqlite3"))) as store:
        assert all(history.Texts(store)(record) for record in shown)


def test_texts_are_given_under_the_names_of_the_brief_that_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keep(edition({"a": HARBOUR, "b": HOSPITAL}, FIRST))
    keep(edition({"b": HARBOUR, "c": HOSPITAL}, SECOND))  # the database keeps a content once, as the last brief called it
    with closing(open_store(load_settings())) as store, closing(SqliteIndex(tmp_path / "index.sqlite3")) as index:
        for date, ids in ((FIRST, ["a", "b"]), (SECOND, ["b", "c"])):
            for name in (date, f"briefs/{date}.json"):
                asked = asking._articles([], name, store, index, Silent(), follow_links=False)
                assert [article.id for article in asked] == ids
                assert len(index.add(asked)) == 2


def test_one_article_twice_in_a_brief_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keep(edition({"a": HARBOUR, "b": HARBOUR}, FIRST))
    with closing(open_store(load_settings())) as store, closing(SqliteIndex(tmp_path / "index.sqlite3")) as index:
        assert len(asking._articles([], FIRST, store, index, Silent(), follow_links=False)) == 1
    assert history.compare(FIRST, str(keep(edition({"b": HARBOUR}, SECOND))), load_settings(), progress=Silent()).corrections == ()


def test_all_that_is_stored_has_each_article_once_as_it_was_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    after = (*HARBOUR[:2], CRANE)
    for date, files in ((FIRST, {"1": HARBOUR, "2": HOSPITAL}), (SECOND, {"1": ROADS, "2": HOSPITAL}), ("2026-11-22", {"1": after})):
        keep(edition(files, date))
    with closing(open_store(load_settings())) as store:
        found = {article.id: article.text for article in asking._stored(store)}
    assert list(found) == ["1", f"1@{SECOND}", "2"]
    assert [quotes[-1] in text for quotes, text in zip((after, ROADS, HOSPITAL), found.values(), strict=True)] == [True] * 3
