"""The commands as a user meets them: what is on stdout, one line for every mistake, and the exit codes."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from briefing import __version__, app, cli, engines, pipeline
from briefing.brief import Brief
from briefing.console import plain
from briefing.errors import BriefingError
from briefing.language.base import Parser
from briefing.language.cached import CachedParser
from briefing.model import files
from briefing.output import Written, record_text
from briefing.progress import Silent
from briefing.render import render
from briefing.sources.files import read
from briefing.sqlite.store import SqliteStore
from tests import briefs
from tests.stages.fakes import FakeModel, embed

SMALL = "smollm2-135m"
CLOSED = "http://127.0.0.1:9"
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
OFFLINE |= dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), CLOSED)
OFFLINE |= {"no_proxy": "", "NO_PROXY": ""}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return briefs.write(tmp_path / "articles")


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    return briefs.example(tmp_path / "articles")


@pytest.fixture
def saved(articles: Path, tmp_path: Path, own_home: Path, offline: None, parser: Parser, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A brief and its view, as `generate` leaves them, and its parses where it keeps them: no process has to load the parser."""
    monkeypatch.setattr("briefing.stages.cluster.UNDATED", 0.0)  # these vectors know words alone: both articles are one event
    with closing(SqliteStore(own_home / "briefing.sqlite3")) as store:
        kept = CachedParser(lambda: parser, parser.identity, store, Silent())
        brief = pipeline.generate(list(read([articles])), parser=kept, embed=embed, model=FakeModel(), date="2026-11-21", progress=Silent())
    (tmp_path / "2026-11-21.md").write_text(render(brief), encoding="utf-8")
    path = tmp_path / "2026-11-21.json"
    path.write_text(record_text(brief), encoding="utf-8")
    return path


Done = subprocess.CompletedProcess[str]
Ran = Callable[..., Done]


def command(*arguments: str | Path, **environment: str) -> Done:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "briefing", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, **OFFLINE, **environment},
        check=False,
    )


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Ran:
    """Return what runs the program in this process, where no network is."""
    for name, value in OFFLINE.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str | Path) -> Done:
        code = cli.run([str(one) for one in arguments])
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return run


def refused(done: Done, code: int, error: str, hint: str = "") -> None:
    """Check that a run ended with its one error, its hint if it has one, its exit code, and nothing on stdout."""
    lines = [line for line in done.stderr.splitlines() if not line.startswith("warning: ")]
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert done.returncode == code, done.stderr
    assert len(lines) == 1 + bool(hint), done.stderr
    assert lines[0].startswith("error: ")
    assert error in lines[0]
    if hint:
        assert lines[1].startswith("hint: ")
        assert hint in lines[1]


# Bad input: each with its line, its hint and its exit code


def test_an_empty_folder(tmp_path: Path, ran: Ran) -> None:
    (tmp_path / "empty").mkdir()
    done = ran("generate", tmp_path / "empty", "--quiet")
    refused(done, 1, f"nothing to brief: no articles in {tmp_path / 'empty'}", ".txt, .md")


def test_a_missing_path(tmp_path: Path, ran: Ran) -> None:
    done = ran("generate", tmp_path / "none", "--quiet")
    refused(done, 3, f"no such file or folder: {tmp_path / 'none'}", "name a folder")


