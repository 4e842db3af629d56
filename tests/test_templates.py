"""A template of one's own makes the Markdown: what it gets is what docs/templates.md says, and whatever is wrong with it is one line."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from briefing import cli, render, render_answer, render_diff, render_timeline
from briefing.brief import Brief
from briefing.errors import UsageError
from briefing.output import record_text
from briefing.page import VERSION, Note
from briefing.records import Answer, Timeline
from briefing.target import Target
from briefing.verify import check_view
from tests import briefs
from tests.editions import HARBOUR, HOSPITAL, diff, edition, timeline
from tests.properties import ROOT

pytestmark = pytest.mark.usefixtures("lent")
DOCS = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")


def names(text: str) -> set[str]:
    """Return the names in the first column of a table."""
    return {name for row in re.findall(r"^\| (`.+?) \|", text, flags=re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}


def section(head: str) -> str:
    return DOCS.partition(f"## {head}\n")[2].partition("\n## ")[0]


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    return briefs.example(tmp_path / "articles")


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write(text: str, name: str = "own.md.j2") -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def answer(brief: Brief) -> Answer:
    values = {"schema": "briefing-answer/1", "question": "Who?", "answerable": True, "confidence": 0.9, "run": brief.run}
    return Answer.model_validate({**values, "claims": brief.claims[:1], "articles": brief.articles})


def told() -> Timeline:
    return timeline([edition({"harbour": HARBOUR}, "2026-11-20"), edition({"hospital": HOSPITAL}, "2026-11-21")], "", "")


# What it gets


def test_the_documented_names_are_those_of_the_views(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    got: dict[str, set[str]] = {}
    for module in (render, render_answer, render_diff, render_timeline):
        monkeypatch.setattr(module, "page", lambda template, view, record, module=module: got.setdefault(module.__name__, set(view)) and "")
    render.render(brief)
    render_answer.render_answer(answer(brief))
    old, new = edition({"harbour": HARBOUR}, "2026-11-20"), edition({"harbour": HARBOUR[:2]}, "2026-11-21")
    render_diff.render_diff(diff(old, new))
    render_timeline.render_timeline(told())
    heads = {"render": "A brief", "render_answer": "An answer", "render_diff": "A diff", "render_timeline": "A timeline"}
    assert {name: names(section(head)) for name, head in heads.items()} == {name: got[f"briefing.{name}"] for name in heads}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("A brief", render._Line),
        ("A brief", render._Side),
        ("A brief", render._Section),
        ("A brief", Note),
        ("A diff", render_diff._Line),
        ("A diff", render_diff._Corrected),
        ("A timeline", render_timeline._Thread),
    ],
)
def test_the_documented_parts_are_those_of_the_views(head: str, kind: Any) -> None:
    assert {field.name for field in fields(kind)} <= set(re.findall(r"`(\w+)`", section(head)))


def test_the_example_of_the_documentation_is_filled(brief: Brief, write: Any) -> None:
    (example,) = re.findall(r"```jinja\n(.*?)```", DOCS, flags=re.DOTALL)
    text = render.render(brief, write(example))
    assert text.startswith("# 21 November 2026\n")
    assert re.search(r"^- .+\[\^\S+-s\d+\]$", text, flags=re.MULTILINE)
    assert re.search(r"^\[\^harbour-s1\]: harbour, sentence 1: “The port of Aster reopened", text, flags=re.MULTILINE)


def test_it_gets_the_record_and_the_version(brief: Brief, write: Any) -> None:
    own = write("{{ view }} {{ record.schema }} {{ record.claims[0].support }} {{ record.claims | length }}")
    assert render.render(brief, own) == f"{VERSION} briefing/1 0.9 {len(brief.claims)}"
    assert render_answer.render_answer(answer(brief), write("{{ record.question }} {{ made }}")).startswith("Who? Answered by")
    assert render_timeline.render_timeline(told(), write("{{ record.threads | length }}")) == str(len(told().threads))


def test_what_it_prints_is_escaped(brief: Brief, write: Any) -> None:
    bad = brief.model_copy(update={"articles": (brief.articles[0].model_copy(update={"title": "<b>*x*\x1b[2J"}), *brief.articles[1:])})
    shown = render.render(bad, write("{{ record.articles[0].title }}"))
    assert "<b>" not in shown
    assert "*x*" not in shown
    assert "\x1b" not in shown


# What is wrong with it


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("a\nb {{ nothing.x }}\n", 2, "'nothing' is undefined"),
        ("a\n\n{% if %}\n", 3, "Expected an expression"),
        ("\n{{ record.__class__.__mro__ }}", 2, "is unsafe"),
        ("{{ record.claims.clear() }}", 1, "is unsafe"),
        ("{{ ''.format.__globals__ }}", 1, "is unsafe"),
        ("\n\n{{ 1 / 0 }}", 3, "division by zero"),
        ("{% include 'other' %}", 1, "no loader"),
        ("\n{{ top }}", 2, "prints strings and numbers, not list"),
        ("{% for n in range(10 ** 9) %}x{% endfor %}", 1, "Range too big"),
        ("{{ record.claims[99].text }}", 1, "has no element 99"),
    ],
)
def test_a_mistake_is_one_line_with_the_line_of_the_template(text: str, line: int, why: str, brief: Brief, write: Any) -> None:
    own = write(text)
    with pytest.raises(UsageError) as caught:
        render.render(brief, own)
    said = str(caught.value)
    assert said.startswith(f"{own}, line {line}: ")
    assert why in said
    assert "\n" not in said
    assert "docs/templates.md" in caught.value.hint


def test_what_is_no_template_of_markdown(brief: Brief, tmp_path: Path, write: Any) -> None:
    for name in ("page.html", "page.html.j2", "PAGE.HTM"):
        with pytest.raises(UsageError, match="a template of HTML"):
            render.render(brief, write("<p>{{ day }}</p>", name))
    with pytest.raises(UsageError, match="cannot be read: no such file"):
        render.render(brief, tmp_path / "none.j2")
    with pytest.raises(UsageError, match="cannot be read: it is not a file"):
        render.render(brief, tmp_path)
    with pytest.raises(UsageError, match="too large for a template"):
        render.render(brief, write("x" * ((1 << 20) + 1)))
    (tmp_path / "bytes.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="cannot be read: not UTF-8"):
        render.render(brief, tmp_path / "bytes.j2")


def test_our_own_mistakes_stay_tracebacks(brief: Brief, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_view", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        render.render(brief, write("{{ day }}"))


# The commands


def test_generate_and_verify_share_it(brief: Brief, tmp_path: Path, write: Any) -> None:
    own = write("# {{ day }}\n")
    written = Target(tmp_path / "briefs", brief.date, [], lambda _: None, template=own).write(brief, record_text(brief))
    assert written.view.read_text(encoding="utf-8") == "# 21 November 2026\n"
    assert check_view(brief, "# 21 November 2026\n", own) == []
    assert [finding.check for finding in check_view(brief, "# 21 November 2026\n")] == ["view"]
    assert [finding.check for finding in check_view(brief, render.render(brief), own)] == ["view"]


@pytest.mark.parametrize("words", [["generate", "x"], ["ask", "Who?"], ["diff"], ["timeline"], ["verify", "x.json"]])
def test_it_is_read_before_anything_is_done(words: list[str], tmp_path: Path, write: Any, capsys: pytest.CaptureFixture[str]) -> None:
    own = write("\n{% endfor %}")
    assert cli.run([*words, "--template", str(own)]) == 2
    said = capsys.readouterr()
    assert said.err.splitlines()[0].startswith(f"error: {own}, line 2: ")
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_the_setting_is_the_template_of_every_brief(
    write: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRIEFING_TEMPLATE", str(write("{{ nothing")))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text(briefs.TEXTS["harbour.txt"], encoding="utf-8")
    assert cli.run(["generate", "news.txt", "--model", "smollm2-135m", "-q"]) == 2
    assert "own.md.j2, line 1: " in capsys.readouterr().err
    assert not list(tmp_path.rglob("*.md"))
