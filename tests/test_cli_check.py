"""`briefing check` as a user meets it: what is on stdout, in which order, one line for every mistake, and the exit codes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing import app, cli, engines, pipeline
from briefing.config import Settings
from briefing.model.base import Identity, Model, Question
from briefing.stages import support
from briefing.stages.plain import GATES
from briefing.stages.support import JUDGE
from tests import briefs
from tests.stages.fakes import EVEN, FakeModel

TRUE = "Mayor Ines Calder said that 300 workers are back."
FALSE = "Mayor Ines Calder said that 400 workers are back."
ELSEWHERE = "Oslo banned whaling in the northern fjords."
KEYS = {"id", "claim", "supported", "relation", "support", "gates", "sentences"}

Run = Callable[..., int]


class Engine:
    """Loads a model made by hand, and remembers how often, and what it was asked."""

    def __init__(self) -> None:
        self.loaded = 0
        self.answer: float | None = 0.9
        self.questions: list[Question] = []

    def __call__(self, path: Path, identity: Identity, settings: Settings) -> Model:
        self.loaded += 1
        engine = self

        class Made(FakeModel):
            @property
            def identity(self) -> Identity:
                return identity

            def judge(self, questions: Sequence[Question]) -> Iterator[Any]:
                engine.questions += questions
                yield from super().judge(questions)

        return Made(believe=lambda question: self.answer)


@pytest.fixture
def engine(offline: None, monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine()
    monkeypatch.setattr(engines, "llama", engine)
    monkeypatch.setattr(support, "thresholds", lambda: EVEN)
    monkeypatch.setattr(pipeline, "PROBED", {})  # that the model of these tests has none is said elsewhere
    return engine


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return briefs.write(tmp_path / "articles")


@pytest.fixture
def run(engine: Engine, tmp_path: Path) -> Run:
    """Run `briefing check` with a model file that the fake engine takes."""
    weights = tmp_path / "some.gguf"
    weights.write_bytes(b"GGUF weights")

    def check(*arguments: str | Path) -> int:
        return cli.run(["check", *map(str, arguments), "--model", str(weights), "--quiet"])

    return check


def written(path: Path, *lines: Mapping[str, object]) -> Path:
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    return path


# One sentence


def test_a_supported_sentence(run: Run, articles: Path, capsys: Any) -> None:
    assert run(TRUE, "--sources", articles) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0] == "supported, support 0.90"
    assert lines[1 : len(GATES) + 2] == [f"  passed   {name}" for name in (*GATES, JUDGE)]
    assert lines[len(GATES) + 2 :] == [
        "carried by:",
        "  harbour, sentence 3: “Mayor Ines Calder said on Tuesday that 300 workers are back.”",
    ]
    assert said.err == ""


def test_a_sentence_that_is_not_supported(run: Run, articles: Path, capsys: Any) -> None:
    assert run(FALSE, "--sources", articles) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0] == "unsupported, support 0.90"
    assert "  REFUSED  numbers: “400” is not in the cited sentences" in lines
    assert lines[-2:] == ["closest:", "  harbour, sentence 3: “Mayor Ines Calder said on Tuesday that 300 workers are back.”"]
    assert said.err == ""  # the verdict is the answer, no error


def test_a_sentence_of_something_else(run: Run, articles: Path, capsys: Any) -> None:
    assert run(ELSEWHERE, "--sources", articles) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("not mentioned, ")
    assert lines[-1] == "no sentence comes close"


def test_a_model_that_gives_no_answer(run: Run, engine: Engine, articles: Path, capsys: Any) -> None:
    engine.answer = None
    assert run(TRUE, "--sources", articles) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "unsupported, support unknown"
    assert "  REFUSED  judge: no answer" in lines


def test_several_sources_and_single_files(run: Run, articles: Path, capsys: Any) -> None:
    assert run("The ferry carried 85 passengers.", "--sources", articles / "harbour.txt") == 1
    assert run("The ferry carried 85 passengers.", "--sources", articles / "harbour.txt", "--sources", articles / "ferry.md") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if ", support " in line] == ["not mentioned, support 0.90", "supported, support 0.90"]


def test_one_json_document(run: Run, articles: Path, capsys: Any) -> None:
    for claim, code in ((TRUE, 0), (FALSE, 1)):
        assert run(claim, "--sources", articles, "--json") == code
        said = capsys.readouterr()
        value = json.loads(said.out)
        assert value.keys() >= KEYS
        assert (value["id"], value["claim"], value["supported"]) == ("1", claim, code == 0)
        assert [gate["name"] for gate in value["gates"]] == [*GATES, JUDGE]
        assert value["sentences"][0]["article"] == "harbour"
        assert said.err == ""


def test_what_was_asked_before_is_not_asked_again(run: Run, engine: Engine, articles: Path, capsys: Any) -> None:
    assert run(TRUE, "--sources", articles) == run(TRUE, "--sources", articles) == 0
    assert engine.loaded == 1
    first, second = capsys.readouterr().out.split("supported, ")[1:]
    assert first == second


def test_no_source_steers_the_terminal(run: Run, tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "bad\x1b[2J.txt"
    source.write_text("Mayor Ines Calder\x1b[31m said\x9b31m that 300\u202e workers are back. " + "It rained. " * 40, encoding="utf-8")
    run("Ines Calder\x1b[31m said that 300 “work\x1bers” are back.", "--sources", source)
    said = capsys.readouterr().out
    assert "Calder" in said
    assert all(char.isprintable() for char in said.replace("\n", ""))


def test_a_sentence_that_is_not_utf_8_is_checked(run: Run, articles: Path, capsys: Any) -> None:
    assert run(f"{TRUE[:-1]} \udcff.", "--sources", articles, "--json") in (0, 1)
    assert json.loads(capsys.readouterr().out)["claim"].endswith(" ?.")


# Many claims


def test_one_line_of_json_for_each_claim_in_order(run: Run, articles: Path, tmp_path: Path, capsys: Any) -> None:
    rows = [{"id": f"c{n}", "claim": (TRUE, FALSE, ELSEWHERE)[n % 3]} for n in range(150)]
    assert run("--claims", written(tmp_path / "claims.jsonl", *rows), "--sources", articles) == 0
    said = capsys.readouterr()
    values = [json.loads(line) for line in said.out.splitlines()]
    assert all(value.keys() >= KEYS for value in values)
    assert [value["id"] for value in values] == [row["id"] for row in rows]
    assert [value["supported"] for value in values] == [n % 3 == 0 for n in range(150)]
    assert said.err == ""


def test_claims_may_bring_their_own_source(run: Run, articles: Path, tmp_path: Path, capsys: Any) -> None:
    rain = {"id": "rain", "claim": "It rained in Dorn.", "source": "It rained in Dorn all day.\u2028It was\x85 cold."}
    assert run("--claims", written(tmp_path / "own.jsonl", rain)) == 0
    assert run("--claims", written(tmp_path / "both.jsonl", rain, {"claim": TRUE}), "--sources", articles) == 0
    values = [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]
    assert [(value["id"], value["supported"]) for value in values] == [("rain", True), ("rain", True), ("2", True)]
    assert values[0]["sentences"][0]["article"] == "source"


def test_a_claims_file_as_other_systems_write_it(run: Run, articles: Path, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_bytes("\ufeff".encode() + b'{"claim": "' + TRUE.encode() + b'"}\r\n\r\n{"claim": "Oslo \\ud800 banned it."}\r\n')
    assert run("--claims", path, "--sources", articles) == 0
    values = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(value["id"], value["claim"]) for value in values] == [("1", TRUE), ("3", "Oslo ? banned it.")]


def test_each_line_is_flushed_before_the_next_claim(run: Run, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written_so_far: list[tuple[str, bool]] = []

    def put(text: str = "", *, end: str = "\n", flush: bool = False) -> None:
        written_so_far.append((text, flush))

    monkeypatch.setattr("briefing.cli.printing.put_exact", put)
    checked = app.check

    def watched(*arguments: Any, **options: Any) -> Iterator[Any]:
        for n, verdict in enumerate(checked(*arguments, **options)):
            assert len(written_so_far) == n
            yield verdict

    monkeypatch.setattr(app, "check", watched)
    assert run("--claims", written(tmp_path / "c.jsonl", {"claim": TRUE}, {"claim": FALSE}), "--sources", articles) == 0
    lines = [(text, flush) for text, flush in written_so_far if text]
    assert [flush for _, flush in lines] == [True, True]


# Mistakes: each one line and a hint, nothing on stdout, and no model loaded


def refused(said: Any, error: str, hint: str) -> None:
    lines = said.err.splitlines()
    assert said.out == ""
    assert len(lines) == 1 + bool(hint), said.err
    assert lines[0].startswith("error: ")
    assert error in lines[0]
    if hint:
        assert lines[1].startswith("hint: ")
        assert hint in lines[1]


@pytest.mark.parametrize(
    ("arguments", "code", "error", "hint"),
    [
        ([], 2, "one claim or a file of them is needed", "--claims FILE"),
        (["--sources", "articles"], 2, "one claim or a file of them is needed", "--claims FILE"),
        (["  ", "--sources", "articles"], 2, "one claim or a file of them is needed", "--claims FILE"),
        ([TRUE, "--claims", "good.jsonl", "--sources", "articles"], 2, "one claim or a file of them is needed", "--claims FILE"),
        ([TRUE], 2, "no sources to check it against", "--sources"),
        (["--claims", "good.jsonl"], 2, "claim g2: no sources to check it against", "--sources"),
        (["--claims", "none.jsonl", "--sources", "articles"], 2, "none.jsonl: no such file", "one JSON object a line"),
        (["--claims", "articles", "--sources", "articles"], 2, "articles: cannot be read: is a directory", ""),
        (["--claims", "latin.jsonl", "--sources", "articles"], 2, "latin.jsonl: cannot be read: not UTF-8", ""),
        (["--claims", "bad.jsonl", "--sources", "articles"], 2, "bad.jsonl: line 2 is not JSON", '{"id": "1", "claim"'),
        (["--claims", "empty.jsonl", "--sources", "articles"], 2, "empty.jsonl: no claims in it", '{"id": "1", "claim"'),
        ([TRUE, "--sources", "none"], 3, "no such file or folder: none", "name a folder"),
        (["--claims", "good.jsonl", "--sources", "none"], 3, "no such file or folder: none", "name a folder"),
        ([TRUE, "--sources", "void"], 3, "no articles in void", ".txt, .md"),
        ([TRUE, "--sources", "picture.txt"], 3, "no article could be read in picture.txt", ".txt, .md"),
        ([TRUE, "--sources", "articles", "--claim", "x"], 2, "no such option: --claim", "`briefing check --help`"),
    ],
)
def test_mistakes(
    arguments: list[str],
    code: int,
    error: str,
    hint: str,
    run: Run,
    engine: Engine,
    articles: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Any,
) -> None:
    monkeypatch.chdir(tmp_path)
    written(Path("good.jsonl"), {"id": "g1", "claim": "It rained.", "source": "It rained."}, {"id": "g2", "claim": TRUE})
    Path("bad.jsonl").write_text('{"claim": "One."}\n{"claim": \x1b[31m\n', encoding="utf-8")
    Path("latin.jsonl").write_bytes(b'{"claim": "caf\xe9"}')
    Path("empty.jsonl").write_text("\n", encoding="utf-8")
    Path("void").mkdir()
    Path("picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert run(*arguments) == code
    refused(capsys.readouterr(), error, hint)
    assert engine.loaded == 0


def test_a_model_that_is_not_there(articles: Path, tmp_path: Path, capsys: Any) -> None:
    assert cli.run(["check", TRUE, "--sources", str(articles), "--model", str(tmp_path / "none.gguf"), "--quiet"]) == 4
    refused(capsys.readouterr(), "none.gguf: no such file", "--model takes a GGUF file")


def test_coefficients_that_are_broken(run: Run, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    from briefing.stages.support import Thresholds, load_coefficients

    broken = tmp_path / "thresholds.toml"
    broken.write_text("[support]\nleast = nan\n", encoding="utf-8")
    monkeypatch.setattr(support, "thresholds", lambda: load_coefficients(broken, Thresholds))
    assert run(TRUE, "--sources", articles) == 2
    refused(capsys.readouterr(), "thresholds.toml: not a file of coefficients: ", "")


def test_a_file_that_cannot_be_used_costs_the_others_nothing(run: Run, articles: Path, capsys: Any) -> None:
    (articles / "gone.txt").symlink_to(articles / "nowhere")
    assert run(TRUE, "--sources", articles) == 0
    said = capsys.readouterr()
    assert said.out.startswith("supported, ")
    assert said.err.startswith("warning: 1 of 3 files are left out (gone.txt: ")


@pytest.mark.skipif(os.name == "nt", reason="needs a shell's pipe")
def test_a_reader_that_goes_away_ends_it(run: Run, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def gone(text: object = "", *, end: str = "\n", flush: bool = False) -> None:
        if text:
            seen.append(str(text))
            raise BrokenPipeError

    monkeypatch.setattr("briefing.cli.printing.put_exact", gone)
    path = written(tmp_path / "c.jsonl", {"claim": TRUE}, {"claim": FALSE})
    assert run("--claims", path, "--sources", articles) == cli.BROKEN_PIPE
    assert len(seen) == 1