def test_a_folder_of_binaries(tmp_path: Path, ran: Ran) -> None:
    folder = tmp_path / "binaries"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (folder / "b.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    done = ran("generate", folder, "--quiet")
    refused(done, 3, "(a.txt: binary file (PNG); b.jpg: not a text file (.jpg))", ".txt, .md")


def test_a_model_file_with_a_wrong_hash(articles: Path, tmp_path: Path, own_home: Path, ran: Ran) -> None:
    entry = engines.known_models().find(SMALL)
    (own_home / "models").mkdir()
    with (own_home / "models" / entry.file).open("wb") as file:
        file.truncate(entry.bytes)  # the right size, and nothing in it
    done = ran("generate", articles, "--model", SMALL, "--quiet", "--out", tmp_path / "out")
    refused(done, 4, f"{entry.file} is not the model {SMALL}: its SHA-256 is ", f"`briefing models pull {SMALL}`")


@pytest.mark.slow
def test_a_model_that_is_not_there_with_no_network(articles: Path, tmp_path: Path, ran: Ran) -> None:
    done = ran("generate", articles, "--quiet", "--out", tmp_path / "out")
    refused(done, 4, "the model qwen2.5-coder-1.5b could not be fetched (", "check the network")


def test_a_model_path_that_is_wrong(articles: Path, tmp_path: Path, ran: Ran) -> None:
    done = ran("generate", articles, "--quiet", "--model", tmp_path / "none.gguf")
    refused(done, 4, f"{tmp_path / 'none.gguf'}: no such file", "--model takes a GGUF file")


def test_an_output_folder_that_cannot_be_written(articles: Path, tmp_path: Path, ran: Ran) -> None:
    (tmp_path / "out").write_text("a file where the folder should be", encoding="utf-8")
    done = ran("generate", articles, "--quiet", "--out", tmp_path / "out")
    refused(done, 5, f"{tmp_path / 'out'}: cannot be written: ", "--out")


def test_a_corrupt_cache(articles: Path, own_home: Path, ran: Ran) -> None:
    (own_home / "briefing.sqlite3").write_bytes(b"this was a database once" * 1000)
    done = ran("generate", articles, "--quiet")
    refused(done, 5, "briefing.sqlite3: the file is damaged, or no database", "move the file away")


@pytest.mark.slow
def test_settings_that_are_wrong(articles: Path) -> None:
    refused(command("generate", articles, BRIEFING_THREADS="many"), 2, "BRIEFING_THREADS: ")


# Mistakes on the command line


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (["generate"], "missing argument 'SOURCES'", "`briefing generate --help`"),
        (["generat", "x"], "no such command 'generat'. Did you mean 'generate'?", "`briefing --help`"),
        (["generate", "x", "--fast"], "no such option: --fast", "`briefing generate --help`"),
        (["generate", "x", "--date", "2026-13-01"], "--date: '2026-13-01' is no date", "YYYY-MM-DD"),
        (["generate", "x", "--date", "20261121"], "--date: '20261121' is no date", "YYYY-MM-DD"),
        (["generate", "x", "--budget", "soon"], "--budget: 'soon' is no length of time", "20m"),
        (["generate", "x", "--budget=0m"], "--budget: '0m' is no length of time", "20m"),
        (["generate", "x", "--budget", "1m2h"], "--budget: '1m2h' is no length of time", "20m"),
        (["generate", "x", "--model", "nothing"], "no model is called 'nothing'", "qwen2.5-coder-1.5b"),
        (["verify", "none.json"], "none.json: no such file", "DATE.json"),
        (
            ["schema", "nothing"],
            "invalid value for 'RECORD': 'nothing' is not one of 'brief', 'verdict', 'answer', 'diff', 'timeline', 'article'",
            "`briefing schema --help`",
        ),
        (["models"], "missing command", "`briefing models --help`"),
        (["models", "pull", "nothing"], "no model is called 'nothing'", "qwen2.5-coder-1.5b"),
    ],
)
def test_mistakes_of_use(arguments: list[str], error: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_text("An article. It has two sentences.\n", encoding="utf-8")
    assert cli.run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"error: {error}")
    assert lines[1].startswith("hint: ")
    assert hint in lines[1]


