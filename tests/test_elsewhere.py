"""A brief is verified from any folder: its sources are found where they are, or it is said which are not, and links out stay unread."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from briefing import cli, pipeline
from briefing.language.base import Parser
from briefing.language.cached import CachedParser
from briefing.output import record_text
from briefing.progress import Silent
from briefing.render import render
from briefing.sources.files import AWAY, read
from briefing.sqlite.store import SqliteStore
from tests import briefs
from tests.stages.fakes import FakeModel, embed

DATE = "2026-11-21"
Verify = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder of articles with links that lead out of it: to a file, to a folder, to nothing, and one whose name cannot be shown."""
    (tmp_path / "private" / "deep").mkdir(parents=True)
    (tmp_path / "private" / "diary.txt").write_text("A ferry of the diary sank near Brell on Monday.\n", encoding="utf-8")
    (tmp_path / "private" / "deep" / "note.txt").write_text("A note of the diary burned near Dorn on Monday.\n", encoding="utf-8")
    news = briefs.write(tmp_path / "a" / "news")
    (news / "diary.txt").symlink_to("../../private/diary.txt")
    (news / "folder").symlink_to("../../private/deep")
    (news / "gone.txt").symlink_to("../../nowhere.txt")
    (news / "odd\n.txt").symlink_to("../../private/diary.txt")
    (news / "table.xyz").write_text("1 2 3\n", encoding="utf-8")
    return tmp_path / "a"


