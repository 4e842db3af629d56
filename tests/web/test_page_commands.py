"""`briefing page`, and `--page` of the other commands, as a user meets them: what is written where, and every mistake in one line."""

from __future__ import annotations

import errno
import json
import webbrowser
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from briefing import cli, output, pages
from briefing.resources import resource
from briefing.stages.retold import Source
from briefing.web.html import environment
from tests import briefs
from tests.editions import HARBOUR, edition
from tests.test_ask import OWNER, WORKERS, Engine, Run, engine, run  # noqa: F401 - fixtures
from tests.test_history import keep
from tests.web import example


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The day made by hand, written and stored as `generate` does; return its record."""
    monkeypatch.chdir(tmp_path)
    articles = example.articles(tmp_path / "articles")
    texts = {article.sha256: article for article in articles.values()}
    return keep(Source(example.day(articles), "", lambda record: texts.get(record.sha256)))


def said(capsys: Any, *arguments: str) -> tuple[int, str, str]:
    code = cli.run([*arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


@pytest.mark.slow
def test_a_page_is_written_beside_its_record(stored: Path, capsys: Any) -> None:
    page = stored.with_suffix(".html")
    assert said(capsys, "page", "2026-11-21") == (0, f"{page.absolute()}\n", "")
    first = page.read_text(encoding="utf-8")
    assert first.startswith("<!doctype html>")
    assert "Subscribe to our newsletter." in first
    assert said(capsys, "page", str(stored), "--out", "own.html") == (0, "own.html\n", "")
    assert Path("own.html").read_text(encoding="utf-8") == first


def test_excerpts_and_a_template_of_one_s_own(stored: Path, capsys: Any) -> None:
    assert said(capsys, "page", "2026-11-21", "--excerpts", "--out", "e.html")[0] == 0
    assert "The Aster Bell date: 2026-11-20" not in Path("e.html").read_text(encoding="utf-8")
    Path("own.j2").write_text("{{ title }}, {{ nothing }}", encoding="utf-8")
    code, out, err = said(capsys, "page", "2026-11-21", "--template", "own.j2", "--out", "t.html")
    assert (code, out) == (2, "")
    assert err == "error: own.j2, line 1: 'nothing' is undefined\nhint: the data of a page is described by `briefing schema page`\n"
    assert not Path("t.html").exists()
    code, schema, _ = said(capsys, "schema", "page")
    assert (code, json.loads(schema)["properties"]["schema"]["const"]) == (0, "briefing-page/1")


def test_it_is_opened_where_that_is_wanted(stored: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(webbrowser, "open", shown.append)
    assert said(capsys, "page", "2026-11-21")[0] == 0
    assert shown == []
    assert said(capsys, "page", "2026-11-21", "--open")[0] == 0
    assert shown == [stored.with_suffix(".html").absolute().as_uri()]


def test_mistakes_are_one_line(stored: Path, capsys: Any) -> None:
    for arguments, code, line in (
        (("2026-11-01",), 2, "error: no brief of 2026-11-01 is stored"),
        (("none.json",), 2, "error: none.json: no such file, and no date"),
        (("",), 2, "error: no brief is named"),
        (("2026-11-21", "--out", "none/x.html"), 5, "error: none/x.html: cannot be written: no such file or directory"),
    ):
        found, out, err = said(capsys, "page", *arguments)
        assert (found, out, err.splitlines()[0]) == (code, "", line)
        assert len(err.splitlines()) == 2


def test_a_diff_and_a_timeline_are_pages_too(offline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for date, ships in (("2026-11-20", "26"), ("2026-11-21", "31")):
        keep(edition({"harbour": (HARBOUR[0], HARBOUR[1].replace("26", ships))}, date))
    assert said(capsys, "diff", "--page", "d.html", "--quiet") == (0, "d.html\n", "")
    assert "<ins" in Path("d.html").read_text(encoding="utf-8")
    for command in (("diff", "--quiet"), ("timeline", "ships")):
        code, out, err = said(capsys, *command, "--page", "d.html", "--json")
        assert (code, json.loads(out)["schema"], err.splitlines()[-1]) == (0, f"briefing-{command[0]}/1", "written: d.html")
        code, out, err = said(capsys, *command, "--page", "none/d.html", "--json")
        assert (code, json.loads(out)["schema"]) == (5, f"briefing-{command[0]}/1")
        assert err.splitlines()[-2:] == [
            "error: none/d.html: cannot be written: no such file or directory",
            "hint: name another file, in a folder that can be written",
        ]
    assert said(capsys, "timeline", "ships", "--page", "t.html") == (0, "t.html\n", "")
    assert "<svg" in Path("t.html").read_text(encoding="utf-8")
    code, _, err = said(capsys, "timeline", "--page", "t.html")
    assert (code, err.splitlines()[0]) == (2, "error: a page is of one story")


def test_an_answer_is_a_page_too(run: Run, tmp_path: Path, capsys: Any) -> None:  # noqa: F811
    articles = briefs.write(tmp_path / "articles")
    page = tmp_path / "a.html"
    assert run("ask", WORKERS, "--sources", articles, "--page", page) == 0
    assert capsys.readouterr().out == f"{page}\n"
    text = page.read_text(encoding="utf-8")
    assert "<title>How many workers are back?</title>" in text
    assert "A ferry left for the island of Brell at noon." in text  # the article, whole
    assert run("ask", OWNER, "--sources", articles, "--page", page) == 1
    assert "Not in the sources." in page.read_text(encoding="utf-8")


def test_generate_writes_its_page(run: Run, tmp_path: Path, capsys: Any) -> None:  # noqa: F811
    articles = briefs.write(tmp_path / "articles")
    assert run("generate", articles, "--out", tmp_path / "out", "--date", "2026-11-21", "--page") == 0
    names = [Path(line).name for line in capsys.readouterr().out.splitlines()]
    assert names == ["2026-11-21.md", "2026-11-21.json", "2026-11-21.html"]
    page = tmp_path / "out" / "2026-11-21.html"
    first = page.read_text(encoding="utf-8")
    assert first.startswith("<!doctype html>")
    assert said(capsys, "page", str(page.with_suffix(".json")), "--out", str(tmp_path / "again.html"))[0] == 0
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == first


def test_a_page_that_stands_there_stays_one_of_its_brief(run: Run, tmp_path: Path, capsys: Any) -> None:  # noqa: F811
    articles, out = briefs.write(tmp_path / "articles"), tmp_path / "out"
    page, record = out / "2026-11-21.html", str(out / "2026-11-21.json")

    def again(*more: str) -> list[str]:
        assert run("generate", articles, "--out", out, "--date", "2026-11-21", *more) == 0
        return [Path(line).suffix for line in capsys.readouterr().out.splitlines()]

    assert again() == [".md", ".json"]
    assert not page.exists()
    for options in ((), ("--excerpts",)):
        assert said(capsys, "page", record, *options)[0] == 0
        page.write_text(page.read_text(encoding="utf-8").replace("ferry", "barge"), encoding="utf-8")
        assert again() == [".md", ".json", ".html"]
        assert said(capsys, "page", record, *options, "--out", str(tmp_path / "wanted.html"))[0] == 0
        assert page.read_text(encoding="utf-8") == (tmp_path / "wanted.html").read_text(encoding="utf-8")
    page.write_text("<p>A page of mine.</p>", encoding="utf-8")
    assert run("generate", articles, "--out", out, "--date", "2026-11-21") == 0
    assert f"warning: {page}: not a page of `briefing page`, and left as it is" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "<p>A page of mine.</p>"
    assert again("--page") == [".md", ".json", ".html"]


def test_verify_holds_the_page_against_the_record(run: Run, tmp_path: Path, capsys: Any) -> None:  # noqa: F811
    articles, out = briefs.write(tmp_path / "articles"), tmp_path / "out"
    page, record = out / "2026-11-21.html", str(out / "2026-11-21.json")
    assert run("generate", articles, "--out", out, "--date", "2026-11-21", "--page") == 0
    capsys.readouterr()
    assert said(capsys, "verify", record, "--quiet")[::2] == (0, "")
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole.replace("noon", "night"), encoding="utf-8")
    code, told, _ = said(capsys, "verify", record, "--quiet")
    assert (code, told) == (1, "brief: page: the page differs from the record and its articles, or is by another template\n")
    assert said(capsys, "page", record, "--excerpts")[0] == 0
    assert page.read_text(encoding="utf-8") != whole
    assert said(capsys, "verify", record, "--quiet")[0] == 0
    own = tmp_path / "own.j2"
    own.write_text("{{ title }}", encoding="utf-8")
    assert said(capsys, "page", record, "--template", str(own))[0] == 0
    assert said(capsys, "verify", record, "--quiet")[0] == 1
    assert said(capsys, "verify", record, "--page-template", str(own), "--quiet")[0] == 0
    page.unlink()
    page.with_suffix(".md").unlink()
    code, _, warned = said(capsys, "verify", record, "--quiet")
    assert (code, warned) == (0, f"warning: {page.with_suffix('.md')}: no such file: the record is checked, and no view of it\n")


def broken(how: str, page: Path, patch: pytest.MonkeyPatch) -> str:
    """Break the page in one way; return why it cannot be written."""
    if how == "a folder in its place":
        page.mkdir()
        return "it is not a file"
    if how == "a full disk":
        written = output._written

        def full(path: Path, content: str | bytes) -> str:
            if path == page:
                raise OSError(errno.ENOSPC, "No space left on device")
            return written(path, content)

        patch.setattr(output, "_written", full)
        return "no space left on device"
    if how == "a mistake of ours":
        patch.setattr(pages, "brief_page", lambda *_, **__: {"": ""}[how])
        return f"'{how}'"
    folder = page.parent / "templates"
    copytree(resource("templates"), folder)
    (folder / "parts.html.j2").write_text("{% macro claim() %}\n{{ nothing", encoding="utf-8")
    patch.setattr("briefing.web.html.resource", lambda name: page.parent / name)
    environment.cache_clear()
    patch.setattr("briefing.web.html.environment", environment.__wrapped__)
    return f"{folder / 'parts.html.j2'}, line 2: unexpected end of template, expected 'end of print statement'."


@pytest.mark.parametrize("how", ["a folder in its place", "a full disk", "a mistake of ours", "a broken template"])
def test_a_page_that_fails_costs_no_brief(how: str, run: Run, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    articles, out = briefs.write(tmp_path / "articles"), tmp_path / "out"
    out.mkdir()
    page = out / "2026-11-21.html"
    with monkeypatch.context() as patch:
        why = broken(how, page, patch)
        assert run("generate", articles, "--out", out, "--date", "2026-11-21", "--page", "--quiet") == 5
    told = capsys.readouterr()
    assert [Path(line).name for line in told.out.splitlines()] == ["2026-11-21.md", "2026-11-21.json"]
    assert told.err == (
        f"error: {page}: the page cannot be written: {why}; the brief is written\n"
        "hint: `briefing page 2026-11-21` writes the page when that is mended\n"
    )
    assert not page.is_file()
    assert not list(out.glob(".briefing-*"))
    if page.exists():
        page.rmdir()
    assert said(capsys, "page", "2026-11-21") == (0, f"{page.absolute()}\n", "")
    assert said(capsys, "verify", str(out / "2026-11-21.json"), "--quiet")[0] == 0


def test_an_old_page_that_cannot_be_written_again_is_said(run: Run, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    articles, out = briefs.write(tmp_path / "articles"), tmp_path / "out"
    page = out / "2026-11-21.html"
    assert run("generate", articles, "--out", out, "--date", "2026-11-21", "--page") == 0
    page.write_text(page.read_text(encoding="utf-8").replace("ferry", "barge"), encoding="utf-8")
    capsys.readouterr()
    with monkeypatch.context() as patch:
        broken("a mistake of ours", page, patch)
        assert run("generate", articles, "--out", out, "--date", "2026-11-21", "--quiet") == 5
    assert "; the brief is written, and a page of another one stands there\n" in capsys.readouterr().err
    assert "barge" in page.read_text(encoding="utf-8")


def test_what_is_no_page_is_left_and_said(run: Run, tmp_path: Path, capsys: Any) -> None:  # noqa: F811
    articles, out = briefs.write(tmp_path / "articles"), tmp_path / "out"
    (page := out / "2026-11-21.html").mkdir(parents=True)
    for _ in range(2):
        assert run("generate", articles, "--out", out, "--date", "2026-11-21") == 0
        assert f"warning: {page}: not a page of `briefing page`, and left as it is" in capsys.readouterr().err
        if page.is_dir():
            page.rmdir()
            page.write_bytes(b"\xff\xfe")
    assert page.read_bytes() == b"\xff\xfe"