def test_an_error_is_one_line_that_steers_no_terminal(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def broken(*_: object, **__: object) -> None:
        raise BriefingError("bad\x1b[31m file\nname", "")

    monkeypatch.setattr(app, "generate", broken)
    assert cli.run(["generate", "x"]) == 1
    assert capsys.readouterr().err == "error: bad\\x1b[31m file name\n"


def test_a_mistake_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(app, "generate", broken)
    with pytest.raises(ZeroDivisionError):
        cli.run(["generate", "x"])


# generate


def test_generate_prints_the_two_paths(brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    given: dict[str, Any] = {}

    def generate(sources: list[Path], settings: Any, **options: Any) -> Written:
        given.update(options, sources=sources, settings=settings)
        return Written(brief, settings.out / "d.json", settings.out / "d.md")

    monkeypatch.setattr(app, "generate", generate)
    flags = ["--out", str(tmp_path), "--model", "m", "--threads", "3", "--gpu-layers", "-1", "--quiet"]
    assert cli.run(["generate", "a", "b", "--date", "2026-11-21", "--budget", "1h2m3s", "--all", *flags]) == 0
    assert capsys.readouterr() == (f"{tmp_path / 'd.md'}\n{tmp_path / 'd.json'}\n", "")
    assert (given["sources"], given["date"]) == ([Path("a"), Path("b")], "2026-11-21")
    assert (given["budget"], given["every"]) == (3723, True)
    settings = given["settings"]
    assert (settings.model, settings.threads, settings.gpu_layers) == ("m", 3, -1)
    assert (given["name"], given["replace"], given["follow_links"]) == ("", False, False)
    assert cli.run(["generate", "a", "--name", "sports", "--replace", "--follow-links"]) == 0
    assert (given["name"], given["replace"], given["follow_links"]) == ("sports", True, True)
    assert len(given["date"]) == len("2026-11-21")
    capsys.readouterr()
    assert cli.run(["generate", "a", "--out", str(tmp_path), "--json"]) == 0
    said = capsys.readouterr()
    assert Brief.model_validate_json(said.out) == brief
    assert said.err == f"written: {tmp_path / 'd.md'}, {tmp_path / 'd.json'}\n"
    assert cli.run(["generate", "a", "--json", "-q"]) == 0
    assert capsys.readouterr() == (said.out, "")


def test_a_record_steers_no_terminal_and_means_the_same(brief: Brief) -> None:
    odd = brief.model_copy(update={"articles": tuple(one.model_copy(update={"title": "a\x9b31m\u202eb\x7f"}) for one in brief.articles)})
    text = record_text(odd)
    assert plain(text, lines=True) == text
    assert Brief.model_validate_json(text) == odd


SLOW = """
def slow(*_, **__):
    try:
        print("begun", flush=True)
        time.sleep(60)
    finally:
        %s
app.generate = slow
main()
"""


@pytest.mark.parametrize(("tidying", "presses"), [("pass", 1), ("print('tidying', flush=True); time.sleep(60)", 2)], ids=["once", "twice"])
@pytest.mark.slow
def test_ctrl_c_is_one_line_and_pressed_again_ends_it_at_once(tidying: str, presses: int) -> None:
    code = "import time\nfrom briefing import app\nfrom briefing.__main__ import main\n" + SLOW % tidying
    process = subprocess.Popen([sys.executable, "-c", code, "generate", "x"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for said in ["begun\n", "tidying\n"][:presses]:
        assert process.stdout.readline() == said
        process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert said == "interrupted; run the same command again to continue\n"


@pytest.mark.parametrize("module", ["typer", "briefing.errors", "briefing.cli.generate"])
def test_ctrl_c_while_modules_load_is_one_line(module: str) -> None:
    """A press falls exactly on the search for a module; what Python itself loads before the program is not the program's."""
    code = (
        "import os, signal, sys, time\n"
        "class Press:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}: os.kill(os.getpid(), signal.SIGINT); time.sleep(1)\n"
        "sys.meta_path.insert(0, Press())\n"
        "from briefing.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "interrupted; run the same command again to continue\n")


def test_ctrl_c_while_a_text_is_executed_is_130_for_a_module_as_well(tmp_path: Path) -> None:
    """As while a dataclass or a named tuple is made: Python remembers it, and under `-m` died by the signal at its end."""
    code = (
        "from briefing import app\nfrom briefing.__main__ import main\n"
        "app.generate = lambda *_, **__: exec('import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(1)')\nmain()\n"
    )
    (tmp_path / "pressed.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "pressed", "generate", "x"]
    paths = os.pathsep.join([str(tmp_path), *sys.path])
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": paths})
    assert (done.returncode, done.stderr) == (130, "interrupted; run the same command again to continue\n")


def test_ctrl_c_at_the_very_end_changes_nothing() -> None:
    code = (
        "import atexit, os, signal\nfrom briefing.__main__ import main\n"
        "atexit.register(lambda: os.kill(os.getpid(), signal.SIGINT))\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_ctrl_c_stays_ignored_where_it_was() -> None:
    code = (
        "import os, signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nfrom briefing import cli\nfrom briefing.__main__ import main\n"
        "cli.main = lambda: os.kill(os.getpid(), signal.SIGINT)\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# verify


def test_verify_says_ok(saved: Path, capsys: Any) -> None:
    assert cli.run(["verify", str(saved), "--quiet"]) == 0
    assert capsys.readouterr() == ("ok: 2 claims, 3 citations, 2 articles: all as the sources have it\n", "")


def test_verify_lists_what_it_found(saved: Path, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "articles" / "harbour.txt").unlink()
    assert cli.run(["verify", str(saved), "--quiet"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == f"brief: file: harbour: no such file: {tmp_path / 'articles' / 'harbour.txt'}"
    assert said.out.splitlines()[1].startswith("ferry-s2: gates: ")
    assert said.err == f"error: {saved}: 3 findings\n"


def test_verify_in_json(saved: Path, tmp_path: Path, capsys: Any) -> None:
    assert cli.run(["verify", str(saved), "--json", "--quiet"]) == 0
    sound = {"ok": True, "claims": 2, "citations": 3, "articles": 2, "findings": []}
    assert json.loads(capsys.readouterr().out) == sound
    moved = (tmp_path / "articles").rename(tmp_path / "moved")
    assert cli.run(["verify", str(saved), "--json", "--sources", str(moved)]) == 0
    assert json.loads(capsys.readouterr().out) == sound
    (moved / "ferry.md").unlink()
    assert cli.run(["verify", str(saved), "--json", "--sources", str(moved), "--quiet"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert not report["ok"]
    assert report["findings"][0]["check"] == "file"


def test_verify_shows_a_broken_record(saved: Path, capsys: Any) -> None:
    saved.write_text(saved.read_text(encoding="utf-8").replace('"support": 1.0', '"support": 9', 1), encoding="utf-8")
    assert cli.run(["verify", str(saved)]) == 1
    assert capsys.readouterr().out.startswith("brief: record: claims.1.support: input should be less than or equal")


# models, schema, version


def test_models_list_is_a_table_for_eyes_and_scripts(capsys: Any) -> None:
    assert cli.run(["models", "list"]) == 0
    said = capsys.readouterr()
    rows = [line.split("  ") for line in said.out.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert cells[0] == ["name", "role", "size", "state"]
    assert cells[1] == ["qwen2.5-coder-1.5b", "default", "1117.3 MB", "absent"]
    assert cells[-1] == ["en-core-web-sm", "parse", "15.0 MB", "absent"]  # a folder of many files is one row
    assert all(len(row) == 4 for row in cells)
    assert said.err == ""


def test_models_list_in_json(own_home: Path, capsys: Any) -> None:
    assert cli.run(["models", "list", "--json"]) == 0
    known = json.loads(capsys.readouterr().out)["models"]
    entry = engines.known_models().default
    assert known[0] == {
        "name": entry.name,
        "role": "default",
        "bytes": entry.bytes,
        "licence": entry.licence,
        "path": str(own_home / "models" / entry.file),
        "state": "absent",
    }
    assert [one["name"] for one in known][-1] == "en-core-web-sm"


def test_models_verify_fails_on_a_damaged_file(own_home: Path, capsys: Any) -> None:
    assert cli.run(["models", "verify", "--quiet"]) == 0
    entry = engines.known_models().find(SMALL)
    (own_home / "models").mkdir()
    (own_home / "models" / entry.file).write_bytes(b"half")
    capsys.readouterr()
    assert cli.run(["models", "verify", "--quiet"]) == 4
    said = capsys.readouterr()
    assert "wrong size" in said.out
    assert said.err.splitlines() == [
        f"error: not what models.txt says: {SMALL} (4 bytes, not {entry.bytes})",
        f"hint: `briefing models pull {SMALL}` fetches it again",
    ]
    assert cli.run(["models", "verify", "--json", "--quiet"]) == 4
    said = capsys.readouterr()
    states = {one["name"]: one["state"] for one in json.loads(said.out)["models"]}
    assert states[SMALL] == "wrong size"
    assert said.err.startswith("error: ")


def test_models_pull_prints_where_the_files_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    asked = []

    def pull_all(entries: Any, folder: Path, progress: Any) -> None:
        asked.append([entry.name for entry in entries])

    monkeypatch.setattr(files, "pull_all", pull_all)
    assert cli.run(["models", "pull", "all-minilm-l6-v2"]) == 0
    assert [Path(line).name for line in capsys.readouterr().out.splitlines()] == [
        "all-MiniLM-L6-v2.safetensors",
        "all-MiniLM-L6-v2.tokenizer.json",
    ]
    assert cli.run(["models", "pull"]) == 0
    paths = [Path(line).name for line in capsys.readouterr().out.splitlines()]
    assert paths == ["qwen2.5-coder-1.5b-instruct-q4_k_m.gguf", "en_core_web_sm-3.8.0"]  # a folder of many files is one line
    assert cli.run(["models", "pull", "--json"]) == 0
    assert [Path(one).name for one in json.loads(capsys.readouterr().out)["paths"]] == paths
    assert asked[:2] == [["all-minilm-l6-v2", "all-minilm-l6-v2:tokenizer"], ["qwen2.5-coder-1.5b"]]
    assert asked[2][0] == "en-core-web-sm"


def test_the_schema_is_one_json_document(capsys: Any) -> None:
    assert cli.run(["schema", "brief"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["properties"]["schema"]["const"] == "briefing/1"


def test_version_and_help(capsys: Any) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr() == (f"briefing {__version__}\n", "")
    for arguments in (["--help"], ["generate", "--help"], ["models", "pull", "--help"]):
        assert cli.run(arguments) == 0
        assert capsys.readouterr().out.startswith("Usage: briefing")
    assert cli.run([]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Usage: briefing")


@pytest.mark.skipif(os.name == "nt", reason="needs a shell's pipe")
@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_traceback(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "articles" / "ferry.md").unlink()
    for arguments in (["schema", "brief"], ["verify", str(saved), "--quiet"]):
        reading, writing = os.pipe()
        os.close(reading)
        line = [sys.executable, "-m", "briefing", *arguments]
        process = subprocess.Popen(line, stdout=writing, stderr=subprocess.PIPE, text=True)
        os.close(writing)
        _, heard = process.communicate()
        assert heard == "" or (heard.startswith("error: ") and heard.count("\n") == 1)
        assert process.returncode == cli.BROKEN_PIPE


@pytest.mark.slow
def test_nothing_is_ever_on_stdout_but_the_product(saved: Path) -> None:
    done = command("verify", saved)
    assert done.stdout == "ok: 2 claims, 3 citations, 2 articles: all as the sources have it\n"
    assert "checking articles" in done.stderr
    assert done.returncode == 0


@pytest.mark.slow
def test_stdout_is_utf_8_and_file_names_are_as_they_are(brief: Brief, tmp_path: Path) -> None:
    code = (
        "from briefing import app, cli, output\n"
        "app.generate = lambda s, settings, **_: output.Written(None, settings.out / 'd.json', settings.out / 'd.md')\n"
        "cli.main()\n"
    )
    line = [sys.executable.encode(), b"-c", code.encode(), b"generate", b"x", b"--out", b"\xff\xe2\x80\x9c"]
    done = subprocess.run(line, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False)
    assert done.stdout == b"\xff\xe2\x80\x9c/d.md\n\xff\xe2\x80\x9c/d.json\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [("schema", "brief"), ("--help",), ("generate", "--help"), ("--show-completion", "bash")])
def test_a_full_disk_under_stdout_is_an_error(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        line = [sys.executable, "-m", "briefing", *arguments]
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 5
    told = "error: stdout cannot be written: no space left on device\nhint: name another file, or make room where it is written\n"
    assert done.stderr == told


def test_a_home_that_cannot_be_used_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """Root is let into any folder: one is closed by hand."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "file"))
    for command in (("serve", "--port", "0"), ("forget", "--all"), ("feed",)):
        assert cli.run(command) == 5, command
        assert capsys.readouterr().err.splitlines()[0].endswith(": File exists")
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "closed"))
    looked, made = Path.stat, Path.mkdir

    def closed(do: Any) -> Any:
        def call(self: Path, *arguments: Any, **more: Any) -> Any:
            if self.is_relative_to(tmp_path / "closed"):
                raise PermissionError(errno.EACCES, "Permission denied", str(self))
            return do(self, *arguments, **more)

        return call

    monkeypatch.setattr(Path, "stat", closed(looked))
    monkeypatch.setattr(Path, "mkdir", closed(made))
    assert cli.run(("forget", "--all")) == 5
    assert capsys.readouterr().err.splitlines()[0].endswith(": Permission denied")


# What comes from outside has bounds

ODD = [
    *("", " ", ".", "~", "-", "a\0b", "bad\udcff", "x" * 300, "y/" * 3000, "\u202e\x1b[31m\n", "2026-11-21.", "2026-11-21.json"),
    *("0001-01-03", "9999-12-31", "2026-02-30", "٢٠٢٦-١١-٢١", "2026-11-21.x", "1e999", "-1", "9" * 5000, "%s{0}", "/dev/null", "/dev/full"),
]
PLACES = [
    *(("verify", "?"), ("generate", "?"), ("generate", "news", "--date", "?"), ("generate", "news", "--out", "?")),
    *(("generate", "news", "--name", "?"), ("generate", "news", "--budget", "?"), ("diff", "?", "2026-11-20"), ("show", "?")),
    *(("show", "x", "--brief", "?"), ("check", "It rained.", "--sources", "?"), ("check", "--claims", "?", "--sources", "news")),
    *(("ask", "Why?", "--sources", "?"), ("ask", "Why?", "--brief", "?"), ("ask", "Why?", "--since", "?"), ("timeline", "--story", "?")),
    *(("timeline", "--name", "?"), ("timeline", "rain", "--html", "?"), ("verify", "news/a.json", "--sources", "?")),
]


@pytest.mark.parametrize("place", PLACES, ids=" ".join)
@pytest.mark.slow
def test_whatever_is_given_the_answer_is_one_line(
    place: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """No model is there: what is not refused before ends for want of one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_MODEL", "none.gguf")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("It rained all day in the town of Solto.\n", encoding="utf-8")
    for odd in ODD:
        code = cli.run([odd if part == "?" else part for part in place])
        lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")]
        assert 0 < code < 6, (odd, code)
        assert len(lines) == 1, odd
        assert lines[0].isprintable(), odd
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == []


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full", ">out 2>&- <&-"])
@pytest.mark.slow
def test_a_stderr_that_is_closed_or_full_costs_nothing(saved: Path, closed: str, tmp_path: Path) -> None:
    line = f'"$0" -m briefing verify "$1" {closed}'
    done = subprocess.run(["sh", "-c", line, sys.executable, saved], capture_output=True, text=True, check=False, cwd=tmp_path)
    out = (tmp_path / "out").read_text(encoding="utf-8") if "out" in closed else done.stdout
    assert (done.returncode, done.stderr) == (0, "")
    assert out.startswith("ok: 2 claims")