@pytest.fixture
def write(home: Path, own_home: Path, offline: None, parser: Parser, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Write a brief of these sources, named as seen from the home."""

    def written(sources: str) -> Path:
        monkeypatch.chdir(home)
        outcomes = list(read([sources]))
        with closing(SqliteStore(own_home / "briefing.sqlite3")) as store:
            kept = CachedParser(lambda: parser, parser.identity, store, Silent())
            brief = pipeline.generate(outcomes, parser=kept, embed=embed, model=FakeModel(), date=DATE, progress=Silent())
        assert sum(one.reason == AWAY for one in brief.articles) == 4
        (home / "briefs").mkdir(exist_ok=True)
        path = home / "briefs" / f"{DATE}.json"
        path.write_text(record_text(brief), encoding="utf-8")
        path.with_suffix(".md").write_text(render(brief), encoding="utf-8")
        return path

    return written


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Verify:
    def verified(place: Path, record: str | Path, *arguments: str | Path) -> tuple[int, list[str]]:
        place.mkdir(exist_ok=True)
        monkeypatch.chdir(place)
        code = cli.run(["verify", str(record), "--json", "--quiet", *map(str, arguments)])
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        return code, [one["detail"] for one in report["findings"]]

    return verified


def test_a_brief_of_relative_sources_is_verified_from_anywhere(
    home: Path, tmp_path: Path, write: Callable[[str], Path], verify: Verify
) -> None:
    record = write("news")
    other = tmp_path / "b"
    assert verify(home, "briefs/2026-11-21.json") == verify(home / "news", record) == verify(other, record) == (0, [])
    for name in ("harbour.txt", "diary.txt", "folder", "table.xyz"):  # others of the same names lie in the working folder
        (other / "news").mkdir(exist_ok=True)
        (other / "news" / name).write_text("Quite another text stands here. It is no article.\n", encoding="utf-8")
    assert verify(other, record) == (0, [])
    (other / "link.json").symlink_to(record)
    (other / "link.md").symlink_to(record.with_suffix(".md"))
    assert verify(other / "news", "../link.json") == (0, [])


def test_a_folder_that_moved_with_its_sources(home: Path, tmp_path: Path, write: Callable[[str], Path], verify: Verify) -> None:
    write("news")
    moved = home.rename(tmp_path / "moved")
    record = moved / "briefs" / f"{DATE}.json"
    assert verify(tmp_path / "b", record) == (0, [])
    (moved / "news" / "diary.txt").unlink()
    (moved / "news" / "ferry.md").unlink()
    code, found = verify(tmp_path / "b", record)
    assert code == 1
    assert found[:2] == [
        "diary: left out as “" + AWAY + "”, and there is no such file: news/diary.txt",
        "ferry: no such file: news/ferry.md",
    ]


def test_absolute_sources_that_moved_are_named(home: Path, tmp_path: Path, write: Callable[[str], Path], verify: Verify) -> None:
    write(str(home / "news"))
    moved = home.rename(tmp_path / "moved")
    record = moved / "briefs" / f"{DATE}.json"
    code, found = verify(tmp_path / "b", record)
    assert code == 1
    assert f"harbour: no such file: {home / 'news' / 'harbour.txt'}" in found
    assert verify(tmp_path / "b", record, "--sources", moved / "news") == (0, [])


def test_sources_that_a_link_leads_to(home: Path, tmp_path: Path, write: Callable[[str], Path], verify: Verify) -> None:
    (home / "today").symlink_to("news")
    record = write("today")
    assert verify(tmp_path / "b", record) == (0, [])
    assert verify(tmp_path / "b", record, "--sources", home / "today") == (0, [])


def test_links_that_lead_out_are_found_under_other_sources_and_not_read(
    home: Path, tmp_path: Path, write: Callable[[str], Path], verify: Verify
) -> None:
    record = write("news")
    assert verify(tmp_path / "b", record, "--sources", home / "news") == (0, [])
    (tmp_path / "private" / "diary.txt").write_text("Another diary.\n", encoding="utf-8")
    assert verify(tmp_path / "b", record) == verify(tmp_path / "b", record, "--sources", home / "news") == (0, [])
    (home / "news" / "diary.txt").unlink()
    (home / "news" / "diary.txt").write_text("A diary that is no link.\n", encoding="utf-8")
    for more in ((), ("--sources", home / "news")):
        code, (found,) = verify(tmp_path / "b", record, *more)
        assert (code, found) == (1, f"diary: left out as “{AWAY}”, and it is another file now")


def test_a_link_that_was_followed_says_that_it_has_to_be(home: Path, tmp_path: Path, write: Callable[[str], Path], verify: Verify) -> None:
    record = write("news")
    away = home / "news" / "harbour.txt"
    away.rename(tmp_path / "private" / "harbour.txt")
    away.symlink_to("../../private/harbour.txt")
    code, found = verify(tmp_path / "b", record, "--sources", home / "news")
    assert code == 1
    assert found[0] == f"harbour: {away} cannot be used: {AWAY}"
    assert verify(tmp_path / "b", record) == (0, [])


def test_what_a_text_that_is_not_kept_told_is_said_not_to_be_checked(
    home: Path, write: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    record = write("news")
    value = json.loads(record.read_text(encoding="utf-8"))
    value["claims"][-1]["earlier"] = [{"date": "2026-11-20", "article": "old", "content": "a" * 64, "sentences": [1]}]
    record.write_text(json.dumps(value), encoding="utf-8")
    cli.run(["verify", str(record)])
    warning = "what articles of earlier days told is not all checked: texts that are not kept here: 1"
    assert f"warning: {warning}\n" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["x" * 300, "news/harbour.txt/x", "news\0x", "news", ""])
def test_a_link_that_can_be_none_is_a_finding(path: str, tmp_path: Path, write: Callable[[str], Path], verify: Verify) -> None:
    record = write("news")
    value = json.loads(record.read_text(encoding="utf-8"))
    next(one for one in value["articles"] if one["reason"] == AWAY).update(id=path[:300] or "x", path=path)
    record.write_text(json.dumps(value), encoding="utf-8")
    code, found = verify(tmp_path / "b", record)
    assert code == 1
    assert any("left out as" in one for one in found)


def table(path: Path, *numbers: int) -> None:
    """Write a file of several articles; 0 is none."""
    texts = [f"The council of Dorn bought {n} boats on Monday, its chief said." if n else "Photos" for n in numbers]
    path.write_text("".join(f"{json.dumps({'text': text})}\n" for text in texts), encoding="utf-8")


def test_a_copy_of_a_file_that_has_several_articles(home: Path, write: Callable[[str], Path], verify: Verify) -> None:
    """It is not read for its articles, and stands in the record as a whole; a row that another row has is one of them."""
    table(home / "news" / "rows.jsonl", 12, 7, 12)
    (home / "news" / "rows2.jsonl").write_bytes((home / "news" / "rows.jsonl").read_bytes())
    path = write("news")
    told = {one["id"]: (one["reason"], one["part"]) for one in json.loads(path.read_text(encoding="utf-8"))["articles"]}
    assert (told["rows+3"], told["rows2"]) == (("same text as rows+1", 3), ("same text as rows", 0))
    assert verify(home, path) == (0, [])
    for name, part in (("rows2", 1), ("rows2", 2), ("rows+3", 0), ("rows+3", 1)):
        record = json.loads(path.read_text(encoding="utf-8"))
        next(one for one in record["articles"] if one["id"] == name)["part"] = part
        forged = path.with_name("forged.json")
        forged.write_text(json.dumps(record), encoding="utf-8")
        code, details = verify(home, forged)
        assert (code, {detail.replace(":", " ").split()[0] for detail in details}) == (1, {name})


def test_what_is_left_out_in_several_files_is_read_by_itself(home: Path, write: Callable[[str], Path], verify: Verify) -> None:
    """A row that stands twice in its file, and before that in another one; and a text that is no article, which has no copies."""
    table(home / "news" / "rows.jsonl", 12, 0, 7)
    table(home / "news" / "rows2.jsonl", 12, 12, 0, 5)
    (home / "news" / "photos.txt").write_text("Photos\n", encoding="utf-8")
    path = write("news")
    told = {one["id"]: one["reason"] for one in json.loads(path.read_text(encoding="utf-8"))["articles"]}
    assert {told["rows2+1"], told["rows2+2"]} == {"same text as rows+1"}
    assert {told["photos"], told["rows+2"], told["rows2+3"]} == {"no article text found"}
    assert verify(home, path) == (0, [])
    assert verify(home, path, "--sources", "news") == (0, [])
